// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/client.h"

namespace xmpp {

Client::Client(Clock &clock, Random &random)
    : m_clock(clock), m_random(random), m_router(clock, random, [this](const xml::Element &stanza) { send(stanza); })
{
    connect(&m_router, &Router::message, this, &Client::message);
    connect(&m_router, &Router::presence, this, &Client::presence);
}

Client::~Client() = default;

void Client::send(const xml::Element &stanza)
{
    if (!m_write)
        return;
    m_write(stanza);
    Q_EMIT sent(stanza);
}

Task<Result<xml::Element>> Client::get(Jid to, xml::Element payload, std::chrono::milliseconds limit)
{
    if (!isOnline())
        co_return fail(Error::Kind::Network, QStringLiteral("offline"),
                       QStringLiteral("The account is not connected."));
    co_return co_await m_router.ask(to, QStringLiteral("get"), payload, limit);
}

Task<Result<xml::Element>> Client::set(Jid to, xml::Element payload, std::chrono::milliseconds limit)
{
    if (!isOnline())
        co_return fail(Error::Kind::Network, QStringLiteral("offline"),
                       QStringLiteral("The account is not connected."));
    co_return co_await m_router.ask(to, QStringLiteral("set"), payload, limit);
}

void Client::up(const Jid &full, std::function<void(const xml::Element &)> write)
{
    m_router.setSelf(full);
    m_write = std::move(write);
    Q_EMIT online();
}

void Client::down(const Error &why)
{
    if (!m_write)
        return;
    m_write = nullptr;
    m_router.dropRequests(why);
    m_router.setSelf(m_router.self().bare());
    Q_EMIT offline(why);
}

} // namespace xmpp
