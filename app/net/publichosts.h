// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/resolver.h"

namespace net {

/// Whether the whole internet may reach this address: not loopback, private, link-local, multicast, or kept for documents
/// and trials (RFC 6890), also where it is written as IPv6 (mapped, NAT64, 6to4).
bool isPublic(const QHostAddress &address);
/// Whether this name may be one of the public DNS: no address that is not public, no `localhost`, no name without a dot, none
/// of those kept for local use (RFC 6761, RFC 6762, RFC 8375).
bool isPublicName(const QString &host);

/// Another resolver's answers without the addresses that are not public: what connects by these connects to no other
/// (RELIABILITY 1.44: what a name means is asked once, so it cannot change in between).
class PublicHosts final : public Resolver
{
public:
    explicit PublicHosts(Resolver &resolver) : m_resolver(resolver) { }

    Task<Result<std::vector<Target>>> resolve(Destination destination) override;
    /// Error: Input `address-private` where it has no public one; as the other's.
    Task<Result<QList<QHostAddress>>> addresses(QString host) override;
    Task<Result<Proxy>> proxyFor(QString host, quint16 port) override;

private:
    Resolver &m_resolver;
};

} // namespace net
