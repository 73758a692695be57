// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/search.h"
#include "store/storage.h"
#include "support/testmain.h"

using namespace tests;
using store::MessageState;
using store::NewMessage;

/// Storing messages: order, duplicates, states, counters.
class TestMessages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsEveryField();
    void ordersLiveMessagesByArrival();
    void ordersArchivedMessagesByTime();
    void keepsAnArchivesOrderAgainstItsClock();
    void givesTiesDifferentKeys();
    void survivesImpossibleTimes_data();
    void survivesImpossibleTimes();
    void findsDuplicates_data();
    void findsDuplicates();
    void keepsRoomAuthorsApart();
    void mergesWhatADuplicateBrings();
    void movesStatesOnlyForward_data();
    void movesStatesOnlyForward();
    void keepsTheFailure();
    void keepsTheTimeOfEachState();
    void aCopyTellsWhenTheServerHadIt();
    void findsByIds();
    void countsUnread();
    void editsAndRetracts();
    void removes();
    void putsInOrder();
    void refusesUnknownConversations();
};

void TestMessages::keepsEveryField()
{
    Chat chat;
    NewMessage message = chat.incoming(QStringLiteral("Grüße, 世界 🎈"), QStringLiteral("stanza-1"), at(0, 123));
    message.originId = QStringLiteral("origin-1");
    message.archiveId = QStringLiteral("archive-1");
    message.occupantId = QStringLiteral("occupant-1");
    message.encryption = store::Encryption::Omemo;
    message.replaces = QStringLiteral("stanza-0");
    message.replyTo = QStringLiteral("stanza-00");
    message.payload = QByteArray("<x xmlns='y'/>\0z", 16);
    const auto stored = chat.messages.append(message);
    VERIFY_OK(stored);
    QVERIFY(!stored->duplicate);
    const auto read = chat.messages.require(stored->key);
    VERIFY_OK(read);
    QCOMPARE(read->key, stored->key);
    QCOMPARE(read->conversation, chat.id);
    QCOMPARE(read->outgoing, false);
    QCOMPARE(read->author, message.author);
    QCOMPARE(read->body, message.body);
    QCOMPARE(read->time, message.time);
    QCOMPARE(read->state, MessageState::Received);
    QCOMPARE(read->stanzaId, message.stanzaId);
    QCOMPARE(read->originId, message.originId);
    QCOMPARE(read->archiveId, message.archiveId);
    QCOMPARE(read->occupantId, message.occupantId);
    QCOMPARE(read->encryption, message.encryption);
    QCOMPARE(read->replaces, message.replaces);
    QCOMPARE(read->replyTo, message.replyTo);
    QCOMPARE(read->payload, message.payload);
    const auto row = chat.row();
    QCOMPARE(row.lastKey, stored->key);
    QCOMPARE(row.lastPreview, message.body);
    QCOMPARE(row.lastTime, message.time);
    QCOMPARE(row.lastAuthor, message.author);
    QCOMPARE(row.count, 1);
}

void TestMessages::ordersLiveMessagesByArrival()
{
    Chat chat;
    const auto first = chat.messages.append(chat.incoming(QStringLiteral("1"), QStringLiteral("stanza-1"), at(100)));
    const auto second = chat.messages.append(
        chat.incoming(QStringLiteral("2"), QStringLiteral("stanza-2"), at(50))); // the clock jumped
    VERIFY_OK(first);
    VERIFY_OK(second);
    QVERIFY(second->key > first->key);
    QCOMPARE(chat.messages.require(second->key)->time, at(50));
    QCOMPARE(chat.row().lastKey, second->key);
}

void TestMessages::ordersArchivedMessagesByTime()
{
    Chat chat;
    NewMessage newer = chat.incoming(QStringLiteral("newer"), QStringLiteral("stanza-1"), at(100));
    NewMessage older = chat.incoming(QStringLiteral("older"), QStringLiteral("stanza-2"), at(50));
    older.place = NewMessage::Place::ByTime;
    const auto a = chat.messages.append(newer);
    const auto b = chat.messages.append(older);
    VERIFY_OK(a);
    VERIFY_OK(b);
    QVERIFY(b->key < a->key);
    QCOMPARE(chat.row().lastPreview, QStringLiteral("newer"));
    QCOMPARE(chat.row().count, 2);
}

void TestMessages::keepsAnArchivesOrderAgainstItsClock()
{
    Chat chat;
    qint64 last = 0;
    for (int i = 0; i < 10; ++i) {
        NewMessage message = chat.incoming(QString::number(i), QStringLiteral("stanza-%1").arg(i), at(100 - i));
        message.place = NewMessage::Place::ByTime;
        message.after = last;
        const auto stored = chat.messages.append(message);
        VERIFY_OK(stored);
        QVERIFY(stored->key > last);
        last = stored->key;
    }
}

void TestMessages::givesTiesDifferentKeys()
{
    Chat chat;
    qint64 last = 0;
    for (int i = 0; i < 50; ++i) { // more than a millisecond has slots
        NewMessage message = chat.incoming(QString::number(i), QStringLiteral("stanza-%1").arg(i), at(0));
        message.place = NewMessage::Place::ByTime;
        const auto stored = chat.messages.append(message);
        VERIFY_OK(stored);
        QVERIFY(stored->key > last);
        last = stored->key;
    }
    const auto page = chat.messages.page(chat.id, {});
    VERIFY_OK(page);
    QCOMPARE(page->messages.size(), size_t(50));
    for (int i = 0; i < 50; ++i)
        QCOMPARE(page->messages[size_t(i)].body, QString::number(i));
}

void TestMessages::survivesImpossibleTimes_data()
{
    QTest::addColumn<QDateTime>("time");
    QTest::newRow("before 2000") << QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
    QTest::newRow("far past") << QDateTime::fromMSecsSinceEpoch(-62135596800000, Qt::UTC);
    QTest::newRow("far future") << QDateTime::fromMSecsSinceEpoch(253402300799999, Qt::UTC);
    QTest::newRow("absurd") << QDateTime::fromMSecsSinceEpoch(std::numeric_limits<qint64>::max() / 2, Qt::UTC);
}

void TestMessages::survivesImpossibleTimes()
{
    QFETCH(QDateTime, time);
    Chat chat;
    const auto odd = chat.messages.append(chat.incoming(QStringLiteral("odd"), QStringLiteral("stanza-1"), time));
    VERIFY_OK(odd);
    const auto next = chat.messages.append(chat.incoming(QStringLiteral("next"), QStringLiteral("stanza-2"), at(0)));
    VERIFY_OK(next);
    QVERIFY(next->key > odd->key);
    const auto page = chat.messages.page(chat.id, {});
    VERIFY_OK(page);
    QCOMPARE(page->messages.size(), size_t(2));
    QCOMPARE(page->messages[0].time, time);
    QCOMPARE(page->messages[0].conversation, chat.id);
}

void TestMessages::findsDuplicates_data()
{
    QTest::addColumn<bool>("outgoing");
    QTest::addColumn<QStringList>("first"); // author, body, stanza id, origin id, archive id
    QTest::addColumn<QStringList>("second");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("duplicate");
    // Author, body, stanza id, origin id, archive id.
    const auto row = [](const char *name, const char *first, const char *second, bool duplicate, int seconds = 0,
                        bool outgoing = false) {
        QTest::newRow(name) << outgoing << QString::fromLatin1(first).split(QLatin1Char(';'))
                            << QString::fromLatin1(second).split(QLatin1Char(';')) << seconds << duplicate;
    };
    row("same stanza", "b@x.org/a;x;0123456789;;", "b@x.org/a;x;0123456789;;", true);
    row("another resource", "b@x.org/a;x;0123456789;;", "b@x.org/b;x;0123456789;;", true);
    row("much later", "b@x.org/a;x;0123456789;;", "b@x.org/a;x;0123456789;;", true, 86400);
    row("not decrypted the second time", "b@x.org/a;x;0123456789;;", "b@x.org/a;[encrypted];0123456789;;", true);
    row("origin id equals id", "b@x.org/a;x;0123456789;;", "b@x.org/a;x;9876543210;0123456789;", true);
    row("origin id twice", "b@x.org/a;x;0123456789;origin-id;", "b@x.org/a;x;9876543210;origin-id;", true);
    row("archive id", "b@x.org/a;x;;;archive-1", "b@x.org/a;x;;;archive-1", true);
    row("another author", "b@x.org/a;x;0123456789;;", "c@x.org/a;x;0123456789;;", false);
    row("no ids", "b@x.org/a;x;;;", "b@x.org/a;x;;;", false);
    row("other ids", "b@x.org/a;x;0123456789;;", "b@x.org/a;x;9876543210;;", false);
    row("short id, same text", "b@x.org/a;x;12;;", "b@x.org/a;x;12;;", true, 60);
    row("short id, other text", "b@x.org/a;x;12;;", "b@x.org/a;y;12;;", false, 60);
    row("short id, later", "b@x.org/a;x;12;;", "b@x.org/a;x;12;;", false, 301);
    row("archived twice with two texts", "b@x.org/a;x;0123456789;;archive-1", "b@x.org/a;y;0123456789;;archive-2",
        false);
    row("resent and archived twice", "b@x.org/a;x;0123456789;;archive-1", "b@x.org/a;x;0123456789;;archive-2", true);
    row("own from the archive", "a@x.org;x;0123456789;0123456789;", "a@x.org/here;x;0123456789;0123456789;archive-1",
        true, 5, true);
}

void TestMessages::findsDuplicates()
{
    QFETCH(bool, outgoing);
    QFETCH(QStringList, first);
    QFETCH(QStringList, second);
    QFETCH(int, seconds);
    QFETCH(bool, duplicate);
    Chat chat;
    const auto make = [&](const QStringList &fields, const QDateTime &time) {
        NewMessage message = chat.incoming(fields[1], fields[2], time);
        message.outgoing = outgoing;
        message.author = Jid::fromWire(fields[0]);
        message.originId = fields[3];
        message.archiveId = fields[4];
        message.state = outgoing ? MessageState::Accepted : MessageState::Received;
        return message;
    };
    const auto a = chat.messages.append(make(first, at(0)));
    const auto b = chat.messages.append(make(second, at(seconds)));
    VERIFY_OK(a);
    VERIFY_OK(b);
    QCOMPARE(b->duplicate, duplicate);
    QCOMPARE(b->key == a->key, duplicate);
    QCOMPARE(chat.row().count, duplicate ? 1 : 2);
    QCOMPARE(chat.row().unread, outgoing ? 0 : duplicate ? 1 : 2);
    // Whatever comes again finds its place again.
    const auto again = chat.messages.append(make(second, at(seconds)));
    VERIFY_OK(again);
    if (second[2].isEmpty() && second[3].isEmpty() && second[4].isEmpty())
        QVERIFY(!again->duplicate);
    else
        QCOMPARE(again->key, b->key);
}

void TestMessages::keepsRoomAuthorsApart()
{
    Chat room(store::ConversationKind::Groupchat);
    NewMessage one = room.incoming(QStringLiteral("x"), QStringLiteral("0123456789"), at(0));
    one.author = jid("b@example.org/one");
    NewMessage two = one;
    two.author = jid("b@example.org/two");
    const auto a = room.messages.append(one);
    const auto b = room.messages.append(two);
    VERIFY_OK(b);
    QVERIFY(!b->duplicate);
    // Somebody else took the nick.
    NewMessage three = one;
    one.occupantId = QStringLiteral("occupant-1");
    three.occupantId = QStringLiteral("occupant-2");
    QVERIFY(room.messages.append(one)->duplicate);
    QVERIFY(!room.messages.append(three)->duplicate);
    QCOMPARE(room.messages.findFrom(room.id, jid("b@example.org/two"), QStringLiteral("0123456789"))->value().key,
             b->key);
    QCOMPARE(room.messages.require(a->key)->occupantId, QStringLiteral("occupant-1"));
}

void TestMessages::mergesWhatADuplicateBrings()
{
    Chat chat;
    const auto sent = chat.messages.append(chat.outgoing(QStringLiteral("x"), QStringLiteral("0123456789"), at(0)));
    VERIFY_OK(sent);
    NewMessage archived = chat.outgoing(QStringLiteral("x"), QStringLiteral("0123456789"), at(1));
    archived.archiveId = QStringLiteral("archive-1");
    archived.state = MessageState::Accepted;
    const auto merged = chat.messages.append(archived);
    VERIFY_OK(merged);
    QVERIFY(merged->duplicate);
    QVERIFY(merged->changed);
    const auto message = chat.messages.require(sent->key);
    QCOMPARE(message->archiveId, QStringLiteral("archive-1"));
    QCOMPARE(message->state, MessageState::Accepted);
    QCOMPARE(chat.row().lastState, MessageState::Accepted);
    QCOMPARE(chat.messages.findArchived(chat.id, QStringLiteral("archive-1"))->value().key, sent->key);
    const auto again = chat.messages.append(archived);
    QVERIFY(again->duplicate);
    QVERIFY(!again->changed);
}

void TestMessages::movesStatesOnlyForward_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<bool>("moves");
    for (int from = 1; from <= 7; ++from) {
        for (int to = 0; to <= 7; ++to) {
            bool moves = to > from;
            if (from == 7)
                moves = to == 1 || to == 5 || to == 6;
            else if (to == 7)
                moves = from < 5;
            QTest::addRow("%d to %d", from, to) << from << to << moves;
        }
    }
}

void TestMessages::movesStatesOnlyForward()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(bool, moves);
    Chat chat;
    NewMessage message = chat.outgoing(QStringLiteral("x"), QStringLiteral("0123456789"), at(0));
    message.state = MessageState(from);
    const auto key = chat.messages.append(message)->key;
    const auto moved = chat.messages.setState(key, MessageState(to), at(1));
    VERIFY_OK(moved);
    QCOMPARE(*moved, moves);
    QCOMPARE(chat.messages.require(key)->state, MessageState(moves ? to : from));
    QCOMPARE(chat.row().lastState, MessageState(moves ? to : from));
}

void TestMessages::keepsTheFailure()
{
    Chat chat;
    const auto key = chat.messages.append(chat.outgoing(QStringLiteral("x"), QStringLiteral("0123456789"), at(0)))->key;
    const Error error{Error::Kind::Stanza, QStringLiteral("service-unavailable"), QStringLiteral("They are gone.")};
    QVERIFY(chat.messages.setFailed(key, error, at(1)).value());
    QCOMPARE(chat.messages.require(key)->failure, error);
    QVERIFY(chat.messages.setState(key, MessageState::Queued, at(2)).value());
    QCOMPARE(chat.messages.require(key)->failure, Error{});
    QVERIFY(chat.messages.setState(key, MessageState::Delivered, at(3)).value());
    QVERIFY(!chat.messages.setFailed(key, error, at(1)).value());
    // Theirs have no state.
    const auto theirs = chat.messages.append(chat.incoming(QStringLiteral("y"), QStringLiteral("1"), at(0)))->key;
    QVERIFY(!chat.messages.setState(theirs, MessageState::Displayed, at(1)).value());
}

void TestMessages::keepsTheTimeOfEachState()
{
    Chat chat;
    const auto key = chat.messages.append(chat.outgoing(QStringLiteral("x"), QStringLiteral("0123456789"), at(0)))->key;
    const auto times = [&] { return chat.messages.require(key)->times; };
    QVERIFY(!times().written.isValid() && !times().accepted.isValid() && !times().failed.isValid());
    QVERIFY(chat.messages.setState(key, MessageState::Written, at(1)).value());
    QVERIFY(chat.messages.setFailed(key, Error{Error::Kind::Stanza, QStringLiteral("gone"), {}}, at(2)).value());
    QCOMPARE(times().written, at(1));
    QCOMPARE(times().failed, at(2));
    // Again, from the start.
    QVERIFY(chat.messages.setState(key, MessageState::Queued, at(3)).value());
    QVERIFY(!times().written.isValid() && !times().failed.isValid());
    QVERIFY(chat.messages.setState(key, MessageState::Written, at(4)).value());
    QVERIFY(chat.messages.setState(key, MessageState::Accepted, at(5)).value());
    QVERIFY(!chat.messages.setState(key, MessageState::Written, at(6)).value()); // a step back moves no time either
    QVERIFY(chat.messages.setState(key, MessageState::Delivered, at(7)).value());
    QCOMPARE(chat.messages.setDisplayed(key, at(8))->size(), size_t(1));
    QVERIFY(!chat.messages.setState(key, MessageState::Displayed, at(9)).value());
    QCOMPARE(times().written, at(4));
    QCOMPARE(times().accepted, at(5));
    QCOMPARE(times().delivered, at(7));
    QCOMPARE(times().displayed, at(8));
    QVERIFY(!times().failed.isValid());
}

void TestMessages::aCopyTellsWhenTheServerHadIt()
{
    Chat chat;
    NewMessage other = chat.outgoing(QStringLiteral("x"), QStringLiteral("0123456789"), at(5));
    other.state = MessageState::Accepted;
    QCOMPARE(chat.messages.require(chat.messages.append(other)->key)->times.accepted, at(5));
    // Ours, never acknowledged: the archive's stamp says when it came.
    NewMessage own = chat.outgoing(QStringLiteral("y"), QStringLiteral("9876543210"), at(0));
    const auto key = chat.messages.append(own)->key;
    own.state = MessageState::Accepted;
    own.time = at(7);
    QCOMPARE(chat.messages.append(own)->key, key);
    QCOMPARE(chat.messages.require(key)->times.accepted, at(7));
    QCOMPARE(chat.messages.require(key)->time, at(0));
}

void TestMessages::findsByIds()
{
    Chat chat;
    NewMessage mine = chat.outgoing(QStringLiteral("x"), QStringLiteral("0123456789"), at(0));
    mine.originId = QStringLiteral("origin-id-1");
    NewMessage theirs = chat.incoming(QStringLiteral("x"), QStringLiteral("0123456789"), at(0));
    const auto own = chat.messages.append(mine)->key;
    const auto other = chat.messages.append(theirs)->key;
    QCOMPARE(chat.messages.findOwn(chat.id, QStringLiteral("0123456789"))->value().key, own);
    QCOMPARE(chat.messages.findOwn(chat.id, QStringLiteral("origin-id-1"))->value().key, own);
    QCOMPARE(chat.messages.findFrom(chat.id, jid("b@example.org"), QStringLiteral("0123456789"))->value().key, other);
    QVERIFY(!chat.messages.findFrom(chat.id, jid("c@example.org"), QStringLiteral("0123456789"))->has_value());
    QVERIFY(!chat.messages.findOwn(chat.id + 1, QStringLiteral("0123456789"))->has_value());
    QVERIFY(!chat.messages.findOwn(chat.id, QString())->has_value());
    QVERIFY(!chat.messages.findArchived(chat.id, QStringLiteral("0123456789"))->has_value());
    QCOMPARE(chat.messages.require(1).error().condition, QStringLiteral("message-unknown"));
}

void TestMessages::countsUnread()
{
    Chat chat;
    std::vector<qint64> keys;
    for (int i = 0; i < 6; ++i) {
        NewMessage message = chat.incoming(QString::number(i), QStringLiteral("stanza-%1").arg(i), at(i));
        message.mention = i == 4;
        message.read = i == 1;
        keys.push_back(chat.messages.append(message)->key);
    }
    keys.push_back(
        chat.messages.append(chat.outgoing(QStringLiteral("mine"), QStringLiteral("stanza-mine"), at(10)))->key);
    QCOMPARE(chat.row().unread, 5);
    QCOMPARE(chat.row().mentions, 1);
    QCOMPARE(chat.messages.firstUnread(chat.id).value(), keys[0]);
    VERIFY_OK(chat.conversations.markRead(chat.id, keys[2]));
    QCOMPARE(chat.row().unread, 3);
    QCOMPARE(chat.messages.firstUnread(chat.id).value(), keys[3]);
    VERIFY_OK(chat.conversations.markRead(chat.id, keys[0])); // never back
    QCOMPARE(chat.row().unread, 3);
    QCOMPARE(chat.row().readKey, keys[2]);
    VERIFY_OK(chat.conversations.markRead(chat.id, keys[6]));
    QCOMPARE(chat.row().unread, 0);
    QCOMPARE(chat.row().mentions, 0);
    QCOMPARE(chat.messages.firstUnread(chat.id).value(), 0);
    // What an archive delivers from before the mark was seen elsewhere.
    NewMessage old = chat.incoming(QStringLiteral("old"), QStringLiteral("stanza-old"), at(-5));
    old.place = NewMessage::Place::ByTime;
    VERIFY_OK(chat.messages.append(old));
    QCOMPARE(chat.row().unread, 0);
    VERIFY_OK(chat.conversations.markRead(chat.id, std::numeric_limits<qint64>::max())); // not of this chat
    QCOMPARE(chat.row().readKey, keys[6]);
}

void TestMessages::editsAndRetracts()
{
    Chat chat;
    const auto key = chat.messages.append(chat.incoming(QStringLiteral("old"), QStringLiteral("stanza-1"), at(0)))->key;
    QVERIFY(chat.messages.edit(key, QStringLiteral("new"), QByteArray("<p/>")).value());
    QCOMPARE(chat.messages.require(key)->body, QStringLiteral("new"));
    QVERIFY(chat.messages.require(key)->edited);
    QCOMPARE(chat.row().lastPreview, QStringLiteral("new"));
    QVERIFY(chat.messages.retract(key).value());
    QVERIFY(chat.messages.require(key)->retracted);
    QVERIFY(chat.messages.require(key)->body.isEmpty());
    QVERIFY(chat.messages.require(key)->payload.isNull());
    QCOMPARE(chat.row().lastPreview, QString());
    QVERIFY(!chat.messages.edit(key, QStringLiteral("back"), {}).value());
    QVERIFY(!chat.messages.edit(1, QStringLiteral("none"), {}).value());
}

void TestMessages::removes()
{
    Chat chat;
    const auto first = chat.messages.append(chat.incoming(QStringLiteral("1"), QStringLiteral("stanza-1"), at(0)))->key;
    const auto second =
        chat.messages.append(chat.incoming(QStringLiteral("2"), QStringLiteral("stanza-2"), at(1)))->key;
    QVERIFY(chat.messages.remove(second).value());
    QVERIFY(!chat.messages.remove(second).value());
    QCOMPARE(chat.row().lastKey, first);
    QCOMPARE(chat.row().lastPreview, QStringLiteral("1"));
    QCOMPARE(chat.row().unread, 1);
    QCOMPARE(chat.row().count, 1);
    QVERIFY(!chat.messages.append(chat.incoming(QStringLiteral("2"), QStringLiteral("stanza-2"), at(1)))->duplicate);
    VERIFY_OK(chat.conversations.clear(chat.id));
    QCOMPARE(chat.row().count, 0);
    QCOMPARE(chat.row().lastKey, 0);
    QVERIFY(chat.messages.page(chat.id, {})->messages.empty());
    QCOMPARE(chat.database->queryOnce("SELECT count(*) FROM message_ids").number().value(), 0);
    VERIFY_OK(chat.conversations.remove(chat.id));
    QVERIFY(!chat.conversations.byId(chat.id)->has_value());
    // The id is part of keys that somebody may still know.
    QVERIFY(chat.conversations.open(chat.account, chat.peer).value() > chat.id);
}

/// They take each other's places, with all that finds them; what stands between them does not move.
void TestMessages::putsInOrder()
{
    Chat chat;
    const auto add = [&](NewMessage message, const char *archiveId) {
        message.archiveId = QString::fromLatin1(archiveId);
        return chat.messages.append(message)->key;
    };
    const qint64 one = add(chat.incoming(QStringLiteral("first"), QStringLiteral("id-first"), at(0)), "a1");
    const qint64 three = add(chat.incoming(QStringLiteral("third"), QStringLiteral("id-third"), at(1)), "a3");
    const qint64 ours = add(chat.outgoing(QStringLiteral("ours"), QStringLiteral("id-of-ours"), at(2)), "a4");
    const qint64 two = add(chat.incoming(QStringLiteral("second"), QStringLiteral("id-second"), at(3)), "a2");
    VERIFY_OK(chat.conversations.markRead(chat.id, ours));
    VERIFY_OK(store::Search(*chat.database).index(100));

    QVERIFY(chat.messages.putInOrder({one, three, two})->empty());
    const auto moved = chat.messages.putInOrder({one, two, three});
    VERIFY_OK(moved);
    QCOMPARE(*moved, (std::vector<qint64>{three, two}));
    QStringList bodies;
    const auto page = chat.messages.page(chat.id, {});
    for (const store::Message &message : page->messages)
        bodies.append(message.body);
    QCOMPARE(bodies.join(u' '), QStringLiteral("first second ours third"));
    QCOMPARE(chat.messages.findArchived(chat.id, QStringLiteral("a2"))->value().key, three);
    QCOMPARE(chat.messages.findArchived(chat.id, QStringLiteral("a3"))->value().key, two);
    QCOMPARE(chat.messages.findFrom(chat.id, chat.peer, QStringLiteral("id-second"))->value().key, three);
    QCOMPARE(chat.row().lastPreview, QStringLiteral("third"));
    QCOMPARE(*chat.messages.count(chat.id), 4);
    QCOMPARE(chat.row().unread, 1);
    store::Search search(*chat.database);
    store::SearchRequest request;
    request.text = QStringLiteral("second");
    QCOMPARE(search.find(request)->size(), size_t(0)); // waits to be indexed
    VERIFY_OK(search.index(100));
    QCOMPARE(search.find(request)->front().key, three);
    request.text = QStringLiteral("third");
    QCOMPARE(search.find(request)->front().key, two);
    // Come again, they are known.
    QVERIFY(chat.messages.append(chat.incoming(QStringLiteral("third"), QStringLiteral("id-third"), at(1)))->duplicate);
    QCOMPARE(chat.messages.putInOrder({two, 12345}).error().condition, QStringLiteral("message-unknown"));
}

void TestMessages::refusesUnknownConversations()
{
    Chat chat;
    NewMessage message = chat.incoming(QStringLiteral("x"), QStringLiteral("stanza-1"), at(0));
    message.conversation = 99;
    QCOMPARE(chat.messages.append(message).error().condition, QStringLiteral("conversation-unknown"));
    QCOMPARE(chat.conversations.open(jid("nobody@example.org"), chat.peer).error().condition,
             QStringLiteral("account-unknown"));
}

BALCONY_TEST(TestMessages)
#include "tst_messages.moc"
