// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/heap.h"

#include <atomic>
#include <cstdlib>

#if defined(__GLIBC__) && !defined(BALCONY_SANITIZED)
#define BENCH_COUNTS_HEAP
#include <malloc.h>
#endif

#ifdef BENCH_COUNTS_HEAP
namespace {
std::atomic<qint64> calls{0};
}

// The C library lets a program put its own in the place of these, for every library in the process.
extern "C" {
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

void *malloc(size_t size) noexcept
{
    calls.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) noexcept
{
    calls.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}
void *realloc(void *block, size_t size) noexcept
{
    calls.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(block, size);
}
}

namespace bench::heap {

bool isCounted()
{
    return true;
}
qint64 allocations()
{
    return calls.load(std::memory_order_relaxed);
}
qint64 liveBytes()
{
    const struct mallinfo2 all = mallinfo2();
    return qint64(all.uordblks + all.hblkhd);
}

} // namespace bench::heap

#else

namespace bench::heap {

bool isCounted()
{
    return false;
}
qint64 allocations()
{
    return 0;
}
qint64 liveBytes()
{
    return 0;
}

} // namespace bench::heap

#endif
