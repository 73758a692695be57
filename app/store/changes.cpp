// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/changes.h"

#include "store/changerow.h"

#include <algorithm>

namespace store {

bool isBySame(const Change &a, const Change &b)
{
    return a.outgoing == b.outgoing && (a.outgoing || a.author.bare() == b.author.bare());
}

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

Result<std::optional<Change>> Changes::findKnown(const Change &change) const
{
    auto rows = m_database.query("SELECT " STORE_CHANGE_COLUMNS
                                 " FROM message_changes WHERE conversation = ? AND stanza_id IS ?",
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
    auto rows = m_database.query("SELECT " STORE_CHANGE_COLUMNS
                                 " FROM message_changes WHERE conversation = ? AND stanza_id = ?",
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
    if (*target != 0)
        return recorded;
    const auto waiting = waitingWith(change);
    if (!waiting)
        return fail(waiting.error());
    for (const Change &each : *waiting) {
        recorded.standIn = std::max(recorded.standIn, each.standIn);
        recorded.retracted = recorded.retracted || each.kind == Change::Kind::Retraction;
    }
    return recorded;
}

Result<Recorded> Changes::record(const Change &change)
{
    auto recorded = lookUp(change);
    if (!recorded)
        return recorded;
    if (recorded->retracted && change.kind == Change::Kind::Correction)
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
    if (done && recorded->standIn != 0) {
        done = changeStandIn(made, recorded->standIn);
        recorded->message = recorded->standIn;
    }
    if (!done)
        return fail(done.error());
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
            .query("SELECT " STORE_CHANGE_COLUMNS
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

Result<> Changes::drop(qint64 id)
{
    const auto known = byId(id);
    if (!known)
        return fail(known.error());
    if (!*known)
        return {};
    const Change &dropped = **known;
    auto done = m_database.query("DELETE FROM message_changes WHERE id = ?", id).run();
    if (!done || !dropped.inForce || dropped.message == 0)
        return done;
    // Theirs that came last: what still waits goes after all; else as isLater() tells.
    const auto last =
        m_database
            .query(
                "SELECT " STORE_CHANGE_COLUMNS
                " FROM message_changes WHERE message = ? AND kind = ? AND outgoing = ? ORDER BY (outgoing AND state = ?) "
                "DESC, place DESC, archived DESC, time DESC, page DESC, id DESC LIMIT 1",
                dropped.message, dropped.kind, dropped.outgoing, MessageState::Queued)
            .one<Change>(readChange);
    if (!last)
        return fail(last.error());
    if (*last)
        done = m_database.query("UPDATE message_changes SET in_force = 1 WHERE id = ?", (*last)->id).run();
    if (!done || dropped.kind != Change::Kind::Correction)
        return done;
    return *last ? restore(dropped.message, **last) : restoreOriginal(dropped.message);
}

Result<> Changes::restore(qint64 message, const Change &version)
{
    const bool isEdited = version.kind != Change::Kind::Original;
    const auto done = Messages(m_database).edit(message, version.body, version.payload, isEdited);
    return done ? Result<>{} : fail(done.error());
}

Result<> Changes::restoreOriginal(qint64 message)
{
    const auto original =
        m_database
            .query("SELECT " STORE_CHANGE_COLUMNS " FROM message_changes WHERE message = ? AND kind = ?", message,
                   Change::Kind::Original)
            .one<Change>(readChange);
    if (!original || !*original)
        return original ? Result<>{} : fail(original.error());
    auto done = restore(message, **original);
    return done ? m_database.query("DELETE FROM message_changes WHERE id = ?", (*original)->id).run() : done;
}

} // namespace store
