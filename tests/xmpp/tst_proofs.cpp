// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientfile.h"
#include "support/play.h"
#include "support/testmain.h"

#include "net/clientcertificate.h"

using tests::Play;
using tests::ServerScript;
using xmpp::Connection;
using Proof = xmpp::SignIn::Proof;

namespace {

QByteArray sasl2Features(const QByteArray &mechanism)
{
    return "<stream:features><authentication xmlns='urn:xmpp:sasl:2'><mechanism>" + mechanism
        + "</mechanism><inline><bind xmlns='urn:xmpp:bind:0'/></inline></authentication><sasl-channel-binding "
          "xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='tls-exporter'/></sasl-channel-binding></stream:features>";
}

QByteArray sasl2Success(const QByteArray &jid)
{
    return "<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>" + jid
        + "</authorization-identifier><bound xmlns='urn:xmpp:bind:0'/></success><stream:features/>";
}

/// A certificate for these addresses.
std::shared_ptr<const net::ClientCertificate> certificate(const QStringList &addresses)
{
    tests::Paper paper;
    for (const QString &address : addresses)
        paper.names.append(tests::xmppAddr(address));
    auto read = net::ClientCertificate::read(tests::pemFile(tests::issue(paper)), {});
    return read ? std::make_shared<const net::ClientCertificate>(std::move(*read)) : nullptr;
}

/// A connection that signs in without a password.
struct ProofPlay : Play {
    explicit ProofPlay(Proof proof, const QStringList &addresses = {QStringLiteral("romeo@montague.lit")})
    {
        prepare = [](tests::FakeTransport &transport) {
            transport.direct = true;
            transport.bindings[net::ChannelBinding::TlsExporter] = "exporter";
        };
        auto s = signIn();
        s.proof = proof;
        s.password.reset();
        // Whatever a password did before is no measure for these.
        s.pin = {QStringLiteral("SCRAM-SHA-512-PLUS"), net::ChannelBinding::TlsExporter};
        if (proof == Proof::Certificate)
            s.destination.certificate = certificate(addresses);
        else
            s.account = Jid::fromWire(QStringLiteral("montague.lit"));
        s.wantsToken = true;
        s.device = QStringLiteral("d4565fa7-4d72-4749-b3d3-740edbf87770");
        connection.setSignIn(s);
    }
};

QByteArray decoded(const xml::Element &element)
{
    return QByteArray::fromBase64(element.text().toLatin1());
}

} // namespace

/// Signing in by a certificate (XEP-0178) and as a guest (XEP-0175), in both profiles of SASL.
class TestProofs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void certificates_data()
    {
        QTest::addColumn<QStringList>("addresses");
        QTest::addColumn<QByteArray>("authorisation");
        const QString own = QStringLiteral("romeo@montague.lit");
        const QString other = QStringLiteral("juliet@capulet.lit");
        QTest::newRow("ours") << QStringList{own} << QByteArray();
        QTest::newRow("ours, spelled otherwise") << QStringList{QStringLiteral("Romeo@Montague.LIT")} << QByteArray();
        QTest::newRow("nobody's") << QStringList{} << QByteArray();
        QTest::newRow("several") << QStringList{other, own} << own.toUtf8();
        QTest::newRow("another's") << QStringList{other} << own.toUtf8();
    }
    void certificates()
    {
        QFETCH(QStringList, addresses);
        QFETCH(QByteArray, authorisation);
        {
            ProofPlay play(Proof::Certificate, addresses);
            QVERIFY(play.connection.signIn().destination.certificate);
            play.connection.start();
            play.server.opens(ServerScript::saslFeatures("SCRAM-SHA-1 PLAIN EXTERNAL"));
            QVERIFY(play.transport().opened.certificate);
            const xml::Element auth = play.server.takes();
            QCOMPARE(auth.attribute("mechanism"), QStringLiteral("EXTERNAL"));
            QCOMPARE(decoded(auth), authorisation);
            QCOMPARE(auth.text(),
                     authorisation.isEmpty() ? QStringLiteral("=") // RFC 6120 6.4.2
                                             : QString::fromLatin1(authorisation.toBase64()));
            play.server.send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
            play.server.binds();
            play.waitsFor(Connection::State::Online);
            QCOMPARE(play.connection.facts().mechanism, QStringLiteral("EXTERNAL"));
        }
        ProofPlay play(Proof::Certificate, addresses);
        play.connection.start();
        play.server.opens(sasl2Features("EXTERNAL"));
        const xml::Element request = play.server.takes();
        QCOMPARE(request.attribute("mechanism"), QStringLiteral("EXTERNAL"));
        QCOMPARE(decoded(request.child("initial-response", "urn:xmpp:sasl:2")), authorisation);
        play.server.send(sasl2Success("romeo@montague.lit/Balcony.1"));
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.connection.facts().jid.toString(), QStringLiteral("romeo@montague.lit/Balcony.1"));
    }

    /// Nothing is tried in place of what the person chose (RELIABILITY 1.33), and nothing again by itself.
    void refusals_data()
    {
        QTest::addColumn<int>("proof");
        QTest::addColumn<bool>("isSasl2");
        QTest::addColumn<QByteArray>("offered");
        QTest::addColumn<QString>("condition");
        const int own = int(Proof::Certificate);
        const int guest = int(Proof::Guest);
        for (const bool isSasl2 : {false, true}) {
            const char *name = isSasl2 ? "sasl2" : "sasl";
            QTest::addRow("%s certificate refused", name)
                << own << isSasl2 << QByteArray("EXTERNAL") << QStringLiteral("own-certificate-refused");
            QTest::addRow("%s guest refused", name)
                << guest << isSasl2 << QByteArray("ANONYMOUS") << QStringLiteral("no-guests");
            QTest::addRow("%s no EXTERNAL", name)
                << own << isSasl2 << QByteArray("PLAIN") << QStringLiteral("certificate-not-taken");
            QTest::addRow("%s no ANONYMOUS", name)
                << guest << isSasl2 << QByteArray("PLAIN") << QStringLiteral("no-guests");
        }
    }
    void refusals()
    {
        QFETCH(int, proof);
        QFETCH(bool, isSasl2);
        QFETCH(QByteArray, offered);
        QFETCH(QString, condition);
        ProofPlay play{Proof(proof)};
        auto signIn = play.connection.signIn();
        signIn.password = Play::signIn().password; // there is one, and it stays where it is
        signIn.allowPlain = true;
        play.connection.setSignIn(signIn);
        play.connection.start();
        play.server.opens(isSasl2 ? sasl2Features(offered) : ServerScript::saslFeatures(offered));
        if (offered != "PLAIN") {
            play.server.takes();
            play.server.send(QByteArray("<failure xmlns='")
                             + (isSasl2 ? "urn:xmpp:sasl:2" : "urn:ietf:params:xml:ns:xmpp-sasl")
                             + "'><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/></failure>");
        }
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, condition);
        QCOMPARE(play.attempts(), 1);
        QVERIFY(!play.transport().all.contains("PLAIN"));
    }

    /// A server that drops the connection over the certificate is not asked again and again.
    void refusedByTls()
    {
        ProofPlay play(Proof::Certificate);
        play.prepare = [](tests::FakeTransport &transport) {
            transport.openError = Error{Error::Kind::Tls, QStringLiteral("own-certificate-refused"), {}};
        };
        play.connection.start();
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("own-certificate-refused"));
        QCOMPARE(play.attempts(), 1);
    }

    /// XEP-0175: the server says who we are, and learns nothing from us.
    void guests()
    {
        {
            ProofPlay play(Proof::Guest);
            play.connection.start();
            const xml::Element header = play.server.takesHeader();
            QVERIFY(!header.hasAttribute("from"));
            play.server.send(ServerScript::header + ServerScript::saslFeatures("ANONYMOUS"));
            const xml::Element auth = play.server.takes();
            QCOMPARE(auth.attribute("mechanism"), QStringLiteral("ANONYMOUS"));
            QVERIFY(decoded(auth).isEmpty());
            play.server.send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
            play.server.binds("6c1a@montague.lit/orchard");
            play.waitsFor(Connection::State::Online);
            QCOMPARE(play.connection.facts().jid.toString(), QStringLiteral("6c1a@montague.lit/orchard"));
        }
        ProofPlay play(Proof::Guest);
        play.connection.start();
        play.server.opens(sasl2Features("ANONYMOUS"));
        QCOMPARE(play.server.takes().attribute("mechanism"), QStringLiteral("ANONYMOUS"));
        play.server.send(sasl2Success("6c1a@montague.lit/Balcony.1"));
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.connection.facts().jid.toString(), QStringLiteral("6c1a@montague.lit/Balcony.1"));
    }

    /// Another domain's guest is nobody that this server can make us.
    void guestElsewhere()
    {
        for (const char *jid : {"6c1a@capulet.lit/orchard", "montague.lit/orchard"}) {
            ProofPlay play(Proof::Guest);
            play.connection.start();
            play.server.opens(ServerScript::saslFeatures("ANONYMOUS"));
            play.server.takes();
            play.server.send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
            play.server.binds(jid);
            play.waitsFor(Connection::State::Offline);
            QCOMPARE(play.connection.error()->condition, QStringLiteral("wrong-identity"));
        }
    }

    void needsACertificate()
    {
        Play play;
        auto signIn = Play::signIn();
        signIn.proof = Proof::Certificate;
        play.connection.setSignIn(signIn);
        play.connection.start();
        QCOMPARE(play.connection.state(), Connection::State::NeedsPassword);
        QCOMPARE(play.attempts(), 0);
    }

    /// A proxy that wants another password asks the person, as a server does; the account's own is kept.
    void proxyAsks()
    {
        Play play;
        play.prepare = [](tests::FakeTransport &transport) {
            transport.openError = Error{Error::Kind::Network, QStringLiteral("proxy-auth"), {}};
        };
        play.connection.start();
        play.waitsFor(Connection::State::NeedsPassword);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("proxy-auth"));
        QCOMPARE(play.attempts(), 1);
        QVERIFY(play.connection.signIn().password);
        play.prepare = {};
        play.goesOnline();
    }
};

BALCONY_TEST(TestProofs)
#include "tst_proofs.moc"
