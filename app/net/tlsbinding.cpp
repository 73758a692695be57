// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The channel bindings of a TlsStream (RFC 5929, RFC 9266).
#include "net/tlsstream.h"

#include <openssl/err.h>
#include <openssl/evp.h>

namespace net {
namespace {

Result<QByteArray> noBinding(ChannelBinding type, const QString &why)
{
    return fail(Error::Kind::Unsupported, QStringLiteral("no-channel-binding"),
                QStringLiteral("This connection has no %1: %2").arg(word(type), why));
}

} // namespace

Result<QByteArray> TlsStream::channelBinding(ChannelBinding type) const
{
    if (m_state != State::Open && m_state != State::Closed)
        return noBinding(type, QStringLiteral("it is not encrypted."));
    switch (type) {
    case ChannelBinding::None: return QByteArray();
    case ChannelBinding::TlsExporter: return exporter();
    case ChannelBinding::TlsUnique: return unique();
    case ChannelBinding::TlsServerEndPoint: return serverEndPoint();
    }
    Q_UNREACHABLE();
}

// RFC 9266 2: 32 bytes, label EXPORTER-Channel-Binding, and a context that is there but empty. Under TLS 1.2 "no
// context" would give another value, and only the extended master secret (RFC 7627) makes the value unique.
Result<QByteArray> TlsStream::exporter() const
{
    if (SSL_version(m_ssl.get()) < TLS1_3_VERSION && SSL_get_extms_support(m_ssl.get()) != 1)
        return noBinding(ChannelBinding::TlsExporter, QStringLiteral("the server lacks the extended master secret."));
    constexpr std::string_view label = "EXPORTER-Channel-Binding";
    QByteArray result(32, Qt::Uninitialized);
    static constexpr unsigned char context = 0;
    if (SSL_export_keying_material(m_ssl.get(), reinterpret_cast<unsigned char *>(result.data()), size_t(result.size()),
                                   label.data(), label.size(), &context, 0, 1)
        != 1)
        return noBinding(ChannelBinding::TlsExporter, ossl::takeReason());
    return result;
}

// RFC 5929 3.1: the first Finished message of the handshake, which is the server's where a session was resumed. Not
// defined for TLS 1.3 (RFC 8446 appendix C.5).
Result<QByteArray> TlsStream::unique() const
{
    if (SSL_version(m_ssl.get()) >= TLS1_3_VERSION)
        return noBinding(ChannelBinding::TlsUnique, QStringLiteral("TLS 1.3 does not define it."));
    if (SSL_get_extms_support(m_ssl.get()) != 1)
        return noBinding(ChannelBinding::TlsUnique, QStringLiteral("the server lacks the extended master secret."));
    QByteArray result(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    const size_t length = SSL_session_reused(m_ssl.get()) == 1
        ? SSL_get_peer_finished(m_ssl.get(), result.data(), size_t(result.size()))
        : SSL_get_finished(m_ssl.get(), result.data(), size_t(result.size()));
    result.truncate(qsizetype(length));
    return result;
}

// RFC 5929 4.1: the hash of the certificate's own signature algorithm; SHA-256 in place of MD5 and SHA-1.
Result<QByteArray> TlsStream::serverEndPoint() const
{
    const ossl::X509Ptr certificate(SSL_get1_peer_certificate(m_ssl.get()));
    int digest = NID_undef;
    if (!certificate || X509_get_signature_info(certificate.get(), &digest, nullptr, nullptr, nullptr) != 1
        || digest == NID_undef) {
        ERR_clear_error();
        return noBinding(ChannelBinding::TlsServerEndPoint,
                         QStringLiteral("the certificate's signature has no hash of its own."));
    }
    if (digest == NID_md5 || digest == NID_sha1 || digest == NID_md5_sha1)
        digest = NID_sha256;
    const EVP_MD *method = EVP_get_digestbynid(digest);
    QByteArray result(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned length = 0;
    if (!method
        || X509_digest(certificate.get(), method, reinterpret_cast<unsigned char *>(result.data()), &length) != 1)
        return noBinding(ChannelBinding::TlsServerEndPoint, ossl::takeReason());
    result.truncate(length);
    return result;
}

} // namespace net
