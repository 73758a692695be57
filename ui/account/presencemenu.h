// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/account/ownpresence.h"

#include <QMenu>

namespace ui {

/// The menu under one's own picture: presence, status text with those used before, the accounts.
class PresenceMenu : public QMenu
{
    Q_OBJECT
public:
    PresenceMenu(OwnPresence &presence, chat::Profile &profile, QWidget *parent);

Q_SIGNALS:
    void accountsRequested();
    /// One's own picture in that account is to be changed.
    void pictureRequested(const Jid &account);

private:
    void fill();
    void addShows();
    void addStatus();
    void addAccounts();
    void askStatus();

    OwnPresence &m_presence;
    chat::Profile &m_profile;
};

} // namespace ui
