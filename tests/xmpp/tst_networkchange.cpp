// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/managedplay.h"
#include "support/testmain.h"
#include "xml/values.h"
#include "xmpp/diagnosis.h"

using namespace std::chrono_literals;
using tests::FakeTransport;
using tests::ManagedPlay;
using tests::Play;
using tests::sm;
using xmpp::Acknowledger;
using xmpp::Connection;
using xmpp::Reconnect;

namespace {

Error networkError(const char *condition)
{
    return {Error::Kind::Network, QString::fromLatin1(condition), QStringLiteral("why")};
}

Error tlsError(const char *condition)
{
    return {Error::Kind::Tls, QString::fromLatin1(condition), QStringLiteral("why"),
            CertificateFacts{QStringLiteral("portal.test"), QStringLiteral("A hotel"), {}, {}, {}}};
}

} // namespace

/// The network changes, the computer sleeps, its clock jumps (RELIABILITY 2.6, N14, N15, N19).
class TestNetworkChange : public QObject
{
    Q_OBJECT
    using State = Connection::State;
    /// The network changed, and the next try has failed.
    static void looks(Play &play)
    {
        const int before = play.attempts();
        play.connection.check();
        QTRY_COMPARE(play.attempts(), before + 1);
        play.waitsFor(State::Waiting);
    }

private Q_SLOTS:
    /// A link that is dead is noticed within seconds, and its session goes on.
    void probesAtOnce()
    {
        ManagedPlay play;
        play.begins();
        play.connection.check();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.connection.check(); // the same change, told twice
        QVERIFY(play.server.isSilent());
        play.clock.advance(Acknowledger::quickLimit - 1ms);
        QCoreApplication::processEvents();
        QCOMPARE(play.connection.state(), State::Online);
        play.clock.advance(1ms);
        play.waitsFor(State::Waiting);
        QCOMPARE(play.interrupted.size(), 1);
        QVERIFY(play.connection.untilNextTry() <= Reconnect::first);
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
    }

    /// One that lives is left alone.
    void keepsWhatAnswers()
    {
        ManagedPlay play;
        play.begins();
        play.connection.check();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.server.send(sm("a", "h='0'"));
        play.clock.advance(10min);
        QCoreApplication::processEvents();
        QCOMPARE(play.connection.state(), State::Online);
        QCOMPARE(play.attempts(), 1);
    }

    /// A question that was open before need not be asked again, but its answer is due sooner.
    void hurriesAnOpenQuestion()
    {
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.clock.advance(2s);
        play.connection.check();
        QVERIFY(play.server.isSilent());
        play.clock.advance(Acknowledger::quickLimit);
        play.waitsFor(State::Waiting);
    }

    /// N19: who waits tries at once, and the pauses are short again.
    void triesAtOnce()
    {
        Play play;
        play.prepare = [](FakeTransport &transport) { transport.openError = networkError("connection-refused"); };
        play.connection.start();
        for (int attempt = 1; attempt < 8; ++attempt) {
            QTRY_COMPARE(play.attempts(), attempt);
            play.waitsFor(State::Waiting);
            play.clock.advance(play.connection.untilNextTry());
        }
        QTRY_COMPARE(play.attempts(), 8);
        play.waitsFor(State::Waiting);
        play.connection.check();
        QTRY_COMPARE(play.attempts(), 9);
        play.waitsFor(State::Waiting);
        QVERIFY(play.connection.untilNextTry() <= Reconnect::first);
    }

    /// An attempt on the way that is gone would run into its time limit.
    void anAttemptBeginsAnew()
    {
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.loses();
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
        const QPointer<FakeTransport> old = play.transports.back();
        play.connection.check();
        QTRY_COMPARE(play.attempts(), 3);
        QVERIFY(!old); // and without an end tag, which would have ended the session
        QCOMPARE(play.offline.size(), 0);
        play.server.offersTls();
        play.server.opens(tests::ServerScript::saslFeatures("SCRAM-SHA-1"));
        play.server.authenticates();
        play.server.opens(tests::managedFeatures);
        QVERIFY(play.server.takes().is("resume", "urn:xmpp:sm:3"));
        play.server.send(sm("resumed", "previd='s1' h='0'"));
        play.waitsFor(State::Online);
        QCOMPARE(play.resumed.size(), 1);
    }

    void nothingWhereNobodyWantsToBeOnline()
    {
        Play play;
        play.connection.check();
        QCOMPARE(play.connection.state(), State::Offline);
        play.goesOnline();
        play.connection.stop();
        play.connection.check();
        play.clock.advance(3s);
        QCOMPARE(play.connection.state(), State::Offline);
        QCOMPARE(play.attempts(), 1);
    }

    void noNetwork_data()
    {
        QTest::addColumn<QByteArray>("condition");
        for (const char *condition :
             {"network-unreachable", "dns-failed", "host-unknown", "connect-timeout", "proxy-unreachable"})
            QTest::newRow(condition) << QByteArray(condition);
    }
    /// Without a network no try is wasted; its return ends the pause.
    void noNetwork()
    {
        QFETCH(QByteArray, condition);
        Play play;
        Error error = networkError(condition.constData());
        play.prepare = [&error](FakeTransport &transport) { transport.openError = error; };
        play.connection.setNetwork({true, false});
        for (int i = 1; i <= 6; ++i) { // a person may try as often as they like
            play.connection.start();
            QTRY_COMPARE(play.attempts(), i);
            play.waitsFor(State::Waiting);
            QCOMPARE(play.connection.error()->condition, QStringLiteral("no-network"));
            QCOMPARE(play.connection.untilNextTry().count(), Reconnect::most.count());
        }
        play.clock.advance(4min);
        QCoreApplication::processEvents();
        QCOMPARE(play.attempts(), 6);
        play.connection.setNetwork({});
        play.connection.check();
        QTRY_COMPARE(play.attempts(), 7);
        play.waitsFor(State::Waiting);
        QCOMPARE(play.connection.error()->condition, QString::fromLatin1(condition));
        QVERIFY(play.connection.untilNextTry() <= Reconnect::first);
    }

    /// The system may be wrong about it, or the server be on this computer: somebody was reached.
    void noNetworkSaysTheSystem()
    {
        Play play;
        play.prepare = [](FakeTransport &transport) { transport.openError = networkError("connection-refused"); };
        play.connection.setNetwork({true, false});
        play.connection.start();
        play.waitsFor(State::Waiting);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("connection-refused"));
        QVERIFY(play.connection.untilNextTry() <= Reconnect::first);
    }

    /// N10: a web server answers in place of XMPP.
    void webAnswer()
    {
        Play play;
        play.connection.start();
        for (int i = 1; i <= 8; ++i) {
            QTRY_COMPARE(play.attempts(), i);
            play.server.takesHeader();
            const QByteArray answer = "HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\n\r\n";
            if (i % 2) { // in pieces too
                play.server.send(answer.left(3));
                play.server.send(answer.mid(3));
            } else {
                play.server.send(answer);
            }
            play.waitsFor(State::Waiting);
            QCOMPARE(play.connection.error()->kind, Error::Kind::Network);
            QCOMPARE(play.connection.error()->condition, QStringLiteral("captive-portal"));
            const auto pause = play.connection.untilNextTry();
            QVERIFY(pause >= Reconnect::portalLeast && pause <= Reconnect::portalMost);
            QCOMPARE(play.transport().all.count("<stream:stream"), 1); // and not a word to it
            play.clock.advance(pause);
        }
    }

    /// Somebody else's certificate right after a change of the network; before and later it is what it is. It is never
    /// accepted.
    void portalsCertificate()
    {
        Play play;
        Error error = tlsError("certificate-name-mismatch");
        play.prepare = [&error](FakeTransport &transport) {
            transport.direct = true;
            transport.openError = error;
        };
        play.connection.start();
        play.waitsFor(State::Waiting);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("certificate-name-mismatch"));
        for (const char *condition :
             {"certificate-name-mismatch", "certificate-self-signed", "certificate-unknown-issuer"}) {
            error = tlsError(condition);
            looks(play);
            QCOMPARE(play.connection.error()->condition, QStringLiteral("captive-portal"));
            QCOMPARE(play.connection.error()->kind, Error::Kind::Tls);
            QCOMPARE(play.connection.error()->certificate, error.certificate);
            QVERIFY(play.connection.untilNextTry() <= Reconnect::portalMost);
        }
        error = tlsError("certificate-expired");
        looks(play);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("certificate-expired"));
        error = tlsError("certificate-self-signed");
        play.clock.advance(xmpp::portalTime);
        QTRY_COMPARE(play.connection.error() ? play.connection.error()->condition : QString(),
                     QStringLiteral("certificate-self-signed"));
        QVERIFY(play.connection.untilNextTry() >= Reconnect::slow);
    }

    /// The system looked at the network's own page.
    void portalSaysTheSystem()
    {
        Play play;
        Error error = networkError("connect-timeout");
        play.prepare = [&error](FakeTransport &transport) { transport.openError = error; };
        play.connection.setNetwork({false, true});
        play.connection.start();
        play.waitsFor(State::Waiting);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("captive-portal"));
        play.connection.setNetwork({});
        looks(play);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("connect-timeout"));
    }

    void clockJumps_data()
    {
        QTest::addColumn<qint64>("seconds");
        const qint64 day = 86'400;
        for (const qint64 days : {1, -1, 3652, -3652})
            QTest::addRow("%lld days", days) << days * day;
        QTest::newRow("daylight saving") << qint64(3600);
        QTest::newRow("back from it") << qint64(-3600);
        QTest::newRow("leap second") << qint64(-1);
    }
    /// N14: no reconnection, no deadline moves, nothing is sent twice or dated anew.
    void clockJumps()
    {
        QFETCH(qint64, seconds);
        ManagedPlay play;
        play.begins();
        const QDateTime written = play.clock.now();
        play.says(1);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.clock.setNow(written.addSecs(seconds));
        play.clock.advance(Acknowledger::answerLimit - 1s);
        QCoreApplication::processEvents();
        QCOMPARE(play.connection.state(), State::Online);
        QVERIFY(play.server.isSilent());
        play.clock.advance(1s); // the deadline is where it was
        play.waitsFor(State::Waiting);
        const auto pause = play.connection.untilNextTry();
        QVERIFY(pause <= Reconnect::first);
        play.clock.setNow(play.clock.now().addSecs(-seconds * 2));
        QCOMPARE(play.connection.untilNextTry().count(), pause.count());
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
        play.server.send(sm("resumed", "previd='s1' h='0'"));
        play.waitsFor(State::Online);
        const xml::Element again = play.server.takes();
        QCOMPARE(again.child("delay", "urn:xmpp:delay").attribute("stamp"), xml::Value<QDateTime>::text(written));
        QCOMPARE(play.attempts(), 2);
    }

    /// N15: eight hours of sleep, in which monotonic time stands still, and then another network.
    void sleeps()
    {
        ManagedPlay play;
        play.begins();
        play.server.send("<message from='juliet@capulet.lit'><body>Good night</body></message>");
        QTRY_COMPARE(play.client.management().handled(), 1U);
        play.connection.tell();
        QCOMPARE(play.server.takes().attribute("h"), QStringLiteral("1"));
        play.clock.setNow(play.clock.now().addSecs(8 * 3600));
        const auto woken = play.clock.monotonic();
        play.connection.check();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.clock.advance(Acknowledger::quickLimit);
        play.waitsFor(State::Waiting);
        const auto pause = play.connection.untilNextTry();
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3")); // still asked for: some servers keep sessions for days
        play.server.send(sm("failed", "h='0'"));
        play.bind(play.server.takes());
        QVERIFY(play.server.takes().is("enable", "urn:xmpp:sm:3"));
        play.server.send(sm("enabled", "id='s2' resume='true'"));
        play.waitsFor(State::Online);
        QVERIFY(play.clock.monotonic() - woken + pause <= 10s);
        QCOMPARE(play.online.size(), 2);
    }
};

BALCONY_TEST(TestNetworkChange)
#include "tst_networkchange.moc"
