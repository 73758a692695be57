// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/resolver.h"

#include <QDnsLookup>
#include <QHostInfo>
#include <QNetworkProxy>
#include <QUrl>

#include <algorithm>
#include <numeric>

namespace net {
namespace {

constexpr std::chrono::seconds dnsLimit{5};
constexpr quint16 startTlsPort = 5222;
constexpr quint16 directPort = 5223;
constexpr quint16 httpsPort = 443;
// Nobody runs more; a hostile zone may list thousands.
constexpr size_t mostRecords = 16;

bool isRefusal(const SrvRecord &record)
{
    return record.target.isEmpty() || record.target == u".";
}

/// Moves one record of [first, last), which share a priority, to the front (RFC 2782, "Weight").
template<class Iterator>
void drawOne(Iterator first, Iterator last, Random &random)
{
    const auto total =
        std::accumulate(first, last, quint32(0), [](quint32 sum, const SrvRecord &r) { return sum + r.weight; });
    const quint32 drawn = random.below(total + 1);
    quint32 sum = 0;
    const auto chosen = std::find_if(first, last, [&](const SrvRecord &r) { return (sum += r.weight) >= drawn; });
    std::rotate(first, chosen, chosen + 1);
}

QString ascii(const QString &host)
{
    if (!QHostAddress(host).isNull())
        return host;
    const QString name = host.endsWith(u'.') ? host.chopped(1) : host;
    const QString ace = QString::fromLatin1(QUrl::toAce(name));
    return ace.isEmpty() ? name : ace; // service labels with underscores are no IDN, but are names
}

/// Records of the sorts that `tls` allows.
bool isWanted(TlsMode tls, bool direct)
{
    return tls == TlsMode::Automatic || (tls == TlsMode::Direct) == direct;
}

} // namespace

std::vector<SrvRecord> order(std::vector<SrvRecord> records, Random &random)
{
    std::erase_if(records, isRefusal);
    // Weight 0 first within a priority, so that it keeps its very small chance.
    std::stable_sort(records.begin(), records.end(), [](const SrvRecord &a, const SrvRecord &b) {
        return a.priority != b.priority ? a.priority < b.priority : (a.weight == 0 && b.weight != 0);
    });
    for (auto at = records.begin(); at != records.end(); ++at) {
        const auto last =
            std::find_if(at, records.end(), [&](const SrvRecord &r) { return r.priority != at->priority; });
        drawOne(at, last, random);
    }
    if (records.size() > mostRecords)
        records.resize(mostRecords);
    return records;
}

std::vector<Target> plainTargets(const Destination &destination)
{
    const QString domain = destination.lookup.isEmpty() ? destination.domain : destination.lookup;
    const QString host = ascii(destination.host.isEmpty() ? domain : destination.host);
    const quint16 port = destination.port;
    if (port != 0) {
        const bool usual = port == directPort || port == httpsPort;
        return {{host, port, destination.tls == TlsMode::Automatic ? usual : destination.tls == TlsMode::Direct}};
    }
    std::vector<Target> result;
    if (isWanted(destination.tls, false))
        result.push_back({host, startTlsPort, false});
    if (isWanted(destination.tls, true))
        result.push_back({host, directPort, true});
    return result;
}

Task<Result<std::vector<SrvRecord>>> SystemResolver::services(QString domain, bool direct)
{
    const QString name =
        (direct ? QStringLiteral("_xmpps-client._tcp.") : QStringLiteral("_xmpp-client._tcp.")) + domain;
    auto records = co_await base::within(m_clock, dnsLimit, m_lookup.services(name));
    if (records) {
        for (SrvRecord &record : *records)
            record.direct = direct;
    }
    co_return records;
}

Task<Result<std::vector<Target>>> SystemResolver::resolve(Destination destination)
{
    const QString domain = destination.lookup.isEmpty() ? destination.domain : destination.lookup;
    const bool fixed = !destination.host.isEmpty() || destination.port != 0 || !QHostAddress(domain).isNull();
    if (fixed)
        co_return plainTargets(destination);
    std::vector<Task<Result<std::vector<SrvRecord>>>> questions;
    for (const bool direct : {false, true}) {
        if (isWanted(destination.tls, direct))
            questions.push_back(services(domain, direct));
    }
    auto answers = co_await base::all(std::move(questions));
    std::vector<SrvRecord> records;
    for (const auto &answer : answers) {
        // A question without an answer counts as no records: the certificate still has to prove the domain.
        if (answer)
            records.insert(records.end(), answer->begin(), answer->end());
    }
    if (records.empty())
        co_return plainTargets(destination);
    std::vector<Target> targets;
    for (const SrvRecord &record : order(std::move(records), m_random))
        targets.push_back({ascii(record.target), record.port, record.direct});
    if (targets.empty())
        co_return fail(Error::Kind::Network, QStringLiteral("service-not-offered"),
                       QStringLiteral("%1 says in DNS that it has no XMPP service for clients.").arg(domain));
    co_return targets;
}

Task<Result<QList<QHostAddress>>> SystemResolver::addresses(QString host)
{
    auto found = co_await base::within(m_clock, dnsLimit, m_lookup.addresses(host));
    if (!found && found.error().kind == Error::Kind::Timeout)
        co_return fail(
            Error::Kind::Network, QStringLiteral("dns-failed"),
            QStringLiteral("DNS did not say within %1 s what the address of %2 is.").arg(dnsLimit.count()).arg(host));
    co_return found;
}

Task<Result<Proxy>> Lookup::proxyFor(QString, quint16)
{
    co_return Proxy{};
}

Task<Result<Proxy>> Resolver::proxyFor(QString, quint16)
{
    co_return Proxy{};
}

Task<Result<Proxy>> SystemResolver::proxyFor(QString host, quint16 port)
{
    auto found = co_await base::within(m_clock, dnsLimit, m_lookup.proxyFor(host, port));
    // Never around a proxy because it could not be found.
    if (!found && found.error().kind == Error::Kind::Timeout)
        co_return fail(Error::Kind::Network, QStringLiteral("proxy-failed"),
                       QStringLiteral("The system did not say within %1 s which proxy to use.").arg(dnsLimit.count()));
    co_return found;
}

Task<Result<std::vector<SrvRecord>>> SystemLookup::services(QString name)
{
    QDnsLookup lookup(QDnsLookup::SRV, name);
    Task<void> finished = base::nextSignal(&lookup, &QDnsLookup::finished);
    lookup.lookup(); // answers from the event loop
    co_await std::move(finished);
    std::vector<SrvRecord> records;
    if (lookup.error() == QDnsLookup::NotFoundError)
        co_return records;
    if (lookup.error() != QDnsLookup::NoError)
        co_return fail(Error::Kind::Network, QStringLiteral("dns-failed"),
                       QStringLiteral("DNS did not answer about %1: %2").arg(name, lookup.errorString()));
    for (const QDnsServiceRecord &record : lookup.serviceRecords())
        records.push_back({record.target(), record.port(), record.priority(), record.weight()});
    co_return records;
}

Task<Result<QList<QHostAddress>>> SystemLookup::addresses(QString host)
{
    const QHostAddress literal(host);
    if (!literal.isNull())
        co_return QList<QHostAddress>{literal};
    const Later<QHostInfo> later;
    QObject context;
    const auto put = [later](const QHostInfo &info) { later.set(info); };
    QHostInfo::lookupHost(host, &context, put);
    const QHostInfo info = co_await later;
    if (info.error() == QHostInfo::HostNotFound || (info.error() == QHostInfo::NoError && info.addresses().isEmpty()))
        co_return fail(Error::Kind::Network, QStringLiteral("host-unknown"),
                       QStringLiteral("There is no host named %1.").arg(host));
    if (info.error() != QHostInfo::NoError)
        co_return fail(Error::Kind::Network, QStringLiteral("dns-failed"),
                       QStringLiteral("The address of %1 could not be looked up: %2.").arg(host, info.errorString()));
    co_return info.addresses();
}

namespace {

/// A job for the worker.
struct AskSystem {
    QString host;
    quint16 port;
    Result<Proxy> operator()() const
    {
        QNetworkProxyQuery query(host, port, QStringLiteral("xmpp"), QNetworkProxyQuery::TcpSocket);
        for (const QNetworkProxy &found : QNetworkProxyFactory::systemProxyForQuery(query)) {
            Proxy proxy{Proxy::Kind::None, found.hostName(), found.port(), found.user()};
            QString password = found.password();
            if (!password.isEmpty())
                proxy.password = std::make_shared<const SecretBytes>(SecretBytes::take(password));
            switch (found.type()) {
            case QNetworkProxy::NoProxy:
            case QNetworkProxy::DefaultProxy: return Proxy{};
            case QNetworkProxy::Socks5Proxy: proxy.kind = Proxy::Kind::Socks5; return proxy;
            case QNetworkProxy::HttpProxy: proxy.kind = Proxy::Kind::Http; return proxy;
            default: break; // a cache for web pages only
            }
        }
        return fail(Error::Kind::Network, QStringLiteral("proxy-failed"),
                    QStringLiteral("The system names only proxies that cannot carry this connection."));
    }
};

} // namespace

Task<Result<Proxy>> SystemLookup::proxyFor(QString host, quint16 port)
{
    AskSystem job{std::move(host), port};
    if (!m_worker)
        co_return job();
    auto asking = m_worker->run(std::move(job));
    co_return co_await std::move(asking);
}

} // namespace net
