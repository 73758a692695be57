// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/play.h"
#include "support/testmain.h"
#include "xmpp/tokenend.h"

#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>

using net::ChannelBinding;
using tests::Play;
using tests::ScramServer;
using tests::ServerScript;
using xmpp::Connection;

namespace {

const char *const plainInline = "<inline><bind xmlns='urn:xmpp:bind:0'/></inline>";
const char *const fastInline =
    "<inline><bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:carbons:2'/><feature var='urn:xmpp:csi:0'/>"
    "</inline></bind><fast xmlns='urn:xmpp:fast:0'><mechanism>HT-SHA-256-ENDP</mechanism>"
    "<mechanism>HT-SHA-256-EXPR</mechanism><mechanism>HT-SHA-256-NONE</mechanism></fast></inline>";
const QByteArray sessionFeatures = "<stream:features/>";
const char *const smInline =
    "<inline><bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:sm:3'/></inline></bind>"
    "<sm xmlns='urn:xmpp:sm:3'/></inline>";
/// Bind 2's answer that begins a session.
QByteArray boundManaged(const QByteArray &id)
{
    return "<bound xmlns='urn:xmpp:bind:0'><enabled xmlns='urn:xmpp:sm:3' id='" + id
        + "' resume='true' max='300'/></bound>";
}

QByteArray features(const QByteArray &mechanisms, const QByteArray &more, const QByteArray &bindings = {})
{
    QByteArray result = "<stream:features><authentication xmlns='urn:xmpp:sasl:2'>";
    for (const QByteArray &mechanism : mechanisms.split(' '))
        result += "<mechanism>" + mechanism + "</mechanism>";
    result += more + "</authentication>";
    if (!bindings.isEmpty())
        result += "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='" + bindings
            + "'/></sasl-channel-binding>";
    return result + "</stream:features>";
}

QByteArray wrapped(const char *name, const QByteArray &data)
{
    return QByteArray("<") + name + " xmlns='urn:xmpp:sasl:2'>" + data.toBase64() + "</" + name + '>';
}

QByteArray success(const QByteArray &proof, const QByteArray &more = "<bound xmlns='urn:xmpp:bind:0'/>",
                   const QByteArray &jid = "romeo@montague.lit/Balcony.1")
{
    return "<success xmlns='urn:xmpp:sasl:2'><additional-data>" + proof.toBase64()
        + "</additional-data><authorization-identifier>" + jid + "</authorization-identifier>" + more + "</success>";
}

QByteArray initialOf(const xml::Element &authenticate)
{
    return QByteArray::fromBase64(authenticate.child("initial-response", "urn:xmpp:sasl:2").text().toLatin1());
}

QByteArray tokenMac(const QByteArray &message, const QByteArray &token = "token one")
{
    return QMessageAuthenticationCode::hash(message, token, QCryptographicHash::Sha256);
}

std::shared_ptr<const xmpp::FastToken> token(const char *mechanism = "HT-SHA-256-EXPR")
{
    auto result = std::make_shared<xmpp::FastToken>();
    result->mechanism = QString::fromLatin1(mechanism);
    result->token = SecretBytes(std::string_view("token one"));
    result->offer = {true, true, true, true, true};
    return result;
}

Task<void> keepOutcome(Task<Result<>> task, std::optional<Result<>> *outcome)
{
    *outcome = co_await std::move(task);
}

/// Romeo with SASL2's own needs, on connections whose TLS has an exporter.
struct Sasl2Play : Play {
    explicit Sasl2Play(std::shared_ptr<const xmpp::FastToken> known = {})
    {
        prepare = [](tests::FakeTransport &transport) {
            transport.direct = true;
            transport.bindings[ChannelBinding::TlsExporter] = "exporter";
        };
        auto s = signIn();
        s.device = QStringLiteral("d4565fa7-4d72-4749-b3d3-740edbf87770");
        s.wantsToken = true;
        s.token = std::move(known);
        s.carbons = true;
        s.inactive = true;
        connection.setSignIn(s);
    }
    /// The exchange up to the server's proof.
    QByteArray proves(const QByteArray &mechanism, xml::Element *request = nullptr)
    {
        const xml::Element authenticate = server.takes();
        if (!authenticate.is("authenticate", "urn:xmpp:sasl:2")
            || authenticate.attribute("mechanism").toLatin1() != mechanism)
            QTest::qFail("another request", __FILE__, __LINE__);
        if (request)
            *request = authenticate;
        ScramServer scram(QCryptographicHash::Sha1, "secret");
        scram.bindingData = mechanism.endsWith("-PLUS") ? "exporter" : "";
        server.send(wrapped("challenge", scram.challenge(initialOf(authenticate))));
        const xml::Element response = server.takes();
        const QByteArray final = scram.final(QByteArray::fromBase64(response.text().toLatin1()));
        if (!response.is("response", "urn:xmpp:sasl:2") || final.isEmpty())
            QTest::qFail("the password was not proven", __FILE__, __LINE__);
        return final;
    }
    /// Online in the session `id`, with one message that the server has not acknowledged (tag 7) and one that came.
    void isManaged(const QByteArray &id)
    {
        connection.start();
        server.opens(features("SCRAM-SHA-1", smInline));
        xml::Element request;
        const QByteArray proof = proves("SCRAM-SHA-1", &request);
        const xml::Element bind = request.child("bind", "urn:xmpp:bind:0");
        if (bind.child("enable", "urn:xmpp:sm:3").attribute("resume") != u"true"
            || request.hasChild("resume", "urn:xmpp:sm:3"))
            QTest::qFail("another request", __FILE__, __LINE__);
        server.send(success(proof, boundManaged(id)) + sessionFeatures
                    + "<message from='juliet@capulet.lit'><body>1</body></message>");
        waitsFor(Connection::State::Online);
        if (!QTest::qWaitFor([this] { return client.management().receivedCount() == 1; }, 20'000))
            QTest::qFail("the stanza is not counted", __FILE__, __LINE__);
        client.send(tests::parsed("<message to='juliet@capulet.lit'/>"), 7);
        if (!server.takes().is("message", "jabber:client"))
            QTest::qFail("no message", __FILE__, __LINE__);
    }
    /// The link is gone, and the next attempt has said who it is.
    QByteArray comesBack(xml::Element *request, const char *offer = smInline)
    {
        const int before = attempts();
        transport().lose();
        waitsFor(Connection::State::Waiting);
        connection.retryNow();
        if (!QTest::qWaitFor([&] { return attempts() > before; }, 20'000))
            QTest::qFail("there is no new attempt", __FILE__, __LINE__);
        server.opens(features("SCRAM-SHA-1", offer));
        return proves("SCRAM-SHA-1", request);
    }
};

} // namespace

/// XEP-0388, XEP-0386, XEP-0480, XEP-0484: with servers that are honest, and others.
class TestSasl2 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signsInAndBinds()
    {
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1 SCRAM-SHA-1-PLUS", fastInline, "tls-exporter"));
        xml::Element request;
        const QByteArray proof = play.proves("SCRAM-SHA-1-PLUS", &request);
        QCOMPARE(request.child("user-agent", "urn:xmpp:sasl:2").attribute("id"),
                 QStringLiteral("d4565fa7-4d72-4749-b3d3-740edbf87770"));
        const xml::Element bind = request.child("bind", "urn:xmpp:bind:0");
        QCOMPARE(bind.child("tag", "urn:xmpp:bind:0").text(), QStringLiteral("Balcony"));
        QVERIFY(bind.hasChild("enable", "urn:xmpp:carbons:2"));
        QVERIFY(bind.hasChild("inactive", "urn:xmpp:csi:0"));
        QCOMPARE(request.child("request-token", "urn:xmpp:fast:0").attribute("mechanism"),
                 QStringLiteral("HT-SHA-256-EXPR"));
        play.server.send(success(proof,
                                 "<bound xmlns='urn:xmpp:bind:0'/><token xmlns='urn:xmpp:fast:0' token='token one' "
                                 "expiry='2099-03-12T14:36:15Z'/>")
                         + sessionFeatures);
        play.waitsFor(Connection::State::Online);
        const xmpp::SignedIn &facts = play.connection.facts();
        QCOMPARE(facts.jid.toString(), QStringLiteral("romeo@montague.lit/Balcony.1"));
        QCOMPARE(facts.mechanism, QStringLiteral("SCRAM-SHA-1-PLUS"));
        QCOMPARE(facts.binding, ChannelBinding::TlsExporter);
        QVERIFY(facts.carbons);
        QVERIFY(facts.newToken);
        QCOMPARE(facts.newToken->mechanism, QStringLiteral("HT-SHA-256-EXPR"));
        QVERIFY(facts.newToken->token.equals("token one"));
        QVERIFY(play.connection.facts().newToken->offer.bind && play.connection.facts().newToken->offer.carbons);
        QVERIFY(!play.connection.signIn().token); // not before it is safe
    }

    /// Without Bind 2 the stream goes on, and binds as in RFC 6120.
    void bindsTheOldWay()
    {
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1", ""));
        xml::Element request;
        const QByteArray proof = play.proves("SCRAM-SHA-1", &request);
        QVERIFY(!request.hasChild("bind", "urn:xmpp:bind:0"));
        QVERIFY(!request.hasChild("request-token", "urn:xmpp:fast:0"));
        play.server.send(success(proof, "", "romeo@montague.lit") + ServerScript::bindFeatures);
        const xml::Element iq = play.server.takes();
        QVERIFY(iq.hasChild("bind", "urn:ietf:params:xml:ns:xmpp-bind"));
        play.server.send(
            "<iq type='result' id='" + iq.attribute("id").toUtf8()
            + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@montague.lit/a</jid></bind></iq>");
        play.waitsFor(Connection::State::Online);
    }

    /// Issue 3: after TLS a reconnect costs one round trip: all of ours at once, then all of theirs.
    void oneRoundTrip()
    {
        Sasl2Play play(token());
        int trips = 0;
        play.connection.start();
        QTRY_VERIFY(play.attempts() == 1 && play.transport().written.contains("</authenticate>"));
        const xml::Element header = play.server.takesHeader();
        QCOMPARE(header.attribute("from"), QStringLiteral("romeo@montague.lit"));
        const xml::Element request = play.server.takes();
        QCOMPARE(request.attribute("mechanism"), QStringLiteral("HT-SHA-256-EXPR"));
        QVERIFY(request.hasChild("fast", "urn:xmpp:fast:0"));
        QVERIFY(request.hasChild("bind", "urn:xmpp:bind:0"));
        QCOMPARE(initialOf(request), QByteArray("romeo\0", 6) + tokenMac("Initiatorexporter"));
        ++trips;
        play.server.send(ServerScript::header + features("SCRAM-SHA-1", fastInline)
                         + success(tokenMac("Responderexporter"),
                                   "<bound xmlns='urn:xmpp:bind:0'/><token xmlns='urn:xmpp:fast:0' token='token two'/>")
                         + sessionFeatures);
        play.waitsFor(Connection::State::Online);
        QCOMPARE(trips, 1);
        QVERIFY(play.server.isSilent());
        QCOMPARE(play.connection.facts().derivations, 0);
        QVERIFY(play.connection.facts().newToken->token.equals("token two")); // rotated
        QCOMPARE(play.connection.facts().newToken->mechanism, QStringLiteral("HT-SHA-256-EXPR"));
    }

    /// XEP-0198 9.1: counted from the first stanza on, without a question of its own.
    void managesInline()
    {
        Sasl2Play play;
        play.isManaged("s1");
        QVERIFY(play.client.management().isEnabled());
        QCOMPARE(play.client.management().session()->id, QStringLiteral("s1"));
        QCOMPARE(play.client.management().session()->jid.toString(), QStringLiteral("romeo@montague.lit/Balcony.1"));
        QCOMPARE(play.client.management().receivedCount(), 1U);
        QVERIFY(play.server.takes().is("r", "urn:xmpp:sm:3"));
        QVERIFY(play.server.isSilent());
    }

    void managingRefusedInline()
    {
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1", smInline));
        const QByteArray proof = play.proves("SCRAM-SHA-1");
        play.server.send(success(proof,
                                 "<bound xmlns='urn:xmpp:bind:0'><failed xmlns='urn:xmpp:sm:3'><internal-server-error "
                                 "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed></bound>")
                         + "<stream:features><sm xmlns='urn:xmpp:sm:3'/></stream:features>");
        play.waitsFor(Connection::State::Online);
        QVERIFY(!play.client.management().isEnabled());
        QVERIFY(play.server.isSilent()); // asked once
    }

    /// XEP-0198 9.2: no features, no bind; exactly what is missing goes again.
    void resumesInline()
    {
        Sasl2Play play;
        play.isManaged("s1");
        QSignalSpy online(&play.client, &xmpp::Client::online);
        QSignalSpy resumed(&play.client, &xmpp::Client::resumed);
        QSignalSpy heard(&play.client, &xmpp::Client::message);
        xml::Element request;
        const QByteArray proof = play.comesBack(&request);
        const xml::Element back = request.child("resume", "urn:xmpp:sm:3");
        QCOMPARE(back.attribute("previd"), QStringLiteral("s1"));
        QCOMPARE(back.attribute("h"), QStringLiteral("1"));
        QVERIFY(request.child("bind", "urn:xmpp:bind:0").hasChild("enable", "urn:xmpp:sm:3")); // where that fails
        play.server.send(success(proof, "<resumed xmlns='urn:xmpp:sm:3' previd='s1' h='0'/>")
                         + "<message from='juliet@capulet.lit'><body>2</body></message>");
        play.waitsFor(Connection::State::Online);
        QCOMPARE(resumed.size(), 1);
        QCOMPARE(online.size(), 0);
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(play.client.self().toString(), QStringLiteral("romeo@montague.lit/Balcony.1"));
        QVERIFY(play.server.takes().is("message", "jabber:client"));
        QCOMPARE(play.client.management().receivedCount(), 2U);
    }

    /// The new session is there already, and what the old one had got is known.
    void resumingFailsInline()
    {
        Sasl2Play play;
        play.isManaged("s1");
        QSignalSpy online(&play.client, &xmpp::Client::online);
        QSignalSpy offline(&play.client, &xmpp::Client::offline);
        xml::Element request;
        const QByteArray proof = play.comesBack(&request);
        play.server.send(success(proof,
                                 "<failed xmlns='urn:xmpp:sm:3' h='1'><item-not-found "
                                 "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>"
                                     + boundManaged("s2"),
                                 "romeo@montague.lit/Balcony.2")
                         + sessionFeatures);
        play.waitsFor(Connection::State::Online);
        QCOMPARE(offline.size(), 1);
        QCOMPARE(online.size(), 1);
        QCOMPARE(play.client.management().session()->id, QStringLiteral("s2"));
        QCOMPARE(play.client.management().sentCount(), 0U);
        QCOMPARE(play.client.management().settled()->id, QStringLiteral("s1"));
        QCOMPARE(play.client.management().settled()->handled, std::optional<quint32>(1));
        QCOMPARE(play.client.self().toString(), QStringLiteral("romeo@montague.lit/Balcony.2"));
    }

    /// Where only Bind 2 is inline, binding waits until resuming has failed.
    void resumesBehindSasl2()
    {
        Sasl2Play play;
        play.isManaged("s1");
        xml::Element request;
        const QByteArray proof = play.comesBack(&request, plainInline);
        QVERIFY(!request.hasChild("resume", "urn:xmpp:sm:3"));
        QVERIFY(!request.hasChild("bind", "urn:xmpp:bind:0"));
        play.server.send(success(proof, "", "romeo@montague.lit")
                         + "<stream:features><sm xmlns='urn:xmpp:sm:3'/></stream:features>");
        QCOMPARE(play.server.takes().name(), std::string_view("resume"));
        play.server.send("<resumed xmlns='urn:xmpp:sm:3' previd='s1' h='1'/>");
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.client.self().toString(), QStringLiteral("romeo@montague.lit/Balcony.1"));
    }

    /// Neither may make us believe that another session is ours, or that it has what was never sent.
    void liesWhenResumingInline_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("another session") << QByteArray("<resumed xmlns='urn:xmpp:sm:3' previd='s9' h='1'/>");
        QTest::newRow("too much") << QByteArray("<resumed xmlns='urn:xmpp:sm:3' previd='s1' h='2'/>");
        QTest::newRow("no number") << QByteArray("<resumed xmlns='urn:xmpp:sm:3' previd='s1'/>");
    }
    void liesWhenResumingInline()
    {
        QFETCH(QByteArray, answer);
        Sasl2Play play;
        play.isManaged("s1");
        QSignalSpy resumed(&play.client, &xmpp::Client::resumed);
        QSignalSpy offline(&play.client, &xmpp::Client::offline);
        xml::Element request;
        const QByteArray proof = play.comesBack(&request);
        play.server.send(success(proof, answer));
        play.waitsFor(Connection::State::Waiting);
        QCOMPARE(resumed.size(), 0);
        QCOMPARE(offline.size(), 1);
        QVERIFY(!play.client.management().canResume());
        QCOMPARE(play.connection.error()->kind, Error::Kind::Protocol);
    }

    /// What is asked for before the server speaks is what it offered when the token came, and no more.
    void asksForWhatWasOffered()
    {
        for (const xmpp::InlineOffer &offer : {xmpp::InlineOffer{}, xmpp::InlineOffer{true, false, false, false, false},
                                               xmpp::InlineOffer{true, true, false, true, false}}) {
            auto known = std::make_shared<xmpp::FastToken>(xmpp::FastToken{
                QStringLiteral("HT-SHA-256-EXPR"), SecretBytes(std::string_view("token one")), {}, offer});
            Sasl2Play play(known);
            play.connection.start();
            play.server.takesHeader();
            const xml::Element request = play.server.takes();
            const xml::Element bind = request.child("bind", "urn:xmpp:bind:0");
            QCOMPARE(bool(bind), offer.bind);
            QCOMPARE(bind.hasChild("enable", "urn:xmpp:carbons:2"), offer.carbons);
            QVERIFY(!bind.hasChild("inactive", "urn:xmpp:csi:0"));
            // What it offers now goes with the next token.
            play.server.send(ServerScript::header + features("SCRAM-SHA-1", fastInline)
                             + success(tokenMac("Responderexporter"),
                                       (offer.bind ? QByteArray("<bound xmlns='urn:xmpp:bind:0'/>") : QByteArray())
                                           + "<token xmlns='urn:xmpp:fast:0' token='token two'/>",
                                       offer.bind ? "romeo@montague.lit/Balcony.1" : "romeo@montague.lit")
                             + QByteArray(offer.bind ? "<stream:features/>" : ServerScript::bindFeatures));
            if (!offer.bind) {
                const xml::Element iq = play.server.takes(); // the old way, on the same stream
                QVERIFY(iq.hasChild("bind", "urn:ietf:params:xml:ns:xmpp-bind"));
                play.server.send("<iq type='result' id='" + iq.attribute("id").toUtf8()
                                 + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@montague.lit/orchard"
                                   "</jid></bind></iq>");
            }
            play.waitsFor(Connection::State::Online);
            QCOMPARE(play.connection.facts().carbons, offer.carbons);
            const xmpp::InlineOffer &next = play.connection.facts().newToken->offer;
            QVERIFY(next.bind && next.carbons && next.clientState);
        }
    }

    /// XEP-0484 3.6: the last use of a token is a sign-in without a session.
    void endsTokens()
    {
        Sasl2Play play(token());
        auto transport = std::make_unique<tests::FakeTransport>();
        play.prepare(*transport);
        play.transports.emplace_back(transport.get());
        std::optional<Result<>> outcome;
        Scope scope;
        auto ending =
            xmpp::endToken(std::move(transport), play.connection.signIn(), &play.clock, &play.random, &play.worker);
        scope.run(keepOutcome(std::move(ending), &outcome));
        QTRY_VERIFY(play.transport().written.contains("</authenticate>"));
        play.server.takesHeader();
        const xml::Element request = play.server.takes();
        QCOMPARE(request.child("fast", "urn:xmpp:fast:0").attribute("invalidate"), QStringLiteral("true"));
        QVERIFY(!request.hasChild("bind", "urn:xmpp:bind:0"));
        QVERIFY(!request.hasChild("request-token", "urn:xmpp:fast:0"));
        play.server.send(ServerScript::header + features("SCRAM-SHA-1", fastInline)
                         + success(tokenMac("Responderexporter"), "", "romeo@montague.lit")
                         + QByteArray(ServerScript::bindFeatures));
        play.server.takesEnd();
        QVERIFY(!outcome);
        play.server.send("</stream:stream>");
        QTRY_VERIFY(outcome);
        QVERIFY(*outcome);
    }
    /// The password is not for this.
    void endsTokensByTokensOnly()
    {
        for (const bool fits : {true, false}) {
            Sasl2Play play(token(fits ? "HT-SHA-256-EXPR" : "HT-SHA-256-ENDP"));
            auto transport = std::make_unique<tests::FakeTransport>();
            play.prepare(*transport);
            play.transports.emplace_back(transport.get());
            std::optional<Result<>> outcome;
            Scope scope;
            auto ending =
                xmpp::endToken(std::move(transport), play.connection.signIn(), &play.clock, &play.random, &play.worker);
            scope.run(keepOutcome(std::move(ending), &outcome));
            play.server.takesHeader();
            if (fits)
                play.server.takes();
            play.server.send(ServerScript::header + features("SCRAM-SHA-1 PLAIN", fastInline));
            if (fits)
                play.server.send("<failure xmlns='urn:xmpp:sasl:2'><not-authorized "
                                 "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/></failure>");
            QTRY_VERIFY(outcome);
            QVERIFY(!*outcome);
        }
    }

    /// RELIABILITY 1.34 for tokens too.
    void tokenWithoutProof_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("none") << QByteArray("<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>"
                                            "romeo@montague.lit/a</authorization-identifier></success>");
        QTest::newRow("empty") << success("");
        QTest::newRow("wrong") << success(tokenMac("Responder"));
        QTest::newRow("ours back") << success(tokenMac("Initiatorexporter"));
        QTest::newRow("a challenge") << wrapped("challenge", "x");
    }
    void tokenWithoutProof()
    {
        QFETCH(QByteArray, answer);
        Sasl2Play play(token());
        play.connection.start();
        play.server.takesHeader();
        play.server.takes();
        play.server.send(ServerScript::header + features("SCRAM-SHA-1", fastInline) + answer + sessionFeatures);
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("server-not-proven"));
    }

    /// XEP-0484 4.3: a token that is refused is forgotten, and the password signs in on the same stream.
    void refusedToken()
    {
        Sasl2Play play(token());
        QSignalSpy refused(&play.connection, &Connection::tokenRefused);
        play.connection.start();
        play.server.takesHeader();
        play.server.takes();
        play.server.send(ServerScript::header + features("SCRAM-SHA-1 SCRAM-SHA-1-PLUS", fastInline, "tls-exporter")
                         + "<failure xmlns='urn:xmpp:sasl:2'><credentials-expired "
                           "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/></failure>");
        const QByteArray proof = play.proves("SCRAM-SHA-1-PLUS");
        play.server.send(success(proof) + sessionFeatures);
        play.waitsFor(Connection::State::Online);
        QCOMPARE(refused.count(), 1);
        QVERIFY(!play.connection.signIn().token);
    }

    void tokensThatDoNotFit_data()
    {
        QTest::addColumn<QByteArray>("mechanism");
        QTest::addColumn<bool>("expired");
        QTest::addColumn<bool>("pinned");
        QTest::newRow("expired") << QByteArray("HT-SHA-256-EXPR") << true << false;
        QTest::newRow("no such binding here") << QByteArray("HT-SHA-256-ENDP") << false << false;
        QTest::newRow("bound less than before") << QByteArray("HT-SHA-256-NONE") << false << true;
    }
    void tokensThatDoNotFit()
    {
        QFETCH(QByteArray, mechanism);
        QFETCH(bool, expired);
        QFETCH(bool, pinned);
        auto known = std::make_shared<xmpp::FastToken>();
        known->mechanism = QString::fromLatin1(mechanism);
        known->token = SecretBytes(std::string_view("token one"));
        Sasl2Play play(known);
        if (expired)
            known->expiry = play.clock.now().addSecs(-1);
        auto signIn = play.connection.signIn();
        if (pinned)
            signIn.pin = {QStringLiteral("SCRAM-SHA-1-PLUS"), ChannelBinding::TlsExporter};
        play.connection.setSignIn(signIn);
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1-PLUS", fastInline, "tls-exporter"));
        QCOMPARE(play.server.takes().attribute("mechanism"), QStringLiteral("SCRAM-SHA-1-PLUS"));
    }

    /// XEP-0480 3: the better hash, after the server's proof and not before.
    void upgrades()
    {
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1-PLUS",
                                   "<upgrade xmlns='urn:xmpp:sasl:upgrade:0'>UPGR-SCRAM-SHA-256</upgrade>",
                                   "tls-exporter"));
        xml::Element request;
        const QByteArray proof = play.proves("SCRAM-SHA-1-PLUS", &request);
        QCOMPARE(request.child("upgrade", "urn:xmpp:sasl:upgrade:0").text(), QStringLiteral("UPGR-SCRAM-SHA-256"));
        play.server.send("<continue xmlns='urn:xmpp:sasl:2'><additional-data>" + proof.toBase64()
                         + "</additional-data><tasks><task>UPGR-SCRAM-SHA-256</task></tasks></continue>");
        QCOMPARE(play.server.takes().attribute("task"), QStringLiteral("UPGR-SCRAM-SHA-256"));
        play.server.send("<task-data xmlns='urn:xmpp:sasl:2'><salt xmlns='urn:xmpp:scram-upgrade:0' iterations='4096'>"
                         "QV9TWENSWFE2c2VrOGJmX1o=</salt></task-data>");
        const xml::Element hash = play.server.takes().child("hash", "urn:xmpp:scram-upgrade:0");
        QCOMPARE(
            QByteArray::fromBase64(hash.text().toLatin1()),
            QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha256, "secret", "A_SXCRXQ6sek8bf_Z", 4096, 32));
        play.server.send("<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>romeo@montague.lit"
                         "</authorization-identifier></success>"
                         + QByteArray(ServerScript::bindFeatures));
        QVERIFY(play.server.takes().hasChild("bind", "urn:ietf:params:xml:ns:xmpp-bind"));
    }
    void noUpgradeWithoutProofOrBinding()
    {
        const QByteArray offer = "<upgrade xmlns='urn:xmpp:sasl:upgrade:0'>UPGR-SCRAM-SHA-256</upgrade>";
        {
            Sasl2Play play;
            play.connection.start();
            play.server.opens(features("SCRAM-SHA-1", offer));
            QVERIFY(!play.server.takes().hasChild("upgrade", "urn:xmpp:sasl:upgrade:0"));
        }
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1-PLUS", offer, "tls-exporter"));
        play.proves("SCRAM-SHA-1-PLUS");
        play.server.send("<continue xmlns='urn:xmpp:sasl:2'><additional-data>dj0=</additional-data><tasks>"
                         "<task>UPGR-SCRAM-SHA-256</task></tasks></continue>");
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("server-not-proven"));
        QVERIFY(!play.transport().all.contains("<next"));
    }

    void unknownTask()
    {
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1", plainInline));
        const QByteArray proof = play.proves("SCRAM-SHA-1");
        play.server.send("<continue xmlns='urn:xmpp:sasl:2'><additional-data>" + proof.toBase64()
                         + "</additional-data><tasks><task>TOTP-EXAMPLE</task></tasks></continue>");
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("task-unknown"));
    }

    void successWithoutProof_data()
    {
        QTest::addColumn<QByteArray>("proof"); // null: the right one
        QTest::addColumn<QByteArray>("jid");
        QTest::addColumn<QString>("condition");
        const QByteArray own = "romeo@montague.lit/a";
        QTest::newRow("empty") << QByteArray("") << own << QStringLiteral("server-not-proven");
        QTest::newRow("empty v") << QByteArray("v=") << own << QStringLiteral("server-not-proven");
        QTest::newRow("another") << QByteArray() << QByteArray("juliet@montague.lit/a")
                                 << QStringLiteral("wrong-identity");
        QTest::newRow("nobody") << QByteArray() << QByteArray("") << QStringLiteral("wrong-identity");
    }
    void successWithoutProof()
    {
        QFETCH(QByteArray, proof);
        QFETCH(QByteArray, jid);
        QFETCH(QString, condition);
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1", plainInline));
        const QByteArray right = play.proves("SCRAM-SHA-1");
        play.server.send(success(proof.isNull() ? right : proof, "<bound xmlns='urn:xmpp:bind:0'/>", jid)
                         + sessionFeatures);
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, condition);
    }
    void successBeforeTheChallenge()
    {
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1", plainInline));
        play.server.takes();
        play.server.send(success("") + sessionFeatures);
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("server-not-proven"));
    }

    /// XEP-0440 3, rules 4 to 6.
    void halfAnOffer_data()
    {
        QTest::addColumn<QByteArray>("mechanisms");
        QTest::addColumn<QByteArray>("bindings");
        QTest::newRow("no list") << QByteArray("SCRAM-SHA-1 SCRAM-SHA-1-PLUS") << QByteArray();
        QTest::newRow("no plus") << QByteArray("SCRAM-SHA-1") << QByteArray("tls-exporter");
        QTest::newRow("no plus, and PLAIN") << QByteArray("PLAIN SCRAM-SHA-1") << QByteArray("tls-exporter");
        QTest::newRow("unknown types") << QByteArray("SCRAM-SHA-1 SCRAM-SHA-1-PLUS") << QByteArray("tls-moonlight");
    }
    void halfAnOffer()
    {
        QFETCH(QByteArray, mechanisms);
        QFETCH(QByteArray, bindings);
        Sasl2Play play;
        play.connection.start();
        play.server.opens(features(mechanisms, plainInline, bindings));
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("offer-incomplete"));
        QVERIFY(!play.transport().all.contains("<authenticate"));
    }

    /// A server that has its passwords from elsewhere (LDAP) lists bindings all the same.
    void plainAndBindings()
    {
        Sasl2Play play;
        auto signIn = play.connection.signIn();
        signIn.allowPlain = true;
        play.connection.setSignIn(signIn);
        play.connection.start();
        play.server.opens(features("PLAIN", plainInline, "tls-exporter"));
        QCOMPARE(play.server.takes().attribute("mechanism"), QStringLiteral("PLAIN"));
    }

    /// The server takes `y` for what it is: its offer of bindings did not arrive.
    void bindingsWithheld()
    {
        Sasl2Play play;
        play.prepare = [](tests::FakeTransport &transport) {
            transport.direct = true;
            transport.bindings[net::ChannelBinding::TlsExporter] = "exporter";
        };
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1", plainInline));
        QVERIFY(play.server.takes().is("authenticate", xmpp::ns::sasl2));
        play.server.send(
            "<failure xmlns='urn:xmpp:sasl:2'><malformed-request xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/></failure>");
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("offer-incomplete"));
    }

    void wrongPassword()
    {
        Sasl2Play play;
        auto signIn = play.connection.signIn();
        QByteArray guess("guess");
        signIn.password = std::make_shared<const SecretBytes>(SecretBytes::take(guess));
        play.connection.setSignIn(signIn);
        play.connection.start();
        play.server.opens(features("SCRAM-SHA-1 PLAIN", plainInline));
        ScramServer scram(QCryptographicHash::Sha1, "secret");
        play.server.send(wrapped("challenge", scram.challenge(initialOf(play.server.takes()))));
        play.server.takes();
        play.server.send("<failure xmlns='urn:xmpp:sasl:2'><not-authorized "
                         "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/><text>No.</text></failure>");
        play.waitsFor(Connection::State::NeedsPassword);
        QCOMPARE(play.transport().all.count("<authenticate"), 1);
        QVERIFY(play.connection.error()->detail.contains(QStringLiteral("No.")));
    }

    void tokenAsBytes()
    {
        auto known = std::make_shared<xmpp::FastToken>();
        known->mechanism = QStringLiteral("HT-SHA-256-EXPR");
        known->token = SecretBytes(std::string_view("a\nb"));
        known->expiry = QDateTime::fromMSecsSinceEpoch(4'000'000'000'000, Qt::UTC);
        known->offer = {true, false, true, false, true};
        const auto again = xmpp::FastToken::fromBytes(known->toBytes());
        QVERIFY(again);
        QCOMPARE(again->mechanism, known->mechanism);
        QCOMPARE(again->expiry, known->expiry);
        QVERIFY(again->token.equals("a\nb"));
        QVERIFY(again->offer.bind && !again->offer.carbons && again->offer.clientState);
        QVERIFY(!again->offer.manages && again->offer.resumes);
        // As versions before wrote it: nothing is known of what the server took.
        const auto old = xmpp::FastToken::fromBytes(SecretBytes(std::string_view("HT-SHA-256-EXPR\n\nsecret")));
        QVERIFY(old && old->mechanism == u"HT-SHA-256-EXPR" && !old->offer.bind);
        for (const char *bad : {"", "x", "x\n", "x\n\n"})
            QVERIFY(!xmpp::FastToken::fromBytes(SecretBytes(std::string_view(bad))));
    }
};

BALCONY_TEST(TestSasl2)
#include "tst_sasl2.moc"
