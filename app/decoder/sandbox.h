// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace decoder {

/// First of all: what this process may use. Linux: memory, no files of any size, no new rights, no dump, and its end with
/// its parent's. Elsewhere nothing: the parent's deadline is what there is. No number of processes: that is counted for all
/// of a person's programs, and the threads of Qt's own scaling would fail; the filter below forbids new processes instead.
void limitProcess();
/// Once all plug-ins are loaded: from here on the kernel refuses everything but memory, time, threads, and reading and
/// writing what is open: no file, no socket, no process (seccomp). False where there is no such thing: not Linux, or
/// another processor than x86-64 and AArch64.
bool closeDoors();
/// Time of the processors for one job: more than the parent's deadline, so that it counts only where there is no parent.
void limitNextJob();

} // namespace decoder
