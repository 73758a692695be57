// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keys.h"
#include "store/messageids.h"
#include "store/messagerow.h"
#include "store/messages.h"
#include "store/search.h"

#include <algorithm>

// What becomes of messages once they are stored.

namespace store {
namespace {

bool isForward(MessageState from, MessageState to)
{
    if (from == MessageState::Received || to == MessageState::Received)
        return false;
    if (from == MessageState::Failed) // trying again, or the proof that it arrived all the same
        return to == MessageState::Queued || to == MessageState::Delivered || to == MessageState::Displayed;
    if (to == MessageState::Failed)
        return from < MessageState::Delivered;
    return to > from;
}

} // namespace

Result<bool> Messages::setState(qint64 key, MessageState state, const QDateTime &time)
{
    const auto known = byKey(key);
    if (!known)
        return fail(known.error());
    if (!*known || !(*known)->outgoing || !isForward((*known)->state, state))
        return false;
    auto done =
        m_database
            .query(
                "UPDATE messages SET state = ?1, failure_kind = NULL, failure_condition = NULL, failure_detail = NULL, "
                "written_time = CASE ?1 WHEN 1 THEN NULL WHEN 3 THEN ?2 ELSE written_time END, " // 1: all over again
                "accepted_time = iif(?1 = 4, ?2, accepted_time), delivered_time = iif(?1 = 5, ?2, delivered_time), "
                "displayed_time = iif(?1 = 6, ?2, displayed_time), failed_time = iif(?1 = 7, ?2, NULL) WHERE key = ?3",
                state, time, key)
            .run();
    if (done)
        done = m_database
                   .query("UPDATE conversations SET last_state = ? WHERE id = ? AND last_key = ?", state,
                          keys::conversationOf(key), key)
                   .run();
    if (!done)
        return fail(done.error());
    return true;
}

Result<std::vector<qint64>> Messages::setDisplayed(qint64 key, const QDateTime &time)
{
    std::vector<qint64> moved;
    auto rows = m_database.query("SELECT key, state FROM messages WHERE key BETWEEN ? AND ? AND outgoing = 1 "
                                 "ORDER BY key DESC LIMIT ?",
                                 keys::first(keys::conversationOf(key)), key, mostDisplayed);
    // Before one that was seen all that arrived was.
    while (rows.next() && MessageState(rows.small(1)) != MessageState::Displayed) {
        const MessageState state = MessageState(rows.small(1));
        if (state == MessageState::Accepted || state == MessageState::Delivered)
            moved.push_back(rows.integer(0));
    }
    if (auto done = rows.finish(); !done)
        return fail(done.error());
    for (const qint64 each : moved) {
        if (auto done = setState(each, MessageState::Displayed, time); !done)
            return fail(done.error());
    }
    return moved;
}

Result<bool> Messages::setFailed(qint64 key, const Error &failure, const QDateTime &time)
{
    auto moved = setState(key, MessageState::Failed, time);
    if (!moved || !*moved)
        return moved;
    auto done =
        m_database
            .query("UPDATE messages SET failure_kind = ?, failure_condition = ?, failure_detail = ? WHERE key = ?",
                   failure.kind, orEmpty(failure.condition), orEmpty(failure.detail), key)
            .run();
    if (!done)
        return fail(done.error());
    return true;
}

Result<bool> Messages::edit(qint64 key, const QString &body, const QByteArray &payload, bool isEdited)
{
    const auto known = byKey(key);
    if (!known)
        return fail(known.error());
    if (!*known || (*known)->retracted)
        return false;
    auto done = Search(m_database).forget(**known);
    if (done)
        done = m_database
                   .query("UPDATE messages SET body = ?, payload = ?, edited = ? WHERE key = ?", orEmpty(body), payload,
                          isEdited, key)
                   .run();
    if (done && !body.isEmpty())
        done = m_database.query("INSERT INTO unindexed (message) VALUES (?)", key).run();
    const auto files = filesFor(**known);
    if (!files)
        return fail(files.error());
    if (done)
        done = m_database
                   .query("UPDATE conversations SET last_preview = ? WHERE id = ? AND last_key = ?",
                          previewOf(body, *files), keys::conversationOf(key), key)
                   .run();
    if (!done)
        return fail(done.error());
    return true;
}

Result<std::vector<File>> Messages::filesFor(const Message &message) const
{
    return message.hasFiles ? Files(m_database).of(message.key) : Result<std::vector<File>>();
}

Result<bool> Messages::setBody(qint64 key, const QString &body)
{
    const auto known = byKey(key);
    if (!known)
        return fail(known.error());
    return *known ? edit(key, body, (*known)->payload, (*known)->edited) : Result<bool>(false);
}

Result<bool> Messages::retract(qint64 key)
{
    auto edited = edit(key, QString(), QByteArray());
    if (!edited || !*edited)
        return edited;
    if (auto done = m_database.query("UPDATE messages SET retracted = 1, edited = 0 WHERE key = ?", key).run(); !done)
        return fail(done.error());
    if (auto done = Files(m_database).removeOf(key); !done)
        return fail(done.error());
    return true;
}

Result<bool> Messages::remove(qint64 key)
{
    const auto known = byKey(key);
    if (!known)
        return fail(known.error());
    if (!*known)
        return false;
    auto done = removeRow(**known);
    if (done)
        done = recount((*known)->conversation);
    if (!done)
        return fail(done.error());
    return true;
}

Result<> Messages::removeRow(const Message &message)
{
    const auto digests = digestsOf(message);
    if (!digests)
        return fail(digests.error());
    auto done = Search(m_database).forget(message);
    for (const qint64 digest : *digests) {
        if (done)
            done =
                m_database.query("DELETE FROM message_ids WHERE digest = ? AND message = ?", digest, message.key).run();
    }
    if (done)
        done = m_database.query("DELETE FROM messages WHERE key = ?", message.key).run();
    if (done)
        done =
            m_database
                .query("UPDATE conversations SET message_count = message_count - 1 WHERE id = ?", message.conversation)
                .run();
    return done;
}

/// Under which message_ids may have it.
Result<std::vector<qint64>> Messages::digestsOf(const Message &message) const
{
    const auto home = homeOf(message.conversation);
    if (!home)
        return fail(home.error());
    const QString scope = messageids::authorScope(message.outgoing, message.author, *home && (*home)->isRoom);
    return std::vector<qint64>{messageids::ofStanza(message.conversation, scope, message.stanzaId),
                               messageids::ofStanza(message.conversation, scope, message.originId),
                               messageids::ofArchive(message.conversation, message.archiveId)};
}

/// The row and its ids; `message` is what it holds.
Result<> Messages::rekey(const Message &message, qint64 from, qint64 to)
{
    auto done = m_database.query("UPDATE messages SET key = ? WHERE key = ?", to, from).run();
    if (!done)
        return done;
    const auto digests = digestsOf(message);
    if (!digests)
        return fail(digests.error());
    for (const qint64 digest : *digests) {
        done = m_database.query("UPDATE message_ids SET message = ? WHERE digest = ? AND message = ?", to, digest, from)
                   .run();
        if (!done)
            return done;
    }
    return {};
}

Result<std::vector<qint64>> Messages::putInOrder(const std::vector<qint64> &keys)
{
    std::vector<qint64> places = keys;
    std::sort(places.begin(), places.end());
    std::vector<std::pair<Message, qint64>> moving; // to where
    std::vector<qint64> changed;
    for (size_t i = 0; i < keys.size(); ++i) {
        if (keys[i] == places[i])
            continue;
        auto message = require(keys[i]);
        if (!message)
            return fail(message.error());
        changed.push_back(places[i]);
        moving.emplace_back(std::move(*message), places[i]);
    }
    // First out of each other's way: keys of messages are above zero.
    for (const bool isAway : {true, false}) {
        for (const auto &[message, place] : moving) {
            auto done = isAway ? Search(m_database).forget(message) : Result<>{};
            if (done)
                done = rekey(message, isAway ? message.key : -message.key, isAway ? -message.key : place);
            if (done && !isAway && !message.body.isEmpty())
                done = m_database.query("INSERT INTO unindexed (message) VALUES (?)", place).run();
            if (!done)
                return fail(done.error());
        }
    }
    // A gap is filled down to a message, wherever that stands.
    for (const auto &[message, place] : moving) {
        auto done = m_database
                        .query("UPDATE chat_gaps SET high_key = ? WHERE conversation = ? AND high_key = ?", -place,
                               message.conversation, message.key)
                        .run();
        if (!done)
            return fail(done.error());
    }
    if (!moving.empty()) {
        if (auto done = m_database
                            .query("UPDATE chat_gaps SET high_key = -high_key WHERE conversation = ? AND high_key < 0",
                                   moving.front().first.conversation)
                            .run();
            !done)
            return fail(done.error());
        if (auto done = recount(moving.front().first.conversation); !done)
            return fail(done.error());
    }
    return changed;
}

Result<> Messages::recount(qint64 conversation)
{
    auto done =
        m_database
            .query(
                "UPDATE conversations SET "
                "unread = (SELECT count(*) FROM messages WHERE key > read_key AND key BETWEEN ?2 AND ?3 AND unread > 0), "
                "mentions = (SELECT count(*) FROM messages WHERE key > read_key AND key BETWEEN ?2 AND ?3 AND unread = 2), "
                "last_key = 0, last_preview = '', last_outgoing = 0, last_author = '', last_state = 0 WHERE id = ?1",
                conversation, keys::first(conversation), keys::last(conversation))
            .run();
    if (!done)
        return done;
    auto row = m_database.query("SELECT " STORE_MESSAGE_COLUMNS
                                " FROM messages m WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1",
                                keys::first(conversation), keys::last(conversation));
    const auto last = row.one<Message>(readMessage);
    if (!last)
        return fail(last.error());
    if (!*last)
        return {};
    const auto files = filesFor(**last);
    if (!files)
        return fail(files.error());
    return m_database
        .query(
            "UPDATE conversations SET last_key = ?, last_preview = ?, last_outgoing = ?, last_author = ?, last_state = ?, last_time = ? "
            "WHERE id = ?",
            (*last)->key, previewOf((*last)->body, *files), (*last)->outgoing, orEmpty((*last)->author.toString()),
            (*last)->state, (*last)->time, conversation)
        .run();
}

} // namespace store
