// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/changes.h"
#include "store/messages.h"

#include "store/keys.h"
#include "store/messageids.h"
#include "store/messagerow.h"

#include <algorithm>

namespace store {
namespace {

/// Up to here messages are counted one by one, beyond it their number is guessed from the time they span.
constexpr qint64 mostCounted = 500;
/// Conversations up to this size are jumped into by counting.
constexpr qint64 mostSkipped = 2000;

constexpr auto newerSql =
    "SELECT " STORE_MESSAGE_COLUMNS " FROM messages m WHERE m.key > ? AND m.key <= ? ORDER BY m.key LIMIT ?";
constexpr auto olderSql =
    "SELECT " STORE_MESSAGE_COLUMNS " FROM messages m WHERE m.key < ? AND m.key > ? ORDER BY m.key DESC LIMIT ?";

using Rows = std::vector<Message>;

/// Reads stretches of one conversation.
class Pager
{
public:
    Pager(Database &database, qint64 conversation)
        : m_database(database), m_first(keys::first(conversation)), m_last(keys::last(conversation))
    {
    }

    Result<Page> run(const PageRequest &request)
    {
        const int limit = qBound(1, request.limit, 1000);
        if (request.before > 0)
            return finish(older(request.before, limit), request.before);
        if (request.after > 0)
            return finish(newer(request.after, limit), request.after + 1);
        if (request.around > 0)
            return around(request.around, limit);
        if (request.fraction >= 0 && request.fraction < 1)
            return atFraction(request.fraction, limit);
        return finish(older(m_last + 1, limit), m_last + 1);
    }

private:
    Result<Rows> newer(qint64 key, int limit)
    {
        return m_database.query(newerSql, qMax(key, m_first), m_last, limit).all<Message>(readMessage);
    }
    Result<Rows> older(qint64 key, int limit)
    {
        auto rows = m_database.query(olderSql, qMin(key, m_last + 1), m_first, limit).all<Message>(readMessage);
        if (rows)
            std::reverse(rows->begin(), rows->end());
        return rows;
    }
    Result<Page> around(qint64 key, int limit)
    {
        auto before = older(key, limit);
        if (!before)
            return fail(before.error());
        auto after = newer(key - 1, limit);
        if (!after)
            return fail(after.error());
        // Half on either side, and more on the one where the other has less.
        const int half = limit / 2;
        const int newerOnes = qMin(int(after->size()), qMax(limit - half, limit - int(before->size())));
        const int olderOnes = qMin(int(before->size()), limit - newerOnes);
        Rows rows(std::make_move_iterator(before->end() - olderOnes), std::make_move_iterator(before->end()));
        std::move(after->begin(), after->begin() + newerOnes, std::back_inserter(rows));
        return finish(std::move(rows), key);
    }
    Result<Page> atFraction(double fraction, int limit)
    {
        if (auto span = readSpan(); !span)
            return fail(span.error());
        if (m_count > mostSkipped)
            return around(m_oldest + qint64(double(m_newest - m_oldest) * fraction), limit);
        const auto key = m_database
                             .query("SELECT key FROM messages WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 1 OFFSET ?",
                                    m_first, m_last, qint64(double(m_count) * fraction))
                             .number();
        if (!key)
            return fail(key.error());
        return around(*key > 0 ? *key : m_last, limit);
    }
    /// `place`: where the page stands if it is empty.
    Result<Page> finish(Result<Rows> rows, qint64 place)
    {
        if (!rows)
            return fail(rows.error());
        Page page;
        page.messages = std::move(*rows);
        const qint64 from = page.messages.empty() ? place : page.messages.front().key;
        const qint64 to = page.messages.empty() ? place - 1 : page.messages.back().key;
        const auto before = estimate(m_first, from - 1);
        if (!before)
            return fail(before.error());
        const auto after = estimate(to + 1, m_last);
        if (!after)
            return fail(after.error());
        page.estimatedBefore = *before;
        page.estimatedAfter = *after;
        page.reachesOldest = *before == 0;
        page.reachesNewest = *after == 0;
        return page;
    }
    /// Messages from one key to another, both included.
    Result<qint64> estimate(qint64 from, qint64 to)
    {
        auto counted = m_database
                           .query("SELECT count(*) FROM (SELECT 1 FROM messages WHERE key BETWEEN ? AND ? LIMIT ?)",
                                  from, to, mostCounted + 1)
                           .number();
        if (!counted || *counted <= mostCounted)
            return counted;
        if (auto span = readSpan(); !span)
            return fail(span.error());
        const double whole = qMax(1.0, double(m_newest - m_oldest));
        const double part = double(qMin(to, m_newest) - qMax(from, m_oldest));
        return qBound(*counted, qint64(double(m_count) * part / whole), qMax(*counted, m_count));
    }
    /// Once per page: the number of messages, and the first and the last key.
    Result<> readSpan()
    {
        if (m_count >= 0)
            return {};
        auto row = m_database.query(
            "SELECT message_count, (SELECT min(key) FROM messages WHERE key BETWEEN ?2 AND ?3), last_key "
            "FROM conversations WHERE id = ?1",
            keys::conversationOf(m_first), m_first, m_last);
        m_count = 0;
        if (row.next()) {
            m_count = row.integer(0);
            m_oldest = row.integer(1);
            m_newest = row.integer(2);
        }
        return row.finish();
    }

    Database &m_database;
    qint64 m_first;
    qint64 m_last;
    qint64 m_count = -1;
    qint64 m_oldest = 0;
    qint64 m_newest = 0;
};

} // namespace

Result<std::optional<Message>> Messages::newestArchived(qint64 after, qint64 key) const
{
    return m_database
        .query("SELECT " STORE_MESSAGE_COLUMNS " FROM messages m WHERE m.key > ? AND m.key <= ? AND m.outgoing = 0 "
               "AND m.archive_id IS NOT NULL ORDER BY m.key DESC LIMIT 1",
               std::max(after, keys::first(keys::conversationOf(key))), key)
        .one<Message>(readMessage);
}

Result<std::optional<Message>> Messages::byKey(qint64 key) const
{
    return m_database.query("SELECT " STORE_MESSAGE_COLUMNS " FROM messages m WHERE m.key = ?", key)
        .one<Message>(readMessage);
}

Result<Message> Messages::require(qint64 key) const
{
    auto message = byKey(key);
    if (!message)
        return fail(message.error());
    if (!*message)
        return fail(Error::Kind::Input, QStringLiteral("message-unknown"),
                    QStringLiteral("There is no message %1.").arg(key));
    if (auto filled = Changes(m_database).fill(**message); !filled)
        return fail(filled.error());
    return std::move(**message);
}

Result<std::optional<Message>> Messages::findOwn(qint64 conversation, const QString &id) const
{
    return findById(conversation, true, Jid(), id);
}

Result<std::optional<Message>> Messages::findFrom(qint64 conversation, const Jid &author, const QString &id) const
{
    return findById(conversation, false, author, id);
}

Result<std::optional<Message>> Messages::findById(qint64 conversation, bool outgoing, const Jid &author,
                                                  const QString &id) const
{
    if (id.isEmpty())
        return std::optional<Message>();
    const auto kind = m_database.query("SELECT kind FROM conversations WHERE id = ?", conversation).number();
    if (!kind)
        return fail(kind.error());
    const bool inRoom = ConversationKind(int(*kind)) != ConversationKind::Chat;
    const QString scope = messageids::authorScope(outgoing, author, inRoom);
    // The newest, where a simple client used an id again.
    auto rows =
        m_database.query("SELECT " STORE_MESSAGE_COLUMNS " FROM message_ids i JOIN messages m ON m.key = i.message "
                         "WHERE i.digest = ? ORDER BY i.message DESC",
                         messageids::ofStanza(conversation, scope, id));
    while (rows.next()) {
        Message message = readMessage(rows);
        if (message.conversation == conversation && message.outgoing == outgoing
            && (message.stanzaId == id || message.originId == id)
            && messageids::authorScope(message.outgoing, message.author, inRoom) == scope)
            return message;
    }
    if (auto done = rows.finish(); !done)
        return fail(done.error());
    return std::optional<Message>();
}

Result<std::optional<Message>> Messages::findAny(qint64 conversation, const QString &id) const
{
    auto peer = m_database.query("SELECT peer FROM conversations WHERE id = ?", conversation);
    const auto author = peer.one<Jid>([](const Statement &row) { return row.jid(0); });
    if (!author)
        return fail(author.error());
    auto theirs = *author ? findFrom(conversation, **author, id) : Result<std::optional<Message>>();
    return theirs && !*theirs ? findOwn(conversation, id) : theirs;
}

Result<std::optional<Message>> Messages::findArchived(qint64 conversation, const QString &archiveId) const
{
    if (archiveId.isEmpty())
        return std::optional<Message>();
    return m_database
        .query("SELECT " STORE_MESSAGE_COLUMNS " FROM message_ids i JOIN messages m ON m.key = i.message "
               "WHERE i.digest = ? AND m.archive_id = ? AND m.key BETWEEN ? AND ?",
               messageids::ofArchive(conversation, archiveId), archiveId, keys::first(conversation),
               keys::last(conversation))
        .one<Message>(readMessage);
}

Result<Page> Messages::page(qint64 conversation, const PageRequest &request) const
{
    auto page = Pager(m_database, conversation).run(request);
    if (!page)
        return page;
    if (auto filled = Changes(m_database).fill(page->messages); !filled)
        return fail(filled.error());
    return page;
}

Result<qint64> Messages::firstUnread(qint64 conversation) const
{
    return m_database
        .query(
            "SELECT key FROM messages WHERE key > max(?1, (SELECT read_key FROM conversations WHERE id = ?3)) AND key <= ?2 "
            "AND unread > 0 ORDER BY key LIMIT 1",
            keys::first(conversation), keys::last(conversation), conversation)
        .number();
}

Result<qint64> Messages::count(qint64 conversation) const
{
    return m_database.query("SELECT message_count FROM conversations WHERE id = ?", conversation).number();
}

Result<bool> Messages::hasOwn(qint64 conversation) const
{
    const auto found = m_database
                           .query("SELECT EXISTS (SELECT 1 FROM messages WHERE key BETWEEN ? AND ? AND outgoing = 1)",
                                  keys::first(conversation), keys::last(conversation))
                           .number();
    return found ? Result<bool>(*found != 0) : fail(found.error());
}

} // namespace store
