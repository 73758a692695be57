// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0428_fallback.h"

namespace xep {

/// Says which message this one answers (XEP-0461).
struct Reply {
    Jid to;     ///< Who wrote that one; null: not said. A hint alone: the message that `id` finds says it.
    QString id; ///< That message's; in a group chat the one that the room gave it (XEP-0461 4.1).

    static QString ns() { return QStringLiteral("urn:xmpp:reply:0"); }
};
constexpr auto describe(xml::Type<Reply>)
{
    return xml::element("reply", "urn:xmpp:reply:0", xml::attribute("to", &Reply::to),
                        xml::required(xml::attribute("id", &Reply::id)));
}

/// A reply as older clients read it: the other message quoted above it (XEP-0393), and where the quote lies.
struct QuotedReply {
    static constexpr qsizetype longestQuote = 2000; ///< UTF-16 units of the other message; the rest is an ellipsis.
    static constexpr int mostLines = 20;            ///< Of the other message; likewise.

    QString body;
    Fallback fallback; ///< For the reply; no quote, no parts, and then it must not be sent.

    /// Whether there is a quote to be told of.
    bool hasQuote() const { return !fallback.isForAll(); }
    /// Quotes `original`, which is the other message without its own fallback, under `heading` ("Anna wrote:"; null for
    /// none), above `text`.
    static QuotedReply of(const QString &heading, const QString &original, const QString &text);
};

} // namespace xep
