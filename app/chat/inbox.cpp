// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/inbox.h"

#include "chat/outbox.h"
#include "xml/writer.h"
#include "xmpp/message.h"
#include "xmpp/ns.h"

#include <algorithm>

namespace chat {
namespace {

constexpr std::chrono::seconds storageRetry{10}; // RELIABILITY 2.6: disk full

/// The disk takes nothing now, whatever it is given.
bool isAboutStorage(const Error &error)
{
    static const QStringList conditions{QStringLiteral("disk-full"), QStringLiteral("read-only"),
                                        QStringLiteral("database-locked"), QStringLiteral("store-closed")};
    return error.kind == Error::Kind::Storage && conditions.contains(error.condition);
}

} // namespace

Inbox::Inbox(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Conversations &conversations,
             const Jid &account)
    : m_client(client), m_extensions(extensions), m_store(store), m_conversations(conversations), m_account(account)
{
    connect(&client, &xmpp::Client::message, this, &Inbox::take);
    connect(&extensions.states, &xep::ChatStates::changed, this, &Inbox::takeState);
    connect(&client, &xmpp::Client::offline, this, [this] {
        while (!m_typing.empty())
            stopTyping(Jid(m_typing.begin()->first));
    });
}

Inbox::~Inbox() = default;

void Inbox::takeState(const Jid &peer, xep::ChatStates::State state)
{
    const Jid bare = peer.bare();
    if (state != xep::ChatStates::State::Composing) {
        stopTyping(bare);
        return;
    }
    const store::Conversation *chat = m_conversations.find(m_account, bare);
    if (!chat)
        return;
    const bool isNew = m_typing.count(bare) == 0;
    m_typing[bare] = m_client.clock().after(longestTyping, [this, bare] { stopTyping(bare); });
    if (isNew)
        Q_EMIT m_conversations.typing(chat->id, true);
}

void Inbox::stopTyping(const Jid &peer)
{
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
    const Jid bare = peer; // the caller's may lie in the entry that goes
    if (m_typing.erase(bare) == 0)
        return;
    if (const store::Conversation *chat = m_conversations.find(m_account, bare))
        Q_EMIT m_conversations.typing(chat->id, false);
}

void Inbox::take(const xmpp::Incoming &message)
{
    m_queue.push_back(message);
    if (!m_full && m_queue.size() >= mostQueued) {
        m_full = true;
        Q_EMIT fullChanged(true);
    }
    if (!m_running) {
        m_running = true;
        m_scope.run(run());
    }
}

void Inbox::drop(size_t count)
{
    m_queue.erase(m_queue.begin(), m_queue.begin() + qsizetype(count));
    if (m_full && m_queue.size() <= fewEnough) {
        m_full = false;
        Q_EMIT fullChanged(false);
    }
}

/// Gathers, stores, releases; ends when nothing is left.
Task<void> Inbox::run()
{
    while (!m_queue.empty()) {
        if (m_queue.size() < groupSize)
            co_await base::sleep(m_client.clock(), groupTime);
        const auto stored = co_await storeNext(std::min(m_queue.size(), groupSize));
        if (stored)
            continue;
        if (stored.error().condition == u"account-unknown") {
            drop(m_queue.size()); // the account was removed: nobody waits for these
            break;
        }
        // Nothing of it was stored and nothing was answered: the same again.
        Q_EMIT storageFailed(stored.error());
        co_await base::sleep(m_client.clock(), storageRetry);
    }
    m_running = false;
}

/// What the server may be told when the first `count` are stored (I5).
SessionMark Inbox::markWith(size_t count) const
{
    const xmpp::StreamManagement &management = m_client.management();
    const auto session = management.session();
    if (!session)
        return {};
    std::vector<xmpp::HandledToken> tokens;
    for (size_t i = 0; i < count; ++i)
        tokens.push_back(m_queue[i].token());
    return {session->id, management.handledWith(tokens)};
}

/// Stores and releases the first `count`, together or, where one of them spoils it for all, one by one. On an error those
/// that are left are still in the queue.
Task<Result<>> Inbox::storeNext(size_t count)
{
    const auto group = std::make_shared<std::vector<xmpp::Incoming>>();
    for (size_t i = 0; i < count; ++i)
        group->push_back(m_queue[i].untracked());
    const SessionMark mark = markWith(count);
    InboxWriter job{m_account, m_conversations.visible(), group, mark};
    auto writing = m_store.write(std::move(job));
    auto outcomes = co_await std::move(writing);
    if (outcomes) {
        m_client.management().setKept(mark.session, mark.handled);
        drop(count);
        auto releasing = releaseAll(*group, std::move(*outcomes));
        co_await std::move(releasing);
        co_return Result<>{};
    }
    if (isAboutStorage(outcomes.error()) || outcomes.error().condition == u"account-unknown")
        co_return fail(outcomes.error());
    if (count > 1) {
        for (size_t i = 0; i < count; ++i) {
            auto one = co_await storeNext(1);
            if (!one)
                co_return one;
        }
        co_return Result<>{};
    }
    // That this can be written shows that it is the stanza and not the disk.
    InboxParker parker{m_account, QStringLiteral("parked/") + m_client.random().id(),
                       xml::Writer::write(group->front().element(), xmpp::ns::client), markWith(1)};
    auto parking = m_store.write(std::move(parker));
    const auto parked = co_await std::move(parking);
    if (!parked)
        co_return fail(parked.error());
    drop(1);
    ++m_parked;
    Q_EMIT parkedOne(outcomes.error());
    co_return Result<>{};
}

Task<void> Inbox::releaseAll(std::vector<xmpp::Incoming> group, std::vector<InboxOutcome> outcomes)
{
    std::vector<qint64> touched;
    for (const InboxOutcome &outcome : outcomes) {
        for (const auto *message : {&outcome.added, &outcome.changed}) {
            if (*message && std::find(touched.begin(), touched.end(), (*message)->conversation) == touched.end())
                touched.push_back((*message)->conversation);
        }
    }
    for (const qint64 id : touched)
        co_await m_conversations.refresh(id);
    for (size_t i = 0; i < group.size(); ++i)
        release(group[i], outcomes[i]);
}

bool Inbox::isMuted(const store::Conversation &chat) const
{
    return chat.mutedUntil.isValid() && chat.mutedUntil > m_client.clock().now();
}

/// After the commit, and only then: show it, answer it, tell of it.
void Inbox::release(const xmpp::Incoming &message, const InboxOutcome &outcome)
{
    if (outcome.changed) {
        m_conversations.announceChange(*outcome.changed);
        Q_EMIT outgoingChanged();
    }
    const bool hasBody = !xmpp::Message::bodyOf(message.element()).isEmpty();
    if (outcome.added) {
        stopTyping(message.author().bare());
        m_conversations.announceMessage(*outcome.added);
    }
    // A duplicate is confirmed again: its first receipt may be what was lost (XEP-0184 5.1).
    if (hasBody)
        m_extensions.receipts.confirm(message);
    if (!outcome.added)
        return;
    const store::Conversation *chat = m_conversations.find(outcome.added->conversation);
    if (chat && chat->id != m_conversations.visible() && !isMuted(*chat))
        Q_EMIT notified(*outcome.added);
}

} // namespace chat
