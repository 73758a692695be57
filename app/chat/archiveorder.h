// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/archive.h"
#include "chat/inbox.h"

namespace chat {

/// Sees that what came while one stream took over from another stands as the archive has it (I9): servers may swap
/// messages then. Once it is quiet the archive is asked for as many as came, and what stands otherwise is moved. Where
/// fewer than two came, nothing is asked; but once after each start of the program, which may have been ended before the
/// last one looked.
class ArchiveOrder : public QObject
{
    Q_OBJECT
public:
    /// So long nothing more may come before it looks.
    static constexpr std::chrono::seconds quiet{3};
    /// Where it is never quiet, it looks all the same after so many times `quiet`.
    static constexpr int mostWaits = 20;
    static constexpr int mostMessages = 1000;
    static constexpr int pageSize = 100;
    /// So many messages may have come before the program's start.
    static constexpr int before = 40;
    /// Asked for beyond what came: receipts and the like stand in the archive, too.
    static constexpr int margin = 10;

    ArchiveOrder(xmpp::Client &client, xep::Extensions &extensions, const Archive &archive, Inbox &inbox);
    ~ArchiveOrder() override;

private:
    Task<void> look();
    Task<std::vector<xmpp::Incoming>> fetch(int count);

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    const Archive &m_archive;
    Inbox &m_inbox;
    int m_arrived = before; ///< Messages of others that nobody has looked at.
    bool m_waits = true;    ///< What comes now is counted.
    Scope m_stream;
};

} // namespace chat
