// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0393_styling.h"

#include <QRandomGenerator>

using namespace xep;
using Block = StyledText::Block;

/// Bodies stand without the indentation that the XEP's examples have for their readers.
class TestStyling : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spans_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QStringList>("spans"); // as they stand in the body, directives and all
        const auto row = [](const char *body, const QStringList &spans) {
            QTest::newRow(body) << QString::fromUtf8(body) << spans;
        };
        const auto one = [](const char *span) { return QStringList{QString::fromUtf8(span)}; };
        // XEP-0393 5.2
        row("plain span", {});
        row("*strong span*", one("*strong span*"));
        row("plain _emphasis_ plain", one("_emphasis_"));
        row("`pre` plain *strong*", one("`pre`") + one("*strong*"));
        row("*strong*plain*", one("*strong*"));
        row("* plain *strong*", one("*strong*"));
        row("not strong*", {});
        row("*not strong", {});
        row("*not \n strong*", {});
        row("*not *strong", {});
        row("**", {});
        row("***", {});
        row("****", {});
        // Examples 2 and 7 to 11, and the list in 5.2.5
        row("There are three blocks in this body, one per line,\nbut there is no *formatting\nas spans* may not escape "
            "blocks.",
            {});
        row("Two spans, both *alike in dignity*", one("*alike in dignity*"));
        row("The full title is _Twelfth Night, or What You Will_ but\n_most_ people shorten it.",
            one("_Twelfth Night, or What You Will_") + one("_most_"));
        row("The full title is \"Twelfth Night, or What You Will\" but\n*most* people shorten it.", one("*most*"));
        row("Everyone ~dis~likes cake.", one("~dis~"));
        row("Wow, I can write in `monospace`!", one("`monospace`"));
        row("This is `*monospace*`", one("`*monospace*`"));
        row("This is *`monospace and bold`*", one("*`monospace and bold`*") + one("`monospace and bold`"));
        // What follows from the rules
        row("", {});
        row("*", {});
        row("* *", {});
        row("*a *", {});
        row("* a*", {});
        row("a*b*", {});
        row("*a*b", one("*a*"));
        row("*a**", one("*a*"));
        row("**a*", {});
        row("**a**", {});
        row("** *a*", one("*a*"));
        row("*a *b*", one("*a *b*"));
        row("*_a_*", one("*_a_*") + one("_a_"));
        row("_*~`a`~*_", one("_*~`a`~*_") + one("*~`a`~*") + one("~`a`~") + one("`a`"));
        row("*a _b_ c*", one("*a _b_ c*") + one("_b_"));
        row("*a _b* c_", one("*a _b*"));
        row("*_*", one("*_*"));
        row("*_a_", {});
        row("*a*_b_", one("*a*"));
        row("*a* _b_", one("*a*") + one("_b_"));
        row("_a*b*_", one("_a*b*_"));
        row("*a `b*` c*", one("*a `b*"));
        row("`a *b` c*", one("`a *b`"));
        row("``a``", {});
        row("\xe3\x80\x80*a*", one("*a*"));                // U+3000 is white space
        row("\xc2\xa0*a*\xc2\xa0*b\xc2\xa0*", one("*a*")); // and so is U+00A0
        row("\xe2\x80\x8b*a*", {});                        // U+200B is not
        row("*\xf0\x9f\x91\x8b*", one("*\xf0\x9f\x91\x8b*"));
        row("> *a*", one("*a*"));
        row(">*a* b", one("*a*"));
        row("```*a*\n*b*\n```\n*c*", one("*c*"));
    }
    void spans()
    {
        QFETCH(QString, body);
        QFETCH(QStringList, spans);
        const StyledText text = styled(body);
        QStringList found;
        for (const StyledText::Span &span : text.spans)
            found.append(body.mid(span.range.begin, span.range.size()));
        QCOMPARE(found, spans);
        QVERIFY(unstyled(body).isPlain());
        check(body, text);
    }

    void styles()
    {
        const auto text = styled(QStringLiteral("_a_ *b* ~c~ `d`"));
        QCOMPARE(text.spans.size(), size_t(4));
        QCOMPARE(text.spans[0].style, StyledText::Span::Style::Emphasis);
        QCOMPARE(text.spans[1].style, StyledText::Span::Style::Strong);
        QCOMPARE(text.spans[2].style, StyledText::Span::Style::Strike);
        QCOMPARE(text.spans[3].style, StyledText::Span::Style::Preformatted);
        QCOMPARE(text.spans[1].range, (TextRange{4, 7}));
        QCOMPARE(text.spans[1].inner(), (TextRange{5, 6}));
    }

    void blocks_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QStringList>("blocks"); // depth, kind, where it lies
        QTest::addColumn<QStringList>("lines");  // the innermost block, the text
        const auto row = [](const char *name, const char *body, const QStringList &blocks, const QStringList &lines) {
            QTest::newRow(name) << QString::fromUtf8(body) << blocks << lines;
        };
        const auto list = [](std::initializer_list<const char *> texts) {
            QStringList all;
            for (const char *text : texts)
                all.append(QString::fromUtf8(text));
            return all;
        };
        // XEP-0393, examples 2 to 6
        row("plain", "a\nb\nc", {}, list({"- a", "- b", "- c"}));
        row("preformatted", "```ignored\n(println \"Hello, world!\")\n```\n\nThis", list({"0 pre(ignored) 0-40"}),
            list({"0! ```ignored", "0 (println \"Hello, world!\")", "0! ```", "- ", "- This"}));
        row("no closing", "> ```\n> (println \"Hello, world!\")\n\nThe", list({"0 quote 0-33", "1 pre() 2-33"}),
            list({"1! ```", "1 (println \"Hello, world!\")", "- ", "- The"}));
        row("quotation", "> That that is, is.\n\nSaid", list({"0 quote 0-19"}),
            list({"0 That that is, is.", "- ", "- Said"}));
        row("nested", ">> That that is, is.\n> Said the old hermit of Prague.\n\nWho?",
            list({"0 quote 0-53", "1 quote 1-20"}),
            list({"1 That that is, is.", "0 Said the old hermit of Prague.", "- ", "- Who?"}));
        // XEP-0393 6: what `unstyled` is for
        row("a face", "> _ <", list({"0 quote 0-5"}), list({"0 _ <"}));
        // What follows from the rules
        row("empty", "", {}, list({"- "}));
        row("ends with a break", "a\n", {}, list({"- a", "- "}));
        row("a space before", " > a", {}, list({"-  > a"}));
        row("only marks", ">\n>>", list({"0 quote 0-4", "1 quote 3-4"}), list({"0 ", "1 "}));
        row("marks apart", "> > a", list({"0 quote 0-5", "1 quote 2-5"}), list({"1 a"}));
        row("marks too far apart", ">  > a", list({"0 quote 0-6"}), list({"0  > a"}));
        row("two quotes", "> a\nb\n> c", list({"0 quote 0-3", "0 quote 6-9"}), list({"0 a", "- b", "1 c"}));
        row("inner quotes apart", ">> a\n> b\n>> c", list({"0 quote 0-13", "1 quote 1-4", "1 quote 10-13"}),
            list({"1 a", "0 b", "2 c"}));
        row("a quote is code", "```\n> a\n```\n> b", list({"0 pre() 0-11", "0 quote 12-15"}),
            list({"0! ```", "0 > a", "0! ```", "1 b"}));
        row("code in code", "> ```\n>> a\n> ```\n> b", list({"0 quote 0-20", "1 pre() 2-16"}),
            list({"1! ```", "1 > a", "1! ```", "0 b"}));
        row("no end of code", "```\na", list({"0 pre() 0-5"}), list({"0! ```", "0 a"}));
        row("longer than an end", "```\n````\n``` \n```", list({"0 pre() 0-17"}),
            list({"0! ```", "0 ````", "0 ``` ", "0! ```"}));
        row("code twice", "```a b\n```\n```\n```", list({"0 pre(a b) 0-10", "0 pre() 11-18"}),
            list({"0! ```a b", "0! ```", "1! ```", "1! ```"}));
        row("not at the start", "a ```\nb", {}, list({"- a ```", "- b"}));
        row("outer quote ends inner code", ">> ```\n> a", list({"0 quote 0-10", "1 quote 1-6", "2 pre() 3-6"}),
            list({"2! ```", "0 a"}));
    }
    void blocks()
    {
        QFETCH(QString, body);
        QFETCH(QStringList, blocks);
        QFETCH(QStringList, lines);
        const StyledText text = styled(body);
        QCOMPARE(words(text), blocks);
        QCOMPARE(lineWords(body, text), lines);
        check(body, text);
        for (const StyledText::Line &line : unstyled(body).lines)
            QVERIFY(line.block == -1 && line.begin == line.range.begin);
        QCOMPARE(unstyled(body).lines.size(), size_t(body.count(QLatin1Char('\n')) + 1));
    }

    /// XEP-0393, example 12.
    void disabled()
    {
        const auto message =
            tests::parsed("<message><body>&gt; _ &lt;</body><unstyled xmlns='urn:xmpp:styling:0'/></message>");
        QVERIFY(xml::find<Unstyled>(message));
        tests::roundTrip<Unstyled>("<unstyled xmlns='urn:xmpp:styling:0'/>");
        QVERIFY(!xml::find<Unstyled>(tests::parsed("<message><unstyled/></message>")));
    }

    /// Whatever comes, spans and blocks are inside each other or apart, and lines hold the whole body.
    void anything()
    {
        QRandomGenerator random(0x0393);
        const QString letters = QStringLiteral(u"**__~~``>>> \n\nab\u3000\U0001F44B");
        for (int round = 0; round < 2000; ++round) {
            QString body;
            const int size = random.bounded(120);
            for (int i = 0; i < size; ++i)
                body += letters[random.bounded(int(letters.size()))]; // halves of pairs, too
            if (round % 3 == 0)
                body.replace(QLatin1String("ab"), QLatin1String("```"));
            check(body, styled(body));
            if (QTest::currentTestFailed())
                return;
        }
    }

    /// Z07, F12: the work grows with the length alone.
    void linear_data()
    {
        QTest::addColumn<QString>("unit");
        for (const char *unit :
             {"*",     "_",       "`",         "~",    ">",   "\n",   " ",  "a",   "*a ",
              "*a* ",  "*_~`",    "*_~`a`~_*", "* ",   " *a", "*_a ", "> ", ">\n", ">>>>>>>>>>>>>>>>>>>>>>>>\n",
              "```\n", "> ```\n", "`*a",       "_*a_ "})
            QTest::newRow(unit) << QString::fromUtf8(unit);
    }
    void linear()
    {
        QFETCH(QString, unit);
        // Twelve steps a character: one for itself, one for each of the four directives, and those of the blocks.
        for (const qsizetype size : {1000, 64 * 1024, 400 * 1024}) {
            const QString body = unit.repeated(size / unit.size());
            const StyledText text = styled(body);
            QVERIFY2(text.steps <= 12 * body.size() + 12, qPrintable(QString::number(text.steps)));
            check(body, text);
        }
    }

    void tooLong()
    {
        const QString line = QStringLiteral("> *a* and more\n");
        const QString body = line.repeated(StyledText::longestStyled / line.size() + 1000);
        const StyledText text = styled(body);
        QVERIFY(text.spans.back().range.end <= StyledText::longestStyled);
        QCOMPARE(text.lines.back().range.end, body.size());
        QCOMPARE(text.lines.back().block, -1);
        QVERIFY(text.lines.size() <= size_t(StyledText::longestStyled / line.size() + 2));
        check(body, text);
        const StyledText oneLine = styled(QStringLiteral("*a* ").repeated(StyledText::longestStyled));
        QVERIFY(oneLine.isPlain());
        QCOMPARE(oneLine.lines.size(), size_t(1));
    }

private:
    static QStringList words(const StyledText &text)
    {
        QStringList all;
        for (const Block &block : text.blocks) {
            const QString kind = block.kind == Block::Kind::Quote ? QStringLiteral("quote")
                                                                  : QStringLiteral("pre(%1)").arg(block.language);
            all.append(
                QStringLiteral("%1 %2 %3-%4").arg(block.depth).arg(kind).arg(block.range.begin).arg(block.range.end));
        }
        return all;
    }
    static QStringList lineWords(const QString &body, const StyledText &text)
    {
        QStringList all;
        for (const StyledText::Line &line : text.lines) {
            const QString block = line.block < 0 ? QStringLiteral("-") : QString::number(line.block);
            all.append(block + QLatin1String(line.isDirective ? "! " : " ")
                       + body.mid(line.range.begin, line.range.size()));
        }
        return all;
    }
    static void check(const QString &body, const StyledText &text)
    {
        qsizetype at = 0;
        for (const StyledText::Line &line : text.lines) {
            QCOMPARE(line.begin, at);
            QVERIFY(line.begin <= line.range.begin && line.range.begin <= line.range.end);
            QVERIFY(line.block < int(text.blocks.size()));
            at = line.range.end + 1;
            QVERIFY(line.range.end == body.size() || body[line.range.end] == QLatin1Char('\n'));
        }
        QCOMPARE(at, body.size() + 1);
        for (size_t i = 0; i < text.blocks.size(); ++i) {
            const Block &block = text.blocks[i];
            QVERIFY(0 <= block.range.begin && block.range.begin < block.range.end && block.range.end <= body.size());
            QVERIFY(block.parent < int(i) && block.depth < StyledText::mostDepth);
            if (block.parent >= 0) {
                const Block &parent = text.blocks[size_t(block.parent)];
                QCOMPARE(block.depth, parent.depth + 1);
                QVERIFY(parent.range.begin <= block.range.begin && block.range.end <= parent.range.end);
            }
            if (i > 0 && text.blocks[i - 1].depth >= block.depth)
                QVERIFY(text.blocks[i - 1].range.end < block.range.begin);
        }
        std::vector<TextRange> open;
        for (const StyledText::Span &span : text.spans) {
            QVERIFY(0 <= span.range.begin && span.range.end <= body.size() && span.inner().size() > 0);
            while (!open.empty() && open.back().end <= span.range.begin)
                open.pop_back();
            QVERIFY(open.empty() || (open.back().begin < span.range.begin && span.range.end < open.back().end));
            open.push_back(span.range);
            QVERIFY(open.size() <= 4);
            QVERIFY(!QStringView(body).mid(span.range.begin, span.range.size()).contains(QLatin1Char('\n')));
        }
    }
};

BALCONY_TEST(TestStyling)
#include "tst_0393_styling.moc"
