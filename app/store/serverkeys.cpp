// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/serverkeys.h"

namespace store {

Result<> ServerKeys::put(const Jid &account, const ServerKey &key)
{
    auto done = m_database
                    .query("INSERT OR REPLACE INTO server_keys (account, fingerprint, first_seen, last_seen, subject, "
                           "issuer, valid_from, valid_to, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           account, orEmpty(key.fingerprint), key.firstSeen, key.lastSeen, orEmpty(key.subject),
                           orEmpty(key.issuer), key.validFrom, key.validTo, key.told)
                    .run();
    if (!done)
        return done;
    return m_database
        .query("DELETE FROM server_keys WHERE account = ?1 AND fingerprint IN (SELECT fingerprint FROM server_keys "
               "WHERE account = ?1 ORDER BY last_seen DESC LIMIT -1 OFFSET ?2)",
               account, mostKeys)
        .run();
}

Result<> ServerKeys::setTold(const Jid &account)
{
    return m_database.query("UPDATE server_keys SET told = 1 WHERE account = ?", account).run();
}

Result<std::vector<ServerKey>> ServerKeys::all(const Jid &account) const
{
    return m_database
        .query(
            "SELECT fingerprint, first_seen, last_seen, subject, issuer, valid_from, valid_to, told FROM server_keys "
            "WHERE account = ? ORDER BY last_seen DESC",
            account)
        .all<ServerKey>([](const Statement &row) {
            return ServerKey{row.bytes(0), row.time(1), row.time(2), row.text(3),
                             row.text(4),  row.time(5), row.time(6), row.flag(7)};
        });
}

} // namespace store
