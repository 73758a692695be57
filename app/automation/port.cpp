// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/port.h"

#include "automation/json.h"
#include "chat/archive.h"
#include "chat/inbox.h"
#include "chat/outbox.h"
#include "media/decoder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaMethod>

namespace automation {

Port::Port(chat::Profile &profile) : m_profile(profile)
{
    addAccountCommands();
    addContactCommands();
    addMessageCommands();
    addFileCommands();
    addAvatarCommands();
    addArchiveCommands();
    addProgramCommands();
    addSettingsCommands();
    connectEvents();
    connectAlerts();
}

Port::~Port() = default;

QStringList Port::commands()
{
    static const char *const names[] = {
        "account.add",
        "account.list",
        "account.enable",
        "account.disable",
        "account.remove",
        "account.register",
        "account.password",
        "account.keys",
        "connect",
        "disconnect",
        "state",
        "presence",
        "roster",
        "roster.add",
        "roster.remove",
        "roster.rename",
        "roster.groups",
        "subscription.accept",
        "subscription.deny",
        "block",
        "unblock",
        "send",
        "send.file",
        "file.accept",
        "file.cancel",
        "avatar.set",
        "avatar.get",
        "history",
        "archive.state",
        "archive.fetch",
        "archive.pause",
        "archive.prefs",
        "search",
        "chats",
        "chat.read",
        "chat.mute",
        "chat.pin",
        "chat.archive",
        "room.join",
        "room.leave",
        "room.list",
        "room.occupants",
        "room.invite",
        "room.config",
        "room.affiliation",
        "room.role",
        "room.subject",
        "disco",
        "command",
        "vcard",
        "version",
        "ping",
        "raw",
        "devices",
        "trust",
        "call",
        "call.accept",
        "call.reject",
        "call.end",
        "call.state",
        "settings.get",
        "settings.set",
        "stats",
        "quit",
        "activate",
    };
    QStringList result;
    for (const char *name : names)
        result.append(QString::fromLatin1(name));
    return result;
}

void Port::add(const char *name, Handler handler)
{
    m_handlers.emplace(QString::fromLatin1(name), std::move(handler));
}

void Port::take(const QByteArray &line, Answer answer)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(line, &parse);
    if (!document.isObject()) {
        const QString why =
            parse.error == QJsonParseError::NoError ? QStringLiteral("it is no object") : parse.errorString();
        answer({{QStringLiteral("ok"), false},
                {QStringLiteral("error"),
                 json::error({Error::Kind::Input, QStringLiteral("bad-json"),
                              QStringLiteral("A line must be one JSON object; %1.").arg(why)})}});
        return;
    }
    const QJsonObject arguments = document.object();
    const QString command = arguments.value(QStringLiteral("cmd")).toString();
    m_scope.run(run(command, arguments, std::move(answer)));
}

Task<void> Port::run(QString command, QJsonObject arguments, Answer answer)
{
    Result<QJsonObject> result = QJsonObject();
    const auto handler = m_handlers.find(command);
    if (handler != m_handlers.end())
        result = co_await handler->second(arguments);
    else if (commands().contains(command))
        result = fail(Error::Kind::Unsupported, QStringLiteral("not-implemented"),
                      QStringLiteral("The command \"%1\" is not implemented in this version.").arg(command));
    else
        result =
            fail(Error::Kind::Input, QStringLiteral("unknown-command"),
                 QStringLiteral("There is no command \"%1\"; docs/automation.md lists them.").arg(command.left(100)));
    QJsonObject reply = result ? *result : QJsonObject{{QStringLiteral("error"), json::error(result.error())}};
    reply[QStringLiteral("ok")] = result.has_value();
    if (arguments.contains(QStringLiteral("id")) && !reply.contains(QStringLiteral("id")))
        reply[QStringLiteral("id")] = arguments.value(QStringLiteral("id"));
    answer(reply);
    if (result && command == u"quit")
        Q_EMIT quitRequested();
}

Result<chat::Account *> Port::accountOf(const QJsonObject &arguments) const
{
    const auto all = m_profile.accounts().all();
    const QString name = arguments.value(QStringLiteral("account")).toString();
    if (name.isEmpty()) {
        if (all.size() == 1)
            return all.front();
        return fail(Error::Kind::Input, QStringLiteral("account-missing"),
                    all.empty() ? QStringLiteral("There is no account yet; add one with account.add.")
                                : QStringLiteral("There are several accounts; name one in \"account\"."));
    }
    const auto jid = Jid::parse(name);
    if (!jid)
        return fail(jid.error());
    if (chat::Account *account = m_profile.accounts().find(jid->bare()))
        return account;
    return fail(Error::Kind::Input, QStringLiteral("account-unknown"),
                QStringLiteral("There is no account %1.").arg(name));
}

void Port::connectEvents()
{
    chat::Accounts &accounts = m_profile.accounts();
    connect(&accounts, &chat::Accounts::added, this, &Port::connectAccount);
    for (chat::Account *account : accounts.all())
        connectAccount(account);
    connect(&m_profile.storage(), &chat::StorageWatch::changed, this, [this] {
        const auto &trouble = m_profile.storage().trouble();
        QJsonObject object{{QStringLiteral("event"), QStringLiteral("storage")}, {QStringLiteral("ok"), !trouble}};
        if (trouble)
            object[QStringLiteral("error")] = json::error(*trouble);
        Q_EMIT happened(object);
    });
    chat::Conversations &conversations = m_profile.conversations();
    const auto messageEvent = [this](const char *name, const store::Message &message) {
        static const QMetaMethod signal = QMetaMethod::fromSignal(&Port::happened);
        if (!isSignalConnected(signal))
            return; // with windows mostly nobody listens, and messages may be many
        QJsonObject object = json::message(message, m_profile.conversations().find(message.conversation));
        object[QStringLiteral("event")] = QString::fromLatin1(name);
        Q_EMIT happened(object);
    };
    connect(&conversations, &chat::Conversations::messageAdded, this,
            [messageEvent](const store::Message &message) { messageEvent("message", message); });
    connect(&conversations, &chat::Conversations::messageChanged, this,
            [messageEvent](const store::Message &message) { messageEvent("message.state", message); });
    connect(&conversations, &chat::Conversations::messageEdited, this,
            [messageEvent](const store::Message &message) { messageEvent("message.changed", message); });
    connect(&conversations, &chat::Conversations::messageRemoved, this, [this](qint64 id, qint64 key) {
        const store::Conversation *chat = m_profile.conversations().find(id);
        Q_EMIT happened({{QStringLiteral("event"), QStringLiteral("message.removed")},
                         {QStringLiteral("account"), chat ? chat->account.toString() : QString()},
                         {QStringLiteral("chat"), chat ? chat->peer.toString() : QString()},
                         {QStringLiteral("key"), QString::number(key)}});
    });
    connect(&conversations, &chat::Conversations::typing, this, [this](qint64 id, bool active) {
        if (const store::Conversation *chat = m_profile.conversations().find(id))
            Q_EMIT happened(
                {{QStringLiteral("event"), QStringLiteral("typing")},
                 {QStringLiteral("account"), chat->account.toString()},
                 {QStringLiteral("chat"), chat->peer.toString()},
                 {QStringLiteral("author"), chat->peer.toString()},
                 {QStringLiteral("state"), active ? QStringLiteral("composing") : QStringLiteral("active")}});
    });
}

void Port::connectAlerts()
{
    const auto alertEvent = [this](const char *state, const chat::Alert &alert) {
        QJsonObject object = json::alert(alert);
        object[QStringLiteral("event")] = QStringLiteral("notification");
        object[QStringLiteral("state")] = QString::fromLatin1(state);
        Q_EMIT happened(object);
    };
    chat::Alerts &alerts = m_profile.alerts();
    connect(&alerts, &chat::Alerts::raised, this, std::bind_front(alertEvent, "raised"));
    connect(&alerts, &chat::Alerts::changed, this, std::bind_front(alertEvent, "changed"));
    connect(&alerts, &chat::Alerts::withdrawn, this, std::bind_front(alertEvent, "withdrawn"));
}

void Port::connectAccount(chat::Account *account)
{
    const QString name = account->jid().toString();
    const auto open = [name](const char *kind) {
        return QJsonObject{{QStringLiteral("event"), QString::fromLatin1(kind)}, {QStringLiteral("account"), name}};
    };
    connect(account, &chat::Account::stateChanged, this, [this, account] {
        QJsonObject object = stateOf(account);
        object[QStringLiteral("event")] = QStringLiteral("state");
        Q_EMIT happened(object);
    });
    connect(&account->serverKeys(), &chat::ServerKeys::keyChanged, this, [this, open, account] {
        const store::ServerKey *key = account->serverKeys().news();
        const store::ServerKey *previous = account->serverKeys().previous();
        if (!key || !previous)
            return;
        QJsonObject object = open("server.key");
        object[QStringLiteral("current")] = json::serverKey(*key);
        object[QStringLiteral("previous")] = json::serverKey(*previous);
        Q_EMIT happened(object);
    });
    connect(&account->presences(), &chat::Presences::resourceChanged, this,
            [this, open](const Jid &full, const chat::ResourcePresence &presence, bool available) {
                QJsonObject object = open("presence");
                const QJsonObject fields = json::resource(presence);
                for (auto it = fields.begin(); it != fields.end(); ++it)
                    object[it.key()] = it.value();
                object[QStringLiteral("jid")] = full.bare().toString();
                object[QStringLiteral("available")] = available;
                if (!available)
                    object[QStringLiteral("show")] = QStringLiteral("offline");
                Q_EMIT happened(object);
            });
    chat::Contacts &contacts = account->contacts();
    const auto rosterEvent = [this, open, account](const Jid &jid) {
        QJsonObject object = open("roster");
        if (const chat::Contact *contact = account->contacts().find(jid))
            object[QStringLiteral("contact")] = json::contact(*contact, account->presences().of(jid));
        else
            object[QStringLiteral("removed")] = true;
        object[QStringLiteral("jid")] = jid.toString();
        Q_EMIT happened(object);
    };
    connect(&contacts, &chat::Contacts::changed, this, rosterEvent);
    connect(&contacts, &chat::Contacts::removed, this, rosterEvent);
    connect(&contacts, &chat::Contacts::reset, this, [this, open] {
        QJsonObject object = open("roster");
        object[QStringLiteral("reset")] = true;
        Q_EMIT happened(object);
    });
    connect(&contacts, &chat::Contacts::requested, this, [this, open](const chat::SubscriptionRequest &request) {
        QJsonObject object = open("subscription");
        object[QStringLiteral("jid")] = request.jid.toString();
        object[QStringLiteral("type")] = QStringLiteral("subscribe");
        object[QStringLiteral("text")] = request.text;
        Q_EMIT happened(object);
    });
    connect(&contacts, &chat::Contacts::subscriptionChanged, this, [this, open](const Jid &jid, const QString &type) {
        QJsonObject object = open("subscription");
        object[QStringLiteral("jid")] = jid.toString();
        object[QStringLiteral("type")] = type;
        Q_EMIT happened(object);
    });
    connectFiles(account);
    connectAvatars(account);
    connect(&account->archive(), &chat::Archive::progressChanged, this, [this, account] {
        QJsonObject object = archiveProgress(account);
        object[QStringLiteral("event")] = QStringLiteral("archive");
        Q_EMIT happened(object);
    });
    connect(&account->inbox(), &chat::Inbox::storageFailed, this, [this, open](const Error &error) {
        QJsonObject object = open("error");
        object[QStringLiteral("error")] = json::error(error);
        Q_EMIT happened(object);
    });
    connect(&account->inbox(), &chat::Inbox::parkedOne, this, [this, open](const Error &error) {
        QJsonObject object = open("error");
        object[QStringLiteral("error")] = json::error(error);
        object[QStringLiteral("parked")] = true;
        Q_EMIT happened(object);
    });
    connect(&account->client().router(), &xmpp::Router::dropped, this, [this, open](const QString &why) {
        QJsonObject object = open("limit");
        object[QStringLiteral("what")] = why;
        Q_EMIT happened(object);
    });
}

} // namespace automation
