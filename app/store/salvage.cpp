// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/salvage.h"

#include "store/messages.h"

#include <sqlite3.h>

namespace store {
namespace {

/// Those whose rows stand for themselves, parents first. Nothing of the archives: a gap that is lost would be a hole
/// that nobody knows of, so nothing of them is known any more, and they fill what is missing here.
constexpr const char *tables[] = {
    "accounts", "roster_items", "subscription_requests", "conversations", "messages", "outbox", "caches", "settings",
    "records",  "server_keys"};

/// Why the damaged file cannot be read, where that is not its damage: another time it can. To give it up for that would be
/// to start empty in silence.
bool isPassing(const Error &error)
{
    return error.condition == u"disk-full" || error.condition == u"database-locked";
}

/// Copies rows from one connection to another until the end, or until the source cannot be read on.
class Copier
{
public:
    Copier(sqlite3 *from, sqlite3 *to) : m_from(from), m_to(to) { }

    qint64 run(const QByteArray &table)
    {
        // Forward to the damage, then back from the other end to it.
        bool whole = false;
        qint64 rows = pass("SELECT * FROM " + table, table, whole);
        if (!whole && !m_error && hasRowid(table))
            rows += pass("SELECT * FROM " + table + " ORDER BY rowid DESC", table, whole);
        return rows;
    }

    /// The new database could not be written, or the damaged one not be read just now.
    const std::optional<Error> &error() const { return m_error; }

private:
    bool hasRowid(const QByteArray &table) const
    {
        sqlite3_stmt *probe = nullptr;
        const QByteArray sql = "SELECT rowid FROM " + table;
        const bool good = sqlite3_prepare_v2(m_to, sql.constData(), -1, &probe, nullptr) == SQLITE_OK;
        sqlite3_finalize(probe);
        return good;
    }
    qint64 pass(const QByteArray &sql, const QByteArray &table, bool &whole)
    {
        sqlite3_stmt *read = nullptr;
        if (const int code = sqlite3_prepare_v2(m_from, sql.constData(), -1, &read, nullptr); code != SQLITE_OK) {
            judge(code);
            return 0;
        }
        sqlite3_stmt *write = prepareInsert(table, read);
        qint64 rows = 0;
        int code = SQLITE_DONE;
        while (write && (code = sqlite3_step(read)) == SQLITE_ROW) {
            for (int i = 0; i < sqlite3_column_count(read); ++i)
                sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
            const int stored = sqlite3_step(write);
            if (stored == SQLITE_DONE)
                rows += sqlite3_changes(m_to);
            sqlite3_reset(write);
            // A row that breaks a rule is left out; a disk that takes none must not end as a smaller history.
            if (stored != SQLITE_DONE && (stored & 0xff) != SQLITE_CONSTRAINT && (stored & 0xff) != SQLITE_MISMATCH) {
                m_error = errorFor(
                    stored, QStringLiteral("%1 (SQLite %2)").arg(QString::fromUtf8(sqlite3_errmsg(m_to))).arg(stored));
                break;
            }
        }
        whole = write && code == SQLITE_DONE;
        if (!whole && !m_error)
            judge(code);
        sqlite3_finalize(write);
        sqlite3_finalize(read);
        return rows;
    }
    void judge(int code)
    {
        const Error error =
            errorFor(code, QStringLiteral("%1 (SQLite %2)").arg(QString::fromUtf8(sqlite3_errmsg(m_from))).arg(code));
        if (isPassing(error))
            m_error = error;
    }
    sqlite3_stmt *prepareInsert(const QByteArray &table, sqlite3_stmt *read)
    {
        QByteArrayList names;
        QByteArrayList marks;
        for (int i = 0; i < sqlite3_column_count(read); ++i) {
            names.append(sqlite3_column_name(read, i));
            marks.append("?");
        }
        const QByteArray sql =
            "INSERT OR IGNORE INTO " + table + " (" + names.join(',') + ") VALUES (" + marks.join(',') + ')';
        sqlite3_stmt *write = nullptr;
        sqlite3_prepare_v2(m_to, sql.constData(), -1, &write, nullptr);
        return write;
    }

    sqlite3 *m_from;
    sqlite3 *m_to;
    std::optional<Error> m_error;
};

/// What hangs on rows that are lost, and what can be computed.
constexpr auto mendSql =
    "INSERT OR IGNORE INTO accounts (jid, enabled, config) SELECT DISTINCT account, 0, '{}' FROM conversations;"
    "DELETE FROM outbox WHERE message NOT IN (SELECT key FROM messages) OR conversation NOT IN (SELECT id FROM conversations);"
    "DELETE FROM roster_items WHERE account NOT IN (SELECT jid FROM accounts);"
    "DELETE FROM subscription_requests WHERE account NOT IN (SELECT jid FROM accounts);"
    "DELETE FROM records WHERE account NOT IN (SELECT jid FROM accounts);"
    "DELETE FROM server_keys WHERE account NOT IN (SELECT jid FROM accounts);"
    "UPDATE conversations SET message_count = (SELECT count(*) FROM messages WHERE key BETWEEN id << 43 AND ((id + 1) << 43) - 1);"
    "DELETE FROM unindexed;"
    "INSERT INTO unindexed (message) SELECT key FROM messages WHERE body <> '';";

} // namespace

Result<qint64> salvage(Database &database, const QString &damagedPath, const QByteArray &vfs)
{
    auto damaged = Database::open(damagedPath, Database::Mode::ReadOnly, vfs);
    if (!damaged && isPassing(damaged.error()))
        return fail(damaged.error());
    if (damaged) {
        (*damaged)->keepLogOnClose();
        // Else a file that was cut is not read at all. Nothing is written through this connection.
        sqlite3_db_config((*damaged)->handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
        (void)(*damaged)->execute("PRAGMA writable_schema = ON");
    }
    if (auto done = database.execute("PRAGMA foreign_keys = OFF"); !done)
        return fail(done.error());
    if (auto done = database.begin(); !done)
        return fail(done.error());
    qint64 rows = 0;
    if (damaged) {
        Copier copier((*damaged)->handle(), database.handle());
        for (const char *table : tables) {
            rows += copier.run(table);
            if (copier.error()) {
                database.rollback();
                return fail(*copier.error());
            }
        }
    }
    auto done = database.execute(mendSql);
    if (done)
        done = Messages(database).rebuildIds();
    if (done)
        done = database.commit();
    else
        database.rollback();
    if (done)
        done = database.execute("PRAGMA foreign_keys = ON");
    if (!done)
        return fail(done.error());
    return rows;
}

} // namespace store
