// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/styledtext.h"
#include "xmpp/ns.h"

namespace xep {

/// A part of a line that looks different (XEP-0394 4.1).
struct MarkupSpan {
    CodePoint start;
    CodePoint end;
    bool isEmphasis = false;
    bool isStrong = false;
    bool isCode = false;
    bool isDeleted = false;
};
constexpr auto describe(xml::Type<MarkupSpan>)
{
    return xml::element("span", "urn:xmpp:markup:0", xml::required(xml::attribute("start", &MarkupSpan::start)),
                        xml::required(xml::attribute("end", &MarkupSpan::end)),
                        xml::flag("emphasis", &MarkupSpan::isEmphasis), xml::flag("strong", &MarkupSpan::isStrong),
                        xml::flag("code", &MarkupSpan::isCode), xml::flag("deleted", &MarkupSpan::isDeleted));
}

/// Lines of code (XEP-0394 4.2).
struct MarkupCode {
    CodePoint start;
    CodePoint end;
    QString language;
};
constexpr auto describe(xml::Type<MarkupCode>)
{
    return xml::element("bcode", "urn:xmpp:markup:0", xml::required(xml::attribute("start", &MarkupCode::start)),
                        xml::required(xml::attribute("end", &MarkupCode::end)),
                        xml::attribute("language", &MarkupCode::language));
}

/// Where an item of a list starts; it ends where the next one starts, or with the list (XEP-0394 4.3).
struct MarkupItem {
    CodePoint start;
};
constexpr auto describe(xml::Type<MarkupItem>)
{
    return xml::element("li", "urn:xmpp:markup:0", xml::required(xml::attribute("start", &MarkupItem::start)));
}

struct MarkupList {
    CodePoint start;
    CodePoint end;
    std::optional<bool> isOrdered;
    std::vector<MarkupItem> items;
};
constexpr auto describe(xml::Type<MarkupList>)
{
    return xml::element("list", "urn:xmpp:markup:0", xml::required(xml::attribute("start", &MarkupList::start)),
                        xml::required(xml::attribute("end", &MarkupList::end)),
                        xml::attribute("ordered", &MarkupList::isOrdered), xml::children(&MarkupList::items));
}

/// Lines that somebody else said (XEP-0394 4.4).
struct MarkupQuote {
    CodePoint start;
    CodePoint end;
};
constexpr auto describe(xml::Type<MarkupQuote>)
{
    return xml::element("bquote", "urn:xmpp:markup:0", xml::required(xml::attribute("start", &MarkupQuote::start)),
                        xml::required(xml::attribute("end", &MarkupQuote::end)));
}

/// What a body looks like, said beside it (XEP-0394).
struct Markup {
    static constexpr size_t mostParts = 4096; ///< Of each kind, and items of all lists; what is beyond is left out.

    QString language; ///< xml:lang of the body that it is for.
    std::vector<MarkupSpan> spans;
    std::vector<MarkupCode> codes;
    std::vector<MarkupQuote> quotes;
    std::vector<MarkupList> lists;

    /// That of the body which xmpp::Message::bodyOf() takes: the one in the same language.
    static std::optional<Markup> of(const xml::Element &message);
};
constexpr auto describe(xml::Type<Markup>)
{
    return xml::element("markup", "urn:xmpp:markup:0", xml::attribute("lang", &Markup::language, xmpp::ns::xml),
                        xml::children(&Markup::spans), xml::children(&Markup::codes), xml::children(&Markup::quotes),
                        xml::children(&Markup::lists));
}

/// `body` as `markup` says it looks. What overlaps something before it (XEP-0394 5), is empty or lies outside the body is
/// left out.
StyledText markedUp(const QString &body, const Markup &markup);

} // namespace xep
