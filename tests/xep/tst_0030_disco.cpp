// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <QSignalSpy>

using namespace xep;

class TestDisco : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0030 3.1: the questions of the XEP's example 1 to us.
    void answersInfo()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        d.receives(R"(<iq type='get' from='juliet@capulet.lit/balcony' id='info1'>
                        <query xmlns='http://jabber.org/protocol/disco#info'/></iq>)");
        d.expects(R"(
<iq type='result' to='juliet@capulet.lit/balcony' id='info1'>
  <query xmlns='http://jabber.org/protocol/disco#info'>
    <identity category='client' type='pc' name='Balcony'/>
    <feature var='http://jabber.org/protocol/caps'/>
    <feature var='http://jabber.org/protocol/chatstates'/>
    <feature var='http://jabber.org/protocol/disco#info'/>
    <feature var='http://jabber.org/protocol/disco#items'/>
    <feature var='jabber:iq:version'/>
    <feature var='jabber:x:oob'/>
    <feature var='urn:xmpp:avatar:metadata+notify'/>
    <feature var='urn:xmpp:carbons:2'/>
    <feature var='urn:xmpp:chat-markers:0'/>
    <feature var='urn:xmpp:mds:displayed:0+notify'/>
    <feature var='urn:xmpp:message-correct:0'/>
    <feature var='urn:xmpp:message-retract:1'/>
    <feature var='urn:xmpp:ping'/>
    <feature var='urn:xmpp:reactions:0'/>
    <feature var='urn:xmpp:receipts'/>
    <feature var='urn:xmpp:reply:0'/>
    <feature var='urn:xmpp:sfs:0'/>
    <feature var='urn:xmpp:styling:0'/>
  </query>
</iq>)");
        d.receives(R"(<iq type='get' from='juliet@capulet.lit/balcony' id='items1'>
                        <query xmlns='http://jabber.org/protocol/disco#items'/></iq>)");
        d.expects(R"(<iq type='result' to='juliet@capulet.lit/balcony' id='items1'>
                       <query xmlns='http://jabber.org/protocol/disco#items'/></iq>)");
        d.expectsNothing();
    }

    void answersUnderItsCapsNodeOnly()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        xmpp::Presence presence;
        extensions.caps.stamp(presence);
        const auto claim = xml::decode<Caps::Claim>(presence.payloads.at(0));
        QVERIFY(claim);
        const QString node = claim->node + u'#' + claim->ver;
        d.receives("<iq type='get' from='juliet@capulet.lit/balcony' id='a'><query "
                   "xmlns='http://jabber.org/protocol/disco#info' node='"
                   + node.toUtf8() + "'/></iq>");
        const auto answer = d.takeSent();
        QCOMPARE(answer.attribute("type"), QStringLiteral("result"));
        QCOMPARE(answer.firstChild().attribute("node"), node); // XEP-0030 3.2: mirrored
        QCOMPARE(Caps::verification(*DiscoInfo::of(answer.firstChild())), claim->ver);
        for (const char *kind : {"info", "items"}) {
            d.receives(QByteArray("<iq type='get' from='juliet@capulet.lit/balcony' id='b'><query "
                                  "xmlns='http://jabber.org/protocol/disco#")
                       + kind + "' node='music'/></iq>");
            d.expects(R"(<iq type='error' to='juliet@capulet.lit/balcony' id='b'><error type='cancel'>
                           <item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
        }
    }

    /// RELIABILITY 4.5.
    void tellsStrangersNothing()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        extensions.setMayAnswer([](const Jid &who) { return who.domain() == u"capulet.lit"; });
        const QByteArrayList questions{"<query xmlns='http://jabber.org/protocol/disco#info'/>",
                                       "<query xmlns='http://jabber.org/protocol/disco#items'/>",
                                       "<query xmlns='jabber:iq:version'/>", "<ping xmlns='urn:xmpp:ping'/>"};
        for (const QByteArray &question : questions) {
            d.receives("<iq type='get' from='stranger@mallory.test/x' id='a'>" + question + "</iq>");
            d.expects(R"(<iq type='error' to='stranger@mallory.test/x' id='a'><error type='cancel'>
                           <service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
            d.receives("<iq type='get' from='juliet@capulet.lit/x' id='b'>" + question + "</iq>");
            QCOMPARE(d.takeSent().attribute("type"), QStringLiteral("result"));
        }
        d.expectsNothing();
    }

    void neverTakesASet()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        d.receives(R"(<iq type='set' from='juliet@capulet.lit/x' id='a'>
                        <query xmlns='http://jabber.org/protocol/disco#info'/></iq>)");
        d.expects(R"(<iq type='error' to='juliet@capulet.lit/x' id='a'><error type='cancel'>
                       <service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
    }

    /// XEP-0030, examples 1, 2, 17 and 18.
    void asks()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        std::optional<Result<DiscoInfo>> info;
        std::optional<Result<DiscoItems>> items;
        Scope scope;
        scope.run(tests::into(&info, extensions.disco.info(Jid::fromWire(QStringLiteral("plays.shakespeare.lit")))));
        d.expects("<iq type='get' to='plays.shakespeare.lit' id='*'><query "
                  "xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        d.receives(R"(
<iq type='result' from='plays.shakespeare.lit' to='romeo@montague.lit/orchard' id='$id'>
  <query xmlns='http://jabber.org/protocol/disco#info'>
    <identity category='conference' type='text' name='Play-Specific Chatrooms'/>
    <identity category='directory' type='chatroom' name='Play-Specific Chatrooms'/>
    <identity category='nameless'/>
    <feature var='http://jabber.org/protocol/disco#info'/>
    <feature/>
    <unknown xmlns='urn:example:unknown'/>
    <feature var='http://jabber.org/protocol/muc'/>
  </query>
</iq>)");
        QVERIFY(info && *info);
        QCOMPARE((*info)->identities.size(), 2U);
        QCOMPARE((*info)->identities.at(0).category, QStringLiteral("conference"));
        QCOMPARE((*info)->featureNames(),
                 QStringList({QStringLiteral("http://jabber.org/protocol/disco#info"),
                              QStringLiteral("http://jabber.org/protocol/muc")}));
        QVERIFY((*info)->has(u"http://jabber.org/protocol/muc"));
        QVERIFY(!(*info)->has(u"muc"));

        scope.run(tests::into(
            &items,
            extensions.disco.items(Jid::fromWire(QStringLiteral("catalog.shakespeare.lit")), QStringLiteral("music"))));
        d.expects("<iq type='get' to='catalog.shakespeare.lit' id='*'>"
                  "<query xmlns='http://jabber.org/protocol/disco#items' node='music'/></iq>");
        d.receives(R"(
<iq type='result' from='catalog.shakespeare.lit' id='$id'>
  <query xmlns='http://jabber.org/protocol/disco#items' node='music'>
    <item jid='catalog.shakespeare.lit' node='music/A'/>
    <item jid='@broken@' node='music/B'/>
    <item node='music/C'/>
    <item jid='people.shakespeare.lit' name='Directory of Characters'/>
  </query>
</iq>)");
        QVERIFY(items && *items);
        QCOMPARE((*items)->items.size(), 2U);
        QCOMPARE((*items)->items.at(1).name, QStringLiteral("Directory of Characters"));
    }

    void refusals()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        const Jid who = Jid::fromWire(QStringLiteral("plays.shakespeare.lit"));
        std::optional<Result<DiscoInfo>> info;
        scope.run(tests::into(&info, extensions.disco.info(who)));
        d.takeSent();
        d.receives(R"(<iq type='error' from='plays.shakespeare.lit' id='$id'><error type='cancel'>
                        <item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
        QVERIFY(info && !*info);
        QCOMPARE(info->error().condition, QStringLiteral("item-not-found"));

        // An answer without its payload is no answer.
        scope.run(tests::into(&info, extensions.disco.info(who)));
        d.takeSent();
        d.receives("<iq type='result' from='plays.shakespeare.lit' id='$id'/>");
        QVERIFY(!*info);
        QCOMPARE(info->error().kind, Error::Kind::Protocol);

        scope.run(tests::into(&info, extensions.disco.info(who, QString(5000, u'x'))));
        QCOMPARE(info->error().condition, QStringLiteral("node-too-long"));
        d.expectsNothing();
    }

    /// RELIABILITY P19: ten thousand features, and five megabytes.
    void limits_data()
    {
        QTest::addColumn<int>("features");
        QTest::addColumn<int>("length");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("as many as may be") << 1000 << 20 << true;
        QTest::newRow("one more") << 1001 << 20 << false;
        QTest::newRow("ten thousand") << 10000 << 20 << false;
        QTest::newRow("long ones") << 5 << 1024 * 1024 << false;
    }
    void limits()
    {
        QFETCH(int, features);
        QFETCH(int, length);
        QFETCH(bool, isTaken);
        QByteArray xml = "<query xmlns='http://jabber.org/protocol/disco#info'>";
        for (int i = 0; i < features; ++i)
            xml += "<feature var='" + QByteArray(length, 'x') + QByteArray::number(i) + "'/>";
        const auto info = DiscoInfo::of(tests::parsed(xml + "</query>"));
        QCOMPARE(bool(info), isTaken);
        if (!isTaken)
            QCOMPARE(info.error().condition, QStringLiteral("policy-violation"));
    }

    void roundTrips()
    {
        const auto info = tests::roundTrip<DiscoInfo>(R"(
<query xmlns='http://jabber.org/protocol/disco#info' node='http://psi-im.org#q07IKJEyjvHSyhy//CH0CxmKi8w='>
  <identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>
  <identity xml:lang='el' category='client' name='Ψ 0.11' type='pc'/>
  <feature var='http://jabber.org/protocol/caps'/>
  <x xmlns='jabber:x:data' type='result'>
    <field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>
  </x>
</query>)");
        QCOMPARE(info.identities.at(1).language, QStringLiteral("el"));
        QCOMPARE(info.forms.at(0).formType(), QStringLiteral("urn:xmpp:dataforms:softwareinfo"));
        tests::roundTrip<DiscoItem>("<item xmlns='http://jabber.org/protocol/disco#items' "
                                    "jid='catalog.shakespeare.lit' node='books' name='Books'/>");
    }
};

BALCONY_TEST(TestDisco)
#include "tst_0030_disco.moc"
