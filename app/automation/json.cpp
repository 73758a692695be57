// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/json.h"

#include <QJsonArray>

namespace automation::json {

QJsonObject error(const Error &error)
{
    QJsonObject object{{QStringLiteral("kind"), base::word(error.kind)},
                       {QStringLiteral("condition"), error.condition},
                       {QStringLiteral("text"), error.detail}};
    if (!error.certificate)
        return object;
    QJsonObject certificate{{QStringLiteral("name"), error.certificate->name},
                            {QStringLiteral("issuer"), error.certificate->issuer},
                            {QStringLiteral("validFrom"), time(error.certificate->validFrom)},
                            {QStringLiteral("validTo"), time(error.certificate->validTo)}};
    if (error.certificate->since.isValid())
        certificate[QStringLiteral("since")] = time(error.certificate->since);
    object[QStringLiteral("certificate")] = certificate;
    return object;
}

QJsonObject serverKey(const store::ServerKey &key)
{
    return {{QStringLiteral("key"), QString::fromLatin1(key.fingerprint.toHex())},
            {QStringLiteral("firstSeen"), time(key.firstSeen)},
            {QStringLiteral("lastSeen"), time(key.lastSeen)},
            {QStringLiteral("subject"), key.subject},
            {QStringLiteral("issuer"), key.issuer},
            {QStringLiteral("validFrom"), time(key.validFrom)},
            {QStringLiteral("validTo"), time(key.validTo)}};
}

QString time(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

namespace {

/// Null where there is no text, so that a field is always there and never a lie.
QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

/// When one of our messages came to each state, as far as that is known.
QJsonObject stateTimes(const store::Message &message)
{
    QJsonObject object;
    const auto add = [&object](store::MessageState state, const QDateTime &reached) {
        if (reached.isValid())
            object[stateWord(state)] = time(reached);
    };
    const store::StateTimes &times = message.times;
    add(store::MessageState::Written, times.written);
    add(store::MessageState::Accepted, times.accepted);
    add(store::MessageState::Delivered, times.delivered);
    add(store::MessageState::Displayed, times.displayed);
    add(store::MessageState::Failed, times.failed);
    return object;
}

/// Who put what on a message.
QJsonArray reactions(const store::Message &message)
{
    QJsonArray all;
    for (const store::Reactor &reactor : message.reactions)
        all.append(QJsonObject{{QStringLiteral("author"), reactor.author.bare().toString()},
                               {QStringLiteral("signs"), QJsonArray::fromStringList(reactor.signs)}});
    return all;
}

QString stateWord(store::FileState state)
{
    switch (state) {
    case store::FileState::Remote: return QStringLiteral("remote");
    case store::FileState::Loading: return QStringLiteral("loading");
    case store::FileState::Here: return QStringLiteral("here");
    case store::FileState::Waiting: return QStringLiteral("waiting");
    case store::FileState::Failed: return QStringLiteral("failed");
    }
    Q_UNREACHABLE();
}

QJsonArray files(const store::Message &message)
{
    QJsonArray all;
    for (const store::File &file : message.files) {
        QJsonObject object{{QStringLiteral("file"), file.id},
                           {QStringLiteral("name"), file.name},
                           {QStringLiteral("type"), textOrNull(file.type)},
                           {QStringLiteral("size"), file.size ? QJsonValue(*file.size) : QJsonValue()},
                           {QStringLiteral("url"), textOrNull(file.url)},
                           {QStringLiteral("path"), textOrNull(file.path)},
                           {QStringLiteral("state"), stateWord(file.state)},
                           {QStringLiteral("hash"),
                            file.hash.isEmpty() ? QJsonValue()
                                                : QJsonValue(QJsonObject{{QStringLiteral("algorithm"), file.hashName},
                                                                         {QStringLiteral("value"),
                                                                          QString::fromLatin1(file.hash.toHex())}})}};
        if (file.state == store::FileState::Failed)
            object[QStringLiteral("error")] = error(file.failure);
        all.append(object);
    }
    return all;
}

} // namespace

QJsonObject message(const store::Message &message, const store::Conversation *conversation)
{
    QJsonObject object{
        {QStringLiteral("key"), QString::number(message.key)},
        {QStringLiteral("account"), conversation ? conversation->account.toString() : QString()},
        {QStringLiteral("chat"), conversation ? conversation->peer.toString() : QString()},
        {QStringLiteral("author"), message.author.bare().toString()},
        {QStringLiteral("direction"), message.outgoing ? QStringLiteral("out") : QStringLiteral("in")},
        {QStringLiteral("kind"), QStringLiteral("chat")},
        {QStringLiteral("body"), message.body},
        {QStringLiteral("state"), stateWord(message.state)},
        {QStringLiteral("id"), textOrNull(message.stanzaId)},
        {QStringLiteral("originId"), textOrNull(message.originId)},
        {QStringLiteral("archiveId"), textOrNull(message.archiveId)},
        {QStringLiteral("occupantId"), textOrNull(message.occupantId)},
        {QStringLiteral("encrypted"), QStringLiteral("none")},
        {QStringLiteral("replaces"), textOrNull(message.replaces)},
        {QStringLiteral("replyTo"), textOrNull(message.replyTo)},
        {QStringLiteral("reactions"), reactions(message)},
        {QStringLiteral("retracted"), message.retracted},
        {QStringLiteral("files"), files(message)},
        {QStringLiteral("time"), time(message.time)},
        {QStringLiteral("edited"), message.edited},
    };
    if (message.outgoing)
        object[QStringLiteral("times")] = stateTimes(message);
    if (message.waiting.change != 0)
        object[QStringLiteral("change")] = QJsonObject{{QStringLiteral("state"), stateWord(message.waiting.state)}};
    if (message.waiting.state == store::MessageState::Failed)
        object[QStringLiteral("change")] = QJsonObject{{QStringLiteral("state"), stateWord(message.waiting.state)},
                                                       {QStringLiteral("error"), error(message.waiting.failure)}};
    if (message.state == store::MessageState::Failed)
        object[QStringLiteral("error")] = error(message.failure);
    return object;
}

QJsonObject alert(const chat::Alert &alert)
{
    QJsonObject object{{QStringLiteral("count"), alert.count}};
    switch (alert.kind) {
    case chat::Alert::Kind::Chat:
        object[QStringLiteral("kind")] = QStringLiteral("chat");
        object[QStringLiteral("account")] = alert.account.toString();
        object[QStringLiteral("chat")] = alert.peer.toString();
        object[QStringLiteral("author")] = alert.author.toString();
        object[QStringLiteral("name")] = alert.name;
        object[QStringLiteral("text")] = alert.text;
        object[QStringLiteral("key")] = QString::number(alert.key);
        object[QStringLiteral("sound")] = alert.hasSound;
        return object;
    case chat::Alert::Kind::Requests: object[QStringLiteral("kind")] = QStringLiteral("requests"); break;
    case chat::Alert::Kind::Many: object[QStringLiteral("kind")] = QStringLiteral("many"); break;
    }
    object[QStringLiteral("chats")] = alert.chats;
    object[QStringLiteral("sound")] = alert.hasSound;
    return object;
}

QJsonObject chat(const store::Conversation &conversation)
{
    return {
        {QStringLiteral("chat"), conversation.peer.toString()},
        {QStringLiteral("account"), conversation.account.toString()},
        {QStringLiteral("name"), conversation.name},
        {QStringLiteral("kind"), QStringLiteral("chat")},
        {QStringLiteral("unread"), conversation.unread},
        {QStringLiteral("mentions"), conversation.mentions},
        {QStringLiteral("muted"), conversation.mutedUntil > QDateTime::currentDateTimeUtc()},
        {QStringLiteral("pinned"), conversation.pinned},
        {QStringLiteral("archived"), conversation.archived},
        {QStringLiteral("draft"), conversation.draft},
        {QStringLiteral("last"), time(conversation.lastTime)},
    };
}

QJsonObject resource(const chat::ResourcePresence &presence)
{
    return {{QStringLiteral("resource"), presence.resource},
            {QStringLiteral("show"), word(presence.show)},
            {QStringLiteral("status"), presence.status},
            {QStringLiteral("priority"), presence.priority},
            {QStringLiteral("idleSince"), presence.idleSince.isValid() ? time(presence.idleSince) : QJsonValue()}};
}

QJsonObject contact(const chat::Contact &contact, const std::vector<chat::ResourcePresence> &presences)
{
    QJsonArray groups;
    for (const QString &group : contact.groups)
        groups.append(group);
    QJsonArray resources;
    for (const chat::ResourcePresence &presence : presences)
        resources.append(resource(presence));
    const auto subscription = xml::word(contact.subscription);
    return {{QStringLiteral("jid"), contact.jid.toString()},
            {QStringLiteral("name"), contact.name},
            {QStringLiteral("groups"), groups},
            {QStringLiteral("subscription"), QString::fromLatin1(subscription.data(), qsizetype(subscription.size()))},
            {QStringLiteral("ask"), contact.asked},
            {QStringLiteral("blocked"), contact.blocked},
            {QStringLiteral("presences"), resources}};
}

QString word(chat::Account::State state)
{
    using State = chat::Account::State;
    switch (state) {
    case State::Offline: return QStringLiteral("offline");
    case State::Connecting: return QStringLiteral("connecting");
    case State::Online: return QStringLiteral("online");
    case State::Waiting: return QStringLiteral("waiting");
    case State::NeedsPassword: return QStringLiteral("needs-password");
    case State::NeedsDecision: return QStringLiteral("needs-decision");
    }
    Q_UNREACHABLE();
}

QString word(xmpp::Presence::Show show)
{
    const auto text = xml::word(show);
    return text.empty() ? QStringLiteral("online") : QString::fromLatin1(text.data(), qsizetype(text.size()));
}

std::optional<xmpp::Presence::Show> show(const QString &text)
{
    if (text.isEmpty() || text == u"online" || text == u"available")
        return xmpp::Presence::Show::Online;
    return xml::fromWord<xmpp::Presence::Show>(text.toStdString());
}

} // namespace automation::json
