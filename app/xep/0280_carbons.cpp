// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0280_carbons.h"

namespace xep {

Task<Result<>> Carbons::enable()
{
    // A copy may come before the answer does.
    m_client.router().setCarbonsExpected(true);
    auto asking = set(true);
    co_return co_await std::move(asking);
}

Task<Result<>> Carbons::disable()
{
    auto asking = set(false);
    co_return co_await std::move(asking);
}

Task<Result<>> Carbons::set(bool enabled)
{
    const xml::Element request = xml::Builder(enabled ? "enable" : "disable", xmpp::ns::carbons).build();
    auto answer = co_await m_client.set(Jid(), request);
    if (!answer)
        co_return fail(answer.error());
    m_enabled = enabled;
    m_client.router().setCarbonsExpected(enabled);
    co_return Result<>{};
}

void Carbons::setEnabled(bool enabled)
{
    m_enabled = enabled;
    m_client.router().setCarbonsExpected(enabled);
}

} // namespace xep
