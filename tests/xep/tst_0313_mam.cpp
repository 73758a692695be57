// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

using namespace xep;
using namespace std::chrono_literals;

namespace {

QByteArray result(const QByteArray &id, const QByteArray &stamp, const QByteArray &inner,
                  const QByteArray &query = "$query", const QByteArray &from = {})
{
    return "<message id='aeb213' to='romeo@montague.lit/orchard'" + (from.isEmpty() ? from : " from='" + from + "'")
        + "><result xmlns='urn:xmpp:mam:2' queryid='" + query + "' id='" + id
        + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='" + stamp + "'/>" + inner
        + "</forwarded></result></message>";
}

QByteArray fin(const QByteArray &attributes, const QByteArray &set)
{
    return "<iq type='result' id='$id'><fin xmlns='urn:xmpp:mam:2' " + attributes + ">"
        + (set.isNull() ? QByteArray() : "<set xmlns='http://jabber.org/protocol/rsm'>" + set + "</set>")
        + "</fin></iq>";
}

const QByteArray fromRomeo = "<message xmlns='jabber:client' to='juliet@capulet.lit/balcony' "
                             "from='romeo@montague.lit/orchard' type='chat'><body>Call me but love</body></message>";
const QByteArray fromJuliet =
    "<message xmlns='jabber:client' to='romeo@montague.lit/orchard' "
    "from='juliet@capulet.lit/balcony' type='chat' id='8a54s'><body>What man</body></message>";

} // namespace

/// Pages of archives. The XEP's examples with Romeo as the one who asks.
class TestMam : public QObject
{
    Q_OBJECT

    struct Asked {
        tests::Dialogue d;
        Extensions extensions{d.client()};
        std::optional<Result<Mam::Page>> page;
        QByteArray query;
        int dropped = 0;
        int heard = 0;
        Scope scope;

        explicit Asked(const Mam::Query &what = {})
        {
            QObject::connect(&d.client().router(), &xmpp::Router::dropped, &d.client(), [this] { ++dropped; });
            QObject::connect(&d.client(), &xmpp::Client::message, &d.client(), [this] { ++heard; });
            ask(what);
        }
        void ask(const Mam::Query &what) { scope.run(tests::into(&page, extensions.mam.page(what))); }
        /// Takes the query and remembers its id.
        xml::Element sent()
        {
            const xml::Element iq = d.takeSent();
            query = iq.firstChild().attribute("queryid").toUtf8();
            return iq;
        }
        void gets(QByteArray xml) { d.receives(xml.replace("$query", query)); }
    };

private Q_SLOTS:
    /// XEP-0313, examples 1 to 3 and 15.
    void asks()
    {
        Asked a;
        const xml::Element iq = a.sent();
        QCOMPARE(iq.attributeView("type"), std::string_view("set"));
        QVERIFY(!iq.hasAttribute("to"));
        QVERIFY(a.query.size() > 16);
        a.gets(result("28482-98726-73623", "2010-07-10T23:08:25Z", fromRomeo));
        a.gets(result("5d398-28273-f7382", "2010-07-10T23:09:32Z", fromJuliet, "$query", "romeo@montague.lit"));
        QVERIFY(!a.page);
        a.gets(fin("", "<first index='0'>28482-98726-73623</first><last>5d398-28273-f7382</last><count>20</count>"));
        QVERIFY(a.page && *a.page);
        const Mam::Page &page = **a.page;
        QVERIFY(page.isWhole() && !page.complete && page.stable);
        QCOMPARE(page.set->total(), std::optional<qint64>(20));
        QCOMPARE(page.messages.size(), size_t(2));
        const xmpp::Origin &ours = page.messages[0].origin();
        QCOMPARE(ours.channel(), xmpp::Origin::Channel::Archive);
        QVERIFY(ours.isOutgoing() && !ours.isLive());
        QCOMPARE(ours.peer().toString(), QStringLiteral("juliet@capulet.lit/balcony"));
        QCOMPARE(ours.time(), QDateTime(QDate(2010, 7, 10), QTime(23, 8, 25), Qt::UTC));
        QCOMPARE(ours.archiveId(), QStringLiteral("28482-98726-73623"));
        const xmpp::Origin &hers = page.messages[1].origin();
        QVERIFY(!hers.isOutgoing());
        QCOMPARE(hers.author().toString(), QStringLiteral("juliet@capulet.lit/balcony"));
        QCOMPARE(a.heard, 0); // by one way only
    }

    /// XEP-0313, examples 5 to 9, 16 and 19.
    void filters()
    {
        Mam::Query query;
        query.with = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        query.start = QDateTime(QDate(2010, 6, 7), QTime(0, 0), Qt::UTC);
        query.end = QDateTime(QDate(2010, 7, 7), QTime(13, 23, 54), Qt::UTC);
        query.before = QStringLiteral("");
        query.max = 10;
        Asked a(query);
        a.d.expects(R"(<iq type='set' id='*'><query xmlns='urn:xmpp:mam:2' queryid='*'>
  <x xmlns='jabber:x:data' type='submit'>
    <field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>
    <field var='with'><value>juliet@capulet.lit</value></field>
    <field var='start'><value>2010-06-07T00:00:00Z</value></field>
    <field var='end'><value>2010-07-07T13:23:54Z</value></field>
  </x>
  <set xmlns='http://jabber.org/protocol/rsm'><max>10</max><before/></set></query></iq>)");
        Mam::Query next;
        next.after = QStringLiteral("09af3-cc343-b409f");
        a.ask(next);
        a.d.expects(
            "<iq type='set' id='*'><query xmlns='urn:xmpp:mam:2' queryid='*'><set xmlns='http://jabber.org/protocol/rsm'>"
            "<max>50</max><after>09af3-cc343-b409f</after></set></query></iq>");
    }

    /// XEP-0313, examples 17 and 18; XEP-0059, example 7.
    void ends()
    {
        Asked a;
        a.sent();
        a.gets(fin("complete='true' stable='false'", "<count>0</count>"));
        QVERIFY((*a.page)->complete && !(*a.page)->stable && (*a.page)->isWhole());
        QVERIFY((*a.page)->messages.empty());
        a.ask({});
        a.sent();
        a.gets("<iq type='error' id='$id'><error type='cancel'><item-not-found "
               "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QCOMPARE(a.page->error().condition, QStringLiteral("item-not-found"));
        a.ask({});
        a.sent();
        a.gets("<iq type='result' id='$id'/>"); // an answer that is none
        QCOMPARE(a.page->error().kind, Error::Kind::Protocol);
        a.ask({});
        a.d.passes(Mam::answerLimit + 1s);
        QCOMPARE(a.page->error().kind, Error::Kind::Timeout);
    }

    /// RELIABILITY A04: a page that does not hang together proves nothing.
    void broken_data()
    {
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<bool>("whole");
        QTest::newRow("as it should be") << QByteArray("<first>a</first><last>b</last>") << true;
        QTest::newRow("no <set/>") << QByteArray() << false;
        QTest::newRow("no <first/>: Openfire") << QByteArray("<last>b</last>") << true;
        QTest::newRow("no ends") << QByteArray("<count>2</count>") << false;
        QTest::newRow("the last one is lost") << QByteArray("<first>a</first><last>c</last>") << false;
        QTest::newRow("the first one is lost") << QByteArray("<first>0</first><last>b</last>") << false;
        QTest::newRow("an empty count") << QByteArray("<first>a</first><last>b</last><count/>") << true;
    }
    void broken()
    {
        QFETCH(QByteArray, set);
        QFETCH(bool, whole);
        Asked a;
        a.sent();
        a.gets(result("a", "2010-07-10T23:08:25Z", fromRomeo));
        a.gets(result("b", "2010-07-10T23:08:25Z", fromJuliet));
        a.gets(fin("complete='true'", set));
        QCOMPARE((*a.page)->isWhole(), whole);
    }

    /// A04: results after the end belong to nothing, and the end before them shows.
    void resultsAfterTheEnd()
    {
        Asked a;
        a.sent();
        a.gets(fin("complete='true'", "<first>a</first><last>b</last>"));
        a.gets(result("a", "2010-07-10T23:08:25Z", fromRomeo));
        QVERIFY(!(*a.page)->isWhole());
        QVERIFY((*a.page)->messages.empty());
        QCOMPARE(a.dropped, 1);
        QCOMPARE(a.heard, 0);
    }

    /// RELIABILITY 1.3 and P04 (CVE-2019-16237, CVE-2020-26547).
    void impostors_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<bool>("counted"); // its id is one of the page's, so that what is behind it is not lost
        const QByteArray stamp = "2010-07-10T23:08:25Z";
        QTest::newRow("from the peer") << result("x", stamp, fromJuliet, "$query", "juliet@capulet.lit") << false;
        QTest::newRow("from our server") << result("x", stamp, fromJuliet, "$query", "montague.lit") << false;
        QTest::newRow("from a device of ours")
            << result("x", stamp, fromJuliet, "$query", "romeo@montague.lit/home") << false;
        QTest::newRow("another query") << result("x", stamp, fromJuliet, "f27") << false;
        QTest::newRow("no query") << result("x", stamp, fromJuliet, "") << false;
        QTest::newRow("no id") << result("", stamp, fromJuliet) << false;
        QTest::newRow("between others") << result("x", stamp,
                                                  "<message xmlns='jabber:client' from='witch@shakespeare.lit' "
                                                  "to='macbeth@shakespeare.lit'><body>Hail to thee</body></message>")
                                        << true;
        QTest::newRow("nothing in it") << result("x", stamp, {}) << true;
        QTest::newRow("two messages") << result("x", stamp, fromJuliet + fromRomeo) << true;
        QTest::newRow("a carbon in it") << result(
            "x", stamp,
            "<message xmlns='jabber:client' from='romeo@montague.lit'><sent xmlns='urn:xmpp:carbons:2'/></message>")
                                        << true;
        QTest::newRow("no forwarding") << QByteArray("<message><result xmlns='urn:xmpp:mam:2' queryid='$query' id='x'>"
                                                     + fromJuliet + "</result></message>")
                                       << true;
    }
    void impostors()
    {
        QFETCH(QByteArray, xml);
        QFETCH(bool, counted);
        Asked a;
        a.sent();
        a.gets(xml);
        a.gets(fin("complete='true'", "<count>0</count>"));
        QVERIFY((*a.page)->messages.empty());
        QCOMPARE((*a.page)->ids.size(), counted ? 1 : 0);
        QCOMPARE(a.dropped, 1);
        QCOMPARE(a.heard, 0);
    }

    /// A room's archive gives what was said in it, and nothing else.
    void rooms()
    {
        Mam::Query query;
        query.archive = Jid::fromWire(QStringLiteral("room@muc.lit"));
        Asked a(query);
        QCOMPARE(a.sent().attribute("to"), QStringLiteral("room@muc.lit"));
        const QByteArray stamp = "2010-07-10T23:08:25Z";
        const QByteArray said =
            "<message xmlns='jabber:client' from='room@muc.lit/nick' type='groupchat'><body>x</body></message>";
        a.gets(result("a", stamp, said, "$query", "room@muc.lit"));
        a.gets(result("b", stamp, said));
        a.gets(result("c", stamp, fromJuliet, "$query", "room@muc.lit"));
        a.gets(result("d", stamp,
                      "<message xmlns='jabber:client' from='room@muc.lit/nick' type='chat'><body>x</body></message>",
                      "$query", "room@muc.lit"));
        a.d.receives("<iq type='result' id='$id' from='room@muc.lit'><fin xmlns='urn:xmpp:mam:2'/></iq>");
        QCOMPARE((*a.page)->messages.size(), size_t(1));
        QVERIFY(!(*a.page)->messages[0].origin().isOutgoing());
        QCOMPARE((*a.page)->ids, (QStringList{QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("d")}));
        QCOMPARE(a.dropped, 3);
    }

    /// A08 and P10: the archive's clock counts before ours, where it is one.
    void time_data()
    {
        QTest::addColumn<QByteArray>("stamp");
        QTest::addColumn<qint64>("daysFromNow");
        const QDateTime now = tests::ManualClock().now();
        QTest::newRow("three days ahead") << now.addDays(3).toString(Qt::ISODate).toUtf8() << qint64(3);
        QTest::newRow("a year ago") << now.addDays(-365).toString(Qt::ISODate).toUtf8() << qint64(-365);
        QTest::newRow("1970") << QByteArray("1970-01-01T00:00:00Z") << qint64(0);
        QTest::newRow("9999") << QByteArray("9999-01-01T00:00:00Z") << qint64(0);
        QTest::newRow("no zone") << QByteArray("2010-07-10T23:08:25") << qint64(0);
    }
    void time()
    {
        QFETCH(QByteArray, stamp);
        QFETCH(qint64, daysFromNow);
        Asked a;
        a.sent();
        a.gets(result("a", stamp, fromJuliet));
        a.gets(fin("", "<first>a</first><last>a</last>"));
        QCOMPARE(a.d.clock().now().daysTo((*a.page)->messages[0].origin().time()), daysFromNow);
    }

    /// Bounded: an archive that does not stop.
    void withoutEnd()
    {
        Mam::Query query;
        query.max = 1;
        Asked a(query);
        a.sent();
        for (int i = 0; i < 1000; ++i)
            a.gets(result(QByteArray::number(i), "2010-07-10T23:08:25Z", fromJuliet));
        a.gets(fin("", "<first>0</first><last>999</last>"));
        QCOMPARE(a.page->error().condition, QStringLiteral("policy-violation"));
    }

    void offline()
    {
        Asked a;
        a.sent();
        a.d.goesOffline();
        QCOMPARE(a.page->error().condition, QStringLiteral("connection-lost"));
        a.d.goesOnline();
        a.gets(result("a", "2010-07-10T23:08:25Z", fromJuliet)); // of a query that is over
        QCOMPARE(a.dropped, 1);
    }

    void endsRoundTrip()
    {
        tests::roundTrip<MamFin>(
            "<fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'>"
            "<first index='0'>23452-4534-1</first><last>390-2342-22</last><count>16</count></set></fin>");
    }
};

BALCONY_TEST(TestMam)
#include "tst_0313_mam.moc"
