// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tlspeer.h"

#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// A server for one connection at a time on a free loopback port. It speaks TLS at once, or after it read
/// `<starttls/>`, to which it answers with goAhead.
class LoopbackServer : public QObject
{
    Q_OBJECT
public:
    LoopbackServer(const TlsPeer::Context &context, bool direct);

    quint16 port() const { return m_server.serverPort(); }
    /// Plaintext, or TLS where that is up.
    void send(const QByteArray &bytes);
    /// Bytes as they are, whatever state TLS is in.
    void sendRaw(const QByteArray &bytes) { m_socket->write(bytes); }
    void closeTls();
    /// Ends TCP without a word.
    void cut() { m_socket->disconnectFromHost(); }
    bool isTlsOpen() const { return m_tls && m_tls->isOpen(); }
    bool isClosedByPeer() const { return m_tls && m_tls->isClosedByPeer(); }
    bool isConnected() const { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; }
    qint64 unsent() const { return m_socket->bytesToWrite(); }
    TlsPeer &tls() { return *m_tls; }

    QByteArray got; ///< What the client sent, decrypted.
    QByteArray goAhead = "<proceed/>";
    bool answersHandshake = true;
    int connections = 0;

private:
    void takeConnection();
    void takeBytes();
    void flush();

    TlsPeer::Context m_context;
    bool m_direct;
    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr; ///< Owned by m_server.
    std::unique_ptr<TlsPeer> m_tls;
};

} // namespace tests
