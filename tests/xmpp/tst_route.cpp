// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/manualclock.h"
#include "support/play.h"
#include "support/testmain.h"
#include "xmpp/route.h"

using namespace std::chrono_literals;
using tests::Play;
using xmpp::Connection;
using xmpp::Route;

namespace {

const net::Destination verona{QStringLiteral("verona.test")};
const net::Endpoint garden{{QStringLiteral("garden.test"), 5222, false}, QHostAddress(QStringLiteral("192.0.2.1"))};

const char seeOther[] = "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>%1</see-other-host>"
                        "</stream:error>";

} // namespace

/// Where the next attempt goes (RELIABILITY 1.30, 2.6).
class tst_route : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersWhatWorked()
    {
        tests::ManualClock clock;
        Route route(clock);
        QVERIFY(!route.next(verona).known);
        route.succeeded(garden);
        QCOMPARE(*route.next(verona).known, garden);
        // It did not get us in: DNS alone decides once, and then it is a fall-back again.
        route.failed(garden);
        QVERIFY(!route.next(verona).known);
        route.failed(net::Endpoint{{QStringLiteral("other.test"), 5222, false}, garden.address});
        QCOMPARE(*route.next(verona).known, garden);
        // Another way to the server is another matter.
        net::Destination changed = verona;
        changed.tls = net::TlsMode::Direct;
        QVERIFY(!route.next(changed).known);
        changed = verona;
        changed.proxy = {net::Proxy::Kind::Socks5, QStringLiteral("127.0.0.1"), 9050, {}};
        QVERIFY(!route.next(changed).known);
        route.succeeded(net::Endpoint{garden.target, {}}); // by the proxy: no address of ours
        QVERIFY(!route.known());
        changed = verona;
        changed.known = garden; // as it was stored
        QCOMPARE(*route.next(changed).known, garden);
    }

    void places_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("lookup");
        const QString garden = QStringLiteral("garden.test");
        QTest::newRow("name: its SRV records") << garden << QString() << 0 << garden;
        QTest::newRow("name and port") << QStringLiteral("garden.test:5299") << garden << 5299 << QString();
        QTest::newRow("address") << QStringLiteral("192.0.2.1") << QStringLiteral("192.0.2.1") << 0 << QString();
        QTest::newRow("IPv6") << QStringLiteral("[2001:db8::1]:5222") << QStringLiteral("2001:db8::1") << 5222
                              << QString();
        QTest::newRow("IPv6 without port")
            << QStringLiteral("[2001:db8::1]") << QStringLiteral("2001:db8::1") << 0 << QString();
        for (const char *bad : {"", "garden.test:", "garden.test:0", "garden.test:70000", "[garden.test]",
                                "[2001:db8::1", "[2001:db8::1]x", "a b", "2001:db8::1"})
            QTest::addRow("not %s", bad) << QString::fromLatin1(bad) << QString() << -1 << QString();
    }
    void places()
    {
        QFETCH(QString, place);
        QFETCH(QString, host);
        QFETCH(int, port);
        QFETCH(QString, lookup);
        tests::ManualClock clock;
        Route route(clock);
        route.next(verona);
        QCOMPARE(route.redirect(place), port >= 0);
        const net::Destination next = route.next(verona);
        QCOMPARE(next.domain, verona.domain); // the certificate's, whatever place
        QCOMPARE(next.host, host);
        QCOMPARE(int(next.port), std::max(port, 0));
        QCOMPARE(next.lookup, lookup);
        QCOMPARE(route.next(verona).lookup, QString());
        QCOMPARE(route.next(verona).host, QString());
    }

    void threeInTenMinutes()
    {
        tests::ManualClock clock;
        Route route(clock);
        for (int i = 0; i < 3; ++i) {
            route.next(verona);
            QVERIFY(route.redirect(QStringLiteral("garden.test")));
            clock.advance(1min);
        }
        QVERIFY(!route.redirect(QStringLiteral("garden.test")));
        clock.advance(7min);
        QVERIFY(route.redirect(QStringLiteral("garden.test")));
        QVERIFY(!route.redirect(QStringLiteral("garden.test")));
        // What works elsewhere is not where our own way leads.
        route.next(verona);
        route.succeeded(garden);
        QVERIFY(!route.known());
    }

    void sessionIsSentElsewhere()
    {
        Play play;
        play.connection.start();
        play.signsIn();
        play.transport().receive(QString::fromLatin1(seeOther).arg(QStringLiteral("garden.test:5299")).toLatin1());
        play.waitsFor(Connection::State::Connecting);
        QTRY_COMPARE(play.transport().opened.host, QStringLiteral("garden.test"));
        QCOMPARE(play.transport().opened.port, quint16(5299));
        QCOMPARE(play.transport().opened.domain, QStringLiteral("montague.lit"));
        play.signsIn();
    }

    /// Before TLS anybody may say so.
    void notBeforeTls()
    {
        Play play;
        play.connection.start();
        QTRY_VERIFY(play.attempts() == 1 && !play.transport().written.isEmpty());
        play.transport().receive("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
                                 "id='1' version='1.0' from='montague.lit'>");
        play.transport().receive(QString::fromLatin1(seeOther).arg(QStringLiteral("mallory.test")).toLatin1());
        play.waitsFor(Connection::State::Waiting);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("see-other-host"));
    }
};

BALCONY_TEST(tst_route)
#include "tst_route.moc"
