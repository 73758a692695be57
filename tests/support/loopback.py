#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command, as the same user, in a network of its own that has loopback and nothing else: loopback.py COMMAND...

A test that reaches for any other network fails there. Where the kernel does not let this user make a network
(containers often do not), it says so, and the command runs as it would have.
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 0x1


def unshare(flags):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(flags):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def isolate():
    user, group = os.getuid(), os.getgid()
    if user == 0:
        unshare(NEW_NETWORK)
    else:
        unshare(NEW_USER | NEW_NETWORK)
        for path, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{path}", "w", encoding="ascii") as file:
                file.write(text)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(control, GET_FLAGS, request))[1]
        fcntl.ioctl(control, SET_FLAGS, struct.pack("16sH14x", b"lo", flags | UP))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    # A child tries first: what fails half-way must not leave this process in a network without loopback.
    child = os.fork()
    if child == 0:
        try:
            isolate()
        except OSError as error:
            print(f"loopback: this user may not make a network ({error}); the network stays as it is", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        isolate()
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
