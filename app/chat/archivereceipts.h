// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/origin.h"

#include <QSet>

#include <vector>

namespace chat {

/// Which messages of an archive are still to be confirmed (XEP-0184): those that no device of ours has. Our receipts
/// stand behind their messages in the archive, so they are known first where pages go back in time; what is read from a
/// gap's old end waits until all of it is known.
class ArchiveReceipts
{
public:
    /// So many receipts are remembered; beyond that one may go out twice, which harms nobody.
    static constexpr qsizetype mostSeen = 20000;
    static constexpr size_t mostWaiting = 1000;

    /// The archive gave this, by whomever.
    void see(const xmpp::Incoming &message);
    /// A stored message of somebody else, to be confirmed unless a device of ours has done so.
    void want(const xmpp::Incoming &message);
    /// Those that are to be confirmed now, in the order in which they were wanted.
    std::vector<xmpp::Incoming> take();

private:
    static QString key(const Jid &peer, const QString &id);

    QSet<QString> m_seen;
    std::vector<xmpp::Incoming> m_waiting;
};

} // namespace chat
