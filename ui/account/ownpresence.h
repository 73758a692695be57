// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QObject>
#include <QStringList>

namespace ui {

/// The presence that the person chose, the same for all accounts; they remember it, and one that comes gets it, too.
class OwnPresence : public QObject
{
    Q_OBJECT
public:
    using Show = xmpp::Presence::Show;
    explicit OwnPresence(chat::Profile &profile);

    Show show() const { return m_show; }
    const QString &status() const { return m_status; }
    /// Newest first; without the one in use.
    QStringList history() const;
    /// What others see now: nothing where no account is online.
    std::optional<Show> seen() const;
    /// Some account is online or on its way.
    bool isWanted() const;

    /// Becomes this, and goes online where no account is.
    void setShow(Show show);
    void setStatus(const QString &status);
    void goOffline();

Q_SIGNALS:
    void changed();

private:
    void take(chat::Account *account);
    void tell();

    chat::Profile &m_profile;
    Show m_show = Show::Online;
    QString m_status;
};

} // namespace ui
