// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connector.h"
#include "net/tlsstream.h"
#include "net/verifier.h"

#include <deque>

namespace net {

/// The real Transport: a TCP connection that won the race, TLS on it by STARTTLS or from the first byte, the certificate
/// proven for the destination's domain before a byte of plaintext flows. It may be deleted at any time, also from a slot
/// of its own signals.
///
/// Further errors of failed(), beside those of Connector, TlsStream and Verifier: Tls `tls-early-data`; Network
/// `connection-lost`, `connect-timeout` where the handshake takes more than 30 s.
class SocketTransport final : public Transport
{
    Q_OBJECT
public:
    /// What write() may leave waiting; a peer that lets more pile up is given up as lost.
    static constexpr qint64 mostPending = 64 * 1024 * 1024;

    SocketTransport(Resolver &resolver, Verifier &verifier, Clock &clock, QObject *parent = nullptr);
    ~SocketTransport() override;

    void open(const Destination &destination) override;
    void startTls() override;
    void write(const QByteArray &bytes) override;
    qint64 pending() const override;
    Traffic traffic() const override;
    void setPaused(bool paused) override;
    void close() override;
    void abort() override;
    bool isSecure() const override { return m_secure; }
    TlsFacts tls() const override { return m_facts; }
    std::optional<Endpoint> endpoint() const override { return m_endpoint; }
    Result<QByteArray> channelBinding(ChannelBinding type) const override;
    void dropSession() override;

private:
    enum class State { Idle, Connecting, Plain, Handshaking, Verifying, Secure, Closing, Done };

    Task<void> connectAll();
    Task<void> prove();
    void adopt(Connector::Connected connected);
    void finishHandshake();
    void beginHandshake(const QList<QByteArray> &alpn);
    void later(void (SocketTransport::*step)());
    void pump();
    bool pumpOnce();
    bool pumpPlain();
    bool pumpHandshake();
    bool pumpSecure();
    bool deliver(const QByteArray &bytes);
    bool sayReady();
    QByteArray takeFromSocket();
    void endOfInput();
    void sendQueued();
    void sendEncrypted();
    void send(const QByteArray &bytes);
    void onWritten();
    void onDisconnected();
    void beginClose();
    void continueClose();
    void finishClose();
    void sayFailed();
    void giveUp(const Error &error);
    void giveUpLater(const Error &error);
    void saveSession();
    void dropAll();

    Verifier &m_verifier;
    Clock &m_clock;
    Connector m_connector;
    Destination m_destination;
    std::optional<Endpoint> m_endpoint;
    SocketPtr m_socket;
    std::unique_ptr<TlsStream> m_tls;
    TlsFacts m_facts;
    std::deque<QByteArray> m_queue; ///< Plaintext that the socket's buffer has no room for yet.
    qint64 m_queued = 0;
    qint64 m_came = 0; ///< Bytes from the socket.
    qint64 m_went = 0; ///< Bytes to it.
    State m_state = State::Idle;
    std::optional<Error> m_broken;  ///< Why the socket ended, where it did not end in order.
    std::optional<Error> m_verdict; ///< To be told by failed() from the event loop.
    bool m_direct = false;
    bool m_secure = false;
    bool m_proven = false; ///< The peer's certificate.
    bool m_paused = false;
    bool m_pumping = false;
    bool m_undrained = false;
    bool m_inputEnded = false;
    bool m_peerClosed = false;
    bool m_closeSent = false;
    bool m_firstBytes = false; ///< Nothing has come since STARTTLS began.
    Timer m_timer;
    Scope m_scope; // last: its tasks use all the others
};

} // namespace net
