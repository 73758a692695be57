// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0446_filemetadata.h"
#include "xep/payloads.h"

namespace xep {

/// An address from which a file comes (XEP-0103).
struct UrlData {
    QString target;

    /// The address, where it is one on the web.
    std::optional<QUrl> address() const { return webAddress(target, WebSchemes::HttpToo); }
};
constexpr auto describe(xml::Type<UrlData>)
{
    return xml::element("url-data", "http://jabber.org/protocol/url-data",
                        xml::required(xml::attribute("target", &UrlData::target)));
}

/// Where a file may be had; the ways that we do not know are passed over. In a message of its own it belongs to a file of
/// an earlier one (XEP-0447 3.3), which AttachTo names.
struct FileSources {
    static constexpr size_t mostUrls = 16; ///< What is beyond is left out.

    QString id; ///< Which file of that message; null where it has one alone.
    std::vector<UrlData> urls;

    /// The addresses on the web, in their order.
    std::vector<QUrl> addresses() const;
};
constexpr auto describe(xml::Type<FileSources>)
{
    return xml::element("sources", "urn:xmpp:sfs:0", xml::attribute("id", &FileSources::id),
                        xml::children(&FileSources::urls));
}

/// Says which earlier message this one adds to (XEP-0367); the author must be the same, or the file's hash must prove
/// what comes (XEP-0447 6).
struct AttachTo {
    QString id;
};
constexpr auto describe(xml::Type<AttachTo>)
{
    return xml::element("attach-to", "urn:xmpp:message-attaching:1",
                        xml::required(xml::attribute("id", &AttachTo::id)));
}

/// A file in a message (XEP-0447).
struct FileSharing {
    enum class Disposition {
        Inline,     ///< To be shown in the conversation.
        Attachment, ///< To be offered, and not to be fetched by itself.
    };
    static constexpr size_t mostPerMessage = 64; ///< An album; what is beyond is left out.

    QString id;          ///< Which of the files of its message; null where it has one alone.
    QString disposition; ///< As it came; shownAs() reads it.
    std::optional<FileMetadata> file;
    std::optional<FileSources> sources; ///< Nothing: they come later.

    static QString ns() { return QStringLiteral("urn:xmpp:sfs:0"); }
    /// Those of a message that say anything of a file.
    static std::vector<FileSharing> of(const xml::Element &message);
    /// Nothing where it is not said, or by a word that nobody knows.
    std::optional<Disposition> shownAs() const;
};
constexpr auto describe(xml::Type<FileSharing>)
{
    return xml::element("file-sharing", "urn:xmpp:sfs:0", xml::attribute("id", &FileSharing::id),
                        xml::attribute("disposition", &FileSharing::disposition), xml::child(&FileSharing::file),
                        xml::child(&FileSharing::sources));
}

} // namespace xep

template<>
struct xml::Words<xep::FileSharing::Disposition> {
    using Disposition = xep::FileSharing::Disposition;
    static constexpr std::array<std::pair<Disposition, std::string_view>, 2> table{{
        {Disposition::Inline, "inline"},
        {Disposition::Attachment, "attachment"},
    }};
};
