// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/proxytalk.h"

#include <QHostAddress>

#include <algorithm>

namespace net {
namespace {

constexpr char socksVersion = 5;
constexpr char noLogin = 0;
constexpr char loginByPassword = 2;
constexpr qsizetype mostField = 255; // RFC 1928 5, RFC 1929 2: lengths are one byte

enum class Reply : quint8 { Done, Failure, NotAllowed, NetworkUnreachable, HostUnreachable, Refused, Expired };

QByteArray bigEndian(quint16 number)
{
    QByteArray result;
    result.append(char(number >> 8));
    result.append(char(number & 0xff));
    return result;
}

/// ATYP and DST.ADDR of RFC 1928 4.
QByteArray socksAddress(const QString &host)
{
    const QHostAddress literal(host);
    if (literal.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 address = literal.toIPv4Address();
        return QByteArray(1, 1) + bigEndian(quint16(address >> 16)) + bigEndian(quint16(address & 0xffff));
    }
    if (literal.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR address = literal.toIPv6Address();
        return QByteArray(1, 4) + QByteArray(reinterpret_cast<const char *>(&address), sizeof address);
    }
    return QByteArray(1, 3) + char(host.size()) + host.toLatin1();
}

/// Nothing in it could end a line of a request or a name in it.
bool isPlainName(const QString &host)
{
    return !host.isEmpty() && host.size() <= mostField
        && std::all_of(host.begin(), host.end(), [](QChar c) { return c > u' ' && c < QChar(0x7f); });
}

} // namespace

ProxyTalk::ProxyTalk(Proxy proxy, QString host, quint16 port)
    : m_proxy(std::move(proxy)), m_host(std::move(host)), m_port(port)
{
    if (!isPlainName(m_host))
        giveUp(QStringLiteral("proxy-failed"), QStringLiteral("The proxy cannot be asked for a host of this name."));
    else if (m_proxy.kind == Proxy::Kind::Http)
        connectByHttp();
    else
        greet();
}

QString ProxyTalk::where() const
{
    return QStringLiteral("The proxy %1, port %2,").arg(m_proxy.host).arg(m_proxy.port);
}

void ProxyTalk::giveUp(const QString &condition, const QString &detail)
{
    m_state = State::Failed;
    m_output.clear();
    m_error = {Error::Kind::Network, condition, detail};
}

qsizetype ProxyTalk::take(const QByteArray &unread)
{
    if (m_state != State::Talking)
        return 0;
    qsizetype taken = 0;
    if (m_proxy.kind == Proxy::Kind::Http)
        taken = takeHttp(unread);
    else if (m_step == Step::Method)
        taken = takeMethod(unread);
    else if (m_step == Step::Login)
        taken = takeLogin(unread);
    else
        taken = takeAnswer(unread);
    if (m_state == State::Talking && taken == 0 && unread.size() >= mostAnswer)
        giveUp(QStringLiteral("proxy-failed"), QStringLiteral("%1 answers without an end.").arg(where()));
    return taken;
}

// RFC 1928 3
void ProxyTalk::greet()
{
    m_output = QByteArray(1, socksVersion);
    if (m_proxy.user.isEmpty())
        m_output += QByteArray(1, 1) + noLogin;
    else
        m_output += QByteArray(1, 2) + noLogin + loginByPassword;
}

qsizetype ProxyTalk::takeMethod(const QByteArray &unread)
{
    if (unread.size() < 2)
        return 0;
    if (unread[0] != socksVersion)
        giveUp(QStringLiteral("proxy-failed"), QStringLiteral("%1 does not speak SOCKS5.").arg(where()));
    else if (unread[1] == noLogin)
        ask();
    else if (unread[1] == loginByPassword && !m_proxy.user.isEmpty())
        login();
    else
        giveUp(QStringLiteral("proxy-auth"), QStringLiteral("%1 wants a user name and a password.").arg(where()));
    return 2;
}

// RFC 1929 2
void ProxyTalk::login()
{
    const QByteArray user = m_proxy.user.toUtf8();
    const std::string_view password = m_proxy.password ? m_proxy.password->view() : std::string_view();
    if (user.size() > mostField || qsizetype(password.size()) > mostField) {
        giveUp(QStringLiteral("proxy-auth"),
               QStringLiteral("The user name or the password for the proxy is too long."));
        return;
    }
    m_output = QByteArray(1, 1) + char(user.size()) + user + char(password.size());
    m_output.append(password.data(), qsizetype(password.size()));
    m_step = Step::Login;
}

qsizetype ProxyTalk::takeLogin(const QByteArray &unread)
{
    if (unread.size() < 2)
        return 0;
    if (unread[1] == 0)
        ask();
    else
        giveUp(QStringLiteral("proxy-auth"), QStringLiteral("%1 refused the user name or the password.").arg(where()));
    return 2;
}

// RFC 1928 4
void ProxyTalk::ask()
{
    m_output = QByteArray(1, socksVersion) + QByteArray("\1\0", 2) + socksAddress(m_host) + bigEndian(m_port);
    m_step = Step::Answer;
}

// RFC 1928 6. The address in it is of no use to us, but has to be read away.
qsizetype ProxyTalk::takeAnswer(const QByteArray &unread)
{
    if (unread.size() < 5)
        return 0;
    qsizetype size = 6; // VER REP RSV ATYP ... PORT
    switch (unread[3]) {
    case 1: size += 4; break;
    case 3: size += 1 + quint8(unread[4]); break;
    case 4: size += 16; break;
    default: size = unread[1] == 0 ? 0 : 5; // a refusal counts without an address, too
    }
    if (unread[0] != socksVersion || size == 0) {
        giveUp(QStringLiteral("proxy-failed"), QStringLiteral("%1 does not speak SOCKS5.").arg(where()));
        return 0;
    }
    if (unread[1] == 0 && unread.size() < size)
        return 0;
    const QString server = QStringLiteral("%1 says that %2, port %3,").arg(where(), m_host).arg(m_port);
    switch (Reply(unread[1])) {
    case Reply::Done: m_state = State::Open; return size;
    case Reply::Refused:
        giveUp(QStringLiteral("connection-refused"), QStringLiteral("%1 refused the connection.").arg(server));
        break;
    case Reply::NetworkUnreachable:
    case Reply::HostUnreachable:
    case Reply::Expired:
        giveUp(QStringLiteral("network-unreachable"), QStringLiteral("%1 cannot be reached.").arg(server));
        break;
    case Reply::NotAllowed:
        giveUp(QStringLiteral("proxy-failed"), QStringLiteral("%1 is not allowed by its rules.").arg(server));
        break;
    default:
        giveUp(QStringLiteral("proxy-failed"),
               QStringLiteral("%1 did not connect to %2, port %3 (SOCKS5 reply %4).")
                   .arg(where(), m_host)
                   .arg(m_port)
                   .arg(quint8(unread[1])));
    }
    return 0;
}

void ProxyTalk::connectByHttp()
{
    const QHostAddress literal(m_host);
    const bool isIpv6 = literal.protocol() == QAbstractSocket::IPv6Protocol;
    const QByteArray host = isIpv6 ? '[' + m_host.toLatin1() + ']' : m_host.toLatin1();
    const QByteArray target = host + ':' + QByteArray::number(m_port);
    m_output = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    if (!m_proxy.user.isEmpty()) {
        QByteArray login = m_proxy.user.toUtf8() + ':';
        if (m_proxy.password)
            login.append(m_proxy.password->data(), qsizetype(m_proxy.password->size()));
        m_output += "Proxy-Authorization: Basic " + login.toBase64() + "\r\n";
        login.fill('\0');
    }
    m_output += "\r\n";
    m_step = Step::Answer;
}

qsizetype ProxyTalk::takeHttp(const QByteArray &unread)
{
    const QByteArray beginning = QByteArrayLiteral("HTTP/1.");
    if (!unread.startsWith(beginning.left(unread.size()))) {
        giveUp(QStringLiteral("proxy-failed"), QStringLiteral("%1 does not speak HTTP.").arg(where()));
        return 0;
    }
    const qsizetype end = unread.indexOf("\r\n\r\n");
    if (end < 0 || end > mostAnswer)
        return 0;
    const QByteArray head = unread.left(end);
    judgeStatus(head.mid(9, 3).toInt(), head);
    return end + 4;
}

void ProxyTalk::judgeStatus(int status, const QByteArray &head)
{
    if (status >= 100 && status < 200)
        return; // an interim answer; the real one follows
    if (status >= 200 && status < 300) {
        m_state = State::Open;
        return;
    }
    const QString line = QString::fromLatin1(head.split('\r').first().mid(9, 80)).trimmed();
    if (status == 407)
        giveUp(QStringLiteral("proxy-auth"),
               m_proxy.user.isEmpty() ? QStringLiteral("%1 wants a user name and a password.").arg(where())
                                      : QStringLiteral("%1 refused the user name or the password.").arg(where()));
    else
        giveUp(QStringLiteral("proxy-failed"),
               QStringLiteral("%1 did not connect to %2, port %3: %4.").arg(where(), m_host).arg(m_port).arg(line));
}

} // namespace net
