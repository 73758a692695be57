// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpreader.h"
#include "net/publichosts.h"
#include "support/testmain.h"

using net::HttpReader;
using State = HttpReader::State;

/// What web servers answer, and which hosts are everybody's.
class TestHttpReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void good_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloMORE") << 200
                                << QByteArray("hello");
        QTest::newRow("no body") << QByteArray("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n") << 201
                                 << QByteArray();
        QTest::newRow("none can be") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << QByteArray();
        QTest::newRow("no reason") << QByteArray("HTTP/1.0 200\r\ncontent-length:1\r\n\r\na") << 200 << QByteArray("a");
        QTest::newRow("interim") << QByteArray(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab")
                                 << 200 << QByteArray("ab");
        QTest::newRow("chunks") << QByteArray(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: x\r\n\r\nMORE")
                                << 200 << QByteArray("abc0123456789");
    }
    void good()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
            HttpReader reader;
            QByteArray got;
            for (qsizetype at = 0; at < bytes.size(); at += piece)
                got += reader.take(bytes.mid(at, piece));
            QVERIFY2(reader.state() == State::Done, qPrintable(reader.error().detail));
            QCOMPARE(reader.status(), status);
            QCOMPARE(got, body);
            reader.end(false);
            QCOMPARE(reader.state(), State::Done);
        }
    }

    void bad_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray ok("HTTP/1.1 200 OK\r\n");
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-server\r\n\r\n");
        QTest::newRow("HTTP/2") << QByteArray("HTTP/2 200\r\n\r\n");
        QTest::newRow("no status") << QByteArray("HTTP/1.1 abc OK\r\n\r\n");
        QTest::newRow("long status") << QByteArray("HTTP/1.1 2000 OK\r\n\r\n");
        QTest::newRow("two lengths") << ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n";
        QTest::newRow("a list of lengths") << ok + "Content-Length: 5, 5\r\n\r\n";
        QTest::newRow("negative") << ok + "Content-Length: -5\r\n\r\n";
        QTest::newRow("plus") << ok + "Content-Length: +5\r\n\r\n";
        QTest::newRow("huge") << ok + "Content-Length: 99999999999999999999\r\n\r\n";
        QTest::newRow("both") << ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
        QTest::newRow("gzip, chunked") << ok + "Transfer-Encoding: gzip, chunked\r\n\r\n";
        QTest::newRow("folded") << ok + "A: b\r\n c: d\r\n\r\n";
        QTest::newRow("space before the colon") << ok + "Content-Length : 5\r\n\r\n";
        QTest::newRow("bare line feed") << ok + "A: b\nContent-Length: 5\r\n\r\n";
        QTest::newRow("no name") << ok + ": b\r\n\r\n";
        QTest::newRow("many headers") << ok + QByteArray("A: b\r\n").repeated(300) + "\r\n";
        QTest::newRow("long head") << ok + "A: " + QByteArray(70000, 'x');
        QTest::newRow("many interim")
            << QByteArray("HTTP/1.1 100 C\r\nA: " + QByteArray(1000, 'x') + "\r\n\r\n").repeated(100);
        const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
        QTest::newRow("chunk without size") << chunked + "\r\n";
        QTest::newRow("chunk of g") << chunked + "g\r\n";
        QTest::newRow("chunk of -1") << chunked + "-1\r\n";
        QTest::newRow("chunk of 2^64") << chunked + "10000000000000000\r\n";
        QTest::newRow("chunk too long") << chunked + "1\r\nab\r\n";
        QTest::newRow("long line") << chunked + "1;" + QByteArray(10000, 'x');
        QTest::newRow("long trailer") << chunked + "0\r\n" + QByteArray("A: bbbbbbbbbbbbbbbb\r\n").repeated(5000);
    }
    void bad()
    {
        QFETCH(QByteArray, bytes);
        HttpReader reader;
        (void)reader.take(bytes);
        QCOMPARE(reader.state(), State::Failed);
        QCOMPARE(reader.error().condition, QStringLiteral("web-server-failed"));
    }

    void cut()
    {
        HttpReader head;
        (void)head.take("HTTP/1.1 200 OK\r\n");
        head.end(true);
        QCOMPARE(head.state(), State::Failed);
        HttpReader body;
        QCOMPARE(body.take("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"), QByteArray("hel"));
        body.end(true);
        QCOMPARE(body.error().condition, QStringLiteral("connection-lost"));
        for (const bool inOrder : {true, false}) {
            HttpReader open;
            QCOMPARE(open.take("HTTP/1.1 200 OK\r\nType: a\r\n\r\nabc"), QByteArray("abc"));
            QCOMPARE(open.header("tYPE"), QByteArray("a"));
            QVERIFY(open.header("other").isNull());
            open.end(inOrder);
            QCOMPARE(open.state(), inOrder ? State::Done : State::Failed);
        }
    }

    void publicHosts_data()
    {
        QTest::addColumn<bool>("everybodys");
        for (const char *host :
             {"93.184.216.34", "1.1.1.1", "223.255.255.1", "2606:4700::1111", "2a00:1450::1", "upload.verona.test",
              "a.b", "xn--80ak6aa92e.com", "::ffff:1.1.1.1", "64:ff9b::101:101"})
            QTest::newRow(host) << true;
        for (const char *host : {"127.0.0.1",
                                 "127.1.2.3",
                                 "0.0.0.0",
                                 "10.1.2.3",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.168.1.1",
                                 "169.254.169.254",
                                 "100.64.0.1",
                                 "198.18.0.1",
                                 "224.0.0.1",
                                 "255.255.255.255",
                                 "::1",
                                 "::",
                                 "fe80::1",
                                 "fc00::1",
                                 "fd12::1",
                                 "ff02::1",
                                 "::ffff:127.0.0.1",
                                 "::ffff:10.0.0.1",
                                 "64:ff9b::7f00:1",
                                 "2002:7f00:1::",
                                 "2001:db8::1",
                                 "::127.0.0.1",
                                 "localhost",
                                 "LOCALHOST.",
                                 "a.localhost",
                                 "printer",
                                 "printer.local",
                                 "nas.lan",
                                 "router.home.arpa",
                                 "2130706433",
                                 "0x7f.1",
                                 "127.1"})
            QTest::newRow(host) << false;
    }
    void publicHosts()
    {
        QFETCH(bool, everybodys);
        QCOMPARE(net::isPublicName(QString::fromLatin1(QTest::currentDataTag())), everybodys);
    }
};

BALCONY_TEST(TestHttpReader)
#include "tst_httpreader.moc"
