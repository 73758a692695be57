// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientfile.h"
#include "net/tlspeer.h"
#include "net/tlsstream.h"
#include "support/testmain.h"

using namespace tests;
using net::ClientCertificate;
using net::TlsStream;

namespace {

const QString romeo = QStringLiteral("romeo@verona.test");

SecretBytes word(const char *text)
{
    return SecretBytes(std::string_view(text));
}

QString conditionOf(const SecretBytes &file, const char *passphrase)
{
    const auto read = ClientCertificate::read(file, word(passphrase));
    return read ? QStringLiteral("good") : read.error().condition;
}

} // namespace

/// Certificates of ours: their files, and how they are shown in a handshake (XEP-0178).
class tst_clientcertificate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void files_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("passphrase");
        for (const char *passphrase : {"", "wherefore"}) {
            QTest::addRow("pem '%s'", passphrase) << 0 << QByteArray(passphrase);
            QTest::addRow("pkcs12 '%s'", passphrase) << 1 << QByteArray(passphrase);
        }
        QTest::newRow("old pkcs12") << 2 << QByteArray("wherefore");
    }

    void files()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, passphrase);
        const SecretBytes file = kind == 0 ? pemFile(m_own, &m_authority, passphrase)
                                           : pkcs12File(m_own, &m_authority, passphrase, kind == 2);
        const auto read = ClientCertificate::read(file, word(passphrase.constData()));
        QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
        QCOMPARE(read->addresses(), QStringList{romeo});
        QCOMPARE(read->facts().name, romeo);
        QCOMPARE(read->facts().issuer, QStringLiteral("Test authority"));
        QVERIFY(read->checkTime(QDateTime::currentDateTimeUtc()));
        if (passphrase.isEmpty()) {
            QCOMPARE(conditionOf(file, "one too many"),
                     kind == 0 ? QStringLiteral("good") : QStringLiteral("certificate-passphrase"));
            return;
        }
        QCOMPARE(conditionOf(file, "therefore"), QStringLiteral("certificate-passphrase"));
        QCOMPARE(conditionOf(file, ""), QStringLiteral("certificate-passphrase"));
    }

    void badFiles()
    {
        const Issued other = issue({});
        const Issued mixed{net::ossl::certificate(m_own.der()), other.key};
        QCOMPARE(conditionOf(word(""), ""), QStringLiteral("certificate-unreadable"));
        QCOMPARE(conditionOf(word("Two households, both alike in dignity"), ""),
                 QStringLiteral("certificate-unreadable"));
        QCOMPARE(conditionOf(pemFile(mixed), ""), QStringLiteral("certificate-unreadable"));
        QCOMPARE(conditionOf(word(m_own.pem().constData()), ""), QStringLiteral("certificate-unreadable")); // no key
        const SecretBytes whole = pemFile(m_own);
        const auto keyOnly = whole.view().substr(0, whole.view().find("-----BEGIN CERTIFICATE"));
        QCOMPARE(conditionOf(SecretBytes(keyOnly), ""), QStringLiteral("certificate-unreadable"));
        const SecretBytes box = pkcs12File(m_own, nullptr, "wherefore");
        for (size_t size = 0; size < box.size(); size += 41) // cut anywhere
            QVERIFY(conditionOf(SecretBytes(box.view().substr(0, size)), "wherefore") != u"good");
    }

    void times()
    {
        const Issued old = issue({.names = {xmppAddr(romeo)}, .fromDays = -9, .toDays = -2}, &m_authority);
        const auto read = ClientCertificate::read(pemFile(old), {});
        QVERIFY(read);
        const auto late = read->checkTime(QDateTime::currentDateTimeUtc());
        QCOMPARE(late.error().condition, QStringLiteral("own-certificate-expired"));
        QCOMPARE(late.error().certificate->since, read->facts().validTo);
        QVERIFY(late.error().detail.contains(read->facts().validTo.toString(QStringLiteral("yyyy-MM-dd hh:mm"))));
        QVERIFY(late.error().detail.contains(romeo));
        QVERIFY(read->checkTime(read->facts().validFrom.addDays(1)));
        const auto early = read->checkTime(read->facts().validFrom.addDays(-1));
        QCOMPARE(early.error().condition, QStringLiteral("own-certificate-not-yet-valid"));
        QCOMPARE(early.error().certificate->since, read->facts().validFrom);
    }

    /// Nothing of ours is said before the owner has judged the server.
    void isShownToAProvenServer()
    {
        TlsPeer server(TlsPeer::makeContext(m_leaf, {.clients = &m_authority}));
        TlsStream client;
        client.start(options(m_own));
        carry(client, server);
        QCOMPARE(client.state(), TlsStream::State::Asked);
        QVERIFY(!server.isOpen());
        QCOMPARE(client.peerChain().front(), m_leaf.der());
        client.proceed();
        carry(client, server);
        QCOMPARE(client.state(), TlsStream::State::Open);
        QVERIFY(server.isOpen());
        QVERIFY(client.facts().askedForOurs);
        const net::ossl::X509Ptr seen(SSL_get1_peer_certificate(server.ssl()));
        QVERIFY(seen);
        QCOMPARE(net::ossl::der(seen.get()), m_own.der());
        QCOMPARE(SSL_get_verify_result(server.ssl()), long(X509_V_OK));
        server.write("well met");
        carry(client, server);
        QCOMPARE(client.read(), QByteArray("well met"));
    }

    void isNotShownUnasked()
    {
        TlsPeer server(TlsPeer::makeContext(m_leaf, {}));
        TlsStream client;
        client.start(options(m_own));
        carry(client, server);
        QCOMPARE(client.state(), TlsStream::State::Open);
        QVERIFY(!client.facts().askedForOurs);
    }

    /// TLS 1.2 would tell everybody on the way who we are.
    void isNotShownToAll()
    {
        TlsPeer server(TlsPeer::makeContext(m_leaf, {.most = TLS1_2_VERSION, .clients = &m_authority}));
        TlsStream client;
        client.start(options(m_own));
        carry(client, server);
        QCOMPARE(client.state(), TlsStream::State::Failed);
        QVERIFY(client.error().detail.contains(QStringLiteral("TLS 1.3")));
    }

    void isRefused()
    {
        const Issued stranger = makeAuthority(QStringLiteral("Stranger"));
        const Issued own = issue({.names = {xmppAddr(romeo)}}, &stranger);
        TlsPeer server(TlsPeer::makeContext(m_leaf, {.clients = &m_authority}));
        TlsStream client;
        client.start(options(own));
        carry(client, server);
        client.proceed();
        carry(client, server);
        QVERIFY(client.read().isEmpty()); // under TLS 1.3 the alert comes after our end of the handshake
        QCOMPARE(client.state(), TlsStream::State::Failed);
        QCOMPARE(client.error().condition, QStringLiteral("own-certificate-refused"));
    }

private:
    static void carry(TlsStream &client, TlsPeer &server)
    {
        for (;;) {
            const QByteArray up = client.takeEncrypted();
            if (!up.isEmpty())
                server.feed(up);
            const QByteArray down = server.takeEncrypted();
            if (!down.isEmpty())
                client.feed(down);
            if (up.isEmpty() && down.isEmpty())
                return;
        }
    }
    TlsStream::Options options(const Issued &own) const
    {
        auto read = ClientCertificate::read(pemFile(own), {});
        return {QStringLiteral("verona.test"), {}, {}, std::make_shared<const ClientCertificate>(std::move(*read))};
    }

    Issued m_authority = makeAuthority();
    Issued m_leaf = issue({.names = {QStringLiteral("DNS:verona.test")}}, &m_authority);
    Issued m_own = issue({.names = {xmppAddr(romeo)}}, &m_authority);
};

BALCONY_TEST(tst_clientcertificate)
#include "tst_clientcertificate.moc"
