// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0426_characters.h"

namespace xep {

/// Says whom or what a part of the body is about (XEP-0372).
struct Reference {
    enum class Type {
        Mention, ///< A person.
        Data,    ///< Anything else.
    };
    static constexpr size_t mostPerMessage = 256; ///< What is beyond is left out.

    Type type = Type::Mention;
    QString uri; ///< Of what it is about.
    std::optional<CodePoint> begin;
    std::optional<CodePoint> end;
    QString anchor; ///< Of the message that has the part; null: this one.

    /// Those of a message.
    static std::vector<Reference> of(const xml::Element &message);
    /// Says that the part `range` of `body` is about `who`.
    static Reference mention(const Jid &who, const CodePoints &body, TextRange range);
    /// Whom it mentions; null where it mentions nobody, or not by an address.
    Jid mentioned() const;
    /// The part of the body; nothing where there is none, as of one that is about the whole message.
    std::optional<TextRange> placeIn(const CodePoints &body) const;
};

} // namespace xep

template<>
struct xml::Words<xep::Reference::Type> {
    using Type = xep::Reference::Type;
    static constexpr std::array<std::pair<Type, std::string_view>, 2> table{{
        {Type::Mention, "mention"},
        {Type::Data, "data"},
    }};
};

namespace xep {

constexpr auto describe(xml::Type<Reference>)
{
    return xml::element("reference", "urn:xmpp:reference:0", xml::required(xml::attribute("type", &Reference::type)),
                        xml::required(xml::attribute("uri", &Reference::uri)),
                        xml::attribute("begin", &Reference::begin), xml::attribute("end", &Reference::end),
                        xml::attribute("anchor", &Reference::anchor));
}

} // namespace xep
