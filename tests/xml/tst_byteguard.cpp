// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/byteguard.h"

#include "support/testmain.h"

#include <QByteArrayList>
#include <QRandomGenerator>
#include <QStringDecoder>

using xml::ByteGuard;
using xml::Limits;

namespace {

/// Passes all of `bytes` in pieces of `chunk`, past the ends of elements; gives how many bytes were good.
size_t passAll(ByteGuard &guard, const QByteArray &bytes, size_t chunk)
{
    size_t at = 0;
    const size_t size = size_t(bytes.size());
    while (at < size && !guard.hasFailed())
        at += guard.pass(std::string_view(bytes.constData() + at, std::min(chunk, size - at)));
    return at;
}

struct Verdict {
    QString condition; // null: all passed
    size_t good = 0;
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

Verdict judge(const QByteArray &bytes, size_t chunk, const Limits &limits = {})
{
    ByteGuard guard(limits);
    Verdict verdict;
    verdict.good = passAll(guard, bytes, chunk);
    verdict.condition = guard.error().condition;
    return verdict;
}

const QByteArray header = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

ByteGuard after(const QByteArray &bytes)
{
    ByteGuard guard{Limits()};
    passAll(guard, bytes, size_t(bytes.size()));
    return guard;
}

/// How many of `bytes` pass, whole or in pieces.
size_t passed(ByteGuard guard, const QByteArray &bytes, size_t chunk)
{
    return passAll(guard, bytes, chunk ? chunk : size_t(bytes.size()));
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder(bytes);
    return !decoder.hasError();
}

Limits with(qint64 element, qint64 total = -1)
{
    Limits limits;
    limits.elementBytes = element;
    limits.totalBytes = total;
    return limits;
}

} // namespace

class TestByteGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("condition");
        const auto legal = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes << QString(); };
        const auto bad = [](const char *name, const QByteArray &bytes, const char *condition) {
            QTest::newRow(name) << bytes << QString::fromLatin1(condition);
        };
        legal("stream", "<?xml version='1.0'?>" + header + "<a/></stream:stream>");
        legal("bom", "\xEF\xBB\xBF<?xml version='1.0'?>" + header);
        legal("bom, no declaration", "\xEF\xBB\xBF" + header);
        legal("white space first", " \r\n\t" + header);
        legal("cdata", header + "<a><![CDATA[<!-- ]] ]]] > <?x?> <!DOCTYPE]]]></a>");
        legal("markup in attribute", header + "<a b='>!--' c=\"<!--?>'\"/>");
        legal("greater in text", header + "<a>--> ]> ?></a>");
        legal("utf-8 bounds",
              header + "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
        bad("comment", header + "<a><!-- x --></a>", "restricted-xml");
        bad("empty comment in body", header + "<body>one<!---->two</body>", "restricted-xml");
        bad("comment before the root", "<!-- x -->", "restricted-xml");
        bad("comment after declaration", "<?xml version='1.0'?><!-- -->", "restricted-xml");
        bad("instruction", header + "<?xml-stylesheet href='x'?>", "restricted-xml");
        bad("instruction first", "<?php ?>", "restricted-xml");
        bad("instruction that begins as xml", "<?xml-stylesheet?>", "restricted-xml");
        bad("declaration late", header + "<?xml version='1.0'?>", "restricted-xml");
        bad("declaration after space", " <?xml version='1.0'?>", "restricted-xml");
        bad("declaration twice", "<?xml version='1.0'?><?xml version='1.0'?>", "restricted-xml");
        bad("declaration without its end", "<?xml version='1.0'>" + header, "not-well-formed");
        bad("declaration, its end cut", "<?xml version='1.0'? >" + header, "not-well-formed");
        bad("doctype", "<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'b'>]>", "restricted-xml");
        bad("entity", header + "<!ENTITY a 'b'>", "restricted-xml");
        bad("cdata misspelt", header + "<a><![cdata[x]]></a>", "restricted-xml");
        bad("conditional section", header + "<![IGNORE[x]]>", "restricted-xml");
        bad("utf-16 little", QByteArray("\xFF\xFE<\0s\0", 6), "unsupported-encoding");
        bad("utf-16 big", QByteArray("\xFE\xFF\0<", 4), "unsupported-encoding");
        bad("utf-16 without bom", QByteArray("\0<\0s", 4), "not-well-formed");
        bad("utf-16 little without bom", QByteArray("<\0s\0", 4), "not-well-formed");
        bad("utf-16 little after a blank", QByteArray(" \0<\0", 4), "not-well-formed");
        bad("text first", "hello", "not-well-formed");
        bad("text before the root", "<?xml version='1.0'?>\n\"" + header, "not-well-formed");
        bad("text after the root", "<a/>\n'", "not-well-formed");
        bad("reference after the root", "<a/>&", "not-well-formed");
        bad("http", "HTTP/1.1 400 Bad Request\r\n", "not-well-formed");
        bad("overlong 2", header + "\xC0\x80", "not-well-formed");
        bad("overlong 2b", header + "\xC1\xBF", "not-well-formed");
        bad("overlong 3", header + "\xE0\x9F\xBF", "not-well-formed");
        bad("overlong 4", header + "\xF0\x8F\xBF\xBF", "not-well-formed");
        bad("surrogate", header + "\xED\xA0\x80", "not-well-formed");
        bad("surrogate pair (CESU-8)", header + "\xED\xA0\xBD\xED\xB8\x80", "not-well-formed");
        bad("too high", header + "\xF4\x90\x80\x80", "not-well-formed");
        bad("five bytes", header + "\xF8\x88\x80\x80\x80", "not-well-formed");
        bad("FF", header + "\xFF", "not-well-formed");
        bad("stray continuation", header + "a\x80", "not-well-formed");
        bad("cut short by ascii",
            header
                + "\xC3"
                  "a",
            "not-well-formed");
        bad("cut short by a tag", header + "<a>\xE2\x82</a>", "not-well-formed");
        bad("in an attribute", header + "<a b='\xC3\x28'/>", "not-well-formed");
        bad("in a name", header + "<\xC3\x28/>", "not-well-formed");
        bad("in cdata", header + "<a><![CDATA[\xC3\x28]]></a>", "not-well-formed");
        legal("references", header + "<a b='&'>&amp;&#65;&#x41;&a-b.c_d:e;</a>");
        bad("reference and a tag", header + "<a>&am</a>", "not-well-formed");
        bad("reference and a blank", header + "<a>& b</a>", "not-well-formed");
        bad("reference in a reference", header + "<a>&a&b;</a>", "not-well-formed");
        bad("reference not ASCII", header + "<a>&\xC3\xA9;</a>", "not-well-formed");
        bad("endless reference", header + "<a>&#" + QByteArray(40, '0') + "65;</a>", "policy-violation");
    }
    /// The verdict, and the place of it, are the same for every cut.
    void bytes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, condition);
        const Verdict whole = judge(bytes, size_t(bytes.size()));
        QCOMPARE(whole.condition, condition);
        QVERIFY(condition.isNull() == (whole.good == size_t(bytes.size())));
        for (size_t chunk = 1; chunk < size_t(bytes.size()); ++chunk)
            QVERIFY2(judge(bytes, chunk) == whole, qPrintable(QString::number(chunk)));
    }

    /// All sequences of four bytes from those where the rules change: runs that pass at once, bytes one by one, each
    /// cut, and Qt's decoder agree.
    void utf8AtItsBounds()
    {
        constexpr unsigned char bounds[] = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                                            0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
        const ByteGuard inText = after(header + "<a>");
        QByteArray bytes(12, 'x');
        int legal = 0;
        for (int i = 0; i < 24 * 24 * 24 * 24; ++i) {
            for (int k = 0, rest = i; k < 4; ++k, rest /= 24)
                bytes[k] = char(bounds[rest % 24]);
            const size_t good = passed(inText, bytes, 0);
            const bool isLegal = isUtf8(bytes);
            legal += isLegal;
            if ((good == size_t(bytes.size())) != isLegal || passed(inText, bytes, 1) != good
                || passed(inText, bytes, size_t(1 + i % 4)) != good)
                QFAIL(bytes.left(4).toHex().constData());
        }
        QVERIFY(legal > 1000);
    }
    void utf8AnywhereInMarkup()
    {
        QRandomGenerator random(3629);
        const QByteArray pieces[] = {"x",
                                     "abcdefgh",
                                     "\xC3\xA9",
                                     "\xE4\xBD\xA0",
                                     "\xE0\xA0\x80",
                                     "\xED\x9F\xBF",
                                     "\xF0\x9F\x98\x80",
                                     "\xF4\x8F\xBF\xBF",
                                     "\xEF\xBF\xBE",
                                     "\xEF\xBF\xBF",
                                     "\xF0\x90\x80\x80"};
        const ByteGuard places[] = {after(header + "<a>"),          after(header + "<a b='"), after(header + "<a b=\""),
                                    after(header + "<a><![CDATA["), after(header + "<a"),     after(header)};
        int legal = 0;
        for (int i = 0; i < 12000; ++i) {
            QByteArray bytes;
            for (int k = random.bounded(1, 12); k > 0; --k)
                bytes += pieces[random.bounded(11)];
            if (i % 2) // one byte changed, left out or put in
                bytes.replace(random.bounded(int(bytes.size())), random.bounded(2),
                              QByteArray(random.bounded(2), char(0x80 + random.bounded(0x80))));
            bytes += 'x';
            const bool isLegal = isUtf8(bytes);
            legal += isLegal;
            for (const ByteGuard &place : places) {
                const size_t good = passed(place, bytes, 0);
                QVERIFY2((good == size_t(bytes.size())) == isLegal, bytes.toHex().constData());
                for (const size_t chunk : {size_t(1), size_t(2), size_t(3), size_t(7), size_t(8), size_t(9)})
                    QVERIFY2(passed(place, bytes, chunk) == good, bytes.toHex().constData());
            }
        }
        QVERIFY(legal > 6000 && legal < 11000);
    }

    void limits_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("filler"); // repeated to reach the limit
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("text") << QByteArray("<a>") << QByteArray("x") << QByteArray("</a>");
        QTest::newRow("two-byte text") << QByteArray("<a>") << QByteArray("\xC3\xA9") << QByteArray("</a>");
        QTest::newRow("attribute") << QByteArray("<a b='") << QByteArray("x") << QByteArray("'/>");
        QTest::newRow("cdata") << QByteArray("<a><![CDATA[") << QByteArray("x") << QByteArray("]]></a>");
        QTest::newRow("space in tag") << QByteArray("<a") << QByteArray(" ") << QByteArray("/>");
        QTest::newRow("children") << QByteArray("<a>") << QByteArray("<b/>") << QByteArray("</a>");
    }
    /// S08: an element of one below and of exactly the limit passes; one byte more does not, and what came before does.
    void limits()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, filler);
        QFETCH(QByteArray, after);
        const QByteArray element = before + filler.repeated(400) + after;
        const QByteArray bytes = header + "  " + element + "\n\n" + element;
        for (const size_t chunk : {size_t(1), size_t(3), size_t(8), size_t(17), size_t(64), size_t(bytes.size())}) {
            QVERIFY(judge(bytes, chunk, with(element.size() + 1)).condition.isNull());
            QVERIFY(judge(bytes, chunk, with(element.size())).condition.isNull());
            const Verdict over = judge(bytes, chunk, with(element.size() - 1));
            QCOMPARE(over.condition, QStringLiteral("policy-violation"));
            QCOMPARE(over.good, size_t(header.size() + 2 + element.size() - 1));
        }
    }
    void limitOfHeader()
    {
        for (const size_t chunk : {size_t(1), size_t(8), size_t(header.size())}) {
            QVERIFY(judge(header, chunk, with(header.size())).condition.isNull());
            QCOMPARE(judge(header, chunk, with(header.size() - 1)).condition, QStringLiteral("policy-violation"));
        }
    }
    void limitOfTotal()
    {
        const QByteArray bytes = header + "<a>" + QByteArray(1000, 'x') + "</a>" + QByteArray(1000, ' ');
        for (const size_t chunk : {size_t(1), size_t(8), size_t(16), size_t(1000), size_t(bytes.size())}) {
            QVERIFY(judge(bytes, chunk, with(10000, bytes.size())).condition.isNull());
            const Verdict over = judge(bytes, chunk, with(10000, bytes.size() - 1));
            QCOMPARE(over.condition, QStringLiteral("policy-violation"));
            QCOMPARE(over.good, size_t(bytes.size() - 1));
        }
    }
    void limitOfNames()
    {
        Limits limits;
        const auto tag = [&](int size) { return header + "<" + QByteArray(size, 'n') + "/>"; };
        const auto attribute = [&](int size) { return header + "<a b='x' " + QByteArray(size, 'n') + "='x'/>"; };
        const auto closing = [&](int size) { return header + "<a></" + QByteArray(size, 'n') + ">"; };
        for (const size_t chunk : {size_t(1), size_t(8), size_t(5000)}) {
            for (const int size : {limits.nameBytes - 1, limits.nameBytes}) {
                QVERIFY(judge(tag(size), chunk).condition.isNull());
                QVERIFY(judge(attribute(size), chunk).condition.isNull());
                QVERIFY(judge(closing(size), chunk).condition.isNull());
            }
            const int over = limits.nameBytes + 1;
            QCOMPARE(judge(tag(over), chunk).condition, QStringLiteral("policy-violation"));
            QCOMPARE(judge(attribute(over), chunk).condition, QStringLiteral("policy-violation"));
            QCOMPARE(judge(closing(over), chunk).condition, QStringLiteral("policy-violation"));
        }
        // Two bytes a letter: bytes count, not letters.
        QVERIFY(judge(header + "<" + QByteArray("\xC3\xA9").repeated(512) + "/>", 7).condition.isNull());
        QCOMPARE(judge(header + "<a" + QByteArray("\xC3\xA9").repeated(512) + "/>", 7).condition,
                 QStringLiteral("policy-violation"));
    }
    void limitOfAttributes()
    {
        const auto element = [](int count) {
            QByteArray bytes = header + "<a";
            for (int i = 0; i < count; ++i)
                bytes += " a" + QByteArray::number(i) + "=\"'\"";
            return bytes + "/>";
        };
        for (const size_t chunk : {size_t(1), size_t(9), size_t(5000)}) {
            QVERIFY(judge(element(127), chunk).condition.isNull());
            QVERIFY(judge(element(128), chunk).condition.isNull());
            QCOMPARE(judge(element(129), chunk).condition, QStringLiteral("policy-violation"));
        }
    }
    /// S16: 10 MiB of white space between stanzas is no element.
    void whiteSpaceBetweenStanzas()
    {
        const QByteArray blank(11 * 1024 * 1024, ' ');
        QVERIFY(judge(header + blank + "<a/>" + blank, 1400).condition.isNull());
        QCOMPARE(judge(header + blank, 1400, Limits::beforeLogin()).condition, QStringLiteral("policy-violation"));
    }

    /// Runs of many bytes and single ones come to the same, limits included, whatever stands next to what.
    void randomMarkup()
    {
        QRandomGenerator random(11);
        const QByteArray pieces[] = {"<",      ">",      "/",
                                     "'",      "\"",     "=",
                                     " ",      "&",      "&amp;",
                                     "name",   "a",      "\xC3\xA9",
                                     "\n",     ":",      "#",
                                     "</a>",   "<b/>",   "<c>",
                                     " d='e'", "]",      "0123456789abcdef",
                                     "'>",     "<b c='", "long/long/long/long",
                                     "   "};
        Limits limits;
        limits.nameBytes = 9;
        limits.attributes = 3;
        limits.elementBytes = 150;
        int good = 0;
        for (int i = 0; i < 6000; ++i) {
            QByteArray bytes = "<s><a>";
            for (int k = random.bounded(1, 30); k > 0; --k)
                bytes += pieces[random.bounded(int(std::size(pieces)))];
            const auto run = [&](size_t chunk) {
                ByteGuard guard(limits);
                const size_t passed = passAll(guard, bytes, chunk);
                return std::tuple(passed, guard.error().condition, guard.unfinished(), guard.isAtEnd());
            };
            const auto single = run(1);
            good += std::get<0>(single) == size_t(bytes.size());
            for (const size_t chunk : {size_t(2), size_t(5), size_t(16), size_t(17), size_t(1000)}) {
                if (run(chunk) != single)
                    QFAIL(bytes.constData());
            }
        }
        QVERIFY(good > 500);
    }

    /// Only what needs no second look is left out of what the parser reads.
    void plainPieces_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("pieces");
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArrayList &pieces) {
            QTest::newRow(name) << bytes << pieces;
        };
        row("all", "<abcd b='value1' c=\"value2\">text &gt;<b>other</b>more</abcd>",
            {"value1", "value2", "other", "more"});
        row("short", "<a b='123'>456</a>", {});
        row("quotes", "<a b='\"1234\"' c=\"'1234'\"/>", {"\"1234\"", "'1234'"});
        row("reference", "<a b='1234&amp;1234'>1234&amp;1234</a>", {});
        row("less in a value", "<a b='1234<1234'/>", {});
        row("white space in a value", "<a b='1234\n1234' c='1234\t1234'/>", {});
        row("white space in text", "<a>1234\n\t1234</a>", {"1234\n\t1234"});
        row("carriage return", "<a>1234\r1234</a>", {});
        row("control", "<a b='1234\x01'>1234\x02</a>", {});
        row("greater in text", "<a>1234]]>1234</a>", {});
        row("Chinese", "<a b='\xE4\xBD\xA0\xE5\xA5\xBD'>\xF0\x9F\x98\x80 \xEF\xBC\x8C</a>",
            {"\xE4\xBD\xA0\xE5\xA5\xBD", "\xF0\x9F\x98\x80 \xEF\xBC\x8C"});
        row("bounds of UTF-8",
            "<a>\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF</a>",
            {"\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"});
        row("U+FFFE, U+FFFF", "<a b='1234\xEF\xBF\xBE'>1234\xEF\xBF\xBF</a>", {});
        row("U+FFFD", "<a>1234\xEF\xBF\xBD</a>", {"1234\xEF\xBF\xBD"});
        row("cdata after", "<a>1234<![CDATA[1234]]></a>", {});
        row("cdata before", "<a><![CDATA[1234]]>1234</a>", {});
        row("after cdata and a tag", "<a><![CDATA[1234]]><b/>1234</a>", {"1234"});
    }
    void plainPieces()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, pieces);
        const QByteArray open = "<s>";
        const QByteArray all = open + bytes + "</s>";
        for (const size_t chunk : {size_t(all.size()), size_t(1), size_t(7)}) {
            ByteGuard guard{Limits()};
            passAll(guard, all, chunk);
            QByteArrayList found;
            for (const xml::Plain &plain : guard.plain())
                found << all.mid(plain.at, qsizetype(plain.size));
            if (chunk == size_t(all.size()))
                QCOMPARE(found, pieces);
            for (const QByteArray &piece : std::as_const(found)) // cut anywhere, fewer may be plain, but no others
                QVERIFY2(pieces.contains(piece), piece.constData());
        }
    }

    void endsOfElements()
    {
        ByteGuard guard{Limits()};
        const QByteArray bytes = header + "<a><b/></a> <c/></stream:stream>";
        std::vector<qsizetype> ends;
        for (qsizetype at = 0; at < bytes.size();) {
            at += qsizetype(guard.pass(std::string_view(bytes.constData() + at, size_t(bytes.size() - at))));
            QVERIFY(guard.isAtEnd());
            ends.push_back(at);
        }
        const qsizetype h = header.size();
        QCOMPARE(ends, (std::vector<qsizetype>{h, h + 11, h + 16, bytes.size()}));
    }
    void unfinishedTags()
    {
        ByteGuard guard{Limits()};
        const auto after = [&](const char *piece) {
            passAll(guard, piece, 3);
            return guard.unfinished();
        };
        QCOMPARE(after("<str"), 4);
        QCOMPARE(after("eam"), 7);
        QCOMPARE(after("> "), 0);
        QCOMPARE(after("<a b='>"), 7);
        QCOMPARE(after("'>text &am"), 3);
        QCOMPARE(after("p"), 4);
        QCOMPARE(after(";"), 0);
        QCOMPARE(after("x<![CDA"), 6);
        QCOMPARE(after("TA[ <a "), 0);
        QCOMPARE(after("]]></"), 2);
    }
    void errorsStay()
    {
        ByteGuard guard{Limits()};
        QCOMPARE(passAll(guard, "<a><!", 5), size_t(5));
        QCOMPARE(guard.pass("-"), size_t(0));
        const Error error = guard.error();
        QCOMPARE(error.kind, Error::Kind::Protocol);
        QCOMPARE(guard.pass("[CDATA[x]]></a>"), size_t(0));
        QCOMPARE(guard.error(), error);
    }
};

BALCONY_TEST(TestByteGuard)
#include "tst_byteguard.moc"
