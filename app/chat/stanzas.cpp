// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/stanzas.h"

#include "xep/0184_receipts.h"
#include "xep/0308_correction.h"
#include "xep/0333_markers.h"
#include "xep/0334_hints.h"
#include "xep/0359_ids.h"
#include "xep/0393_styling.h"
#include "xep/0424_retraction.h"
#include "xep/0444_reactions.h"
#include "xep/0461_replies.h"
#include "xml/writer.h"

namespace chat::stanzas {
namespace {

const auto unstyledXml = QByteArrayLiteral("<unstyled xmlns='urn:xmpp:styling:0'/>");
/// For clients that do not know retraction (XEP-0424 3.1); what is sent has no language of its own.
const auto retractedText = QStringLiteral("The author took a message back, which your client does not understand.");

void addText(xmpp::Message &message, const QString &text, const store::Message *answered)
{
    message.body = text;
    if (!answered || answered->stanzaId.isEmpty())
        return;
    const auto quoted = xep::QuotedReply::of({}, answered->body, text);
    message.add(xep::Reply{answered->author, answered->stanzaId});
    if (!quoted.hasQuote())
        return;
    message.body = quoted.body;
    message.add(quoted.fallback);
}

} // namespace

QString textOf(const xml::Element &message)
{
    const QString body = xmpp::Message::bodyOf(message);
    if (body.isEmpty() || !xml::find<xep::Reply>(message))
        return body;
    const QString text = xep::withoutFallback(body, xep::Fallback::of(message), {xep::Reply::ns()});
    return text.isEmpty() ? body : text; // whoever quotes and says nothing meant the quote
}

QString answeredBy(const xml::Element &message)
{
    const auto reply = xml::find<xep::Reply>(message);
    return reply ? reply->id : QString();
}

QByteArray payloadOf(const xml::Element &message)
{
    return xml::find<xep::Unstyled>(message) ? unstyledXml : QByteArray();
}

bool isUnstyled(const QByteArray &payload)
{
    return payload.contains(unstyledXml);
}

std::optional<store::Change> changeIn(const xmpp::Incoming &message, const Jid &account)
{
    using Type = xmpp::Message::Type;
    using Kind = store::Change::Kind;
    const Type type = xmpp::Message::typeOf(message.element());
    const xmpp::Origin &origin = message.origin();
    if (type == Type::Error || type == Type::Groupchat || origin.peer().isNull())
        return {};
    store::Change change;
    change.outgoing = origin.isOutgoing();
    change.author = change.outgoing ? account : message.author().bare();
    change.time = origin.time();
    change.state = change.outgoing ? store::MessageState::Accepted : store::MessageState::Received;
    change.stanzaId = message.id();
    change.archiveId = origin.archiveId();
    if (const auto retract = message.get<xep::Retract>()) {
        change.kind = Kind::Retraction;
        change.target = retract->id;
    } else if (const auto former = message.get<xep::FormerRetract>(); former && former->mark) {
        change.kind = Kind::Retraction;
        change.target = former->id;
    } else if (const auto reactions = message.get<xep::Reactions>()) {
        change.kind = Kind::Reactions;
        change.target = reactions->id;
        change.body = reactions->emoji().join(u'\n');
    } else if (const auto correction = message.get<xep::Correction>()) {
        change.kind = Kind::Correction;
        change.target = correction->id;
        change.body = textOf(message.element());
        change.payload = payloadOf(message.element());
        if (change.body.isEmpty())
            return {};
    }
    if (change.target.isEmpty())
        return {};
    return change;
}

std::optional<store::Change> goneIn(const xmpp::Incoming &message, const Jid &account)
{
    const xmpp::Origin &origin = message.origin();
    const auto gone = message.get<xep::Retracted>();
    if (!gone || origin.channel() != xmpp::Origin::Channel::Archive || message.id().isEmpty() || origin.peer().isNull())
        return {};
    store::Change change;
    change.kind = store::Change::Kind::Retraction;
    change.outgoing = origin.isOutgoing();
    change.author = change.outgoing ? account : message.author().bare();
    change.time = gone->stamp.isValid() ? gone->stamp : origin.time();
    change.state = change.outgoing ? store::MessageState::Accepted : store::MessageState::Received;
    change.target = message.id();
    change.stanzaId = gone->id;
    return change;
}

xmpp::Message plain(const Jid &to, const QString &id, const QString &text, const store::Message *answered)
{
    xmpp::Message message;
    message.to = to;
    message.id = id;
    message.add(xep::OriginId{id});
    message.add(xep::Receipts::Request{});
    message.add(xep::Markers::Markable{});
    addText(message, text, answered);
    return message;
}

xmpp::Message change(const Jid &to, const store::Change &change, const store::Message *answered)
{
    xmpp::Message message;
    message.to = to;
    message.id = change.stanzaId;
    message.add(xep::OriginId{change.stanzaId});
    message.add(xep::hints::Store{}); // a change without a body is history, too
    switch (change.kind) {
    case store::Change::Kind::Original: break;
    case store::Change::Kind::Correction:
        message.add(xep::Correction{change.target});
        addText(message, change.body, answered);
        break;
    case store::Change::Kind::Retraction:
        message.add(xep::Retract{change.target});
        message.body = retractedText;
        message.add(xep::Retract::fallback());
        break;
    case store::Change::Kind::Reactions:
        message.add(
            xep::Reactions::to(change.target, change.body.isEmpty() ? QStringList() : change.body.split(u'\n')));
        break;
    }
    return message;
}

} // namespace chat::stanzas
