// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0030_disco.h"

namespace xep {

/// One of the reactions to a message.
struct Reaction {
    QString text;
};
constexpr auto describe(xml::Type<Reaction>)
{
    return xml::element("reaction", "urn:xmpp:reactions:0", xml::text(&Reaction::text));
}

/// All that somebody thinks of a message, in place of what was sent before (XEP-0444). None: taken back.
struct Reactions {
    static constexpr qsizetype mostPerUser = 32; ///< What is beyond is left out.
    static constexpr qsizetype longest = 64;     ///< UTF-16 units of one; the longest emoji there are have some 30.

    QString id; ///< The message's; in a group chat the one that the room gave it (XEP-0444 4.2).
    std::vector<Reaction> reactions;

    static Reactions to(const QString &id, const QStringList &emoji);
    /// As a set, in their order: without doubles, and without what is empty, too long or cannot be shown as one sign.
    QStringList emoji() const;
};
constexpr auto describe(xml::Type<Reactions>)
{
    return xml::element("reactions", "urn:xmpp:reactions:0", xml::required(xml::attribute("id", &Reactions::id)),
                        xml::children(&Reactions::reactions));
}

/// What reactions an entity takes (XEP-0444 2.2), as its disco#info says.
struct ReactionRules {
    static constexpr qsizetype mostAllowed = 4096; ///< Of the list; there are some 3,800 emoji.

    std::optional<int> mostPerUser;     ///< Nothing: not said.
    std::optional<QStringList> allowed; ///< Nothing: all.

    static ReactionRules of(const DiscoInfo &info);
    /// Whether it would take these, all together.
    bool allow(const QStringList &emoji) const;
};

} // namespace xep
