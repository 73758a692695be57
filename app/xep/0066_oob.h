// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/webaddress.h"
#include "xml/describe.h"

namespace xep {

/// An address beside a message, most often of a file (XEP-0066 3).
struct OutOfBand {
    QString url;
    QString description;

    /// The address, where it is one on the web.
    std::optional<QUrl> address() const { return webAddress(url, WebSchemes::HttpToo); }
};
constexpr auto describe(xml::Type<OutOfBand>)
{
    return xml::element("x", "jabber:x:oob", xml::textChild("url", &OutOfBand::url),
                        xml::textChild("desc", &OutOfBand::description));
}

} // namespace xep
