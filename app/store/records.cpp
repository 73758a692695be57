// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/records.h"

namespace store {

Result<> Records::put(const Jid &account, const QString &key, const QByteArray &value)
{
    return m_database
        .query("INSERT OR REPLACE INTO records (account, key, value) VALUES (?, ?, ?)", account, orEmpty(key),
               orEmpty(value))
        .run();
}

Result<bool> Records::remove(const Jid &account, const QString &key)
{
    if (auto done = m_database.query("DELETE FROM records WHERE account = ? AND key = ?", account, orEmpty(key)).run();
        !done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<std::optional<QByteArray>> Records::value(const Jid &account, const QString &key) const
{
    return m_database.query("SELECT value FROM records WHERE account = ? AND key = ?", account, orEmpty(key))
        .one<QByteArray>([](const Statement &row) { return row.bytes(0); });
}

} // namespace store
