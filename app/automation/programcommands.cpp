// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/json.h"
#include "automation/port.h"
#include "chat/inbox.h"
#include "chat/outbox.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QMetaMethod>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

namespace automation {
namespace {

/// Bytes of memory in use, or -1 where the system does not say.
qint64 residentBytes()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toLongLong() * ::sysconf(_SC_PAGESIZE) : -1;
#else
    return -1;
#endif
}

Result<Jid> targetOf(const QJsonObject &arguments)
{
    const QString to = arguments.value(QStringLiteral("to")).toString();
    if (to.isEmpty())
        return Jid(); // our own server
    return Jid::parse(to);
}

} // namespace

void Port::addProgramCommands()
{
    add("version", std::bind_front(&Port::version, this));
    add("ping", std::bind_front(&Port::ping, this));
    add("disco", std::bind_front(&Port::disco, this));
    add("stats", std::bind_front(&Port::stats, this));
    add("quit", std::bind_front(&Port::quit, this));
    add("activate", std::bind_front(&Port::activate, this));
}

Task<Result<QJsonObject>> Port::version(QJsonObject arguments)
{
    if (!arguments.contains(QStringLiteral("to")))
        co_return QJsonObject{{QStringLiteral("name"), QStringLiteral("Balcony")},
                              {QStringLiteral("version"), QCoreApplication::applicationVersion()}};
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto to = targetOf(arguments);
    if (!to)
        co_return fail(to.error());
    auto version = co_await (*account)->extensions().version.of(*to);
    if (!version)
        co_return fail(version.error());
    co_return QJsonObject{{QStringLiteral("name"), version->name},
                          {QStringLiteral("version"), version->version},
                          {QStringLiteral("os"), version->os}};
}

Task<Result<QJsonObject>> Port::ping(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto to = targetOf(arguments);
    if (!to)
        co_return fail(to.error());
    const auto begin = m_profile.services().clock.monotonic();
    auto answer = co_await (*account)->extensions().ping.ping(*to);
    if (!answer)
        co_return fail(answer.error());
    const auto took = m_profile.services().clock.monotonic() - begin;
    co_return QJsonObject{{QStringLiteral("seconds"), double(took.count()) / 1000}};
}

Task<Result<QJsonObject>> Port::disco(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto to = targetOf(arguments);
    if (!to)
        co_return fail(to.error());
    const Jid target = to->isNull() ? Jid::fromWire((*account)->jid().domain()) : *to;
    auto asking = (*account)->extensions().disco.info(target, arguments.value(QStringLiteral("node")).toString());
    auto found = co_await std::move(asking);
    if (!found)
        co_return fail(found.error());
    QJsonArray identities;
    for (const auto &identity : found->identities)
        identities.append(QJsonObject{{QStringLiteral("category"), identity.category},
                                      {QStringLiteral("type"), identity.type},
                                      {QStringLiteral("name"), identity.name}});
    QJsonArray features;
    for (const auto &feature : found->features)
        features.append(feature.var);
    co_return QJsonObject{{QStringLiteral("to"), target.toString()},
                          {QStringLiteral("identities"), identities},
                          {QStringLiteral("features"), features}};
}

Task<Result<QJsonObject>> Port::stats(QJsonObject)
{
    qint64 in = 0;
    qint64 out = 0;
    int outbox = 0;
    int inbox = 0;
    int parked = 0;
    qint64 contacts = 0;
    qint64 messages = 0;
    for (chat::Account *account : m_profile.accounts().all()) {
        in += account->stanzasIn();
        out += account->stanzasOut();
        outbox += account->outbox().pending();
        inbox += account->inbox().queued();
        parked += account->inbox().parked();
        contacts += qint64(account->contacts().all().size());
    }
    const auto chats = m_profile.conversations().all();
    for (const store::Conversation &chat : chats)
        messages += chat.count;
    QJsonObject object{{QStringLiteral("memory"), residentBytes()},
                       {QStringLiteral("stanzasIn"), in},
                       {QStringLiteral("stanzasOut"), out},
                       {QStringLiteral("outbox"), outbox},
                       {QStringLiteral("inbox"), inbox},
                       {QStringLiteral("storeQueue"), m_profile.store().pending()},
                       {QStringLiteral("parked"), parked},
                       {QStringLiteral("messages"), messages},
                       {QStringLiteral("contacts"), contacts},
                       {QStringLiteral("chats"), int(chats.size())}};
    for (const auto &[key, measure] : m_measures)
        object[key] = measure();
    co_return object;
}

Task<Result<QJsonObject>> Port::quit(QJsonObject)
{
    co_return QJsonObject{};
}

/// From a second start on the same profile: come forward, with these arguments. A program without a window cannot.
Task<Result<QJsonObject>> Port::activate(QJsonObject arguments)
{
    if (!isSignalConnected(QMetaMethod::fromSignal(&Port::activated)))
        co_return fail(Error::Kind::Unsupported, QStringLiteral("no-window"),
                       QStringLiteral("This Balcony runs without a window."));
    QStringList list;
    for (const QJsonValue argument : arguments.value(QStringLiteral("arguments")).toArray())
        list.append(argument.toString());
    Q_EMIT activated(list);
    co_return QJsonObject{};
}

} // namespace automation
