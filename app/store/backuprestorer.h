// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite.h"

#include <QByteArrayList>

#include <map>

namespace store {

class RowCopier;

/// Gives a repaired database what a backup has more than the damaged one. The backup is older: it only adds. Inside the
/// repair's transaction.
class BackupRestorer
{
public:
    /// `torn`: the tables of which the damaged database did not give all rows. What it gave whole is not looked for in the
    /// backup, so that nothing comes back that was taken away since.
    BackupRestorer(Database &database, QByteArrayList torn) : m_database(database), m_torn(std::move(torn)) { }

    /// The number of rows that were added. Error: Storage where the new database takes nothing.
    Result<qint64> takeFrom(const QString &path, const QByteArray &vfs);

private:
    Result<qint64> takeTables(RowCopier &copier);
    Result<std::map<qint64, qint64>> takeConversations(Database &backup, RowCopier &copier, qint64 &rows);
    Result<qint64> freeId() const;
    Result<> takeChanges(RowCopier &copier, const std::map<qint64, qint64> &ids);
    Result<> takeFiles(RowCopier &copier, const QByteArray &columns, const std::map<qint64, qint64> &ids);
    Result<qint64> takeMessages(Database &backup, RowCopier &copier, const std::map<qint64, qint64> &ids);

    Database &m_database;
    QByteArrayList m_torn;
};

} // namespace store
