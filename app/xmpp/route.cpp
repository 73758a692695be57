// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/route.h"

#include "base/jid.h"

namespace xmpp {
namespace {

bool isSameWay(const net::Destination &a, const net::Destination &b)
{
    return a.domain == b.domain && a.host == b.host && a.port == b.port && a.tls == b.tls && a.proxy.isLike(b.proxy);
}

} // namespace

net::Destination Route::next(const net::Destination &configured)
{
    if (!m_configured || !isSameWay(*m_configured, configured)) {
        m_configured = configured;
        m_known = configured.known;
        m_elsewhere.reset();
        m_passOver = false;
    }
    net::Destination result = configured;
    result.known.reset();
    const auto elsewhere = std::exchange(m_elsewhere, std::nullopt); // once: after a failure it is our own way again
    m_isElsewhere = elsewhere.has_value();
    if (elsewhere) {
        // The certificate still has to prove `domain`.
        const bool isFixed = elsewhere->port != 0 || !QHostAddress(elsewhere->host).isNull();
        result.host = isFixed ? elsewhere->host : QString();
        result.lookup = isFixed ? QString() : elsewhere->host;
        result.port = elsewhere->port;
    } else if (!std::exchange(m_passOver, false)) {
        result.known = m_known;
    }
    return result;
}

void Route::succeeded(const std::optional<net::Endpoint> &endpoint)
{
    if (!m_isElsewhere && endpoint && !endpoint->address.isNull())
        m_known = endpoint;
}

void Route::failed(const std::optional<net::Endpoint> &endpoint)
{
    if (endpoint && endpoint == m_known)
        m_passOver = true;
}

bool Route::redirect(const QString &place)
{
    const auto now = m_clock.monotonic();
    while (!m_redirects.empty() && now - m_redirects.front() >= redirectTime)
        m_redirects.pop_front();
    const auto where = parse(place.trimmed());
    if (!where || m_redirects.size() >= mostRedirects)
        return false;
    m_redirects.push_back(now);
    m_elsewhere = where;
    return true;
}

std::optional<Route::Place> Route::parse(const QString &text)
{
    QString host = text;
    QString port;
    const qsizetype colon = text.lastIndexOf(u':');
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0 || (end + 1 < text.size() && text.at(end + 1) != u':'))
            return {};
        host = text.mid(1, end - 1);
        port = text.mid(end + 2);
        if (QHostAddress(host).protocol() != QAbstractSocket::IPv6Protocol)
            return {};
    } else if (colon >= 0) {
        host = text.left(colon);
        port = text.mid(colon + 1);
    }
    Place place;
    place.port = port.toUShort();
    if ((!port.isEmpty() && place.port == 0) || (text.endsWith(u':')))
        return {};
    const QHostAddress literal(host);
    const auto name = literal.isNull() ? Jid::make(QString(), host) : Jid::make(QString(), QStringLiteral("x"));
    if (!name)
        return {};
    place.host = literal.isNull() ? name->asciiDomain() : literal.toString();
    return place;
}

} // namespace xmpp
