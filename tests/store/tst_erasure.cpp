// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backups.h"
#include "store/erasure.h"
#include "store/keys.h"
#include "store/profilebytes.h"
#include "store/storage.h"
#include "support/testmain.h"

#include <QSet>

using namespace tests;
using store::Erased;
using store::Erasure;
using store::MessageState;

/// Deleting for good (D12): nothing of what was deleted is left in any file, all else is as it was, and what was deleted is
/// known again when it comes once more.
class TestErasure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneMessage();
    void leavesNothingInTheFiles();
    void goesInSteps();
    void takesWhatHangsOnAChat();
    void keysAreNotGivenAgain();
    void knowsWhatWasErased();
    void onlyOldOnes();
    void filesOfOthersStay();
};

namespace {

const QByteArray marker = "zyxwounded";
const QByteArray keptMarker = "qqqhealthy";

/// Everything that can hold a message's words, twice: in a chat that goes, and in one that stays.
struct Fill {
    Jid account;
    Jid peer;
    QByteArray word;
    int count = 0;
    Result<qint64> operator()(store::Transaction &transaction) const
    {
        if (auto put = transaction.accounts().put({account, true, {}}); !put)
            return fail(put.error());
        const auto chat = transaction.conversations().open(account, peer);
        for (int i = 0; chat && i < count; ++i) {
            store::NewMessage message;
            message.conversation = *chat;
            message.author = peer;
            // Sizes that are spread, so that pages are divided and joined.
            message.body = QStringLiteral("number %1 %2 ").arg(i).arg(QString::fromLatin1(word)).repeated(1 + i % 40);
            message.time = at(i);
            message.stanzaId = QStringLiteral("stanza-number-%1").arg(i);
            message.archiveId = QStringLiteral("archive-%1").arg(i);
            message.payload = "<x>" + word + "</x>";
            message.outgoing = i % 5 == 0;
            message.state = message.outgoing ? MessageState::Queued : MessageState::Received;
            const auto stored = transaction.messages().append(message);
            if (!stored)
                return fail(stored.error());
            if (message.outgoing)
                (void)transaction.outbox().enqueue(account, *chat, stored->key, "<message>" + word + "</message>");
            store::Change change;
            change.conversation = *chat;
            change.author = peer;
            change.target = i % 7 == 0 ? QStringLiteral("not-here-%1").arg(i) : message.stanzaId;
            change.stanzaId = QStringLiteral("change-%1").arg(i);
            change.time = at(i, 500);
            change.body = message.body + QStringLiteral("corrected");
            if (const auto recorded = transaction.changes().record(change); i % 3 == 0 && !recorded)
                return fail(recorded.error());
        }
        if (chat)
            (void)transaction.conversations().setDraft(*chat, QString::fromLatin1(word));
        return chat;
    }
};

Result<int> indexAll(store::Transaction &transaction)
{
    return transaction.search().index(100000);
}

struct Begin {
    qint64 chat;
    Result<> operator()(store::Transaction &transaction) const { return transaction.erasure().begin(chat); }
};

struct Step {
    qint64 chat;
    int most = 50;
    Result<Erased> operator()(store::Transaction &transaction) const { return transaction.erasure().step(chat, most); }
};

struct Scrub {
    bool first;
    Result<bool> operator()(store::Transaction &transaction) const
    {
        return transaction.erasure().scrubIndex(first, 16);
    }
};

/// As Eraser does after the rows are gone; gives how many pieces of the index were written.
int compacts(store::Store &store)
{
    int pieces = 0;
    for (bool more = true; more; ++pieces)
        more = wait(store.write(Scrub{pieces == 0})).value_or(false);
    if (!wait(store.compact()) || !wait(store.renewBackups(at(500000))))
        return -1;
    return pieces;
}

} // namespace

void TestErasure::leavesNothingInTheFiles()
{
    QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("profile"));
    store::Store store({folder});
    VERIFY_OK(wait(store.open()));
    const auto other = wait(store.write(Fill{jid("a@example.org"), jid("c@example.org"), keptMarker, 700}));
    VERIFY_OK(other);
    const auto chat = wait(store.write(Fill{jid("a@example.org"), jid("b@example.org"), marker, 900}));
    VERIFY_OK(chat);
    // Between two chats, and again later: so pages are divided.
    const auto third = wait(store.write(Fill{jid("a@example.org"), jid("d@example.org"), keptMarker, 300}));
    VERIFY_OK(third);
    VERIFY_OK(wait(store.write(indexAll)));
    VERIFY_OK(wait(store.backUp(at(400000))));
    QVERIFY(filesWith(folder, marker).size() >= 2); // it can be found at all

    VERIFY_OK(wait(store.write(Begin{*chat})));
    for (bool more = true; more;) {
        const auto erased = wait(store.write(Step{*chat}));
        VERIFY_OK(erased);
        more = erased->more;
    }
    QVERIFY(compacts(store) > 0);
    QCOMPARE(filesWith(folder, marker), QStringList());
    QVERIFY(filesWith(folder, keptMarker).size() >= 2); // in the new copy, too
    QCOMPARE(store::Backups(folder).all().size(), 1);

    const auto find = [](store::Reader &reader) {
        store::SearchRequest request;
        request.text = QStringLiteral("healthy"); // no word begins so
        auto none = reader.search().find(request);
        request.text = QString::fromLatin1(keptMarker);
        request.limit = 1000;
        auto all = reader.search().find(request);
        return none && none->empty() ? all : none;
    };
    const auto found = wait(store.read(find));
    VERIFY_OK(found);
    QCOMPARE(found->size(), size_t(1000));
    const auto intact = wait(store.write([](store::Transaction &transaction) { return transaction.isIntact(); }));
    QVERIFY(intact && *intact);
    wait(done(store.close()));
    QCOMPARE(filesWith(folder, marker), QStringList());
}

void TestErasure::oneMessage()
{
    QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("profile"));
    store::Store store({folder});
    VERIFY_OK(wait(store.open()));
    const auto chat = wait(store.write(Fill{jid("a@example.org"), jid("b@example.org"), keptMarker, 400}));
    VERIFY_OK(chat);
    const qint64 id = *chat;
    const auto add = [id](store::Transaction &transaction) {
        store::NewMessage message;
        message.conversation = id;
        message.author = jid("b@example.org");
        message.body = QString::fromLatin1(marker) + QStringLiteral(" is the word");
        message.stanzaId = QStringLiteral("the-one-to-go");
        message.time = at(1000);
        return transaction.messages().append(message);
    };
    const auto stored = wait(store.write(add));
    VERIFY_OK(stored);
    const qint64 key = stored->key;
    const auto correct = [id](store::Transaction &transaction) {
        store::Change change;
        change.conversation = id;
        change.author = jid("b@example.org");
        change.target = QStringLiteral("the-one-to-go");
        change.stanzaId = QStringLiteral("correction");
        change.time = at(1001);
        change.body = QString::fromLatin1(marker) + QStringLiteral(" corrected");
        return transaction.changes().record(change);
    };
    VERIFY_OK(wait(store.write(correct)));
    VERIFY_OK(wait(store.write(indexAll)));
    const auto erase = [key](store::Transaction &transaction) { return transaction.erasure().message(key); };
    const auto erased = wait(store.write(erase));
    VERIFY_OK(erased);
    QCOMPARE(erased->keys, std::vector<qint64>{key});
    QVERIFY(compacts(store) > 0);
    QCOMPARE(filesWith(folder, marker), QStringList());
    QVERIFY(!filesWith(folder, keptMarker).isEmpty());
    const auto again = wait(store.write(erase));
    QVERIFY(!again);
    QCOMPARE(again.error().condition, QStringLiteral("message-unknown"));
    const auto row = wait(store.read([id](store::Reader &reader) { return reader.conversations().byId(id); }));
    QVERIFY(row && *row && (*row)->lastPreview.contains(QString::fromLatin1(keptMarker)));
}

void TestErasure::goesInSteps()
{
    Chat chat;
    for (int i = 0; i < 25; ++i)
        VERIFY_OK(
            chat.messages.append(chat.incoming(QStringLiteral("text"), QStringLiteral("id-number-%1").arg(i), at(i))));
    Erasure erasure(*chat.database);
    VERIFY_OK(erasure.begin(chat.id));
    QCOMPARE(erasure.unfinished().value(), std::vector<qint64>{chat.id});
    QVERIFY(erasure.isPending().value());
    // What comes now is new, and stays.
    const auto late = chat.messages.append(chat.incoming(QStringLiteral("late"), QStringLiteral("late-one"), at(100)));
    VERIFY_OK(late);
    QVERIFY(!late->duplicate);
    size_t gone = 0;
    int steps = 0;
    for (bool more = true; more; ++steps) {
        const auto erased = erasure.step(chat.id, 10);
        VERIFY_OK(erased);
        QVERIFY(erased->keys.size() <= 10);
        gone += erased->keys.size();
        more = erased->more;
    }
    QCOMPARE(gone, size_t(25));
    QCOMPARE(steps, 3);
    QVERIFY(erasure.unfinished().value().empty());
    QCOMPARE(chat.row().count, 1);
    QCOMPARE(chat.row().unread, 1);
    QCOMPARE(chat.row().lastPreview, QStringLiteral("late"));
    VERIFY_OK(erasure.setPending(false));
    QVERIFY(!erasure.isPending().value());
}

void TestErasure::takesWhatHangsOnAChat()
{
    Chat chat;
    const auto waiting =
        chat.messages.append(chat.outgoing(QStringLiteral("to go"), QStringLiteral("waits-here"), at(1)));
    VERIFY_OK(waiting);
    store::Outbox outbox(*chat.database);
    VERIFY_OK(outbox.enqueue(chat.account, chat.id, waiting->key, "<message/>"));
    VERIFY_OK(chat.conversations.setDraft(chat.id, QStringLiteral("half a thought")));
    Erasure erasure(*chat.database);
    VERIFY_OK(erasure.begin(chat.id));
    // At once, whatever the steps still have to do.
    QCOMPARE(outbox.count(chat.account).value(), 0);
    QVERIFY(chat.row().draft.isEmpty());
    VERIFY_OK(erasure.step(chat.id, 10));
    QCOMPARE(chat.row().count, 0);
    QCOMPARE(chat.row().lastKey, 0);
}

void TestErasure::keysAreNotGivenAgain()
{
    Chat chat;
    QSet<qint64> keys;
    Erasure erasure(*chat.database);
    for (int i = 0; i < 3; ++i) {
        // The clock may stand.
        const auto stored =
            chat.messages.append(chat.incoming(QStringLiteral("text"), QStringLiteral("id-number-%1").arg(i), at(5)));
        VERIFY_OK(stored);
        QVERIFY(!keys.contains(stored->key));
        keys.insert(stored->key);
        VERIFY_OK(chat.conversations.markRead(chat.id, stored->key));
        if (i == 0) {
            VERIFY_OK(erasure.message(stored->key));
        } else {
            VERIFY_OK(erasure.begin(chat.id));
            VERIFY_OK(erasure.step(chat.id, 10));
        }
    }
    // One that comes after that is not read before it was seen.
    VERIFY_OK(chat.messages.append(chat.incoming(QStringLiteral("new"), QStringLiteral("id-number-9"), at(5))));
    QCOMPARE(chat.row().unread, 1);
    QCOMPARE(chat.row().lastPreview, QStringLiteral("new"));
}

void TestErasure::knowsWhatWasErased()
{
    Chat chat;
    Erasure erasure(*chat.database);
    const qint64 hours = 3600;
    const auto named = [&](const QString &id, const QString &archiveId, const QDateTime &time) {
        auto message = chat.incoming(QStringLiteral("text"), id, time);
        message.archiveId = archiveId;
        return message;
    };
    const auto old = named(QStringLiteral("old-message"), QStringLiteral("archive-1"), at(0));
    const auto counted = named(QStringLiteral("a1"), QString(), at(9 * hours + 1800));
    const auto last = named(QStringLiteral("last-message"), QString(), at(10 * hours));
    for (const auto &each : {old, counted, last})
        VERIFY_OK(chat.messages.append(each));
    VERIFY_OK(erasure.begin(chat.id));
    VERIFY_OK(erasure.step(chat.id, 10));
    const auto was = [&](const store::NewMessage &message, bool archived) {
        return erasure.wasErased(message, archived).value();
    };
    QVERIFY(was(old, true));
    QVERIFY(was(counted, true));
    QVERIFY(was(last, true));
    // The server's clock goes half an hour before ours.
    auto ahead = last;
    ahead.time = at(10 * hours + 1800);
    ahead.archiveId = QStringLiteral("archive-9");
    QVERIFY(was(ahead, true));
    QVERIFY(was(ahead, false)); // it comes once more from the offline storage
    // What nobody has seen.
    QVERIFY(!was(named(QStringLiteral("new-message"), QStringLiteral("archive-10"), at(10 * hours + 1)), true));
    QVERIFY(!was(named(QStringLiteral("live-message"), QString(), at(0)), false));
    // A counter that began anew.
    QVERIFY(!was(named(QStringLiteral("a1"), QString(), at(9 * hours + 1800)), false));
    QVERIFY(!was(named(QStringLiteral("a1"), QString(), at(20 * hours)), true));
    // The same of corrections.
    store::Change change;
    change.conversation = chat.id;
    change.author = chat.peer;
    change.target = QStringLiteral("last-message");
    change.time = at(11 * hours);
    QVERIFY(erasure.wasErased(change).value());
    change.target = QStringLiteral("another-one");
    QVERIFY(!erasure.wasErased(change).value());
    // Nor does another chat know of it.
    const auto other = chat.conversations.open(chat.account, jid("c@example.org"));
    auto elsewhere = last;
    elsewhere.conversation = other.value_or(0);
    QVERIFY(!was(elsewhere, true));
}

void TestErasure::onlyOldOnes()
{
    Chat chat;
    Erasure erasure(*chat.database);
    std::vector<qint64> keys;
    for (int day = 0; day < 10; ++day) {
        auto message =
            chat.incoming(QStringLiteral("day %1").arg(day), QStringLiteral("day-number-%1").arg(day), at(day * 86400));
        if (day == 2) { // waits since then
            message = chat.outgoing(message.body, message.stanzaId, message.time);
        }
        const auto stored = chat.messages.append(message);
        VERIFY_OK(stored);
        keys.push_back(stored->key);
    }
    VERIFY_OK(chat.conversations.markRead(chat.id, keys[4]));
    const auto erased = erasure.older(chat.id, at(7 * 86400), 100);
    VERIFY_OK(erased);
    QCOMPARE(erased->keys, (std::vector<qint64>{keys[0], keys[1], keys[3], keys[4]}));
    QVERIFY(!erased->more);
    QVERIFY(erasure.older(chat.id, at(7 * 86400), 100)->keys.empty());
    VERIFY_OK(chat.conversations.markRead(chat.id, keys[9]));
    QCOMPARE(erasure.older(chat.id, at(7 * 86400), 100)->keys, (std::vector<qint64>{keys[5], keys[6]}));
    QCOMPARE(chat.row().count, 4);
    // An archive does not bring the old ones again.
    auto again = chat.incoming(QStringLiteral("day 6"), QStringLiteral("day-number-6"), at(6 * 86400));
    QVERIFY(erasure.wasErased(again, true).value());
    again.time = at(8 * 86400);
    QVERIFY(!erasure.wasErased(again, true).value());
}

void TestErasure::filesOfOthersStay()
{
    Chat chat;
    Erasure erasure(*chat.database);
    const auto withFile = [&](const char *id, const char *path, int second) {
        auto message = chat.incoming(QStringLiteral("file"), QString::fromLatin1(id), at(second));
        store::File file;
        file.state = store::FileState::Here;
        file.name = QStringLiteral("picture.png");
        file.path = QString::fromLatin1(path);
        message.files.push_back(file);
        const auto stored = chat.messages.append(message);
        return stored ? stored->key : 0;
    };
    const qint64 own = withFile("own-file-1", "/profile/files/1/picture.png", 1);
    const qint64 first = withFile("shared-file-1", "/profile/files/2/picture.png", 2);
    const qint64 second = withFile("shared-file-2", "/profile/files/2/picture.png", 3);
    QCOMPARE(erasure.message(own)->paths, QStringList{QStringLiteral("/profile/files/1/picture.png")});
    QCOMPARE(erasure.message(first)->paths, QStringList());
    QCOMPARE(erasure.message(second)->paths, QStringList{QStringLiteral("/profile/files/2/picture.png")});
}

BALCONY_TEST(TestErasure)
#include "tst_erasure.moc"
