# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A link that holds the client back after its first words inside TLS, to show that one round trip is all it needs."""

import socket
import threading

CHANGE, HANDSHAKE, DATA = 20, 22, 23
# The sizes of a Finished of TLS 1.3, encrypted, with SHA-256 and SHA-384: what else comes there has others.
FINISHED = (53, 69)


class Records:
    """Follows the records of a client's half of TLS (RFC 8446 5.1) and counts those with data of the application."""

    def __init__(self):
        self.pending = b""
        self.changed = self.finished = False
        self.data = 0

    def feed(self, piece):
        """Gives the whole records of it, each with the count of those with data, that one among them."""
        self.pending += piece
        while len(self.pending) >= 5 and len(self.pending) >= 5 + int.from_bytes(self.pending[3:5], "big"):
            size = 5 + int.from_bytes(self.pending[3:5], "big")
            record, self.pending = self.pending[:size], self.pending[size:]
            kind = record[0]
            if kind == CHANGE:
                self.changed = True
            elif self.finished and kind == DATA:
                self.data += 1
            elif self.changed and (kind == HANDSHAKE or kind == DATA and size - 5 in FINISHED):
                self.finished = True
            yield record, self.data


class Gate:
    """Listens on a loopback port of its own and passes connections on to `target`. While it is shut, the client gets no more
    than two records through on a new connection, its stream header and <authenticate/>; the rest waits for open()."""

    FIRST_WORDS = 2

    def __init__(self, target):
        self.target = target
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.moved = threading.Condition()
        self.is_shut = False
        self.passed = 0  # records with data that went through on the newest connection
        self.sockets = []
        threading.Thread(target=self._listen, daemon=True).start()

    def shut(self):
        with self.moved:
            self.is_shut = True

    def open(self):
        with self.moved:
            self.is_shut = False
            self.moved.notify_all()

    def _listen(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target), timeout=10)
            except OSError:
                return
            far.settimeout(None)
            self.sockets += [near, far]
            self.passed = 0
            threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source, target, is_client):
        records = None
        try:
            while True:
                piece = source.recv(65536)
                if not piece:
                    break
                if is_client and records is None and piece[0] == HANDSHAKE:
                    records = Records()
                if records is None:  # the other direction, or not yet TLS
                    target.sendall(piece)
                    continue
                for record, count in records.feed(piece):
                    with self.moved:
                        self.moved.wait_for(lambda: not self.is_shut or count <= self.FIRST_WORDS)
                        self.passed = count
                    target.sendall(record)
        except OSError:
            pass
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.open()
        self.listener.close()
        for each in self.sockets:
            each.close()
