// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/filenames.h"
#include "chat/filesrig.h"
#include "chat/filestanzas.h"
#include "support/testmain.h"
#include "xep/0300_hashes.h"

using namespace tests;
using namespace std::chrono_literals;
using store::FileState;

/// Files that come: what is read of them, what is fetched by itself, and where they end (RELIABILITY 1.43, 1.44).
class TestDownloads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<FilesRig>();
        QVERIFY(m_rig->openAll());
        m_policy = {};
        m_policy.mostByItself = 100;
        m_isKnown = true;
        m_rig->downloads->setPolicy([this] { return m_policy; });
        m_rig->downloads->setKnown([this](const Jid &who) { return m_isKnown && who == m_rig->peer; });
        m_rig->http.content = "content";
        m_rig->online();
    }
    void cleanup() { m_rig.reset(); }

    void comesByItself()
    {
        const store::File file = hears(sharing());
        QCOMPARE(file.name, QStringLiteral("a b.png"));
        QTRY_COMPARE(now(file).state, FileState::Here);
        const store::File here = now(file);
        QCOMPARE(here.path, m_rig->services.filesFolder + QStringLiteral("/%1/a b.png").arg(file.id));
        QFile content(here.path);
        QVERIFY(content.open(QIODevice::ReadOnly));
        QCOMPARE(content.readAll(), QByteArray("content"));
        QCOMPARE(content.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOwner), QFile::Permissions());
        QCOMPARE(m_rig->http.requests.front().url, QUrl(QStringLiteral("https://a.test/b")));
        QVERIFY(m_rig->http.requests.front().publicOnly);
        QCOMPARE(m_rig->http.requests.front().size, 7);
        // It goes with its message.
        VERIFY_OK(wait(m_rig->store.write(Remove{file.message})));
        m_rig->conversations.announceRemoval(1, file.message);
        QTRY_VERIFY(
            (m_rig->d.passes(1s), !QFile::exists(m_rig->services.filesFolder + QStringLiteral("/%1").arg(file.id))));
    }

    void doesNotComeByItself_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<int>("how");
        QTest::newRow("a stranger's") << sharing() << 1;
        QTest::newRow("switched off") << sharing() << 2;
        QTest::newRow("under Tor") << sharing() << 3;
        QTest::newRow("too large") << sharing(QByteArray(), "101") << 0;
        QTest::newRow("by http") << sharing(QByteArray(), "7", "http://a.test/b") << 0;
        QTest::newRow("no address") << sharing(QByteArray(), "7", "file:///etc/passwd") << 0;
        QTest::newRow("an attachment") << sharing().replace("'inline'", "'attachment'") << 0;
        QTest::newRow("a program") << sharing().replace("image/png", "application/x-dosexec") << 0;
        QTest::newRow("old") << sharing()
                + "<delay xmlns='urn:xmpp:delay' from='montague.lit' stamp='2010-01-01T00:00:00Z'/>"
                             << 0;
    }
    void doesNotComeByItself()
    {
        QFETCH(QByteArray, xml);
        QFETCH(int, how);
        m_isKnown = how != 1;
        if (how == 2)
            m_policy.mostByItself = 0;
        if (how == 3)
            m_policy.proxy.kind = net::Proxy::Kind::Socks5;
        const store::File file = hears(xml);
        QCOMPARE(file.state, FileState::Remote);
        m_rig->settle();
        QCOMPARE(now(file).state, FileState::Remote);
        QVERIFY(m_rig->http.requests.empty());
    }

    void isAskedFor()
    {
        m_isKnown = false;
        const store::File file = hears(sharing());
        VERIFY_OK(wait(m_rig->downloads->accept(file.id)));
        QTRY_COMPARE(now(file).state, FileState::Here);
        QVERIFY(!m_rig->http.requests.front().publicOnly); // a person asked
        QCOMPARE(wait(m_rig->downloads->accept(file.id)).error().condition, QStringLiteral("file-here"));
        QCOMPARE(wait(m_rig->downloads->accept(4711)).error().condition, QStringLiteral("file-unknown"));
        QCOMPARE(wait(m_rig->downloads->cancel(file.id)).error().condition, QStringLiteral("file-unknown"));
        const store::File plain = hears(sharing(QByteArray(), "7", "http://a.test/b"));
        QCOMPARE(wait(m_rig->downloads->accept(plain.id)).error().condition, QStringLiteral("bad-address"));
    }

    void isNotWhatWasSaid_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::newRow("another hash") << sharing(xep::Hash::of("other").value);
        QTest::newRow("another size") << sharing({}, "8");
    }
    void isNotWhatWasSaid()
    {
        QFETCH(QByteArray, xml);
        const store::File file = hears(xml);
        QTRY_COMPARE(now(file).state, FileState::Failed);
        QCOMPARE(now(file).failure.condition, QStringLiteral("file-damaged"));
        QTRY_VERIFY(!QFile::exists(m_rig->services.filesFolder + QStringLiteral("/%1").arg(file.id)));
    }

    void failsAndIsTriedAgain()
    {
        m_rig->http.error = {Error::Kind::Network, QStringLiteral("connection-lost"), QStringLiteral("Lost.")};
        const store::File file = hears(sharing());
        QTRY_COMPARE(m_rig->http.requests.size(), size_t(1));
        m_rig->settle();
        m_rig->d.passes(2s);
        QTRY_COMPARE(m_rig->http.requests.size(), size_t(2));
        m_rig->settle();
        m_rig->d.passes(20s);
        QTRY_COMPARE(now(file).state, FileState::Failed);
        m_rig->settle();
        m_rig->http.error = {};
        VERIFY_OK(wait(m_rig->downloads->accept(file.id)));
        QTRY_COMPARE(now(file).state, FileState::Here);
    }

    /// What was asked for before the program's end.
    void goesOn()
    {
        m_isKnown = false;
        const store::File file = hears(sharing());
        const chat::filejobs::StartDownload start{m_rig->account, file.id};
        VERIFY_OK(wait(m_rig->store.write(start)));
        m_rig->downloads->look();
        QTRY_COMPARE(now(file).state, FileState::Here);
    }

    void whatIsAFile()
    {
        const auto of = [](const QByteArray &content) {
            return chat::filestanzas::filesIn(tests::parsed("<message>" + content + "</message>"));
        };
        const QByteArray oob = "<x xmlns='jabber:x:oob'><url>https://a.test/dir/b%20c.jpg?x=y</url></x>";
        const auto alone = of(oob);
        QCOMPARE(alone.size(), size_t(1));
        QCOMPARE(alone[0].name, QStringLiteral("b c.jpg"));
        QCOMPARE(alone[0].type, QStringLiteral("image/jpeg"));
        QVERIFY(!alone[0].size && alone[0].hash.isEmpty());
        QCOMPARE(of("<body>https://a.test/dir/b%20c.jpg?x=y</body>" + oob).size(), size_t(1));
        QVERIFY(of("<body>See there.</body>" + oob).empty()); // a link
        QVERIFY(of("<body>https://a.test/</body>").empty());
        QVERIFY(of("<x xmlns='jabber:x:oob'><url>javascript:x</url></x>").empty());
        QCOMPARE(of(sharing() + oob).size(), size_t(1)); // the better description
        QCOMPARE(of(sharing() + sharing()).size(), size_t(2));
        // Without a body it is a message all the same.
        const store::File file = hears(sharing());
        QCOMPARE(m_rig->stored(file.message).body, QStringLiteral("https://a.test/b"));
    }

    void names_data()
    {
        QTest::addColumn<QString>("safe");
        const auto row = [](const char *name, const char *safe) { QTest::newRow(name) << QString::fromUtf8(safe); };
        row("a b.png", "a b.png");
        row("../../etc/passwd", "passwd");
        row("..\\..\\boot.ini", "boot.ini");
        row("/", "file");
        row("..", "file");
        row("", "file");
        row(".bashrc", "bashrc");
        row("a.", "a");
        row(" a ", "a");
        row("a\nb\x7f", "ab");
        row("photo\u202Egnp.exe", "photognp.exe");
        row("a\u200Bb", "ab");
        row("a:b*c?d|e<f>g\"h", "a_b_c_d_e_f_g_h");
        row("CON", "_CON");
        row("nul.txt", "_nul.txt");
        row("com1.log", "_com1.log");
        row("console", "console");
        row("e\u0301.txt", "\u00E9.txt");
        row("\u5c0f.png", "\u5c0f.png");
    }
    void names()
    {
        QFETCH(QString, safe);
        QCOMPARE(chat::filenames::safe(QString::fromUtf8(QTest::currentDataTag())), safe);
        const QString twice = chat::filenames::safe(safe);
        QCOMPARE(twice, safe);
    }
    void longNames()
    {
        const QString name = chat::filenames::safe(QString(500, QChar(0x5c0f)) + QStringLiteral(".jpeg"));
        QVERIFY(name.toUtf8().size() <= chat::filenames::mostBytes && name.endsWith(QStringLiteral(".jpeg")));
        QVERIFY(chat::filenames::safe(QStringLiteral("a.") + QString(500, QLatin1Char('b'))).toUtf8().size()
                <= chat::filenames::mostBytes);
        QCOMPARE(chat::filenames::ofAddress(QUrl(QStringLiteral("https://a.test/x/..%2F..%2Fpasswd"))),
                 QStringLiteral("passwd"));
        QCOMPARE(chat::filenames::ofAddress(QUrl(QStringLiteral("https://a.test"))), QStringLiteral("file"));
    }

private:
    struct Remove {
        qint64 key;
        Result<bool> operator()(store::Transaction &transaction) const { return transaction.messages().remove(key); }
    };
    static QByteArray sharing(const QByteArray &hash = xep::Hash::of("content").value, const QByteArray &size = "7",
                              const QByteArray &url = "https://a.test/b")
    {
        const QByteArray proof = hash.isEmpty()
            ? QByteArray()
            : "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>" + hash.toBase64() + "</hash>";
        return "<file-sharing xmlns='urn:xmpp:sfs:0' disposition='inline'><file xmlns='urn:xmpp:file:metadata:0'>"
               "<name>../a b.png</name><media-type>image/png</media-type><size>"
            + size + "</size>" + proof
            + "</file><sources><url-data xmlns='http://jabber.org/protocol/url-data' target='" + url
            + "'/></sources></file-sharing>";
    }
    /// The file of a message that comes in.
    store::File hears(const QByteArray &content)
    {
        m_rig->hears("juliet@capulet.lit/balcony", "message-" + QByteArray::number(++m_number), content);
        m_rig->gathers();
        const auto messages = m_rig->messagesWith(m_rig->peer);
        return messages.empty() || messages.back().files.empty() ? store::File() : messages.back().files.front();
    }
    store::File now(const store::File &file)
    {
        const qint64 id = file.id;
        const auto read = [id](store::Reader &reader) { return reader.files().byId(id); };
        return wait(m_rig->store.read(read)).value().value_or(store::File());
    }

    std::unique_ptr<FilesRig> m_rig;
    chat::Downloads::Policy m_policy;
    bool m_isKnown = true;
    int m_number = 0;
};

BALCONY_TEST(TestDownloads)
#include "tst_downloads.moc"
