// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/archives.h"

#include "store/enums.h"
#include "store/keys.h"

#include <algorithm>

namespace store {
namespace {

#define STORE_GAP_COLUMNS "id, account, archive, after_id, after_time, before_id, before_time, stuck, changes_before"

ArchiveGap readGap(const Statement &row)
{
    ArchiveGap gap;
    gap.id = row.integer(0);
    gap.account = row.jid(1);
    gap.archive = row.jid(2);
    gap.after = row.text(3);
    gap.afterTime = row.time(4);
    gap.before = row.text(5);
    gap.beforeTime = row.time(6);
    gap.stuck = row.flag(7);
    gap.changesBefore = row.integer(8);
    return gap;
}

#define STORE_CHAT_GAP_COLUMNS                                                                                         \
    "c.gap, c.conversation, c.low_key, c.seen_key, c.high_key, c.before_id, c.before_time, c.closed, "                 \
    "g.after_id = '', g.stuck"

ChatGap readChatGap(const Statement &row)
{
    ChatGap gap;
    gap.gap = row.integer(0);
    gap.conversation = row.integer(1);
    gap.lowKey = row.integer(2);
    gap.seenKey = row.integer(3);
    gap.highKey = row.integer(4);
    gap.before = row.text(5);
    gap.beforeTime = row.time(6);
    gap.closed = row.flag(7);
    gap.history = row.flag(8);
    gap.stuck = row.flag(9);
    return gap;
}

} // namespace

Result<ArchiveGap> Archives::open(const Jid &account, const Jid &archive)
{
    auto last = m_database
                    .query("SELECT " STORE_GAP_COLUMNS
                           " FROM archive_gaps WHERE account = ? AND archive = ? ORDER BY id DESC LIMIT 1",
                           account, archive)
                    .one<ArchiveGap>(readGap);
    if (!last)
        return fail(last.error());
    const auto known = newest(account, archive);
    if (!known)
        return fail(known.error());
    if (*last && (*last)->before.isEmpty() && (*last)->after == *known) {
        if (auto done = setStuck((*last)->id, false); !done)
            return fail(done.error());
        if (auto done = openChats((*last)->id, account, (*last)->isHistory()); !done)
            return fail(done.error());
        auto again = byId((*last)->id);
        return again ? Result<ArchiveGap>(**again) : fail(again.error());
    }
    auto done =
        m_database
            .query("INSERT INTO archive_gaps (account, archive, after_id, after_time, before_id, before_time, stuck) "
                   "SELECT ?1, ?2, coalesce(max(newest), ''), max(newest_time), '', NULL, 0 FROM archives "
                   "WHERE account = ?1 AND archive = ?2",
                   account, archive)
            .run();
    if (!done)
        return fail(done.error());
    const qint64 id = m_database.lastInsertId();
    const auto made = byId(id);
    if (!made)
        return fail(made.error());
    if (auto opened = openChats(id, account, (*made)->isHistory()); !opened)
        return fail(opened.error());
    auto gap = byId(id);
    return gap ? Result<ArchiveGap>(**gap) : fail(gap.error());
}

/// In each chat of the account the gap lies behind what is there now. What was never written to a server is not in the
/// archive yet, so it belongs behind the gap. Where the gap was open before, only what came since then is new.
Result<> Archives::openChats(qint64 gap, const Jid &account, bool history)
{
    auto done = m_database
                    .query("UPDATE archive_gaps SET changes_before = iif(?, 0, (SELECT coalesce(max(id), 0) FROM "
                           "message_changes)) WHERE id = ?",
                           history, gap)
                    .run();
    if (!done)
        return done;
    return m_database
        .query(
            "INSERT INTO chat_gaps (conversation, gap, low_key, seen_key, high_key, before_id, before_time, closed) "
            "SELECT id, ?1, iif(?3, id << 43, seen), seen, 0, '', NULL, 0 FROM (SELECT id, coalesce((SELECT m.key FROM messages m "
            "WHERE m.key BETWEEN c.id << 43 AND ((c.id + 1) << 43) - 1 AND NOT (m.outgoing = 1 AND m.state BETWEEN ?4 AND ?5) "
            "ORDER BY m.key DESC LIMIT 1), c.id << 43) AS seen FROM conversations c WHERE c.account = ?2) WHERE true "
            "ON CONFLICT DO UPDATE SET seen_key = excluded.seen_key, high_key = 0, before_id = '', before_time = NULL, "
            "closed = 0",
            gap, account, history, MessageState::Queued, MessageState::Encrypted)
        .run();
}

Result<> Archives::advance(const Jid &account, const Jid &archive, const QString &id, const QDateTime &time)
{
    if (auto done = setNewest(account, archive, id, time); !done)
        return done;
    // A gap that is still open at its end ends here.
    return m_database
        .query(
            "UPDATE archive_gaps SET before_id = ?3, before_time = ?4 WHERE account = ?1 AND archive = ?2 AND before_id = '' "
            "AND id = (SELECT max(id) FROM archive_gaps WHERE account = ?1 AND archive = ?2)",
            account, archive, orEmpty(id), time)
        .run();
}

Result<> Archives::setNewest(const Jid &account, const Jid &archive, const QString &id, const QDateTime &time)
{
    return m_database
        .query("INSERT INTO archives (account, archive, newest, newest_time) VALUES (?, ?, ?, ?) "
               "ON CONFLICT DO UPDATE SET newest = excluded.newest, newest_time = coalesce(excluded.newest_time, "
               "newest_time)",
               account, archive, orEmpty(id), time)
        .run();
}

Result<> Archives::narrowOld(qint64 gap, const QString &after, const QDateTime &time)
{
    return m_database
        .query("UPDATE archive_gaps SET after_id = ?, after_time = ? WHERE id = ?", orEmpty(after), time, gap)
        .run();
}

Result<> Archives::narrowNew(qint64 gap, const QString &before, const QDateTime &time)
{
    return m_database
        .query("UPDATE archive_gaps SET before_id = ?, before_time = ? WHERE id = ?", orEmpty(before), time, gap)
        .run();
}

Result<> Archives::widen(qint64 gap)
{
    const auto own = byId(gap);
    if (!own || !*own)
        return own ? Result<>{} : fail(own.error());
    const auto all = gaps((*own)->account, (*own)->archive);
    if (!all)
        return fail(all.error());
    const auto next = std::find_if(all->begin(), all->end(), [&](const ArchiveGap &each) { return each.id > gap; });
    if (next == all->end())
        return narrowNew(gap, QString(), QDateTime());
    // What lies between the two is known, so the next gap's beginning is a later end of this one.
    if (next->after != (*own)->before)
        return narrowNew(gap, next->after, next->afterTime);
    if (auto done = narrowNew(gap, next->before, next->beforeTime); !done)
        return done;
    return close(next->id);
}

Result<> Archives::setStuck(qint64 gap, bool stuck)
{
    return m_database.query("UPDATE archive_gaps SET stuck = ? WHERE id = ?", stuck, gap).run();
}

Result<> Archives::close(qint64 gap)
{
    return m_database.query("DELETE FROM archive_gaps WHERE id = ?", gap).run();
}

Result<> Archives::putChat(const ChatGap &gap)
{
    return m_database
        .query(
            "INSERT OR REPLACE INTO chat_gaps (conversation, gap, low_key, seen_key, high_key, before_id, before_time, closed) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            gap.conversation, gap.gap, gap.lowKey, gap.seenKey, gap.highKey, orEmpty(gap.before), gap.beforeTime,
            gap.closed)
        .run();
}

Result<> Archives::raise(const ArchiveGap &gap, qint64 conversation, qint64 key)
{
    const auto all = gaps(gap.account, gap.archive);
    if (!all)
        return fail(all.error());
    for (const ArchiveGap &newer : *all) {
        if (newer.id <= gap.id)
            continue;
        auto chat = chatGap(newer.id, conversation);
        if (!chat)
            return fail(chat.error());
        if (chat->lowKey >= key)
            continue;
        chat->lowKey = key;
        chat->seenKey = std::max(chat->seenKey, key);
        if (auto done = putChat(*chat); !done)
            return done;
    }
    return {};
}

Result<QString> Archives::newest(const Jid &account, const Jid &archive) const
{
    auto id = m_database.query("SELECT newest FROM archives WHERE account = ? AND archive = ?", account, archive)
                  .one<QString>([](const Statement &row) { return row.text(0); });
    if (!id)
        return fail(id.error());
    return id->value_or(QString());
}

Result<std::vector<ArchiveGap>> Archives::gaps(const Jid &account, const Jid &archive) const
{
    return m_database
        .query("SELECT " STORE_GAP_COLUMNS " FROM archive_gaps WHERE account = ? AND archive = ? ORDER BY id", account,
               archive)
        .all<ArchiveGap>(readGap);
}

Result<std::optional<ArchiveGap>> Archives::byId(qint64 gap) const
{
    return m_database.query("SELECT " STORE_GAP_COLUMNS " FROM archive_gaps WHERE id = ?", gap)
        .one<ArchiveGap>(readGap);
}

Result<ChatGap> Archives::chatGap(qint64 gap, qint64 conversation) const
{
    auto known =
        m_database
            .query("SELECT " STORE_CHAT_GAP_COLUMNS
                   " FROM chat_gaps c JOIN archive_gaps g ON g.id = c.gap WHERE c.conversation = ? AND c.gap = ?",
                   conversation, gap)
            .one<ChatGap>(readChatGap);
    if (!known)
        return fail(known.error());
    if (*known)
        return **known;
    // The chat is younger than the gap.
    ChatGap fresh;
    fresh.gap = gap;
    fresh.conversation = conversation;
    fresh.lowKey = keys::first(conversation);
    fresh.seenKey = fresh.lowKey;
    return fresh;
}

Result<std::vector<ChatGap>> Archives::openIn(qint64 conversation) const
{
    return m_database
        .query("SELECT " STORE_CHAT_GAP_COLUMNS " FROM chat_gaps c JOIN archive_gaps g ON g.id = c.gap "
               "WHERE c.conversation = ? AND c.closed = 0 ORDER BY c.gap",
               conversation)
        .all<ChatGap>(readChatGap);
}

} // namespace store
