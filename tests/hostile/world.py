# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The world of the hostile cases: a network that has loopback alone, with a DNS of its own, and a certificate authority.

Where this user may make no such network, the cases that need DNS are left out, by name; the others run all the same.
"""

import ctypes
import os
import socket
import struct
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, os.pardir, "interop"), os.path.join(HERE, os.pardir, "support")]

import certificates
import loopback

NEW_MOUNTS, PRIVATE, RECURSIVE, BIND = 0x20000, 1 << 18, 0x4000, 0x1000
A, CNAME, TXT, AAAA, SRV = 1, 5, 16, 28, 33
SILENCE, NO_ERROR, SERVER_FAILURE, NO_NAME = -1, 0, 2, 3


def _mount(source, target, flags):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), target.encode(), None, flags, None):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _isolate(resolv):
    loopback.isolate()
    loopback.unshare(NEW_MOUNTS)
    _mount("none", "/", RECURSIVE | PRIVATE)
    _mount(resolv, os.path.realpath("/etc/resolv.conf"), BIND)


def isolate(folder):
    """Moves this process into a network of its own whose names only our DNS gives. False where that is not allowed."""
    resolv = os.path.join(folder, "resolv.conf")
    with open(resolv, "w", encoding="ascii") as file:
        file.write("nameserver 127.0.0.1\noptions timeout:3 attempts:1\n")
    child = os.fork()  # what fails half-way must not leave this process without a network
    if child == 0:
        try:
            _isolate(resolv)
        except OSError as error:
            print(f"hostile: this user may not make a network ({error})", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        return False
    _isolate(resolv)
    return True


def unroutable():
    """How often anything in this network tried to reach another one: RELIABILITY G4, seen by the kernel."""
    with open("/proc/self/net/snmp", encoding="ascii") as file:
        names, values = [line.split() for line in file if line.startswith("Ip:")]
    count = int(values[names.index("OutNoRoutes")])
    try:
        with open("/proc/self/net/snmp6", encoding="ascii") as file:
            count += sum(int(line.split()[1]) for line in file if line.startswith("Ip6OutNoRoutes"))
    except FileNotFoundError:
        pass
    return count


def name_bytes(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split(".") if label) + b"\0"


def srv(target, port=5222, priority=0, weight=0):
    return SRV, struct.pack("!HHH", priority, weight, port) + name_bytes(target)


def a(address):
    return A, socket.inet_aton(address)


def aaaa(address):
    return AAAA, socket.inet_pton(socket.AF_INET6, address)


def cname(target):
    return CNAME, name_bytes(target)


class Dns:
    """Answers on 127.0.0.1:53 from `zone`: {name: [records]}, or {(name, type): SILENCE, SERVER_FAILURE, [records]}.
    Every question is kept in `asked` as (name, type)."""

    def __init__(self, zone):
        self.zone = zone
        self.asked = []
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("127.0.0.1", 53))
        self.streams = socket.create_server(("127.0.0.1", 53))
        for serve in (self._serve_datagrams, self._serve_streams):
            threading.Thread(target=serve, daemon=True).start()

    def _serve_datagrams(self):
        while True:
            question, peer = self.datagrams.recvfrom(65536)
            answer = self._answer(question)
            if answer and len(answer) > 512:
                answer = answer[:2] + struct.pack("!H", 0x8780) + question[4:6] + bytes(6) + question[12:]  # truncated: ask by TCP
                answer = answer[:10] + b"\0\0" + answer[12:]
            if answer:
                self.datagrams.sendto(answer, peer)

    def _serve_streams(self):
        while True:
            stream, _ = self.streams.accept()
            with stream:
                try:
                    size = struct.unpack("!H", stream.recv(2, socket.MSG_WAITALL))[0]
                    answer = self._answer(stream.recv(size, socket.MSG_WAITALL))
                    if answer:
                        stream.sendall(struct.pack("!H", len(answer)) + answer)
                except (OSError, struct.error):
                    pass

    def _answer(self, question):
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode("ascii", "replace"))
            at += 1 + question[at]
        name, kind = ".".join(labels).lower(), struct.unpack("!H", question[at + 1:at + 3])[0]
        self.asked.append((name, kind))
        found = self.zone.get((name, kind), self.zone.get(name))
        if found == SILENCE:
            return None
        code = found if isinstance(found, int) else NO_NAME if found is None else NO_ERROR
        records = [record for record in found if record[0] in (kind, CNAME)] if isinstance(found, list) else []
        head = question[:2] + struct.pack("!HHHHH", 0x8580 | code, 1, len(records), 0, 0)
        body = b"".join(b"\xC0\x0C" + struct.pack("!HHIH", record[0], 1, 60, len(record[1])) + record[1] for record in records)
        return head + question[12:at + 5] + body


class Papers:
    """Certificates for `names`: `good`, and one of somebody else, `wrong`; each a folder with server.pem and server.key."""

    def __init__(self, folder, names):
        self.good, self.wrong = os.path.join(folder, "good"), os.path.join(folder, "wrong")
        for path, bad in ((self.good, None), (self.wrong, "name")):
            os.mkdir(path, 0o700)
            certificates.make(path, names, bad)
        self.ca = os.path.join(self.good, "ca.pem")
