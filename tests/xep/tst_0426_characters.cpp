// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "xep/0426_characters.h"

#include <QTest>

using namespace xep;

class TestCharacters : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0426, table 1.
    void counts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("count");
        QTest::newRow("Latin") << QStringLiteral("Hello, world!") << qint64(13);
        QTest::newRow("reference") << QStringLiteral("You & Me") << qint64(8);
        QTest::newRow("Japanese") << QStringLiteral(u"\u3053\u3093\u306b\u3061\u306f\u4e16\u754c") << qint64(7);
        QTest::newRow("emoji") << QStringLiteral(
            u"\U0001F9DB\U0001F3FE \U0001F468\u200D\U0001F468\u200D\U0001F466\u200D"
            u"\U0001F466 \U0001F1FA\U0001F1F3")
                               << qint64(13);
        QTest::newRow("empty") << QString() << qint64(0);
        QTest::newRow("half a pair") << QString(QChar(0xD83D)) + QStringLiteral("a") << qint64(2);
        QTest::newRow("halves in the wrong order") << QString(QChar(0xDC4B)) + QChar(0xD83D) << qint64(2);
    }
    void counts()
    {
        QFETCH(QString, text);
        QFETCH(qint64, count);
        QCOMPARE(CodePoints(text).count(), count);
        QCOMPARE(CodePoints(text).toUnits(count), text.size());
        QCOMPARE(CodePoints(text).fromUnits(text.size()), count);
    }

    /// Every place there and back, against a count made one by one.
    void placesBothWays()
    {
        const QString text =
            QStringLiteral(u"a\U0001F44B\U0001F422b\u00e9\U0001F44Bc") + QChar(0xDC4B) + QStringLiteral(u"\U0001F422");
        const CodePoints points(text);
        qint64 index = 0;
        for (qsizetype i = 0; i < text.size(); ++i, ++index) {
            QCOMPARE(points.toUnits(index), i);
            QCOMPARE(points.fromUnits(i), index);
            if (text[i].isHighSurrogate()) {
                ++i;
                QCOMPARE(points.fromUnits(i), index); // within
            }
        }
        QCOMPARE(points.count(), index);
        QCOMPARE(points.toUnits(-1), qsizetype(0));
        QCOMPARE(points.toUnits(std::numeric_limits<qint64>::max()), text.size());
        QCOMPARE(points.fromUnits(text.size() + 10), index);
        QCOMPARE(points.fromUnits(-10), qint64(0));
    }

    void ranges()
    {
        const CodePoints points(u"a\U0001F44Bbc");
        const auto at = [](qint64 index) { return std::optional<CodePoint>(CodePoint{index}); };
        QCOMPARE(points.range(at(1), at(2)), (std::optional<TextRange>(TextRange{1, 3})));
        QCOMPARE(points.range({}, {}), (std::optional<TextRange>(TextRange{0, 5})));
        QCOMPARE(points.range(at(2), {}), (std::optional<TextRange>(TextRange{3, 5})));
        QCOMPARE(points.range({}, at(2)), (std::optional<TextRange>(TextRange{0, 3})));
        QCOMPARE(points.range(at(2), at(1000)), (std::optional<TextRange>(TextRange{3, 5})));
        QVERIFY(!points.range(at(2), at(2)));
        QVERIFY(!points.range(at(3), at(1)));
        QVERIFY(!points.range(at(4), at(9)));
        QVERIFY(!points.range(at(-1), at(2)));
        QVERIFY(!points.range(at(0), at(-1)));
        QVERIFY(!CodePoints(QStringView()).range({}, {}));
    }

    void wire()
    {
        const auto parsed = [](std::string_view text) { return xml::Value<CodePoint>::parse(text).value(); };
        QCOMPARE(parsed("38").index, qint64(38));
        QCOMPARE(parsed(" 0 ").index, qint64(0));
        QCOMPARE(parsed("99999999999999999999999").index, std::numeric_limits<qint64>::max());
        for (const std::string_view nowhere : {"-1", "-99999999999999999999", "", "x", "1.5", "0x10", "--1"})
            QVERIFY2(parsed(nowhere).isNowhere(), std::string(nowhere).c_str());
        QCOMPARE(xml::Value<CodePoint>::text(CodePoint{7}), QStringLiteral("7"));
        QVERIFY(xml::Value<CodePoint>::text(CodePoint{}).isNull());
    }
};

BALCONY_TEST(TestCharacters)
#include "tst_0426_characters.moc"
