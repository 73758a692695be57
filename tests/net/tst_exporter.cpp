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
