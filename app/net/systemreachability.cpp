// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/systemreachability.h"

#include <QNetworkInformation>
#include <QNetworkInterface>

#include <algorithm>

#ifdef Q_OS_LINUX
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace net {
namespace {

/// The addresses by which something outside could be reached, in an order of their own.
QList<QHostAddress> usableAddresses()
{
    QList<QHostAddress> addresses;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback() && !address.isLinkLocal())
            addresses.append(address);
    }
    std::sort(addresses.begin(), addresses.end(),
              [](const QHostAddress &a, const QHostAddress &b) { return a.toString() < b.toString(); });
    return addresses;
}

} // namespace

SystemReachability::SystemReachability(QObject *parent) : Reachability(parent)
{
    loadBackend();
    watchAddresses();
}

SystemReachability::~SystemReachability()
{
#ifdef Q_OS_LINUX
    m_notifier.reset();
    if (m_socket >= 0)
        ::close(m_socket);
#endif
}

void SystemReachability::loadBackend()
{
    using Feature = QNetworkInformation::Feature;
    const QNetworkInformation::Features most =
        Feature::Reachability | Feature::CaptivePortal | Feature::TransportMedium;
    bool isThere = QNetworkInformation::loadBackendByFeatures(most);
#ifndef Q_OS_LINUX
    // There it would be GLib's, which knows no more than the kernel tells, and may crash when the program ends.
    isThere = isThere || QNetworkInformation::loadBackendByFeatures(Feature::Reachability);
#endif
    if (!isThere)
        return;
    const QNetworkInformation *system = QNetworkInformation::instance();
    connect(system, &QNetworkInformation::reachabilityChanged, this, &Reachability::changed);
    connect(system, &QNetworkInformation::isBehindCaptivePortalChanged, this, &Reachability::changed);
    connect(system, &QNetworkInformation::transportMediumChanged, this, &Reachability::changed);
}

NetworkState SystemReachability::state() const
{
    const QNetworkInformation *system = QNetworkInformation::instance();
    if (!system)
        return {};
    return {system->reachability() == QNetworkInformation::Reachability::Disconnected, system->isBehindCaptivePortal()};
}

#ifdef Q_OS_LINUX
/// rtnetlink(7). A sandbox that allows no such socket only costs the notice.
void SystemReachability::watchAddresses()
{
    m_socket = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (m_socket < 0)
        return;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return;
    m_addresses = usableAddresses();
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SystemReachability::readAddresses);
}

/// What changed is asked for anew: routers renew addresses all day, and that is no change. So it does not matter either
/// where the socket's buffer ran over.
void SystemReachability::readAddresses()
{
    char buffer[8192];
    while (::recv(m_socket, buffer, sizeof buffer, 0) > 0) { }
    QList<QHostAddress> addresses = usableAddresses();
    if (addresses == m_addresses)
        return;
    m_addresses = std::move(addresses);
    Q_EMIT changed();
}
#else
void SystemReachability::watchAddresses() { }
void SystemReachability::readAddresses() { }
#endif

} // namespace net
