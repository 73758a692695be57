// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

namespace xep {

/// In a presence: since when the person has not touched the device (XEP-0319).
struct Idle {
    QDateTime since;
};
constexpr auto describe(xml::Type<Idle>)
{
    return xml::element("idle", "urn:xmpp:idle:1", xml::required(xml::attribute("since", &Idle::since)));
}

} // namespace xep
