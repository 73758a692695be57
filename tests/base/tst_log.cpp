// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <atomic>
#include <thread>
#include <vector>

using base::LogFile;
using base::redacted;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The log: one line a record, in a file that only its owner reads, without secrets.
class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redacts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("clean");
        const auto row = [](const char *name, const char *text, const char *clean) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(clean);
        };
        row("nothing to hide", "<iq type='get' id='x'><ping/></iq>", "<iq type='get' id='x'><ping/></iq>");
        row("empty", "", "");
        row("SASL auth", "<auth mechanism='PLAIN' xmlns='urn:x'>AGp1bGlldABwYXNz</auth>",
            "<auth mechanism='PLAIN' xmlns='urn:x'>[…]</auth>");
        row("SASL response", "<response xmlns='u'>Yz1iaXdz</response>", "<response xmlns='u'>[…]</response>");
        row("SASL2", "<initial-response>biws</initial-response>", "<initial-response>[…]</initial-response>");
        row("empty auth", "<auth mechanism='X'/><x>y</x>", "<auth mechanism='X'/><x>y</x>");
        row("prefix", "<s:auth>AAA</s:auth>", "<s:auth>[…]</s:auth>");
        row("case", "<BODY>Hi</BODY>", "<BODY>[…]</BODY>");
        row("body", "<message><body>I love &amp; hate</body></message>", "<message><body>[…]</body></message>");
        row("two bodies", "<body>a</body><body xml:lang='de'>b</body>",
            "<body>[…]</body><body xml:lang='de'>[…]</body>");
        row("XHTML", "<body xmlns='x'><p>Hi</p><p>you</p></body>.", "<body xmlns='x'>[…]</body>.");
        row("nested in itself", "<body>a<body>b</body>c</body>d", "<body>[…]</body>d");
        row("nested and empty", "<body>a<body/>c</body>d", "<body>[…]</body>d");
        row("longer name", "<bodyguard>x</bodyguard>", "<bodyguard>x</bodyguard>");
        row("name inside", "<body>a<bodyguard></bodyguard>b</body>", "<body>[…]</body>");
        row("end tag in CDATA", "<body><![CDATA[</body>]]>secret</body>.", "<body>[…]</body>.");
        row("greater-than in an attribute", "<auth a='x>y'>AAA</auth>", "<auth a='x>y'>[…]</auth>");
        row("cut off in the secret", "<auth a='x'>AAAA", "<auth a='x'>[…]");
        row("cut off in CDATA", "<body><![CDATA[AAAA", "<body>[…]");
        row("cut off in the tag", "<auth a='x", "<auth a='x");
        row("broken quotes", "<auth a='x>AAA</auth>", "<auth a='x>AAA</auth>");
        row("OMEMO", "<key rid='1'>AAA</key><iv>B</iv><payload>CCC</payload>",
            "<key rid='1'>[…]</key><iv>B</iv><payload>[…]</payload>");
        row("token attribute", "<fast token='AAA' x='y'/>", "<fast token=[…] x='y'/>");
        row("double quotes", "<x token=\"A A\"/>", "<x token=[…]/>");
        row("JSON", "{\"password\":\"p\\\"q\",\"jid\":\"a@b\"}", "{\"password\":[…],\"jid\":\"a@b\"}");
        row("JSON with blanks", "{\"new-password\" : \"pq\" }", "{\"new-password\" : […] }");
        row("JSON body", "{\"cmd\":\"send\",\"body\":\"Hi you\",\"to\":\"a@b\"}",
            "{\"cmd\":\"send\",\"body\":[…],\"to\":\"a@b\"}");
        row("the word body", "a body: of work", "a body: of work");
        row("program's way", "connect password=hunter2, user=x", "connect password=[…], user=x");
        row("query", "https://x.test/?access_token=AAA&b=c", "https://x.test/?access_token=[…]&b=c");
        row("header", "Authorization: Bearer AAA.BBB", "Authorization: […]");
        row("cut off in quotes", "{\"password\":\"pq", "{\"password\":[…]");
        row("backslash at the end", "password='a\\", "password=[…]");
        row("no value", "the password is wrong", "the password is wrong");
        row("name at the end", "password", "password");
        row("sign at the end", "password=", "password=");
    }

    void redacts()
    {
        QFETCH(QString, text);
        QFETCH(QString, clean);
        QCOMPARE(redacted(text), clean);
    }

    /// What makes a backtracking expression run for ages, or give up: here each must be gone over once.
    void staysLinear_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("end");
        QTest::newRow("open tags") << QStringLiteral("<body") << QStringLiteral("secret");
        QTest::newRow("open elements") << QStringLiteral("<body>") << QStringLiteral("secret");
        QTest::newRow("less-than") << QStringLiteral("<") << QString();
        QTest::newRow("names") << QStringLiteral("password ") << QString();
        QTest::newRow("equals") << QStringLiteral("password=") << QString();
        QTest::newRow("quotes") << QStringLiteral("token=\"\\\"") << QString();
        QTest::newRow("CDATA") << QStringLiteral("<body><![CDATA[") << QStringLiteral("secret");
        QTest::newRow("blanks") << QStringLiteral("password \t ") << QString();
        QTest::newRow("slashes") << QStringLiteral("<auth/>/") << QString();
    }

    void staysLinear()
    {
        QFETCH(QString, unit);
        QFETCH(QString, end);
        // 2 MiB: what takes time in proportion needs a moment, what does not would take hours.
        const QString result = redacted(unit.repeated(2 * 1024 * 1024 / unit.size()) + end);
        if (!end.isEmpty() && unit != u"<body")
            QVERIFY(!result.contains(end));
    }

    void writesOneLineARecord()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        {
            const LogFile log(path);
            QVERIFY(log.isOpen());
            qWarning("first\nsecond\r\x1b[31mthird%s", "\u2028fourth");
            qInfo("<body>Hi</body>");
            qDebug("password=hunter2");
            QLoggingCategory category("balcony.test");
            qCWarning(category, "named");
        }
        qInstallMessageHandler(nullptr);
        const QStringList lines = QString::fromUtf8(contents(path)).split(u'\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines.last().isEmpty());
        static const QRegularExpression shape(
            QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (debug|info|warning) [a-z.]+: .*$"));
        for (int i = 0; i < 4; ++i)
            QVERIFY2(shape.match(lines.at(i)).hasMatch(), qPrintable(lines.at(i)));
        QVERIFY(lines.at(0).endsWith(QStringLiteral("warning balcony: first second  [31mthird fourth")));
        QVERIFY(lines.at(1).endsWith(QStringLiteral("info balcony: <body>[…]</body>")));
        QVERIFY(lines.at(2).endsWith(QStringLiteral("debug balcony: password=[…]")));
        QVERIFY(lines.at(3).endsWith(QStringLiteral("warning balcony.test: named")));
    }

    void isItsOwnersOnly()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old\n");
        old.close();
        QVERIFY(old.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
        {
            const LogFile log(path);
            const auto bits = QFileInfo(path).permissions();
            QVERIFY(!(bits & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
            qWarning("new");
        }
        QVERIFY(contents(path).startsWith("old\n"));
        const QString fresh = folder.filePath(QStringLiteral("fresh"));
        const LogFile log(fresh);
        const auto bits = QFileInfo(fresh).permissions();
        QVERIFY(bits & QFile::ReadOwner && bits & QFile::WriteOwner);
        QVERIFY(!(bits & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    }

    void keepsOneOlderPart()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        const LogFile log(path, 4096);
        for (int i = 0; i < 300; ++i)
            qWarning("record %d", i);
        const QString older = path + QStringLiteral(".1");
        QVERIFY(QFileInfo(path).size() <= 4096 && QFileInfo(older).size() <= 4096);
        QVERIFY(QFileInfo(older).size() > 3000);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
        QVERIFY(contents(path).endsWith("record 299\n"));
        for (const QString &part : {path, older})
            QVERIFY(!(QFileInfo(part).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        // Nothing is lost between the two.
        const auto lines = (contents(older) + contents(path)).trimmed().split('\n');
        const int first = lines.first().mid(lines.first().lastIndexOf(' ') + 1).toInt();
        QCOMPARE(lines.size(), 300 - first);
    }

    void cutsLongRecords()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        const LogFile log(path);
        // The secret begins before the cut and ends behind it.
        const QByteArray text = "<auth>" + QByteArray(100000, 'S') + "</auth>";
        qWarning("%s", text.constData());
        QVERIFY(!contents(path).contains("SS"));
        qWarning("%s", QByteArray(100000, 'x').constData());
        QVERIFY(contents(path).size() < 20000);
    }

    void sharesItsFileAmongThreads()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        {
            const LogFile log(path);
            std::vector<std::thread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([t] {
                    for (int i = 0; i < 250; ++i)
                        qWarning("thread %d record %d end", t, i);
                });
            }
            for (auto &thread : threads)
                thread.join();
        }
        const auto lines = contents(path).trimmed().split('\n');
        QCOMPARE(lines.size(), 1000);
        for (const QByteArray &line : lines)
            QVERIFY2(line.endsWith(" end") && line.count("thread") == 1, line.constData());
    }

    void threadsMayOutliveIt()
    {
        const QTemporaryDir folder;
        std::atomic<bool> stop = false;
        QtMessageHandler silent = [](QtMsgType, const QMessageLogContext &, const QString &) {};
        const auto before = qInstallMessageHandler(silent);
        std::thread chatter([&stop] {
            while (!stop)
                qWarning("still here");
        });
        for (int i = 0; i < 50; ++i) {
            const LogFile log(folder.filePath(QStringLiteral("log%1").arg(i)));
            QVERIFY(log.isOpen());
        }
        stop = true;
        chatter.join();
        qInstallMessageHandler(before);
    }

    void saysWhereItCannotWrite()
    {
        const LogFile log(QStringLiteral("/proc/no/such/folder/log"));
        QVERIFY(!log.isOpen());
    }
};

BALCONY_TEST(TestLog)
#include "tst_log.moc"
