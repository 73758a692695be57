// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "xml/describe.h"

namespace xmpp {

/// A presence stanza (RFC 6121 4), sent or received.
struct Presence {
    enum class Type { Available, Unavailable, Subscribe, Subscribed, Unsubscribe, Unsubscribed, Probe, Error };
    enum class Show { Online, Chat, Away, ExtendedAway, DoNotDisturb };

    Jid to; ///< Null: all who may see us.
    Type type = Type::Available;
    Show show = Show::Online;
    QString status;
    int priority = 0; ///< -128 to 127.
    QString id;
    std::vector<xml::Element> payloads;

    template<xml::Described T>
    void add(const T &payload)
    {
        payloads.push_back(xml::encode(payload));
    }
    xml::Element toElement() const;

    /// Type, show, status and priority of a received presence; unknown words read as the default. An unknown type makes
    /// the stanza void: nothing is returned (RFC 6121 4.7.1).
    static std::optional<Presence> of(const xml::Element &presence);
};

} // namespace xmpp

template<>
struct xml::Words<xmpp::Presence::Type> {
    static constexpr std::array<std::pair<xmpp::Presence::Type, std::string_view>, 7> table{{
        {xmpp::Presence::Type::Unavailable, "unavailable"},
        {xmpp::Presence::Type::Subscribe, "subscribe"},
        {xmpp::Presence::Type::Subscribed, "subscribed"},
        {xmpp::Presence::Type::Unsubscribe, "unsubscribe"},
        {xmpp::Presence::Type::Unsubscribed, "unsubscribed"},
        {xmpp::Presence::Type::Probe, "probe"},
        {xmpp::Presence::Type::Error, "error"},
    }};
};
template<>
struct xml::Words<xmpp::Presence::Show> {
    static constexpr std::array<std::pair<xmpp::Presence::Show, std::string_view>, 4> table{{
        {xmpp::Presence::Show::Chat, "chat"},
        {xmpp::Presence::Show::Away, "away"},
        {xmpp::Presence::Show::ExtendedAway, "xa"},
        {xmpp::Presence::Show::DoNotDisturb, "dnd"},
    }};
};
