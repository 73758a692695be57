// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite.h"

namespace store {

/// Takes over what can still be read of a damaged database into a new one that has the schema already, in one
/// transaction. Gives the number of rows; 0 where nothing can be read.
Result<qint64> salvage(Database &database, const QString &damagedPath, const QByteArray &vfs);

} // namespace store
