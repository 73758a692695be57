// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/handover.h"

#include "automation/jsonline.h"
#include "automation/lineserver.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QLocalSocket>

namespace ui {

namespace {

constexpr int connectLimit = 1000;
constexpr int answerLimit = 5000;
const QString requestId = QStringLiteral("second-start");

} // namespace

bool handOver(const QString &profileFolder, const QStringList &arguments)
{
    QLocalSocket socket;
    socket.connectToServer(automation::LineServer::nameFor(profileFolder));
    if (!socket.waitForConnected(connectLimit))
        return false;
    socket.write(automation::toLine({{QStringLiteral("cmd"), QStringLiteral("activate")},
                                     {QStringLiteral("id"), requestId},
                                     {QStringLiteral("arguments"), QJsonArray::fromStringList(arguments)}}));
    QElapsedTimer timer;
    timer.start();
    // Events may come before the answer.
    while (timer.elapsed() < answerLimit) {
        if (!socket.canReadLine() && !socket.waitForReadyRead(int(answerLimit - timer.elapsed())))
            return false;
        while (socket.canReadLine()) {
            const QJsonObject line = QJsonDocument::fromJson(socket.readLine()).object();
            if (line[QStringLiteral("id")] == requestId)
                return line[QStringLiteral("ok")].toBool();
        }
    }
    return false;
}

} // namespace ui
