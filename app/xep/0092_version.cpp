// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0092_version.h"

#include <QCoreApplication>

namespace xep {

Version::Version(xmpp::Client &client, const Audience &audience) : m_client(client)
{
    client.router().answer("get", "query", "jabber:iq:version",
                           [&audience](const xmpp::Incoming &iq, xmpp::Reply reply) {
                               if (audience.allows(iq.author()))
                                   reply.result(xml::encode(own()));
                               else
                                   reply.error("service-unavailable");
                           });
}

Version::Software Version::own()
{
    // XEP-0092 3: both are required, so an unnamed build says so.
    const QString version = QCoreApplication::applicationVersion();
    return {QStringLiteral("Balcony"), version.isEmpty() ? QStringLiteral("unknown") : version, {}};
}

Task<Result<Version::Software>> Version::of(Jid who)
{
    const xml::Element payload = xml::encode(Software{});
    auto iq = co_await m_client.get(who, payload);
    if (!iq)
        co_return fail(iq.error());
    auto software = xml::decode<Software>(iq->firstChild());
    if (!software)
        co_return fail(software.error());
    software->name.truncate(longestText);
    software->version.truncate(longestText);
    software->os.truncate(longestText);
    co_return std::move(*software);
}

} // namespace xep
