// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/loopbackserver.h"

namespace tests {

LoopbackServer::LoopbackServer(const TlsPeer::Context &context, bool direct) : m_context(context), m_direct(direct)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackServer::takeConnection);
}

void LoopbackServer::takeConnection()
{
    m_socket = m_server.nextPendingConnection();
    ++connections;
    m_tls = m_direct ? std::make_unique<TlsPeer>(m_context) : nullptr;
    got.clear();
    connect(m_socket, &QTcpSocket::readyRead, this, &LoopbackServer::takeBytes);
}

void LoopbackServer::takeBytes()
{
    const QByteArray bytes = m_socket->readAll();
    if (m_tls) {
        if (!answersHandshake)
            return;
        m_tls->feed(bytes);
        flush();
        if (m_tls->isOpen())
            got += m_tls->read();
        flush();
        return;
    }
    got += bytes;
    if (got.contains("<starttls/>")) {
        got.clear();
        m_socket->write(goAhead);
        m_tls = std::make_unique<TlsPeer>(m_context);
    }
}

void LoopbackServer::flush()
{
    m_socket->write(m_tls->takeEncrypted());
}

void LoopbackServer::send(const QByteArray &bytes)
{
    if (!m_tls) {
        m_socket->write(bytes);
        return;
    }
    m_tls->write(bytes);
    flush();
}

void LoopbackServer::closeTls()
{
    m_tls->close();
    flush();
}

} // namespace tests
