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

void Client::send(const xml::Element &stanza, qint64 tag)
{
    if (!m_write && !m_interrupted)
        return;
    if (m_holds > 0 && tag == 0) {
        m_held.push_back(stanza);
        return;
    }
    // Counted first: its answer may come from within the writing.
    if (m_interrupted || m_management.isEnabled())
        m_management.sent(stanza, tag, m_clock.now());
    if (m_write)
        m_write(stanza);
    Q_EMIT sent(stanza);
}

void Client::sendNonza(const xml::Element &element)
{
    if (m_write)
        m_write(element);
}

void Client::release()
{
    if (--m_holds > 0)
        return;
    for (const xml::Element &stanza : std::exchange(m_held, {}))
        send(stanza);
}

Task<Result<xml::Element>> Client::get(Jid to, xml::Element payload, std::chrono::milliseconds limit)
{
    if (!isOnline() && !m_interrupted)
        co_return fail(Error::Kind::Network, QStringLiteral("offline"),
                       QStringLiteral("The account is not connected."));
    co_return co_await m_router.ask(to, QStringLiteral("get"), payload, limit);
}

Task<Result<xml::Element>> Client::exchange(Jid to, xml::Element payload, std::chrono::milliseconds limit)
{
    if (!isOnline() && !m_interrupted)
        co_return fail(Error::Kind::Network, QStringLiteral("offline"),
                       QStringLiteral("The account is not connected."));
    co_return co_await m_router.exchange(to, QStringLiteral("get"), payload, limit);
}

Task<Result<xml::Element>> Client::set(Jid to, xml::Element payload, std::chrono::milliseconds limit)
{
    if (!isOnline() && !m_interrupted)
        co_return fail(Error::Kind::Network, QStringLiteral("offline"),
                       QStringLiteral("The account is not connected."));
    co_return co_await m_router.ask(to, QStringLiteral("set"), payload, limit);
}

void Client::up(const Jid &full, std::function<void(const xml::Element &)> write)
{
    m_router.setSelf(full);
    m_write = std::move(write);
    m_interrupted = false;
    m_finishing = false;
    Q_EMIT online();
}

void Client::interrupt(const Error &why)
{
    if (!m_write)
        return;
    m_write = nullptr;
    m_interrupted = true;
    Q_EMIT interrupted(why);
}

void Client::resume(std::function<void(const xml::Element &)> write, const std::vector<qint64> &tags)
{
    m_write = std::move(write);
    m_interrupted = false;
    acknowledge(tags);
    m_router.askAgain();
    Q_EMIT resumed();
}

void Client::acknowledge(const std::vector<qint64> &tags)
{
    if (!tags.empty())
        Q_EMIT acknowledged(tags);
}

void Client::finish()
{
    if (!m_write)
        return;
    m_write = nullptr;
    m_finishing = true;
}

void Client::down(const Error &why)
{
    if (!m_write && !m_interrupted && !m_finishing)
        return;
    m_write = nullptr;
    m_interrupted = false;
    m_finishing = false;
    m_held.clear();
    m_router.dropRequests(why);
    m_router.setSelf(m_router.self().bare());
    Q_EMIT offline(why);
}

} // namespace xmpp
