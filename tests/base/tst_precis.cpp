// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/precis.h"

#include "base/codepoints.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace base;

namespace {

/// The prepared text; "!" where it is refused.
QString shown(const Result<QString> &result)
{
    return result ? *result : u"!"_s;
}

} // namespace

/// The profiles of PRECIS on the examples of their RFCs.
class TestPrecis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usernames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("normal");
        const auto row = [](const char *name, const QString &text, const QString &normal) {
            QTest::newRow(name) << text << normal;
        };
        // RFC 8265 3.5, tables 1 and 2, as UsernameCaseMapped takes their userparts
        row("juliet@example.com", u"juliet@example.com"_s, u"juliet@example.com"_s);
        row("fussball", u"fussball"_s, u"fussball"_s);
        row("sharp s", u"fu\u00DFball"_s, u"fu\u00DFball"_s);
        row("pi", u"\u03C0"_s, u"\u03C0"_s);
        row("capital sigma", u"\u03A3"_s, u"\u03C3"_s);
        row("small sigma", u"\u03C3"_s, u"\u03C3"_s);
        row("final sigma", u"\u03C2"_s, u"\u03C2"_s);
        row("space", u"foo bar"_s, u"!"_s);
        row("empty", u""_s, u"!"_s);
        row("roman numeral", u"henry\u2163"_s, u"!"_s);
        row("infinity", u"\u221E"_s, u"!"_s);
        row("black chess king", u"\u265A"_s, u"!"_s);
        // width, case, NFC
        row("full width", u"\uFF2A\uFF15"_s, u"j5"_s);
        row("half-width katakana", u"\uFF76"_s, u"\u30AB"_s);
        row("half-width with mark", u"\uFF76\uFF9E"_s, u"\u30AC"_s);
        row("composed", u"E\u0301"_s, u"\u00E9"_s);
        row("dotted capital i", u"\u0130"_s, u"i\u0307"_s);
        row("ligature", u"\uFB01x"_s, u"!"_s);
        row("title case digraph", u"\u01C5"_s, u"!"_s); // has a compatibility form
        // what is not there to be seen
        row("soft hyphen", u"a\u00ADb"_s, u"!"_s);
        row("zero width space", u"a\u200Bb"_s, u"!"_s);
        row("variation selector", u"a\uFE0F"_s, u"!"_s);
        row("Hangul filler", u"\u3164"_s, u"!"_s);
        row("old jamo", u"\u1100\u1100"_s, u"!"_s);
        row("jamo that compose", u"\u1100\u1161"_s, u"\uAC00"_s);
        row("private use", u"\uE000"_s, u"!"_s);
        row("unassigned", u"\u0378"_s, u"!"_s);
        row("non-character", u"\uFFFE"_s, u"!"_s);
        row("control", u"a\u0007"_s, u"!"_s);
        row("tatweel", u"\u0628\u0640"_s, u"!"_s);
        row("ideographic zero", u"\u3007"_s, u"\u3007"_s);
        // RFC 5892, appendix A
        row("ZWNJ after virama", u"\u0915\u094D\u200C\u0937"_s, u"\u0915\u094D\u200C\u0937"_s);
        row("ZWNJ between joining letters", u"\u0628\u200C\u0628"_s, u"\u0628\u200C\u0628"_s);
        row("ZWNJ between Latin letters", u"a\u200Cb"_s, u"!"_s);
        row("ZWNJ at the start", u"\u200C\u0628"_s, u"!"_s);
        row("ZWJ after virama", u"\u0915\u094D\u200D\u0937"_s, u"\u0915\u094D\u200D\u0937"_s);
        row("ZWJ elsewhere", u"\u0628\u200D\u0628"_s, u"!"_s);
        row("middle dot", u"col\u00B7lecci\u00F3"_s, u"col\u00B7lecci\u00F3"_s);
        row("middle dot, capitals", u"COL\u00B7LECCI\u00D3"_s, u"col\u00B7lecci\u00F3"_s);
        row("middle dot elsewhere", u"a\u00B7b"_s, u"!"_s);
        row("keraia", u"\u0375\u03B1"_s, u"\u0375\u03B1"_s);
        row("keraia elsewhere", u"\u0375a"_s, u"!"_s);
        row("geresh", u"\u05D0\u05F3"_s, u"\u05D0\u05F3"_s);
        row("geresh elsewhere", u"a\u05F3"_s, u"!"_s);
        row("katakana dot", u"\u30A2\u30FB\u30A2"_s, u"\u30A2\u30FB\u30A2"_s);
        row("katakana dot, Han", u"\u4E2D\u30FB"_s, u"\u4E2D\u30FB"_s);
        row("katakana dot alone", u"a\u30FB"_s, u"!"_s);
        row("Arabic digits", u"\u0628\u0661"_s, u"\u0628\u0661"_s);
        row("mixed Arabic digits", u"\u0628\u0661\u06F1"_s, u"!"_s);
        // RFC 5893 2
        row("Hebrew", u"\u05D0\u05D1"_s, u"\u05D0\u05D1"_s);
        row("Hebrew and digits",
            u"\u05D0"
            "1"_s,
            u"\u05D0"
            "1"_s);
        row("digits before Hebrew", u"1\u05D0"_s, u"!"_s);
        row("Hebrew and Latin", u"\u05D0a"_s, u"!"_s);
        row("Latin and Hebrew", u"a\u05D0"_s, u"!"_s);
        row("Hebrew ends with a sign", u"\u05D0-"_s, u"!"_s);
        row("Hebrew ends with a mark", u"\u05D0\u05B0"_s, u"\u05D0\u05B0"_s);
        row("European and Arabic digits",
            u"\u0628"
            "1\u0661"_s,
            u"!"_s);
    }

    void usernames()
    {
        QFETCH(QString, text);
        QFETCH(QString, normal);
        const auto result = precis::usernameCaseMapped(text);
        QCOMPARE(shown(result), normal);
        if (result)
            QCOMPARE(shown(precis::usernameCaseMapped(*result)), normal);
        else
            QCOMPARE(result.error().condition, u"text-malformed"_s);
    }

    void opaqueStrings_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("normal");
        const auto row = [](const char *name, const QString &text, const QString &normal) {
            QTest::newRow(name) << text << normal;
        };
        // RFC 8265 4.3
        row("1", u"correct horse battery staple"_s, u"correct horse battery staple"_s);
        row("2", u"Correct Horse Battery Staple"_s, u"Correct Horse Battery Staple"_s);
        row("3", u"\u03C0\u00DF\u00E5"_s, u"\u03C0\u00DF\u00E5"_s);
        row("4", u"Jack of \u2666s"_s, u"Jack of \u2666s"_s);
        row("5 Ogham space", u"foo\u1680bar"_s, u"foo bar"_s);
        row("6 empty", u""_s, u"!"_s);
        row("7 control", u"my cat is a \u0009by"_s, u"!"_s);
        row("no-break space", u"a\u00A0b"_s, u"a b"_s);
        row("width stays", u"\uFF2A"_s, u"\uFF2A"_s);
        row("compatible forms stay", u"\u2163\uFB01"_s, u"\u2163\uFB01"_s);
        row("NFC", u"e\u0301"_s, u"\u00E9"_s);
        row("spaces at the ends", u" a "_s, u" a "_s);
        row("mixed directions", u"a\u05D0"_s, u"a\u05D0"_s);
        row("invisible", u"a\u200Bb"_s, u"!"_s);
        row("line separator", u"a\u2028b"_s, u"!"_s);
    }

    void opaqueStrings()
    {
        QFETCH(QString, text);
        QFETCH(QString, normal);
        QCOMPARE(shown(precis::opaqueString(text)), normal);
    }

    void nicknames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("normal");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *name, const QString &text, const QString &normal, const QString &key) {
            QTest::newRow(name) << text << normal << key;
        };
        // RFC 8266 3
        row("1", u"Foo"_s, u"Foo"_s, u"foo"_s);
        row("2", u"foo"_s, u"foo"_s, u"foo"_s);
        row("3", u"Foo Bar"_s, u"Foo Bar"_s, u"foo bar"_s);
        row("4", u"foo bar"_s, u"foo bar"_s, u"foo bar"_s);
        row("5", u"\u03A3"_s, u"\u03A3"_s, u"\u03C3"_s);
        row("6", u"\u03C3"_s, u"\u03C3"_s, u"\u03C3"_s);
        row("7", u"\u03C2"_s, u"\u03C2"_s, u"\u03C2"_s);
        row("8", u"\u265A"_s, u"\u265A"_s, u"\u265A"_s);
        row("9", u"Richard \u2163"_s, u"Richard IV"_s, u"richard iv"_s);
        row("spaces", u"  Swan   of\u3000\u3000Avon  "_s, u"Swan of Avon"_s, u"swan of avon"_s);
        row("spaces only", u" \u3000 "_s, u"!"_s, u"!"_s);
        row("empty", u""_s, u"!"_s, u"!"_s);
        row("spaces out of NFKC", u"\u00A8x"_s, u"\u0308x"_s, u"\u0308x"_s);
        row("tabulator", u"a\tb"_s, u"!"_s, u"!"_s);
    }

    void nicknames()
    {
        QFETCH(QString, text);
        QFETCH(QString, normal);
        QFETCH(QString, key);
        QCOMPARE(shown(precis::nickname(text)), normal);
        QCOMPARE(shown(precis::nicknameKey(text)), key);
    }

    void refusesHalves()
    {
        const QString half = u"a"_s + QChar(0xD800);
        QVERIFY(!precis::usernameCaseMapped(half) && !precis::opaqueString(half) && !precis::nickname(half));
    }

    /// Each code point alone: prepared twice is prepared once, and nobody's normal form is another's forbidden one.
    void eachCodePointIsStable()
    {
        int accepted = 0;
        for (char32_t c = 1; c <= 0x10FFFF; ++c) {
            if (unicode::property(c) == unicode::Property::Disallowed
                || unicode::property(c) == unicode::Property::Unassigned)
                continue;
            const QString text = QString::fromUcs4(&c, 1);
            for (auto *profile : {precis::usernameCaseMapped, precis::opaqueString, precis::nicknameKey}) {
                const auto once = profile(text);
                if (!once)
                    continue;
                ++accepted;
                const auto again = profile(*once);
                if (!again || *again != *once)
                    QFAIL(qPrintable(QString::number(c, 16)));
            }
        }
        QVERIFY(accepted > 300000);
    }
};

BALCONY_TEST(TestPrecis)
#include "tst_precis.moc"
