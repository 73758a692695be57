// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0203_delay.h"
#include "xmpp/ns.h"

namespace xep {

/// A stanza that somebody passes on (XEP-0297). Outside carbons and archives, which the Router unwraps, it says nothing
/// more than what the one who passes it on says (RELIABILITY 1.10).
struct Forwarded {
    std::optional<Delay> delay;

    /// The message in `forwarded`; null unless there is exactly one, in its own namespace.
    static xml::Element messageIn(const xml::Element &forwarded)
    {
        xml::Element found;
        for (const xml::Element &child : forwarded.children()) {
            if (!child.is("message", xmpp::ns::client))
                continue;
            if (found)
                return {};
            found = child;
        }
        return found;
    }
};
constexpr auto describe(xml::Type<Forwarded>)
{
    return xml::element("forwarded", xmpp::ns::forward, xml::child(&Forwarded::delay));
}

} // namespace xep
