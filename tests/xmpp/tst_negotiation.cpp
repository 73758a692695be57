// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/play.h"
#include "support/testmain.h"

using namespace std::chrono_literals;
using tests::Play;
using tests::ServerScript;
using xmpp::Connection;

namespace {

/// The steps of a sign-in at which the server speaks.
enum At {
    PlainHeader,
    PlainFeatures,
    Proceed,
    SecureHeader,
    SaslFeatures,
    Challenge,
    Success,
    BindHeader,
    BindFeatures,
    BindAnswer,
    Steps
};
const char *const names[] = {"plain header", "plain features", "proceed",     "secure header", "sasl features",
                             "challenge",    "success",        "bind header", "bind features", "bind answer"};

/// Plays honestly up to, and without, the server's words at `at`; the client waits for them.
void playUpTo(Play &play, At at)
{
    play.connection.start();
    ServerScript &server = play.server;
    server.takesHeader();
    if (at == PlainHeader)
        return;
    server.send(ServerScript::header);
    if (at == PlainFeatures)
        return;
    server.send(ServerScript::startTlsFeatures);
    server.takes();
    if (at == Proceed)
        return;
    server.send(ServerScript::proceed);
    server.takesHeader();
    if (at == SecureHeader)
        return;
    server.send(ServerScript::header);
    if (at == SaslFeatures)
        return;
    server.send(ServerScript::saslFeatures("SCRAM-SHA-1"));
    tests::ScramServer scram(QCryptographicHash::Sha1, "secret");
    const QByteArray first = server.takesSasl("auth");
    if (at == Challenge)
        return;
    server.send(ServerScript::sasl("challenge", scram.challenge(first)));
    const QByteArray final = scram.final(server.takesSasl("response"));
    if (at == Success)
        return;
    server.send(ServerScript::sasl("success", final));
    server.takesHeader();
    if (at == BindHeader)
        return;
    server.send(ServerScript::header);
    if (at == BindFeatures)
        return;
    server.send(ServerScript::bindFeatures);
    server.takes();
}

void addSteps()
{
    QTest::addColumn<int>("at");
    for (int at = 0; at < Steps; ++at)
        QTest::newRow(names[at]) << at;
}

} // namespace

/// From nothing to bound (RFC 6120 4 to 7), step by step, with servers that do something else at each.
class TestNegotiation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void byTheBook()
    {
        Play play;
        play.connection.start();
        QTRY_COMPARE(play.attempts(), 1);
        const xml::Element plain = play.server.takesHeader();
        QCOMPARE(plain.attribute("to"), QStringLiteral("montague.lit"));
        QVERIFY(!plain.hasAttribute("from")); // RELIABILITY 1.26
        play.server.send(ServerScript::header);
        play.server.send(ServerScript::startTlsFeatures);
        QVERIFY(play.server.takes().is("starttls", xmpp::ns::tls));
        QVERIFY(!play.transport().startedTls);
        play.server.send(ServerScript::proceed);
        const xml::Element secure = play.server.takesHeader();
        QCOMPARE(secure.attribute("from"), QStringLiteral("romeo@montague.lit"));
        play.server.send(ServerScript::header);
        play.server.send(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(play.server.authenticates());
        play.server.binds();
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.server.bindRequest, QByteArray("orchard"));
        QCOMPARE(play.transport().plain,
                 QByteArray("<?xml version='1.0'?><stream:stream to='montague.lit' version='1.0' xmlns='jabber:client' "
                            "xmlns:stream='http://etherx.jabber.org/streams'>"
                            "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"));
        const xmpp::SignedIn &facts = play.connection.facts();
        QCOMPARE(facts.jid.toString(), QStringLiteral("romeo@montague.lit/orchard"));
        QCOMPARE(facts.mechanism, QStringLiteral("SCRAM-SHA-1"));
        QCOMPARE(facts.tls.version, QStringLiteral("TLSv1.3"));
        QVERIFY(facts.features.hasChild("bind", xmpp::ns::bind));
        QCOMPARE(play.client.self(), facts.jid);
    }

    void directTls()
    {
        Play play;
        play.prepare = [](tests::FakeTransport &transport) { transport.direct = true; };
        play.connection.start();
        play.server.signsIn();
        play.waitsFor(Connection::State::Online);
        QVERIFY(!play.transport().startedTls);
        QVERIFY(play.transport().plain.isEmpty());
    }

    /// RELIABILITY 1.24: there is no way around TLS.
    void mandatoryTls_data()
    {
        QTest::addColumn<QByteArray>("features");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("condition");
        QTest::newRow("stripped") << ServerScript::saslFeatures("SCRAM-SHA-1 PLAIN") << QByteArray()
                                  << QStringLiteral("tls-not-offered");
        QTest::newRow("nothing") << QByteArray("<stream:features/>") << QByteArray()
                                 << QStringLiteral("tls-not-offered");
        QTest::newRow("bind") << QByteArray(ServerScript::bindFeatures) << QByteArray()
                              << QStringLiteral("tls-not-offered");
        QTest::newRow("other namespace") << QByteArray("<stream:features><starttls/></stream:features>") << QByteArray()
                                         << QStringLiteral("tls-not-offered");
        QTest::newRow("refused") << QByteArray(ServerScript::startTlsFeatures)
                                 << QByteArray("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                                 << QStringLiteral("tls-refused");
        QTest::newRow("injected") << QByteArray(ServerScript::startTlsFeatures)
                                  << ServerScript::proceed + QByteArray("<message><body>Hello</body></message>")
                                  << QStringLiteral("tls-early-data");
    }
    void mandatoryTls()
    {
        QFETCH(QByteArray, features);
        QFETCH(QByteArray, answer);
        QFETCH(QString, condition);
        Play play;
        QSignalSpy messages(&play.client, &xmpp::Client::message);
        play.connection.start();
        play.server.opens(features);
        if (!answer.isEmpty()) {
            play.server.takes();
            play.server.send(answer);
        }
        play.waitsFor(Connection::State::Waiting);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Tls);
        QCOMPARE(play.connection.error()->condition, condition);
        QVERIFY(!play.transport().isOpen);
        QVERIFY(!play.transport().all.contains("auth"));
        QVERIFY(!play.transport().all.contains("romeo"));
        QCOMPARE(messages.size(), 0);
    }

    /// At each step: an element of any other step, a stanza, a foreign word. Each is the end, and nothing of it is looked at.
    void illegalAtEachStep_data() { addSteps(); }
    void illegalAtEachStep()
    {
        QFETCH(int, at);
        const bool isHeader = at == PlainHeader || at == SecureHeader || at == BindHeader;
        const QByteArray prefix = isHeader ? QByteArray(ServerScript::header) : QByteArray();
        for (const char *word : {"<message from='juliet@capulet.lit'><body>x</body></message>", "<presence/>",
                                 "<iq type='set' id='a'><query xmlns='jabber:iq:roster'/></iq>",
                                 "<proceed xmlns='urn:x'/>", "<success xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
                                 "<stream:message/>", "<abracadabra xmlns='urn:x'/>"}) {
            if (at == BindAnswer && QByteArray(word).startsWith("<iq"))
                continue; // an iq is legal here, but this one is no answer: see wrongBind
            Play play;
            QSignalSpy messages(&play.client, &xmpp::Client::message);
            QSignalSpy presences(&play.client, &xmpp::Client::presence);
            playUpTo(play, At(at));
            play.transport().takeWritten();
            play.transport().receive(prefix + word);
            play.waitsFor(Connection::State::Waiting);
            QCOMPARE(play.connection.error()->kind, Error::Kind::Protocol);
            QCOMPARE(play.connection.error()->condition, QStringLiteral("unsupported-stanza-type"));
            QVERIFY(!play.transport().isOpen);
            const bool isPlain = at <= Proceed;
            QCOMPARE(play.transport().written,
                     isPlain
                         ? QByteArray()
                         : QByteArray("<stream:error><unsupported-stanza-type "
                                      "xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>"));
            QCOMPARE(messages.size() + presences.size(), 0);
        }
    }

    void streamErrorAtEachStep_data() { addSteps(); }
    void streamErrorAtEachStep()
    {
        QFETCH(int, at);
        const bool isHeader = at == PlainHeader || at == SecureHeader || at == BindHeader;
        Play play;
        playUpTo(play, At(at));
        play.transport().receive(
            (isHeader ? QByteArray(ServerScript::header) : QByteArray())
            + "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
        play.waitsFor(Connection::State::Waiting);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Stream);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("host-unknown"));
        QVERIFY(!play.transport().isOpen);
    }

    /// RELIABILITY N01: the connection breaks, the server closes, or says nothing any more.
    void endsAtEachStep_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("how");
        for (int at = 0; at < Steps; ++at) {
            for (int how = 0; how < 4; ++how)
                QTest::addRow("%s, %s", names[at],
                              how == 0       ? "lost"
                                  : how == 1 ? "end tag"
                                  : how == 2 ? "bad XML"
                                             : "silence")
                    << at << how;
        }
    }
    void endsAtEachStep()
    {
        QFETCH(int, at);
        QFETCH(int, how);
        const bool isHeader = at == PlainHeader || at == SecureHeader || at == BindHeader;
        Play play;
        QSignalSpy online(&play.client, &xmpp::Client::online);
        playUpTo(play, At(at));
        if (how == 0)
            play.transport().lose();
        else if (how == 1)
            play.transport().receive((isHeader ? QByteArray(ServerScript::header) : QByteArray()) + "</stream:stream>");
        else if (how == 2)
            play.transport().receive("<a></b>");
        else
            play.clock.advance(30s);
        play.waitsFor(Connection::State::Waiting);
        const Error::Kind kinds[] = {Error::Kind::Network, Error::Kind::Network, Error::Kind::Protocol,
                                     Error::Kind::Timeout};
        QCOMPARE(play.connection.error()->kind, kinds[how]);
        QCOMPARE(online.size(), 0);
        // No half state: the next attempt begins anew, and gets there.
        play.clock.advance(play.connection.untilNextTry());
        QTRY_COMPARE(play.attempts(), 2);
        play.signsIn();
        QCOMPARE(online.size(), 1);
    }

    /// RELIABILITY T15 and 1.36: nobody else's address.
    void wrongBind_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("condition");
        const auto bound = [](const QByteArray &jid) {
            return "<iq type='result' id='$id'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>" + jid
                + "</jid></bind></iq>";
        };
        const int auth = int(Error::Kind::Auth);
        const int protocol = int(Error::Kind::Protocol);
        QTest::newRow("another user") << bound("benvolio@montague.lit/x") << auth << QStringLiteral("wrong-identity");
        QTest::newRow("another domain") << bound("romeo@capulet.lit/x") << auth << QStringLiteral("wrong-identity");
        QTest::newRow("bare") << bound("romeo@montague.lit") << auth << QStringLiteral("wrong-identity");
        QTest::newRow("server") << bound("montague.lit/x") << auth << QStringLiteral("wrong-identity");
        QTest::newRow("nothing") << bound("") << auth << QStringLiteral("wrong-identity");
        QTest::newRow("no payload") << QByteArray("<iq type='result' id='$id'/>") << auth
                                    << QStringLiteral("wrong-identity");
        QTest::newRow("another id") << QByteArray("<iq type='result' id='x$id'/>") << protocol
                                    << QStringLiteral("bad-format");
        QTest::newRow("no id") << QByteArray("<iq type='result'/>") << protocol << QStringLiteral("bad-format");
        QTest::newRow("a request") << QByteArray("<iq type='get' id='other'><q xmlns='urn:q'/></iq>") << protocol
                                   << QStringLiteral("bad-format");
        QTest::newRow("refused") << QByteArray("<iq type='error' id='$id'><error type='cancel'><not-allowed "
                                               "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
                                 << int(Error::Kind::Stanza) << QStringLiteral("not-allowed");
    }
    void wrongBind()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, kind);
        QFETCH(QString, condition);
        Play play;
        QSignalSpy online(&play.client, &xmpp::Client::online);
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(play.server.authenticates());
        play.server.opens(ServerScript::bindFeatures);
        const QByteArray id = play.server.takes().attribute("id").toUtf8();
        play.server.send(answer.replace("$id", id));
        QTRY_VERIFY(play.connection.error());
        QCOMPARE(int(play.connection.error()->kind), kind);
        QCOMPARE(play.connection.error()->condition, condition);
        QCOMPARE(online.size(), 0);
        QCOMPARE(play.client.self().toString(), QStringLiteral("romeo@montague.lit"));
        // Who signs us in as somebody else is not tried again.
        QCOMPARE(play.connection.state(),
                 kind == int(Error::Kind::Auth) ? Connection::State::Offline : Connection::State::Waiting);
        QVERIFY(!play.transport().isOpen);
    }

    void addressesAreComparedPrepared()
    {
        Play play;
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(play.server.authenticates());
        play.server.binds("ROMEO@Montague.lit/Given by the server");
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.client.self().toString(), QStringLiteral("romeo@montague.lit/Given by the server"));
    }

    /// RFC 6120 7.7.2.2: a taken resource costs the resource, not the session.
    void takenResource()
    {
        Play play;
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(play.server.authenticates());
        play.server.opens(ServerScript::bindFeatures);
        const QByteArray id = play.server.takes().attribute("id").toUtf8();
        play.server.send(
            "<iq type='error' id='" + id
            + "'><error type='modify'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        const xml::Element again = play.server.takes();
        QVERIFY(again.hasChild("bind", xmpp::ns::bind));
        QCOMPARE(again.child("bind", xmpp::ns::bind).childCount(), 0);
        play.server.send(
            "<iq type='result' id='" + again.attribute("id").toUtf8()
            + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@montague.lit/4711</jid></bind></iq>");
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.client.self().resource(), QStringLiteral("4711"));
    }

    void noBindOffered()
    {
        Play play;
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(play.server.authenticates());
        play.server.opens("<stream:features/>");
        play.waitsFor(Connection::State::Waiting);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Protocol);
    }

    /// RFC 3921 3, as old servers want it; and as new ones say that it is not wanted.
    void sessions_data()
    {
        QTest::addColumn<QByteArray>("session");
        QTest::addColumn<bool>("asked");
        QTest::newRow("required") << QByteArray("<session xmlns='urn:ietf:params:xml:ns:xmpp-session'/>") << true;
        QTest::newRow("optional") << QByteArray(
            "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session>")
                                  << false;
    }
    void sessions()
    {
        QFETCH(QByteArray, session);
        QFETCH(bool, asked);
        Play play;
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(play.server.authenticates());
        play.server.opens("<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>" + session
                          + "</stream:features>");
        const QByteArray id = play.server.takes().attribute("id").toUtf8();
        play.server.send(
            "<iq type='result' id='" + id
            + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@montague.lit/orchard</jid></bind></iq>");
        if (asked) {
            const xml::Element iq = play.server.takes();
            QVERIFY(iq.hasChild("session", xmpp::ns::session));
            QCOMPARE(play.connection.state(), Connection::State::Connecting);
            play.server.send("<iq type='result' id='" + iq.attribute("id").toUtf8() + "'/>");
        }
        play.waitsFor(Connection::State::Online);
        QVERIFY(play.server.isSilent());
    }

    /// RELIABILITY S11: compression is never asked for, whoever offers it.
    void compressionIsNeverUsed()
    {
        const QByteArray zlib =
            "<compression xmlns='http://jabber.org/features/compress'><method>zlib</method></compression></stream:features>";
        Play play;
        play.connection.start();
        play.server.offersTls();
        play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1").replace("</stream:features>", zlib));
        QVERIFY(play.server.authenticates());
        play.server.opens(QByteArray(ServerScript::bindFeatures).replace("</stream:features>", zlib));
        QVERIFY(play.server.takes().hasChild("bind", xmpp::ns::bind));
        QVERIFY(!play.transport().all.contains("compress"));
    }
};

BALCONY_TEST(TestNegotiation)
#include "tst_negotiation.moc"
