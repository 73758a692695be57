// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/erasure.h"

#include "store/keys.h"
#include "store/messageids.h"
#include "store/messagerow.h"
#include "store/settings.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace store {
namespace {

const QString pendingKey = QStringLiteral("erasure.pending");

/// Ids shorter than this are counters of simple clients, which begin anew (RELIABILITY 2.5).
constexpr qsizetype leastUnique = 8;
constexpr qint64 sameTime = 5 * 60 * 1000;
constexpr qint64 sameDay = 24 * 60 * 60 * 1000;
constexpr qint64 always = -1;

bool isWaiting(const Message &message)
{
    return message.outgoing && message.state >= MessageState::Queued && message.state <= MessageState::Written;
}

} // namespace

Result<Erased> Erasure::message(qint64 key)
{
    const auto found = Messages(m_database).require(key);
    if (!found)
        return fail(found.error());
    Erased erased;
    auto done = take(*found, true, erased);
    if (done)
        done = Messages(m_database).recount(found->conversation);
    if (done)
        done = setPending(true);
    if (!done)
        return fail(done.error());
    return erased;
}

/// The row with all that hangs on it; the counters are left to the caller.
Result<> Erasure::take(const Message &message, bool isRemembered, Erased &erased)
{
    const auto files = message.hasFiles ? Files(m_database).of(message.key) : Result<std::vector<File>>();
    if (!files)
        return fail(files.error());
    auto done = isRemembered ? remember(message) : Result<>{};
    // A correction that stands alone, until its message comes, says what it says in two places.
    if (done)
        done = m_database.query("DELETE FROM message_changes WHERE stand_in = ?", message.key).run();
    if (done)
        done = Messages(m_database).removeRow(message);
    if (done)
        done = m_database
                   .query("UPDATE conversations SET floor_key = max(floor_key, ?) WHERE id = ?", message.key,
                          message.conversation)
                   .run();
    if (!done)
        return done;
    erased.keys.push_back(message.key);
    for (const File &file : *files) {
        if (file.path.isEmpty())
            continue;
        const auto others = m_database.query("SELECT count(*) FROM files WHERE path = ?", file.path).number();
        if (!others)
            return fail(others.error());
        if (*others == 0)
            erased.paths.append(file.path);
    }
    return {};
}

Result<> Erasure::remember(const Message &message)
{
    const auto digests = Messages(m_database).digestsOf(message);
    if (!digests)
        return fail(digests.error());
    const std::array<bool, 3> isThere{!message.stanzaId.isEmpty(), !message.originId.isEmpty(),
                                      !message.archiveId.isEmpty()};
    for (size_t i = 0; i < isThere.size(); ++i) {
        if (!isThere[i])
            continue;
        auto done = m_database
                        .query("INSERT OR REPLACE INTO erased_ids (digest, conversation, time) VALUES (?, ?, ?)",
                               (*digests)[i], message.conversation, message.time.toMSecsSinceEpoch())
                        .run();
        if (!done)
            return done;
    }
    return {};
}

Result<> Erasure::begin(qint64 conversation)
{
    const qint64 first = keys::first(conversation);
    const qint64 last = keys::last(conversation);
    auto done = m_database.query("DELETE FROM outbox WHERE conversation = ?", conversation).run();
    if (done)
        done =
            m_database
                .query("UPDATE conversations SET draft = '', erase_to = newest, floor_key = max(floor_key, newest), "
                       "erased_time = max(coalesce(erased_time, 0), newest_time - ?4) FROM (SELECT coalesce(max(key), "
                       "0) AS newest, coalesce((SELECT time FROM messages WHERE key BETWEEN ?2 AND ?3 ORDER BY key "
                       "DESC LIMIT 1), 0) AS newest_time FROM messages WHERE key BETWEEN ?2 AND ?3) WHERE id = ?1",
                       conversation, first, last, margin)
                .run();
    if (done)
        done = closeHistory(conversation);
    return done ? setPending(true) : done;
}

/// What was in the archive before this client is older than all that was deleted: nobody wants it any more.
Result<> Erasure::closeHistory(qint64 conversation)
{
    return m_database
        .query(
            "INSERT INTO chat_gaps (conversation, gap, low_key, seen_key, high_key, before_id, before_time, closed) "
            "SELECT c.id, g.id, c.id << 43, max(c.floor_key, c.id << 43), 0, '', NULL, 1 FROM conversations c "
            "JOIN archive_gaps g ON g.account = c.account AND g.archive = c.account AND g.after_id = '' WHERE c.id = ? "
            "ON CONFLICT DO UPDATE SET closed = 1",
            conversation)
        .run();
}

Result<Erased> Erasure::step(qint64 conversation, int most)
{
    const auto end = m_database.query("SELECT erase_to FROM conversations WHERE id = ?", conversation).number();
    const auto told = erasedTime(conversation);
    if (!end || !told)
        return fail(end ? told.error() : end.error());
    const auto rows = m_database
                          .query("SELECT " STORE_MESSAGE_COLUMNS
                                 " FROM messages m WHERE m.key BETWEEN ? AND ? ORDER BY m.key LIMIT ?",
                                 keys::first(conversation), *end, most)
                          .all<Message>(readMessage);
    if (!rows)
        return fail(rows.error());
    Erased erased;
    for (const Message &row : *rows) {
        if (auto done = take(row, row.time.toMSecsSinceEpoch() > *told, erased); !done)
            return fail(done.error());
    }
    erased.more = int(rows->size()) == most;
    auto done = erased.more ? Result<>{} : finish(conversation);
    if (done)
        done = Messages(m_database).recount(conversation);
    if (!done)
        return fail(done.error());
    return erased;
}

Result<> Erasure::finish(qint64 conversation)
{
    auto done =
        m_database.query("DELETE FROM message_changes WHERE conversation = ? AND message IS NULL", conversation).run();
    if (done)
        done = m_database
                   .query("DELETE FROM erased_ids WHERE conversation = ?1 AND time < (SELECT erased_time FROM "
                          "conversations WHERE id = ?1)",
                          conversation)
                   .run();
    if (done)
        done = m_database.query("UPDATE conversations SET erase_to = 0 WHERE id = ?", conversation).run();
    return done;
}

Result<Erased> Erasure::older(qint64 conversation, const QDateTime &than, int most)
{
    const auto readKey = m_database.query("SELECT read_key FROM conversations WHERE id = ?", conversation).number();
    const auto rows = m_database
                          .query("SELECT " STORE_MESSAGE_COLUMNS
                                 " FROM messages m WHERE m.key BETWEEN ? AND ? ORDER BY m.key LIMIT ?",
                                 keys::first(conversation), keys::last(conversation), most)
                          .all<Message>(readMessage);
    if (!readKey || !rows)
        return fail(readKey ? rows.error() : readKey.error());
    Erased erased;
    qint64 newest = 0;
    for (const Message &row : *rows) {
        const bool isUnread = !row.outgoing && row.key > *readKey;
        if (row.time >= than || isWaiting(row) || isUnread)
            continue;
        if (auto done = take(row, false, erased); !done)
            return fail(done.error());
        newest = std::max(newest, row.time.toMSecsSinceEpoch());
    }
    if (erased.keys.empty())
        return erased;
    erased.more = int(rows->size()) == most;
    auto done = m_database
                    .query("UPDATE conversations SET erased_time = max(coalesce(erased_time, 0), ?) WHERE id = ?",
                           newest, conversation)
                    .run();
    if (done)
        done = closeHistory(conversation);
    if (done)
        done = Messages(m_database).recount(conversation);
    if (done)
        done = setPending(true);
    if (!done)
        return fail(done.error());
    return erased;
}

/// FTS5 keeps the words of what was deleted until the parts of its index are merged. All parts into one; then nothing of
/// them is left.
Result<bool> Erasure::scrubIndex(bool first, int pages)
{
    const int before = sqlite3_total_changes(m_database.handle());
    auto done = m_database
                    .query("INSERT INTO message_words (message_words, rank) VALUES ('merge', ?)",
                           first ? -qint64(pages) : qint64(pages))
                    .run();
    if (!done)
        return fail(done.error());
    // It says by this that nothing is left to do.
    return sqlite3_total_changes(m_database.handle()) - before >= 2;
}

Result<> Erasure::setPending(bool pending)
{
    if (pending)
        return Settings(m_database).set(pendingKey, true);
    const auto removed = Settings(m_database).remove(pendingKey);
    return removed ? Result<>{} : fail(removed.error());
}

Result<bool> Erasure::isPending() const
{
    const auto value = Settings(m_database).value(pendingKey);
    return value ? Result<bool>(value->toBool()) : fail(value.error());
}

Result<std::vector<qint64>> Erasure::unfinished() const
{
    return m_database.query("SELECT id FROM conversations WHERE erase_to > 0 ORDER BY id")
        .all<qint64>([](const Statement &row) { return row.integer(0); });
}

Result<qint64> Erasure::erasedTime(qint64 conversation) const
{
    return m_database.query("SELECT coalesce(erased_time, 0) FROM conversations WHERE id = ?", conversation).number();
}

/// Whether this digest was noted, at a time that is not further than `window` from `time`.
Result<bool> Erasure::isKept(qint64 digest, qint64 time, qint64 window) const
{
    const auto found = m_database
                           .query("SELECT count(*) FROM erased_ids WHERE digest = ? AND (? < 0 OR abs(time - ?) <= ?)",
                                  digest, window, time, window)
                           .number();
    return found ? Result<bool>(*found > 0) : fail(found.error());
}

Result<bool> Erasure::wasErased(const NewMessage &message, bool archived) const
{
    const qint64 time = message.time.toMSecsSinceEpoch();
    const auto told = erasedTime(message.conversation);
    if (!told)
        return fail(told.error());
    if (archived && time <= *told)
        return true;
    if (!message.archiveId.isEmpty()) {
        auto kept = isKept(messageids::ofArchive(message.conversation, message.archiveId), 0, always);
        if (!kept || *kept)
            return kept;
    }
    const auto kind = m_database.query("SELECT kind FROM conversations WHERE id = ?", message.conversation).number();
    if (!kind)
        return fail(kind.error());
    const bool inRoom = ConversationKind(int(*kind)) != ConversationKind::Chat;
    const QString scope = messageids::authorScope(message.outgoing, message.author, inRoom);
    for (const QString &id : {message.originId, message.stanzaId}) {
        const bool isUnique = id.size() >= leastUnique;
        // A counter that began anew may be another message that only now was written.
        if (id.isEmpty() || (!isUnique && !archived))
            continue;
        auto kept = isKept(messageids::ofStanza(message.conversation, scope, id), time, isUnique ? sameDay : sameTime);
        if (!kept || *kept)
            return kept;
    }
    return false;
}

Result<bool> Erasure::wasErased(const Change &change) const
{
    const auto told = erasedTime(change.conversation);
    if (!told)
        return fail(told.error());
    if (change.time.toMSecsSinceEpoch() <= *told)
        return true;
    const auto kind = m_database.query("SELECT kind FROM conversations WHERE id = ?", change.conversation).number();
    if (!kind)
        return fail(kind.error());
    const bool inRoom = ConversationKind(int(*kind)) != ConversationKind::Chat;
    // A reaction may be about a message of either side.
    const auto peer = m_database.query("SELECT peer FROM conversations WHERE id = ?", change.conversation)
                          .one<Jid>([](const Statement &row) { return row.jid(0); });
    if (!peer)
        return fail(peer.error());
    for (const QString &scope :
         {messageids::authorScope(change.outgoing, change.author, inRoom), messageids::authorScope(true, {}, inRoom),
          messageids::authorScope(false, peer->value_or(Jid()), inRoom)}) {
        auto kept = isKept(messageids::ofStanza(change.conversation, scope, change.target), 0, always);
        if (!kept || *kept)
            return kept;
    }
    return false;
}

} // namespace store
