// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0394_markup.h"

#include <QRandomGenerator>

using namespace xep;
using Block = StyledText::Block;

class TestMarkup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0394, examples 1 to 5.
    void examples_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QByteArray>("children");
        QTest::addColumn<QStringList>("parts"); // depth, kind, what it holds
        const auto row = [](const char *name, const char *body, const char *children, const QStringList &parts) {
            QTest::newRow(name) << QString::fromUtf8(body) << QByteArray(children) << parts;
        };
        row("span", "There is really no reason to worry.", "<span start='9' end='15'><emphasis/></span>",
            {QStringLiteral("emphasis really")});
        row("code", "Just run this command:\n$ cowsay XMPP is awesome.", "<bcode start='23' end='48' language='bash'/>",
            {QStringLiteral("0 code(bash) $ cowsay XMPP is awesome.")});
        row("list", "This XEP supports many things:\n* inline markup\n* code blocks\n* lists\n* and possibly more!",
            "<list start='31' end='89' ordered='false'><li start='31'/><li start='47'/><li start='61'/><li start='69'/>"
            "</list>",
            {QStringLiteral("0 list * inline markup\n* code blocks\n* lists\n* and possibly more!"),
             QStringLiteral("1 item * inline markup\n"), QStringLiteral("1 item * code blocks\n"),
             QStringLiteral("1 item * lists\n"), QStringLiteral("1 item * and possibly more!")});
        row("quote", "He said:\n> Thou shalt not pass!\nand raised his hand.", "<bquote start='9' end='32'/>",
            {QStringLiteral("0 quote > Thou shalt not pass!\n")});
        row("nested", "> He said:\n>> Thou shalt not pass!\n> and raised his hand.\nIsn't this from some famous movie?",
            "<bquote start='0' end='57'/><bquote start='11' end='34'/>",
            {QStringLiteral("0 quote > He said:\n>> Thou shalt not pass!\n> and raised his hand."),
             QStringLiteral("1 quote >> Thou shalt not pass!")});
    }
    void examples()
    {
        QFETCH(QString, body);
        QFETCH(QByteArray, children);
        QFETCH(QStringList, parts);
        const auto markup = tests::roundTrip<Markup>("<markup xmlns='urn:xmpp:markup:0'>" + children + "</markup>");
        const StyledText text = markedUp(body, markup);
        QCOMPARE(words(body, text), parts);
        check(body, text);
    }

    void bad_data()
    {
        QTest::addColumn<QByteArray>("children");
        QTest::addColumn<QStringList>("parts"); // of "ab<wave>cd ef\ngh ij"
        const auto row = [](const char *name, const char *children, const QStringList &parts = {}) {
            QTest::newRow(name) << QByteArray(children) << parts;
        };
        const QString wave = QStringLiteral(u"\U0001F44B");
        row("after a pair", "<span start='3' end='5'><strong/></span>", {QStringLiteral("strong cd")});
        row("all styles", "<span start='2' end='3'><strong/><code/><deleted/><emphasis/><blink/></span>",
            {QStringLiteral("emphasis ") + wave, QStringLiteral("strong ") + wave, QStringLiteral("deleted ") + wave,
             QStringLiteral("code ") + wave});
        row("no style", "<span start='0' end='2'/>");
        row("no end", "<span start='0'><code/></span>");
        row("reversed", "<span start='5' end='3'><code/></span>");
        row("negative", "<span start='-5' end='3'><code/></span>");
        row("no number", "<span start='a' end='3'><code/></span>");
        row("beyond", "<span start='9' end='300'><code/></span>", {QStringLiteral("code gh ij")});
        row("all beyond", "<span start='99' end='300'><code/></span>");
        row("overlapping", "<span start='0' end='3'><code/></span><span start='2' end='4'><strong/></span>",
            {QStringLiteral("code ab") + wave});
        row("inside each other", "<span start='1' end='2'><code/></span><span start='0' end='4'><strong/></span>",
            {QStringLiteral("strong ab") + wave + QStringLiteral("c"), QStringLiteral("code b")});
        row("over a block's border", "<bcode start='9' end='14'/><span start='6' end='10'><strong/></span>",
            {QStringLiteral("0 code() gh ij")});
        row("in a block", "<bcode start='9' end='14'/><span start='9' end='11'><strong/></span>",
            {QStringLiteral("0 code() gh ij"), QStringLiteral("strong gh")});
        row("overlapping blocks", "<bquote start='0' end='5'/><bquote start='3' end='8'/>",
            {QStringLiteral("0 quote ab") + wave + QStringLiteral("cd")});
        row("a block in code", "<bcode start='0' end='8'/><bquote start='0' end='2'/>",
            {QStringLiteral("0 code() ab") + wave + QStringLiteral("cd ef")});
        row("a list without items", "<list start='0' end='8'/>");
        row("a list that starts late", "<list start='0' end='8'><li start='1'/></list>");
        row("items in no order", "<list start='9' end='14'><li start='9'/><li start='12'/><li start='10'/></list>",
            {QStringLiteral("0 list gh ij"), QStringLiteral("1 item gh ")});
        row("items outside", "<list start='9' end='12'><li start='9'/><li start='11'/><li start='13'/></list>",
            {QStringLiteral("0 list gh "), QStringLiteral("1 item gh")});
        row("an item of a lost list", "<bquote start='0' end='5'/><list start='3' end='8'><li start='3'/></list>",
            {QStringLiteral("0 quote ab") + wave + QStringLiteral("cd")});
        row("ordered", "<list start='9' end='14' ordered='true'><li start='9'/></list>",
            {QStringLiteral("0 ordered gh ij"), QStringLiteral("1 item gh ij")});
        row("a list in an item",
            "<list start='9' end='14'><li start='9'/></list><list start='12' end='14'><li start='12'/></list>",
            {QStringLiteral("0 list gh ij"), QStringLiteral("1 item gh ij"), QStringLiteral("2 list ij"),
             QStringLiteral("3 item ij")});
        row("only a break", "<bquote start='8' end='9'/>", {QStringLiteral("0 quote \n")});
        row("unknown", "<blink start='0' end='3'/>");
    }
    void bad()
    {
        QFETCH(QByteArray, children);
        QFETCH(QStringList, parts);
        const auto markup =
            xml::decode<Markup>(tests::parsed("<markup xmlns='urn:xmpp:markup:0'>" + children + "</markup>"));
        QVERIFY(markup);
        const QString body = QStringLiteral(u"ab\U0001F44Bcd ef\ngh ij");
        const StyledText text = markedUp(body, *markup);
        QCOMPARE(words(body, text), parts);
        check(body, text);
    }

    void lines()
    {
        Markup markup;
        markup.quotes.push_back({CodePoint{2}, CodePoint{9}});
        markup.codes.push_back({CodePoint{5}, CodePoint{7}, {}});
        const QString body = QStringLiteral("ab\ncd\n\nefg\n");
        const StyledText text = markedUp(body, markup);
        QStringList found;
        for (const StyledText::Line &line : text.lines)
            found.append(QString::number(line.block) + body.mid(line.range.begin, line.range.size()));
        QCOMPARE(found,
                 QStringList({QStringLiteral("-1ab"), QStringLiteral("0cd"), QStringLiteral("1"), QStringLiteral("0ef"),
                              QStringLiteral("-1g"), QStringLiteral("-1")}));
    }

    /// XEP-0394 5: one for each language.
    void languages()
    {
        const auto markups =
            QByteArray("<markup xmlns='urn:xmpp:markup:0' xml:lang='ca'><bquote start='0' end='1'/>"
                       "</markup><markup xmlns='urn:xmpp:markup:0'><bcode start='0' end='1'/></markup>");
        const auto first = Markup::of(tests::parsed("<message><body>a</body>" + markups + "</message>"));
        QVERIFY(first && first->codes.size() == 1 && first->quotes.empty());
        const auto second = Markup::of(tests::parsed("<message><body xml:lang='ca'>a</body>" + markups + "</message>"));
        QVERIFY(second && second->quotes.size() == 1);
        QCOMPARE(second->language, QStringLiteral("ca"));
        QVERIFY(!Markup::of(tests::parsed("<message><body xml:lang='de'>a</body>" + markups + "</message>")));
        QVERIFY(!Markup::of(tests::parsed("<message>" + markups + "</message>")));
        const auto both = "<message><body xml:lang='ca'>a</body><body>b</body>" + markups + "</message>";
        QCOMPARE(Markup::of(tests::parsed(both))->codes.size(), size_t(1));
    }

    void anything()
    {
        QRandomGenerator random(0x0394);
        const QString body = QStringLiteral(u"ab\U0001F44B\n\ncdef\nghi\U0001F44B\U0001F44Bj\nk");
        for (int round = 0; round < 1000; ++round) {
            const auto any = [&random] { return CodePoint{qint64(random.bounded(24)) - 1}; };
            Markup markup;
            for (int i = random.bounded(6); i > 0; --i) {
                markup.quotes.push_back({any(), any()});
                markup.codes.push_back({any(), any(), {}});
                markup.spans.push_back({any(), any(), true, false, true, false});
                MarkupList list{any(), any(), {}, {}};
                list.items = {{list.start}, {any()}, {any()}};
                markup.lists.push_back(list);
            }
            check(body, markedUp(body, markup));
            if (QTest::currentTestFailed())
                return;
        }
    }

    /// The work grows with the length and the number of parts alone.
    void bounded()
    {
        Markup markup;
        for (int i = 0; i < 20000; ++i) {
            const CodePoint at{i};
            const CodePoint behind{40000 - i};
            markup.quotes.push_back({at, behind});
            markup.codes.push_back({at, CodePoint{i + 1}, {}});
            markup.spans.push_back({at, behind, true, true, true, true});
            markup.lists.push_back({at, behind, true, {{at}, {CodePoint{i + 1}}}});
        }
        const QString body(200000, QLatin1Char('x'));
        const StyledText text = markedUp(body, markup);
        QVERIFY(text.blocks.size() <= 4 * Markup::mostParts);
        QVERIFY(text.spans.size() <= 4 * Markup::mostParts);
        QVERIFY2(text.steps <= body.size() + 20 * qint64(Markup::mostParts), qPrintable(QString::number(text.steps)));
        check(body, text);
    }

private:
    static QStringList words(const QString &body, const StyledText &text)
    {
        QStringList all;
        const auto add = [&](const QString &what, TextRange range) {
            all.append(what + QLatin1Char(' ') + body.mid(range.begin, range.size()));
        };
        for (const Block &block : text.blocks) {
            const QString list = block.isOrdered ? QStringLiteral("ordered") : QStringLiteral("list");
            const QString kind = block.kind == Block::Kind::Quote ? QStringLiteral("quote")
                : block.kind == Block::Kind::List                 ? list
                : block.kind == Block::Kind::ListItem             ? QStringLiteral("item")
                                                                  : QStringLiteral("code(%1)").arg(block.language);
            add(QString::number(block.depth) + QLatin1Char(' ') + kind, block.range);
        }
        const QStringList styles{QStringLiteral("emphasis"), QStringLiteral("strong"), QStringLiteral("deleted"),
                                 QStringLiteral("code")};
        for (const StyledText::Span &span : text.spans)
            add(styles.at(int(span.style)), span.inner());
        return all;
    }
    static void check(const QString &body, const StyledText &text)
    {
        qsizetype at = 0;
        for (const StyledText::Line &line : text.lines) {
            QVERIFY(line.begin == at || (line.begin == at + 1 && body[at] == QLatin1Char('\n')));
            QVERIFY(line.range.begin == line.begin && line.range.begin <= line.range.end);
            at = line.range.end;
            for (const Block &block : text.blocks)
                QVERIFY(block.range.end <= line.begin || block.range.begin >= line.range.end
                        || (block.range.begin <= line.begin && line.range.end <= block.range.end));
            if (line.block >= 0 && line.range.size() > 0) {
                const Block &block = text.blocks.at(size_t(line.block));
                QVERIFY(block.range.begin <= line.begin && line.range.end <= block.range.end);
            }
            if (text.lines.size() > 1000)
                break; // each line with each block is too much
        }
        if (text.lines.size() <= 1000)
            QCOMPARE(at, body.size());
        for (size_t i = 0; i < text.blocks.size(); ++i) {
            const Block &block = text.blocks[i];
            QVERIFY(0 <= block.range.begin && block.range.begin < block.range.end && block.range.end <= body.size());
            QVERIFY(block.parent < int(i) && block.depth < StyledText::mostDepth);
            QCOMPARE(block.kind == Block::Kind::ListItem,
                     block.parent >= 0 && text.blocks[size_t(block.parent)].kind == Block::Kind::List);
            if (block.parent < 0)
                continue;
            const Block &parent = text.blocks[size_t(block.parent)];
            QVERIFY(parent.range.begin <= block.range.begin && block.range.end <= parent.range.end);
        }
        std::vector<TextRange> open;
        for (const StyledText::Span &span : text.spans) {
            QVERIFY(0 <= span.range.begin && span.range.begin < span.range.end && span.range.end <= body.size());
            while (!open.empty() && open.back().end <= span.range.begin)
                open.pop_back();
            QVERIFY(open.empty() || span.range.end <= open.back().end);
            open.push_back(span.range);
        }
    }
};

BALCONY_TEST(TestMarkup)
#include "tst_0394_markup.moc"
