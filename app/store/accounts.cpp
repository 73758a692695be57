// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/accounts.h"

#include "store/conversations.h"

#include <QJsonDocument>

namespace store {
namespace {

Account readAccount(const Statement &row)
{
    return {row.jid(0), row.flag(1), QJsonDocument::fromJson(row.text(2).toUtf8()).object()};
}

} // namespace

Result<> Accounts::put(const Account &account)
{
    const QString config = QString::fromUtf8(QJsonDocument(account.config).toJson(QJsonDocument::Compact));
    return m_database
        .query("INSERT INTO accounts (jid, enabled, config) VALUES (?, ?, ?) "
               "ON CONFLICT (jid) DO UPDATE SET enabled = excluded.enabled, config = excluded.config",
               account.jid, account.enabled, config)
        .run();
}

Result<> Accounts::setEnabled(const Jid &jid, bool enabled)
{
    return m_database.query("UPDATE accounts SET enabled = ? WHERE jid = ?", enabled, jid).run();
}

Result<bool> Accounts::remove(const Jid &jid)
{
    auto ids =
        m_database.query("SELECT id FROM conversations WHERE account = ?", jid).all<qint64>([](const Statement &row) {
            return row.integer(0);
        });
    if (!ids)
        return fail(ids.error());
    // The messages hang on their keys, not on a foreign key, so they go chat by chat.
    for (const qint64 id : *ids) {
        if (auto removed = Conversations(m_database).remove(id); !removed)
            return fail(removed.error());
    }
    if (auto done = m_database.query("DELETE FROM accounts WHERE jid = ?", jid).run(); !done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<std::vector<Account>> Accounts::all() const
{
    return m_database.query("SELECT jid, enabled, config FROM accounts ORDER BY position").all<Account>(readAccount);
}

Result<std::optional<Account>> Accounts::byJid(const Jid &jid) const
{
    return m_database.query("SELECT jid, enabled, config FROM accounts WHERE jid = ?", jid).one<Account>(readAccount);
}

} // namespace store
