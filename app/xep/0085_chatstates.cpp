// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0085_chatstates.h"

#include "xep/0334_hints.h"

namespace xep {
namespace {

constexpr std::string_view chatStates = "http://jabber.org/protocol/chatstates";
/// Beyond it all is forgotten and found out again: strangers can make us remember them.
constexpr qsizetype mostPeers = 5000;

} // namespace

ChatStates::ChatStates(xmpp::Client &client, const Caps &caps) : m_client(client), m_caps(caps)
{
    connect(&client, &xmpp::Client::message, this, &ChatStates::take);
    connect(&client, &xmpp::Client::offline, this, &ChatStates::forgetTold);
}

std::optional<ChatStates::State> ChatStates::of(const xml::Element &message)
{
    std::optional<State> found;
    for (const xml::Element &child : message.children()) {
        if (child.ns() != chatStates)
            continue;
        if (found)
            return {};
        found = xml::fromWord<State>(child.name());
        if (!found)
            return {};
    }
    return found;
}

xml::Element ChatStates::element(State state)
{
    return xml::Builder(xml::word(state), chatStates).build();
}

void ChatStates::setEnabled(bool enabled)
{
    if (!enabled) {
        // Nobody shall see us typing for ever.
        for (auto peer = m_peers.cbegin(); peer != m_peers.cend(); ++peer) {
            if (peer->told == State::Composing)
                tell(peer.key(), State::Active);
        }
        forgetTold();
    }
    m_enabled = enabled;
}

ChatStates::Peer &ChatStates::peerOf(const Jid &bare)
{
    if (m_peers.size() >= mostPeers && !m_peers.contains(bare))
        m_peers.clear();
    return m_peers[bare];
}

void ChatStates::mark(xmpp::Message &message)
{
    if (!m_enabled || message.type != xmpp::Message::Type::Chat)
        return;
    Peer &peer = peerOf(message.to.bare());
    peer.pause.stop();
    if (peer.understands == false) // XEP-0085 5.1, rule 2
        return;
    peer.told = State::Active;
    message.payloads.push_back(element(State::Active));
}

void ChatStates::set(const Jid &to, State state)
{
    const Jid bare = to.bare();
    if (!m_enabled || !m_client.isOnline())
        return;
    Peer &peer = peerOf(bare);
    if (!peer.understands.value_or(
            m_caps.supports(to, QString::fromLatin1(chatStates.data(), qsizetype(chatStates.size())))))
        return;
    if (state == State::Composing)
        peer.pause = m_client.clock().after(pauseAfter, [this, to] {
            // A copy: set() stops this timer, and what it holds may go with it.
            set(Jid(to), State::Paused);
        });
    else
        peer.pause.stop();
    // A chat in which we did nothing is nobody's business: opening and closing its window tells nothing.
    if (!peer.told && state != State::Composing)
        return;
    if (peer.told == state) // XEP-0085 5.3
        return;
    peer.told = state;
    if (state == State::Gone)
        peer.told.reset();
    tell(to, state);
}

void ChatStates::tell(const Jid &to, State state)
{
    xmpp::Message message;
    message.to = to;
    message.id = m_client.random().id();
    message.payloads.push_back(element(state));
    // XEP-0085 5.5 allows nothing beside a state; but servers know this hint, and then none keeps "typing" for later.
    message.add(hints::NoStore{});
    m_client.send(message);
}

void ChatStates::forgetTold()
{
    for (Peer &peer : m_peers) {
        peer.pause.stop();
        peer.told.reset();
    }
}

void ChatStates::take(const xmpp::Incoming &message)
{
    using Type = xmpp::Message::Type;
    const Type type = xmpp::Message::typeOf(message.element());
    const Jid &who = message.author();
    if (type == Type::Error || type == Type::Headline || who.bare() == m_client.self().bare())
        return;
    const auto state = of(message.element());
    if (type != Type::Groupchat) {
        if (state)
            peerOf(who.bare()).understands = true;
        else if (!xmpp::Message::bodyOf(message.element()).isNull())
            peerOf(who.bare()).understands = false;
    }
    // What was done before a message lay about is over; <gone/> says nothing in a room (XEP-0085 5.5.2).
    if (!state || !message.origin().isLive() || (type == Type::Groupchat && state == State::Gone))
        return;
    Q_EMIT changed(who, *state);
}

} // namespace xep
