// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/idna.h"

#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace base;

/// Domains: the samples of Punycode's RFC, and the rules of IDNA2008.
class TestIdna : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labels_data();
    void labels();
    void mapped_data();
    void mapped();
    void refused_data();
    void refused();
};

void TestIdna::labels_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("ascii");
    const auto row = [](const char *name, const QString &label, const char *ascii) {
        QTest::newRow(name) << label << QString::fromLatin1(ascii);
    };
    // RFC 3492 7.1, as labels in lower case
    row("Arabic, without its question mark",
        u"\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A"_s,
        "xn--mgbcah9ar9a4efegftvvn");
    row("Chinese, simplified", u"\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587"_s,
        "xn--ihqwcrb4cv8a8dqg056pqjye");
    row("Chinese, traditional", u"\u4ED6\u5011\u7232\u4EC0\u9EBD\u4E0D\u8AAA\u4E2D\u6587"_s,
        "xn--ihqwctvzc91f659drss3x8bo0yb");
    row("Czech", u"pro\u010Dprost\u011Bnemluv\u00ED\u010Desky"_s, "xn--proprostnemluvesky-uyb24dma41a");
    row("Hebrew",
        u"\u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0\u05DE\u05D3\u05D1\u05E8\u05D9\u05DD\u05E2\u05D1\u05E8\u05D9\u05EA"_s,
        "xn--4dbcagdahymbxekheh6e0a7fei0b");
    row("Hindi",
        u"\u092F\u0939\u0932\u094B\u0917\u0939\u093F\u0928\u094D\u0926\u0940\u0915\u094D\u092F\u094B\u0902\u0928\u0939\u0940\u0902\u092C\u094B\u0932\u0938\u0915\u0924\u0947\u0939\u0948\u0902"_s,
        "xn--i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd");
    row("Japanese",
        u"\u306A\u305C\u307F\u3093\u306A\u65E5\u672C\u8A9E\u3092\u8A71\u3057\u3066\u304F\u308C\u306A\u3044\u306E\u304B"_s,
        "xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa");
    row("Russian",
        u"\u043F\u043E\u0447\u0435\u043C\u0443\u0436\u0435\u043E\u043D\u0438\u043D\u0435\u0433\u043E\u0432\u043E\u0440\u044F\u0442\u043F\u043E\u0440\u0443\u0441\u0441\u043A\u0438"_s,
        "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l");
    row("Spanish", u"porqu\u00E9nopuedensimplementehablarenespa\u00F1ol"_s,
        "xn--porqunopuedensimplementehablarenespaol-fmd56a");
    row("Vietnamese", u"t\u1EA1isaoh\u1ECDkh\u00F4ngth\u1EC3ch\u1EC9n\u00F3iti\u1EBFngvi\u1EC7t"_s,
        "xn--tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g");
    row("3 B", u"3\u5E74b\u7D44\u91D1\u516B\u5148\u751F"_s, "xn--3b-ww4c5e180e575a65lsy2b");
    row("with hyphens", u"\u5B89\u5BA4\u5948\u7F8E\u6075-with-super-monkeys"_s,
        "xn---with-super-monkeys-pc58ag80a8qai00g7n9n");
    row("hyphen between the scripts", u"hello-another-way-\u305D\u308C\u305E\u308C\u306E\u5834\u6240"_s,
        "xn--hello-another-way--fc4qua05auwb3674vfr0b");
    row("digit at the end", u"\u3072\u3068\u3064\u5C4B\u6839\u306E\u4E0B2"_s, "xn--2-u9tlzr9756bt3uc0v");
    row("Latin first", u"maji\u3067koi\u3059\u308B5\u79D2\u524D"_s, "xn--majikoi5-783gue6qz075azm5e");
    row("Latin within", u"\u30D1\u30D5\u30A3\u30FCde\u30EB\u30F3\u30D0"_s, "xn--de-jg4avhby1noc0d");
    row("two kinds of kana", u"\u305D\u306E\u30B9\u30D4\u30FC\u30C9\u3067"_s, "xn--d9juau41awczczp");
    // RFC 5894 7.2: what IDNA2003 mapped away is a letter of its own
    row("sharp s", u"fa\u00DF"_s, "xn--fa-hia");
    row("final sigma", u"\u03B2\u03CC\u03BB\u03BF\u03C2"_s, "xn--nxasmm1c");
    row("ZWJ after a virama", u"\u0DC1\u0DCA\u200D\u0DBB\u0DD3"_s, "xn--10cl1a0b660p");
    // RFC 5892, appendix A
    row("middle dot between l", u"col\u00B7lega"_s, "xn--collega-xma");
    row("katakana dot", u"\u30A2\u30FB\u30A2"_s, "xn--ccka0y");
}

/// Both ways, within a domain too.
void TestIdna::labels()
{
    QFETCH(QString, label);
    QFETCH(QString, ascii);
    const auto normal = idna::normalized(label);
    QVERIFY2(normal, normal ? "" : qPrintable(normal.error().detail));
    QCOMPARE(*normal, label);
    QCOMPARE(idna::ascii(*normal), ascii);
    QCOMPARE(idna::normalized(ascii).value_or(QString()), label);
    QCOMPARE(idna::normalized(ascii.toUpper()).value_or(QString()), label);
    const QString domain = u"www."_s + label + u".example"_s;
    const bool isRightToLeft = label.at(0).direction() == QChar::DirR || label.at(0).direction() == QChar::DirAL;
    QVERIFY(isRightToLeft || idna::normalized(domain) == domain);
    QCOMPARE(idna::ascii(domain), u"www."_s + ascii + u".example"_s);
}

void TestIdna::mapped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normal");
    const auto row = [](const char *name, const QString &text, const QString &normal) {
        QTest::newRow(name) << text << normal;
    };
    // RFC 5895 2: case, width, normalisation, dots
    row("case", u"B\u00DCCHER.Example"_s, u"b\u00FCcher.example"_s);
    row("width", u"\uFF42\u00FC\uFF43her.example"_s, u"b\u00FCcher.example"_s);
    row("normalisation", u"bu\u0308cher.example"_s, u"b\u00FCcher.example"_s);
    row("ideographic full stop", u"\u4F8B\u5B50\u3002\u6D4B\u8BD5"_s, u"\u4F8B\u5B50.\u6D4B\u8BD5"_s);
}

void TestIdna::mapped()
{
    QFETCH(QString, text);
    QFETCH(QString, normal);
    QCOMPARE(idna::normalized(text).value_or(QString()), normal);
}

void TestIdna::refused_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    // RFC 3492 7.1: Korean is a label of 73 bytes. RFC 5890 2.3.1 has 63.
    row("Korean",
        u"\uC138\uACC4\uC758\uBAA8\uB4E0\uC0AC\uB78C\uB4E4\uC774\uD55C\uAD6D\uC5B4\uB97C\uC774\uD574\uD55C\uB2E4\uBA74"
        u"\uC5BC\uB9C8\uB098\uC88B\uC744\uAE4C"_s);
    row("Arabic question mark", u"\u0644\u064A\u0647\u061F"_s);
    // RFC 5891 4.2.3
    row("hyphen first", u"-abc"_s);
    row("hyphen last", u"abc-"_s);
    row("mark first", u"\u0301abc"_s);
    // RFC 5892
    row("symbol", u"\u2665"_s);
    row("unassigned", u"a\u0378"_s);
    row("middle dot elsewhere", u"a\u00B7b"_s);
    row("ZWJ elsewhere", u"a\u200Db"_s);
    row("katakana dot alone", u"a\u30FBb"_s);
    row("both kinds of Arabic digits", u"\u0628\u0661\u06F1"_s);
    // RFC 5893 2
    row("digit before Hebrew", u"1\u05D0"_s);
    row("Latin within Hebrew", u"\u05D0a\u05D1"_s);
    row("Hebrew ends with a hyphen", u"\u05D0-\u05D1-"_s);
    row("Latin with Hebrew", u"a\u05D0"_s);
    // RFC 5891 5.4: an A-label must be what its U-label comes to
    row("Punycode of ASCII alone", u"xn--abc-"_s);
    row("Punycode of upper case", u"xn--tda!"_s);
    row("no Punycode", u"xn--99999999"_s);
    row("Punycode of a symbol", u"xn--g6h"_s);
}

void TestIdna::refused()
{
    QFETCH(QString, text);
    const auto normal = idna::normalized(text);
    QVERIFY2(!normal, normal ? qPrintable(*normal) : "");
    QCOMPARE(normal.error().condition, u"text-malformed"_s);
}

BALCONY_TEST(TestIdna)
#include "tst_idna.moc"
