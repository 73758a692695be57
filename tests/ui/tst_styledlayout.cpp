// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/chat/styledlayout.h"
#include "ui/chat/timelinelayout.h"

#include <QApplication>

using ui::StyledLayout;

namespace {

/// A body in the theme in use, broken for a width.
struct LaidOut : StyledLayout {
    explicit LaidOut(const QString &body, double width = 400, Kind kind = Kind::Styled)
    {
        const ui::Theme &theme = ui::Theme::of(nullptr);
        prepare(body, kind, true, theme.colors.quietIn, theme);
        breakLines(width);
    }
};

/// The format at a unit of the text, as it is drawn.
QTextCharFormat formatAt(const StyledLayout &layout, qsizetype unit)
{
    QTextCharFormat format;
    for (const QTextLayout::FormatRange &range : layout.text().formats()) {
        if (unit >= range.start && unit < range.start + range.length)
            format.merge(range.format);
    }
    return format;
}

} // namespace

/// How a body looks (XEP-0393), and that it stays what it is.
class TestStyledLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spans()
    {
        const QString body = QStringLiteral("*strong* _emphasis_ ~strike~ `fixed` plain");
        const LaidOut layout(body);
        QCOMPARE(layout.text().text(), body);
        QCOMPARE(formatAt(layout, body.indexOf(u"strong")).fontWeight(), int(QFont::Bold));
        QVERIFY(formatAt(layout, body.indexOf(u"emphasis")).fontItalic());
        QVERIFY(formatAt(layout, body.indexOf(u"strike")).fontStrikeOut());
        const QTextCharFormat fixed = formatAt(layout, body.indexOf(u"fixed"));
        QCOMPARE(fixed.fontFamilies().toStringList(), ui::Theme::of(nullptr).font(ui::TextRole::Fixed).families());
        QCOMPARE(fixed.background().color(), ui::Theme::of(nullptr).colors.quietIn);
        QVERIFY(formatAt(layout, body.indexOf(u"plain")).isEmpty());
        // The directives stay, quieter than the rest.
        const QColor quiet = ui::Theme::of(nullptr).colors.textMuted;
        for (const qsizetype at : {qsizetype(0), body.indexOf(u"* "), body.indexOf(u'_'), body.indexOf(u'~')}) {
            QCOMPARE(formatAt(layout, at).foreground().color(), quiet);
            QVERIFY(formatAt(layout, at).fontWeight() != QFont::Bold && !formatAt(layout, at).fontItalic());
        }
        QVERIFY(formatAt(layout, 1).foreground().style() == Qt::NoBrush);
    }

    void unstyledStaysPlain()
    {
        const QString body = QStringLiteral("*strong* https://verona.example/a_b_c\n> no quote\n```\nno code\n```");
        const LaidOut layout(body, 400, StyledLayout::Kind::Unstyled);
        QVERIFY(layout.backdrops(400).isEmpty());
        QVERIFY(formatAt(layout, 1).isEmpty());
        QCOMPARE(layout.links().size(), 1);
    }

    void linksInsideStyles()
    {
        const QString body = QStringLiteral(
            "*https://verona.example/a* and `https://verona.example/b`\n> mailto:juliet@capulet.example");
        const LaidOut layout(body, 700);
        QCOMPARE(layout.links().size(), 3);
        QCOMPARE(layout.links().at(0).url, QUrl(QStringLiteral("https://verona.example/a")));
        QCOMPARE(layout.links().at(2).url, QUrl(QStringLiteral("mailto:juliet@capulet.example")));
        const QTextLine line = layout.text().lineAt(0);
        QCOMPARE(layout.linkAt(QPointF(line.cursorToX(5), line.y() + 4)), layout.links().at(0).url);
        const QTextLine quoted = layout.text().lineAt(1);
        QCOMPARE(layout.linkAt(QPointF(quoted.cursorToX(quoted.textStart() + 6), quoted.y() + 4)),
                 layout.links().at(2).url);
    }

    void quotesHaveBarsAndAreSetIn_data()
    {
        QTest::addColumn<bool>("rightToLeft");
        QTest::newRow("left") << false;
        QTest::newRow("right") << true;
    }

    void quotesHaveBarsAndAreSetIn()
    {
        QFETCH(bool, rightToLeft);
        const QString word = rightToLeft ? QStringLiteral("שלום ") : QStringLiteral("word ");
        const QString body =
            word + u'\n' + QStringLiteral("> ") + word.repeated(40) + QStringLiteral("\n> > ") + word + u'\n' + word;
        const LaidOut layout(body, 300);
        QCOMPARE(layout.isRightToLeft(), rightToLeft);
        const auto bars = layout.backdrops(300);
        QCOMPARE(bars.size(), 2);
        QVERIFY(bars.at(0).isBar && bars.at(1).isBar);
        QVERIFY(bars.at(0).rect.top() <= bars.at(1).rect.top() && bars.at(0).rect.bottom() >= bars.at(1).rect.bottom());
        QCOMPARE(bars.at(0).rect.center().x() > 150, rightToLeft);
        QVERIFY(!bars.at(0).rect.intersects(bars.at(1).rect));
        const auto start = [&](int line) {
            const QRectF rect = layout.text().lineAt(line).rect();
            return rightToLeft ? 300 - rect.right() : rect.left();
        };
        const int lines = layout.text().lineCount();
        QCOMPARE(start(0), 0.0);
        QVERIFY(start(1) > 0);
        QVERIFY2(start(2) > start(1), "what goes on stands under the text, and not under the mark");
        QVERIFY(start(lines - 2) > start(1));
        QCOMPARE(start(lines - 1), 0.0);
        // No text under a bar, and none outside.
        for (int i = 0; i < lines; ++i) {
            const QRectF text = layout.text().lineAt(i).naturalTextRect();
            QVERIFY(text.left() >= -0.01 && text.right() <= 300.01);
            for (const auto &bar : bars)
                QVERIFY(!text.intersects(bar.rect));
        }
    }

    void blocksHaveAGround()
    {
        const QString body = QStringLiteral("Look:\n```c++\nint main();\n```\nThat is all");
        const LaidOut layout(body, 300);
        const auto grounds = layout.backdrops(300);
        QCOMPARE(grounds.size(), 1);
        QVERIFY(!grounds.at(0).isBar);
        const QTextLayout &text = layout.text();
        QVERIFY(text.lineAt(0).naturalTextRect().bottom() <= grounds.at(0).rect.top());
        QVERIFY(text.lineAt(4).naturalTextRect().top() >= grounds.at(0).rect.bottom());
        for (int i = 1; i < 4; ++i)
            QVERIFY(grounds.at(0).rect.contains(text.lineAt(i).naturalTextRect()));
        const QStringList fixed = ui::Theme::of(nullptr).font(ui::TextRole::Fixed).families();
        QCOMPARE(formatAt(layout, body.indexOf(u"main")).fontFamilies().toStringList(), fixed);
        QCOMPARE(formatAt(layout, body.indexOf(u"```")).foreground().color(), ui::Theme::of(nullptr).colors.textMuted);
        // At its end there is no place for a time in the last line.
        QCOMPARE(LaidOut(QStringLiteral("```\ncode"), 300).lastLineWidth(), 300.0);
        QVERIFY(LaidOut(QStringLiteral("code"), 300).lastLineWidth() < 100);
        // Cursor positions are those of the body.
        for (int unit = 0; unit < body.size(); unit += 7) {
            const QTextLine line = text.lineForTextPosition(unit);
            QCOMPARE(layout.cursorAt(QPointF(line.cursorToX(unit), line.y() + 2)), unit);
        }
    }

    void fewEmojiAloneAreBig()
    {
        QVERIFY(LaidOut(QStringLiteral("🌹")).isBigEmoji());
        QVERIFY(LaidOut(QStringLiteral("🌹 ❤️👍")).isBigEmoji());
        QVERIFY(!LaidOut(QStringLiteral("🌹🌹🌹🌹")).isBigEmoji());
        QVERIFY(!LaidOut(QStringLiteral("🌹 for you")).isBigEmoji());
        QVERIFY(!LaidOut(QStringLiteral("42")).isBigEmoji());
        QVERIFY(!LaidOut(QString()).isBigEmoji());
    }

    /// The worst that fits into what is shown: parts are limited, and everything is still there.
    void longBodiesStayCheap_data()
    {
        QTest::addColumn<QString>("part");
        QTest::newRow("spans") << QStringLiteral("*a* ");
        QTest::newRow("lines") << QStringLiteral("> a\n");
        QTest::newRow("nested") << QStringLiteral(">>>>>>>>>>>>>>>>>> a\n");
        QTest::newRow("blocks") << QStringLiteral("```\n");
        QTest::newRow("long line") << QStringLiteral("_word word word_ ");
    }

    void longBodiesStayCheap()
    {
        QFETCH(QString, part);
        const QString body = ui::cutText(part.repeated(ui::RowLayout::longBody / part.size()), ui::RowLayout::longBody,
                                         ui::RowLayout::longBodyLines);
        const LaidOut layout(body, 500);
        QVERIFY(layout.text().formats().size() <= StyledLayout::mostParts + 3);
        QCOMPARE(layout.text().text().size(), body.size());
        QVERIFY(layout.backdrops(500).size() <= ui::RowLayout::longBodyLines * 16);
        for (const auto &each : layout.backdrops(500))
            QVERIFY(each.rect.bottom() <= layout.height() && each.rect.right() <= 500.01);
    }
};

BALCONY_TEST(TestStyledLayout)
#include "tst_styledlayout.moc"
