// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

#include <algorithm>
#include <chrono>

namespace xmpp {

/// When to try again: exponential, with full jitter so that a restarted server is not stormed (RELIABILITY 2.6).
class Reconnect
{
public:
    static constexpr std::chrono::milliseconds first{1000};
    static constexpr std::chrono::milliseconds most{5 * 60 * 1000};

    explicit Reconnect(Random &random) : m_random(random) { }

    /// The pause before the next attempt: half of it certain, half by chance; the bound doubles each time.
    std::chrono::milliseconds next()
    {
        const auto bound = m_bound;
        m_bound = std::min(m_bound * 2, most);
        const auto half = bound.count() / 2;
        return std::chrono::milliseconds(half + m_random.below(quint32(half) + 1));
    }
    /// Starts short again: a session ran, the person asked, the network changed.
    void reset() { m_bound = first; }

private:
    Random &m_random;
    std::chrono::milliseconds m_bound = first;
};

} // namespace xmpp
