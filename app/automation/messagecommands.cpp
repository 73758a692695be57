// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/json.h"
#include "automation/port.h"
#include "chat/outbox.h"
#include "store/chatpage.h"

#include <QJsonArray>

namespace automation {
namespace {

constexpr int defaultPage = 50;
constexpr int mostPerPage = 1000;

/// A message's key; it travels as text, because JSON's numbers end at 2^53.
Result<qint64> keyOf(const QJsonObject &arguments, const QString &field)
{
    const QJsonValue value = arguments.value(field);
    bool isNumber = false;
    const qint64 key = value.isString() ? value.toString().toLongLong(&isNumber) : value.toInteger();
    if (value.isString() ? !isNumber : !value.isDouble())
        return fail(Error::Kind::Input, QStringLiteral("bad-field"),
                    QStringLiteral("The field \"%1\" must be a message's key.").arg(field));
    return key;
}

int limitOf(const QJsonObject &arguments)
{
    const QJsonValue value = arguments.value(QStringLiteral("limit"));
    const int limit = value.isString() ? value.toString().toInt() : value.toInt(defaultPage);
    return std::clamp(limit, 1, mostPerPage);
}

/// The first field of those that asks for what this version cannot do yet.
QString unsupportedField(const QJsonObject &arguments)
{
    const QString encryption = arguments.value(QStringLiteral("encryption")).toString();
    return encryption.isEmpty() || encryption == u"none" ? QString() : QStringLiteral("encryption");
}

/// For Store::read(): the key of the message that `name` means in a chat: its `id` or origin id, or its key.
struct FindNamed {
    qint64 conversation;
    QString name;
    Result<qint64> operator()(store::Reader &reader) const
    {
        const auto named = reader.messages().findAny(conversation, name);
        if (!named)
            return fail(named.error());
        if (*named)
            return (*named)->key;
        const auto byKey = reader.messages().byKey(name.toLongLong());
        if (!byKey)
            return fail(byKey.error());
        if (*byKey && (*byKey)->conversation == conversation)
            return (*byKey)->key;
        return fail(Error::Kind::Input, QStringLiteral("message-unknown"),
                    QStringLiteral("There is no message \"%1\" in this chat.").arg(name));
    }
};

QJsonObject sent(const store::Message &message, const QString &state)
{
    return {{QStringLiteral("messageId"), message.stanzaId},
            {QStringLiteral("key"), QString::number(message.key)},
            {QStringLiteral("state"), state}};
}

} // namespace

void Port::addMessageCommands()
{
    add("send", std::bind_front(&Port::send, this));
    add("history", std::bind_front(&Port::history, this));
    add("search", std::bind_front(&Port::search, this));
    add("chats", std::bind_front(&Port::chats, this));
    add("chat.read", std::bind_front(&Port::chatRead, this));
}

Task<Result<QJsonObject>> Port::send(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    if (const QString field = unsupportedField(arguments); !field.isEmpty())
        co_return fail(Error::Kind::Unsupported, QStringLiteral("not-implemented"),
                       QStringLiteral("\"%1\" of send is not implemented in this version.").arg(field));
    const auto to = Jid::parse(arguments.value(QStringLiteral("to")).toString());
    if (!to)
        co_return fail(to.error());
    const Jid bare = to->bare();
    for (const char *field : {"replaces", "retract", "react"}) {
        if (!arguments.contains(QLatin1String(field)))
            continue;
        auto changing = change(*account, bare, QString::fromLatin1(field), arguments);
        co_return co_await std::move(changing);
    }
    chat::Outbox::Draft draft;
    draft.to = *to;
    draft.body = arguments.value(QStringLiteral("body")).toString();
    draft.id = arguments.value(QStringLiteral("messageId")).toString();
    if (arguments.contains(QLatin1String("replyTo"))) {
        auto finding = named((*account)->jid(), bare, arguments.value(QStringLiteral("replyTo")).toString());
        const auto key = co_await std::move(finding);
        if (!key)
            co_return fail(key.error());
        draft.replyTo = *key;
    }
    auto stored = co_await (*account)->outbox().send(draft);
    if (!stored)
        co_return fail(stored.error());
    co_return sent(*stored, QStringLiteral("queued"));
}

/// The key of a message of the chat with `peer`.
Task<Result<qint64>> Port::named(Jid account, Jid peer, QString name)
{
    const store::Conversation *conversation = m_profile.conversations().find(account, peer);
    if (!conversation)
        co_return fail(Error::Kind::Input, QStringLiteral("message-unknown"),
                       QStringLiteral("There is no chat with %1.").arg(peer.toString()));
    auto reading = m_profile.store().read(FindNamed{conversation->id, std::move(name)});
    co_return co_await std::move(reading);
}

/// `replaces` and `retract` name one of ours; `react` is all of our signs, for the message that `replyTo` names.
Task<Result<QJsonObject>> Port::change(chat::Account *account, Jid peer, QString field, QJsonObject arguments)
{
    const bool reacts = field == u"react";
    auto finding = named(account->jid(), peer, arguments.value(reacts ? QStringLiteral("replyTo") : field).toString());
    const auto key = co_await std::move(finding);
    if (!key)
        co_return fail(key.error());
    QStringList signs;
    for (const QJsonValue &sign : arguments.value(field).toArray())
        signs.append(sign.toString());
    chat::Outbox &outbox = account->outbox();
    auto changing = reacts    ? outbox.setReactions(*key, signs)
        : field == u"retract" ? outbox.retract(*key)
                              : outbox.correct(*key, arguments.value(QStringLiteral("body")).toString());
    auto changed = co_await std::move(changing);
    if (!changed)
        co_return fail(changed.error());
    co_return sent(*changed, QStringLiteral("queued"));
}

namespace {

/// Where messages of the page may be missing: the key of the first one behind each gap.
QJsonArray gapsOf(const store::ChatPage &read)
{
    QJsonArray gaps;
    for (const store::ChatGap &gap : read.gaps) {
        const auto behind = std::find_if(read.page.messages.begin(), read.page.messages.end(),
                                         [&](const store::Message &message) { return message.key >= gap.place(); });
        const bool isHere = behind != read.page.messages.end()
            && (behind != read.page.messages.begin() || behind->key == gap.place() || read.page.reachesOldest);
        if (isHere)
            gaps.append(QJsonObject{{QStringLiteral("before"), QString::number(behind->key)},
                                    {QStringLiteral("history"), gap.history},
                                    {QStringLiteral("stuck"), gap.stuck}});
    }
    return gaps;
}

} // namespace

Task<Result<QJsonObject>> Port::history(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    const auto peer = Jid::parse(arguments.value(QStringLiteral("chat")).toString());
    if (!peer)
        co_return fail(peer.error());
    const store::Conversation *conversation = m_profile.conversations().find((*account)->jid(), peer->bare());
    QJsonArray messages;
    if (!conversation)
        co_return QJsonObject{{QStringLiteral("messages"), messages},
                              {QStringLiteral("complete"), true},
                              {QStringLiteral("gaps"), QJsonArray()}};
    store::PageRequest request;
    request.limit = limitOf(arguments);
    for (const QString &field : {QStringLiteral("before"), QStringLiteral("after")}) {
        if (!arguments.contains(field))
            continue;
        const auto key = keyOf(arguments, field);
        if (!key)
            co_return fail(key.error());
        (field == u"before" ? request.before : request.after) = *key;
    }
    store::ReadChatPage read{conversation->id, request};
    auto found = co_await m_profile.store().read(read);
    if (!found)
        co_return fail(found.error());
    for (const store::Message &message : found->page.messages)
        messages.append(json::message(message, m_profile.conversations().find(message.conversation)));
    co_return QJsonObject{{QStringLiteral("messages"), messages},
                          {QStringLiteral("complete"), found->page.reachesOldest},
                          {QStringLiteral("gaps"), gapsOf(*found)}};
}

namespace {

/// The request that the fields of `search` make, but for the chat. Errors: Input `bad-field`.
Result<store::SearchRequest> searchOf(const QJsonObject &arguments)
{
    const auto bad = [](const QString &field) {
        return fail(Error::Kind::Input, QStringLiteral("bad-field"),
                    QStringLiteral("The field \"%1\" is missing, or is not what it must be.").arg(field));
    };
    store::SearchRequest request;
    request.text = arguments.value(QStringLiteral("text")).toString();
    if (request.text.trimmed().isEmpty())
        return bad(QStringLiteral("text"));
    request.limit = limitOf(arguments);
    if (arguments.contains(QLatin1String("from"))) {
        const auto from = Jid::parse(arguments.value(QStringLiteral("from")).toString());
        if (!from)
            return fail(from.error());
        request.authors = {*from};
    }
    for (const QString &field : {QStringLiteral("since"), QStringLiteral("until")}) {
        if (!arguments.contains(field))
            continue;
        const QDateTime time = QDateTime::fromString(arguments.value(field).toString(), Qt::ISODateWithMs);
        if (!time.isValid())
            return bad(field);
        (field == u"since" ? request.since : request.until) = time;
    }
    if (arguments.contains(QLatin1String("before"))) {
        const auto key = keyOf(arguments, QStringLiteral("before"));
        if (!key)
            return fail(key.error());
        request.behind = *key;
    }
    return request;
}

struct FindMessages {
    store::SearchRequest request;
    Result<std::vector<store::Message>> operator()(store::Reader &reader) const
    {
        return reader.search().find(request);
    }
};

} // namespace

/// Over everything stored at this moment: what is not in the index yet is put there first.
Task<Result<QJsonObject>> Port::search(QJsonObject arguments)
{
    auto request = searchOf(arguments);
    if (!request)
        co_return fail(request.error());
    // One of ours is ours, whatever it was written on.
    if (!request->authors.isEmpty() && m_profile.accounts().find(request->authors.constFirst().bare())) {
        request->authors.clear();
        request->outgoing = true;
    }
    QJsonArray results;
    if (arguments.contains(QLatin1String("account")) || arguments.contains(QLatin1String("chat"))) {
        auto account = accountOf(arguments);
        if (!account)
            co_return fail(account.error());
        request->account = (*account)->jid();
    }
    if (arguments.contains(QLatin1String("chat"))) {
        const auto peer = Jid::parse(arguments.value(QStringLiteral("chat")).toString());
        if (!peer)
            co_return fail(peer.error());
        const store::Conversation *conversation = m_profile.conversations().find(request->account, peer->bare());
        if (!conversation)
            co_return QJsonObject{{QStringLiteral("results"), results}};
        request->conversation = conversation->id;
        request->account = Jid();
    }
    auto indexing = m_profile.searchIndexer().finish();
    const auto indexed = co_await std::move(indexing);
    if (!indexed)
        co_return fail(indexed.error());
    FindMessages find{*request};
    auto searching = m_profile.store().search(find, true);
    const auto found = co_await std::move(searching);
    if (!found)
        co_return fail(found.error());
    for (const store::Message &message : *found)
        results.append(json::message(message, m_profile.conversations().find(message.conversation)));
    co_return QJsonObject{{QStringLiteral("results"), results}};
}

Task<Result<QJsonObject>> Port::chats(QJsonObject)
{
    QJsonArray list;
    for (const store::Conversation &conversation : m_profile.conversations().all())
        list.append(json::chat(conversation));
    co_return QJsonObject{{QStringLiteral("chats"), list}};
}

Task<Result<QJsonObject>> Port::chatRead(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    const auto peer = Jid::parse(arguments.value(QStringLiteral("chat")).toString());
    if (!peer)
        co_return fail(peer.error());
    const store::Conversation *conversation = m_profile.conversations().find((*account)->jid(), peer->bare());
    if (!conversation)
        co_return fail(Error::Kind::Input, QStringLiteral("chat-unknown"),
                       QStringLiteral("There is no chat with %1.").arg(peer->toString()));
    qint64 key = conversation->lastKey;
    if (arguments.contains(QStringLiteral("key"))) {
        const auto given = keyOf(arguments, QStringLiteral("key"));
        if (!given)
            co_return fail(given.error());
        key = *given;
    }
    const qint64 id = conversation->id;
    auto done = co_await m_profile.conversations().markRead(id, key);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("chat"), peer->bare().toString()}};
}

} // namespace automation
