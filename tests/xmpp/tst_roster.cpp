// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xmpp/roster.h"

using namespace std::chrono_literals;
using xmpp::Roster;
using xmpp::RosterItem;

/// The roster protocol (RFC 6121 2).
class TestRoster : public QObject
{
    Q_OBJECT

    using Fetched = std::optional<Result<Roster::Fetched>>;

private Q_SLOTS:
    void fetches()
    {
        tests::Dialogue d;
        Roster roster(d.client());
        Scope scope;
        Fetched fetched;
        scope.run(tests::into(&fetched, roster.fetch({})));
        d.expects("<iq type='get' id='*'><query xmlns='jabber:iq:roster'/></iq>"); // no `ver` where the server has none
        d.receives(R"(<iq type='result' id='$id' to='romeo@montague.lit/orchard'><query xmlns='jabber:iq:roster'>
                        <item jid='Juliet@Capulet.lit' name='Juliet' subscription='both'><group>Friends</group><group>Lovers</group>
                          <group>Friends</group><group/></item>
                        <item jid='mercutio@verona.lit' subscription='from' ask='subscribe' approved='true'/>
                        <item jid='tybalt@capulet.lit' subscription='enemy'/>
                        <item jid='gone@verona.lit' subscription='remove'/>
                        <item jid='@' subscription='both'/><item subscription='both'/>
                        <thing jid='x@verona.lit'/></query></iq>)");
        QVERIFY(fetched && *fetched);
        QVERIFY(!(*fetched)->isCurrent);
        QVERIFY((*fetched)->version.isNull());
        const auto &items = (*fetched)->items;
        QCOMPARE(items.size(), 3U);
        QCOMPARE(items[0].jid.toString(), QStringLiteral("juliet@capulet.lit"));
        QCOMPARE(items[0].name, QStringLiteral("Juliet"));
        QCOMPARE(items[0].groups, std::vector<QString>({QStringLiteral("Friends"), QStringLiteral("Lovers")}));
        QCOMPARE(items[0].subscription, RosterItem::Subscription::Both);
        QVERIFY(!items[0].asked && !items[0].approved);
        QVERIFY(items[1].asked && items[1].approved);
        QCOMPARE(items[2].subscription, RosterItem::Subscription::None); // an unknown word
    }

    /// RFC 6121 2.6.
    void versions()
    {
        tests::Dialogue d;
        Roster roster(d.client());
        Scope scope;
        Fetched first;
        scope.run(tests::into(&first, roster.fetch(QLatin1String(""))));
        d.expects("<iq type='get' id='*'><query xmlns='jabber:iq:roster' ver=''/></iq>");
        d.receives("<iq type='result' id='$id'><query xmlns='jabber:iq:roster' ver='v7'/></iq>");
        QVERIFY(first && *first);
        QVERIFY(!(*first)->isCurrent);
        QCOMPARE((*first)->version, QStringLiteral("v7"));
        QVERIFY((*first)->items.empty());
        Fetched second;
        scope.run(tests::into(&second, roster.fetch(QStringLiteral("v7"))));
        d.expects("<iq type='get' id='*'><query xmlns='jabber:iq:roster' ver='v7'/></iq>");
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(second && *second && (*second)->isCurrent);
    }

    void fetchFails()
    {
        tests::Dialogue d;
        Roster roster(d.client());
        Scope scope;
        Fetched refused;
        scope.run(tests::into(&refused, roster.fetch({})));
        d.expects("<iq type='get' id='*'><query xmlns='jabber:iq:roster'/></iq>");
        d.receives(R"(<iq type='error' id='$id'><error type='wait'><internal-server-error
                        xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
        QCOMPARE(refused->error().condition, QStringLiteral("internal-server-error"));
        Fetched silent;
        scope.run(tests::into(&silent, roster.fetch({})));
        d.passes(59s);
        QVERIFY(!silent);
        d.passes(1s);
        QCOMPARE(silent->error().kind, Error::Kind::Timeout);
        Fetched cut;
        scope.run(tests::into(&cut, roster.fetch({})));
        d.goesOffline();
        QCOMPARE(cut->error().condition, QStringLiteral("connection-lost"));
        Fetched offline;
        scope.run(tests::into(&offline, roster.fetch({})));
        QCOMPARE(offline->error().condition, QStringLiteral("offline"));
    }

    /// A roster that came from somebody else is none (RELIABILITY 1.4).
    void answersOfStrangers()
    {
        tests::Dialogue d;
        Roster roster(d.client());
        Scope scope;
        Fetched fetched;
        scope.run(tests::into(&fetched, roster.fetch({})));
        d.expects("<iq type='get' id='*'><query xmlns='jabber:iq:roster'/></iq>");
        for (const char *from :
             {"mallory@evil.test/x", "juliet@capulet.lit", "capulet.lit", "romeo@montague.lit/other"}) {
            d.receives(
                "<iq type='result' id='$id' from='" + QByteArray(from)
                + "'><query xmlns='jabber:iq:roster'><item jid='mallory@evil.test' subscription='both'/></query></iq>");
            QVERIFY(!fetched);
        }
        d.receives("<iq type='result' id='$id' from='romeo@montague.lit'><query xmlns='jabber:iq:roster'/></iq>");
        QVERIFY(fetched && (*fetched)->items.empty());
    }

    /// RFC 6121 2.1.6, RELIABILITY 1.1: our own account alone pushes.
    void pushes_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<bool>("counts");
        QTest::newRow("no sender") << QByteArray() << true;
        QTest::newRow("own bare") << QByteArray("romeo@montague.lit") << true;
        QTest::newRow("own bare, spelt otherwise") << QByteArray("ROMEO@Montague.lit") << true;
        QTest::newRow("own full") << QByteArray("romeo@montague.lit/orchard") << false;
        QTest::newRow("own other resource") << QByteArray("romeo@montague.lit/x") << false;
        QTest::newRow("own server") << QByteArray("montague.lit") << false;
        QTest::newRow("neighbour") << QByteArray("benvolio@montague.lit") << false;
        QTest::newRow("contact") << QByteArray("juliet@capulet.lit/balcony") << false;
        QTest::newRow("look-alike") << QByteArray("romeo@montague.lit.evil.test") << false;
        QTest::newRow("resource like ours") << QByteArray("evil.test/romeo@montague.lit") << false;
    }
    void pushes()
    {
        QFETCH(QByteArray, from);
        QFETCH(bool, counts);
        tests::Dialogue d;
        Roster roster(d.client());
        std::vector<RosterItem> pushed;
        std::shared_ptr<xmpp::Reply> open;
        connect(&roster, &Roster::pushed, this,
                [&](const RosterItem &item, const QString &version, std::shared_ptr<xmpp::Reply> reply) {
                    pushed.push_back(item);
                    QCOMPARE(version, QStringLiteral("v8"));
                    open = std::move(reply);
                });
        const QByteArray sender = from.isEmpty() ? QByteArray() : " from='" + from + '\'';
        const QByteArray to =
            from.isEmpty() ? QByteArray() : " to='" + (counts ? QByteArray("romeo@montague.lit") : from) + '\'';
        d.receives(
            "<iq type='set' id='p'" + sender
            + "><query xmlns='jabber:iq:roster' ver='v8'><item jid='juliet@capulet.lit' subscription='both'/></query></iq>");
        QCOMPARE(pushed.size(), counts ? 1U : 0U);
        if (!counts) {
            d.expects(
                "<iq type='error' id='p'" + to
                + "><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            return;
        }
        d.expectsNothing(); // answered when it is stored, not before
        open->result();
        d.expects("<iq type='result' id='p'" + to + "/>");
    }

    void badPushes_data()
    {
        QTest::addColumn<QByteArray>("items");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("two") << QByteArray("<item jid='a@b.test'/><item jid='c@d.test'/>");
        QTest::newRow("no address") << QByteArray("<item subscription='both'/>");
        QTest::newRow("bad address") << QByteArray("<item jid='@b.test' subscription='both'/>");
        QTest::newRow("something else") << QByteArray("<x jid='a@b.test'/>");
    }
    void badPushes()
    {
        QFETCH(QByteArray, items);
        tests::Dialogue d;
        Roster roster(d.client());
        int pushed = 0;
        connect(&roster, &Roster::pushed, this, [&] { ++pushed; });
        d.receives("<iq type='set' id='p'><query xmlns='jabber:iq:roster'>" + items + "</query></iq>");
        QCOMPARE(pushed, 0);
        d.expects(
            "<iq type='error' id='p'><error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    }

    /// Nobody reads our roster.
    void requestsAreRefused()
    {
        tests::Dialogue d;
        Roster roster(d.client());
        d.receives("<iq type='get' id='q' from='juliet@capulet.lit/x'><query xmlns='jabber:iq:roster'/></iq>");
        d.expects(R"(<iq type='error' id='q' to='juliet@capulet.lit/x'><error type='cancel'><service-unavailable
                       xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
    }

    void changes()
    {
        tests::Dialogue d;
        Roster roster(d.client());
        Scope scope;
        RosterItem item;
        item.jid = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        item.name = QStringLiteral("Juliet & co");
        item.groups = {QStringLiteral("Friends")};
        item.subscription = RosterItem::Subscription::Both; // not ours to say (RFC 6121 2.1.2.5)
        std::optional<Result<>> set;
        scope.run(tests::into(&set, roster.set(item)));
        d.expects(
            R"(<iq type='set' id='*'><query xmlns='jabber:iq:roster'><item jid='juliet@capulet.lit' name='Juliet &amp; co'>
                       <group>Friends</group></item></query></iq>)");
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(set && *set);
        std::optional<Result<>> removed;
        scope.run(tests::into(&removed, roster.remove(item.jid)));
        d.expects(
            "<iq type='set' id='*'><query xmlns='jabber:iq:roster'><item jid='juliet@capulet.lit' subscription='remove'/></query></iq>");
        d.receives(R"(<iq type='error' id='$id'><error type='cancel'><item-not-found
                        xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
        QCOMPARE(removed->error().condition, QStringLiteral("item-not-found"));
    }
};

BALCONY_TEST(TestRoster)
#include "tst_roster.moc"
