// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/stanzaerror.h"

#include "xmpp/ns.h"

namespace xmpp {
namespace {

/// RFC 6120 8.3.3: the type that each condition goes with.
QString defaultType(const QString &condition)
{
    static constexpr std::pair<std::string_view, std::string_view> table[] = {
        {"bad-request", "modify"},         {"forbidden", "auth"},           {"jid-malformed", "modify"},
        {"not-acceptable", "modify"},      {"not-authorized", "auth"},      {"policy-violation", "modify"},
        {"recipient-unavailable", "wait"}, {"redirect", "modify"},          {"registration-required", "auth"},
        {"remote-server-timeout", "wait"}, {"resource-constraint", "wait"}, {"subscription-required", "auth"},
        {"unexpected-request", "wait"},
    };
    for (const auto &[name, type] : table) {
        if (condition == QLatin1String(name.data(), qsizetype(name.size())))
            return QString::fromLatin1(type.data(), qsizetype(type.size()));
    }
    return QStringLiteral("cancel");
}

} // namespace

StanzaError StanzaError::of(const xml::Element &stanza)
{
    StanzaError result;
    result.condition = QStringLiteral("undefined-condition");
    const xml::Element error = stanza.child("error", ns::client);
    if (!error)
        return result;
    result.type = error.attribute("type");
    for (const xml::Element &child : error.children()) {
        if (child.ns() != ns::stanzaErrors)
            result.application = child;
        else if (child.name() == "text")
            result.text = child.text().trimmed();
        else
            result.condition = QString::fromUtf8(child.name().data(), qsizetype(child.name().size()));
    }
    return result;
}

xml::Element StanzaError::toElement() const
{
    xml::Builder builder("error", ns::client);
    builder.attribute("type", type.isEmpty() ? defaultType(condition) : type);
    builder.start(condition.toStdString(), ns::stanzaErrors).end();
    if (!text.isEmpty())
        builder.textChild("text", text, ns::stanzaErrors);
    builder.child(application);
    return builder.build();
}

Error StanzaError::toError() const
{
    const QString said = text.isEmpty() ? QString() : QStringLiteral(" It says: \"%1\".").arg(text);
    return Error{Error::Kind::Stanza, condition, QStringLiteral("The other side refused (%1).%2").arg(condition, said)};
}

} // namespace xmpp
