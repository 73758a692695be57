// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rowcopier.h"

#include <sqlite3.h>

namespace store {

bool RowCopier::isPassing(const Error &error)
{
    return error.condition == u"disk-full" || error.condition == u"database-locked";
}

RowCopier::Outcome RowCopier::copyTable(const QByteArray &table)
{
    Outcome outcome = copyRows("SELECT * FROM " + table, table);
    if (!outcome.whole && !m_error && hasRowid(table))
        outcome.rows += copyRows("SELECT * FROM " + table + " ORDER BY rowid DESC", table).rows;
    return outcome;
}

bool RowCopier::hasRowid(const QByteArray &table) const
{
    sqlite3_stmt *probe = nullptr;
    const QByteArray sql = "SELECT rowid FROM " + table;
    const bool good = sqlite3_prepare_v2(m_to, sql.constData(), -1, &probe, nullptr) == SQLITE_OK;
    sqlite3_finalize(probe);
    return good;
}

RowCopier::Outcome RowCopier::copyRows(const QByteArray &sql, const QByteArray &table)
{
    Outcome outcome;
    sqlite3_stmt *read = nullptr;
    if (const int code = sqlite3_prepare_v2(m_from, sql.constData(), -1, &read, nullptr); code != SQLITE_OK) {
        judge(code);
        return outcome;
    }
    sqlite3_stmt *write = prepareInsert(table, read);
    int code = SQLITE_DONE;
    while (write && (code = sqlite3_step(read)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(read); ++i)
            sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
        const int stored = sqlite3_step(write);
        if (stored == SQLITE_DONE)
            outcome.rows += sqlite3_changes(m_to);
        sqlite3_reset(write);
        // A row that breaks a rule is left out; a disk that takes none must not end as a smaller history.
        if (stored != SQLITE_DONE && (stored & 0xff) != SQLITE_CONSTRAINT && (stored & 0xff) != SQLITE_MISMATCH) {
            m_error = errorFor(
                stored, QStringLiteral("%1 (SQLite %2)").arg(QString::fromUtf8(sqlite3_errmsg(m_to))).arg(stored));
            break;
        }
    }
    outcome.whole = write && code == SQLITE_DONE;
    if (!outcome.whole && !m_error)
        judge(code);
    sqlite3_finalize(write);
    sqlite3_finalize(read);
    return outcome;
}

void RowCopier::judge(int code)
{
    const Error error =
        errorFor(code, QStringLiteral("%1 (SQLite %2)").arg(QString::fromUtf8(sqlite3_errmsg(m_from))).arg(code));
    if (isPassing(error))
        m_error = error;
}

sqlite3_stmt *RowCopier::prepareInsert(const QByteArray &table, sqlite3_stmt *read)
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

} // namespace store
