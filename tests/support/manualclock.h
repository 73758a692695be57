// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <map>

namespace tests {

/// Time that stands still until a test turns it. Timers fire in the order of their due times, inside advance().
class ManualClock final : public Clock
{
public:
    QDateTime now() const override { return m_start.addMSecs(qint64(m_elapsed.count())); }
    std::chrono::milliseconds monotonic() const override { return m_elapsed; }
    [[nodiscard]] Timer after(std::chrono::milliseconds delay, std::function<void()> f) override
    {
        return add(delay, std::chrono::milliseconds(0), std::move(f));
    }
    [[nodiscard]] Timer every(std::chrono::milliseconds period, std::function<void()> f) override
    {
        return add(period, std::max(period, std::chrono::milliseconds(1)), std::move(f));
    }

    void setNow(const QDateTime &now) { m_start = now.addMSecs(-qint64(m_elapsed.count())); }
    /// Lets time pass; what is due fires at its own moment, also what such a call starts anew.
    void advance(std::chrono::milliseconds time)
    {
        const auto end = m_elapsed + time;
        while (!m_timers.empty() && m_timers.begin()->first.first <= end) {
            const auto entry = m_timers.extract(m_timers.begin());
            const std::shared_ptr<State> state = entry.mapped().lock();
            if (!state)
                continue;
            m_elapsed = std::max(m_elapsed, entry.key().first);
            const auto call = state->call;
            if (state->period.count() > 0)
                put(m_elapsed + state->period, state);
            call();
        }
        m_elapsed = end;
    }
    /// Timers that somebody still holds.
    int running() const
    {
        int count = 0;
        for (const auto &[when, state] : m_timers)
            count += state.expired() ? 0 : 1;
        return count;
    }

private:
    struct State {
        std::chrono::milliseconds period;
        std::function<void()> call;
    };
    Timer add(std::chrono::milliseconds delay, std::chrono::milliseconds period, std::function<void()> f)
    {
        const auto state = std::make_shared<State>(State{period, std::move(f)});
        put(m_elapsed + std::max(delay, std::chrono::milliseconds(0)), state);
        return Timer(state);
    }
    void put(std::chrono::milliseconds when, const std::shared_ptr<State> &state)
    {
        m_timers.emplace(std::pair(when, m_next++), state);
    }

    QDateTime m_start = QDateTime(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
    std::chrono::milliseconds m_elapsed{0};
    qint64 m_next = 0;
    std::map<std::pair<std::chrono::milliseconds, qint64>, std::weak_ptr<State>> m_timers;
};

} // namespace tests
