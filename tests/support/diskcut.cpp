// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Ends a process at its n-th change of a disk: to be loaded before the C library (LD_PRELOAD), so that the program under
// test is the one that people get. BALCONY_CUT_FOLDER names the folder whose files count, BALCONY_CUT_COUNTER a file of
// eight bytes in which the changes are counted (writes, syncs, truncations, renames, deletions, new files; from 1),
// BALCONY_CUT_AT the change before which the process ends by SIGKILL (0: none). With BALCONY_CUT_TORN the first half of that
// write still reaches the file.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

struct Cut {
    char folder[1024] = {};
    size_t length = 0;
    uint64_t at = 0;
    bool torn = false;
    std::atomic<uint64_t> *counter = nullptr;
};

template<class F>
F real(const char *name)
{
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

using Open = int (*)(const char *, int, ...);
using Write = ssize_t (*)(int, const void *, size_t);
using WriteAt = ssize_t (*)(int, const void *, size_t, off64_t);

Cut readCut()
{
    Cut cut;
    const char *folder = std::getenv("BALCONY_CUT_FOLDER");
    const char *counter = std::getenv("BALCONY_CUT_COUNTER");
    if (!folder || !counter || std::strlen(folder) >= sizeof cut.folder)
        return cut;
    const int file = real<Open>("open64")(counter, O_RDWR | O_CLOEXEC);
    void *memory = mmap(nullptr, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED)
        return cut;
    std::strcpy(cut.folder, folder);
    cut.length = std::strlen(folder);
    if (const char *at = std::getenv("BALCONY_CUT_AT"))
        cut.at = std::strtoull(at, nullptr, 10);
    cut.torn = std::getenv("BALCONY_CUT_TORN") != nullptr;
    cut.counter = static_cast<std::atomic<uint64_t> *>(memory);
    return cut;
}

const Cut &cut()
{
    static const Cut instance = readCut();
    return instance;
}

bool counts(const char *path)
{
    return cut().counter && path && std::strncmp(path, cut().folder, cut().length) == 0;
}

bool counts(int file)
{
    if (!cut().counter)
        return false;
    char link[64];
    char path[1100];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0)
        return false;
    path[size] = '\0';
    return counts(path);
}

/// Counts one change; gives whether it is the last thing of this process.
bool isLast()
{
    return ++*cut().counter == cut().at;
}

[[noreturn]] void end()
{
    std::raise(SIGKILL);
    std::abort();
}

void change()
{
    if (isLast())
        end();
}

template<class F, class... Rest>
ssize_t writeOrEnd(F write, int file, const void *bytes, size_t size, Rest... rest)
{
    if (counts(file) && isLast()) {
        if (cut().torn && size > 1)
            (void)write(file, bytes, size / 2, rest...);
        end();
    }
    return write(file, bytes, size, rest...);
}

int openOrEnd(const char *name, const char *path, int flags, mode_t mode)
{
    static const auto access = real<int (*)(const char *, int)>("access");
    if ((flags & O_CREAT) && counts(path) && access(path, F_OK) != 0)
        change();
    return real<Open>(name)(path, flags, mode);
}

mode_t modeOf(int flags, va_list list)
{
    return (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0;
}

} // namespace

#define BALCONY_EXPORT extern "C" __attribute__((visibility("default")))

BALCONY_EXPORT ssize_t write(int file, const void *bytes, size_t size)
{
    static const auto write = real<Write>("write");
    return writeOrEnd<Write>(write, file, bytes, size);
}

BALCONY_EXPORT ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset)
{
    static const auto write = real<WriteAt>("pwrite64");
    return writeOrEnd<WriteAt, off64_t>(write, file, bytes, size, offset);
}

BALCONY_EXPORT ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
    static const auto write = real<WriteAt>("pwrite64");
    return writeOrEnd<WriteAt, off64_t>(write, file, bytes, size, offset);
}

BALCONY_EXPORT int fsync(int file)
{
    if (counts(file))
        change();
    return counts(file) ? 0 : real<int (*)(int)>("fsync")(file); // a kill takes nothing from the system's memory
}

BALCONY_EXPORT int fdatasync(int file)
{
    if (counts(file))
        change();
    return counts(file) ? 0 : real<int (*)(int)>("fdatasync")(file);
}

BALCONY_EXPORT int ftruncate(int file, off_t size) noexcept
{
    if (counts(file))
        change();
    return real<int (*)(int, off64_t)>("ftruncate64")(file, size);
}

BALCONY_EXPORT int ftruncate64(int file, off64_t size) noexcept
{
    if (counts(file))
        change();
    return real<int (*)(int, off64_t)>("ftruncate64")(file, size);
}

BALCONY_EXPORT int rename(const char *from, const char *to) noexcept
{
    if (counts(from))
        change();
    return real<int (*)(const char *, const char *)>("rename")(from, to);
}

BALCONY_EXPORT int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    if (counts(from))
        change();
    return real<int (*)(int, const char *, int, const char *, unsigned)>("renameat2")(fromFolder, from, toFolder, to,
                                                                                      flags);
}

BALCONY_EXPORT int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    if (counts(to))
        change();
    return real<int (*)(int, const char *, int, const char *, int)>("linkat")(fromFolder, from, toFolder, to, flags);
}

BALCONY_EXPORT int unlink(const char *path) noexcept
{
    if (counts(path))
        change();
    return real<int (*)(const char *)>("unlink")(path);
}

BALCONY_EXPORT int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const mode_t mode = modeOf(flags, list);
    va_end(list);
    return openOrEnd("open64", path, flags, mode);
}

BALCONY_EXPORT int open64(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const mode_t mode = modeOf(flags, list);
    va_end(list);
    return openOrEnd("open64", path, flags, mode);
}
