// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/connector.h"

#include "net/race.h"

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace net {
namespace {

constexpr std::chrono::seconds connectLimit{30};

/// Small packets at once, and a dead peer noticed: RELIABILITY 2.6, half-open TCP.
void tune(QTcpSocket &socket)
{
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
#ifdef Q_OS_LINUX
    const unsigned milliseconds = 30'000;
    ::setsockopt(int(socket.socketDescriptor()), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
#endif
}

} // namespace

void DropSocket::operator()(QTcpSocket *socket) const
{
    socket->disconnect();
    socket->flush(); // a last alert, where the system takes it at once
    socket->abort();
    socket->deleteLater();
}

Task<Result<Connector::Connected>> Connector::race(Destination destination)
{
    std::vector<Target> targets;
    if (m_proxy.type() == QNetworkProxy::NoProxy) {
        auto resolved = co_await m_resolver.resolve(destination);
        if (!resolved)
            co_return fail(resolved.error());
        targets = std::move(*resolved);
    } else {
        targets = plainTargets(destination);
    }
    Race race(m_resolver, m_clock, m_proxy, std::move(targets));
    const auto answer = race.start();
    auto winner = co_await answer;
    if (winner)
        tune(*winner->socket);
    co_return winner;
}

Task<Result<Connector::Connected>> Connector::connect(Destination destination)
{
    auto connected = co_await base::within(m_clock, connectLimit, race(destination));
    if (!connected && connected.error().kind == Error::Kind::Timeout)
        co_return fail(Error::Kind::Network, QStringLiteral("connect-timeout"),
                       QStringLiteral("The server of %1 could not be reached within %2 s.")
                           .arg(destination.domain)
                           .arg(connectLimit.count()));
    co_return connected;
}

} // namespace net
