// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/messages.h"

#include "store/archives.h"
#include "store/keys.h"
#include "store/messageids.h"
#include "store/messagerow.h"

namespace store {
namespace {

/// Ids shorter than this are counters of simple clients, which begin anew at each start (RELIABILITY 2.5).
constexpr qsizetype surelyUnique = 8;
constexpr qint64 sameMoment = 5 * 60 * 1000;

Error unknownConversation(qint64 conversation)
{
    return {Error::Kind::Input, QStringLiteral("conversation-unknown"),
            QStringLiteral("There is no conversation %1.").arg(conversation)};
}

/// Whether a stored message that shares the id `id` is `message` come again.
bool isSame(const Message &known, const NewMessage &message, const QString &id)
{
    if (!known.occupantId.isEmpty() && !message.occupantId.isEmpty() && known.occupantId != message.occupantId)
        return false; // somebody else under the same nick
    const bool sameBody = known.body == message.body;
    if (id.size() < surelyUnique)
        return sameBody && qAbs(known.time.msecsTo(message.time)) <= sameMoment;
    // An archive that holds two messages of different text means two, whatever a client did with its ids.
    const bool archivedTwice =
        !known.archiveId.isEmpty() && !message.archiveId.isEmpty() && known.archiveId != message.archiveId;
    return sameBody || !archivedTwice;
}

} // namespace

Result<std::optional<Messages::Home>> Messages::homeOf(qint64 conversation) const
{
    return m_database
        .query("SELECT id, kind, last_key, read_key, max(last_key, floor_key) FROM conversations WHERE id = ?",
               conversation)
        .one<Home>([](const Statement &row) {
            return Home{row.integer(0), ConversationKind(row.small(1)) != ConversationKind::Chat, row.integer(2),
                        row.integer(3), row.integer(4)};
        });
}

Result<Stored> Messages::append(const NewMessage &message)
{
    const auto home = homeOf(message.conversation);
    if (!home)
        return fail(home.error());
    if (!*home)
        return fail(unknownConversation(message.conversation));
    const auto known = findDuplicate(message, **home);
    if (!known)
        return fail(known.error());
    if (*known)
        return merge(**known, message, **home);

    const auto key = freeKey(message, **home);
    if (!key)
        return fail(key.error());
    if (auto done = insert(*key, message); !done)
        return fail(done.error());
    auto done = insertIds(*key, **home, message.outgoing, message.author, {message.stanzaId, message.originId},
                          message.archiveId);
    if (!done)
        return fail(done.error());
    if (done = countIn(*key, message, **home); !done)
        return fail(done.error());
    for (size_t i = 0; i < message.files.size(); ++i) {
        File file = message.files[i];
        file.message = *key;
        file.place = int(i);
        if (auto added = Files(m_database).add(file); !added)
            return fail(added.error());
    }
    return Stored{*key, false, false};
}

Result<std::optional<Message>> Messages::findDuplicate(const NewMessage &message, const Home &home) const
{
    if (!message.archiveId.isEmpty()) {
        auto archived = findArchived(message.conversation, message.archiveId);
        if (!archived || *archived)
            return archived;
    }
    const QString scope = messageids::authorScope(message.outgoing, message.author, home.isRoom);
    for (const QString &id : {message.originId, message.stanzaId}) {
        if (id.isEmpty())
            continue;
        auto rows =
            m_database.query("SELECT " STORE_MESSAGE_COLUMNS " FROM message_ids i JOIN messages m ON m.key = i.message "
                             "WHERE i.digest = ?",
                             messageids::ofStanza(home.id, scope, id));
        while (rows.next()) {
            Message known = readMessage(rows);
            const bool fits = known.conversation == home.id && (known.stanzaId == id || known.originId == id)
                && messageids::authorScope(known.outgoing, known.author, home.isRoom) == scope;
            if (fits && isSame(known, message, id))
                return known;
        }
        if (auto done = rows.finish(); !done)
            return fail(done.error());
    }
    return message.originId.isEmpty() && message.stanzaId.isEmpty() ? findNameless(message, home)
                                                                    : std::optional<Message>();
}

/// Without any id an archive's copy of what came live shows by text and time (RELIABILITY 2.5). Only in this direction,
/// where the row then has its id: else a person who says the same twice would be heard once.
Result<std::optional<Message>> Messages::findNameless(const NewMessage &message, const Home &home) const
{
    if (message.archiveId.isEmpty())
        return std::optional<Message>();
    const qint64 time = message.time.toMSecsSinceEpoch();
    const qint64 first = keys::first(home.id);
    auto rows = m_database.query("SELECT " STORE_MESSAGE_COLUMNS
                                 " FROM messages m WHERE m.key BETWEEN ? AND ? AND m.archive_id IS NULL "
                                 "AND m.stanza_id IS NULL AND m.origin_id IS NULL AND m.outgoing = ? AND m.body = ? "
                                 "AND m.time BETWEEN ? AND ? ORDER BY m.key",
                                 first + keys::slotOf(message.time.addMSecs(-sameMoment)),
                                 first + keys::slotOf(message.time.addMSecs(sameMoment)) + 4 * Archives::reserve,
                                 message.outgoing, orEmpty(message.body), time - sameMoment, time + sameMoment);
    const QString scope = messageids::authorScope(message.outgoing, message.author, home.isRoom);
    while (rows.next()) {
        Message known = readMessage(rows);
        if (messageids::authorScope(known.outgoing, known.author, home.isRoom) == scope)
            return known;
    }
    if (auto done = rows.finish(); !done)
        return fail(done.error());
    return std::optional<Message>();
}

Result<qint64> Messages::known(const NewMessage &message) const
{
    const auto home = homeOf(message.conversation);
    if (!home)
        return fail(home.error());
    if (!*home)
        return fail(unknownConversation(message.conversation));
    const auto found = findDuplicate(message, **home);
    if (!found)
        return fail(found.error());
    return *found ? (*found)->key : 0;
}

Result<Stored> Messages::merge(const Message &known, const NewMessage &message, const Home &home)
{
    Stored stored{known.key, true, false};
    const QString archiveId = known.archiveId.isEmpty() ? orNull(message.archiveId) : QString();
    const QString originId = known.originId.isEmpty() ? orNull(message.originId) : QString();
    const QString occupantId = known.occupantId.isEmpty() ? orNull(message.occupantId) : QString();
    if (!archiveId.isNull() || !originId.isNull() || !occupantId.isNull()) {
        auto done =
            m_database
                .query("UPDATE messages SET archive_id = coalesce(archive_id, ?), origin_id = coalesce(origin_id, ?), "
                       "occupant_id = coalesce(occupant_id, ?) WHERE key = ?",
                       archiveId, originId, occupantId, known.key)
                .run();
        if (done)
            done = insertIds(known.key, home, known.outgoing, known.author, {originId}, archiveId);
        if (!done)
            return fail(done.error());
        stored.changed = true;
    }
    const auto moved = setState(known.key, message.state, message.time);
    if (!moved)
        return fail(moved.error());
    stored.changed = stored.changed || *moved;
    return stored;
}

/// How far behind the last message the next one goes at least: what a gap hides must find its place in between, whatever
/// the clock says.
Result<qint64> Messages::roomBehind(const Home &home) const
{
    const qint64 last = home.floor > 0 ? home.floor : keys::first(home.id);
    if (last + 32 * Archives::reserve > keys::last(home.id))
        return 1;
    if (home.floor == 0)
        return 16 * Archives::reserve;
    const auto gaps =
        m_database
            .query(
                "SELECT count(*) FROM chat_gaps WHERE conversation = ? AND max(seen_key, low_key) = ? AND closed = 0",
                home.id, last)
            .number();
    if (!gaps)
        return gaps;
    return std::max<qint64>(1, *gaps * Archives::reserve);
}

Result<qint64> Messages::freeKey(const NewMessage &message, const Home &home) const
{
    qint64 key = keys::first(home.id) + keys::slotOf(message.time);
    if (message.key > 0) {
        key = message.key;
    } else if (message.place == NewMessage::Place::Latest) {
        const auto room = roomBehind(home);
        if (!room)
            return room;
        key = qMax(key, (home.floor > 0 ? home.floor : keys::first(home.id)) + *room);
    } else if (keys::conversationOf(message.after) == home.id) {
        key = qMax(key, message.after + 1);
    }
    auto taken = m_database.query("SELECT count(*) FROM messages WHERE key = ?", key).number();
    if (!taken)
        return taken;
    if (*taken > 0) {
        auto end = m_database
                       .query("SELECT a.key FROM messages a WHERE a.key >= ? AND NOT EXISTS "
                              "(SELECT 1 FROM messages b WHERE b.key = a.key + 1) ORDER BY a.key LIMIT 1",
                              key)
                       .number();
        if (!end)
            return end;
        key = *end + 1;
    }
    if (key > keys::last(home.id))
        return fail(Error::Kind::Input, QStringLiteral("conversation-full"),
                    QStringLiteral("No place is left in conversation %1.").arg(home.id));
    return key;
}

Result<> Messages::insert(qint64 key, const NewMessage &message)
{
    const int unread = message.outgoing || message.read ? 0 : message.mention ? 2 : 1;
    const QString originId = message.originId.isEmpty() ? QString()
        : message.originId == message.stanzaId          ? QStringLiteral("")
                                                        : message.originId;
    return m_database
        .query(
            "INSERT INTO messages (key, outgoing, state, unread, encryption, edited, retracted, time, author, body, stanza_id, "
            "origin_id, archive_id, occupant_id, replaces, reply_to, payload, accepted_time) "
            "VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            key, message.outgoing, message.state, unread, message.encryption, message.time.toMSecsSinceEpoch(),
            orEmpty(message.author.toString()), orEmpty(message.body), orNull(message.stanzaId), originId,
            orNull(message.archiveId), orNull(message.occupantId), orNull(message.replaces), orNull(message.replyTo),
            message.payload, message.state == MessageState::Accepted ? message.time : QDateTime())
        .run();
}

Result<> Messages::insertIds(qint64 key, const Home &home, bool outgoing, const Jid &author, const QStringList &ids,
                             const QString &archiveId)
{
    std::vector<qint64> digests;
    const QString scope = messageids::authorScope(outgoing, author, home.isRoom);
    for (const QString &id : ids) {
        if (!id.isEmpty())
            digests.push_back(messageids::ofStanza(home.id, scope, id));
    }
    if (!archiveId.isEmpty())
        digests.push_back(messageids::ofArchive(home.id, archiveId));
    for (const qint64 digest : digests) {
        auto done =
            m_database.query("INSERT OR IGNORE INTO message_ids (digest, message) VALUES (?, ?)", digest, key).run();
        if (!done)
            return done;
    }
    return {};
}

Result<> Messages::rebuildIds()
{
    if (auto done = m_database.query("DELETE FROM message_ids").run(); !done)
        return done;
    auto rows = m_database.query("SELECT " STORE_MESSAGE_COLUMNS ", c.kind FROM messages m "
                                 "JOIN conversations c ON c.id = m.key >> 43 ORDER BY m.key");
    while (rows.next()) {
        const Message message = readMessage(rows);
        const Home home{message.conversation, ConversationKind(rows.small(messageColumns)) != ConversationKind::Chat, 0,
                        0, 0};
        auto done = insertIds(message.key, home, message.outgoing, message.author, {message.stanzaId, message.originId},
                              message.archiveId);
        if (!done)
            return done;
    }
    return rows.finish();
}

Result<> Messages::countIn(qint64 key, const NewMessage &message, const Home &home)
{
    const bool isUnread = !message.outgoing && !message.read && key > home.readKey;
    auto done =
        m_database
            .query(
                "UPDATE conversations SET message_count = message_count + 1, unread = unread + ?, mentions = mentions + ? "
                "WHERE id = ?",
                isUnread, isUnread && message.mention, home.id)
            .run();
    if (done && key > home.lastKey) {
        done =
            m_database
                .query(
                    "UPDATE conversations SET last_key = ?, last_preview = ?, last_outgoing = ?, last_author = ?, last_state = ?, "
                    "last_time = ? WHERE id = ?",
                    key, previewOf(message.body, message.files), message.outgoing, orEmpty(message.author.toString()),
                    message.state, message.time, home.id)
                .run();
    }
    if (done && !message.body.isEmpty())
        done = m_database.query("INSERT INTO unindexed (message) VALUES (?)", key).run();
    return done;
}

} // namespace store
