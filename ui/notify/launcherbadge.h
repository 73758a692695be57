// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#ifdef QT_DBUS_LIB
#include <QDBusConnection>
#endif

namespace ui {

/// The number of unread messages on the program's icon in the dock or task bar, by the signal
/// com.canonical.Unity.LauncherEntry.Update that KDE's, Ubuntu's and other docks hear. Told five times a second at most.
class LauncherBadge : public QObject
{
    Q_OBJECT
public:
    static constexpr int pause = 200; ///< Milliseconds.

#ifdef QT_DBUS_LIB
    LauncherBadge(const QDBusConnection &bus, const QString &appId, QObject *parent = nullptr);
#endif

    void setCount(int count);

private:
    void tell();

#ifdef QT_DBUS_LIB
    QDBusConnection m_bus;
#endif
    QString m_appId;
    QTimer m_timer;
    int m_count = 0;
    int m_told = 0;
};

} // namespace ui
