// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0199_ping.h"

namespace xep {

Ping::Ping(xmpp::Client &client, const Audience &audience) : m_client(client)
{
    client.router().answer("get", "ping", "urn:xmpp:ping", [&audience](const xmpp::Incoming &iq, xmpp::Reply reply) {
        if (audience.allows(iq.author()))
            reply.result();
        else
            reply.error("service-unavailable");
    });
}

Task<Result<>> Ping::ping(Jid who, std::chrono::milliseconds limit)
{
    const xml::Element payload = xml::encode(Request{});
    auto iq = co_await m_client.get(who, payload, limit);
    if (!iq)
        co_return fail(iq.error());
    co_return Result<>();
}

} // namespace xep
