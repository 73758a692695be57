// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "automation/linebuffer.h"
#include "automation/port.h"

#include <QLocalServer>
#include <QLocalSocket>

namespace automation {

/// The port on a local socket in the profile (mode 0600): balconyctl and a second start talk to it. Everybody connected
/// gets the events; one that does not read is cut off.
class LineServer : public QObject
{
    Q_OBJECT
public:
    explicit LineServer(Port &port);
    ~LineServer() override;

    /// Listens in `folder`; a socket left by a dead process is taken. False, with errorString(), where it cannot.
    bool listen(const QString &folder);
    QString errorString() const { return m_server.errorString(); }

    /// The socket's name for a profile: a path in the folder, or on Windows a pipe named after it.
    static QString nameFor(const QString &folder);

private:
    void takeConnection();
    void takeLines(QLocalSocket *socket, LineBuffer &buffer);
    static void send(QLocalSocket *socket, const QJsonObject &object);

    Port &m_port;
    int m_clients = 0;
    QLocalServer m_server;
};

} // namespace automation
