// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/testca.h"
#include "net/tlspeer.h"
#include "net/tlsstream.h"
#include "support/testmain.h"

#include <QCryptographicHash>

using namespace tests;
using net::ChannelBinding;
using net::TlsStream;

namespace {

/// Carries bytes both ways, `step` at a time, until neither side has more to say.
void carry(TlsStream &client, TlsPeer &server, qsizetype step = 1 << 20)
{
    for (;;) {
        const QByteArray up = client.takeEncrypted();
        for (qsizetype at = 0; at < up.size(); at += step)
            server.feed(up.mid(at, step));
        const QByteArray down = server.takeEncrypted();
        for (qsizetype at = 0; at < down.size(); at += step)
            client.feed(down.mid(at, step));
        if (up.isEmpty() && down.isEmpty())
            return;
    }
}

QByteArray readAll(TlsStream &client)
{
    QByteArray all;
    for (QByteArray piece; !(piece = client.read()).isEmpty();)
        all += piece;
    return all;
}

/// What RFC 9266 2 says, computed on the server's side.
QByteArray serverExporter(const TlsPeer &server)
{
    QByteArray value(32, '\0');
    const char label[] = "EXPORTER-Channel-Binding";
    SSL_export_keying_material(server.ssl(), reinterpret_cast<unsigned char *>(value.data()), 32, label,
                               sizeof label - 1, reinterpret_cast<const unsigned char *>(""), 0, 1);
    return value;
}

const net::TlsStream::Options verona{QStringLiteral("verona.test"), {}, {}};

} // namespace

/// The client's TLS against OpenSSL's server, without a socket.
class tst_tlsstream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void talks_data();
    void talks();
    void largeData();
    void closeNotifyBothWays();
    void truncation();
    void cutDuringTheHandshake();
    void oldVersionsAreRefused();
    void notTls();
    void webAnswer();
    void damagedRecord();
    void renegotiationIsRefused();
    void alpn();
    void exporterNeedsExtendedMaster();
    void uniqueIsForTls12();
    void serverEndPointHash_data();
    void serverEndPointHash();
    void resumes_data();
    void resumes();
    void sessionIsForItsHostOnly();
    void nameIsSent();

private:
    TlsPeer::Context context(const TlsPeer::Options &options = {}) { return TlsPeer::makeContext(m_leaf, options); }
    Issued m_authority = makeAuthority();
    Issued m_leaf = issue({.names = {QStringLiteral("DNS:verona.test")}}, &m_authority);
};

void tst_tlsstream::talks_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("step");
    QTest::addColumn<QString>("name");
    QTest::newRow("1.3") << TLS1_3_VERSION << 100000 << QStringLiteral("TLSv1.3");
    QTest::newRow("1.2") << TLS1_2_VERSION << 100000 << QStringLiteral("TLSv1.2");
    QTest::newRow("1.3 byte by byte") << TLS1_3_VERSION << 1 << QStringLiteral("TLSv1.3");
    QTest::newRow("1.2 byte by byte") << TLS1_2_VERSION << 1 << QStringLiteral("TLSv1.2");
}

void tst_tlsstream::talks()
{
    QFETCH(int, version);
    QFETCH(int, step);
    QFETCH(QString, name);
    TlsPeer server(context({.least = version, .most = version}));
    TlsStream client;
    QCOMPARE(client.state(), TlsStream::State::Idle);
    client.start(verona);
    QCOMPARE(client.state(), TlsStream::State::Handshaking);
    carry(client, server, step);
    QCOMPARE(client.state(), TlsStream::State::Open);
    QVERIFY(server.isOpen());
    QCOMPARE(client.facts().version, name);
    QCOMPARE(client.facts().cipher, QString::fromLatin1(SSL_get_cipher_name(server.ssl())));
    QVERIFY(!client.facts().resumed);
    QVERIFY(!client.facts().verified);
    QCOMPARE(client.facts().certificate, QCryptographicHash::hash(m_leaf.der(), QCryptographicHash::Sha256).toHex());
    QCOMPARE(client.peerChain(), QList<QByteArray>{m_leaf.der()});
    client.write("hello");
    carry(client, server, step);
    QCOMPARE(server.read(), QByteArray("hello"));
    server.write("well met");
    carry(client, server, step);
    QCOMPARE(readAll(client), QByteArray("well met"));
    QCOMPARE(client.state(), TlsStream::State::Open);
    const auto exported = client.channelBinding(ChannelBinding::TlsExporter);
    QVERIFY(exported);
    QCOMPARE(exported->size(), 32);
    QCOMPARE(*exported, serverExporter(server));
}

void tst_tlsstream::largeData()
{
    TlsPeer server(context());
    TlsStream client;
    client.start(verona);
    carry(client, server);
    QByteArray data;
    for (int i = 0; data.size() < 3'000'000; ++i)
        data += QByteArray::number(i) + ' ';
    client.write(data);
    server.write(data);
    carry(client, server, 1000);
    QCOMPARE(server.read(), data);
    const QByteArray first = client.read(100);
    QCOMPARE(first, data.left(100));
    QCOMPARE(first + readAll(client), data);
}

void tst_tlsstream::closeNotifyBothWays()
{
    TlsPeer server(context());
    TlsStream client;
    client.start(verona);
    carry(client, server);
    server.write("bye");
    server.close();
    carry(client, server);
    client.endInput();
    QCOMPARE(readAll(client), QByteArray("bye"));
    QCOMPARE(client.state(), TlsStream::State::Closed);
    client.write("so long"); // one side closes at a time (RFC 8446 6.1)
    client.close();
    QVERIFY(!server.isClosedByPeer());
    carry(client, server);
    QCOMPARE(server.read(), QByteArray("so long"));
    QVERIFY(server.isClosedByPeer());
}

void tst_tlsstream::truncation()
{
    TlsPeer server(context());
    TlsStream client;
    client.start(verona);
    carry(client, server);
    server.write("<message><body>pay 1");
    carry(client, server);
    client.endInput();
    QCOMPARE(client.state(), TlsStream::State::Open); // what came is still to be read
    QCOMPARE(readAll(client), QByteArray("<message><body>pay 1"));
    QCOMPARE(client.state(), TlsStream::State::Failed);
    QCOMPARE(client.error().condition, QStringLiteral("tls-truncated"));
    QCOMPARE(client.error().kind, Error::Kind::Network);
}

void tst_tlsstream::cutDuringTheHandshake()
{
    TlsStream client;
    client.start(verona);
    client.endInput();
    QCOMPARE(client.state(), TlsStream::State::Failed);
    QCOMPARE(client.error().condition, QStringLiteral("connection-lost"));
    QVERIFY(!client.channelBinding(ChannelBinding::TlsExporter));
}

void tst_tlsstream::oldVersionsAreRefused()
{
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
        TlsPeer server(context({.least = version, .most = version}));
        TlsStream client;
        client.start(verona);
        carry(client, server);
        QCOMPARE(client.state(), TlsStream::State::Failed);
        QCOMPARE(client.error().kind, Error::Kind::Tls);
        QCOMPARE(client.error().condition, QStringLiteral("tls-handshake"));
        QVERIFY2(client.error().detail.contains(QStringLiteral("TLS 1.2 or newer")), qPrintable(client.error().detail));
        QVERIFY(server.isFailed());
    }
}

void tst_tlsstream::notTls()
{
    TlsStream client;
    client.start(verona);
    client.feed("SSH-2.0-OpenSSH_9.2\r\n");
    QCOMPARE(client.state(), TlsStream::State::Failed);
    QCOMPARE(client.error().condition, QStringLiteral("tls-handshake"));
    QVERIFY2(client.error().detail.contains(QStringLiteral("not TLS")), qPrintable(client.error().detail));
    client.feed("more");
    QVERIFY(client.read().isEmpty());
}

/// RELIABILITY N10: a portal, mostly.
void tst_tlsstream::webAnswer()
{
    TlsStream client;
    client.start(verona);
    client.feed("HT");
    client.feed("TP/1.1 400 Bad Request\r\n\r\n");
    QCOMPARE(client.state(), TlsStream::State::Failed);
    QCOMPARE(client.error().kind, Error::Kind::Network);
    QCOMPARE(client.error().condition, QStringLiteral("captive-portal"));
}

void tst_tlsstream::damagedRecord()
{
    TlsPeer server(context());
    TlsStream client;
    client.start(verona);
    carry(client, server);
    QVERIFY(readAll(client).isEmpty());
    server.write("hello");
    QByteArray record = server.takeEncrypted();
    record[record.size() - 1] = char(record.back() ^ 1);
    client.feed(record);
    QVERIFY(readAll(client).isEmpty());
    QCOMPARE(client.state(), TlsStream::State::Failed);
    QCOMPARE(client.error().kind, Error::Kind::Tls);
}

void tst_tlsstream::renegotiationIsRefused()
{
    TlsPeer server(context({.least = TLS1_2_VERSION, .most = TLS1_2_VERSION}));
    TlsStream client;
    client.start(verona);
    carry(client, server);
    SSL_renegotiate(server.ssl());
    SSL_do_handshake(server.ssl()); // sends the HelloRequest
    const QByteArray request = server.takeEncrypted();
    QVERIFY(!request.isEmpty());
    client.feed(request);
    QVERIFY(readAll(client).isEmpty());
    const QByteArray answer = client.takeEncrypted();
    QVERIFY(!answer.isEmpty());
    QCOMPARE(answer.at(0), char(21)); // an alert, not a new ClientHello
    QCOMPARE(client.state(), TlsStream::State::Open);
}

void tst_tlsstream::alpn()
{
    const auto run = [this](const QByteArray &answer, TlsStream &client) {
        TlsPeer server(context({.alpn = answer}));
        client.start({QStringLiteral("verona.test"), {"xmpp-client"}, {}});
        carry(client, server);
    };
    TlsStream right;
    run("xmpp-client", right);
    QCOMPARE(right.state(), TlsStream::State::Open);
    QCOMPARE(right.facts().alpn, QStringLiteral("xmpp-client"));
    TlsStream wrong;
    run("h2", wrong);
    QCOMPARE(wrong.state(), TlsStream::State::Failed);
    QCOMPARE(wrong.error().kind, Error::Kind::Tls);
    TlsStream none;
    run({}, none);
    QCOMPARE(none.state(), TlsStream::State::Open);
    QVERIFY(none.facts().alpn.isEmpty());
}

void tst_tlsstream::exporterNeedsExtendedMaster()
{
    TlsPeer server(context({.least = TLS1_2_VERSION, .most = TLS1_2_VERSION, .extendedMaster = false}));
    TlsStream client;
    client.start(verona);
    carry(client, server);
    QCOMPARE(client.state(), TlsStream::State::Open);
    for (const auto type : {ChannelBinding::TlsExporter, ChannelBinding::TlsUnique}) {
        const auto binding = client.channelBinding(type);
        QVERIFY(!binding);
        QCOMPARE(binding.error().kind, Error::Kind::Unsupported);
    }
    QVERIFY(client.channelBinding(ChannelBinding::TlsServerEndPoint));
}

void tst_tlsstream::uniqueIsForTls12()
{
    TlsPeer server(context({.least = TLS1_2_VERSION, .most = TLS1_2_VERSION}));
    TlsStream client;
    client.start(verona);
    carry(client, server);
    QByteArray finished(64, '\0');
    finished.truncate(qsizetype(SSL_get_peer_finished(server.ssl(), finished.data(), 64)));
    QCOMPARE(finished.size(), 12);
    QCOMPARE(client.channelBinding(ChannelBinding::TlsUnique).value_or(QByteArray()), finished);
    TlsPeer newer(context());
    TlsStream modern;
    modern.start(verona);
    carry(modern, newer);
    const auto binding = modern.channelBinding(ChannelBinding::TlsUnique);
    QVERIFY(!binding);
    QCOMPARE(binding.error().kind, Error::Kind::Unsupported);
}

void tst_tlsstream::serverEndPointHash_data()
{
    QTest::addColumn<QByteArray>("digest");
    QTest::addColumn<int>("hash");
    QTest::newRow("sha1") << QByteArray("SHA1") << int(QCryptographicHash::Sha256);
    QTest::newRow("sha256") << QByteArray("SHA256") << int(QCryptographicHash::Sha256);
    QTest::newRow("sha384") << QByteArray("SHA384") << int(QCryptographicHash::Sha384);
    QTest::newRow("sha512") << QByteArray("SHA512") << int(QCryptographicHash::Sha512);
}

void tst_tlsstream::serverEndPointHash()
{
    QFETCH(QByteArray, digest);
    QFETCH(int, hash);
    const Issued leaf =
        issue({.names = {QStringLiteral("DNS:verona.test")}, .digest = EVP_get_digestbyname(digest.constData())},
              &m_authority);
    TlsPeer server(TlsPeer::makeContext(leaf, {}));
    TlsStream client;
    client.start(verona);
    carry(client, server);
    QCOMPARE(client.state(), TlsStream::State::Open);
    QCOMPARE(client.channelBinding(ChannelBinding::TlsServerEndPoint).value_or(QByteArray()),
             QCryptographicHash::hash(leaf.der(), QCryptographicHash::Algorithm(hash)));
}

void tst_tlsstream::resumes_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("1.3") << TLS1_3_VERSION;
    QTest::newRow("1.2") << TLS1_2_VERSION;
}

void tst_tlsstream::resumes()
{
    QFETCH(int, version);
    const auto shared = context({.least = version, .most = version});
    TlsPeer server(shared);
    TlsStream client;
    client.start(verona);
    carry(client, server);
    server.write("x");
    carry(client, server);
    QCOMPARE(readAll(client), QByteArray("x"));
    const net::TlsSession session = client.takeSession();
    QVERIFY(!session.isNull());
    QVERIFY(client.takeSession().isNull());

    TlsPeer secondServer(shared);
    TlsStream second;
    second.start({QStringLiteral("verona.test"), {}, session});
    carry(second, secondServer);
    QCOMPARE(second.state(), TlsStream::State::Open);
    QVERIFY(second.facts().resumed);
    QCOMPARE(second.peerChain(), QList<QByteArray>{m_leaf.der()}); // still there to be judged
    QCOMPARE(second.facts().certificate, client.facts().certificate);
    QCOMPARE(second.channelBinding(ChannelBinding::TlsServerEndPoint).value_or("a"),
             client.channelBinding(ChannelBinding::TlsServerEndPoint).value_or("b"));
    QCOMPARE(second.channelBinding(ChannelBinding::TlsExporter).value_or(QByteArray()), serverExporter(secondServer));
    QVERIFY(second.channelBinding(ChannelBinding::TlsExporter) != client.channelBinding(ChannelBinding::TlsExporter));
    if (version == TLS1_2_VERSION) {
        // The first Finished of an abbreviated handshake is the server's.
        QByteArray finished(64, '\0');
        finished.truncate(qsizetype(SSL_get_finished(secondServer.ssl(), finished.data(), 64)));
        QCOMPARE(second.channelBinding(ChannelBinding::TlsUnique).value_or(QByteArray()), finished);
    }
}

void tst_tlsstream::sessionIsForItsHostOnly()
{
    const auto shared = context({.least = TLS1_2_VERSION, .most = TLS1_2_VERSION});
    TlsPeer server(shared);
    TlsStream client;
    client.start(verona);
    carry(client, server);
    TlsPeer secondServer(shared);
    TlsStream second;
    second.start({QStringLiteral("mantua.test"), {}, client.takeSession()});
    carry(second, secondServer);
    QCOMPARE(second.state(), TlsStream::State::Open);
    QVERIFY(!second.facts().resumed);
}

void tst_tlsstream::nameIsSent()
{
    TlsPeer server(context());
    TlsStream client;
    client.start(verona);
    carry(client, server);
    QCOMPARE(QByteArray(SSL_get_servername(server.ssl(), TLSEXT_NAMETYPE_host_name)), QByteArray("verona.test"));
    TlsPeer bare(context());
    TlsStream literal;
    literal.start({QStringLiteral("127.0.0.1"), {}, {}});
    carry(literal, bare);
    QCOMPARE(literal.state(), TlsStream::State::Open);
    QVERIFY(!SSL_get_servername(bare.ssl(), TLSEXT_NAMETYPE_host_name));
}

BALCONY_TEST(tst_tlsstream)
#include "tst_tlsstream.moc"
