// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QString>

#include <memory>
#include <vector>

struct sqlite3_file;
struct sqlite3_vfs;

namespace tests {

/// A disk that fails on demand: an SQLite VFS over the platform's own one. Counts what changes files (writes, syncs,
/// truncations, deletions, openings) and fails or dies at a chosen one; remembers what was synced, so that a loss of
/// power can take back the rest. Give its name to store::StoreOptions. It must outlive all connections.
class FaultVfs
{
public:
    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs &) = delete;
    FaultVfs &operator=(const FaultVfs &) = delete;

    QByteArray name() const { return m_name; }

    /// Changes since this object was made or heal() was called.
    qint64 operations() const;
    /// From the `n`-th change on (from 1), `times` of them fail with this SQLite code; -1: all until heal().
    void failAt(qint64 n, int code, int times = -1);
    /// At the `n`-th change the process is as if killed: neither this one nor anything after it reaches the disk. `torn`:
    /// the first half of that write does.
    void dieAt(qint64 n, bool torn = false);
    /// As dieAt(), for a child process: it really ends there, by SIGKILL.
    void killAt(qint64 n);
    /// At once, as dieAt(): nothing from now on reaches the disk.
    void die();
    bool isDead() const;
    /// Nothing opens for writing any more.
    void setReadOnly(bool readOnly);
    /// No faults any more; counts anew.
    void heal();

    enum class Loss {
        Unsynced, ///< All that was not synced is gone.
        Random,   ///< Of what was not synced, pieces of 512 bytes survive by chance, whatever their order was.
    };
    /// Power is lost, after all connections were closed: rewrites the files.
    void losePower(Loss loss, quint32 seed = 0);

private:
    friend struct FaultFile;
    friend struct FaultVfsCalls;

    /// A change that is not on the platter yet.
    struct Change {
        qint64 offset;
        QByteArray bytes; ///< Null: a truncation to `offset`.
    };
    struct Content {
        QByteArray synced;
        std::vector<Change> pending;
    };
    static void apply(QByteArray &content, const Change &change);
    /// Counts one change: SQLITE_OK, or the error to give. `torn` is set where half of it shall be done.
    int count(bool *torn = nullptr);
    void remember(const QString &path, Change change);
    void synced(const QString &path);
    void opened(const QString &path);
    void removed(const QString &path);

    QByteArray m_name;
    std::unique_ptr<sqlite3_vfs> m_vfs;
    mutable QMutex m_mutex;
    QHash<QString, Content> m_contents;
    qint64 m_operations = 0;
    qint64 m_failAt = 0;
    int m_failCode = 0;
    int m_failTimes = 0;
    qint64 m_dieAt = 0;
    bool m_torn = false;
    bool m_dead = false;
    bool m_kills = false;
    bool m_readOnly = false;
};

} // namespace tests
