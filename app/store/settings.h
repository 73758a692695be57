// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite.h"

#include <QJsonObject>

namespace store {

/// Settings of the profile: a name and any JSON value. Reads are const.
class Settings
{
public:
    explicit Settings(Database &database) : m_database(database) { }

    Result<> set(const QString &key, const QJsonValue &value);
    /// False where there was none.
    Result<bool> remove(const QString &key);

    /// Undefined where none is set.
    Result<QJsonValue> value(const QString &key) const;
    Result<QJsonObject> all() const;

private:
    Database &m_database;
};

} // namespace store
