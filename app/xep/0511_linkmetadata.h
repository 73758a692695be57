// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0264_thumbnails.h"

namespace xep {

/// A picture of what is behind a link: https:, cid: (XEP-0231), ni: or data:.
struct LinkImage {
    QString uri;
};
constexpr auto describe(xml::Type<LinkImage>)
{
    return xml::element("image", "https://ogp.me/ns#", xml::text(&LinkImage::uri));
}

/// What the sender says of a link in the message (XEP-0511), in the words of OpenGraph. A claim: the sender can say
/// anything of any page.
struct LinkMetadata {
    static constexpr size_t mostPerMessage = 8;    ///< What is beyond is left out.
    static constexpr size_t mostImages = 8;        ///< Likewise.
    static constexpr qsizetype longestText = 1000; ///< UTF-16 units of each text; the rest is left out.

    QString about; ///< The link.
    QString title;
    QString text;
    QString url; ///< What the page calls itself. A claim about a claim: nothing is opened by it.
    QString kind;
    QString siteName;
    std::vector<LinkImage> images;
    QString imageText; ///< For those who do not see the image.

    /// Those of a message that are about a link on the web, each link once.
    static std::vector<LinkMetadata> of(const xml::Element &message);
    /// The link.
    std::optional<QUrl> address() const { return webAddress(about, WebSchemes::HttpToo); }
    /// The first image that came with the message, not yet decoded; nothing where each would have to be fetched.
    std::optional<QByteArray> imageBytes() const;
};
constexpr auto describe(xml::Type<LinkMetadata>)
{
    constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    constexpr std::string_view og = "https://ogp.me/ns#";
    return xml::element(
        "Description", rdf, xml::required(xml::attribute("about", &LinkMetadata::about, rdf)),
        xml::textChild("title", &LinkMetadata::title, og), xml::textChild("description", &LinkMetadata::text, og),
        xml::textChild("url", &LinkMetadata::url, og), xml::children(&LinkMetadata::images),
        xml::textChild("alt", &LinkMetadata::imageText, "https://ogp.me/ns#image:"),
        xml::textChild("type", &LinkMetadata::kind, og), xml::textChild("site_name", &LinkMetadata::siteName, og));
}

} // namespace xep
