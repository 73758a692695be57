// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backups.h"
#include "store/storage.h"
#include "support/faultvfs.h"
#include "support/testmain.h"

#include <sqlite3.h>
#include <sys/stat.h>

using namespace tests;
using store::Backups;
using store::Database;
using store::MessageState;
using store::Reader;
using store::Store;
using store::StoreOptions;
using store::Transaction;

/// Copies of the database: when they are made, that none is worse than what it replaces, and what a repair takes of them
/// (RELIABILITY 2.6, D02).
class TestBackups : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void onceADay();
    void isTheWholeDatabase();
    void beforeAMigration();
    void keepsGoodOnes();
    void fullDiskAtEveryChange();
    void endsWithTheStore();
    void givesWhatTheDamagedLost_data();
    void givesWhatTheDamagedLost();
    void whatWasWholeStaysAsItWas();
    void afterAnEarlierRepair();

private:
    QString path() const { return m_options.folder + QStringLiteral("/balcony.db"); }
    QStringList copies() const { return Backups(m_options.folder).all(); }
    /// Writes garbage over the pages that hold the messages.
    void damage(const QByteArray &needle);
    void loseAll();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FaultVfs> m_vfs;
    StoreOptions m_options;
};

namespace {

const Jid account = jid("a@example.org");
const Jid peer = jid("b@example.org");
const QDateTime now = at(0);

/// Messages `first` to `last` of the chat with `who`; every third is ours and waits.
struct Say {
    int first;
    int last;
    Jid who = peer;
    Result<> operator()(Transaction &transaction) const
    {
        const auto known = transaction.accounts().all();
        if (known && known->empty()) {
            if (auto done = transaction.accounts().put({account, true, {}}); !done)
                return fail(done.error());
        }
        const auto id = transaction.conversations().open(account, who);
        if (!id)
            return fail(id.error());
        for (int i = first; i <= last; ++i) {
            store::NewMessage message;
            message.conversation = *id;
            message.outgoing = i % 3 == 0;
            message.author = message.outgoing ? account : who;
            message.body = QStringLiteral("body %1 ").arg(i).repeated(20);
            message.stanzaId = QStringLiteral("stanza-%1").arg(i);
            message.time = at(i);
            message.state = message.outgoing ? MessageState::Queued : MessageState::Received;
            const auto stored = transaction.messages().append(message);
            if (!stored)
                return fail(stored.error());
            if (!message.outgoing)
                continue;
            if (auto queued = transaction.outbox().enqueue(account, *id, stored->key, "<m/>"); !queued)
                return fail(queued.error());
        }
        return {};
    }
};

Result<std::vector<store::Message>> all(Reader &reader, const Jid &who = peer)
{
    const auto chat = reader.conversations().find(account, who);
    if (!chat || !*chat)
        return std::vector<store::Message>();
    store::PageRequest request;
    request.limit = 1000;
    auto page = reader.messages().page((*chat)->id, request);
    if (!page)
        return fail(page.error());
    return page->messages;
}

/// The first message gets another text.
Result<store::Recorded> correctFirst(Transaction &transaction)
{
    store::Change change;
    change.conversation = transaction.conversations().find(account, peer).value()->id;
    change.outgoing = true;
    change.author = account;
    change.target = QStringLiteral("stanza-0");
    change.time = at(1);
    change.state = MessageState::Accepted;
    change.stanzaId = QStringLiteral("correction");
    change.body = QStringLiteral("corrected");
    return transaction.changes().record(change);
}

Result<std::vector<store::Message>> allOfPeer(Reader &reader)
{
    return all(reader);
}

QStringList idsOf(const std::vector<store::Message> &messages)
{
    QStringList ids;
    for (const store::Message &message : messages)
        ids.append(message.stanzaId);
    return ids;
}

QStringList numbered(int first, int last)
{
    QStringList ids;
    for (int i = first; i <= last; ++i)
        ids.append(QStringLiteral("stanza-%1").arg(i));
    return ids;
}

} // namespace

void TestBackups::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_vfs = std::make_unique<FaultVfs>();
    m_options = {};
    m_options.folder = m_dir->filePath(QStringLiteral("profile"));
}

void TestBackups::damage(const QByteArray &needle)
{
    QFile file(path());
    QVERIFY(file.open(QFile::ReadWrite));
    QByteArray bytes = file.readAll();
    int pages = 0;
    for (qsizetype page = 4096; page < bytes.size(); page += 4096) {
        if (bytes.mid(page, 4096).contains(needle)) {
            bytes.replace(page, 4096, QByteArray(4096, '\x5a'));
            ++pages;
        }
    }
    QVERIFY(pages > 0);
    QVERIFY(file.seek(0));
    file.write(bytes);
    QFile mark(path() + QStringLiteral("-check"));
    QVERIFY(mark.open(QFile::WriteOnly));
}

void TestBackups::loseAll()
{
    QFile file(path());
    QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
    file.write(QByteArray("nothing of it ").repeated(1000));
}

void TestBackups::onceADay()
{
    Store store(m_options);
    VERIFY_OK(wait(store.open()));
    VERIFY_OK(wait(store.write(Say{0, 10})));
    QCOMPARE(wait(store.backUp(now)).value(), true);
    QCOMPARE(copies().size(), 1);
    QCOMPARE(wait(store.backUp(now.addSecs(23 * 3600))).value(), false);
    for (int day = 1; day < 6; ++day)
        QCOMPARE(wait(store.backUp(now.addDays(day))).value(), true);
    QCOMPARE(copies().size(), 3);
    QVERIFY(copies().first().contains(now.addDays(5).toString(QStringLiteral("yyyyMMdd"))));
    // The clock was wrong: a copy of a time to come holds up none, and goes first.
    QCOMPARE(wait(store.backUp(now.addDays(2))).value(), true);
    QCOMPARE(wait(store.backUp(now.addDays(2).addSecs(3600))).value(), false);
    QCOMPARE(copies().size(), 3);
    QVERIFY(copies().last().contains(now.addDays(2).toString(QStringLiteral("yyyyMMdd"))));
    QVERIFY(!copies().join(u' ').contains(now.addDays(3).toString(QStringLiteral("yyyyMMdd"))));
    const QString folder = m_options.folder + QStringLiteral("/backups");
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(folder).constData(), &status), 0);
    QCOMPARE(int(status.st_mode & 0777), 0700);
    for (const QString &name : QDir(folder).entryList(QDir::Files)) {
        QCOMPARE(::stat(QFile::encodeName(folder + u'/' + name).constData(), &status), 0);
        QCOMPARE(int(status.st_mode & 0777), 0600);
    }
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 3);
}

/// Also while it is written to: the copy is one state of it.
void TestBackups::isTheWholeDatabase()
{
    Store store(m_options);
    VERIFY_OK(wait(store.open()));
    VERIFY_OK(wait(store.write(Say{0, 300})));
    std::optional<Result<bool>> made;
    base::Scope scope;
    scope.run(keep(store.backUp(now), &made));
    int said = 300;
    while (!made) {
        VERIFY_OK(wait(store.write(Say{said + 1, said + 1})));
        ++said;
    }
    VERIFY_OK(*made);
    auto copy = Database::open(copies().first(), Database::Mode::Immutable);
    VERIFY_OK(copy);
    const auto messages = (*copy)->pragma("SELECT count(*) FROM messages").value();
    QVERIFY(messages >= 301 && messages <= said + 1);
    QCOMPARE((*copy)->pragma("SELECT message_count FROM conversations").value(), messages);
    QCOMPARE(wait(store.read(allOfPeer))->size(), size_t(said + 1));
}

void TestBackups::beforeAMigration()
{
    QDir().mkpath(m_options.folder);
    {
        auto old = Database::open(path(), Database::Mode::Create);
        VERIFY_OK((*old)->execute("PRAGMA journal_mode = WAL"));
        VERIFY_OK(store::schema::migrate(**old, 1));
        VERIFY_OK((*old)->execute("INSERT INTO settings VALUES ('old', '1')"));
    }
    Store store(m_options);
    VERIFY_OK(wait(store.open()));
    QCOMPARE(copies().size(), 1);
    auto copy = Database::open(copies().first(), Database::Mode::Immutable);
    QCOMPARE((*copy)->pragma("PRAGMA user_version").value(), 1);
    QCOMPARE((*copy)->pragma("SELECT value FROM settings WHERE key = 'old'").value(), 1);
}

/// A database that is damaged and does not know it yet makes no copy, and the next start looks.
void TestBackups::keepsGoodOnes()
{
    {
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(Say{0, 300})));
        QVERIFY(wait(store.backUp(now)).value());
    }
    const QStringList good = copies();
    damage("body 200 body");
    QVERIFY(QFile::remove(path() + QStringLiteral("-check")));
    {
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        for (int day = 1; day < 5; ++day)
            QCOMPARE(wait(store.backUp(now.addDays(day))).error().condition, QStringLiteral("database-damaged"));
        QCOMPARE(copies(), good);
        QCOMPARE(QDir(m_options.folder + QStringLiteral("/backups")).entryList(QDir::Files).size(), 1);
    }
    Store store(m_options);
    QVERIFY(!wait(store.open())->damagedCopy.isNull());
    QCOMPARE(idsOf(wait(store.read(allOfPeer)).value()), numbered(0, 300));
}

void TestBackups::fullDiskAtEveryChange()
{
    m_options.vfs = m_vfs->name();
    Store store(m_options);
    VERIFY_OK(wait(store.open()));
    VERIFY_OK(wait(store.write(Say{0, 50})));
    QVERIFY(wait(store.backUp(now)).value());
    int n = 1;
    for (bool over = false; !over && n < 1000; n += 3) {
        m_vfs->failAt(n, SQLITE_FULL);
        const auto made = wait(store.backUp(now.addDays(n)));
        over = m_vfs->operations() < n;
        m_vfs->heal();
        QCOMPARE(made.has_value(), over);
        QCOMPARE(copies().size(), over ? 2 : 1);
        QCOMPARE(QDir(m_options.folder + QStringLiteral("/backups")).entryList(QDir::Files).size(), over ? 2 : 1);
        VERIFY_OK(wait(store.write(Say{50 + n, 50 + n})));
    }
    QVERIFY(n > 10);
}

void TestBackups::endsWithTheStore()
{
    std::optional<Result<bool>> made;
    base::Scope scope;
    {
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(Say{0, 3000})));
        scope.run(keep(store.backUp(now), &made));
        QVERIFY(wait(done(store.close())));
        QVERIFY(made);
        QVERIFY(*made || made->error().condition == u"interrupted");
        VERIFY_OK(wait(store.open()));
        (void)wait(store.backUp(now));
    }
    QCOMPARE(copies().size(), 1);
}

void TestBackups::givesWhatTheDamagedLost_data()
{
    QTest::addColumn<bool>("everything");
    QTest::newRow("some pages") << false;
    QTest::newRow("the whole file") << true;
}

void TestBackups::givesWhatTheDamagedLost()
{
    QFETCH(bool, everything);
    {
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(Say{0, 200})));
        VERIFY_OK(wait(store.write(correctFirst)));
        QVERIFY(wait(store.backUp(now)).value());
        VERIFY_OK(wait(store.write(Say{201, 300})));
        const auto record = [](Transaction &transaction) {
            return transaction.records().put(account, QStringLiteral("stream/session"), "old");
        };
        VERIFY_OK(wait(store.write(record)));
    }
    if (everything)
        loseAll();
    else
        damage("body 100 body");
    Store store(m_options);
    const auto opened = wait(store.open());
    VERIFY_OK(opened);
    QVERIFY(!opened->damagedCopy.isNull());
    QVERIFY(opened->restored > 0);
    const auto messages = wait(store.read(allOfPeer)).value();
    QCOMPARE(idsOf(messages), numbered(0, everything ? 200 : 300));
    // What was said of a message is there, once, and so is what it said first.
    const store::Message &corrected = messages.front();
    QVERIFY(corrected.edited);
    QCOMPARE(corrected.body, QStringLiteral("corrected"));
    const auto versions = [key = corrected.key](Reader &reader) { return reader.changes().history(key); };
    QCOMPARE(wait(store.read(versions))->size(), size_t(2));
    // What waits is what the damaged one said; what only the backup knew of is not sent again by itself.
    for (const store::Message &message : messages) {
        if (!message.outgoing)
            continue;
        const auto entry = [key = message.key](Reader &reader) -> Result<int> {
            const auto entries = reader.outbox().all(account);
            if (!entries)
                return fail(entries.error());
            return int(
                std::count_if(entries->begin(), entries->end(), [&](const auto &each) { return each.item == key; }));
        };
        const bool waits = wait(store.read(entry)).value() == 1;
        QCOMPARE(message.state, waits ? MessageState::Queued : MessageState::Failed);
        QVERIFY(!everything || !waits);
        if (!waits)
            QCOMPARE(message.failure.condition, QStringLiteral("fate-unknown"));
    }
    const auto count = [](Reader &reader) { return reader.conversations().find(account, peer); };
    QCOMPARE(wait(store.read(count)).value()->count, qint64(messages.size()));
    const auto intact = [](Transaction &transaction) { return transaction.isIntact(); };
    QVERIFY(wait(store.write(intact)).value());
    // Known by their ids: the archive brings none of them twice.
    VERIFY_OK(wait(store.write(Say{1, 1})));
    QCOMPARE(wait(store.read(allOfPeer))->size(), messages.size());
}

/// A chat that was taken away since the backup does not come back with the damage of another table.
void TestBackups::whatWasWholeStaysAsItWas()
{
    {
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(Say{0, 200})));
        const auto set = [](Transaction &transaction) {
            return transaction.settings().set(QStringLiteral("gone"), true);
        };
        VERIFY_OK(wait(store.write(set)));
        QVERIFY(wait(store.backUp(now)).value());
        const auto unset = [](Transaction &transaction) {
            return transaction.settings().remove(QStringLiteral("gone"));
        };
        VERIFY_OK(wait(store.write(unset)));
    }
    damage("body 100 body");
    Store store(m_options);
    VERIFY_OK(wait(store.open()));
    QCOMPARE(idsOf(wait(store.read(allOfPeer)).value()), numbered(0, 200));
    const auto look = [](Reader &reader) { return reader.settings().value(QStringLiteral("gone")); };
    QVERIFY(wait(store.read(look)).value().isUndefined());
}

/// After a repair that could save nothing the chats have other numbers: the backup's messages go to the chats that they
/// belong to, and what the archive has brought again meanwhile is not there twice.
void TestBackups::afterAnEarlierRepair()
{
    const Jid other = jid("c@example.org");
    {
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(Say{1, 50, peer})));
        VERIFY_OK(wait(store.write(Say{51, 60, other})));
        QVERIFY(wait(store.backUp(now)).value());
    }
    // As if that backup had not been there at the first repair.
    const QString backup = copies().first();
    QVERIFY(QFile::rename(backup, m_dir->filePath(QStringLiteral("kept"))));
    loseAll();
    {
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(Say{51, 55, other}))); // the first number is another chat's now
        VERIFY_OK(wait(store.write(Say{1, 5, peer})));
        QVERIFY(wait(done(store.close())));
    }
    QVERIFY(QFile::rename(m_dir->filePath(QStringLiteral("kept")), backup));
    damage("body 2 body");
    Store store(m_options);
    const auto opened = wait(store.open());
    VERIFY_OK(opened);
    QVERIFY(!opened->damagedCopy.isNull());
    const auto found = wait(store.read(allOfPeer)).value();
    QStringList ids = idsOf(found);
    std::sort(ids.begin(), ids.end());
    QStringList wanted = numbered(1, 50);
    std::sort(wanted.begin(), wanted.end());
    QCOMPARE(ids, wanted);
    const auto others = [other](Reader &reader) { return all(reader, other); };
    QStringList otherIds = idsOf(wait(store.read(others)).value());
    std::sort(otherIds.begin(), otherIds.end());
    QCOMPARE(otherIds, numbered(51, 60));
}

BALCONY_TEST(TestBackups)
#include "tst_backups.moc"
