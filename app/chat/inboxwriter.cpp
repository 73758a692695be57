// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/inboxwriter.h"

#include "chat/filestanzas.h"
#include "chat/outbox.h"
#include "chat/stanzas.h"
#include "xep/0184_receipts.h"
#include "xep/0333_markers.h"
#include "xep/0359_ids.h"

namespace chat {

Result<InboxOutcomes> InboxWriter::operator()(store::Transaction &transaction) const
{
    InboxOutcomes outcomes;
    const auto newestChange = transaction.changes().newest();
    if (!newestChange)
        return fail(newestChange.error());
    auto rows = makeRows(transaction);
    if (!rows)
        return fail(rows.error());
    if (page || isStretch) {
        auto moved = putInOrder(transaction, *rows);
        if (!moved)
            return fail(moved.error());
        outcomes.moved = std::move(*moved);
        auto placed = page ? placePage(transaction, *rows) : placeStretch(transaction, *rows);
        if (!placed)
            return fail(placed.error());
    }
    std::vector<store::Stored> kept;
    for (size_t i = 0; i < group->size(); ++i) {
        store::Stored stored;
        const base::CrashMarks::Work work(marks, base::CrashMarks::Slot::Store, markOf((*group)[i]));
        auto outcome = storeOne(transaction, (*group)[i], (*rows)[i], *newestChange, stored);
        if (!outcome)
            return fail(outcome.error());
        kept.push_back(stored);
        outcomes.each.push_back(std::move(*outcome));
    }
    if (isStretch) {
        outcomes.step.closed = true; // nothing is missing in it now
        if (auto ordered = orderAgain(transaction, *rows, outcomes); !ordered)
            return fail(ordered.error());
    }
    auto done = page ? takeStep(transaction, kept, outcomes) : advanceArchive(transaction);
    if (done)
        done = sessionrecord::putHandled(transaction, account, mark);
    if (!done)
        return fail(done.error());
    return outcomes;
}

quint64 InboxWriter::markOf(const xmpp::Incoming &message) const
{
    return marks ? xmpp::Router::markOf(message.element()) : 0;
}

Result<InboxWriter::Rows> InboxWriter::makeRows(store::Transaction &transaction) const
{
    Rows rows;
    rows.reserve(group->size());
    for (const xmpp::Incoming &message : *group) {
        const base::CrashMarks::Work work(marks, base::CrashMarks::Slot::Store, markOf(message));
        auto row = rowFor(transaction, message);
        if (!row)
            return fail(row.error());
        rows.push_back(std::move(*row));
    }
    return rows;
}

/// What came live is the archive's newest. What the server had kept for us is not: the archive may have more around it.
Result<> InboxWriter::advanceArchive(store::Transaction &transaction) const
{
    QString newest;
    for (const xmpp::Incoming &message : *group) {
        if (message.origin().isLive() && !message.origin().archiveId().isEmpty())
            newest = message.origin().archiveId();
    }
    return newest.isEmpty() ? Result<>{} : transaction.archives().advance(account, account, newest);
}

/// One straight line through all that a person can see. `newestChange` was there before the group; `kept` is what became of a
/// message.
Result<InboxOutcome> InboxWriter::storeOne(store::Transaction &transaction, const xmpp::Incoming &message,
                                           const std::optional<store::NewMessage> &row, qint64 newestChange,
                                           store::Stored &kept) const
{
    InboxOutcome outcome;
    // What we say of their messages says nothing of ours.
    const bool isTheirs = !message.origin().isOutgoing();
    if (xmpp::Message::typeOf(message.element()) == xmpp::Message::Type::Error) {
        auto done = isTheirs ? storeBounce(transaction, message, outcome) : Result<>{};
        if (!done)
            return fail(done.error());
        return outcome;
    }
    const auto receipt = message.get<xep::Receipts::Received>();
    if (receipt && isTheirs && xmpp::Message::typeOf(message.element()) != xmpp::Message::Type::Groupchat) {
        if (auto done = storeReceipt(transaction, message, receipt->id, outcome); !done)
            return fail(done.error());
    }
    const auto marker = message.get<xep::Markers::Displayed>();
    if (marker && xmpp::Message::typeOf(message.element()) != xmpp::Message::Type::Groupchat) {
        if (auto done = storeMarker(transaction, message, marker->id, outcome); !done)
            return fail(done.error());
    }
    qint64 waiting = 0;
    if (auto change = stanzas::changeIn(message, account)) {
        const auto chat = transaction.conversations().find(account, message.origin().peer().bare());
        if (!chat)
            return fail(chat.error());
        if (!*chat)
            return outcome; // nothing was ever said there that it could be about
        change->conversation = (*chat)->id;
        if (page) {
            const auto gap = transaction.archives().byId(page->request.gap);
            if (!gap)
                return fail(gap.error());
            change->after = *gap ? (*gap)->changesBefore : 0;
            change->page = page->request.side == store::GapSide::New ? -newestChange : newestChange;
        }
        if (message.origin().channel() == xmpp::Origin::Channel::Archive) {
            const auto isGone = isAboutErased(transaction, *change);
            if (!isGone)
                return fail(isGone.error());
            if (*isGone)
                return outcome;
        }
        if (auto done = storeChange(transaction, *change, outcome, waiting); !done)
            return fail(done.error());
        if (waiting == 0)
            return outcome;
    }
    if (!row)
        return outcome;
    const auto stored = storeMessage(transaction, *row, outcome);
    if (!stored)
        return fail(stored.error());
    kept = *stored;
    if (auto gone = stanzas::goneIn(message, account)) {
        gone->conversation = row->conversation;
        if (auto done = storeGone(transaction, std::move(*gone), stored->key, outcome); !done)
            return fail(done.error());
    }
    if (waiting != 0) {
        if (auto done = transaction.changes().setStandIn(waiting, stored->key); !done)
            return fail(done.error());
    }
    const bool isMarkable = isTheirs && !stored->duplicate && !row->read && message.get<xep::Markers::Markable>();
    if (isMarkable) {
        if (auto done = transaction.conversations().setMarkable(row->conversation, stored->key); !done)
            return fail(done.error());
    }
    return outcome;
}

/// What is to be stored of it; nothing where a person would see nothing.
Result<std::optional<store::NewMessage>> InboxWriter::rowFor(store::Transaction &transaction,
                                                             const xmpp::Incoming &message) const
{
    using Type = xmpp::Message::Type;
    const Type type = xmpp::Message::typeOf(message.element());
    const xmpp::Origin &origin = message.origin();
    auto change = stanzas::changeIn(message, account);
    auto files = change ? std::vector<store::File>() : filestanzas::filesIn(message.element());
    QString body = stanzas::textOf(message.element());
    if (body.isEmpty() && !files.empty()) // a file says enough
        body = files.front().url.isEmpty() ? files.front().name : files.front().url;
    // RELIABILITY 1.11: from a room that was never joined
    const bool isGone = stanzas::goneIn(message, account).has_value();
    if ((body.isEmpty() && !change && !isGone) || type == Type::Error || type == Type::Groupchat
        || origin.peer().isNull())
        return std::optional<store::NewMessage>();
    // Nobody makes a chat by what says nothing.
    if (change && change->kind != store::Change::Kind::Correction)
        return std::optional<store::NewMessage>();
    if (isGone) {
        const auto known = transaction.conversations().find(account, origin.peer().bare());
        if (!known || !*known)
            return known ? Result<std::optional<store::NewMessage>>() : fail(known.error());
    }
    auto conversation = transaction.conversations().open(account, origin.peer().bare());
    if (!conversation)
        return fail(conversation.error());
    if (change) {
        // Only a correction whose message is not here is one itself, until that comes.
        change->conversation = *conversation;
        const auto known = transaction.changes().lookUp(*change);
        if (!known)
            return fail(known.error());
        if (known->duplicate || known->message != 0 || known->standIn != 0 || known->retracted)
            return std::optional<store::NewMessage>();
    }
    const auto originId = message.get<xep::OriginId>();
    store::NewMessage row;
    row.conversation = *conversation;
    row.outgoing = origin.isOutgoing();
    row.author = row.outgoing ? account : message.author();
    row.body = body;
    row.time = origin.time();
    // One of ours that comes back by another way: the server has it.
    row.state = row.outgoing ? store::MessageState::Accepted : store::MessageState::Received;
    row.stanzaId = message.id();
    row.originId = originId ? originId->id : QString();
    row.archiveId = origin.archiveId();
    row.replaces = change ? change->target : QString();
    row.replyTo = stanzas::answeredBy(message.element());
    row.payload = stanzas::payloadOf(message.element());
    row.files = std::move(files);
    row.read = isGone;
    const bool archived = origin.channel() == xmpp::Origin::Channel::Archive;
    if (archived)
        row.place = store::NewMessage::Place::ByTime;
    const auto erased = wasErased(transaction, row, archived);
    if (!erased)
        return fail(erased.error());
    return *erased ? std::optional<store::NewMessage>() : std::optional(std::move(row));
}

/// The person deleted it here, and it comes once more.
Result<bool> InboxWriter::wasErased(store::Transaction &transaction, const store::NewMessage &row, bool archived)
{
    const auto erased = transaction.erasure().wasErased(row, archived);
    if (!erased || !*erased)
        return erased;
    const auto known = transaction.messages().known(row);
    return known ? Result<bool>(*known == 0) : fail(known.error());
}

/// A correction of what was deleted here would stand alone, and say it all again.
Result<bool> InboxWriter::isAboutErased(store::Transaction &transaction, const store::Change &change)
{
    const auto known = transaction.changes().lookUp(change);
    if (!known)
        return fail(known.error());
    if (known->duplicate || known->message != 0)
        return false;
    return transaction.erasure().wasErased(change);
}

Result<store::Stored> InboxWriter::storeMessage(store::Transaction &transaction, const store::NewMessage &row,
                                                InboxOutcome &outcome) const
{
    auto stored = transaction.messages().append(row);
    if (!stored)
        return fail(stored.error());
    // What stands on the screen was seen, and so was all before what we wrote on another device.
    if (!stored->duplicate && !row.read && (row.conversation == visible || row.outgoing)) {
        if (auto read = transaction.conversations().markRead(row.conversation, stored->key); !read)
            return fail(read.error());
    }
    if (stored->duplicate && row.outgoing) {
        auto removed = transaction.outbox().removeItem(stored->key);
        if (!removed)
            return fail(removed.error());
    }
    if (stored->duplicate && !(row.outgoing && stored->changed))
        return stored;
    auto full = transaction.messages().require(stored->key);
    if (!full)
        return fail(full.error());
    if (!stored->duplicate) {
        if (auto done = resolve(transaction, *full, outcome); !done)
            return fail(done.error());
    }
    if (stored->duplicate)
        outcome.changed.push_back(std::move(*full));
    else
        outcome.added = std::move(*full);
    return stored;
}

/// A correction, retraction or reaction. `waiting`: the correction is new and its message is not here.
Result<> InboxWriter::storeChange(store::Transaction &transaction, const store::Change &change, InboxOutcome &outcome,
                                  qint64 &waiting) const
{
    const auto recorded = transaction.changes().record(change);
    if (!recorded)
        return fail(recorded.error());
    if (change.outgoing && recorded->duplicate) {
        if (auto removed = transaction.outbox().removeItem(-recorded->id); !removed)
            return fail(removed.error());
    }
    const bool stands = recorded->standIn != 0 || recorded->retracted;
    if (!recorded->duplicate && recorded->message == 0 && !stands && change.kind == store::Change::Kind::Correction)
        waiting = recorded->id;
    if (recorded->message == 0)
        return {};
    auto message = transaction.messages().require(recorded->message);
    if (!message)
        return fail(message.error());
    outcome.edited.push_back(std::move(*message));
    return {};
}

/// The archive has no more than that there was a message.
Result<> InboxWriter::storeGone(store::Transaction &transaction, store::Change change, qint64 key,
                                InboxOutcome &outcome) const
{
    const auto recorded = transaction.changes().record(change);
    if (!recorded)
        return fail(recorded.error());
    auto full = transaction.messages().require(key);
    if (!full)
        return fail(full.error());
    if (outcome.added)
        outcome.added = std::move(*full);
    else if (recorded->message != 0)
        outcome.edited.push_back(std::move(*full));
    return {};
}

/// What came before this message and is about it.
Result<> InboxWriter::resolve(store::Transaction &transaction, store::Message &message, InboxOutcome &outcome)
{
    auto resolved = transaction.changes().resolve(message);
    if (!resolved)
        return fail(resolved.error());
    if (resolved->message == 0)
        return {};
    outcome.removed = std::move(resolved->removed);
    auto full = transaction.messages().require(message.key);
    if (!full)
        return fail(full.error());
    message = std::move(*full);
    return {};
}

// XEP-0184 5.4 and RELIABILITY 1.7: only the addressee may say that it came.
Result<> InboxWriter::storeReceipt(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id,
                                   InboxOutcome &outcome) const
{
    const Outbox::News news{account, message.author().bare(), id, message.origin().time()};
    auto confirmed = Outbox::confirm(transaction, news, store::MessageState::Delivered);
    if (!confirmed)
        return fail(confirmed.error());
    if (*confirmed)
        outcome.changed.push_back(std::move(**confirmed));
    return {};
}

/// Theirs: they saw one of ours, and all before it (XEP-0333 4; only the addressee may say so, RELIABILITY 1.7). Ours: another
/// device showed one of theirs.
Result<> InboxWriter::storeMarker(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id,
                                  InboxOutcome &outcome) const
{
    const Jid peer = message.origin().peer().bare();
    if (!message.origin().isOutgoing()) {
        const QDateTime time = message.origin().time();
        const auto own = Outbox::confirm(transaction, {account, peer, id, time}, store::MessageState::Displayed);
        if (!own || !*own)
            return own ? Result<>{} : fail(own.error());
        outcome.changed.push_back(**own);
        const auto older = transaction.messages().setDisplayed((*own)->key - 1, time);
        if (!older)
            return fail(older.error());
        for (const qint64 key : *older) {
            auto full = transaction.messages().require(key);
            if (!full)
                return fail(full.error());
            outcome.changed.push_back(std::move(*full));
        }
        return {};
    }
    const auto chat = transaction.conversations().find(account, peer);
    if (!chat)
        return fail(chat.error());
    const auto seen =
        *chat ? transaction.messages().findFrom((*chat)->id, peer, id) : Result<std::optional<store::Message>>();
    if (!seen)
        return fail(seen.error());
    if (!*seen) {
        outcome.seenMissing = {peer, id};
        return {};
    }
    outcome.seenChat = (*chat)->id;
    auto done = transaction.conversations().markRead(outcome.seenChat, (*seen)->key);
    return done ? transaction.conversations().setTold(outcome.seenChat, (*seen)->key) : done;
}

// RFC 6120 8.3: our message came back.
Result<> InboxWriter::storeBounce(store::Transaction &transaction, const xmpp::Incoming &message,
                                  InboxOutcome &outcome) const
{
    if (message.id().isEmpty())
        return {};
    const Outbox::News news{account, message.author().bare(), message.id(), message.origin().time()};
    auto failed = Outbox::bounce(transaction, news, xmpp::StanzaError::of(message.element()).toError());
    if (!failed)
        return fail(failed.error());
    if (*failed)
        outcome.changed.push_back(std::move(**failed));
    return {};
}

Result<> InboxParker::operator()(store::Transaction &transaction) const
{
    if (auto kept = sessionrecord::putHandled(transaction, account, mark); !kept)
        return kept;
    return transaction.records().put(account, key, stanza);
}

} // namespace chat
