// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/diagnosis.h"

#include <QStringList>

namespace xmpp {
namespace {

/// What an attempt runs into that found nobody at all.
bool isReachingNobody(const Error &error)
{
    static const QStringList conditions{QStringLiteral("network-unreachable"), QStringLiteral("dns-failed"),
                                        QStringLiteral("host-unknown"), QStringLiteral("connect-timeout"),
                                        QStringLiteral("proxy-unreachable")};
    return error.kind == Error::Kind::Timeout
        || (error.kind == Error::Kind::Network && conditions.contains(error.condition));
}

/// A certificate that somebody else would show in the server's place.
bool isAnothersCertificate(const Error &error)
{
    static const QStringList conditions{QStringLiteral("certificate-name-mismatch"),
                                        QStringLiteral("certificate-self-signed"),
                                        QStringLiteral("certificate-unknown-issuer")};
    return error.kind == Error::Kind::Tls && conditions.contains(error.condition);
}

} // namespace

/// Somebody else's certificate is as unacceptable as ever (G1); right after a change of the network it is most likely a
/// portal's.
Error diagnose(const Error &error, const net::NetworkState &network, bool justChanged)
{
    const bool isNobody = isReachingNobody(error);
    const bool isAnother = isAnothersCertificate(error);
    if (network.isGone && isNobody)
        return {Error::Kind::Network, QStringLiteral("no-network"),
                QStringLiteral("This computer has no network: %1").arg(error.detail)};
    if ((network.hasPortal && (isNobody || isAnother)) || (justChanged && isAnother))
        return {error.kind, QStringLiteral("captive-portal"),
                QStringLiteral("This network seems to want a sign-in in a browser first: %1").arg(error.detail),
                error.certificate};
    return error;
}

} // namespace xmpp
