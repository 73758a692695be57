// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/presence.h"

#include "xmpp/ns.h"

#include <algorithm>

namespace xmpp {

xml::Element Presence::toElement() const
{
    xml::Builder builder("presence", ns::client);
    builder.attribute("to", to.isNull() ? QString() : to.toString());
    builder.attribute("id", id);
    builder.attribute("type", xml::Value<Type>::text(type));
    if (type == Type::Available && show != Show::Online)
        builder.textChild("show", xml::Value<Show>::text(show));
    if (!status.isEmpty())
        builder.textChild("status", status);
    if (type == Type::Available && priority != 0)
        builder.textChild("priority", QString::number(std::clamp(priority, -128, 127)));
    for (const xml::Element &payload : payloads)
        builder.child(payload);
    return builder.build();
}

std::optional<Presence> Presence::of(const xml::Element &presence)
{
    Presence result;
    if (presence.hasAttribute("type")) {
        const auto type = xml::fromWord<Type>(presence.attributeView("type"));
        if (!type)
            return {};
        result.type = *type;
    }
    result.id = presence.attribute("id");
    std::string buffer;
    const auto show = xml::trimmed(presence.child("show", ns::client).textView(buffer));
    result.show = xml::fromWord<Show>(show).value_or(Show::Online);
    result.status = presence.child("status", ns::client).text();
    const auto priority = xml::Value<int>::parse(presence.child("priority", ns::client).textView(buffer));
    result.priority = std::clamp(priority.value_or(0), -128, 127);
    return result;
}

} // namespace xmpp
