// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlsstream.h"

#include <QCryptographicHash>
#include <QHostAddress>

#include <openssl/err.h>

namespace net {
namespace {

// Forward secrecy always; the old CBC suites only as a last resort for servers of the day before.
constexpr const char *tls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:ECDHE+AES:DHE+AES:"
                                     "!aNULL:!eNULL:!PSK:!SRP:!CAMELLIA:!ARIA";
// 112 bits of strength at least: RSA 2048, no SHA-1 signatures in the handshake.
constexpr int securityLevel = 2;
constexpr qsizetype firstWords = 16;

QByteArray wireFormat(const QList<QByteArray> &protocols)
{
    QByteArray result;
    for (const QByteArray &protocol : protocols) {
        result.append(char(protocol.size()));
        result.append(protocol);
    }
    return result;
}

ossl::X509Ptr peerCertificate(const SSL *ssl)
{
    return ossl::X509Ptr(SSL_get1_peer_certificate(ssl));
}

/// The newest entry of the error queue, where it is libssl's.
int lastSslReason()
{
    const unsigned long code = ERR_peek_last_error();
    return ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;
}

/// The alerts of RFC 8446 6.2 by which a server refuses a client's certificate.
bool isAboutCertificate(int reason)
{
    switch (reason) {
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED: return true;
    default: return false;
    }
}

void describe(X509 *certificate, TlsFacts *facts)
{
    const auto sha256 = [](const QByteArray &bytes) {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    };
    facts->certificate = sha256(ossl::der(certificate));
    unsigned char *bytes = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes);
    if (length > 0)
        facts->key = sha256(QByteArray::fromRawData(reinterpret_cast<const char *>(bytes), length));
    OPENSSL_free(bytes);
    facts->issuer = ossl::text(X509_get_issuer_name(certificate));
    facts->subject = ossl::text(X509_get_subject_name(certificate));
    facts->authority = ossl::shortText(X509_get_issuer_name(certificate));
    facts->validFrom = ossl::time(X509_get0_notBefore(certificate));
    facts->validTo = ossl::time(X509_get0_notAfter(certificate));
}

ossl::ContextPtr makeContext()
{
    ossl::ContextPtr context(SSL_CTX_new(TLS_client_method()));
    if (!context)
        return nullptr;
    SSL_CTX *c = context.get();
    SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(c, TLS1_3_VERSION);
    SSL_CTX_set_security_level(c, securityLevel);
    SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_clear_options(c, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION);
    SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS);
    // Judged by Verifier when the handshake is done; libssl need not build a chain too.
    SSL_CTX_set_verify(c, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_cert_verify_callback(
        c, [](X509_STORE_CTX *, void *) { return 1; }, nullptr);
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    return context;
}

} // namespace

TlsStream::TlsStream() = default;

TlsStream::~TlsStream()
{
    // Without this OpenSSL spoils the session of a connection that did not end in order, and it is just then that we
    // come back. After a fatal alert it has done so already.
    if (m_ssl)
        SSL_set_shutdown(m_ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

bool TlsStream::prepare(const Options &options)
{
    m_context = makeContext();
    if (!m_context || SSL_CTX_set_cipher_list(m_context.get(), tls12Ciphers) != 1)
        return false;
    m_ssl.reset(SSL_new(m_context.get()));
    if (!m_ssl)
        return false;
    SSL *ssl = m_ssl.get();
    m_in = BIO_new(BIO_s_mem());
    m_out = BIO_new(BIO_s_mem());
    if (!m_in || !m_out) {
        BIO_free(m_in);
        BIO_free(m_out);
        return false;
    }
    BIO_set_mem_eof_return(m_in, -1); // empty means "later", not the end
    SSL_set_bio(ssl, m_in, m_out);
    SSL_set_connect_state(ssl);
    SSL_set_app_data(ssl, this);
    SSL_CTX_sess_set_new_cb(m_context.get(), [](SSL *s, SSL_SESSION *session) {
        auto *self = static_cast<TlsStream *>(SSL_get_app_data(s));
        self->m_session = TlsSession(session, self->m_options.host);
        return 1; // the reference is ours now
    });
    SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp);
    if (!options.host.isEmpty() && QHostAddress(options.host).isNull()
        && SSL_set_tlsext_host_name(ssl, options.host.toLatin1().constData()) != 1)
        return false;
    if (options.certificate) {
        SSL_set_min_proto_version(ssl, TLS1_3_VERSION);
        SSL_set_cert_cb(
            ssl, [](SSL *, void *self) { return static_cast<TlsStream *>(self)->answerForCertificate(); }, this);
    }
    const QByteArray alpn = wireFormat(options.alpn);
    // The one function of libssl that returns 0 for success.
    if (!alpn.isEmpty()
        && SSL_set_alpn_protos(ssl, reinterpret_cast<const unsigned char *>(alpn.constData()), unsigned(alpn.size()))
            != 0)
        return false;
    if (!options.certificate && !options.session.isNull() && options.session.host() == options.host)
        SSL_set_session(ssl, options.session.get()); // a refusal only costs the full handshake
    return true;
}

void TlsStream::start(const Options &options)
{
    if (m_state != State::Idle)
        return;
    m_options = options;
    m_state = State::Handshaking;
    ERR_clear_error();
    if (prepare(options))
        shakeHands();
    else
        failHandshake();
}

/// 1: go on, 0: give up, -1: wait.
int TlsStream::answerForCertificate()
{
    if (!m_mayShow)
        return -1;
    m_shown = m_options.certificate->show(m_ssl.get());
    return m_shown ? 1 : 0;
}

void TlsStream::proceed()
{
    if (m_state != State::Asked)
        return;
    m_mayShow = true;
    m_state = State::Handshaking;
    shakeHands();
}

void TlsStream::feed(const QByteArray &encrypted)
{
    if (m_state != State::Handshaking && m_state != State::Asked && m_state != State::Open)
        return;
    BIO_write(m_in, encrypted.constData(), int(encrypted.size()));
    if (m_first.size() < firstWords)
        m_first += encrypted.left(firstWords - m_first.size());
    if (m_state == State::Handshaking)
        shakeHands();
}

void TlsStream::endInput()
{
    m_inputEnded = true;
    if (m_state == State::Handshaking || m_state == State::Asked)
        setFailed(Error::Kind::Network, QStringLiteral("connection-lost"),
                  QStringLiteral("The server closed the connection while encryption was being set up."));
}

void TlsStream::shakeHands()
{
    ERR_clear_error();
    const int done = SSL_do_handshake(m_ssl.get());
    if (done == 1) {
        m_state = State::Open;
        checkAlpn();
        // RFC 5246 7.3: in TLS 1.2 a session may go on any number of times, and mostly none comes with one that does.
        if (m_session.isNull() && SSL_session_reused(m_ssl.get()) == 1 && SSL_version(m_ssl.get()) == TLS1_2_VERSION)
            m_session = TlsSession(SSL_get1_session(m_ssl.get()), m_options.host);
        return;
    }
    const int reason = SSL_get_error(m_ssl.get(), done);
    if (reason == SSL_ERROR_WANT_X509_LOOKUP)
        m_state = State::Asked;
    else if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE)
        failHandshake();
}

// RFC 7301 3.2: the answer is one of those offered. None at all is tolerated: many XMPP servers do not know ALPN.
void TlsStream::checkAlpn()
{
    const QByteArray alpn = facts().alpn.toLatin1();
    if (!alpn.isEmpty() && !m_options.alpn.contains(alpn))
        setFailed(Error::Kind::Tls, QStringLiteral("tls-handshake"),
                  QStringLiteral("The server answered with the protocol \"%1\", which was not asked for.")
                      .arg(QString::fromLatin1(alpn)));
}

void TlsStream::setFailed(Error::Kind kind, const QString &condition, const QString &detail)
{
    m_state = State::Failed;
    m_error = {kind, condition, detail};
}

void TlsStream::failHandshake()
{
    const int number = lastSslReason();
    const QString reason = ossl::takeReason();
    if (isWebAnswer(m_first)) {
        setFailed(Error::Kind::Network, QStringLiteral("captive-portal"),
                  QStringLiteral("What answered is a web server, not the chat server."));
        return;
    }
    if (m_shown && isAboutCertificate(number)) {
        setFailed(Error::Kind::Tls, QStringLiteral("own-certificate-refused"),
                  QStringLiteral("The server does not accept the account's certificate: %1.").arg(reason));
        return;
    }
    QString detail;
    switch (number) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_VERSION_TOO_LOW:
        detail = m_options.certificate
            ? QStringLiteral("The server does not speak TLS 1.3, under which alone a certificate is shown (%1).")
            : QStringLiteral("The server does not speak TLS 1.2 or newer (%1).");
        break;
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_BAD_RECORD_TYPE: detail = QStringLiteral("What the server answered is not TLS (%1)."); break;
    default: detail = QStringLiteral("Encryption could not be set up: %1.");
    }
    const QString words = reason.isEmpty() ? QStringLiteral("no reason given") : reason;
    setFailed(Error::Kind::Tls, QStringLiteral("tls-handshake"), detail.arg(words));
}

/// Under TLS 1.3 a server judges our certificate when the handshake is over for us.
void TlsStream::failStream()
{
    if (m_shown && isAboutCertificate(lastSslReason()))
        failHandshake();
    else
        setFailed(Error::Kind::Tls, QStringLiteral("tls-handshake"),
                  QStringLiteral("The encrypted stream broke: %1.").arg(ossl::takeReason()));
}

QByteArray TlsStream::takeEncrypted()
{
    if (!m_out)
        return {};
    QByteArray result(qsizetype(BIO_ctrl_pending(m_out)), Qt::Uninitialized);
    if (!result.isEmpty())
        BIO_read(m_out, result.data(), int(result.size()));
    return result;
}

QByteArray TlsStream::read(qsizetype most)
{
    if (m_state != State::Open)
        return {};
    ERR_clear_error();
    QByteArray result(most, Qt::Uninitialized);
    const int count = SSL_read(m_ssl.get(), result.data(), int(most));
    if (count > 0) {
        result.truncate(count);
        return result;
    }
    switch (SSL_get_error(m_ssl.get(), count)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        if (m_inputEnded)
            setFailed(Error::Kind::Network, QStringLiteral("tls-truncated"),
                      QStringLiteral("The connection was cut: the server did not end its encrypted stream."));
        break;
    case SSL_ERROR_ZERO_RETURN: m_state = State::Closed; break;
    default: failStream();
    }
    return {};
}

void TlsStream::write(const QByteArray &plaintext)
{
    if ((m_state != State::Open && m_state != State::Closed) || plaintext.isEmpty())
        return;
    ERR_clear_error();
    if (SSL_write(m_ssl.get(), plaintext.constData(), int(plaintext.size())) <= 0)
        setFailed(Error::Kind::Tls, QStringLiteral("tls-handshake"),
                  QStringLiteral("The encrypted stream broke: %1.").arg(ossl::takeReason()));
}

void TlsStream::close()
{
    if (m_state == State::Open || m_state == State::Closed)
        SSL_shutdown(m_ssl.get());
    ERR_clear_error();
}

QList<QByteArray> TlsStream::peerChain() const
{
    QList<QByteArray> result;
    const STACK_OF(X509) *chain = m_ssl ? SSL_get_peer_cert_chain(m_ssl.get()) : nullptr;
    for (int i = 0; i < sk_X509_num(chain); ++i)
        result.append(ossl::der(sk_X509_value(chain, i)));
    return result;
}

QByteArray TlsStream::ocspResponse() const
{
    const unsigned char *bytes = nullptr;
    const long length = m_ssl ? SSL_get_tlsext_status_ocsp_resp(m_ssl.get(), &bytes) : -1;
    return bytes && length > 0 ? QByteArray(reinterpret_cast<const char *>(bytes), length) : QByteArray();
}

TlsFacts TlsStream::facts() const
{
    TlsFacts facts;
    if (m_state == State::Idle || m_state == State::Handshaking || m_state == State::Asked || !m_ssl)
        return facts;
    facts.version = QString::fromLatin1(SSL_get_version(m_ssl.get()));
    facts.cipher = QString::fromLatin1(SSL_get_cipher_name(m_ssl.get()));
    const unsigned char *alpn = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &alpn, &length);
    facts.alpn = QString::fromLatin1(reinterpret_cast<const char *>(alpn), qsizetype(length));
    if (const auto certificate = peerCertificate(m_ssl.get()))
        describe(certificate.get(), &facts);
    facts.askedForOurs = m_shown;
    facts.resumed = SSL_session_reused(m_ssl.get()) == 1;
    return facts;
}

} // namespace net
