// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/profilefiles.h"
#include "store/sqlite.h"

#include <QDateTime>
#include <QStringList>

#include <atomic>

namespace store {

/// Copies of a profile's database, in `backups/` in its folder: what the repair of a damaged one may take from them is
/// not lost (RELIABILITY 2.6). A copy counts only once it was found in order, so that none takes a better one's place.
class Backups
{
public:
    static constexpr qsizetype most = 3;
    static constexpr std::chrono::hours every{24};

    explicit Backups(const QString &profileFolder, QByteArray vfs = {}) : m_files(profileFolder), m_vfs(std::move(vfs))
    {
    }

    /// Their paths, the newest first.
    QStringList all() const;
    /// The newest that is in order; null where there is none.
    QString newestGood() const;
    /// The newest is a day old, or there is none. One of a time to come counts for nothing.
    bool isDue(const QDateTime &now) const;
    /// Copies the whole database as `source` sees it, and looks whether the copy is in order; then the oldest beyond `most`
    /// goes. In small steps, between which `stop` is asked. Takes long: not on a thread that somebody waits for. Errors:
    /// Storage, `database-damaged` where the copy is not in order; Cancelled `interrupted`.
    Result<QString> make(Database &source, const QDateTime &now, const std::atomic<bool> &stop) const;
    /// Takes these copies away: what was deleted is still in them.
    void removeAll(const QStringList &paths) const;

private:
    Result<> fill(Database &source, const QString &path, const std::atomic<bool> &stop) const;
    void prune(const QDateTime &now) const;
    Result<> check(const QString &path, const std::atomic<bool> &stop) const;

    ProfileFiles m_files;
    QByteArray m_vfs;
};

} // namespace store
