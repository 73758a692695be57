// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QObject>
#include <QStringList>

namespace ui {

class ViewState;

/// The presence that the person chose, the same for all accounts, with the status texts used before. It is remembered,
/// and told to each account that comes.
class OwnPresence : public QObject
{
    Q_OBJECT
public:
    using Show = xmpp::Presence::Show;
    static constexpr int historyLength = 8;

    OwnPresence(chat::Profile &profile, ViewState &state);

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
    ViewState &m_state;
    Show m_show = Show::Online;
    QString m_status;
    QStringList m_history;
};

} // namespace ui
