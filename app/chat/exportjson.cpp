// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exportformats.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

// docs/export.md says what each field means. Fields are added; none changes its meaning without another version.

namespace chat::exportformats {
namespace {

constexpr int formatVersion = 1;

QString word(store::Encryption encryption)
{
    switch (encryption) {
    case store::Encryption::None: return QStringLiteral("none");
    case store::Encryption::Omemo: return QStringLiteral("omemo");
    case store::Encryption::OpenPgp: return QStringLiteral("openpgp");
    }
    Q_UNREACHABLE();
}

QString word(store::ConversationKind kind)
{
    switch (kind) {
    case store::ConversationKind::Chat: return QStringLiteral("chat");
    case store::ConversationKind::Groupchat: return QStringLiteral("groupchat");
    case store::ConversationKind::Private: return QStringLiteral("private");
    }
    Q_UNREACHABLE();
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Without what is not there.
void put(QJsonObject &object, const char *name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(QLatin1String(name), text);
}

QJsonArray filesJson(const store::Message &message)
{
    QJsonArray files;
    for (const store::File &file : message.files) {
        QJsonObject each{{QStringLiteral("name"), file.name}};
        put(each, "type", file.type);
        put(each, "url", file.url);
        if (file.size)
            each.insert(QStringLiteral("size"), *file.size);
        files.append(each);
    }
    return files;
}

QJsonArray reactionsJson(const Request &request, const store::Message &message)
{
    QJsonArray reactions;
    for (const store::Reactor &reactor : message.reactions)
        reactions.append(QJsonObject{{QStringLiteral("author"), reactor.author.toString()},
                                     {QStringLiteral("name"), nameOf(request, reactor.author, reactor.outgoing)},
                                     {QStringLiteral("signs"), QJsonArray::fromStringList(reactor.signs)}});
    return reactions;
}

QJsonArray versionsJson(const Entry &entry)
{
    QJsonArray versions;
    for (const store::Change &version : entry.versions)
        versions.append(
            QJsonObject{{QStringLiteral("time"), isoTime(version.time)}, {QStringLiteral("body"), version.body}});
    return versions;
}

void putList(QJsonObject &object, const char *name, const QJsonArray &list)
{
    if (!list.isEmpty())
        object.insert(QLatin1String(name), list);
}

} // namespace

QByteArray beginJson(const Request &request)
{
    QByteArray head = compact({{QStringLiteral("format"), QStringLiteral("balcony-chat")},
                               {QStringLiteral("version"), formatVersion},
                               {QStringLiteral("account"), request.chat.account.toString()},
                               {QStringLiteral("chat"), request.chat.peer.toString()},
                               {QStringLiteral("kind"), word(request.chat.kind)},
                               {QStringLiteral("name"), request.otherName},
                               {QStringLiteral("exported"), isoTime(request.now)}});
    head.chop(1); // the brace that ends it
    return head + ",\"messages\":[\n";
}

QByteArray entryJson(const Request &request, const Entry &entry)
{
    const store::Message &message = entry.message;
    QJsonObject object{
        {QStringLiteral("time"), isoTime(message.time)},
        {QStringLiteral("direction"), message.outgoing ? QStringLiteral("out") : QStringLiteral("in")},
        {QStringLiteral("author"), message.author.toString()},
        {QStringLiteral("name"), nameOf(request, message.author, message.outgoing)},
        {QStringLiteral("body"), message.body.isNull() ? QLatin1String("") : message.body},
        {QStringLiteral("state"), stateWord(message.state)},
        {QStringLiteral("encryption"), word(message.encryption)},
        {QStringLiteral("edited"), message.edited},
        {QStringLiteral("retracted"), message.retracted},
    };
    put(object, "id", message.stanzaId);
    put(object, "originId", message.originId);
    put(object, "archiveId", message.archiveId);
    put(object, "occupantId", message.occupantId);
    put(object, "replyTo", message.replyTo);
    put(object, "replaces", message.replaces);
    putList(object, "files", filesJson(message));
    putList(object, "reactions", reactionsJson(request, message));
    putList(object, "versions", versionsJson(entry));
    return compact(object);
}

} // namespace chat::exportformats
