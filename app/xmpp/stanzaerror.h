// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/element.h"

namespace xmpp {

/// The <error/> of a stanza (RFC 6120 8.3).
struct StanzaError {
    QString type;             ///< auth, cancel, continue, modify or wait; the default for the condition where empty.
    QString condition;        ///< `item-not-found` ...
    QString text;             ///< What the other side says, for people; plain text from outside.
    xml::Element application; ///< The application-specific condition, or null.

    /// The error child of `stanza`; a missing or odd one reads as undefined-condition.
    static StanzaError of(const xml::Element &stanza);
    xml::Element toElement() const;
    /// As a value for those who asked; Kind Stanza.
    Error toError() const;
};

} // namespace xmpp
