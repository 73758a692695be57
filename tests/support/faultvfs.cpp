// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultvfs.h"

#include <QFile>
#include <QRandomGenerator>

#include <sqlite3.h>

#include <csignal>
#include <cstring>

namespace tests {

/// A file of ours; the platform's own one lies behind it in the same memory.
struct FaultFile {
    sqlite3_file base;
    FaultVfs *vfs;
    QString *path;

    static FaultFile *of(sqlite3_file *file) { return reinterpret_cast<FaultFile *>(file); }
    static constexpr size_t size() { return (sizeof(FaultFile) + 15) / 16 * 16; }
    static sqlite3_file *real(sqlite3_file *file)
    {
        return reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + size());
    }
};

struct FaultVfsCalls {
    static FaultVfs *of(sqlite3_vfs *vfs) { return static_cast<FaultVfs *>(vfs->pAppData); }
    /// The platform's own, also while a test has made one of ours the default.
    static sqlite3_vfs *real()
    {
        static sqlite3_vfs *const platform = sqlite3_vfs_find(nullptr);
        return platform;
    }

    // Files.
    static int close(sqlite3_file *file)
    {
        const int code = FaultFile::real(file)->pMethods->xClose(FaultFile::real(file));
        delete FaultFile::of(file)->path;
        return code;
    }
    static int read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
    {
        if (FaultFile::of(file)->vfs->isDead())
            return SQLITE_IOERR_READ;
        return FaultFile::real(file)->pMethods->xRead(FaultFile::real(file), bytes, size, offset);
    }
    static int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
    {
        auto *self = FaultFile::of(file);
        bool torn = false;
        const int code = self->vfs->count(&torn);
        if (code != SQLITE_OK && !torn)
            return code;
        const int length = torn ? size / 2 : size;
        self->vfs->remember(*self->path, {offset, QByteArray(static_cast<const char *>(bytes), length)});
        const int written = FaultFile::real(file)->pMethods->xWrite(FaultFile::real(file), bytes, length, offset);
        return torn ? code : written;
    }
    static int truncate(sqlite3_file *file, sqlite3_int64 size)
    {
        auto *self = FaultFile::of(file);
        if (const int code = self->vfs->count(); code != SQLITE_OK)
            return code;
        self->vfs->remember(*self->path, {size, QByteArray()});
        return FaultFile::real(file)->pMethods->xTruncate(FaultFile::real(file), size);
    }
    static int sync(sqlite3_file *file, int)
    {
        auto *self = FaultFile::of(file);
        if (const int code = self->vfs->count(); code != SQLITE_OK)
            return code;
        // The real disk need not turn: what survives is decided here.
        self->vfs->synced(*self->path);
        return SQLITE_OK;
    }
    static int fileSize(sqlite3_file *file, sqlite3_int64 *size)
    {
        return FaultFile::real(file)->pMethods->xFileSize(FaultFile::real(file), size);
    }
    static int lock(sqlite3_file *file, int level)
    {
        return FaultFile::real(file)->pMethods->xLock(FaultFile::real(file), level);
    }
    static int unlock(sqlite3_file *file, int level)
    {
        return FaultFile::real(file)->pMethods->xUnlock(FaultFile::real(file), level);
    }
    static int checkReserved(sqlite3_file *file, int *result)
    {
        return FaultFile::real(file)->pMethods->xCheckReservedLock(FaultFile::real(file), result);
    }
    static int control(sqlite3_file *file, int op, void *argument)
    {
        return FaultFile::real(file)->pMethods->xFileControl(FaultFile::real(file), op, argument);
    }
    static int sectorSize(sqlite3_file *) { return 512; }
    static int characteristics(sqlite3_file *) { return 0; } // nothing is promised: neither atomic nor in order
    static int shmMap(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
    {
        if (FaultFile::of(file)->vfs->m_readOnly)
            return SQLITE_READONLY_CANTINIT;
        return FaultFile::real(file)->pMethods->xShmMap(FaultFile::real(file), page, size, extend, memory);
    }
    static int shmLock(sqlite3_file *file, int offset, int n, int flags)
    {
        return FaultFile::real(file)->pMethods->xShmLock(FaultFile::real(file), offset, n, flags);
    }
    static void shmBarrier(sqlite3_file *file) { FaultFile::real(file)->pMethods->xShmBarrier(FaultFile::real(file)); }
    static int shmUnmap(sqlite3_file *file, int remove)
    {
        return FaultFile::real(file)->pMethods->xShmUnmap(FaultFile::real(file), remove);
    }

    // The file system.
    static int open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
    {
        static const sqlite3_io_methods methods = {
            2,        close,         read,    write,      truncate,        sync,   fileSize, lock,
            unlock,   checkReserved, control, sectorSize, characteristics, shmMap, shmLock,  shmBarrier,
            shmUnmap, nullptr,       nullptr};
        FaultVfs *self = of(vfs);
        file->pMethods = nullptr;
        if (const int code = self->count(); code != SQLITE_OK)
            return code;
        if (self->m_readOnly && (flags & SQLITE_OPEN_READWRITE)) {
            if (!(flags & SQLITE_OPEN_MAIN_DB))
                return SQLITE_CANTOPEN; // a log, a journal
            flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
        }
        const int code = real()->xOpen(real(), name, FaultFile::real(file), flags, outFlags);
        if (code != SQLITE_OK)
            return code;
        file->pMethods = &methods;
        FaultFile::of(file)->vfs = self;
        FaultFile::of(file)->path = new QString(QString::fromUtf8(name ? name : ""));
        self->opened(*FaultFile::of(file)->path);
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs *vfs, const char *name, int syncFolder)
    {
        if (const int code = of(vfs)->count(); code != SQLITE_OK)
            return code;
        of(vfs)->removed(QString::fromUtf8(name));
        return real()->xDelete(real(), name, syncFolder);
    }
    static int access(sqlite3_vfs *, const char *name, int flags, int *result)
    {
        return real()->xAccess(real(), name, flags, result);
    }
    static int fullPath(sqlite3_vfs *, const char *name, int size, char *out)
    {
        return real()->xFullPathname(real(), name, size, out);
    }
    static int randomness(sqlite3_vfs *, int size, char *out) { return real()->xRandomness(real(), size, out); }
    static int sleep(sqlite3_vfs *, int microseconds) { return real()->xSleep(real(), microseconds); }
    static int currentTime(sqlite3_vfs *, double *time) { return real()->xCurrentTime(real(), time); }
    static int currentTime64(sqlite3_vfs *, sqlite3_int64 *time) { return real()->xCurrentTimeInt64(real(), time); }
    static int lastError(sqlite3_vfs *, int, char *) { return 0; }
};

FaultVfs::FaultVfs() : m_vfs(std::make_unique<sqlite3_vfs>())
{
    static int number = 0;
    m_name = "fault" + QByteArray::number(++number);
    std::memset(m_vfs.get(), 0, sizeof(sqlite3_vfs));
    m_vfs->iVersion = 2;
    m_vfs->szOsFile = int(FaultFile::size()) + FaultVfsCalls::real()->szOsFile;
    m_vfs->mxPathname = FaultVfsCalls::real()->mxPathname;
    m_vfs->zName = m_name.constData();
    m_vfs->pAppData = this;
    m_vfs->xOpen = FaultVfsCalls::open;
    m_vfs->xDelete = FaultVfsCalls::remove;
    m_vfs->xAccess = FaultVfsCalls::access;
    m_vfs->xFullPathname = FaultVfsCalls::fullPath;
    m_vfs->xRandomness = FaultVfsCalls::randomness;
    m_vfs->xSleep = FaultVfsCalls::sleep;
    m_vfs->xCurrentTime = FaultVfsCalls::currentTime;
    m_vfs->xCurrentTimeInt64 = FaultVfsCalls::currentTime64;
    m_vfs->xGetLastError = FaultVfsCalls::lastError;
    sqlite3_vfs_register(m_vfs.get(), 0);
}

FaultVfs::~FaultVfs()
{
    sqlite3_vfs_unregister(m_vfs.get());
}

qint64 FaultVfs::operations() const
{
    const QMutexLocker locker(&m_mutex);
    return m_operations;
}

void FaultVfs::failAt(qint64 n, int code, int times)
{
    const QMutexLocker locker(&m_mutex);
    m_operations = 0;
    m_failAt = n;
    m_failCode = code;
    m_failTimes = times;
}

void FaultVfs::dieAt(qint64 n, bool torn)
{
    const QMutexLocker locker(&m_mutex);
    m_operations = 0;
    m_dieAt = n;
    m_torn = torn;
}

void FaultVfs::killAt(qint64 n)
{
    dieAt(n);
    m_kills = true;
}

void FaultVfs::die()
{
    const QMutexLocker locker(&m_mutex);
    m_dead = true;
}

bool FaultVfs::isDead() const
{
    const QMutexLocker locker(&m_mutex);
    return m_dead;
}

void FaultVfs::setReadOnly(bool readOnly)
{
    const QMutexLocker locker(&m_mutex);
    m_readOnly = readOnly;
}

void FaultVfs::heal()
{
    const QMutexLocker locker(&m_mutex);
    m_operations = 0;
    m_failAt = 0;
    m_dieAt = 0;
    m_dead = false;
    m_kills = false;
    m_readOnly = false;
}

int FaultVfs::count(bool *torn)
{
    const QMutexLocker locker(&m_mutex);
    if (m_dead)
        return SQLITE_IOERR;
    ++m_operations;
    if (m_dieAt > 0 && m_operations >= m_dieAt) {
        if (m_kills)
            std::raise(SIGKILL);
        m_dead = true;
        if (torn)
            *torn = m_torn;
        return SQLITE_IOERR;
    }
    if (m_failAt > 0 && m_operations >= m_failAt && m_failTimes != 0) {
        if (m_failTimes > 0)
            --m_failTimes;
        return m_failCode;
    }
    return SQLITE_OK;
}

void FaultVfs::apply(QByteArray &content, const Change &change)
{
    if (change.bytes.isNull()) {
        content.resize(change.offset);
        return;
    }
    const qint64 end = change.offset + change.bytes.size();
    if (content.size() < end)
        content.append(end - content.size(), '\0');
    content.replace(change.offset, change.bytes.size(), change.bytes);
}

void FaultVfs::remember(const QString &path, Change change)
{
    const QMutexLocker locker(&m_mutex);
    m_contents[path].pending.push_back(std::move(change));
}

void FaultVfs::synced(const QString &path)
{
    const QMutexLocker locker(&m_mutex);
    Content &content = m_contents[path];
    for (const Change &change : content.pending)
        apply(content.synced, change);
    content.pending.clear();
}

void FaultVfs::opened(const QString &path)
{
    const QMutexLocker locker(&m_mutex);
    if (path.isEmpty() || m_contents.contains(path))
        return;
    QFile file(path);
    if (file.open(QFile::ReadOnly))
        m_contents[path].synced = file.readAll();
}

void FaultVfs::removed(const QString &path)
{
    const QMutexLocker locker(&m_mutex);
    m_contents.remove(path);
}

void FaultVfs::losePower(Loss loss, quint32 seed)
{
    QRandomGenerator random(seed);
    const QMutexLocker locker(&m_mutex);
    for (auto it = m_contents.begin(); it != m_contents.end(); ++it) {
        if (it.key().isEmpty())
            continue;
        QByteArray content = it->synced;
        for (const Change &change : it->pending) {
            if (loss == Loss::Unsynced)
                continue;
            if (change.bytes.isNull() && random.bounded(2))
                apply(content, change);
            for (qsizetype at = 0; at < change.bytes.size(); at += 512) {
                if (random.bounded(2))
                    apply(content, {change.offset + at, change.bytes.mid(at, 512)});
            }
        }
        QFile file(it.key());
        if (file.open(QFile::WriteOnly | QFile::Truncate))
            file.write(content);
        QFile::remove(it.key() + QStringLiteral("-shm")); // lives in memory only
    }
    m_contents.clear();
}

} // namespace tests
