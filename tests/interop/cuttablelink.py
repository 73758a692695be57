# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A link between a client and a server that a test can cut: bytes go through as they are, until they do not."""

import selectors
import socket
import threading
import time


class Link:
    """Listens on a loopback port of its own and passes each connection on to `target`."""

    def __init__(self, target):
        self.target = target
        self.listener = socket.socket()
        # Next to nothing is taken ahead of what goes on, or the client's system would take it for delivered.
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.rate = None  # bytes a second, all directions together; None: as fast as it goes
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.pairs = []
        self.open = True
        self.frozen = threading.Event()
        self.deaf = threading.Event()
        self.accepted = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                if not self.open:
                    near.close()
                    continue
                try:
                    far = socket.create_connection(("127.0.0.1", self.target), timeout=10)
                except OSError:
                    near.close()
                    continue
                far.settimeout(None)
                self.accepted += 1
                self.pairs.append((near, far))
            threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near, far):
        other = {near: far, far: near}
        with selectors.DefaultSelector() as selector:
            for each in other:
                selector.register(each, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select(0.2):
                    if self.frozen.is_set() or (self.deaf.is_set() and key.fileobj is far):
                        continue
                    try:
                        piece = key.fileobj.recv(self.rate // 10 if self.rate else 65536)
                        if piece:
                            other[key.fileobj].sendall(piece)
                        if self.rate:
                            time.sleep(len(piece) / self.rate)
                    except OSError:
                        piece = b""
                    if not piece:
                        near.close()
                        far.close()
                        return
                if near.fileno() < 0 or far.fileno() < 0:
                    return

    def cut(self):
        """Breaks all connections, and takes no new one until mend()."""
        with self.lock:
            self.open = False
            for pair in self.pairs:
                for each in pair:
                    try:
                        each.shutdown(socket.SHUT_RDWR)
                    except OSError:
                        pass
            self.pairs = []
        self.frozen.clear()
        self.deaf.clear()

    def mend(self):
        with self.lock:
            self.open = True

    def freeze(self):
        """The sockets stay open and nothing comes through any more: a half-open link."""
        self.frozen.set()

    def deafen(self):
        """The client hears nothing more of the server, which goes on to hear the client."""
        self.deaf.set()

    def close(self):
        self.cut()
        self.listener.close()
