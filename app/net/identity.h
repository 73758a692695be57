// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "net/openssl.h"

#include <QHostAddress>
#include <QStringList>

namespace net {

/// Whom a certificate names in its subjectAltName; the common name does not count (RFC 9525 2).
struct Identity {
    QStringList dns;           ///< DNS-ID.
    QStringList services;      ///< SRV-ID (RFC 4985): `_xmpp-client.verona.test`.
    QStringList addresses;     ///< XmppAddr (RFC 6120 13.7.1.4).
    QList<QHostAddress> hosts; ///< iPAddress.
    QString subject;           ///< RFC 2253, for people.

    /// Reads them; names with characters outside printable ASCII are left out where they must be ASCII.
    static Identity of(X509 *certificate);
    /// True where one of the names covers `domain` (A-labels, or an IP address) for `service`. Without `special`,
    /// SRV-ID and XmppAddr are passed over: for chains whose name constraints do not speak of them.
    bool covers(const QString &domain, const QString &service, bool special) const;
    /// All names, quoted and cut for a message.
    QString describe() const;
};

/// Whose certificate it is, who issued it, and when it is valid.
CertificateFacts factsOf(X509 *certificate);

/// True where the name `pattern` of a certificate covers `domain`: equal A-labels whatever their case, or `*` as the
/// whole left-most label in place of exactly one label, with at least two labels after it (RFC 9525 6.3).
bool coversDomain(const QString &pattern, const QString &domain);

} // namespace net
