// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/audience.h"
#include "xmpp/client.h"
#include "xmpp/extension.h"

namespace xep {

/// Tells up to where a chat was seen (XEP-0333).
class Markers : public xmpp::Extension
{
    Q_OBJECT
public:
    /// Asks to be told: `message.add(Markers::Markable{})`. The message needs an id.
    struct Markable {
    };
    /// All up to the message with this id was seen.
    struct Displayed {
        QString id;
    };

    Markers(xmpp::Client &client, const Audience &audience) : m_client(client), m_audience(audience) { }

    QStringList features() const override { return {QStringLiteral("urn:xmpp:chat-markers:0")}; }

    /// Whether we tell at all; true at first. A person's choice.
    void setEnabled(bool enabled) { m_enabled = enabled; }
    bool isEnabled() const { return m_enabled; }

    /// Tells `peer`, in a chat with it alone, that everything up to its message `id` was seen. Not to those who may not know
    /// that we are here (RELIABILITY 4.5). True where it went out.
    bool tell(const Jid &peer, const QString &id);

private:
    xmpp::Client &m_client;
    const Audience &m_audience;
    bool m_enabled = true;
};
constexpr auto describe(xml::Type<Markers::Markable>)
{
    return xml::element("markable", "urn:xmpp:chat-markers:0");
}
constexpr auto describe(xml::Type<Markers::Displayed>)
{
    return xml::element("displayed", "urn:xmpp:chat-markers:0",
                        xml::required(xml::attribute("id", &Markers::Displayed::id)));
}

} // namespace xep
