// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/typed.h"

#include "xep/0085_chatstates.h"
#include "xep/0115_caps.h"
#include "xep/0203_delay.h"
#include "xep/0359_ids.h"
#include "xmpp/message.h"
#include "xmpp/ns.h"
#include "xmpp/presence.h"
#include "xmpp/roster.h"

namespace bench {
namespace {

constexpr std::string_view omemo = "eu.siacs.conversations.axolotl";
constexpr int ourDevice = 100000 + 3 * 731;

struct OccupantId {
    QString id;
};
constexpr auto describe(xml::Type<OccupantId>)
{
    return xml::element("occupant-id", "urn:xmpp:occupant-id:0", xml::required(xml::attribute("id", &OccupantId::id)));
}

struct RoomItem {
    QString affiliation;
    QString role;
};
constexpr auto describe(xml::Type<RoomItem>)
{
    return xml::element("item", "http://jabber.org/protocol/muc#user",
                        xml::attribute("affiliation", &RoomItem::affiliation), xml::attribute("role", &RoomItem::role));
}
struct RoomUser {
    std::optional<RoomItem> item;
};
constexpr auto describe(xml::Type<RoomUser>)
{
    return xml::element("x", "http://jabber.org/protocol/muc#user", xml::child(&RoomUser::item));
}

struct Photo {
    QString hash;
};
constexpr auto describe(xml::Type<Photo>)
{
    return xml::element("x", "vcard-temp:x:update", xml::textChild("photo", &Photo::hash));
}

struct Idle {
    QDateTime since;
};
constexpr auto describe(xml::Type<Idle>)
{
    return xml::element("idle", "urn:xmpp:idle:1", xml::attribute("since", &Idle::since));
}

struct Reply {
    QString id;
    QString to;
};
constexpr auto describe(xml::Type<Reply>)
{
    return xml::element("reply", "urn:xmpp:reply:0", xml::attribute("id", &Reply::id),
                        xml::attribute("to", &Reply::to));
}

struct Reaction {
    QString text;
};
constexpr auto describe(xml::Type<Reaction>)
{
    return xml::element("reaction", "urn:xmpp:reactions:0", xml::text(&Reaction::text));
}
struct Reactions {
    QString id;
    std::vector<Reaction> all;
};
constexpr auto describe(xml::Type<Reactions>)
{
    return xml::element("reactions", "urn:xmpp:reactions:0", xml::attribute("id", &Reactions::id),
                        xml::children(&Reactions::all));
}

void readAddresses(const xml::Element &stanza, Understood &sum)
{
    sum.addresses += !Jid::fromWire(stanza.attribute("from")).isNull();
    sum.addresses += !Jid::fromWire(stanza.attribute("to")).isNull();
    sum.texts += stanza.attribute("id").size();
}

void understandPresence(const xml::Element &stanza, Understood &sum)
{
    readAddresses(stanza, sum);
    if (const auto presence = xmpp::Presence::of(stanza))
        sum.texts += presence->status.size() + presence->priority;
    if (const auto caps = xml::find<xep::Caps::Claim>(stanza))
        sum.texts += caps->node.size() + caps->ver.size();
    if (const auto photo = xml::find<Photo>(stanza))
        sum.texts += photo->hash.size();
    if (const auto occupant = xml::find<OccupantId>(stanza))
        sum.texts += occupant->id.size();
    if (const auto user = xml::find<RoomUser>(stanza); user && user->item)
        sum.texts += user->item->affiliation.size() + user->item->role.size();
    if (const auto idle = xml::find<Idle>(stanza))
        sum.payloads += idle->since.isValid();
    ++sum.payloads;
}

void readBytes(const xml::Element &element, Understood &sum)
{
    std::string buffer;
    if (const auto bytes = xml::Value<QByteArray>::parse(element.textView(buffer)))
        sum.payloads += !bytes->isEmpty();
}

void understandKeys(const xml::Element &encrypted, Understood &sum)
{
    const xml::Element header = encrypted.child("header", omemo);
    for (const xml::Element &key : header.children()) {
        // The keys for others' devices stay undecoded: seven of eight.
        if (key.is("key", omemo) && xml::Value<int>::parse(key.attributeView("rid")) == ourDevice)
            readBytes(key, sum);
    }
    readBytes(header.child("iv", omemo), sum);
    readBytes(encrypted.child("payload", omemo), sum);
}

void understandMessage(const xml::Element &stanza, Understood &sum)
{
    readAddresses(stanza, sum);
    if (const xml::Element result = stanza.child("result", "urn:xmpp:mam:2")) {
        sum.texts += result.attribute("id").size() + result.attribute("queryid").size();
        const xml::Element forwarded = result.child("forwarded", "urn:xmpp:forward:0");
        if (const auto delay = xml::find<xep::Delay>(forwarded))
            sum.payloads += delay->stamp.isValid();
        if (const xml::Element inner = forwarded.child("message", xmpp::ns::client))
            understandMessage(inner, sum);
        return;
    }
    sum.payloads += int(xmpp::Message::typeOf(stanza)) + xep::ChatStates::of(stanza).has_value();
    sum.texts += xmpp::Message::bodyOf(stanza).size();
    if (const auto origin = xml::find<xep::OriginId>(stanza))
        sum.texts += origin->id.size();
    if (const auto archive = xml::find<xep::StanzaId>(stanza))
        sum.texts += archive->id.size();
    if (const auto occupant = xml::find<OccupantId>(stanza))
        sum.texts += occupant->id.size();
    if (const auto reply = xml::find<Reply>(stanza))
        sum.texts += reply->id.size() + reply->to.size();
    if (const auto reactions = xml::find<Reactions>(stanza))
        sum.texts += reactions->id.size() + qint64(reactions->all.size());
    if (const xml::Element encrypted = stanza.child("encrypted", omemo))
        understandKeys(encrypted, sum);
}

void understandRoster(const xml::Element &stanza, Understood &sum)
{
    const xml::Element query = stanza.child("query", xmpp::ns::roster);
    for (const xml::Element &child : query.children()) {
        if (const auto item = xmpp::RosterItem::of(child)) {
            ++sum.addresses;
            sum.texts += item->name.size() + qint64(item->groups.size());
        }
    }
}

} // namespace

void understand(const xml::Element &stanza, Understood &sum)
{
    if (stanza.is("presence", xmpp::ns::client))
        understandPresence(stanza, sum);
    else if (stanza.is("message", xmpp::ns::client))
        understandMessage(stanza, sum);
    else if (stanza.is("iq", xmpp::ns::client))
        understandRoster(stanza, sum);
}

} // namespace bench
