// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storage.h"
#include "support/faultvfs.h"
#include "support/testmain.h"

#include <QLoggingCategory>

#include <sqlite3.h>

#include <atomic>

using namespace tests;
using store::Database;
using store::Reader;
using store::Store;
using store::StoreOptions;

/// What a database of an older version survives (RELIABILITY C07, D02, D05): the end at each statement of its migration, a
/// disk that is full at each change, and size.
class TestMigrations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void diesAtEveryStatement_data();
    void diesAtEveryStatement();
    void fullDiskAtEveryChange_data() { diesAtEveryStatement_data(); }
    void fullDiskAtEveryChange();
    void manyRows_data() { diesAtEveryStatement_data(); }
    void manyRows();

private:
    QString path() const { return m_options.folder + QStringLiteral("/balcony.db"); }
    bool makeOld(int version, int messages);
    void checkBetween();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FaultVfs> m_vfs;
    StoreOptions m_options;
};

namespace {

/// Ends the disk at a statement that any connection begins.
struct AtStatement {
    static inline std::atomic<int> left = 0;
    static inline FaultVfs *vfs = nullptr;

    static int trace(unsigned, void *, void *, void *)
    {
        if (left > 0 && --left == 0)
            vfs->die();
        return 0;
    }
    static int hook(sqlite3 *handle, char **, const void *)
    {
        return sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, trace, nullptr);
    }
    static auto entry() { return reinterpret_cast<void (*)()>(&hook); }

    AtStatement(FaultVfs *disk, int number)
    {
        vfs = disk;
        left = number;
        sqlite3_auto_extension(entry());
    }
    ~AtStatement()
    {
        sqlite3_cancel_auto_extension(entry());
        left = 0;
    }
};

/// Something in each table of the first version.
constexpr auto oldRows = R"(
    INSERT INTO accounts (jid, enabled, config, roster_version) VALUES ('a@example.org', 1, '{"host":"h"}', 'v7');
    INSERT INTO roster_items VALUES ('a@example.org', 'b@example.org', 'B', '["G"]', 'both', 0, 0);
    INSERT INTO subscription_requests VALUES ('a@example.org', 'c@example.org', 'hello', 1);
    INSERT INTO conversations (account, peer, kind, draft, message_count) VALUES ('a@example.org', 'b@example.org', 0, 'half', 3);
    INSERT INTO caches VALUES ('s', 'k', x'01', 1);
    INSERT INTO settings VALUES ('kept', '[true]');
    INSERT INTO records VALUES ('a@example.org', 'r', x'0203');
)";

/// All rows of a table, as text, with the columns that the table has in `columns`.
QByteArrayList rowsOf(Database &database, const QByteArray &table, const QByteArray &columns)
{
    QByteArrayList rows;
    auto row = database.queryOnce("SELECT quote(" + QByteArray(columns).replace(",", ")||','||quote(") + ") FROM "
                                  + table + " ORDER BY 1");
    while (row.next())
        rows.append(row.text(0).toUtf8());
    return row.finish() ? rows : QByteArrayList{"unreadable"};
}

/// What an index or a table holds that is made anew or is gone with a later version.
bool isKept(const QByteArray &table)
{
    return !table.startsWith("sqlite_") && !table.startsWith("message_words") && table != "unindexed"
        && table != "archive_ranges";
}

/// Every table of the database with its columns.
QList<std::pair<QByteArray, QByteArray>> tablesOf(Database &database)
{
    QList<std::pair<QByteArray, QByteArray>> tables;
    auto row = database.queryOnce(
        "SELECT t.name, group_concat(c.name) FROM sqlite_schema AS t, pragma_table_info(t.name) AS c "
        "WHERE t.type = 'table' GROUP BY t.name");
    while (row.next()) {
        if (isKept(row.text(0).toUtf8()))
            tables.append({row.text(0).toUtf8(), row.text(1).toUtf8()});
    }
    return tables;
}

QByteArrayList schemaOf(Database &database)
{
    return rowsOf(database, "sqlite_schema", "type,name,sql");
}

} // namespace

void TestMigrations::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_vfs = std::make_unique<FaultVfs>();
    m_options.folder = m_dir->filePath(QStringLiteral("profile"));
    m_options.vfs = m_vfs->name();
}

bool TestMigrations::makeOld(int version, int messages)
{
    init(); // another folder each time
    QDir().mkpath(m_options.folder);
    auto old = Database::open(path(), Database::Mode::Create, m_options.vfs);
    if (!old || !(*old)->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        || !store::schema::migrate(**old, version))
        return false;
    const QByteArray many = QByteArray::number(messages);
    return (*old)->execute(oldRows)
        && (*old)->execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + many
            + ") "
              "INSERT INTO messages (key, outgoing, state, unread, encryption, edited, retracted, time, author, body, stanza_id) "
              "SELECT (1 << 43) + i, i % 2, 1, 0, 0, 0, 0, i, 'a@example.org', 'words and number ' || i, 'id-' || i FROM n;"
              "INSERT INTO outbox (account, conversation, message, stanza, state, attempts, created) "
              "SELECT 'a@example.org', 1, key, x'3c612f3e', 0, 0, 1 FROM messages WHERE outgoing ORDER BY key LIMIT 3;");
}

/// The schema is one that there is: old or new, never mixed.
void TestMigrations::checkBetween()
{
    auto between = Database::open(path(), Database::Mode::ReadWrite, m_options.vfs);
    VERIFY_OK(between);
    const auto version = (*between)->pragma("PRAGMA user_version");
    VERIFY_OK(version);
    auto pure = Database::open(QStringLiteral(":memory:"), Database::Mode::Create);
    VERIFY_OK(store::schema::migrate(**pure, int(*version)));
    QCOMPARE(schemaOf(**between), schemaOf(**pure));
}

void TestMigrations::diesAtEveryStatement_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < store::schema::newestVersion(); ++version)
        QTest::addRow("from version %d", version) << version;
}

void TestMigrations::diesAtEveryStatement()
{
    QFETCH(int, version);
    QVERIFY(makeOld(version, 20));
    QList<std::pair<QByteArray, QByteArray>> tables;
    QHash<QByteArray, QByteArrayList> before;
    {
        auto old = Database::open(path(), Database::Mode::ReadOnly);
        tables = tablesOf(**old);
        for (const auto &[table, columns] : tables)
            before[table] = rowsOf(**old, table, columns);
    }
    QVERIFY(tables.size() > 8);
    bool over = false;
    // From the oldest version at each statement; from the others at each third by turns, as all do what is left of the same.
    const int stride = version == 1 ? 1 : 3;
    int number = stride == 1 ? 1 : 1 + version % 3;
    for (; !over && number < 1000; number += stride) {
        QVERIFY(makeOld(version, 20));
        m_vfs->heal();
        {
            const AtStatement ending(m_vfs.get(), number);
            Store store(m_options);
            const auto opened = wait(store.open());
            over = !m_vfs->isDead();
            QCOMPARE(opened && opened->migrated, over || opened);
        }
        m_vfs->heal();
        checkBetween();
        {
            Store store(m_options);
            const auto opened = wait(store.open());
            VERIFY_OK(opened);
            QVERIFY(opened->damagedCopy.isNull());
        }
        auto now = Database::open(path(), Database::Mode::ReadOnly);
        for (const auto &[table, columns] : tables)
            QCOMPARE(rowsOf(**now, table, columns), before[table]);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("at statement %1").arg(number)));
    }
    QVERIFY(number > 10 && over);
}

void TestMigrations::fullDiskAtEveryChange()
{
    QFETCH(int, version);
    QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false")); // no room for the copy before it
    bool over = false;
    // By turns each change of one of three runs over all versions: the copy before the migration makes them many.
    for (int n = 1 + version % 3; !over && n < 1000; n += 3) {
        QVERIFY(makeOld(version, 20));
        m_vfs->heal();
        m_vfs->failAt(n, SQLITE_FULL);
        {
            Store store(m_options);
            const auto opened = wait(store.open());
            over = m_vfs->operations() < n;
            if (!opened)
                QCOMPARE(opened.error().kind, Error::Kind::Storage);
            else
                QVERIFY(opened->damagedCopy.isNull());
        }
        m_vfs->heal();
        checkBetween();
        Store store(m_options);
        VERIFY_OK(wait(store.open()));
        const auto count = [](Reader &reader) { return reader.messages().count(1); };
        QCOMPARE(wait(store.read(count)).value(), 3); // as the conversation has it
        const auto waiting = [](Reader &reader) { return reader.outbox().count(jid("a@example.org")); };
        QCOMPARE(wait(store.read(waiting)).value(), 3);
    }
    QLoggingCategory::setFilterRules(QString());
    QVERIFY(over);
}

void TestMigrations::manyRows()
{
    QFETCH(int, version);
    constexpr int many = 100'000;
    QVERIFY(makeOld(version, many));
    const auto digest = "SELECT count(*) * 1000003 + sum(key % 1000) + sum(length(body)) FROM messages";
    const auto before = (*Database::open(path(), Database::Mode::ReadOnly))->pragma(digest);
    VERIFY_OK(before);
    {
        Store store(m_options);
        const auto opened = wait(store.open());
        VERIFY_OK(opened);
        QVERIFY(opened->migrated);
        const auto newest = [](Reader &reader) { return reader.messages().page(1, {}); };
        QCOMPARE(wait(store.read(newest))->messages.back().body, QStringLiteral("words and number %1").arg(many));
    }
    QCOMPARE((*Database::open(path(), Database::Mode::ReadOnly))->pragma(digest).value(), before.value());
}

BALCONY_TEST(TestMigrations)
#include "tst_migrations.moc"
