// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/audience.h"
#include "xmpp/client.h"
#include "xmpp/extension.h"

namespace xep {

/// Answers "are you there?" and asks it (XEP-0199).
class Ping : public xmpp::Extension
{
    Q_OBJECT
public:
    struct Request {
    };

    Ping(xmpp::Client &client, const Audience &audience);

    QStringList features() const override { return {QStringLiteral("urn:xmpp:ping")}; }

    /// Asks `who`; null asks our own server. Errors: as xmpp::Client::get(). An error of kind Stanza is an answer too:
    /// somebody is there, who cannot or will not do this.
    Task<Result<>> ping(Jid who, std::chrono::milliseconds limit = xmpp::Client::answerLimit);

private:
    xmpp::Client &m_client;
};
constexpr auto describe(xml::Type<Ping::Request>)
{
    return xml::element("ping", "urn:xmpp:ping");
}

} // namespace xep
