// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <memory>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace store {

class Database;

/// The Error for a result code of SQLite: Storage with `disk-full`, `read-only`, `database-damaged`, `database-locked`
/// or `storage-failed`; Cancelled with `interrupted`. `message` is SQLite's own text.
Error errorFor(int code, const QString &message);

/// One run of a prepared statement of the Database's cache; given back and reset at its end. Errors of preparing and
/// binding come out of the first next() or run().
class Statement
{
public:
    Statement(Statement &&other) noexcept;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement();

    /// Steps to the next row. False at the end and on an error: finish() tells which.
    bool next();
    /// Nothing, or what stopped next().
    Result<> finish() const;
    /// For statements without rows.
    Result<> run();
    /// All rows, each made by `make(const Statement &)`.
    template<class T, class F>
    Result<std::vector<T>> all(F make)
    {
        std::vector<T> rows;
        while (next())
            rows.push_back(make(*this));
        if (m_error)
            return fail(*m_error);
        return rows;
    }
    /// The first row, or nothing where there is none.
    template<class T, class F>
    Result<std::optional<T>> one(F make)
    {
        std::optional<T> row;
        if (next())
            row.emplace(make(*this));
        if (m_error)
            return fail(*m_error);
        return row;
    }
    /// The first column of the first row as a number; 0 where there is no row.
    Result<qint64> number();

    // The current row's columns, counted from 0.
    bool isNull(int column) const;
    qint64 integer(int column) const;
    int small(int column) const { return int(integer(column)); }
    bool flag(int column) const { return integer(column) != 0; }
    double real(int column) const;
    /// Null text for NULL.
    QString text(int column) const;
    QByteArray bytes(int column) const;
    Jid jid(int column) const;
    /// From milliseconds since 1970 UTC; invalid for NULL.
    QDateTime time(int column) const;

    /// The next parameter. Null texts, byte arrays and invalid times become NULL.
    void bind(qint64 value);
    void bind(int value) { bind(qint64(value)); }
    void bind(bool value) { bind(qint64(value)); }
    void bind(double value);
    void bind(const QString &value);
    void bind(const QByteArray &value);
    void bind(const Jid &value) { bind(value.toString()); }
    void bind(const QDateTime &value);
    template<class E, std::enable_if_t<std::is_enum_v<E>, int> = 0> // moc of Qt 6.4 stumbles over `requires`
    void bind(E value)
    {
        bind(qint64(value));
    }

private:
    friend class Database;
    /// `key` is the text in the cache; null: not cached.
    Statement(Database &database, sqlite3_stmt *statement, std::optional<Error> error, const char *key);
    void check(int code);

    Database *m_database;
    sqlite3_stmt *m_statement;
    std::optional<Error> m_error;
    const char *m_key;
    int m_parameter = 0;
};

/// Text that is stored as '' where it is null, for columns that are NOT NULL.
inline QString orEmpty(const QString &text)
{
    return text.isNull() ? QLatin1String("") : text;
}
inline QByteArray orEmpty(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}
/// Null where there is nothing, so that it becomes NULL.
inline QString orNull(const QString &text)
{
    return text.isEmpty() ? QString() : text;
}

/// One connection to SQLite with a cache of prepared statements. Used on one thread only, except interrupt().
class Database
{
public:
    enum class Mode {
        ReadOnly,  ///< Changes nothing, not even the log's place.
        Immutable, ///< As ReadOnly, for files that nobody can change: asks for no locks and no shared memory.
        ReadWrite, ///< The file must be there.
        Create,    ///< As ReadWrite; makes the file where it is missing.
    };

    /// Opens `path` (or ":memory:") through the VFS of that name; empty: SQLite's default. `busy` is how long a lock of
    /// another process is waited for, in milliseconds.
    static Result<std::unique_ptr<Database>> open(const QString &path, Mode mode, const QByteArray &vfs = {},
                                                  int busy = 5000);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// A statement with all its parameters bound in order. `sql` lives forever: it is the cache's key.
    template<class... Values>
    Statement query(const char *sql, const Values &...values)
    {
        Statement statement = prepare(sql);
        (statement.bind(values), ...);
        return statement;
    }
    /// One statement whose text is made at run time; not cached.
    Statement queryOnce(const QByteArray &sql);
    /// Runs a script of any number of statements without parameters.
    Result<> execute(const QByteArray &script);
    /// The number that a PRAGMA gives.
    Result<qint64> pragma(const QByteArray &sql);

    /// A transaction that writes.
    Result<> begin();
    /// One that sees one state of the database.
    Result<> beginReading();
    /// On an error the transaction is rolled back.
    Result<> commit();
    /// After a full disk SQLite may have rolled back by itself; that is no error.
    void rollback();
    bool isInTransaction() const;
    /// The file can only be read, whatever was asked for.
    bool isReadOnly() const;

    qint64 lastInsertId() const;
    /// Rows changed by the last statement.
    qint64 changes() const;
    /// Stops what runs now with an Error `interrupted`. From any thread.
    void interrupt();
    /// Lets closing leave the log as it is.
    void keepLogOnClose();
    sqlite3 *handle() const { return m_handle; }

private:
    explicit Database(sqlite3 *handle) : m_handle(handle) { }
    friend class Statement;
    Statement prepare(const char *sql);
    Error lastError(int code) const;

    sqlite3 *m_handle;
    /// Statements at rest.
    std::unordered_map<const char *, sqlite3_stmt *> m_cache;
};

} // namespace store
