# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that is honest until a case makes it something else: STARTTLS or direct TLS, SCRAM, bind, and a small session."""

import base64
import hashlib
import hmac
import os
import socket
import ssl
import threading
import xml.sax.saxutils

from harness import DEADLINE, Failure, check
from link import CLIENT, SASL, STREAM, TLS, Left, Link

BIND, ROSTER, PING, SESSION = ("urn:ietf:params:xml:ns:xmpp-bind", "jabber:iq:roster", "urn:xmpp:ping",
                               "urn:ietf:params:xml:ns:xmpp-session")
INFO, ITEMS, ERRORS = ("http://jabber.org/protocol/disco#info", "http://jabber.org/protocol/disco#items",
                       "urn:ietf:params:xml:ns:xmpp-stanzas")
PASSWORD = "mercutio-7Qx"
DOMAIN = "a.test"
HASHES = {"SCRAM-SHA-1": "sha1", "SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512"}
STARTTLS = f"<stream:features><starttls xmlns='{TLS}'><required/></starttls></stream:features>"
BINDING = f"<stream:features><bind xmlns='{BIND}'/></stream:features>"


def header(domain=DOMAIN, **changes):
    """A stream header; `changes` replaces attributes, None takes one away."""
    attributes = {"xmlns": CLIENT, "xmlns:stream": STREAM, "id": base64.b16encode(os.urandom(6)).decode(), "from": domain,
                  "version": "1.0", **changes}
    return "<?xml version='1.0'?><stream:stream" + "".join(f" {name}='{value}'" for name, value in attributes.items()
                                                           if value is not None) + ">"


def mechanisms(*names, bindings=(), more=""):
    """The features with SASL mechanisms."""
    listed = "".join(f"<mechanism>{name}</mechanism>" for name in names)
    types = "".join(f"<channel-binding type='{name}'/>" for name in bindings)
    return (f"<stream:features><mechanisms xmlns='{SASL}'>{listed}</mechanisms>"
            + (f"<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>{types}</sasl-channel-binding>" if types else "")
            + more + "</stream:features>")


def sasl(name, data):
    return f"<{name} xmlns='{SASL}'>{base64.b64encode(data).decode()}</{name}>"


def refusal(condition):
    return f"<failure xmlns='{SASL}'><{condition}/></failure>"


def escape(text):
    return xml.sax.saxutils.escape(text, {"'": "&apos;"})


class Scram:
    """The server's side of RFC 5802."""

    def __init__(self, mechanism, password=PASSWORD, iterations=4096, binding=b"", more=b""):
        self.more = more  # extensions behind the first message
        self.hash = HASHES[mechanism.removesuffix("-PLUS")]
        self.password, self.iterations, self.binding = password, iterations, binding
        self.salt = os.urandom(16)

    def challenge(self, first):
        self.gs2, self.bare = first.split(b",,", 1)
        self.nonce = dict(part.split(b"=", 1) for part in self.bare.split(b","))[b"r"] + base64.b64encode(os.urandom(9))
        self.first = b"r=%b,s=%b,i=%d%b" % (self.nonce, base64.b64encode(self.salt), self.iterations, self.more)
        return self.first

    def final(self, response):
        """The server's proof, or None where the client's proof is wrong."""
        bare, proof = response.rsplit(b",p=", 1)
        wanted = base64.b64encode(self.gs2 + b",," + self.binding)
        check(bare == b"c=" + wanted + b",r=" + self.nonce, "the client's channel binding and nonce", bare)
        def mac(key, data):
            return hmac.new(key, data, self.hash).digest()
        salted = hashlib.pbkdf2_hmac(self.hash, self.password.encode(), self.salt, self.iterations)
        client = mac(salted, b"Client Key")
        message = self.bare + b"," + self.first + b"," + bare
        signature = mac(hashlib.new(self.hash, client).digest(), message)
        if base64.b64decode(proof) != bytes(x ^ y for x, y in zip(client, signature)):
            return None
        return b"v=" + base64.b64encode(mac(mac(salted, b"Server Key"), message))


class Server:
    """Listens on loopback; `plan` is what it does with each link, honest() where the case sets no other."""

    def __init__(self, papers, direct=False, host="127.0.0.1", port=0, domain=DOMAIN):
        self.context = self.make_context(papers.good)
        self.direct, self.domain = direct, domain
        self.plan = Server.honest
        self.roster = "<item jid='bob@b.test' name='Bob' subscription='both'/>"
        self.accounts = {}          # other passwords than PASSWORD, by user
        self.answers = {}           # (type, tag of the payload) -> f(link, iq): what is answered in this case's way
        self.links, self.broken = [], []
        self.secrets = set()        # what no log may have
        self.moved = threading.Condition()
        self.socket = socket.create_server((host, port), backlog=64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @staticmethod
    def make_context(folder):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))
        return context

    def _accept(self):
        while True:
            try:
                sock, _ = self.socket.accept()
            except OSError:
                return
            link = Link(self, sock)
            with self.moved:
                self.links.append(link)
                self.moved.notify_all()
            threading.Thread(target=self._run, args=(link, self.plan), daemon=True).start()

    def _run(self, link, plan):
        try:
            try:
                plan(self, link)
                link.serve_end()
            except Left as why:
                link.over(why)
            except (OSError, ssl.SSLError) as why:
                link.over(f"{type(why).__name__}: {why}")
        except (Failure, Exception) as why:  # a client that breaks the rules fails its case, whatever it waits for
            self.broken.append(why)
            link.left = link.left or f"broken: {why}"
            with link.moved:
                link.moved.notify_all()

    def wait_links(self, number):
        """Waits until so many links were accepted in all; gives the newest."""
        with self.moved:
            check(self.moved.wait_for(lambda: len(self.links) >= number, DEADLINE), f"waited in vain for connection {number}",
                  len(self.links))
        return self.links[-1]

    def close(self):
        self.socket.close()
        for link in self.links:
            if not link.left:
                link.reset()

    # ---- what an honest server does, in steps

    def open(self, link, features, **changes):
        domain = link.take_header().get("to")
        link.domain = domain if link.named else self.domain
        link.send(header(link.domain, **changes) + features)

    def offer_tls(self, link, context=None):
        if not self.direct:
            self.open(link, STARTTLS)
            link.take("starttls", TLS)
            link.send(f"<proceed xmlns='{TLS}'/>")
        link.start_tls(context)

    def begin(self, link, *names, bindings=(), more=""):
        """TLS, and a header with these mechanisms; gives the mechanism that the client took, and its first message."""
        self.offer_tls(link)
        self.open(link, mechanisms(*(names or ("SCRAM-SHA-1",)), bindings=bindings, more=more))
        auth = link.take("auth", SASL)
        self.secrets.add(auth.text or "")
        return auth.get("mechanism"), base64.b64decode(auth.text or "")

    def prove(self, link, mechanism, first, iterations=4096, binding=b"", more=b""):
        user = dict(part.split(b"=", 1) for part in first.split(b",,", 1)[1].split(b","))[b"n"].decode()
        scram = Scram(mechanism, self.accounts.get(user, PASSWORD), iterations, binding, more)
        link.send(sasl("challenge", scram.challenge(first)))
        answer = link.take()
        if answer.tag != f"{{{SASL}}}response":
            raise Left(f"the client sent no proof but <{answer.tag}>")
        response = answer.text
        self.secrets.add(response)
        proof = scram.final(base64.b64decode(response))
        if proof is None:
            link.send(refusal("not-authorized"))
            raise Left("a wrong password")
        link.send(sasl("success", proof))
        link.restart()
        link.user = user

    def bind(self, link, jid=None, features=BINDING):
        self.open(link, features)
        self.bind_now(link, jid)

    def bind_now(self, link, jid=None):
        """As bind(), where the features went out already."""
        iq = link.take("iq")
        resource = iq.findtext(f"{{{BIND}}}bind/{{{BIND}}}resource") or "made-here"
        link.bound = jid if jid is not None else f"{link.user}@{link.domain}/{resource}"
        link.send(f"<iq type='result' id='{escape(iq.get('id'))}'><bind xmlns='{BIND}'><jid>{escape(link.bound)}</jid></bind></iq>")

    def serve(self, link):
        """The session, until the client goes."""
        while True:
            element = link.take()
            name = element.tag.split("}")[1]
            if name == "presence" and not element.get("to") and not element.get("type"):
                with link.moved:
                    link.present = True
                    link.moved.notify_all()
            if name != "iq" or element.get("type") not in ("get", "set"):
                continue
            payload = element[0].tag
            answer = self.answers.get((element.get("type"), payload)) or self.answers.get(payload)
            if answer:
                answer(link, element)
            elif element.get("to") in (None, link.domain, link.bound.split("/")[0]):
                self.answer(link, element, payload)

    def answer(self, link, iq, payload):
        known = {f"{{{ROSTER}}}query": f"<query xmlns='{ROSTER}'>{self.roster}</query>" if iq.get("type") == "get" else "",
                 f"{{{INFO}}}query": f"<query xmlns='{INFO}'><identity category='server' type='im'/><feature var='{INFO}'/></query>",
                 f"{{{ITEMS}}}query": f"<query xmlns='{ITEMS}'/>", f"{{{PING}}}ping": "", f"{{{SESSION}}}session": ""}
        if payload in known:
            self.reply(link, iq, known[payload])
        else:
            self.reply(link, iq, f"<error type='cancel'><service-unavailable xmlns='{ERRORS}'/></error>", "error")

    def reply(self, link, iq, payload="", kind="result"):
        sender = f" from='{escape(iq.get('to'))}'" if iq.get("to") else ""
        link.send(f"<iq type='{kind}' id='{escape(iq.get('id'))}'{sender} to='{escape(link.bound)}'>{payload}</iq>")

    def sign_in(self, link):
        self.prove(link, *self.begin(link))
        self.bind(link)

    def honest(self, link):
        self.sign_in(link)
        self.serve(link)
