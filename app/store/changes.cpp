// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/changes.h"

#include "store/messagerow.h"

#include <algorithm>

namespace store {
namespace {

#define CHANGE_COLUMNS                                                                                                 \
    "id, conversation, message, kind, outgoing, author, target, time, state, failure_kind, failure_condition, "        \
    "failure_detail, stanza_id, archive_id, stand_in, body, payload, place, archived, in_force, page"

Change readChange(const Statement &row)
{
    Change change;
    change.id = row.integer(0);
    change.conversation = row.integer(1);
    change.message = row.integer(2);
    change.kind = Change::Kind(row.small(3));
    change.outgoing = row.flag(4);
    change.author = row.jid(5);
    change.target = row.text(6);
    change.time = row.time(7);
    change.state = MessageState(row.small(8));
    if (!row.isNull(9))
        change.failure = {Error::Kind(row.small(9)), row.text(10), row.text(11)};
    change.stanzaId = row.text(12);
    change.archiveId = row.text(13);
    change.standIn = row.integer(14);
    change.body = row.text(15);
    change.payload = row.bytes(16);
    change.place = row.integer(17);
    change.inForce = row.flag(19);
    change.page = row.integer(20);
    if (row.flag(18))
        change.after = change.place;
    return change;
}

/// Whether the same one says it: in chats by the bare address.
bool isBySame(const Change &a, const Change &b)
{
    return a.outgoing == b.outgoing && (a.outgoing || a.author.bare() == b.author.bare());
}

/// Whether `change`, which is told now, came after `known` of the same author on the same message.
bool isLater(const Change &change, const Change &known)
{
    if (known.outgoing && known.state == MessageState::Queued && change.state != MessageState::Queued)
        return false; // it is still to go
    if (!change.after)
        return true;
    if (!known.after)
        return known.place <= *change.after;
    return change.time != known.time ? change.time > known.time : change.page >= known.page;
}

QStringList signsOf(const QString &body)
{
    return body.isEmpty() ? QStringList() : body.split(u'\n');
}

} // namespace

Result<std::optional<Change>> Changes::findKnown(const Change &change) const
{
    auto rows =
        m_database.query("SELECT " CHANGE_COLUMNS " FROM message_changes WHERE conversation = ? AND stanza_id IS ?",
                         change.conversation, orNull(change.stanzaId));
    while (rows.next()) {
        Change known = readChange(rows);
        if (known.kind != change.kind || known.target != change.target || !isBySame(known, change))
            continue;
        // Without an id of its own only the archive tells one from another.
        if (change.stanzaId.isEmpty() && (known.body != change.body || known.time != change.time))
            continue;
        return known;
    }
    if (auto done = rows.finish(); !done)
        return fail(done.error());
    return std::optional<Change>();
}

/// The key of the message that is meant, or 0.
Result<qint64> Changes::targetOf(const Change &change) const
{
    const Messages messages(m_database);
    const auto peer = m_database.query("SELECT peer FROM conversations WHERE id = ?", change.conversation)
                          .one<Jid>([](const Statement &row) { return row.jid(0); });
    if (!peer)
        return fail(peer.error());
    if (!*peer)
        return 0;
    const auto own = messages.findOwn(change.conversation, change.target);
    const auto theirs = messages.findFrom(change.conversation, **peer, change.target);
    if (!own || !theirs)
        return fail(!own ? own.error() : theirs.error());
    if (change.kind == Change::Kind::Reactions) {
        // Mostly to what the other side said.
        const auto &first = change.outgoing ? *theirs : *own;
        const auto &second = change.outgoing ? *own : *theirs;
        return first ? first->key : second ? second->key : 0;
    }
    const auto &message = change.outgoing ? *own : *theirs;
    if (message || change.kind != Change::Kind::Correction)
        return message ? message->key : 0;
    // Some name the correction that they correct, and not the message (XEP-0308 3).
    auto rows =
        m_database.query("SELECT " CHANGE_COLUMNS " FROM message_changes WHERE conversation = ? AND stanza_id = ?",
                         change.conversation, change.target);
    while (rows.next()) {
        const Change earlier = readChange(rows);
        if (earlier.kind == Change::Kind::Correction && isBySame(earlier, change) && earlier.message != 0)
            return earlier.message;
    }
    if (auto done = rows.finish(); !done)
        return fail(done.error());
    return 0;
}

Result<Recorded> Changes::lookUp(const Change &change) const
{
    const auto known = findKnown(change);
    if (!known)
        return fail(known.error());
    Recorded recorded;
    if (*known) {
        recorded.id = (*known)->id;
        recorded.duplicate = true;
        recorded.message = (*known)->message;
        return recorded;
    }
    const auto target = targetOf(change);
    if (!target)
        return fail(target.error());
    recorded.message = *target;
    return recorded;
}

Result<Recorded> Changes::record(const Change &change)
{
    auto recorded = lookUp(change);
    if (!recorded)
        return recorded;
    if (recorded->duplicate) {
        const auto moved = setState(recorded->id, change.state);
        if (!moved)
            return fail(moved.error());
        if (!*moved)
            recorded->message = 0;
        return recorded;
    }
    auto done =
        m_database
            .query("INSERT INTO message_changes (conversation, message, kind, outgoing, author, target, time, state, "
                   "stanza_id, archive_id, body, payload, place, archived, page, in_force) "
                   "VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                   change.conversation, recorded->message, change.kind, change.outgoing,
                   orEmpty(change.author.toString()), orEmpty(change.target), change.time, change.state,
                   orNull(change.stanzaId), orNull(change.archiveId), orEmpty(change.body), change.payload,
                   change.after.value_or(0), change.after.has_value(), change.page)
            .run();
    recorded->id = m_database.lastInsertId();
    if (done && !change.after)
        done = m_database.query("UPDATE message_changes SET place = id WHERE id = ?", recorded->id).run();
    if (!done)
        return fail(done.error());
    Change made = change;
    made.id = recorded->id;
    made.message = recorded->message;
    done = made.message == 0 ? limitWaiting(made.conversation, made.id) : apply(made);
    if (!done)
        return fail(done.error());
    return recorded;
}

/// Nobody fills the disk with what nobody sees.
Result<> Changes::limitWaiting(qint64 conversation, qint64 id)
{
    if (id % 256 != 0)
        return {};
    return m_database
        .query(
            "DELETE FROM message_changes WHERE id IN (SELECT id FROM message_changes WHERE conversation = ? AND message IS "
            "NULL AND stand_in IS NULL ORDER BY id DESC LIMIT -1 OFFSET ?)",
            conversation, mostWaiting)
        .run();
}

Result<> Changes::setStandIn(qint64 id, qint64 key)
{
    return m_database.query("UPDATE message_changes SET stand_in = ? WHERE id = ?", key, id).run();
}

Result<Recorded> Changes::resolve(const Message &message)
{
    Recorded recorded;
    std::vector<Change> waiting;
    QStringList ids{message.stanzaId, message.originId};
    ids.removeDuplicates();
    for (const QString &id : ids) {
        if (id.isEmpty())
            continue;
        auto rows =
            m_database.query("SELECT " CHANGE_COLUMNS " FROM message_changes WHERE conversation = ? AND target = ? AND "
                             "message IS NULL ORDER BY id",
                             message.conversation, id);
        auto all = rows.all<Change>(readChange);
        if (!all)
            return fail(all.error());
        std::move(all->begin(), all->end(), std::back_inserter(waiting));
    }
    for (Change &change : waiting) {
        const auto target = targetOf(change);
        if (!target)
            return fail(target.error());
        if (*target != message.key)
            continue;
        auto done =
            m_database.query("UPDATE message_changes SET message = ? WHERE id = ?", message.key, change.id).run();
        change.message = message.key;
        if (done)
            done = apply(change);
        if (!done)
            return fail(done.error());
        recorded.message = message.key;
        if (change.standIn == 0)
            continue;
        const auto gone = Messages(m_database).remove(change.standIn);
        if (!gone)
            return fail(gone.error());
        recorded.removed.push_back(change.standIn);
    }
    return recorded;
}

/// Its message is here: does to it what is asked.
Result<> Changes::apply(const Change &change)
{
    auto done = m_database.query("UPDATE messages SET has_changes = 1 WHERE key = ?", change.message).run();
    if (!done)
        return done;
    switch (change.kind) {
    case Change::Kind::Original: return {};
    case Change::Kind::Correction: return correct(change);
    case Change::Kind::Retraction: {
        if (const auto gone = Messages(m_database).retract(change.message); !gone)
            return fail(gone.error());
        // What was said is gone for good, in all its versions.
        return m_database
            .query("DELETE FROM message_changes WHERE message = ? AND kind <> ?", change.message,
                   Change::Kind::Retraction)
            .run();
    }
    case Change::Kind::Reactions:
        if (const auto taken = takeForce(change); !taken)
            return fail(taken.error());
        // What was in force once is kept to be known again, but not without end.
        return m_database
            .query(
                "DELETE FROM message_changes WHERE id IN (SELECT id FROM message_changes WHERE message = ?1 AND kind = ?2 "
                "AND outgoing = ?3 AND in_force = 0 AND id NOT IN (SELECT change FROM outbox WHERE change IS NOT NULL) "
                "ORDER BY id DESC LIMIT -1 OFFSET ?4)",
                change.message, change.kind, change.outgoing, mostFormer)
            .run();
    }
    Q_UNREACHABLE();
}

/// Whether it is the last of its author's on this message; then it, and no other, is in force.
Result<bool> Changes::takeForce(const Change &change)
{
    const auto inForce =
        m_database
            .query("SELECT " CHANGE_COLUMNS
                   " FROM message_changes WHERE message = ? AND kind = ? AND outgoing = ? AND in_force = 1",
                   change.message, change.kind, change.outgoing)
            .one<Change>(readChange);
    if (!inForce)
        return fail(inForce.error());
    if (*inForce && !isLater(change, **inForce))
        return false;
    auto done =
        m_database
            .query("UPDATE message_changes SET in_force = (id = ?1) WHERE message = ?2 AND kind = ?3 AND outgoing = ?4 "
                   "AND (in_force = 1 OR id = ?1)",
                   change.id, change.message, change.kind, change.outgoing)
            .run();
    if (!done)
        return fail(done.error());
    return true;
}

Result<> Changes::correct(const Change &change)
{
    Messages messages(m_database);
    const auto message = messages.byKey(change.message);
    if (!message)
        return fail(message.error());
    if (!*message || (*message)->retracted)
        return m_database.query("DELETE FROM message_changes WHERE id = ?", change.id).run();
    const auto isLast = takeForce(change);
    if (!isLast)
        return fail(isLast.error());
    if (!(*message)->edited) {
        auto kept =
            m_database
                .query(
                    "INSERT INTO message_changes (conversation, message, kind, outgoing, author, target, time, "
                    "state, body, payload, place, archived, in_force) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
                    change.conversation, change.message, Change::Kind::Original, (*message)->outgoing,
                    orEmpty((*message)->author.toString()), orEmpty(change.target), (*message)->time,
                    MessageState::Received, orEmpty((*message)->body), (*message)->payload)
                .run();
        if (!kept)
            return kept;
    }
    if (!*isLast)
        return {};
    const auto done = messages.edit(change.message, change.body, change.payload);
    return done ? Result<>{} : fail(done.error());
}

Result<bool> Changes::setState(qint64 id, MessageState state, const Error &failure)
{
    const auto known = byId(id);
    if (!known)
        return fail(known.error());
    if (!*known || !(*known)->outgoing)
        return false;
    const MessageState from = (*known)->state;
    const bool isForward = from == MessageState::Failed ? state == MessageState::Queued
        : state == MessageState::Failed                 ? from < MessageState::Accepted
                                                        : state > from;
    if (!isForward)
        return false;
    // It goes now, after all that came until now.
    auto placed = state != MessageState::Written
        ? Result<>{}
        : m_database
              .query("UPDATE message_changes SET place = (SELECT max(id) + 1 FROM message_changes) WHERE id = ?", id)
              .run();
    if (!placed)
        return fail(placed.error());
    const bool failed = state == MessageState::Failed;
    auto done = m_database
                    .query("UPDATE message_changes SET state = ?, failure_kind = nullif(?, -1), failure_condition = ?, "
                           "failure_detail = ? WHERE id = ?",
                           state, failed ? int(failure.kind) : -1, failed ? orEmpty(failure.condition) : QString(),
                           failed ? orEmpty(failure.detail) : QString(), id)
                    .run();
    if (!done)
        return fail(done.error());
    return true;
}

Result<std::optional<Change>> Changes::byId(qint64 id) const
{
    return m_database.query("SELECT " CHANGE_COLUMNS " FROM message_changes WHERE id = ?", id).one<Change>(readChange);
}

Result<qint64> Changes::newest() const
{
    return m_database.query("SELECT max(id) FROM message_changes").number();
}

Result<std::optional<Change>> Changes::findOwn(qint64 conversation, const QString &stanzaId) const
{
    return m_database
        .query("SELECT " CHANGE_COLUMNS
               " FROM message_changes WHERE conversation = ? AND stanza_id = ? AND outgoing = 1",
               conversation, stanzaId)
        .one<Change>(readChange);
}

Result<std::vector<Change>> Changes::history(qint64 message) const
{
    return m_database
        .query("SELECT " CHANGE_COLUMNS
               " FROM message_changes WHERE message = ? AND kind IN (?, ?) ORDER BY kind, time, id",
               message, Change::Kind::Original, Change::Kind::Correction)
        .all<Change>(readChange);
}

Result<QStringList> Changes::reactions(qint64 message, bool outgoing) const
{
    const auto newest = m_database
                            .query("SELECT " CHANGE_COLUMNS " FROM message_changes WHERE message = ? AND kind = ? AND "
                                   "outgoing = ? AND in_force = 1",
                                   message, Change::Kind::Reactions, outgoing)
                            .one<Change>(readChange);
    if (!newest)
        return fail(newest.error());
    return *newest ? signsOf((*newest)->body) : QStringList();
}

Result<> Changes::fillAnswered(Message &message) const
{
    const auto answered = Messages(m_database).findAny(message.conversation, message.replyTo);
    if (!answered)
        return fail(answered.error());
    message.answered.emplace();
    if (*answered)
        message.answered = Message::Answered{(*answered)->key, (*answered)->author, (*answered)->outgoing,
                                             previewOf((*answered)->body), (*answered)->retracted};
    return {};
}

Result<> Changes::fill(Message &message) const
{
    if (!message.replyTo.isEmpty()) {
        if (auto done = fillAnswered(message); !done)
            return done;
    }
    if (!message.hasChanges)
        return {};
    auto rows = m_database.query("SELECT " CHANGE_COLUMNS
                                 " FROM message_changes WHERE message = ? AND (in_force = 1 OR outgoing = 1) "
                                 "ORDER BY id",
                                 message.key);
    while (rows.next()) {
        const Change change = readChange(rows);
        const bool isOpen = change.state == MessageState::Queued || change.state == MessageState::Written
            || change.state == MessageState::Failed;
        if (change.outgoing && isOpen && message.waiting.change == 0)
            message.waiting = {change.id, change.state, change.failure};
        if (change.kind != Change::Kind::Reactions || message.retracted || !change.inForce)
            continue;
        const auto same =
            std::find_if(message.reactions.begin(), message.reactions.end(), [&change](const Reactor &each) {
                return each.outgoing == change.outgoing
                    && (each.outgoing || each.author.bare() == change.author.bare());
            });
        if (same == message.reactions.end())
            message.reactions.push_back({change.author, change.outgoing, signsOf(change.body)});
        else
            same->signs = signsOf(change.body);
    }
    std::erase_if(message.reactions, [](const Reactor &each) { return each.signs.isEmpty(); });
    return rows.finish();
}

Result<> Changes::fill(std::vector<Message> &messages) const
{
    for (Message &message : messages) {
        if (auto done = fill(message); !done)
            return done;
    }
    return {};
}

} // namespace store
