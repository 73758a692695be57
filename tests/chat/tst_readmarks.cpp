// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/readmarks.h"
#include "chatrig.h"
#include "store/keys.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;

namespace {

/// A rig with read marks; our other devices and the other side are the test.
class MarksRig : public ChatRig
{
public:
    bool open()
    {
        if (!ChatRig::open())
            return false;
        marks = std::make_unique<chat::ReadMarks>(client(), extensions, store, conversations, account);
        QObject::connect(inbox.get(), &chat::Inbox::seenElsewhere, marks.get(), &chat::ReadMarks::seenElsewhere);
        client().router().setArchiveIdsTrusted(true);
        return true;
    }
    /// The session's two questions are answered: what our server can do, and what our devices have seen.
    bool begins(const QByteArray &items = {}, bool canPublish = true)
    {
        marks->begin();
        settle();
        const xml::Element question = d.takeSent();
        if (!question.child("query", "http://jabber.org/protocol/disco#info"))
            return false;
        d.receives("<iq type='result' id='$id' from='romeo@montague.lit'>"
                   "<query xmlns='http://jabber.org/protocol/disco#info'>"
                   + QByteArray(canPublish ? "<feature var='http://jabber.org/protocol/pubsub#publish-options'/>" : "")
                   + "</query></iq>");
        settle();
        if (!canPublish)
            return true;
        if (!d.takeSent().child("pubsub", "http://jabber.org/protocol/pubsub"))
            return false;
        d.receives("<iq type='result' id='$id'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                   "<items node='urn:xmpp:mds:displayed:0'>"
                   + items + "</items></pubsub></iq>");
        settle();
        return true;
    }
    /// A message of Juliet's with an id of the archive; `number` names both.
    qint64 heard(int number, bool markable = true)
    {
        const QByteArray name = QByteArray::number(number);
        hears("juliet@capulet.lit/balcony", "m" + name,
              "<body>" + name + "</body>" + (markable ? "<markable xmlns='urn:xmpp:chat-markers:0'/>" : "")
                  + "<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@montague.lit' id='a" + name + "'/>");
        gathers();
        return messagesWith(peer).back().key;
    }
    void looksAt(qint64 key)
    {
        if (auto done = wait(conversations.markRead(store::keys::conversationOf(key), key)); !done)
            QTest::qFail(qPrintable(done.error().condition), __FILE__, __LINE__);
        settle();
        d.passes(chat::ReadMarks::settleTime);
        settle();
    }
    /// The next stanza tells Juliet that her message was seen.
    bool tellsHer(int number)
    {
        const xml::Element sent = d.takeSent();
        return sent.attribute("to") == peer.toString()
            && sent.child("displayed", "urn:xmpp:chat-markers:0").attribute("id") == QStringLiteral("m%1").arg(number);
    }
    /// The next stanza tells our devices so; it is answered.
    bool tellsOurs(int number)
    {
        const xml::Element item = d.takeSent().child("pubsub", pubsub).child("publish", pubsub).child("item", pubsub);
        const bool isRight = item.attribute("id") == peer.toString()
            && item.firstChild().firstChild().attribute("id") == QStringLiteral("a%1").arg(number);
        d.receives("<iq type='result' id='$id'/>");
        settle();
        return isRight;
    }
    static QByteArray item(int number)
    {
        return "<item id='juliet@capulet.lit'><displayed xmlns='urn:xmpp:mds:displayed:0'><stanza-id "
               "xmlns='urn:xmpp:sid:0' by='romeo@montague.lit' id='a"
            + QByteArray::number(number) + "'/></displayed></item>";
    }
    void otherDeviceTells(int number)
    {
        d.receives("<message from='romeo@montague.lit'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                   "<items node='urn:xmpp:mds:displayed:0'>"
                   + item(number) + "</items></event></message>");
        gathers();
    }
    const store::Conversation &chat() { return *conversations.find(account, peer); }

    std::unique_ptr<chat::ReadMarks> marks;

private:
    static constexpr char pubsub[] = "http://jabber.org/protocol/pubsub";
};

} // namespace

class TestReadMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Once for all that was read in between, to her and to our devices.
    void tells()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        QVERIFY(rig.begins());
        rig.heard(1);
        rig.heard(2);
        const qint64 last = rig.heard(3);
        rig.d.expectsNothing();
        rig.looksAt(last);
        QVERIFY(rig.tellsHer(3));
        QVERIFY(rig.tellsOurs(3));
        rig.d.expectsNothing();
        rig.looksAt(last);
        rig.d.expectsNothing();
        QCOMPARE(rig.chat().toldKey, last);
        QCOMPARE(rig.chat().syncedKey, last);
    }

    /// Who did not ask is not told; our devices are.
    void tellsWhoAsks()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        QVERIFY(rig.begins());
        rig.looksAt(rig.heard(1, false));
        QVERIFY(rig.tellsOurs(1));
        rig.d.expectsNothing();
        rig.extensions.markers.setEnabled(false);
        rig.looksAt(rig.heard(2));
        QVERIFY(rig.tellsOurs(2));
        rig.d.expectsNothing();
    }

    /// What is read offline is told at the next sign-in.
    void offline()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        const qint64 key = rig.heard(1);
        rig.d.goesOffline();
        rig.looksAt(key);
        rig.d.goesOnline();
        QVERIFY(rig.begins());
        QVERIFY(rig.tellsHer(1));
        QVERIFY(rig.tellsOurs(1));
        rig.d.expectsNothing();
    }

    /// Unless another device has shown more meanwhile: it told whom it wanted to.
    void offlineAndElsewhere()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        const qint64 first = rig.heard(1);
        const qint64 second = rig.heard(2);
        rig.d.goesOffline();
        rig.looksAt(first);
        rig.d.goesOnline();
        QVERIFY(rig.begins(MarksRig::item(2)));
        QCOMPARE(rig.chat().readKey, second);
        QCOMPARE(rig.chat().unread, 0);
        rig.d.expectsNothing();
    }

    /// A07: an older mark than ours changes nothing here, and ours goes out.
    void neverBack()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        rig.heard(1, false);
        const qint64 second = rig.heard(2, false);
        rig.looksAt(second);
        QVERIFY(rig.begins(MarksRig::item(1)));
        QCOMPARE(rig.chat().readKey, second);
        QVERIFY(rig.tellsOurs(2));
        rig.otherDeviceTells(1);
        QCOMPARE(rig.chat().readKey, second);
        rig.d.expectsNothing();
    }

    /// Another device tells it live, by a node or by a marker that is copied to us.
    void otherDevices()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        QVERIFY(rig.begins());
        rig.heard(1);
        rig.heard(2);
        const qint64 third = rig.heard(3);
        QCOMPARE(rig.chat().unread, 3);
        rig.otherDeviceTells(1);
        QCOMPARE(rig.chat().unread, 2);
        rig.d.receives("<message from='romeo@montague.lit'><sent xmlns='urn:xmpp:carbons:2'>"
                       "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' id='x' "
                       "from='romeo@montague.lit/phone' to='juliet@capulet.lit'>"
                       "<displayed xmlns='urn:xmpp:chat-markers:0' id='m3'/></message></forwarded></sent></message>");
        rig.extensions.carbons.setEnabled();
        rig.d.expectsNothing();
        rig.d.receives("<message from='romeo@montague.lit'><sent xmlns='urn:xmpp:carbons:2'>"
                       "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' id='x' "
                       "from='romeo@montague.lit/phone' to='juliet@capulet.lit'>"
                       "<displayed xmlns='urn:xmpp:chat-markers:0' id='m3'/></message></forwarded></sent></message>");
        rig.gathers();
        QCOMPARE(rig.chat().unread, 0);
        QCOMPARE(rig.chat().toldKey, third);
        rig.d.passes(chat::ReadMarks::settleTime);
        rig.settle();
        QVERIFY(rig.tellsOurs(3)); // the node does not know yet
        rig.d.expectsNothing();
    }

    /// What was seen elsewhere may come later than the news of it.
    void beforeItsMessage()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        QVERIFY(rig.begins(MarksRig::item(2)));
        rig.heard(1);
        rig.heard(2);
        QCOMPARE(rig.chat().unread, 2);
        rig.marks->lookAgain();
        rig.settle();
        QCOMPARE(rig.chat().unread, 0);
        rig.heard(3);
        QCOMPARE(rig.chat().unread, 1);
    }

    /// A server that keeps no private nodes gets nothing; she is told all the same.
    void withoutNodes()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        QVERIFY(rig.begins({}, false));
        rig.looksAt(rig.heard(1));
        QVERIFY(rig.tellsHer(1));
        rig.d.expectsNothing();
    }

    /// P20: nothing is said where the node cannot be made private, and the server is not asked for ever.
    void refused()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        QVERIFY(rig.begins());
        rig.looksAt(rig.heard(1, false));
        for (const char *condition : {"conflict", "forbidden"}) {
            rig.d.takeSent();
            rig.d.receives("<iq type='error' id='$id'><error type='cancel'><" + QByteArray(condition)
                           + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            rig.settle();
        }
        rig.looksAt(rig.heard(2, false));
        rig.d.expectsNothing();
    }

    /// Hers move ours: all that arrived before it was seen, too; what failed or was never sent was not.
    void hers()
    {
        MarksRig rig;
        QVERIFY(rig.open());
        rig.online();
        std::vector<store::Message> sent;
        for (int i = 0; i < 3; ++i) {
            sent.push_back(rig.send(QString::number(i)));
            rig.d.takeSent();
            QVERIFY(rig.answersPing());
        }
        rig.hears("juliet@capulet.lit/balcony", "d0",
                  "<displayed xmlns='urn:xmpp:chat-markers:0' id='" + sent[1].stanzaId.toUtf8() + "'/>");
        rig.gathers();
        using State = store::MessageState;
        QCOMPARE(rig.stored(sent[0].key).state, State::Displayed);
        QCOMPARE(rig.stored(sent[1].key).state, State::Displayed);
        QCOMPARE(rig.stored(sent[2].key).state, State::Accepted);
        // A receipt that comes later does not take it back; a stranger's marker says nothing.
        rig.hears("juliet@capulet.lit/balcony", "r0",
                  "<received xmlns='urn:xmpp:receipts' id='" + sent[1].stanzaId.toUtf8() + "'/>");
        rig.hears("mallory@evil.lit/x", "d1",
                  "<displayed xmlns='urn:xmpp:chat-markers:0' id='" + sent[2].stanzaId.toUtf8() + "'/>");
        rig.gathers();
        QCOMPARE(rig.stored(sent[1].key).state, State::Displayed);
        QCOMPARE(rig.stored(sent[2].key).state, State::Accepted);
    }
};

BALCONY_TEST(TestReadMarks)
#include "tst_readmarks.moc"
