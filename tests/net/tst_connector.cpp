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
using net::Proxy;
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
        questions.append(QStringLiteral("SRV"));
        co_return targets;
    }
    Task<Result<QList<QHostAddress>>> addresses(QString host) override
    {
        questions.append(host);
        if (!known.contains(host)) {
            const Later<bool> never;
            co_await never;
        }
        co_return known.value(host);
    }
    std::vector<Target> targets;
    QMap<QString, QList<QHostAddress>> known;
    Task<Result<Proxy>> proxyFor(QString, quint16) override { co_return system; }
    QStringList questions;
    Proxy system;
};

/// A proxy that says yes, or what it is told; it opens no way, and notes what it was asked for.
class FixtureProxy : public QObject
{
public:
    FixtureProxy(bool http, const QString &user) : m_http(http), m_user(user)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            m_socket = m_server.nextPendingConnection();
            connect(m_socket, &QTcpSocket::readyRead, this, [this] { read(); });
        });
    }
    Proxy asProxy() const
    {
        Proxy proxy{m_http ? Proxy::Kind::Http : Proxy::Kind::Socks5, QStringLiteral("proxy.test"),
                    m_server.serverPort(), m_user};
        proxy.password = std::make_shared<const SecretBytes>(std::string_view("montague"));
        return proxy;
    }
    void say(const QByteArray &bytes) { m_socket->write(bytes); }

    QByteArray got;
    QByteArray asked; ///< host:port
    std::optional<QByteArray> answer;
    bool hangsUp = false;

private:
    void read()
    {
        got += m_socket->readAll();
        if (m_http)
            readHttp();
        else
            readSocks();
    }
    void finish(const QByteArray &yes)
    {
        got.clear();
        m_socket->write(answer.value_or(yes));
        if (hangsUp)
            m_socket->disconnectFromHost();
    }
    void readHttp()
    {
        if (!got.contains("\r\n\r\n"))
            return;
        asked = got.split(' ').value(1);
        const QByteArray login = "Basic " + (m_user.toUtf8() + ":montague").toBase64() + "\r\n";
        if (!m_user.isEmpty() && !got.contains("Proxy-Authorization: " + login))
            m_socket->write("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\n\r\n");
        else
            finish("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");
    }
    void readSocks()
    {
        const QByteArray login = QByteArray("\1", 1) + char(m_user.size()) + m_user.toUtf8() + char(8) + "montague";
        if (m_step == 0) {
            m_step = m_user.isEmpty() ? 2 : 1;
            got.clear();
            m_socket->write(QByteArray("\5", 1) + (m_user.isEmpty() ? '\0' : '\2'));
        } else if (m_step == 1) {
            m_step = 2;
            m_socket->write(QByteArray("\1", 1) + (got == login ? '\0' : '\1'));
            got.clear();
        } else {
            const int size = quint8(got.at(4));
            asked =
                got.mid(5, size) + ':' + QByteArray::number(quint8(got.at(5 + size)) * 256 + quint8(got.at(6 + size)));
            finish(QByteArray("\5\0\0\1\0\0\0\0\0\0", 10));
        }
    }

    bool m_http;
    QString m_user;
    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr; // the server's
    int m_step = 0;
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
    void proxyResolvesTheName_data();
    void proxyResolvesTheName();
    void proxyRefuses_data();
    void proxyRefuses();
    void proxyIsNotThere();
    void proxyAsText();
    void knownIsTriedFirst();
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
    QCOMPARE((*answer)->endpoint.target, resolver.targets[1]);
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
    QCOMPARE((*answer)->endpoint.target, resolver.targets[0]);
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

// RELIABILITY 4.5, N16: with a proxy nothing about the server leaves this computer but to the proxy.
void tst_connector::proxyResolvesTheName_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("user");
    QTest::newRow("socks5") << int(Proxy::Kind::Socks5) << QString();
    QTest::newRow("socks5 with a login") << int(Proxy::Kind::Socks5) << QStringLiteral("romeo");
    QTest::newRow("http") << int(Proxy::Kind::Http) << QString();
    QTest::newRow("http with a login") << int(Proxy::Kind::Http) << QStringLiteral("romeo");
    QTest::newRow("the system's") << int(Proxy::Kind::System) << QString();
}

void tst_connector::proxyResolvesTheName()
{
    QFETCH(int, kind);
    QFETCH(QString, user);
    QTcpServer direct; // where a packet around the proxy would arrive
    QVERIFY(direct.listen(QHostAddress::LocalHost));
    FixtureProxy fixture(kind == int(Proxy::Kind::Http), user);
    SlowResolver resolver;
    resolver.known = {{QStringLiteral("proxy.test"), {QHostAddress(QHostAddress::LocalHost)}}};
    resolver.system = fixture.asProxy();
    HandClock clock;
    Connector connector(resolver, clock);
    net::Destination destination{domain, {}, direct.serverPort()};
    destination.proxy = kind == int(Proxy::Kind::System) ? Proxy{Proxy::Kind::System, {}, 0, {}} : fixture.asProxy();
    destination.known = net::Endpoint{{domain, direct.serverPort(), false}, QHostAddress(QHostAddress::LocalHost)};
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, destination, answer));
    QTRY_VERIFY2(answer.has_value(), fixture.got.toHex().constData());
    QVERIFY2(answer->has_value(), qPrintable(answer->has_value() ? QString() : answer->error().detail));
    QCOMPARE((*answer)->endpoint, (net::Endpoint{{domain, direct.serverPort(), false}, {}}));
    QCOMPARE(fixture.asked, QByteArray("verona.test:") + QByteArray::number(direct.serverPort()));
    QCOMPARE(resolver.questions, QStringList{QStringLiteral("proxy.test")});
    QVERIFY(!direct.hasPendingConnections());
    // What the server says at once is not the proxy's.
    fixture.say("early");
    QTcpSocket &socket = *(*answer)->socket;
    QTRY_COMPARE(socket.bytesAvailable(), 5);
    QCOMPARE(socket.readAll(), QByteArray("early"));
}

void tst_connector::proxyRefuses_data()
{
    QTest::addColumn<bool>("http");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("condition");
    const auto socks = [](char reply) { return QByteArray("\5", 1) + reply + QByteArray("\0\1\0\0\0\0\0\0", 8); };
    QTest::newRow("socks5 general") << false << QString() << socks(1) << QStringLiteral("proxy-failed");
    QTest::newRow("socks5 rules") << false << QString() << socks(2) << QStringLiteral("proxy-failed");
    QTest::newRow("socks5 unreachable") << false << QString() << socks(4) << QStringLiteral("network-unreachable");
    QTest::newRow("socks5 refused") << false << QString() << socks(5) << QStringLiteral("connection-refused");
    QTest::newRow("socks5 nonsense") << false << QString() << QByteArray("HTTP/1.0 400 what")
                                     << QStringLiteral("proxy-failed");
    QTest::newRow("socks5 wrong password")
        << false << QStringLiteral("mercutio") << QByteArray() << QStringLiteral("proxy-auth");
    QTest::newRow("http 407") << true << QStringLiteral("mercutio") << QByteArray() << QStringLiteral("proxy-auth");
    QTest::newRow("http 403") << true << QString() << QByteArray("HTTP/1.1 403 No\r\n\r\n")
                              << QStringLiteral("proxy-failed");
    QTest::newRow("http nonsense") << true << QString() << QByteArray("SSH-2.0-x\r\n")
                                   << QStringLiteral("proxy-failed");
    QTest::newRow("http without an end") << true << QString() << "HTTP/1.1 200 OK\r\nX: " + QByteArray(20000, 'x')
                                         << QStringLiteral("proxy-failed");
    QTest::newRow("hangs up") << true << QString() << QByteArray("") << QStringLiteral("proxy-failed");
}

void tst_connector::proxyRefuses()
{
    QFETCH(bool, http);
    QFETCH(QString, user);
    QFETCH(QByteArray, answer);
    QFETCH(QString, condition);
    FixtureProxy fixture(http, user.isEmpty() ? QString() : QStringLiteral("romeo"));
    fixture.answer = answer;
    fixture.hangsUp = user.isEmpty();
    SlowResolver resolver;
    resolver.known = {{QStringLiteral("proxy.test"), {QHostAddress(QHostAddress::LocalHost)}}};
    HandClock clock;
    Connector connector(resolver, clock);
    net::Destination destination{domain, {}, 5222};
    destination.proxy = fixture.asProxy();
    destination.proxy.user = user;
    std::optional<Result<Connector::Connected>> result;
    Scope scope;
    scope.run(connectInto(connector, destination, result));
    QTRY_VERIFY(result.has_value());
    QVERIFY(!*result);
    QCOMPARE(result->error().kind, Error::Kind::Network);
    QCOMPARE(result->error().condition, condition);
}

void tst_connector::proxyIsNotThere()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    SlowResolver resolver;
    resolver.known = {{QStringLiteral("proxy.test"), {QHostAddress(QHostAddress::LocalHost)}}};
    HandClock clock;
    Connector connector(resolver, clock);
    net::Destination destination{domain, {}, 5222};
    destination.proxy = {Proxy::Kind::Socks5, QStringLiteral("proxy.test"), port, {}};
    std::optional<Result<Connector::Connected>> result;
    Scope scope;
    scope.run(connectInto(connector, destination, result));
    QTRY_VERIFY(result.has_value());
    QVERIFY(!*result);
    QCOMPARE(result->error().condition, QStringLiteral("proxy-unreachable"));
    QVERIFY2(result->error().detail.contains(QStringLiteral("refused")), qPrintable(result->error().detail));
}

void tst_connector::proxyAsText()
{
    for (const char *text : {"none", "system", "socks5://127.0.0.1:9050", "http://proxy.test:3128",
                             "socks5://romeo@proxy.test:1080", "http://[2001:db8::1]:8080"}) {
        const auto proxy = Proxy::fromText(QString::fromLatin1(text));
        QVERIFY2(proxy, text);
        QCOMPARE(proxy->toText(), QString::fromLatin1(text));
    }
    Proxy open{Proxy::Kind::Socks5, QStringLiteral("127.0.0.1"), 1080, QStringLiteral("")};
    QCOMPARE(open.toText(), QStringLiteral("socks5://127.0.0.1:1080"));
    QCOMPARE(Proxy::fromText(QStringLiteral("socks5://proxy.test"))->port, quint16(1080));
    const auto secret = Proxy::fromText(QStringLiteral("http://romeo:mon%40tague@proxy.test"));
    QVERIFY(secret && secret->password);
    QCOMPARE(secret->password->view(), std::string_view("mon@tague"));
    QVERIFY(!secret->toText().contains(QStringLiteral("tague")));
    for (const char *text : {"ftp://proxy.test", "proxy.test:1080", "socks5://", "http://proxy.test/x",
                             "socks4://proxy.test:1", "http://proxy.test:0", "http://a:secret@proxy.test/x"}) {
        const auto proxy = Proxy::fromText(QString::fromLatin1(text));
        QVERIFY2(!proxy, text);
        QCOMPARE(proxy.error().condition, QStringLiteral("bad-proxy"));
        QVERIFY(!proxy.error().detail.contains(QStringLiteral("secret")));
    }
}

// The endpoint that worked last needs no DNS; what DNS says joins when it comes.
void tst_connector::knownIsTriedFirst()
{
    QTcpServer old;
    QTcpServer fresh;
    QVERIFY(old.listen(QHostAddress::LocalHost) && fresh.listen(QHostAddress::LocalHost));
    SlowResolver resolver; // silent about every host
    resolver.targets = {{domain, fresh.serverPort(), false}};
    HandClock clock;
    Connector connector(resolver, clock);
    net::Destination destination{domain};
    destination.known = net::Endpoint{{domain, old.serverPort(), true}, QHostAddress(QHostAddress::LocalHost)};
    std::optional<Result<Connector::Connected>> answer;
    Scope scope;
    scope.run(connectInto(connector, destination, answer));
    QTRY_VERIFY(answer && *answer);
    QCOMPARE((*answer)->endpoint, *destination.known);
    // Where it is gone, DNS decides.
    old.close();
    resolver.known = {{domain, {QHostAddress(QHostAddress::LocalHost)}}};
    answer.reset();
    scope.run(connectInto(connector, destination, answer));
    QTRY_VERIFY(answer && *answer);
    QCOMPARE((*answer)->endpoint.target, resolver.targets[0]);
}

BALCONY_TEST(tst_connector)
#include "tst_connector.moc"
