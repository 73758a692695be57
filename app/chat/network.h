// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/services.h"
#include "net/resolver.h"
#include "net/verifier.h"
#include "net/webclient.h"

namespace chat {

/// The real network of a program: one trust store, one verifier, one resolver for all connections.
class Network
{
public:
    explicit Network(Services &services);

    /// A fresh transport for one connection.
    std::unique_ptr<net::Transport> makeTransport();
    net::Http &http() { return m_http; }

private:
    Services &m_services;
    net::TrustStore m_trust;
    net::Verifier m_verifier;
    net::SystemLookup m_lookup;
    net::SystemResolver m_resolver;
    net::WebClient m_http;
};

} // namespace chat
