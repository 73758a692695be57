// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QProcess>
#include <QVariantMap>

#include <vector>

namespace tests {

/// A session bus of the test's own.
class PrivateBus
{
public:
    PrivateBus()
    {
        m_process.start(QStringLiteral("dbus-daemon"),
                        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        if (m_process.waitForStarted() && m_process.waitForReadyRead(30'000))
            m_address = QString::fromLatin1(m_process.readLine()).trimmed();
    }
    ~PrivateBus()
    {
        for (const QString &name : m_names)
            QDBusConnection::disconnectFromBus(name);
        m_process.kill();
        m_process.waitForFinished();
    }
    /// A connection of its own.
    QDBusConnection connect()
    {
        static int count = 0;
        m_names.append(QStringLiteral("notify-test-%1").arg(++count));
        return QDBusConnection::connectToBus(m_address, m_names.last());
    }
    bool isThere() const { return !m_address.isEmpty(); }

private:
    QProcess m_process;
    QString m_address;
    QStringList m_names;
};

/// The desktop's notification daemon, in the test's hand.
class NotifyDaemon : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        uint number = 0;
        uint replaces = 0;
        QString icon;
        QString title;
        QString body;
        QStringList actions;
        QVariantMap hints;
    };

    explicit NotifyDaemon(const QDBusConnection &bus) : m_bus(bus)
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this, QDBusConnection::ExportAllSlots);
    }
    bool begin() { return m_bus.registerService(name()); }
    bool end() { return m_bus.unregisterService(name()); }
    void says(const char *signal, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/Notifications"), name(),
                                                          QString::fromLatin1(signal));
        message.setArguments(arguments);
        m_bus.send(message);
    }
    /// The first call that was not answered yet is answered now.
    void answers()
    {
        const QDBusMessage call = waiting.front();
        waiting.erase(waiting.begin());
        m_bus.send(call.createReply(shown[shown.size() - waiting.size() - 1].number));
    }

    QStringList capabilities{QStringLiteral("body"), QStringLiteral("actions")};
    std::vector<Shown> shown; ///< Every call.
    std::vector<uint> closed;
    int asked = 0;
    bool isSlow = false; ///< Notify waits for answers().
    std::vector<QDBusMessage> waiting;

public Q_SLOTS:
    QStringList GetCapabilities()
    {
        ++asked;
        return capabilities;
    }
    uint Notify(const QString & /*program*/, uint replaces, const QString &icon, const QString &title,
                const QString &body, const QStringList &actions, const QVariantMap &hints, int /*timeout*/)
    {
        const uint number = replaces != 0 ? replaces : ++m_last;
        shown.push_back({number, replaces, icon, title, body, actions, hints});
        if (isSlow) {
            setDelayedReply(true);
            waiting.push_back(message());
        }
        return number;
    }
    void CloseNotification(uint number) { closed.push_back(number); }

private:
    static QString name() { return QStringLiteral("org.freedesktop.Notifications"); }
    QDBusConnection m_bus;
    uint m_last = 0;
};

} // namespace tests
