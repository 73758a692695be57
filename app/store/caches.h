// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite.h"

#include <QDateTime>

#include <optional>

namespace store {

/// What can be fetched again: capabilities, host addresses. Each name space holds a limited number of
/// values and drops those not used for the longest time. Reads are const.
class Caches
{
public:
    explicit Caches(Database &database) : m_database(database) { }

    /// Stores a value, used `now`, and drops the oldest beyond `limit` of its name space.
    Result<> put(const QString &space, const QString &key, const QByteArray &value, const QDateTime &now, int limit);
    /// It was used.
    Result<> touch(const QString &space, const QString &key, const QDateTime &now);
    /// Drops the whole name space.
    Result<> clear(const QString &space);

    Result<std::optional<QByteArray>> value(const QString &space, const QString &key) const;
    Result<int> count(const QString &space) const;

private:
    Database &m_database;
};

} // namespace store
