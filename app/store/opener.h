// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

namespace store {

/// What opening a profile gives: a connection that writes, or none where the profile can only be read.
struct Opening {
    std::unique_ptr<Database> writer;
    bool readOnly = false;
    Opened report;
};

/// Looks at the profile's files, opens, checks and migrates the database. The lock is held already, unless `readOnly`.
Result<Opening> openProfile(const StoreOptions &options, bool readOnly);

/// Opens another connection, to read, to a database that is open; `copyFolder` is set to a folder for a copy where the
/// files cannot be read in their place.
Result<std::unique_ptr<Database>> openReading(const StoreOptions &options, bool readOnlyProfile,
                                              const QString &copyFolder);

} // namespace store
