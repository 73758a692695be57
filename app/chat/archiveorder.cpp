// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archiveorder.h"

#include <algorithm>

namespace chat {

ArchiveOrder::ArchiveOrder(xmpp::Client &client, xep::Extensions &extensions, const Archive &archive, Inbox &inbox)
    : m_client(client), m_extensions(extensions), m_archive(archive), m_inbox(inbox)
{
    const auto begin = [this] {
        m_waits = true;
        m_stream.cancel();
        m_stream.run(look());
    };
    connect(&client, &xmpp::Client::online, this, begin);
    connect(&client, &xmpp::Client::resumed, this, begin);
    connect(&client, &xmpp::Client::interrupted, this, [this] { m_stream.cancel(); });
    connect(&client, &xmpp::Client::offline, this, [this] { m_stream.cancel(); });
    connect(&client, &xmpp::Client::message, this, [this](const xmpp::Incoming &message) {
        const bool isTheirs =
            m_waits && !message.origin().isOutgoing() && message.origin().channel() != xmpp::Origin::Channel::Archive;
        if (isTheirs && !xmpp::Message::bodyOf(message.element()).isEmpty())
            ++m_arrived;
    });
}

ArchiveOrder::~ArchiveOrder() = default;

Task<void> ArchiveOrder::look()
{
    int seen = -1;
    for (int i = 0; i < mostWaits && (seen != m_arrived || m_archive.support() == Archive::Support::Unknown); ++i) {
        seen = m_arrived;
        co_await base::sleep(m_client.clock(), quiet);
    }
    if (m_archive.support() == Archive::Support::Unknown)
        co_return;
    m_waits = false;
    const int arrived = std::exchange(m_arrived, 0);
    if (arrived < 2 || m_archive.support() == Archive::Support::None)
        co_return;
    auto fetching = fetch(std::min(arrived + margin, mostMessages));
    auto messages = co_await std::move(fetching);
    // What came on the stream must have its say first.
    auto draining = m_inbox.drained();
    co_await std::move(draining);
    auto ordering = m_inbox.putInOrder(std::move(messages));
    (void)co_await std::move(ordering); // where the disk fails they stand as they came
}

/// The newest of the archive, in its order; fewer where it does not tell.
Task<std::vector<xmpp::Incoming>> ArchiveOrder::fetch(int count)
{
    std::vector<xmpp::Incoming> messages;
    QString cursor = QStringLiteral("");
    while (count > 0) {
        xep::Mam::Query query;
        query.before = cursor;
        query.max = std::min(count, pageSize);
        auto asking = m_extensions.mam.page(query);
        auto page = co_await std::move(asking);
        if (!page || !page->isWhole() || !page->stable || page->ids.isEmpty())
            break;
        messages.insert(messages.begin(), page->messages.begin(), page->messages.end());
        count -= int(page->ids.size());
        if (page->complete || cursor == page->firstId())
            break;
        cursor = page->firstId();
    }
    co_return messages;
}

} // namespace chat
