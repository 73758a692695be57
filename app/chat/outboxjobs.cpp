// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/outboxjobs.h"

#include "chat/filestanzas.h"
#include "chat/stanzas.h"
#include "xep/0444_reactions.h"
#include "xml/parse.h"
#include "xml/writer.h"

#include <algorithm>

namespace chat::outboxjobs {

Error inputError(const char *condition, const QString &detail)
{
    return {Error::Kind::Input, QString::fromLatin1(condition), detail};
}

Result<QString> checkText(const QString &text)
{
    constexpr qsizetype longest = 64 * 1024 * 4; // code units; servers refuse stanzas of some 256 KiB
    QString clean = xml::cleanText(text);
    if (clean.trimmed().isEmpty())
        return fail(inputError("empty-message", QStringLiteral("There is nothing to send.")));
    if (clean.size() > longest)
        return fail(
            inputError("message-too-large", QStringLiteral("The message is longer than %1 characters.").arg(longest)));
    return clean;
}

namespace {

/// Marks what waits in the outbox. False where that would be a step back.
Result<bool> moveItem(store::Transaction &transaction, qint64 item, store::MessageState state, const QDateTime &time)
{
    return item > 0 ? transaction.messages().setState(item, state, time) : transaction.changes().setState(-item, state);
}

/// What `message` answers, where that is here.
Result<std::optional<store::Message>> answeredBy(store::Reader &reader, qint64 conversation, const QString &id)
{
    return id.isEmpty() ? Result<std::optional<store::Message>>() : reader.messages().findAny(conversation, id);
}

Result<store::Conversation> requireChat(store::Reader &reader, qint64 conversation)
{
    auto chat = reader.conversations().byId(conversation);
    if (!chat)
        return fail(chat.error());
    if (!*chat)
        return fail(inputError("message-unknown", QStringLiteral("The message's chat is gone.")));
    return std::move(**chat);
}

/// A change as it goes out, with its entry. `message` is what it changes.
Result<> enqueueChange(store::Transaction &transaction, const Jid &account, const store::Change &change,
                       const store::Message &message)
{
    const auto chat = requireChat(transaction, message.conversation);
    if (!chat)
        return fail(chat.error());
    const auto answered = answeredBy(transaction, message.conversation, message.replyTo);
    if (!answered)
        return fail(answered.error());
    const auto stanza = stanzas::change(chat->peer, change, *answered ? &**answered : nullptr);
    const auto queued =
        transaction.outbox().enqueue(account, message.conversation, -change.id, xml::Writer::write(stanza.toElement()));
    return queued ? Result<>{} : fail(queued.error());
}

/// One that has no address yet is uploaded first.
Result<> requeueFile(store::Transaction &transaction, const Jid &account, const Jid &peer,
                     const store::Message &message)
{
    store::File file = message.files.front();
    if (file.url.isEmpty()) {
        file.state = store::FileState::Waiting;
        const auto kept = transaction.files().update(file);
        const auto reserved = kept ? transaction.outbox().reserve(account, message.conversation, message.key)
                                   : Result<qint64>(fail(kept.error()));
        return reserved ? Result<>{} : fail(reserved.error());
    }
    const auto stanza = filestanzas::make(peer, message.stanzaId, filestanzas::captionOf(message), file);
    const auto queued = transaction.outbox().enqueue(account, message.conversation, message.key,
                                                     xml::Writer::write(stanza.toElement()));
    return queued ? Result<>{} : fail(queued.error());
}

Result<Stored> read(store::Reader &reader, qint64 key)
{
    auto message = reader.messages().require(key);
    if (!message)
        return fail(message.error());
    auto chat = requireChat(reader, message->conversation);
    if (!chat)
        return fail(chat.error());
    return Stored{std::move(*message), std::move(*chat)};
}

} // namespace

Result<Stored> StoreDraft::operator()(store::Transaction &transaction) const
{
    auto conversation = transaction.conversations().open(account, peer.bare());
    if (!conversation)
        return fail(conversation.error());
    store::NewMessage row = message;
    row.conversation = *conversation;
    std::optional<store::Message> quoted;
    if (answered != 0) {
        auto found = transaction.messages().require(answered);
        if (!found)
            return fail(found.error());
        if (found->stanzaId.isEmpty())
            return fail(inputError("message-without-id", QStringLiteral("The message came without an id to name.")));
        quoted = std::move(*found);
        row.replyTo = quoted->stanzaId;
    }
    auto stored = transaction.messages().append(row);
    if (!stored)
        return fail(stored.error());
    if (stored->duplicate)
        return fail(inputError("id-in-use", QStringLiteral("A message with this id was sent to this chat before.")));
    auto stanza = stanzas::plain(peer, row.stanzaId, row.body, quoted ? &*quoted : nullptr);
    stanza.payloads.insert(stanza.payloads.end(), payloads.begin(), payloads.end());
    auto queued =
        transaction.outbox().enqueue(account, *conversation, stored->key, xml::Writer::write(stanza.toElement()));
    if (!queued)
        return fail(queued.error());
    auto drafted = transaction.conversations().setDraft(*conversation, QString());
    if (!drafted)
        return fail(drafted.error());
    return read(transaction, stored->key);
}

/// What every client shows: the person's own words, whose the rest is, and that as a quote (XEP-0393 5.1.3).
QString StoreForward::textFor(const store::Message &source) const
{
    QString text = comment.isEmpty() ? QString() : comment + QStringLiteral("\n\n");
    text += head;
    const QString body = filestanzas::captionOf(source);
    if (!body.isEmpty())
        text += QStringLiteral("\n> ") + QString(body).replace(u'\n', QStringLiteral("\n> "));
    return text;
}

Result<Stored> StoreForward::put(store::Transaction &transaction, qint64 chat, const QString &id, const QString &text,
                                 const store::File *file) const
{
    store::NewMessage row;
    row.conversation = chat;
    row.outgoing = true;
    row.author = account;
    row.body = file ? filestanzas::bodyOf(text, *file) : text;
    row.time = now;
    row.state = store::MessageState::Queued;
    row.stanzaId = id;
    row.originId = id;
    if (file) {
        row.files.push_back(*file);
        const bool isHere = file->state == store::FileState::Here && !file->path.isEmpty();
        row.files.front().state = isHere ? store::FileState::Here : store::FileState::Remote;
    }
    const auto stored = transaction.messages().append(row);
    if (!stored)
        return fail(stored.error());
    const xmpp::Message stanza =
        file ? filestanzas::make(peer, id, text, *file) : stanzas::plain(peer, id, text, nullptr);
    const auto queued =
        transaction.outbox().enqueue(account, chat, stored->key, xml::Writer::write(stanza.toElement()));
    return queued ? read(transaction, stored->key) : fail(queued.error());
}

Result<std::vector<Stored>> StoreForward::operator()(store::Transaction &transaction) const
{
    const auto source = transaction.messages().require(key);
    if (!source)
        return fail(source.error());
    if (source->retracted)
        return fail(inputError("message-retracted", QStringLiteral("The message was taken back.")));
    const auto hasNoAddress = [](const store::File &file) { return file.url.isEmpty(); };
    if (std::any_of(source->files.begin(), source->files.end(), hasNoAddress))
        return fail(inputError("not-sent-yet", QStringLiteral("A file of the message has no address yet.")));
    const auto text = checkText(textFor(*source));
    if (!text)
        return fail(text.error());
    const auto chat = transaction.conversations().open(account, peer, store::ConversationKind::Chat, now);
    if (!chat)
        return fail(chat.error());
    std::vector<Stored> all;
    const int count = std::clamp(int(source->files.size()), 1, mostFiles);
    for (int i = 0; i < count; ++i) {
        const store::File *file = source->files.empty() ? nullptr : &source->files[size_t(i)];
        auto stored = put(transaction, *chat, ids[i], i == 0 ? *text : QString(), file);
        if (!stored)
            return fail(stored.error());
        all.push_back(std::move(*stored));
    }
    if (auto drafted = transaction.conversations().setDraft(*chat, QString()); !drafted)
        return fail(drafted.error());
    // As it is when all of them are there.
    auto row = requireChat(transaction, *chat);
    if (!row)
        return fail(row.error());
    for (Stored &each : all)
        each.conversation = *row;
    return all;
}

Result<store::Change> StoreChange::make(store::Transaction &transaction, const store::Message &message) const
{
    using State = store::MessageState;
    if (message.stanzaId.isEmpty())
        return fail(inputError("message-without-id", QStringLiteral("The message came without an id to name.")));
    if (message.retracted)
        return fail(inputError("message-retracted", QStringLiteral("The message was taken back.")));
    store::Change change;
    change.conversation = message.conversation;
    change.kind = kind;
    change.outgoing = true;
    change.author = account;
    change.target = message.stanzaId;
    change.time = now;
    change.state = State::Queued;
    change.stanzaId = id;
    change.body = text;
    if (kind == store::Change::Kind::Reactions) {
        auto all = sign ? transaction.changes().reactions(key, true) : Result<QStringList>(signs);
        if (!all)
            return fail(all.error());
        if (sign) {
            all->removeAll(sign->text);
            if (sign->on)
                all->append(sign->text);
        }
        if (all->size() > xep::Reactions::mostPerUser)
            return fail(inputError("too-many-reactions",
                                   QStringLiteral("No message takes more than %1 reactions of one person.")
                                       .arg(xep::Reactions::mostPerUser)));
        change.body = all->join(u'\n');
        return change;
    }
    if (!message.outgoing)
        return fail(inputError("not-own-message", QStringLiteral("Only its author can change a message.")));
    if (message.state == State::Queued || message.state == State::Encrypted || message.state == State::Failed)
        return fail(inputError("not-sent-yet", QStringLiteral("The message is not sent yet.")));
    return change;
}

Result<Stored> StoreChange::operator()(store::Transaction &transaction) const
{
    const auto message = transaction.messages().require(key);
    if (!message)
        return fail(message.error());
    auto change = make(transaction, *message);
    if (!change)
        return fail(change.error());
    if (kind == store::Change::Kind::Reactions) {
        const auto before = transaction.changes().reactions(key, true);
        if (!before)
            return fail(before.error());
        if (before->join(u'\n') == change->body)
            return read(transaction, key);
    } else if (kind == store::Change::Kind::Correction && change->body == message->body) {
        return read(transaction, key);
    }
    const auto recorded = transaction.changes().record(*change);
    if (!recorded)
        return fail(recorded.error());
    change->id = recorded->id;
    if (auto queued = enqueueChange(transaction, account, *change, *message); !queued)
        return fail(queued.error());
    return read(transaction, key);
}

Result<> Retry::operator()(store::Transaction &transaction) const
{
    auto message = transaction.messages().require(key);
    if (!message)
        return fail(message.error());
    if (message->state != store::MessageState::Failed)
        return retryChange(transaction, *message);
    const auto chat = requireChat(transaction, message->conversation);
    if (!chat)
        return fail(chat.error());
    const auto answered = answeredBy(transaction, message->conversation, message->replyTo);
    if (!answered)
        return fail(answered.error());
    if (auto moved = transaction.messages().setState(key, store::MessageState::Queued, now); !moved)
        return fail(moved.error());
    if (!message->files.empty())
        return requeueFile(transaction, account, chat->peer, *message);
    const auto again = stanzas::plain(chat->peer, message->stanzaId, message->body, *answered ? &**answered : nullptr);
    auto queued =
        transaction.outbox().enqueue(account, message->conversation, key, xml::Writer::write(again.toElement()));
    if (!queued)
        return fail(queued.error());
    return {};
}

Result<> Retry::retryChange(store::Transaction &transaction, const store::Message &message) const
{
    if (message.waiting.state != store::MessageState::Failed)
        return {};
    const auto change = transaction.changes().byId(message.waiting.change);
    if (!change || !*change)
        return change ? Result<>{} : fail(change.error());
    if (auto moved = transaction.changes().setState((*change)->id, store::MessageState::Queued); !moved)
        return fail(moved.error());
    return enqueueChange(transaction, account, **change, message);
}

Result<std::optional<store::Message>> Discard::operator()(store::Transaction &transaction) const
{
    using State = store::MessageState;
    auto message = transaction.messages().require(key);
    if (!message)
        return fail(message.error());
    const bool isSent = !message->outgoing
        || (message->state != State::Queued && message->state != State::Encrypted && message->state != State::Failed);
    if (isSent && message->waiting.state == State::Failed) {
        if (auto dropped = transaction.changes().drop(message->waiting.change); !dropped)
            return fail(dropped.error());
        auto left = transaction.messages().require(key);
        return left ? Result<std::optional<store::Message>>(std::move(*left)) : fail(left.error());
    }
    if (isSent)
        return fail(inputError("already-sent",
                               QStringLiteral("The message is on its way or has arrived; it cannot be taken back.")));
    if (auto removed = transaction.messages().remove(key); !removed)
        return fail(removed.error());
    return std::optional<store::Message>();
}

Result<> Accept::operator()(store::Transaction &transaction) const
{
    for (const qint64 item : items) {
        if (auto moved = moveItem(transaction, item, store::MessageState::Accepted, now); !moved)
            return fail(moved.error());
        if (auto removed = transaction.outbox().removeItem(item); !removed)
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
        if (auto moved = moveItem(transaction, entry.item, store::MessageState::Written, now); !moved)
            return fail(moved.error());
        auto stanza = xml::parse(entry.stanza);
        if (stanza)
            all.push_back({entry.item, ++number});
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
    for (const qint64 item : items) {
        const auto failed = item > 0 ? transaction.messages().setFailed(item, why, now)
                                     : transaction.changes().setState(-item, store::MessageState::Failed, why);
        if (!failed)
            return fail(failed.error());
        if (auto removed = transaction.outbox().removeItem(item); !removed)
            return fail(removed.error());
    }
    return {};
}

Result<std::vector<store::Message>> ReadMessages::operator()(store::Reader &reader) const
{
    std::vector<store::Message> messages;
    for (const qint64 item : items) {
        const auto change = item < 0 ? reader.changes().byId(-item) : Result<std::optional<store::Change>>();
        if (!change)
            return fail(change.error());
        const qint64 key = item > 0 ? item : *change ? (*change)->message : 0;
        auto message = reader.messages().byKey(key);
        if (!message)
            return fail(message.error());
        if (!*message)
            continue;
        if (auto filled = reader.changes().fill(**message); !filled)
            return fail(filled.error());
        messages.push_back(std::move(**message));
    }
    return messages;
}

} // namespace chat::outboxjobs
