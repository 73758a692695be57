// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/openssl.h"

#include <QStringList>

#include <openssl/evp.h>

namespace tests {

/// A certificate and its key.
struct Issued {
    net::ossl::X509Ptr certificate;
    std::shared_ptr<EVP_PKEY> key;

    QByteArray der() const { return net::ossl::der(certificate.get()); }
    QByteArray pem() const;
};

/// What a certificate for a test says.
struct Paper {
    QString commonName = QStringLiteral("somebody");
    QStringList names; ///< As in openssl.cnf: `DNS:a.test`, `IP:127.0.0.1`, srvName(...), xmppAddr(...).
    int fromDays = -1;
    int toDays = 30;
    bool authority = false;
    QString usage;       ///< extendedKeyUsage
    QString constraints; ///< nameConstraints
    const EVP_MD *digest = EVP_sha256();
};

/// `otherName` lines for Paper::names.
QString srvName(const QString &name);
QString xmppAddr(const QString &name);

/// Makes a certificate signed by `issuer`, or by itself where that is null. Throws nothing; a failure ends the test
/// program, for nothing can be tested then.
Issued issue(const Paper &paper, const Issued *issuer = nullptr);
/// A self-signed authority.
Issued makeAuthority(const QString &name = QStringLiteral("Test authority"));

} // namespace tests
