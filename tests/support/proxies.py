# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A SOCKS5 and HTTP CONNECT proxy on a free loopback port, which resolves the names that it was given."""

import base64
import socket
import threading


class Proxy:
    """`hosts` maps names to (address, port). With `login` (user, password) nobody else is let through. `asked` lists what
    was asked for, as name:port, with "!" behind it where it was refused."""

    def __init__(self, kind, hosts, login=None):
        self.kind = kind
        self.hosts = hosts
        self.login = login
        self.asked = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        user = f"{self.login[0]}@" if self.login else ""
        return f"{self.kind}://{user}127.0.0.1:{self.port}"

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer):
        try:
            with peer:
                way = self._socks(peer) if self.kind == "socks5" else self._connect(peer)
                if way:
                    with way:
                        back = threading.Thread(target=_pump, args=(way, peer), daemon=True)
                        back.start()
                        _pump(peer, way)
                        back.join()
        except OSError:
            pass

    def _open(self, name, port):
        place = self.hosts.get(name)
        self.asked.append(f"{name}:{port}" + ("" if place else "!"))
        return socket.create_connection(place) if place else None

    def _socks(self, peer):
        _version, count = _read(peer, 2)
        methods = _read(peer, count)
        wanted = 2 if self.login else 0
        if wanted not in methods:
            peer.sendall(b"\x05\xff")
            return None
        peer.sendall(bytes([5, wanted]))
        if self.login:
            _read(peer, 1)
            given = tuple(_read(peer, _read(peer, 1)[0]).decode() for _ in range(2))
            peer.sendall(b"\x01\x00" if given == self.login else b"\x01\x01")
            if given != self.login:
                return None
        head = _read(peer, 4)
        if head[3] != 3:  # an address: the name was resolved elsewhere
            self.asked.append("address!")
            peer.sendall(b"\x05\x02\x00\x01" + bytes(6))
            return None
        name = _read(peer, _read(peer, 1)[0]).decode()
        way = self._open(name, int.from_bytes(_read(peer, 2), "big"))
        peer.sendall((b"\x05\x00" if way else b"\x05\x04") + b"\x00\x01" + bytes(6))
        return way

    def _connect(self, peer):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += _read(peer, 1)
        lines = head.decode().split("\r\n")
        if self.login:
            token = base64.b64encode(":".join(self.login).encode()).decode()
            if f"Proxy-Authorization: Basic {token}" not in lines:
                peer.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n\r\n")
                return None
        name, _, port = lines[0].split(" ")[1].rpartition(":")
        way = self._open(name, int(port))
        peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n" if way else b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
        return way


def _read(peer, count):
    data = b""
    while len(data) < count:
        piece = peer.recv(count - len(data))
        if not piece:
            raise OSError("ended")
        data += piece
    return data


def _pump(source, sink):
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
