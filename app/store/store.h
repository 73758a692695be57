// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "store/accounts.h"
#include "store/archives.h"
#include "store/avatars.h"
#include "store/caches.h"
#include "store/changes.h"
#include "store/contacts.h"
#include "store/conversations.h"
#include "store/erasure.h"
#include "store/messages.h"
#include "store/outbox.h"
#include "store/records.h"
#include "store/search.h"
#include "store/serverkeys.h"
#include "store/settings.h"

namespace store {

/// Everything that can be read, for the functions given to Store::read(). Valid only inside the call.
class Reader
{
public:
    explicit Reader(Database &database) : m_database(database) { }

    const Messages messages() const { return Messages(m_database); }
    const Conversations conversations() const { return Conversations(m_database); }
    const Changes changes() const { return Changes(m_database); }
    const Files files() const { return Files(m_database); }
    const Outbox outbox() const { return Outbox(m_database); }
    const Accounts accounts() const { return Accounts(m_database); }
    const Contacts contacts() const { return Contacts(m_database); }
    const Settings settings() const { return Settings(m_database); }
    const Records records() const { return Records(m_database); }
    const ServerKeys serverKeys() const { return ServerKeys(m_database); }
    const Avatars avatars() const { return Avatars(m_database); }
    const Caches caches() const { return Caches(m_database); }
    const Archives archives() const { return Archives(m_database); }
    const Search search() const { return Search(m_database); }
    const Erasure erasure() const { return Erasure(m_database); }

protected:
    Database &m_database;
};

/// Everything that can be read and changed, for the functions given to Store::write(). Valid only inside the call.
class Transaction : public Reader
{
public:
    using Reader::Reader;

    Messages messages() const { return Messages(m_database); }
    Conversations conversations() const { return Conversations(m_database); }
    Changes changes() const { return Changes(m_database); }
    Files files() const { return Files(m_database); }
    Outbox outbox() const { return Outbox(m_database); }
    Accounts accounts() const { return Accounts(m_database); }
    Contacts contacts() const { return Contacts(m_database); }
    Settings settings() const { return Settings(m_database); }
    Records records() const { return Records(m_database); }
    ServerKeys serverKeys() const { return ServerKeys(m_database); }
    Avatars avatars() const { return Avatars(m_database); }
    Caches caches() const { return Caches(m_database); }
    Archives archives() const { return Archives(m_database); }
    Search search() const { return Search(m_database); }
    Erasure erasure() const { return Erasure(m_database); }
    /// Whether SQLite finds the whole database in order. Takes long.
    Result<bool> isIntact() const;
};

/// RELIABILITY 2.6: a write that must be done and fails (the disk is full) is tried again so much later.
constexpr std::chrono::seconds retryAfter{10};

/// How a profile's database is opened.
struct StoreOptions {
    /// The profile's folder: the database is `balcony.db` in it, the lock `lock`. Empty: in memory, for tests.
    QString folder;
    /// Only to read, and without the lock: also while another process has the profile open.
    bool readOnly = false;
    /// The SQLite VFS; empty: the platform's. Tests put one that fails.
    QByteArray vfs;
    /// How long a lock of another process is waited for.
    std::chrono::milliseconds busyTimeout{10000};
};

/// What open() found and did.
struct Opened {
    bool created = false;  ///< There was no database.
    bool migrated = false; ///< It came from an older version.
    /// It was damaged: the file was moved here, and what could be read of it was taken over into a new one. Tell the
    /// person. Null: all is well.
    QString damagedCopy;
    /// Rows taken over from the damaged file, and what it had lost from a backup.
    qint64 salvaged = 0;
    qint64 restored = 0;
};

/// The one database of a profile: everything that is kept goes through here. One thread writes, another reads, so that
/// nothing ever waits on the caller's thread. Functions given to read() and write() run on those threads and must not
/// touch anything else; their answers come back on the thread that made the Store.
class Store
{
public:
    explicit Store(StoreOptions options);
    /// Finishes what was given, then closes.
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    /// Makes folder and file where missing (0700, 0600), takes the lock, checks, migrates. Errors, all Storage:
    /// `profile-in-use`, `database-newer` (the file is untouched), `database-foreign`, `disk-full`, `database-locked`,
    /// `read-only` (a profile that cannot be written and has no database), `storage-failed`. A damaged database is no
    /// error: see Opened.
    Task<Result<Opened>> open();
    /// Finishes what was given and closes; reads and writes then fail with `store-closed`.
    Task<void> close();

    /// The profile can only be read: every write() fails with `read-only`. Known after open().
    bool isReadOnly() const { return m_readOnly; }
    /// Called on the thread that made the Store after each write(): with its Storage error, or null where it was
    /// committed or refused for another reason.
    void setWriteObserver(std::function<void(const Error *)> observer) { m_observer = std::move(observer); }
    /// Writes given and not finished yet.
    int pending() const { return m_writer->pending(); }
    const StoreOptions &options() const { return m_options; }

    /// Runs `f(Transaction &)`, which gives a Result<T>, in one transaction. It is committed and synced to disk when the
    /// result has a value, and rolled back when it has an error. The task ends after that. Writes run in the order given.
    template<class F>
    Task<std::invoke_result_t<F, Transaction &>> write(F f)
    {
        using R = std::invoke_result_t<F, Transaction &>;
        auto job = makeWrite<R>(std::move(f));
        auto work = m_writer->run(std::move(job));
        R result = co_await std::move(work);
        if (m_observer)
            m_observer(!result && result.error().kind == Error::Kind::Storage ? &result.error() : nullptr);
        co_return result;
    }
    /// Runs `f(Reader &)`, which gives a Result<T>, on one consistent state of the database: all that was committed
    /// before.
    template<class F>
    Task<std::invoke_result_t<F, Reader &>> read(F f)
    {
        using R = std::invoke_result_t<F, Reader &>;
        auto job = makeRead<R>(std::move(f), false);
        auto work = readingWorker(false).run(std::move(job));
        co_return co_await std::move(work);
    }
    /// As read(), for what may take long: on a connection of its own; a search that still runs is stopped with an Error
    /// Cancelled `interrupted`, unless this one is `patient`: then it waits for its turn.
    template<class F>
    Task<std::invoke_result_t<F, Reader &>> search(F f, bool patient = false)
    {
        using R = std::invoke_result_t<F, Reader &>;
        if (!patient)
            interruptSearch();
        auto job = makeRead<R>(std::move(f), true);
        auto work = readingWorker(true).run(std::move(job));
        co_return co_await std::move(work);
    }
    /// Stops a search that runs.
    void interruptSearch();
    /// Copies the database where the last copy is a day old (see Backups), on a thread of its own; neither reading nor
    /// writing waits for it. True where a copy was made. Errors: Storage; Cancelled `interrupted` where the store closes
    /// meanwhile. A copy that is not in order shows damage: the next start looks.
    Task<Result<bool>> backUp(QDateTime now);
    /// Databases up to this size are written anew by compact(); of larger ones only what was deleted is overwritten.
    static constexpr qint64 mostRewritten = 64LL << 20;
    /// After deletions: nothing of them is left in the database and its log. Writing waits meanwhile. Error: Storage
    /// `database-locked` where somebody still reads what was: to be tried again.
    Task<Result<>> compact();
    /// After compact(): a new copy takes the place of all that there are, as far as there are any; for want of room there is
    /// none then. Errors: Storage, as backUp(), for the new one; the old ones are gone all the same.
    Task<Result<>> renewBackups(QDateTime now);

private:
    struct State;

    template<class R, class F>
    auto makeWrite(F f)
    {
        return [state = m_state, f = std::move(f)]() mutable -> R {
            auto database = beginWrite(*state);
            if (!database)
                return fail(database.error());
            Transaction transaction(**database);
            R result = f(transaction);
            const auto ended = endWrite(*state, result.has_value() ? nullptr : &result.error());
            if (result.has_value() && !ended)
                return fail(ended.error());
            return result;
        };
    }
    template<class R, class F>
    auto makeRead(F f, bool searching)
    {
        return [state = m_state, f = std::move(f), searching]() mutable -> R {
            auto database = beginRead(*state, searching);
            if (!database)
                return fail(database.error());
            Reader reader(**database);
            R result = f(reader);
            endRead(*state, **database, result.has_value() ? nullptr : &result.error());
            return result;
        };
    }
    // These run on the threads.
    static Result<Opened> openWriter(State &state);
    static Result<> openReader(State &state);
    static void closeWriter(State &state);
    static void closeReader(State &state);
    static void closeSearcher(State &state);
    static Result<Database *> beginWrite(State &state);
    static Result<> endWrite(State &state, const Error *error);
    static Result<Database *> beginRead(State &state, bool searching);
    static Result<bool> copyAway(State &state, const QDateTime &now);
    static Result<QString> copyNow(State &state, const QDateTime &now);
    static Result<> compactWriter(State &state);
    static Result<> renewCopies(State &state, const QDateTime &now);
    static void endRead(State &state, Database &database, const Error *error);
    /// The next start checks the file.
    static void noteDamage(State &state, const Error &error);
    Worker &readingWorker(bool searching);
    Worker &copyingWorker();

    StoreOptions m_options;
    bool m_readOnly = false;
    std::function<void(const Error *)> m_observer;
    std::shared_ptr<State> m_state;
    std::unique_ptr<Worker> m_reader;
    std::unique_ptr<Worker> m_searcher;
    std::unique_ptr<Worker> m_copier;
    std::unique_ptr<Worker> m_writer; ///< Last: it goes first, and a reader may still run meanwhile.
};

} // namespace store
