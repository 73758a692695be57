// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientfile.h"
#include "net/loopbackserver.h"
#include "net/sockettransport.h"
#include "support/testmain.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <map>

using namespace tests;
using net::Destination;
using net::SocketTransport;
using net::Target;
using net::TlsMode;

namespace {

const QString domain = QStringLiteral("verona.test");

class FakeResolver final : public net::Resolver
{
public:
    Task<Result<std::vector<Target>>> resolve(Destination) override { co_return targets; }
    Task<Result<QList<QHostAddress>>> addresses(QString host) override
    {
        if (!hosts.contains(host))
            co_return fail(Error::Kind::Network, QStringLiteral("host-unknown"),
                           QStringLiteral("There is no host named %1.").arg(host));
        co_return hosts.value(host);
    }
    std::vector<Target> targets;
    QMap<QString, QList<QHostAddress>> hosts{{domain, {QHostAddress(QHostAddress::LocalHost)}}};
};

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

/// Real sockets on the loopback interface, a real TLS server in this process.
class tst_sockettransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void directTls();
    void startTls();
    void writesBeforeReadyAreSent();
    void badCertificates_data();
    void badCertificates();
    void refused();
    void unknownHost();
    void raceSkipsDeadTargets();
    void earlyDataAfterProceed();
    void earlyDataLater();
    void notTlsOnDirectPort();
    void closesInOrder();
    void peerClosesInOrder();
    void plainEndIsClosed();
    void truncation();
    void cutDuringHandshake();
    void handshakeTimesOut();
    void pausePushesBack();
    void largeDataBothWays();
    void deletionInSlots_data();
    void deletionInSlots();
    void deletionAtAnyMoment();
    void abortIsSilent();
    void nothingFromInsideACall();
    void resumesWithTheKeptSession();
    void bindsByTlsUniqueToNewSessions();
    void showsItsCertificate_data();
    void showsItsCertificate();
    void manyWithOneFailing();

private:
    std::unique_ptr<LoopbackServer> serve(bool direct, const Issued *issued = nullptr, int most = TLS1_3_VERSION)
    {
        TlsPeer::Options options;
        options.most = most;
        auto server =
            std::make_unique<LoopbackServer>(TlsPeer::makeContext(issued ? *issued : m_leaf, options), direct);
        m_resolver.targets = {{domain, server->port(), direct}};
        return server;
    }
    std::unique_ptr<SocketTransport> make()
    {
        auto transport = std::make_unique<SocketTransport>(m_resolver, *m_verifier, m_clock);
        m_received.clear();
        connect(transport.get(), &net::Transport::received, this, [this](const QByteArray &bytes) {
            QVERIFY(bytes.size() <= 16384);
            m_received += bytes;
        });
        return transport;
    }
    /// A transport with TLS up.
    std::unique_ptr<SocketTransport> makeSecure(LoopbackServer &server)
    {
        auto transport = make();
        const QSignalSpy ready(transport.get(), &net::Transport::ready);
        transport->open({domain});
        if (!QTest::qWaitFor([&] { return !ready.isEmpty() && server.isTlsOpen(); }))
            qFatal("no connection");
        return transport;
    }
    static Error errorOf(const QSignalSpy &spy) { return spy.value(0).value(0).value<Error>(); }

    QTemporaryDir m_folder;
    Issued m_authority = makeAuthority();
    Issued m_leaf = issue({.names = {QStringLiteral("DNS:verona.test")}}, &m_authority);
    base::SystemClock m_clock;
    std::unique_ptr<net::TrustStore> m_trust;
    std::unique_ptr<net::Verifier> m_verifier;
    FakeResolver m_resolver;
    QByteArray m_received;
};

void tst_sockettransport::initTestCase()
{
    QFile file(m_folder.filePath(QStringLiteral("ca.pem")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_authority.pem());
    file.close();
    qputenv("SSL_CERT_FILE", file.fileName().toLocal8Bit());
    qputenv("SSL_CERT_DIR", m_folder.filePath(QStringLiteral("none")).toLocal8Bit());
    m_trust = std::make_unique<net::TrustStore>();
    m_verifier = std::make_unique<net::Verifier>(*m_trust, m_clock);
}

void tst_sockettransport::init()
{
    m_resolver.hosts = {{domain, {QHostAddress(QHostAddress::LocalHost)}}};
}

void tst_sockettransport::cleanupTestCase()
{
    qunsetenv("SSL_CERT_FILE");
    qunsetenv("SSL_CERT_DIR");
}

void tst_sockettransport::directTls()
{
    const auto server = serve(true);
    const auto transport = make();
    const QSignalSpy ready(transport.get(), &net::Transport::ready);
    const QSignalSpy drained(transport.get(), &net::Transport::drained);
    QVERIFY(!transport->isSecure());
    QVERIFY(!transport->channelBinding(net::ChannelBinding::TlsExporter));
    transport->open({domain});
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toBool(), true);
    QVERIFY(transport->isSecure());
    const auto facts = transport->tls();
    QCOMPARE(facts.version, QStringLiteral("TLSv1.3"));
    QVERIFY(facts.verified);
    QVERIFY(!facts.resumed);
    QVERIFY(!facts.certificate.isEmpty());
    QVERIFY(transport->channelBinding(net::ChannelBinding::TlsExporter));
    transport->write("<stream>");
    QTRY_COMPARE(server->got, QByteArray("<stream>"));
    QTRY_COMPARE(drained.size(), 1);
    QCOMPARE(transport->pending(), 0);
    server->send("<features/>");
    QTRY_COMPARE(m_received, QByteArray("<features/>"));
}

void tst_sockettransport::startTls()
{
    const auto server = serve(false);
    const auto transport = make();
    const QSignalSpy ready(transport.get(), &net::Transport::ready);
    const QSignalSpy secured(transport.get(), &net::Transport::secured);
    transport->open({domain});
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toBool(), false);
    QVERIFY(!transport->isSecure());
    transport->write("<starttls/>");
    QTRY_COMPARE(m_received, QByteArray("<proceed/>"));
    transport->startTls();
    transport->write("secret"); // waits for the certificate
    QTRY_COMPARE(secured.size(), 1);
    QCOMPARE(ready.size(), 1);
    QVERIFY(transport->isSecure());
    QTRY_COMPARE(server->got, QByteArray("secret"));
}

void tst_sockettransport::writesBeforeReadyAreSent()
{
    const auto server = serve(true);
    const auto transport = make();
    transport->open({domain});
    transport->write("early bird");
    QCOMPARE(transport->pending(), 10);
    QTRY_COMPARE(server->got, QByteArray("early bird"));
}

void tst_sockettransport::badCertificates_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<bool>("direct");
    for (const bool direct : {true, false}) {
        for (const char *condition : {"certificate-name-mismatch", "certificate-self-signed",
                                      "certificate-unknown-issuer", "certificate-expired"})
            QTest::addRow("%s %s", condition, direct ? "direct" : "starttls")
                << QString::fromLatin1(condition) << direct;
    }
}

void tst_sockettransport::badCertificates()
{
    QFETCH(QString, condition);
    QFETCH(bool, direct);
    Paper paper{.names = {QStringLiteral("DNS:verona.test")}};
    const Issued stranger = makeAuthority(QStringLiteral("Stranger"));
    const Issued *issuer = &m_authority;
    if (condition == u"certificate-name-mismatch")
        paper.names = {QStringLiteral("DNS:mantua.test")};
    else if (condition == u"certificate-self-signed")
        issuer = nullptr;
    else if (condition == u"certificate-unknown-issuer")
        issuer = &stranger;
    else
        paper.fromDays = -9, paper.toDays = -1;
    const Issued leaf = issue(paper, issuer);
    const auto server = serve(direct, &leaf);
    const auto transport = make();
    const QSignalSpy ready(transport.get(), &net::Transport::ready);
    const QSignalSpy secured(transport.get(), &net::Transport::secured);
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    transport->open({domain});
    if (!direct) {
        QTRY_COMPARE(ready.size(), 1);
        transport->write("<starttls/>");
        QTRY_COMPARE(m_received, QByteArray("<proceed/>"));
        transport->startTls();
    }
    transport->write("password");
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).kind, Error::Kind::Tls);
    QCOMPARE(errorOf(failed).condition, condition);
    QCOMPARE(ready.size(), direct ? 0 : 1);
    QCOMPARE(secured.size(), 0);
    QVERIFY(!transport->isSecure());
    QTRY_VERIFY(!server->isConnected());
    QVERIFY(!server->got.contains("password"));
}

void tst_sockettransport::refused()
{
    const quint16 port = closedPort();
    m_resolver.targets = {{domain, port, false}};
    const auto transport = make();
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    transport->open({domain});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).kind, Error::Kind::Network);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("connection-refused"));
    QCOMPARE(errorOf(failed).detail,
             QStringLiteral("verona.test (127.0.0.1), port %1, refused the connection.").arg(port));
}

void tst_sockettransport::unknownHost()
{
    m_resolver.targets = {{QStringLiteral("nowhere.test"), 5222, false}, {QStringLiteral("nowhere.test"), 5223, true}};
    const auto transport = make();
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    transport->open({domain});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).kind, Error::Kind::Network);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("host-unknown"));
    QCOMPARE(errorOf(failed).detail, QStringLiteral("There is no host named nowhere.test."));
}

void tst_sockettransport::raceSkipsDeadTargets()
{
    const auto server = serve(true);
    m_resolver.hosts = {{domain, {QHostAddress(QHostAddress::LocalHostIPv6), QHostAddress(QHostAddress::LocalHost)}}};
    m_resolver.targets = {
        {QStringLiteral("nowhere.test"), 5222, false}, {domain, closedPort(), false}, {domain, server->port(), true}};
    const auto transport = make();
    const QSignalSpy ready(transport.get(), &net::Transport::ready);
    transport->open({domain});
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toBool(), true);
}

void tst_sockettransport::earlyDataAfterProceed()
{
    const auto server = serve(false);
    // More than one chunk: the first holds the go-ahead, the rest is still unread when startTls() is called.
    server->goAhead = "<proceed/>" + QByteArray(40'000, 'x');
    const auto transport = make();
    const QSignalSpy ready(transport.get(), &net::Transport::ready);
    const QSignalSpy secured(transport.get(), &net::Transport::secured);
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    connect(transport.get(), &net::Transport::received, this, [&] { transport->startTls(); });
    transport->open({domain});
    QTRY_COMPARE(ready.size(), 1);
    transport->write("<starttls/>");
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).kind, Error::Kind::Tls);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("tls-early-data"));
    QVERIFY(m_received.size() <= 16384); // nothing after it was passed on
    QCOMPARE(secured.size(), 0);
}

void tst_sockettransport::earlyDataLater()
{
    const auto server = serve(false);
    const auto transport = make();
    const QSignalSpy ready(transport.get(), &net::Transport::ready);
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    transport->open({domain});
    QTRY_COMPARE(ready.size(), 1);
    transport->write("<starttls/>");
    QTRY_COMPARE(m_received, QByteArray("<proceed/>"));
    server->sendRaw("<message from='somebody'/>");
    transport->startTls();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("tls-early-data"));
    QCOMPARE(m_received, QByteArray("<proceed/>"));
}

void tst_sockettransport::notTlsOnDirectPort()
{
    const auto server = serve(false);
    m_resolver.targets = {{domain, server->port(), true}};
    const auto transport = make();
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    transport->open({domain});
    QTRY_VERIFY(!server->got.isEmpty());
    server->sendRaw("<?xml version='1.0'?><stream:error/>");
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("tls-handshake"));
    QVERIFY(m_received.isEmpty());
}

void tst_sockettransport::closesInOrder()
{
    const auto server = serve(true);
    const auto transport = makeSecure(*server);
    const QSignalSpy closed(transport.get(), &net::Transport::closed);
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    const QByteArray last(500'000, 'z');
    transport->write(last);
    transport->close();
    transport->write("too late");
    QTRY_VERIFY(server->isClosedByPeer());
    QCOMPARE(server->got, last);
    server->closeTls();
    QTRY_COMPARE(closed.size(), 1);
    QTRY_VERIFY(!server->isConnected());
    QCOMPARE(failed.size(), 0);
    QCOMPARE(server->got, last);
    transport->close(); // once is enough
    QCoreApplication::processEvents();
    QCOMPARE(closed.size(), 1);
}

void tst_sockettransport::peerClosesInOrder()
{
    const auto server = serve(true);
    const auto transport = makeSecure(*server);
    const QSignalSpy closed(transport.get(), &net::Transport::closed);
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    server->send("goodbye");
    server->closeTls();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(m_received, QByteArray("goodbye"));
    QCOMPARE(failed.size(), 0);
    QTRY_VERIFY(server->isClosedByPeer());
    QVERIFY(!transport->isSecure());
}

void tst_sockettransport::plainEndIsClosed()
{
    const auto server = serve(false);
    const auto transport = make();
    const QSignalSpy ready(transport.get(), &net::Transport::ready);
    const QSignalSpy closed(transport.get(), &net::Transport::closed);
    transport->open({domain});
    QTRY_VERIFY(!ready.isEmpty() && server->isConnected());
    server->send("</stream>");
    server->cut();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(m_received, QByteArray("</stream>"));
}

void tst_sockettransport::truncation()
{
    const auto server = serve(true);
    const auto transport = makeSecure(*server);
    const QSignalSpy closed(transport.get(), &net::Transport::closed);
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    server->send("<message><body>half");
    server->cut();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).kind, Error::Kind::Network);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("tls-truncated"));
    QCOMPARE(m_received, QByteArray("<message><body>half"));
    QCOMPARE(closed.size(), 0);
}

void tst_sockettransport::cutDuringHandshake()
{
    const auto server = serve(true);
    server->answersHandshake = false;
    const auto transport = make();
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    transport->open({domain});
    QTRY_VERIFY(server->isConnected());
    server->cut();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("connection-lost"));
}

void tst_sockettransport::handshakeTimesOut()
{
    /// Thirty seconds are over at once.
    class FastClock final : public Clock
    {
    public:
        QDateTime now() const override { return clock.now(); }
        std::chrono::milliseconds monotonic() const override { return clock.monotonic(); }
        Timer after(std::chrono::milliseconds delay, std::function<void()> f) override
        {
            delays.push_back(delay);
            return clock.after(delays.size() == 1 ? delay : std::chrono::milliseconds(1), std::move(f));
        }
        Timer every(std::chrono::milliseconds period, std::function<void()> f) override
        {
            return clock.every(period, std::move(f));
        }
        base::SystemClock clock;
        std::vector<std::chrono::milliseconds> delays;
    } clock;
    const auto server = serve(true);
    server->answersHandshake = false;
    SocketTransport transport(m_resolver, *m_verifier, clock);
    const QSignalSpy failed(&transport, &net::Transport::failed);
    transport.open({domain});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errorOf(failed).condition, QStringLiteral("connect-timeout"));
    QVERIFY(clock.delays
            == (std::vector<std::chrono::milliseconds>{std::chrono::seconds(30), std::chrono::seconds(30)}));
}

void tst_sockettransport::pausePushesBack()
{
    const auto server = serve(true);
    const auto transport = makeSecure(*server);
    transport->setPaused(true);
    const QByteArray flood(32 * 1024 * 1024, 'f');
    server->send(flood);
    // The server's socket stops being emptied: neither we nor the system hold it all.
    qint64 before = -1;
    QTRY_VERIFY(server->unsent() == std::exchange(before, server->unsent()) && server->unsent() < flood.size());
    QVERIFY(server->unsent() > 8 * 1024 * 1024);
    QVERIFY(m_received.isEmpty());
    transport->setPaused(false);
    QTRY_COMPARE(m_received.size(), flood.size());
    QVERIFY(m_received == flood);
}

void tst_sockettransport::largeDataBothWays()
{
    const auto server = serve(true);
    const auto transport = makeSecure(*server);
    const QSignalSpy drained(transport.get(), &net::Transport::drained);
    QByteArray data;
    for (int i = 0; data.size() < 5'000'000; ++i)
        data += QByteArray::number(i) + ' ';
    transport->write(data);
    QVERIFY(transport->pending() >= data.size());
    server->send(data);
    QTRY_VERIFY(server->got.size() == data.size() && m_received.size() == data.size());
    QVERIFY(server->got == data);
    QVERIFY(m_received == data);
    QTRY_COMPARE(drained.size(), 1);
    QCOMPARE(transport->pending(), 0);
    QTRY_COMPARE(transport->traffic().outstanding, 0); // the peer's system has it, too
    QVERIFY(transport->traffic().confirmed > data.size() && transport->traffic().came > data.size());
}

void tst_sockettransport::deletionInSlots_data()
{
    QTest::addColumn<QByteArray>("moment");
    for (const char *moment : {"ready plain", "ready direct", "secured", "received", "received plain", "drained",
                               "closed", "failed", "mismatch", "truncated"})
        QTest::newRow(moment) << QByteArray(moment);
}

void tst_sockettransport::deletionInSlots()
{
    QFETCH(QByteArray, moment);
    const bool plain = moment == "ready plain" || moment == "secured" || moment == "received plain";
    const Issued wrong = issue({.names = {QStringLiteral("DNS:mantua.test")}}, &m_authority);
    const auto server = serve(!plain, moment == "mismatch" ? &wrong : nullptr);
    if (moment == "failed")
        m_resolver.targets = {{domain, closedPort(), false}};
    QPointer<SocketTransport> transport = make().release();
    const auto end = [&] { delete transport.data(); };
    const auto on = [&](const char *what, auto signal) {
        if (moment == what)
            connect(transport.data(), signal, this, end);
    };
    on("ready plain", &net::Transport::ready);
    on("ready direct", &net::Transport::ready);
    on("secured", &net::Transport::secured);
    on("received", &net::Transport::received);
    on("received plain", &net::Transport::received);
    on("drained", &net::Transport::drained);
    on("closed", &net::Transport::closed);
    on("failed", &net::Transport::failed);
    on("mismatch", &net::Transport::failed);
    on("truncated", &net::Transport::failed);
    connect(transport.data(), &net::Transport::ready, this, [&](bool) {
        if (!transport)
            return;
        if (plain)
            transport->write("<starttls/>");
        else if (moment == "drained")
            transport->write("x");
        else if (moment == "closed")
            transport->close();
    });
    if (moment == "secured")
        connect(transport.data(), &net::Transport::received, this, [&] { transport->startTls(); });
    transport->open({domain});
    if (moment == "received" || moment == "truncated") {
        QTRY_VERIFY(server->isTlsOpen());
        server->send(QByteArray(100'000, 'r'));
        if (moment == "truncated")
            server->cut();
    }
    QTRY_VERIFY(!transport);
}

void tst_sockettransport::deletionAtAnyMoment()
{
    const auto server = serve(true);
    // As many turns of the event loop as a whole connection takes, and then some.
    for (int turns = 0; turns < 40; ++turns) {
        const auto transport = make();
        transport->open({domain});
        transport->write("x");
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
    }
    const auto last = makeSecure(*server);
    last->write("still well");
    QTRY_COMPARE(server->got, QByteArray("still well"));
}

void tst_sockettransport::abortIsSilent()
{
    const auto server = serve(true);
    const auto transport = makeSecure(*server);
    const QSignalSpy closed(transport.get(), &net::Transport::closed);
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    server->send("unheard");
    transport->abort();
    QTRY_VERIFY(!server->isConnected());
    QVERIFY(m_received.isEmpty());
    QCOMPARE(closed.size() + failed.size(), 0);
    QVERIFY(!transport->isSecure());
    transport->write("x");
    QCOMPARE(transport->pending(), 0);
}

void tst_sockettransport::nothingFromInsideACall()
{
    m_resolver.targets = {{QStringLiteral("nowhere.test"), 1, false}};
    const auto transport = make();
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    transport->open({domain});
    QCOMPARE(failed.size(), 0);
    QTRY_COMPARE(failed.size(), 1);
    const auto second = make();
    const QSignalSpy closed(second.get(), &net::Transport::closed);
    second->open({domain});
    second->close();
    QCOMPARE(closed.size(), 0);
    QTRY_COMPARE(closed.size(), 1);
}

void tst_sockettransport::resumesWithTheKeptSession()
{
    const auto server = serve(true);
    const auto place = std::make_shared<net::TlsSession>();
    for (const bool again : {false, true}) {
        const auto transport = make();
        const QSignalSpy ready(transport.get(), &net::Transport::ready);
        Destination destination{domain};
        destination.session = place;
        transport->open(destination);
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(transport->tls().resumed, again);
        QVERIFY(transport->tls().verified);
        // In TLS 1.3 the client is done first; before the server is, it cannot send.
        QTRY_VERIFY(server->isTlsOpen());
        server->send("x");
        QTRY_COMPARE(m_received, QByteArray("x"));
        QVERIFY(!place->isNull());
    }
}

/// Where a session goes on, clients and servers differ on which Finished came first (RFC 5929 3).
void tst_sockettransport::bindsByTlsUniqueToNewSessions()
{
    const auto server = serve(true, nullptr, TLS1_2_VERSION);
    const auto place = std::make_shared<net::TlsSession>();
    for (const bool binds : {false, true, false, false}) {
        const bool goesOn = !place->isNull();
        const auto transport = make();
        const QSignalSpy ready(transport.get(), &net::Transport::ready);
        Destination destination{domain};
        destination.session = place;
        transport->open(destination);
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(transport->tls().version, QStringLiteral("TLSv1.2"));
        QCOMPARE(transport->tls().resumed, goesOn);
        QTRY_VERIFY(server->isTlsOpen());
        server->send("x");
        QTRY_COMPARE(m_received, QByteArray("x"));
        QVERIFY(!place->isNull());
        QVERIFY(transport->channelBinding(net::ChannelBinding::TlsUnique));
        QVERIFY(!place->isNull()); // to look at it is not to use it
        if (binds)
            transport->dropSession();
        server->send("y");
        QTRY_COMPARE(m_received, QByteArray("xy"));
        QCOMPARE(place->isNull(), binds);
    }
}

// RELIABILITY 1.32: one failing handshake does not disturb the others.
void tst_sockettransport::showsItsCertificate_data()
{
    QTest::addColumn<bool>("direct");
    QTest::addColumn<bool>("isProven");
    QTest::newRow("direct") << true << true;
    QTest::newRow("starttls") << false << true;
    QTest::newRow("impostor") << true << false;
}

/// XEP-0178; who we are is not told to anybody who has not proven who they are.
void tst_sockettransport::showsItsCertificate()
{
    QFETCH(bool, direct);
    QFETCH(bool, isProven);
    const Issued own = issue({.names = {xmppAddr(QStringLiteral("romeo@verona.test"))}}, &m_authority);
    const Issued impostor = issue({.names = {QStringLiteral("DNS:mantua.test")}}, &m_authority);
    LoopbackServer server(TlsPeer::makeContext(isProven ? m_leaf : impostor, {.clients = &m_authority}), direct);
    m_resolver.targets = {{domain, server.port(), direct}};
    Destination destination{domain};
    auto certificate = net::ClientCertificate::read(pemFile(own), {});
    QVERIFY(certificate);
    destination.certificate = std::make_shared<const net::ClientCertificate>(std::move(*certificate));
    destination.session = std::make_shared<net::TlsSession>();
    const auto transport = make();
    const QSignalSpy failed(transport.get(), &net::Transport::failed);
    if (!direct) {
        connect(transport.get(), &net::Transport::ready, this, [&] { transport->write("<starttls/>"); });
        connect(transport.get(), &net::Transport::received, this, [&](const QByteArray &bytes) {
            if (bytes == "<proceed/>")
                transport->startTls();
        });
    }
    transport->open(destination);
    if (!isProven) {
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(errorOf(failed).condition, QStringLiteral("certificate-name-mismatch"));
        QVERIFY(!server.tls().isOpen());
        QVERIFY(!net::ossl::X509Ptr(SSL_get1_peer_certificate(server.tls().ssl())));
        return;
    }
    QTRY_VERIFY(transport->isSecure() && server.isTlsOpen());
    QVERIFY(transport->tls().verified && transport->tls().askedForOurs);
    const net::ossl::X509Ptr seen(SSL_get1_peer_certificate(server.tls().ssl()));
    QVERIFY(seen);
    QCOMPARE(net::ossl::der(seen.get()), own.der());
    transport->write("hello");
    QTRY_VERIFY(server.got.endsWith("hello"));
    server.send("well met");
    QTRY_VERIFY(m_received.endsWith("well met"));
}

void tst_sockettransport::manyWithOneFailing()
{
    const auto good = serve(true);
    const auto transport = makeSecure(*good);
    const Issued alone = issue({.names = {QStringLiteral("DNS:verona.test")}});
    const auto bad = serve(true, &alone);
    for (int i = 0; i < 5; ++i) {
        SocketTransport other(m_resolver, *m_verifier, m_clock);
        const QSignalSpy failed(&other, &net::Transport::failed);
        other.open({domain});
        transport->write("ping");
        good->send("pong");
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(errorOf(failed).condition, QStringLiteral("certificate-self-signed"));
    }
    QTRY_COMPARE(good->got, QByteArray("ping").repeated(5));
    QTRY_COMPARE(m_received, QByteArray("pong").repeated(5));
}

BALCONY_TEST(tst_sockettransport)
#include "tst_sockettransport.moc"
