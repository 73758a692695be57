// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite.h"

namespace store {

/// How many rows came from where.
struct Salvaged {
    qint64 fromDamaged = 0; ///< 0 where nothing could be read.
    qint64 fromBackup = 0;
};

/// Takes over what can still be read of a damaged database into a new one that has the schema already, and of the tables
/// that it does not give whole what `backup` (null: there is none) has more, all in one transaction.
Result<Salvaged> salvage(Database &database, const QString &damagedPath, const QByteArray &vfs, const QString &backup);

} // namespace store
