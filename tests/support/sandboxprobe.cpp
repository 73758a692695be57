// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tries what balcony-decoder must not be able to, behind the same walls; prints the name of each thing that worked.
#include "decoder/sandbox.h"

#include <QThread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace {

void tell(const char *what, bool worked)
{
    if (worked)
        std::printf("%s\n", what);
}

} // namespace

int main(int argc, char **)
{
    const bool isOpen = argc > 1; // to see that these things work at all
    if (!isOpen) {
        decoder::limitProcess();
        if (!decoder::closeDoors())
            std::printf("no filter\n");
    }
    tell("read", open("/etc/passwd", O_RDONLY) >= 0);
    tell("write", open("/tmp/balcony-sandboxprobe", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0);
    tell("socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    tell("local socket", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    tell("fork", child > 0);
    char name[] = "/bin/true";
    char *arguments[] = {name, nullptr};
    pid_t spawned = 0;
    tell("spawn", posix_spawn(&spawned, name, nullptr, nullptr, arguments, nullptr) == 0);
    tell("code",
         mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
    tell("unlink", unlink("/tmp/balcony-sandboxprobe") == 0);
    rlimit more{RLIM_INFINITY, RLIM_INFINITY};
    tell("limits", setrlimit(RLIMIT_FSIZE, &more) == 0 && !isOpen && getuid() != 0);
    // What it needs.
    bool ran = false;
    const std::unique_ptr<QThread> thread(QThread::create([&ran] { ran = true; }));
    thread->start();
    thread->wait();
    std::printf(ran ? "thread\n" : "no thread\n");
    std::printf(std::unique_ptr<char[]>(new char[8 << 20]) ? "memory\n" : "no memory\n");
    std::fflush(stdout);
    std::_Exit(0);
}
