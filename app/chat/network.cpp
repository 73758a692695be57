// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/network.h"

#include "net/sockettransport.h"

namespace chat {

Network::Network(Services &services)
    : m_services(services), m_trust(&services.worker), m_verifier(m_trust, services.clock), m_lookup(&services.worker),
      m_resolver(m_lookup, services.clock, services.random), m_http(m_resolver, m_verifier, services.clock)
{
}

std::unique_ptr<net::Transport> Network::makeTransport()
{
    return std::make_unique<net::SocketTransport>(m_resolver, m_verifier, m_services.clock);
}

} // namespace chat
