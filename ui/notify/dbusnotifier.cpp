// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notify/dbusnotifier.h"

#ifdef QT_DBUS_LIB

#include "ui/widgets/plaintext.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

#include <algorithm>
#include <vector>

namespace ui {
namespace {

QString notifyService()
{
    return QStringLiteral("org.freedesktop.Notifications");
}
QString notifyPath()
{
    return QStringLiteral("/org/freedesktop/Notifications");
}
QString busService()
{
    return QStringLiteral("org.freedesktop.DBus");
}

const QString openAction = QStringLiteral("default"); // the whole notification (Actions)
const QString readAction = QStringLiteral("mark-read");
const QString answerAction = QStringLiteral("reply");
const QString inlineAction = QStringLiteral("inline-reply"); // KDE's

} // namespace

DBusNotifier::DBusNotifier(const QDBusConnection &bus, const QString &appId, QObject *parent)
    : Notifier(parent), m_bus(bus), m_appId(appId)
{
    if (!m_bus.isConnected())
        return;
    // Without a sender's name: Qt would ask the bus for its owner, and wait. Who it is is looked at in each signal.
    m_bus.connect(QString(), QStringLiteral("/org/freedesktop/DBus"), busService(), QStringLiteral("NameOwnerChanged"),
                  {notifyService()}, QString(), this, SLOT(takeOwner(QDBusMessage)));
    listen("ActionInvoked", SLOT(takeAction(QDBusMessage)));
    listen("NotificationReplied", SLOT(takeReply(QDBusMessage)));
    listen("ActivationToken", SLOT(takeToken(QDBusMessage)));
    listen("NotificationClosed", SLOT(takeClosed(QDBusMessage)));
    ask();
}

void DBusNotifier::listen(const char *signal, const char *slot)
{
    m_bus.connect(QString(), notifyPath(), notifyService(), QString::fromLatin1(signal), this, slot);
}

QDBusMessage DBusNotifier::call(const char *method) const
{
    return QDBusMessage::createMethodCall(notifyService(), notifyPath(), notifyService(), QString::fromLatin1(method));
}

/// What the daemon can do; a bus may start it for that.
void DBusNotifier::ask()
{
    const int life = m_life;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call("GetCapabilities"), callTimeout), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, life] {
        watcher->deleteLater();
        if (life != m_life)
            return;
        const QDBusPendingReply<QStringList> reply = *watcher;
        m_asked = true;
        m_capabilities = {};
        if (!reply.isError()) {
            const QStringList words = reply.value();
            m_capabilities.isThere = true;
            m_capabilities.body = words.contains(QStringLiteral("body"));
            m_capabilities.markup = words.contains(QStringLiteral("body-markup"));
            m_capabilities.actions = words.contains(QStringLiteral("actions"));
            m_capabilities.inlineReply = m_capabilities.actions && words.contains(inlineAction);
            m_capabilities.sound = words.contains(QStringLiteral("sound"));
        }
        Q_EMIT capabilitiesChanged();
        std::vector<qint64> ids;
        for (const auto &[id, state] : m_states)
            ids.push_back(id);
        for (const qint64 id : ids)
            go(id);
    });
}

/// A daemon came, went, or another one is in its place: it knows nothing of ours.
void DBusNotifier::takeOwner(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    if (message.service() != busService() || arguments.size() != 3)
        return;
    ++m_life;
    for (auto it = m_states.begin(); it != m_states.end();) {
        it->second.number = 0;
        it->second.isBusy = false;
        it = it->second.wanted ? std::next(it) : m_states.erase(it);
    }
    if (arguments.at(2).toString().isEmpty()) {
        m_asked = true;
        m_states.clear();
        m_capabilities = {};
        Q_EMIT capabilitiesChanged();
        return;
    }
    m_asked = false;
    ask();
}

void DBusNotifier::show(const Notice &notice)
{
    State &state = m_states[notice.id];
    state.wanted = notice;
    state.isGoing = false;
    if (m_asked && !m_capabilities.isThere) { // it may only have been slow
        m_asked = false;
        ask();
    }
    go(notice.id);
}

void DBusNotifier::withdraw(qint64 id)
{
    const auto found = m_states.find(id);
    if (found == m_states.end())
        return;
    found->second.wanted.reset();
    found->second.isGoing = true;
    go(id);
}

void DBusNotifier::go(qint64 id)
{
    const auto found = m_states.find(id);
    if (found == m_states.end() || found->second.isBusy || !m_asked || !m_bus.isConnected())
        return;
    State &state = found->second;
    if (state.isGoing || !m_capabilities.isThere) {
        const uint number = state.number;
        m_states.erase(found);
        if (number != 0 && m_capabilities.isThere)
            close(number);
        return;
    }
    if (state.wanted)
        send(id, state, *std::exchange(state.wanted, {}));
}

void DBusNotifier::close(uint number)
{
    QDBusMessage message = call("CloseNotification");
    message << number;
    m_bus.asyncCall(message, callTimeout);
}

QStringList DBusNotifier::actionsOf(const Notice &notice) const
{
    if (!m_capabilities.actions)
        return {};
    QStringList actions{openAction, m_words.open};
    if (notice.hasChat) {
        actions << readAction << m_words.markRead;
        actions << (m_capabilities.inlineReply ? inlineAction : answerAction) << m_words.reply;
    }
    return actions;
}

QVariantMap DBusNotifier::hintsOf(const Notice &notice) const
{
    QVariantMap hints{{QStringLiteral("desktop-entry"), m_appId},
                      {QStringLiteral("category"), QStringLiteral("im.received")},
                      {QStringLiteral("urgency"), QVariant::fromValue(uchar(1))}};
    if (m_capabilities.inlineReply && notice.hasChat)
        hints.insert(QStringLiteral("x-kde-reply-placeholder-text"), m_words.replyHint);
    if (!notice.hasSound)
        hints.insert(QStringLiteral("suppress-sound"), true);
    else if (m_capabilities.sound)
        hints.insert(QStringLiteral("sound-name"), QStringLiteral("message-new-instant")); // Sound Naming 0.2
    return hints;
}

QString DBusNotifier::cut(const QString &text, int longest)
{
    if (text.size() <= longest)
        return text;
    const QString start = text.left(longest - 1);
    return (start.back().isHighSurrogate() ? start.chopped(1) : start) + u'…';
}

void DBusNotifier::send(qint64 id, State &state, const Notice &notice)
{
    // What is no character is none on the bus either, which would end the connection.
    const QString title = cut(singleLine(sendable(notice.title)), longestTitle);
    QString body = cut(sendable(notice.body), longestBody);
    if (m_capabilities.markup)
        body = body.toHtmlEscaped();
    QDBusMessage message = call("Notify");
    message << QStringLiteral("Balcony") << state.number << m_appId << title << (m_capabilities.body ? body : QString())
            << actionsOf(notice) << hintsOf(notice) << -1;
    state.isBusy = true;
    const int life = m_life;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, callTimeout), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, id, life] {
        watcher->deleteLater();
        const auto found = m_states.find(id);
        if (life != m_life || found == m_states.end())
            return;
        const QDBusPendingReply<uint> reply = *watcher;
        found->second.isBusy = false;
        if (!reply.isError())
            found->second.number = reply.value();
        go(id);
    });
}

qint64 DBusNotifier::idOf(const QDBusMessage &message) const
{
    const QVariantList arguments = message.arguments();
    if (arguments.isEmpty())
        return 0;
    const uint number = arguments.constFirst().toUInt();
    const auto found = std::find_if(m_states.begin(), m_states.end(),
                                    [number](const auto &each) { return number != 0 && each.second.number == number; });
    return found == m_states.end() ? 0 : found->first;
}

void DBusNotifier::takeAction(const QDBusMessage &message)
{
    const qint64 id = idOf(message);
    if (id == 0 || message.arguments().size() < 2)
        return;
    const QString action = message.arguments().at(1).toString();
    if (action == readAction)
        Q_EMIT readChosen(id);
    else if (action == openAction || action == answerAction)
        Q_EMIT activated(id, std::exchange(m_states[id].token, {}));
}

void DBusNotifier::takeReply(const QDBusMessage &message)
{
    const qint64 id = idOf(message);
    if (id == 0 || message.arguments().size() < 2)
        return;
    const QString text = message.arguments().at(1).toString();
    if (!text.trimmed().isEmpty())
        Q_EMIT replied(id, text);
}

/// Comes before the action that it belongs to.
void DBusNotifier::takeToken(const QDBusMessage &message)
{
    const qint64 id = idOf(message);
    if (id != 0 && message.arguments().size() >= 2)
        m_states[id].token = message.arguments().at(1).toString();
}

/// The person wiped it away, or its time was over: the next news of it are a new one.
void DBusNotifier::takeClosed(const QDBusMessage &message)
{
    const qint64 id = idOf(message);
    if (id == 0)
        return;
    State &state = m_states[id];
    state.number = 0;
    if (!state.isBusy && !state.wanted)
        m_states.erase(id);
}

} // namespace ui

#endif
