// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/sockettransport.h"

#include <QPointer>

#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif

namespace net {
namespace {

constexpr qint64 chunk = 16 * 1024;
/// What is encrypted ahead of the socket; the rest waits in the queue.
constexpr qint64 socketAhead = 64 * 1024;
constexpr std::chrono::seconds handshakeLimit{30};
constexpr std::chrono::seconds closeLimit{2};

Error lost(const QString &detail)
{
    return Error{Error::Kind::Network, QStringLiteral("connection-lost"), detail};
}

/// What the peer's system has not confirmed (tcp(7)); 0 where ours does not tell.
int unconfirmed(const QTcpSocket &socket)
{
    int bytes = 0;
#ifdef Q_OS_LINUX
    if (::ioctl(int(socket.socketDescriptor()), SIOCOUTQ, &bytes) != 0)
        return 0;
#else
    Q_UNUSED(socket)
#endif
    return bytes;
}

/// RFC 8446 5.1: a server's first record holds a handshake message or an alert.
bool looksLikeTls(const QByteArray &bytes)
{
    return bytes.startsWith('\x16') || bytes.startsWith('\x15');
}

Error earlyData()
{
    return Error{
        Error::Kind::Tls, QStringLiteral("tls-early-data"),
        QStringLiteral("Data came after the server's go-ahead and before encryption; somebody may have put it there.")};
}

} // namespace

SocketTransport::SocketTransport(Resolver &resolver, Verifier &verifier, Clock &clock, QObject *parent)
    : Transport(parent), m_verifier(verifier), m_clock(clock), m_connector(resolver, clock)
{
}

SocketTransport::~SocketTransport()
{
    dropAll();
}

/// Runs `step` from the event loop, unless everything has ended by then.
void SocketTransport::later(void (SocketTransport::*step)())
{
    const auto run = [this, step] {
        if (m_state != State::Done)
            (this->*step)();
    };
    QMetaObject::invokeMethod(this, run, Qt::QueuedConnection);
}

void SocketTransport::open(const Destination &destination)
{
    if (m_state != State::Idle)
        return;
    m_destination = destination;
    m_state = State::Connecting;
    const auto start = [this] {
        if (m_state == State::Connecting)
            m_scope.run(connectAll());
    };
    QMetaObject::invokeMethod(this, start, Qt::QueuedConnection);
}

Task<void> SocketTransport::connectAll()
{
    const Destination destination = m_destination;
    auto connected = co_await m_connector.connect(destination);
    // From here on nothing waits: a slot may delete us.
    if (connected)
        adopt(std::move(*connected));
    else
        giveUp(connected.error());
}

void SocketTransport::adopt(Connector::Connected connected)
{
    m_socket = std::move(connected.socket);
    m_endpoint = connected.endpoint;
    m_direct = m_endpoint->target.direct;
    QTcpSocket *socket = m_socket.get();
    connect(socket, &QTcpSocket::readyRead, this, &SocketTransport::pump);
    connect(socket, &QTcpSocket::bytesWritten, this, &SocketTransport::onWritten);
    connect(socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError && m_socket)
            m_broken = lost(QStringLiteral("The connection broke: %1.").arg(m_socket->errorString()));
    });
    // Queued: our own calls can end the socket too.
    connect(socket, &QTcpSocket::disconnected, this, &SocketTransport::onDisconnected, Qt::QueuedConnection);
    if (socket->state() != QAbstractSocket::ConnectedState)
        later(&SocketTransport::onDisconnected);
    if (m_direct) {
        const bool isWeb = m_destination.service == Service::Web;
        beginHandshake({isWeb ? QByteArrayLiteral("http/1.1") : QByteArrayLiteral("xmpp-client")});
        return;
    }
    m_state = State::Plain;
    sendQueued();
    if (sayReady())
        pump();
}

/// True where we are still there afterwards.
bool SocketTransport::sayReady()
{
    const QPointer<SocketTransport> self = this;
    if (m_secure && !m_direct)
        Q_EMIT secured();
    else
        Q_EMIT ready(m_secure);
    return !self.isNull();
}

void SocketTransport::startTls()
{
    if (m_state != State::Plain)
        return;
    if (m_socket->bytesAvailable() > 0) {
        giveUpLater(earlyData());
        return;
    }
    m_firstBytes = true;
    beginHandshake({}); // XEP-0368 is where ALPN belongs; RFC 6120 knows none
}

void SocketTransport::beginHandshake(const QList<QByteArray> &alpn)
{
    m_state = State::Handshaking;
    m_tls = std::make_unique<TlsStream>();
    TlsStream::Options options{m_destination.domain, alpn, {}, m_destination.certificate};
    // Taken out: a ticket is for one use (RFC 8446 appendix C.4).
    if (m_destination.session)
        options.session = std::exchange(*m_destination.session, {});
    m_tls->start(options);
    sendEncrypted();
    m_timer = m_clock.after(handshakeLimit, [this] {
        giveUp(Error{Error::Kind::Network, QStringLiteral("connect-timeout"),
                     QStringLiteral("The server did not finish setting up encryption within %1 s.")
                         .arg(handshakeLimit.count())});
    });
    later(&SocketTransport::pump);
}

Task<void> SocketTransport::prove()
{
    const QString service =
        m_destination.service == Service::Web ? QString() : QStringLiteral("xmpp-client"); // names of hosts alone
    Claim claim{m_tls->peerChain(), m_destination.domain, service, m_tls->ocspResponse()};
    const auto judged = co_await m_verifier.verify(std::move(claim));
    // From here on nothing waits: a slot may delete us.
    if (!judged) {
        giveUp(judged.error());
        co_return;
    }
    m_proven = true;
    if (m_tls->state() == TlsStream::State::Asked) { // now it may know who we are
        m_state = State::Handshaking;
        m_tls->proceed();
        sendEncrypted();
        pump();
        co_return;
    }
    finishHandshake();
}

/// TLS is up and the peer proven. A slot may delete us.
void SocketTransport::finishHandshake()
{
    m_timer.stop();
    m_facts = m_tls->facts();
    m_facts.verified = true;
    m_secure = true;
    m_state = State::Secure;
    sendQueued();
    if (sayReady())
        pump();
}

void SocketTransport::pump()
{
    if (m_pumping)
        return;
    m_pumping = true;
    const QPointer<SocketTransport> self = this;
    while (self && pumpOnce()) { }
    if (self)
        m_pumping = false;
}

/// One step from the socket towards the listener. False where nothing more can be done now, or we are gone.
bool SocketTransport::pumpOnce()
{
    if (m_verdict)
        return false;
    switch (m_state) {
    case State::Plain: return !m_paused && pumpPlain();
    case State::Handshaking: return pumpHandshake();
    case State::Secure: return !m_paused && pumpSecure();
    case State::Closing: return m_tls ? pumpSecure() : pumpPlain();
    default: return false;
    }
}

QByteArray SocketTransport::takeFromSocket()
{
    const QByteArray bytes = m_socket ? m_socket->read(chunk) : QByteArray();
    m_came += bytes.size();
    return bytes;
}

bool SocketTransport::deliver(const QByteArray &bytes)
{
    if (m_state == State::Closing)
        return true; // nobody listens any more
    const QPointer<SocketTransport> self = this;
    Q_EMIT received(bytes);
    return !self.isNull();
}

bool SocketTransport::pumpPlain()
{
    const QByteArray bytes = takeFromSocket();
    if (!bytes.isEmpty())
        return deliver(bytes);
    if (m_inputEnded)
        endOfInput();
    return false;
}

bool SocketTransport::pumpHandshake()
{
    if (m_tls->state() == TlsStream::State::Handshaking) {
        const QByteArray bytes = takeFromSocket();
        if (!bytes.isEmpty() && std::exchange(m_firstBytes, false) && !looksLikeTls(bytes)) {
            giveUp(earlyData());
            return false;
        }
        if (!bytes.isEmpty())
            m_tls->feed(bytes);
        else if (m_inputEnded)
            m_tls->endInput();
        else
            return false;
        sendEncrypted();
    }
    if (m_tls->state() == TlsStream::State::Failed) {
        giveUp(m_tls->error());
        return false;
    }
    if (m_tls->state() == TlsStream::State::Handshaking)
        return true;
    const QPointer<SocketTransport> self = this;
    if (m_proven) {
        finishHandshake();
    } else {
        m_state = State::Verifying;
        m_scope.run(prove()); // may delete us; may be done at once
    }
    return !self.isNull();
}

bool SocketTransport::pumpSecure()
{
    const QByteArray plaintext = m_tls->read(chunk);
    saveSession();
    if (!plaintext.isEmpty())
        return deliver(plaintext);
    if (m_tls->state() == TlsStream::State::Failed) {
        m_broken = m_broken.value_or(m_tls->error());
        endOfInput();
        return false;
    }
    if (m_tls->state() == TlsStream::State::Closed) {
        m_peerClosed = true;
        beginClose();
        return false;
    }
    const QByteArray bytes = takeFromSocket();
    if (!bytes.isEmpty())
        m_tls->feed(bytes);
    else if (m_inputEnded)
        m_tls->endInput();
    else
        return false;
    sendEncrypted();
    return true;
}

/// All that came has been delivered, and no more will come.
void SocketTransport::endOfInput()
{
    if (m_broken && m_state != State::Closing)
        giveUp(*m_broken);
    else
        finishClose();
}

void SocketTransport::onDisconnected()
{
    if (m_state == State::Done)
        return;
    m_inputEnded = true;
    if (m_state == State::Closing)
        finishClose();
    else
        pump();
}

void SocketTransport::write(const QByteArray &bytes)
{
    if (m_state == State::Closing || m_state == State::Done || bytes.isEmpty())
        return;
    m_queue.push_back(bytes);
    m_queued += bytes.size();
    m_undrained = true;
    sendQueued();
    if (pending() > mostPending)
        giveUpLater(lost(QStringLiteral("The server takes no more data.")));
}

qint64 SocketTransport::pending() const
{
    return m_queued + (m_socket ? m_socket->bytesToWrite() : 0);
}

Traffic SocketTransport::traffic() const
{
    const qint64 inSocket = m_socket ? m_socket->bytesToWrite() + unconfirmed(*m_socket) : 0;
    return {m_came, m_went - inSocket, m_queued + inSocket};
}

void SocketTransport::sendQueued()
{
    const bool flowing = m_state == State::Plain || m_state == State::Secure || m_state == State::Closing;
    while (flowing && m_socket && !m_queue.empty() && m_socket->bytesToWrite() < socketAhead) {
        QByteArray &front = m_queue.front();
        const QByteArray piece = front.left(chunk);
        if (piece.size() == front.size())
            m_queue.pop_front();
        else
            front.remove(0, piece.size());
        m_queued -= piece.size();
        if (m_tls) {
            m_tls->write(piece);
            sendEncrypted();
        } else {
            send(piece);
        }
    }
}

void SocketTransport::sendEncrypted()
{
    const QByteArray bytes = m_tls->takeEncrypted();
    if (!bytes.isEmpty() && m_socket)
        send(bytes);
}

void SocketTransport::send(const QByteArray &bytes)
{
    m_went += bytes.size();
    m_socket->write(bytes);
}

void SocketTransport::onWritten()
{
    sendQueued();
    if (m_state == State::Closing) {
        continueClose();
        return;
    }
    if (m_undrained && pending() == 0) {
        m_undrained = false;
        Q_EMIT drained();
    }
}

void SocketTransport::setPaused(bool paused)
{
    if (std::exchange(m_paused, paused) && !paused)
        later(&SocketTransport::pump);
}

void SocketTransport::close()
{
    if (m_state == State::Done || m_state == State::Closing)
        return;
    const bool flowing = m_state == State::Plain || m_state == State::Secure;
    if (!flowing) {
        m_scope.cancel();
        m_socket.reset();
        m_state = State::Closing;
        later(&SocketTransport::finishClose);
        return;
    }
    beginClose();
    later(&SocketTransport::pump); // what was left unread while paused
}

void SocketTransport::beginClose()
{
    if (m_state != State::Closing) {
        m_state = State::Closing;
        m_secure = false;
        m_timer = m_clock.after(closeLimit, [this] { finishClose(); });
        sendQueued();
    }
    continueClose();
}

/// Our queue first, then our close_notify; then the peer's, or plain TCP at once; then the socket ends in order.
void SocketTransport::continueClose()
{
    if (m_queued > 0 || !m_socket)
        return;
    if (m_tls && !std::exchange(m_closeSent, true)) {
        m_tls->close();
        sendEncrypted();
    }
    if (!m_tls || m_peerClosed)
        m_socket->disconnectFromHost(); // sends what it holds first
}

void SocketTransport::finishClose()
{
    dropAll();
    Q_EMIT closed();
}

void SocketTransport::abort()
{
    dropAll();
}

void SocketTransport::dropAll()
{
    m_state = State::Done;
    m_secure = false;
    m_timer.stop();
    m_scope.cancel();
    m_socket.reset();
    m_queue.clear();
    m_queued = 0;
}

void SocketTransport::giveUp(const Error &error)
{
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
    const Error copy = error; // what it refers to may go with the rest
    dropAll();
    Q_EMIT failed(copy);
}

void SocketTransport::giveUpLater(const Error &error)
{
    if (m_verdict)
        return;
    m_verdict = error;
    later(&SocketTransport::sayFailed);
}

void SocketTransport::sayFailed()
{
    giveUp(*m_verdict);
}

/// Only in State::Secure, so only for peers that were proven. TLS 1.3 tickets come with the first data.
void SocketTransport::saveSession()
{
    if (!m_destination.session)
        return;
    if (const TlsSession session = m_tls->takeSession(); !session.isNull())
        *m_destination.session = session;
}

Result<QByteArray> SocketTransport::channelBinding(ChannelBinding type) const
{
    if (!m_secure || !m_tls)
        return fail(Error::Kind::Unsupported, QStringLiteral("no-channel-binding"),
                    QStringLiteral("The connection is not encrypted."));
    return m_tls->channelBinding(type);
}

void SocketTransport::dropSession()
{
    if (m_destination.session)
        *m_destination.session = {};
    m_destination.session.reset(); // what comes later is not kept either
}

} // namespace net
