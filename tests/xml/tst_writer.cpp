// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/writer.h"

#include "support/testmain.h"
#include "xml/parse.h"
#include "xml/xmltools.h"

#include <QDomDocument>

using xml::Builder;
using xml::Element;
using xml::Writer;

namespace {

constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view streamNamespace = "http://etherx.jabber.org/streams";

/// What Qt's parser reads inside a stream with this default namespace; "refused" where it is not one element.
QString asQtReads(const QByteArray &text, const QByteArray &defaultNamespace)
{
    QDomDocument dom;
    const QByteArray document = "<stream:stream xmlns='" + defaultNamespace
        + "' xmlns:stream='http://etherx.jabber.org/streams'>" + text + "</stream:stream>";
    if (!dom.setContent(document, true) || dom.documentElement().childNodes().count() != 1)
        return QStringLiteral("refused");
    return tests::dump(dom.documentElement().firstChildElement());
}

/// All that has ever broken out of a piece of XML.
QStringList hostileTexts()
{
    QStringList texts{
        QStringLiteral("</body></message><message from='boss@example.org'><body>pay</body></message>"),
        QStringLiteral("'/><iq type='set'/><a b='"),
        QStringLiteral("\"/><iq type=\"set\"/><a b=\""),
        QStringLiteral("' xmlns='urn:evil' x='"),
        QStringLiteral("]]><evil/>"),
        QStringLiteral("<![CDATA["),
        QStringLiteral("<!-- "),
        QStringLiteral("-->"),
        QStringLiteral("<?xml version='1.0'?>"),
        QStringLiteral("&lt;evil/&gt;&#60;evil/&#62;&evil;&"),
        QStringLiteral("%3Cevil/%3E"),
        QStringLiteral("</stream:stream>"),
        QStringLiteral("a\r\nb\rc\nd\te"),
        QStringLiteral(" \t\r\n x \t\r\n "),
        QString::fromUtf8("\xE4\xBD\xA0\xE5\xA5\xBD \xF0\x9F\x98\x80 \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"),
    };
    texts << QString(QChar(0xFF1C)) + QStringLiteral("evil/") + QChar(0xFF1E); // full-width brackets stay what they are
    texts << QString(QChar(0xFEFF)) + QStringLiteral("BOM") + QChar(0x2028) + QChar(0x85) + QChar(0x202E);
    return texts;
}

} // namespace

class TestWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomTreesComeBack()
    {
        QRandomGenerator random(1998);
        for (int i = 0; i < 400; ++i) {
            const Element tree = tests::randomTree(random, 1 + i % 50, i % 2);
            for (const char *ns : {"", "jabber:client", "urn:one"}) {
                const QByteArray text = Writer::write(tree, ns);
                const auto read = xml::parse(text, ns);
                QVERIFY2(read, text.constData());
                QVERIFY2(*read == tree, text.constData());
                QCOMPARE(tests::dump(*read), tests::dump(tree));
                QCOMPARE(Writer::write(*read, ns), text);
                if (i % 2 == 0) // Qt's tree drops text that is blank
                    QCOMPARE(asQtReads(text, ns), tests::dump(tree));
            }
        }
    }
    /// A part of a stanza stands on its own: namespaces from above are written again.
    void parts()
    {
        const auto whole =
            xml::parse("<p:a xmlns:p='urn:p' xmlns:q='urn:q' xmlns='urn:d'><p:b q:x='1'><c/></p:b>after</p:a>");
        QVERIFY(whole);
        const Element part = whole->firstChild();
        const auto read = xml::parse(Writer::write(part));
        QVERIFY(read && *read == part);
        QCOMPARE(Writer::write(part.firstChild()), QByteArray("<c xmlns='urn:d'/>"));
        QCOMPARE(Writer::write(part.firstChild(), "urn:d"), QByteArray("<c/>"));
    }
    void exactForms()
    {
        const Element e = Builder("message", "jabber:client")
                              .attribute("to", QStringLiteral("a&b"))
                              .attribute("lang", QStringLiteral("de"), xmlNamespace)
                              .textChild("body", QStringLiteral("1 < 2 > 0 & 'x' \"y\""))
                              .start("x", "urn:x")
                              .end()
                              .build();
        QCOMPARE(
            Writer::write(e, "jabber:client"),
            QByteArray(
                "<message to='a&amp;b' xml:lang='de'><body>1 &lt; 2 &gt; 0 &amp; 'x' \"y\"</body><x xmlns='urn:x'/></message>"));
        QCOMPARE(Writer::write(Element()), QByteArray());
        // No namespace inside one; the stream's own prefix; the namespace around it goes on inside.
        QCOMPARE(Writer::write(Builder("a", "").build(), "urn:d"), QByteArray("<a xmlns=''/>"));
        QCOMPARE(Writer::write(Builder("error", streamNamespace).start("text", "urn:d").end().build(), "urn:d"),
                 QByteArray("<stream:error><text/></stream:error>"));
    }

    void hostileText_data()
    {
        QTest::addColumn<QString>("hostile");
        const QStringList texts = hostileTexts();
        for (int i = 0; i < texts.size(); ++i)
            QTest::newRow(qPrintable(QString::number(i))) << texts[i];
    }
    /// Nothing gets out of where it was put: one element with this one attribute and this one text, letter by letter.
    void hostileText()
    {
        QFETCH(QString, hostile);
        const Element e = Builder("message", "jabber:client")
                              .attribute("id", hostile)
                              .attribute("n", hostile, "urn:n")
                              .textChild("body", hostile)
                              .textChild("after", QStringLiteral("."))
                              .build();
        const QByteArray text = Writer::write(e, "jabber:client");
        const auto read = xml::parse(text, "jabber:client");
        QVERIFY2(read, text.constData());
        QCOMPARE(read->attribute("id"), hostile);
        QCOMPARE(read->attribute("n", "urn:n"), hostile);
        QCOMPARE(read->firstChild().text(), hostile);
        QCOMPARE(read->childCount(), 2);
        QCOMPARE(asQtReads(text, "jabber:client"), tests::dump(e));
        QCOMPARE(text.count('<'), 6); // three elements, their beginnings and ends
    }
    /// Namespaces are text as well.
    void hostileNamespace()
    {
        const Element e = Builder("a", "urn:'/><evil x='&").attribute("b", QStringLiteral("1"), "urn:\"<&'").build();
        const auto read = xml::parse(Writer::write(e));
        QVERIFY(read && *read == e);
    }
    /// RELIABILITY 1.21: a server would end the stream at such a character, and again at each attempt to resend.
    void whatXmlCannotCarry()
    {
        const QChar r(0xFFFD);
        for (int c = 0; c <= 0xFFFF; ++c) {
            const bool legal = c == 9 || c == 10 || c == 13 || (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE);
            if (legal && c > 0x300 && c % 251) // of the good ones a sample
                continue;
            const QString text = QStringLiteral("a") + QChar(char16_t(c)) + u'b';
            const Element e = Builder("a", "").attribute("t", text).text(text).build();
            const auto read = xml::parse(Writer::write(e));
            QVERIFY2(read, qPrintable(QString::number(c, 16)));
            const QString expected = legal ? text : QStringLiteral("a") + r + u'b';
            QCOMPARE(read->text(), expected);
            QCOMPARE(read->attribute("t"), expected);
        }
        const QString pair = QString::fromUcs4(U"\U0001FFFF\U0010FFFF");
        const auto read = xml::parse(Writer::write(Builder("a", "").text(pair).build()));
        QVERIFY(read && read->text() == pair);
    }
    void deepTrees()
    {
        Builder builder("a", "urn:a");
        for (int i = 0; i < 200000; ++i)
            builder.start("a");
        const QByteArray text = Writer::write(builder.build());
        QVERIFY(text.startsWith("<a xmlns='urn:a'><a><a>") && text.contains("<a><a/></a>")
                && text.endsWith("</a></a>"));
        QCOMPARE(text.size(), 17 + 199999 * 3 + 4 + 200000 * 4);
    }

    void streamHeader()
    {
        QCOMPARE(Writer::openStream({}),
                 QByteArray("<?xml version='1.0'?><stream:stream version='1.0' xmlns='jabber:client' "
                            "xmlns:stream='http://etherx.jabber.org/streams'>"));
        QCOMPARE(Writer::closeStream(), QByteArray("</stream:stream>"));
        const Writer::StreamHeader header{QStringLiteral("im.example.org"), QStringLiteral("juliet@im.example.org"),
                                          QStringLiteral("zh-CN")};
        const tests::Outcome read = tests::readAll(Writer::openStream(header) + Writer::closeStream(), 0);
        QCOMPARE(read.events,
                 (QStringList{
                     QStringLiteral("open {http://etherx.jabber.org/streams}stream "
                                    "@{http://www.w3.org/XML/1998/namespace}lang=zh-CN @{}from=juliet@im.example.org "
                                    "@{}to=im.example.org @{}version=1.0 ()"),
                     QStringLiteral("close")}));
    }
    void hostileStreamHeader()
    {
        const QStringList texts = hostileTexts() << QString(QChar(1)) + QChar(0xD800);
        for (const QString &hostile : texts) {
            const QByteArray text = Writer::openStream({hostile, hostile, hostile}) + Writer::closeStream();
            QDomDocument dom;
            QVERIFY(dom.setContent(text, true));
            QVERIFY(!dom.documentElement().hasChildNodes());
            const QString clean = xml::cleanText(hostile);
            QCOMPARE(dom.documentElement().attribute(QStringLiteral("to")), clean);
            QCOMPARE(dom.documentElement().attribute(QStringLiteral("from")), clean);
            QVERIFY(tests::readAll(text, 0).error.isNull());
        }
    }
};

BALCONY_TEST(TestWriter)
#include "tst_writer.moc"
