// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite.h"

#include <QUrl>

#include <sqlite3.h>

#include <cerrno>

namespace store {

Error errorFor(int code, const QString &message)
{
    // A sentence, as each error's detail is (docs/automation.md).
    const QString sentence =
        message.endsWith(u'.') ? message : QStringLiteral("The database reports: %1.").arg(message);
    const auto storage = [&sentence](const char *condition) {
        return Error{Error::Kind::Storage, QString::fromLatin1(condition), sentence};
    };
    switch (code & 0xff) {
    case SQLITE_FULL: return storage("disk-full");
    case SQLITE_READONLY: return storage("read-only");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return storage("database-damaged");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return storage("database-locked");
    case SQLITE_INTERRUPT: return Error{Error::Kind::Cancelled, QStringLiteral("interrupted"), message};
    default: return storage("storage-failed");
    }
}

Statement::Statement(Database &database, sqlite3_stmt *statement, std::optional<Error> error, const char *key)
    : m_database(&database), m_statement(statement), m_error(std::move(error)), m_key(key)
{
}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database), m_statement(std::exchange(other.m_statement, nullptr)),
      m_error(std::move(other.m_error)), m_key(other.m_key), m_parameter(other.m_parameter)
{
}

Statement::~Statement()
{
    if (!m_statement)
        return;
    if (!m_key) {
        sqlite3_finalize(m_statement);
        return;
    }
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    // Two runs of the same text at once: the cache keeps one of the two.
    if (!m_database->m_cache.emplace(m_key, m_statement).second)
        sqlite3_finalize(m_statement);
}

bool Statement::next()
{
    if (m_error || !m_statement)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        m_error = m_database->lastError(code);
    // At once: an ended statement must not hold the transaction open.
    sqlite3_reset(m_statement);
    return false;
}

Result<> Statement::finish() const
{
    if (m_error)
        return fail(*m_error);
    return {};
}

Result<> Statement::run()
{
    while (next()) { }
    return finish();
}

Result<qint64> Statement::number()
{
    const qint64 value = next() ? integer(0) : 0;
    if (m_error)
        return fail(*m_error);
    return value;
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QString Statement::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return text ? QString::fromUtf8(text, sqlite3_column_bytes(m_statement, column)) : QString();
}

QByteArray Statement::bytes(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    if (!bytes)
        return isNull(column) ? QByteArray() : QByteArray("");
    return QByteArray(bytes, sqlite3_column_bytes(m_statement, column));
}

Jid Statement::jid(int column) const
{
    return Jid::fromWire(text(column));
}

QDateTime Statement::time(int column) const
{
    return isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(integer(column), Qt::UTC);
}

void Statement::check(int code)
{
    if (code != SQLITE_OK && !m_error)
        m_error = m_database->lastError(code);
}

void Statement::bind(qint64 value)
{
    if (m_statement)
        check(sqlite3_bind_int64(m_statement, ++m_parameter, value));
}

void Statement::bind(double value)
{
    if (m_statement)
        check(sqlite3_bind_double(m_statement, ++m_parameter, value));
}

void Statement::bind(const QString &value)
{
    if (!m_statement)
        return;
    if (value.isNull()) {
        ++m_parameter;
        return;
    }
    const QByteArray utf8 = value.toUtf8();
    check(sqlite3_bind_text64(m_statement, ++m_parameter, utf8.constData(), sqlite3_uint64(utf8.size()),
                              SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(const QByteArray &value)
{
    if (!m_statement)
        return;
    if (value.isNull()) {
        ++m_parameter;
        return;
    }
    check(sqlite3_bind_blob64(m_statement, ++m_parameter, value.constData(), sqlite3_uint64(value.size()),
                              SQLITE_TRANSIENT));
}

void Statement::bind(const QDateTime &value)
{
    if (!value.isValid()) {
        ++m_parameter;
        return;
    }
    bind(value.toMSecsSinceEpoch());
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, Mode mode, const QByteArray &vfs, int busy)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE;
    QByteArray name = path.toUtf8();
    switch (mode) {
    case Mode::ReadOnly: flags |= SQLITE_OPEN_READONLY; break;
    case Mode::Immutable:
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        name = "file:" + QUrl::toPercentEncoding(path, "/") + "?immutable=1";
        break;
    case Mode::ReadWrite: flags |= SQLITE_OPEN_READWRITE; break;
    case Mode::Create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE; break;
    }
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(name.constData(), &handle, flags, vfs.isEmpty() ? nullptr : vfs.constData());
    std::unique_ptr<Database> database(new Database(handle));
    if (code != SQLITE_OK)
        return fail(handle ? database->lastError(code) : errorFor(code, QString::fromUtf8(sqlite3_errstr(code))));
    sqlite3_busy_timeout(handle, busy);
    // Nothing that stands in the file may run code or widen what a statement does.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return database;
}

Database::~Database()
{
    for (const auto &[sql, statement] : m_cache)
        sqlite3_finalize(statement);
    sqlite3_close_v2(m_handle);
}

Error Database::lastError(int code) const
{
    const QString message = QStringLiteral("%1 (SQLite %2)").arg(QString::fromUtf8(sqlite3_errmsg(m_handle))).arg(code);
    if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) {
        // SQLite knows only some ways in which a disk can be full.
        const int system = sqlite3_system_errno(m_handle);
        if (system == ENOSPC
#ifdef EDQUOT
            || system == EDQUOT
#endif
        )
            return errorFor(SQLITE_FULL, message);
        if (system == EROFS)
            return errorFor(SQLITE_READONLY, message);
    }
    return errorFor(code, message);
}

Statement Database::prepare(const char *sql)
{
    const auto known = m_cache.find(sql);
    if (known != m_cache.end()) {
        sqlite3_stmt *statement = known->second;
        m_cache.erase(known);
        return Statement(*this, statement, {}, sql);
    }
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return Statement(*this, statement, code == SQLITE_OK ? std::nullopt : std::optional<Error>(lastError(code)), sql);
}

Statement Database::queryOnce(const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v2(m_handle, sql.constData(), int(sql.size()), &statement, nullptr);
    return Statement(*this, statement, code == SQLITE_OK ? std::nullopt : std::optional<Error>(lastError(code)),
                     nullptr);
}

Result<> Database::execute(const QByteArray &script)
{
    const int code = sqlite3_exec(m_handle, script.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return fail(lastError(code));
    return {};
}

Result<qint64> Database::pragma(const QByteArray &sql)
{
    return queryOnce(sql).number();
}

Result<> Database::begin()
{
    return query("BEGIN IMMEDIATE").run();
}

Result<> Database::beginReading()
{
    return query("BEGIN").run();
}

Result<> Database::commit()
{
    auto done = query("COMMIT").run();
    if (!done)
        rollback();
    return done;
}

void Database::rollback()
{
    // interrupt() may hit this statement instead of the one it was meant for; whatever else fails, fails for good.
    while (isInTransaction()) {
        const auto done = query("ROLLBACK").run();
        if (!done && done.error().condition != u"interrupted")
            return;
    }
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

bool Database::isReadOnly() const
{
    return sqlite3_db_readonly(m_handle, "main") == 1;
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

qint64 Database::changes() const
{
    return sqlite3_changes64(m_handle);
}

void Database::interrupt()
{
    sqlite3_interrupt(m_handle);
}

void Database::keepLogOnClose()
{
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    int keep = 1;
    sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}

} // namespace store
