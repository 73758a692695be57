// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/signing.h"
#include "support/testmain.h"

#include <QMessageAuthenticationCode>
#include <QSignalSpy>
#include <QUuid>

using namespace tests;
using net::ChannelBinding;
using State = chat::Account::State;

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
            QCOMPARE(s.account().memory().pin().mechanism, QStringLiteral("SCRAM-SHA-256-PLUS"));
        }
        Signing s(folder());
        const xmpp::Pin best = s.account().memory().pin();
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
        QCOMPARE(s.account().memory().pin(), best);
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
        QCOMPARE(s.account().memory().pin().mechanism, QStringLiteral("SCRAM-SHA-1"));
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
        QCOMPARE(s.account().memory().pin().mechanism, QStringLiteral("SCRAM-SHA-256"));
        s.account().goOnline();
        s.signsIn("SCRAM-SHA-256");
    }

    /// A copy of the settings from before a sign-in, changed and given back, sets nothing back that was learned or chosen
    /// since.
    void oldSettingsSetNothingBack()
    {
        {
            Signing s(folder());
            chat::AccountSettings copy = s.account().settings();
            s.account().goOnline();
            s.signsIn("SCRAM-SHA-256-PLUS", "tls-exporter");
            s.account().setPresence(xmpp::Presence::Show::Away, QStringLiteral("In the orchard"));
            copy.allowPlain = true;
            VERIFY_OK(wait(s.profile.accounts().change(copy)));
            QVERIFY(s.account().settings().allowPlain);
            QCOMPARE(s.account().memory().pin().mechanism, QStringLiteral("SCRAM-SHA-256-PLUS"));
            QCOMPARE(s.account().settings().status, QStringLiteral("In the orchard"));
            s.transport->lose();
            s.refuses("SCRAM-SHA-1");
        }
        Signing s(folder());
        QVERIFY(s.account().settings().allowPlain);
        QCOMPARE(s.account().memory().pin().mechanism, QStringLiteral("SCRAM-SHA-256-PLUS"));
        QCOMPARE(s.account().settings().status, QStringLiteral("In the orchard"));
        s.account().goOnline();
        s.refuses("SCRAM-SHA-1");
    }

    /// Versions before kept what sign-ins taught among the settings.
    void takesOverOlderProfiles()
    {
        const QString device = QStringLiteral("d4565fa7-4d72-4749-b3d3-740edbf87770");
        {
            Signing s(folder());
            QJsonObject config = s.account().settings().toJson();
            config[QStringLiteral("bestMechanism")] = QStringLiteral("SCRAM-SHA-512-PLUS");
            config[QStringLiteral("bestBinding")] = QStringLiteral("tls-exporter");
            config[QStringLiteral("device")] = device;
            const store::Account row{s.account().jid(), true, config};
            const auto put = [row](store::Transaction &transaction) { return transaction.accounts().put(row); };
            VERIFY_OK(wait(s.profile.services().store.write(put)));
        }
        for (int start = 0; start < 2; ++start) {
            Signing s(folder());
            QCOMPARE(s.account().memory().pin().mechanism, QStringLiteral("SCRAM-SHA-512-PLUS"));
            QCOMPARE(s.account().memory().pin().binding, ChannelBinding::TlsExporter);
            QCOMPARE(s.account().memory().device(), device);
            VERIFY_OK(wait(s.profile.accounts().change(s.account().settings()))); // the old place is written over
        }
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
            device = s.account().memory().device();
            QVERIFY(!QUuid(device).isNull());
        }
        Signing s(folder());
        QCOMPARE(s.account().memory().device(), device);
        s.account().goOnline();
        QTRY_VERIFY_WITH_TIMEOUT(s.transport, patience);
        s.server.takesHeader();
        QCOMPARE(initial(s.server.takes()), QByteArray("romeo\0", 6) + mac("Initiatorexporter", "one"));
        s.server.send(ServerScript::header + features + success(mac("Responderexporter", "one"), "two"));
        s.comesTo(State::Online);
        QCOMPARE(s.account().facts().mechanism, QStringLiteral("HT-SHA-256-EXPR"));
        QCOMPARE(s.account().memory().pin().mechanism, QStringLiteral("SCRAM-SHA-1-PLUS"));
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
        // It goes with the account, here and at the server (XEP-0484 3.6).
        VERIFY_OK(wait(s.profile.accounts().remove(s.account().jid())));
        QVERIFY(!QFile::exists(file));
        QTRY_COMPARE_WITH_TIMEOUT(s.transports, 3, patience);
        s.server.takesHeader();
        const xml::Element last = s.server.takes();
        QCOMPARE(initial(last), QByteArray("romeo\0", 6) + mac("Initiatorexporter", "one"));
        QCOMPARE(last.child("fast", "urn:xmpp:fast:0").attribute("invalidate"), QStringLiteral("true"));
        QVERIFY(!last.hasChild("bind", "urn:xmpp:bind:0"));
        s.server.send(ServerScript::header + features + success(mac("Responderexporter", "one"), "three"));
        s.server.takesEnd();
        QVERIFY(!QFile::exists(file)); // what comes now is not kept
    }

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("profile")); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

BALCONY_TEST(TestAccount)
#include "tst_account.moc"
