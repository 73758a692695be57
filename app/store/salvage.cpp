// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/salvage.h"

#include "store/backuprestorer.h"
#include "store/messages.h"
#include "store/rowcopier.h"

#include <sqlite3.h>

namespace store {
namespace {

/// Those whose rows stand for themselves, parents first. Nothing of the archives: a gap that is lost would be a hole
/// that nobody knows of, so nothing of them is known any more, and they fill what is missing here.
constexpr const char *tables[] = {"accounts",      "roster_items", "subscription_requests",
                                  "conversations", "messages",     "message_changes",
                                  "files",         "outbox",       "caches",
                                  "settings",      "records",      "server_keys",
                                  "erased_ids",    "avatars",      "avatar_owners"};

/// What hangs on rows that are lost, and what can be computed.
constexpr auto mendSql =
    "INSERT OR IGNORE INTO accounts (jid, enabled, config) SELECT DISTINCT account, 0, '{}' FROM conversations;"
    "DELETE FROM message_changes WHERE message NOT IN (SELECT key FROM messages) OR conversation NOT IN (SELECT id FROM conversations);"
    "DELETE FROM files WHERE message NOT IN (SELECT key FROM messages WHERE has_files = 1);"
    "UPDATE message_changes SET stand_in = NULL WHERE stand_in NOT IN (SELECT key FROM messages);"
    "DELETE FROM outbox WHERE change NOT IN (SELECT id FROM message_changes);"
    "DELETE FROM outbox WHERE message NOT IN (SELECT key FROM messages) OR conversation NOT IN (SELECT id FROM conversations);"
    "DELETE FROM roster_items WHERE account NOT IN (SELECT jid FROM accounts);"
    "DELETE FROM subscription_requests WHERE account NOT IN (SELECT jid FROM accounts);"
    "DELETE FROM records WHERE account NOT IN (SELECT jid FROM accounts);"
    "DELETE FROM server_keys WHERE account NOT IN (SELECT jid FROM accounts);"
    "DELETE FROM erased_ids WHERE conversation NOT IN (SELECT id FROM conversations);"
    "DELETE FROM avatar_owners WHERE account NOT IN (SELECT jid FROM accounts);"
    "UPDATE conversations SET message_count = (SELECT count(*) FROM messages WHERE key BETWEEN id << 43 AND ((id + 1) << 43) - 1);"
    "DELETE FROM unindexed;"
    "INSERT INTO unindexed (message) SELECT key FROM messages WHERE body <> '';";

/// What the damaged file still gives; the tables that it does not give to their end are named in `torn`.
Result<qint64> takeFromDamaged(Database &database, const QString &path, const QByteArray &vfs, QByteArrayList &torn)
{
    auto damaged = Database::open(path, Database::Mode::ReadOnly, vfs);
    if (!damaged && RowCopier::isPassing(damaged.error()))
        return fail(damaged.error());
    if (!damaged) {
        for (const char *table : tables)
            torn.append(table);
        return 0;
    }
    (*damaged)->keepLogOnClose();
    // Else a file that was cut is not read at all. Nothing is written through this connection.
    sqlite3_db_config((*damaged)->handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    (void)(*damaged)->execute("PRAGMA writable_schema = ON");
    RowCopier copier((*damaged)->handle(), database.handle());
    qint64 rows = 0;
    for (const char *table : tables) {
        const RowCopier::Outcome outcome = copier.copyTable(table);
        if (copier.error())
            return fail(*copier.error());
        rows += outcome.rows;
        if (!outcome.whole)
            torn.append(table);
    }
    return rows;
}

/// What was on its way and has lost its entry in the outbox would wait forever. The archive tells that it arrived, or a
/// person decides.
Result<> failWhatCannotGo(Database &database)
{
    auto done =
        database
            .query(
                "UPDATE messages SET state = ?, failure_kind = ?, failure_condition = 'fate-unknown', failure_detail = "
                "'The message was found in a damaged database.' WHERE outgoing = 1 AND state IN (?, ?, ?) AND key NOT IN "
                "(SELECT message FROM outbox WHERE message IS NOT NULL)",
                MessageState::Failed, int(Error::Kind::Storage), MessageState::Queued, MessageState::Encrypted,
                MessageState::Written)
            .run();
    if (!done)
        return done;
    return database.execute(
        "UPDATE conversations SET last_state = coalesce((SELECT state FROM messages WHERE key = last_key), last_state)");
}

Result<Salvaged> takeOver(Database &database, const QString &damagedPath, const QByteArray &vfs, const QString &backup)
{
    QByteArrayList torn;
    const auto rows = takeFromDamaged(database, damagedPath, vfs, torn);
    if (!rows)
        return fail(rows.error());
    Salvaged salvaged{*rows, 0};
    if (!torn.isEmpty() && !backup.isNull()) {
        const auto more = BackupRestorer(database, torn).takeFrom(backup, vfs);
        if (!more)
            return fail(more.error());
        salvaged.fromBackup = *more;
    }
    auto done = database.execute(mendSql);
    if (done)
        done = failWhatCannotGo(database);
    if (done)
        done = Messages(database).rebuildIds();
    if (!done)
        return fail(done.error());
    return salvaged;
}

} // namespace

Result<Salvaged> salvage(Database &database, const QString &damagedPath, const QByteArray &vfs, const QString &backup)
{
    if (auto done = database.execute("PRAGMA foreign_keys = OFF"); !done)
        return fail(done.error());
    if (auto done = database.begin(); !done)
        return fail(done.error());
    auto salvaged = takeOver(database, damagedPath, vfs, backup);
    if (!salvaged) {
        database.rollback();
        return salvaged;
    }
    auto done = database.commit();
    if (done)
        done = database.execute("PRAGMA foreign_keys = ON");
    if (!done)
        return fail(done.error());
    return salvaged;
}

} // namespace store
