// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/publichosts.h"

#include <algorithm>

namespace net {
namespace {

using Block = QPair<QHostAddress, int>;

/// RFC 6890 and the registry of IANA: what is not globally reachable.
const std::vector<Block> &v4Blocks()
{
    static const std::vector<Block> blocks = [] {
        std::vector<Block> all;
        for (const char *block : {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                                  "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
                                  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"})
            all.push_back(QHostAddress::parseSubnet(QString::fromLatin1(block)));
        return all;
    }();
    return blocks;
}

bool isIn(const QHostAddress &address, const Block &block)
{
    return address.isInSubnet(block);
}

/// The IPv4 address inside of an IPv6 one that only carries it; null where there is none.
QHostAddress carried(const QHostAddress &address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto v4At = [&bytes](int at) {
        return QHostAddress(quint32(bytes[at]) << 24 | quint32(bytes[at + 1]) << 16 | quint32(bytes[at + 2]) << 8
                            | quint32(bytes[at + 3]));
    };
    bool isMapped = false;
    if (const quint32 v4 = address.toIPv4Address(&isMapped); isMapped)
        return QHostAddress(v4);
    if (isIn(address, QHostAddress::parseSubnet(QStringLiteral("64:ff9b::/96")))
        || isIn(address, QHostAddress::parseSubnet(QStringLiteral("::/96"))))
        return v4At(12);
    if (isIn(address, QHostAddress::parseSubnet(QStringLiteral("2002::/16"))))
        return v4At(2);
    return {};
}

} // namespace

bool isPublic(const QHostAddress &address)
{
    if (address.isNull())
        return false;
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return std::none_of(v4Blocks().begin(), v4Blocks().end(),
                            [&address](const Block &block) { return isIn(address, block); });
    if (const QHostAddress inner = carried(address); !inner.isNull())
        return isPublic(inner);
    // Of IPv6 only 2000::/3 is given out; without the parts for documents and for protocols.
    return isIn(address, QHostAddress::parseSubnet(QStringLiteral("2000::/3")))
        && !isIn(address, QHostAddress::parseSubnet(QStringLiteral("2001:db8::/32")))
        && !isIn(address, QHostAddress::parseSubnet(QStringLiteral("2001::/23")))
        && !isIn(address, QHostAddress::parseSubnet(QStringLiteral("3fff::/20")));
}

bool isPublicName(const QString &host)
{
    if (const QHostAddress address(host); !address.isNull())
        return isPublic(address);
    QString name = host.toLower();
    while (name.endsWith(u'.'))
        name.chop(1);
    if (!name.contains(u'.'))
        return false;
    for (const char *local : {".localhost", ".local", ".localdomain", ".internal", ".home.arpa", ".lan"}) {
        if (name.endsWith(QLatin1String(local)))
            return false;
    }
    return true;
}

Task<Result<std::vector<Target>>> PublicHosts::resolve(Destination destination)
{
    auto resolving = m_resolver.resolve(std::move(destination));
    co_return co_await std::move(resolving);
}

Task<Result<QList<QHostAddress>>> PublicHosts::addresses(QString host)
{
    auto asking = m_resolver.addresses(host);
    auto all = co_await std::move(asking);
    if (!all)
        co_return all;
    all->removeIf([](const QHostAddress &address) { return !isPublic(address); });
    if (all->isEmpty())
        co_return fail(Error::Kind::Input, QStringLiteral("address-private"),
                       QStringLiteral("%1 is in this computer's own network, from where nothing is fetched for others.")
                           .arg(host));
    co_return all;
}

Task<Result<Proxy>> PublicHosts::proxyFor(QString host, quint16 port)
{
    auto asking = m_resolver.proxyFor(std::move(host), port);
    co_return co_await std::move(asking);
}

} // namespace net
