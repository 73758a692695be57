// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include "store/backups.h"
#include "store/lockfile.h"
#include "store/opener.h"
#include "store/profilefiles.h"

#include <QTemporaryDir>

#include <atomic>
#include <mutex>

namespace store {

/// Shared with the threads. Each connection is used on its own thread only.
struct Store::State {
    StoreOptions options;
    LockFile lock;
    bool isOpen = false;
    bool readOnly = false;
    std::unique_ptr<Database> writer;
    std::unique_ptr<Database> reader;
    std::unique_ptr<QTemporaryDir> readerCopy;
    std::mutex searching; ///< Guards `searcher` against being closed while it is interrupted.
    std::unique_ptr<Database> searcher;
    std::unique_ptr<QTemporaryDir> searcherCopy;
    std::atomic<bool> isReadable{false};
    std::atomic<bool> wantsDamageMark{false};
    std::atomic<bool> stopsCopy{false};
};

namespace {

Error closedError()
{
    return {Error::Kind::Storage, QStringLiteral("store-closed"), QStringLiteral("The database is not open.")};
}

/// A folder of ours for a copy, only where one may be needed.
std::unique_ptr<QTemporaryDir> copyFolderFor(bool readOnly)
{
    return readOnly ? std::make_unique<QTemporaryDir>() : nullptr;
}

} // namespace

Result<bool> Transaction::isIntact() const
{
    auto row = m_database.queryOnce("PRAGMA integrity_check(1)");
    const bool intact = row.next() && row.text(0) == u"ok";
    if (auto done = row.finish(); !done)
        return fail(done.error());
    return intact;
}

Store::Store(StoreOptions options)
    : m_options(std::move(options)), m_state(std::make_shared<State>()),
      m_reader(std::make_unique<Worker>(QStringLiteral("store-read"))),
      m_writer(std::make_unique<Worker>(QStringLiteral("store-write")))
{
    m_state->options = m_options;
}

Store::~Store()
{
    interruptSearch();
    const auto state = m_state;
    state->stopsCopy = true;
    m_copier.reset();
    if (m_searcher)
        m_searcher->post([state] { closeSearcher(*state); });
    m_searcher.reset();
    m_reader->post([state] { closeReader(*state); });
    m_reader.reset();
    // Last: only a connection that writes can tidy the log up.
    m_writer->post([state] { closeWriter(*state); });
    m_writer.reset();
}

Result<Opened> Store::openWriter(State &state)
{
    if (state.isOpen)
        return fail(Error::Kind::Input, QStringLiteral("already-open"),
                    QStringLiteral("The database is open already."));
    bool readOnly = state.options.readOnly;
    if (!state.options.folder.isEmpty() && !readOnly) {
        const ProfileFiles files(state.options.folder);
        if (!files.prepareFolder())
            return fail(Error::Kind::Storage, QStringLiteral("storage-failed"),
                        QStringLiteral("The folder %1 cannot be made.").arg(state.options.folder));
        const auto outcome = state.lock.take(files.lock());
        if (outcome == LockFile::Outcome::InUse)
            return fail(Error::Kind::Storage, QStringLiteral("profile-in-use"),
                        QStringLiteral("Another process uses the profile %1.").arg(state.options.folder));
        readOnly = outcome == LockFile::Outcome::ReadOnly;
    }
    auto opening = openProfile(state.options, readOnly);
    if (!opening) {
        state.lock.release();
        return fail(opening.error());
    }
    state.writer = std::move(opening->writer);
    state.readOnly = opening->readOnly;
    state.isOpen = true;
    return std::move(opening->report);
}

Result<> Store::openReader(State &state)
{
    if (state.options.folder.isEmpty())
        return {};
    state.readerCopy = copyFolderFor(state.readOnly);
    auto database = openReading(state.options, state.readOnly, state.readerCopy ? state.readerCopy->path() : QString());
    if (!database)
        return fail(database.error());
    state.reader = std::move(*database);
    state.isReadable = true;
    if (!state.readOnly)
        ProfileFiles(state.options.folder).forgetSalvage();
    return {};
}

Task<Result<Opened>> Store::open()
{
    const auto state = m_state;
    auto opening = m_writer->run([state] { return openWriter(*state); });
    auto opened = co_await std::move(opening);
    if (!opened)
        co_return opened;
    m_readOnly = state->readOnly;
    auto reading = m_reader->run([state] { return openReader(*state); });
    const auto readable = co_await std::move(reading);
    if (!readable) {
        auto closing = close();
        co_await std::move(closing);
        co_return fail(readable.error());
    }
    co_return opened;
}

Task<void> Store::close()
{
    const auto state = m_state;
    interruptSearch();
    if (m_copier) {
        state->stopsCopy = true;
        auto copier = m_copier->run([state] { state->stopsCopy = false; });
        co_await std::move(copier);
    }
    if (m_searcher) {
        auto searcher = m_searcher->run([state] { closeSearcher(*state); });
        co_await std::move(searcher);
    }
    auto reader = m_reader->run([state] { closeReader(*state); });
    co_await std::move(reader);
    auto writer = m_writer->run([state] { closeWriter(*state); });
    co_await std::move(writer);
}

void Store::closeWriter(State &state)
{
    if (state.writer)
        (void)state.writer->execute("PRAGMA optimize");
    state.writer.reset();
    if (state.wantsDamageMark && state.isOpen && !state.readOnly && !state.options.folder.isEmpty())
        ProfileFiles(state.options.folder).markDamaged();
    state.isOpen = false;
    state.lock.release();
}

void Store::closeReader(State &state)
{
    state.isReadable = false;
    state.reader.reset();
    state.readerCopy.reset();
}

void Store::closeSearcher(State &state)
{
    const std::lock_guard guard(state.searching);
    state.searcher.reset();
    state.searcherCopy.reset();
}

Result<Database *> Store::beginWrite(State &state)
{
    if (!state.writer) {
        if (state.isOpen)
            return fail(Error::Kind::Storage, QStringLiteral("read-only"),
                        QStringLiteral("The profile can only be read."));
        return fail(closedError());
    }
    if (auto begun = state.writer->begin(); !begun)
        return fail(begun.error());
    return state.writer.get();
}

Result<> Store::endWrite(State &state, const Error *error)
{
    if (error) {
        noteDamage(state, *error);
        state.writer->rollback();
        return {};
    }
    auto committed = state.writer->commit();
    if (!committed)
        noteDamage(state, committed.error());
    return committed;
}

Result<Database *> Store::beginRead(State &state, bool searching)
{
    Database *database = nullptr;
    if (state.options.folder.isEmpty())
        database = state.writer.get();
    else if (!searching)
        database = state.reader.get();
    else if (state.isReadable) {
        const std::lock_guard guard(state.searching);
        if (!state.searcher) {
            state.searcherCopy = copyFolderFor(state.readOnly);
            auto opened =
                openReading(state.options, state.readOnly, state.searcherCopy ? state.searcherCopy->path() : QString());
            if (!opened)
                return fail(opened.error());
            state.searcher = std::move(*opened);
        }
        database = state.searcher.get();
    }
    if (!database)
        return fail(closedError());
    if (auto begun = database->beginReading(); !begun)
        return fail(begun.error());
    return database;
}

void Store::endRead(State &state, Database &database, const Error *error)
{
    if (error)
        noteDamage(state, *error);
    database.rollback();
}

void Store::noteDamage(State &state, const Error &error)
{
    if (error.condition == u"database-damaged")
        state.wantsDamageMark = true;
}

Worker &Store::readingWorker(bool searching)
{
    // A database in memory has one connection, so everything takes its turn on one thread.
    if (m_options.folder.isEmpty())
        return *m_writer;
    if (!searching)
        return *m_reader;
    if (!m_searcher)
        m_searcher = std::make_unique<Worker>(QStringLiteral("store-search"));
    return *m_searcher;
}

Task<Result<bool>> Store::backUp(QDateTime now)
{
    if (m_options.folder.isEmpty() || m_readOnly)
        co_return false;
    const auto state = m_state;
    auto copying = copyingWorker().run([state, now] { return copyAway(*state, now); });
    co_return co_await std::move(copying);
}

Worker &Store::copyingWorker()
{
    if (!m_copier)
        m_copier = std::make_unique<Worker>(QStringLiteral("store-copy"));
    return *m_copier;
}

Result<bool> Store::copyAway(State &state, const QDateTime &now)
{
    if (!state.isReadable)
        return fail(closedError());
    if (!Backups(state.options.folder, state.options.vfs).isDue(now))
        return false;
    const auto made = copyNow(state, now);
    if (!made)
        return fail(made.error());
    return true;
}

/// One transaction for the whole copy: what is written meanwhile is not in it, and does not make it begin again.
Result<QString> Store::copyNow(State &state, const QDateTime &now)
{
    const Backups backups(state.options.folder, state.options.vfs);
    auto source = openReading(state.options, false, {});
    if (!source)
        return fail(source.error());
    if (auto begun = (*source)->beginReading(); !begun)
        return fail(begun.error());
    if (auto seen = (*source)->pragma("PRAGMA user_version"); !seen)
        return fail(seen.error());
    auto made = backups.make(**source, now, state.stopsCopy);
    (*source)->rollback();
    if (!made)
        noteDamage(state, made.error());
    return made;
}

Task<Result<>> Store::compact()
{
    if (m_options.folder.isEmpty())
        co_return Result<>{};
    const auto state = m_state;
    auto compacting = m_writer->run([state] { return compactWriter(*state); });
    co_return co_await std::move(compacting);
}

/// SQLite overwrites what is deleted; but when a page is divided, what moved to the other half may stay behind in a corner of
/// the first one. A database that is written anew has no such corners.
Result<> Store::compactWriter(State &state)
{
    if (!state.writer)
        return fail(closedError());
    const auto pages = state.writer->pragma("PRAGMA page_count");
    const auto size = state.writer->pragma("PRAGMA page_size");
    if (!pages || !size)
        return fail(pages ? size.error() : pages.error());
    if (*pages * *size <= mostRewritten) {
        if (auto done = state.writer->execute("VACUUM"); !done)
            return done;
    }
    // Nobody who writes shall wait long for one who reads.
    (void)state.writer->execute("PRAGMA busy_timeout = 500");
    qint64 busy = 1;
    Result<> done;
    {
        auto row = state.writer->queryOnce("PRAGMA wal_checkpoint(TRUNCATE)");
        if (row.next())
            busy = row.integer(0);
        done = row.finish();
    }
    (void)state.writer->execute("PRAGMA busy_timeout = "
                                + QByteArray::number(qint64(state.options.busyTimeout.count())));
    if (done && busy != 0)
        return fail(Error::Kind::Storage, QStringLiteral("database-locked"),
                    QStringLiteral("The log of the database is still being read."));
    return done;
}

Task<Result<>> Store::renewBackups(QDateTime now)
{
    if (m_options.folder.isEmpty() || m_readOnly)
        co_return Result<>{};
    const auto state = m_state;
    auto renewing = copyingWorker().run([state, now] { return renewCopies(*state, now); });
    co_return co_await std::move(renewing);
}

Result<> Store::renewCopies(State &state, const QDateTime &now)
{
    if (!state.isReadable)
        return fail(closedError());
    const Backups backups(state.options.folder, state.options.vfs);
    const QStringList old = backups.all();
    if (old.isEmpty())
        return {};
    const auto made = copyNow(state, now);
    if (!made && made.error().kind == Error::Kind::Cancelled)
        return fail(made.error()); // the program ends; the next start does it
    backups.removeAll(old);
    return made ? Result<>{} : fail(made.error());
}

void Store::interruptSearch()
{
    const std::lock_guard guard(m_state->searching);
    if (m_state->searcher)
        m_state->searcher->interrupt();
}

} // namespace store
