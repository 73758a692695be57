// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/managedplay.h"
#include "support/testmain.h"

using namespace std::chrono_literals;
using tests::ManagedPlay;
using tests::Play;
using tests::sm;
using xmpp::Connection;

namespace {

QByteArray message(int number)
{
    return "<message from='juliet@capulet.lit'><body>" + QByteArray::number(number) + "</body></message>";
}

} // namespace

/// XEP-0198 on whole connections, with servers that count honestly, and with others.
class TestManagedStream : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksOnceForABurst()
    {
        ManagedPlay play;
        play.begins();
        for (int i = 1; i <= 10; ++i)
            play.says(i);
        for (int i = 1; i <= 10; ++i)
            play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.says(11);
        play.takesMessage();
        QCoreApplication::processEvents();
        QVERIFY(play.server.isSilent()); // one question at a time
        play.server.send(sm("a", "h='10'"));
        QCOMPARE(play.acknowledged.size(), 1);
        QCOMPARE(play.acknowledged[0][0].value<std::vector<qint64>>().size(), 10U);
        QCOMPARE(play.counts(), QByteArray("r")); // for what came behind it
        play.server.send(sm("a", "h='11'"));
        QCOMPARE(play.acknowledged.size(), 2);
        play.clock.advance(10min);
        QVERIFY(play.server.isSilent());
        QCOMPARE(play.connection.state(), Connection::State::Online);
    }

    /// What a server leaves out of its answer is asked for again, but not in a loop.
    void asksAgainForTheRest()
    {
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.server.send(sm("a", "h='0'"));
        QCoreApplication::processEvents();
        QVERIFY(play.server.isSilent());
        play.clock.advance(xmpp::Acknowledger::again);
        QCOMPARE(play.counts(), QByteArray("r"));
        play.server.send(sm("a", "h='1'"));
        QCOMPARE(play.acknowledged.size(), 1);
    }

    /// I5: no word of what is not dealt with, but no silence for ever either.
    void tellsWhatIsDealtWith()
    {
        ManagedPlay play;
        std::vector<xmpp::HandledToken> held;
        connect(&play.client, &xmpp::Client::message, &play.client,
                [&held](const xmpp::Incoming &incoming) { held.push_back(incoming.token()); });
        play.begins();
        play.server.send(message(1) + message(2) + message(3) + sm("r"));
        QTRY_COMPARE(held.size(), 3U);
        QVERIFY(play.server.isSilent());
        held.erase(held.begin() + 1); // the second before the first
        QCoreApplication::processEvents();
        QVERIFY(play.server.isSilent());
        play.clock.advance(xmpp::Acknowledger::patience);
        QCOMPARE(play.server.takes().attribute("h"), QStringLiteral("0"));
        held.clear();
        const xml::Element all = play.server.takes(); // unasked: it has shown that it wants to know
        QCOMPARE(all.name(), std::string_view("a"));
        QCOMPARE(all.attribute("h"), QStringLiteral("3"));
    }

    void tellsBeforeTheEnd()
    {
        ManagedPlay play;
        play.begins();
        play.server.send(message(1));
        QTRY_COMPARE(play.client.management().handled(), 1U);
        play.connection.stop();
        const xml::Element last = play.server.takes();
        QVERIFY(last.is("a", "urn:xmpp:sm:3"));
        QCOMPARE(last.attribute("h"), QStringLiteral("1"));
        play.server.takesEnd();
        play.server.send("</stream:stream>");
        QCOMPARE(play.connection.state(), Connection::State::Offline);
        QVERIFY(!play.client.management().canResume()); // ended in order, it does not go on
    }

    /// Half-open: an answer that does not come within 15 s ends the stream, and the session goes on.
    void noAnswer()
    {
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.clock.advance(xmpp::Acknowledger::answerLimit - 1s);
        QCoreApplication::processEvents();
        QCOMPARE(play.connection.state(), Connection::State::Online);
        play.clock.advance(1s);
        play.waitsFor(Connection::State::Waiting);
        QCOMPARE(play.interrupted.size(), 1);
        QCOMPARE(play.offline.size(), 0);
        QVERIFY(play.client.management().canResume());
    }

    /// N08: on a slow link the answer waits behind something long; whatever moves shows that the link lives.
    void slowIsNotDead()
    {
        ManagedPlay play;
        play.begins();
        play.transport().moved = {0, 0, 60'000};
        play.says(1);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        const auto passes = [&play](int seconds, const std::function<void(net::Traffic &)> &moves) {
            for (int second = 0; second < seconds; ++second) {
                if (second % 10 == 0)
                    moves(play.transport().moved);
                play.clock.advance(1s);
                QCoreApplication::processEvents();
            }
        };
        passes(60, [](net::Traffic &moved) {
            moved.confirmed += 10'000;
            moved.outstanding -= 10'000;
        });
        passes(60, [](net::Traffic &moved) { moved.came += 1000; });
        QCOMPARE(play.connection.state(), Connection::State::Online);
        QVERIFY(play.server.isSilent()); // asked once
        // Where the server hangs, its system goes on confirming: noticed within 45 s under traffic (RELIABILITY 2.6).
        passes(20, [](net::Traffic &moved) { moved.confirmed += 100; });
        QTRY_COMPARE(play.interrupted.size(), 1);
    }

    void theyEnd_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("in order") << QByteArray("</stream:stream>");
        QTest::newRow("system-shutdown") << QByteArray(
            "<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
            "</stream:stream>");
    }
    /// N11: whoever restarts learns what has arrived, and is asked for the session afterwards.
    void theyEnd()
    {
        QFETCH(QByteArray, words);
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.server.send(message(1));
        QTRY_COMPARE(play.client.management().handled(), 1U);
        play.server.send(words);
        const xml::Element last = play.server.takes();
        QVERIFY(last.is("a", "urn:xmpp:sm:3"));
        QCOMPARE(last.attribute("h"), QStringLiteral("1"));
        play.server.takesEnd();
        play.waitsFor(Connection::State::Waiting);
        QVERIFY(play.connection.untilNextTry() <= xmpp::Reconnect::restart);
        QCOMPARE(play.interrupted.size(), 1);
        const xml::Element back = play.comesTo();
        QVERIFY(back.is("resume", "urn:xmpp:sm:3"));
        QCOMPARE(back.attribute("h"), QStringLiteral("1"));
    }

    /// N11: an end without a word.
    void silentEnd()
    {
        ManagedPlay play;
        play.begins();
        Q_EMIT play.transport().closed();
        play.waitsFor(Connection::State::Waiting);
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
    }

    void resumingFailsOtherwise_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("without a number") << sm("failed");
        QTest::newRow("item-not-found") << QByteArray("<failed xmlns='urn:xmpp:sm:3'><item-not-found "
                                                      "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
        QTest::newRow("unexpected-request") << QByteArray("<failed xmlns='urn:xmpp:sm:3'><unexpected-request "
                                                          "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
    }
    /// N04: the next session begins on the same stream; nothing is known of what was sent.
    void resumingFailsOtherwise()
    {
        QFETCH(QByteArray, words);
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.loses();
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
        play.server.send(words);
        play.bind(play.server.takes());
        QVERIFY(play.server.takes().is("enable", "urn:xmpp:sm:3"));
        play.server.send(sm("enabled", "id='s2' resume='true'"));
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.acknowledged.size(), 0);
        QVERIFY(!play.client.management().settled() || !play.client.management().settled()->handled);
        QCOMPARE(play.attempts(), 2);
    }

    /// N04: no answer at all; the session is asked for again on the next stream.
    void resumingWithoutAnAnswer()
    {
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.loses();
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
        play.clock.advance(30s);
        play.waitsFor(Connection::State::Waiting);
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
        QCOMPARE(play.offline.size(), 0);
    }

    /// N06: what is sent from <enable/> on counts, however late <enabled/> comes.
    void enabledLate()
    {
        ManagedPlay play;
        play.bind(play.comesTo());
        QVERIFY(play.server.takes().is("enable", "urn:xmpp:sm:3"));
        play.server.send(message(1)); // before the word
        QCoreApplication::processEvents();
        play.server.send(sm("enabled", "id='s1' resume='true'"));
        play.waitsFor(Connection::State::Online);
        play.says(1);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.server.send(sm("a", "h='1'"));
        QCOMPARE(play.acknowledged.size(), 1);
    }

    /// While we do not read, no answer can come.
    void noAnswerWhilePaused()
    {
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.connection.setPaused(true);
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.clock.advance(xmpp::Acknowledger::answerLimit);
        QCoreApplication::processEvents();
        QCOMPARE(play.connection.state(), Connection::State::Online);
    }

    /// XEP-0198 5: what is missing goes again, once, in order, with the time at which it was written; what is written
    /// meanwhile comes behind it.
    void resumes()
    {
        ManagedPlay play;
        play.begins();
        for (int i = 1; i <= 3; ++i)
            play.says(i);
        play.server.send(message(1));
        QTRY_COMPARE(play.client.management().handled(), 1U);
        for (int i = 1; i <= 3; ++i)
            play.takesMessage();
        play.loses();
        play.says(4);
        const xml::Element back = play.comesTo();
        QVERIFY(back.is("resume", "urn:xmpp:sm:3"));
        QCOMPARE(back.attribute("previd"), QStringLiteral("s1"));
        QCOMPARE(back.attribute("h"), QStringLiteral("1"));
        play.server.send(sm("resumed", "previd='s1' h='1'") + message(2));
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.resumed.size(), 1);
        QCOMPARE(play.online.size(), 1); // the first one
        QCOMPARE(play.acknowledged.size(), 1);
        QCOMPARE(play.acknowledged[0][0].value<std::vector<qint64>>(), std::vector<qint64>{1});
        for (int i = 2; i <= 4; ++i) {
            const xml::Element again = play.server.takes();
            QCOMPARE(again.name(), std::string_view("message"));
            QVERIFY(again.hasChild("delay", "urn:xmpp:delay"));
        }
        QTRY_COMPARE(play.client.management().handled(), 2U);
        QCOMPARE(play.counts(), QByteArray("r"));
        play.server.send(sm("a", "h='4'"));
        QCOMPARE(play.acknowledged.size(), 2);
    }

    /// The server's last number is worth something even where the session is gone.
    void resumingFails()
    {
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.says(2);
        play.loses();
        QVERIFY(play.comesTo().is("resume", "urn:xmpp:sm:3"));
        play.server.send(sm("failed", "h='1'"));
        play.bind(play.server.takes());
        QVERIFY(play.server.takes().is("enable", "urn:xmpp:sm:3"));
        play.server.send(sm("enabled", "id='s2' resume='true'"));
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.offline.size(), 1);
        QCOMPARE(play.online.size(), 2);
        QCOMPARE(play.client.management().settled()->handled, std::optional<quint32>(1));
        QCOMPARE(play.client.management().session()->id, QStringLiteral("s2"));
        QVERIFY(play.server.isSilent()); // what goes again is the outbox's business
    }

    /// XEP-0198 5: a session that the server keeps no longer is not asked for.
    void interruptedForTooLong()
    {
        ManagedPlay play;
        play.prepare = [&play](tests::FakeTransport &transport) {
            if (play.attempts() > 0)
                transport.openError =
                    Error{Error::Kind::Network, QStringLiteral("connection-refused"), QStringLiteral("refused")};
        };
        play.begins();
        play.loses();
        QVERIFY(play.client.isInterrupted());
        play.clock.advance(601s);
        QTRY_COMPARE(play.offline.size(), 1);
        QVERIFY(!play.client.isInterrupted());
    }

    /// XEP-0198 3: without an id it counts, and cannot be resumed.
    void cannotBeResumed()
    {
        ManagedPlay play;
        play.begins(sm("enabled"));
        QVERIFY(play.client.management().isEnabled());
        play.says(1);
        play.takesMessage();
        play.loses();
        QCOMPARE(play.offline.size(), 1);
        QCOMPARE(play.comesTo().name(), std::string_view("iq"));
    }

    void enablingFails()
    {
        ManagedPlay play;
        play.begins(sm("failed"));
        QVERIFY(!play.client.management().isEnabled());
        play.says(1);
        play.takesMessage();
        QCoreApplication::processEvents();
        QVERIFY(play.server.isSilent());
    }

    /// The location is tried first, once, and the certificate is judged by the account's domain all the same.
    void location()
    {
        ManagedPlay play;
        play.begins(sm("enabled", "id='s1' resume='true' location='[2001:db8::1]:9222'"));
        play.loses();
        (void)play.comesTo();
        QCOMPARE(play.transport().opened.host, QStringLiteral("2001:db8::1"));
        QCOMPARE(play.transport().opened.port, quint16(9222));
        QCOMPARE(play.transport().opened.domain, QStringLiteral("montague.lit"));
        play.loses();
        (void)play.comesTo();
        QCOMPARE(play.transport().opened.host, QString());
    }

    void lies_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<QByteArray>("specific");
        QTest::newRow("more than was sent")
            << sm("a", "h='3'") << QByteArray("undefined-condition") << QByteArray("handled-count-too-high");
        QTest::newRow("less than before")
            << sm("a", "h='2'") + sm("a", "h='1'") << QByteArray("undefined-condition") << QByteArray();
        QTest::newRow("no number") << sm("a") << QByteArray("bad-format") << QByteArray();
        QTest::newRow("no number at all") << sm("a", "h='-1'") << QByteArray("bad-format") << QByteArray();
        QTest::newRow("enabled, unasked")
            << sm("enabled", "id='s9' resume='true'") << QByteArray("unsupported-stanza-type") << QByteArray();
        QTest::newRow("resumed, unasked")
            << sm("resumed", "previd='s1' h='0'") << QByteArray("unsupported-stanza-type") << QByteArray();
    }
    /// Each ends the stream with the right error, and the session with it: whoever counts so keeps nothing of ours.
    void lies()
    {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, condition);
        QFETCH(QByteArray, specific);
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.says(2);
        play.takesMessage();
        play.takesMessage();
        QCOMPARE(play.counts(), QByteArray("r"));
        play.server.send(words);
        const xml::Element error = play.server.takes();
        QVERIFY(error.is("error", "http://etherx.jabber.org/streams"));
        QVERIFY(error.hasChild(condition.toStdString(), "urn:ietf:params:xml:ns:xmpp-streams"));
        QCOMPARE(error.hasChild("handled-count-too-high", "urn:xmpp:sm:3"), !specific.isEmpty());
        play.server.takesEnd();
        play.server.send("</stream:stream>");
        play.waitsFor(Connection::State::Waiting);
        QVERIFY(!play.client.management().canResume());
        QCOMPARE(play.offline.size(), 1);
        QCOMPARE(play.comesTo().name(), std::string_view("iq")); // anew
    }

    void liesWhenResuming_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("another session") << sm("resumed", "previd='s9' h='1'");
        QTest::newRow("more than was sent") << sm("resumed", "previd='s1' h='2'");
        QTest::newRow("no number") << sm("resumed", "previd='s1'");
    }
    void liesWhenResuming()
    {
        QFETCH(QByteArray, words);
        ManagedPlay play;
        play.begins();
        play.says(1);
        play.loses();
        (void)play.comesTo();
        play.server.send(words);
        play.waitsFor(Connection::State::Waiting);
        QCOMPARE(play.resumed.size(), 0);
        QCOMPARE(play.offline.size(), 1);
        QVERIFY(!play.client.management().canResume());
    }

    /// Counting on a stream on which nobody agreed to count.
    void countsUnasked()
    {
        Play play;
        play.goesOnline();
        play.server.send(sm("a", "h='0'"));
        QVERIFY(play.server.takes().is("error", "http://etherx.jabber.org/streams"));
    }
};

BALCONY_TEST(TestManagedStream)
#include "tst_managedstream.moc"
