// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/clientcertificate.h"
#include "net/transport.h"

namespace net {

/// What lets a later connection to the same server skip the certificates and the signature (RFC 8446 2.2). A value;
/// kept by the caller, in memory only. The peer's chain is inside, and is judged again on resumption.
class TlsSession
{
public:
    TlsSession() = default;
    /// Takes over one reference of `session`.
    TlsSession(SSL_SESSION *session, const QString &host) : m_session(session, SSL_SESSION_free), m_host(host) { }
    bool isNull() const { return !m_session; }
    SSL_SESSION *get() const { return m_session.get(); }
    /// The name the session was made for; it is used for no other.
    const QString &host() const { return m_host; }

private:
    std::shared_ptr<SSL_SESSION> m_session;
    QString m_host;
};

/// The client's side of one TLS connection, 1.2 or 1.3, as a filter without a socket: encrypted bytes go in by feed()
/// and come out by takeEncrypted(), plaintext goes in by write() and comes out by read(). It does not judge the
/// certificate: that is Verifier's job, which the owner asks before any plaintext flows. No renegotiation, compression
/// or early data. One thread.
class TlsStream
{
public:
    enum class State {
        Idle,
        Handshaking,
        Asked, ///< The server wants our certificate: proceed() once the server is proven.
        Open,
        Closed, ///< The peer sent close_notify; nothing more will be read.
        Failed, ///< error() says why.
    };
    struct Options {
        QString host;           ///< For SNI, as A-labels; an IP address is not sent (RFC 6066 3).
        QList<QByteArray> alpn; ///< What is offered (RFC 7301), e.g. `xmpp-client` for direct TLS (XEP-0368).
        TlsSession session;     ///< Resumed where it is for this host and the server agrees.
        /// Shown where the server asks for one. TLS 1.2 would show it to everybody, so it is not spoken then.
        std::shared_ptr<const ClientCertificate> certificate{};
    };

    TlsStream();
    ~TlsStream();
    TlsStream(const TlsStream &) = delete;
    TlsStream &operator=(const TlsStream &) = delete;

    /// Makes the ClientHello. Once.
    void start(const Options &options);
    /// Bytes from the peer, split anywhere.
    void feed(const QByteArray &encrypted);
    /// In State::Asked, where the peer's chain is good: goes on with our certificate.
    void proceed();
    /// The peer's TCP stream ended. Without a close_notify before it, state() becomes Failed with `tls-truncated`, or
    /// `connection-lost` during the handshake, as soon as all plaintext has been read.
    void endInput();
    /// What has to be sent now; ask after each other call.
    QByteArray takeEncrypted();
    /// At most `most` bytes of plaintext; empty where there is none, and then state() is up to date.
    QByteArray read(qsizetype most = 16384);
    /// Encrypts. State Open, or Closed: one may still write after the peer's close_notify.
    void write(const QByteArray &plaintext);
    /// Makes our close_notify. Reading goes on.
    void close();

    State state() const { return m_state; }
    /// Kind Tls `tls-handshake`, `own-certificate-refused`; Kind Network `tls-truncated`, `connection-lost`,
    /// `captive-portal`.
    const Error &error() const { return m_error; }

    /// The peer's certificates as it sent them, its own first. From State::Asked on.
    QList<QByteArray> peerChain() const;
    /// The stapled OCSP response (RFC 6066 8), DER; empty where the server sent none.
    QByteArray ocspResponse() const;
    /// After the handshake. `verified` is the owner's to set.
    TlsFacts facts() const;
    /// After the handshake. Error: Unsupported where the binding is not defined, or not safe, for this connection.
    Result<QByteArray> channelBinding(ChannelBinding type) const;
    /// The session for the next connection, once: the newest that the server offered or, in TLS 1.2, the one that goes on
    /// now; null where there is none (yet). TLS 1.3 servers send it after the handshake.
    TlsSession takeSession() { return std::exchange(m_session, {}); }

private:
    bool prepare(const Options &options);
    int answerForCertificate();
    void shakeHands();
    void checkAlpn();
    void setFailed(Error::Kind kind, const QString &condition, const QString &detail);
    void failHandshake();
    void failStream();
    Result<QByteArray> exporter() const;
    Result<QByteArray> unique() const;
    Result<QByteArray> serverEndPoint() const;

    ossl::ContextPtr m_context;
    ossl::SslPtr m_ssl;
    BIO *m_in = nullptr;  ///< Owned by m_ssl.
    BIO *m_out = nullptr; ///< Owned by m_ssl.
    Options m_options;
    TlsSession m_session;
    Error m_error;
    State m_state = State::Idle;
    bool m_mayShow = false; ///< The peer is proven.
    bool m_shown = false;
    bool m_inputEnded = false;
    QByteArray m_first; ///< What the peer said first, where it is not TLS.
};

} // namespace net
