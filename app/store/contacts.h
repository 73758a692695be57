// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <QDateTime>

#include <vector>

namespace store {

/// One contact of an account's roster (RFC 6121 2.1.2).
struct RosterItem {
    Jid jid;
    QString name;
    std::vector<QString> groups;
    QString subscription; ///< The word of the RFC: none, to, from, both.
    bool asked = false;
    bool approved = false;

    friend bool operator==(const RosterItem &, const RosterItem &) = default;
};

/// Somebody asks to see our presence (RFC 6121 3.1); kept until it is answered.
struct SubscriptionRequest {
    Jid jid; ///< Bare.
    QString text;
    QDateTime time;
};

/// The rosters of the accounts, and who asks to be in them. Reads are const. The account must be stored.
class Contacts
{
public:
    explicit Contacts(Database &database) : m_database(database) { }

    /// The whole roster anew (RFC 6121 2.1.4). A null version: the server has none.
    Result<> replaceRoster(const Jid &account, const std::vector<RosterItem> &items, const QString &version);
    /// A push (RFC 6121 2.1.6). A null version leaves the stored one.
    Result<> putItem(const Jid &account, const RosterItem &item, const QString &version = {});
    /// False where there was none.
    Result<bool> removeItem(const Jid &account, const Jid &jid, const QString &version = {});
    Result<> setVersion(const Jid &account, const QString &version);
    /// Adds, or changes the one by the same JID.
    Result<> putRequest(const Jid &account, const SubscriptionRequest &request);
    Result<bool> removeRequest(const Jid &account, const Jid &jid);

    Result<std::vector<RosterItem>> roster(const Jid &account) const;
    /// Empty where none is stored.
    Result<QString> version(const Jid &account) const;
    /// Oldest first.
    Result<std::vector<SubscriptionRequest>> requests(const Jid &account) const;

private:
    Database &m_database;
};

} // namespace store
