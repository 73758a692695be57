// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "base/result.h"

#include <chrono>

namespace xmpp {

/// When to try again after a connection broke or could not be made: exponential with full jitter, so that a server that
/// comes back is not stormed (RELIABILITY 2.6).
class Reconnect
{
public:
    static constexpr std::chrono::milliseconds least{100};
    static constexpr std::chrono::milliseconds first{1000};
    static constexpr std::chrono::milliseconds most{5 * 60 * 1000};
    /// After `system-shutdown`: a restart takes a moment, and all its users return.
    static constexpr std::chrono::milliseconds restart{10 * 1000};
    /// At least this where the server says that we ask too much of it.
    static constexpr std::chrono::milliseconds strained{30 * 1000};
    /// At least this where only people can mend what is wrong: a certificate, a domain that is served no more.
    static constexpr std::chrono::milliseconds slow{60 * 1000};
    /// At most this, the first time, where the server expects us back at once.
    static constexpr std::chrono::milliseconds soon{250};
    /// Where the network wants a sign-in in a browser: between this ...
    static constexpr std::chrono::milliseconds portalLeast{5 * 1000};
    /// ... and at most this, for whoever has just signed in there does not want to wait.
    static constexpr std::chrono::milliseconds portalMost{60 * 1000};
    /// A session that ran this long was a good one: the next pause is short again.
    static constexpr std::chrono::milliseconds stable{60 * 1000};

    explicit Reconnect(Random &random) : m_random(random) { }

    /// The pause after `error`, by chance between `least` and a bound that doubles each time. `most` where there is no
    /// network: its return is told, and this is for the case that it is not.
    std::chrono::milliseconds next(const Error &error);
    /// Starts short again: a session ran well, the person asked, the network changed.
    void reset() { m_bound = first; }

private:
    Random &m_random;
    std::chrono::milliseconds m_bound = first;
};

} // namespace xmpp
