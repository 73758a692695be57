// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/archive.h"
#include "chat/inbox.h"

namespace chat {

/// Sees that nothing was lost or swapped while one stream took over from another (I3, I9): servers may do either then, and
/// their archives know better. Once it is quiet the archive is asked for what it got since the stream is up. What stands
/// otherwise is moved, and what is not here is added. What could not be looked at, because the stream or the program ended,
/// is kept in mind for the next.
class HandOver : public QObject
{
    Q_OBJECT
public:
    /// So long nothing more may come before it looks.
    static constexpr std::chrono::seconds quiet{3};
    /// Where it is never quiet, it looks all the same after so many times `quiet`.
    static constexpr int mostWaits = 20;
    /// Who got more than so many pages since then has other worries.
    static constexpr int mostPages = 200;
    static constexpr int mostNewest = 10;
    static constexpr int pageSize = 100;
    /// Asking what has arrived keeps messages back no longer than this.
    static constexpr std::chrono::seconds doubt{15};

    HandOver(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Archive &archive, Inbox &inbox,
             const Jid &account);
    ~HandOver() override;

    /// A stream is up, and nothing of it was stored yet. Behind the sign-in of a new session a gap is open for what was
    /// missed, so that it is asked only where two messages came, which may have been swapped.
    void begin(bool isNewSession);
    /// N04 and C02: what was written to these (bare) on a session that is gone may have arrived. What of it the archive has
    /// is accepted, and does not go again. Ends in any case, after `doubt` at the latest.
    Task<void> settle(std::vector<Jid> peers);

private:
    Task<Result<int>> ask(std::vector<Jid> peers);
    Task<void> look(bool isNewSession);
    Task<Result<>> lookSince(QString after);
    Task<Result<>> lookFrom(QString after);
    Task<Result<>> lookAtNewest(bool isAllKnown);

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    store::Store &m_store;
    Archive &m_archive;
    Inbox &m_inbox;
    Jid m_account;
    int m_arrived = 0; ///< Messages of others since the stream is up.
    Scope m_stream;
};

} // namespace chat
