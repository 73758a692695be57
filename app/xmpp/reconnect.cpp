// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/reconnect.h"

#include <algorithm>

namespace xmpp {

namespace {

enum class Pace {
    Usual,
    Soon,     ///< The server expects us back at once.
    Restart,  ///< A restart takes a moment, and all its users return.
    Strained, ///< We asked too much.
    Portal,   ///< A person is about to sign in to the network.
    Slow,     ///< Only people can mend it, and they need time.
};
struct Row {
    const char16_t *condition;
    Pace pace;
};
/// RFC 6120 4.9.3; what is not here has the usual pace.
constexpr Row streamRows[] = {
    {u"connection-timeout", Pace::Soon},
    {u"host-gone", Pace::Slow},
    {u"host-unknown", Pace::Slow},
    {u"policy-violation", Pace::Strained},
    {u"reset", Pace::Soon},
    {u"resource-constraint", Pace::Strained},
    {u"system-shutdown", Pace::Restart},
    {u"unsupported-encoding", Pace::Slow},
    {u"unsupported-feature", Pace::Slow},
    {u"unsupported-version", Pace::Slow},
};

Pace paceOf(const Error &error)
{
    if (error.condition == u"captive-portal")
        return Pace::Portal;
    // A certificate is renewed, or a hotel's network lets us through, after minutes, not seconds. A broken record is
    // another matter.
    if (error.kind == Error::Kind::Tls)
        return error.condition == u"tls-handshake" ? Pace::Usual : Pace::Slow;
    if (error.kind == Error::Kind::Network && error.condition == u"service-not-offered")
        return Pace::Slow;
    if (error.kind != Error::Kind::Stream && error.kind != Error::Kind::Stanza)
        return Pace::Usual;
    const auto row = std::find_if(std::begin(streamRows), std::end(streamRows),
                                  [&](const Row &r) { return error.condition == r.condition; });
    return row == std::end(streamRows) ? Pace::Usual : row->pace;
}

} // namespace

std::chrono::milliseconds Reconnect::next(const Error &error)
{
    if (error.condition == u"no-network")
        return most; // and no step of the row is used up
    auto floor = least;
    auto bound = m_bound;
    switch (paceOf(error)) {
    case Pace::Usual: break;
    case Pace::Soon: bound = m_bound == first ? soon : m_bound; break; // but no loop of it
    case Pace::Restart: bound = std::max(bound, restart); break;
    case Pace::Strained:
        floor = strained;
        bound = std::max(bound, 2 * strained);
        break;
    case Pace::Portal:
        floor = portalLeast;
        bound = std::clamp(bound, 2 * portalLeast, portalMost);
        break;
    case Pace::Slow:
        floor = slow;
        bound = std::max(bound, 2 * slow);
        break;
    }
    m_bound = std::min(m_bound * 2, most);
    return floor + std::chrono::milliseconds(m_random.below(quint32((bound - floor).count()) + 1));
}

} // namespace xmpp
