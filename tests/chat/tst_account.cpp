// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/profile.h"
#include "store/storage.h"
#include "support/faketransport.h"
#include "support/serverscript.h"
#include "support/testmain.h"

#include <QMessageAuthenticationCode>
#include <QSignalSpy>
#include <QUuid>

using namespace tests;
using net::ChannelBinding;
using State = chat::Account::State;

namespace {

constexpr int patience = 20'000;

/// A profile with romeo@montague.lit in it, and a server's script on the other end of its connections.
class Signing
{
public:
    explicit Signing(const QString &folder) : profile(folder)
    {
        if (!wait(profile.open()))
            QTest::qFail("the profile does not open", __FILE__, __LINE__);
        profile.services().makeTransport = [this] { return make(); };
        if (!profile.accounts().find(jid("romeo@montague.lit"))) {
            chat::AccountSettings settings;
            settings.jid = jid("romeo@montague.lit");
            settings.passwordStore = chat::AccountSettings::PasswordStore::File;
            QByteArray password("secret");
            if (!wait(profile.accounts().add(settings, SecretBytes::take(password))))
                QTest::qFail("the account is not added", __FILE__, __LINE__);
        }
    }
    ~Signing() { wait(done(profile.close())); }

    chat::Account &account() { return *profile.accounts().all().front(); }
    /// The server's side up to its features of a new connection.
    void offers(const QByteArray &mechanisms, const QByteArray &listed = {})
    {
        if (!QTest::qWaitFor([&] { return transports > m_played && transport; }, patience))
            QTest::qFail("there is no new attempt", __FILE__, __LINE__);
        m_played = transports;
        server.bindingData = mechanisms.endsWith("-PLUS") ? "exporter" : "";
        server.opens(ServerScript::saslFeatures(mechanisms, listed));
    }
    /// A whole sign-in by `mechanism`.
    void signsIn(const QByteArray &mechanism, const QByteArray &listed = {})
    {
        offers(mechanism, listed);
        if (!server.authenticates(mechanism))
            QTest::qFail("the password was not proven", __FILE__, __LINE__);
        server.binds();
        comesTo(State::Online);
    }
    /// The server offers `mechanism`, and a challenge without a proof that nothing was taken away.
    void refuses(const QByteArray &mechanism)
    {
        offers(mechanism);
        ScramServer scram(QCryptographicHash::Sha1, "secret");
        server.send(ServerScript::sasl("challenge", scram.challenge(server.takesSasl("auth"))));
        comesTo(State::NeedsDecision);
    }
    void comesTo(State state)
    {
        if (!QTest::qWaitFor([&] { return account().state() == state; }, patience))
            QTest::qFail("the account does not get there", __FILE__, __LINE__);
    }

    chat::Profile profile;
    QPointer<FakeTransport> transport;
    int transports = 0;
    ServerScript server{[this] { return transport ? transport->takeWritten() : QByteArray(); },
                        [this](const QByteArray &bytes) { transport->receive(bytes); }};

private:
    std::unique_ptr<net::Transport> make()
    {
        auto result = std::make_unique<FakeTransport>();
        result->direct = true;
        result->bindings[ChannelBinding::TlsExporter] = "exporter";
        transport = result.get();
        ++transports;
        return result;
    }
    int m_played = 0;
};

} // namespace

/// An account's sign-ins from one to the next, and over the program's end.
class TestAccount : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    /// RELIABILITY 1.31, T09: the best sign-in is kept over the program's end, and less is asked about.
    void keepsTheBestSignIn()
    {
        {
            Signing s(folder());
            s.account().goOnline();
            s.signsIn("SCRAM-SHA-256-PLUS", "tls-exporter");
            QCOMPARE(s.account().settings().pin.mechanism, QStringLiteral("SCRAM-SHA-256-PLUS"));
        }
        Signing s(folder());
        const xmpp::Pin best = s.account().settings().pin;
        QCOMPARE(best.mechanism, QStringLiteral("SCRAM-SHA-256-PLUS"));
        QCOMPARE(best.binding, ChannelBinding::TlsExporter);
        s.account().goOnline();
        s.refuses("SCRAM-SHA-1");
        QCOMPARE(s.account().error()->condition, QStringLiteral("sign-in-weaker"));
        QVERIFY(s.account().weakerOffer());
        QCOMPARE(s.account().weakerOffer()->mechanism, QStringLiteral("SCRAM-SHA-1"));
        QVERIFY(!s.transport || !s.transport->all.contains("<response"));

        // Once: the next connection asks again.
        s.account().acceptWeaker(chat::Account::Weaker::Once);
        s.signsIn("SCRAM-SHA-1");
        QCOMPARE(s.account().settings().pin, best);
        QVERIFY(!s.account().weakerOffer());
        s.transport->lose();
        s.refuses("SCRAM-SHA-1");

        // What was accepted is no leave for less.
        s.account().acceptWeaker(chat::Account::Weaker::FromNowOn);
        s.offers("PLAIN");
        QTRY_VERIFY_WITH_TIMEOUT(s.account().error(), patience);
        QCOMPARE(s.account().error()->condition, QStringLiteral("plain-not-allowed"));
        s.account().acceptWeaker(chat::Account::Weaker::Once); // nothing was asked
        QCOMPARE(s.account().state(), State::Offline);
        s.account().goOnline();
        s.signsIn("SCRAM-SHA-1");
        QCOMPARE(s.account().settings().pin.mechanism, QStringLiteral("SCRAM-SHA-1"));
    }

    void theAcceptedIsKept()
    {
        {
            Signing s(folder());
            s.account().goOnline();
            s.signsIn("SCRAM-SHA-512");
            s.transport->lose();
            s.refuses("SCRAM-SHA-256");
            s.account().acceptWeaker(chat::Account::Weaker::FromNowOn);
        }
        Signing s(folder());
        QCOMPARE(s.account().settings().pin.mechanism, QStringLiteral("SCRAM-SHA-256"));
        s.account().goOnline();
        s.signsIn("SCRAM-SHA-256");
    }

    /// Issue 3: over the program's end too, no sign-in with the same salt and count costs a PBKDF2.
    void derivesOnce()
    {
        const auto keysFile = [this] {
            const QString name = QString::fromLatin1(QByteArray("romeo@montague.lit/scram").toHex());
            return QFile(folder() + QStringLiteral("/secrets/%1.secret").arg(name)).exists();
        };
        {
            Signing s(folder());
            s.account().goOnline();
            s.signsIn("SCRAM-SHA-256");
            QCOMPARE(s.account().facts().derivations, 1);
            QTRY_VERIFY_WITH_TIMEOUT(keysFile(), patience);
        }
        Signing s(folder());
        s.account().goOnline();
        s.signsIn("SCRAM-SHA-256");
        QCOMPARE(s.account().facts().derivations, 0);
        s.transport->lose();
        s.signsIn("SCRAM-SHA-256");
        QCOMPARE(s.account().facts().derivations, 0);
        // They go with the password.
        QByteArray next("another");
        VERIFY_OK(wait(s.profile.accounts().setPassword(s.account().jid(), SecretBytes::take(next))));
        QVERIFY(!keysFile());
        s.transport->lose();
        s.signsIn("SCRAM-SHA-512"); // the running one goes on with the old password, and keeps nothing of it
        QCOMPARE(s.account().facts().derivations, 1);
        QVERIFY(!keysFile());
        VERIFY_OK(wait(s.profile.accounts().remove(s.account().jid())));
        QVERIFY(!keysFile());
    }

    /// RELIABILITY 1.37, T13: a token is used when it is on the disk, over the program's end too, and goes when refused.
    void keepsTokens()
    {
        const QByteArray features =
            "<stream:features><authentication xmlns='urn:xmpp:sasl:2'><mechanism>SCRAM-SHA-1</mechanism>"
            "<mechanism>SCRAM-SHA-1-PLUS</mechanism><inline><bind xmlns='urn:xmpp:bind:0'/><fast xmlns='urn:xmpp:fast:0'>"
            "<mechanism>HT-SHA-256-EXPR</mechanism></fast></inline></authentication><sasl-channel-binding "
            "xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='tls-exporter'/></sasl-channel-binding></stream:features>";
        const auto success = [](const QByteArray &proof, const QByteArray &token) {
            return "<success xmlns='urn:xmpp:sasl:2'><additional-data>" + proof.toBase64()
                + "</additional-data><authorization-identifier>romeo@montague.lit/Balcony.1</authorization-identifier>"
                  "<bound xmlns='urn:xmpp:bind:0'/><token xmlns='urn:xmpp:fast:0' token='"
                + token + "'/></success><stream:features/>";
        };
        const auto initial = [](const xml::Element &request) {
            return QByteArray::fromBase64(request.child("initial-response", "urn:xmpp:sasl:2").text().toLatin1());
        };
        const auto mac = [](const QByteArray &message, const QByteArray &token) {
            return QMessageAuthenticationCode::hash(message, token, QCryptographicHash::Sha256);
        };
        const QString file = folder()
            + QStringLiteral("/secrets/%1.secret")
                  .arg(QString::fromLatin1(QByteArray("romeo@montague.lit/fast").toHex()));
        const auto byPassword = [&](Signing &s, const xml::Element &request) {
            QCOMPARE(request.attribute("mechanism"), QStringLiteral("SCRAM-SHA-1-PLUS"));
            ScramServer scram(QCryptographicHash::Sha1, "secret");
            scram.bindingData = "exporter";
            s.server.send("<challenge xmlns='urn:xmpp:sasl:2'>" + scram.challenge(initial(request)).toBase64()
                          + "</challenge>");
            const QByteArray proof = scram.final(QByteArray::fromBase64(s.server.takes().text().toLatin1()));
            s.server.send(success(proof, "one"));
            s.comesTo(State::Online);
        };
        QString device;
        {
            Signing s(folder());
            s.account().goOnline();
            QTRY_VERIFY_WITH_TIMEOUT(s.transport, patience);
            s.server.opens(features);
            byPassword(s, s.server.takes());
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
            device = s.account().settings().device;
            QVERIFY(!QUuid(device).isNull());
        }
        Signing s(folder());
        QCOMPARE(s.account().settings().device, device);
        s.account().goOnline();
        QTRY_VERIFY_WITH_TIMEOUT(s.transport, patience);
        s.server.takesHeader();
        QCOMPARE(initial(s.server.takes()), QByteArray("romeo\0", 6) + mac("Initiatorexporter", "one"));
        s.server.send(ServerScript::header + features + success(mac("Responderexporter", "one"), "two"));
        s.comesTo(State::Online);
        QCOMPARE(s.account().facts().mechanism, QStringLiteral("HT-SHA-256-EXPR"));
        QCOMPARE(s.account().settings().pin.mechanism, QStringLiteral("SCRAM-SHA-1-PLUS"));
        const auto stored = [&file] {
            QFile read(file);
            return read.open(QFile::ReadOnly) ? read.readAll() : QByteArray();
        };
        QTRY_VERIFY_WITH_TIMEOUT(stored().endsWith("two"), patience);
        // The rotated one is refused: the password signs in on the same stream, and a new one takes its place.
        s.transport->lose();
        QTRY_COMPARE_WITH_TIMEOUT(s.transports, 2, patience);
        s.server.takesHeader();
        QCOMPARE(initial(s.server.takes()), QByteArray("romeo\0", 6) + mac("Initiatorexporter", "two"));
        s.server.send(ServerScript::header + features
                      + "<failure xmlns='urn:xmpp:sasl:2'><not-authorized "
                        "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/></failure>");
        byPassword(s, s.server.takes());
        QTRY_VERIFY_WITH_TIMEOUT(stored().endsWith("one"), patience);
    }

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("profile")); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

BALCONY_TEST(TestAccount)
#include "tst_account.moc"
