// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/testca.h"

#include <openssl/ssl.h>

namespace tests {

/// The server's side of one TLS connection on memory BIOs, by OpenSSL itself: what the code under test talks to.
class TlsPeer
{
public:
    struct Options {
        int least = TLS1_2_VERSION;
        int most = TLS1_3_VERSION;
        QByteArray alpn; ///< Answered whatever was offered.
        bool extendedMaster = true;
        const Issued *clients = nullptr; ///< Asks for a certificate of this authority; none is as good.
    };
    /// Shared by connections that shall be able to resume one another.
    using Context = std::shared_ptr<SSL_CTX>;
    static Context makeContext(const Issued &issued, const Options &options);

    explicit TlsPeer(const Context &context);

    void feed(const QByteArray &encrypted);
    QByteArray takeEncrypted();
    QByteArray read();
    void write(const QByteArray &plaintext);
    void close();
    bool isOpen() const { return SSL_is_init_finished(m_ssl.get()) == 1; }
    bool isFailed() const { return m_failed; }
    /// The client's close_notify came.
    bool isClosedByPeer() const { return (SSL_get_shutdown(m_ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
    SSL *ssl() const { return m_ssl.get(); }

private:
    Context m_context;
    net::ossl::SslPtr m_ssl;
    BIO *m_in;
    BIO *m_out;
    bool m_failed = false;
};

} // namespace tests
