// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/resolver.h"

#include <QNetworkProxy>
#include <QTcpSocket>

namespace net {

/// Drops a socket at once, also from a slot of its own signals.
struct DropSocket {
    void operator()(QTcpSocket *socket) const;
};
using SocketPtr = std::unique_ptr<QTcpSocket, DropSocket>;

/// Finds a TCP connection to a destination: all targets and both address families race, each attempt 250 ms after the one
/// before or as soon as that one failed (RFC 8305). The winner's socket is tuned for chat; the rest is dropped.
class Connector
{
public:
    struct Connected {
        SocketPtr socket;
        Target target;
    };
    Connector(Resolver &resolver, Clock &clock) : m_resolver(resolver), m_clock(clock) { }

    /// With a proxy, names are resolved by the proxy, and no SRV question leaves this computer (RELIABILITY 4.5).
    void setProxy(const QNetworkProxy &proxy) { m_proxy = proxy; }
    /// Error: Network, with `host-unknown`, `dns-failed`, `connection-refused`, `network-unreachable`, `proxy-failed`,
    /// or `connect-timeout` after 30 s.
    Task<Result<Connected>> connect(Destination destination);

private:
    Task<Result<Connected>> race(Destination destination);

    Resolver &m_resolver;
    Clock &m_clock;
    QNetworkProxy m_proxy{QNetworkProxy::NoProxy};
};

} // namespace net
