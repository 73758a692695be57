// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/sessionrecord.h"
#include "xmpp/client.h"

namespace chat {

/// Keeps an account's managed session over the program's end, and gives it back at the next start (XEP-0198 5).
class SessionKeeper : public QObject
{
    Q_OBJECT
public:
    SessionKeeper(xmpp::Client &client, store::Store &store, const Jid &account);
    ~SessionKeeper() override;

    /// Before the first connection: what the last start left. Error: Storage.
    Task<Result<>> load();

private:
    Task<void> save();
    Task<void> keep();
    Task<void> drop();

    xmpp::Client &m_client;
    store::Store &m_store;
    Jid m_account;
    bool m_keeping = false;
    Scope m_scope;
};

} // namespace chat
