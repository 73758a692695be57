# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""RELIABILITY 3.5: TLS and sign-in."""

import base64
import ctypes
import hashlib
import os
import ssl
import warnings

from case import ROMEO, case, message
from harness import check, equal, until
from link import SASL, Left
from server import BINDING, HASHES, PASSWORD, Scram, Server, mechanisms, refusal, sasl

SASL2, BIND2, FAST = "urn:xmpp:sasl:2", "urn:xmpp:bind:0", "urn:xmpp:fast:0"


def again(case, server, **fields):
    """Lets the client try anew; gives the mark before."""
    mark = case.client.mark()
    case.client.ask("connect", account=ROMEO, **fields)
    return mark


def stays_away(case, server, number, seconds=3):
    """Nothing is tried any more: longer than the first pause of a client that would come back."""
    with server.moved:
        server.moved.wait_for(lambda: len(server.links) > number, seconds)
    equal(len(server.links), number, "the number of connections")


@case("T06", "PLAIN alone, on first contact", "refused, and nothing sent, until the person allows it for this account")
def t06(case):
    server, client = case.server(), case.start()
    def plan(server, link):
        server.offer_tls(link)
        server.open(link, mechanisms("PLAIN"))
        auth = link.take("auth", SASL)
        server.secrets.add(auth.text)
        equal(base64.b64decode(auth.text), f"\0romeo\0{PASSWORD}".encode(), "PLAIN")
        link.send(f"<success xmlns='{SASL}'/>")
        link.restart()
        link.user = "romeo"
        server.bind(link)
        server.serve(link)
    server.plan = plan
    mark = case.add(server)
    case.refused(mark, "auth", "plain-not-allowed", state="offline")
    link = server.links[0]
    link.wait_left()
    check(not [e for e in link.heard if e.tag == f"{{{SASL}}}auth"], "the password was sent")
    stays_away(case, server, 1)
    case.note("<mechanism>PLAIN</mechanism>", "plain-not-allowed, nothing sent, not tried again")
    client.ask("account.remove", account=ROMEO)
    case.add(server, allowPlain=True)
    case.probe(server, case.present(server, 2), reconnects=False)
    case.note("<mechanism>PLAIN</mechanism>", "signed in, where the account allows it")


def end_point(papers):
    """The data of tls-server-end-point (RFC 5929 4)."""
    with open(os.path.join(papers.good, "server.pem"), encoding="ascii") as file:
        text = file.read()
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(text[:text.index("-----END") + 25] + "\n")).digest()


def offer_hash(names, bindings, mechanism):
    """XEP-0474's word for an offer, as an extension of SCRAM's first message."""
    text = b"\x1e".join(sorted(name.encode() for name in names))
    if bindings:
        text += b"\x1f" + b"\x1e".join(sorted(name.encode() for name in bindings))
    return b",h=" + base64.b64encode(hashlib.new(HASHES[mechanism.removesuffix("-PLUS")], text).digest())


@case("T09", "-PLUS, a stronger hash or a better binding is gone after it was used, with the server's own hash of its offer and without",
      "with it, signs in; without it nothing is sent, and the person is told")
def t09(case):
    server, client = case.server(), case.start()
    offers = {"all": (("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1"), ("tls-server-end-point",)),
              "no -PLUS": (("SCRAM-SHA-256", "SCRAM-SHA-1"), ()), "a weaker hash": (("SCRAM-SHA-1-PLUS",), ("tls-server-end-point",)),
              "PLAIN": (("PLAIN",), ())}
    current = {"hash": False}
    def plan(server, link):
        names, bindings = offers[current["offer"]]
        mechanism, first = server.begin(link, *names, bindings=bindings)
        more = offer_hash(*(offers["all"] if current["hash"] == "of another offer" else (names, bindings)), mechanism) if current["hash"] else b""
        server.prove(link, mechanism, first, binding=end_point(case.papers) if mechanism.endswith("-PLUS") else b"", more=more)
        current["used"] = mechanism  # its first message says nothing of the password, and finds out what the server proves
        server.bind(link)
        server.serve(link)
    server.plan = plan
    current["offer"] = "all"
    case.add(server, allowPlain=True)
    link = case.present(server)
    equal(current["used"], "SCRAM-SHA-256-PLUS", "the best mechanism is taken")
    case.probe(server, link, reconnects=False)
    for number, offer in enumerate(("no -PLUS", "a weaker hash", "PLAIN"), 2):
        current.update(offer=offer, used=None)
        mark = client.mark()
        server.links[-1].reset()
        if number == 2:
            case.refused(mark, "network")
        mark = again(case, server)
        link = server.wait_links(number)
        link.until(lambda: link.left or link.present, "that it goes on or leaves")
        check(not current["used"], f"{offer}: signed in all the same", current["used"])
        case.refused(mark, "auth", "sign-in-weaker", state="needs-decision")
        case.note(mechanisms(*offers[offer][0], bindings=offers[offer][1]), f"{offer}: sign-in-weaker, nothing sent, the person is asked")
    # An offer with a part taken away is found out by that hash, too; a genuine one proves that the server itself has less now.
    number = len(server.links)
    current.update(offer="no -PLUS", hash="of another offer", used=None)
    mark = again(case, server)
    link = server.wait_links(number + 1)
    link.until(lambda: link.left or link.present, "that it leaves")
    case.refused(mark, "auth", "offer-tampered", state="offline")
    check(not current["used"], "signed in to a changed offer", current["used"])
    case.note("h= of an offer with -PLUS, over one without", "offer-tampered, nothing sent")
    for offer in ("no -PLUS", "a weaker hash"):
        current.update(offer=offer, hash=True, used=None)
        number, mark = len(server.links), client.mark()
        if not server.links[-1].left:
            server.links[-1].reset()
            case.refused(mark, "network")
        mark = again(case, server)
        link = case.present(server, number + 1)
        client.wait_online(mark)
        check(current["used"], "signed in")
        case.note(f"{offer}, with its own hash", f"signed in by {current['used']}; the state names it, there is no notice of its own")
    current.update(offer="all", hash=False)
    mark = client.mark()
    server.links[-1].reset()
    case.refused(mark, "network")
    case.probe(server)


# A client that comes back by itself would need more than an hour for so many: the case lets it try at once.
HANDSHAKES = 60


@case("T12", "five accounts, one of them with failing handshakes again and again", "the others are not disturbed")
def t12(case):
    good, bad, client = case.server(), case.server(direct=True), case.start()
    def garble(server, link):
        link.sock.recv(1 << 16)
        link.send(b"\x15\x03\x03\x00\x02\x02\x28" if len(server.links) % 2 else os.urandom(64))
        link.reset()
        raise Left("the case is done with it")
    bad.plan = garble
    names = [f"user{i}@a.test" for i in range(4)]
    for name in names:
        case.add(good, name)
    until(lambda: sum(link.present for link in good.links) == 4, "four accounts online")
    case.add(bad, "unlucky@a.test")
    links = list(good.links)
    for number in range(2, HANDSHAKES + 2):
        bad.wait_links(number - 1).wait_left()
        client.wait("state", account="unlucky@a.test", state="waiting", nextTry=lambda pause: pause is not None)
        mark = client.mark()
        client.ask("connect", account="unlucky@a.test")
        bad.wait_links(number)
        for link in links:
            body = f"undisturbed {number} {link.user}"
            link.send(message(f"<body>{body}</body>"))
            case.hears(body, mark, account=f"{link.user}@a.test")
    check(not [link for link in links if link.left], "a connection of the others was lost")
    case.note("a TLS alert, or 64 bytes by chance, in place of a handshake",
              f"{len(bad.links)} failed handshakes; {len(links)} sessions kept, {len(case.truth)} messages in them")


def sasl2(name, inside):
    return f"<{name} xmlns='{SASL2}'>{inside}</{name}>"


@case("T13", "FAST tokens (XEP-0484)", "never in the clear; a refused one falls back to SCRAM on the same stream")
def t13(case):
    server = case.server()
    offer = (f"<authentication xmlns='{SASL2}'><mechanism>SCRAM-SHA-1</mechanism><inline><fast xmlns='{FAST}'>"
             "<mechanism>HT-SHA-256-NONE</mechanism></fast></inline></authentication>")
    used, given = [], []
    def authenticate(link):
        request = link.take("authenticate", SASL2)
        first = base64.b64decode(request.findtext(f"{{{SASL2}}}initial-response") or "")
        server.secrets.add(request.findtext(f"{{{SASL2}}}initial-response"))
        used.append(request.get("mechanism"))
        return request, first
    def plan(server, link):
        server.offer_tls(link)
        server.open(link, mechanisms("SCRAM-SHA-1", more=offer))
        request, first = authenticate(link)
        if request.get("mechanism").startswith("HT-"):
            check(given and given[-1] not in first.decode("latin-1"), "the token itself is not sent")
            link.send(sasl2("failure", "<not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"))
            request, first = authenticate(link)
        scram = Scram(request.get("mechanism"), PASSWORD)
        link.send(sasl2("challenge", base64.b64encode(scram.challenge(first)).decode()))
        answer = link.take("response", SASL2).text
        server.secrets.add(answer)
        proof = scram.final(base64.b64decode(answer))
        check(proof is not None, "the proof of the password")
        token = ""
        if request.find(f"{{{FAST}}}request-token") is not None:
            given.append(f"token-{len(given)}-of-the-hostile-suite")
            server.secrets.add(given[-1])
            token = f"<token xmlns='{FAST}' token='{given[-1]}'/>"
        link.user = ROMEO.split("@")[0]
        link.send(sasl2("success", f"<additional-data>{base64.b64encode(proof).decode()}</additional-data>"
                                   f"<authorization-identifier>{ROMEO}</authorization-identifier>{token}") + BINDING)
        server.bind_now(link)
        server.serve(link)
    server.plan = plan
    case.start()
    case.add(server)
    case.present(server).cut()
    case.probe(server, case.present(server, 2), reconnects=False)
    equal(used[:3], ["SCRAM-SHA-1", "HT-SHA-256-NONE", "SCRAM-SHA-1"], "the mechanisms that were used")
    case.note(offer, f"signed in by {', then '.join(used)}; {len(given)} tokens given, none of them ever seen in the stream or the log")


@case("T14", "SCRAM challenges out of range: counts, salts, nonces, extensions, bad base64, 1 MiB",
      "ends; the main thread is free while keys are derived, and that can be cancelled")
def t14(case):
    server, client = case.server(), case.start()
    current = {}
    def plan(server, link):
        _, first = server.begin(link)
        nonce = first[first.index(b"r=") + 2:]
        data = current["challenge"].replace(b"$nonce", nonce)
        link.send(f"<challenge xmlns='{SASL}'>".encode() + (data[4:] if data.startswith(b"raw:") else base64.b64encode(data))
                  + b"</challenge>")
    server.plan = plan
    salt = b"s=c2FsdA=="
    tries = [(b"r=$nonce+,%b,i=1" % salt, "weak-iterations"), (b"r=$nonce+,%b,i=4095" % salt, "weak-iterations"),
             (b"r=$nonce+,%b,i=10000000" % salt, "excessive-iterations"), (b"r=$nonce+,%b,i=2147483648" % salt, None),
             (b"r=$nonce+,%b,i=-4096" % salt, None), (b"r=$nonce+,%b,i=4096x" % salt, "malformed-challenge"),
             (b"r=$nonce+,s=%b,i=4096" % base64.b64encode(b"s" * 4096), "malformed-challenge"),
             (b"m=x,r=$nonce+,%b,i=4096" % salt, "malformed-challenge"), (b"r=$nonce+,s=!!!!,i=4096", "malformed-challenge"),
             (b"r=$nonce+,s=,i=4096", "malformed-challenge"), (b"r=$nonce,%b,i=4096" % salt, "wrong-nonce"),
             (b"r=other,%b,i=4096" % salt, "wrong-nonce"), (b"raw:%%%%", "malformed-challenge"), (b"", "malformed-challenge"),
             (b"x" * (1 << 20), "policy-violation")]
    for number, (challenge, condition) in enumerate(tries, 1):
        current["challenge"] = challenge
        mark = again(case, server) if number > 1 else case.add(server)
        link = server.wait_links(number)
        event = case.refused(mark, None, *([condition] if condition else ("excessive-iterations", "weak-iterations", "malformed-challenge")))
        link.wait_left()
        check(not [e for e in link.heard if e.tag == f"{{{SASL}}}response"], "a proof was sent all the same", challenge)
        case.note(challenge, event["reason"]["condition"])
    server.plan = lambda server, link: server.prove(link, *server.begin(link, "SCRAM-SHA-512"), iterations=2_000_000)
    for number, ends in enumerate(("disconnect", "connected"), len(tries) + 1):
        if ends == "connected":
            server.plan = long_way
        mark = again(case, server)
        link = server.wait_links(number)
        link.hears(lambda e: e.tag == f"{{{SASL}}}auth", "its first message")
        asked = 0
        if ends == "disconnect":
            client.ask("disconnect", account=ROMEO)
            client.wait("state", since=mark, state="offline")
            link.wait_left()
            check(not [e for e in link.heard if e.tag == f"{{{SASL}}}response"], "cancelled before the keys were derived")
        else:
            while not [e for e in link.heard if e.tag == f"{{{SASL}}}response"] and not link.left:
                client.ask("state")  # G6
                asked += 1
            check(asked > 3, "the port answers while keys are derived", asked)
            case.present(server, number)
            case.probe(server, link, reconnects=False)
        case.note("2,000,000 iterations of SHA-512", f"{ends}" + (f"; the port answered {asked} times meanwhile" if asked else ": left at once"))


def long_way(server, link):
    server.prove(link, *server.begin(link, "SCRAM-SHA-512"), iterations=2_000_000)
    server.bind(link)
    server.serve(link)


@case("T15", "the server binds another user or domain, by bind or by SASL2, or proves nothing", "ends, the account is untouched")
def t15(case):
    server, client = case.server(), case.start()
    current = {}
    def sign_in_by_sasl2(server, link):
        server.offer_tls(link)
        server.open(link, mechanisms("SCRAM-SHA-1", more=f"<authentication xmlns='{SASL2}'><mechanism>SCRAM-SHA-1</mechanism><inline>"
                                                         f"<bind xmlns='{BIND2}'/></inline></authentication>"))
        request = link.take("authenticate", SASL2)
        scram = Scram("SCRAM-SHA-1", PASSWORD)
        first = base64.b64decode(request.findtext(f"{{{SASL2}}}initial-response"))
        link.send(sasl2("challenge", base64.b64encode(scram.challenge(first)).decode()))
        proof = scram.final(base64.b64decode(link.take("response", SASL2).text))
        link.send(sasl2("success", f"<additional-data>{base64.b64encode(proof).decode()}</additional-data>"
                                   f"<authorization-identifier>{current['sasl2']}</authorization-identifier><bound xmlns='{BIND2}'/>")
                  + "<stream:features/>")
    def plan(server, link):
        if "sasl2" in current:
            return sign_in_by_sasl2(server, link)
        mechanism, first = server.begin(link)
        if current["proof"] is not None:
            scram = Scram(mechanism)
            link.send(sasl("challenge", scram.challenge(first)) if current["proof"] != b"at once" else f"<success xmlns='{SASL}'/>")
            response = link.take()
            check(response.tag == f"{{{SASL}}}response", "after the challenge", response.tag)
            link.send(sasl("success", current["proof"]))
            return
        server.prove(link, mechanism, first)
        server.bind(link, current["jid"])
    server.plan = plan
    tries = [({"jid": jid, "proof": None}, "wrong-identity") for jid in
             ("bob@a.test/x", "romeo@b.test/x", "romeo@a.test", "a.test/x", "")]
    tries += [({"sasl2": jid}, "wrong-identity") for jid in ("bob@a.test/x", "romeo@b.test/x", "bob@a.test", "a.test/x", "")]
    tries += [({"proof": proof}, "server-not-proven") for proof in (b"", b"v=", b"v=" + base64.b64encode(b"guess" * 4), b"at once")]
    for number, (what, condition) in enumerate(tries, 1):
        current.clear()
        current.update(what)
        mark = again(case, server) if number > 1 else case.add(server)
        link = server.wait_links(number)
        case.refused(mark, "auth", condition, state="offline")
        link.wait_left()
        check(not [e for e in link.heard if e.tag.endswith("}presence")], "a session began")
        equal([account["account"] for account in client.ask("account.list")["accounts"]], [ROMEO], "the accounts")
        case.note(str(what), f"{condition}, offline")
    server.plan = Server.honest
    again(case, server)
    case.probe(server, case.present(server, len(tries) + 1), reconnects=False)


def answer_alpn(context, protocol):
    """Makes a server's context answer `protocol`, whatever was offered: what Python's ssl does not do."""
    library = ctypes.CDLL(ssl._ssl.__file__)  # it brings the libssl that Python uses
    library.SSL_CTX_set_alpn_select_cb.argtypes = [ctypes.c_void_p] * 3
    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_ubyte),
                            ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p)
    word = ctypes.create_string_buffer(protocol)
    def select(_ssl, out, size, _offered, _offered_size, _argument):
        out[0], size[0] = ctypes.addressof(word), len(protocol)
        return 0
    callback = kind(select)
    pointer = ctypes.c_void_p.from_address(id(context) + object.__basicsize__)  # PySSLContext: the head of an object, then SSL_CTX *
    library.SSL_CTX_set_alpn_select_cb(pointer, callback, None)
    return callback, word


@case("T16", "TLS 1.0 and 1.1 alone; a wrong ALPN answer; cut without TLS's own end inside a stanza", "refused; refused; as S17")
def t16(case):
    old = Server.make_context(case.papers.good)
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    client = case.start()
    for direct in (False, True):
        server = case.server(direct=direct)
        server.plan = lambda server, link: server.offer_tls(link, old)
        name = f"old-{'direct' if direct else 'starttls'}@a.test"
        mark = case.add(server, name)
        event = client.wait("state", since=mark, account=name, reason=lambda reason: bool(reason))
        equal((event["reason"]["kind"], event["reason"]["condition"]), ("tls", "tls-handshake"), "TLS 1.1")
        case.note("TLS 1.0 and 1.1 alone, " + ("direct" if direct else "STARTTLS"), "tls-handshake")
        client.ask("account.remove", account=name)
    server = case.server(direct=True)
    kept = answer_alpn(server.context, b"http/1.1")
    server.plan = lambda server, link: server.begin(link)
    mark = case.add(server, "alpn@a.test")
    event = client.wait("state", since=mark, account="alpn@a.test", reason=lambda reason: bool(reason))
    equal(event["reason"]["kind"], "tls", "a wrong ALPN answer")
    check(kept and not [e for link in server.links for e in link.heard], "something was said")
    case.note("ALPN http/1.1", event["reason"]["condition"])
    client.ask("account.remove", account="alpn@a.test")
    server = case.server(direct=True)
    mark = case.add(server)
    link = case.present(server)
    link.send("<message from='bob@b.test/x'><body>half")
    link.cut()
    case.refused(mark, "network", "tls-truncated", state="waiting")
    case.note("<message from='bob@b.test/x'><body>half, then the end of TCP", "tls-truncated, nothing of it")
    case.probe(server)


@case("T17", "password changed on the server; account disabled; a passing failure", "asked once; stops; tried again later")
def t17(case):
    server, client = case.server(), case.start()
    case.add(server)
    link = case.present(server)
    case.probe(server, link, reconnects=False)
    server.accounts["romeo"] = "another password"
    mark = client.mark()
    link.reset()
    case.refused(mark, "network")
    mark = again(case, server)
    client.wait("state", since=mark, state="needs-password")
    stays_away(case, server, 2)
    equal(len(client.find(lambda line: line.get("state") == "needs-password" and "event" in line, mark)), 1, "asked once")
    case.note(refusal("not-authorized"), "the password is asked for once; nothing is tried again")
    mark = client.mark()
    client.ask("account.password", account=ROMEO, password="another password")
    if len(server.links) < 3:
        client.ask("connect", account=ROMEO, password="another password")
    case.probe(server, case.present(server, 3), reconnects=False)
    for condition, state in (("account-disabled", "offline"), ("temporary-auth-failure", "waiting")):
        def refuse(server, link, condition=condition):
            server.begin(link)
            link.send(refusal(condition))
        server.plan = refuse
        number, mark = len(server.links), client.mark()
        if not server.links[-1].left:
            server.links[-1].reset()
            case.refused(mark, "network")
        mark = again(case, server)
        server.wait_links(number + 1).wait_left()
        event = case.refused(mark, "auth", condition, state=state)
        if state == "offline":
            stays_away(case, server, number + 1)
        else:
            check(event["nextTry"] > 0, "when it is tried again", event)
            server.plan = Server.honest
            case.present(server, number + 2)  # by itself
        case.note(refusal(condition), f"{condition}: {state}")
    case.probe(server, server.links[-1], reconnects=False)
