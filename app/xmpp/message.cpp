// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/message.h"

#include "xmpp/ns.h"

namespace xmpp {

xml::Element Message::toElement() const
{
    xml::Builder builder("message", ns::client);
    builder.attribute("to", to.isNull() ? QString() : to.toString());
    builder.attribute("id", id);
    builder.attribute("type", type == Type::Normal ? QString() : xml::Value<Type>::text(type));
    if (!subject.isNull())
        builder.textChild("subject", subject);
    if (!body.isNull())
        builder.textChild("body", body);
    if (!thread.isNull())
        builder.textChild("thread", thread);
    for (const xml::Element &payload : payloads)
        builder.child(payload);
    return builder.build();
}

Message::Type Message::typeOf(const xml::Element &message)
{
    return xml::fromWord<Type>(message.attributeView("type")).value_or(Type::Normal);
}

QString Message::bodyOf(const xml::Element &message)
{
    xml::Element first;
    for (const xml::Element &child : message.children()) {
        if (!child.is("body", ns::client))
            continue;
        if (!child.hasAttribute("lang", ns::xml))
            return child.text();
        if (!first)
            first = child;
    }
    return first ? first.text() : QString();
}

} // namespace xmpp
