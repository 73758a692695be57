// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profilefiles.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QtEndian>

namespace store {
namespace {

} // namespace

bool ProfileFiles::prepareFolder() const
{
    QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, onlyOwner | QFile::ExeOwner);
    return QFileInfo(m_folder).isDir();
}

bool ProfileFiles::prepareFiles() const
{
    if (!QFile::exists(database())) {
        QFile file(database());
        if (!file.open(QFile::WriteOnly | QFile::NewOnly))
            return false;
    }
    if (QFile::exists(backups()))
        QFile::setPermissions(backups(), onlyOwner | QFile::ExeOwner);
    for (const QString &path : {lock(), database(), log(), sharedMemory(), journal()}) {
        if (QFile::exists(path))
            QFile::setPermissions(path, onlyOwner);
    }
    return true;
}

bool ProfileFiles::prepareBackups() const
{
    QDir().mkpath(backups());
    QFile::setPermissions(backups(), onlyOwner | QFile::ExeOwner);
    return QFileInfo(backups()).isDir();
}

ProfileFiles::Header ProfileFiles::readHeader() const
{
    Header header;
    QFile file(database());
    header.exists = file.exists();
    if (!file.open(QFile::ReadOnly))
        return header;
    const QByteArray bytes = file.read(100);
    header.isEmpty = bytes.isEmpty();
    // "Database File Format" 1.3: the offsets of the header's fields.
    header.isDatabase = bytes.size() == 100 && bytes.startsWith(QByteArray("SQLite format 3\0", 16));
    if (header.isDatabase) {
        header.version = qFromBigEndian<qint32>(bytes.constData() + 60);
        header.applicationId = qFromBigEndian<qint32>(bytes.constData() + 68);
    }
    return header;
}

bool ProfileFiles::wasInterrupted() const
{
    return QFileInfo(log()).size() > 0;
}

void ProfileFiles::markDamaged() const
{
    QFile file(mark());
    (void)file.open(QFile::WriteOnly);
}

bool ProfileFiles::isMarkedDamaged() const
{
    return QFile::exists(mark());
}

void ProfileFiles::unmarkDamaged() const
{
    QFile::remove(mark());
}

QString ProfileFiles::moveAside() const
{
    const QString time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    QString aside = database() + QStringLiteral(".damaged-") + time;
    QSaveFile note(salvageNote());
    if (!note.open(QFile::WriteOnly) || note.write(QFileInfo(aside).fileName().toUtf8()) < 0 || !note.commit())
        return {};
    if (!QFile::rename(database(), aside)) {
        forgetSalvage();
        return {};
    }
    if (QFile::exists(log()))
        QFile::rename(log(), aside + QStringLiteral("-wal"));
    // A rollback journal that stayed would be played back into the new database.
    if (QFile::exists(journal()))
        QFile::rename(journal(), aside + QStringLiteral("-journal"));
    QFile::remove(sharedMemory());
    unmarkDamaged();
    return aside;
}

QString ProfileFiles::salvageSource() const
{
    QFile note(salvageNote());
    if (!note.open(QFile::ReadOnly))
        return {};
    const QString path = m_folder + u'/' + QFileInfo(QString::fromUtf8(note.readAll())).fileName();
    return QFileInfo(path).isFile() ? path : QString();
}

void ProfileFiles::forgetSalvage() const
{
    QFile::remove(salvageNote());
}

void ProfileFiles::removeDatabase() const
{
    for (const QString &path : {database(), log(), journal(), sharedMemory()})
        QFile::remove(path);
}

bool ProfileFiles::copyTo(const ProfileFiles &other) const
{
    if (!QFile::copy(database(), other.database()))
        return false;
    return !QFile::exists(log()) || QFile::copy(log(), other.log());
}

} // namespace store
