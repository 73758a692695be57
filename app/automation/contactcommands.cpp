// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/json.h"
#include "automation/port.h"

#include <QJsonArray>

namespace automation {
namespace {

/// The bare JID in "jid".
Result<Jid> jidOf(const QJsonObject &arguments, const char *field = "jid")
{
    const auto jid = Jid::parse(arguments.value(QLatin1String(field)).toString());
    if (!jid)
        return fail(jid.error());
    return jid->bare();
}

QStringList groupsOf(const QJsonObject &arguments)
{
    QStringList groups;
    const QJsonValue value = arguments.value(QStringLiteral("groups"));
    if (value.isString())
        groups = value.toString().split(u',', Qt::SkipEmptyParts);
    for (const QJsonValue group : value.toArray())
        groups.append(xml::cleanText(group.toString()));
    return groups;
}

} // namespace

void Port::addContactCommands()
{
    add("roster", std::bind_front(&Port::roster, this));
    add("roster.add", std::bind_front(&Port::rosterAdd, this));
    add("roster.remove", std::bind_front(&Port::rosterRemove, this));
    add("roster.rename", std::bind_front(&Port::rosterRename, this));
    add("roster.groups", std::bind_front(&Port::rosterGroups, this));
    add("subscription.accept", std::bind_front(&Port::subscriptionAccept, this));
    add("subscription.deny", std::bind_front(&Port::subscriptionDeny, this));
}

Task<Result<QJsonObject>> Port::roster(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    QJsonArray contacts;
    for (const auto &[jid, contact] : (*account)->contacts().all())
        contacts.append(json::contact(contact, (*account)->presences().of(jid)));
    QJsonArray requests;
    for (const auto &[jid, request] : (*account)->contacts().requests())
        requests.append(QJsonObject{{QStringLiteral("jid"), jid.toString()}, {QStringLiteral("text"), request.text}});
    co_return QJsonObject{{QStringLiteral("contacts"), contacts}, {QStringLiteral("requests"), requests}};
}

Task<Result<QJsonObject>> Port::rosterAdd(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto jid = jidOf(arguments);
    if (!jid)
        co_return fail(jid.error());
    auto changing = (*account)->contacts().add(*jid, xml::cleanText(arguments.value(QStringLiteral("name")).toString()),
                                               groupsOf(arguments));
    auto done = co_await std::move(changing);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("jid"), jid->toString()}};
}

Task<Result<QJsonObject>> Port::rosterRemove(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto jid = jidOf(arguments);
    if (!jid)
        co_return fail(jid.error());
    auto done = co_await (*account)->contacts().remove(*jid);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("jid"), jid->toString()}};
}

Task<Result<QJsonObject>> Port::rosterRename(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto jid = jidOf(arguments);
    if (!jid)
        co_return fail(jid.error());
    auto changing =
        (*account)->contacts().rename(*jid, xml::cleanText(arguments.value(QStringLiteral("name")).toString()));
    auto done = co_await std::move(changing);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("jid"), jid->toString()}};
}

/// With "jid": sets the contact's groups. Without: all groups and how many are in each.
Task<Result<QJsonObject>> Port::rosterGroups(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    if (arguments.contains(QStringLiteral("jid"))) {
        auto jid = jidOf(arguments);
        if (!jid)
            co_return fail(jid.error());
        auto changing = (*account)->contacts().setGroups(*jid, groupsOf(arguments));
        auto done = co_await std::move(changing);
        if (!done)
            co_return fail(done.error());
        co_return QJsonObject{{QStringLiteral("jid"), jid->toString()}};
    }
    std::map<QString, int> counts;
    for (const auto &[jid, contact] : (*account)->contacts().all()) {
        for (const QString &group : contact.groups)
            ++counts[group];
    }
    QJsonArray groups;
    for (const auto &[name, count] : counts)
        groups.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("contacts"), count}});
    co_return QJsonObject{{QStringLiteral("groups"), groups}};
}

Task<Result<QJsonObject>> Port::subscriptionAccept(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto jid = jidOf(arguments);
    if (!jid)
        co_return fail(jid.error());
    auto done = co_await (*account)->contacts().accept(*jid);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("jid"), jid->toString()}};
}

Task<Result<QJsonObject>> Port::subscriptionDeny(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto jid = jidOf(arguments);
    if (!jid)
        co_return fail(jid.error());
    auto done = co_await (*account)->contacts().deny(*jid);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("jid"), jid->toString()}};
}

} // namespace automation
