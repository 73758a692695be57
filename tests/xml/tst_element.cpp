// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/element.h"

#include "support/testmain.h"
#include "xml/parse.h"
#include "xml/xmltools.h"

using xml::Builder;
using xml::Element;

class TestElement : public QObject
{
    Q_OBJECT

private:
    static Element parsed(const char *text)
    {
        const auto element = xml::parse(text);
        return element ? *element : Element();
    }

private Q_SLOTS:
    void nullAnswersNothing()
    {
        const Element null;
        QVERIFY(null.isNull() && !null);
        QVERIFY(null.name().empty() && null.ns().empty());
        QVERIFY(!null.hasAttribute("a") && null.attribute("a").isNull() && null.attributeView("a").empty());
        QVERIFY(null.text().isNull() && null.utf8Text().empty());
        QVERIFY(null.firstChild().isNull() && null.nextSibling().isNull() && null.child("a", "").isNull());
        QCOMPARE(null.childCount(), 0);
        for (const Element &child : null.children())
            QVERIFY2(false, child.name().data());
        QVERIFY(null == Element());
        QVERIFY(!(null == Builder("a", "").build()));
    }
    void attributes()
    {
        const Element e = parsed("<a x='1' empty='' xml:lang='de' p:x='2' xmlns:p='urn:p'/>");
        QCOMPARE(e.attribute("x"), QStringLiteral("1"));
        QCOMPARE(e.attribute("x", "urn:p"), QStringLiteral("2"));
        QCOMPARE(e.attribute("lang", "http://www.w3.org/XML/1998/namespace"), QStringLiteral("de"));
        QVERIFY(e.attribute("lang").isNull());
        QVERIFY(e.hasAttribute("empty") && e.attribute("empty").isEmpty() && !e.attribute("empty").isNull());
        QVERIFY(e.attribute("none").isNull());
        QVERIFY(!e.hasAttribute("p", "http://www.w3.org/2000/xmlns/"));
    }
    void children()
    {
        const Element e = parsed("<a>one<b/>two<c xmlns='urn:c'>x</c><b n='2'/>three</a>");
        QStringList names;
        for (const Element &child : e.children())
            names << QString::fromStdString(std::string(child.name()));
        QCOMPARE(names, (QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("b")}));
        QCOMPARE(e.childCount(), 3);
        QCOMPARE(e.text(), QStringLiteral("onetwothree"));
        QCOMPARE(e.utf8Text(), std::string("onetwothree"));
        QCOMPARE(e.child("c", "urn:c").text(), QStringLiteral("x"));
        QVERIFY(!e.hasChild("c", "") && e.hasChild("b", ""));
        QVERIFY(!e.child("b", "").hasAttribute("n")); // the first
        QVERIFY(e.text().isNull() == false && parsed("<a/>").text().isEmpty() && !parsed("<a/>").text().isNull());
    }
    void handleKeepsTheStanza()
    {
        Element inner;
        {
            const Element e = parsed("<a><b>kept</b></a>");
            inner = e.firstChild();
        }
        QCOMPARE(inner.text(), QStringLiteral("kept"));
    }

    void equality_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<bool>("equal");
        const auto row = [](const char *name, const char *a, const char *b, bool equal) {
            QTest::newRow(name) << QByteArray(a) << QByteArray(b) << equal;
        };
        row("same", "<a b='1'><c/>t</a>", "<a b='1'><c/>t</a>", true);
        row("attribute order", "<a b='1' c='2'/>", "<a c='2' b='1'/>", true);
        row("prefix", "<p:a xmlns:p='urn:x'><p:b/></p:a>", "<a xmlns='urn:x'><b/></a>", true);
        row("prefix, a namespace for a name", "<p:vcard-temp xmlns:p='urn:x'/>", "<vcard-temp xmlns='urn:x'/>", true);
        row("entity and cdata", "<a>&lt;x&#x41;</a>", "<a><![CDATA[<x]]>A</a>", true);
        row("name", "<a/>", "<b/>", false);
        row("namespace", "<a/>", "<a xmlns='urn:x'/>", false);
        row("inner namespace", "<a><b/></a>", "<a><b xmlns='urn:x'/></a>", false);
        row("attribute value", "<a b='1'/>", "<a b='2'/>", false);
        row("attribute more", "<a b='1'/>", "<a b='1' c='1'/>", false);
        row("attribute namespace", "<a b='1'/>", "<a p:b='1' xmlns:p='urn:p'/>", false);
        row("text", "<a>x</a>", "<a>y</a>", false);
        row("white space", "<a><b/></a>", "<a> <b/></a>", false);
        row("text place", "<a>x<b/></a>", "<a><b/>x</a>", false);
        row("child order", "<a><b/><c/></a>", "<a><c/><b/></a>", false);
        row("one child more", "<a><b/></a>", "<a><b/><b/></a>", false);
        row("depth", "<a><b/><c/></a>", "<a><b><c/></b></a>", false);
        row("text against name", "<a><x/></a>", "<a>x</a>", false);
    }
    void equality()
    {
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        QFETCH(bool, equal);
        const auto ea = xml::parse(a);
        const auto eb = xml::parse(b);
        QVERIFY(ea && eb);
        QCOMPARE(*ea == *eb, equal);
        QCOMPARE(*eb == *ea, equal);
        QVERIFY(*ea == *ea);
    }

    void builderMakesWhatIsParsed()
    {
        const Element built = Builder("iq", "jabber:client")
                                  .attribute("type", QStringLiteral("get"))
                                  .attribute("null", QString())
                                  .attribute("empty", QStringLiteral(""))
                                  .start("query", "urn:q")
                                  .attribute("a", QStringLiteral("&"))
                                  .textChild("item", QStringLiteral("x"))
                                  .end()
                                  .text(QString())
                                  .text(QStringLiteral("one"))
                                  .text(QStringLiteral("two"))
                                  .build();
        const auto expected = xml::parse("<iq xmlns='jabber:client' type='get' empty=''><query xmlns='urn:q' a='&amp;'>"
                                         "<item>x</item></query>onetwo</iq>");
        QVERIFY(expected);
        QCOMPARE(tests::dump(built), tests::dump(*expected));
        QVERIFY(built == *expected);
    }
    void lateAttribute()
    {
        const Element built = Builder("a", "")
                                  .attribute("x", QStringLiteral("1"))
                                  .start("b")
                                  .attribute("y", QStringLiteral("2"))
                                  .end()
                                  .attribute("z", QStringLiteral("3"))
                                  .build();
        QVERIFY(built == parsed("<a x='1' z='3'><b y='2'/></a>"));
    }
    void childIsADeepCopy()
    {
        const char *text =
            "<o><a x='1'>t<b p:y='2' xmlns:p='urn:p'>u<c xmlns='urn:c'><d/></c></b>v<e/></a><after/></o>";
        const Element source = parsed(text).firstChild();
        const Element built = Builder("top", "urn:top")
                                  .start("in")
                                  .child(source)
                                  .text(QStringLiteral("!"))
                                  .end()
                                  .child(source)
                                  .child(Element())
                                  .build();
        const Element copy = built.firstChild().firstChild();
        QVERIFY(copy == source);
        QVERIFY(copy.nextSibling().isNull()); // <after/> is no part of it
        QCOMPARE(built.firstChild().text(), QStringLiteral("!"));
        QVERIFY(built.firstChild().nextSibling() == source);
        QVERIFY(copy.tree() != source.tree());
    }
    void extendKeepsAll()
    {
        const Element source = parsed("<a x='1' e=''>t<b y='2'/>u</a>");
        QVERIFY(Builder::extend(source).build() == source);
        const Element more =
            Builder::extend(source).attribute("z", QStringLiteral("3")).textChild("c", QStringLiteral("v")).build();
        QVERIFY(more == parsed("<a x='1' e='' z='3'>t<b y='2'/>u<c>v</c></a>"));
    }
    void randomCopies()
    {
        QRandomGenerator random(20);
        for (int i = 0; i < 300; ++i) {
            const Element tree = tests::randomTree(random, 1 + i % 40);
            const Element copy = Builder("x", "").child(tree).build().firstChild();
            QCOMPARE(tests::dump(copy), tests::dump(tree));
            QVERIFY(copy == tree);
            QVERIFY(Builder::extend(tree).build() == tree);
        }
    }
    /// Depth is the peer's choice: nothing here may recurse.
    void deepTreesNeedNoStack()
    {
        Builder builder("a", "urn:a");
        for (int i = 0; i < 300000; ++i)
            builder.start("a");
        const Element deep = builder.build();
        const Element copy = Builder("x", "").child(deep).build().firstChild();
        QVERIFY(copy == deep);
    }

    void cleaning()
    {
        const QString dirty = QStringLiteral("a") + QChar(0) + QChar(0x1F) + QChar(0xD800) + u'b' + QChar(0xDC00)
            + QChar(0xFFFE) + QChar(0xFFFF) + QString::fromUtf8("\xF0\x9F\x98\x80\t\n\r") + QChar(0x7F) + QChar(0x85)
            + QChar(0xD7FF) + QChar(0xE000) + QChar(0xFFFD);
        const QChar r(0xFFFD);
        const QString clean = QStringLiteral("a") + r + r + r + u'b' + r + r + r
            + QString::fromUtf8("\xF0\x9F\x98\x80\t\n\r") + QChar(0x7F) + QChar(0x85) + QChar(0xD7FF) + QChar(0xE000)
            + r;
        QCOMPARE(xml::cleanText(dirty), clean);
        QCOMPARE(xml::cleanText(clean), clean);
        QCOMPARE(xml::cleanUtf8(clean), clean.toStdString());
        QCOMPARE(xml::cleanUtf8(QString(QChar(0xD83D))), std::string("\xEF\xBF\xBD"));
    }

    /// U+FEFF in front is a letter like others, not the mark of a file: two texts that differ stay different.
    void noByteOrderMarkInside()
    {
        const QString text = QString(QChar(0xFEFF)) + QChar(0xFEFF) + QStringLiteral("x");
        const Element e = Builder("a", "").attribute("b", text).text(text).build();
        QCOMPARE(e.attribute("b"), text);
        QCOMPARE(e.text(), text);
        QVERIFY(Builder::extend(e).build() == e);
        QCOMPARE(xml::cleanText(text), text);
        QCOMPARE(xml::fromUtf8("\xEF\xBB\xBF"), QString(QChar(0xFEFF)));
        const Element twoRuns = Builder("a", "").text(text).start("b").end().text(text).build();
        QCOMPARE(twoRuns.text(), text + text);
    }
    void parseOneElement()
    {
        QVERIFY(xml::parse("<a/>"));
        QVERIFY(xml::parse(" \n<a>x</a>\n "));
        QCOMPARE(xml::parse("<a/>", "urn:d")->ns(), std::string_view("urn:d"));
        QVERIFY(xml::parse("<stream:features><a/></stream:features>"));
        for (const char *bad : {"", " ", "x", "x<a/>", "<a/>x", "<a/><b/>", "<a>", "<a", "<a/></stream>", "</stream>",
                                "<a></b>", "<!-- --><a/>", "<?xml version='1.0'?><a/>", "<a/><"}) {
            const auto result = xml::parse(bad);
            QVERIFY2(!result, bad);
            QCOMPARE(result.error().kind, Error::Kind::Protocol);
        }
    }
};

BALCONY_TEST(TestElement)
#include "tst_element.moc"
