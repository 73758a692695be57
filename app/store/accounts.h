// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace store {

/// An account's row. No secret is in it.
struct Account {
    Jid jid; ///< Bare.
    bool enabled = true;
    QJsonObject config; ///< Whatever the layers above keep.
};

/// The accounts of the profile, in the order in which they were added. Reads are const.
class Accounts
{
public:
    explicit Accounts(Database &database) : m_database(database) { }

    /// Adds the account at the end, or changes the one of that JID.
    Result<> put(const Account &account);
    Result<> setEnabled(const Jid &jid, bool enabled);
    /// Takes the account and everything that is stored for it away. False where there was none.
    Result<bool> remove(const Jid &jid);

    Result<std::vector<Account>> all() const;
    Result<std::optional<Account>> byJid(const Jid &jid) const;

private:
    Database &m_database;
};

} // namespace store
