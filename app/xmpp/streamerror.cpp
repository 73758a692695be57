// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streamerror.h"

#include "xmpp/ns.h"

#include <algorithm>

namespace xmpp {
namespace {

/// RFC 6120 4.9.3.
constexpr std::string_view conditions[] = {
    "bad-format",
    "bad-namespace-prefix",
    "conflict",
    "connection-timeout",
    "host-gone",
    "host-unknown",
    "improper-addressing",
    "internal-server-error",
    "invalid-from",
    "invalid-namespace",
    "invalid-xml",
    "not-authorized",
    "not-well-formed",
    "policy-violation",
    "remote-connection-failed",
    "reset",
    "resource-constraint",
    "restricted-xml",
    "see-other-host",
    "system-shutdown",
    "undefined-condition",
    "unsupported-encoding",
    "unsupported-feature",
    "unsupported-stanza-type",
    "unsupported-version",
};

} // namespace

Error streamError(const xml::Element &error)
{
    QString condition = QStringLiteral("undefined-condition");
    QString text;
    for (const xml::Element &child : error.children()) {
        if (child.ns() != ns::streamErrors)
            continue;
        if (child.name() == "text")
            text = child.text().trimmed();
        else if (std::find(std::begin(conditions), std::end(conditions), child.name()) != std::end(conditions))
            condition = QString::fromUtf8(child.name().data(), qsizetype(child.name().size()));
    }
    const QString said = text.isEmpty() ? QString() : QStringLiteral(" It says: \"%1\".").arg(text);
    return Error{Error::Kind::Stream, condition,
                 QStringLiteral("The server ended the stream (%1).%2").arg(condition, said)};
}

xml::Element streamErrorElement(const QString &condition, const QString &text, const xml::Element &specific)
{
    xml::Builder builder("error", ns::stream);
    builder.start(condition.toStdString(), ns::streamErrors).end();
    if (!text.isEmpty())
        builder.textChild("text", text, ns::streamErrors);
    return builder.child(specific).build();
}

} // namespace xmpp
