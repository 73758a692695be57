// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/reader.h"

#include "support/testmain.h"
#include "xml/writer.h"
#include "xml/xmltools.h"

#include <QDomDocument>

using tests::Outcome;
using tests::readAll;
using tests::readPieces;
using xml::Limits;
using xml::Reader;

namespace {

const QByteArray header =
    "<stream:stream id='1' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
const QByteArray footer = "</stream:stream>";

// All that XML leaves to the writer's taste: prefixes, quotes, references, CDATA, line ends, white space in tags.
const QByteArray varied = "\xEF\xBB\xBF<?xml version=\"1.0\" encoding='utf-8' standalone='yes'?>\r\n" + header
    + "\r\n<message to = 'a&amp;b'\n\tid=\"&#x4F60;'>\" ><body>a\r\nb\rc&lt;&gt;&quot;&apos;&#65;&#x1F600;\xE4\xBD\xA0\xF0\x9F\x98\x80]]"
      "</body ></message> \n<x:message xmlns:x='jabber:client' x:y='1' y='2'><x xmlns=''/><x:x/></x:message>"
      "<x xmlns='urn:bar' xmlns:foo='urn:foo'/><foo:x xmlns:foo='urn:foo' foo:a='\t\n\r'><foo:foo xmlns:foo='urn:inner'/></foo:x>"
      "<c><![CDATA[<!-- ]] & ]]]]><![CDATA[>]]></c><stream:features/>\n"
    + footer;

QString opened(const QDomElement &root)
{
    return QStringLiteral("open ") + tests::dump(root.cloneNode(false).toElement());
}

/// What Qt's parser makes of a document that is legal.
Outcome oracle(const QByteArray &document)
{
    Outcome outcome;
    QDomDocument dom;
    if (!dom.setContent(document, true)) {
        outcome.error = QStringLiteral("Qt refuses it");
        return outcome;
    }
    outcome.events << opened(dom.documentElement());
    for (auto e = dom.documentElement().firstChildElement(); !e.isNull(); e = e.nextSiblingElement())
        outcome.events << QStringLiteral("element ") + tests::dump(e);
    outcome.events << QStringLiteral("close");
    return outcome;
}

QList<QByteArray> randomPieces(const QByteArray &document, QRandomGenerator &random)
{
    QList<QByteArray> pieces;
    for (qsizetype at = 0; at < document.size();) {
        const int size = random.bounded(4) ? random.bounded(1, 12) : random.bounded(0, 400);
        pieces << document.mid(at, size);
        at += size;
    }
    return pieces;
}

QByteArray elements(int count, const QByteArray &inner)
{
    return "<a>" + inner.repeated(count - 1) + "</a>";
}

QByteArray nested(int depth)
{
    return QByteArray("<a>").repeated(depth) + QByteArray("</a>").repeated(depth);
}

/// In force at once.
QByteArray declarations(int count)
{
    QByteArray open;
    for (int i = 0; i < count; ++i)
        open += "<b xmlns:p" + QByteArray::number(i) + "='urn:" + QByteArray::number(i) + "'>";
    return open + QByteArray("</b>").repeated(count);
}

QByteArray attributes(int count)
{
    QByteArray open = "<a";
    for (int i = 0; i < count; ++i)
        open += " a" + QByteArray::number(i) + "=''";
    return open + "/>";
}

QByteArray ofSize(qsizetype bytes)
{
    return "<a>" + QByteArray(bytes - 7, 'x') + "</a>";
}

} // namespace

class TestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Random streams are read as Qt's parser reads them, however they are cut.
    void anySplitGivesTheSameTree()
    {
        QRandomGenerator random(6120);
        for (int i = 0; i < 60; ++i) {
            QByteArray document = header;
            for (int k = 0; k < 1 + i % 4; ++k) {
                document += xml::Writer::write(tests::randomTree(random, 1 + i, false), "jabber:client");
                document += QByteArray(k, '\n');
            }
            document += footer;
            const Outcome expected = oracle(document);
            QCOMPARE(expected.events.size(), 3 + i % 4);
            for (const int chunk : {0, 1, 3, 17, 1400})
                QCOMPARE(readAll(document, chunk), expected);
            for (int k = 0; k < 4; ++k)
                QCOMPARE(readPieces(randomPieces(document, random), {}), expected);
        }
    }
    void everyCutOfAVariedStream()
    {
        const Outcome whole = readAll(varied, 0);
        const QString ns = QStringLiteral("{jabber:client}");
        const QString name = QString::fromUtf8("\xE4\xBD\xA0");
        const QString face = QString::fromUtf8("\xF0\x9F\x98\x80");
        const QStringList expected{
            QStringLiteral("open {http://etherx.jabber.org/streams}stream @{}id=1 ()"),
            QStringLiteral("element ") + ns + QStringLiteral("message @{}id=") + name + QStringLiteral("'> @{}to=a&b (")
                + ns + QStringLiteral("body (\"a\nb\nc<>\"'A") + face + name + face + QStringLiteral("]]\"))"),
            QStringLiteral("element ") + ns + QStringLiteral("message @{jabber:client}y=1 @{}y=2 ({}x () ") + ns
                + QStringLiteral("x ())"),
            QStringLiteral("element {urn:bar}x ()"),
            QStringLiteral("element {urn:foo}x @{urn:foo}a=    ({urn:inner}foo ())"), // three blanks and ours
            QStringLiteral("element ") + ns + QStringLiteral("c (\"<!-- ]] & ]]>\")"),
            QStringLiteral("element {http://etherx.jabber.org/streams}features ()"),
            QStringLiteral("close"),
        };
        QCOMPARE(whole.events, expected);
        QVERIFY(whole.error.isNull() && !whole.hasUnread);
        for (qsizetype cut = 0; cut <= varied.size(); ++cut)
            QCOMPARE(readPieces({varied.left(cut), varied.mid(cut)}), whole);
        for (const int chunk : {1, 2, 3, 17, 1400})
            QCOMPARE(readAll(varied, chunk), whole);
    }
    /// What the parser does not see, beside what it does: in its place, wherever two cuts near each other fall.
    void everyTwoCutsOfPlainPieces()
    {
        const QByteArray document =
            "<s xmlns='urn:s'><m to='abcdef' id=\"x'1234\" t='12\t34' r='&lt;123'>text here"
            "<b xmlns='urn:b'>&lt;1234</b>12345<c d=''/>\xE4\xBD\xA0\xF0\x9F\x98\x80<e f='' g='ghij'>"
            "</e><![CDATA[1234]]><h/>1\n34</m><n>last</n></s>";
        const Outcome whole = oracle(document);
        QCOMPARE(whole.events.size(), 4);
        for (qsizetype first = 0; first <= document.size(); ++first) {
            for (qsizetype second = first; second <= std::min(first + 32, document.size()); ++second)
                QCOMPARE(readPieces({document.left(first), document.mid(first, second - first), document.mid(second)}),
                         whole);
        }
    }
    /// A parser that puts off its work (expat since 2.6) must not hold a stanza back until more bytes come.
    void aStanzaIsThereWithItsLastByte_data()
    {
        QTest::addColumn<QByteArray>("stanza");
        QTest::newRow("plain") << QByteArray("<a>text</a>");
        QTest::newRow("empty") << QByteArray("<a/>");
        QTest::newRow("reference") << QByteArray("<a>&#x00000000000000000000000000041;</a>");
        QTest::newRow("reference at the end")
            << QByteArray("<a>" + QByteArray(3000, 'x') + "&#00000000000000000000000000065;</a>");
        QTest::newRow("brackets") << QByteArray("<a>x]]</a>");
        QTest::newRow("carriage return") << QByteArray("<a>x\r</a>");
        QTest::newRow("four bytes") << QByteArray("<a>\xF0\x9F\x98\x80</a>");
        QTest::newRow("cdata") << QByteArray("<a><![CDATA[x]]]></a>");
        QTest::newRow("long tag") << QByteArray("<a b='" + QByteArray(2000, 'x') + "'/>");
        QTest::newRow("long end tag") << QByteArray("<" + QByteArray(900, 'a') + "></" + QByteArray(900, 'a') + ">");
        QTest::newRow("values that look like ends")
            << QByteArray("<a b='x>y' c='/>'><d e='>/' f='>'/><g h='/>'></g></a>");
        QTest::newRow("ends behind such values") << QByteArray("<a><b c='x>y'/></a>");
        QTest::newRow("one such value") << QByteArray("<a b='x>y'/>");
        QTest::newRow("texts that look like ends") << QByteArray("<a>x > y /> z<b>/></b> ></a>");
        QTest::newRow("CDATA that looks like tags")
            << QByteArray("<a><![CDATA[<b><b> </c> <d/>]]><![CDATA[<b>]]><e>&lt;b&gt;</e></a>");
    }
    void aStanzaIsThereWithItsLastByte()
    {
        QFETCH(QByteArray, stanza);
        const auto isThere = [&](const QList<QByteArray> &pieces) {
            const Outcome outcome = readPieces(QList<QByteArray>{header} + pieces);
            return outcome.events.size() == 2 && !outcome.hasUnread && outcome.error.isNull();
        };
        for (qsizetype cut = 0; cut <= stanza.size(); ++cut)
            QVERIFY2(isThere({stanza.left(cut), stanza.mid(cut)}), qPrintable(QString::number(cut)));
        // Bytes one by one, from everywhere on, and to everywhere; where there are many, from some places.
        for (qsizetype cut = 0; cut <= stanza.size(); cut += 1 + stanza.size() / 200) {
            QList<QByteArray> before, behind;
            for (const char c : stanza.left(cut))
                before << QByteArray(1, c);
            for (const char c : stanza.mid(cut))
                behind << QByteArray(1, c);
            QVERIFY2(isThere(QList<QByteArray>{stanza.left(cut)} + behind), qPrintable(QString::number(cut)));
            QVERIFY2(isThere(before + QList<QByteArray>{stanza.mid(cut)}), qPrintable(QString::number(cut)));
        }
    }

    /// Reads of a few bytes wait inside an element, but not for ever.
    void badBytesOneByOne()
    {
        Reader reader;
        reader.feed(header);
        QVERIFY(reader.next().has_value());
        QCOMPARE(reader.next()->kind, Reader::Kind::Nothing);
        reader.feed("<a>");
        QCOMPARE(reader.next()->kind, Reader::Kind::Nothing);
        int waited = 0;
        for (bool isGood = true; isGood; ++waited) {
            reader.feed(waited == 0 ? "\xFF" : "x");
            isGood = reader.next().has_value();
        }
        QVERIFY(waited <= Reader::mostGathered + 1);
        reader.feed("</a>");
        QCOMPARE(reader.next().error().condition, QStringLiteral("not-well-formed"));
        QVERIFY(reader.hasUnread());
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("condition");
        const auto row = [](const char *name, const QByteArray &document, const char *condition) {
            QTest::newRow(name) << document << QString::fromLatin1(condition);
        };
        const auto inside = [&](const char *name, const QByteArray &stanza, const char *condition) {
            row(name, header + "<good/>" + stanza + "<after/>", condition);
        };
        // S02
        inside("comment in a body", "<body>one<!---->two</body>", "restricted-xml");
        inside("comment in a tag name", "<bo<!---->dy/>", "not-well-formed");
        inside("comment between stanzas", "<!-- -->", "restricted-xml");
        inside("instruction", "<a><?xml-stylesheet href='x'?></a>", "restricted-xml");
        inside("instruction between stanzas", "<?x?>", "restricted-xml");
        inside("entity declared", "<!ENTITY a 'b'>", "restricted-xml");
        row("doctype", "<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'b'>]>" + header, "restricted-xml");
        inside("entity unknown", "<a>&nbsp;</a>", "not-well-formed");
        inside("entity unknown in an attribute", "<a b='&nbsp;'/>", "not-well-formed");
        // S05
        inside("prefix unbound", "<p:a/>", "bad-namespace-prefix");
        inside("prefix unbound inside", "<a><p:b/></a>", "bad-namespace-prefix");
        inside("prefix out of scope", "<a><b xmlns:p='urn:p'/><p:c/></a>", "bad-namespace-prefix");
        inside("attribute prefix unbound", "<a p:b=''/>", "bad-namespace-prefix");
        inside("attribute twice", "<a b='1' b='1'/>", "not-well-formed");
        inside("from twice", "<message from='a@b' from='c@d'/>", "not-well-formed");
        inside("attribute twice by prefixes", "<a xmlns:p='urn:x' xmlns:q='urn:x' p:b='1' q:b='2'/>",
               "not-well-formed");
        inside("namespace twice", "<a xmlns='urn:a' xmlns='urn:b'/>", "not-well-formed");
        inside("prefix twice", "<a xmlns:p='urn:a' xmlns:p='urn:b'/>", "not-well-formed");
        inside("prefix to nothing", "<a xmlns:p=''/>", "bad-namespace-prefix");
        inside("xmlns declared", "<a xmlns:xmlns='urn:a'/>", "bad-namespace-prefix");
        inside("xmlns as a namespace", "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "bad-namespace-prefix");
        inside("xmlns as the namespace", "<a xmlns='http://www.w3.org/2000/xmlns/'/>", "bad-namespace-prefix");
        inside("xmlns as a prefix", "<xmlns:a/>", "bad-namespace-prefix");
        inside("xml declared otherwise", "<a xmlns:xml='urn:a'/>", "bad-namespace-prefix");
        inside("xml under another prefix", "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
               "bad-namespace-prefix");
        inside("xml as the namespace", "<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "bad-namespace-prefix");
        inside("two colons", "<a xmlns:p='urn:p'><p:b:c/></a>", "bad-namespace-prefix");
        inside("colon first", "<:a/>", "bad-namespace-prefix");
        inside("colon last", "<a xmlns:p='urn:p'><p:/></a>", "bad-namespace-prefix");
        inside("attribute colon last", "<a xmlns:p='urn:p' p:=''/>", "bad-namespace-prefix");
        inside("empty prefix declared", "<a xmlns:='urn:p'/>", "bad-namespace-prefix");
        inside("digit after the prefix", "<p:1 xmlns:p='urn:p'/>", "bad-namespace-prefix");
        inside("hyphen after the prefix", "<p:-a xmlns:p='urn:p'/>", "bad-namespace-prefix");
        inside("attribute digit after the prefix", "<a xmlns:p='urn:p' p:.a=''/>", "bad-namespace-prefix");
        inside("middle dot after the prefix", "<p:\xC2\xB7 xmlns:p='urn:p'/>", "bad-namespace-prefix");
        inside("mark after the prefix", "<p:\xCC\x81 xmlns:p='urn:p'/>", "bad-namespace-prefix");
        inside("iteration mark after the prefix", "<p:\xE3\x80\x85 xmlns:p='urn:p'/>", "bad-namespace-prefix");
        inside("prefix begins with a digit", "<a xmlns:1='urn:p'/>", "bad-namespace-prefix");
        // S12
        for (const char *reference :
             {"&#0;", "&#x1;", "&#xB;", "&#xFFFE;", "&#xFFFF;", "&#xD800;", "&#xDFFF;", "&#x110000;", "&#x100000041;",
              "&#;", "&#x;", "&#xG;", "&;", "& ", "&lt", "&#-65;", "&lt ;"}) {
            inside(qPrintable(QStringLiteral("text ") + QLatin1String(reference)),
                   QByteArray("<a>") + reference + "</a>", "not-well-formed");
            inside(qPrintable(QStringLiteral("attribute ") + QLatin1String(reference)),
                   QByteArray("<a b='") + reference + "'/>", "not-well-formed");
        }
        for (const char c : {'\x01', '\x08', '\x0B', '\x0C', '\x1F', '\0'}) {
            inside(qPrintable(QStringLiteral("byte %1").arg(int(c))), "<a>x" + QByteArray(1, c) + "</a>",
                   "not-well-formed");
            inside(qPrintable(QStringLiteral("byte %1 between stanzas").arg(int(c))), QByteArray(1, c),
                   "not-well-formed");
        }
        inside("U+FFFE", "<a>\xEF\xBF\xBE</a>", "not-well-formed");
        inside("U+FFFF in an attribute", "<a b='\xEF\xBF\xBF'/>", "not-well-formed");
        inside("surrogate", "<a>\xED\xA0\xBD\xED\xB8\x80</a>", "not-well-formed");
        inside("]]> in text", "<a>]]></a>", "not-well-formed");
        inside("less in an attribute", "<a b='<'/>", "not-well-formed");
        inside("endless reference", "<a>&#" + QByteArray(40, '0') + "65;</a>", "policy-violation");
        // S13
        row("UTF-16 claimed", "<?xml version='1.0' encoding='UTF-16'?>" + header, "unsupported-encoding");
        row("UTF-7 claimed", "<?xml version='1.0' encoding='UTF-7'?>" + header, "unsupported-encoding");
        row("Latin-1 claimed", "<?xml version='1.0' encoding='ISO-8859-1'?>" + header, "unsupported-encoding");
        row("UTF-16", QByteArray("\xFF\xFE<\0s\0", 6), "unsupported-encoding");
        // The parser finds out UTF-16 by itself; to the guard its DTD is no DTD.
        for (const QByteArray &first : {header, " <!DOCTYPE s [<!ENTITY a 'b'>]>" + header}) {
            QByteArray wide;
            for (const char c : first)
                wide += QByteArray(1, c) + '\0';
            row(qPrintable(QStringLiteral("UTF-16 without BOM, %1 bytes").arg(wide.size())), wide, "not-well-formed");
            row(qPrintable(QStringLiteral("the other order, %1 bytes").arg(wide.size())), '\0' + wide,
                "not-well-formed");
        }
        row("two BOMs", "\xEF\xBB\xBF\xEF\xBB\xBF" + header, "not-well-formed");
        row("BOM after white space", "\n\xEF\xBB\xBF" + header, "not-well-formed");
        row("XML 1.1", "<?xml version='1.1'?>" + header, "not-well-formed");
        row("XML 0.0", "<?xml version='0.0'?>" + header, "not-well-formed");
        // Where the guard and the parser did not agree on the end of it, they read what follows differently.
        row("declaration without its end", "<?xml version='1.0'><mes'urn:y' y:a='1234'/>" + header, "not-well-formed");
        row("standalone misspelt", "<?xml version='1.0' standalone='maybe'?>" + header, "not-well-formed");
        // Shape
        inside("wrong end", "<a></b>", "not-well-formed");
        inside("ends crossed", "<a><b></a></b>", "not-well-formed");
        inside("end without begin", "</a>", "not-well-formed");
        inside("no quotes", "<a b=c/>", "not-well-formed");
        inside("no space between attributes", "<a b='1'c='2'/>", "not-well-formed");
        inside("no value", "<a b/>", "not-well-formed");
        inside("name with a digit", "<1a/>", "not-well-formed");
        inside("blank before the name", "< a/>", "not-well-formed");
        inside("second header", header, "bad-format");
        row("literal before the header", "<?xml version='1.0'?>\"<a b='12\"34'/>" + header, "not-well-formed");
        row("literal after the stream", header + "<good/>" + footer + "'<a b=\"12'34\"/>", "not-well-formed");
        row("text before the header", "x" + header, "not-well-formed");
        row("stream after the stream", header + "<good/>" + footer + header, "not-well-formed");
        row("text after the stream", header + "<good/>" + footer + "x", "not-well-formed");
        row("end twice", header + "<good/>" + footer + footer, "not-well-formed");
    }
    /// The same end, after the same elements, however the bytes are cut; nothing of the bad element or after it.
    void refused()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, condition);
        const Outcome whole = readAll(document, 0);
        QCOMPARE(whole.error, condition);
        const qsizetype good = document.indexOf("<good/>") < 0 ? 0 : document.contains(footer) ? 3 : 2;
        QVERIFY(whole.events.size() == good || good == 0);
        for (const int chunk : {1, 2, 3, 5, 17, 1400})
            QCOMPARE(readAll(document, chunk), whole);
        for (qsizetype cut = 1; cut < document.size(); ++cut)
            QCOMPARE(readPieces({document.left(cut), document.mid(cut)}), whole);
    }
    void accepted_data()
    {
        QTest::addColumn<QByteArray>("stanza");
        const auto row = [](const char *name, const QByteArray &stanza) { QTest::newRow(name) << stanza; };
        row("prefix declared, not used", "<x xmlns='urn:bar' xmlns:foo='urn:foo'/>");
        row("prefix declared after its use", "<p:x p:a='1' xmlns:p='urn:p'/>");
        row("prefix declared anew", "<p:x xmlns:p='urn:p'><p:y xmlns:p='urn:q' p:a='1'/><p:z/></p:x>");
        row("same name, other namespace", "<a xmlns:p='urn:p' b='1' p:b='2'/>");
        row("xml declared as it is", "<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='de'/>");
        row("no namespace", "<a xmlns=''><b/></a>");
        row("name begins with xmlns", "<xmlnsa xmlnsb='1'/>");
        row("names of other scripts", "<p:\xE4\xBD\xA0 xmlns:p='urn:p' p:\xC3\xA9='1'/>");
        row("highest characters", "<a b='&#x10FFFF;'>&#xD7FF;&#xE000;&#xFFFD;\xF4\x8F\xBF\xBF\x7F&#x9;&#xA;&#xD;</a>");
        row("noncharacter above the BMP", "<a>\xF0\x9F\xBF\xBE&#x1FFFF;</a>");
        row("tab and lines", "<a>x\t\ny</a>");
    }
    void accepted()
    {
        QFETCH(QByteArray, stanza);
        const QByteArray document = header + stanza + footer;
        const Outcome expected = oracle(document);
        QCOMPARE(expected.events.size(), 3);
        QCOMPARE(readAll(document, 0), expected);
        for (qsizetype cut = 1; cut < document.size(); ++cut)
            QCOMPARE(readPieces({document.left(cut), document.mid(cut)}), expected);
    }

    /// I14: servers declare the namespace of each payload anew. An album, or a node with an item for each chat, has more
    /// of them than may be in force at once, and would end each stream that it comes by.
    void manyPayloads()
    {
        const QByteArray item = "<item><displayed xmlns='urn:xmpp:mds:displayed:0'>"
                                "<stanza-id xmlns='urn:xmpp:sid:0' id='a' by='b.test'/></displayed></item>";
        Reader reader;
        reader.feed(header + "<iq>" + item.repeated(1000) + "</iq>" + declarations(64));
        for (const auto kind : {Reader::Kind::Opened, Reader::Kind::Element, Reader::Kind::Element}) {
            const auto event = reader.next();
            QVERIFY2(event, qPrintable(event ? QString() : event.error().detail));
            QCOMPARE(event->kind, kind);
        }
    }

    /// S08: at each limit accepted, one more refused, and what came before is kept.
    void limits_data()
    {
        QTest::addColumn<QByteArray>("most");
        QTest::addColumn<QByteArray>("over");
        QTest::newRow("bytes") << ofSize(10 * 1024 * 1024) << ofSize(10 * 1024 * 1024 + 1);
        QTest::newRow("depth") << nested(128) << nested(129);
        QTest::newRow("attributes") << attributes(128) << attributes(129);
        QTest::newRow("name") << "<" + QByteArray(1024, 'n') + "/>"
                              << "<" + QByteArray(1025, 'n') + "/>";
        QTest::newRow("declarations") << declarations(64) << declarations(65);
        QTest::newRow("elements") << elements(200000, "<b/>") << elements(200001, "<b/>");
    }
    void limits()
    {
        QFETCH(QByteArray, most);
        QFETCH(QByteArray, over);
        for (const int chunk : {0, 1400}) {
            const auto count = [&](const QByteArray &bytes, QString *error) {
                Reader reader;
                int events = 0;
                for (qsizetype at = 0; at < bytes.size(); at += chunk ? chunk : bytes.size()) {
                    reader.feed(bytes.mid(at, chunk ? chunk : -1));
                    for (;;) {
                        const auto event = reader.next();
                        if (!event) {
                            *error = event.error().condition;
                            return events;
                        }
                        if (event->kind == Reader::Kind::Nothing)
                            break;
                        ++events;
                    }
                }
                return events;
            };
            QString error;
            QCOMPARE(count(header + most + most + footer, &error), 4);
            QVERIFY(error.isNull());
            QCOMPARE(count(header + most + over + footer, &error), 2);
            QCOMPARE(error, QStringLiteral("policy-violation"));
        }
    }
    void limitsBeforeLogin()
    {
        const Limits limits = Limits::beforeLogin();
        for (const int chunk : {0, 17, 1400}) {
            QCOMPARE(readAll(header + ofSize(65536) + footer, chunk, limits).events.size(), 3);
            QCOMPARE(readAll(header + ofSize(65537) + footer, chunk, limits).error, QStringLiteral("policy-violation"));
            const QByteArray most = header + QByteArray(256 * 1024 - header.size() - 4, ' ') + "<a/>";
            QCOMPARE(readAll(most, chunk, limits).events.size(), 2);
            const Outcome over = readAll(most + ' ', chunk, limits);
            QCOMPARE(over.error, QStringLiteral("policy-violation"));
            QCOMPARE(over.events.size(), 2);
        }
    }
    void limitsChange()
    {
        Reader reader(Limits::beforeLogin());
        reader.feed(header + "<success/>");
        QVERIFY(reader.next()->kind == Reader::Kind::Opened && reader.next()->kind == Reader::Kind::Element);
        reader.setLimits(Limits());
        reader.feed(ofSize(300 * 1024));
        QVERIFY(reader.next()->kind == Reader::Kind::Element);
    }

    /// S17: nothing comes of a stanza that was cut off, wherever.
    void cutOff()
    {
        const Outcome whole = readAll(varied, 0);
        qsizetype complete = 0;
        for (qsizetype cut = 0; cut < varied.size(); ++cut) {
            const Outcome outcome = readAll(varied.left(cut), 0);
            QVERIFY(outcome.error.isNull());
            QVERIFY(outcome.events.size() - complete <= 1); // never two with one byte
            complete = outcome.events.size();
            QCOMPARE(outcome.events, whole.events.mid(0, complete));
        }
        const QByteArray stanza = "<m a='1'><b>x&amp;\xE4\xBD\xA0</b></m>";
        for (qsizetype cut = 1; cut < stanza.size(); ++cut) {
            const Outcome outcome = readAll(header + stanza.left(cut), 0);
            QCOMPARE(outcome.events.size(), 1);
            QVERIFY(outcome.hasUnread);
        }
    }
    /// Elements come one at a time, so that a restart can see what is wrongly there (RFC 6120 5.4.3.3).
    void unreadBytes()
    {
        Reader reader;
        QVERIFY(!reader.hasUnread());
        QVERIFY(reader.next()->kind == Reader::Kind::Nothing);
        reader.feed(header + "<proceed/><injected/>");
        QVERIFY(reader.next()->kind == Reader::Kind::Opened);
        QVERIFY(reader.hasUnread());
        QVERIFY(reader.next()->element.name() == "proceed");
        QVERIFY(reader.hasUnread());
        QVERIFY(reader.next()->element.name() == "injected");
        QVERIFY(!reader.hasUnread());
        reader.feed(" \n");
        QVERIFY(reader.next()->kind == Reader::Kind::Nothing);
        QVERIFY(!reader.hasUnread());
    }
    /// What follows an element is not judged before that element was taken.
    void errorsComeAfterWhatWasGood()
    {
        Reader reader;
        reader.feed(header + "<a/><!-- -->");
        QVERIFY(reader.next()->kind == Reader::Kind::Opened);
        QVERIFY(reader.next()->element.name() == "a");
        const auto error = reader.next();
        QVERIFY(!error);
        QCOMPARE(error.error().kind, Error::Kind::Protocol);
        reader.feed("<b/>");
        const auto again = reader.next();
        QVERIFY(!again && again.error() == error.error());
    }
    /// The parser is renewed now and then; the stream header's namespaces and the place in the stream stay.
    void longStreams()
    {
        const QByteArray open = "<?xml version='1.0'?><s:stream xmlns='jabber:client' xmlns:p='urn:p' "
                                "xmlns:s='http://etherx.jabber.org/streams'>";
        const QByteArray stanza =
            "<message p:a='1'><p:x xmlns:q='urn:q'><q:y/></p:x><body>" + QByteArray(30000, 'x') + "</body></message>";
        const Outcome one = readAll(open + stanza, 0);
        QCOMPARE(one.events.size(), 2);
        Reader reader;
        reader.feed(open);
        QVERIFY(reader.next()->kind == Reader::Kind::Opened);
        for (int i = 0; i < 450; ++i) { // 13 MB: three parsers
            reader.feed(stanza.left(20000));
            QVERIFY(reader.next()->kind == Reader::Kind::Nothing);
            reader.feed(stanza.mid(20000) + (i % 2 ? "\n" : ""));
            const auto event = reader.next();
            QVERIFY(event && event->kind == Reader::Kind::Element);
            QCOMPARE(QStringLiteral("element ") + tests::dump(event->element), one.events[1]);
            QVERIFY(reader.next()->kind == Reader::Kind::Nothing);
        }
        reader.feed("<a></b>");
        QVERIFY(!reader.next());
    }
    /// Elements outlive the reader and those after them.
    void elementsAreTheirOwn()
    {
        std::vector<xml::Element> kept;
        {
            Reader reader;
            reader.feed(header + "<a n='1'>one</a><b><c>two</c></b>");
            for (int i = 0; i < 3; ++i)
                kept.push_back(reader.next()->element);
        }
        QCOMPARE(kept[0].attribute("id"), QStringLiteral("1"));
        QCOMPARE(kept[1].text(), QStringLiteral("one"));
        QCOMPARE(kept[2].firstChild().text(), QStringLiteral("two"));
    }
};

BALCONY_TEST(TestReader)
#include "tst_reader.moc"
