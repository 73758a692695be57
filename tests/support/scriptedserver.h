// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tlspeer.h"
#include "support/serverscript.h"

#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// A server on a free loopback port that says raw bytes over a real socket, with TLS by OpenSSL: for hostile cases.
/// Its script talks to the newest connection.
class ScriptedServer : public QObject
{
    Q_OBJECT
public:
    explicit ScriptedServer(const TlsPeer::Context &context, bool direct = false);

    quint16 port() const { return m_server.serverPort(); }
    ServerScript &script() { return m_script; }
    /// Begins TLS on the newest connection: what comes from now on is for it.
    void startTls();
    /// Waits until TLS is up. False where it failed, or the client went away.
    bool isTlsUp();
    /// STARTTLS, TLS, SASL, bind.
    void signsIn();

    /// Bytes as they are, whatever state TLS is in.
    void sendRaw(const QByteArray &bytes) { m_socket->write(bytes); }
    /// Ends TCP without close_notify.
    void cut() { m_socket->disconnectFromHost(); }
    /// Ends TLS in order.
    void closeTls()
    {
        m_tls->close();
        flush();
    }
    /// Ends TCP by a reset.
    void reset() { m_socket->abort(); }
    /// Waits until the client has closed.
    bool isLeft();
    int connections() const { return m_connections; }
    /// What the newest connection's client said before TLS.
    const QByteArray &plain() const { return m_plain; }
    SSL *ssl() { return m_tls->ssl(); }

private:
    void takeConnection();
    void takeBytes();
    void flush();
    void send(const QByteArray &bytes);

    TlsPeer::Context m_context;
    bool m_direct;
    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr; ///< Owned by m_server.
    std::unique_ptr<TlsPeer> m_tls;
    QByteArray m_got;
    QByteArray m_plain;
    int m_connections = 0;
    ServerScript m_script;
};

} // namespace tests
