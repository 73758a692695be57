// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite.h"
#include "store/storage.h"
#include "support/faultvfs.h"
#include "support/testmain.h"

#include <thread>
#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace tests;
using store::Reader;
using store::Store;
using store::StoreOptions;
using store::Transaction;

/// The database as files and threads: opening, versions, locks, modes, damage.
class TestStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void createsAndReopens();
    void worksInMemory();
    void rollsBackOnError();
    void readsWhatWasWritten();
    void migratesStepByStep();
    void leavesANewerVersionAlone();
    void leavesANewerVersionInTheLogAlone();
    void refusesForeignFiles();
    void letsOnlyOneIn();
    void takesOverFromTheDead();
    void keepsFilesPrivate();
    void opensReadOnlyProfiles();
    void readsBesideAnotherProcess();
    void recoversFromDamage_data();
    void recoversFromDamage();
    void closes();
    void finishesWhatWasGiven();
    void interruptsSearches();
    void endsWhatIsInterrupted();

private:
    StoreOptions options() const
    {
        StoreOptions result;
        result.folder = m_folder;
        return result;
    }
    QString path() const { return m_folder + QStringLiteral("/balcony.db"); }
    QByteArray bytes(const QString &suffix = {}) const
    {
        QFile file(path() + suffix);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
};

namespace {

const Jid account = jid("a@example.org");

Result<qint64> fill(Transaction &transaction)
{
    if (auto done = transaction.accounts().put({account, true, {}}); !done)
        return fail(done.error());
    const auto id = transaction.conversations().open(account, jid("b@example.org"));
    for (int i = 0; id && i < 300; ++i) {
        store::NewMessage message;
        message.conversation = *id;
        message.author = jid("b@example.org/x");
        message.body = QStringLiteral("body %1 ").arg(i).repeated(10);
        message.stanzaId = QStringLiteral("stanza-%1").arg(i);
        message.time = at(i);
        if (auto stored = transaction.messages().append(message); !stored)
            return fail(stored.error());
    }
    return id;
}

Result<qint64> countMessages(Reader &reader)
{
    return reader.messages().count(1);
}

/// Adds a setting, so that there is a write.
Result<> touch(Transaction &transaction)
{
    return transaction.settings().set(QStringLiteral("touched"), true);
}

} // namespace

void TestStore::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath(QStringLiteral("profile"));
}

void TestStore::createsAndReopens()
{
    {
        Store store(options());
        const auto opened = wait(store.open());
        VERIFY_OK(opened);
        QVERIFY(opened->created);
        QVERIFY(!store.isReadOnly());
        VERIFY_OK(wait(store.write(fill)));
    }
    QVERIFY(!QFile::exists(path() + QStringLiteral("-wal"))); // closed in order
    Store store(options());
    const auto opened = wait(store.open());
    VERIFY_OK(opened);
    QVERIFY(!opened->created && !opened->migrated && opened->damagedCopy.isNull());
    QCOMPARE(wait(store.read(countMessages)).value(), 300);
    QCOMPARE(wait(store.open()).error().condition, QStringLiteral("already-open"));
}

void TestStore::worksInMemory()
{
    Store store({});
    VERIFY_OK(wait(store.open()));
    VERIFY_OK(wait(store.write(fill)));
    QCOMPARE(wait(store.read(countMessages)).value(), 300);
    QCOMPARE(wait(store.search(countMessages)).value(), 300);
}

void TestStore::rollsBackOnError()
{
    Store store(options());
    VERIFY_OK(wait(store.open()));
    const auto half = [](Transaction &transaction) -> Result<> {
        if (auto done = touch(transaction); !done)
            return done;
        return fail(Error::Kind::Input, QStringLiteral("changed-my-mind"), QString());
    };
    QCOMPARE(wait(store.write(half)).error().condition, QStringLiteral("changed-my-mind"));
    const auto look = [](Reader &reader) { return reader.settings().value(QStringLiteral("touched")); };
    QVERIFY(wait(store.read(look)).value().isUndefined());
    VERIFY_OK(wait(store.write(touch)));
    QVERIFY(wait(store.read(look)).value().toBool());
}

void TestStore::readsWhatWasWritten()
{
    Store store(options());
    VERIFY_OK(wait(store.open()));
    for (int i = 0; i < 50; ++i) {
        const auto set = [i](Transaction &transaction) { return transaction.settings().set(QStringLiteral("n"), i); };
        const auto get = [](Reader &reader) { return reader.settings().value(QStringLiteral("n")); };
        VERIFY_OK(wait(store.write(set)));
        QCOMPARE(wait(store.read(get)).value().toInt(), i);
    }
}

void TestStore::migratesStepByStep()
{
    QDir().mkpath(m_folder);
    {
        auto old = store::Database::open(path(), store::Database::Mode::Create);
        VERIFY_OK(old);
        VERIFY_OK((*old)->execute("PRAGMA journal_mode = WAL"));
        VERIFY_OK(store::schema::migrate(**old, 1));
        VERIFY_OK((*old)->execute(
            "INSERT INTO accounts (jid, enabled, config) VALUES ('a@example.org', 1, '{}');"
            "INSERT INTO conversations (account, peer, kind) VALUES ('a@example.org', 'b@example.org', 0);"
            "INSERT INTO messages (key, outgoing, state, unread, encryption, edited, retracted, time, author, body) "
            "VALUES ((1 << 43) + 5, 0, 0, 1, 0, 0, 0, 0, 'b@example.org', 'needle');"));
    }
    Store store(options());
    const auto opened = wait(store.open());
    VERIFY_OK(opened);
    QVERIFY(opened->migrated);
    QVERIFY(!opened->created);
    const auto index = [](Transaction &transaction) { return transaction.search().index(); };
    QCOMPARE(wait(store.write(index)).value(), 1);
    const auto find = [](Reader &reader) {
        store::SearchRequest request;
        request.text = QStringLiteral("needle");
        return reader.search().find(request);
    };
    QCOMPARE(wait(store.search(find))->size(), size_t(1));
}

void TestStore::leavesANewerVersionAlone()
{
    {
        Store store(options());
        VERIFY_OK(wait(store.open()));
    }
    {
        auto newer = store::Database::open(path(), store::Database::Mode::ReadWrite);
        VERIFY_OK((*newer)->execute("PRAGMA user_version = 999"));
    }
    const QByteArray before = bytes();
    {
        Store store(options());
        QCOMPARE(wait(store.open()).error().condition, QStringLiteral("database-newer"));
        QCOMPARE(wait(store.write(touch)).error().condition, QStringLiteral("store-closed"));
    }
    QCOMPARE(bytes(), before);
}

void TestStore::leavesANewerVersionInTheLogAlone()
{
    {
        Store store(options());
        VERIFY_OK(wait(store.open()));
    }
    {
        auto newer = store::Database::open(path(), store::Database::Mode::ReadWrite);
        (*newer)->keepLogOnClose();
        VERIFY_OK((*newer)->execute("PRAGMA user_version = 999"));
    }
    const QByteArray before = bytes();
    const QByteArray log = bytes(QStringLiteral("-wal"));
    QVERIFY(!log.isEmpty());
    {
        Store store(options());
        QCOMPARE(wait(store.open()).error().condition, QStringLiteral("database-newer"));
    }
    QCOMPARE(bytes(), before);
    QCOMPARE(bytes(QStringLiteral("-wal")), log);
}

void TestStore::refusesForeignFiles()
{
    QDir().mkpath(m_folder);
    {
        auto foreign = store::Database::open(path(), store::Database::Mode::Create);
        VERIFY_OK((*foreign)->execute("PRAGMA application_id = 12345; CREATE TABLE t (x); PRAGMA user_version = 1"));
    }
    const QByteArray before = bytes();
    Store store(options());
    QCOMPARE(wait(store.open()).error().condition, QStringLiteral("database-foreign"));
    QCOMPARE(bytes(), before);
}

void TestStore::letsOnlyOneIn()
{
    Store first(options());
    VERIFY_OK(wait(first.open()));
    {
        Store second(options());
        const auto opened = wait(second.open());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Storage);
        QCOMPARE(opened.error().condition, QStringLiteral("profile-in-use"));
    }
    VERIFY_OK(wait(first.write(touch)));
    QVERIFY(wait(done(first.close())));
    Store third(options());
    VERIFY_OK(wait(third.open()));
}

void TestStore::takesOverFromTheDead()
{
    QDir().mkpath(m_folder);
    QFile lock(m_folder + QStringLiteral("/lock"));
    QVERIFY(lock.open(QFile::WriteOnly));
    lock.write("1\n"); // a process that surely lives
    lock.close();
    Store store(options());
    VERIFY_OK(wait(store.open()));
}

void TestStore::keepsFilesPrivate()
{
#ifdef Q_OS_UNIX
    const mode_t before = umask(0);
    QDir().mkpath(m_folder);
    chmod(QFile::encodeName(m_folder).constData(), 0777);
    {
        Store store(options());
        const auto opened = wait(store.open());
        const auto filled = wait(store.write(fill));
        umask(before);
        VERIFY_OK(opened);
        VERIFY_OK(filled);
        const auto modeOf = [](const QString &name) {
            struct stat status = {};
            return ::stat(QFile::encodeName(name).constData(), &status) == 0 ? int(status.st_mode & 0777) : -1;
        };
        QCOMPARE(modeOf(m_folder), 0700);
        for (const char *suffix : {"/balcony.db", "/balcony.db-wal", "/balcony.db-shm", "/lock"})
            QCOMPARE(modeOf(m_folder + QLatin1String(suffix)), 0600);
    }
#endif
}

void TestStore::opensReadOnlyProfiles()
{
    {
        Store store(options());
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(fill)));
    }
    FaultVfs vfs;
    vfs.setReadOnly(true);
    StoreOptions readOnly = options();
    readOnly.vfs = vfs.name();
    const QByteArray before = bytes();
    {
        Store store(readOnly);
        VERIFY_OK(wait(store.open()));
        QVERIFY(store.isReadOnly());
        QCOMPARE(wait(store.read(countMessages)).value(), 300);
        QCOMPARE(wait(store.search(countMessages)).value(), 300);
        QCOMPARE(wait(store.write(touch)).error().condition, QStringLiteral("read-only"));
    }
    QCOMPARE(bytes(), before);
    // What stands only in the log is shown too.
    vfs.heal();
    {
        auto crashed = store::Database::open(path(), store::Database::Mode::ReadWrite);
        (*crashed)->keepLogOnClose();
        VERIFY_OK((*crashed)->execute("UPDATE conversations SET message_count = 4711"));
    }
    QFile::remove(path() + QStringLiteral("-shm"));
    vfs.setReadOnly(true);
    Store store(readOnly);
    VERIFY_OK(wait(store.open()));
    QVERIFY(store.isReadOnly());
    QCOMPARE(wait(store.read(countMessages)).value(), 4711);
    QCOMPARE(bytes(), before);
}

void TestStore::readsBesideAnotherProcess()
{
    Store first(options());
    VERIFY_OK(wait(first.open()));
    VERIFY_OK(wait(first.write(fill)));
    StoreOptions reading = options();
    reading.readOnly = true;
    Store second(reading);
    VERIFY_OK(wait(second.open()));
    QVERIFY(second.isReadOnly());
    QCOMPARE(wait(second.read(countMessages)).value(), 300);
    QCOMPARE(wait(second.write(touch)).error().condition, QStringLiteral("read-only"));
    VERIFY_OK(wait(first.write(touch)));

    StoreOptions nothing;
    nothing.folder = m_dir->filePath(QStringLiteral("none"));
    nothing.readOnly = true;
    Store third(nothing);
    QCOMPARE(wait(third.open()).error().condition, QStringLiteral("read-only"));
    QVERIFY(!QFile::exists(nothing.folder));
}

void TestStore::recoversFromDamage_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("salvages");
    QTest::newRow("no database at all") << 0 << false;
    QTest::newRow("a header of zeros") << 1 << false;
    QTest::newRow("a cut file") << 2 << true;
    QTest::newRow("garbage in the middle") << 3 << true;
}

void TestStore::recoversFromDamage()
{
    QFETCH(int, kind);
    QFETCH(bool, salvages);
    {
        Store store(options());
        VERIFY_OK(wait(store.open()));
        VERIFY_OK(wait(store.write(fill)));
    }
    const QByteArray good = bytes();
    QByteArray bad = good;
    if (kind == 0)
        bad = QByteArray("This is a text file.\n").repeated(100);
    else if (kind == 1)
        bad.replace(0, 100, QByteArray(100, '\0'));
    else if (kind == 2)
        bad.chop(4096 * 5);
    else
        bad.replace(bad.size() - 4096 * 6, 4096, QByteArray(4096, '\x5a'));
    {
        QFile file(path());
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(bad);
        QFile mark(path() + QStringLiteral("-check")); // as it is left where damage was met
        QVERIFY(mark.open(QFile::WriteOnly));
    }
    Store store(options());
    const auto opened = wait(store.open());
    VERIFY_OK(opened);
    QVERIFY(!opened->damagedCopy.isEmpty());
    QVERIFY(QFileInfo(opened->damagedCopy).fileName().startsWith(QStringLiteral("balcony.db.damaged-")));
    QFile aside(opened->damagedCopy);
    QVERIFY(aside.open(QFile::ReadOnly));
    QCOMPARE(aside.readAll(), bad);
    QCOMPARE(opened->salvaged > 0, salvages);
    VERIFY_OK(wait(store.write(touch)));
    if (salvages) {
        const auto accounts = [](Reader &reader) { return reader.accounts().all(); };
        QCOMPARE(wait(store.read(accounts))->size(), size_t(1));
    }
    QVERIFY(wait(done(store.close())));
    Store again(options());
    const auto reopened = wait(again.open());
    VERIFY_OK(reopened);
    QVERIFY(reopened->damagedCopy.isNull());
}

void TestStore::closes()
{
    Store store(options());
    VERIFY_OK(wait(store.open()));
    QVERIFY(wait(done(store.close())));
    QCOMPARE(wait(store.write(touch)).error().condition, QStringLiteral("store-closed"));
    QCOMPARE(wait(store.read(countMessages)).error().condition, QStringLiteral("store-closed"));
    QCOMPARE(wait(store.search(countMessages)).error().condition, QStringLiteral("store-closed"));
    VERIFY_OK(wait(store.open()));
    VERIFY_OK(wait(store.write(touch)));
}

void TestStore::finishesWhatWasGiven()
{
    {
        Store store(options());
        VERIFY_OK(wait(store.open()));
        base::Scope scope;
        std::vector<std::optional<Result<>>> results(20);
        for (int i = 0; i < 20; ++i) {
            const auto set = [i](Transaction &transaction) {
                return transaction.settings().set(QString::number(i), i);
            };
            scope.run(keep(store.write(set), &results[size_t(i)]));
        }
    } // nobody waited
    Store store(options());
    VERIFY_OK(wait(store.open()));
    const auto all = [](Reader &reader) { return reader.settings().all(); };
    QCOMPARE(wait(store.read(all))->size(), 20);
}

void TestStore::interruptsSearches()
{
    Store store(options());
    VERIFY_OK(wait(store.open()));
    VERIFY_OK(wait(store.search(countMessages)));
    // Endless, until the next one comes.
    std::optional<Result<qint64>> endless;
    auto running = std::make_shared<std::atomic<bool>>(false);
    const auto count = [running](Reader &reader) -> Result<qint64> {
        *running = true;
        for (;;) {
            const auto counted = reader.messages().count(1);
            if (!counted)
                return counted;
        }
    };
    base::Scope scope;
    scope.run(keep(store.search(count), &endless));
    QTRY_VERIFY(running->load());
    while (!endless) {
        store.interruptSearch();
        QCoreApplication::processEvents();
    }
    QCOMPARE(endless->error().condition, QStringLiteral("interrupted"));
    VERIFY_OK(wait(store.search(countMessages)));
}

/// An interrupt may hit the statement that ends a transaction, too.
void TestStore::endsWhatIsInterrupted()
{
    const auto opened = store::Database::open(QStringLiteral(":memory:"), store::Database::Mode::Create);
    VERIFY_OK(opened);
    store::Database &database = **opened;
    std::atomic<bool> over = false;
    std::thread other([&] {
        while (!over)
            database.interrupt();
    });
    // Until it was hit often enough at the beginning to be hit at the end, too.
    int hits = 0;
    int open = 0;
    for (int i = 0; i < 5'000'000 && hits < 200; ++i) {
        const auto begun = database.beginReading();
        hits += !begun && begun.error().condition == u"interrupted";
        database.rollback();
        open += database.isInTransaction();
    }
    over = true;
    other.join();
    QVERIFY(hits > 0);
    QCOMPARE(open, 0);
}

BALCONY_TEST(TestStore)
#include "tst_store.moc"
