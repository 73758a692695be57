// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lockfile.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace store {

LockFile::~LockFile()
{
    release();
}

#ifdef Q_OS_UNIX

LockFile::Outcome LockFile::take(const QString &path)
{
    release();
    m_file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_file < 0)
        return Outcome::ReadOnly;
    if (::flock(m_file, LOCK_EX | LOCK_NB) == 0)
        return Outcome::Taken;
    const bool inUse = errno == EWOULDBLOCK;
    release();
    // Some network file systems know no locks: the database's own must do there.
    return inUse ? Outcome::InUse : Outcome::Taken;
}

void LockFile::release()
{
    // The file stays: removing it would let two processes hold locks on two files of one name.
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
}

#else

LockFile::Outcome LockFile::take(const QString &path)
{
    m_lock = std::make_unique<QLockFile>(path);
    m_lock->setStaleLockTime(0);
    if (m_lock->tryLock())
        return Outcome::Taken;
    const bool inUse = m_lock->error() == QLockFile::LockFailedError;
    m_lock.reset();
    return inUse ? Outcome::InUse : Outcome::ReadOnly;
}

void LockFile::release()
{
    m_lock.reset();
}

#endif

} // namespace store
