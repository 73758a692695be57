// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0426_characters.h"

namespace xep {

/// A part of the body that is there for older clients alone; all of it where neither end is given.
struct FallbackBody {
    std::optional<CodePoint> start;
    std::optional<CodePoint> end;
};
constexpr auto describe(xml::Type<FallbackBody>)
{
    return xml::element("body", "urn:xmpp:fallback:0", xml::attribute("start", &FallbackBody::start),
                        xml::attribute("end", &FallbackBody::end));
}

/// As FallbackBody, of the subject.
struct FallbackSubject {
    std::optional<CodePoint> start;
    std::optional<CodePoint> end;
};
constexpr auto describe(xml::Type<FallbackSubject>)
{
    return xml::element("subject", "urn:xmpp:fallback:0", xml::attribute("start", &FallbackSubject::start),
                        xml::attribute("end", &FallbackSubject::end));
}

/// Says which parts of a message only stand in for what older clients do not know (XEP-0428).
struct Fallback {
    static constexpr size_t mostPerMessage = 16; ///< What is beyond is left out.
    static constexpr size_t mostParts = 64;      ///< Of each of them; what is beyond is left out.

    QString ns; ///< What it stands in for; null: not said.
    std::vector<FallbackBody> bodies;
    std::vector<FallbackSubject> subjects;

    /// Without parts it is for all there is.
    bool isForAll() const { return bodies.empty() && subjects.empty(); }
    /// Those of a message.
    static std::vector<Fallback> of(const xml::Element &message);
};
constexpr auto describe(xml::Type<Fallback>)
{
    return xml::element("fallback", "urn:xmpp:fallback:0", xml::attribute("for", &Fallback::ns),
                        xml::children(&Fallback::bodies), xml::children(&Fallback::subjects));
}

/// The parts of `body` that stand in for one of `namespaces`: in order, apart from each other, inside the body.
std::vector<TextRange> fallbackParts(const QString &body, const std::vector<Fallback> &fallbacks,
                                     const QStringList &namespaces);
/// `body` as one reads it who knows `namespaces`: without these parts. Null where all of it is one, so that nothing was
/// said beside what the payload says.
QString withoutFallback(const QString &body, const std::vector<Fallback> &fallbacks, const QStringList &namespaces);
/// Where `range` of a body lies once `parts`, as fallbackParts() gives them, are taken out; nothing where all of it is in
/// them. For what points into a body beside a fallback (XEP-0372, XEP-0394).
std::optional<TextRange> rangeWithout(TextRange range, const std::vector<TextRange> &parts);
/// As withoutFallback(), of the subject.
QString subjectWithoutFallback(const QString &subject, const std::vector<Fallback> &fallbacks,
                               const QStringList &namespaces);

} // namespace xep
