// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <QSignalSpy>

using namespace xep;
using States = Result<std::vector<DisplayedSync::State>>;

class TestDisplayedSync : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0490, example 1.
    void tells()
    {
        tests::Dialogue d(QStringLiteral("juliet@capulet.lit/balcony"));
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<>> done;
        scope.run(tests::into(&done,
                              extensions.displayed.tell({Jid::fromWire(QStringLiteral("romeo@montague.lit")),
                                                         QStringLiteral("0f710f2b-52ed-4d52-b928-784dad74a52b")})));
        d.expects(published("romeo@montague.lit", "0f710f2b-52ed-4d52-b928-784dad74a52b"));
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(done && *done);
    }

    /// XEP-0490, examples 3 and 4.
    void asks()
    {
        tests::Dialogue d(QStringLiteral("juliet@capulet.lit/balcony"));
        Extensions extensions(d.client());
        Scope scope;
        std::optional<States> states;
        scope.run(tests::into(&states, extensions.displayed.all()));
        d.expects("<iq type='get' id='*'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                  "<items node='urn:xmpp:mds:displayed:0'/></pubsub></iq>");
        d.receives(R"(
<iq type='result' id='$id' to='juliet@capulet.lit/balcony'>
  <pubsub xmlns='http://jabber.org/protocol/pubsub'>
    <items node='urn:xmpp:mds:displayed:0'>
      <item id='romeo@montague.lit'>
        <displayed xmlns='urn:xmpp:mds:displayed:0'>
          <stanza-id xmlns='urn:xmpp:sid:0' id='0f710f2b-52ed-4d52-b928-784dad74a52b' by='juliet@capulet.lit'/>
        </displayed>
      </item>
      <item id='example@conference.shakespeare.lit'>
        <displayed xmlns='urn:xmpp:mds:displayed:0'>
          <stanza-id xmlns='urn:xmpp:sid:0' id='ca21deaf-812c-48f1-8f16-339a674f2864'
                     by='example@conference.shakespeare.lit'/>
        </displayed>
      </item>
      <item id='nobody@'><displayed xmlns='urn:xmpp:mds:displayed:0'/></item>
      <item id='a@b'/>
    </items>
  </pubsub>
</iq>)");
        QVERIFY(states && *states);
        // A room's id is the room's; there are none yet.
        QCOMPARE((*states)->size(), size_t(1));
        QCOMPARE((*states)->front().chat.toString(), QStringLiteral("romeo@montague.lit"));
        QCOMPARE((*states)->front().archiveId, QStringLiteral("0f710f2b-52ed-4d52-b928-784dad74a52b"));
        scope.run(tests::into(&states, extensions.displayed.all()));
        d.takeSent();
        d.receives("<iq type='error' id='$id'><error type='cancel'>"
                   "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QVERIFY(*states && (*states)->empty()); // nobody has told anything yet
    }

    /// RELIABILITY 1.5: nobody else tells what we have seen.
    void hearsOurselvesAlone()
    {
        tests::Dialogue d(QStringLiteral("juliet@capulet.lit/balcony"));
        Extensions extensions(d.client());
        QSignalSpy told(&extensions.displayed, &DisplayedSync::told);
        const QByteArray event =
            "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:mds:displayed:0'>"
            "<item id='romeo@montague.lit'><displayed xmlns='urn:xmpp:mds:displayed:0'>"
            "<stanza-id xmlns='urn:xmpp:sid:0' id='x' by='juliet@capulet.lit'/></displayed></item></items></event>";
        for (const QByteArray from : {"romeo@montague.lit", "pubsub.capulet.lit", "juliet@capulet.lit/phone"})
            d.receives("<message from='" + from + "' to='juliet@capulet.lit/balcony'>" + event + "</message>");
        QCOMPARE(told.count(), 0);
        d.receives("<message from='juliet@capulet.lit' type='error'>" + event + "</message>");
        QCOMPARE(told.count(), 0);
        d.receives("<message from='juliet@capulet.lit' to='juliet@capulet.lit/balcony'>" + event + "</message>");
        QCOMPARE(told.count(), 1);
        QVERIFY(extensions.features().contains(QStringLiteral("urn:xmpp:mds:displayed:0+notify")));
    }

    /// P20: a node that others can read gets nothing before it is set right, and nothing at all where that fails.
    void neverInPublic()
    {
        tests::Dialogue d(QStringLiteral("juliet@capulet.lit/balcony"));
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<>> done;
        const DisplayedSync::State state{Jid::fromWire(QStringLiteral("romeo@montague.lit")), QStringLiteral("x")};
        scope.run(tests::into(&done, extensions.displayed.tell(state)));
        d.expects(published("romeo@montague.lit", "x"));
        d.receives(otherwise);
        d.expects("<iq type='set' id='*'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>"
                  "<configure node='urn:xmpp:mds:displayed:0'>"
                  + form("node_config") + "</configure></pubsub></iq>");
        d.receives("<iq type='result' id='$id'/>");
        d.expects(published("romeo@montague.lit", "x"));
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(done && *done);

        scope.run(tests::into(&done, extensions.displayed.tell(state)));
        d.takeSent();
        d.receives(otherwise);
        d.takeSent();
        d.receives("<iq type='error' id='$id'><error type='auth'>"
                   "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QCOMPARE(done->error().condition, QStringLiteral("forbidden"));
        d.expectsNothing();
    }

    /// ejabberd 23 takes most options only where a node is configured.
    void withoutAllOptions()
    {
        tests::Dialogue d(QStringLiteral("juliet@capulet.lit/balcony"));
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<>> done;
        const DisplayedSync::State state{Jid::fromWire(QStringLiteral("romeo@montague.lit")), QStringLiteral("x")};
        scope.run(tests::into(&done, extensions.displayed.tell(state)));
        d.expects(published("romeo@montague.lit", "x"));
        d.receives("<iq type='error' id='$id'><error type='wait'>"
                   "<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        d.expects(published("romeo@montague.lit", "x", false));
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(d.takeSent().child("pubsub", "http://jabber.org/protocol/pubsub#owner"));
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(done && *done);
        scope.run(tests::into(&done, extensions.displayed.tell(state)));
        d.expects(published("romeo@montague.lit", "x", false));
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(*done);
        d.expectsNothing();
    }

private:
    static QByteArray form(const QByteArray &purpose, bool isFull = true)
    {
        const auto field = [](const QByteArray &var, const QByteArray &value) {
            return "<field var='" + var + "'><value>" + value + "</value></field>";
        };
        return "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'>"
               "<value>http://jabber.org/protocol/pubsub#"
            + purpose + "</value></field>" + field("pubsub#persist_items", "true")
            + (isFull ? field("pubsub#max_items", "max") + field("pubsub#send_last_published_item", "never")
                      : QByteArray())
            + field("pubsub#access_model", "whitelist") + "</x>";
    }
    static QByteArray published(const QByteArray &chat, const QByteArray &id, bool isFull = true)
    {
        return "<iq type='set' id='*'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
               "<publish node='urn:xmpp:mds:displayed:0'><item id='"
            + chat
            + "'><displayed xmlns='urn:xmpp:mds:displayed:0'><stanza-id xmlns='urn:xmpp:sid:0' by='juliet@capulet.lit' id='"
            + id + "'/></displayed></item></publish><publish-options>" + form("publish-options", isFull)
            + "</publish-options></pubsub></iq>";
    }
    const QByteArray otherwise =
        "<iq type='error' id='$id'><error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        "<precondition-not-met xmlns='http://jabber.org/protocol/pubsub#errors'/></error></iq>";
};

BALCONY_TEST(TestDisplayedSync)
#include "tst_0490_displayedsync.moc"
