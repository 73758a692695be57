// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/race.h"

#include <algorithm>

namespace net {
namespace {

// The more a reason says about the server, the more it is worth telling.
int telling(const QString &condition)
{
    static const QStringList ranks{QStringLiteral("dns-failed"), QStringLiteral("host-unknown"),
                                   QStringLiteral("network-unreachable"), QStringLiteral("connect-timeout"),
                                   QStringLiteral("connection-refused")};
    return int(ranks.indexOf(condition));
}

Error reasonOf(const QTcpSocket &socket, const QString &where)
{
    const auto error = [&](const QString &condition, const QString &text) {
        return Error{Error::Kind::Network, condition, text.arg(where)};
    };
    switch (socket.error()) {
    case QAbstractSocket::ConnectionRefusedError:
        return error(QStringLiteral("connection-refused"), QStringLiteral("%1 refused the connection."));
    case QAbstractSocket::HostNotFoundError:
        return error(QStringLiteral("host-unknown"), QStringLiteral("There is no host named %1."));
    case QAbstractSocket::SocketTimeoutError:
        return error(QStringLiteral("connect-timeout"), QStringLiteral("%1 did not answer."));
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return error(QStringLiteral("proxy-failed"),
                     QStringLiteral("The proxy did not connect to %1: ") + socket.errorString());
    default:
        return error(QStringLiteral("network-unreachable"),
                     QStringLiteral("%1 cannot be reached: ") + socket.errorString());
    }
}

/// RFC 8305 4: families take turns, the first address's family first.
QList<QHostAddress> interleaved(const QList<QHostAddress> &addresses)
{
    if (addresses.isEmpty())
        return {};
    const auto family = addresses.first().protocol();
    QList<QHostAddress> first;
    QList<QHostAddress> other;
    for (const QHostAddress &address : addresses)
        (address.protocol() == family ? first : other).append(address);
    QList<QHostAddress> result;
    for (qsizetype i = 0; i < std::max(first.size(), other.size()); ++i) {
        result.append(first.mid(i, 1));
        result.append(other.mid(i, 1));
    }
    return result;
}

} // namespace

Race::Race(Resolver &resolver, Clock &clock, const QNetworkProxy &proxy, std::vector<Target> targets)
    : m_resolver(resolver), m_clock(clock), m_proxy(proxy)
{
    for (Target &target : targets)
        m_lanes.push_back({std::move(target), {}, false});
}

Race::~Race() = default;

Later<Result<Connector::Connected>> Race::start()
{
    m_timer = m_clock.every(stagger, [this] { proceed(true); });
    for (size_t lane = 0; lane < m_lanes.size(); ++lane) {
        if (!m_answer.isSet())
            m_scope.run(resolve(lane));
    }
    return m_answer;
}

Task<void> Race::resolve(size_t lane)
{
    if (m_proxy.type() == QNetworkProxy::NoProxy) {
        const QString host = m_lanes[lane].target.host;
        auto addresses = co_await m_resolver.addresses(host);
        if (addresses)
            m_lanes[lane].waiting = interleaved(*addresses);
        else
            note(addresses.error());
    } else {
        m_lanes[lane].waiting = {QHostAddress()}; // one attempt, by name
    }
    m_lanes[lane].resolved = true;
    // Not before the lanes ahead are resolved: they are preferred. The timer does not wait for them.
    if (m_attempts.empty())
        proceed(false);
}

/// Begins the next attempt, or gives up where nothing is left.
void Race::proceed(bool skipUnresolved)
{
    if (m_answer.isSet())
        return;
    for (Lane &lane : m_lanes) {
        if (!lane.waiting.isEmpty())
            return begin(lane);
        if (!lane.resolved && !skipUnresolved)
            return;
    }
    if (isOver()) {
        m_timer.stop();
        const Error error = m_error.value_or(
            Error{Error::Kind::Network, QStringLiteral("host-unknown"), QStringLiteral("The server has no address.")});
        const auto answer = m_answer; // setting it may end this race
        answer.set(fail(error));
    }
}

bool Race::isOver() const
{
    return m_attempts.empty() && std::all_of(m_lanes.begin(), m_lanes.end(), [](const Lane &lane) {
               return lane.resolved && lane.waiting.isEmpty();
           });
}

void Race::begin(Lane &lane)
{
    const QHostAddress address = lane.waiting.takeFirst();
    const Target target = lane.target;
    const QString shown = address.isNull() || address.toString() == target.host
        ? target.host
        : QStringLiteral("%1 (%2)").arg(target.host, address.toString());
    SocketPtr socket(new QTcpSocket);
    QTcpSocket *raw = socket.get();
    raw->setReadBufferSize(readBuffer);
    raw->setProxy(m_proxy);
    // Queued: both may come from inside connectToHost().
    QObject::connect(
        raw, &QTcpSocket::connected, &m_context, [this, raw] { won(raw); }, Qt::QueuedConnection);
    QObject::connect(
        raw, &QTcpSocket::errorOccurred, &m_context, [this, raw] { lost(raw); }, Qt::QueuedConnection);
    m_attempts.push_back({std::move(socket), target, QStringLiteral("%1, port %2,").arg(shown).arg(target.port)});
    if (address.isNull())
        raw->connectToHost(target.host, target.port);
    else
        raw->connectToHost(address, target.port);
}

void Race::won(QTcpSocket *socket)
{
    const auto attempt =
        std::find_if(m_attempts.begin(), m_attempts.end(), [&](const Attempt &a) { return a.socket.get() == socket; });
    if (attempt == m_attempts.end() || m_answer.isSet())
        return;
    socket->disconnect(&m_context);
    Connector::Connected connected{std::move(attempt->socket), attempt->target};
    m_timer.stop();
    m_scope.cancel();
    m_attempts.clear();
    const auto answer = m_answer; // setting it ends this race
    answer.set(std::move(connected));
}

void Race::lost(QTcpSocket *socket)
{
    const auto attempt =
        std::find_if(m_attempts.begin(), m_attempts.end(), [&](const Attempt &a) { return a.socket.get() == socket; });
    if (attempt == m_attempts.end())
        return;
    note(reasonOf(*socket, attempt->where));
    m_attempts.erase(attempt);
    proceed(true);
}

void Race::note(const Error &error)
{
    if (!m_error || telling(error.condition) > telling(m_error->condition))
        m_error = error;
}

} // namespace net
