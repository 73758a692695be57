// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/conversations.h"

#include "store/keys.h"
#include "store/messages.h"
#include "store/search.h"

namespace store {
namespace {

#define CONVERSATION_COLUMNS                                                                                                         \
    "id, account, peer, kind, name, unread, mentions, muted_until, pinned, archived, draft, last_key, last_preview, last_outgoing, " \
    "last_author, last_state, last_time, read_key, message_count, markable_key, told_key, synced_key, keep_days"

Conversation readConversation(const Statement &row)
{
    Conversation conversation;
    conversation.id = row.integer(0);
    conversation.account = row.jid(1);
    conversation.peer = row.jid(2);
    conversation.kind = ConversationKind(row.small(3));
    conversation.name = row.text(4);
    conversation.unread = row.small(5);
    conversation.mentions = row.small(6);
    conversation.mutedUntil = row.time(7);
    conversation.pinned = row.flag(8);
    conversation.archived = row.flag(9);
    conversation.draft = row.text(10);
    conversation.lastKey = row.integer(11);
    conversation.lastPreview = row.text(12);
    conversation.lastOutgoing = row.flag(13);
    conversation.lastAuthor = row.jid(14);
    conversation.lastState = MessageState(row.small(15));
    conversation.lastTime = row.time(16);
    conversation.readKey = row.integer(17);
    conversation.count = row.integer(18);
    conversation.markableKey = row.integer(19);
    conversation.toldKey = row.integer(20);
    conversation.syncedKey = row.integer(21);
    if (!row.isNull(22))
        conversation.keepDays = row.small(22);
    return conversation;
}

} // namespace

Result<qint64> Conversations::open(const Jid &account, const Jid &peer, ConversationKind kind, const QDateTime &opened)
{
    auto known =
        m_database.query("SELECT id FROM conversations WHERE account = ? AND peer = ?", account, peer).number();
    if (!known || *known > 0)
        return known;
    auto owner = m_database.query("SELECT count(*) FROM accounts WHERE jid = ?", account).number();
    if (!owner)
        return owner;
    if (*owner == 0)
        return fail(Error::Kind::Input, QStringLiteral("account-unknown"),
                    QStringLiteral("There is no account %1.").arg(account.toString()));
    auto done = m_database
                    .query("INSERT INTO conversations (account, peer, kind, last_time) VALUES (?, ?, ?, ?)", account,
                           peer, kind, opened)
                    .run();
    if (!done)
        return fail(done.error());
    if (m_database.lastInsertId() > keys::mostConversations)
        return fail(Error::Kind::Input, QStringLiteral("too-many-conversations"),
                    QStringLiteral("A profile holds at most 1,048,575 chats."));
    return m_database.lastInsertId();
}

Result<> Conversations::setName(qint64 id, const QString &name)
{
    return m_database.query("UPDATE conversations SET name = ? WHERE id = ?", orEmpty(name), id).run();
}

Result<> Conversations::setDraft(qint64 id, const QString &draft)
{
    return m_database.query("UPDATE conversations SET draft = ? WHERE id = ?", orEmpty(draft), id).run();
}

Result<> Conversations::setPinned(qint64 id, bool pinned)
{
    return m_database.query("UPDATE conversations SET pinned = ? WHERE id = ?", pinned, id).run();
}

Result<> Conversations::setArchived(qint64 id, bool archived)
{
    return m_database.query("UPDATE conversations SET archived = ? WHERE id = ?", archived, id).run();
}

Result<> Conversations::setMutedUntil(qint64 id, const QDateTime &until)
{
    return m_database.query("UPDATE conversations SET muted_until = ? WHERE id = ?", until, id).run();
}

Result<> Conversations::setKeepDays(qint64 id, std::optional<int> days)
{
    return m_database.query("UPDATE conversations SET keep_days = nullif(?, -1) WHERE id = ?", days.value_or(-1), id)
        .run();
}

Result<> Conversations::markRead(qint64 id, qint64 key)
{
    // A key of another conversation would hide or show everything.
    if (keys::conversationOf(key) != id)
        return {};
    return m_database
        .query("UPDATE conversations SET read_key = ?1, "
               "unread = (SELECT count(*) FROM messages WHERE key > ?1 AND key <= ?2 AND unread > 0), "
               "mentions = (SELECT count(*) FROM messages WHERE key > ?1 AND key <= ?2 AND unread = 2) "
               "WHERE id = ?3 AND read_key < ?1",
               key, keys::last(id), id)
        .run();
}

Result<> Conversations::setMarkable(qint64 id, qint64 key)
{
    return m_database.query("UPDATE conversations SET markable_key = max(markable_key, ?) WHERE id = ?", key, id).run();
}

Result<> Conversations::setTold(qint64 id, qint64 key)
{
    return m_database.query("UPDATE conversations SET told_key = max(told_key, ?) WHERE id = ?", key, id).run();
}

Result<> Conversations::setSynced(qint64 id, qint64 key)
{
    return m_database.query("UPDATE conversations SET synced_key = max(synced_key, ?) WHERE id = ?", key, id).run();
}

Result<> Conversations::clear(qint64 id)
{
    const qint64 first = keys::first(id);
    const qint64 last = keys::last(id);
    auto done = Search(m_database).forgetRange(first, last);
    if (done)
        done = m_database.query("DELETE FROM message_ids WHERE message BETWEEN ? AND ?", first, last).run();
    if (done)
        done = m_database.query("DELETE FROM messages WHERE key BETWEEN ? AND ?", first, last).run();
    if (done)
        done =
            m_database
                .query(
                    "UPDATE conversations SET unread = 0, mentions = 0, last_key = 0, last_preview = '', last_outgoing = 0, "
                    "last_author = '', last_state = 0, message_count = 0 WHERE id = ?",
                    id)
                .run();
    return done;
}

Result<> Conversations::remove(qint64 id)
{
    if (auto done = clear(id); !done)
        return done;
    return m_database.query("DELETE FROM conversations WHERE id = ?", id).run();
}

Result<std::vector<Conversation>> Conversations::all() const
{
    return m_database
        .query("SELECT " CONVERSATION_COLUMNS " FROM conversations ORDER BY pinned DESC, last_time DESC, id DESC")
        .all<Conversation>(readConversation);
}

Result<std::optional<Conversation>> Conversations::byId(qint64 id) const
{
    return m_database.query("SELECT " CONVERSATION_COLUMNS " FROM conversations WHERE id = ?", id)
        .one<Conversation>(readConversation);
}

Result<std::optional<Conversation>> Conversations::find(const Jid &account, const Jid &peer) const
{
    return m_database
        .query("SELECT " CONVERSATION_COLUMNS " FROM conversations WHERE account = ? AND peer = ?", account, peer)
        .one<Conversation>(readConversation);
}

} // namespace store
