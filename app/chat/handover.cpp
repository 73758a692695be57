// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/handover.h"

namespace chat {
namespace {

const QString recordKey = QStringLiteral("hand-over");

/// From where on the archive is to be looked at: the newest that is known of it (empty: nothing), or what an earlier stream
/// left.
struct Noted {
    QString after;
    bool isLeft = false;
};

struct Note {
    Jid account;
    Result<Noted> operator()(store::Transaction &transaction) const
    {
        const auto left = transaction.records().value(account, recordKey);
        if (!left)
            return fail(left.error());
        if (*left)
            return Noted{QString::fromUtf8(**left), true};
        const auto newest = transaction.archives().newest(account, account);
        if (!newest)
            return fail(newest.error());
        if (auto done = transaction.records().put(account, recordKey, newest->toUtf8()); !done)
            return fail(done.error());
        return Noted{*newest, false};
    }
};

struct Forget {
    Jid account;
    Result<bool> operator()(store::Transaction &transaction) const
    {
        return transaction.records().remove(account, recordKey);
    }
};

} // namespace

HandOver::HandOver(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Archive &archive,
                   Inbox &inbox, const Jid &account)
    : m_client(client), m_extensions(extensions), m_store(store), m_archive(archive), m_inbox(inbox), m_account(account)
{
    connect(&client, &xmpp::Client::interrupted, this, [this] { m_stream.cancel(); });
    connect(&client, &xmpp::Client::offline, this, [this] { m_stream.cancel(); });
    connect(&client, &xmpp::Client::message, this, [this](const xmpp::Incoming &message) {
        const bool isTheirs =
            !message.origin().isOutgoing() && message.origin().channel() != xmpp::Origin::Channel::Archive;
        if (isTheirs && !xmpp::Message::bodyOf(message.element()).isEmpty())
            ++m_arrived;
    });
}

HandOver::~HandOver() = default;

void HandOver::begin(bool isNewSession)
{
    m_arrived = 0;
    m_stream.cancel();
    m_stream.run(look(isNewSession));
}

Task<void> HandOver::look(bool isNewSession)
{
    // Before anything of this stream is stored: what comes moves the newest on.
    auto noting = m_store.write(Note{m_account});
    const auto noted = co_await std::move(noting);
    int seen = -1;
    for (int i = 0; i < mostWaits && (seen != m_arrived || m_archive.support() == Archive::Support::Unknown); ++i) {
        seen = m_arrived;
        co_await base::sleep(m_client.clock(), quiet);
    }
    if (!noted || m_archive.support() == Archive::Support::Unknown)
        co_return;
    const bool isKnown = !noted->after.isEmpty();
    const bool isDue = noted->isLeft || m_arrived > 1 || (isKnown && !isNewSession);
    if (isDue && m_archive.support() == Archive::Support::Available) {
        auto fetching = fetch(noted->after);
        auto messages = co_await std::move(fetching);
        // What came on the stream must have its say first.
        auto draining = m_inbox.drained();
        co_await std::move(draining);
        auto storing = m_inbox.storeStretch(std::move(messages), isKnown);
        const auto stored = co_await std::move(storing);
        if (!stored && stored.error().kind == Error::Kind::Storage)
            co_return; // the next stream looks again
    }
    auto forgetting = m_store.write(Forget{m_account});
    (void)co_await std::move(forgetting);
}

Task<void> HandOver::settle(std::vector<Jid> peers)
{
    auto asking = ask(std::move(peers));
    auto bounded = base::within(m_client.clock(), doubt, std::move(asking));
    (void)co_await std::move(bounded); // else they go again, with the same ids
}

Task<Result<int>> HandOver::ask(std::vector<Jid> peers)
{
    auto preparing = m_archive.prepared();
    co_await std::move(preparing);
    if (m_archive.support() != Archive::Support::Available)
        co_return 0;
    int asked = 0;
    for (const Jid &peer : peers) {
        xep::Mam::Query query;
        query.with = peer;
        query.before = QStringLiteral("");
        query.max = pageSize;
        auto asking = m_extensions.mam.page(query);
        auto page = co_await std::move(asking);
        if (!page)
            continue;
        ++asked;
        auto storing = m_inbox.storeStretch(std::move(page->messages), false);
        (void)co_await std::move(storing);
    }
    co_return asked;
}

/// What the archive has behind that id, or, without one, its newest; in its order, and less where it does not tell.
Task<std::vector<xmpp::Incoming>> HandOver::fetch(QString after)
{
    const bool goesBack = after.isEmpty();
    std::vector<xmpp::Incoming> messages;
    QString cursor = goesBack ? QStringLiteral("") : after;
    for (int i = 0; i < mostPages; ++i) {
        xep::Mam::Query query;
        (goesBack ? query.before : query.after) = cursor;
        query.max = pageSize;
        auto asking = m_extensions.mam.page(query);
        auto page = co_await std::move(asking);
        if (!page || !page->isWhole() || !page->stable || page->ids.isEmpty())
            break;
        messages.insert(goesBack ? messages.begin() : messages.end(), page->messages.begin(), page->messages.end());
        const QString next = goesBack ? page->firstId() : page->lastId();
        if (page->complete || cursor == next)
            break;
        cursor = next;
    }
    co_return messages;
}

} // namespace chat
