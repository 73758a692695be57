// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "base/result.h"

namespace automation {

/// Writes every stored message of the profile as JSON lines to `folder`/messages.jsonl, oldest first per chat; works on a
/// profile that is read-only or in use. Errors: Storage.
Task<Result<>> exportMessages(QString profile, QString folder);

} // namespace automation
