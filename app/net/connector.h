// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/resolver.h"

#include <QTcpSocket>

namespace net {

class Race;

/// Drops a socket at once, also from a slot of its own signals.
struct DropSocket {
    void operator()(QTcpSocket *socket) const;
};
using SocketPtr = std::unique_ptr<QTcpSocket, DropSocket>;

/// Finds a TCP connection to a destination: all targets and both address families race, each attempt 250 ms after the one
/// before or as soon as that one failed (RFC 8305). Where the destination knows an endpoint it starts first, and DNS is
/// asked meanwhile. The winner's socket is tuned for chat; the rest is dropped.
///
/// Under a proxy, names are resolved by the proxy, and no SRV question leaves this computer (RELIABILITY 4.5).
class Connector
{
public:
    struct Connected {
        SocketPtr socket;
        Endpoint endpoint;
    };
    Connector(Resolver &resolver, Clock &clock) : m_resolver(resolver), m_clock(clock) { }

    /// Error: Network, with `host-unknown`, `dns-failed`, `service-not-offered`, `connection-refused`,
    /// `network-unreachable`, `proxy-unreachable`, `proxy-failed`, `proxy-auth`, or `connect-timeout` after 30 s, under a
    /// proxy 60 s.
    Task<Result<Connected>> connect(Destination destination);

private:
    Task<Result<Connected>> race(Destination destination);
    Task<void> addTargets(Race *race, Destination destination);

    Resolver &m_resolver;
    Clock &m_clock;
};

} // namespace net
