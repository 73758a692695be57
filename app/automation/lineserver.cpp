// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/lineserver.h"

#include "automation/json.h"
#include "automation/jsonline.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QPointer>

namespace automation {
namespace {

constexpr int mostClients = 256;
constexpr qint64 readAtOnce = 256 * 1024;
/// A reader that does not read is cut off instead of filling our memory with events.
/// sockaddr_un's path has 108 bytes; a longer profile path goes to the runtime folder under a hashed name.
constexpr int longestSocketPath = 100;

} // namespace

QString LineServer::nameFor(const QString &folder)
{
    const QString path = QDir(folder).absolutePath();
    const QString hash =
        QString::fromLatin1(QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
#ifdef Q_OS_WIN
    return QStringLiteral("balcony-") + hash;
#else
    QString inProfile = path + QStringLiteral("/socket");
    if (inProfile.toUtf8().size() < longestSocketPath)
        return inProfile;
    return QDir::tempPath() + QStringLiteral("/balcony-") + hash;
#endif
}

LineServer::LineServer(Port &port) : m_port(port)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &LineServer::takeConnection);
}

LineServer::~LineServer()
{
    m_server.close();
}

bool LineServer::listen(const QString &folder)
{
    const QString name = nameFor(folder);
    // The profile's lock is ours, so whoever made this socket is gone.
    QLocalServer::removeServer(name);
    if (!m_server.listen(name))
        return false;
#ifndef Q_OS_WIN
    QFile::setPermissions(name, QFile::ReadOwner | QFile::WriteOwner);
#endif
    return true;
}

void LineServer::send(QLocalSocket *socket, const QJsonObject &object)
{
    if (socket->state() != QLocalSocket::ConnectedState)
        return;
    if (socket->bytesToWrite() > mostUnread)
        socket->abort();
    else
        socket->write(toLine(object));
}

void LineServer::takeConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (m_clients >= mostClients) {
            socket->abort();
            continue;
        }
        ++m_clients;
        connect(socket, &QObject::destroyed, this, [this] { --m_clients; });
        socket->setReadBufferSize(readAtOnce);
        const auto buffer = std::make_shared<LineBuffer>();
        connect(socket, &QLocalSocket::readyRead, this, [this, socket, buffer] { takeLines(socket, *buffer); });
        connect(&m_port, &Port::happened, socket, [socket](const QJsonObject &event) { send(socket, event); });
        takeLines(socket, *buffer);
    }
}

void LineServer::takeLines(QLocalSocket *socket, LineBuffer &buffer)
{
    const QPointer<QLocalSocket> guard = socket; // gone by the time of the answer, perhaps
    while (guard && guard->bytesAvailable() > 0) {
        const QByteArray bytes = socket->read(readAtOnce);
        if (bytes.isEmpty())
            return;
        buffer.add(bytes.constData(), bytes.size());
        while (const auto line = buffer.next()) {
            if (line->isTooLong) {
                send(socket, LineBuffer::tooLongAnswer());
                continue;
            }
            m_port.take(line->bytes, [guard](const QJsonObject &answer) {
                if (!guard)
                    return;
                send(guard, answer);
                if (guard)
                    guard->flush();
            });
            if (!guard)
                return;
        }
    }
}

} // namespace automation
