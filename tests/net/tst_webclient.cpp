// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/loopbackserver.h"
#include "net/webclient.h"
#include "support/manualclock.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace tests;
using namespace std::chrono_literals;

namespace {

class FakeResolver final : public net::Resolver
{
public:
    Task<Result<std::vector<net::Target>>> resolve(net::Destination destination) override
    {
        co_return net::plainTargets(destination);
    }
    Task<Result<QList<QHostAddress>>> addresses(QString host) override
    {
        asked.append(host);
        co_return QList<QHostAddress>{QHostAddress(QHostAddress::LocalHost)};
    }
    QStringList asked;
};

class Bytes final : public net::HttpSource, public net::HttpSink
{
public:
    explicit Bytes(QByteArray all = {}) : bytes(std::move(all)) { }
    Task<Result<QByteArray>> read(qsizetype most) override
    {
        const QByteArray piece = bytes.left(most);
        bytes.remove(0, piece.size());
        co_return piece;
    }
    Task<Result<>> write(QByteArray piece) override
    {
        bytes += piece;
        co_return Result<>{};
    }
    QByteArray bytes;
};

class Endless final : public net::HttpSource
{
public:
    Task<Result<QByteArray>> read(qsizetype most) override { co_return QByteArray(most, 'x'); }
};

template<class T>
Task<void> keep(std::optional<T> *place, Task<T> task)
{
    T value = co_await std::move(task);
    place->emplace(std::move(value));
}

} // namespace

/// Files over HTTP, against a real TLS server in this process.
class TestWebClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(QStringLiteral("ca.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_authority.pem());
        file.close();
        qputenv("SSL_CERT_FILE", file.fileName().toLocal8Bit());
        qputenv("SSL_CERT_DIR", m_folder.filePath(QStringLiteral("none")).toLocal8Bit());
        m_clock.setNow(QDateTime::currentDateTimeUtc()); // the certificates are of today
        m_trust = std::make_unique<net::TrustStore>();
        m_verifier = std::make_unique<net::Verifier>(*m_trust, m_clock);
    }
    void init()
    {
        m_server = std::make_unique<LoopbackServer>(TlsPeer::makeContext(m_leaf, {}), true);
        m_client = std::make_unique<net::WebClient>(m_resolver, *m_verifier, m_clock);
        m_put.reset();
        m_got.reset();
        m_sink.bytes.clear();
        m_resolver.asked.clear();
    }
    void cleanup() { m_scope.cancel(); }
    void cleanupTestCase()
    {
        qunsetenv("SSL_CERT_FILE");
        qunsetenv("SSL_CERT_DIR");
    }

    void puts()
    {
        const QByteArray content = QByteArray("0123456789abcdef").repeated(100'000);
        Bytes source(content);
        qint64 done = -1;
        auto request = requestOf("/a%20b?c=d");
        request.size = content.size();
        request.headers = {{"Authorization", "Bearer x"}, {"Content-Type", "image/png"}};
        request.progress = [&](qint64 now, qint64) {
            QVERIFY(now >= done && now <= content.size());
            done = now;
        };
        put(request, source);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->got.size() - m_server->got.indexOf("\r\n\r\n") - 4, content.size(), 20000);
        const qsizetype end = m_server->got.indexOf("\r\n\r\n");
        QCOMPARE(
            m_server->got.left(end),
            "PUT /a%20b?c=d HTTP/1.1\r\nHost: verona.test:" + QByteArray::number(m_server->port())
                + "\r\nConnection: close\r\nAuthorization: Bearer x\r\nContent-Type: image/png\r\nContent-Length: 1600000");
        QVERIFY(m_server->got.mid(end + 4) == content);
        QVERIFY(!m_put);
        m_server->send("HTTP/1.1 201 Created\r\n\r\n");
        QTRY_VERIFY(m_put);
        QVERIFY(*m_put);
        QCOMPARE(done, content.size());
    }

    void putIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("condition");
        QTest::newRow("too large") << QByteArray("HTTP/1.1 413 Too Large\r\n\r\n") << QStringLiteral("file-too-large");
        QTest::newRow("forbidden") << QByteArray("HTTP/1.1 403 No\r\n\r\n") << QStringLiteral("file-refused");
        QTest::newRow("elsewhere") << QByteArray("HTTP/1.1 307 T\r\nLocation: https://a.test/\r\n\r\n")
                                   << QStringLiteral("web-server-failed");
        QTest::newRow("busy") << QByteArray("HTTP/1.1 503 Busy\r\n\r\n") << QStringLiteral("web-server-failed");
        QTest::newRow("done too early") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << QStringLiteral("web-server-failed");
        QTest::newRow("nonsense") << QByteArray("SMTP\r\n\r\n") << QStringLiteral("web-server-failed");
        QTest::newRow("cut") << QByteArray() << QStringLiteral("tls-truncated");
    }
    /// While most of it is still to be sent.
    void putIsRefused()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, condition);
        Endless source;
        auto request = requestOf("/");
        request.size = 1'000'000'000'000;
        put(request, source);
        QTRY_VERIFY(m_server->got.contains("\r\n\r\n"));
        if (answer.isEmpty())
            m_server->cut();
        else
            m_server->send(answer);
        QTRY_VERIFY(m_put);
        QVERIFY(!*m_put);
        if (answer.isEmpty() && m_put->error().condition == u"connection-lost")
            return; // what the server had not read yet makes it a reset
        QCOMPARE(m_put->error().condition, condition);
    }

    void sourceEnds()
    {
        Bytes source("abc");
        auto request = requestOf("/");
        request.size = 4;
        put(request, source);
        QTRY_VERIFY(m_put);
        QCOMPARE(m_put->error().condition, QStringLiteral("file-changed"));
    }

    void gets()
    {
        auto request = requestOf("");
        request.size = 10;
        get(request);
        QTRY_VERIFY(m_server->got.endsWith("\r\n\r\n"));
        QVERIFY(m_server->got.startsWith("GET / HTTP/1.1\r\nHost: verona.test:"));
        QVERIFY(!m_server->got.contains("Cookie") && !m_server->got.contains("User-Agent"));
        m_server->send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
        m_server->send("56789");
        QTRY_VERIFY(m_got);
        QVERIFY(*m_got);
        QCOMPARE(**m_got, 10);
        QCOMPARE(m_sink.bytes, QByteArray("0123456789"));
    }

    void getIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("condition");
        const auto row = [](const char *name, const QByteArray &answer, const char *condition) {
            QTest::newRow(name) << answer << QString::fromLatin1(condition);
        };
        row("too large", "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", "file-too-large");
        row("too large without a word", "HTTP/1.1 200 OK\r\n\r\n01234567890", "file-too-large");
        row("too large by chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n6\r\n012345\r\n",
            "file-too-large");
        row("gone", "HTTP/1.1 404 No\r\n\r\n", "file-gone");
        row("a part", "HTTP/1.1 206 Part\r\nContent-Length: 1\r\n\r\na", "web-server-failed");
        row("to http", "HTTP/1.1 302 T\r\nLocation: http://verona.test/\r\n\r\n", "bad-address");
        row("to a file", "HTTP/1.1 302 T\r\nLocation: file:///etc/passwd\r\n\r\n", "bad-address");
        row("to smb", "HTTP/1.1 302 T\r\nLocation: smb://a.test/b\r\n\r\n", "bad-address");
        row("with a password", "HTTP/1.1 302 T\r\nLocation: https://a:b@a.test/b\r\n\r\n", "bad-address");
        row("to nowhere", "HTTP/1.1 302 T\r\n\r\n", "web-server-failed");
        row("cut", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n0123", "tls-truncated");
    }
    void getIsRefused()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, condition);
        auto request = requestOf("/");
        request.size = 10;
        get(request);
        QTRY_VERIFY(m_server->got.endsWith("\r\n\r\n"));
        m_server->send(answer);
        if (condition == u"tls-truncated")
            m_server->cut();
        QTRY_VERIFY(m_got);
        QVERIFY(!*m_got);
        QCOMPARE(m_got->error().condition, condition);
    }

    void redirects()
    {
        auto request = requestOf("/a");
        request.size = 10;
        get(request);
        for (int hop = 0; hop <= net::WebClient::mostRedirects; ++hop) {
            const int number = hop + 1;
            QTRY_VERIFY(m_server->connections == number && m_server->got.endsWith("\r\n\r\n"));
            QVERIFY(m_server->got.startsWith(hop == 0 ? "GET /a " : "GET /b "));
            m_server->send("HTTP/1.1 302 T\r\nLocation: /b\r\n\r\n");
        }
        QTRY_VERIFY(m_got);
        QCOMPARE(m_got->error().condition, QStringLiteral("web-server-failed"));
    }

    /// RELIABILITY 1.44: whatever the name, the address decides, and DNS is asked once.
    void privateAddresses()
    {
        auto request = requestOf("/");
        request.publicOnly = true;
        get(request);
        QTRY_VERIFY(m_got);
        QCOMPARE(m_got->error().condition, QStringLiteral("address-private"));
        QCOMPARE(m_resolver.asked, QStringList{QStringLiteral("verona.test")});
        QCOMPARE(m_server->connections, 0);
        // A name of this computer's own network is not even asked for, nor told to a proxy.
        m_got.reset();
        request.url = QUrl(QStringLiteral("https://localhost/"));
        request.proxy = net::Proxy{net::Proxy::Kind::Socks5, QStringLiteral("127.0.0.1"), m_server->port(), {}};
        get(request);
        QTRY_VERIFY(m_got);
        QCOMPARE(m_got->error().condition, QStringLiteral("address-private"));
        QCOMPARE(m_resolver.asked.size(), 1);
        // Through a proxy only the proxy's address is asked for here.
        m_got.reset();
        request.url = QUrl(QStringLiteral("https://verona.test/"));
        request.proxy.host = QStringLiteral("proxy.test");
        get(request);
        QTRY_COMPARE(m_resolver.asked.size(), 2);
        QCOMPARE(m_resolver.asked.last(), QStringLiteral("proxy.test"));
    }

    void onlyHttps()
    {
        for (const char *url : {"http://verona.test/", "ftp://verona.test/", "verona.test", "", "https:///a"}) {
            m_got.reset();
            net::HttpRequest request;
            request.url = QUrl(QString::fromLatin1(url));
            get(request);
            QVERIFY2(m_got && m_got->error().condition == u"bad-address", url);
        }
    }

    void proves()
    {
        const Issued other = issue({.names = {QStringLiteral("DNS:capulet.test")}}, &m_authority);
        m_server = std::make_unique<LoopbackServer>(TlsPeer::makeContext(other, {}), true);
        get(requestOf("/"));
        QTRY_VERIFY(m_got);
        QCOMPARE(m_got->error().condition, QStringLiteral("certificate-name-mismatch"));
        QVERIFY(m_server->got.isEmpty());
    }

    void silence()
    {
        auto request = requestOf("/");
        request.size = 10;
        get(request);
        QTRY_VERIFY(m_server->got.endsWith("\r\n\r\n"));
        m_clock.advance(net::HttpWire::stallLimit - 1s);
        QVERIFY(!m_got);
        // What came late begins the time anew.
        QTRY_VERIFY((m_clock.advance(1s), m_got.has_value()));
        QCOMPARE(m_got->error().condition, QStringLiteral("transfer-stalled"));
    }

    void dropped()
    {
        Bytes source(QByteArray(1'000'000, 'x'));
        auto request = requestOf("/");
        request.size = 1'000'000;
        put(request, source);
        QTRY_VERIFY(m_server->got.contains("\r\n\r\n"));
        m_scope.cancel();
        QTRY_VERIFY(!m_server->isConnected());
        QVERIFY(!m_put);
    }

private:
    net::HttpRequest requestOf(const char *path) const
    {
        net::HttpRequest request;
        request.url = QUrl(QStringLiteral("https://verona.test:%1%2").arg(m_server->port()).arg(QLatin1String(path)));
        request.publicOnly = false;
        return request;
    }
    void put(const net::HttpRequest &request, net::HttpSource &source)
    {
        m_scope.run(keep(&m_put, m_client->put(request, &source)));
    }
    void get(const net::HttpRequest &request) { m_scope.run(keep(&m_got, m_client->get(request, &m_sink))); }

    QTemporaryDir m_folder;
    Issued m_authority = makeAuthority();
    Issued m_leaf = issue({.names = {QStringLiteral("DNS:verona.test")}}, &m_authority);
    ManualClock m_clock;
    std::unique_ptr<net::TrustStore> m_trust;
    std::unique_ptr<net::Verifier> m_verifier;
    FakeResolver m_resolver;
    std::unique_ptr<LoopbackServer> m_server;
    std::unique_ptr<net::WebClient> m_client;
    std::optional<Result<>> m_put;
    std::optional<Result<qint64>> m_got;
    Bytes m_sink;
    Scope m_scope;
};

BALCONY_TEST(TestWebClient)
#include "tst_webclient.moc"
