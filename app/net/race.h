// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connector.h"
#include "net/proxytalk.h"

namespace net {

/// One race of connection attempts (RFC 8305). Its end drops all that still runs. Under a proxy every packet goes to the
/// proxy, and what races are the ways that it is asked to open.
class Race
{
public:
    static constexpr std::chrono::milliseconds stagger{250};
    /// Between two ways through a proxy: Tor takes seconds for each.
    static constexpr std::chrono::milliseconds proxyStagger{3000};
    /// What one socket may hold before TCP pushes back.
    static constexpr qint64 readBuffer = 64 * 1024;

    /// `proxy` is not of Kind::System.
    Race(Resolver &resolver, Clock &clock, const Proxy &proxy);
    ~Race();
    Race(const Race &) = delete;
    Race &operator=(const Race &) = delete;

    /// Starts, where one is known with `known`; the answer is the winner, or the most telling error of all.
    Later<Result<Connector::Connected>> start(const std::optional<Endpoint> &known);
    /// All targets, in the order of trial; or why there are none. Once.
    void add(Result<std::vector<Target>> targets);

private:
    struct Lane { ///< One target.
        Target target;
        QList<QHostAddress> waiting; ///< Families take turns.
        bool resolved = false;
    };
    struct Attempt {
        SocketPtr socket;
        Target target;
        QHostAddress address;
        QString where;                   ///< For people.
        std::unique_ptr<ProxyTalk> talk; ///< Under a proxy.
    };

    Task<void> resolve(size_t lane);
    void proceed(bool skipUnresolved);
    bool isTried(const Target &target, const QHostAddress &address) const;
    void begin(const Target &target, const QHostAddress &address);
    std::vector<Attempt>::iterator attemptOf(const QTcpSocket *socket);
    void connected(QTcpSocket *socket);
    void talk(QTcpSocket *socket);
    void won(QTcpSocket *socket);
    void lost(QTcpSocket *socket);
    void drop(QTcpSocket *socket, const Error &error);
    void note(const Error &error);
    bool isOver() const;

    Resolver &m_resolver;
    Clock &m_clock;
    Proxy m_proxy;
    std::vector<Lane> m_lanes;
    std::vector<std::pair<Target, QHostAddress>> m_tried;
    bool m_complete = false; ///< add() was called: no more lanes will come.
    std::vector<Attempt> m_attempts;
    std::optional<Error> m_error;
    Later<Result<Connector::Connected>> m_answer;
    QObject m_context; ///< Its end cuts the sockets' signals.
    Timer m_timer;
    Scope m_scope;
};

} // namespace net
