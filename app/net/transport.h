// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/proxy.h"

#include <QByteArray>
#include <QDateTime>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QString>

namespace net {

/// How the stream is encrypted. It always is.
enum class TlsMode {
    Automatic, ///< By SRV records: direct TLS and STARTTLS merged by priority (XEP-0368).
    StartTls,
    Direct,
};

/// What is spoken inside of TLS. It decides which names of a certificate count, and what ALPN asks for.
enum class Service {
    Xmpp, ///< RFC 6120; ALPN where TLS is there from the first byte (XEP-0368).
    Web,  ///< HTTP/1.1, always by direct TLS (RFC 9110 4.3.4).
};

/// One place to try.
struct Target {
    QString host; ///< A-labels, or an IP address.
    quint16 port = 0;
    bool direct = false; ///< TLS from the first byte (XEP-0368).

    friend bool operator==(const Target &, const Target &) = default;
};

/// A place that was reached, with the address that it then had.
struct Endpoint {
    Target target;
    QHostAddress address; ///< Null where a proxy was in between.

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

class ClientCertificate;
class TlsSession;
/// Where one account keeps the TLS session for its next connection. In memory only.
using SessionPlace = std::shared_ptr<TlsSession>;

/// Where an account connects to. `domain` is the identity that the certificate must prove, whatever host is used.
struct Destination {
    QString domain;   ///< The JID's domain as A-labels.
    QString host;     ///< Overrides DNS where not empty.
    quint16 port = 0; ///< Overrides DNS and the default port where not 0.
    TlsMode tls = TlsMode::Automatic;
    Proxy proxy{};
    /// Whose DNS records are asked, where not `domain`'s: the host that see-other-host named (RFC 6120 4.9.3.19).
    QString lookup{};
    /// Where this account got online last: tried first, beside what DNS says. Not under a proxy.
    std::optional<Endpoint> known{};
    SessionPlace session{}; ///< Resumed from, and kept in, where not null.
    /// Shown to the server, once it is proven, where it asks for one. Under TLS 1.3 alone, which hides it from others,
    /// and without resumption.
    std::shared_ptr<const ClientCertificate> certificate{};
    Service service = Service::Xmpp;
};

/// Channel binding types (RFC 5929, RFC 9266).
enum class ChannelBinding { None, TlsServerEndPoint, TlsUnique, TlsExporter };
/// The name as it stands in GS2 headers and XEP-0440: `tls-exporter`; empty for None.
QString word(ChannelBinding type);

/// Bytes on a connection so far.
struct Traffic {
    qint64 came = 0;
    qint64 confirmed = 0;   ///< By the peer's system; where ours does not tell, what it took.
    qint64 outstanding = 0; ///< Written, and not confirmed.
};

/// True where what came first from a peer is a web server's answer (RFC 9112 4): a captive portal's, mostly.
bool isWebAnswer(const QByteArray &first);

/// What the handshake agreed on.
struct TlsFacts {
    QString version;        ///< `TLSv1.3`
    QString cipher;         ///< `TLS_AES_256_GCM_SHA384`
    QString alpn;           ///< Empty where none was agreed.
    QByteArray certificate; ///< SHA-256 of the peer's certificate (DER), hexadecimal.
    bool verified = false;
    bool resumed = false;
    // Of the peer's certificate, for people and for noticing a change.
    QByteArray key{};          ///< SHA-256 of the public key (SubjectPublicKeyInfo), hexadecimal.
    QString issuer{};          ///< RFC 2253.
    QString subject{};         ///< RFC 2253.
    QString authority{};       ///< The part of `issuer` that people know.
    bool askedForOurs = false; ///< The server asked for a certificate of ours, and got one.
    QDateTime validFrom{};
    QDateTime validTo{};
};

/// A stream of bytes to an XMPP server. One object serves one connection; make a new one for the next. All signals come
/// from the event loop, never from inside a call.
class Transport : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Resolves and connects; ends in ready() or failed().
    virtual void open(const Destination &destination) = 0;
    /// Starts TLS on a plain connection; ends in secured() or failed(). Bytes that came before the handshake and were
    /// not read yet end in failed() with `tls-early-data` (RELIABILITY 1.25).
    virtual void startTls() = 0;
    /// Queues bytes; they are sent as the socket takes them.
    virtual void write(const QByteArray &bytes) = 0;
    /// Bytes given to write() that the socket has not taken yet.
    virtual qint64 pending() const = 0;
    virtual Traffic traffic() const { return {}; }
    /// While paused nothing is read, and the peer is slowed down by TCP.
    virtual void setPaused(bool paused) = 0;
    /// Sends what is queued, closes TLS and TCP in order; ends in closed().
    virtual void close() = 0;
    /// Drops the connection at once; no signal follows.
    virtual void abort() = 0;

    virtual bool isSecure() const = 0;
    virtual TlsFacts tls() const = 0;
    /// Where the connection leads; nothing as long as none is made.
    virtual std::optional<Endpoint> endpoint() const { return {}; }
    /// The binding data of the running TLS connection. Error: Unsupported where this connection has no such binding.
    virtual Result<QByteArray> channelBinding(ChannelBinding type) const = 0;
    /// The next connection shakes hands in full, whatever session the server offered or offers on this one.
    virtual void dropSession() { }

Q_SIGNALS:
    /// Bytes can flow; `secure` where direct TLS is already up and the certificate was proven.
    void ready(bool secure);
    /// The handshake that startTls() began is done and the certificate was proven.
    void secured();
    void received(const QByteArray &bytes);
    /// All that write() took is with the socket.
    void drained();
    /// The peer closed in order, or close() finished.
    void closed();
    /// The end: could not connect, TLS failed, or the connection broke (`connection-lost`, `tls-truncated`).
    void failed(const Error &error);
};

} // namespace net
