// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/payloads.h"
#include "xmpp/ns.h"

namespace xep {

/// Says that a message is only to be shown to who asks for it (XEP-0382).
struct Spoiler {
    static constexpr size_t mostPerMessage = 16;  ///< Languages; what is beyond is left out.
    static constexpr qsizetype longestHint = 500; ///< UTF-16 units; the rest is left out.

    QString hint;     ///< What it is about; empty: not said.
    QString language; ///< xml:lang of the hint.

    /// That of a message: the hint in this language, else in none, else the first. Nothing where it is no spoiler.
    static std::optional<Spoiler> of(const xml::Element &message, const QString &language = {});
};
constexpr auto describe(xml::Type<Spoiler>)
{
    return xml::element("spoiler", "urn:xmpp:spoiler:0", xml::attribute("lang", &Spoiler::language, xmpp::ns::xml),
                        xml::text(&Spoiler::hint));
}

inline std::optional<Spoiler> Spoiler::of(const xml::Element &message, const QString &language)
{
    std::optional<Spoiler> found;
    for (const Spoiler &each : findAll<Spoiler>(message, mostPerMessage)) {
        const bool isWanted = !language.isEmpty() && each.language.compare(language, Qt::CaseInsensitive) == 0;
        if (!found || isWanted || (each.language.isEmpty() && !found->language.isEmpty()))
            found = each;
        if (isWanted)
            break;
    }
    if (found && found->hint.size() > longestHint) {
        found->hint.truncate(longestHint);
        if (found->hint.back().isHighSurrogate())
            found->hint.chop(1);
    }
    return found;
}

} // namespace xep
