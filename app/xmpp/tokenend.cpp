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
    if (!done) {
        stream.breakOff(done.error());
        co_return fail(done.error());
    }
    Later<bool> ended;
    QObject context;
    const auto end = [ended] { ended.set(true); };
    QObject::connect(&stream.transport(), &net::Transport::closed, &context, end);
    QObject::connect(&stream.transport(), &net::Transport::failed, &context, end);
    stream.close(); // in order, within 2 s or so
    co_await ended;
    co_return Result<>{};
}

} // namespace xmpp
