// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "base/random.h"
#include "base/worker.h"
#include "net/transport.h"

#include <vector>

namespace net {

/// One SRV record (RFC 2782).
struct SrvRecord {
    QString target; ///< Empty or `.`: decidedly not offered here.
    quint16 port = 0;
    quint16 priority = 0;
    quint16 weight = 0;
    bool direct = false; ///< From _xmpps-client, not _xmpp-client.
};

/// The records in the order in which they are tried: by priority, and within one by chance according to weight (RFC 2782;
/// XEP-0368 4 merges both services). Records that say "not offered" are left out.
std::vector<SrvRecord> order(std::vector<SrvRecord> records, Random &random);

/// The questions to DNS and to the desktop: the seam under SystemResolver.
class Lookup
{
public:
    virtual ~Lookup() = default;
    /// The SRV records of `name`, unordered; empty where there are none. Error: Network, `dns-failed`.
    virtual Task<Result<std::vector<SrvRecord>>> services(QString name) = 0;
    /// The addresses of both families in the order of preference (RFC 6724). Error: Network, `host-unknown`, `dns-failed`.
    virtual Task<Result<QList<QHostAddress>>> addresses(QString host) = 0;
    /// The proxy that the system wants for TCP to `host`; never of Kind::System.
    virtual Task<Result<Proxy>> proxyFor(QString host, quint16 port);
};

/// The operating system's resolver, by Qt. IP addresses answer for themselves.
class SystemLookup final : public Lookup
{
public:
    /// The system's proxies are looked up on `worker`, as that may take its time; at once where it is null.
    explicit SystemLookup(Worker *worker = nullptr) : m_worker(worker) { }
    Task<Result<std::vector<SrvRecord>>> services(QString name) override;
    Task<Result<QList<QHostAddress>>> addresses(QString host) override;
    Task<Result<Proxy>> proxyFor(QString host, quint16 port) override;

private:
    Worker *m_worker;
};

/// Where a domain's XMPP servers are. A seam: tests hand in their own.
class Resolver
{
public:
    virtual ~Resolver() = default;
    /// The targets in the order of trial, at least one. Error: Network `service-not-offered`.
    virtual Task<Result<std::vector<Target>>> resolve(Destination destination) = 0;
    /// Error: Network `host-unknown`, `dns-failed`.
    virtual Task<Result<QList<QHostAddress>>> addresses(QString host) = 0;
    /// The system's proxy for `host`, None where it has none. Error: Network `proxy-failed`.
    virtual Task<Result<Proxy>> proxyFor(QString host, quint16 port);
};

/// RFC 6120 3.2 and XEP-0368: both SRV services asked at once, with 5 s for an answer; without records, or where DNS does
/// not answer, the domain itself at 5222 by STARTTLS, and at 5223 by direct TLS last. A host or port given by the user
/// skips SRV. Discovery by TXT records or host-meta is never used (RELIABILITY 1.29).
class SystemResolver final : public Resolver
{
public:
    SystemResolver(Lookup &lookup, Clock &clock, Random &random)
        : m_lookup(lookup), m_clock(clock), m_random(random) { }

    Task<Result<std::vector<Target>>> resolve(Destination destination) override;
    Task<Result<QList<QHostAddress>>> addresses(QString host) override;
    Task<Result<Proxy>> proxyFor(QString host, quint16 port) override;

private:
    Task<Result<std::vector<SrvRecord>>> services(QString domain, bool direct);

    Lookup &m_lookup;
    Clock &m_clock;
    Random &m_random;
};

/// The targets that need no DNS: what the user gave, or RFC 6120 3.2.2's fall-back.
std::vector<Target> plainTargets(const Destination &destination);

} // namespace net
