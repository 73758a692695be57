# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection as a server sees it, in raw bytes: TCP, TLS, and the client's XML under RELIABILITY G1 and G2."""

import re
import socket
import ssl
import struct
import threading
import time
import xml.etree.ElementTree as ET
import xml.parsers.expat

from harness import DEADLINE, Failure, check

STREAM, CLIENT, TLS, SASL = ("http://etherx.jabber.org/streams", "jabber:client", "urn:ietf:params:xml:ns:xmpp-tls",
                             "urn:ietf:params:xml:ns:xmpp-sasl")
# RELIABILITY G2: all that may be said before TLS, to the letter. Who signs in is not in it.
PLAIN = re.compile(rb"(<\?xml version='1\.0'\?><stream:stream to='[a-z0-9.-]+' version='1\.0'( xml:lang='[\w-]+')? xmlns='jabber:client'"
                   rb" xmlns:stream='" + re.escape(STREAM.encode()) + rb"'>"
                   rb"(<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>)?)?")


# Seconds that a client may say nothing: longer than any case, for it pings after 60 s.
SILENCE = 180


class Left(Exception):
    """The client went away, or the case made it go."""


class Stream:
    """Reads one XML stream of the client. RELIABILITY G1: well-formed, of legal characters, with one root."""

    def __init__(self):
        self.header = None
        self.elements = []
        self.ended = False
        self._open = []
        self._parser = xml.parsers.expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, data):
        try:
            self._parser.Parse(data, False)
        except xml.parsers.expat.ExpatError as error:
            raise Failure(f"G1: the client's XML is not well-formed: {error}: {data[:200]!r}") from None

    @staticmethod
    def _name(name):
        return "{" + name if "}" in name else name

    def _start(self, name, attributes):
        element = ET.Element(self._name(name), {self._name(key): value for key, value in attributes.items()})
        if self.header is None:
            self.header = element
            return
        if self._open:
            self._open[-1].append(element)
        self._open.append(element)

    def _end(self, _name):
        if not self._open:
            self.ended = True
            return
        element = self._open.pop()
        if not self._open:
            self.elements.append(element)

    def _text(self, text):
        if not self._open:
            return
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


class Link:
    """One accepted connection. Its own thread reads; any thread may send. `heard` is every element of the client."""

    def __init__(self, server, sock):
        self.server = server
        self.sock = sock
        self.sock.settimeout(SILENCE)
        self.moved = threading.Condition(threading.RLock())
        self.plain = b""       # what the client said before TLS
        self.secure = None     # the ssl.SSLObject
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.stream = Stream()
        self.heard = []
        self.named = False     # whether it has the domain that the client asks for
        self.domain = None
        self.bound = None      # the full address, once bound
        self.present = False   # the initial presence came
        self.left = None       # why the link is over
        self.deaf = False      # while it is, nothing is read
        self.steps = 0         # what was taken and sent so far, for fault_at
        self.fault_at = None   # the step after which the connection is reset

    # ---- bytes

    def send(self, data):
        """Sends bytes, or text, through TLS where it is up."""
        if isinstance(data, str):
            data = data.encode()
        with self.moved:
            if self.secure is None:
                self._push(data)
            else:
                for begin in range(0, len(data), 1 << 18):
                    self.secure.write(data[begin:begin + (1 << 18)])
                    self._push(self._outgoing.read())
        self._step()

    def _push(self, data):
        try:
            self.sock.sendall(data)
        except OSError as error:
            raise Left(str(error)) from None

    def _receive(self):
        """Some decrypted bytes; raises Left at the end."""
        while True:
            if self.secure is not None:
                try:
                    with self.moved:
                        data = self.secure.read(1 << 16)
                    if data:
                        return data
                    raise Left("TLS ended in order")
                except ssl.SSLWantReadError:
                    pass
                except ssl.SSLError as error:
                    raise Left(str(error)) from None
            while self.deaf and not self.left:
                time.sleep(0.1)
            try:
                data = self.sock.recv(1 << 16)
            except OSError as error:
                raise Left(str(error)) from None
            if not data:
                raise Left("TCP ended")
            if self.secure is None:
                self.plain += data
                return data
            with self.moved:
                self._incoming.write(data)

    def start_tls(self, context=None):
        """The server's side of the handshake."""
        self.check_plain()
        self.secure = (context or self.server.context).wrap_bio(self._incoming, self._outgoing, server_side=True)
        self.stream = Stream()
        while True:
            try:
                with self.moved:
                    self.secure.do_handshake()
                break
            except ssl.SSLWantReadError:
                self._flush()
                data = self.sock.recv(1 << 16)
                if not data:
                    raise Left("the client left the handshake") from None
                self._incoming.write(data)
                self._step()
            except ssl.SSLError as error:
                self._flush()
                raise Left(f"the handshake failed: {error}") from None
        self._flush()
        self._step()

    def _flush(self):
        data = self._outgoing.read()
        if data:
            self._push(data)

    def _step(self):
        self.steps += 1
        if self.fault_at is not None and self.steps > self.fault_at:
            self.reset()
            raise Left("reset by the case")

    # ---- elements

    def take_header(self):
        """The header of a stream that begins now."""
        while self.stream.header is None:
            self.stream.feed(self._receive())
        self._step()
        return self.stream.header

    def check_plain(self):
        """RELIABILITY G2."""
        check(PLAIN.fullmatch(self.plain) and not (self.server.direct and self.plain), "G2: what was said before TLS", self.plain)

    def restart(self):
        check(not self.stream.elements, "the client speaks where the stream begins anew", self.stream.elements)
        self.stream = Stream()

    def take(self, tag=None, ns=None):
        """The next element; where `tag` is given it must be that one."""
        while not self.stream.elements:
            if self.stream.ended:
                raise Left("the client closed its stream")
            self.stream.feed(self._receive())
        element = self.stream.elements.pop(0)
        with self.moved:
            self.heard.append(element)
            self.moved.notify_all()
        if tag is not None:
            check(element.tag == f"{{{ns or CLIENT}}}{tag}", f"the client sent <{element.tag}> and not <{tag}>")
        self._step()
        return element

    def until(self, condition, what, deadline=None):
        """Waits, in another thread than the link's own, until `condition()` holds; gives its value."""
        with self.moved:
            value = self.moved.wait_for(condition, deadline or DEADLINE)
        check(value, f"waited in vain for the client: {what}")
        return value

    def hears(self, predicate, what, since=0, deadline=None):
        """The first element since the mark that `predicate` takes."""
        # In a list: an element without children is false.
        return self.until(lambda: [e for e in self.heard[since:] if predicate(e)], what, deadline)[0]

    def error(self):
        """The condition of the stream error that the client ended with, or None."""
        for element in self.heard:
            if element.tag == f"{{{STREAM}}}error":
                return element[0].tag.split("}")[1]
        return None

    # ---- ends

    def over(self, why):
        with self.moved:
            self.left = self.left or str(why)
            self.moved.notify_all()
        self.sock.close()
        self.check_plain()

    def wait_left(self):
        return self.until(lambda: self.left, "that it leaves")

    def cut(self):
        """Ends TCP without TLS's own end."""
        try:
            self.sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close_notify(self):
        with self.moved:
            try:
                self.secure.unwrap()
            except ssl.SSLError:
                pass
            self._flush()
        self.cut()

    def reset(self):
        try:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.sock.shutdown(socket.SHUT_RD)
            self.sock.close()
        except OSError:
            pass

    def serve_end(self):
        """A plan that came to its end leaves the link open: reads on, for what the client still says."""
        while True:
            self.take()
