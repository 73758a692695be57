// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/presences.h"

#include "xep/0319_idle.h"

#include <algorithm>

namespace chat {
namespace {

constexpr size_t mostResources = 50;    // per bare JID; more is somebody's flood
constexpr qsizetype mostPeople = 60000; // the largest roster, and some who are in none

/// How near somebody is, for choosing among resources of equal priority.
int rank(xmpp::Presence::Show show)
{
    switch (show) {
    case xmpp::Presence::Show::Chat: return 0;
    case xmpp::Presence::Show::Online: return 1;
    case xmpp::Presence::Show::DoNotDisturb: return 2;
    case xmpp::Presence::Show::Away: return 3;
    case xmpp::Presence::Show::ExtendedAway: return 4;
    }
    return 5;
}

} // namespace

Presences::Presences(xmpp::Client &client) : m_client(client)
{
    connect(&client, &xmpp::Client::presence, this, &Presences::take);
    connect(&client, &xmpp::Client::offline, this, [this] {
        m_resources.clear();
        Q_EMIT changed(Jid());
    });
}

std::vector<ResourcePresence> Presences::of(const Jid &bare) const
{
    return m_resources.value(bare);
}

std::optional<ResourcePresence> Presences::best(const Jid &bare) const
{
    const auto found = m_resources.constFind(bare);
    if (found == m_resources.constEnd() || found->empty())
        return {};
    return found->front();
}

void Presences::take(const xmpp::Incoming &incoming)
{
    const auto presence = xmpp::Presence::of(incoming.element());
    if (!presence)
        return;
    using Type = xmpp::Presence::Type;
    const Jid &from = incoming.author();
    const Jid bare = from.bare();
    // RFC 6121 4.5.4; an error from a bare JID says that nobody is there (4.4.2).
    if (presence->type == Type::Unavailable || presence->type == Type::Error) {
        const auto known = m_resources.find(bare);
        if (known == m_resources.end())
            return;
        auto &resources = *known;
        const auto before = resources.size();
        resources.erase(
            std::remove_if(resources.begin(), resources.end(),
                           [&](const ResourcePresence &r) { return from.isBare() || r.resource == from.resource(); }),
            resources.end());
        const bool went = resources.size() != before;
        if (resources.empty())
            m_resources.erase(known);
        if (went) {
            Q_EMIT changed(bare);
            Q_EMIT resourceChanged(from, {from.resource(), {}, presence->status, 0, {}}, false);
        }
        return;
    }
    if (presence->type != Type::Available)
        return;
    ResourcePresence now{from.resource(), presence->show, presence->status.left(1000), presence->priority, {}};
    // A time to come is a wrong clock's.
    if (const auto idle = incoming.get<xep::Idle>(); idle && idle->since <= m_client.clock().now())
        now.idleSince = idle->since;
    if (m_resources.size() >= mostPeople && !m_resources.contains(bare))
        return;
    auto &resources = m_resources[bare];
    const auto same = std::find_if(resources.begin(), resources.end(),
                                   [&](const ResourcePresence &r) { return r.resource == now.resource; });
    if (same != resources.end())
        *same = now;
    else if (resources.size() < mostResources)
        resources.push_back(now);
    else
        return;
    std::stable_sort(resources.begin(), resources.end(), [](const ResourcePresence &a, const ResourcePresence &b) {
        return a.priority != b.priority ? a.priority > b.priority : rank(a.show) < rank(b.show);
    });
    Q_EMIT changed(bare);
    Q_EMIT resourceChanged(from, now, true);
}

} // namespace chat
