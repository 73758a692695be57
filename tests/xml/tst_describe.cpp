// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/describe.h"

#include "support/testmain.h"
#include "xml/parse.h"
#include "xml/writer.h"
#include "xml/xmltools.h"

using xml::Element;

namespace {

enum class Mood { Happy, Sad };

struct Tag {
    QString name;
    int weight = 0;
    friend bool operator==(const Tag &, const Tag &) = default;
};

struct Note {
    QString text;
    QString language;
    friend bool operator==(const Note &, const Note &) = default;
};

struct Holder {
    std::optional<Tag> tag;
};

/// One field of each kind.
struct Card {
    QString id;
    std::optional<int> count;
    Mood mood = Mood::Happy;
    bool isOpen = false;
    Jid from;
    QString title;
    QByteArray data;
    QDateTime stamp;
    bool isUrgent = false;
    bool isForeign = false;
    std::optional<Note> note;
    std::vector<Tag> tags;
    QString foreign;
    friend bool operator==(const Card &, const Card &) = default;
};

constexpr auto describe(xml::Type<Tag>)
{
    return xml::element("tag", "urn:card", xml::required(xml::attribute("weight", &Tag::weight)),
                        xml::text(&Tag::name));
}

constexpr auto describe(xml::Type<Note>)
{
    return xml::element("note", "urn:note", xml::text(&Note::text),
                        xml::attribute("lang", &Note::language, "http://www.w3.org/XML/1998/namespace"));
}

constexpr auto describe(xml::Type<Holder>)
{
    return xml::element("holder", "urn:holder", xml::child(&Holder::tag));
}

constexpr auto describe(xml::Type<Card>)
{
    return xml::element("card", "urn:card", xml::textChild("title", &Card::title), xml::textChild("data", &Card::data),
                        xml::textChild("stamp", &Card::stamp), xml::flag("urgent", &Card::isUrgent),
                        xml::flag("foreign", &Card::isForeign, "urn:foreign"), xml::child(&Card::note),
                        xml::children(&Card::tags), xml::textChild("title", &Card::foreign, "urn:foreign"),
                        xml::required(xml::attribute("id", &Card::id)), xml::attribute("count", &Card::count),
                        xml::attribute("mood", &Card::mood), xml::attribute("open", &Card::isOpen),
                        xml::attribute("from", &Card::from));
}

} // namespace

template<>
struct xml::Words<Mood> {
    static constexpr std::array table{std::pair{Mood::Happy, "happy"}, std::pair{Mood::Sad, "sad"}};
};

static_assert(xml::Described<Card> && !xml::Described<QString>);

class TestDescribe : public QObject
{
    Q_OBJECT

private:
    static Card full()
    {
        Card card;
        card.id = QStringLiteral("<1&'>");
        card.count = -3;
        card.mood = Mood::Sad;
        card.isOpen = true;
        card.from = Jid::fromWire(QStringLiteral("romeo@example.org/Garden"));
        card.title = QString::fromUtf8("\xE4\xBD\xA0\xE5\xA5\xBD");
        card.data = QByteArray("\0\xFF\x80", 3);
        card.stamp = QDateTime(QDate(2026, 11, 27), QTime(3, 0, 0, 500), Qt::UTC);
        card.isUrgent = true;
        card.isForeign = true;
        card.note = Note{QStringLiteral("see"), QStringLiteral("en")};
        card.tags = {{QStringLiteral("a"), 1}, {QStringLiteral(""), 2}};
        card.foreign = QStringLiteral("other");
        return card;
    }
    static Result<Card> read(const QByteArray &text)
    {
        const auto element = xml::parse(text);
        if (!element)
            return fail(element.error());
        return xml::decode<Card>(*element);
    }

private Q_SLOTS:
    void fullCard()
    {
        const Element element = xml::encode(full());
        const auto expected = xml::parse(
            "<card xmlns='urn:card' id='&lt;1&amp;&apos;&gt;' count='-3' mood='sad' open='true' from='romeo@example.org/Garden'>"
            "<title>\xE4\xBD\xA0\xE5\xA5\xBD</title><data>AP+A</data><stamp>2026-11-27T03:00:00.500Z</stamp><urgent/>"
            "<foreign xmlns='urn:foreign'/><note xmlns='urn:note' xml:lang='en'>see</note><tag weight='1'>a</tag><tag weight='2'/>"
            "<title xmlns='urn:foreign'>other</title></card>");
        QVERIFY(expected);
        QCOMPARE(tests::dump(element), tests::dump(*expected));
        const auto read = xml::parse(xml::Writer::write(element));
        QVERIFY(read);
        const auto card = xml::decode<Card>(*read);
        QVERIFY(card);
        QVERIFY(*card == full());
    }
    void leastCard()
    {
        const auto card = read("<card xmlns='urn:card' id=''/>");
        QVERIFY(card);
        QVERIFY(card->id.isEmpty() && !card->count && card->mood == Mood::Happy && !card->isOpen
                && card->from.isNull());
        QVERIFY(card->title.isNull() && card->data.isNull() && card->stamp.isNull() && !card->isUrgent && !card->note);
        QVERIFY(card->tags.empty());
        // What is not there is not written; what is empty is.
        QCOMPARE(xml::Writer::write(xml::encode(*card)),
                 QByteArray("<card xmlns='urn:card' id='' mood='happy' open='false'/>"));
        Card empty;
        empty.title = QStringLiteral("");
        empty.data = QByteArray("");
        QCOMPARE(xml::Writer::write(xml::encode(empty)),
                 QByteArray("<card xmlns='urn:card' mood='happy' open='false'><title/><data/></card>"));
    }
    /// RFC 6120 8.4: what is not known is ignored, and the order is free.
    void unknownIsIgnored()
    {
        const auto card =
            read("<card xmlns='urn:card' new='1' p:id='no' xmlns:p='urn:p' id='1'>loose<tag weight='1'>a<x/>b</tag>"
                 "<urgent xmlns='urn:other'/><note>wrong namespace</note><urgent><deep/></urgent><title>t</title>"
                 "<title>second</title><novel/></card>");
        QVERIFY(card);
        QCOMPARE(card->id, QStringLiteral("1"));
        QVERIFY(card->isUrgent && !card->isForeign && !card->note);
        QCOMPARE(card->title, QStringLiteral("t"));
        QVERIFY((card->tags == std::vector<Tag>{{QStringLiteral("ab"), 1}}));
    }
    void illegal_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
        row("name", "<cart xmlns='urn:card' id='1'/>");
        row("namespace", "<card xmlns='urn:cart' id='1'/>");
        row("no namespace", "<card id='1'/>");
        row("required attribute missing", "<card xmlns='urn:card'/>");
        row("required attribute of another namespace", "<card xmlns='urn:card' p:id='1' xmlns:p='urn:p'/>");
        row("number", "<card xmlns='urn:card' id='1' count='many'/>");
        row("number empty", "<card xmlns='urn:card' id='1' count=''/>");
        row("word", "<card xmlns='urn:card' id='1' mood='Sad'/>");
        row("boolean", "<card xmlns='urn:card' id='1' open='yes'/>");
        row("address", "<card xmlns='urn:card' id='1' from='@'/>");
        row("base64", "<card xmlns='urn:card' id='1'><data>!</data></card>");
        row("date", "<card xmlns='urn:card' id='1'><stamp>today</stamp></card>");
    }
    void illegal()
    {
        QFETCH(QByteArray, text);
        const auto card = read(text);
        QVERIFY(!card);
        QCOMPARE(card.error().kind, Error::Kind::Protocol);
        QCOMPARE(card.error().condition, QStringLiteral("bad-request"));
        QVERIFY(!card.error().detail.isEmpty());
    }
    void nullElement()
    {
        QVERIFY(!xml::decode<Card>(Element()));
        QVERIFY(!xml::matches<Card>(Element()));
        QVERIFY(!xml::find<Card>(Element()));
    }
    /// Of many children the illegal ones are left out; an only one fails its parent.
    void illegalChildren()
    {
        const auto card =
            read("<card xmlns='urn:card' id='1'><tag weight='1'>a</tag><tag>b</tag><tag weight='x'>c</tag>"
                 "<tag xmlns='urn:other' weight='4'>d</tag><tag weight='5'>e</tag></card>");
        QVERIFY(card);
        QVERIFY((card->tags == std::vector<Tag>{{QStringLiteral("a"), 1}, {QStringLiteral("e"), 5}}));
        const auto only = xml::parse("<holder xmlns='urn:holder'><tag xmlns='urn:card'>b</tag></holder>");
        QVERIFY(only);
        QVERIFY(!xml::decode<Holder>(*only));
    }
    void findsTheFirstThatIsLegal()
    {
        const auto parent =
            xml::parse("<m><tag weight='0'>other namespace</tag><tag xmlns='urn:card'>no weight</tag>"
                       "<tag xmlns='urn:card' weight='2'>this</tag><tag xmlns='urn:card' weight='3'>that</tag></m>");
        QVERIFY(parent);
        const auto found = xml::find<Tag>(*parent);
        QVERIFY(found && (*found == Tag{QStringLiteral("this"), 2}));
        QVERIFY(!xml::find<Note>(*parent));
    }
    /// An answer echoes what strangers chose: nothing of it becomes an element.
    void echoedValuesStayValues()
    {
        Card card = full();
        card.id = QStringLiteral("'/></card><iq type='set'/>");
        card.title = QStringLiteral("</title><urgent/><evil xmlns='urn:evil'/>");
        card.isUrgent = false;
        const auto again = read(xml::Writer::write(xml::encode(card)));
        QVERIFY(again);
        QVERIFY(*again == card);
    }
};

BALCONY_TEST(TestDescribe)
#include "tst_describe.moc"
