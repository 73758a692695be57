// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/proxy.h"

#include <QUrl>

namespace net {
namespace {

constexpr quint16 socksPort = 1080;
constexpr quint16 httpPort = 3128;

Result<Proxy> bad(const QString &text)
{
    return fail(Error::Kind::Input, QStringLiteral("bad-proxy"),
                QStringLiteral("\"%1\" is no proxy; it has to be none, system, socks5://HOST:PORT or http://HOST:PORT.")
                    .arg(text));
}

} // namespace

QString Proxy::toText() const
{
    switch (kind) {
    case Kind::None: return QStringLiteral("none");
    case Kind::System: return QStringLiteral("system");
    case Kind::Socks5:
    case Kind::Http: break;
    }
    QUrl url;
    url.setScheme(kind == Kind::Socks5 ? QStringLiteral("socks5") : QStringLiteral("http"));
    if (!user.isEmpty()) // an empty one is written as a bare @
        url.setUserName(user, QUrl::DecodedMode);
    url.setHost(host);
    url.setPort(port);
    return url.toString(QUrl::FullyEncoded);
}

Result<Proxy> Proxy::fromText(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed == u"none")
        return Proxy{};
    if (trimmed == u"system")
        return Proxy{Kind::System, {}, 0, {}};
    const QUrl url(trimmed, QUrl::StrictMode);
    // Without the text itself where a password may be in it.
    const QString shown = url.password().isEmpty() ? trimmed : url.toString(QUrl::RemovePassword);
    const bool isSocks = url.scheme() == u"socks5" || url.scheme() == u"socks5h";
    if (!url.isValid() || url.host().isEmpty() || (!isSocks && url.scheme() != u"http"))
        return bad(shown);
    if ((!url.path().isEmpty() && url.path() != u"/") || url.hasQuery() || url.hasFragment() || url.port(1) == 0)
        return bad(shown);
    Proxy proxy;
    proxy.kind = isSocks ? Kind::Socks5 : Kind::Http;
    proxy.host = url.host();
    proxy.port = quint16(url.port(isSocks ? socksPort : httpPort));
    proxy.user = url.userName(QUrl::FullyDecoded);
    QString password = url.password(QUrl::FullyDecoded);
    if (!password.isEmpty())
        proxy.password = std::make_shared<const SecretBytes>(SecretBytes::take(password));
    return proxy;
}

bool Proxy::isLike(const Proxy &other) const
{
    return kind == other.kind && host == other.host && port == other.port && user == other.user;
}

} // namespace net
