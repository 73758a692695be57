// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/signin.h"

#include <functional>

namespace xmpp {

/// Carries the messages of one SCRAM exchange, in one of the profiles of SASL. Errors: as ScramLogin; the server's words.
using ScramExchange = std::function<Task<Result<>>(ScramLogin *)>;

/// Signs in by SCRAM. Where the server refuses keys that were known and are not the password's, the password itself has
/// not been tried yet (RFC 6120 6.4.5): then it is, once. Sets the keys and their cost in `result`, which, as `random` and
/// `worker`, outlives the task. Errors: Input `password-not-allowed`; those of `exchange`.
Task<Result<>> signInByScram(Mechanism mechanism, SignIn signIn, ScramExchange exchange, Random *random, Worker *worker,
                             SignedIn *result);

} // namespace xmpp
