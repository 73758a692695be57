// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/files.h"
#include "store/outbox.h"
#include "store/storage.h"
#include "support/testmain.h"

using namespace tests;
using store::File;
using store::Files;
using store::FileState;
using store::OutboxEntry;

/// Files of messages, and the places that are kept for them in the outbox.
class TestFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comeWithTheirMessage()
    {
        Chat chat;
        auto row = chat.incoming(QStringLiteral("https://a.test/b"), QStringLiteral("message-1"), at(1));
        row.files = {picture(QStringLiteral("a.png")), picture(QStringLiteral("b.png"))};
        row.files[1].size.reset();
        const auto stored = chat.messages.append(row);
        VERIFY_OK(stored);
        const auto message = chat.messages.require(stored->key);
        VERIFY_OK(message);
        QCOMPARE(message->files.size(), size_t(2));
        const File &first = message->files[0];
        QCOMPARE(first.name, QStringLiteral("a.png"));
        QCOMPARE(first.type, QStringLiteral("image/png"));
        QCOMPARE(first.size, std::optional<qint64>(5));
        QCOMPARE(first.url, QStringLiteral("https://a.test/b"));
        QCOMPARE(first.hashName, QStringLiteral("sha-256"));
        QCOMPARE(first.hash, QByteArray("hash"));
        QCOMPARE(first.payload, QByteArray("<x/>"));
        QCOMPARE(first.message, stored->key);
        QVERIFY(!message->files[1].size && message->files[1].place == 1);
        // Come again, they are there once.
        VERIFY_OK(chat.messages.append(row));
        QCOMPARE(Files(*chat.database).of(stored->key)->size(), size_t(2));
        const auto page = chat.messages.page(chat.id, {});
        QCOMPARE(page->messages.front().files.size(), size_t(2));
    }

    void change()
    {
        Chat chat;
        const qint64 key = append(chat, 1);
        Files files(*chat.database);
        File file = files.of(key)->front();
        file.state = FileState::Failed;
        file.failure = {Error::Kind::Network, QStringLiteral("transfer-stalled"), QStringLiteral("Nothing moved.")};
        file.path = QStringLiteral("/tmp/a");
        QVERIFY(files.update(file).value());
        QCOMPARE(files.byId(file.id)->value().failure, file.failure);
        QCOMPARE(files.inState(chat.account, FileState::Failed, 10)->size(), size_t(1));
        QVERIFY(files.inState(jid("c@example.org"), FileState::Failed, 10)->empty());
        file.state = FileState::Here;
        QVERIFY(files.update(file).value());
        QCOMPARE(files.byId(file.id)->value().failure.condition, QString());
        QVERIFY(files.inState(chat.account, FileState::Failed, 10)->empty());
        file.id = 4711;
        QVERIFY(!files.update(file).value());
        QVERIFY(!files.byId(4711)->has_value());
        file.message = 4711;
        QVERIFY(!files.add(file));
    }

    void goWithTheirMessage()
    {
        Chat chat;
        const qint64 removed = append(chat, 1);
        const qint64 retracted = append(chat, 2);
        const qint64 moved = append(chat, 3);
        const qint64 other =
            chat.messages.append(chat.incoming(QStringLiteral("x"), QStringLiteral("message-x"), at(4)))->key;
        QVERIFY(chat.messages.remove(removed).value());
        QVERIFY(chat.messages.retract(retracted).value());
        QVERIFY(chat.messages.require(retracted)->files.empty());
        const auto changed = chat.messages.putInOrder({other, moved});
        VERIFY_OK(changed);
        QVERIFY(chat.messages.require(moved)->files.empty());
        QCOMPARE(chat.messages.require(other)->files.size(), size_t(1));
        QCOMPARE(Files(*chat.database).all()->size(), size_t(1));
        VERIFY_OK(chat.conversations.remove(chat.id));
        QVERIFY(Files(*chat.database).all()->empty());
    }

    /// Another body by its sending is no edit, and is found.
    void body()
    {
        Chat chat;
        const qint64 key = append(chat, 1);
        QVERIFY(chat.messages.setBody(key, QStringLiteral("https://a.test/c")).value());
        const auto message = chat.messages.require(key);
        QCOMPARE(message->body, QStringLiteral("https://a.test/c"));
        QVERIFY(!message->edited);
        QCOMPARE(chat.row().lastPreview, QStringLiteral("https://a.test/c"));
        QVERIFY(!chat.messages.setBody(key + 1, QStringLiteral("x")).value());
    }

    /// RELIABILITY 2.2: in order within a chat, and a file holds up no other.
    void placesInTheOutbox()
    {
        Chat chat;
        store::Outbox outbox(*chat.database);
        const qint64 otherChat = chat.conversations.open(chat.account, jid("c@example.org")).value();
        const auto queue = [&](qint64 conversation, const char *id, bool reserved) {
            auto row = chat.outgoing(QString::fromLatin1(id), QString::fromLatin1(id), at(1));
            row.conversation = conversation;
            const qint64 key = chat.messages.append(row)->key;
            if (reserved)
                (void)outbox.reserve(chat.account, conversation, key);
            else
                (void)outbox.enqueue(chat.account, conversation, key, QByteArray("<") + id + "/>");
            return key;
        };
        const auto next = [&] {
            QByteArrayList stanzas;
            const auto entries = outbox.next(chat.account, 10).value();
            for (const OutboxEntry &entry : entries)
                stanzas.append(entry.stanza);
            return stanzas;
        };
        queue(chat.id, "message-1", false);
        const qint64 file = queue(chat.id, "message-2", true);
        queue(chat.id, "message-3", false);
        queue(otherChat, "message-4", false);
        QCOMPARE(next(), QByteArrayList({"<message-1/>", "<message-4/>"}));
        QCOMPARE(outbox.count(chat.account).value(), 4);
        QCOMPARE(outbox.requeue(chat.account).value(), 0);
        QVERIFY(outbox.fill(file, "<file/>").value());
        QVERIFY(!outbox.fill(file, "<other/>").value());
        QCOMPARE(next(), QByteArrayList({"<message-1/>", "<file/>", "<message-3/>", "<message-4/>"}));
        const qint64 second = queue(chat.id, "message-5", true);
        queue(chat.id, "message-6", false);
        QCOMPARE(next().size(), 4);
        QVERIFY(chat.messages.remove(second).value());
        QCOMPARE(next().last(), QByteArray("<message-6/>"));
    }

private:
    static File picture(const QString &name)
    {
        File file;
        file.name = name;
        file.type = QStringLiteral("image/png");
        file.size = 5;
        file.url = QStringLiteral("https://a.test/b");
        file.hashName = QStringLiteral("sha-256");
        file.hash = "hash";
        file.payload = "<x/>";
        return file;
    }
    static qint64 append(Chat &chat, int number)
    {
        auto row =
            chat.incoming(QStringLiteral("body %1").arg(number), QStringLiteral("message-%1").arg(number), at(number));
        row.files = {picture(QStringLiteral("a.png"))};
        return chat.messages.append(row).value().key;
    }
};

BALCONY_TEST(TestFiles)
#include "tst_files.moc"
