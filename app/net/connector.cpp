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
constexpr std::chrono::seconds proxyLimit{60}; // Tor builds its way first

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

Task<void> Connector::addTargets(Race *race, Destination destination)
{
    auto targets = co_await m_resolver.resolve(std::move(destination));
    race->add(std::move(targets));
}

Task<Result<Connector::Connected>> Connector::race(Destination destination)
{
    Proxy proxy = destination.proxy;
    if (proxy.kind == Proxy::Kind::System) {
        const std::vector<Target> plain = plainTargets(destination);
        auto found = co_await m_resolver.proxyFor(plain.front().host, plain.front().port);
        if (!found)
            co_return fail(found.error());
        proxy = *found;
    }
    Race race(m_resolver, m_clock, proxy);
    const auto answer = race.start(destination.known);
    Scope resolving;
    if (proxy.isNone())
        resolving.run(addTargets(&race, std::move(destination)));
    else
        race.add(plainTargets(destination));
    auto winner = co_await answer;
    if (winner)
        tune(*winner->socket);
    co_return winner;
}

Task<Result<Connector::Connected>> Connector::connect(Destination destination)
{
    const auto limit = destination.proxy.isNone() ? connectLimit : proxyLimit;
    const QString domain = destination.domain;
    auto connected = co_await base::within(m_clock, limit, race(std::move(destination)));
    if (!connected && connected.error().kind == Error::Kind::Timeout)
        co_return fail(
            Error::Kind::Network, QStringLiteral("connect-timeout"),
            QStringLiteral("The server of %1 could not be reached within %2 s.").arg(domain).arg(limit.count()));
    co_return connected;
}

} // namespace net
