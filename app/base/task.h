// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <utility>

namespace base {

template<class T>
class Task;

namespace detail {

/// What all coroutines under one Scope entry share. Coroutines are resumed only from its flat loop, never from inside
/// one another, so that a frame can be dropped at any moment without pulling the ground from under a running one.
class Root : public std::enable_shared_from_this<Root>
{
public:
    /// Lets `handle` go on: now, or, while a coroutine of this root runs, as soon as that one waits.
    void resume(std::coroutine_handle<> handle);
    /// The frame is about to be destroyed; it must not be resumed any more.
    void forget(std::coroutine_handle<> handle);
    /// Drops the whole tree: at once, or when the coroutine that runs now next waits.
    void drop();
    bool isDoomed() const { return m_doomed; }

    /// Starts `top`, whose frame this root owns from now on. `finished` is called once, when it ran to its end.
    void start(std::coroutine_handle<> top, std::function<void()> finished);
    ~Root();

private:
    void drain();
    void destroyTop();

    std::deque<std::coroutine_handle<>> m_ready;
    std::coroutine_handle<> m_top;
    std::function<void()> m_finished;
    bool m_running = false;
    bool m_doomed = false;
};

/// What every promise has, whatever its value.
struct PromiseBase {
    std::shared_ptr<Root> root;
    std::coroutine_handle<> continuation;
    /// Set instead of a continuation where several tasks are awaited at once.
    std::function<void()> onDone;

    std::suspend_always initial_suspend() noexcept { return {}; }
    struct Final {
        bool await_ready() noexcept { return false; }
        template<class P>
        void await_suspend(std::coroutine_handle<P> self) noexcept
        {
            PromiseBase &promise = self.promise();
            if (promise.onDone)
                promise.onDone();
            else if (promise.continuation)
                promise.root->resume(promise.continuation);
        }
        void await_resume() noexcept { }
    };
    Final final_suspend() noexcept { return {}; }
    [[noreturn]] void unhandled_exception() noexcept { std::terminate(); }
};

template<class T>
struct Promise : PromiseBase {
    std::optional<T> value;
    Task<T> get_return_object();
    template<class U>
    void return_value(U &&u)
    {
        value.emplace(std::forward<U>(u));
    }
};

template<>
struct Promise<void> : PromiseBase {
    Task<void> get_return_object();
    void return_void() { }
};

} // namespace detail

/// One answer later: a lazy coroutine with one owner. It starts when it is awaited or given to a Scope, and destroying
/// it cancels it together with everything it waits for. One thread only.
///
/// Rules for g++ 12, checked by the gate `coroutines`: parameters by value, no lambda that is a coroutine, no lambda on
/// a line with co_await.
template<class T = void>
class [[nodiscard]] Task
{
public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;
    using Value = T;

    Task() = default;
    explicit Task(Handle handle) : m_handle(handle) { }
    Task(Task &&other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) { }
    Task &operator=(Task &&other) noexcept
    {
        if (this != &other) {
            destroy();
            m_handle = std::exchange(other.m_handle, nullptr);
        }
        return *this;
    }
    ~Task() { destroy(); }

    bool isValid() const { return bool(m_handle); }
    /// For Scope, all() and firstOf(): gives the frame away.
    Handle release() { return std::exchange(m_handle, nullptr); }
    Handle handle() const { return m_handle; }

    struct Awaiter {
        Task task;
        bool await_ready() noexcept { return false; }
        template<class P>
        bool await_suspend(std::coroutine_handle<P> parent)
        {
            auto root = parent.promise().root;
            if (root->isDoomed())
                return true; // the tree is being dropped: never go on
            const Handle child = task.m_handle;
            child.promise().root = root;
            child.resume(); // runs until it ends or first waits
            if (root->isDoomed())
                return true;
            if (child.done())
                return false;
            child.promise().continuation = parent;
            return true;
        }
        T await_resume()
        {
            if constexpr (!std::is_void_v<T>)
                return std::move(*task.m_handle.promise().value);
        }
    };
    Awaiter operator co_await() && { return Awaiter{std::move(*this)}; }

private:
    void destroy()
    {
        if (const Handle handle = std::exchange(m_handle, nullptr)) {
            // Taken off the frame first: the root must outlive the frame's destructors.
            const auto root = std::move(handle.promise().root);
            if (root)
                root->forget(handle);
            handle.destroy();
        }
    }

    Handle m_handle;
};

template<class T>
Task<T> detail::Promise<T>::get_return_object()
{
    return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> detail::Promise<void>::get_return_object()
{
    return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// Owns running tasks. Its end cancels them all; a task that runs at that moment is dropped when it next waits.
class Scope
{
public:
    Scope() = default;
    Scope(const Scope &) = delete;
    Scope &operator=(const Scope &) = delete;
    ~Scope()
    {
        m_dying = true;
        cancel();
    }

    /// Starts `task` now; it runs until it first waits before this returns. A scope that is being destroyed drops it
    /// unstarted.
    void run(Task<void> task);
    /// Drops all tasks that there are now.
    void cancel();
    bool isEmpty() const { return m_roots.empty(); }
    int size() const { return int(m_roots.size()); }

private:
    std::list<std::shared_ptr<detail::Root>> m_roots;
    /// Tells a root that ends after its scope that there is nothing to tidy.
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    bool m_dying = false;
};

} // namespace base

using base::Scope;
using base::Task;
