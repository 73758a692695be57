// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/connector.h"
#include "support/testmain.h"

#include <QTcpServer>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

using net::Connector;
using net::Target;

namespace {

const QString domain = QStringLiteral("verona.test");

/// Time that passes only when told.
class HandClock final : public Clock
{
public:
    QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(m_time.count(), Qt::UTC); }
    std::chrono::milliseconds monotonic() const override { return m_time; }
    Timer after(std::chrono::milliseconds delay, std::function<void()> f) override
    {
        return add(delay, {}, std::move(f));
    }
    Timer every(std::chrono::milliseconds period, std::function<void()> f) override
    {
        return add(period, period, std::move(f));
    }
    void pass(std::chrono::milliseconds time)
    {
        m_time += time;
        for (const auto &weak : std::exchange(m_alarms, {})) {
            const auto alarm = weak.lock();
            if (!alarm)
                continue;
            const bool due = alarm->due <= m_time;
            if (!due || alarm->period.count() > 0)
                m_alarms.push_back(weak);
            if (due) {
                alarm->due += alarm->period;
                alarm->f();
            }
        }
    }

private:
    struct Alarm {
        std::chrono::milliseconds due;
        std::chrono::milliseconds period;
        std::function<void()> f;
    };
    Timer add(std::chrono::milliseconds delay, std::chrono::milliseconds period, std::function<void()> f)
    {
        auto alarm = std::make_shared<Alarm>(Alarm{m_time + delay, period, std::move(f)});
        m_alarms.push_back(alarm);
        return Timer(alarm);
    }
    std::chrono::milliseconds m_time{0};
    std::vector<std::weak_ptr<Alarm>> m_alarms;
};

/// Knows only the hosts it was given, at once; is silent about the others.
class SlowResolver final : public net::Resolver
{
public:
    Task<Result<std::vector<Target>>> resolve(net::Destination) override
    {
        ++asked;
        co_return targets;
    }
    Task<Result<QList<QHostAddress>>> addresses(QString host) override
    {
        ++asked;
        if (!known.contains(host)) {
            const Later<bool> never;
            co_await never;
        }
        co_return known.value(host);
    }
    std::vector<Target> targets;
    QMap<QString, QList<QHostAddress>> known;
    int asked = 0;
};

Task<void> connectInto(Connector &connector, net::Destination destination,
                       std::optional<Result<Connector::Connected>> &place)
{
    place = co_await connector.connect(destination);
}

} // namespace

/// The race of addresses and targets.
class tst_connector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsForThePreferredTarget();
    void preferredFirst();
    void socketIsTuned();
    void givesUpAfterThirtySeconds();
    void noAddressAtAll();
    void proxyResolvesTheName();
};

void tst_connector::waitsForThePreferredTarget()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    SlowResolver resolver;
    resolver.targets = {{QStringLiteral("slow.test"), 1, false}, {domain, server.serverPort(), true}};
    resolver.known = {{domain, {QHostAddress(QHostAddress::LocalHost)}}};
    HandClock clock;
    Connector connector(resolver, clock);
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, {domain}, answer));
    clock.pass(std::chrono::milliseconds(249));
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    QVERIFY(!server.hasPendingConnections());
    clock.pass(std::chrono::milliseconds(1));
    QTRY_VERIFY(answer && *answer);
    QCOMPARE((*answer)->target, resolver.targets[1]);
    QVERIFY(server.hasPendingConnections());
}

void tst_connector::preferredFirst()
{
    QTcpServer first;
    QTcpServer second;
    QVERIFY(first.listen(QHostAddress::LocalHost) && second.listen(QHostAddress::LocalHost));
    SlowResolver resolver;
    resolver.targets = {{domain, first.serverPort(), false}, {domain, second.serverPort(), true}};
    resolver.known = {{domain, {QHostAddress(QHostAddress::LocalHost)}}};
    HandClock clock;
    Connector connector(resolver, clock);
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, {domain}, answer));
    QTRY_VERIFY(answer && *answer);
    QCOMPARE((*answer)->target, resolver.targets[0]);
    QVERIFY(!second.hasPendingConnections());
}

void tst_connector::socketIsTuned()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    SlowResolver resolver;
    resolver.targets = {{domain, server.serverPort(), false}};
    resolver.known = {{domain, {QHostAddress(QHostAddress::LocalHost)}}};
    HandClock clock;
    Connector connector(resolver, clock);
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, {domain}, answer));
    QTRY_VERIFY(answer && *answer);
    QTcpSocket &socket = *(*answer)->socket;
    QCOMPARE(socket.socketOption(QAbstractSocket::LowDelayOption).toInt(), 1);
    QVERIFY(socket.socketOption(QAbstractSocket::KeepAliveOption).toInt() != 0);
    QCOMPARE(socket.readBufferSize(), 64 * 1024);
#ifdef Q_OS_LINUX
    unsigned milliseconds = 0;
    socklen_t size = sizeof milliseconds;
    QCOMPARE(::getsockopt(int(socket.socketDescriptor()), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, &size), 0);
    QCOMPARE(milliseconds, 30'000u);
#endif
}

void tst_connector::givesUpAfterThirtySeconds()
{
    SlowResolver resolver;
    resolver.targets = {{domain, 1, false}};
    HandClock clock;
    Connector connector(resolver, clock);
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, {domain}, answer));
    clock.pass(std::chrono::milliseconds(29'999));
    QVERIFY(!answer);
    clock.pass(std::chrono::milliseconds(1));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().kind, Error::Kind::Network);
    QCOMPARE(answer->error().condition, QStringLiteral("connect-timeout"));
}

void tst_connector::noAddressAtAll()
{
    SlowResolver resolver;
    resolver.targets = {{domain, 1, false}};
    resolver.known = {{domain, {}}};
    HandClock clock;
    Connector connector(resolver, clock);
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, {domain}, answer));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().condition, QStringLiteral("host-unknown"));
}

// RELIABILITY 4.5: with a proxy no question about the server may leave this computer by DNS.
void tst_connector::proxyResolvesTheName()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    QByteArray request;
    connect(&proxy, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&request, socket] {
            request += socket->readAll();
            if (request.startsWith("\5\1") && request.size() <= 4) // RFC 1928 3: no authentication
                socket->write(QByteArray("\5\0", 2));
            else if (request.contains("verona.test")) // 6: connected
                socket->write(QByteArray("\5\0\0\1\0\0\0\0\0\0", 10));
        });
    });
    SlowResolver resolver;
    HandClock clock;
    Connector connector(resolver, clock);
    connector.setProxy(QNetworkProxy(QNetworkProxy::Socks5Proxy, QStringLiteral("127.0.0.1"), proxy.serverPort()));
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, {domain}, answer));
    QTRY_VERIFY2(answer.has_value(), request.toHex().constData());
    QVERIFY2(answer->has_value(), qPrintable(answer->has_value() ? QString() : answer->error().detail));
    QCOMPARE((*answer)->target, (Target{domain, 5222, false}));
    QCOMPARE(resolver.asked, 0);
}

BALCONY_TEST(tst_connector)
#include "tst_connector.moc"
