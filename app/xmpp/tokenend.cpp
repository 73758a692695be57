// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/tokenend.h"

namespace xmpp {

Task<Result<>> endToken(std::unique_ptr<net::Transport> transport, SignIn signIn, Clock *clock, Random *random,
                        Worker *worker)
{
    signIn.endsToken = true;
    signIn.wantsToken = false;
    Stream stream(std::move(transport), *clock);
    Negotiation negotiation(stream, *clock, *random, *worker);
    auto running = negotiation.run(std::move(signIn));
    const auto done = co_await std::move(running);
    stream.close();
    if (!done)
        co_return fail(done.error());
    co_return Result<>{};
}

} // namespace xmpp
