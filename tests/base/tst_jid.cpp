// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jid.h"
#include "support/testmain.h"

#include <QSet>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

QString refusal(const QString &text)
{
    const auto jid = Jid::parse(text);
    return jid ? QStringLiteral("accepted as ") + jid->toString() : jid.error().condition;
}

} // namespace

/// Addresses: RFC 7622, and RELIABILITY P13.
class JidTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prepares_data();
    void prepares();
    void refuses_data();
    void refuses();
    void hasParts();
    void comparesByNormalForm_data();
    void comparesByNormalForm();
    void keepsLookAlikesApart();
    void measuresBytes();
    void keepsOddResourcesFromTheWire_data();
    void keepsOddResourcesFromTheWire();
    void refusesFromTheWire_data();
    void refusesFromTheWire();
    void speaksAsciiToDns();
    void makesFromParts();
    void changesResources();
    void isNullByDefault();
    void staysTheSameWhenPreparedAgain();
    void survivesTheCache();
    void isAnsweredOnManyThreads();
};

void JidTest::prepares_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normal");
    const auto row = [](const char *name, const QString &text, const QString &normal) {
        QTest::newRow(name) << text << normal;
    };
    // RFC 7622 3.5, table 1
    row("1 bare", u"juliet@example.com"_s, u"juliet@example.com"_s);
    row("2 full", u"juliet@example.com/foo"_s, u"juliet@example.com/foo"_s);
    row("3 space in resource", u"juliet@example.com/foo bar"_s, u"juliet@example.com/foo bar"_s);
    row("4 at sign in resource", u"juliet@example.com/foo@bar"_s, u"juliet@example.com/foo@bar"_s);
    row("5 XEP-0106", u"foo\\20bar@example.com"_s, u"foo\\20bar@example.com"_s);
    row("6 another bare", u"fussball@example.com"_s, u"fussball@example.com"_s);
    row("7 sharp s", u"fu\u00DFball@example.com"_s, u"fu\u00DFball@example.com"_s);
    row("8 small pi", u"\u03C0@example.com"_s, u"\u03C0@example.com"_s);
    row("9 capital sigma", u"\u03A3@example.com/foo"_s, u"\u03C3@example.com/foo"_s);
    row("10 small sigma", u"\u03C3@example.com/foo"_s, u"\u03C3@example.com/foo"_s);
    row("11 final sigma", u"\u03C2@example.com/foo"_s, u"\u03C2@example.com/foo"_s);
    row("12 symbol in resource", u"king@example.com/\u265A"_s, u"king@example.com/\u265A"_s);
    row("13 domain", u"example.com"_s, u"example.com"_s);
    row("14 domain and resource", u"example.com/foobar"_s, u"example.com/foobar"_s);
    row("15 at sign after the slash", u"a.example.com/b@example.net"_s, u"a.example.com/b@example.net"_s);
    row("slashes in the resource", u"a@b/c/d//"_s, u"a@b/c/d//"_s);
    row("case", u"Juliet@EXAMPLE.com/Balcony"_s, u"juliet@example.com/Balcony"_s);
    row("trailing dot", u"juliet@example.com."_s, u"juliet@example.com"_s);
    row("trailing ideographic dot", u"juliet@example.com\u3002/x"_s, u"juliet@example.com/x"_s);
    row("one label", u"juliet@localhost"_s, u"juliet@localhost"_s);
    row("underscore", u"juliet@my_host.example"_s, u"juliet@my_host.example"_s);
    row("Chinese", u"朱丽叶@例子.测试/阳台"_s, u"朱丽叶@例子.测试/阳台"_s);
    row("A-labels", u"a@XN--FSQU00A.xn--0zwm56d"_s, u"a@例子.测试"_s);
    row("sharp s in the domain", u"a@xn--strae-oqa.de"_s, u"a@straße.de"_s);
    row("Hebrew", u"שלום@שלום.example"_s, u"שלום@שלום.example"_s);
    row("ZWNJ after a virama", u"a@\u0915\u094D\u200C\u0937.example"_s, u"a@\u0915\u094D\u200C\u0937.example"_s);
    row("IPv4", u"a@192.0.2.1"_s, u"a@192.0.2.1"_s);
    row("IPv6", u"a@[2001:DB8:0:0::1]/r"_s, u"a@[2001:db8::1]/r"_s);
    row("IPv6 with a zone", u"a@[fe80::1%25eth0]"_s, u"a@[fe80::1%25eth0]"_s);
    row("other planes", u"\U00020000@\U00020000.example/\U0001F600"_s, u"\U00020000@\U00020000.example/\U0001F600"_s);
}

void JidTest::prepares()
{
    QFETCH(QString, text);
    QFETCH(QString, normal);
    const auto jid = Jid::parse(text);
    QVERIFY2(jid, jid ? "" : qPrintable(jid.error().detail));
    QCOMPARE(jid->toString(), normal);
    QCOMPARE(Jid::fromWire(text), *jid);
}

void JidTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const QString &text, const char *part) {
        QTest::newRow(name) << text << QString::fromLatin1(part);
    };
    // RFC 7622 3.5, table 2
    row("quotation marks", u"\"juliet\"@example.com"_s, "before the @");
    row("space in the local part", u"foo bar@example.com"_s, "before the @");
    row("leading space in the resource", u"juliet@example.com/ foo"_s, "after the /");
    row("empty local and resource", u"@example.com/"_s, "before the @");
    row("roman numeral", u"henry\u2163@example.com"_s, "before the @");
    row("symbol in the local part", u"\u265A@example.com"_s, "before the @");
    row("no domain", u"juliet@"_s, "domain");
    row("only a resource", u"/foobar"_s, "domain");
    row("empty", u""_s, "domain");
    row("empty local", u"@example.com"_s, "before the @");
    row("empty resource", u"juliet@example.com/"_s, "after the /");
    row("only an at sign", u"@"_s, "before the @");
    row("only a slash", u"/"_s, "domain");
    for (const QChar c : u"\"&':<>"_s)
        QTest::addRow("forbidden %s", qPrintable(QString(c))) << u"a"_s + c + u"b@example.com"_s << u"before the @"_s;
    row("full-width at sign in the local part", u"a\uFF20b@example.com"_s, "before the @");
    row("full-width slash in the domain", u"a@example.com\uFF0Fb"_s, "domain");
    row("two at signs", u"a@b@example.com"_s, "domain");
    row("space in the domain", u"a@exa mple.com"_s, "domain");
    row("empty label", u"a@example..com"_s, "domain");
    row("two trailing dots", u"a@example.com.."_s, "domain");
    row("a dot alone", u"a@."_s, "domain");
    row("leading hyphen", u"a@-example.com"_s, "domain");
    row("division slash", u"a@example.com\u2215b.test"_s, "domain");
    row("symbol in the domain", u"a@\u265A.example"_s, "domain");
    row("symbol in Punycode", u"a@xn--45h.example"_s, "domain");
    row("no Punycode", u"a@xn--zzzz9999999"_s, "domain");
    row("Punycode of ASCII", u"a@xn--a-.example"_s, "domain");
    row("label of 64", u"a@"_s + QString(64, u'b'), "domain");
    row("mixed directions", u"a@1\u05D0.example"_s, "domain");
    row("joiner among Latin letters", u"a@b\u200Dc.example"_s, "domain");
    row("no IPv6", u"a@[1]"_s, "domain");
    row("open bracket", u"a@[::1"_s, "domain");
    row("control character", u"a\u0001@example.com"_s, "before the @");
    row("invisible in the local part", u"a\u200Bb@example.com"_s, "before the @");
    row("bidi control in the resource", u"a@b/x\u202Ey"_s, "after the /");
    row("line break in the resource", u"a@b/x\ny"_s, "after the /");
    row("half a character", u"a"_s + QChar(0xD800) + u"@b"_s, "before the @");
}

void JidTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto jid = Jid::parse(text);
    QVERIFY2(!jid, jid ? qPrintable(jid->toString()) : "");
    QCOMPARE(jid.error().kind, Error::Kind::Input);
    QCOMPARE(jid.error().condition, u"jid-malformed"_s);
    QVERIFY2(jid.error().detail.contains(part), qPrintable(jid.error().detail));
}

void JidTest::hasParts()
{
    const auto jid = Jid::parse(u"Juliet@Capulet.Lit/Balcony"_s).value();
    QCOMPARE(jid.local(), u"juliet"_s);
    QCOMPARE(jid.domain(), u"capulet.lit"_s);
    QCOMPARE(jid.resource(), u"Balcony"_s);
    QVERIFY(jid.isFull() && !jid.isBare() && !jid.isDomain() && !jid.isNull());
    QCOMPARE(jid.bare().toString(), u"juliet@capulet.lit"_s);
    QVERIFY(jid.bare().isBare() && !jid.bare().isFull());

    const auto server = Jid::parse(u"capulet.lit/x"_s).value();
    QCOMPARE(server.local(), QString());
    QCOMPARE(server.domain(), u"capulet.lit"_s);
    QVERIFY(!server.isDomain());
    QVERIFY(server.bare().isDomain() && server.bare().isBare());
    QCOMPARE(server.bare().bare(), server.bare());
}

void JidTest::comparesByNormalForm_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::newRow("case") << u"ROMEO@Montague.LIT"_s << u"romeo@montague.lit"_s;
    QTest::newRow("width") << u"\uFF52\uFF4F\uFF4D\uFF45\uFF4F@montague.lit"_s << u"romeo@montague.lit"_s;
    QTest::newRow("half-width kana") << u"\uFF76\uFF9E@example.com"_s << u"\u30AC@example.com"_s;
    QTest::newRow("normalisation") << u"re\u0301mi@example.com"_s << u"r\u00E9mi@example.com"_s;
    QTest::newRow("normalisation of the resource") << u"a@b/re\u0301mi"_s << u"a@b/r\u00E9mi"_s;
    QTest::newRow("angstrom") << u"\u212B@example.com"_s << u"\u00E5@example.com"_s;
    QTest::newRow("space of the resource") << u"a@b/x\u3000y"_s << u"a@b/x y"_s;
    QTest::newRow("domain in Punycode") << u"a@xn--mnchen-3ya.example"_s << u"a@M\u00DCNCHEN.example"_s;
    QTest::newRow("domain in full width") << u"a@\uFF45xample.com"_s << u"a@example.com"_s;
    QTest::newRow("ideographic dots") << u"a@b\u3002c\uFF61d"_s << u"a@b.c.d"_s;
    QTest::newRow("trailing dot") << u"a@b.c."_s << u"a@b.c"_s;
    QTest::newRow("IPv6") << u"a@[0:0:0:0:0:0:0:1]"_s << u"a@[::1]"_s;
}

void JidTest::comparesByNormalForm()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    const auto a = Jid::parse(one);
    const auto b = Jid::parse(other);
    QVERIFY(a && b);
    QCOMPARE(*a, *b);
    QCOMPARE(qHash(*a), qHash(*b));
    QVERIFY(!(*a < *b) && !(*b < *a));
}

void JidTest::keepsLookAlikesApart()
{
    const QSet<Jid> all{
        Jid::fromWire(u"paypal@example.com"_s),       Jid::fromWire(u"p\u0430ypal@example.com"_s), // Cyrillic a
        Jid::fromWire(u"paypa1@example.com"_s),       Jid::fromWire(u"paypal@ex\u0430mple.com"_s),
        Jid::fromWire(u"paypal@example.com/R"_s),     Jid::fromWire(u"paypal@example.com/r"_s),
        Jid::fromWire(u"\u0131@example.com"_s),       Jid::fromWire(u"i@example.com"_s), // dotless i
        Jid::fromWire(u"fu\u00DFball@example.com"_s), Jid::fromWire(u"fussball@example.com"_s),
    };
    QCOMPARE(all.size(), 10);
    QVERIFY(!all.contains(Jid()));
}

void JidTest::measuresBytes()
{
    const QString most(1023, u'x');
    const QString mostBytes = QString(341, QChar(0x4E2D));                            // three bytes each
    QString longDomain = (QString(63, u'd') + u'.').repeated(15) + QString(63, u'd'); // 16 * 64 - 1
    QCOMPARE(longDomain.size(), 1023);
    for (const QString &part : {most, mostBytes}) {
        const auto jid = Jid::parse(part + u'@' + longDomain + u'/' + part);
        QVERIFY(jid);
        QCOMPARE(jid->local(), part);
        QCOMPARE(jid->domain(), longDomain);
        QCOMPARE(jid->resource(), part);
        QCOMPARE(refusal(part + u"x@example.com"_s), u"jid-malformed"_s);
        QCOMPARE(refusal(u"a@example.com/"_s + part + u'x'), u"jid-malformed"_s);
    }
    longDomain.chop(63);
    longDomain += QString(62, u'd') + u".d"_s; // 1,024
    QCOMPARE(refusal(u"a@"_s + longDomain), u"jid-malformed"_s);
    // What does not fit into 16 bits must not wrap around.
    QCOMPARE(refusal(QString(65536 + 1, u'x') + u"@example.com"_s), u"jid-malformed"_s);
    QCOMPARE(refusal(u"a@example.com/"_s + QString(65536 + 1, u'x')), u"jid-malformed"_s);
    QCOMPARE(refusal(u"a@"_s + QString(200000, u'x')), u"jid-malformed"_s);
}

void JidTest::keepsOddResourcesFromTheWire_data()
{
    QTest::addColumn<QString>("resource");
    QTest::newRow("leading space") << u" foo"_s;
    QTest::newRow("emoji with a variation selector") << u"\u2764\uFE0F"_s;
    QTest::newRow("emoji joined") << u"\U0001F468\u200D\U0001F469"_s;
    QTest::newRow("bidi control") << u"x\u202Ey"_s;
    QTest::newRow("tabulator") << u"x\ty"_s;
    QTest::newRow("unassigned") << u"x\u0378"_s;
    QTest::newRow("spaces only") << u"   "_s;
    QTest::newRow("decomposed and odd") << u"e\u0301\u200B"_s;
}

void JidTest::keepsOddResourcesFromTheWire()
{
    QFETCH(QString, resource);
    const QString text = u"Romeo@Montague.lit/"_s + resource;
    QCOMPARE(refusal(text), u"jid-malformed"_s);
    const Jid jid = Jid::fromWire(text);
    QVERIFY(jid.isFull());
    QCOMPARE(jid.resource(), resource);
    QCOMPARE(jid.bare(), Jid::fromWire(u"romeo@montague.lit"_s));
    QCOMPARE(Jid::fromWire(jid.toString()), jid);
    QCOMPARE(jid.bare().withResource(resource), jid);
}

void JidTest::refusesFromTheWire_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("empty resource") << u"romeo@montague.lit/"_s;
    QTest::newRow("empty local") << u"@montague.lit"_s;
    QTest::newRow("no domain") << u"romeo@"_s;
    QTest::newRow("bad local") << u"ro meo@montague.lit"_s;
    QTest::newRow("bad domain") << u"romeo@mon tague.lit"_s;
    QTest::newRow("long resource") << u"romeo@montague.lit/"_s + QString(1024, u'x');
    QTest::newRow("long odd resource") << u"romeo@montague.lit/\t"_s + QString(1023, u'x');
    QTest::newRow("half a character") << u"romeo@montague.lit/"_s + QChar(0xDC00);
}

void JidTest::refusesFromTheWire()
{
    QFETCH(QString, text);
    QCOMPARE(Jid::fromWire(text), Jid());
    QVERIFY(Jid::fromWire(text).isNull());
}

void JidTest::speaksAsciiToDns()
{
    QCOMPARE(Jid::fromWire(u"a@例子.测试"_s).asciiDomain(), u"xn--fsqu00a.xn--0zwm56d"_s);
    QCOMPARE(Jid::fromWire(u"a@Example.com."_s).asciiDomain(), u"example.com"_s);
    QCOMPARE(Jid::fromWire(u"a@[::1]"_s).asciiDomain(), u"[::1]"_s);
    QCOMPARE(Jid::fromWire(u"a@127.0.0.1"_s).asciiDomain(), u"127.0.0.1"_s);
    QCOMPARE(Jid().asciiDomain(), QString());
}

void JidTest::makesFromParts()
{
    QCOMPARE(Jid::make(u"Juliet"_s, u"Capulet.LIT"_s, u"Balcony"_s).value(),
             Jid::fromWire(u"juliet@capulet.lit/Balcony"_s));
    QCOMPARE(Jid::make({}, u"capulet.lit"_s).value().toString(), u"capulet.lit"_s);
    QCOMPARE(Jid::make(u"a"_s, u"b"_s, u"c@d/e"_s).value().resource(), u"c@d/e"_s);
    // No part may reach into the next one.
    QVERIFY(!Jid::make(u"a@evil.test/"_s, u"b"_s));
    QVERIFY(!Jid::make(u"a"_s, u"b/c"_s));
    QVERIFY(!Jid::make(u"a"_s, u"c@b"_s));
    QVERIFY(!Jid::make(u"a"_s, {}, u"c"_s));
    QVERIFY(!Jid::make(u"a"_s, u"b"_s, u"\u202E"_s));
}

void JidTest::changesResources()
{
    const Jid jid = Jid::fromWire(u"room@muc.example/nick"_s);
    QCOMPARE(jid.withResource(u"other"_s).toString(), u"room@muc.example/other"_s);
    QCOMPARE(jid.withResource(u"re\u0301mi"_s).resource(), u"r\u00E9mi"_s);
    QCOMPARE(jid.withResource({}), jid.bare());
    QVERIFY(jid.withResource(QString(1024, u'x')).isNull());
    QVERIFY(Jid().withResource(u"x"_s).isNull());
}

void JidTest::isNullByDefault()
{
    const Jid jid;
    QVERIFY(jid.isNull() && !jid.isBare() && !jid.isFull() && !jid.isDomain());
    QCOMPARE(jid.toString(), QString());
    QCOMPARE(jid.bare(), jid);
    QCOMPARE(jid.local() + jid.domain() + jid.resource(), QString());
}

void JidTest::staysTheSameWhenPreparedAgain()
{
    for (const QString &text : {u"\u0130\u0130@\u0130.example/\u0130"_s, u"\u1E9E@STRASSE.de"_s,
                                u"\uFF76\uFF9E@\uFF76\uFF9E.example/\uFF76\uFF9E"_s, u"\u03A3\u03A3@\u03A3.gr"_s,
                                u"\u1F80\u0345@example.com"_s, u"a@[::FFFF:1.2.3.4]"_s}) {
        const auto jid = Jid::parse(text);
        QVERIFY2(jid, qPrintable(text));
        QCOMPARE(Jid::parse(jid->toString()).value(), *jid);
        QCOMPARE(Jid::make(jid->local(), jid->domain(), jid->resource()).value(), *jid);
    }
}

void JidTest::survivesTheCache()
{
    // Many more than the cache holds; the first are worked out anew and come to the same.
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 20000; ++i) {
            const QString nick = u"Nick %1"_s.arg(i);
            const Jid jid = Jid::fromWire(u"Room@MUC.example/"_s + nick);
            if (jid.toString() != u"room@muc.example/"_s + nick)
                QFAIL(qPrintable(jid.toString()));
        }
    }
    // The same text, asked both ways: the cache knows both answers.
    for (int i = 0; i < 2; ++i) {
        QVERIFY(Jid::fromWire(u"cached@example.com/ x"_s).isFull());
        QCOMPARE(refusal(u"cached@example.com/ x"_s), u"jid-malformed"_s);
    }
}

void JidTest::isAnsweredOnManyThreads()
{
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&wrong] {
            for (int i = 0; i < 3000; ++i) {
                const QString text = u"User%1@Example.com/r"_s.arg(i % 700);
                if (Jid::fromWire(text).toString() != text.left(text.size() - 2).toLower() + u"/r"_s)
                    ++wrong;
            }
        });
    }
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

BALCONY_TEST(JidTest)
#include "tst_jid.moc"
