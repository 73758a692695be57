// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// The namespaces of RFC 6120 and RFC 6121.
namespace xmpp::ns {

constexpr std::string_view client = "jabber:client";
constexpr std::string_view stream = "http://etherx.jabber.org/streams";
constexpr std::string_view streamErrors = "urn:ietf:params:xml:ns:xmpp-streams";
constexpr std::string_view stanzaErrors = "urn:ietf:params:xml:ns:xmpp-stanzas";
constexpr std::string_view tls = "urn:ietf:params:xml:ns:xmpp-tls";
constexpr std::string_view sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
constexpr std::string_view saslChannelBinding = "urn:xmpp:sasl-cb:0"; ///< XEP-0440
constexpr std::string_view sasl2 = "urn:xmpp:sasl:2";                 ///< XEP-0388
constexpr std::string_view bind2 = "urn:xmpp:bind:0";                 ///< XEP-0386
constexpr std::string_view fast = "urn:xmpp:fast:0";                  ///< XEP-0484
constexpr std::string_view saslUpgrade = "urn:xmpp:sasl:upgrade:0";   ///< XEP-0480
constexpr std::string_view scramUpgrade = "urn:xmpp:scram-upgrade:0"; ///< XEP-0480 3
constexpr std::string_view bind = "urn:ietf:params:xml:ns:xmpp-bind";
constexpr std::string_view session = "urn:ietf:params:xml:ns:xmpp-session"; ///< RFC 3921, for old servers
constexpr std::string_view streamManagement = "urn:xmpp:sm:3";              ///< XEP-0198
constexpr std::string_view roster = "jabber:iq:roster";
constexpr std::string_view rosterVersions = "urn:xmpp:features:rosterver";
constexpr std::string_view subscriptionPreApproval = "urn:xmpp:features:pre-approval";
constexpr std::string_view delay = "urn:xmpp:delay";
constexpr std::string_view stanzaIds = "urn:xmpp:sid:0";
constexpr std::string_view forward = "urn:xmpp:forward:0"; ///< XEP-0297
constexpr std::string_view carbons = "urn:xmpp:carbons:2"; ///< XEP-0280
constexpr std::string_view archive = "urn:xmpp:mam:2";     ///< XEP-0313
constexpr std::string_view clientState = "urn:xmpp:csi:0"; ///< XEP-0352
constexpr std::string_view xml = "http://www.w3.org/XML/1998/namespace";

} // namespace xmpp::ns
