// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/reconnect.h"

#include <algorithm>

namespace xmpp {

std::chrono::milliseconds Reconnect::next(const Error &error)
{
    auto floor = least;
    auto bound = m_bound;
    const bool isSaid = error.kind == Error::Kind::Stream || error.kind == Error::Kind::Stanza;
    if (isSaid && error.condition == u"system-shutdown") {
        bound = std::max(bound, restart);
    } else if (isSaid && (error.condition == u"policy-violation" || error.condition == u"resource-constraint")) {
        floor = strained;
        bound = std::max(bound, 2 * strained);
    }
    m_bound = std::min(m_bound * 2, most);
    return floor + std::chrono::milliseconds(m_random.below(quint32((bound - floor).count()) + 1));
}

} // namespace xmpp
