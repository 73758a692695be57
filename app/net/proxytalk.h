// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/proxy.h"

#include <QByteArray>

#include <optional>

namespace net {

/// What is said to a proxy until the way to a server is open, without a socket: SOCKS5 (RFC 1928, 1929) and HTTP CONNECT
/// (RFC 9110 9.3.6) with Basic (RFC 7617). The proxy is given the server's name, never an address of ours.
class ProxyTalk
{
public:
    enum class State { Talking, Open, Failed };
    /// The longest answer that is waited for.
    static constexpr qsizetype mostAnswer = 16 * 1024;

    /// `proxy` is Socks5 or Http; `host` a name of A-labels or an IP address.
    ProxyTalk(Proxy proxy, QString host, quint16 port);

    State state() const { return m_state; }
    /// Kind Network: `proxy-auth`, `proxy-failed`; `connection-refused` and `network-unreachable` where the proxy says so
    /// of the server.
    const Error &error() const { return m_error; }
    /// What has to be sent now; ask at the start and after each take().
    QByteArray takeOutput() { return std::exchange(m_output, {}); }
    /// Looks at all that is unread and returns how many bytes of it were the proxy's; what follows is the server's. Call
    /// it again, with what is left and what came, as long as State::Talking.
    qsizetype take(const QByteArray &unread);

private:
    enum class Step { Method, Login, Request, Answer };

    void greet();
    void ask();
    void connectByHttp();
    qsizetype takeMethod(const QByteArray &unread);
    qsizetype takeLogin(const QByteArray &unread);
    qsizetype takeAnswer(const QByteArray &unread);
    qsizetype takeHttp(const QByteArray &unread);
    void judgeStatus(int status, const QByteArray &head);
    void login();
    void giveUp(const QString &condition, const QString &detail);
    QString where() const;

    Proxy m_proxy;
    QString m_host;
    quint16 m_port;
    Step m_step = Step::Method;
    State m_state = State::Talking;
    QByteArray m_output;
    Error m_error;
};

} // namespace net
