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

/// Where nothing was known of the archive when it was noted: from where on all of it is known by now. Nothing: it is not
/// known at any place; empty: all of it is.
struct ReadKnown {
    Jid account;
    Result<std::optional<QString>> operator()(store::Reader &reader) const
    {
        const auto gaps = reader.archives().gaps(account, account);
        if (!gaps)
            return fail(gaps.error());
        if (gaps->empty())
            return std::optional<QString>(QString());
        const QString before = gaps->back().before;
        return before.isEmpty() ? std::nullopt : std::optional<QString>(before);
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
        // What came on the stream must have its say first.
        auto draining = m_inbox.drained();
        co_await std::move(draining);
        auto looking = lookFrom(noted->after);
        const auto looked = co_await std::move(looking);
        if (!looked)
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

Task<Result<>> HandOver::lookFrom(QString after)
{
    if (after.isEmpty()) {
        auto reading = m_store.read(ReadKnown{m_account});
        const auto known = co_await std::move(reading);
        const bool isAnyKnown = known && *known;
        // What came before the archive's ids counted is in order, too.
        auto ordering = lookAtNewest(isAnyKnown && (*known)->isEmpty());
        const auto ordered = co_await std::move(ordering);
        if (!ordered || !isAnyKnown || (*known)->isEmpty())
            co_return ordered;
        after = **known;
    }
    auto looking = lookSince(after);
    auto looked = co_await std::move(looking);
    if (!looked && looked.error().condition == u"item-not-found") { // expunged: the newest will do
        auto again = lookAtNewest(false);
        looked = co_await std::move(again);
    }
    co_return looked;
}

/// Page after page of what the archive has behind that id, each with the one before it: what is swapped may stand on either
/// side of their border.
Task<Result<>> HandOver::lookSince(QString after)
{
    std::vector<xmpp::Incoming> before;
    for (int i = 0; i < mostPages; ++i) {
        xep::Mam::Query query;
        query.after = after;
        query.max = pageSize;
        auto asking = m_extensions.mam.page(query);
        auto page = co_await std::move(asking);
        if (!page)
            co_return fail(page.error());
        if (!page->isWhole() || !page->stable || page->ids.isEmpty())
            break;
        before.insert(before.end(), page->messages.begin(), page->messages.end());
        auto storing = m_inbox.storeStretch(std::move(before), true);
        const auto stored = co_await std::move(storing);
        if (!stored && stored.error().kind == Error::Kind::Storage)
            co_return stored;
        before = std::move(page->messages);
        if (page->complete || after == page->lastId())
            break;
        after = page->lastId();
    }
    co_return Result<>{};
}

/// Nothing is known of the archive, or not any more; or all of it is.
Task<Result<>> HandOver::lookAtNewest(bool isAllKnown)
{
    std::vector<xmpp::Incoming> messages;
    QString cursor = QStringLiteral("");
    for (int i = 0; i < mostNewest; ++i) {
        xep::Mam::Query query;
        query.before = cursor;
        query.max = pageSize;
        auto asking = m_extensions.mam.page(query);
        auto page = co_await std::move(asking);
        if (!page)
            co_return fail(page.error());
        if (!page->isWhole() || !page->stable || page->ids.isEmpty())
            break;
        messages.insert(messages.begin(), page->messages.begin(), page->messages.end());
        if (page->complete || cursor == page->firstId())
            break;
        cursor = page->firstId();
    }
    auto storing = m_inbox.storeStretch(std::move(messages), isAllKnown);
    const auto stored = co_await std::move(storing);
    co_return !stored && stored.error().kind == Error::Kind::Storage ? stored : Result<>{};
}

} // namespace chat
