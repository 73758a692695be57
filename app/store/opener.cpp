// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/opener.h"

#include "store/backups.h"
#include "store/profilefiles.h"
#include "store/salvage.h"
#include "store/schema.h"

#include <QElapsedTimer>

#include <sqlite3.h>

namespace store {
namespace {

/// A start may take at most this much longer for looking at the file (RELIABILITY 2.6).
constexpr qint64 longestCheck = 1500;

constexpr auto writerSetup = "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "PRAGMA foreign_keys = ON;"
                             "PRAGMA secure_delete = ON;"
                             "PRAGMA temp_store = MEMORY;"
                             "PRAGMA journal_size_limit = 16777216;"
                             "PRAGMA cache_size = -8000;";

Error storageError(const char *condition, const QString &detail)
{
    return {Error::Kind::Storage, QString::fromLatin1(condition), detail};
}

Error newerError(qint64 version)
{
    return storageError("database-newer",
                        QStringLiteral("The database has version %1; this program knows version %2.")
                            .arg(version)
                            .arg(schema::newestVersion()));
}

bool isDamage(const Error &error)
{
    return error.condition == u"database-damaged";
}

/// Refuses what is not ours or too new, by the file's first bytes.
Result<> judgeHeader(const ProfileFiles::Header &header)
{
    if (!header.isDatabase)
        return {};
    if (header.version > schema::newestVersion())
        return fail(newerError(header.version));
    if (header.applicationId != 0 && header.applicationId != schema::applicationId)
        return fail(storageError("database-foreign", QStringLiteral("balcony.db belongs to another program.")));
    return {};
}

/// Whether the file is in order, as far as the time allows; SQLite notices the rest when it comes upon it.
Result<> quickCheck(Database &database)
{
    QElapsedTimer timer;
    timer.start();
    sqlite3_progress_handler(
        database.handle(), 10000,
        [](void *since) { return int(static_cast<QElapsedTimer *>(since)->elapsed() > longestCheck); }, &timer);
    auto row = database.queryOnce("PRAGMA quick_check(1)");
    const QString answer = row.next() ? row.text(0) : QString();
    auto done = row.finish();
    sqlite3_progress_handler(database.handle(), 0, nullptr, nullptr);
    if (!done && done.error().kind == Error::Kind::Cancelled)
        return {};
    if (!done)
        return done;
    if (answer != u"ok")
        return fail(storageError("database-damaged", answer));
    return {};
}

/// A copy of what a migration is about to change. Without it, for want of room say, the migration goes on: each step is one
/// transaction anyway.
void backUpBefore(const StoreOptions &options, Database &database)
{
    const auto version = database.pragma("PRAGMA user_version");
    if (!version || *version == 0 || *version >= schema::newestVersion())
        return;
    const std::atomic<bool> never = false;
    const auto made = Backups(options.folder, options.vfs).make(database, QDateTime::currentDateTimeUtc(), never);
    if (!made)
        qWarning("no copy of the database before its migration: %s", qPrintable(made.error().detail));
}

enum class Backup { Yes, No };

Result<Opening> openWriting(const StoreOptions &options, const ProfileFiles &files, Backup backup = Backup::Yes)
{
    Opening opening;
    const bool unclean = files.wasInterrupted() || files.isMarkedDamaged();
    if (!files.prepareFiles())
        return fail(storageError("storage-failed", QStringLiteral("%1 cannot be created.").arg(files.database())));
    auto database =
        Database::open(files.database(), Database::Mode::ReadWrite, options.vfs, int(options.busyTimeout.count()));
    if (!database)
        return fail(database.error());
    if ((*database)->isReadOnly())
        return fail(errorFor(SQLITE_READONLY, QStringLiteral("The profile cannot be written.")));
    if (files.wasInterrupted()) {
        // The version may be only in the log; until it is known to be ours, nothing is moved from there.
        const auto version = (*database)->pragma("PRAGMA user_version");
        if (!version || *version > schema::newestVersion()) {
            (*database)->keepLogOnClose();
            return fail(version ? newerError(*version) : version.error());
        }
    }
    if (auto done = (*database)->execute(writerSetup); !done)
        return fail(done.error());
    if (unclean) {
        if (auto good = quickCheck(**database); !good)
            return fail(good.error());
        files.unmarkDamaged();
    }
    if (backup == Backup::Yes)
        backUpBefore(options, **database);
    const auto before = schema::migrate(**database);
    if (!before)
        return fail(before.error());
    opening.report.created = *before == 0;
    opening.report.migrated = *before > 0 && *before < schema::newestVersion();
    files.prepareFiles();
    opening.writer = std::move(*database);
    return opening;
}

/// Puts the damaged file aside and starts anew with what can be read of it.
Result<Opening> recover(const StoreOptions &options, const ProfileFiles &files)
{
    QString aside = files.salvageSource();
    if (aside.isNull())
        aside = files.moveAside();
    else
        files.removeDatabase(); // the one that the recovery before this one left half made
    if (aside.isNull())
        return fail(storageError("database-damaged",
                                 QStringLiteral("%1 is damaged and cannot be moved aside.").arg(files.database())));
    auto opening = openWriting(options, files);
    if (!opening)
        return opening;
    opening->report.created = false;
    opening->report.damagedCopy = aside;
    const auto rows = salvage(*opening->writer, aside, options.vfs, Backups(options.folder, options.vfs).newestGood());
    if (!rows)
        return fail(rows.error());
    opening->report.salvaged = rows->fromDamaged;
    opening->report.restored = rows->fromBackup;
    return opening; // the note goes when the store is open: until then nobody has been told
}

/// Whether the schema can be read and is ours.
Result<> probe(Database &database)
{
    const auto version = database.pragma("PRAGMA user_version");
    if (!version)
        return fail(version.error());
    if (*version > schema::newestVersion())
        return fail(newerError(*version));
    if (*version < schema::newestVersion())
        return fail(storageError("database-older", QStringLiteral("The database has version %1.").arg(*version)));
    return {};
}

Result<std::unique_ptr<Database>> openProbed(const QString &path, Database::Mode mode, const StoreOptions &options)
{
    auto database = Database::open(path, mode, options.vfs, int(options.busyTimeout.count()));
    if (!database)
        return database;
    if (auto good = probe(**database); !good)
        return fail(good.error());
    return database;
}

} // namespace

Result<Opening> openProfile(const StoreOptions &options, bool readOnly)
{
    if (options.folder.isEmpty()) {
        auto database = Database::open(QStringLiteral(":memory:"), Database::Mode::Create, options.vfs);
        if (!database)
            return fail(database.error());
        if (auto done = (*database)->execute("PRAGMA foreign_keys = ON"); !done)
            return fail(done.error());
        if (auto done = schema::migrate(**database); !done)
            return fail(done.error());
        return Opening{std::move(*database), false, {true, false, {}, 0, 0}};
    }
    const ProfileFiles files(options.folder);
    // Never start empty in silence: a recovery that was cut off, by a full disk or a kill, goes first.
    if (!readOnly && !files.salvageSource().isNull())
        return recover(options, files);
    const auto header = files.readHeader();
    if (auto good = judgeHeader(header); !good)
        return fail(good.error());
    if (readOnly) {
        if (!header.exists)
            return fail(
                storageError("read-only", QStringLiteral("The profile cannot be written and holds no database.")));
        return Opening{nullptr, true, {}};
    }
    // Even a file without a header is SQLite's to judge: its very first write may have been cut off, and the rollback
    // journal beside it puts that in order.
    auto opening = openWriting(options, files);
    if (!opening && isDamage(opening.error()))
        return recover(options, files);
    if (!opening && opening.error().condition == u"read-only" && header.exists)
        return Opening{nullptr, true, {}};
    return opening;
}

Result<std::unique_ptr<Database>> openReading(const StoreOptions &options, bool readOnlyProfile,
                                              const QString &copyFolder)
{
    const ProfileFiles files(options.folder);
    auto database = openProbed(files.database(), Database::Mode::ReadOnly, options);
    if (database || !readOnlyProfile || database.error().condition == u"database-newer")
        return database;
    // Where no shared memory can be made beside the file. A log that nobody writes needs none, if it is empty.
    if (database.error().condition != u"database-older" && !files.wasInterrupted()) {
        auto immutable = openProbed(files.database(), Database::Mode::Immutable, options);
        if (immutable)
            return immutable;
    }
    // With a full log, or of an older version: in a copy.
    const ProfileFiles copy(copyFolder);
    if (!files.copyTo(copy))
        return database;
    StoreOptions copied = options;
    copied.folder = copyFolder;
    copied.vfs.clear();
    auto opening = openWriting(copied, copy, Backup::No);
    if (!opening)
        return fail(opening.error());
    return std::move(opening->writer);
}

} // namespace store
