// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// What this process takes from the heap. Counts every malloc, so also what Qt, expat and SQLite take, not only
/// operator new. Works with the GNU C library and without sanitizers; elsewhere isCounted() is false and all is 0.
namespace bench::heap {

bool isCounted();
/// Calls of malloc, calloc and realloc since the start, by all threads.
qint64 allocations();
/// Bytes that are allocated now, with the allocator's own overhead.
qint64 liveBytes();

} // namespace bench::heap
