// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <optional>

namespace store {

/// Small opaque values that an account keeps across restarts: stream-management state, tokens. Reads are const. The
/// account must be stored.
class Records
{
public:
    explicit Records(Database &database) : m_database(database) { }

    Result<> put(const Jid &account, const QString &key, const QByteArray &value);
    /// False where there was none.
    Result<bool> remove(const Jid &account, const QString &key);

    Result<std::optional<QByteArray>> value(const Jid &account, const QString &key) const;

private:
    Database &m_database;
};

} // namespace store
