// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/notify/notifier.h"

#ifdef QT_DBUS_LIB

#include <QDBusConnection>
#include <QDBusMessage>
#include <QStringList>

#include <map>
#include <optional>

class QDBusPendingCall;

namespace ui {

/// Notifications by org.freedesktop.Notifications (Desktop Notifications Specification 1.2, and what KDE adds to it for
/// answers). All calls are asynchronous; one at a time is on its way for each notice, so a slow daemon is given the newest
/// state when it is back. What a restarted daemon has forgotten is shown anew only where something new comes.
class DBusNotifier final : public Notifier
{
    Q_OBJECT
public:
    static constexpr int longestTitle = 100;
    static constexpr int longestBody = 200;    ///< Before it is escaped (RELIABILITY 1.47).
    static constexpr int callTimeout = 10'000; ///< Milliseconds; then the daemon has lost the call.

    /// `appId` names the desktop entry.
    DBusNotifier(const QDBusConnection &bus, const QString &appId, QObject *parent = nullptr);

    const Capabilities &capabilities() const override { return m_capabilities; }
    void setWords(const Words &words) override { m_words = words; }
    void show(const Notice &notice) override;
    void withdraw(qint64 id) override;

    /// The first `longest` characters of `text`, with … behind what was cut; never half a character.
    static QString cut(const QString &text, int longest);

private Q_SLOTS:
    void takeOwner(const QDBusMessage &message);
    void takeAction(const QDBusMessage &message);
    void takeReply(const QDBusMessage &message);
    void takeToken(const QDBusMessage &message);
    void takeClosed(const QDBusMessage &message);

private:
    struct State {
        uint number = 0;              ///< The daemon's; 0: it is not shown.
        bool isBusy = false;          ///< A call is on its way.
        std::optional<Notice> wanted; ///< To be shown when the way is free.
        bool isGoing = false;         ///< To be withdrawn when the way is free.
        QString token;
    };
    void ask();
    void listen(const char *signal, const char *slot);
    void go(qint64 id);
    void send(qint64 id, State &state, const Notice &notice);
    void close(uint number);
    QStringList actionsOf(const Notice &notice) const;
    QVariantMap hintsOf(const Notice &notice) const;
    QDBusMessage call(const char *method) const;
    /// Whose notice the daemon means; 0: none of ours.
    qint64 idOf(const QDBusMessage &message) const;

    QDBusConnection m_bus;
    QString m_appId;
    Words m_words;
    Capabilities m_capabilities;
    bool m_asked = false; ///< The daemon said what it can do, or that it is not there.
    int m_life = 0;       ///< Grows each time the daemon is another one.
    std::map<qint64, State> m_states;
};

} // namespace ui

#endif
