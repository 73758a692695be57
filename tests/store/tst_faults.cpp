// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storage.h"
#include "support/faultvfs.h"
#include "support/testmain.h"

#include <sqlite3.h>

using namespace tests;
using store::Reader;
using store::Store;
using store::StoreOptions;
using store::Transaction;

/// What a row survives: death at any change of the disk, loss of power, a full disk (RELIABILITY 2.6, C04, C06, D02).
class TestFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void diesAtEveryChange_data();
    void diesAtEveryChange();
    void losesPowerAtEveryChange_data();
    void losesPowerAtEveryChange();
    void diesInEveryMigration();
    void diskTakesNothing_data();
    void diskTakesNothing();
    void fullDiskAtEveryChange();
    void recoveryCutOff_data();
    void recoveryCutOff();
    void brokenSync();

private:
    /// Opens and sends the script's messages; gives how many were confirmed to be on disk, -1 where opening failed.
    int runScript();
    void checkWhatIsThere(int confirmed, bool sameMayFollow = true);

    /// As init(), and the database is there already, with every step of its schema done: the changes that are counted are
    /// those of use, and not the hundreds of its making.
    void beginMade();

    static constexpr int scriptLength = 20;
    /// Under sanitizers each of four runs takes its own quarter of the changes.
    static constexpr int stride = tests::isSanitized ? 4 : 1;
    QTemporaryDir m_made;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FaultVfs> m_vfs;
    StoreOptions m_options;
};

namespace {

const Jid account = jid("a@example.org");
const Jid peer = jid("b@example.org");

/// What the first step of the way out does: message, outbox entry and draft in one transaction.
struct Send {
    int number;
    Result<qint64> operator()(Transaction &transaction) const
    {
        if (number == 0) {
            if (auto done = transaction.accounts().put({account, true, {}}); !done)
                return fail(done.error());
        }
        const auto conversation = transaction.conversations().open(account, peer);
        if (!conversation)
            return conversation;
        store::NewMessage message;
        message.conversation = *conversation;
        message.outgoing = true;
        message.author = account;
        message.body = QStringLiteral("message %1 ").arg(number).repeated(50);
        message.stanzaId = QStringLiteral("stanza-id-%1").arg(number);
        message.originId = message.stanzaId;
        message.time = at(number);
        message.state = store::MessageState::Queued;
        const auto stored = transaction.messages().append(message);
        if (!stored)
            return fail(stored.error());
        const auto entry =
            transaction.outbox().enqueue(account, *conversation, stored->key, QByteArray::number(number));
        if (!entry)
            return entry;
        if (auto done = transaction.conversations().setDraft(*conversation, QString()); !done)
            return fail(done.error());
        return stored->key;
    }
};

struct Found {
    std::vector<store::Message> messages;
    std::vector<store::OutboxEntry> entries;
    qint64 count = 0;
};

Result<Found> findAll(Reader &reader)
{
    Found found;
    const auto conversation = reader.conversations().find(account, peer);
    if (!conversation)
        return fail(conversation.error());
    if (!*conversation)
        return found;
    found.count = (*conversation)->count;
    auto page = reader.messages().page((*conversation)->id, {});
    auto entries = reader.outbox().all(account);
    if (!page || !entries)
        return fail(page ? entries.error() : page.error());
    found.messages = std::move(page->messages);
    found.entries = std::move(*entries);
    return found;
}

} // namespace

void TestFaults::initTestCase()
{
    Store store({.folder = m_made.path()});
    VERIFY_OK(wait(store.open()));
    QVERIFY(wait(done(store.close())));
}

void TestFaults::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_vfs = std::make_unique<FaultVfs>();
    m_options.folder = m_dir->filePath(QStringLiteral("profile"));
    m_options.vfs = m_vfs->name();
    m_options.busyTimeout = std::chrono::milliseconds(50);
}

void TestFaults::beginMade()
{
    init();
    QVERIFY(QDir().mkpath(m_options.folder));
    const QDir made(m_made.path());
    for (const QString &name : made.entryList(QDir::Files))
        QVERIFY(QFile::copy(made.filePath(name), m_options.folder + QLatin1Char('/') + name));
}

int TestFaults::runScript()
{
    Store store(m_options);
    if (!wait(store.open()))
        return -1;
    for (int i = 0; i < scriptLength; ++i) {
        if (!wait(store.write(Send{i})))
            return i;
    }
    return scriptLength;
}

void TestFaults::checkWhatIsThere(int confirmed, bool sameMayFollow)
{
    m_vfs->heal();
    Store store(m_options);
    const auto opened = wait(store.open());
    VERIFY_OK(opened);
    QVERIFY2(opened->damagedCopy.isNull(), "a crash must not look like damage");
    const auto found = wait(store.read(findAll));
    VERIFY_OK(found);
    const int count = int(found->messages.size());
    const int least = qMax(confirmed, 0);
    QVERIFY2(count >= least, qPrintable(QStringLiteral("%1 of %2 are there").arg(count).arg(least)));
    // The one that was under way may be there or not, but whole.
    QVERIFY(count <= least + (sameMayFollow ? 1 : 0));
    QCOMPARE(found->entries.size(), size_t(count));
    QCOMPARE(found->count, qint64(count));
    for (int i = 0; i < count; ++i) {
        QCOMPARE(found->messages[size_t(i)].stanzaId, QStringLiteral("stanza-id-%1").arg(i));
        QCOMPARE(found->entries[size_t(i)].item, found->messages[size_t(i)].key);
        QCOMPARE(found->entries[size_t(i)].stanza, QByteArray::number(i));
    }
    // Going on needs no help, and what was there is known.
    for (int i = 0; i < scriptLength; ++i) {
        const auto again = wait(store.write(Send{i}));
        if (i >= count)
            VERIFY_OK(again);
        else
            QVERIFY(!again); // the outbox has it: nothing is twice
    }
    QCOMPARE(wait(store.read(findAll))->messages.size(), size_t(scriptLength));
    const auto intact = [](Transaction &transaction) { return transaction.isIntact(); };
    QVERIFY(wait(store.write(intact)).value());
}

void TestFaults::diesAtEveryChange_data()
{
    QTest::addColumn<bool>("torn");
    QTest::newRow("between changes") << false;
    QTest::newRow("in the middle of a write") << true;
}

void TestFaults::diesAtEveryChange()
{
    QFETCH(bool, torn);
    // Once from nothing on, with the making of the database.
    const auto begin = torn ? &TestFaults::beginMade : &TestFaults::init;
    (this->*begin)();
    QCOMPARE(runScript(), scriptLength);
    const qint64 changes = m_vfs->operations();
    QVERIFY(changes > scriptLength * 2);
    for (qint64 n = 1 + (torn ? 1 % stride : 0); n <= changes; n += stride) {
        (this->*begin)();
        m_vfs->dieAt(n, torn);
        const int confirmed = runScript();
        QVERIFY(m_vfs->isDead());
        checkWhatIsThere(confirmed);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("at change %1 of %2").arg(n).arg(changes)));
    }
}

void TestFaults::losesPowerAtEveryChange_data()
{
    QTest::addColumn<bool>("random");
    QTest::newRow("all that was not synced") << false;
    QTest::newRow("some of it, in any order") << true;
}

void TestFaults::losesPowerAtEveryChange()
{
    QFETCH(bool, random);
    beginMade();
    QCOMPARE(runScript(), scriptLength);
    const qint64 changes = m_vfs->operations();
    QVERIFY(changes > scriptLength * 2);
    for (qint64 n = 1 + (random ? 3 : 2) % stride; n <= changes; n += stride) {
        beginMade();
        m_vfs->dieAt(n);
        const int confirmed = runScript();
        m_vfs->losePower(random ? FaultVfs::Loss::Random : FaultVfs::Loss::Unsynced, quint32(n));
        checkWhatIsThere(confirmed);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("at change %1 of %2").arg(n).arg(changes)));
    }
}

void TestFaults::diesInEveryMigration()
{
    QString path;
    const auto prepare = [&] {
        init(); // another folder each time
        path = m_options.folder + QStringLiteral("/balcony.db");
        QDir().mkpath(m_options.folder);
        auto old = store::Database::open(path, store::Database::Mode::Create, m_options.vfs);
        return old && (*old)->execute("PRAGMA journal_mode = WAL") && store::schema::migrate(**old, 1)
            && (*old)->execute("INSERT INTO settings (key, value) VALUES ('kept', '[true]')");
    };
    qint64 changes = 1000;
    for (qint64 n = 1; n <= changes; n += 4 * stride) { // tst_migrations has each statement
        QVERIFY(prepare());
        m_vfs->heal();
        m_vfs->dieAt(n);
        {
            Store store(m_options);
            (void)wait(store.open());
        }
        if (!m_vfs->isDead())
            changes = n; // it was done before
        m_vfs->heal();
        {
            auto between = store::Database::open(path, store::Database::Mode::ReadWrite, m_options.vfs);
            const auto version = (*between)->pragma("PRAGMA user_version");
            VERIFY_OK(version);
            const auto tables = (*between)->pragma("SELECT count(*) FROM sqlite_schema WHERE name = 'message_words'");
            QCOMPARE(tables.value(), *version >= 2 ? 1 : 0); // old or new, never mixed
        }
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        const auto kept = [](Reader &reader) { return reader.settings().value(QStringLiteral("kept")); };
        QVERIFY(wait(store.read(kept)).value().toBool());
    }
    QVERIFY(changes > 10 && changes < 1000);
}

void TestFaults::diskTakesNothing_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("condition");
    QTest::newRow("full") << SQLITE_FULL << QStringLiteral("disk-full");
    QTest::newRow("remounted without writing") << SQLITE_READONLY << QStringLiteral("read-only");
    QTest::newRow("broken") << SQLITE_IOERR_WRITE << QStringLiteral("storage-failed");
}

/// From a moment on, while it is open (D02, D03): nothing is taken for stored, reading goes on, and so does writing later.
void TestFaults::diskTakesNothing()
{
    QFETCH(int, code);
    QFETCH(QString, condition);
    Store store(m_options);
    VERIFY_OK(wait(store.open()));
    for (int i = 0; i < 5; ++i)
        VERIFY_OK(wait(store.write(Send{i})));
    m_vfs->failAt(1, code);
    for (int tries = 0; tries < 3; ++tries) {
        const auto refused = wait(store.write(Send{5}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Storage);
        QCOMPARE(refused.error().condition, condition);
    }
    QCOMPARE(wait(store.read(findAll))->messages.size(), size_t(5)); // history is still readable
    m_vfs->heal();
    VERIFY_OK(wait(store.write(Send{5})));
    QVERIFY(wait(done(store.close())));
    checkWhatIsThere(6, false);
}

void TestFaults::fullDiskAtEveryChange()
{
    beginMade();
    QCOMPARE(runScript(), scriptLength);
    const qint64 changes = m_vfs->operations();
    QVERIFY(changes > scriptLength * 2);
    for (qint64 n = 1; n <= changes; n += stride) {
        beginMade();
        m_vfs->failAt(n, SQLITE_FULL, 1);
        int confirmed = 0;
        {
            Store store(m_options);
            if (!wait(store.open())) {
                VERIFY_OK(wait(store.open())); // there is room again
            }
            for (int i = 0; i < scriptLength; ++i) {
                auto sent = wait(store.write(Send{i}));
                if (!sent)
                    sent = wait(store.write(Send{i}));
                VERIFY_OK(sent);
                ++confirmed;
            }
        }
        checkWhatIsThere(confirmed, false);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("at change %1 of %2").arg(n).arg(changes)));
    }
}

void TestFaults::recoveryCutOff_data()
{
    QTest::addColumn<bool>("dies");
    QTest::newRow("by a full disk") << false;
    QTest::newRow("by death") << true;
}

/// A damaged database on a disk that is full as well, or a kill in the middle of the repair: the next start goes on with
/// the repair and never starts empty in silence.
void TestFaults::recoveryCutOff()
{
    QFETCH(bool, dies);
    qint64 changes = 1000;
    size_t whole = 0;
    for (qint64 n = 0; n <= changes; n += n == 0 ? 1 : stride) {
        beginMade();
        QCOMPARE(runScript(), scriptLength);
        QFile file(m_options.folder + QStringLiteral("/balcony.db"));
        QVERIFY(file.open(QFile::ReadWrite) && file.seek(file.size() - 4096));
        file.write(QByteArray(4096, '\x5a'));
        file.close();
        QFile mark(m_options.folder + QStringLiteral("/balcony.db-check"));
        QVERIFY(mark.open(QFile::WriteOnly));
        mark.close();
        m_vfs->heal();
        if (dies)
            m_vfs->dieAt(n ? n : 100000);
        else
            m_vfs->failAt(n ? n : 100000, SQLITE_FULL);
        bool isOpen = false;
        {
            Store store(m_options);
            isOpen = wait(store.open()).has_value();
        }
        if (n > 0 && isOpen && (!dies || !m_vfs->isDead()))
            changes = n; // it was done before
        m_vfs->heal();
        Store store(m_options);
        const auto opened = wait(store.open());
        VERIFY_OK(opened);
        const auto found = wait(store.read(findAll));
        VERIFY_OK(found);
        if (n == 0)
            whole = found->messages.size();
        QVERIFY(whole > 0);
        QVERIFY2(found->messages.size() == whole,
                 qPrintable(QStringLiteral("at change %1: %2").arg(n).arg(found->messages.size())));
        QVERIFY(isOpen || !opened->damagedCopy.isNull());
    }
    QVERIFY(changes > 20 && changes < 1000);
}

void TestFaults::brokenSync()
{
    Store store(m_options);
    VERIFY_OK(wait(store.open()));
    VERIFY_OK(wait(store.write(Send{0})));
    m_vfs->failAt(1, SQLITE_IOERR_FSYNC);
    QCOMPARE(wait(store.write(Send{1})).error().condition, QStringLiteral("storage-failed"));
    m_vfs->heal();
    VERIFY_OK(wait(store.write(Send{1})));
    QVERIFY(wait(done(store.close())));
    checkWhatIsThere(2, false);
}

BALCONY_TEST(TestFaults)
#include "tst_faults.moc"
