// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connector.h"

namespace net {

/// One race of connection attempts (RFC 8305). Its end drops all that still runs.
class Race
{
public:
    static constexpr std::chrono::milliseconds stagger{250};
    /// What one socket may hold before TCP pushes back.
    static constexpr qint64 readBuffer = 64 * 1024;

    Race(Resolver &resolver, Clock &clock, const QNetworkProxy &proxy, std::vector<Target> targets);
    ~Race();
    Race(const Race &) = delete;
    Race &operator=(const Race &) = delete;

    /// Starts; the answer is the winner, or the most telling error of all.
    Later<Result<Connector::Connected>> start();

private:
    struct Lane { ///< One target.
        Target target;
        QList<QHostAddress> waiting; ///< Families take turns.
        bool resolved = false;
    };
    struct Attempt {
        SocketPtr socket;
        Target target;
        QString where; ///< For people.
    };

    Task<void> resolve(size_t lane);
    void proceed(bool skipUnresolved);
    void begin(Lane &lane);
    void won(QTcpSocket *socket);
    void lost(QTcpSocket *socket);
    void note(const Error &error);
    bool isOver() const;

    Resolver &m_resolver;
    Clock &m_clock;
    QNetworkProxy m_proxy;
    std::vector<Lane> m_lanes;
    std::vector<Attempt> m_attempts;
    std::optional<Error> m_error;
    Later<Result<Connector::Connected>> m_answer;
    QObject m_context; ///< Its end cuts the sockets' signals.
    Timer m_timer;
    Scope m_scope;
};

} // namespace net
