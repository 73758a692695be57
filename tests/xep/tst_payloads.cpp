// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0059_rsm.h"
#include "xep/0203_delay.h"
#include "xep/0297_forwarding.h"
#include "xep/0319_idle.h"
#include "xep/0334_hints.h"
#include "xep/0359_ids.h"

#include <QTimeZone>

using namespace xep;

/// XEPs that are payloads alone.
class TestPayloads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0203, example 1.
    void delay()
    {
        const auto delay = tests::roundTrip<Delay>(
            "<delay xmlns='urn:xmpp:delay' from='capulet.com' stamp='2002-09-10T23:08:25Z'>Offline Storage</delay>");
        QCOMPARE(delay.from.toString(), QStringLiteral("capulet.com"));
        QCOMPARE(delay.stamp, QDateTime(QDate(2002, 9, 10), QTime(23, 8, 25), Qt::UTC));
        QCOMPARE(delay.reason, QStringLiteral("Offline Storage"));
        const auto bare = tests::roundTrip<Delay>("<delay xmlns='urn:xmpp:delay' stamp='2002-09-10T23:08:25Z'/>");
        QVERIFY(bare.from.isNull());
    }

    /// XEP-0319, example 2.
    void idle()
    {
        QCOMPARE(tests::roundTrip<Idle>("<idle xmlns='urn:xmpp:idle:1' since='1969-07-21T02:56:15Z'/>").since,
                 QDateTime(QDate(1969, 7, 21), QTime(2, 56, 15), Qt::UTC));
        QVERIFY(!xml::decode<Idle>(tests::parsed("<idle xmlns='urn:xmpp:idle:1'/>")));
        QVERIFY(!xml::decode<Idle>(tests::parsed("<idle xmlns='urn:xmpp:idle:1' since='long ago'/>")));
    }

    void badDelay_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::newRow("no stamp") << QByteArray("<delay xmlns='urn:xmpp:delay' from='capulet.com'/>");
        QTest::newRow("no date") << QByteArray("<delay xmlns='urn:xmpp:delay' stamp='yesterday'/>");
        QTest::newRow("no zone") << QByteArray("<delay xmlns='urn:xmpp:delay' stamp='2002-09-10T23:08:25'/>");
        QTest::newRow("no address") << QByteArray(
            "<delay xmlns='urn:xmpp:delay' from='@@' stamp='2002-09-10T23:08:25Z'/>");
        QTest::newRow("the old one") << QByteArray("<x xmlns='jabber:x:delay' stamp='20020910T23:08:25'/>");
    }
    void badDelay()
    {
        QFETCH(QByteArray, xml);
        QVERIFY(!xml::decode<Delay>(tests::parsed(xml)));
    }

    /// XEP-0359, examples 1 and 2.
    void ids()
    {
        const auto stanza = tests::roundTrip<StanzaId>(
            "<stanza-id xmlns='urn:xmpp:sid:0' id='de305d54-75b4-431b-adb2-eb6b9e546013' by='room@muc.example.com'/>");
        QCOMPARE(stanza.id, QStringLiteral("de305d54-75b4-431b-adb2-eb6b9e546013"));
        QCOMPARE(stanza.by.toString(), QStringLiteral("room@muc.example.com"));
        const auto origin = tests::roundTrip<OriginId>("<origin-id xmlns='urn:xmpp:sid:0' id='de305d54'/>");
        QCOMPARE(origin.id, QStringLiteral("de305d54"));
        QVERIFY(!xml::decode<StanzaId>(tests::parsed("<stanza-id xmlns='urn:xmpp:sid:0' id='a'/>")));
        QVERIFY(!xml::decode<StanzaId>(tests::parsed("<stanza-id xmlns='urn:xmpp:sid:0' by='a.test'/>")));
        QVERIFY(!xml::decode<OriginId>(tests::parsed("<origin-id xmlns='urn:xmpp:sid:0'/>")));
    }

    /// XEP-0059, examples 3, 4, 7 and 11.
    void resultSets()
    {
        const auto page = tests::roundTrip<ResultSet>(
            "<set xmlns='http://jabber.org/protocol/rsm'><first index='0'>stpeter@jabber.org</first>"
            "<last>peterpan@neverland.lit</last><count>800</count></set>");
        QCOMPARE(page.firstId(), QStringLiteral("stpeter@jabber.org"));
        QCOMPARE(page.first->index, QStringLiteral("0"));
        QCOMPARE(page.total(), std::optional<qint64>(800));
        tests::roundTrip<ResultSet>("<set xmlns='http://jabber.org/protocol/rsm'><max>10</max>"
                                    "<after>peterpan@neverland.lit</after></set>");
        const auto empty =
            tests::roundTrip<ResultSet>("<set xmlns='http://jabber.org/protocol/rsm'><count>790</count></set>");
        QVERIFY(empty.firstId().isNull() && empty.last.isNull() && empty.before.isNull());
        const auto last =
            tests::roundTrip<ResultSet>("<set xmlns='http://jabber.org/protocol/rsm'><max>10</max><before/></set>");
        QVERIFY(!last.before.isNull() && last.before.isEmpty());
        const auto odd = xml::decode<ResultSet>(
            tests::parsed("<set xmlns='http://jabber.org/protocol/rsm'><last>a</last><count/></set>"));
        QVERIFY(odd && !odd->total());
    }

    /// XEP-0297, example 2.
    void forwarded()
    {
        const auto message = tests::parsed(R"(
<message to='mercutio@verona.lit' from='romeo@montague.lit/orchard' type='chat' id='28gs'>
  <body>A most courteous exposition!</body>
  <forwarded xmlns='urn:xmpp:forward:0'>
    <delay xmlns='urn:xmpp:delay' stamp='2010-07-10T23:08:25Z'/>
    <message from='juliet@capulet.lit/orchard' id='0202197' to='romeo@montague.lit' type='chat' xmlns='jabber:client'>
      <body>Yet I should kill thee with much cherishing.</body>
    </message>
  </forwarded>
</message>)");
        const auto forwarded = xml::find<Forwarded>(message);
        QVERIFY(forwarded && forwarded->delay);
        const auto inner = Forwarded::messageIn(message.child("forwarded", "urn:xmpp:forward:0"));
        QCOMPARE(inner.attribute("id"), QStringLiteral("0202197"));
        QVERIFY(!Forwarded::messageIn(tests::parsed("<forwarded xmlns='urn:xmpp:forward:0'><message/></forwarded>")));
        QVERIFY(
            !Forwarded::messageIn(tests::parsed("<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'/>"
                                                "<message xmlns='jabber:client'/></forwarded>")));
        tests::roundTrip<Forwarded>("<forwarded xmlns='urn:xmpp:forward:0'/>");
    }

    /// XEP-0334, example 1.
    void hints()
    {
        const auto message = tests::parsed(R"(
<message from='romeo@montague.lit/laptop' to='juliet@capulet.lit/laptop'>
  <body>V unir avtug'f pybnx gb uvqr zr sebz gurve fvtug</body>
  <no-copy xmlns="urn:xmpp:hints"/>
  <no-store xmlns="urn:xmpp:hints"/>
</message>)");
        QVERIFY(xml::find<hints::NoCopy>(message));
        QVERIFY(xml::find<hints::NoStore>(message));
        QVERIFY(!xml::find<hints::Store>(message));
        QVERIFY(!xml::find<hints::NoPermanentStore>(message));
        tests::roundTrip<hints::Store>("<store xmlns='urn:xmpp:hints'/>");
        tests::roundTrip<hints::NoPermanentStore>("<no-permanent-store xmlns='urn:xmpp:hints'/>");
    }
};

BALCONY_TEST(TestPayloads)
#include "tst_payloads.moc"
