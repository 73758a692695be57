// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/avatars.h"

namespace store {

Result<> Avatars::keep(const QString &id, const QByteArray &picture, const QDateTime &now)
{
    auto done = m_database
                    .query("INSERT OR REPLACE INTO avatars (id, picture, kept) VALUES (?, ?, ?)", orEmpty(id),
                           orEmpty(picture), now)
                    .run();
    if (!done)
        return done;
    return sweep(now);
}

Result<> Avatars::sweep(const QDateTime &now, int pictures, qint64 bytes)
{
    auto done = m_database
                    .query("DELETE FROM avatars WHERE kept < ? AND id NOT IN (SELECT avatar FROM avatar_owners)",
                           now.addDays(-daysWithoutOwner))
                    .run();
    if (!done)
        return done;
    // The length of a blob stands in front of it: none is read.
    return m_database
        .query("DELETE FROM avatars WHERE id IN (SELECT id FROM ("
               "SELECT id, row_number() OVER ranks AS place, sum(length(picture)) OVER ranks AS total FROM avatars "
               "WINDOW ranks AS (ORDER BY id IN (SELECT avatar FROM avatar_owners) DESC, kept DESC, id "
               "ROWS UNBOUNDED PRECEDING)) WHERE place > ? OR total > ?)",
               pictures, bytes)
        .run();
}

Result<> Avatars::setOwner(const Jid &account, const AvatarOwner &owner)
{
    return m_database
        .query("INSERT OR REPLACE INTO avatar_owners (account, jid, avatar, bytes, source) VALUES (?, ?, ?, ?, ?)",
               account, owner.jid, orEmpty(owner.id), qint64(owner.bytes), owner.source)
        .run();
}

Result<> Avatars::removeOwner(const Jid &account, const Jid &jid)
{
    return m_database.query("DELETE FROM avatar_owners WHERE account = ? AND jid = ?", account, jid).run();
}

Result<std::optional<QByteArray>> Avatars::picture(const QString &id) const
{
    return m_database.query("SELECT picture FROM avatars WHERE id = ?", orEmpty(id))
        .one<QByteArray>([](const Statement &row) { return row.bytes(0); });
}

Result<std::vector<AvatarOwner>> Avatars::owners(const Jid &account) const
{
    return m_database.query("SELECT jid, avatar, bytes, source FROM avatar_owners WHERE account = ?", account)
        .all<AvatarOwner>([](const Statement &row) {
            return AvatarOwner{row.jid(0), row.text(1), quint32(row.integer(2)), AvatarSource(row.small(3))};
        });
}

Result<int> Avatars::count() const
{
    const auto number = m_database.query("SELECT count(*) FROM avatars").number();
    if (!number)
        return fail(number.error());
    return int(*number);
}

} // namespace store
