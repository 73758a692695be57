// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0115_caps.h"

namespace xep {

/// Tells each side of a chat what the other is doing: typing, thinking, gone (XEP-0085).
class ChatStates : public xmpp::Extension
{
    Q_OBJECT
public:
    enum class State { Active, Composing, Paused, Inactive, Gone };
    Q_ENUM(State)

    /// After the last key press typing has paused (XEP-0085 2).
    static constexpr std::chrono::seconds pauseAfter{30};

    ChatStates(xmpp::Client &client, const Caps &caps);

    QStringList features() const override { return {QStringLiteral("http://jabber.org/protocol/chatstates")}; }

    /// The state in a message; nothing where there is none or more than one (XEP-0085 5.5).
    static std::optional<State> of(const xml::Element &message);
    static xml::Element element(State state);

    /// Whether we tell our states; true at first. A person's choice (XEP-0085 5.2).
    void setEnabled(bool enabled);
    bool isEnabled() const { return m_enabled; }

    /// Adds <active/> to a chat message that is about to go out, unless the other side showed that it knows no states.
    void mark(xmpp::Message &message);
    /// We do `state` in the chat with `peer`: told once, and only to a side that is known to understand it. Call it
    /// with Composing at each key press; Paused follows by itself. Nothing is told before something was typed or sent.
    void set(const Jid &peer, State state);

Q_SIGNALS:
    /// `who` (a full address) does `state`.
    void changed(const Jid &who, xep::ChatStates::State state);

private:
    /// What one bare JID and we know of each other.
    struct Peer {
        std::optional<bool> understands; ///< By what it sent; nothing: it sent no message yet.
        std::optional<State> told;
        Timer pause;
    };

    void take(const xmpp::Incoming &message);
    void forgetTold();
    Peer &peerOf(const Jid &bare);
    void tell(const Jid &to, State state);

    xmpp::Client &m_client;
    const Caps &m_caps;
    QHash<Jid, Peer> m_peers;
    bool m_enabled = true;
};

} // namespace xep

template<>
struct xml::Words<xep::ChatStates::State> {
    using State = xep::ChatStates::State;
    static constexpr std::array<std::pair<State, std::string_view>, 5> table{{
        {State::Active, "active"},
        {State::Composing, "composing"},
        {State::Paused, "paused"},
        {State::Inactive, "inactive"},
        {State::Gone, "gone"},
    }};
};
