// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoder/sandbox.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <initializer_list>
#include <vector>

#if defined(__x86_64__)
#define BALCONY_AUDIT_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define BALCONY_AUDIT_ARCH AUDIT_ARCH_AARCH64
#endif
#if defined(__SANITIZE_ADDRESS__)
#define BALCONY_SHADOW_MEMORY
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BALCONY_SHADOW_MEMORY
#endif
#endif
#endif

namespace decoder {

#ifdef Q_OS_LINUX
namespace {

void limit(decltype(RLIMIT_CORE) what, rlim_t most)
{
    const rlimit value{most, most};
    setrlimit(what, &value);
}

#ifdef BALCONY_AUDIT_ARCH
/// Without an argument to look at.
constexpr long harmless[] = {
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_close,
    SYS_fstat,
    SYS_lseek,
    SYS_munmap,
    SYS_mremap,
    SYS_brk,
    SYS_madvise,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_ppoll,
    SYS_pselect6,
    SYS_nanosleep,
    SYS_clock_nanosleep,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_gettimeofday,
    SYS_getpid,
    SYS_gettid,
    SYS_futex,
    SYS_set_robust_list,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_exit,
    SYS_exit_group,
    SYS_getrandom,
    SYS_eventfd2,
    SYS_pipe2,
    SYS_fcntl,
    SYS_restart_syscall,
    SYS_getrusage,
    SYS_membarrier,
    SYS_sysinfo,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_poll
    SYS_poll,
    SYS_select,
    SYS_pipe,
    SYS_eventfd,
    SYS_time,
#endif
};

/// A filter, put together rule by rule; what no rule names is refused with EPERM.
class Filter
{
public:
    Filter()
    {
        load(offsetof(seccomp_data, arch));
        jumpUnless(BPF_JEQ, BALCONY_AUDIT_ARCH, {give(SECCOMP_RET_KILL_PROCESS)}, true);
        load(offsetof(seccomp_data, nr));
#ifdef __x86_64__
        jumpUnless(BPF_JGE, 0x40000000, {give(SECCOMP_RET_ERRNO | EPERM)}, false); // the x32 calls
#endif
    }
    void answer(long call, quint32 action)
    {
        jumpUnless(BPF_JEQ, quint32(call), {give(action)}, false);
    }
    void allow(long call)
    {
        answer(call, SECCOMP_RET_ALLOW);
    }
    /// Where argument `index`, under `mask`, is `value`.
    void allowWhere(long call, int index, quint32 mask, quint32 value)
    {
        constexpr auto argument = offsetof(seccomp_data, args);
        jumpUnless(BPF_JEQ, quint32(call),
                   {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, quint32(argument + sizeof(quint64) * size_t(index))),
                    BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1),
                    give(SECCOMP_RET_ALLOW), give(SECCOMP_RET_ERRNO | EPERM)},
                   false);
    }
    bool install()
    {
        m_code.push_back(give(SECCOMP_RET_ERRNO | EPERM));
        sock_fprog program{static_cast<unsigned short>(m_code.size()), m_code.data()};
        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
    }

private:
    static sock_filter give(quint32 action)
    {
        return BPF_STMT(BPF_RET | BPF_K, action);
    }
    void load(size_t offset)
    {
        m_code.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, quint32(offset)));
    }
    /// `body` follows where the comparison holds; or, `inverted`, where it does not.
    void jumpUnless(quint16 comparison, quint32 value, std::initializer_list<sock_filter> body, bool inverted)
    {
        const auto length = quint8(body.size());
        m_code.push_back(BPF_JUMP(quint16(BPF_JMP | comparison | BPF_K), value, quint8(inverted ? length : 0),
                                  quint8(inverted ? 0 : length)));
        m_code.insert(m_code.end(), body);
    }

    std::vector<sock_filter> m_code;
};
#endif

} // namespace

void limitProcess()
{
#ifdef SYS_close_range
    syscall(SYS_close_range, 3U, ~0U, 0U); // whatever the parent left open
#endif
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 256); // one for each thread of Qt's scaling
#ifndef BALCONY_SHADOW_MEMORY  // whose address space is the machine's own
    limit(RLIMIT_AS, rlim_t(1) << 30);
#endif
#ifdef __GLIBC__
    // Threads must fit into that on a machine with many processors, and large blocks go back at once.
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 20);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
#endif
}

bool closeDoors()
{
#ifdef BALCONY_AUDIT_ARCH
    constexpr quint32 executable = 4 /* PROT_EXEC */, setName = 15 /* PR_SET_NAME */;
    Filter filter;
    for (const long call : harmless)
        filter.allow(call);
    filter.allowWhere(SYS_mmap, 2, executable, 0);
    filter.allowWhere(SYS_mprotect, 2, executable, 0);
    filter.allowWhere(SYS_prctl, 0, ~0U, setName);
    filter.allowWhere(SYS_prlimit64, 0, ~0U, 0);
    filter.allowWhere(SYS_tgkill, 0, ~0U, quint32(getpid()));
    // Threads, and nothing that begins a process. The newer call hides its flags; libc then takes the older one.
    filter.allowWhere(SYS_clone, 0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM);
#ifdef SYS_clone3
    filter.answer(SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
#endif
    return filter.install();
#else
    return false;
#endif
}

void limitNextJob()
{
    constexpr rlim_t seconds = 30; // several threads count several times
    rusage used{};
    rlimit value{};
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &value) != 0)
        return;
    value.rlim_cur = rlim_t(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds;
    setrlimit(RLIMIT_CPU, &value);
}

#else

// Windows would have job objects and restricted tokens, macOS the App Sandbox; neither is used yet.
void limitProcess() { }
bool closeDoors()
{
    return false;
}
void limitNextJob() { }

#endif

} // namespace decoder
