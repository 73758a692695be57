// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/webaddress.h"
#include "xml/describe.h"

namespace xep {

/// A small picture of something larger (XEP-0264).
struct Thumbnail {
    static constexpr size_t mostTogether = 8;         ///< Of one file; what is beyond is left out.
    static constexpr qsizetype mostBytes = 64 * 1024; ///< Of a picture that is in the address itself.

    QString uri; ///< https:, http:, cid: (XEP-0231) or data:.
    QString type;
    std::optional<quint16> width; ///< Pixels; a hint for the space to keep, never for memory (XEP-0264 5).
    std::optional<quint16> height;

    /// The address, where it is one on the web.
    std::optional<QUrl> address() const { return webAddress(uri, WebSchemes::Https); }
    /// The picture, where it is in the address itself (RFC 2397): a picture by its media type, in base64, at most
    /// mostBytes. Nothing where it is not. Never decoded here.
    std::optional<QByteArray> bytes() const;
};
constexpr auto describe(xml::Type<Thumbnail>)
{
    return xml::element("thumbnail", "urn:xmpp:thumbs:1", xml::required(xml::attribute("uri", &Thumbnail::uri)),
                        xml::attribute("media-type", &Thumbnail::type), xml::attribute("width", &Thumbnail::width),
                        xml::attribute("height", &Thumbnail::height));
}

} // namespace xep
