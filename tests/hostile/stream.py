# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""RELIABILITY 3.4: the stream and its XML."""

import base64
import os
import re
import uuid

from case import case, message
from harness import check, equal
from link import Left
from server import BINDING, PING, STARTTLS, Server, header, mechanisms

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir, "docs", "limits.md")
MALLORY = " from='mallory@evil.test/x'"


class Session:
    """A session that one try after the other disturbs."""

    def __init__(self, case):
        self.case = case
        self.server, self.client, self.link = case.signed_in()

    def closes(self, name, data, condition):
        """`data` ends the stream with `condition`; what came before it stays, and nothing of it or behind it counts."""
        mark, before = self.client.mark(), f"before-{uuid.uuid4()}"
        if isinstance(data, str):
            data = data.encode()
        self.link.send(message(f"<body>{before}</body>").encode() + data + message("<body>behind it</body>").encode())
        self.case.hears(before, mark)
        self.link.wait_left()
        equal(self.link.error(), condition, f"{name}: the stream error")
        check(self.link.stream.ended, f"{name}: the client ends its own stream")
        self.case.refused(mark, "protocol", condition, state="waiting")
        self.link = self.case.probe(self.server, self.link)
        self.case.note(data, f"{name}: the stream ended with {condition}; connected anew")

    def takes(self, name, data, *bodies, **fields):
        """`data` is harmless; these bodies are heard."""
        mark, after = self.client.mark(), f"after-{uuid.uuid4()}"
        if isinstance(data, str):
            data = data.encode()
        self.link.send(data + message(f"<body>{after}</body>").encode())
        for body in bodies:
            self.case.hears(body, mark, **fields)
        self.case.hears(after, mark)
        check(not self.link.left, f"{name}: the stream was to be kept")
        self.case.note(data, f"{name}: the stream was kept; heard: {', '.join(body[:40] for body in bodies) or 'nothing'}")


@case("S02", "comments, instructions and document types", "the stream ends with restricted-xml; text around a comment is never joined")
def s02(case):
    session = Session(case)
    session.closes("a comment in a body", message("<body>a<!---->b</body>"), "restricted-xml")
    session.closes("a comment between stanzas", "<!-- hello -->", "restricted-xml")
    session.closes("a comment in a tag's name", "<mess<!---->age/>", "not-well-formed")
    session.closes("an instruction", "<?xml-stylesheet href='x'?>", "restricted-xml")
    session.closes("an instruction in a body", message("<body><?php ?></body>"), "restricted-xml")
    session.closes("a document type", "<!DOCTYPE x [<!ENTITY lol 'lol'>]>", "restricted-xml")
    session.closes("an entity", message("<body>&lol;</body>"), "not-well-formed")


@case("S05", "namespaces, prefixes and attributes misused",
      "prefixed stanzas are as good as others; the rest ends the stream")
def s05(case):
    session = Session(case)
    session.closes("jabber:server", "<message xmlns='jabber:server' from='bob@b.test/x'><body>x</body></message>",
                   "unsupported-stanza-type")
    session.takes("a prefix", "<x:message xmlns:x='jabber:client' from='bob@b.test/x'><x:body>by prefix</x:body></x:message>", "by prefix")
    session.closes("an unbound prefix", "<x:message from='bob@b.test/x'/>", "bad-namespace-prefix")
    session.closes("an unbound prefix of an attribute", "<message x:from='bob@b.test/x'/>", "bad-namespace-prefix")
    session.closes("an attribute twice", "<message from='bob@b.test' from='eve@b.test'/>", "not-well-formed")
    session.closes("xml: bound elsewhere", "<message xmlns:xml='urn:x'/>", "bad-namespace-prefix")
    session.closes("xmlns: bound", "<message xmlns:xmlns='urn:x'/>", "bad-namespace-prefix")
    session.closes("xml's namespace bound elsewhere", "<message xmlns:x='http://www.w3.org/XML/1998/namespace'/>", "bad-namespace-prefix")
    session.takes("xml:lang", message("<body>ciao</body>", more=" xml:lang='it'"), "ciao")


@case("S06", "several bodies, elements in a body, from twice",
      "the body without language, else the first; elements are passed over; the last ends the stream")
def s06(case):
    session = Session(case)
    session.takes("two bodies", message("<body xml:lang='de'>zwei</body><body>one</body><body>three</body>"), "one")
    session.takes("elements in a body", message("<body>a<b xmlns='urn:x'>evil</b>c</body>"), "ac")
    session.takes("another body", message("<body xmlns='http://www.w3.org/1999/xhtml'>evil</body><body>good</body>"), "good")
    session.closes("from twice by prefixes", "<message xmlns:x='urn:x' xmlns:y='urn:x' x:from='bob@b.test' y:from='eve@b.test'/>",
                   "not-well-formed")
    session.takes("a second from in a namespace", message("<body>still Bob</body>", more=" xmlns:x='urn:x' x:from='eve@b.test'"), "still Bob")


def limits():
    """docs/limits.md: {name: (after sign-in, before sign-in)}, -1 for none."""
    with open(DOCUMENT, encoding="utf-8") as file:
        rows = re.findall(r"^\|\s*`(\w+)`\s*\|\s*([\d,]+|none)[^|]*\|\s*([\d,]+|none)", file.read(), re.M)
    return {name: tuple(-1 if cell == "none" else int(cell.replace(",", "")) for cell in cells) for name, *cells in rows}


def padded(inside, size):
    """A message of exactly so many bytes."""
    text = message(inside + "<x xmlns='urn:x'>{}</x>")
    return text.format("x" * (size - len(text) + 2))


@case("S08", "an element of exactly each limit of docs/limits.md, and one beyond",
      "taken and processed; the stream ends with policy-violation, and what came before stays")
def s08(case):
    after = {name: values[0] for name, values in limits().items()}
    session = Session(case)
    def element(name, number):
        body = f"<body>{name}</body>"
        return {
            "elementBytes": lambda: padded(body, number),
            "depth": lambda: message(body + "<x>" * (number - 1) + "</x>" * (number - 1)),
            "attributes": lambda: message(body + "<x " + " ".join(f"a{i}=''" for i in range(number)) + "/>"),
            "nameBytes": lambda: message(body + f"<{'n' * number}/>"),
            "namespaces": lambda: message(body + "".join(f"<x xmlns:a{i}='urn:{i}'>" for i in range(number)) + "</x>" * number),
            "elements": lambda: message(body + "<x/>" * (number - 2)),
        }[name]()
    checked = [name for name, number in after.items() if number > 0]
    for name in checked:
        session.takes(f"{name}, {after[name]}", element(name, after[name]), name)
        session.closes(f"{name}, one beyond", element(name, after[name] + 1), "policy-violation")
    before_sign_in(case, session)


def before_sign_in(case, session):
    """The limits that are narrower there: of one element, and of all."""
    numbers = {name: values[1] for name, values in limits().items()}
    pad = "<pad xmlns='urn:x'>{}</pad>"
    def features(size):
        bare = mechanisms("SCRAM-SHA-1", more=pad)
        return bare.format("x" * (size - len(bare) + 2))
    def plan_of(data):
        def plan(server, link):
            server.offer_tls(link)
            link.take_header()
            link.send(data)
            if link.take().tag.endswith("}auth"):
                link.reset()
                raise Left("the case is done with it")
        return plan
    head, last = header(), features(numbers["elementBytes"])
    fill = " " * (numbers["totalBytes"] - len(head) - len(last))
    for name, data, is_good in (
            ("elementBytes before sign-in", head + last, True),
            ("elementBytes before sign-in, one beyond", head + features(numbers["elementBytes"] + 1), False),
            ("totalBytes before sign-in", head + fill + last, True),
            ("totalBytes before sign-in, one beyond", head + fill + " " + last, False)):
        session.server.plan = plan_of(data)
        number, mark = len(session.server.links), session.client.mark()
        if not session.link.left:
            session.link.reset()
            case.refused(mark, "network")
            mark = session.client.mark()
        session.client.ask("connect")
        link = session.server.wait_links(number + 1)
        link.wait_left()
        case.refused(mark, *(("network",) if is_good else ("protocol", "policy-violation")))
        equal(any(e.tag.endswith("}auth") for e in link.heard), is_good, f"{name}: whether the client went on")
        equal(link.error(), None if is_good else "policy-violation", f"{name}: the stream error")
        case.note(data, f"{name}: " + ("the client signs in" if is_good else "policy-violation"))
        session.link = link
    session.server.plan = Server.honest
    case.probe(session.server)


@case("S11", "compression is offered, before and after sign-in", "never asked for")
def s11(case):
    offer = "<compression xmlns='http://jabber.org/features/compress'><method>zlib</method></compression>"
    def plan(server, link):
        server.open(link, STARTTLS.replace("</stream:features>", offer + "</stream:features>"))
        link.take("starttls", "urn:ietf:params:xml:ns:xmpp-tls")
        link.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
        link.start_tls()
        server.open(link, mechanisms("SCRAM-SHA-1", more=offer))
        auth = link.take("auth", "urn:ietf:params:xml:ns:xmpp-sasl")
        server.prove(link, auth.get("mechanism"), base64.b64decode(auth.text))
        server.bind(link, features=BINDING.replace("</stream:features>", offer + "</stream:features>"))
        server.serve(link)
    server = case.server()
    server.plan = plan
    case.start()
    case.add(server)
    link = case.present(server)
    case.probe(server, link, reconnects=False)
    check(not [e for e in link.heard if "compress" in e.tag], "compression was asked for")
    case.note(offer, f"in all features; of {len(link.heard)} elements of the client none asks for it")


@case("S12", "references to characters that XML forbids", "the stream ends")
def s12(case):
    session = Session(case)
    for reference in ("&#0;", "&#x1;", "&#xFFFE;", "&#xD800;", "&#x110000;", "\0", "\x1b"):
        session.closes("in a body", message(f"<body>{reference}</body>"), "not-well-formed")
    session.closes("in an attribute", message("<body>x</body>", more=" id='&#x1;'"), "not-well-formed")
    for data in (b"\x80", b"\xC0\xBC", b"\xED\xA0\x80", b"\xF4\x90\x80\x80"):
        session.closes("bytes that are no UTF-8", b"<message from='bob@b.test/x'><body>" + data + b"</body></message>", "not-well-formed")


def headers(case, tries, in_tls):
    """Each (name, bytes, condition or None where it is harmless) as the server's header, in the clear or in TLS."""
    server, client = case.server(), case.client or case.start()
    current = {}
    def plan(server, link):
        if in_tls:
            server.offer_tls(link)
        link.take_header()
        link.send(current["bytes"])
        if current["condition"] is None:
            link.send(mechanisms("SCRAM-SHA-1") if in_tls else STARTTLS)
            link.take()
            link.reset()
            raise Left("the case is done with it")
    server.plan = plan
    name = f"{'secure' if in_tls else 'plain'}@a.test"
    for number, (what, data, condition) in enumerate(tries):
        current.update(bytes=data, condition=condition)
        mark = client.mark()
        if number:
            client.ask("connect", account=name)
        else:
            case.add(server, name)
        link = server.wait_links(number + 1)
        link.wait_left()
        event = client.wait("state", since=mark, account=name, reason=lambda reason: bool(reason))
        equal(event["state"], "waiting", "the state")
        if condition is None:
            equal(event["reason"]["kind"], "network", f"{what}: only the case's own reset ends it")
        else:
            equal(event["reason"]["condition"], condition, what)
            # In the clear not even the error is said: somebody else may be listening (G2).
            equal(link.error(), condition if in_tls else None, f"{what}: the stream error")
        case.note(data, f"{what}: " + ("harmless" if condition is None else condition))
    server.plan = Server.honest
    client.ask("connect", account=name)
    case.probe(server, case.present(server, len(tries) + 1))


@case("S13", "encodings in the declaration, byte order mark, standalone", "UTF-16 and UTF-7 end the stream; the others are harmless")
def s13(case):
    bare = header().removeprefix("<?xml version='1.0'?>")
    tries = [("UTF-16 declared", f"<?xml version='1.0' encoding='UTF-16'?>{bare}", "unsupported-encoding"),
             ("UTF-7 declared", f"<?xml version='1.0' encoding='UTF-7'?>{bare}", "unsupported-encoding"),
             ("UTF-16 indeed", header().encode("utf-16"), "unsupported-encoding"),
             ("UTF-8 declared", f"<?xml version='1.0' encoding='utf-8'?>{bare}", None),
             ("a byte order mark", b"\xEF\xBB\xBF" + header().encode(), None),
             ("standalone", f"<?xml version='1.0' standalone='yes'?>{bare}", None)]
    for in_tls in (False, True):
        headers(case, tries, in_tls)


@case("S14", "stream headers that are wrong", "the stream ends; version 2.0 is as good as 1.0")
def s14(case):
    tries = [("another namespace", header(**{"xmlns:stream": "urn:x"}), "invalid-namespace"),
             ("no id", header(id=None), "invalid-xml"),
             ("another domain", header(**{"from": "evil.test"}), "invalid-from"),
             ("version 0.9", header(version="0.9"), "unsupported-version"),
             ("no version", header(version=None), "unsupported-version"),
             ("version 2.0", header(version="2.0"), None),
             ("no XMPP", "SSH-2.0-OpenSSH_9.2p1\r\n", "not-well-formed")]  # HTTP: N10
    for in_tls in (False, True):
        headers(case, tries, in_tls)
    client, server = case.client, case.servers[-1]
    for what, data, condition in (("a second header with a declaration", header(), "restricted-xml"),
                                  ("a second header", header().removeprefix("<?xml version='1.0'?>"), "bad-format"),
                                  ("features again", STARTTLS, "unsupported-stanza-type"),
                                  ("TLS again", "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "unsupported-stanza-type")):
        mark, link = client.mark(), server.links[-1]
        link.send(data + message("<body>behind it</body>"))
        link.wait_left()
        case.refused(mark, "protocol", condition, state="waiting")
        equal(link.error(), condition, what)
        case.note(data, f"{what}, in the session: {condition}")
        case.probe(server)


@case("S15", "iq that are none: without id, with two children, of no type; results of nothing; 1,000 unknown requests",
      "answers by RFC 6120; none to results; refusals are limited, what we know is always answered")
def s15(case):
    server, _, link = case.signed_in()
    since = len(link.heard)
    link.send(f"<iq type='get'{MALLORY}><q xmlns='urn:q'/></iq><iq type='result' id='nothing'{MALLORY}/><iq type='error' id='nothing'{MALLORY}/>"
              f"<iq type='get' id='two'{MALLORY}><ping xmlns='{PING}'/><ping xmlns='{PING}'/></iq>"
              f"<iq type='get' id='none'{MALLORY}/><iq type='dance' id='dance'{MALLORY}><ping xmlns='{PING}'/></iq>"
              f"<iq type='get' id='unknown'{MALLORY}><q xmlns='urn:q'/></iq>")
    def condition(iq):
        return (iq.get("type"), [child.tag.split("}")[1] for child in iq.find("{jabber:client}error")])
    wanted = {"two": "bad-request", "none": "bad-request", "dance": "bad-request", "unknown": "service-unavailable"}
    for name, word in wanted.items():
        iq = link.hears(lambda e, name=name: e.get("id") == name, f"an answer to {name}", since)
        equal(condition(iq), ("error", [word]), name)
    check(not [e for e in link.heard[since:] if e.get("id") in ("nothing", None)], "results and iq without id are answered")
    case.note("7 broken iq", "answered: " + ", ".join(f"{name}: {word}" for name, word in wanted.items()))
    since = len(link.heard)
    flood = "".join(f"<iq type='get' id='u{i}'{MALLORY}><q xmlns='urn:unknown'/></iq>"
                    + (f"<iq type='get' id='p{i}' from='a.test'><ping xmlns='{PING}'/></iq>" if i % 20 == 0 else "") for i in range(1000))
    link.send(flood)
    case.probe(server, link, reconnects=False)
    link.until(lambda: sum(e.get("id", "").startswith("p") and e.get("type") == "result" for e in link.heard[since:]) == 50,
               "an answer to each ping of the server")
    refusals = sum(e.get("id", "").startswith("u") for e in link.heard[since:])
    check(0 < refusals <= 300, "refusals are limited", refusals)
    case.note(flood, f"1,000 unknown requests, 50 pings of the server among them: 50 results, {refusals} refusals")


@case("S16", "10 MiB of white space; one byte a second while signing in", "harmless; ends after 30 s")
def s16(case):
    server, client, link = case.signed_in()
    slow = case.server()
    def drip(server, link):
        link.take_header()
        for byte in header().encode():
            link.send(bytes([byte]))
            with link.moved:
                link.moved.wait_for(lambda: link.left, 1)
    slow.plan = drip
    mark = case.add(slow, "slow@a.test")
    for _ in range(10):
        link.send(" " * (1 << 20))
    case.probe(server, link, reconnects=False)
    case.note("10 MiB of white space", "harmless")
    event = client.wait("state", since=mark, account="slow@a.test", reason=lambda reason: bool(reason), deadline=90)
    equal((event["reason"]["kind"], event["state"]), ("timeout", "waiting"), "one byte a second")
    sent = len(header()) if slow.links[0].steps > len(header()) else slow.links[0].steps - 1
    check(20 <= sent <= 60, "bytes until it ended", sent)
    case.note("a header, one byte a second", f"ended by timeout after {sent} bytes")
    case.probe(server, link, reconnects=False)


@case("S17", "the end in the middle of a stanza, a tag, a character", "nothing of that stanza counts; a new connection")
def s17(case):
    server, client, link = case.signed_in()
    parts = {"a stanza": b"<message from='bob@b.test/x'><body>half</body>", "a tag": b"<message from='bob@b.test/x'><body>half</body></mess",
             "a character": b"<message from='bob@b.test/x'><body>half \xE4\xBD", "an attribute": b"<message from='bob@b.te"}
    for where, data in parts.items():
        for how in ("cut", "reset", "close_notify"):
            mark, whole = client.mark(), f"whole-{uuid.uuid4()}"
            link.send(message(f"<body>{whole}</body>"))
            case.hears(whole, mark)
            link.send(data)
            getattr(link, how)()
            event = case.refused(mark, "network", state="waiting")
            if how == "cut":
                equal(event["reason"]["condition"], "tls-truncated", "truncation is told from the end")
            case.note(data, f"in {where}, {how}: {event['reason']['condition']}, connected anew")
            link = case.probe(server)
