// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/reachability.h"

#include <QHostAddress>
#include <QList>
#include <QSocketNotifier>

#include <memory>

namespace net {

/// The system's own word (QNetworkInformation, where the platform has a backend) and, on Linux, what the kernel tells of
/// this computer's addresses: a VPN that comes or goes is in no backend's state. Where there is neither, nothing is told.
class SystemReachability final : public Reachability
{
    Q_OBJECT
public:
    explicit SystemReachability(QObject *parent = nullptr);
    ~SystemReachability() override;

    NetworkState state() const override;

private:
    void loadBackend();
    void watchAddresses();
    void readAddresses();

    int m_socket = -1; ///< Netlink's.
    std::unique_ptr<QSocketNotifier> m_notifier;
    QList<QHostAddress> m_addresses;
};

} // namespace net
