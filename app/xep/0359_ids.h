// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

namespace xep {

/// The id that an archive or room gave a stanza (XEP-0359 3.1). Good only from one who is known to replace forged ones;
/// for our own archive ask xmpp::Origin::archiveId().
struct StanzaId {
    QString id;
    Jid by;
};
constexpr auto describe(xml::Type<StanzaId>)
{
    return xml::element("stanza-id", "urn:xmpp:sid:0", xml::required(xml::attribute("id", &StanzaId::id)),
                        xml::required(xml::attribute("by", &StanzaId::by)));
}

/// The id that the sender gave (XEP-0359 3.2). The sender can lie: it means something only together with the author.
struct OriginId {
    QString id;
};
constexpr auto describe(xml::Type<OriginId>)
{
    return xml::element("origin-id", "urn:xmpp:sid:0", xml::required(xml::attribute("id", &OriginId::id)));
}

} // namespace xep
