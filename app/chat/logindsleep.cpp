// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/logindsleep.h"

#ifdef QT_DBUS_LIB
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>
#endif

namespace chat {

LogindSleep::~LogindSleep() = default;

#ifdef QT_DBUS_LIB

namespace {

QString service()
{
    return QStringLiteral("org.freedesktop.login1");
}
QString path()
{
    return QStringLiteral("/org/freedesktop/login1");
}
QString interface()
{
    return QStringLiteral("org.freedesktop.login1.Manager");
}

} // namespace

LogindSleep::LogindSleep(QObject *parent) : Sleep(parent)
{
    QDBusConnection bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return;
    bus.connect(service(), path(), interface(), QStringLiteral("PrepareForSleep"), this, SLOT(prepare(bool)));
    takeLock();
}

/// Each lock is good for one sleep.
void LogindSleep::takeLock()
{
    QDBusMessage call = QDBusMessage::createMethodCall(service(), path(), interface(), QStringLiteral("Inhibit"));
    call << QStringLiteral("sleep") << QStringLiteral("Balcony") << QStringLiteral("Servers are told what has arrived")
         << QStringLiteral("delay");
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        if (!reply.isError())
            m_lock = std::make_shared<QDBusUnixFileDescriptor>(reply.value());
    });
}

void LogindSleep::allow()
{
    m_lock.reset();
}

void LogindSleep::prepare(bool sleeps)
{
    if (sleeps) {
        Q_EMIT nears();
        return;
    }
    takeLock();
    Q_EMIT woke();
}

#else

LogindSleep::LogindSleep(QObject *parent) : Sleep(parent) { }
void LogindSleep::takeLock() { }
void LogindSleep::allow() { }
void LogindSleep::prepare(bool /*sleeps*/) { }

#endif

} // namespace chat
