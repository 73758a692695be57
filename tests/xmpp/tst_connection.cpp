// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/play.h"
#include "support/testmain.h"

using namespace std::chrono_literals;
using tests::Play;
using tests::ServerScript;
using xmpp::Connection;

namespace {

using States = QList<Connection::State>;

/// Each state that the connection goes through.
class Record
{
public:
    explicit Record(Connection &connection)
    {
        QObject::connect(&connection, &Connection::stateChanged, &m_context, [this, &connection] {
            states.append(connection.state());
            if (connection.error())
                errors.append(*connection.error());
        });
    }
    States states;
    QList<Error> errors;

private:
    QObject m_context;
};

Error networkError(const char *condition)
{
    return {Error::Kind::Network, QString::fromLatin1(condition), QStringLiteral("why")};
}

} // namespace

/// THE connection: what it does by itself, and what each failure comes to.
class TestConnection : public QObject
{
    Q_OBJECT
    using State = Connection::State;

private Q_SLOTS:
    void lifeInOrder()
    {
        Play play;
        Record record(play.connection);
        QSignalSpy online(&play.client, &xmpp::Client::online);
        QSignalSpy offline(&play.client, &xmpp::Client::offline);
        play.goesOnline();
        QCOMPARE(online.size(), 1);
        QVERIFY(play.client.isOnline());
        play.client.send(tests::parsed("<message to='juliet@capulet.lit'/>"));
        QCOMPARE(play.server.takes().attribute("to"), QStringLiteral("juliet@capulet.lit"));
        play.connection.stop();
        QCOMPARE(play.connection.state(), State::Closing);
        play.server.takesEnd();
        QSignalSpy heard(&play.client, &xmpp::Client::message);
        play.server.send("<message from='juliet@capulet.lit'><body>Wait!</body></message>"); // their words still count
        QCOMPARE(heard.size(), 1);
        QVERIFY(!play.client.isOnline()); // ours do not
        play.client.send(tests::parsed("<message to='juliet@capulet.lit'/>"));
        QVERIFY(play.server.isSilent());
        play.server.send("</stream:stream>");
        QCOMPARE(play.connection.state(), State::Offline);
        QVERIFY(!play.connection.error());
        QCOMPARE(offline.size(), 1);
        QCOMPARE(offline[0][0].value<Error>().kind, Error::Kind::Cancelled);
        QCOMPARE(record.states, States({State::Connecting, State::Online, State::Closing, State::Offline}));
        QVERIFY(record.errors.isEmpty());
        play.clock.advance(10min);
        QCoreApplication::processEvents();
        QCOMPARE(play.attempts(), 1);
    }

    /// stop() is done within 3 s whatever the server does.
    void stopWithoutAnAnswer()
    {
        Play play;
        play.goesOnline();
        play.connection.stop();
        play.clock.advance(3s);
        QCOMPARE(play.connection.state(), State::Offline);
    }

    void stopAtAnyMoment()
    {
        Play play;
        play.connection.start();
        play.connection.stop();
        QCOMPARE(play.connection.state(), State::Offline);
        play.connection.start();
        play.server.offersTls();
        play.connection.stop();
        QCOMPARE(play.connection.state(), State::Offline);
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        play.server.takes();
        play.connection.stop();
        QCOMPARE(play.connection.state(), State::Offline);
        play.prepare = [](tests::FakeTransport &transport) {
            transport.openError = networkError("connection-refused");
        };
        play.connection.start();
        play.waitsFor(State::Waiting);
        play.connection.stop();
        QCOMPARE(play.connection.state(), State::Offline);
        play.clock.advance(10min);
        QCoreApplication::processEvents();
        QCOMPARE(play.attempts(), 4);
        play.prepare = nullptr;
        play.goesOnline();
    }

    void startWhileClosing()
    {
        Play play;
        play.goesOnline();
        QSignalSpy offline(&play.client, &xmpp::Client::offline);
        Scope scope;
        std::optional<Result<xml::Element>> answer;
        scope.run(tests::into(&answer, play.client.get(Jid(), xml::Builder("q", "urn:q").build())));
        play.connection.stop();
        const QPointer<tests::FakeTransport> first = play.transports.back();
        play.connection.start();
        QCOMPARE(offline.size(), 1);
        QVERIFY(answer && !*answer);
        QCOMPARE(play.connection.state(), State::Connecting);
        QVERIFY(first); // ends in order beside the new one
        QVERIFY(first->all.endsWith("</stream:stream>"));
        play.signsIn();
        first->receive("</stream:stream>");
        QCOMPARE(play.connection.state(), State::Online);
    }

    /// The errors that people meet, one by one: each is told once, with its word.
    void errors_data()
    {
        QTest::addColumn<bool>("inTls");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("condition");
        for (const char *condition : {"host-unknown", "dns-failed", "service-not-offered", "connection-refused",
                                      "network-unreachable", "connect-timeout", "proxy-failed"})
            QTest::newRow(condition) << false << int(Error::Kind::Network) << QString::fromLatin1(condition);
        for (const char *condition : {"certificate-name-mismatch", "certificate-self-signed", "certificate-expired",
                                      "certificate-unknown-issuer", "tls-handshake"}) {
            for (const bool inTls : {false, true})
                QTest::addRow("%s %s", condition, inTls ? "starttls" : "direct")
                    << inTls << int(Error::Kind::Tls) << QString::fromLatin1(condition);
        }
    }
    void errors()
    {
        QFETCH(bool, inTls);
        QFETCH(int, kind);
        QFETCH(QString, condition);
        const Error error{Error::Kind(kind), condition, QStringLiteral("why")};
        Play play;
        Record record(play.connection);
        play.prepare = [&](tests::FakeTransport &transport) {
            (inTls ? transport.tlsError : transport.openError) = error;
        };
        play.connection.start();
        if (inTls)
            play.server.offersTls();
        play.waitsFor(State::Waiting);
        QCOMPARE(record.errors, QList<Error>{error});
        QCOMPARE(record.states, States({State::Connecting, State::Waiting}));
        QCOMPARE(*play.connection.error(), error);
        // What has passed is tried again by itself, and then there is no error any more.
        play.prepare = nullptr;
        play.clock.advance(play.connection.untilNextTry());
        play.signsIn();
        QVERIFY(!play.connection.error());
    }

    /// RELIABILITY T17: asked once; then the person is.
    void wrongPassword()
    {
        Play play;
        Record record(play.connection);
        play.connection.setSignIn(Play::signIn("guess"));
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-512 SCRAM-SHA-256 SCRAM-SHA-1 PLAIN"));
        QVERIFY(!play.server.authenticates("SCRAM-SHA-512"));
        play.waitsFor(State::NeedsPassword);
        play.server.takesEnd(); // and nothing else: no other mechanism, no second try
        QCOMPARE(record.errors.size(), 1);
        QCOMPARE(record.errors[0].kind, Error::Kind::Auth);
        QCOMPARE(record.errors[0].condition, QStringLiteral("not-authorized"));
        play.clock.advance(1h);
        QCoreApplication::processEvents();
        QCOMPARE(play.attempts(), 1);
        // Without a new one it is not tried either.
        play.connection.start();
        QCOMPARE(play.connection.state(), State::NeedsPassword);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("needs-password"));
        QCOMPARE(play.attempts(), 1);
        play.connection.setSignIn(Play::signIn());
        play.goesOnline();
        QCOMPARE(play.attempts(), 2);
    }

    /// RFC 6120 6.5: what only a person can mend ends the tries; what passes does not.
    void saslFailures_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("condition");
        const auto row = [](const char *word, State state, const char *condition) {
            QTest::newRow(word) << int(state) << QString::fromLatin1(condition);
        };
        row("not-authorized", State::NeedsPassword, "not-authorized");
        row("credentials-expired", State::NeedsPassword, "credentials-expired");
        row("account-disabled", State::Offline, "account-disabled");
        row("mechanism-too-weak", State::Offline, "mechanism-too-weak");
        row("encryption-required", State::Offline, "encryption-required");
        row("malformed-request", State::Offline, "malformed-request");
        row("temporary-auth-failure", State::Waiting, "temporary-auth-failure");
        row("no-such-word", State::NeedsPassword, "not-authorized");
    }
    void saslFailures()
    {
        QFETCH(int, state);
        QFETCH(QString, condition);
        Play play;
        Record record(play.connection);
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        play.server.takes();
        play.server.send(QByteArray("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><text>Sorry</text><")
                         + QTest::currentDataTag() + "/></failure>");
        play.waitsFor(State(state));
        QCOMPARE(record.errors.size(), 1);
        QCOMPARE(record.errors[0].kind, Error::Kind::Auth);
        QCOMPARE(record.errors[0].condition, condition);
        QVERIFY(record.errors[0].detail.contains(QStringLiteral("Sorry")));
        const bool goesOn = State(state) == State::Waiting;
        play.clock.advance(goesOn ? play.connection.untilNextTry() : 1h);
        QTRY_COMPARE(play.attempts(), goesOn ? 2 : 1);
    }

    /// Another of our clients took the resource: back once with another one, and no war.
    void conflict()
    {
        const QByteArray conflict =
            "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>";
        Play play;
        play.goesOnline();
        QCOMPARE(play.server.bindRequest, QByteArray("orchard"));
        play.server.send(conflict);
        play.waitsFor(State::Waiting);
        play.clock.advance(play.connection.untilNextTry());
        play.signsIn();
        QCOMPARE(play.server.bindRequest, QByteArray());
        play.clock.advance(50s);
        play.server.send(conflict);
        play.waitsFor(State::Offline);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Stream);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("conflict"));
        play.clock.advance(1h);
        QCoreApplication::processEvents();
        QCOMPARE(play.attempts(), 2);
        // The person may.
        play.goesOnline();
        QCOMPARE(play.server.bindRequest, QByteArray("orchard"));
        // After a minute of peace it is no war.
        for (int i = 0; i < 3; ++i) {
            play.clock.advance(61s);
            play.server.send(conflict);
            play.waitsFor(State::Waiting);
            play.clock.advance(play.connection.untilNextTry());
            play.signsIn();
        }
    }

    void brokenSession()
    {
        Play play;
        play.goesOnline();
        QSignalSpy offline(&play.client, &xmpp::Client::offline);
        Scope scope;
        std::optional<Result<xml::Element>> answer;
        scope.run(tests::into(&answer, play.client.get(Jid(), xml::Builder("q", "urn:q").build())));
        QVERIFY(!answer);
        play.transport().lose();
        QCOMPARE(offline.size(), 1);
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().condition, QStringLiteral("connection-lost"));
        QCOMPARE(play.connection.state(), State::Waiting);
        QVERIFY(!play.client.isOnline());
        QCOMPARE(play.client.self().toString(), QStringLiteral("romeo@montague.lit"));
        play.client.send(tests::parsed("<message/>")); // goes nowhere
        play.clock.advance(play.connection.untilNextTry());
        play.signsIn();
        QVERIFY(play.server.isSilent());
    }

    void breakOff()
    {
        Play play;
        play.goesOnline();
        play.connection.breakOff(networkError("connection-lost"));
        QCOMPARE(play.connection.state(), State::Waiting);
        QVERIFY(!play.transport().isOpen);
        QVERIFY(play.transport().all.endsWith("</stream:stream>"));
    }

    /// A server that is connected to, and is silent from then on, costs 90 s at most.
    void attemptsEnd()
    {
        Play play;
        play.connection.start();
        QTRY_COMPARE(play.attempts(), 1);
        for (int i = 0; i < 4 && play.connection.state() == State::Connecting; ++i) {
            QCoreApplication::processEvents();
            play.clock.advance(30s);
        }
        QCOMPARE(play.connection.state(), State::Waiting);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Timeout);
    }

    /// Whoever hears of a state may stop, or start again, at once.
    void orderedFromASlot()
    {
        for (const State when : {State::Connecting, State::Online, State::Waiting}) {
            Play play;
            QSignalSpy online(&play.client, &xmpp::Client::online);
            const auto stop = [&] {
                if (play.connection.state() == when)
                    play.connection.stop();
            };
            connect(&play.connection, &Connection::stateChanged, this, stop);
            if (when == State::Waiting)
                play.prepare = [](tests::FakeTransport &transport) {
                    transport.openError = networkError("connection-refused");
                };
            play.connection.start();
            if (when == State::Online) {
                play.server.offersTls();
                play.server.signsIn();
                play.server.takesEnd();
                play.server.send("</stream:stream>");
            }
            play.waitsFor(State::Offline);
            QCOMPARE(online.size(), 0);
            play.clock.advance(1h);
            QCoreApplication::processEvents();
            QVERIFY(play.attempts() <= 1);
        }
        Play play;
        play.connection.setSignIn(Play::signIn("guess"));
        const auto again = [&] {
            if (play.connection.state() != State::NeedsPassword)
                return;
            play.connection.setSignIn(Play::signIn());
            play.connection.start();
        };
        connect(&play.connection, &Connection::stateChanged, this, again);
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(!play.server.authenticates());
        QTRY_COMPARE(play.attempts(), 2);
        play.signsIn();
    }
};

BALCONY_TEST(TestConnection)
#include "tst_connection.moc"
