// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>
#include <memory>

namespace base {

/// A running timer; its end stops the clock's call. Movable, one owner.
class Timer
{
public:
    Timer() = default;
    explicit Timer(std::shared_ptr<void> state) : m_state(std::move(state)) { }
    bool isActive() const { return m_state != nullptr; }
    void stop() { m_state.reset(); }

private:
    std::shared_ptr<void> m_state;
};

/// Time, handed in so that tests can turn it by hand. Deadlines use the monotonic side; only what is shown or sent uses
/// the wall clock, which may jump. One thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall-clock time in UTC, millisecond resolution.
    virtual QDateTime now() const = 0;
    /// Never goes back; its zero is arbitrary.
    virtual std::chrono::milliseconds monotonic() const = 0;
    /// Calls `f` once, `delay` from now, unless the Timer goes first. `f` may drop the Timer.
    [[nodiscard]] virtual Timer after(std::chrono::milliseconds delay, std::function<void()> f) = 0;
    /// Calls `f` each `period` until the Timer goes.
    [[nodiscard]] virtual Timer every(std::chrono::milliseconds period, std::function<void()> f) = 0;
};

/// The real clock, on QTimer.
class SystemClock final : public Clock
{
public:
    QDateTime now() const override;
    std::chrono::milliseconds monotonic() const override;
    Timer after(std::chrono::milliseconds delay, std::function<void()> f) override;
    Timer every(std::chrono::milliseconds period, std::function<void()> f) override;
};

} // namespace base

using base::Clock;
using base::Timer;
