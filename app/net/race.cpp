// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/race.h"

#include <QNetworkProxy>
#include <QPointer>

#include <algorithm>

namespace net {
namespace {

// The more a reason says about the server, the more it is worth telling.
int telling(const QString &condition)
{
    static const QStringList ranks{
        QStringLiteral("dns-failed"),      QStringLiteral("host-unknown"),       QStringLiteral("network-unreachable"),
        QStringLiteral("connect-timeout"), QStringLiteral("connection-refused"), QStringLiteral("proxy-unreachable"),
        QStringLiteral("proxy-failed"),    QStringLiteral("proxy-auth"),         QStringLiteral("service-not-offered")};
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

Race::Race(Resolver &resolver, Clock &clock, const Proxy &proxy) : m_resolver(resolver), m_clock(clock), m_proxy(proxy)
{
}

Race::~Race() = default;

Later<Result<Connector::Connected>> Race::start(const std::optional<Endpoint> &known)
{
    m_timer = m_clock.every(m_proxy.isNone() ? stagger : proxyStagger, [this] { proceed(true); });
    if (known && m_proxy.isNone() && !known->address.isNull()) {
        m_lanes.push_back({known->target, {known->address}, true});
        proceed(true);
    }
    return m_answer;
}

void Race::add(Result<std::vector<Target>> targets)
{
    const auto answer = m_answer; // once it is set this race may be gone
    const size_t first = m_lanes.size();
    if (targets) {
        for (Target &target : *targets)
            m_lanes.push_back({std::move(target), {}, false});
    } else {
        note(targets.error());
    }
    m_complete = true;
    for (size_t lane = first; !answer.isSet() && lane < m_lanes.size(); ++lane)
        m_scope.run(resolve(lane));
    if (!answer.isSet() && m_attempts.empty())
        proceed(false);
}

Task<void> Race::resolve(size_t lane)
{
    // The proxy's own address is the only one that is asked for here where there is a proxy.
    const QString host = m_proxy.isNone() ? m_lanes[lane].target.host : m_proxy.host;
    auto addresses = co_await m_resolver.addresses(host);
    if (addresses)
        m_lanes[lane].waiting = interleaved(*addresses);
    else if (m_proxy.isNone())
        note(addresses.error());
    else
        note({Error::Kind::Network, QStringLiteral("proxy-unreachable"), addresses.error().detail});
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
        while (!lane.waiting.isEmpty()) {
            const QHostAddress address = lane.waiting.takeFirst();
            if (!isTried(lane.target, address))
                return begin(lane.target, address);
        }
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
    return m_complete && m_attempts.empty() && std::all_of(m_lanes.begin(), m_lanes.end(), [](const Lane &lane) {
               return lane.resolved && lane.waiting.isEmpty();
           });
}

/// The same place at the same address, by whatever name.
bool Race::isTried(const Target &target, const QHostAddress &address) const
{
    return m_proxy.isNone() && std::any_of(m_tried.begin(), m_tried.end(), [&](const auto &tried) {
               return tried.second == address && tried.first.port == target.port && tried.first.direct == target.direct;
           });
}

void Race::begin(const Target &target, const QHostAddress &address)
{
    m_tried.emplace_back(target, address);
    const bool isProxied = !m_proxy.isNone();
    const QString &host = isProxied ? m_proxy.host : target.host;
    const quint16 port = isProxied ? m_proxy.port : target.port;
    const QString shown = address.toString() == host ? host : QStringLiteral("%1 (%2)").arg(host, address.toString());
    Attempt attempt{SocketPtr(new QTcpSocket), target, isProxied ? QHostAddress() : address,
                    QStringLiteral("%1, port %2,").arg(shown).arg(port), nullptr};
    if (isProxied)
        attempt.talk = std::make_unique<ProxyTalk>(m_proxy, target.host, target.port);
    QTcpSocket *raw = attempt.socket.get();
    raw->setReadBufferSize(readBuffer);
    raw->setProxy(QNetworkProxy::NoProxy); // ProxyTalk does it; Qt's own would be a second one
    // Queued: both may come from inside connectToHost().
    QObject::connect(
        raw, &QTcpSocket::connected, &m_context, [this, raw] { connected(raw); }, Qt::QueuedConnection);
    QObject::connect(
        raw, &QTcpSocket::errorOccurred, &m_context, [this, raw] { lost(raw); }, Qt::QueuedConnection);
    m_attempts.push_back(std::move(attempt));
    raw->connectToHost(address, port);
}

std::vector<Race::Attempt>::iterator Race::attemptOf(const QTcpSocket *socket)
{
    return std::find_if(m_attempts.begin(), m_attempts.end(),
                        [socket](const Attempt &a) { return a.socket.get() == socket; });
}

void Race::connected(QTcpSocket *socket)
{
    const auto attempt = attemptOf(socket);
    if (attempt == m_attempts.end())
        return;
    if (!attempt->talk)
        return won(socket);
    QObject::connect(
        socket, &QTcpSocket::readyRead, &m_context, [this, socket] { talk(socket); }, Qt::QueuedConnection);
    talk(socket);
}

/// One more step of the talk with the proxy.
void Race::talk(QTcpSocket *socket)
{
    const auto attempt = attemptOf(socket);
    if (attempt == m_attempts.end())
        return;
    ProxyTalk &talk = *attempt->talk;
    for (;;) {
        if (const QByteArray output = talk.takeOutput(); !output.isEmpty())
            socket->write(output);
        const QByteArray unread = socket->peek(ProxyTalk::mostAnswer);
        const qsizetype taken = unread.isEmpty() ? 0 : talk.take(unread);
        if (taken == 0)
            break;
        socket->skip(taken);
    }
    if (talk.state() == ProxyTalk::State::Open)
        won(socket);
    else if (talk.state() == ProxyTalk::State::Failed)
        drop(socket, talk.error());
}

void Race::won(QTcpSocket *socket)
{
    const auto attempt = attemptOf(socket);
    if (attempt == m_attempts.end() || m_answer.isSet())
        return;
    socket->disconnect(&m_context);
    Connector::Connected connected{std::move(attempt->socket), {attempt->target, attempt->address}};
    m_timer.stop();
    m_scope.cancel();
    m_attempts.clear();
    const auto answer = m_answer; // setting it ends this race
    answer.set(std::move(connected));
}

void Race::lost(QTcpSocket *socket)
{
    const auto attempt = attemptOf(socket);
    if (attempt == m_attempts.end())
        return;
    Error error = reasonOf(*socket, attempt->where); // before a use of the socket gives it another
    const bool wasThere = socket->error() == QAbstractSocket::RemoteHostClosedError;
    if (attempt->talk && wasThere) { // what it said before it hung up tells more
        const auto answer = m_answer;
        const QPointer<QObject> alive = &m_context;
        talk(socket);
        if (!alive || answer.isSet() || attemptOf(socket) == m_attempts.end())
            return;
    }
    if (attempt->talk) {
        error.condition = wasThere ? QStringLiteral("proxy-failed") : QStringLiteral("proxy-unreachable");
        error.detail = wasThere ? QStringLiteral("The proxy %1 hung up.").arg(attempt->where.chopped(1))
                                : QStringLiteral("The proxy cannot be used: %1").arg(error.detail);
    }
    drop(socket, error);
}

void Race::drop(QTcpSocket *socket, const Error &error)
{
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
    const Error copy = error; // it may live in what goes
    m_attempts.erase(attemptOf(socket));
    note(copy);
    proceed(true);
}

void Race::note(const Error &error)
{
    if (!m_error || telling(error.condition) > telling(m_error->condition))
        m_error = error;
}

} // namespace net
