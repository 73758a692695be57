// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/testca.h"
#include "net/tlsstream.h"
#include "support/testmain.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <openssl/pem.h>

using net::TlsStream;
using namespace tests;

/// The tls-exporter binding (RFC 9266) against what OpenSSL's own server program prints.
class tst_exporter : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        const Issued issued = issue({.names = {QStringLiteral("DNS:verona.test")}});
        const net::ossl::BioPtr bio(BIO_new(BIO_s_mem()));
        PEM_write_bio_PrivateKey(bio.get(), issued.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        char *bytes = nullptr;
        const long length = BIO_get_mem_data(bio.get(), &bytes);
        QFile file(m_folder.filePath(QStringLiteral("server.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(issued.pem() + QByteArray(bytes, length));
    }

    /// Under TLS 1.2 the program's own function gives another value: from its key log, and the randoms on the wire, both are
    /// computed by the PRF (RFC 5705 4), once without a context like the program, once with the empty one of RFC 9266.
    void likeThePrf()
    {
        QProcess server;
        server.setProcessChannelMode(QProcess::MergedChannels);
        const QString keyLog = m_folder.filePath(QStringLiteral("keys.log"));
        server.start(
            QStringLiteral("openssl"),
            {QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"),
             QStringLiteral("-cert"), m_folder.filePath(QStringLiteral("server.pem")), QStringLiteral("-tls1_2"),
             QStringLiteral("-cipher"), QStringLiteral("ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256"),
             QStringLiteral("-keylogfile"), keyLog, QStringLiteral("-keymatexport"),
             QStringLiteral("EXPORTER-Channel-Binding"), QStringLiteral("-keymatexportlen"), QStringLiteral("32")});
        if (!server.waitForStarted())
            QFAIL("there is no openssl program here");
        QByteArray output;
        const auto says = [&](const QRegularExpression &pattern) {
            output += server.readAll();
            return pattern.match(QString::fromLatin1(output)).captured(1);
        };
        const QRegularExpression port(QStringLiteral("ACCEPT [^\\n]*:(\\d+)\\n"));
        QTRY_VERIFY_WITH_TIMEOUT(!says(port).isEmpty(), 30'000);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), says(port).toUShort());
        QVERIFY(socket.waitForConnected(30'000));
        TlsStream client;
        client.start({QStringLiteral("verona.test"), {}, {}});
        QByteArray fromServer;
        const auto isOpen = [&] {
            const QByteArray bytes = socket.readAll();
            fromServer += bytes;
            client.feed(bytes);
            client.read();
            socket.write(client.takeEncrypted());
            return client.state() == TlsStream::State::Open;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), 30'000);
        const QRegularExpression material(QStringLiteral("Keying material: ([0-9A-F]{64})"));
        const auto isPrinted = [&] {
            isOpen();
            return !says(material).isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isPrinted(), 30'000);
        QFile log(keyLog);
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QRegularExpression line(QStringLiteral("CLIENT_RANDOM ([0-9a-fA-F]{64}) ([0-9a-fA-F]{96})"));
        const auto keys = line.match(QString::fromLatin1(log.readAll()));
        QVERIFY(keys.hasMatch());
        // RFC 5246 7.4.1.3: record header 5, handshake header 4, version 2, then the random.
        const QByteArray serverRandom = fromServer.mid(11, 32).toHex();
        const auto prf = [&](const QString &context) {
            const QString label = QString::fromLatin1(QByteArray("EXPORTER-Channel-Binding").toHex());
            QProcess kdf;
            kdf.start(
                QStringLiteral("openssl"),
                {QStringLiteral("kdf"), QStringLiteral("-binary"), QStringLiteral("-keylen"), QStringLiteral("32"),
                 QStringLiteral("-kdfopt"), QStringLiteral("digest:SHA256"), QStringLiteral("-kdfopt"),
                 QStringLiteral("hexsecret:") + keys.captured(2), QStringLiteral("-kdfopt"),
                 QStringLiteral("hexseed:") + label + keys.captured(1) + QString::fromLatin1(serverRandom) + context,
                 QStringLiteral("TLS1-PRF")});
            kdf.waitForFinished();
            return kdf.readAllStandardOutput();
        };
        // The reckoning is right, as it is the program's; and ours is the one with a length of zero behind the randoms.
        QCOMPARE(prf({}).toHex(), says(material).toLatin1().toLower());
        const auto binding = client.channelBinding(net::ChannelBinding::TlsExporter);
        QVERIFY(binding);
        QCOMPARE(binding->toHex(), prf(QStringLiteral("0000")).toHex());
        server.kill();
        server.waitForFinished();
    }

    void likeTheServerProgram_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("equal");
        QTest::newRow("1.3") << QStringLiteral("-tls1_3") << true;
        // The program exports without a context. Under TLS 1.2 that is another value than the empty context that RFC 9266
        // asks for (RFC 5705 4); under 1.3 there is no difference.
        QTest::newRow("1.2") << QStringLiteral("-tls1_2") << false;
    }
    void likeTheServerProgram()
    {
        QFETCH(QString, version);
        QFETCH(bool, equal);
        QProcess server;
        server.setProcessChannelMode(QProcess::MergedChannels);
        server.start(QStringLiteral("openssl"),
                     {QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"),
                      QStringLiteral("-cert"), m_folder.filePath(QStringLiteral("server.pem")), version,
                      QStringLiteral("-keymatexport"), QStringLiteral("EXPORTER-Channel-Binding"),
                      QStringLiteral("-keymatexportlen"), QStringLiteral("32")});
        if (!server.waitForStarted())
            QFAIL("there is no openssl program here");
        QByteArray output;
        const auto says = [&](const QRegularExpression &pattern) {
            output += server.readAll();
            return pattern.match(QString::fromLatin1(output)).captured(1);
        };
        const QRegularExpression port(QStringLiteral("ACCEPT [^\\n]*:(\\d+)\\n"));
        QTRY_VERIFY_WITH_TIMEOUT(!says(port).isEmpty(), 30'000);

        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), says(port).toUShort());
        QVERIFY(socket.waitForConnected(30'000));
        TlsStream client;
        client.start({QStringLiteral("verona.test"), {}, {}});
        const auto isOpen = [&] {
            client.feed(socket.readAll());
            client.read(); // tickets
            socket.write(client.takeEncrypted());
            return client.state() == TlsStream::State::Open;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), 30'000);
        const auto binding = client.channelBinding(net::ChannelBinding::TlsExporter);
        QVERIFY(binding);
        const QRegularExpression material(QStringLiteral("Keying material: ([0-9A-F]{64})"));
        const auto isPrinted = [&] {
            isOpen(); // the last flight may still be with us
            return !says(material).isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isPrinted(), 30'000);
        QCOMPARE(QByteArray::fromHex(says(material).toLatin1()) == *binding, equal);
        server.kill();
        server.waitForFinished();
    }
};

BALCONY_TEST(tst_exporter)
#include "tst_exporter.moc"
