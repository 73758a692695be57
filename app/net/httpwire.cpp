// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpwire.h"

namespace net {
namespace {

Task<Result<bool>> wait(Later<bool> later)
{
    co_return co_await later;
}

} // namespace

HttpWire::HttpWire(std::unique_ptr<Transport> transport, Clock &clock)
    : m_transport(std::move(transport)), m_clock(clock)
{
    Transport *wire = m_transport.get();
    // tell() may end this object, so it comes last each time.
    connect(wire, &Transport::ready, this, [this] {
        m_ready = true;
        tell();
    });
    connect(wire, &Transport::received, this, [this](const QByteArray &bytes) {
        m_unread += bytes;
        if (!m_paused && m_unread.size() >= mostUnread) {
            m_paused = true;
            m_transport->setPaused(true);
        }
        tell();
    });
    connect(wire, &Transport::drained, this, &HttpWire::tell);
    connect(wire, &Transport::closed, this, [this] {
        m_ended = true;
        tell();
    });
    connect(wire, &Transport::failed, this, [this](const Error &error) {
        m_ended = true;
        m_failure = error;
        tell();
    });
}

HttpWire::~HttpWire()
{
    m_transport->disconnect(this);
}

void HttpWire::tell()
{
    m_changed = true;
    if (const auto waiting = std::exchange(m_waiting, std::nullopt))
        waiting->set(true);
}

Task<Result<>> HttpWire::open(Destination destination)
{
    m_transport->open(destination);
    while (!m_ready && !m_ended) {
        auto changing = change();
        const auto changed = co_await std::move(changing);
        if (!changed)
            co_return changed;
    }
    if (m_failure)
        co_return fail(*m_failure);
    if (!m_transport->isSecure()) // never: it is direct TLS alone
        co_return fail(Error::Kind::Tls, QStringLiteral("tls-handshake"),
                       QStringLiteral("The connection to %1 is not encrypted.").arg(destination.domain));
    co_return Result<>{};
}

void HttpWire::write(const QByteArray &bytes)
{
    if (!m_ended)
        m_transport->write(bytes);
}

QByteArray HttpWire::take()
{
    if (std::exchange(m_paused, false))
        m_transport->setPaused(false);
    return std::exchange(m_unread, {});
}

Task<Result<>> HttpWire::change()
{
    while (!m_changed) {
        const Traffic before = m_transport->traffic();
        const Later<bool> later;
        m_waiting = later;
        auto waiting = base::within(m_clock, stallLimit, wait(later));
        const auto told = co_await std::move(waiting);
        const Traffic now = m_transport->traffic();
        // Through a slow link what the system has taken goes for long.
        if (!told && now.came == before.came && now.confirmed == before.confirmed)
            co_return fail(Error::Kind::Network, QStringLiteral("transfer-stalled"),
                           QStringLiteral("Nothing moved for %1 s.").arg(stallLimit.count()));
    }
    m_changed = false;
    co_return Result<>{};
}

} // namespace net
