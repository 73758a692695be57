// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secretbytes.h"
#include "net/openssl.h"

#include <QStringList>

#include <vector>

namespace net {

/// A certificate of ours with its private key, to show to a server (XEP-0178). A value; the key never leaves it.
class ClientCertificate
{
public:
    /// Reads a PEM file, with the certificate, its chain and the key in any order, or a PKCS#12 file. An empty passphrase
    /// is none. It may take a second: belongs on a worker.
    /// Errors: Auth `certificate-passphrase` where it needs one, or another one; Secret `certificate-unreadable` where it
    /// is no such file, or lacks a part.
    static Result<ClientCertificate> read(const SecretBytes &file, const SecretBytes &passphrase);

    /// Error: Secret `own-certificate-expired`, `own-certificate-not-yet-valid`.
    Result<> checkTime(const QDateTime &now) const;
    /// The XMPP addresses that it is for (RFC 6120 13.7.1.4); may be none.
    const QStringList &addresses() const { return m_addresses; }
    const CertificateFacts &facts() const { return m_facts; }
    /// Gives it to a handshake. False where OpenSSL does not take it.
    bool show(SSL *ssl) const;

private:
    using Shared = std::shared_ptr<X509>;
    static Result<ClientCertificate> readPem(const SecretBytes &file, const SecretBytes &passphrase);
    static Result<ClientCertificate> readPkcs12(const SecretBytes &file, const SecretBytes &passphrase);
    static Result<ClientCertificate> of(std::vector<Shared> certificates, std::shared_ptr<EVP_PKEY> key);

    Shared m_leaf;
    std::vector<Shared> m_chain;
    std::shared_ptr<EVP_PKEY> m_key;
    QStringList m_addresses;
    CertificateFacts m_facts;
};

} // namespace net
