// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/outboxjobs.h"

#include "xep/0184_receipts.h"
#include "xep/0333_markers.h"
#include "xep/0359_ids.h"
#include "xml/parse.h"
#include "xml/writer.h"
#include "xmpp/message.h"

#include <algorithm>

namespace chat::outboxjobs {

Error inputError(const char *condition, const QString &detail)
{
    return {Error::Kind::Input, QString::fromLatin1(condition), detail};
}

Result<Stored> StoreDraft::operator()(store::Transaction &transaction) const
{
    auto conversation = transaction.conversations().open(account, peer.bare());
    if (!conversation)
        return fail(conversation.error());
    store::NewMessage row = message;
    row.conversation = *conversation;
    auto stored = transaction.messages().append(row);
    if (!stored)
        return fail(stored.error());
    if (stored->duplicate)
        return fail(inputError("id-in-use", QStringLiteral("A message with this id was sent to this chat before.")));
    auto queued = transaction.outbox().enqueue(account, *conversation, stored->key, stanza);
    if (!queued)
        return fail(queued.error());
    auto drafted = transaction.conversations().setDraft(*conversation, QString());
    if (!drafted)
        return fail(drafted.error());
    auto written = transaction.messages().require(stored->key);
    if (!written)
        return fail(written.error());
    auto chat = transaction.conversations().byId(*conversation);
    if (!chat)
        return fail(chat.error());
    return Stored{std::move(*written), chat->value_or(store::Conversation())};
}

Result<> Retry::operator()(store::Transaction &transaction) const
{
    auto message = transaction.messages().require(key);
    if (!message)
        return fail(message.error());
    if (message->state != store::MessageState::Failed)
        return {};
    xmpp::Message again;
    auto conversation = transaction.conversations().byId(message->conversation);
    if (!conversation)
        return fail(conversation.error());
    if (!*conversation)
        return fail(Error::Kind::Input, QStringLiteral("message-unknown"),
                    QStringLiteral("The message's chat is gone."));
    if (auto moved = transaction.messages().setState(key, store::MessageState::Queued, now); !moved)
        return fail(moved.error());
    again.to = (*conversation)->peer;
    again.id = message->stanzaId;
    again.body = message->body;
    again.add(xep::OriginId{message->originId});
    again.add(xep::Receipts::Request{});
    again.add(xep::Markers::Markable{});
    auto queued =
        transaction.outbox().enqueue(account, message->conversation, key, xml::Writer::write(again.toElement()));
    if (!queued)
        return fail(queued.error());
    return {};
}

Result<> Discard::operator()(store::Transaction &transaction) const
{
    using State = store::MessageState;
    auto message = transaction.messages().require(key);
    if (!message)
        return fail(message.error());
    if (!message->outgoing
        || (message->state != State::Queued && message->state != State::Encrypted && message->state != State::Failed))
        return fail(inputError("already-sent",
                               QStringLiteral("The message is on its way or has arrived; it cannot be taken back.")));
    auto removed = transaction.messages().remove(key);
    if (!removed)
        return fail(removed.error());
    return {};
}

Result<> Accept::operator()(store::Transaction &transaction) const
{
    for (const qint64 key : keys) {
        if (auto moved = transaction.messages().setState(key, store::MessageState::Accepted, now); !moved)
            return fail(moved.error());
        if (auto removed = transaction.outbox().removeMessage(key); !removed)
            return fail(removed.error());
    }
    return {};
}

Result<std::vector<qint64>> Settle::operator()(store::Transaction &transaction) const
{
    std::vector<qint64> arrived;
    if (settled && settled->handled) {
        auto numbers = sessionrecord::readNumbers(transaction, account, settled->id);
        if (!numbers)
            return fail(numbers.error());
        for (const sessionrecord::Numbered &each : *numbers) {
            if (xmpp::StreamManagement::isAtLeast(*settled->handled, each.number))
                arrived.push_back(each.message);
        }
    }
    if (auto accepted = Accept{arrived, now}(transaction); !accepted)
        return fail(accepted.error());
    auto requeued = transaction.outbox().requeue(account);
    if (!requeued)
        return fail(requeued.error());
    if (auto removed = sessionrecord::removeNumbers(transaction, account); !removed)
        return fail(removed.error());
    return arrived;
}

Result<std::vector<Jid>> ReadDoubtful::operator()(store::Reader &reader) const
{
    const auto entries = reader.outbox().all(account);
    if (!entries)
        return fail(entries.error());
    std::vector<Jid> peers;
    for (const store::OutboxEntry &entry : *entries) {
        if (entry.attempts == 0)
            continue;
        const auto chat = reader.conversations().byId(entry.conversation);
        if (!chat)
            return fail(chat.error());
        if (*chat && std::find(peers.begin(), peers.end(), (*chat)->peer) == peers.end())
            peers.push_back((*chat)->peer);
    }
    return peers;
}

Result<std::vector<Taken>> TakeNext::operator()(store::Transaction &transaction) const
{
    auto entries = transaction.outbox().next(account, limit);
    if (!entries)
        return fail(entries.error());
    auto all = numbers;
    quint32 number = sent;
    std::vector<Taken> result;
    for (store::OutboxEntry &entry : *entries) {
        if (auto marked = transaction.outbox().markWritten(entry.id); !marked)
            return fail(marked.error());
        if (auto moved = transaction.messages().setState(entry.message, store::MessageState::Written, now); !moved)
            return fail(moved.error());
        auto stanza = xml::parse(entry.stanza);
        if (stanza)
            all.push_back({entry.message, ++number});
        result.push_back({std::move(entry), stanza ? std::optional(*stanza) : std::nullopt});
    }
    if (result.empty())
        return result;
    if (auto kept = sessionrecord::putNumbers(transaction, account, session, all); !kept)
        return fail(kept.error());
    return result;
}

Result<> GiveUp::operator()(store::Transaction &transaction) const
{
    for (const qint64 key : keys) {
        if (auto failed = transaction.messages().setFailed(key, why, now); !failed)
            return fail(failed.error());
        if (auto removed = transaction.outbox().removeMessage(key); !removed)
            return fail(removed.error());
    }
    return {};
}

Result<std::vector<store::Message>> ReadMessages::operator()(store::Reader &reader) const
{
    std::vector<store::Message> messages;
    for (const qint64 key : keys) {
        auto message = reader.messages().byKey(key);
        if (!message)
            return fail(message.error());
        if (*message)
            messages.push_back(std::move(**message));
    }
    return messages;
}

} // namespace chat::outboxjobs
