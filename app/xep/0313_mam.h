// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0059_rsm.h"
#include "xmpp/client.h"
#include "xmpp/extension.h"
#include "xmpp/ns.h"

namespace xep {

/// Asks archives for messages (XEP-0313), page by page. Who may give what is judged by the Router; what a page proves is
/// for the asker.
class Mam : public xmpp::Extension
{
    Q_OBJECT
public:
    /// What an archive's account or room announces.
    static QString feature() { return QStringLiteral("urn:xmpp:mam:2"); }
    static QString extendedFeature() { return QStringLiteral("urn:xmpp:mam:2#extended"); }
    /// RELIABILITY 2.6: pages may take long.
    static constexpr std::chrono::seconds answerLimit{120};
    /// A page that grows beyond this is refused.
    static constexpr size_t mostSurplus = 50;
    static constexpr size_t mostBytes = 16 * 1024 * 1024;

    struct Query {
        Jid archive;     ///< Null: our own account's; else a room.
        Jid with;        ///< Null: everybody.
        QDateTime start; ///< From then on; invalid: not said.
        QDateTime end;
        QString after;  ///< Null: not said; else the oldest ones behind this id.
        QString before; ///< Null: not said; else the newest ones before this id; empty: the newest of all.
        int max = 50;
    };
    /// What came. `messages` are in the archive's order, oldest first.
    struct Page {
        std::vector<xmpp::Incoming> messages;
        QStringList ids;       ///< Of all results, those of messages that were refused too.
        bool complete = false; ///< The server says that nothing lies beyond it.
        bool stable = true;    ///< The server says that it may still change (XEP-0313 4.3.2).
        std::optional<ResultSet> set;

        /// Everything that the server says it sent is here: its first and its last id are those of `ids`. A
        /// page that is not whole proves nothing.
        bool isWhole() const;
        QString firstId() const { return ids.value(0); }
        QString lastId() const { return ids.value(ids.size() - 1); }
    };

    explicit Mam(xmpp::Client &client) : m_client(client) { }

    /// One page. Errors: as xmpp::Client::set() (`item-not-found`: the archive has no such id any more); Protocol
    /// `bad-request` for an answer that is none, `policy-violation` for a page without end.
    Task<Result<Page>> page(Query query);

private:
    xmpp::Client &m_client;
};

/// The end of a page.
struct MamFin {
    std::optional<bool> complete;
    std::optional<bool> stable;
    std::optional<ResultSet> set;
};
constexpr auto describe(xml::Type<MamFin>)
{
    return xml::element("fin", xmpp::ns::archive, xml::attribute("complete", &MamFin::complete),
                        xml::attribute("stable", &MamFin::stable), xml::child(&MamFin::set));
}

} // namespace xep
