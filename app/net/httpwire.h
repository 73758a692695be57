// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "net/transport.h"

#include <memory>

namespace net {

/// One connection to a web server for a coroutine, with limits on what waits in memory and on silence. Its end drops it.
class HttpWire : public QObject
{
    Q_OBJECT
public:
    /// As long may nothing move, in either direction.
    static constexpr std::chrono::seconds stallLimit{60};
    /// What came and was not taken; then the peer is slowed down.
    static constexpr qsizetype mostUnread = 64 * 1024;
    /// What was written and is not with the system; then hasRoom() is false.
    static constexpr qint64 mostUnsent = 128 * 1024;

    HttpWire(std::unique_ptr<Transport> transport, Clock &clock);
    ~HttpWire() override;

    /// Ends when TLS is up and the server proven. Errors as Transport::failed().
    Task<Result<>> open(Destination destination);
    void write(const QByteArray &bytes);
    bool hasRoom() const { return m_transport->pending() < mostUnsent; }
    /// Written, and not confirmed by the peer's system.
    qint64 unconfirmed() const { return m_transport->traffic().outstanding; }
    /// All that came.
    QByteArray take();
    /// Waits until something came, was sent, or the end. Error: Network `transfer-stalled`.
    Task<Result<>> change();

    /// No more will come.
    bool isEnded() const { return m_ended; }
    /// It ended by TLS's own end.
    bool isEndedInOrder() const { return m_ended && !m_failure; }
    const std::optional<Error> &failure() const { return m_failure; }

private:
    void tell();

    std::unique_ptr<Transport> m_transport;
    Clock &m_clock;
    QByteArray m_unread;
    bool m_ready = false;
    bool m_ended = false;
    bool m_paused = false;
    bool m_changed = false;
    std::optional<Error> m_failure;
    std::optional<Later<bool>> m_waiting;
};

} // namespace net
