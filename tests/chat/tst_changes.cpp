// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatrig.h"
#include "support/testmain.h"

using namespace tests;
using store::MessageState;

namespace {

constexpr auto juliet = "juliet@capulet.lit/chamber";

/// With one of ours that the server has, and one of hers.
struct Talk : ChatRig {
    qint64 own = 0;
    qint64 hers = 0;
    QByteArray ownId;

    bool begin()
    {
        if (!open())
            return false;
        online();
        own = send(QStringLiteral("wherefore art thou")).key;
        ownId = d.takeSent().attribute("id").toUtf8();
        if (!answersPing())
            return false;
        hears(juliet, "hers-number-1", "<body>Romeo</body>");
        gathers();
        hers = messagesWith(peer).back().key;
        return true;
    }
    store::Message last() { return messagesWith(peer).back(); }
};

constexpr std::string_view correctionNs = "urn:xmpp:message-correct:0";
constexpr std::string_view reactionsNs = "urn:xmpp:reactions:0";
constexpr std::string_view retractNs = "urn:xmpp:message-retract:1";

} // namespace

/// Corrections, retractions, reactions and replies: both ways.
class TestChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsACorrection();
    void aRefusedCorrectionCanGoAgain();
    void aRefusedCorrectionCanBeDropped();
    void sendsARetraction();
    void sendsReactions();
    void sendsAReply();
    void refusesWhatCannotBe();
    void hearsAll();
    void hearsACorrectionWithoutItsMessage();
    void hearsMoreOfAMessageThatIsNotHere();
    void aStrangersReactionMakesNoChat();
    void ourOtherDeviceChanges();
};

void TestChanges::sendsACorrection()
{
    Talk rig;
    QVERIFY(rig.begin());
    QSignalSpy edited(&rig.conversations, &chat::Conversations::messageEdited);
    VERIFY_OK(wait(rig.outbox->correct(rig.own, QStringLiteral("wherefore art thou Romeo"))));
    rig.settle();
    QCOMPARE(rig.stored(rig.own).body, QStringLiteral("wherefore art thou Romeo"));
    QCOMPARE(rig.outbox->pending(), 1);
    const xml::Element sent = rig.d.takeSent();
    QCOMPARE(sent.attribute("to"), QStringLiteral("juliet@capulet.lit"));
    QCOMPARE(sent.child("replace", correctionNs).attribute("id").toUtf8(), rig.ownId);
    QCOMPARE(bodyOf(sent), QStringLiteral("wherefore art thou Romeo"));
    QVERIFY(sent.attribute("id").toUtf8() != rig.ownId);
    QVERIFY(sent.child("store", "urn:xmpp:hints"));
    QCOMPARE(rig.stored(rig.own).waiting.state, MessageState::Written);
    QVERIFY(rig.answersPing());
    QCOMPARE(rig.stored(rig.own).waiting.change, 0);
    QCOMPARE(rig.stored(rig.own).state, MessageState::Accepted);
    QCOMPARE(rig.outbox->pending(), 0);
    QVERIFY(edited.count() >= 2);
    // The same text again is no correction.
    VERIFY_OK(wait(rig.outbox->correct(rig.own, QStringLiteral("wherefore art thou Romeo"))));
    rig.d.expectsNothing();
}

void TestChanges::aRefusedCorrectionCanGoAgain()
{
    Talk rig;
    QVERIFY(rig.begin());
    VERIFY_OK(wait(rig.outbox->correct(rig.own, QStringLiteral("other"))));
    rig.settle();
    const QByteArray id = rig.d.takeSent().attribute("id").toUtf8();
    rig.d.receives(
        "<message type='error' from='juliet@capulet.lit' id='" + id
        + "'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
    rig.gathers();
    QCOMPARE(rig.stored(rig.own).waiting.state, MessageState::Failed);
    QCOMPARE(rig.stored(rig.own).waiting.failure.condition, QStringLiteral("service-unavailable"));
    QCOMPARE(rig.stored(rig.own).state, MessageState::Accepted); // the message itself is there
    QVERIFY(rig.answersPing());
    VERIFY_OK(wait(rig.outbox->retry(rig.own)));
    rig.settle();
    const xml::Element again = rig.d.takeSent();
    QCOMPARE(again.attribute("id").toUtf8(), id);
    QCOMPARE(again.child("replace", correctionNs).attribute("id").toUtf8(), rig.ownId);
    QVERIFY(rig.answersPing());
    QCOMPARE(rig.stored(rig.own).waiting.change, 0);
}

void TestChanges::aRefusedCorrectionCanBeDropped()
{
    Talk rig;
    QVERIFY(rig.begin());
    QCOMPARE(wait(rig.outbox->discard(rig.own)).error().condition, QStringLiteral("already-sent"));
    VERIFY_OK(wait(rig.outbox->correct(rig.own, QStringLiteral("other"))));
    rig.settle();
    const QByteArray id = rig.d.takeSent().attribute("id").toUtf8();
    rig.d.receives(
        "<message type='error' from='juliet@capulet.lit' id='" + id
        + "'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
    rig.gathers();
    QSignalSpy edited(&rig.conversations, &chat::Conversations::messageEdited);
    QSignalSpy removed(&rig.conversations, &chat::Conversations::messageRemoved);
    VERIFY_OK(wait(rig.outbox->discard(rig.own)));
    QCOMPARE(rig.stored(rig.own).body, QStringLiteral("wherefore art thou"));
    QVERIFY(!rig.stored(rig.own).edited);
    QCOMPARE(rig.stored(rig.own).waiting.change, 0);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(removed.count(), 0);
    QCOMPARE(wait(rig.outbox->discard(rig.own)).error().condition, QStringLiteral("already-sent"));
}

void TestChanges::sendsARetraction()
{
    Talk rig;
    QVERIFY(rig.begin());
    VERIFY_OK(wait(rig.outbox->retract(rig.own)));
    rig.settle();
    QVERIFY(rig.stored(rig.own).retracted);
    QCOMPARE(rig.stored(rig.own).body, QString());
    const xml::Element sent = rig.d.takeSent();
    QCOMPARE(sent.child("retract", retractNs).attribute("id").toUtf8(), rig.ownId);
    QCOMPARE(sent.child("fallback", "urn:xmpp:fallback:0").attribute("for"),
             QStringLiteral("urn:xmpp:message-retract:1"));
    QVERIFY(!bodyOf(sent).isEmpty()); // for those who do not know it
    QVERIFY(rig.answersPing());
    QCOMPARE(wait(rig.outbox->correct(rig.own, QStringLiteral("x"))).error().condition,
             QStringLiteral("message-retracted"));
}

void TestChanges::sendsReactions()
{
    Talk rig;
    QVERIFY(rig.begin());
    const QString thumb = QStringLiteral("👍");
    VERIFY_OK(wait(rig.outbox->react(rig.hers, thumb, true)));
    rig.settle();
    xml::Element sent = rig.d.takeSent();
    QCOMPARE(sent.child("reactions", reactionsNs).attribute("id"), QStringLiteral("hers-number-1"));
    QCOMPARE(sent.child("reactions", reactionsNs).child("reaction", reactionsNs).text(), thumb);
    QVERIFY(!sent.child("body", "jabber:client"));
    QVERIFY(sent.child("store", "urn:xmpp:hints"));
    QVERIFY(rig.answersPing());
    QCOMPARE(rig.stored(rig.hers).reactions.size(), size_t(1));
    // Again is nothing, off is the empty set.
    VERIFY_OK(wait(rig.outbox->react(rig.hers, thumb, true)));
    rig.d.expectsNothing();
    VERIFY_OK(wait(rig.outbox->react(rig.hers, thumb, false)));
    rig.settle();
    sent = rig.d.takeSent();
    QVERIFY(sent.child("reactions", reactionsNs));
    QVERIFY(!sent.child("reactions", reactionsNs).child("reaction", reactionsNs));
    QVERIFY(rig.stored(rig.hers).reactions.empty());
}

void TestChanges::sendsAReply()
{
    Talk rig;
    QVERIFY(rig.begin());
    chat::Outbox::Draft draft;
    draft.to = rig.peer;
    draft.body = QStringLiteral("Here I am");
    draft.replyTo = rig.hers;
    const auto stored = wait(rig.outbox->send(draft));
    VERIFY_OK(stored);
    rig.settle();
    QCOMPARE(stored->body, draft.body);
    QCOMPARE(stored->replyTo, QStringLiteral("hers-number-1"));
    QVERIFY(stored->answered && stored->answered->key == rig.hers && stored->answered->body == u"Romeo");
    const xml::Element sent = rig.d.takeSent();
    QCOMPARE(sent.child("reply", "urn:xmpp:reply:0").attribute("id"), QStringLiteral("hers-number-1"));
    QCOMPARE(bodyOf(sent), QStringLiteral("> Romeo\nHere I am"));
    QCOMPARE(sent.child("fallback", "urn:xmpp:fallback:0").child("body", "urn:xmpp:fallback:0").attribute("end"),
             QStringLiteral("8"));
    QVERIFY(rig.answersPing());
    // A correction of it is a reply still.
    VERIFY_OK(wait(rig.outbox->correct(stored->key, QStringLiteral("Here"))));
    rig.settle();
    const xml::Element corrected = rig.d.takeSent();
    QVERIFY(corrected.child("reply", "urn:xmpp:reply:0"));
    QCOMPARE(bodyOf(corrected), QStringLiteral("> Romeo\nHere"));
}

void TestChanges::refusesWhatCannotBe()
{
    Talk rig;
    QVERIFY(rig.begin());
    const auto condition = [](const auto &result) { return result.error().condition; };
    QCOMPARE(condition(wait(rig.outbox->correct(rig.hers, QStringLiteral("x")))), QStringLiteral("not-own-message"));
    QCOMPARE(condition(wait(rig.outbox->retract(rig.hers))), QStringLiteral("not-own-message"));
    QCOMPARE(condition(wait(rig.outbox->correct(rig.own, QStringLiteral("  ")))), QStringLiteral("empty-message"));
    QCOMPARE(condition(wait(rig.outbox->correct(12345, QStringLiteral("x")))), QStringLiteral("message-unknown"));
    QCOMPARE(condition(wait(rig.outbox->react(rig.own, QStringLiteral("two words"), true))),
             QStringLiteral("sign-unusable"));
    rig.hears(juliet, {}, "<body>no id</body>");
    rig.gathers();
    QCOMPARE(condition(wait(rig.outbox->react(rig.last().key, QStringLiteral("👍"), true))),
             QStringLiteral("message-without-id"));
    rig.d.goesOffline();
    rig.settle();
    const qint64 queued = rig.send(QStringLiteral("later")).key;
    QCOMPARE(condition(wait(rig.outbox->correct(queued, QStringLiteral("x")))), QStringLiteral("not-sent-yet"));
}

void TestChanges::hearsAll()
{
    Talk rig;
    QVERIFY(rig.begin());
    QSignalSpy added(&rig.conversations, &chat::Conversations::messageAdded);
    QSignalSpy notified(rig.inbox.get(), &chat::Inbox::notified);
    rig.hears(juliet, "c-1-of-juliet",
              "<body>O Romeo</body><replace xmlns='urn:xmpp:message-correct:0' id='hers-number-1'/>");
    rig.hears(juliet, "c-2-of-juliet",
              "<reactions xmlns='urn:xmpp:reactions:0' id='" + rig.ownId + "'><reaction>🎈</reaction></reactions>");
    rig.gathers();
    QCOMPARE(rig.stored(rig.hers).body, QStringLiteral("O Romeo"));
    QVERIFY(rig.stored(rig.hers).edited);
    QCOMPARE(rig.stored(rig.own).reactions.front().signs, QStringList{QStringLiteral("🎈")});
    QCOMPARE(added.count() + notified.count(), 0);
    rig.hears(
        juliet, "c-3-of-juliet",
        "<body>> wherefore\nDeny thy father</body><reply xmlns='urn:xmpp:reply:0' id='" + rig.ownId
            + "'/><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='12'/></fallback>");
    rig.gathers();
    QCOMPARE(rig.last().body, QStringLiteral("Deny thy father"));
    QVERIFY(rig.last().answered && rig.last().answered->key == rig.own);
    rig.hears(juliet, "c-4-of-juliet",
              "<body>gone</body><retract xmlns='urn:xmpp:message-retract:1' id='hers-number-1'/>"
              "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>");
    // Nobody else's.
    rig.hears(juliet, "c-5-of-juliet", "<retract xmlns='urn:xmpp:message-retract:1' id='" + rig.ownId + "'/>");
    rig.gathers();
    QVERIFY(rig.stored(rig.hers).retracted);
    QVERIFY(!rig.stored(rig.own).retracted);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(3));
}

/// It is shown at once; when its message comes, that takes its place.
void TestChanges::hearsACorrectionWithoutItsMessage()
{
    Talk rig;
    QVERIFY(rig.begin());
    QSignalSpy removed(&rig.conversations, &chat::Conversations::messageRemoved);
    rig.hears(juliet, "correction-1",
              "<body>right</body><replace xmlns='urn:xmpp:message-correct:0' id='late-message'/>");
    rig.gathers();
    QCOMPARE(rig.last().body, QStringLiteral("right"));
    QCOMPARE(rig.last().replaces, QStringLiteral("late-message"));
    rig.hears(juliet, "late-message", "<body>wrong</body>");
    rig.gathers();
    QCOMPARE(rig.last().body, QStringLiteral("right"));
    QCOMPARE(rig.last().stanzaId, QStringLiteral("late-message"));
    QVERIFY(rig.last().edited);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(3));
    QCOMPARE(removed.count(), 1);
    // The stanza comes again, as by an archive: nothing is new.
    rig.hears(juliet, "correction-1",
              "<body>right</body><replace xmlns='urn:xmpp:message-correct:0' id='late-message'/>");
    rig.gathers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(3));
}

/// One message, whatever is said of it before it comes; in one group, as a page of an archive is, or one by one.
void TestChanges::hearsMoreOfAMessageThatIsNotHere()
{
    for (const bool together : {true, false}) {
        Talk rig;
        QVERIFY(rig.begin());
        const auto corrects = [&rig, together](const QByteArray &id, const QByteArray &text) {
            rig.hears(juliet, id,
                      "<body>" + text + "</body><replace xmlns='urn:xmpp:message-correct:0' id='late-message'/>");
            if (!together)
                rig.gathers();
        };
        corrects("correction-1", "nearly");
        corrects("correction-2", "right");
        rig.gathers();
        QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(3));
        QCOMPARE(rig.last().body, QStringLiteral("right"));
        rig.hears(juliet, "retraction-1", "<retract xmlns='urn:xmpp:message-retract:1' id='late-message'/>");
        corrects("correction-3", "again");
        rig.gathers();
        QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(3));
        QVERIFY(rig.last().retracted);
        QCOMPARE(rig.last().body, QString());
        rig.hears(juliet, "late-message", "<body>wrong</body>");
        rig.gathers();
        QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(3));
        QVERIFY(rig.last().retracted);
        QCOMPARE(rig.last().stanzaId, QStringLiteral("late-message"));
    }
}

void TestChanges::aStrangersReactionMakesNoChat()
{
    Talk rig;
    QVERIFY(rig.begin());
    rig.hears("mallory@evil.lit/x", "m-1-of-mallory",
              "<reactions xmlns='urn:xmpp:reactions:0' id='hers-number-1'><reaction>👎</reaction></reactions>");
    rig.gathers();
    QVERIFY(!rig.conversations.find(rig.account, jid("mallory@evil.lit")));
    QVERIFY(rig.stored(rig.hers).reactions.empty());
}

void TestChanges::ourOtherDeviceChanges()
{
    Talk rig;
    QVERIFY(rig.begin());
    rig.extensions.carbons.setEnabled();
    rig.d.receives(
        "<message from='romeo@montague.lit' to='romeo@montague.lit/orchard'><sent xmlns='urn:xmpp:carbons:2'>"
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' id='from-phone' "
        "from='romeo@montague.lit/phone' to='juliet@capulet.lit'><body>from the phone</body>"
        "<replace xmlns='urn:xmpp:message-correct:0' id='"
        + rig.ownId + "'/></message></forwarded></sent></message>");
    rig.gathers();
    QCOMPARE(rig.stored(rig.own).body, QStringLiteral("from the phone"));
    QCOMPARE(rig.stored(rig.own).waiting.change, 0);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(2));
}

BALCONY_TEST(TestChanges)
#include "tst_changes.moc"
