// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <algorithm>
#include <functional>
#include <utility>

namespace tests {

/// Lives in a coroutine's frame and counts: how many there are, how many there were at once at most.
class Live
{
public:
    Live() { enter(); }
    Live(const Live &) { enter(); }
    Live(Live &&) noexcept { enter(); }
    Live &operator=(const Live &) = default;
    ~Live() { --s_count; }

    static int count() { return s_count; }
    static int most() { return s_most; }
    static void reset() { s_count = s_most = 0; }

private:
    static void enter() { s_most = std::max(s_most, ++s_count); }
    static inline int s_count = 0;
    static inline int s_most = 0;
};

/// Calls a function at its end, as destructors of frames do.
class AtEnd
{
public:
    explicit AtEnd(std::function<void()> f) : m_call(std::move(f)) { }
    AtEnd(AtEnd &&other) noexcept : m_call(std::exchange(other.m_call, nullptr)) { }
    AtEnd &operator=(AtEnd &&) = delete;
    ~AtEnd()
    {
        if (m_call)
            m_call();
    }

private:
    std::function<void()> m_call;
};

} // namespace tests
