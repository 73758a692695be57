// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/signing.h"
#include "net/clientcertificate.h"
#include "net/clientfile.h"
#include "support/testmain.h"

#include <QDirIterator>
#include <QSignalSpy>

using namespace tests;
using State = chat::Account::State;

namespace {

QString errorOf(const chat::Account &account)
{
    return account.error() ? account.error()->condition : QString();
}

} // namespace

/// What accounts sign in by beside a password, the proxy's password, and the keys that servers show.
class TestProofs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        Paper paper;
        paper.names = {xmppAddr(QStringLiteral("romeo@montague.lit"))};
        const Issued own = issue(paper);
        write("own.pem", pemFile(own));
        write("closed.p12", pkcs12File(own, nullptr, "wherefore"));
        paper.fromDays = -9;
        paper.toDays = -2;
        write("old.pem", pemFile(issue(paper)));
    }

    /// The passphrase is asked for as a password is, kept where one would be, and the key stays in the person's file.
    void certificates()
    {
        {
            Signing s(folder());
            use(s, "closed.p12");
            s.account().goOnline();
            s.comesTo(State::NeedsPassword);
            QCOMPARE(errorOf(s.account()), QStringLiteral("certificate-passphrase"));
            QCOMPARE(s.transports, 0);
            s.account().goOnline(SecretBytes(std::string_view("therefore")));
            s.comesTo(State::NeedsPassword);
            s.account().goOnline(SecretBytes(std::string_view("wherefore")));
            signsIn(s, "EXTERNAL");
            QVERIFY(s.transport->opened.certificate);
            VERIFY_OK(wait(s.account().keepPassword(SecretBytes(std::string_view("wherefore")))));
        }
        Signing s(folder());
        s.account().goOnline();
        signsIn(s, "EXTERNAL");
        QVERIFY(s.account().memory().pin().mechanism.isNull());
        for (QDirIterator it(folder(), QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            QFile file(it.next());
            QVERIFY(file.open(QFile::ReadOnly));
            QVERIFY2(!file.readAll().contains("PRIVATE KEY"), qPrintable(it.filePath()));
        }
        // The password that was there before is there again.
        use(s, "");
        s.comesTo(State::Connecting);
        s.signsIn("SCRAM-SHA-1");
        QVERIFY(!s.transport->opened.certificate);
    }

    void badFiles_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("condition");
        QTest::newRow("none") << QByteArray("nowhere.pem") << QStringLiteral("certificate-file");
        QTest::newRow("a folder") << QByteArray(".") << QStringLiteral("certificate-file");
        QTest::newRow("old") << QByteArray("old.pem") << QStringLiteral("own-certificate-expired");
        QTest::newRow("something else") << QByteArray("letter.txt") << QStringLiteral("certificate-unreadable");
    }
    void badFiles()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, condition);
        write("letter.txt", SecretBytes(std::string_view("O, speak again, bright angel!")));
        Signing s(folder());
        use(s, file);
        s.account().goOnline();
        s.comesTo(State::NeedsDecision);
        QCOMPARE(errorOf(s.account()), condition);
        QCOMPARE(s.transports, 0);
        use(s, "own.pem"); // mended
        s.account().goOnline();
        signsIn(s, "EXTERNAL");
    }

    /// XEP-0175: another address each time, and nothing of it on the disk when the program has ended.
    void guests()
    {
        {
            Signing s(folder());
            chat::AccountSettings settings;
            settings.jid = jid("montague.lit");
            auto added = wait(s.profile.accounts().add(settings, {}));
            VERIFY_OK(added);
            chat::Account &guest = **added;
            QVERIFY(guest.settings().passwordStore == chat::AccountSettings::PasswordStore::None);
            guest.goOnline();
            for (const char *address : {"6c1a@montague.lit/orchard", "77b0@montague.lit/orchard"}) {
                s.waitsForAttempt();
                s.server.opens(ServerScript::saslFeatures("ANONYMOUS"));
                s.server.takes();
                s.server.send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
                s.server.binds(address);
                QTRY_COMPARE_WITH_TIMEOUT(guest.state(), State::Online, patience);
                QCOMPARE(guest.client().self().bare(), jid(address).bare());
                s.transport->lose();
            }
        }
        Signing s(folder());
        QCOMPARE(s.profile.accounts().all().size(), size_t(1));
        QCOMPARE(s.account().jid(), jid("romeo@montague.lit"));
    }

    /// A proxy that refuses its password asks the person. The account's own password, typed and kept nowhere, is not lost.
    void proxyAsks()
    {
        Signing s(folder());
        chat::AccountSettings settings = s.account().settings();
        settings.passwordStore = chat::AccountSettings::PasswordStore::None;
        settings.proxy = {net::Proxy::Kind::Socks5, QStringLiteral("127.0.0.1"), 9050, {}, {}};
        VERIFY_OK(wait(s.profile.accounts().change(settings)));
        s.prepare = [](FakeTransport &transport) {
            transport.openError = Error{Error::Kind::Network, QStringLiteral("proxy-auth"), {}};
        };
        s.account().goOnline(SecretBytes(std::string_view("secret")));
        s.comesTo(State::NeedsPassword);
        QCOMPARE(errorOf(s.account()), QStringLiteral("proxy-auth"));
        QCOMPARE(s.transports, 1);
        s.prepare = {};
        settings = s.account().settings();
        settings.proxy.user = QStringLiteral("verona");
        settings.proxy.password = std::make_shared<const SecretBytes>(std::string_view("balcony"));
        VERIFY_OK(wait(s.profile.accounts().change(settings)));
        s.skipsAttempts(1);
        s.signsIn("SCRAM-SHA-1");
        QCOMPARE(s.transport->opened.proxy.user, QStringLiteral("verona"));
    }

    /// RELIABILITY 1.31: a key that was never seen is told once, also by the next start; one that comes back is none.
    void serverKeys()
    {
        {
            Signing s(folder());
            QSignalSpy told(&s.account().serverKeys(), &chat::ServerKeys::keyChanged);
            s.key = "aa";
            s.account().goOnline();
            s.signsIn("SCRAM-SHA-1");
            QVERIFY(!s.account().serverKeys().news()); // the first is no news
            QCOMPARE(s.account().serverKeys().all().size(), size_t(1));
            s.key = "bb";
            s.transport->lose();
            s.signsIn("SCRAM-SHA-1");
            QCOMPARE(told.count(), 1);
            QVERIFY(s.account().serverKeys().news());
            QCOMPARE(s.account().serverKeys().news()->fingerprint, QByteArray("\xbb"));
            QCOMPARE(s.account().serverKeys().previous()->fingerprint, QByteArray("\xaa"));
            QCOMPARE(s.account().serverKeys().news()->issuer, QStringLiteral("An authority"));
        }
        {
            Signing s(folder());
            QVERIFY(s.account().serverKeys().news());
            s.account().serverKeys().setTold();
            QVERIFY(!s.account().serverKeys().news());
        }
        Signing s(folder());
        QVERIFY(!s.account().serverKeys().news());
        QSignalSpy told(&s.account().serverKeys(), &chat::ServerKeys::keyChanged);
        s.key = "aa"; // another machine of the same server
        s.account().goOnline();
        s.signsIn("SCRAM-SHA-1");
        QCOMPARE(told.count(), 0);
        QCOMPARE(s.account().serverKeys().all().front().fingerprint, QByteArray("\xaa"));
        VERIFY_OK(wait(s.profile.accounts().remove(s.account().jid())));
    }

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("profile")); }
    void write(const char *name, const SecretBytes &bytes)
    {
        QFile file(m_dir->filePath(QLatin1String(name)));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(bytes.data(), qint64(bytes.size()));
    }
    /// The certificate file, or none.
    void use(Signing &s, const QByteArray &name)
    {
        chat::AccountSettings settings = s.account().settings();
        settings.certificateFile = name.isEmpty() ? QString() : m_dir->filePath(QString::fromLatin1(name));
        VERIFY_OK(wait(s.profile.accounts().change(settings)));
    }
    static void signsIn(Signing &s, const QByteArray &mechanism)
    {
        s.offers("PLAIN " + mechanism);
        QCOMPARE(s.server.takes().attribute("mechanism").toLatin1(), mechanism);
        s.server.send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        s.server.binds();
        s.comesTo(State::Online);
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

BALCONY_TEST(TestProofs)
#include "tst_proofs.moc"
