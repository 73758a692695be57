// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace store {

/// All files of a profile have this mode: 0600.
constexpr auto onlyOwner = QFile::ReadOwner | QFile::WriteOwner;

/// The files of a profile's database, looked at without SQLite.
class ProfileFiles
{
public:
    explicit ProfileFiles(const QString &folder) : m_folder(folder) { }

    QString lock() const { return m_folder + QStringLiteral("/lock"); }
    QString database() const { return m_folder + QStringLiteral("/balcony.db"); }
    QString log() const { return database() + QStringLiteral("-wal"); }
    /// SQLite's rollback journal: there only while the first page of a new database is written, or after a crash then.
    QString journal() const { return database() + QStringLiteral("-journal"); }
    QString backups() const { return m_folder + QStringLiteral("/backups"); }
    QString sharedMemory() const { return database() + QStringLiteral("-shm"); }

    /// Makes the folder where it is missing and gives it mode 0700, whatever the umask. False where it is not there after.
    bool prepareFolder() const;
    /// Makes an empty database file where there is none and gives all files mode 0600; SQLite gives its own ones the mode
    /// of the database. False where there is none after.
    bool prepareFiles() const;
    /// Makes the folder of the backups where it is missing, with mode 0700. False where it is not there after.
    bool prepareBackups() const;

    /// What the first bytes of the database say.
    struct Header {
        bool exists = false;
        bool isEmpty = true;
        bool isDatabase = false;
        qint64 version = 0;       ///< PRAGMA user_version, as far as it is not only in the log.
        qint64 applicationId = 0; ///< PRAGMA application_id
    };
    Header readHeader() const;
    /// The database was not closed in order: its log holds something.
    bool wasInterrupted() const;

    /// Damage was met: the next start checks.
    void markDamaged() const;
    bool isMarkedDamaged() const;
    void unmarkDamaged() const;
    /// Renames the database with its log and journal, and gives the new name; null where that failed. Until
    /// forgetSalvage() salvageSource() gives that name, so that a recovery that was cut off starts anew.
    QString moveAside() const;
    /// A damaged database whose rows were not taken over to the end; null where there is none.
    QString salvageSource() const;
    void forgetSalvage() const;
    /// Takes a database that a recovery left half made away.
    void removeDatabase() const;
    /// Copies the database and its log to another folder, which has to be there.
    bool copyTo(const ProfileFiles &other) const;

private:
    QString salvageNote() const { return m_folder + QStringLiteral("/balcony.db-salvage"); }
    QString mark() const { return m_folder + QStringLiteral("/balcony.db-check"); }
    QString m_folder;
};

} // namespace store
