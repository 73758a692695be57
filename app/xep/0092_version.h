// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/audience.h"
#include "xmpp/client.h"
#include "xmpp/extension.h"

namespace xep {

/// Says which program this is, and asks others (XEP-0092).
class Version : public xmpp::Extension
{
    Q_OBJECT
public:
    static constexpr qsizetype longestText = 256; ///< Characters of each field; the rest is cut off.

    /// Empty, it is the question.
    struct Software {
        QString name;
        QString version;
        QString os; ///< Read only: ours is nobody's business (RELIABILITY 4.5).

        friend bool operator==(const Software &, const Software &) = default;
    };

    Version(xmpp::Client &client, const Audience &audience);

    QStringList features() const override { return {QStringLiteral("jabber:iq:version")}; }

    /// Name and version of this program, the latter as the application says it.
    static Software own();
    /// What `who` runs. Errors: as xmpp::Client::get(), Protocol where the answer makes no sense.
    Task<Result<Software>> of(Jid who);

private:
    xmpp::Client &m_client;
};
constexpr auto describe(xml::Type<Version::Software>)
{
    return xml::element("query", "jabber:iq:version", xml::textChild("name", &Version::Software::name),
                        xml::textChild("version", &Version::Software::version),
                        xml::textChild("os", &Version::Software::os));
}

} // namespace xep
