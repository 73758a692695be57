// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"

#include <QObject>

#include <tuple>
#include <variant>
#include <vector>

namespace base {

namespace detail {

/// The state shared by a Later and the one coroutine that awaits it.
template<class T>
struct LaterState {
    std::optional<T> value;
    std::shared_ptr<Root> root;
    std::coroutine_handle<> waiting;
    bool taken = false; ///< A value came while the waiting coroutine was queued or gone.
};

} // namespace detail

/// A place where one value will be put by callback code, once; a coroutine awaits it. The bridge from signals, sockets
/// and timers to Task. Copies share the place. If every copy goes without a value, the waiter waits until it is dropped.
template<class T>
class Later
{
public:
    Later() : m_state(std::make_shared<detail::LaterState<T>>()) { }

    /// Puts the value; a second one is ignored. The waiter goes on now, or when its root's running coroutine waits.
    void set(T value) const
    {
        const auto state = m_state;
        if (state->value || state->taken)
            return;
        state->value.emplace(std::move(value));
        if (state->waiting) {
            const auto root = std::exchange(state->root, nullptr);
            root->resume(std::exchange(state->waiting, nullptr));
        }
    }
    bool isSet() const { return m_state->value.has_value() || m_state->taken; }

    struct Awaiter {
        std::shared_ptr<detail::LaterState<T>> state;
        explicit Awaiter(std::shared_ptr<detail::LaterState<T>> s) : state(std::move(s)) { }
        Awaiter(Awaiter &&) = default;
        ~Awaiter()
        {
            if (state) { // dropped while waiting: nobody may be resumed
                state->waiting = nullptr;
                state->root = nullptr;
            }
        }
        bool await_ready() noexcept { return false; }
        template<class P>
        bool await_suspend(std::coroutine_handle<P> self)
        {
            const auto &root = self.promise().root;
            if (root->isDoomed())
                return true;
            if (state->value)
                return false;
            state->root = root;
            state->waiting = self;
            return true;
        }
        T await_resume()
        {
            state->taken = true;
            T value = std::move(*state->value);
            state->value.reset();
            return value;
        }
    };
    /// At most one coroutine awaits a Later, once.
    Awaiter operator co_await() const { return Awaiter(m_state); }

private:
    std::shared_ptr<detail::LaterState<T>> m_state;
};

/// Waits `duration` by `clock`. Dropping the task stops the timer.
Task<void> sleep(Clock &clock, std::chrono::milliseconds duration);

namespace detail {

/// Starts several tasks under the parent's root and resumes the parent when `needed` of them are done.
class Group
{
public:
    template<class T>
    void start(Task<T> &task, const std::shared_ptr<Root> &root)
    {
        auto &promise = task.handle().promise();
        promise.root = root;
        promise.onDone = [this, index = m_started++] { finished(index); };
        task.handle().resume();
    }
    void finished(int index)
    {
        if (m_first < 0)
            m_first = index;
        ++m_done;
        if (m_done == m_needed && m_parent)
            m_root->resume(std::exchange(m_parent, nullptr));
    }
    /// True where the parent must wait.
    bool wait(int needed, const std::shared_ptr<Root> &root, std::coroutine_handle<> parent)
    {
        m_needed = needed;
        if (m_done >= needed)
            return false;
        m_root = root;
        m_parent = parent;
        return true;
    }
    int first() const { return m_first; }
    bool isDone(int needed) const { return m_done >= needed; }

private:
    int m_started = 0;
    int m_done = 0;
    int m_needed = -1;
    int m_first = -1;
    std::shared_ptr<Root> m_root;
    std::coroutine_handle<> m_parent;
};

template<class T>
struct AllAwaiter {
    std::vector<Task<T>> tasks;
    std::unique_ptr<Group> group = std::make_unique<Group>();

    bool await_ready() noexcept { return tasks.empty(); }
    template<class P>
    bool await_suspend(std::coroutine_handle<P> parent)
    {
        const auto root = parent.promise().root;
        for (auto &task : tasks) {
            if (root->isDoomed())
                return true;
            group->start(task, root);
        }
        if (root->isDoomed())
            return true;
        return group->wait(int(tasks.size()), root, parent);
    }
    auto await_resume()
    {
        if constexpr (!std::is_void_v<T>) {
            std::vector<T> values;
            values.reserve(tasks.size());
            for (auto &task : tasks)
                values.push_back(std::move(*task.handle().promise().value));
            return values;
        }
    }
};

template<class... Ts>
struct FirstAwaiter {
    std::tuple<Task<Ts>...> tasks;
    std::unique_ptr<Group> group = std::make_unique<Group>();

    bool await_ready() noexcept { return false; }
    template<class P>
    bool await_suspend(std::coroutine_handle<P> parent)
    {
        const auto root = parent.promise().root;
        if (root->isDoomed())
            return true;
        startFrom<0>(root);
        if (root->isDoomed())
            return true;
        return group->wait(1, root, parent);
    }
    int await_resume() { return group->first(); }

    template<size_t I>
    void startFrom(const std::shared_ptr<Root> &root)
    {
        if constexpr (I < sizeof...(Ts)) {
            group->start(std::get<I>(tasks), root);
            if (!root->isDoomed() && !group->isDone(1))
                startFrom<I + 1>(root);
        }
    }
};

} // namespace detail

/// Runs the tasks together; goes on when all are done, with their values in order.
template<class T>
Task<std::vector<T>> all(std::vector<Task<T>> tasks)
{
    detail::AllAwaiter<T> awaiter{std::move(tasks)};
    co_return co_await std::move(awaiter);
}
Task<void> all(std::vector<Task<void>> tasks);

/// Runs the tasks together; goes on when the first is done, and drops the others. The index tells which it was; where
/// its value matters, let the task put it somewhere, or use within().
Task<int> firstOf(Task<void> a, Task<void> b);
Task<int> firstOf(Task<void> a, Task<void> b, Task<void> c);

namespace detail {
template<class T>
Task<void> keep(Task<T> task, std::optional<T> *place)
{
    T value = co_await std::move(task);
    place->emplace(std::move(value));
}
} // namespace detail

/// `task`, or Error Timeout after `limit`; the task is then dropped.
template<class T>
Task<Result<T>> within(Clock &clock, std::chrono::milliseconds limit, Task<Result<T>> task)
{
    std::optional<Result<T>> value;
    Task<void> work = detail::keep(std::move(task), &value);
    Task<void> alarm = sleep(clock, limit);
    const int first = co_await firstOf(std::move(work), std::move(alarm));
    if (first == 0)
        co_return std::move(*value);
    co_return fail(Error::Kind::Timeout, QStringLiteral("timeout"),
                   QStringLiteral("No answer within %1 s.").arg(double(limit.count()) / 1000));
}

/// Waits until `sender` emits `signal`, and gives its first argument (or nothing). Waits for ever where the sender dies
/// first, until the task is dropped.
template<class Object, class Arg>
Task<std::decay_t<Arg>> nextSignal(Object *sender, void (Object::*signal)(Arg))
{
    Later<std::decay_t<Arg>> later;
    QObject context;
    QObject::connect(sender, signal, &context, [later](const std::decay_t<Arg> &value) { later.set(value); });
    co_return co_await later;
}
template<class Object>
Task<void> nextSignal(Object *sender, void (Object::*signal)())
{
    Later<bool> later;
    QObject context;
    QObject::connect(sender, signal, &context, [later] { later.set(true); });
    co_await later;
}

} // namespace base

using base::Later;
