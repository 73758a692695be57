// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>

namespace base {

/// One thread that runs functions in the order they were given. The only place, beside call/gstmedia, with a thread.
/// The answer comes back on the thread that asked, through its event loop.
class Worker
{
public:
    /// `name` is seen in debuggers, at most 15 characters.
    explicit Worker(const QString &name);
    /// Finishes what was given, then ends the thread; returns when nothing of the thread is left, what libraries keep for
    /// it included.
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// Runs `f()` on the thread. The work is queued when the task is awaited or started; dropping the task lets work
    /// already queued finish and forgets its answer.
    template<class F>
    Task<std::invoke_result_t<F>> run(F f)
    {
        using R = std::invoke_result_t<F>;
        if constexpr (std::is_void_v<R>) {
            Later<bool> later;
            post(makeJob(
                [f = std::move(f)]() mutable {
                    f();
                    return true;
                },
                later));
            co_await later;
        } else {
            Later<R> later;
            post(makeJob(std::move(f), later));
            co_return co_await later;
        }
    }
    /// Runs `f()` on the thread; nobody waits for it.
    void post(std::function<void()> f);
    /// Jobs given and not yet finished.
    int pending() const;
    bool isCurrentThread() const;

private:
    /// Calls `f` on the thread where this object was made; never, where the Worker is gone by then.
    void postHome(std::function<void()> f);

    template<class F, class R>
    std::function<void()> makeJob(F f, Later<R> later)
    {
        auto work = std::make_shared<F>(std::move(f));
        return [this, work, later]() mutable {
            auto value = std::make_shared<R>((*work)());
            // The Later and the closure are released at home: neither is made for two threads.
            postHome([work = std::move(work), later = std::move(later), value] { later.set(std::move(*value)); });
        };
    }

    void work();

    std::shared_ptr<QObject> m_home;
    std::atomic<int> m_pending = 0;
    std::mutex m_mutex;
    std::condition_variable m_given;
    std::deque<std::function<void()>> m_jobs; ///< Under the mutex, as is m_ends.
    bool m_ends = false;
    std::thread m_thread;
};

} // namespace base

using base::Worker;
