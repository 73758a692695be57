// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/caches.h"

namespace store {

Result<> Caches::put(const QString &space, const QString &key, const QByteArray &value, const QDateTime &now, int limit)
{
    auto done = m_database
                    .query("INSERT OR REPLACE INTO caches (space, key, value, used) VALUES (?, ?, ?, ?)",
                           orEmpty(space), orEmpty(key), orEmpty(value), now)
                    .run();
    if (!done)
        return done;
    return m_database
        .query("DELETE FROM caches WHERE space = ?1 AND key IN "
               "(SELECT key FROM caches WHERE space = ?1 ORDER BY used DESC, key DESC LIMIT -1 OFFSET ?2)",
               orEmpty(space), qMax(limit, 0))
        .run();
}

Result<> Caches::touch(const QString &space, const QString &key, const QDateTime &now)
{
    return m_database.query("UPDATE caches SET used = ? WHERE space = ? AND key = ?", now, orEmpty(space), orEmpty(key))
        .run();
}

Result<> Caches::clear(const QString &space)
{
    return m_database.query("DELETE FROM caches WHERE space = ?", orEmpty(space)).run();
}

Result<std::optional<QByteArray>> Caches::value(const QString &space, const QString &key) const
{
    return m_database.query("SELECT value FROM caches WHERE space = ? AND key = ?", orEmpty(space), orEmpty(key))
        .one<QByteArray>([](const Statement &row) { return row.bytes(0); });
}

Result<int> Caches::count(const QString &space) const
{
    const auto number = m_database.query("SELECT count(*) FROM caches WHERE space = ?", orEmpty(space)).number();
    if (!number)
        return fail(number.error());
    return int(*number);
}

} // namespace store
