// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

namespace xep {

/// Says that a stanza was held up, since when and by whom (XEP-0203). Anybody can write one: for the time of a message
/// ask xmpp::Origin, which knows whom to believe.
struct Delay {
    Jid from;
    QDateTime stamp; ///< UTC.
    QString reason;
};
constexpr auto describe(xml::Type<Delay>)
{
    return xml::element("delay", "urn:xmpp:delay", xml::attribute("from", &Delay::from),
                        xml::required(xml::attribute("stamp", &Delay::stamp)), xml::text(&Delay::reason));
}

} // namespace xep
