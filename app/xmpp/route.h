// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/transport.h"

#include <deque>

namespace xmpp {

/// Where an account's next attempt goes: what the person set, the endpoint that worked last, and where the server sent
/// us (RELIABILITY 1.30). A change of what the person set forgets the rest.
class Route
{
public:
    /// see-other-host is followed so often ...
    static constexpr size_t mostRedirects = 3;
    /// ... within this.
    static constexpr std::chrono::minutes redirectTime{10};

    explicit Route(Clock &clock) : m_clock(clock) { }

    /// What to open now, for `configured`.
    net::Destination next(const net::Destination &configured);
    /// The attempt of next() signed in, by `endpoint`.
    void succeeded(const std::optional<net::Endpoint> &endpoint);
    /// The attempt of next() failed, after it had come as far as `endpoint` where there is one: that one is not tried
    /// first in the very next attempt.
    void failed(const std::optional<net::Endpoint> &endpoint);
    /// A server whose certificate was proven sent us to `place`: a host, or host:port, IPv6 in brackets (RFC 6120
    /// 4.9.3.19). True where the next attempt goes there.
    bool redirect(const QString &place);
    /// Where the account got online last, under this configuration.
    const std::optional<net::Endpoint> &known() const { return m_known; }

private:
    struct Place {
        QString host;
        quint16 port = 0;
    };
    static std::optional<Place> parse(const QString &text);

    Clock &m_clock;
    std::optional<net::Destination> m_configured;
    std::optional<net::Endpoint> m_known;
    std::optional<Place> m_elsewhere;
    bool m_isElsewhere = false; ///< The running attempt follows a redirect.
    bool m_passOver = false;
    std::deque<std::chrono::milliseconds> m_redirects;
};

} // namespace xmpp
