// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatrig.h"
#include "chat/storagewatch.h"
#include "support/faultvfs.h"
#include "support/testmain.h"

#include <sqlite3.h>

using namespace tests;
using store::MessageState;

/// The one way in (ARCHITECTURE rule 5): groups, one transaction, and only then answers and news.
class TestInbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAfterTheCommit();
    void storesInGroups();
    void knowsDuplicates();
    void leavesOutWhatHasNoPlace();
    void countsUnread();
    void readsOnScreen();
    void saysWhoTypes();
    void notifiesUnlessMuted();
    void fullDiskLosesNothing();
    void poisonDoesNotBlock();
    void pushesBack();
};

namespace {

const QByteArray juliet = "juliet@capulet.lit/chamber";

QByteArray body(const QByteArray &text)
{
    return "<body>" + text + "</body><request xmlns='urn:xmpp:receipts'/>";
}

} // namespace

void TestInbox::answersAfterTheCommit()
{
    ChatRig rig;
    QVERIFY(rig.open());
    QSignalSpy added(&rig.conversations, &chat::Conversations::messageAdded);
    rig.hears(juliet, "m-1-of-many", body("Ay me!"));
    rig.d.passes(chat::Inbox::groupTime);
    rig.d.expectsNothing(); // on its way to the store
    QCOMPARE(added.count(), 0);
    rig.settle();
    QCOMPARE(added.count(), 1);
    rig.d.expects(
        "<message to='juliet@capulet.lit/chamber' type='chat' id='*'><received xmlns='urn:xmpp:receipts' id='m-1-of-many'/>"
        "<store xmlns='urn:xmpp:hints'/></message>");
    const auto messages = rig.messagesWith(rig.peer);
    QCOMPARE(messages.size(), size_t(1));
    QCOMPARE(messages[0].body, QStringLiteral("Ay me!"));
    QCOMPARE(messages[0].author, jid(juliet));
    QCOMPARE(messages[0].state, MessageState::Received);
}

void TestInbox::storesInGroups()
{
    ChatRig rig;
    QVERIFY(rig.open());
    for (int i = 0; i < 100; ++i)
        rig.hears(juliet, "message-" + QByteArray::number(i), body(QByteArray::number(i)));
    rig.gathers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), chat::Inbox::groupSize);
    QCOMPARE(rig.inbox->queued(), 36);
    rig.gathers();
    const auto messages = rig.messagesWith(rig.peer);
    QCOMPARE(messages.size(), size_t(100));
    for (int i = 0; i < 100; ++i)
        QCOMPARE(messages[size_t(i)].body, QString::number(i));
    QCOMPARE(rig.d.unexpected(), 100); // a receipt each
}

void TestInbox::knowsDuplicates()
{
    ChatRig rig;
    QVERIFY(rig.open());
    QSignalSpy added(&rig.conversations, &chat::Conversations::messageAdded);
    rig.hears(juliet, "same-long-id", body("one"));
    rig.gathers();
    rig.hears(juliet, "same-long-id", body("one"));
    rig.gathers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(1)); // I8
    QCOMPARE(added.count(), 1);
    QCOMPARE(rig.d.unexpected(), 2); // the first receipt may have been lost
    // Another author with the same id is another message.
    rig.hears("mallory@evil.lit/x", "same-long-id", body("two"));
    rig.gathers();
    QCOMPARE(added.count(), 2);
}

void TestInbox::leavesOutWhatHasNoPlace()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.d.receives("<message type='groupchat' from='room@muc.lit/nick' id='g'><body>never joined</body></message>");
    rig.d.receives("<message type='error' from='juliet@capulet.lit' id='e'><body>echo</body><error type='cancel'>"
                   "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
    rig.hears(juliet, "empty", "<active xmlns='http://jabber.org/protocol/chatstates'/>");
    rig.gathers();
    QVERIFY(rig.conversations.all().empty());
    rig.d.expectsNothing();
    rig.online();
    // A receipt that brings a text as well loses neither.
    const qint64 key = rig.send(QStringLiteral("hi")).key;
    const QByteArray id = rig.d.takeSent().attribute("id").toUtf8();
    rig.hears(juliet, "both-of-them", "<body>got it</body><received xmlns='urn:xmpp:receipts' id='" + id + "'/>");
    rig.gathers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(2));
    QCOMPARE(rig.stored(key).state, MessageState::Delivered);
}

void TestInbox::countsUnread()
{
    ChatRig rig;
    QVERIFY(rig.open());
    for (int i = 0; i < 3; ++i)
        rig.hears(juliet, "unread-id-" + QByteArray::number(i), body("x"));
    rig.gathers();
    const store::Conversation *chat = rig.conversations.find(rig.account, rig.peer);
    QVERIFY(chat);
    QCOMPARE(chat->unread, 3);
    const auto messages = rig.messagesWith(rig.peer);
    VERIFY_OK(wait(rig.conversations.markRead(chat->id, messages[1].key)));
    QCOMPARE(rig.conversations.find(chat->id)->unread, 1);
    VERIFY_OK(wait(rig.conversations.markRead(chat->id, messages[0].key))); // never back
    QCOMPARE(rig.conversations.find(chat->id)->unread, 1);
    VERIFY_OK(wait(rig.conversations.markRead(chat->id, messages[2].key)));
    QCOMPARE(rig.conversations.find(chat->id)->unread, 0);
}

void TestInbox::readsOnScreen()
{
    ChatRig rig;
    QVERIFY(rig.open());
    const auto id = wait(rig.conversations.open(rig.account, rig.peer));
    VERIFY_OK(id);
    rig.conversations.setVisible(*id);
    QSignalSpy notified(rig.inbox.get(), &chat::Inbox::notified);
    rig.hears(juliet, "seen-at-once", body("x"));
    rig.gathers();
    QCOMPARE(rig.conversations.find(*id)->unread, 0);
    QCOMPARE(rig.conversations.find(*id)->readKey, rig.messagesWith(rig.peer)[0].key);
    QCOMPARE(notified.count(), 0);
    rig.conversations.setVisible(0);
    rig.hears(juliet, "seen-later-on", body("y"));
    rig.gathers();
    QCOMPARE(rig.conversations.find(*id)->unread, 1);
    QCOMPARE(notified.count(), 1);
}

void TestInbox::saysWhoTypes()
{
    ChatRig rig;
    QVERIFY(rig.open());
    rig.hears(juliet, "first-message", body("x"));
    rig.gathers();
    QSignalSpy typing(&rig.conversations, &chat::Conversations::typing);
    const auto last = [&] { return typing.isEmpty() ? QVariant() : typing.last().at(1); };
    const QByteArray composing = "<composing xmlns='http://jabber.org/protocol/chatstates'/>";
    rig.hears(juliet, "c1", composing);
    QCOMPARE(last(), QVariant(true));
    rig.hears(juliet, "c2", "<paused xmlns='http://jabber.org/protocol/chatstates'/>");
    QCOMPARE(last(), QVariant(false));
    rig.hears(juliet, "c3", composing);
    QCOMPARE(last(), QVariant(true));
    rig.d.passes(chat::Inbox::longestTyping); // nobody ended it
    QCOMPARE(last(), QVariant(false));
    rig.settle();
    rig.hears(juliet, "c4", composing);
    QCOMPARE(last(), QVariant(true));
    rig.d.goesOffline();
    QCOMPARE(last(), QVariant(false));
    QCOMPARE(typing.count(), 6);
    rig.settle();
}

void TestInbox::notifiesUnlessMuted()
{
    ChatRig rig;
    QVERIFY(rig.open());
    const auto id = wait(rig.conversations.open(rig.account, rig.peer));
    VERIFY_OK(id);
    QSignalSpy notified(rig.inbox.get(), &chat::Inbox::notified);
    VERIFY_OK(wait(rig.conversations.setMutedUntil(*id, rig.d.clock().now().addSecs(3600))));
    rig.hears(juliet, "while-it-is-muted", body("x"));
    rig.gathers();
    QCOMPARE(notified.count(), 0);
    rig.d.passes(std::chrono::hours(2)); // over by itself
    rig.hears(juliet, "after-it-was-muted", body("y"));
    rig.gathers();
    QCOMPARE(notified.count(), 1);
}

/// I12: a full disk stops acknowledging and sending; nothing is dropped, and all goes on when there is room.
void TestInbox::fullDiskLosesNothing()
{
    QTemporaryDir dir;
    FaultVfs vfs;
    store::StoreOptions options;
    options.folder = dir.filePath(QStringLiteral("profile"));
    options.vfs = vfs.name();
    ChatRig rig(options);
    chat::StorageWatch watch(rig.store, rig.d.clock());
    QVERIFY(rig.open());
    rig.d.goesOnline();
    rig.outbox->resume();
    rig.settle();
    QSignalSpy failed(rig.inbox.get(), &chat::Inbox::storageFailed);
    QSignalSpy added(&rig.conversations, &chat::Conversations::messageAdded);
    QSignalSpy trouble(&watch, &chat::StorageWatch::changed);
    vfs.failAt(1, SQLITE_FULL);
    rig.hears(juliet, "on-a-full-disk", body("x"));
    rig.d.passes(chat::Inbox::groupTime);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 60000);
    QVERIFY(watch.trouble());
    QCOMPARE(watch.trouble()->condition, QStringLiteral("disk-full"));
    QCOMPARE(trouble.count(), 1);
    chat::Outbox::Draft draft;
    draft.to = rig.peer;
    draft.body = QStringLiteral("y");
    QCOMPARE(wait(rig.outbox->send(draft)).error().condition, QStringLiteral("disk-full")); // the composer keeps it
    rig.d.expectsNothing();
    QCOMPARE(added.count(), 0);

    vfs.heal();
    rig.d.passes(std::chrono::seconds(10) + chat::Inbox::groupTime);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(!watch.trouble(), 60000);
    QCOMPARE(trouble.count(), 2);
    QCOMPARE(rig.d.unexpected(), 1); // the receipt
    VERIFY_OK(wait(rig.outbox->send(draft)));
    rig.settle();
}

/// I11: what cannot be stored for its own sake is kept raw and holds up nobody.
void TestInbox::poisonDoesNotBlock()
{
    QTemporaryDir dir;
    store::StoreOptions options;
    options.folder = dir.filePath(QStringLiteral("profile"));
    {
        ChatRig rig(options);
        QVERIFY(rig.open());
        VERIFY_OK(wait(rig.conversations.open(rig.account, rig.peer)));
    }
    {
        // A profile that holds as many chats as it can.
        auto raw =
            store::Database::open(options.folder + QStringLiteral("/balcony.db"), store::Database::Mode::ReadWrite);
        VERIFY_OK(raw);
        VERIFY_OK((*raw)->execute("UPDATE sqlite_sequence SET seq = 1048575 WHERE name = 'conversations'"));
    }
    ChatRig rig(options);
    QVERIFY(rig.open());
    QSignalSpy added(&rig.conversations, &chat::Conversations::messageAdded);
    QSignalSpy parked(rig.inbox.get(), &chat::Inbox::parkedOne);
    rig.hears(juliet, "the-one-before", body("1"));
    rig.hears("stranger@evil.lit/x", "the-poison-one", body("2"));
    rig.hears(juliet, "the-one-behind", body("3"));
    rig.d.passes(chat::Inbox::groupTime);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 2, 60000);
    QCOMPARE(parked.count(), 1);
    QCOMPARE(rig.inbox->parked(), 1);
    QCOMPARE(rig.inbox->queued(), 0);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(2));
}

void TestInbox::pushesBack()
{
    ChatRig rig;
    QVERIFY(rig.open());
    QSignalSpy full(rig.inbox.get(), &chat::Inbox::fullChanged);
    const QByteArray stanza =
        "<message type='chat' from='juliet@capulet.lit/x'><active xmlns='http://jabber.org/protocol/chatstates'/></message>";
    for (size_t i = 0; i < chat::Inbox::mostQueued; ++i)
        rig.d.receives(stanza);
    QCOMPARE(full.count(), 1);
    QVERIFY(rig.inbox->isFull());
    rig.gathers();
    rig.gathers();
    QVERIFY(!rig.inbox->isFull());
    QCOMPARE(full.count(), 2);
}

BALCONY_TEST(TestInbox)
#include "tst_inbox.moc"
