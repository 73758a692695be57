// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "net/reachability.h"

#include <chrono>

namespace xmpp {

/// For so long after a change of the network a wrong certificate is taken for a portal's.
constexpr std::chrono::minutes portalTime{2};

/// What the failure of an attempt means, with what the system says of the network: `no-network`, `captive-portal`, or
/// `error` itself. `justChanged`: the network changed within portalTime.
Error diagnose(const Error &error, const net::NetworkState &network, bool justChanged);

} // namespace xmpp
