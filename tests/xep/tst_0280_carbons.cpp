// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <QSignalSpy>

using namespace xep;
using Channel = xmpp::Origin::Channel;

namespace {

const QByteArray toRomeo = "<message from='juliet@capulet.lit/balcony' to='romeo@montague.lit/garden' type='chat'>"
                           "<body>What man art thou that, thus bescreen'd in night, so stumblest on my counsel?</body>"
                           "<thread>0e3141cd80894871a68e6fe6b1ec56fa</thread></message>";
const QByteArray toJuliet = "<message to='juliet@capulet.lit/balcony' from='romeo@montague.lit/home' type='chat'>"
                            "<body>Neither, fair saint, if either thee dislike.</body>"
                            "<thread>0e3141cd80894871a68e6fe6b1ec56fa</thread></message>";

QByteArray forwarded(QByteArray inner)
{
    return "<forwarded xmlns='urn:xmpp:forward:0'>" + inner.replace("<message ", "<message xmlns='jabber:client' ")
        + "</forwarded>";
}

QByteArray carbon(const QByteArray &from, const QByteArray &kind, const QByteArray &content)
{
    return "<message from='" + from + "' to='romeo@montague.lit/orchard' type='chat'><" + kind
        + " xmlns='urn:xmpp:carbons:2'>" + content + "</" + kind + "></message>";
}

} // namespace

class TestCarbons : public QObject
{
    Q_OBJECT

    /// What reached those who listen.
    struct Heard {
        std::vector<xmpp::Incoming> messages;
        int dropped = 0;
        explicit Heard(tests::Dialogue &d)
        {
            QObject::connect(&d.client(), &xmpp::Client::message, &d.client(),
                             [this](const xmpp::Incoming &message) { messages.push_back(message); });
            QObject::connect(&d.client().router(), &xmpp::Router::dropped, &d.client(), [this] { ++dropped; });
        }
    };

private Q_SLOTS:
    /// XEP-0280, examples 3 to 6.
    void enabling()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<>> answer;
        scope.run(tests::into(&answer, extensions.carbons.enable()));
        d.expects("<iq id='*' type='set'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        d.receives("<iq from='romeo@montague.lit' id='$id' to='romeo@montague.lit/orchard' type='result'/>");
        QVERIFY(answer && *answer && extensions.carbons.isEnabled());
        scope.run(tests::into(&answer, extensions.carbons.disable()));
        d.expects("<iq id='*' type='set'><disable xmlns='urn:xmpp:carbons:2'/></iq>");
        d.receives("<iq from='romeo@montague.lit' id='$id' to='romeo@montague.lit/orchard' type='result'/>");
        QVERIFY(*answer && !extensions.carbons.isEnabled());
        scope.run(tests::into(&answer, extensions.carbons.enable()));
        d.takeSent();
        d.receives("<iq from='romeo@montague.lit' id='$id' type='error'><error type='auth'>"
                   "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QCOMPARE(answer->error().condition, QStringLiteral("forbidden"));
        QVERIFY(!extensions.carbons.isEnabled());
        QVERIFY(extensions.features().contains(QStringLiteral("urn:xmpp:carbons:2")));
    }

    /// XEP-0280, examples 8 and 11.
    void copies()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        extensions.carbons.setEnabled();
        Heard heard(d);
        d.receives(carbon("romeo@montague.lit", "received", forwarded(toRomeo)));
        d.receives(carbon("romeo@montague.lit", "sent", forwarded(toJuliet)));
        QCOMPARE(heard.messages.size(), size_t(2));
        const xmpp::Origin &received = heard.messages[0].origin();
        QCOMPARE(received.channel(), Channel::CarbonReceived);
        QCOMPARE(received.author().toString(), QStringLiteral("juliet@capulet.lit/balcony"));
        QCOMPARE(received.peer(), received.author());
        QVERIFY(!received.isOutgoing() && !received.isOwnAccount() && received.isLive() && received.isCarbon());
        QVERIFY(xmpp::Message::bodyOf(heard.messages[0].element()).startsWith(u"What man"));
        const xmpp::Origin &sent = heard.messages[1].origin();
        QCOMPARE(sent.channel(), Channel::CarbonSent);
        QCOMPARE(sent.author().toString(), QStringLiteral("romeo@montague.lit/home"));
        QCOMPARE(sent.peer().toString(), QStringLiteral("juliet@capulet.lit/balcony"));
        QVERIFY(sent.isOutgoing());
        QVERIFY(xmpp::Message::bodyOf(heard.messages[1].element()).startsWith(u"Neither"));
        // Some servers leave `from` out where they speak for the account.
        d.receives("<message><received xmlns='urn:xmpp:carbons:2'>" + forwarded(toRomeo) + "</received></message>");
        QCOMPARE(heard.messages.size(), size_t(3));
    }

    /// XEP-0280, example 9, and the rest of CVE-2017-5589 and its kin.
    void impostors_data()
    {
        QTest::addColumn<QByteArray>("xml");
        const QByteArray own = "romeo@montague.lit";
        QTest::newRow("from another") << carbon("tybalt@capulet.lit/home", "received", forwarded(toRomeo));
        QTest::newRow("from the peer") << carbon("juliet@capulet.lit", "received", forwarded(toRomeo));
        QTest::newRow("from our server") << carbon("montague.lit", "received", forwarded(toRomeo));
        QTest::newRow("from a resource of ours") << carbon("romeo@montague.lit/home", "received", forwarded(toRomeo));
        QTest::newRow("sent by another") << carbon(own, "sent", forwarded(toRomeo));
        QTest::newRow("received by another") << carbon(own, "received", forwarded(toJuliet));
        QTest::newRow("nothing in it") << carbon(own, "received", forwarded({}));
        QTest::newRow("not forwarded") << carbon(own, "received", toRomeo);
        QTest::newRow("two messages") << carbon(own, "received", forwarded(toRomeo + toRomeo));
        QTest::newRow("twice forwarded") << carbon(own, "received", forwarded(toRomeo) + forwarded(toRomeo));
        QTest::newRow("in no namespace of ours")
            << carbon(own, "received", "<forwarded xmlns='urn:xmpp:forward:0'>" + toRomeo + "</forwarded>");
        QTest::newRow("no author") << carbon(own, "received",
                                             forwarded("<message to='romeo@montague.lit'><body>x</body></message>"));
        QTest::newRow("bad author") << carbon(
            own, "received", forwarded("<message from='@' to='romeo@montague.lit'><body>x</body></message>"));
        QTest::newRow("sent to nobody") << carbon(
            own, "sent", forwarded("<message from='romeo@montague.lit/home'><body>x</body></message>"));
        QTest::newRow("from a room") << carbon(
            own, "received",
            forwarded(
                "<message from='room@muc.lit/nick' to='romeo@montague.lit' type='groupchat'><body>x</body></message>"));
        QTest::newRow("a carbon in it") << carbon(
            own, "received",
            forwarded(
                "<message from='romeo@montague.lit' to='romeo@montague.lit'><sent xmlns='urn:xmpp:carbons:2'/></message>"));
        QTest::newRow("an archive's result in it")
            << carbon(own, "received",
                      forwarded("<message from='romeo@montague.lit' to='romeo@montague.lit'>"
                                "<result xmlns='urn:xmpp:mam:2' id='1'/></message>"));
    }
    void impostors()
    {
        QFETCH(QByteArray, xml);
        tests::Dialogue d;
        Extensions extensions(d.client());
        extensions.carbons.setEnabled();
        Heard heard(d);
        d.receives(xml);
        QVERIFY(heard.messages.empty());
        QCOMPARE(heard.dropped, 1);
        d.expectsNothing();
    }

    void notUnlessAsked()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Heard heard(d);
        d.receives(carbon("romeo@montague.lit", "received", forwarded(toRomeo)));
        QVERIFY(heard.messages.empty());
        QCOMPARE(heard.dropped, 1);
    }

    /// XEP-0280 10 and XEP-0085: copies are shown, not answered.
    void answersNoCopy()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        extensions.carbons.setEnabled();
        QSignalSpy states(&extensions.states, &ChatStates::changed);
        Heard heard(d);
        const QByteArray inner = "<message from='juliet@capulet.lit/balcony' to='romeo@montague.lit/garden' id='a' "
                                 "type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/>"
                                 "<body>x</body><request xmlns='urn:xmpp:receipts'/></message>";
        d.receives(carbon("romeo@montague.lit", "received", forwarded(inner)));
        QCOMPARE(states.count(), 1);
        extensions.receipts.confirm(heard.messages[0]);
        d.expectsNothing();
    }

    /// XEP-0359 with 0280: an id that the archive gave counts inside, too; a later time does not.
    void keepsWhatTheServerAdded()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        extensions.carbons.setEnabled();
        d.client().router().setArchiveIdsTrusted(true);
        Heard heard(d);
        const QByteArray inner =
            "<message from='juliet@capulet.lit/balcony' to='romeo@montague.lit' type='chat'><body>x</body>"
            "<stanza-id xmlns='urn:xmpp:sid:0' id='wrong' by='juliet@capulet.lit'/>"
            "<stanza-id xmlns='urn:xmpp:sid:0' id='right' by='romeo@montague.lit'/></message>";
        d.receives(carbon("romeo@montague.lit", "received",
                          forwarded("<delay xmlns='urn:xmpp:delay' stamp='2010-07-10T23:08:25Z'/>" + inner)));
        d.receives(carbon("romeo@montague.lit", "received",
                          forwarded("<delay xmlns='urn:xmpp:delay' stamp='2999-07-10T23:08:25Z'/>" + inner)));
        QCOMPARE(heard.messages[0].origin().archiveId(), QStringLiteral("right"));
        QCOMPARE(heard.messages[0].origin().time(), QDateTime(QDate(2010, 7, 10), QTime(23, 8, 25), Qt::UTC));
        QCOMPARE(heard.messages[1].origin().time(), d.clock().now());
    }

    /// XEP-0280 9: the older element, which servers still know.
    void privateElement() { tests::roundTrip<Carbons::Private>("<private xmlns='urn:xmpp:carbons:2'/>"); }
};

BALCONY_TEST(TestCarbons)
#include "tst_0280_carbons.moc"
