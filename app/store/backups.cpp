// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backups.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>

#include <algorithm>

namespace store {
namespace {

constexpr int pagesAtOnce = 64; // 256 KiB
/// Between two steps, so that others get at the disk.
constexpr unsigned long restMilliseconds = 1;
/// What is left free at least: a copy is worth less than the next message.
constexpr qint64 leastFree = 64 * 1024 * 1024;
const auto timeFormat = QStringLiteral("yyyyMMdd-HHmmss-zzz");
const auto prefix = QStringLiteral("balcony-");

Error interrupted()
{
    return {Error::Kind::Cancelled, QStringLiteral("interrupted"), QStringLiteral("The copy was stopped.")};
}

Error failed(const QString &detail)
{
    return {Error::Kind::Storage, QStringLiteral("storage-failed"), detail};
}

/// When a copy was made, by its name; invalid, and thus before all others, where it has another one.
QDateTime timeOf(const QString &path)
{
    QDateTime time = QDateTime::fromString(QFileInfo(path).completeBaseName().mid(prefix.size()), timeFormat);
    time.setTimeSpec(Qt::UTC);
    return time.isValid() ? time : QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
}

/// Nothing of a copy that was not finished stays.
void removeWithJournals(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-journal", "-shm"})
        QFile::remove(path + QLatin1String(suffix));
}

} // namespace

QStringList Backups::all() const
{
    const QDir folder(m_files.backups());
    QStringList paths;
    const QStringList names =
        folder.entryList({prefix + QStringLiteral("*.db")}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString &name : names)
        paths.append(folder.filePath(name));
    return paths;
}

QString Backups::newestGood() const
{
    const std::atomic<bool> never = false;
    const QStringList known = all();
    const auto good =
        std::find_if(known.begin(), known.end(), [&](const QString &path) { return check(path, never).has_value(); });
    return good == known.end() ? QString() : *good;
}

bool Backups::isDue(const QDateTime &now) const
{
    const QStringList known = all();
    const auto newest =
        std::find_if(known.begin(), known.end(), [&](const QString &path) { return timeOf(path) <= now; });
    return newest == known.end() || timeOf(*newest).secsTo(now) >= std::chrono::seconds(every).count();
}

/// Those of a time to come go first: the clock was wrong when they were made.
void Backups::prune(const QDateTime &now) const
{
    QStringList known = all();
    std::stable_partition(known.begin(), known.end(), [&](const QString &path) { return timeOf(path) <= now; });
    for (const QString &old : known.mid(most))
        removeWithJournals(old);
}

void Backups::removeAll(const QStringList &paths) const
{
    for (const QString &path : paths)
        removeWithJournals(path);
}

Result<QString> Backups::make(Database &source, const QDateTime &now, const std::atomic<bool> &stop) const
{
    if (!m_files.prepareBackups())
        return fail(failed(QStringLiteral("The folder %1 cannot be made.").arg(m_files.backups())));
    const QStorageInfo disk(m_files.backups());
    const qint64 size = QFileInfo(m_files.database()).size() + QFileInfo(m_files.log()).size();
    if (disk.isValid() && disk.bytesAvailable() < size + leastFree)
        return fail(Error::Kind::Storage, QStringLiteral("disk-full"),
                    QStringLiteral("There is no room for a copy of the database."));
    const QString path = m_files.backups() + u'/' + prefix + now.toUTC().toString(timeFormat) + QStringLiteral(".db");
    const QString part = m_files.backups() + QStringLiteral("/unfinished");
    removeWithJournals(part);
    auto done = fill(source, part, stop);
    if (done)
        done = check(part, stop);
    if (done && !QFile::rename(part, path))
        done = fail(failed(QStringLiteral("%1 cannot be renamed.").arg(part)));
    if (!done) {
        removeWithJournals(part);
        return fail(done.error());
    }
    prune(now);
    return path;
}

Result<> Backups::fill(Database &source, const QString &path, const std::atomic<bool> &stop) const
{
    QFile file(path);
    if (!file.open(QFile::WriteOnly | QFile::NewOnly, onlyOwner))
        return fail(failed(QStringLiteral("%1 cannot be made.").arg(path)));
    file.setPermissions(onlyOwner);
    file.close();
    auto copy = Database::open(path, Database::Mode::ReadWrite, m_vfs);
    if (!copy)
        return fail(copy.error());
    // Thrown away where it is not finished, so it needs no journal; synced once, at its end.
    if (auto done = (*copy)->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL"); !done)
        return done;
    sqlite3_backup *backup = sqlite3_backup_init((*copy)->handle(), "main", source.handle(), "main");
    if (!backup)
        return fail(errorFor(sqlite3_extended_errcode((*copy)->handle()),
                             QString::fromUtf8(sqlite3_errmsg((*copy)->handle()))));
    int code = SQLITE_OK;
    while (!stop && code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, pagesAtOnce);
        if (code == SQLITE_OK)
            sqlite3_sleep(int(restMilliseconds));
    }
    const int end = sqlite3_backup_finish(backup);
    if (code == SQLITE_OK)
        return fail(interrupted());
    if (code != SQLITE_DONE || end != SQLITE_OK)
        return fail(errorFor(code != SQLITE_DONE ? code : end,
                             QString::fromUtf8(sqlite3_errstr(code != SQLITE_DONE ? code : end))));
    // Without the log beside it: a copy is one file, and stays as it is.
    return (*copy)->execute("PRAGMA journal_mode = DELETE");
}

Result<> Backups::check(const QString &path, const std::atomic<bool> &stop) const
{
    auto copy = Database::open(path, Database::Mode::Immutable, m_vfs);
    if (!copy)
        return fail(copy.error());
    sqlite3_progress_handler((*copy)->handle(), 10000,
                             [](void *flag) { return int(static_cast<const std::atomic<bool> *>(flag)->load()); },
                             const_cast<std::atomic<bool> *>(&stop));
    auto row = (*copy)->queryOnce("PRAGMA integrity_check(1)");
    const QString answer = row.next() ? row.text(0) : QString();
    auto done = row.finish();
    if (!done)
        return done;
    if (answer != u"ok")
        return fail(Error::Kind::Storage, QStringLiteral("database-damaged"), answer);
    return {};
}

} // namespace store
