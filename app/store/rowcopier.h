// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite.h"

struct sqlite3;
struct sqlite3_stmt;

namespace store {

/// Copies rows from one connection to another until the end, or until the source cannot be read on. A row that breaks a rule
/// of the target, or that it has, is left out.
class RowCopier
{
public:
    RowCopier(sqlite3 *from, sqlite3 *to) : m_from(from), m_to(to) { }

    /// Why a file cannot be read, where that is not its damage: another time it can. To give it up for that would be to
    /// start empty in silence.
    static bool isPassing(const Error &error);

    struct Outcome {
        qint64 rows = 0;
        bool whole = false; ///< The source was read to its end.
    };
    /// A whole table: forward to the damage, then back from the other end to it.
    Outcome copyTable(const QByteArray &table);
    /// What a query of the source gives, whose columns are named as those of the table.
    Outcome copyRows(const QByteArray &sql, const QByteArray &table);

    /// The target could not be written, or the source not be read just now.
    const std::optional<Error> &error() const { return m_error; }

private:
    bool hasRowid(const QByteArray &table) const;
    void judge(int code);
    sqlite3_stmt *prepareInsert(const QByteArray &table, sqlite3_stmt *read);

    sqlite3 *m_from;
    sqlite3 *m_to;
    std::optional<Error> m_error;
};

} // namespace store
