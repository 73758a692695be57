// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/systemidle.h"

#include <QGuiApplication>
#include <QVariantMap>

#ifdef QT_DBUS_LIB
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

namespace ui {

std::unique_ptr<IdleSource> makeIdleSource()
{
    return std::make_unique<SystemIdle>();
}

#ifdef QT_DBUS_LIB

namespace {

QString sessionInterface()
{
    return QStringLiteral("org.freedesktop.login1.Session");
}

} // namespace

SystemIdle::SystemIdle()
{
    QDBusConnection bus = QDBusConnection::systemBus();
    if (bus.isConnected()) {
        // "auto" is the session that the caller belongs to: org.freedesktop.login1(5).
        bus.connect(QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1/session/auto"),
                    QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("PropertiesChanged"), this,
                    SLOT(takeProperties(QString, QVariantMap, QStringList)));
    }
}

/// GNOME, on Wayland too.
void SystemIdle::askMutter()
{
    const QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.gnome.Mutter.IdleMonitor"), QStringLiteral("/org/gnome/Mutter/IdleMonitor/Core"),
        QStringLiteral("org.gnome.Mutter.IdleMonitor"), QStringLiteral("GetIdletime"));
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<quint64> reply = *watcher;
        if (reply.isError())
            m_hasMutter = false;
        else
            Q_EMIT answered(std::chrono::milliseconds(qint64(qMin<quint64>(reply.value(), quint64(1) << 40))));
    });
}

void SystemIdle::takeProperties(const QString &interface, const QVariantMap &changed, const QStringList & /*invalid*/)
{
    const auto locked = changed.constFind(QStringLiteral("LockedHint"));
    if (interface == sessionInterface() && locked != changed.constEnd())
        Q_EMIT lockChanged(locked->toBool());
}

#else

SystemIdle::SystemIdle() = default;
void SystemIdle::askMutter() { }
void SystemIdle::takeProperties(const QString &, const QVariantMap &, const QStringList &) { }

#endif

void SystemIdle::ask()
{
    if (const auto idle = systemIdleTime())
        Q_EMIT answered(*idle);
    else if (m_hasMutter)
        askMutter();
}

} // namespace ui
