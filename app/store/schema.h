// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite.h"

namespace store::schema {

/// "Blcn": what the database's header says that it is.
constexpr qint64 applicationId = 0x426c636e;

/// The newest version this program knows: the number of its steps.
int newestVersion();

/// Brings the database from its version to `target` (0: the newest), each step in one transaction, and gives the version
/// it had. Errors: Storage `database-newer`, or what SQLite says; then the step has changed nothing.
Result<int> migrate(Database &database, int target = 0);

} // namespace store::schema
