// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0352_clientstate.h"

#include "xmpp/ns.h"

namespace xep {

ClientState::ClientState(xmpp::Client &client) : m_client(client)
{
    connect(&client, &xmpp::Client::online, this, &ClientState::begin);
    connect(&client, &xmpp::Client::resumed, this, &ClientState::begin);
}

bool ClientState::isOffered(const xml::Element &features)
{
    return features.hasChild("csi", xmpp::ns::clientState);
}

void ClientState::setActive(bool active)
{
    m_active = active;
    tell();
}

void ClientState::begin()
{
    m_told = true;
    tell();
}

void ClientState::tell()
{
    if (!m_offered || !m_client.isOnline() || m_told == m_active)
        return;
    m_told = m_active;
    m_client.sendNonza(xml::Builder(m_active ? "active" : "inactive", xmpp::ns::clientState).build());
}

} // namespace xep
