// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <QSignalSpy>

using namespace xep;
using namespace std::chrono_literals;

namespace {

/// XEP-0115 5.2.
const char *const exodus = R"(
<query xmlns='http://jabber.org/protocol/disco#info'>
  <identity category='client' name='Exodus 0.9.1' type='pc'/>
  <feature var='http://jabber.org/protocol/caps'/>
  <feature var='http://jabber.org/protocol/disco#info'/>
  <feature var='http://jabber.org/protocol/disco#items'/>
  <feature var='http://jabber.org/protocol/muc'/>
</query>)";
const char *const exodusVer = "QgayPKawpkPSDYmwT/WM94uAlu0=";

/// XEP-0115 5.3.
const char *const psi = R"(
<query xmlns='http://jabber.org/protocol/disco#info' node='http://psi-im.org#q07IKJEyjvHSyhy//CH0CxmKi8w='>
  <identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>
  <identity xml:lang='el' category='client' name='&#936; 0.11' type='pc'/>
  <feature var='http://jabber.org/protocol/caps'/>
  <feature var='http://jabber.org/protocol/disco#info'/>
  <feature var='http://jabber.org/protocol/disco#items'/>
  <feature var='http://jabber.org/protocol/muc'/>
  <x xmlns='jabber:x:data' type='result'>
    <field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>
    <field var='ip_version' type='text-multi'><value>ipv4</value><value>ipv6</value></field>
    <field var='os'><value>Mac</value></field>
    <field var='os_version'><value>10.5.1</value></field>
    <field var='software'><value>Psi</value></field>
    <field var='software_version'><value>0.11</value></field>
  </x>
</query>)";
const char *const psiVer = "q07IKJEyjvHSyhy//CH0CxmKi8w=";

QByteArray presence(const QByteArray &from, const QByteArray &ver, const QByteArray &hash = "sha-1",
                    const QByteArray &node = "http://code.google.com/p/exodus")
{
    return "<presence from='" + from + "'><c xmlns='http://jabber.org/protocol/caps' hash='" + hash + "' node='" + node
        + "' ver='" + ver + "'/></presence>";
}

QByteArray question(const QByteArray &to, const QByteArray &ver,
                    const QByteArray &node = "http://code.google.com/p/exodus")
{
    return "<iq type='get' to='" + to + "' id='*'><query xmlns='http://jabber.org/protocol/disco#info' node='" + node
        + '#' + ver + "'/></iq>";
}

QByteArray answer(const QByteArray &from, const QByteArray &query)
{
    return "<iq type='result' from='" + from + "' id='$id'>" + query.trimmed() + "</iq>";
}

/// A disco#info with one feature, and its hash.
std::pair<QByteArray, QByteArray> client(const QByteArray &feature)
{
    const QByteArray info =
        "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' type='pc'/><feature var='"
        + feature + "'/></query>";
    return {info, Caps::verification(*DiscoInfo::of(tests::parsed(info)))->toUtf8()};
}

Jid jid(const char *text)
{
    return Jid::fromWire(QString::fromLatin1(text));
}

} // namespace

class TestCaps : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void generation_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<QString>("ver");
        QTest::newRow("simple") << QByteArray(exodus) << QString::fromLatin1(exodusVer);
        QTest::newRow("complex") << QByteArray(psi) << QString::fromLatin1(psiVer);
        // The order on the wire plays no part.
        QByteArray shuffled(psi);
        shuffled.replace("<value>ipv4</value><value>ipv6</value>", "<value>ipv6</value><value>ipv4</value>");
        shuffled.replace("<feature var='http://jabber.org/protocol/caps'/>", "");
        shuffled.replace("<x xmlns", "<feature var='http://jabber.org/protocol/caps'/><x xmlns");
        QTest::newRow("shuffled") << shuffled << QString::fromLatin1(psiVer);
        // XEP-0115 5.4, step 3.6: forms without a hidden FORM_TYPE are passed over.
        QByteArray visible(exodus);
        visible.replace(
            "</query>",
            "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>urn:a</value></field></x></query>");
        QTest::newRow("FORM_TYPE not hidden") << visible << QString::fromLatin1(exodusVer);
        QByteArray untyped(exodus);
        untyped.replace("</query>",
                        "<x xmlns='jabber:x:data' type='result'><field var='a'><value>b</value></field></x></query>");
        QTest::newRow("no FORM_TYPE") << untyped << QString::fromLatin1(exodusVer);
    }
    void generation()
    {
        QFETCH(QByteArray, xml);
        QFETCH(QString, ver);
        const auto info = DiscoInfo::of(tests::parsed(xml));
        QVERIFY(info);
        QCOMPARE(Caps::verification(*info), std::optional(ver));
    }

    /// XEP-0115 5.4, steps 3.3 to 3.5, and what could be read in two ways.
    void illFormed_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray identity = "<identity category='client' type='pc' name='x'/>";
        const QByteArray form = "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' "
                                "type='hidden'><value>urn:a</value></field></x>";
        QTest::newRow("no identity") << QByteArray("<feature var='a'/>");
        QTest::newRow("identity twice") << identity + identity;
        QTest::newRow("feature twice") << identity + "<feature var='a'/><feature var='a'/>";
        QTest::newRow("form twice") << identity + form + form;
        QTest::newRow("two types in a form") << identity
                + "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' "
                  "type='hidden'><value>a</value><value>b</value></field></x>";
        QTest::newRow("separator in a feature") << identity + "<feature var='a&lt;b'/>";
        QTest::newRow("separator in a name") << QByteArray("<identity category='client' type='pc' name='x&lt;a'/>");
        QTest::newRow("separator in a form") << identity
                + "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' "
                  "type='hidden'><value>a&lt;b</value></field></x>";
    }
    void illFormed()
    {
        QFETCH(QByteArray, content);
        const auto info = DiscoInfo::of(
            tests::parsed("<query xmlns='http://jabber.org/protocol/disco#info'>" + content + "</query>"));
        QVERIFY(info);
        QVERIFY(!Caps::verification(*info));
    }

    /// XEP-0115 6.1.
    void stamps()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        xmpp::Presence presence;
        extensions.caps.stamp(presence);
        d.client().send(presence);
        d.expects("<presence><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='*' ver='*'/></presence>");
        presence = {};
        presence.type = xmpp::Presence::Type::Unavailable;
        extensions.caps.stamp(presence);
        QVERIFY(presence.payloads.empty());
        // XEP-0115 6.1: other features, another hash.
        const QString before = extensions.caps.ownVerification();
        extensions.disco.setFeatures(extensions.features() << QStringLiteral("urn:example:new"));
        QVERIFY(extensions.caps.ownVerification() != before);
    }

    /// XEP-0115 1.2: one question, though two have the hash.
    void learnsOnce()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy learned(&extensions.caps, &Caps::learned);
        QSignalSpy changed(&extensions.caps, &Caps::changed);
        d.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        d.expects(question("juliet@capulet.lit/chamber", exodusVer));
        d.receives(presence("nurse@capulet.lit/chamber", exodusVer));
        d.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        d.expectsNothing();
        QVERIFY(!extensions.caps.features(jid("juliet@capulet.lit/chamber")));
        d.receives(answer("juliet@capulet.lit/chamber", exodus));
        for (const char *who : {"juliet@capulet.lit/chamber", "nurse@capulet.lit/chamber"}) {
            QCOMPARE(extensions.caps.features(jid(who)).value_or(QStringList()).size(), 4);
            QVERIFY(extensions.caps.supports(jid(who), u"http://jabber.org/protocol/muc"));
            QVERIFY(extensions.caps.supports(jid(who).bare(), u"http://jabber.org/protocol/muc"));
            QVERIFY(!extensions.caps.supports(jid(who), u"urn:xmpp:receipts"));
        }
        QCOMPARE(learned.size(), 1);
        QCOMPARE(learned.at(0).at(0).toString(), QString::fromLatin1(exodusVer));
        QCOMPARE(changed.size(), 2);
        d.receives(presence("benvolio@capulet.lit/1", exodusVer));
        d.expectsNothing();
        QVERIFY(extensions.caps.features(jid("benvolio@capulet.lit/1")));
        QVERIFY(!extensions.caps.features(jid("benvolio@capulet.lit/2")));

        // A presence without <c/> changes nothing (XEP-0115 8.4); unavailable does.
        d.receives("<presence from='benvolio@capulet.lit/1'><show>away</show></presence>");
        QVERIFY(extensions.caps.features(jid("benvolio@capulet.lit/1")));
        d.receives("<presence from='benvolio@capulet.lit/1' type='unavailable'/>");
        QVERIFY(!extensions.caps.features(jid("benvolio@capulet.lit/1")));

        // What was learned holds in the next run.
        tests::Dialogue later;
        Extensions again(later.client());
        QVERIFY(again.caps.preload(learned.at(0).at(0).toString(), learned.at(0).at(1).toByteArray()));
        later.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        later.expectsNothing();
        QCOMPARE(again.caps.features(jid("juliet@capulet.lit/chamber")).value_or(QStringList()).size(), 4);
    }

    void learnsForms()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy learned(&extensions.caps, &Caps::learned);
        d.receives(presence("benvolio@capulet.lit/230193", psiVer, "sha-1", "http://psi-im.org"));
        d.expects(question("benvolio@capulet.lit/230193", psiVer, "http://psi-im.org"));
        d.receives(answer("benvolio@capulet.lit/230193", psi));
        QCOMPARE(learned.size(), 1);
        tests::Dialogue later;
        Extensions again(later.client());
        QVERIFY(again.caps.preload(learned.at(0).at(0).toString(), learned.at(0).at(1).toByteArray()));
    }

    /// RELIABILITY P19.
    void poison()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy learned(&extensions.caps, &Caps::learned);
        d.receives(presence("mallory@capulet.lit/x", exodusVer));
        d.expects(question("mallory@capulet.lit/x", exodusVer));
        d.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        const auto [poison, poisonVer] = client("urn:example:poison");
        d.receives(answer("mallory@capulet.lit/x", poison));
        QCOMPARE(learned.size(), 0);
        // It counts for him who said it, and the next one is asked.
        QVERIFY(extensions.caps.supports(jid("mallory@capulet.lit/x"), u"urn:example:poison"));
        QVERIFY(!extensions.caps.features(jid("juliet@capulet.lit/chamber")));
        d.expects(question("juliet@capulet.lit/chamber", exodusVer));
        d.receives(answer("juliet@capulet.lit/chamber", exodus));
        QCOMPARE(learned.size(), 1);
        QVERIFY(extensions.caps.supports(jid("juliet@capulet.lit/chamber"), u"http://jabber.org/protocol/muc"));
        QVERIFY(!extensions.caps.supports(jid("juliet@capulet.lit/chamber"), u"urn:example:poison"));
        d.expectsNothing();
    }

    void badAnswers_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::newRow("error") << QByteArray(
            "<iq type='error' from='juliet@capulet.lit/x' id='$id'><error type='cancel'>"
            "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QTest::newRow("empty") << QByteArray("<iq type='result' from='juliet@capulet.lit/x' id='$id'/>");
        QTest::newRow("something else") << answer("juliet@capulet.lit/x", "<ping xmlns='urn:xmpp:ping'/>");
        QByteArray many =
            "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' type='pc'/>";
        for (int i = 0; i < 10000; ++i)
            many += "<feature var='f" + QByteArray::number(i) + "'/>";
        QTest::newRow("ten thousand features") << answer("juliet@capulet.lit/x", many + "</query>");
        QTest::newRow("ill-formed") << answer(
            "juliet@capulet.lit/x", "<query xmlns='http://jabber.org/protocol/disco#info'><feature var='a'/></query>");
    }
    void badAnswers()
    {
        QFETCH(QByteArray, reply);
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy learned(&extensions.caps, &Caps::learned);
        d.receives(presence("juliet@capulet.lit/x", exodusVer));
        d.takeSent();
        d.receives(reply);
        QCOMPARE(learned.size(), 0);
        QVERIFY(!extensions.caps.features(jid("juliet@capulet.lit/x")));
        d.expectsNothing();
        // Nothing stuck: the hash is asked about again when it comes again.
        d.receives(presence("nurse@capulet.lit/x", exodusVer));
        d.expects(question("nurse@capulet.lit/x", exodusVer));
    }

    void silence()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        d.receives(presence("juliet@capulet.lit/x", exodusVer));
        d.expects(question("juliet@capulet.lit/x", exodusVer));
        d.receives(presence("nurse@capulet.lit/x", exodusVer));
        d.passes(29s);
        d.expectsNothing();
        d.passes(2s);
        d.expects(question("nurse@capulet.lit/x", exodusVer));
        // Who has left is not asked.
        d.receives(presence("tybalt@capulet.lit/x", exodusVer));
        d.receives("<presence from='tybalt@capulet.lit/x' type='unavailable'/>");
        d.passes(1min);
        d.expectsNothing();
    }

    void ignored_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::newRow("old format") << QByteArray(
            "<presence from='juliet@capulet.lit/x'><c xmlns='http://jabber.org/protocol/caps' "
            "node='http://exodus.jabberstudio.org/caps' ver='0.9' ext='tins'/></presence>");
        QTest::newRow("no ver") << QByteArray(
            "<presence from='juliet@capulet.lit/x'><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' "
            "node='n'/></presence>");
        QTest::newRow("empty ver") << presence("juliet@capulet.lit/x", "");
        QTest::newRow("long ver") << presence("juliet@capulet.lit/x", QByteArray(1000, 'x'));
        QTest::newRow("long node") << presence("juliet@capulet.lit/x", exodusVer, "sha-1", QByteArray(10000, 'x'));
        QTest::newRow("stranger") << presence("stranger@mallory.test/x", exodusVer);
        QTest::newRow("ourselves") << presence("romeo@montague.lit/orchard", exodusVer);
        QByteArray subscribe = presence("juliet@capulet.lit", exodusVer);
        QTest::newRow("subscribe") << subscribe.replace("<presence ", "<presence type='subscribe' ");
        QByteArray unknown = presence("juliet@capulet.lit", exodusVer);
        QTest::newRow("unknown type") << unknown.replace("<presence ", "<presence type='dance' ");
    }
    void ignored()
    {
        QFETCH(QByteArray, xml);
        tests::Dialogue d;
        Extensions extensions(d.client());
        extensions.setMayAnswer([](const Jid &who) { return who.domain() != u"mallory.test"; });
        d.receives(xml);
        d.expectsNothing();
    }

    /// XEP-0115 5.4, step 2: a hash that we cannot check counts for its bearer alone.
    void otherHash()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy learned(&extensions.caps, &Caps::learned);
        d.receives(presence("juliet@capulet.lit/x", exodusVer, "md7"));
        d.expects(question("juliet@capulet.lit/x", exodusVer));
        d.receives(presence("nurse@capulet.lit/x", exodusVer, "md7"));
        d.expects(question("nurse@capulet.lit/x", exodusVer));
        d.receives(answer("nurse@capulet.lit/x", exodus));
        QVERIFY(extensions.caps.features(jid("nurse@capulet.lit/x")));
        QVERIFY(!extensions.caps.features(jid("juliet@capulet.lit/x")));
        QCOMPARE(learned.size(), 0);
        d.expectsNothing();
    }

    void preloadChecks()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const QString ver = QString::fromLatin1(exodusVer);
        QVERIFY(!extensions.caps.preload(ver, client("urn:example:poison").first));
        QVERIFY(!extensions.caps.preload(ver, ""));
        QVERIFY(!extensions.caps.preload(ver, "<query"));
        QVERIFY(!extensions.caps.preload(ver, "</cache>"));
        QVERIFY(!extensions.caps.preload(ver, QByteArray(1000, '\xff')));
        QVERIFY(extensions.caps.preload(ver, exodus));
    }

    /// RELIABILITY P19: a thousand hashes from one contact.
    void flood()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        int asked = 0;
        int mostOpen = 0;
        for (int i = 0; i < 1000; ++i) {
            d.receives(presence("mallory@capulet.lit/x" + QByteArray::number(i), "hash" + QByteArray::number(i)));
            mostOpen = std::max(mostOpen, d.client().router().openRequests());
        }
        for (int round = 0; round < 50; ++round) {
            while (d.takeSent())
                ++asked;
            d.passes(31s);
        }
        QCOMPARE(mostOpen, Caps::mostRunning);
        QCOMPARE(asked, Caps::mostAskedPerContact);
        // Others are asked as ever; and so is he, in an hour.
        d.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        d.expects(question("juliet@capulet.lit/chamber", exodusVer));
        d.passes(1h);
        d.receives(presence("mallory@capulet.lit/y", psiVer));
        d.expects(question("mallory@capulet.lit/y", psiVer));
    }

    void capsWhatOneContactBrings()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        d.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        d.takeSent();
        d.receives(answer("juliet@capulet.lit/chamber", exodus));
        for (int i = 0; i < 3 * Caps::mostKnownPerContact; ++i) {
            const auto [info, ver] = client("urn:example:" + QByteArray::number(i));
            d.receives(presence("mallory@capulet.lit/x", ver));
            if (!d.takeSent()) { // his hour is used up
                d.passes(1h);
                d.receives(presence("mallory@capulet.lit/x", ver));
                QVERIFY(d.takeSent());
            }
            d.receives(answer("mallory@capulet.lit/x", info));
            QVERIFY(extensions.caps.features(jid("mallory@capulet.lit/x")));
        }
        // His first is forgotten, hers is not.
        d.passes(1h);
        d.receives(presence("mallory@capulet.lit/x", client("urn:example:0").second));
        QVERIFY(d.takeSent());
        d.receives(presence("nurse@capulet.lit/chamber", exodusVer));
        d.expectsNothing();
        QVERIFY(extensions.caps.features(jid("nurse@capulet.lit/chamber")));
    }

    void forgetsWithTheStream()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        d.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        d.takeSent();
        d.receives(answer("juliet@capulet.lit/chamber", exodus));
        d.receives(presence("nurse@capulet.lit/chamber", psiVer));
        d.expects(question("nurse@capulet.lit/chamber", psiVer));
        d.goesOffline();
        QVERIFY(!extensions.caps.features(jid("juliet@capulet.lit/chamber")));
        d.goesOnline();
        d.expectsNothing();
        // The hash itself stays known; the open question is asked anew.
        d.receives(presence("juliet@capulet.lit/chamber", exodusVer));
        d.expectsNothing();
        QVERIFY(extensions.caps.features(jid("juliet@capulet.lit/chamber")));
        d.receives(presence("nurse@capulet.lit/chamber", psiVer));
        d.expects(question("nurse@capulet.lit/chamber", psiVer));
    }

    void roundTrips()
    {
        const auto claim = tests::roundTrip<Caps::Claim>(
            "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='http://code.google.com/p/exodus' "
            "ver='QgayPKawpkPSDYmwT/WM94uAlu0='/>");
        QCOMPARE(claim.ver, QString::fromLatin1(exodusVer));
    }
};

BALCONY_TEST(TestCaps)
#include "tst_0115_caps.moc"
