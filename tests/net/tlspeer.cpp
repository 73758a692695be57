// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlspeer.h"

#include <openssl/err.h>

namespace tests {

TlsPeer::Context TlsPeer::makeContext(const Issued &issued, const Options &options)
{
    const Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX *c = context.get();
    SSL_CTX_set_security_level(c, 0); // old versions shall be refused by the client, not by us
    SSL_CTX_set_min_proto_version(c, options.least);
    SSL_CTX_set_max_proto_version(c, options.most);
    SSL_CTX_use_certificate(c, issued.certificate.get());
    SSL_CTX_use_PrivateKey(c, issued.key.get());
    SSL_CTX_set_session_id_context(c, reinterpret_cast<const unsigned char *>("test"), 4);
    if (!options.extendedMaster)
        SSL_CTX_set_options(c, SSL_OP_NO_EXTENDED_MASTER_SECRET);
    if (options.clients) {
        SSL_CTX_set_verify(c, SSL_VERIFY_PEER, nullptr);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(c), options.clients->certificate.get());
    }
    if (!options.alpn.isEmpty()) {
        // Lives as long as the program: tests make a handful.
        auto *answer = new QByteArray(options.alpn);
        static std::vector<std::unique_ptr<QByteArray>> answers;
        answers.emplace_back(answer);
        const auto choose = [](SSL *, const unsigned char **out, unsigned char *length, const unsigned char *, unsigned,
                               void *arg) {
            const auto *text = static_cast<const QByteArray *>(arg);
            *out = reinterpret_cast<const unsigned char *>(text->constData());
            *length = static_cast<unsigned char>(text->size());
            return SSL_TLSEXT_ERR_OK;
        };
        SSL_CTX_set_alpn_select_cb(c, choose, answer);
    }
    return context;
}

TlsPeer::TlsPeer(const Context &context)
    : m_context(context), m_ssl(SSL_new(context.get())), m_in(BIO_new(BIO_s_mem())), m_out(BIO_new(BIO_s_mem()))
{
    BIO_set_mem_eof_return(m_in, -1);
    SSL_set_bio(m_ssl.get(), m_in, m_out);
    SSL_set_accept_state(m_ssl.get());
}

void TlsPeer::feed(const QByteArray &encrypted)
{
    BIO_write(m_in, encrypted.constData(), int(encrypted.size()));
    if (isOpen())
        return;
    ERR_clear_error();
    const int done = SSL_do_handshake(m_ssl.get());
    if (done != 1 && SSL_get_error(m_ssl.get(), done) != SSL_ERROR_WANT_READ)
        m_failed = true;
    ERR_clear_error();
}

QByteArray TlsPeer::takeEncrypted()
{
    QByteArray result(qsizetype(BIO_ctrl_pending(m_out)), Qt::Uninitialized);
    if (!result.isEmpty())
        BIO_read(m_out, result.data(), int(result.size()));
    return result;
}

QByteArray TlsPeer::read()
{
    QByteArray all;
    QByteArray piece(16384, Qt::Uninitialized);
    ERR_clear_error();
    for (int count = 0; (count = SSL_read(m_ssl.get(), piece.data(), int(piece.size()))) > 0;)
        all.append(piece.constData(), count);
    ERR_clear_error();
    return all;
}

void TlsPeer::write(const QByteArray &plaintext)
{
    SSL_write(m_ssl.get(), plaintext.constData(), int(plaintext.size()));
}

void TlsPeer::close()
{
    SSL_shutdown(m_ssl.get());
}

} // namespace tests
