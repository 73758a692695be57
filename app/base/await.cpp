// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/await.h"

namespace base {

Task<void> sleep(Clock &clock, std::chrono::milliseconds duration)
{
    Later<bool> later;
    const Timer timer = clock.after(duration, [later] { later.set(true); });
    co_await later;
}

Task<void> all(std::vector<Task<void>> tasks)
{
    detail::AllAwaiter<void> awaiter{std::move(tasks)};
    co_await std::move(awaiter);
}

Task<int> firstOf(Task<void> a, Task<void> b)
{
    detail::FirstAwaiter<void, void> awaiter{{std::move(a), std::move(b)}};
    co_return co_await std::move(awaiter);
}

Task<int> firstOf(Task<void> a, Task<void> b, Task<void> c)
{
    detail::FirstAwaiter<void, void, void> awaiter{{std::move(a), std::move(b), std::move(c)}};
    co_return co_await std::move(awaiter);
}

} // namespace base
