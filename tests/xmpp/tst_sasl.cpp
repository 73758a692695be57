// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/play.h"
#include "support/testmain.h"
#include "xmpp/sasl.h"

using namespace std::chrono_literals;
using net::ChannelBinding;
using tests::Play;
using tests::ScramServer;
using tests::ServerScript;
using xmpp::Connection;
using xmpp::Mechanism;

namespace {

/// A transport with TLS up, whose bindings are as long as their names.
std::unique_ptr<tests::FakeTransport> secure(const QString &version, const QList<ChannelBinding> &bindings)
{
    auto transport = std::make_unique<tests::FakeTransport>();
    transport->secure = true;
    transport->version = version;
    for (const ChannelBinding binding : bindings)
        transport->bindings[binding] = net::word(binding).toLatin1();
    return transport;
}

/// Signs in up to where the server knows the mechanism; the script goes on with <auth/>.
void offer(Play &play, const QByteArray &mechanisms, const QByteArray &bindings = {})
{
    play.connection.start();
    play.server.offersTls();
    play.server.opens(ServerScript::saslFeatures(mechanisms, bindings));
}

} // namespace

/// The choice of a mechanism, and the exchange with servers that are honest, and others that are not.
class TestSasl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void choice_data()
    {
        QTest::addColumn<QString>("offered");
        QTest::addColumn<QString>("listed");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("has");
        QTest::addColumn<bool>("allowPlain");
        QTest::addColumn<QString>("mechanism"); // or the error's condition
        QTest::addColumn<QString>("gs2");
        const QString v13 = QStringLiteral("TLSv1.3");
        const QString v12 = QStringLiteral("TLSv1.2");
        const auto row = [](const char *name, const char *offered, const char *listed, const QString &version,
                            const char *has, bool plain, const char *mechanism, const char *gs2) {
            QTest::newRow(name) << QString::fromLatin1(offered) << QString::fromLatin1(listed) << version
                                << QString::fromLatin1(has) << plain << QString::fromLatin1(mechanism)
                                << QString::fromLatin1(gs2);
        };
        const char *all =
            "PLAIN DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS SCRAM-SHA-512 SCRAM-SHA-512-PLUS";
        row("strongest", all, "tls-exporter", v13, "tls-exporter", true, "SCRAM-SHA-512-PLUS", "p=tls-exporter,,");
        row("order does not matter", "SCRAM-SHA-1 PLAIN SCRAM-SHA-256", "", v13, "", true, "SCRAM-SHA-256", "n,,");
        row("sha-1 alone", "SCRAM-SHA-1", "", v13, "", false, "SCRAM-SHA-1", "n,,");
        row("binding before hash", "SCRAM-SHA-512 SCRAM-SHA-1-PLUS", "tls-exporter", v13, "tls-exporter", false,
            "SCRAM-SHA-1-PLUS", "p=tls-exporter,,");
        // XEP-0440
        row("exporter first", all, "tls-server-end-point tls-exporter", v13, "tls-exporter tls-server-end-point", false,
            "SCRAM-SHA-512-PLUS", "p=tls-exporter,,");
        row("end point next", all, "tls-server-end-point", v13, "tls-exporter tls-server-end-point", false,
            "SCRAM-SHA-512-PLUS", "p=tls-server-end-point,,");
        row("unique last", all, "tls-unique tls-server-end-point", v12, "tls-unique tls-server-end-point", false,
            "SCRAM-SHA-512-PLUS", "p=tls-server-end-point,,");
        row("none in common", all, "tls-moonlight", v13, "tls-exporter tls-server-end-point", false, "SCRAM-SHA-512",
            "n,,");
        row("unique is not for TLS 1.3", all, "tls-unique", v13, "tls-exporter tls-server-end-point", false,
            "SCRAM-SHA-512", "n,,");
        // No list: the default of TLS 1.2 (RFC 5802 6.1), and no guess under TLS 1.3.
        row("no list, TLS 1.3", all, "", v13, "tls-exporter tls-server-end-point", false, "SCRAM-SHA-512", "n,,");
        row("no list, TLS 1.2", all, "", v12, "tls-exporter tls-unique tls-server-end-point", false,
            "SCRAM-SHA-512-PLUS", "p=tls-unique,,");
        row("no list, TLS 1.2, no unique", all, "", v12, "tls-exporter tls-server-end-point", false, "SCRAM-SHA-512",
            "n,,");
        // RFC 5802 6: we could have.
        row("stripped", "SCRAM-SHA-256 SCRAM-SHA-1", "", v13, "tls-exporter", false, "SCRAM-SHA-256", "y,,");
        row("no binding here", all, "tls-exporter", v13, "", false, "SCRAM-SHA-512", "n,,");
        // PLAIN and what is worse.
        row("plain not allowed", "PLAIN", "", v13, "", false, "plain-not-allowed", "");
        row("plain allowed", "PLAIN LOGIN", "", v13, "", true, "PLAIN", "");
        row("scram before plain", "PLAIN SCRAM-SHA-1", "", v13, "", true, "SCRAM-SHA-1", "n,,");
        row("legacy", "DIGEST-MD5 CRAM-MD5 LOGIN", "", v13, "", true, "no-mechanism", "");
        row("nothing", "", "", v13, "", true, "no-mechanism", "");
        row("case", "scram-sha-1 plain", "", v13, "", true, "no-mechanism", "");
        row("plus without binding", "SCRAM-SHA-1-PLUS", "", v13, "", true, "no-mechanism", "");
    }
    void choice()
    {
        QFETCH(QString, offered);
        QFETCH(QString, listed);
        QFETCH(QString, version);
        QFETCH(QString, has);
        QFETCH(bool, allowPlain);
        QFETCH(QString, mechanism);
        QFETCH(QString, gs2);
        QList<ChannelBinding> bindings;
        for (const ChannelBinding binding :
             {ChannelBinding::TlsExporter, ChannelBinding::TlsServerEndPoint, ChannelBinding::TlsUnique}) {
            if (has.split(u' ').contains(net::word(binding)))
                bindings.append(binding);
        }
        const auto transport = secure(version, bindings);
        const auto chosen = Mechanism::choose(offered.split(u' ', Qt::SkipEmptyParts),
                                              listed.split(u' ', Qt::SkipEmptyParts), *transport, allowPlain);
        if (!chosen) {
            QCOMPARE(chosen.error().kind, Error::Kind::Auth);
            QCOMPARE(chosen.error().condition, mechanism);
            return;
        }
        QCOMPARE(chosen->name, mechanism);
        if (chosen->kind == Mechanism::Kind::Plain)
            return;
        QCOMPARE(QString::fromLatin1(chosen->gs2Header), gs2);
        const bool isBound = gs2.startsWith(u'p');
        QCOMPARE(chosen->binding != ChannelBinding::None, isBound);
        QCOMPARE(QString::fromLatin1(chosen->bindingData), isBound ? net::word(chosen->binding) : QString());
    }

    void scrams_data()
    {
        QTest::addColumn<QByteArray>("mechanism");
        for (const char *mechanism : {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "SCRAM-SHA-1-PLUS",
                                      "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS"})
            QTest::newRow(mechanism) << QByteArray(mechanism);
    }
    void scrams()
    {
        QFETCH(QByteArray, mechanism);
        Play play;
        const bool isBound = mechanism.endsWith("-PLUS");
        play.prepare = [&](tests::FakeTransport &transport) {
            if (isBound)
                transport.bindings[ChannelBinding::TlsExporter] = "thirty-two bytes of this channel";
        };
        play.server.bindingData = isBound ? "thirty-two bytes of this channel" : "";
        offer(play, mechanism, isBound ? "tls-exporter" : "");
        QVERIFY(play.server.authenticates(mechanism));
        QCOMPARE(play.server.gs2Header, isBound ? QByteArray("p=tls-exporter,,") : QByteArray("n,,"));
        play.server.binds();
        play.waitsFor(Connection::State::Online);
        QCOMPARE(play.connection.facts().mechanism, QString::fromLatin1(mechanism));
        QCOMPARE(play.connection.facts().binding, isBound ? ChannelBinding::TlsExporter : ChannelBinding::None);
    }

    /// Somebody in the middle has another channel with the server than with us.
    void otherChannel()
    {
        Play play;
        play.prepare = [](tests::FakeTransport &transport) {
            transport.bindings[ChannelBinding::TlsExporter] = "ours";
        };
        play.server.bindingData = "theirs";
        offer(play, "SCRAM-SHA-1-PLUS", "tls-exporter");
        QVERIFY(!play.server.authenticates("SCRAM-SHA-1-PLUS"));
        play.waitsFor(Connection::State::NeedsPassword);
    }

    /// RELIABILITY 1.34: the server's own proof is not optional, wherever it comes, and however it is left out.
    void serverProof_data()
    {
        QTest::addColumn<QByteArrayList>("answers");
        QTest::addColumn<QString>("condition"); // empty: signed in
        const auto row = [](const char *name, const QByteArrayList &answers, const char *condition) {
            QTest::newRow(name) << answers << QString::fromLatin1(condition);
        };
        const QByteArray success = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
        row("in success", {"success:$final"}, "");
        row("in a challenge", {"challenge:$final", success}, "");
        row("empty success", {success}, "server-not-proven");
        row("success without data", {"<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>=</success>"},
            "server-not-proven");
        row("empty v", {"success:v="}, "server-not-proven");
        row("wrong v", {"success:v=AAAAAAAAAAAAAAAAAAAAAAAAAAA="}, "server-not-proven");
        row("short v", {"success:v=AAAA"}, "server-not-proven");
        row("no base64", {"success:v=%%%"}, "server-not-proven");
        row("no field", {"success:hello"}, "server-not-proven");
        row("nonsense", {"<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>%%%</success>"}, "malformed-challenge");
        row("error", {"challenge:e=other-error"}, "not-authorized");
        row("error in success", {"success:e=other-error"}, "not-authorized");
        row("wrong challenge", {"challenge:v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", success}, "server-not-proven");
        row("proof, then failure",
            {"challenge:$final", "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><account-disabled/></failure>"},
            "account-disabled");
        row("endless challenges", {"challenge:$final", "challenge:$final"}, "not-authorized");
    }
    void serverProof()
    {
        QFETCH(QByteArrayList, answers);
        QFETCH(QString, condition);
        Play play;
        offer(play, "SCRAM-SHA-1");
        ScramServer scram(QCryptographicHash::Sha1, "secret");
        play.server.send(ServerScript::sasl("challenge", scram.challenge(play.server.takesSasl("auth"))));
        const QByteArray final = scram.final(play.server.takesSasl("response"));
        QVERIFY(!final.isEmpty());
        for (qsizetype i = 0; i < answers.size(); ++i) {
            const QByteArray answer = QByteArray(answers[i]).replace("$final", final);
            if (i > 0)
                QCOMPARE(play.server.takesSasl("response"), QByteArray());
            if (answer.startsWith('<'))
                play.server.send(answer);
            else
                play.server.send(ServerScript::sasl(answer.startsWith("success") ? "success" : "challenge",
                                                    answer.mid(answer.indexOf(':') + 1)));
            if (play.connection.error())
                break;
        }
        if (condition.isEmpty()) {
            play.server.binds();
            play.waitsFor(Connection::State::Online);
            return;
        }
        QTRY_VERIFY(play.connection.error());
        QCOMPARE(play.connection.error()->kind, Error::Kind::Auth);
        QCOMPARE(play.connection.error()->condition, condition);
        QVERIFY(play.connection.state() == Connection::State::Offline
                || play.connection.state() == Connection::State::NeedsPassword);
        QVERIFY(!play.transport().isOpen);
    }

    void successBeforeTheChallenge()
    {
        for (const QByteArray &success :
             {QByteArray("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"), ServerScript::sasl("success", "v=")}) {
            Play play;
            offer(play, "SCRAM-SHA-1");
            play.server.takesSasl("auth");
            play.server.send(success);
            play.waitsFor(Connection::State::Offline);
            QCOMPARE(play.connection.error()->condition, QStringLiteral("server-not-proven"));
        }
    }

    /// RELIABILITY T14. The clock does not move: nothing here waits for a time-out.
    void hostileChallenges_data()
    {
        QTest::addColumn<QByteArray>("challenge"); // $nonce is ours
        QTest::addColumn<QString>("condition");
        const auto iterations = [](const char *count) { return QByteArray("r=$nonce+,s=c2FsdA==,i=") + count; };
        QTest::newRow("1") << iterations("1") << QStringLiteral("weak-iterations");
        QTest::newRow("4095") << iterations("4095") << QStringLiteral("weak-iterations");
        QTest::newRow("0") << iterations("0") << QStringLiteral("weak-iterations");
        QTest::newRow("negative") << iterations("-4096") << QStringLiteral("weak-iterations");
        QTest::newRow("2000001") << iterations("2000001") << QStringLiteral("excessive-iterations");
        QTest::newRow("ten millions") << iterations("10000000") << QStringLiteral("excessive-iterations");
        QTest::newRow("2^31") << iterations("2147483648") << QStringLiteral("malformed-challenge");
        QTest::newRow("2^32 + 4096") << iterations("4294971392") << QStringLiteral("malformed-challenge");
        QTest::newRow("no number") << iterations("many") << QStringLiteral("malformed-challenge");
        QTest::newRow("no salt") << QByteArray("r=$nonce+,s=,i=4096") << QStringLiteral("malformed-challenge");
        QTest::newRow("bad salt") << QByteArray("r=$nonce+,s=%%%%,i=4096") << QStringLiteral("malformed-challenge");
        QTest::newRow("huge salt") << "r=$nonce+,s=" + QByteArray(2000, 'A') + ",i=4096"
                                   << QStringLiteral("malformed-challenge");
        QTest::newRow("unknown m") << QByteArray("m=x,r=$nonce+,s=c2FsdA==,i=4096")
                                   << QStringLiteral("malformed-challenge");
        QTest::newRow("other nonce") << QByteArray("r=other,s=c2FsdA==,i=4096") << QStringLiteral("wrong-nonce");
        QTest::newRow("our nonce alone") << QByteArray("r=$nonce,s=c2FsdA==,i=4096") << QStringLiteral("wrong-nonce");
        QTest::newRow("empty nonce") << QByteArray("r=,s=c2FsdA==,i=4096") << QStringLiteral("wrong-nonce");
        QTest::newRow("empty") << QByteArray("") << QStringLiteral("malformed-challenge");
        QTest::newRow("1 MiB") << QByteArray(1024 * 1024, 'x') << QStringLiteral("policy-violation");
    }
    void hostileChallenges()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(QString, condition);
        Play play;
        offer(play, "SCRAM-SHA-1");
        const QByteArray first = play.server.takesSasl("auth");
        const QByteArray nonce = first.mid(first.indexOf("r=") + 2);
        play.server.send(ServerScript::sasl("challenge", challenge.replace("$nonce", nonce)));
        QTRY_VERIFY(play.connection.error());
        QCOMPARE(play.connection.error()->condition, condition);
        QVERIFY(!play.transport().isOpen);
        QVERIFY(!play.transport().all.contains("<response"));
    }

    /// While the worker counts to two millions, the thread of the interface goes on, and stop() works.
    void cancelWhileCounting()
    {
        Play play;
        offer(play, "SCRAM-SHA-1");
        ScramServer scram(QCryptographicHash::Sha1, "secret");
        scram.iterations = 2'000'000;
        play.server.send(ServerScript::sasl("challenge", scram.challenge(play.server.takesSasl("auth"))));
        QTRY_VERIFY(play.worker.pending() > 0);
        QCOMPARE(play.connection.state(), Connection::State::Connecting);
        play.connection.stop();
        QCOMPARE(play.connection.state(), Connection::State::Offline);
        QTRY_COMPARE_WITH_TIMEOUT(play.worker.pending(), 0, 60'000);
        QCoreApplication::processEvents();
        QCOMPARE(play.connection.state(), Connection::State::Offline);
    }

    /// What the next connection may go on with: ends differ on tls-unique there (RFC 5929 3). To have it is not to use it.
    void sessionsBoundByTlsUnique_data()
    {
        QTest::addColumn<bool>("exporter");
        QTest::addColumn<QByteArray>("mechanism");
        QTest::addColumn<bool>("dropped");
        QTest::newRow("by tls-unique") << false << QByteArray("SCRAM-SHA-1-PLUS") << true;
        QTest::newRow("by another") << true << QByteArray("SCRAM-SHA-1-PLUS") << false;
        QTest::newRow("by none") << false << QByteArray("PLAIN") << false;
    }
    void sessionsBoundByTlsUnique()
    {
        QFETCH(bool, exporter);
        QFETCH(QByteArray, mechanism);
        QFETCH(bool, dropped);
        Play play;
        play.prepare = [exporter](tests::FakeTransport &transport) {
            transport.version = QStringLiteral("TLSv1.2");
            transport.bindings[ChannelBinding::TlsUnique] = "finished";
            if (exporter)
                transport.bindings[ChannelBinding::TlsExporter] = "exporter";
        };
        auto signIn = play.connection.signIn();
        signIn.allowPlain = true;
        play.connection.setSignIn(signIn);
        offer(play, mechanism, mechanism == "PLAIN" ? "" : "tls-exporter tls-unique");
        QCOMPARE(play.server.takes().attribute("mechanism").toLatin1(), mechanism);
        QCOMPARE(play.transport().sessionDropped, dropped);
    }

    void plainWhereAllowed()
    {
        Play play;
        auto signIn = Play::signIn("s\xC3\xA9"
                                   "cret");
        signIn.allowPlain = true;
        play.connection.setSignIn(signIn);
        offer(play, "PLAIN");
        const xml::Element auth = play.server.takes();
        QCOMPARE(auth.attribute("mechanism"), QStringLiteral("PLAIN"));
        QCOMPARE(QByteArray::fromBase64(auth.text().toLatin1()),
                 QByteArray("\0romeo\0s\xC3\xA9"
                            "cret",
                            14));
        play.server.send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        play.server.binds();
        play.waitsFor(Connection::State::Online);
    }

    /// RELIABILITY T06 and 1.33: the password does not leave in readable form, on first contact and after a failure.
    void plainWhereNotAllowed()
    {
        Play play;
        offer(play, "PLAIN");
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Auth);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("plain-not-allowed"));
        QVERIFY(!play.transport().all.contains("<auth"));
    }
    void noFallThrough()
    {
        Play play;
        auto signIn = Play::signIn("guess");
        signIn.allowPlain = true;
        play.connection.setSignIn(signIn);
        offer(play, "SCRAM-SHA-256 SCRAM-SHA-1 PLAIN");
        QVERIFY(!play.server.authenticates("SCRAM-SHA-256"));
        play.waitsFor(Connection::State::NeedsPassword);
        QCOMPARE(play.transport().all.count("<auth"), 1);
        QCOMPARE(play.attempts(), 1);
    }

    /// A step back from what was used before is a question for the person, and nothing is sent (RELIABILITY 1.31, T09).
    void stepsBack_data()
    {
        QTest::addColumn<QString>("pinned");
        QTest::addColumn<int>("binding");
        QTest::addColumn<QByteArray>("offered");
        QTest::addColumn<QByteArray>("listed");
        QTest::addColumn<bool>("goesOn");
        const auto row = [](const char *name, const char *pinned, ChannelBinding binding, const char *offered,
                            const char *listed, bool goesOn) {
            QTest::newRow(name) << QString::fromLatin1(pinned) << int(binding) << QByteArray(offered)
                                << QByteArray(listed) << goesOn;
        };
        const auto none = ChannelBinding::None;
        const auto exporter = ChannelBinding::TlsExporter;
        row("first time", "", none, "SCRAM-SHA-1", "", true);
        row("same", "SCRAM-SHA-256", none, "SCRAM-SHA-256", "", true);
        row("better", "SCRAM-SHA-1", none, "SCRAM-SHA-512 SCRAM-SHA-512-PLUS", "tls-exporter", true);
        row("same with binding", "SCRAM-SHA-1-PLUS", exporter, "SCRAM-SHA-1-PLUS", "tls-exporter", true);
        row("weaker hash", "SCRAM-SHA-256", none, "SCRAM-SHA-1", "", false);
        row("plain", "SCRAM-SHA-1", none, "PLAIN", "", false);
        row("plus is gone", "SCRAM-SHA-1-PLUS", exporter, "SCRAM-SHA-1", "", false);
        row("plus is gone, better hash", "SCRAM-SHA-1-PLUS", exporter, "SCRAM-SHA-512", "", false);
        row("weaker binding", "SCRAM-SHA-1-PLUS", exporter, "SCRAM-SHA-1 SCRAM-SHA-1-PLUS", "tls-server-end-point",
            false);
        row("weaker hash with binding", "SCRAM-SHA-256", none, "SCRAM-SHA-1-PLUS", "tls-exporter", false);
        row("plain before", "PLAIN", none, "SCRAM-SHA-1", "", true);
    }
    void stepsBack()
    {
        QFETCH(QString, pinned);
        QFETCH(int, binding);
        QFETCH(QByteArray, offered);
        QFETCH(QByteArray, listed);
        QFETCH(bool, goesOn);
        Play play;
        play.prepare = [](tests::FakeTransport &transport) {
            transport.bindings[ChannelBinding::TlsExporter] = "exporter";
            transport.bindings[ChannelBinding::TlsServerEndPoint] = "end point";
        };
        auto signIn = Play::signIn();
        signIn.allowPlain = true;
        signIn.pin = {pinned, ChannelBinding(binding)};
        play.connection.setSignIn(signIn);
        offer(play, offered, listed);
        if (goesOn) {
            QVERIFY(play.server.takes().is("auth", xmpp::ns::sasl));
            return;
        }
        if (offered != "PLAIN") { // the server may still prove its offer genuine
            ScramServer scram(QCryptographicHash::Sha1, "secret");
            play.server.send(ServerScript::sasl("challenge", scram.challenge(play.server.takesSasl("auth"))));
        }
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Auth);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("sign-in-weaker"));
        QVERIFY(!play.transport().all.contains("<response"));
        QVERIFY(offered != "PLAIN" || !play.transport().all.contains("<auth"));
    }

    /// XEP-0440 3, and RFC 5802 6: what Prosody with -PLUS switched off lists, and how it answers `y`.
    void halfAnOffer_data()
    {
        QTest::addColumn<QByteArray>("mechanisms");
        QTest::addColumn<QByteArray>("bindings");
        QTest::addColumn<QByteArray>("refusal"); // empty: not even asked
        QTest::newRow("no plus") << QByteArray("SCRAM-SHA-1") << QByteArray("tls-exporter") << QByteArray();
        QTest::newRow("unknown types") << QByteArray("SCRAM-SHA-1 SCRAM-SHA-1-PLUS") << QByteArray("tls-moonlight")
                                       << QByteArray();
        QTest::newRow("y refused") << QByteArray("SCRAM-SHA-1") << QByteArray() << QByteArray("malformed-request");
    }
    void halfAnOffer()
    {
        QFETCH(QByteArray, mechanisms);
        QFETCH(QByteArray, bindings);
        QFETCH(QByteArray, refusal);
        Play play;
        play.prepare = [](tests::FakeTransport &transport) {
            transport.bindings[ChannelBinding::TlsExporter] = "exporter";
        };
        offer(play, mechanisms, bindings);
        if (!refusal.isEmpty()) {
            QVERIFY(play.server.takes().is("auth", xmpp::ns::sasl));
            play.server.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + refusal + "/></failure>");
        }
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Auth);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("offer-incomplete"));
        QVERIFY(!refusal.isEmpty() || !play.transport().all.contains("<auth"));
    }

    /// XEP-0474, XEP-0515: what the server says of its own offer and its own end.
    void provenOffer_data()
    {
        QTest::addColumn<QByteArray>("extensions");
        QTest::addColumn<QString>("pinned");
        QTest::addColumn<QString>("condition"); // empty: signed in
        xmpp::Offer offer;
        offer.mechanisms = {QStringLiteral("SCRAM-SHA-1")};
        const QByteArray right = ",h=" + offer.hash(xmpp::Scram::Hash::Sha1).toBase64();
        offer.mechanisms.append(QStringLiteral("SCRAM-SHA-256"));
        const QByteArray more = ",h=" + offer.hash(xmpp::Scram::Hash::Sha1).toBase64();
        const QString better = QStringLiteral("SCRAM-SHA-256");
        const QString tampered = QStringLiteral("offer-tampered");
        QTest::newRow("genuine") << right << QString() << QString();
        QTest::newRow("genuine, weaker") << right << better << QString();
        QTest::newRow("something was taken away") << more << QString() << tampered;
        QTest::newRow("taken away, weaker") << more << better << tampered;
        QTest::newRow("no proof, weaker") << QByteArray() << better << QStringLiteral("sign-in-weaker");
        QTest::newRow("empty") << QByteArray(",h=") << QString() << tampered;
        QTest::newRow("nonsense") << QByteArray(",h=%%%%") << QString() << tampered;
        QTest::newRow("same TLS") << right + ",t=0304" << QString() << QString();
        QTest::newRow("other TLS") << right + ",t=0303" << QString() << tampered;
        QTest::newRow("TLS alone is no proof") << QByteArray(",t=0304") << better << QStringLiteral("sign-in-weaker");
        QTest::newRow("unknown") << QByteArray(",x=1") << QString() << QString();
    }
    void provenOffer()
    {
        QFETCH(QByteArray, extensions);
        QFETCH(QString, pinned);
        QFETCH(QString, condition);
        Play play;
        auto signIn = Play::signIn();
        signIn.pin = {pinned, ChannelBinding::None};
        play.connection.setSignIn(signIn);
        play.server.extensions = extensions;
        offer(play, "SCRAM-SHA-1");
        if (condition.isEmpty()) {
            QVERIFY(play.server.authenticates("SCRAM-SHA-1"));
            play.server.binds();
            play.waitsFor(Connection::State::Online);
            return;
        }
        ScramServer scram(QCryptographicHash::Sha1, "secret");
        scram.extensions = extensions;
        play.server.send(ServerScript::sasl("challenge", scram.challenge(play.server.takesSasl("auth"))));
        play.waitsFor(Connection::State::Offline);
        QCOMPARE(play.connection.error()->condition, condition);
        QVERIFY(!play.transport().all.contains("<response"));
    }

    /// A reconnect costs no PBKDF2 (issue 3), as long as salt and count are the same.
    void derivesOnce()
    {
        Play play;
        play.goesOnline();
        QCOMPARE(play.connection.facts().derivations, 1);
        const auto keys = play.connection.facts().keys;
        QVERIFY(keys);
        play.transport().lose();
        play.waitsFor(Connection::State::Waiting);
        play.connection.retryNow();
        play.signsIn();
        QCOMPARE(play.connection.facts().derivations, 0);
        QCOMPARE(play.connection.facts().keys, keys);
        // Another salt: counted anew.
        play.transport().lose();
        play.waitsFor(Connection::State::Waiting);
        auto other = std::make_shared<xmpp::KnownKeys>();
        other->salt = "another salt";
        other->iterations = keys->iterations;
        other->keys = {keys->keys.client.copy(), keys->keys.server.copy()};
        auto signIn = play.connection.signIn();
        signIn.keys = other;
        play.connection.setSignIn(signIn);
        play.connection.retryNow();
        play.signsIn();
        QCOMPARE(play.connection.facts().derivations, 1);
    }

    /// Keys of an older password with the same salt: the password itself is tried, once.
    void staleKeys_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::newRow("right password") << QByteArray("secret");
        QTest::newRow("wrong password") << QByteArray("guess");
    }
    void staleKeys()
    {
        QFETCH(QByteArray, typed);
        Play play;
        auto signIn = Play::signIn(typed.constData());
        auto stale = std::make_shared<xmpp::KnownKeys>();
        stale->salt = ScramServer(QCryptographicHash::Sha1, "").salt;
        stale->iterations = 4096;
        stale->keys = xmpp::Scram::derive(stale->hash, "an old one", stale->salt, 4096);
        signIn.keys = stale;
        play.connection.setSignIn(signIn);
        offer(play, "SCRAM-SHA-1");
        QVERIFY(!play.server.authenticates("SCRAM-SHA-1"));
        const bool isRight = play.server.authenticates("SCRAM-SHA-1");
        QCOMPARE(isRight, typed == "secret");
        if (!isRight) {
            play.waitsFor(Connection::State::NeedsPassword);
            QCOMPARE(play.transport().all.count("<auth"), 2);
            return;
        }
        play.server.binds();
        play.waitsFor(Connection::State::Online);
        QVERIFY(!play.connection.facts().keys->keys.client.equals(stale->keys.client.view()));
    }
    void pinsOnlyRise()
    {
        using xmpp::Pin;
        const Pin best = Pin{}
                             .raised({QStringLiteral("SCRAM-SHA-1-PLUS"), ChannelBinding::TlsExporter})
                             .raised({QStringLiteral("SCRAM-SHA-512"), ChannelBinding::None})
                             .raised({QStringLiteral("PLAIN"), ChannelBinding::TlsServerEndPoint});
        QCOMPARE(best.mechanism, QStringLiteral("SCRAM-SHA-512"));
        QCOMPARE(best.binding, ChannelBinding::TlsExporter);
    }

    void passwordIsPrepared()
    {
        Play play;
        play.connection.setSignIn(Play::signIn("I\xC2\xADX")); // a soft hyphen (RFC 4013 3)
        offer(play, "SCRAM-SHA-1");
        QVERIFY(play.server.authenticates("SCRAM-SHA-1", "IX"));
    }
    void passwordNotAllowed()
    {
        Play play;
        play.connection.setSignIn(Play::signIn("a\x07"));
        offer(play, "SCRAM-SHA-1");
        play.waitsFor(Connection::State::NeedsPassword);
        QCOMPARE(play.connection.error()->kind, Error::Kind::Input);
        QCOMPARE(play.connection.error()->condition, QStringLiteral("password-not-allowed"));
    }

    void failureWords()
    {
        const Error error =
            xmpp::saslFailure(tests::parsed("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><account-disabled "
                                            "xmlns='urn:x'/><credentials-expired/><text>Call us</text></failure>"));
        QCOMPARE(error.condition, QStringLiteral("credentials-expired"));
        QVERIFY(error.detail.contains(QStringLiteral("Call us")));
        QCOMPARE(xmpp::saslFailure(tests::parsed("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")).condition,
                 QStringLiteral("not-authorized"));
    }
};

BALCONY_TEST(TestSasl)
#include "tst_sasl.moc"
