// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatrig.h"
#include "chat/presences.h"
#include "support/testmain.h"

using namespace tests;

/// The contact list and the life of subscriptions (RFC 6121 2 and 3), and who is there.
class TestContacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fetchesAndKeeps();
    void takesPushesFromOurServerOnly();
    void keepsRequests();
    void limitsRequests();
    void acceptsAndAsksBack();
    void denies();
    void asksThemFirst();
    void answersDoNotOvertakePushes();
    void strangersCannotMakeNoise();
    void needsTheServer();
    void sortsResources();
};

namespace {

/// A rig with contacts, signed in with an empty roster or with what `items` say.
struct Desk {
    ChatRig rig;
    chat::Contacts contacts{rig.client(), rig.store, rig.account};

    bool open(const QByteArray &items = {})
    {
        if (!rig.open() || !wait(contacts.load()))
            return false;
        Scope scope;
        std::optional<Result<>> fetched;
        scope.run(into(&fetched, contacts.fetch()));
        rig.d.expects("<iq type='get' id='*'><query xmlns='jabber:iq:roster' ver=''/></iq>");
        rig.d.receives("<iq type='result' id='$id'><query xmlns='jabber:iq:roster' ver='v1'>" + items
                       + "</query></iq>");
        rig.settle();
        return fetched && *fetched;
    }
    void pushed(const QByteArray &item, const QByteArray &version)
    {
        rig.d.receives("<iq type='set' id='push-" + version
                       + "' to='romeo@montague.lit/orchard'><query xmlns='jabber:iq:roster' ver='" + version + "'>"
                       + item + "</query></iq>");
        rig.settle();
    }
};

const QByteArray juliet =
    "<item jid='juliet@capulet.lit' name='Juliet' subscription='both'><group>Verona</group></item>";

} // namespace

void TestContacts::fetchesAndKeeps()
{
    Desk desk;
    QSignalSpy reset(&desk.contacts, &chat::Contacts::reset);
    QVERIFY(desk.open(juliet));
    QCOMPARE(reset.count(), 2); // what was stored, and what the server has
    const chat::Contact *contact = desk.contacts.find(desk.rig.peer);
    QVERIFY(contact);
    QCOMPARE(contact->title(), QStringLiteral("Juliet"));
    QCOMPARE(contact->groups, std::vector<QString>{QStringLiteral("Verona")});
    // At the next start it is there before any connection, with its version.
    chat::Contacts again(desk.rig.client(), desk.rig.store, desk.rig.account);
    VERIFY_OK(wait(again.load()));
    QVERIFY(again.find(desk.rig.peer) && *again.find(desk.rig.peer) == *contact);
    Scope scope;
    std::optional<Result<>> fetched;
    scope.run(into(&fetched, again.fetch()));
    desk.rig.d.expects("<iq type='get' id='*'><query xmlns='jabber:iq:roster' ver='v1'/></iq>");
    desk.rig.d.receives("<iq type='result' id='$id'/>");
    QVERIFY(fetched && *fetched);
    QVERIFY(again.find(desk.rig.peer));
}

void TestContacts::takesPushesFromOurServerOnly()
{
    Desk desk;
    QVERIFY(desk.open());
    desk.rig.d.receives("<iq type='set' id='evil' from='mallory@evil.lit/x'><query xmlns='jabber:iq:roster'>" + juliet
                        + "</query></iq>");
    desk.rig.settle();
    QVERIFY(!desk.contacts.find(desk.rig.peer));
    QCOMPARE(desk.rig.d.takeSent().attribute("type"), QStringLiteral("error"));

    QSignalSpy changed(&desk.contacts, &chat::Contacts::changed);
    desk.pushed(juliet, "v2");
    desk.rig.d.expects("<iq type='result' id='push-v2'/>"); // after it was stored
    QCOMPARE(changed.count(), 1);
    QVERIFY(desk.contacts.find(desk.rig.peer));
    QSignalSpy removed(&desk.contacts, &chat::Contacts::removed);
    desk.pushed("<item jid='juliet@capulet.lit' subscription='remove'/>", "v3");
    desk.rig.d.expects("<iq type='result' id='push-v3'/>");
    QCOMPARE(removed.count(), 1);
    QVERIFY(!desk.contacts.find(desk.rig.peer));
}

void TestContacts::keepsRequests()
{
    Desk desk;
    QVERIFY(desk.open());
    QSignalSpy requested(&desk.contacts, &chat::Contacts::requested);
    desk.rig.d.receives("<presence type='subscribe' from='juliet@capulet.lit'><status>It is I</status></presence>");
    desk.rig.d.receives("<presence type='subscribe' from='juliet@capulet.lit'><status>It is I</status></presence>");
    desk.rig.settle();
    QCOMPARE(requested.count(), 1); // told once
    const Jid own = desk.rig.account;
    const auto read = [own](store::Reader &reader) { return reader.contacts().requests(own); };
    const auto kept = wait(desk.rig.store.read(read));
    VERIFY_OK(kept);
    QCOMPARE(kept->size(), size_t(1));
    QCOMPARE(kept->at(0).text, QStringLiteral("It is I"));
    // Another device of ours answered.
    QSignalSpy gone(&desk.contacts, &chat::Contacts::requestGone);
    desk.pushed("<item jid='juliet@capulet.lit' subscription='from'/>", "v2");
    QCOMPARE(gone.count(), 1);
    QVERIFY(desk.contacts.requests().empty());
}

/// P21: a flood that comes faster than the disk takes it.
void TestContacts::limitsRequests()
{
    Desk desk;
    QVERIFY(desk.open());
    for (int i = 0; i < 1200; ++i)
        desk.rig.d.receives(
            QStringLiteral("<presence type='subscribe' from='mallory%1@evil.lit'/>").arg(i).toUtf8().constData());
    desk.rig.settle();
    QCOMPARE(desk.contacts.requests().size(), size_t(1000));
    desk.rig.d.receives("<presence type='subscribe' from='juliet@capulet.lit'/>");
    desk.rig.settle();
    QCOMPARE(desk.contacts.requests().size(), size_t(1000));
}

void TestContacts::acceptsAndAsksBack()
{
    Desk desk;
    QVERIFY(desk.open());
    desk.rig.d.receives("<presence type='subscribe' from='juliet@capulet.lit'/>");
    desk.rig.settle();
    Scope scope;
    std::optional<Result<>> accepted;
    scope.run(into(&accepted, desk.contacts.accept(desk.rig.peer)));
    desk.rig.settle();
    desk.rig.d.expects("<presence type='subscribed' to='juliet@capulet.lit'/>");
    desk.rig.d.expects(
        "<iq type='set' id='*'><query xmlns='jabber:iq:roster'><item jid='juliet@capulet.lit'/></query></iq>");
    desk.rig.d.receives("<iq type='result' id='$id'/>");
    desk.rig.settle();
    desk.rig.d.expects("<presence type='subscribe' to='juliet@capulet.lit'/>");
    QVERIFY(accepted && *accepted);
    QVERIFY(desk.contacts.requests().empty());
    QSignalSpy changed(&desk.contacts, &chat::Contacts::subscriptionChanged);
    desk.pushed(juliet, "v2");
    desk.rig.d.receives("<presence type='subscribed' from='juliet@capulet.lit'/>");
    QCOMPARE(changed.count(), 1);
    QCOMPARE(desk.contacts.find(desk.rig.peer)->subscription, xmpp::RosterItem::Subscription::Both);
}

void TestContacts::denies()
{
    Desk desk;
    QVERIFY(desk.open());
    desk.rig.d.receives("<presence type='subscribe' from='mallory@evil.lit'/>");
    desk.rig.settle();
    VERIFY_OK(wait(desk.contacts.deny(jid("mallory@evil.lit"))));
    desk.rig.d.expects("<presence type='unsubscribed' to='mallory@evil.lit'/>");
    QVERIFY(desk.contacts.requests().empty());
}

void TestContacts::asksThemFirst()
{
    Desk desk;
    QVERIFY(desk.open());
    Scope scope;
    std::optional<Result<>> added;
    scope.run(into(&added, desk.contacts.add(desk.rig.peer, QStringLiteral("My Juliet"), {QStringLiteral("Verona")})));
    desk.rig.d.expects(
        "<iq type='set' id='*'><query xmlns='jabber:iq:roster'><item jid='juliet@capulet.lit' name='My Juliet'>"
        "<group>Verona</group></item></query></iq>");
    desk.rig.d.receives("<iq type='result' id='$id'/>");
    desk.rig.d.expects("<presence type='subscribe' to='juliet@capulet.lit'/>");
    QVERIFY(added && *added);
    desk.pushed("<item jid='juliet@capulet.lit' name='My Juliet' subscription='none' ask='subscribe'/>", "v2");
    QVERIFY(desk.contacts.find(desk.rig.peer)->asked);
    QCOMPARE(wait(desk.contacts.add(desk.rig.account, {}, {})).error().condition, QStringLiteral("own-address"));
}

/// A push is stored before it counts; what comes behind it finds it done.
void TestContacts::answersDoNotOvertakePushes()
{
    Desk desk;
    QVERIFY(desk.open());
    QSignalSpy changed(&desk.contacts, &chat::Contacts::subscriptionChanged);
    desk.rig.d.receives("<iq type='set' id='p1'><query xmlns='jabber:iq:roster' ver='v2'>" + QByteArray(juliet)
                        + "</query></iq>");
    desk.rig.d.receives("<presence type='subscribed' from='juliet@capulet.lit'/>");
    desk.rig.d.receives("<presence type='unsubscribed' from='juliet@capulet.lit'/>");
    desk.rig.settle();
    QCOMPARE(changed.count(), 2);
    QCOMPARE(changed.at(0).at(1).toString(), QStringLiteral("subscribed"));
    QCOMPARE(changed.at(1).at(1).toString(), QStringLiteral("unsubscribed"));
}

void TestContacts::strangersCannotMakeNoise()
{
    Desk desk;
    QVERIFY(desk.open());
    QSignalSpy changed(&desk.contacts, &chat::Contacts::subscriptionChanged);
    for (const QByteArray type : {"subscribed", "unsubscribed", "unsubscribe"})
        desk.rig.d.receives("<presence type='" + type + "' from='mallory@evil.lit'/>");
    desk.rig.settle();
    QCOMPARE(changed.count(), 0);
    desk.rig.d.expectsNothing();
}

void TestContacts::needsTheServer()
{
    Desk desk;
    QVERIFY(desk.open(juliet));
    desk.rig.d.goesOffline();
    QCOMPARE(wait(desk.contacts.rename(desk.rig.peer, {})).error().condition, QStringLiteral("offline"));
    QCOMPARE(wait(desk.contacts.remove(desk.rig.peer)).error().condition, QStringLiteral("offline"));
    QVERIFY(desk.contacts.find(desk.rig.peer)); // still to be seen
}

void TestContacts::sortsResources()
{
    ChatRig rig;
    QVERIFY(rig.open());
    chat::Presences presences(rig.client());
    QSignalSpy changed(&presences, &chat::Presences::changed);
    rig.d.receives("<presence from='juliet@capulet.lit/phone'><show>away</show><priority>5</priority></presence>");
    rig.d.receives(
        "<presence from='juliet@capulet.lit/chamber'><status>Here</status><priority>5</priority></presence>");
    rig.d.receives("<presence from='juliet@capulet.lit/tower'><priority>1</priority></presence>");
    QCOMPARE(presences.of(rig.peer).size(), size_t(3));
    QCOMPARE(presences.best(rig.peer)->resource, QStringLiteral("chamber"));
    rig.d.receives("<presence type='unavailable' from='juliet@capulet.lit/chamber'/>");
    QCOMPARE(presences.best(rig.peer)->resource, QStringLiteral("phone"));
    rig.d.receives("<presence type='unavailable' from='juliet@capulet.lit'/>");
    QVERIFY(!presences.best(rig.peer));
    QCOMPARE(changed.count(), 5);
    rig.d.receives("<presence type='unavailable' from='nobody@capulet.lit/x'/>");
    QCOMPARE(changed.count(), 5);
    // XEP-0319; what a wrong clock says is passed over.
    rig.d.receives("<presence from='juliet@capulet.lit/phone'><idle xmlns='urn:xmpp:idle:1' "
                   "since='1969-07-21T02:56:15Z'/></presence>");
    QCOMPARE(presences.best(rig.peer)->idleSince, QDateTime(QDate(1969, 7, 21), QTime(2, 56, 15), Qt::UTC));
    rig.d.receives("<presence from='juliet@capulet.lit/phone'><idle xmlns='urn:xmpp:idle:1' "
                   "since='9999-07-21T02:56:15Z'/></presence>");
    QVERIFY(!presences.best(rig.peer)->idleSince.isValid());
    rig.d.goesOffline();
    QVERIFY(!presences.best(rig.peer));
    QVERIFY(changed.last().at(0).value<Jid>().isNull());
}

BALCONY_TEST(TestContacts)
#include "tst_contacts.moc"
