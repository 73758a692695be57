// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backuprestorer.h"

#include "store/enums.h"
#include "store/rowcopier.h"

namespace store {
namespace {

/// The columns of a table as this database has them, but for the first.
QByteArray otherColumns(Database &database, const char *table)
{
    QByteArray columns;
    auto row = database.queryOnce(QByteArray("PRAGMA table_info(") + table + ')');
    while (row.next()) {
        if (row.integer(0) > 0)
            columns += ", " + row.text(1).toUtf8();
    }
    return columns;
}

/// What identifies the messages that are there, so that none of the backup's comes beside its like: after an earlier repair
/// the same message may have another key.
constexpr auto rememberSql =
    "CREATE TEMP TABLE there_by_id AS SELECT key >> 43 AS chat, outgoing, stanza_id, body FROM main.messages WHERE stanza_id <> '';"
    "CREATE INDEX temp.there_by_id_index ON there_by_id (chat, stanza_id);"
    "CREATE TEMP TABLE there_by_archive AS SELECT key >> 43 AS chat, archive_id FROM main.messages WHERE archive_id <> '';"
    "CREATE INDEX temp.there_by_archive_index ON there_by_archive (chat, archive_id);"
    "CREATE TEMP TABLE there AS SELECT key FROM main.messages;"
    "CREATE UNIQUE INDEX temp.there_index ON there (key);";

constexpr auto dropDoublesSql =
    "DELETE FROM main.messages WHERE key NOT IN (SELECT key FROM there) AND ("
    "EXISTS (SELECT 1 FROM there_by_archive AS t WHERE t.chat = messages.key >> 43 AND t.archive_id = messages.archive_id) OR "
    "EXISTS (SELECT 1 FROM there_by_id AS t WHERE t.chat = messages.key >> 43 AND t.stanza_id = messages.stanza_id "
    "AND t.outgoing = messages.outgoing AND t.body = messages.body))";

/// A message that was on its way then: what became of it the backup cannot know. It is not sent again by itself; the
/// archive tells that it arrived, or a person decides.
constexpr auto failSql = "UPDATE main.messages SET state = ?1, failure_kind = ?2, failure_condition = 'fate-unknown', "
                         "failure_detail = 'The message comes from a backup of the database.' "
                         "WHERE key NOT IN (SELECT key FROM there) AND outgoing = 1 AND state IN (?3, ?4, ?5) "
                         "AND key NOT IN (SELECT message FROM main.outbox WHERE message IS NOT NULL)";

constexpr auto forgetSql = "DROP TABLE temp.there; DROP TABLE temp.there_by_id; DROP TABLE temp.there_by_archive;";

} // namespace

Result<qint64> BackupRestorer::takeFrom(const QString &path, const QByteArray &vfs)
{
    auto backup = Database::open(path, Database::Mode::Immutable, vfs);
    if (!backup)
        return 0;
    RowCopier copier((*backup)->handle(), m_database.handle());
    auto rows = takeTables(copier);
    if (!rows || (!m_torn.contains("conversations") && !m_torn.contains("messages")))
        return rows;
    const auto ids = takeConversations(**backup, copier, *rows);
    if (!ids)
        return fail(ids.error());
    if (m_torn.contains("messages")) {
        const auto messages = takeMessages(**backup, copier, *ids);
        if (!messages)
            return messages;
        *rows += *messages;
    }
    if (!otherColumns(**backup, "message_changes").isEmpty()) {
        if (auto done = takeChanges(copier, *ids); !done)
            return fail(done.error());
    }
    if (const QByteArray columns = otherColumns(**backup, "files"); !columns.isEmpty()) {
        if (auto done = takeFiles(copier, columns, *ids); !done)
            return fail(done.error());
    }
    return rows;
}

/// Of the records nothing of a session (XEP-0198): its counts are a day old.
Result<qint64> BackupRestorer::takeTables(RowCopier &copier)
{
    qint64 rows = 0;
    for (const char *table : {"accounts", "roster_items", "subscription_requests", "settings", "server_keys"}) {
        if (m_torn.contains(table))
            rows += copier.copyRows(QByteArray("SELECT * FROM ") + table, table).rows;
    }
    if (m_torn.contains("records"))
        rows += copier.copyRows("SELECT * FROM records WHERE key NOT LIKE 'stream/%'", "records").rows;
    if (copier.error())
        return fail(*copier.error());
    return rows;
}

/// Which chat here each of the backup's is. By account and peer, and not by the number: after an earlier repair that may
/// belong to another one.
Result<std::map<qint64, qint64>> BackupRestorer::takeConversations(Database &backup, RowCopier &copier, qint64 &rows)
{
    std::map<qint64, qint64> ids;
    const QByteArray columns = otherColumns(backup, "conversations");
    auto each = backup.query("SELECT id, account, peer FROM conversations");
    while (each.next()) {
        const qint64 old = each.integer(0);
        const auto known =
            m_database.query("SELECT id FROM conversations WHERE account = ? AND peer = ?", each.text(1), each.text(2))
                .number();
        const auto hasAccount = m_database.query("SELECT count(*) FROM accounts WHERE jid = ?", each.text(1)).number();
        const auto taken = m_database.query("SELECT count(*) FROM conversations WHERE id = ?", old).number();
        if (!known || !hasAccount || !taken)
            return fail(!known ? known.error() : !hasAccount ? hasAccount.error() : taken.error());
        if (*known != 0) {
            ids[old] = *known;
            continue;
        }
        if (*hasAccount == 0 || !m_torn.contains("conversations"))
            continue; // taken away since
        const auto id = *taken == 0 ? Result<qint64>(old) : freeId();
        if (!id)
            return fail(id.error());
        rows += copier
                    .copyRows("SELECT " + QByteArray::number(*id) + " AS id" + columns
                                  + " FROM conversations WHERE id = " + QByteArray::number(old),
                              "conversations")
                    .rows;
        if (copier.error())
            return fail(*copier.error());
        ids[old] = *id;
    }
    return ids;
}

Result<qint64> BackupRestorer::freeId() const
{
    return m_database
        .query("SELECT 1 + max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'conversations'), 0), "
               "coalesce((SELECT max(id) FROM conversations), 0))")
        .number();
}

Result<qint64> BackupRestorer::takeMessages(Database &backup, RowCopier &copier, const std::map<qint64, qint64> &ids)
{
    if (auto done = m_database.execute(rememberSql); !done)
        return fail(done.error());
    const QByteArray columns = otherColumns(backup, "messages");
    qint64 rows = 0;
    for (const auto &[old, now] : ids) {
        const QByteArray from = QByteArray::number(old) + " << 43";
        rows += copier
                    .copyRows("SELECT key + ((" + QByteArray::number(now) + " - " + QByteArray::number(old)
                                  + ") << 43) AS key" + columns + " FROM messages WHERE key BETWEEN " + from + " AND ("
                                  + from + ") + (1 << 43) - 1",
                              "messages")
                    .rows;
        if (copier.error())
            return fail(*copier.error());
    }
    if (auto done = m_database.execute(dropDoublesSql); !done)
        return fail(done.error());
    rows -= m_database.changes();
    auto done = m_database
                    .query(failSql, MessageState::Failed, int(Error::Kind::Storage), MessageState::Queued,
                           MessageState::Encrypted, MessageState::Written)
                    .run();
    if (done)
        done = m_database.execute(forgetSql);
    if (!done)
        return fail(done.error());
    return rows;
}

/// What is known of the messages' files, where nothing is known of that here; those of no message go with the rest of what is
/// mended.
Result<> BackupRestorer::takeFiles(RowCopier &copier, const QByteArray &columns, const std::map<qint64, qint64> &ids)
{
    for (const auto &[old, now] : ids) {
        QByteArray shifted = columns.mid(2);
        shifted.replace(0, qsizetype(sizeof "message" - 1),
                        "message + ((" + QByteArray::number(now) + " - " + QByteArray::number(old)
                            + ") << 43) AS message");
        copier.copyRows("SELECT " + shifted + " FROM files WHERE message >> 43 = " + QByteArray::number(old), "files");
        if (copier.error())
            return fail(*copier.error());
    }
    return {};
}

/// What was said of the messages, where nothing is known of that here. What was on its way then has the fate of such messages.
Result<> BackupRestorer::takeChanges(RowCopier &copier, const std::map<qint64, qint64> &ids)
{
    const auto newest = m_database.query("SELECT max(id) FROM message_changes").number();
    if (!newest)
        return fail(newest.error());
    for (const auto &[old, now] : ids) {
        const QByteArray shift = "((" + QByteArray::number(now) + " - " + QByteArray::number(old) + ") << 43)";
        const QByteArray open = "state IN (" + QByteArray::number(int(MessageState::Queued)) + ", "
            + QByteArray::number(int(MessageState::Written)) + ')';
        copier.copyRows(
            "SELECT " + QByteArray::number(now) + " AS conversation, message + " + shift
                + " AS message, kind, outgoing, author, target, time, place, archived, page, in_force, iif(" + open
                + ", " + QByteArray::number(int(MessageState::Failed)) + ", state) AS state, iif(" + open + ", "
                + QByteArray::number(int(Error::Kind::Storage)) + ", failure_kind) AS failure_kind, iif(" + open
                + ", 'fate-unknown', failure_condition) AS failure_condition, iif(" + open
                + ", 'The message comes from a backup of the database.', failure_detail) AS failure_detail, "
                  "stanza_id, archive_id, body, payload FROM message_changes WHERE message IS NOT NULL AND "
                  "conversation = "
                + QByteArray::number(old),
            "message_changes");
        if (copier.error())
            return fail(*copier.error());
    }
    return m_database
        .query(
            "DELETE FROM message_changes WHERE id > ?1 AND (message NOT IN (SELECT key FROM messages) OR EXISTS "
            "(SELECT 1 FROM message_changes AS known WHERE known.id <= ?1 AND known.message = message_changes.message))",
            *newest)
        .run();
}

} // namespace store
