// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/negotiation.h"

namespace xmpp {

/// Signs in by the token of `signIn` for the last time, over a connection of its own, so that the server forgets it: what
/// somebody finds on this computer later opens nothing (XEP-0484 3.6). The other three outlive the task. Errors: as
/// Negotiation; Unsupported `token-unfit` where the token cannot be used.
Task<Result<>> endToken(std::unique_ptr<net::Transport> transport, SignIn signIn, Clock *clock, Random *random,
                        Worker *worker);

} // namespace xmpp
