// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notify/launcherbadge.h"

#ifdef QT_DBUS_LIB
#include <QDBusMessage>
#include <QVariantMap>
#endif

namespace ui {

#ifdef QT_DBUS_LIB

LauncherBadge::LauncherBadge(const QDBusConnection &bus, const QString &appId, QObject *parent)
    : QObject(parent), m_bus(bus), m_appId(appId)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &LauncherBadge::tell);
}

void LauncherBadge::tell()
{
    if (m_told == m_count || !m_bus.isConnected())
        return;
    m_told = m_count;
    QDBusMessage message =
        QDBusMessage::createSignal(QStringLiteral("/com/canonical/unity/launcherentry/1"),
                                   QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"));
    message << QStringLiteral("application://%1.desktop").arg(m_appId)
            << QVariantMap{{QStringLiteral("count"), qint64(m_count)}, {QStringLiteral("count-visible"), m_count > 0}};
    m_bus.send(message);
}

#else

void LauncherBadge::tell() { }

#endif

void LauncherBadge::setCount(int count)
{
    m_count = count;
    if (m_count != m_told && !m_timer.isActive())
        m_timer.start();
}

} // namespace ui
