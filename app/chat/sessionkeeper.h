// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/sessionrecord.h"
#include "xmpp/client.h"

namespace chat {

/// Keeps an account's managed session over the program's end, and gives it back at the next start (XEP-0198 5). A new
/// session is kept only from begin() on: a start that goes on with a session does not do again what it begins with (the
/// gap of the archive that is noted, carbons, the contact list), so that has to be done before.
class SessionKeeper : public QObject
{
    Q_OBJECT
public:
    SessionKeeper(xmpp::Client &client, store::Store &store, const Jid &account);
    ~SessionKeeper() override;

    /// Before the first connection: what the last start left. Error: Storage.
    Task<Result<>> load();
    /// What the session begins with is done: the next start may go on with it.
    void begin();

private:
    Task<void> save();
    Task<void> keep();
    Task<void> drop(QString except);

    xmpp::Client &m_client;
    store::Store &m_store;
    Jid m_account;
    bool m_keeping = false;
    Scope m_scope;
};

} // namespace chat
