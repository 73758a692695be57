// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0184_receipts.h"

#include "xep/0334_hints.h"

namespace xep {

Receipts::Receipts(xmpp::Client &client, const Audience &audience) : m_client(client), m_audience(audience)
{
    connect(&client, &xmpp::Client::message, this, &Receipts::take);
}

void Receipts::confirm(const xmpp::Incoming &message)
{
    using Type = xmpp::Message::Type;
    const Type type = xmpp::Message::typeOf(message.element());
    if (!m_enabled || type == Type::Error || type == Type::Groupchat || message.id().isEmpty())
        return;
    // XEP-0184 5.4: a receipt asks for none, so one that does is not answered; else two clients would talk for ever.
    if (!message.get<Request>() || message.get<Received>())
        return;
    // XEP-0280 10: who got the original answers.
    if (message.origin().isCarbon())
        return;
    if (message.author().bare() == m_client.self().bare() || !m_audience.allows(message.author()))
        return;
    xmpp::Message receipt;
    receipt.to = message.author();
    receipt.id = m_client.random().id();
    receipt.type = type;
    receipt.add(Received{message.id()});
    // Without a body archives would leave it out, and our other devices would never learn of it.
    receipt.add(hints::Store{});
    m_client.send(receipt);
}

void Receipts::take(const xmpp::Incoming &message)
{
    if (xmpp::Message::typeOf(message.element()) == xmpp::Message::Type::Error)
        return; // our own receipt, come back
    const auto receipt = message.get<Received>();
    if (receipt && !receipt->id.isEmpty())
        Q_EMIT received(message.author(), receipt->id);
}

} // namespace xep
