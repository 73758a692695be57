// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/changes.h"
#include "xmpp/message.h"
#include "xmpp/origin.h"

#include <optional>

/// How messages and what is said of them are written as stanzas, and read.
namespace chat::stanzas {

/// What a person is to see of a message: its body without the quote that stands in for a reply (XEP-0428, XEP-0461).
QString textOf(const xml::Element &message);
/// The `id` of what it answers; null where it answers nothing.
QString answeredBy(const xml::Element &message);
/// What is kept beside the text, as XML; null where there is nothing.
QByteArray payloadOf(const xml::Element &message);
/// Whether a kept payload says that the text is no styling (XEP-0393 6).
bool isUnstyled(const QByteArray &payload);
/// What it says of another message; its conversation is not set.
std::optional<store::Change> changeIn(const xmpp::Incoming &message, const Jid &account);

/// What an archive keeps in place of a message that was taken back (XEP-0424 4): who took it back. From anybody else it says
/// nothing. Its conversation is not set.
std::optional<store::Change> goneIn(const xmpp::Incoming &message, const Jid &account);

/// An ordinary message, asking for what tells its way (XEP-0184, XEP-0333). `answered` is the message that it answers,
/// quoted for those who do not know replies; may be null.
xmpp::Message plain(const Jid &to, const QString &id, const QString &text, const store::Message *answered);
/// A change of ours; of a correction `answered` as above.
xmpp::Message change(const Jid &to, const store::Change &change, const store::Message *answered);

} // namespace chat::stanzas
