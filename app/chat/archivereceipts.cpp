// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archivereceipts.h"

#include "xep/0184_receipts.h"

#include <algorithm>

namespace chat {

QString ArchiveReceipts::key(const Jid &peer, const QString &id)
{
    return peer.bare().toString() + u'\n' + id;
}

void ArchiveReceipts::see(const xmpp::Incoming &message)
{
    if (!message.origin().isOutgoing())
        return;
    const auto receipt = message.get<xep::Receipts::Received>();
    if (!receipt || receipt->id.isEmpty())
        return;
    if (m_seen.size() >= mostSeen)
        m_seen.clear();
    m_seen.insert(key(message.origin().peer(), receipt->id));
}

void ArchiveReceipts::want(const xmpp::Incoming &message)
{
    if (m_waiting.size() < mostWaiting)
        m_waiting.push_back(message);
}

std::vector<xmpp::Incoming> ArchiveReceipts::take()
{
    std::vector<xmpp::Incoming> due = std::exchange(m_waiting, {});
    const auto isConfirmed = [this](const xmpp::Incoming &message) {
        return m_seen.contains(key(message.origin().peer(), message.id()));
    };
    due.erase(std::remove_if(due.begin(), due.end(), isConfirmed), due.end());
    return due;
}

} // namespace chat
