// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/lineserver.h"

#include "automation/json.h"
#include "automation/jsonline.h"

#include <QCryptographicHash>
#include <QDir>
#include <QPointer>

namespace automation {
namespace {

/// A reader that does not read is cut off instead of filling our memory with events.
constexpr qint64 mostUnread = 32 * 1024 * 1024;
/// sockaddr_un's path has 108 bytes; a longer profile path goes to the runtime folder under a hashed name.
constexpr int longestSocketPath = 100;

} // namespace

QString LineServer::nameFor(const QString &folder)
{
    const QString path = QDir(folder).absolutePath();
    const QString hash = QString::fromLatin1(
        QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
#ifdef Q_OS_WIN
    return QStringLiteral("balcony-") + hash;
#else
    const QString inProfile = path + QStringLiteral("/socket");
    if (inProfile.toUtf8().size() < longestSocketPath)
        return inProfile;
    return QDir::tempPath() + QStringLiteral("/balcony-") + hash;
#endif
}

LineServer::LineServer(Port &port)
    : m_port(port)
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
    return m_server.listen(name);
}

void LineServer::takeConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { takeLines(socket); });
        connect(&m_port, &Port::event, socket, [socket](const QJsonObject &event) {
            if (socket->bytesToWrite() > mostUnread)
                socket->abort();
            else
                socket->write(toLine(event));
        });
        takeLines(socket);
    }
}

void LineServer::takeLines(QLocalSocket *socket)
{
    while (socket->canReadLine()) {
        const QPointer<QLocalSocket> guard = socket; // gone by the time of the answer, perhaps
        m_port.take(socket->readLine(), [guard](const QJsonObject &answer) {
            if (guard) {
                guard->write(toLine(answer));
                guard->flush();
            }
        });
    }
    if (socket->bytesAvailable() > longestLine)
        socket->abort();
}

} // namespace automation
