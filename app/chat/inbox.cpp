// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/inbox.h"

#include "chat/outbox.h"
#include "xep/0184_receipts.h"
#include "xep/0359_ids.h"
#include "xmpp/message.h"

namespace chat {
namespace {

constexpr std::chrono::seconds storageRetry{10}; // RELIABILITY 2.6: disk full

} // namespace

Inbox::Inbox(xmpp::Client &client, xep::Extensions &extensions, Contacts &contacts, store::Store &store,
             Conversations &conversations, const Jid &account)
    : m_client(client), m_extensions(extensions), m_contacts(contacts), m_store(store), m_conversations(conversations),
      m_account(account)
{
    connect(&client, &xmpp::Client::message, this, &Inbox::take);
    connect(&extensions.states, &xep::ChatStates::changed, this, [this](const Jid &peer, xep::ChatStates::State state) {
        if (const store::Conversation *chat = m_conversations.find(m_account, peer.bare()))
            Q_EMIT m_conversations.typing(chat->id, state == xep::ChatStates::State::Composing);
    });
}

Inbox::~Inbox() = default;

void Inbox::take(const xmpp::Incoming &message)
{
    m_queue.push_back(message);
    if (!m_running) {
        m_running = true;
        m_scope.run(run());
    }
}

/// Gathers, stores, releases; ends when nothing is left.
Task<void> Inbox::run()
{
    while (!m_queue.empty()) {
        if (m_queue.size() < groupSize)
            co_await base::sleep(m_client.clock(), groupTime);
        const auto count = qsizetype(std::min(m_queue.size(), groupSize));
        const auto group = std::make_shared<std::vector<xmpp::Incoming>>(m_queue.begin(), m_queue.begin() + count);
        auto writing = m_store.write([this, group](store::Transaction &transaction) { return storeGroup(transaction, *group); });
        const auto outcomes = co_await std::move(writing);
        if (!outcomes) {
            Q_EMIT storageFailed(outcomes.error());
            co_await base::sleep(m_client.clock(), storageRetry);
            continue; // nothing was stored and nothing was answered: the same group again
        }
        m_queue.erase(m_queue.begin(), m_queue.begin() + count);
        for (size_t i = 0; i < group->size(); ++i) {
            const Outcome outcome = (*outcomes)[i];
            if (outcome.added)
                co_await m_conversations.refresh(outcome.added->conversation);
            release((*group)[i], outcome);
        }
    }
    m_running = false;
}

Result<std::vector<Inbox::Outcome>> Inbox::storeGroup(store::Transaction &transaction, const std::vector<xmpp::Incoming> &group) const
{
    std::vector<Outcome> outcomes;
    for (const xmpp::Incoming &message : group) {
        auto outcome = storeOne(transaction, message);
        if (!outcome)
            return fail(outcome.error());
        outcomes.push_back(std::move(*outcome));
    }
    return outcomes;
}

/// What does it mean? One straight line through all that a person can see.
Result<Inbox::Outcome> Inbox::storeOne(store::Transaction &transaction, const xmpp::Incoming &message) const
{
    using Type = xmpp::Message::Type;
    const Type type = xmpp::Message::typeOf(message.element());
    if (type == Type::Error)
        return storeBounce(transaction, message);
    if (type == Type::Groupchat) // RELIABILITY 1.11: from a room that was never joined
        return Outcome{};
    if (const auto receipt = message.get<xep::Receipts::Received>())
        return storeReceipt(transaction, message, receipt->id);
    const QString body = xmpp::Message::bodyOf(message.element());
    if (!body.isEmpty())
        return storeMessage(transaction, message, body);
    return Outcome{};
}

Result<Inbox::Outcome> Inbox::storeMessage(store::Transaction &transaction, const xmpp::Incoming &message, const QString &body) const
{
    const Jid peer = message.author().bare();
    auto conversation = transaction.conversations().open(m_account, peer);
    if (!conversation)
        return fail(conversation.error());
    const auto originId = message.get<xep::OriginId>();
    store::NewMessage row;
    row.conversation = *conversation;
    row.author = message.author();
    row.body = body;
    row.time = message.origin().time();
    row.state = store::MessageState::Received;
    row.stanzaId = message.id();
    row.originId = originId ? originId->id : QString();
    row.archiveId = message.origin().archiveId();
    auto stored = transaction.messages().append(row);
    if (!stored)
        return fail(stored.error());
    if (stored->duplicate)
        return Outcome{};
    auto full = transaction.messages().require(stored->key);
    if (!full)
        return fail(full.error());
    return Outcome{std::move(*full), {}};
}

// XEP-0184 5.4 and RELIABILITY 1.7: only the addressee may say that it came.
Result<Inbox::Outcome> Inbox::storeReceipt(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id) const
{
    auto confirmed = Outbox::confirm(transaction, m_account, message.author().bare(), id, store::MessageState::Delivered);
    if (!confirmed)
        return fail(confirmed.error());
    return Outcome{{}, std::move(*confirmed)};
}

// RFC 6120 8.3: our message came back.
Result<Inbox::Outcome> Inbox::storeBounce(store::Transaction &transaction, const xmpp::Incoming &message) const
{
    if (message.id().isEmpty())
        return Outcome{};
    auto failed = Outbox::bounce(transaction, m_account, message.author().bare(), message.id(),
                                 xmpp::StanzaError::of(message.element()).toError());
    if (!failed)
        return fail(failed.error());
    return Outcome{{}, std::move(*failed)};
}

/// After the commit, and only then: show it, answer it, tell of it.
void Inbox::release(const xmpp::Incoming &message, const Outcome &outcome)
{
    if (outcome.changed)
        m_conversations.announceChange(*outcome.changed);
    if (!outcome.added)
        return;
    m_conversations.announceMessage(*outcome.added);
    m_extensions.receipts.confirm(message);
    const store::Conversation *chat = m_conversations.find(outcome.added->conversation);
    if (chat && chat->id != m_conversations.visible() && !chat->mutedUntil.isValid())
        Q_EMIT notified(*outcome.added);
}

} // namespace chat
