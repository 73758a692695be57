// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0060_pubsub.h"
#include "xep/0359_ids.h"

namespace xep {

/// Up to where a chat was seen, for our own devices (XEP-0490): one item for each chat, named by its address.
struct DisplayedState {
    std::optional<StanzaId> stanzaId;
};
constexpr auto describe(xml::Type<DisplayedState>)
{
    return xml::element("displayed", "urn:xmpp:mds:displayed:0", xml::child(&DisplayedState::stanzaId));
}

/// Keeps these states in a private node of our own account.
class DisplayedSync : public xmpp::Extension
{
    Q_OBJECT
public:
    DisplayedSync(xmpp::Client &client, Pubsub &pubsub);

    static QString node() { return QStringLiteral("urn:xmpp:mds:displayed:0"); }
    QStringList features() const override { return {node() + QStringLiteral("+notify")}; }

    /// What is known of one chat.
    struct State {
        Jid chat;
        QString archiveId; ///< Of the newest message that was seen, by our own archive.
    };

    /// All that other devices told. Errors: as Pubsub::items().
    Task<Result<std::vector<State>>> all();
    /// Tells other devices. Errors: as Pubsub::publishPrivate().
    Task<Result<>> tell(State state);

Q_SIGNALS:
    /// A device of ours, perhaps this one, told so just now.
    void told(const xep::DisplayedSync::State &state);

private:
    std::optional<State> stateOf(const Pubsub::Item &item) const;

    xmpp::Client &m_client;
    Pubsub &m_pubsub;
};

} // namespace xep
