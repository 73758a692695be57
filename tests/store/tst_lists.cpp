// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storage.h"
#include "support/testmain.h"

#include <QJsonArray>

using namespace tests;

/// What an account keeps beside messages: roster, requests, outbox, settings, records, caches, the chats.
class TestLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accounts();
    void removingAnAccountTakesAllOfIt();
    void roster();
    void requests();
    void conversations();
    void outbox();
    void settings();
    void records();
    void serverKeys();
    void caches();
    void refusesUnknownAccounts();
};

void TestLists::accounts()
{
    const auto database = emptyDatabase();
    store::Accounts accounts(*database);
    VERIFY_OK(accounts.put({jid("b@example.org"), true, {{QStringLiteral("port"), 5222}}}));
    VERIFY_OK(accounts.put({jid("a@example.org"), false, {}}));
    VERIFY_OK(accounts.put({jid("b@example.org"), true, {{QStringLiteral("port"), 5223}}}));
    const auto all = accounts.all();
    VERIFY_OK(all);
    QCOMPARE(all->size(), size_t(2));
    QCOMPARE((*all)[0].jid, jid("b@example.org"));
    QCOMPARE((*all)[0].config[QStringLiteral("port")].toInt(), 5223);
    QCOMPARE((*all)[1].enabled, false);
    VERIFY_OK(accounts.setEnabled(jid("a@example.org"), true));
    QVERIFY(accounts.byJid(jid("a@example.org"))->value().enabled);
    QVERIFY(!accounts.byJid(jid("c@example.org"))->has_value());
}

void TestLists::removingAnAccountTakesAllOfIt()
{
    Chat chat;
    const auto key =
        chat.messages.append(chat.outgoing(QStringLiteral("secret"), QStringLiteral("stanza-1"), at(0)))->key;
    VERIFY_OK(store::Outbox(*chat.database).enqueue(chat.account, chat.id, key, "<message/>"));
    VERIFY_OK(store::Contacts(*chat.database)
                  .putItem(chat.account, {chat.peer, {}, {}, QStringLiteral("both"), false, false}));
    VERIFY_OK(store::Records(*chat.database).put(chat.account, QStringLiteral("k"), "v"));
    VERIFY_OK(store::Search(*chat.database).index());
    store::Accounts accounts(*chat.database);
    QVERIFY(accounts.remove(chat.account).value());
    QVERIFY(!accounts.remove(chat.account).value());
    for (const char *table :
         {"accounts", "conversations", "messages", "message_ids", "outbox", "roster_items", "records", "unindexed"})
        QCOMPARE(chat.database->queryOnce(QByteArray("SELECT count(*) FROM ") + table).number().value(), 0);
    store::SearchRequest request;
    request.text = QStringLiteral("secret");
    QVERIFY(store::Search(*chat.database).find(request)->empty());
}

void TestLists::roster()
{
    Chat chat;
    store::Contacts contacts(*chat.database);
    const store::RosterItem bob{jid("b@example.org"),
                                QStringLiteral("Bob"),
                                {QStringLiteral("Friends"), QStringLiteral("朋友")},
                                QStringLiteral("both"),
                                false,
                                true};
    store::RosterItem carol{jid("c@example.org"), QString(), {}, QStringLiteral("none"), true, false};
    VERIFY_OK(contacts.replaceRoster(chat.account, {bob, carol}, QStringLiteral("v1")));
    auto all = contacts.roster(chat.account);
    VERIFY_OK(all);
    QCOMPARE(all->size(), size_t(2));
    QCOMPARE((*all)[0], bob);
    QCOMPARE((*all)[1].asked, true);
    QCOMPARE(contacts.version(chat.account).value(), QStringLiteral("v1"));
    carol.name = QStringLiteral("Carol");
    VERIFY_OK(contacts.putItem(chat.account, carol, QStringLiteral("v2")));
    QCOMPARE(contacts.roster(chat.account)->size(), size_t(2));
    QCOMPARE(contacts.roster(chat.account)->at(1).name, QStringLiteral("Carol"));
    QCOMPARE(contacts.version(chat.account).value(), QStringLiteral("v2"));
    QVERIFY(contacts.removeItem(chat.account, bob.jid, QStringLiteral("v3")).value());
    QVERIFY(!contacts.removeItem(chat.account, bob.jid).value());
    QCOMPARE(contacts.version(chat.account).value(), QStringLiteral("v3"));
    VERIFY_OK(contacts.replaceRoster(chat.account, {bob}, QString()));
    QCOMPARE(contacts.roster(chat.account)->size(), size_t(1));
    QCOMPARE(contacts.version(chat.account).value(), QString());
}

void TestLists::requests()
{
    Chat chat;
    store::Contacts contacts(*chat.database);
    VERIFY_OK(contacts.putRequest(chat.account, {jid("d@example.org"), QStringLiteral("second"), at(2)}));
    VERIFY_OK(contacts.putRequest(chat.account, {jid("c@example.org"), QStringLiteral("Hi"), at(1)}));
    VERIFY_OK(contacts.putRequest(chat.account, {jid("c@example.org"), QStringLiteral("Hi again"), at(1)}));
    const auto all = contacts.requests(chat.account);
    VERIFY_OK(all);
    QCOMPARE(all->size(), size_t(2));
    QCOMPARE(all->at(0).jid, jid("c@example.org"));
    QCOMPARE(all->at(0).text, QStringLiteral("Hi again"));
    QCOMPARE(all->at(1).time, at(2));
    QVERIFY(contacts.removeRequest(chat.account, jid("c@example.org")).value());
    QVERIFY(!contacts.removeRequest(chat.account, jid("c@example.org")).value());
}

void TestLists::conversations()
{
    Chat chat;
    auto &conversations = chat.conversations;
    QCOMPARE(conversations.open(chat.account, chat.peer).value(), chat.id);
    const auto room =
        conversations.open(chat.account, jid("r@rooms.example.org"), store::ConversationKind::Groupchat, at(5)).value();
    const auto third =
        conversations.open(chat.account, jid("c@example.org"), store::ConversationKind::Chat, at(6)).value();
    VERIFY_OK(chat.messages.append(chat.incoming(QStringLiteral("new"), QStringLiteral("stanza-1"), at(10))));
    VERIFY_OK(conversations.setPinned(room, true));
    VERIFY_OK(conversations.setDraft(third, QStringLiteral("to be")));
    VERIFY_OK(conversations.setName(room, QStringLiteral("Room")));
    VERIFY_OK(conversations.setArchived(third, true));
    VERIFY_OK(conversations.setMutedUntil(third, at(99)));
    auto all = conversations.all();
    VERIFY_OK(all);
    QCOMPARE(all->size(), size_t(3));
    QCOMPARE(all->at(0).id, room);
    QCOMPARE(all->at(0).kind, store::ConversationKind::Groupchat);
    QCOMPARE(all->at(0).name, QStringLiteral("Room"));
    QCOMPARE(all->at(1).id, chat.id);
    QCOMPARE(all->at(2).draft, QStringLiteral("to be"));
    QCOMPARE(all->at(2).mutedUntil, at(99));
    QVERIFY(all->at(2).archived);
    VERIFY_OK(conversations.setDraft(third, QString()));
    VERIFY_OK(conversations.setMutedUntil(third, QDateTime()));
    const auto row = conversations.find(chat.account, jid("c@example.org")).value().value();
    QVERIFY(row.draft.isEmpty());
    QVERIFY(!row.mutedUntil.isValid());
    // A preview ends between characters.
    QString balloons;
    for (int i = 0; i < 150; ++i)
        balloons += i == 0 ? QStringLiteral("x") : QStringLiteral("🎈");
    VERIFY_OK(chat.messages.append(chat.incoming(balloons, QStringLiteral("stanza-2"), at(11))));
    QCOMPARE(chat.row().lastPreview, balloons.left(199));
}

void TestLists::outbox()
{
    Chat chat;
    store::Outbox outbox(*chat.database);
    std::vector<qint64> ids;
    std::vector<qint64> keys;
    for (int i = 0; i < 5; ++i) {
        keys.push_back(
            chat.messages.append(chat.outgoing(QString::number(i), QStringLiteral("stanza-%1").arg(i), at(i)))->key);
        const auto id = outbox.enqueue(chat.account, chat.id, keys.back(), QByteArray::number(i));
        VERIFY_OK(id);
        ids.push_back(*id);
    }
    QCOMPARE(outbox.count(chat.account).value(), 5);
    QCOMPARE(outbox.countAll().value(), 5);
    auto next = outbox.next(chat.account, 2);
    VERIFY_OK(next);
    QCOMPARE(next->size(), size_t(2));
    QCOMPARE(next->at(1).stanza, QByteArray("1"));
    QCOMPARE(next->at(1).item, keys[1]);
    QCOMPARE(next->at(1).created, at(1));
    VERIFY_OK(outbox.setStanza(ids[0], "cipher"));
    VERIFY_OK(outbox.markWritten(ids[0]));
    VERIFY_OK(outbox.markWritten(ids[1]));
    QCOMPARE(outbox.next(chat.account, 10)->front().id, ids[2]);
    QCOMPARE(outbox.next(chat.account, 10, ids[3])->size(), size_t(1));
    QCOMPARE(outbox.written(chat.account)->size(), size_t(2));
    QVERIFY(outbox.remove(ids[0]).value());
    QVERIFY(!outbox.remove(ids[0]).value());
    QCOMPARE(outbox.requeue(chat.account).value(), 1);
    const auto again = outbox.next(chat.account, 1);
    QCOMPARE(again->front().id, ids[1]); // its old place
    QCOMPARE(again->front().attempts, 1);
    QVERIFY(outbox.byItem(keys[2])->has_value());
    QVERIFY(outbox.removeItem(keys[2]).value());
    QVERIFY(chat.messages.remove(keys[3]).value());
    QCOMPARE(outbox.all(chat.account)->size(), size_t(2));
    QCOMPARE(outbox.enqueue(chat.account, chat.id, 12345, "x").error().condition, QStringLiteral("message-unknown"));
    QVERIFY(!outbox.enqueue(chat.account, chat.id, keys[4], "twice").has_value());
}

void TestLists::settings()
{
    const auto database = emptyDatabase();
    store::Settings settings(*database);
    QVERIFY(settings.value(QStringLiteral("none")).value().isUndefined());
    VERIFY_OK(settings.set(QStringLiteral("text"), QStringLiteral("\"quoted\" 世界")));
    VERIFY_OK(settings.set(QStringLiteral("number"), 3));
    VERIFY_OK(settings.set(QStringLiteral("number"), 4.5));
    VERIFY_OK(settings.set(QStringLiteral("list"), QJsonArray{1, true, QJsonValue()}));
    QCOMPARE(settings.value(QStringLiteral("text")).value(), QJsonValue(QStringLiteral("\"quoted\" 世界")));
    const auto all = settings.all();
    VERIFY_OK(all);
    QCOMPARE(all->size(), 3);
    QCOMPARE((*all)[QStringLiteral("number")].toDouble(), 4.5);
    QCOMPARE((*all)[QStringLiteral("list")].toArray().size(), 3);
    QVERIFY(settings.remove(QStringLiteral("list")).value());
    QVERIFY(!settings.remove(QStringLiteral("list")).value());
}

void TestLists::records()
{
    Chat chat;
    store::Records records(*chat.database);
    const QByteArray value("\0\1\2", 3);
    VERIFY_OK(records.put(chat.account, QStringLiteral("sm"), "old"));
    VERIFY_OK(records.put(chat.account, QStringLiteral("sm"), value));
    QCOMPARE(records.value(chat.account, QStringLiteral("sm"))->value(), value);
    VERIFY_OK(records.put(chat.account, QStringLiteral("empty"), QByteArray()));
    QVERIFY(records.value(chat.account, QStringLiteral("empty"))->has_value());
    QVERIFY(records.remove(chat.account, QStringLiteral("sm")).value());
    QVERIFY(!records.value(chat.account, QStringLiteral("sm"))->has_value());
}

void TestLists::serverKeys()
{
    Chat chat;
    store::ServerKeys keys(*chat.database);
    const auto key = [](char digit, int day) {
        return store::ServerKey{QByteArray(32, digit),          at(day), at(day), {},
                                QStringLiteral("An authority"), at(-9),  at(99),  digit == '1'};
    };
    VERIFY_OK(keys.put(chat.account, key('1', 1)));
    VERIFY_OK(keys.put(chat.account, key('2', 2)));
    store::ServerKey again = key('1', 3);
    again.firstSeen = at(1);
    VERIFY_OK(keys.put(chat.account, again)); // the last seen first
    auto all = keys.all(chat.account).value();
    QCOMPARE(all.size(), size_t(2));
    QCOMPARE(all[0].fingerprint, QByteArray(32, '1'));
    QCOMPARE(all[0].firstSeen, at(1));
    QCOMPARE(all[0].lastSeen, at(3));
    QCOMPARE(all[0].issuer, QStringLiteral("An authority"));
    QCOMPARE(all[0].validTo, at(99));
    QVERIFY(all[0].told && !all[1].told);
    VERIFY_OK(keys.setTold(chat.account));
    QVERIFY(keys.all(chat.account).value()[1].told);
    for (int i = 0; i < store::ServerKeys::mostKeys + 5; ++i)
        VERIFY_OK(keys.put(chat.account, {QByteArray::number(i), at(10 + i), at(10 + i), {}, {}, {}, {}, true}));
    all = keys.all(chat.account).value();
    QCOMPARE(all.size(), size_t(store::ServerKeys::mostKeys));
    QCOMPARE(all.back().fingerprint, QByteArray("5"));
    QVERIFY(!keys.put(jid("nobody@example.org"), key('3', 1)));
    QVERIFY(store::Accounts(*chat.database).remove(chat.account).value());
    QVERIFY(keys.all(chat.account)->empty());
}

void TestLists::caches()
{
    const auto database = emptyDatabase();
    store::Caches caches(*database);
    const QString space = QStringLiteral("caps");
    for (int i = 0; i < 5; ++i)
        VERIFY_OK(caches.put(space, QString::number(i), "v" + QByteArray::number(i), at(i), 3));
    QCOMPARE(caches.count(space).value(), 3);
    QVERIFY(!caches.value(space, QStringLiteral("1"))->has_value());
    QCOMPARE(caches.value(space, QStringLiteral("2"))->value(), QByteArray("v2"));
    VERIFY_OK(caches.touch(space, QStringLiteral("2"), at(50)));
    VERIFY_OK(caches.put(QStringLiteral("other"), QStringLiteral("x"), "y", at(0), 3));
    VERIFY_OK(caches.put(space, QStringLiteral("9"), "v9", at(60), 2));
    QVERIFY(caches.value(space, QStringLiteral("2"))->has_value());
    QVERIFY(!caches.value(space, QStringLiteral("4"))->has_value());
    VERIFY_OK(caches.clear(space));
    QCOMPARE(caches.count(space).value(), 0);
    QCOMPARE(caches.count(QStringLiteral("other")).value(), 1);
}

void TestLists::refusesUnknownAccounts()
{
    Chat chat;
    const Jid nobody = jid("nobody@example.org");
    QVERIFY(!store::Records(*chat.database).put(nobody, QStringLiteral("k"), "v").has_value());
    QVERIFY(!store::Contacts(*chat.database).putItem(nobody, {chat.peer, {}, {}, {}, false, false}).has_value());
}

BALCONY_TEST(TestLists)
#include "tst_lists.moc"
