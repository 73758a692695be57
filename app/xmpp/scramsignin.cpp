// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/scramsignin.h"

namespace xmpp {

Task<Result<>> signInByScram(Mechanism mechanism, SignIn signIn, ScramExchange exchange, Random *random, Worker *worker,
                             SignedIn *result)
{
    if (auto prepared = preparePassword(*signIn.password); !prepared)
        co_return fail(prepared.error());
    for (;;) {
        ScramLogin login(mechanism, signIn.account.local(), signIn.password, signIn.keys, *random, *worker);
        auto exchanging = exchange(&login);
        auto done = co_await std::move(exchanging);
        bool isStale = false;
        if (!done && done.error().condition == u"not-authorized" && signIn.keys) {
            auto judging = login.wasStale();
            isStale = co_await std::move(judging);
        }
        result->derivations += login.derivations();
        if (done)
            result->keys = login.keys();
        if (!isStale)
            co_return done;
        signIn.keys.reset();
    }
}

} // namespace xmpp
