// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/outbox.h"

namespace store {
namespace {

#define ENTRY_COLUMNS "id, coalesce(message, -change), account, conversation, stanza, state, attempts, created"

OutboxEntry readEntry(const Statement &row)
{
    return {row.integer(0), row.integer(1), row.jid(2), row.integer(3), row.bytes(4), OutboxEntry::State(row.small(5)),
            row.small(6),   row.time(7)};
}

} // namespace

Result<qint64> Outbox::enqueue(const Jid &account, qint64 conversation, qint64 item, const QByteArray &stanza)
{
    auto done =
        m_database
            .query(item > 0 ? "INSERT INTO outbox (account, conversation, message, stanza, state, attempts, created) "
                              "SELECT ?, ?, key, ?, ?, 0, time FROM messages WHERE key = ?"
                            : "INSERT INTO outbox (account, conversation, change, stanza, state, attempts, created) "
                              "SELECT ?, ?, id, ?, ?, 0, time FROM message_changes WHERE id = -?",
                   account, conversation, orEmpty(stanza), OutboxEntry::State::Waiting, item)
            .run();
    if (!done)
        return fail(done.error());
    if (m_database.changes() == 0)
        return fail(Error::Kind::Input, QStringLiteral("message-unknown"),
                    QStringLiteral("There is no message %1.").arg(item));
    return m_database.lastInsertId();
}

Result<qint64> Outbox::reserve(const Jid &account, qint64 conversation, qint64 message)
{
    auto id = enqueue(account, conversation, message, {});
    if (!id)
        return id;
    auto done = m_database.query("UPDATE outbox SET state = ? WHERE id = ?", OutboxEntry::State::Preparing, *id).run();
    if (!done)
        return fail(done.error());
    return id;
}

Result<bool> Outbox::fill(qint64 message, const QByteArray &stanza)
{
    auto done = m_database
                    .query("UPDATE outbox SET stanza = ?, state = ? WHERE message = ? AND state = ?", orEmpty(stanza),
                           OutboxEntry::State::Waiting, message, OutboxEntry::State::Preparing)
                    .run();
    if (!done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<> Outbox::setStanza(qint64 id, const QByteArray &stanza)
{
    return m_database.query("UPDATE outbox SET stanza = ? WHERE id = ?", orEmpty(stanza), id).run();
}

Result<> Outbox::markWritten(qint64 id)
{
    return m_database
        .query("UPDATE outbox SET state = ?, attempts = attempts + 1 WHERE id = ?", OutboxEntry::State::Written, id)
        .run();
}

Result<qint64> Outbox::requeue(const Jid &account)
{
    auto done = m_database
                    .query("UPDATE outbox SET state = ? WHERE account = ? AND state = ?", OutboxEntry::State::Waiting,
                           account, OutboxEntry::State::Written)
                    .run();
    if (!done)
        return fail(done.error());
    return m_database.changes();
}

Result<bool> Outbox::remove(qint64 id)
{
    if (auto done = m_database.query("DELETE FROM outbox WHERE id = ?", id).run(); !done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<bool> Outbox::removeItem(qint64 item)
{
    auto done =
        m_database
            .query(item > 0 ? "DELETE FROM outbox WHERE message = ?" : "DELETE FROM outbox WHERE change = -?", item)
            .run();
    if (!done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<std::vector<OutboxEntry>> Outbox::next(const Jid &account, int limit, qint64 after) const
{
    return m_database
        .query("SELECT " ENTRY_COLUMNS " FROM outbox AS o WHERE account = ? AND id > ? AND state = ? AND NOT EXISTS "
               "(SELECT 1 FROM outbox AS p WHERE p.conversation = o.conversation AND p.state = ? AND p.id < o.id) "
               "ORDER BY id LIMIT ?",
               account, after, OutboxEntry::State::Waiting, OutboxEntry::State::Preparing, limit)
        .all<OutboxEntry>(readEntry);
}

Result<std::vector<OutboxEntry>> Outbox::all(const Jid &account) const
{
    return m_database.query("SELECT " ENTRY_COLUMNS " FROM outbox WHERE account = ? ORDER BY id", account)
        .all<OutboxEntry>(readEntry);
}

Result<std::vector<OutboxEntry>> Outbox::written(const Jid &account) const
{
    return m_database
        .query("SELECT " ENTRY_COLUMNS " FROM outbox WHERE account = ? AND state = ? ORDER BY id", account,
               OutboxEntry::State::Written)
        .all<OutboxEntry>(readEntry);
}

Result<std::optional<OutboxEntry>> Outbox::byItem(qint64 item) const
{
    return m_database
        .query(item > 0 ? "SELECT " ENTRY_COLUMNS " FROM outbox WHERE message = ?"
                        : "SELECT " ENTRY_COLUMNS " FROM outbox WHERE change = -?",
               item)
        .one<OutboxEntry>(readEntry);
}

Result<int> Outbox::count(const Jid &account) const
{
    const auto number = m_database.query("SELECT count(*) FROM outbox WHERE account = ?", account).number();
    if (!number)
        return fail(number.error());
    return int(*number);
}

Result<int> Outbox::countAll() const
{
    const auto number = m_database.query("SELECT count(*) FROM outbox").number();
    if (!number)
        return fail(number.error());
    return int(*number);
}

} // namespace store
