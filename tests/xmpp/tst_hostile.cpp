// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/sockettransport.h"
#include "net/testca.h"
#include "support/fixedrandom.h"
#include "support/manualclock.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"
#include "xmpp/connection.h"
#include "xmpp/message.h"
#include "xmpp/ns.h"

#include <QTemporaryDir>

using namespace std::chrono_literals;
using namespace tests;
using xmpp::Connection;

namespace {

/// Names as the test gives them; no question leaves this computer.
class NoLookup final : public net::Lookup
{
public:
    Task<Result<std::vector<net::SrvRecord>>> services(QString) override { co_return std::vector<net::SrvRecord>{}; }
    Task<Result<QList<QHostAddress>>> addresses(QString host) override
    {
        const QHostAddress literal(host);
        if (literal.isNull())
            co_return fail(Error::Kind::Network, QStringLiteral("host-unknown"),
                           QStringLiteral("There is no host named %1.").arg(host));
        co_return QList<QHostAddress>{literal};
    }
};

/// A client as it is, with real sockets and TLS, whose clock the test turns.
struct Victim {
    explicit Victim(net::Verifier &v) : verifier(v)
    {
        account(QStringLiteral("127.0.0.1"), 0, net::TlsMode::StartTls);
        QObject::connect(&client, &xmpp::Client::message, &context, [this](const xmpp::Incoming &incoming) {
            heard.append(xmpp::Message::bodyOf(incoming.element()));
        });
        QObject::connect(&connection, &Connection::stateChanged, &context, [this] {
            if (connection.error())
                errors.append(*connection.error());
        });
    }
    void account(const QString &host, quint16 port, net::TlsMode tls, const char *password = "secret")
    {
        xmpp::SignIn signIn;
        signIn.account = Jid::fromWire(QStringLiteral("romeo@montague.lit"));
        signIn.destination = {QStringLiteral("montague.lit"), host, port, tls};
        signIn.resource = QStringLiteral("orchard");
        QByteArray bytes = password;
        signIn.password = std::make_shared<const SecretBytes>(SecretBytes::take(bytes));
        client.setAccount(signIn.account);
        connection.setSignIn(signIn);
    }
    bool gets(Connection::State state)
    {
        return QTest::qWaitFor([&] { return connection.state() == state; }, 30'000);
    }

    net::Verifier &verifier;
    ManualClock clock;
    FixedRandom random;
    NoLookup lookup;
    net::SystemResolver resolver{lookup, clock, random};
    Worker worker{QStringLiteral("test")};
    xmpp::Client client{clock, random};
    Connection connection{client, [this] { return std::make_unique<net::SocketTransport>(resolver, verifier, clock); },
                          clock, random, worker};
    QStringList heard;
    QList<Error> errors;
    QObject context;
};

QByteArray from(const QByteArray &inside)
{
    return "<message from='juliet@capulet.lit/x'>" + inside + "</message>";
}

} // namespace

/// Servers that break the rules, with raw bytes over real sockets: the cases of RELIABILITY 3.4 and 3.5 by their numbers.
class TestHostile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    Issued m_authority = makeAuthority();
    base::SystemClock m_clock;
    std::unique_ptr<net::TrustStore> m_trust;
    std::unique_ptr<net::Verifier> m_verifier;
    TlsPeer::Context m_context;

    Issued leaf(Paper paper = {.names = {QStringLiteral("DNS:montague.lit")}}) const
    {
        return issue(paper, &m_authority);
    }
    void point(Victim &victim, ScriptedServer &server, bool direct = false, const char *password = "secret")
    {
        victim.account(QStringLiteral("127.0.0.1"), server.port(),
                       direct ? net::TlsMode::Direct : net::TlsMode::StartTls, password);
    }
    void signIn(Victim &victim, ScriptedServer &server)
    {
        server.signsIn();
        QVERIFY(victim.gets(Connection::State::Online));
    }
    /// The client still works: on this stream, or on the next one.
    void probe(Victim &victim, ScriptedServer &server)
    {
        if (victim.connection.state() != Connection::State::Online) {
            const int before = server.connections();
            victim.clock.advance(victim.connection.untilNextTry());
            QTRY_VERIFY_WITH_TIMEOUT(server.connections() > before, 20'000);
            signIn(victim, server);
        }
        victim.heard.clear();
        server.script().send(from("<body>probe</body>"));
        QTRY_COMPARE_WITH_TIMEOUT(victim.heard, QStringList{QStringLiteral("probe")}, 20'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(QStringLiteral("ca.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_authority.pem());
        file.close();
        qputenv("SSL_CERT_FILE", file.fileName().toLocal8Bit());
        qputenv("SSL_CERT_DIR", m_folder.filePath(QStringLiteral("none")).toLocal8Bit());
        m_trust = std::make_unique<net::TrustStore>();
        m_verifier = std::make_unique<net::Verifier>(*m_trust, m_clock);
        m_context = TlsPeer::makeContext(leaf(), {});
    }
    void cleanupTestCase()
    {
        qunsetenv("SSL_CERT_FILE");
        qunsetenv("SSL_CERT_DIR");
    }

    void honest_data()
    {
        QTest::addColumn<bool>("direct");
        QTest::newRow("STARTTLS") << false;
        QTest::newRow("direct TLS") << true;
    }
    void honest()
    {
        QFETCH(bool, direct);
        ScriptedServer server(m_context, direct);
        Victim victim(*m_verifier);
        point(victim, server, direct);
        victim.connection.start();
        signIn(victim, server);
        probe(victim, server);
        QVERIFY(victim.connection.facts().tls.verified);
        // G2: before TLS the header and <starttls/>, to the letter.
        QCOMPARE(server.plain(),
                 direct ? QByteArray()
                        : QByteArray(
                            "<?xml version='1.0'?><stream:stream to='montague.lit' version='1.0' xmlns='jabber:client' "
                            "xmlns:stream='http://etherx.jabber.org/streams'>"
                            "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"));
        victim.connection.stop();
        server.script().takesEnd();
        server.script().send("</stream:stream>");
        QVERIFY(victim.gets(Connection::State::Offline));
        QVERIFY(server.isLeft());
        QVERIFY(victim.errors.isEmpty());
    }

    /// Bytes within a session: harmless (then what is heard), or the end of the stream with this condition.
    void inSession_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("heard");
        const auto closes = [](const char *name, const QByteArray &bytes, const char *condition) {
            QTest::newRow(name) << bytes << QString::fromLatin1(condition) << QString();
        };
        const auto harmless = [](const char *name, const QByteArray &bytes, const char *heard = "") {
            QTest::newRow(name) << bytes << QString() << QString::fromUtf8(heard);
        };
        closes("S02 comment in a body", from("<body>a<!---->b</body>"), "restricted-xml");
        closes("S02 comment between stanzas", "<!-- hello -->", "restricted-xml");
        closes("S02 comment in a tag", "<mess<!---->age/>", "not-well-formed");
        closes("S02 instruction", "<?xml-stylesheet href='x'?>", "restricted-xml");
        closes("S02 instruction in a body", from("<body><?php ?></body>"), "restricted-xml");
        closes("S02 DTD", "<!DOCTYPE x [<!ENTITY lol 'lol'>]>", "restricted-xml");
        closes("S02 entity", from("<body>&lol;</body>"), "not-well-formed");
        closes("S05 jabber:server",
               "<message xmlns='jabber:server' from='juliet@capulet.lit/x'><body>x</body></message>",
               "unsupported-stanza-type");
        harmless("S05 prefixed",
                 "<x:message xmlns:x='jabber:client' from='juliet@capulet.lit/x'><x:body>prefixed</x:body></x:message>",
                 "prefixed");
        closes("S05 unbound prefix", "<x:message from='juliet@capulet.lit/x'/>", "bad-namespace-prefix");
        closes("S05 unbound prefix of an attribute", "<message x:from='juliet@capulet.lit/x'/>",
               "bad-namespace-prefix");
        closes("S05 attribute twice", "<message from='a@b.test' from='c@d.test'/>", "not-well-formed");
        closes("S05 xml: bound elsewhere", "<message xmlns:xml='urn:x'/>", "bad-namespace-prefix");
        closes("S05 xmlns: bound", "<message xmlns:xmlns='urn:x'/>", "bad-namespace-prefix");
        closes("S05 xml's namespace bound elsewhere", "<message xmlns:x='http://www.w3.org/XML/1998/namespace'/>",
               "bad-namespace-prefix");
        harmless("S05 xml:lang", "<message xml:lang='it' from='juliet@capulet.lit/x'><body>ciao</body></message>",
                 "ciao");
        harmless("S06 two bodies", from("<body xml:lang='de'>zwei</body><body>one</body><body>three</body>"), "one");
        harmless("S06 children in a body", from("<body>a<b xmlns='urn:x'>evil</b>c</body>"), "ac");
        harmless("S06 another body", from("<body xmlns='http://www.w3.org/1999/xhtml'>evil</body><body>good</body>"),
                 "good");
        closes("S06 twice by prefix", "<message xmlns:x='urn:x' xmlns:y='urn:x' x:from='a@b.test' y:from='c@d.test'/>",
               "not-well-formed");
        closes("S12 &#0;", from("<body>&#0;</body>"), "not-well-formed");
        closes("S12 &#x1;", from("<body>&#x1;</body>"), "not-well-formed");
        closes("S12 &#xFFFE;", from("<body>&#xFFFE;</body>"), "not-well-formed");
        closes("S12 &#xD800;", from("<body>&#xD800;</body>"), "not-well-formed");
        closes("S12 &#x110000;", from("<body>&#x110000;</body>"), "not-well-formed");
        closes("S12 NUL", from(QByteArray("<body>\0</body>", 14)), "not-well-formed");
        closes("UTF-8: lone byte", from("<body>\x80</body>"), "not-well-formed");
        closes("UTF-8: overlong", from("<body>\xC0\xBC</body>"), "not-well-formed");
        closes("UTF-8: surrogate", from("<body>\xED\xA0\x80</body>"), "not-well-formed");
        closes("S14 second header", "<?xml version='1.0'?>", "restricted-xml");
        closes("S14 second header, no declaration", "<stream:stream id='2' version='1.0'>" + from("<body>x</body>"),
               "bad-format");
        closes("features again", "<stream:features/>", "unsupported-stanza-type");
        closes("SASL again", "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", "unsupported-stanza-type");
        closes("TLS again", ServerScript::proceed, "unsupported-stanza-type");
        harmless("white space", "  \n\t \r\n ");
        harmless("no address", "<message from='@'><body>x</body></message>");
    }
    void inSession()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, condition);
        QFETCH(QString, heard);
        ScriptedServer server(m_context);
        Victim victim(*m_verifier);
        point(victim, server);
        victim.connection.start();
        signIn(victim, server);
        server.script().send(from("<body>before</body>") + bytes + from("<body>after</body>"));
        if (condition.isEmpty()) {
            QStringList expected{QStringLiteral("before"), QStringLiteral("after")};
            if (!heard.isEmpty())
                expected.insert(1, heard);
            QTRY_COMPARE_WITH_TIMEOUT(victim.heard, expected, 20'000);
            QVERIFY(victim.errors.isEmpty());
        } else {
            const xml::Element error = server.script().takes();
            QVERIFY(error.is("error", xmpp::ns::stream));
            QCOMPARE(QString::fromStdString(std::string(error.firstChild().name())), condition);
            server.script().takesEnd();
            QVERIFY(server.isLeft());
            QVERIFY(victim.gets(Connection::State::Waiting));
            QCOMPARE(victim.errors.size(), 1);
            QCOMPARE(victim.errors[0].kind, Error::Kind::Protocol);
            QCOMPARE(victim.errors[0].condition, condition);
            QCOMPARE(victim.heard, QStringList{QStringLiteral("before")}); // nothing of it, and nothing behind it
        }
        probe(victim, server);
    }

    /// S13 and S14: what stands at the start of the stream, before TLS.
    void headers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("condition");
        const QByteArray header = QByteArray(ServerScript::header).mid(21);
        QTest::newRow("S13 UTF-16 declared")
            << "<?xml version='1.0' encoding='UTF-16'?>" + header << QStringLiteral("unsupported-encoding");
        QTest::newRow("S13 UTF-7 declared")
            << "<?xml version='1.0' encoding='UTF-7'?>" + header << QStringLiteral("unsupported-encoding");
        QTest::newRow("S13 byte order mark") << "\xEF\xBB\xBF" + QByteArray(ServerScript::header) << QString();
        QTest::newRow("S13 standalone") << "<?xml version='1.0' standalone='yes'?>" + header << QString();
        QTest::newRow("S14 namespace") << QByteArray("<stream:stream xmlns:stream='urn:x' id='a' version='1.0'>")
                                       << QStringLiteral("invalid-namespace");
        QTest::newRow("S14 no id") << QByteArray(ServerScript::header).replace("id='s1' ", "")
                                   << QStringLiteral("invalid-xml");
        QTest::newRow("S14 other from") << QByteArray(ServerScript::header).replace("montague.lit", "capulet.lit")
                                        << QStringLiteral("invalid-from");
        QTest::newRow("S14 version 0.9") << QByteArray(ServerScript::header).replace("version='1.0'>", "version='0.9'>")
                                         << QStringLiteral("unsupported-version");
        QTest::newRow("S14 version 2.0") << QByteArray(ServerScript::header).replace("version='1.0'>", "version='2.0'>")
                                         << QString();
        QTest::newRow("no XMPP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n<html>")
                                 << QStringLiteral("captive-portal");
    }
    void headers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, condition);
        ScriptedServer server(m_context);
        Victim victim(*m_verifier);
        point(victim, server);
        victim.connection.start();
        server.script().takesHeader();
        const QByteArray before = server.plain();
        server.script().send(bytes);
        if (condition.isEmpty()) {
            server.script().send(ServerScript::startTlsFeatures);
            QVERIFY(server.script().takes().is("starttls", xmpp::ns::tls));
            return;
        }
        QVERIFY(victim.gets(Connection::State::Waiting));
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].condition, condition);
        QVERIFY(server.isLeft());
        QCOMPARE(server.plain(), before); // G2
    }

    void earlyData()
    {
        ScriptedServer server(m_context);
        Victim victim(*m_verifier);
        point(victim, server);
        victim.connection.start();
        server.script().opens(ServerScript::startTlsFeatures);
        server.script().takes();
        server.script().send(ServerScript::proceed + from("<body>injected</body>"));
        QVERIFY(victim.gets(Connection::State::Waiting));
        QCOMPARE(victim.errors[0].condition, QStringLiteral("tls-early-data"));
        QVERIFY(server.isLeft());
        QVERIFY(victim.heard.isEmpty());
        QVERIFY(!server.plain().contains("romeo"));
        probe(victim, server);
    }

    void s15Requests()
    {
        ScriptedServer server(m_context);
        Victim victim(*m_verifier);
        point(victim, server);
        victim.client.router().answer("get", "ping", "urn:xmpp:ping",
                                      [](const xmpp::Incoming &, xmpp::Reply reply) { reply.result(); });
        victim.connection.start();
        signIn(victim, server);
        const QByteArray mallory = " from='mallory@evil.test/x'";
        QByteArray words = "<iq type='get'" + mallory + "><q xmlns='urn:q'/></iq>" // no id
            + "<iq type='result' id='nothing'" + mallory + "/><iq type='error' id='nothing'" + mallory + "/>"
            + "<iq type='get' id='two'" + mallory + "><ping xmlns='urn:xmpp:ping'/><ping xmlns='urn:xmpp:ping'/></iq>"
            + "<iq type='dance' id='dance'" + mallory + "><ping xmlns='urn:xmpp:ping'/></iq>";
        server.script().send(words);
        for (const char *id : {"two", "dance"}) {
            const xml::Element answer = server.script().takes();
            QCOMPARE(answer.attribute("id"), QString::fromLatin1(id));
            QVERIFY(answer.child("error", xmpp::ns::client).hasChild("bad-request", xmpp::ns::stanzaErrors));
        }
        words.clear();
        for (int i = 0; i < 1000; ++i)
            words += "<iq type='get' id='" + QByteArray::number(i) + "'" + mallory + "><q xmlns='urn:unknown'/></iq>";
        server.script().send(words + "<iq type='get' id='known'" + mallory + "><ping xmlns='urn:xmpp:ping'/></iq>");
        int refusals = 0;
        for (;;) {
            const xml::Element answer = server.script().takes();
            if (QTest::currentTestFailed() || answer.attribute("id") == u"known")
                break;
            ++refusals;
        }
        QCOMPARE(refusals, xmpp::Router::mostRefusals - 2);
        probe(victim, server);
    }

    void s16WhiteSpace()
    {
        ScriptedServer server(m_context);
        Victim victim(*m_verifier);
        point(victim, server);
        victim.connection.start();
        signIn(victim, server);
        for (int i = 0; i < 10; ++i)
            server.script().send(QByteArray(1024 * 1024, ' '));
        probe(victim, server);
        QVERIFY(victim.errors.isEmpty());
    }

    void s16SlowNegotiation()
    {
        ScriptedServer server(m_context);
        Victim victim(*m_verifier);
        point(victim, server);
        victim.connection.start();
        server.script().takesHeader();
        const QByteArray header = ServerScript::header;
        for (int second = 0; second < 30; ++second) {
            QCOMPARE(victim.connection.state(), Connection::State::Connecting);
            server.script().send(header.mid(second, 1));
            QCoreApplication::processEvents();
            victim.clock.advance(1s);
        }
        QVERIFY(victim.gets(Connection::State::Waiting));
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].kind, Error::Kind::Timeout);
    }

    /// S17, and T16's last part: nothing of a stanza that was cut, however the connection ends.
    void s17Cut_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<int>("how");
        const char *const ways[] = {"cut", "reset", "close_notify"};
        for (int how = 0; how < 3; ++how) {
            QTest::addRow("stanza, %s", ways[how])
                << QByteArray("<message from='juliet@capulet.lit/x'><body>half</body>") << how;
            QTest::addRow("tag, %s", ways[how])
                << QByteArray("<message from='juliet@capulet.lit/x'><body>half</body></mess") << how;
            QTest::addRow("character, %s", ways[how])
                << QByteArray("<message from='juliet@capulet.lit/x'><body>\xE4\xBD") << how;
        }
    }
    void s17Cut()
    {
        QFETCH(QByteArray, part);
        QFETCH(int, how);
        ScriptedServer server(m_context);
        Victim victim(*m_verifier);
        point(victim, server);
        victim.connection.start();
        signIn(victim, server);
        server.script().send(from("<body>whole</body>"));
        QTRY_COMPARE_WITH_TIMEOUT(victim.heard, QStringList{QStringLiteral("whole")}, 20'000);
        server.script().send(part);
        if (how == 0)
            server.cut();
        else if (how == 1)
            server.reset();
        else
            server.closeTls();
        QVERIFY(victim.gets(Connection::State::Waiting));
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].kind, Error::Kind::Network);
        if (how == 0)
            QCOMPARE(victim.errors[0].condition, QStringLiteral("tls-truncated"));
        QCOMPARE(victim.heard, QStringList{QStringLiteral("whole")});
        probe(victim, server);
    }

    void t14Challenges_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QString>("condition");
        QTest::newRow("1") << QByteArray("r=$nonce+,s=c2FsdA==,i=1") << QStringLiteral("weak-iterations");
        QTest::newRow("10^7") << QByteArray("r=$nonce+,s=c2FsdA==,i=10000000")
                              << QStringLiteral("excessive-iterations");
        QTest::newRow("m") << QByteArray("m=x,r=$nonce+,s=c2FsdA==,i=4096") << QStringLiteral("malformed-challenge");
        QTest::newRow("1 MiB") << QByteArray(1024 * 1024, 'x') << QStringLiteral("policy-violation");
    }
    void t14Challenges()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(QString, condition);
        ScriptedServer server(m_context, true);
        Victim victim(*m_verifier);
        point(victim, server, true);
        victim.connection.start();
        server.script().opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        const QByteArray first = server.script().takesSasl("auth");
        server.script().send(
            ServerScript::sasl("challenge", challenge.replace("$nonce", first.mid(first.indexOf("r=") + 2))));
        QTRY_VERIFY_WITH_TIMEOUT(!victim.errors.isEmpty(), 20'000);
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].condition, condition);
        QVERIFY(server.isLeft());
    }

    void t15Identity_data()
    {
        QTest::addColumn<QByteArray>("jid");
        QTest::newRow("another user") << QByteArray("bob@montague.lit/x");
        QTest::newRow("another domain") << QByteArray("romeo@capulet.lit/x");
    }
    void t15Identity()
    {
        QFETCH(QByteArray, jid);
        ScriptedServer server(m_context, true);
        Victim victim(*m_verifier);
        point(victim, server, true);
        victim.connection.start();
        server.script().opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        QVERIFY(server.script().authenticates());
        server.script().binds(jid);
        QVERIFY(victim.gets(Connection::State::Offline));
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].condition, QStringLiteral("wrong-identity"));
        QCOMPARE(victim.client.self().toString(), QStringLiteral("romeo@montague.lit"));
        QVERIFY(server.isLeft());
    }

    void t16OldTls()
    {
        const auto old = TlsPeer::makeContext(leaf(), {.least = TLS1_VERSION, .most = TLS1_1_VERSION});
        for (const bool direct : {false, true}) {
            ScriptedServer server(old, direct);
            Victim victim(*m_verifier);
            point(victim, server, direct);
            victim.connection.start();
            if (!direct) {
                server.script().offersTls();
                server.startTls();
            }
            QVERIFY(victim.gets(Connection::State::Waiting));
            QCOMPARE(victim.errors.size(), 1);
            QCOMPARE(victim.errors[0].kind, Error::Kind::Tls);
            QCOMPARE(victim.errors[0].condition, QStringLiteral("tls-handshake"));
        }
    }

    void t16Alpn()
    {
        const auto wrong = TlsPeer::makeContext(leaf(), {.alpn = "http/1.1"});
        ScriptedServer server(wrong, true);
        Victim victim(*m_verifier);
        point(victim, server, true);
        victim.connection.start();
        QVERIFY(victim.gets(Connection::State::Waiting));
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].kind, Error::Kind::Tls);
    }

    void t17WrongPassword()
    {
        ScriptedServer server(m_context, true);
        Victim victim(*m_verifier);
        point(victim, server, true, "guess");
        victim.connection.start();
        server.script().opens(ServerScript::saslFeatures("SCRAM-SHA-256 SCRAM-SHA-1 PLAIN"));
        QVERIFY(!server.script().authenticates("SCRAM-SHA-256"));
        QVERIFY(victim.gets(Connection::State::NeedsPassword));
        QVERIFY(server.isLeft());
        victim.clock.advance(1h);
        QCoreApplication::processEvents();
        QCOMPARE(server.connections(), 1);
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].condition, QStringLiteral("not-authorized"));
        point(victim, server, true);
        victim.connection.start();
        QTRY_COMPARE_WITH_TIMEOUT(server.connections(), 2, 20'000);
        signIn(victim, server);
    }

    /// One error each, with its word, and no stream.
    void certificates_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<bool>("direct");
        for (const char *condition : {"certificate-name-mismatch", "certificate-self-signed", "certificate-expired",
                                      "certificate-unknown-issuer", "certificate-not-yet-valid"}) {
            for (const bool direct : {false, true})
                QTest::addRow("%s, %s", condition, direct ? "direct" : "STARTTLS")
                    << QString::fromLatin1(condition) << direct;
        }
    }
    void certificates()
    {
        QFETCH(QString, condition);
        QFETCH(bool, direct);
        Paper paper{.names = {QStringLiteral("DNS:montague.lit")}};
        const Issued stranger = makeAuthority(QStringLiteral("Stranger"));
        const Issued *issuer = &m_authority;
        if (condition == u"certificate-name-mismatch")
            paper.names = {QStringLiteral("DNS:capulet.lit"), QStringLiteral("DNS:*.montague.lit"),
                           QStringLiteral("IP:127.0.0.1")};
        else if (condition == u"certificate-self-signed")
            issuer = nullptr;
        else if (condition == u"certificate-unknown-issuer")
            issuer = &stranger;
        else if (condition == u"certificate-expired")
            paper.fromDays = -9, paper.toDays = -1;
        else
            paper.fromDays = 2;
        const Issued shown = issue(paper, issuer);
        ScriptedServer server(TlsPeer::makeContext(shown, {}), direct);
        Victim victim(*m_verifier);
        point(victim, server, direct);
        victim.connection.start();
        if (!direct) {
            server.script().offersTls();
            server.startTls();
        }
        QVERIFY(victim.gets(Connection::State::Waiting));
        QCOMPARE(victim.errors.size(), 1);
        QCOMPARE(victim.errors[0].kind, Error::Kind::Tls);
        QCOMPARE(victim.errors[0].condition, condition);
        QVERIFY(victim.errors[0].detail.contains(QStringLiteral("montague.lit")));
        QVERIFY(server.isLeft());
        QVERIFY(!server.plain().contains("romeo"));
    }

    void unreachable()
    {
        QTcpServer closed;
        closed.listen(QHostAddress::LocalHost);
        const quint16 port = closed.serverPort();
        closed.close();
        for (const auto &[host, condition] :
             {std::pair(QStringLiteral("127.0.0.1"), QStringLiteral("connection-refused")),
              std::pair(QStringLiteral("nowhere.test"), QStringLiteral("host-unknown"))}) {
            Victim victim(*m_verifier);
            victim.account(host, port, net::TlsMode::Automatic);
            victim.connection.start();
            QVERIFY(victim.gets(Connection::State::Waiting));
            QCOMPARE(victim.errors.size(), 1);
            QCOMPARE(victim.errors[0].kind, Error::Kind::Network);
            QCOMPARE(victim.errors[0].condition, condition);
            QVERIFY(!victim.errors[0].detail.isEmpty());
        }
    }

    /// SCRAM bound to the real TLS connection: the server computes the binding on its own side.
    void channelBinding_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<QByteArray>("listed");
        QTest::addColumn<QByteArray>("used");
        QTest::newRow("1.3 exporter") << int(TLS1_3_VERSION) << QByteArray("tls-server-end-point tls-exporter")
                                      << QByteArray("tls-exporter");
        QTest::newRow("1.3 end point") << int(TLS1_3_VERSION) << QByteArray("tls-server-end-point")
                                       << QByteArray("tls-server-end-point");
        // What such a server binds to nobody can tell: there is no list, and TLS 1.3 has no tls-unique.
        QTest::newRow("1.3 no list") << int(TLS1_3_VERSION) << QByteArray() << QByteArray();
        QTest::newRow("1.2 exporter") << int(TLS1_2_VERSION) << QByteArray("tls-exporter")
                                      << QByteArray("tls-exporter");
        QTest::newRow("1.2 end point") << int(TLS1_2_VERSION) << QByteArray("tls-server-end-point")
                                       << QByteArray("tls-server-end-point");
        QTest::newRow("1.2 no list") << int(TLS1_2_VERSION) << QByteArray() << QByteArray("tls-unique");
    }
    void channelBinding()
    {
        QFETCH(int, version);
        QFETCH(QByteArray, listed);
        QFETCH(QByteArray, used);
        const Issued shown = leaf();
        ScriptedServer server(TlsPeer::makeContext(shown, {.least = version, .most = version}), true);
        Victim victim(*m_verifier);
        point(victim, server, true);
        victim.connection.start();
        QVERIFY(QTest::qWaitFor([&] { return server.connections() == 1; }, 20'000));
        QVERIFY(server.isTlsUp());
        QByteArray data;
        if (used == "tls-exporter") {
            data.resize(32);
            const std::string_view label = "EXPORTER-Channel-Binding";
            SSL_export_keying_material(server.ssl(), reinterpret_cast<unsigned char *>(data.data()), 32, label.data(),
                                       label.size(), reinterpret_cast<const unsigned char *>(""), 0, 1);
        } else if (used == "tls-unique") {
            data.resize(64);
            data.truncate(qsizetype(SSL_get_peer_finished(server.ssl(), data.data(), 64)));
        } else if (used == "tls-server-end-point") {
            data = QCryptographicHash::hash(shown.der(), QCryptographicHash::Sha256);
        }
        server.script().bindingData = data;
        server.script().opens(ServerScript::saslFeatures("SCRAM-SHA-256 SCRAM-SHA-256-PLUS", listed));
        const QByteArray mechanism = used.isEmpty() ? "SCRAM-SHA-256" : "SCRAM-SHA-256-PLUS";
        QVERIFY(server.script().authenticates(mechanism));
        QCOMPARE(server.script().gs2Header, used.isEmpty() ? QByteArray("n,,") : "p=" + used + ",,");
        server.script().binds();
        QVERIFY(victim.gets(Connection::State::Online));
        QCOMPARE(victim.connection.facts().mechanism, QString::fromLatin1(mechanism));
        QCOMPARE(net::word(victim.connection.facts().binding).toLatin1(), used);
    }
};

BALCONY_TEST(TestHostile)
#include "tst_hostile.moc"
