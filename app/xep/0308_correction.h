// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

namespace xep {

/// Says that this message stands in place of an earlier one (XEP-0308): all payloads of it, under the id of the first
/// version. Whether the author is the same is for the reader to judge (RELIABILITY 1.7).
struct Correction {
    QString id;
};
constexpr auto describe(xml::Type<Correction>)
{
    return xml::element("replace", "urn:xmpp:message-correct:0", xml::required(xml::attribute("id", &Correction::id)));
}

} // namespace xep
