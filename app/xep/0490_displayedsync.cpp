// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0490_displayedsync.h"

namespace xep {

DisplayedSync::DisplayedSync(xmpp::Client &client, Pubsub &pubsub) : m_client(client), m_pubsub(pubsub)
{
    connect(&pubsub, &Pubsub::published, this,
            [this](const xmpp::Incoming &from, const QString &node, const std::vector<Pubsub::Item> &items) {
                // RELIABILITY 1.5: what is private is ours alone to tell.
                if (node != DisplayedSync::node() || !from.origin().isOwnAccount())
                    return;
                for (const Pubsub::Item &item : items) {
                    if (const auto state = stateOf(item))
                        Q_EMIT told(*state);
                }
            });
}

std::optional<DisplayedSync::State> DisplayedSync::stateOf(const Pubsub::Item &item) const
{
    const auto displayed = xml::decode<DisplayedState>(item.payload);
    const Jid chat = Jid::fromWire(item.id);
    // In a chat with one other the archive that counts is our own (XEP-0490 3).
    if (!displayed || !displayed->stanzaId || chat.isNull() || displayed->stanzaId->id.isEmpty()
        || displayed->stanzaId->by != m_client.self().bare())
        return {};
    return State{chat, displayed->stanzaId->id};
}

Task<Result<std::vector<DisplayedSync::State>>> DisplayedSync::all()
{
    auto asking = m_pubsub.items(node());
    const auto items = co_await std::move(asking);
    if (!items)
        co_return fail(items.error());
    std::vector<State> states;
    for (const Pubsub::Item &item : *items) {
        if (auto state = stateOf(item))
            states.push_back(std::move(*state));
    }
    co_return states;
}

Task<Result<>> DisplayedSync::tell(State state)
{
    DisplayedState displayed;
    displayed.stanzaId = StanzaId{state.archiveId, m_client.self().bare()};
    Pubsub::Item item{state.chat.toString(), xml::encode(displayed)};
    auto publishing = m_pubsub.publishPrivate(node(), std::move(item));
    co_return co_await std::move(publishing);
}

} // namespace xep
