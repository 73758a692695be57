// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/client.h"
#include "xmpp/extension.h"
#include "xmpp/ns.h"

namespace xep {

/// One address in a list of them.
struct ArchivePrefsJid {
    Jid jid;
};
constexpr auto describe(xml::Type<ArchivePrefsJid>)
{
    return xml::element("jid", xmpp::ns::archive, xml::text(&ArchivePrefsJid::jid));
}

struct ArchivePrefsAlways {
    std::vector<ArchivePrefsJid> jids;
};
constexpr auto describe(xml::Type<ArchivePrefsAlways>)
{
    return xml::element("always", xmpp::ns::archive, xml::children(&ArchivePrefsAlways::jids));
}

struct ArchivePrefsNever {
    std::vector<ArchivePrefsJid> jids;
};
constexpr auto describe(xml::Type<ArchivePrefsNever>)
{
    return xml::element("never", xmpp::ns::archive, xml::children(&ArchivePrefsNever::jids));
}

/// What our server keeps in our archive (XEP-0441).
class ArchivePrefs : public xmpp::Extension
{
    Q_OBJECT
public:
    enum class Default {
        Always,
        Never,
        Roster, ///< Only with those in the contact list.
    };
    Q_ENUM(Default)

    /// The preferences as a whole.
    struct Prefs {
        Default standard = Default::Always; ///< For all who are in neither list.
        std::optional<ArchivePrefsAlways> always;
        std::optional<ArchivePrefsNever> never;
    };

    explicit ArchivePrefs(xmpp::Client &client) : m_client(client) { }

    /// Errors: as xmpp::Client::get(); many servers have no preferences (`feature-not-implemented`,
    /// `service-unavailable`).
    Task<Result<Prefs>> read();
    /// Gives what the server made of it, which may be something else. Errors: as read(), `not-allowed`, `forbidden`.
    Task<Result<Prefs>> write(Prefs prefs);

private:
    xmpp::Client &m_client;
};

} // namespace xep

template<>
struct xml::Words<xep::ArchivePrefs::Default> {
    using Default = xep::ArchivePrefs::Default;
    static constexpr std::array<std::pair<Default, std::string_view>, 3> table{{
        {Default::Always, "always"},
        {Default::Never, "never"},
        {Default::Roster, "roster"},
    }};
};

namespace xep {

constexpr auto describe(xml::Type<ArchivePrefs::Prefs>)
{
    return xml::element("prefs", xmpp::ns::archive,
                        xml::required(xml::attribute("default", &ArchivePrefs::Prefs::standard)),
                        xml::child(&ArchivePrefs::Prefs::always), xml::child(&ArchivePrefs::Prefs::never));
}

} // namespace xep
