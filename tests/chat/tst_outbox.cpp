// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatrig.h"
#include "support/testmain.h"

#include <semaphore>

using namespace tests;
using store::MessageState;

/// The one way out (RELIABILITY 2.2): row first, in order, until the server has it.
class TestOutbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waitsOffline();
    void barrierConfirms();
    void goesAgainWithTheSameId();
    void sendsInOrderAcrossStreams();
    void bounceFails();
    void receiptsMoveForwardOnly();
    void onlyTheAddresseeConfirms();
    void retriesFailed();
    void discardsOnlyWhatWaits();
    void survivesTheProgram();
    void parksPoison();
    void endRightBehindTheAnswer();
    void noAnswerToTheBarrier();
    void isToldBeforeItsChanges();
    void refusesWhatCannotGo();
};

void TestOutbox::waitsOffline()
{
    ChatRig rig;
    rig.d.goesOffline();
    QVERIFY(rig.open());
    QSignalSpy added(&rig.conversations, &chat::Conversations::messageAdded);
    for (int i = 0; i < 3; ++i) {
        const store::Message message = rig.send(QString::number(i));
        QCOMPARE(message.state, MessageState::Queued);
        QVERIFY(!message.stanzaId.isEmpty());
    }
    QCOMPARE(added.count(), 3);
    QCOMPARE(rig.outbox->pending(), 3);
    rig.d.expectsNothing();

    rig.online();
    for (int i = 0; i < 3; ++i) {
        const xml::Element sent = rig.d.takeSent();
        QCOMPARE(bodyOf(sent), QString::number(i));
        QCOMPARE(sent.attribute("to"), QStringLiteral("juliet@capulet.lit"));
        QVERIFY(sent.child("request", "urn:xmpp:receipts"));
        QCOMPARE(sent.child("origin-id", "urn:xmpp:sid:0").attribute("id"), sent.attribute("id"));
    }
    QVERIFY(rig.answersPing());
    rig.d.expectsNothing();
    QCOMPARE(rig.outbox->pending(), 0);
}

void TestOutbox::barrierConfirms()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    const qint64 key = rig.send(QStringLiteral("But soft!")).key;
    QCOMPARE(bodyOf(rig.d.takeSent()), QStringLiteral("But soft!"));
    QCOMPARE(rig.stored(key).state, MessageState::Written); // I4: not "sent" before the server says so
    QCOMPARE(rig.outbox->pending(), 1);
    QVERIFY(rig.answersPing());
    QCOMPARE(rig.stored(key).state, MessageState::Accepted);
    QCOMPARE(rig.outbox->pending(), 0);
}

void TestOutbox::goesAgainWithTheSameId()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    const qint64 key = rig.send(QStringLiteral("once")).key;
    const xml::Element first = rig.d.takeSent();
    QVERIFY(!first.child("delay", "urn:xmpp:delay"));
    (void)rig.d.takeSent(); // the ping: no answer comes any more
    rig.d.goesOffline();
    rig.settle();
    QCOMPARE(rig.outbox->pending(), 1);

    rig.d.passes(std::chrono::minutes(5));
    rig.online();
    const xml::Element again = rig.d.takeSent();
    QCOMPARE(again.attribute("id"), first.attribute("id"));
    QCOMPARE(bodyOf(again), QStringLiteral("once"));
    const xml::Element delay = again.child("delay", "urn:xmpp:delay"); // I3
    QCOMPARE(delay.attribute("stamp"), QStringLiteral("2026-01-01T12:00:00Z"));
    QVERIFY(rig.answersPing());
    QCOMPARE(rig.stored(key).state, MessageState::Accepted);
    rig.d.expectsNothing();
}

void TestOutbox::sendsInOrderAcrossStreams()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    for (int i = 0; i < 40; ++i) // more than one batch
        (void)rig.send(QString::number(i));
    rig.d.goesOffline();
    rig.settle();
    while (rig.d.unexpected())
        (void)rig.d.takeSent();
    (void)rig.send(QStringLiteral("40"));
    rig.online();
    int next = 0;
    while (rig.d.unexpected()) {
        const xml::Element sent = rig.d.takeSent();
        if (sent.name() == "message") {
            QCOMPARE(bodyOf(sent), QString::number(next++));
        } else {
            rig.d.receives("<iq type='result' id='$id'/>");
            rig.settle();
        }
    }
    QCOMPARE(next, 41);
    QCOMPARE(rig.outbox->pending(), 0);
}

void TestOutbox::bounceFails()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    const qint64 key = rig.send(QStringLiteral("hello")).key;
    const QByteArray id = rig.d.takeSent().attribute("id").toUtf8();
    QVERIFY(rig.answersPing());
    const QByteArray error =
        "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    rig.d.receives("<message type='error' from='mallory@evil.lit' id='" + id + "'>" + error + "</message>");
    rig.gathers();
    QCOMPARE(rig.stored(key).state, MessageState::Accepted); // nobody else can make it fail
    rig.d.receives("<message type='error' from='juliet@capulet.lit' id='" + id + "'>" + error + "</message>");
    rig.gathers();
    QCOMPARE(rig.stored(key).state, MessageState::Failed);
    QCOMPARE(rig.stored(key).failure.condition, QStringLiteral("service-unavailable"));
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->lastState, MessageState::Failed);
    QCOMPARE(rig.outbox->pending(), 0);
}

void TestOutbox::receiptsMoveForwardOnly()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    const qint64 key = rig.send(QStringLiteral("hello")).key;
    const QByteArray id = rig.d.takeSent().attribute("id").toUtf8();
    const QDateTime written = rig.stored(key).times.written;
    QVERIFY(written.isValid());
    rig.hears("juliet@capulet.lit/chamber", "r1",
              "<received xmlns='urn:xmpp:receipts' id='" + id
                  + "'/><delay xmlns='urn:xmpp:delay' from='montague.lit' stamp='2020-02-03T04:05:06Z'/>");
    rig.gathers();
    QCOMPARE(rig.stored(key).state, MessageState::Delivered);
    // Since when, and not since when it is known: the receipt waited at our server.
    QCOMPARE(rig.stored(key).times.delivered, QDateTime(QDate(2020, 2, 3), QTime(4, 5, 6), Qt::UTC));
    QCOMPARE(rig.stored(key).times.written, written);
    QCOMPARE(rig.outbox->pending(), 0);
    QVERIFY(rig.answersPing()); // the barrier's answer comes after it
    QCOMPARE(rig.stored(key).state, MessageState::Delivered);
    rig.d.receives(
        "<message type='error' from='juliet@capulet.lit' id='" + id
        + "'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
    rig.gathers();
    QCOMPARE(rig.stored(key).state, MessageState::Delivered);
}

void TestOutbox::onlyTheAddresseeConfirms()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    const qint64 key = rig.send(QStringLiteral("hello")).key;
    const QByteArray id = rig.d.takeSent().attribute("id").toUtf8();
    rig.hears("mallory@evil.lit/x", "r1", "<received xmlns='urn:xmpp:receipts' id='" + id + "'/>");
    rig.gathers();
    QCOMPARE(rig.stored(key).state, MessageState::Written);
    QCOMPARE(rig.outbox->pending(), 1);
}

void TestOutbox::retriesFailed()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    const store::Message message = rig.send(QStringLiteral("again"));
    (void)rig.d.takeSent();
    QVERIFY(rig.answersPing());
    rig.d.receives(
        "<message type='error' from='juliet@capulet.lit' id='" + message.stanzaId.toUtf8()
        + "'><error type='wait'><remote-server-timeout xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
    rig.gathers();
    QCOMPARE(rig.stored(message.key).state, MessageState::Failed);
    VERIFY_OK(wait(rig.outbox->retry(message.key)));
    rig.settle();
    QCOMPARE(rig.d.takeSent().attribute("id"), message.stanzaId);
    QVERIFY(rig.answersPing());
    QCOMPARE(rig.stored(message.key).state, MessageState::Accepted);
}

void TestOutbox::discardsOnlyWhatWaits()
{
    ChatRig rig;
    rig.d.goesOffline();
    QVERIFY(rig.open());
    const qint64 waiting = rig.send(QStringLiteral("never mind")).key;
    QSignalSpy removed(&rig.conversations, &chat::Conversations::messageRemoved);
    VERIFY_OK(wait(rig.outbox->discard(waiting)));
    QCOMPARE(removed.count(), 1);
    QCOMPARE(rig.outbox->pending(), 0);
    rig.online();
    rig.d.expectsNothing();
    const qint64 sent = rig.send(QStringLiteral("too late")).key;
    QCOMPARE(wait(rig.outbox->discard(sent)).error().condition, QStringLiteral("already-sent"));
    QCOMPARE(wait(rig.outbox->discard(12345)).error().condition, QStringLiteral("message-unknown"));
}

void TestOutbox::survivesTheProgram()
{
    QTemporaryDir dir;
    store::StoreOptions options;
    options.folder = dir.filePath(QStringLiteral("profile"));
    QString id;
    {
        ChatRig rig(options);
        rig.d.goesOffline();
        QVERIFY(rig.open());
        id = rig.send(QStringLiteral("still here")).stanzaId;
    }
    ChatRig rig(options);
    rig.d.goesOffline();
    QVERIFY(rig.open());
    QTRY_COMPARE_WITH_TIMEOUT(rig.outbox->pending(), 1, 60000);
    rig.d.passes(std::chrono::hours(1));
    rig.online();
    QTRY_VERIFY_WITH_TIMEOUT(rig.d.unexpected() >= 1, 60000);
    const xml::Element sent = rig.d.takeSent();
    QCOMPARE(bodyOf(sent), QStringLiteral("still here"));
    QCOMPARE(sent.attribute("id"), id);
    QVERIFY(sent.child("delay", "urn:xmpp:delay"));
}

/// A message that ends every stream must not do so for ever, nor take the others with it (I14).
void TestOutbox::parksPoison()
{
    ChatRig rig;
    rig.d.goesOffline();
    QVERIFY(rig.open());
    const qint64 good = rig.send(QStringLiteral("good")).key;
    const qint64 bad = rig.send(QStringLiteral("bad")).key;
    const qint64 late = rig.send(QStringLiteral("late")).key;
    int streams = 0;
    while (rig.outbox->pending() > 0 && streams < 12) {
        ++streams;
        rig.online();
        bool broken = false;
        while (rig.d.unexpected() && !broken) {
            const xml::Element sent = rig.d.takeSent();
            if (bodyOf(sent) == u"bad") {
                rig.client().down({Error::Kind::Stream, QStringLiteral("policy-violation"), {}});
                broken = true;
            } else if (sent.name() == "iq") {
                rig.d.receives("<iq type='result' id='$id'/>");
            }
            rig.settle();
        }
        while (rig.d.unexpected())
            (void)rig.d.takeSent();
        if (!broken)
            rig.d.goesOffline();
        rig.settle();
    }
    QVERIFY2(streams < 8, qPrintable(QString::number(streams)));
    QCOMPARE(rig.stored(good).state, MessageState::Accepted);
    QCOMPARE(rig.stored(late).state, MessageState::Accepted);
    QCOMPARE(rig.stored(bad).state, MessageState::Failed);
    QCOMPARE(rig.stored(bad).failure.condition, QStringLiteral("refused-by-server"));
}

/// What the server has is told as accepted, also where the stream ends before that is on disk.
void TestOutbox::endRightBehindTheAnswer()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    std::vector<MessageState> told;
    connect(&rig.conversations, &chat::Conversations::messageChanged, this,
            [&told](const store::Message &message) { told.push_back(message.state); });
    const qint64 key = rig.send(QStringLiteral("just in time")).key;
    (void)rig.d.takeSent();
    (void)rig.d.takeSent(); // the ping
    rig.d.receives("<iq type='result' id='$id'/>");
    rig.d.goesOffline();
    rig.settle();
    QCOMPARE(rig.stored(key).state, MessageState::Accepted);
    QCOMPARE(rig.outbox->pending(), 0);
    QVERIFY(!told.empty() && told.back() == MessageState::Accepted);
    rig.online();
    rig.d.expectsNothing();
}

void TestOutbox::noAnswerToTheBarrier()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.online();
    QSignalSpy unanswered(rig.outbox.get(), &chat::Outbox::unanswered);
    const qint64 key = rig.send(QStringLiteral("hello?")).key;
    rig.d.passes(std::chrono::seconds(31));
    rig.settle();
    QCOMPARE(unanswered.count(), 1);
    QCOMPARE(rig.stored(key).state, MessageState::Written);
    QCOMPARE(rig.outbox->pending(), 1);
}

/// Whoever shows messages hears of a message before he hears that it changed. So it is told at once, however long reading
/// takes: another batch may be taking it along already.
void TestOutbox::isToldBeforeItsChanges()
{
    const QTemporaryDir folder;
    store::StoreOptions options;
    options.folder = folder.path();
    std::binary_semaphore gate(0); // outlives the thread that waits for it
    ChatRig rig(options);          // in a file, so that reading has a thread of its own
    QVERIFY(rig.open());
    rig.online();
    QSignalSpy added(&rig.conversations, &chat::Conversations::messageAdded);
    QSignalSpy listed(&rig.conversations, &chat::Conversations::added);
    Scope scope;
    std::optional<Result<int>> read;
    scope.run(tests::into(&read, rig.store.read([&gate](store::Reader &) -> Result<int> {
        gate.acquire();
        return 0;
    })));
    const auto opened = qScopeGuard([&gate] { gate.release(); }); // whatever happens
    std::optional<Result<store::Message>> answer;
    chat::Outbox::Draft draft;
    draft.to = rig.peer;
    draft.body = QStringLiteral("at once");
    scope.run(tests::into(&answer, rig.outbox->send(draft)));
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, 20000);
    QCOMPARE(listed.count(), 1); // with its chat
    QVERIFY(!read);
}

void TestOutbox::refusesWhatCannotGo()
{
    ChatRig rig;
    QVERIFY(rig.open());
    chat::Outbox::Draft draft;
    draft.to = rig.peer;
    draft.body = QStringLiteral(" \n");
    QCOMPARE(wait(rig.outbox->send(draft)).error().condition, QStringLiteral("empty-message"));
    draft.body = QString(300 * 1024, u'x');
    QCOMPARE(wait(rig.outbox->send(draft)).error().condition, QStringLiteral("message-too-large"));
    draft.body = QStringLiteral("x");
    draft.to = Jid();
    QCOMPARE(wait(rig.outbox->send(draft)).error().condition, QStringLiteral("jid-malformed"));
    draft.to = rig.peer;
    draft.id = QStringLiteral("my-own-long-id");
    VERIFY_OK(wait(rig.outbox->send(draft)));
    draft.body = QStringLiteral("y");
    QCOMPARE(wait(rig.outbox->send(draft)).error().condition, QStringLiteral("id-in-use"));
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(1));
}

BALCONY_TEST(TestOutbox)
#include "tst_outbox.moc"
