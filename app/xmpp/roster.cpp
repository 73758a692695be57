// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/roster.h"

#include "xmpp/ns.h"

#include <algorithm>

namespace xmpp {
namespace {

constexpr size_t mostItems = 50000; // RELIABILITY 3.3
constexpr size_t mostGroups = 100;
constexpr std::chrono::seconds fetchLimit{60}; // a large roster over a slow link

} // namespace

std::optional<RosterItem> RosterItem::of(const xml::Element &item)
{
    RosterItem result;
    result.jid = Jid::fromWire(item.attribute("jid"));
    if (!item.is("item", ns::roster) || result.jid.isNull())
        return {};
    result.name = item.attribute("name");
    result.subscription = xml::fromWord<Subscription>(item.attributeView("subscription")).value_or(Subscription::None);
    result.asked = item.attributeView("ask") == "subscribe";
    const auto approved = item.attributeView("approved");
    result.approved = approved == "true" || approved == "1";
    for (const xml::Element &child : item.children()) {
        const QString group = child.is("group", ns::roster) ? child.text() : QString();
        if (!group.isEmpty() && result.groups.size() < mostGroups
            && std::find(result.groups.begin(), result.groups.end(), group) == result.groups.end())
            result.groups.push_back(group);
    }
    return result;
}

// RFC 6121 2.1.2: a client sends jid, name and groups; subscription only to remove.
xml::Element RosterItem::toElement() const
{
    xml::Builder builder("item", ns::roster);
    builder.attribute("jid", jid.toString());
    if (subscription == Subscription::Remove)
        return builder.attribute("subscription", QStringLiteral("remove")).build();
    builder.attribute("name", name.isEmpty() ? QString() : name);
    for (const QString &group : groups)
        builder.textChild("group", group);
    return builder.build();
}

Roster::Roster(Client &client) : m_client(client)
{
    client.router().answer("set", "query", ns::roster,
                           [this](const Incoming &iq, Reply reply) { takePush(iq, std::move(reply)); });
}

Task<Result<Roster::Fetched>> Roster::fetch(QString version)
{
    const xml::Element query = xml::Builder("query", ns::roster).attribute("ver", version).build();
    auto answer = co_await m_client.get(Jid(), query, fetchLimit);
    if (!answer)
        co_return fail(answer.error());
    Fetched fetched;
    const xml::Element list = answer->child("query", ns::roster);
    if (!list) { // RFC 6121 2.6.3: an empty result says "what you have is right"
        fetched.isCurrent = true;
        co_return fetched;
    }
    fetched.version = list.attribute("ver");
    for (const xml::Element &child : list.children()) {
        auto item = RosterItem::of(child);
        if (item && item->subscription != RosterItem::Subscription::Remove && fetched.items.size() < mostItems)
            fetched.items.push_back(std::move(*item));
    }
    co_return fetched;
}

Task<Result<>> Roster::set(RosterItem item)
{
    const xml::Element query = xml::Builder("query", ns::roster).child(item.toElement()).build();
    auto answer = co_await m_client.set(Jid(), query);
    if (!answer)
        co_return fail(answer.error());
    co_return Result<>{};
}

Task<Result<>> Roster::remove(Jid jid)
{
    RosterItem item;
    item.jid = jid;
    item.subscription = RosterItem::Subscription::Remove;
    co_return co_await set(item);
}

// RFC 6121 2.1.6: only our own account may push.
void Roster::takePush(const Incoming &iq, Reply reply)
{
    if (!iq.origin().isOwnAccount()) {
        reply.error("service-unavailable");
        return;
    }
    const xml::Element query = iq.element().child("query", ns::roster);
    const auto item = query.childCount() == 1 ? RosterItem::of(query.firstChild()) : std::nullopt;
    if (!item) {
        reply.error("bad-request");
        return;
    }
    Q_EMIT pushed(*item, query.attribute("ver"), std::make_shared<Reply>(std::move(reply)));
}

} // namespace xmpp
