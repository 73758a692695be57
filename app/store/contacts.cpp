// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/contacts.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace store {
namespace {

QString groupsToText(const std::vector<QString> &groups)
{
    QJsonArray list;
    for (const QString &group : groups)
        list.append(group);
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

RosterItem readItem(const Statement &row)
{
    RosterItem item{row.jid(0), row.text(1), {}, row.text(3), row.flag(4), row.flag(5)};
    const QJsonArray groups = QJsonDocument::fromJson(row.text(2).toUtf8()).array();
    for (const QJsonValue group : groups)
        item.groups.push_back(group.toString());
    return item;
}

} // namespace

Result<> Contacts::replaceRoster(const Jid &account, const std::vector<RosterItem> &items, const QString &version)
{
    if (auto done = m_database.query("DELETE FROM roster_items WHERE account = ?", account).run(); !done)
        return done;
    for (const RosterItem &item : items) {
        if (auto done = putItem(account, item); !done)
            return done;
    }
    return setVersion(account, orEmpty(version));
}

Result<> Contacts::putItem(const Jid &account, const RosterItem &item, const QString &version)
{
    auto done =
        m_database
            .query("INSERT OR REPLACE INTO roster_items (account, jid, name, groups, subscription, asked, approved) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?)",
                   account, item.jid, orEmpty(item.name), groupsToText(item.groups), orEmpty(item.subscription),
                   item.asked, item.approved)
            .run();
    if (!done || version.isNull())
        return done;
    return setVersion(account, version);
}

Result<bool> Contacts::removeItem(const Jid &account, const Jid &jid, const QString &version)
{
    if (auto done = m_database.query("DELETE FROM roster_items WHERE account = ? AND jid = ?", account, jid).run();
        !done)
        return fail(done.error());
    const bool removed = m_database.changes() > 0;
    if (!version.isNull()) {
        if (auto done = setVersion(account, version); !done)
            return fail(done.error());
    }
    return removed;
}

Result<> Contacts::setVersion(const Jid &account, const QString &version)
{
    return m_database.query("UPDATE accounts SET roster_version = ? WHERE jid = ?", orEmpty(version), account).run();
}

Result<> Contacts::putRequest(const Jid &account, const SubscriptionRequest &request)
{
    return m_database
        .query("INSERT OR REPLACE INTO subscription_requests (account, jid, status, time) VALUES (?, ?, ?, ?)", account,
               request.jid, orEmpty(request.text), request.time)
        .run();
}

Result<bool> Contacts::removeRequest(const Jid &account, const Jid &jid)
{
    if (auto done =
            m_database.query("DELETE FROM subscription_requests WHERE account = ? AND jid = ?", account, jid).run();
        !done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<std::vector<RosterItem>> Contacts::roster(const Jid &account) const
{
    return m_database
        .query(
            "SELECT jid, name, groups, subscription, asked, approved FROM roster_items WHERE account = ? ORDER BY jid",
            account)
        .all<RosterItem>(readItem);
}

Result<QString> Contacts::version(const Jid &account) const
{
    const auto row = m_database.query("SELECT roster_version FROM accounts WHERE jid = ?", account)
                         .one<QString>([](const Statement &s) { return s.text(0); });
    if (!row)
        return fail(row.error());
    return row->value_or(QString());
}

Result<std::vector<SubscriptionRequest>> Contacts::requests(const Jid &account) const
{
    return m_database
        .query("SELECT jid, status, time FROM subscription_requests WHERE account = ? ORDER BY time, jid", account)
        .all<SubscriptionRequest>([](const Statement &row) {
            return SubscriptionRequest{row.jid(0), row.text(1), row.time(2)};
        });
}

} // namespace store
