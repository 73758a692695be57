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
constexpr std::string_view bind = "urn:ietf:params:xml:ns:xmpp-bind";
constexpr std::string_view session = "urn:ietf:params:xml:ns:xmpp-session"; ///< RFC 3921, for old servers
constexpr std::string_view roster = "jabber:iq:roster";
constexpr std::string_view rosterVersions = "urn:xmpp:features:rosterver";
constexpr std::string_view subscriptionPreApproval = "urn:xmpp:features:pre-approval";
constexpr std::string_view delay = "urn:xmpp:delay";
constexpr std::string_view stanzaIds = "urn:xmpp:sid:0";
constexpr std::string_view xml = "http://www.w3.org/XML/1998/namespace";

} // namespace xmpp::ns
