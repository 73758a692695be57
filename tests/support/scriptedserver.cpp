// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedserver.h"

#include <QTest>

namespace tests {

ScriptedServer::ScriptedServer(const TlsPeer::Context &context, bool direct)
    : m_context(context), m_direct(direct),
      m_script([this] { return std::exchange(m_got, QByteArray()); }, [this](const QByteArray &bytes) { send(bytes); })
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, &ScriptedServer::takeConnection);
}

void ScriptedServer::takeConnection()
{
    if (m_socket)
        m_socket->disconnect(this);
    m_socket = m_server.nextPendingConnection();
    ++m_connections;
    m_got.clear();
    m_plain.clear();
    m_tls = m_direct ? std::make_unique<TlsPeer>(m_context) : nullptr;
    connect(m_socket, &QTcpSocket::readyRead, this, &ScriptedServer::takeBytes);
}

void ScriptedServer::takeBytes()
{
    const QByteArray bytes = m_socket->readAll();
    if (!m_tls) {
        m_got += bytes;
        m_plain += bytes;
        return;
    }
    m_tls->feed(bytes);
    flush();
    if (m_tls->isOpen())
        m_got += m_tls->read();
    flush();
    if (m_tls->isClosedByPeer()) {
        m_tls->close();
        flush();
        m_socket->disconnectFromHost();
    }
}

void ScriptedServer::startTls()
{
    m_tls = std::make_unique<TlsPeer>(m_context);
}

bool ScriptedServer::isTlsUp()
{
    const auto isDecided = [&] {
        return m_socket && m_tls
            && (m_tls->isOpen() || m_tls->isFailed() || m_socket->state() != QAbstractSocket::ConnectedState);
    };
    return QTest::qWaitFor(isDecided, 20'000) && m_tls->isOpen();
}

void ScriptedServer::signsIn()
{
    if (!m_direct) {
        m_script.offersTls();
        startTls();
    }
    if (!isTlsUp())
        QTest::qFail("no TLS", __FILE__, __LINE__);
    m_script.signsIn();
}

bool ScriptedServer::isLeft()
{
    return QTest::qWaitFor([&] { return m_socket && m_socket->state() == QAbstractSocket::UnconnectedState; }, 20'000);
}

void ScriptedServer::flush()
{
    m_socket->write(m_tls->takeEncrypted());
}

void ScriptedServer::send(const QByteArray &bytes)
{
    if (!m_socket)
        return;
    if (!m_tls) {
        m_socket->write(bytes);
        return;
    }
    m_tls->write(bytes);
    flush();
}

} // namespace tests
