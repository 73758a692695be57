// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0428_fallback.h"

namespace xep {

/// Asks everybody to take a message back (XEP-0424). Whether the author is the same is for the reader to judge
/// (RELIABILITY 1.7).
struct Retract {
    QString id; ///< The message's; in a group chat the one that the room gave it (XEP-0424 5.1).

    static QString ns() { return QStringLiteral("urn:xmpp:message-retract:1"); }
    /// For the body that older clients show in its place: all of it.
    static Fallback fallback() { return Fallback{ns(), {}, {}}; }
};
constexpr auto describe(xml::Type<Retract>)
{
    return xml::element("retract", "urn:xmpp:message-retract:1", xml::required(xml::attribute("id", &Retract::id)));
}

/// Retract as version 0.3 had it, inside a fastening (XEP-0422): others send it still, we only read it.
struct FormerRetract {
    struct Mark {
    };
    QString id;
    std::optional<Mark> mark; ///< Without it something else is fastened.
};
constexpr auto describe(xml::Type<FormerRetract::Mark>)
{
    return xml::element("retract", "urn:xmpp:message-retract:0");
}
constexpr auto describe(xml::Type<FormerRetract>)
{
    return xml::element("apply-to", "urn:xmpp:fasten:0", xml::required(xml::attribute("id", &FormerRetract::id)),
                        xml::child(&FormerRetract::mark));
}

/// What an archive keeps in place of a message that was taken back (XEP-0424 4).
struct Retracted {
    QString id;      ///< Of the message that took it back.
    Jid by;          ///< Null: not said.
    QDateTime stamp; ///< When; invalid: not said.
};
constexpr auto describe(xml::Type<Retracted>)
{
    return xml::element("retracted", "urn:xmpp:message-retract:1", xml::required(xml::attribute("id", &Retracted::id)),
                        xml::attribute("by", &Retracted::by), xml::attribute("stamp", &Retracted::stamp));
}

} // namespace xep
