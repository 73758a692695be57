// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/audience.h"
#include "xmpp/client.h"
#include "xmpp/extension.h"

namespace xep {

/// Tells who received which message (XEP-0184).
class Receipts : public xmpp::Extension
{
    Q_OBJECT
public:
    /// Asks for a receipt: `message.add(Receipts::Request{})`. The message needs an id.
    struct Request {
    };
    /// The receipt for the message with this id.
    struct Received {
        QString id;
    };

    Receipts(xmpp::Client &client, const Audience &audience);

    QStringList features() const override { return {QStringLiteral("urn:xmpp:receipts")}; }

    /// Whether we give receipts at all; true at first. A person's choice.
    void setEnabled(bool enabled) { m_enabled = enabled; }
    bool isEnabled() const { return m_enabled; }

    /// Sends the receipt that `message` asks for: only where it asks, has an id, is neither an error, a room's nor our
    /// own account's, and its author may know that we are here (XEP-0184 7). To be called once, when the message is
    /// stored.
    void confirm(const xmpp::Incoming &message);

Q_SIGNALS:
    /// `by` says that it got the message `messageId`. Only the addressee of that message is to be believed, which the
    /// receiver of this signal must check (RELIABILITY 1.7).
    void received(const Jid &by, const QString &messageId);

private:
    void take(const xmpp::Incoming &message);

    xmpp::Client &m_client;
    const Audience &m_audience;
    bool m_enabled = true;
};
constexpr auto describe(xml::Type<Receipts::Request>)
{
    return xml::element("request", "urn:xmpp:receipts");
}
constexpr auto describe(xml::Type<Receipts::Received>)
{
    return xml::element("received", "urn:xmpp:receipts", xml::required(xml::attribute("id", &Receipts::Received::id)));
}

} // namespace xep
