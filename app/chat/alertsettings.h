// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/settings.h"

#include <QTime>

namespace chat {

/// How the person wants to be told of messages: what of chat::Settings is about that, by its keys.
struct AlertSettings {
    /// What a notification shows of a message: its text, only whose it is, or not even that.
    enum class Content { Text, Name, Nothing };

    bool isOn = true;
    Content content = Content::Text;
    bool hasSound = true;
    bool doNotDisturb = false; ///< Until it is switched off.
    bool hasQuietHours = false;
    QTime quietFrom{22, 0}; ///< Local time, included.
    QTime quietTo{7, 0};    ///< Local time, excluded. Before `quietFrom`: it goes over midnight. The same: all day.

    /// Defaults for all that is missing or odd.
    static AlertSettings of(const Settings &settings);
    /// Whether nobody wants to be told at this local time.
    bool isQuietAt(const QTime &local) const;

    static QString onKey();        ///< `notify.on`: a truth value.
    static QString contentKey();   ///< `notify.content`: `text`, `name` or `nothing`.
    static QString soundKey();     ///< `notify.sound`: a truth value.
    static QString disturbKey();   ///< `notify.doNotDisturb`: a truth value.
    static QString quietKey();     ///< `notify.quiet`: a truth value.
    static QString quietFromKey(); ///< `notify.quietFrom`: `hh:mm`.
    static QString quietToKey();   ///< `notify.quietTo`: `hh:mm`.
    static QString trayKey();      ///< `tray.shown`: a truth value.
    static QString keepKey();      ///< `tray.keep`: a truth value; nothing: the person was not asked yet.
    static QString timeText(const QTime &time);
    static QString word(Content content);
    /// Nothing where `text` is no time of day.
    static std::optional<QTime> time(const QString &text);
};

} // namespace chat
