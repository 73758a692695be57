# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""RELIABILITY 3.10, and T11: the network and its names."""

import collections
import fcntl
import os
import socket
import struct
import threading
import time

import systembus
import world
from case import BOB, ROMEO, NotYet, case, message
from harness import SANITIZED, check, equal, until
from link import Left
from server import PING, Server

ZONE_NAMES = ["nx", "failing", "silent", "refused", "many", "deadsix", "loop", "txt"]
GONE = "gone.n19.test"
NAMES = [f"{name}.n09.test" for name in ZONE_NAMES] + [GONE]
LIVE = world.srv("live.n09.test", 5222)
DNS = None


def service(name):
    return f"_xmpp-client._tcp.{name}.n09.test"


def start_dns():
    """The names of these cases; everything else does not exist."""
    global DNS
    def both(name, answer):
        return {(service(name), world.SRV): answer, (service(name).replace("xmpp-", "xmpps-"), world.SRV): answer}
    here = [world.a("127.0.0.1")]
    DNS = world.Dns({
        "live.n09.test": here, "nx.n09.test": here, "failing.n09.test": here, "silent.n09.test": here, "txt.n09.test": here,
        **both("failing", world.SERVER_FAILURE), **both("silent", world.SILENCE), **both("refused", [world.srv(".", 0)]),
        service("many"): [LIVE] + [world.srv(f"dead{i}.n09.test", 9, 10, i) for i in range(99)],
        # Somebody is there, and never answers: what waits in a full queue.
        service("deadsix"): [world.srv("six.n09.test", 5222)], "six.n09.test": [world.aaaa("::1"), world.a("127.0.0.1")],
        service("loop"): [world.srv("loop1.n09.test", 5222), world.srv("live.n09.test", 5222, 10)],
        "loop1.n09.test": [world.cname("loop2.n09.test")], "loop2.n09.test": [world.cname("loop1.n09.test")],
        "_xmppconnect.txt.n09.test": [(world.TXT, b"\x2b_xmpp-client-xbosh=http://127.0.0.1/bosh/evil")],
    })


def without_dns(case):
    if not case.has_dns:
        raise NotYet("left out: this user may make no network of its own, and so no DNS")


class Silence:
    """Listens on ::1 with a queue that is full, so that who connects hears nothing."""

    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET6)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("::1", port))
        self.socket.listen(0)
        self.fillers = [socket.socket(socket.AF_INET6) for _ in range(3)]
        for filler in self.fillers:
            filler.setblocking(False)
            filler.connect_ex(("::1", port))

    def close(self):
        for one in (self.socket, *self.fillers):
            one.close()


@case("N09", "DNS: no such name, failure, silence, target `.`, 100 records, a dead IPv6 address, a circle of aliases; then no DNS at all",
      "at most 15 s to a working address; the one that worked last is remembered")
def n09(case):
    without_dns(case)
    names = [name for name in ZONE_NAMES if name != "txt"]
    server, silence = case.server(port=5222), Silence(5222)
    case.listening.add(5223)
    server.plan = by_name
    client, marks, begun = case.start(), {}, time.monotonic()
    for name in names:
        marks[name] = case.add(server, f"romeo@{name}.n09.test", host=None, port=None, tls="starttls")
    for name in names:
        jid = f"romeo@{name}.n09.test"
        if name == "refused":
            event = client.wait("state", since=marks[name], account=jid, reason=lambda reason: bool(reason))
            equal(event["reason"]["condition"], "service-not-offered", "a target that says no")
        else:
            client.wait("state", since=marks[name], account=jid, state="online", deadline=60)
        case.note(f"{name}.n09.test", "service-not-offered" if name == "refused" else f"online after {time.monotonic() - begun:.1f} s at most")
    links = {link.bound.split("/")[0]: link for link in server.links if link.bound}
    for jid, link in links.items():
        mark, body = client.mark(), f"through {jid}"
        link.send(message(f"<body>{body}</body>"))
        case.hears(body, mark, account=jid)
    equal(len(links), len(names) - 1, "sessions")
    silence.close()
    # The whole of DNS falls silent: where a server was reached before, it is reached again.
    zone, DNS.zone = DNS.zone, collections.defaultdict(lambda: world.SILENCE)
    try:
        jid, name = "romeo@many.n09.test", "many.n09.test"
        mark = client.mark()
        links[jid].reset()
        client.wait("state", since=mark, account=jid, state="waiting")
        mark = client.mark()
        client.ask("connect", account=jid)
        client.wait("state", since=mark, account=jid, state="online", deadline=60)
        case.note(f"{name}, and DNS is silent", "online again, where it was before")
    finally:
        DNS.zone = zone


def by_name(server, link):
    """Honest, for whatever domain of the certificate the client asks for."""
    link.named = True
    server.sign_in(link)
    server.serve(link)


@case("T11", "a TXT record with another way in, and web servers that would have host-meta", "never asked for; nothing fetched in the clear")
def t11(case):
    without_dns(case)
    canaries = [socket.create_server(("127.0.0.1", port)) for port in (80, 443)]
    for canary in canaries:
        canary.setblocking(False)
    mark = len(DNS.asked)
    server = case.server(host="127.0.0.2", port=5222)
    DNS.zone["txt.n09.test"] = [world.a("127.0.0.2")]
    server.plan = by_name
    case.start()
    case.add(server, "romeo@txt.n09.test", host=None, port=None, tls="starttls")
    case.probe(server, case.present(server), reconnects=False)
    asked = [question for question in DNS.asked[mark:] if "txt.n09.test" in question[0]]
    check(asked and not [q for q in asked if q[1] == world.TXT or q[0].startswith("_xmppconnect")], "a TXT record was asked for", asked)
    # Where nobody listens, a client that knows other ways would look for them now.
    DNS.zone["nowhere.n09.test"] = [world.a("127.0.0.3")]
    jid, marked = "romeo@nowhere.n09.test", case.client.mark()
    case.listening |= {5222, 5223}
    case.add(server, jid, host=None, port=None, tls="starttls")
    event = case.client.wait("state", since=marked, account=jid, state="waiting")
    equal(event["reason"]["condition"], "connection-refused", "nobody listens there")
    asked = [question for question in DNS.asked[mark:] if "n09.test" in question[0]]
    check(not [q for q in asked if q[1] == world.TXT or q[0].startswith(("_xmppconnect", "_http"))], "another way in was asked for", asked)
    for canary in canaries:
        try:
            canary.accept()
            check(False, "something was fetched")
        except BlockingIOError:
            pass
        canary.close()
    case.note("_xmppconnect.txt.n09.test TXT", f"asked were: {' '.join(sorted({name for name, _ in asked}))}; ports 80 and 443 untouched: "
              "there is no host-meta, so no redirect and no size of it to bound")


@case("N01", "a reset after each step of signing in", "tried again after a pause; no half state")
def n01(case):
    server, client = case.server(), case.start()
    current = {"fault": 1}
    def plan(server, link):
        link.fault_at = current["fault"]
        server.honest(link)
    server.plan = plan
    mark, pauses = case.add(server), []
    answer = client.ask("send", to=BOB, body="written before all of it")
    case.truth.append(((ROMEO, BOB), ROMEO, "written before all of it"))
    for fault in range(1, 41):
        current["fault"] = fault
        if fault > 1:
            client.ask("connect")
        link = server.wait_links(fault)
        link.fault_at = current["fault"] if link.fault_at is None else link.fault_at
        link.until(lambda: link.left or link.present, "that it is over")
        if link.left is None and link.present:
            break
        event = client.wait("state", since=mark, state="waiting")
        equal(event["reason"]["kind"], "network", f"step {fault}")
        check(0 <= event["nextTry"] <= 2, "the pause", event["nextTry"])
        mark, last = client.mark(), fault
        case.note(f"a reset after step {fault}", f"{event['reason']['condition']}, next try in {event['nextTry']} s")
    check(last >= 15, "steps of signing in", last)
    server.plan = Server.honest
    if server.links[-1].left is None:
        server.links[-1].reset()
    link = case.probe(server)
    client.wait("message.state", key=answer["key"], state="accepted")
    sent = [e for each in server.links for e in each.heard if e.findtext("{jabber:client}body") == "written before all of it"]
    equal(len({e.get("id") for e in sent}), 1, "the message always has one id")
    # By itself, after a pause that grows.
    server.plan = lambda server, link: link.reset()
    for _ in range(3):
        mark = client.mark()
        if link.left is None:
            link.reset()
        pauses.append(client.wait("state", since=mark, state="waiting")["nextTry"])
    check(all(pause <= bound for pause, bound in zip(pauses, (2, 4, 8))), "pauses", pauses)
    case.note("resets without end", f"tried again by itself after {pauses} s")
    server.plan = Server.honest
    case.probe(server)


@case("N10", "HTTP in place of XMPP on both ports, and a portal's certificate",
      "the portal is named; no question about the certificate; tried again, and at once when the network changes")
def n10(case):
    bus = case.bus()
    client = case.start()
    bus.wait("asked")
    def portal(server, link):
        link.sock.recv(1 << 16)
        link.send("HTTP/1.1 302 Found\r\nLocation: http://portal.test/login\r\nContent-Length: 0\r\n\r\n")
        link.cut()
        raise Left("the portal has spoken")
    for direct in (False, True):
        server = case.server(direct=direct)
        server.plan = portal
        mark = case.add(server)
        event = case.refused(mark, "network", "captive-portal", state="waiting")
        check(0 < event["nextTry"] <= 60, "tried again soon", event)
        case.note("HTTP/1.1 302 Found, " + ("direct TLS" if direct else "STARTTLS"), event["reason"]["condition"])
        if not direct:
            client.ask("account.remove", account=ROMEO)
    # The certificate of somebody else is never accepted. Without news of the network it is what it is.
    server.context, server.plan = Server.make_context(case.papers.wrong), Server.honest
    mark = client.mark()
    client.ask("connect")
    wrong = ("certificate-name-mismatch", "certificate-unknown-issuer")
    event = case.refused(mark, "tls", *wrong, state="waiting")
    case.note("another's certificate", f"{event['reason']['condition']}, no question, tried again in {event['nextTry']} s")
    mark = client.mark()
    bus.network(connectivity=systembus.PORTAL)
    event = case.refused(mark, "tls", "captive-portal", state="waiting")
    check(0 < event["nextTry"] <= 60, "tried again soon", event)
    case.note("the same, and NetworkManager has found a portal", "tried at once; captive-portal, no question")
    # Somebody signs in to the network in a browser.
    server.context = Server.make_context(case.papers.good)
    mark = client.mark()
    bus.network()
    client.wait_online(mark)
    case.note("the portal lets through", "tried at once, online")
    case.probe(server, case.present(server), reconnects=False)


def unanswered(link, _iq):
    """A link that is half open."""


def pings(link):
    return [e for e in link.heard if len(e) and e[0].tag == f"{{{PING}}}ping"]


@case("N15", "sleep, and waking up on a link that is dead", "what has arrived is told before; awake, a new connection within seconds")
def n15(case):
    bus, server = case.bus(), case.server()
    client = case.start()
    case.add(server)
    link = case.present(server)
    lock = bus.wait("lock")
    equal((lock["what"], lock["mode"]), ("sleep", "delay"), "what logind is asked for")
    mark = bus.mark()
    bus.sleep(True)
    bus.wait("unlock", mark)
    check(not link.left, "the stream stays for the session to go on", link.left)
    server.answers[("get", f"{{{PING}}}ping")] = unanswered
    answer = client.ask("send", to=BOB, body="written on a dead link")
    case.truth.append(((ROMEO, BOB), ROMEO, "written on a dead link"))
    link.until(lambda: [e for e in link.heard if e.findtext("{jabber:client}body")], "the message")
    mark, asked, number, begun = bus.mark(), len(pings(link)), len(server.links), time.monotonic()
    bus.sleep(False)
    link.until(lambda: len(pings(link)) > asked, "the question whether the server is there")
    server.wait_links(number + 1)  # long before the ping of an idle link
    del server.answers[("get", f"{{{PING}}}ping")]
    server.links[-1].reset()  # it may have met the old answers
    bus.wait("lock", mark)
    case.note("awake, and no answer", f"a new connection after {time.monotonic() - begun:.1f} s")
    case.probe(server)
    client.wait("message.state", key=answer["key"], state="accepted")
    sent = [e for each in server.links for e in each.heard if e.findtext("{jabber:client}body") == "written on a dead link"]
    equal(len({e.get("id") for e in sent}), 1, "the message always has one id")


@case("N17", "a server that reads nothing any more, and 5,000 messages for it", "memory bounded, everything answers; then each comes once, in order")
def n17(case):
    server, client = case.server(), case.start()
    case.add(server)
    link = case.present(server)
    link.deaf = True
    padding, wanted = "x" * 3000, []
    begun = client._memory("VmRSS")
    for number in range(5000):
        body = f"{number} {padding}"
        with client.asking:
            client.tell("send", to=BOB, body=body)
        wanted.append(body)
    client.wait("message", direction="out", body=wanted[-1], deadline=240)
    grown = client._memory("VmHWM") - begun
    case.note("5,000 messages of 3 kB into a socket that nobody reads", f"memory grew by {grown >> 20} MiB, the outbox holds "
              f"{client.state()['outbox']}")
    link.reset()
    client.ask("connect")
    def arrived():
        seen, found = set(), []
        for each in list(server.links):
            for element in list(each.heard):
                body = element.findtext("{jabber:client}body")
                if body and element.get("id") not in seen:
                    seen.add(element.get("id"))
                    found.append(body)
        return found
    until(lambda: len(arrived()) >= 5000, "all messages", 240)
    check(arrived() == wanted, "each once, in the order of writing")
    case.truth += [((ROMEO, BOB), ROMEO, body) for body in wanted]
    until(lambda: client.state()["outbox"] == 0, "an empty outbox", 120)
    case.probe(server, server.links[-1], reconnects=False)


def set_address(name, address):
    """Gives loopback one more address by an alias, or takes it away."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        if address:
            fcntl.ioctl(control, 0x8916, struct.pack("16sHH4s8x", name, socket.AF_INET, 0, socket.inet_aton(address)))
        else:
            fcntl.ioctl(control, 0x8914, struct.pack("16sH14x", name, 0))


@case("N19", "addresses that come and go (a VPN), a network that goes and comes back", "looked into at once; no try is wasted without a network")
def n19(case):
    without_dns(case)
    bus, server = case.bus(), case.server()
    client = case.start()
    bus.wait("asked")
    case.add(server)
    link = case.present(server)
    def is_looked_into(what, change):
        asked = len(pings(link))
        change()
        link.until(lambda: len(pings(link)) > asked, f"a ping because of {what}")
        case.note(what, "the server is asked at once, answers, and the stream stays")
    is_looked_into("a new address", lambda: set_address(b"lo:19", "192.0.2.19"))
    is_looked_into("an address less", lambda: set_address(b"lo:19", None))
    is_looked_into("NetworkManager: no network", lambda: bus.network(systembus.GONE))
    case.probe(server, link, reconnects=False)  # a server on this very computer is reached all the same
    mark, jid = client.mark(), f"romeo@{GONE}"
    case.add(server, jid, host=None, port=None, tls="starttls")
    event = client.wait("state", since=mark, account=jid, state="waiting")
    equal((event["reason"]["kind"], event["reason"]["condition"]), ("network", "no-network"), "the reason")
    check(event["nextTry"] > 200, "no try is wasted", event)
    case.note("an account that nobody answers, without a network", f"no-network, next try in {event['nextTry']} s")
    DNS.zone[f"_xmpp-client._tcp.{GONE}"], DNS.zone[GONE] = [world.srv(GONE, server.port)], [world.a("127.0.0.1")]
    server.plan = by_name
    mark = client.mark()
    bus.network()
    client.wait("state", since=mark, account=jid, state="online")
    case.note("the network is back", "tried at once, online")
    # A link that is dead is noticed within seconds.
    number = len(server.links)
    server.answers[("get", f"{{{PING}}}ping")] = unanswered
    set_address(b"lo:19", "192.0.2.19")
    server.wait_links(number + 1)
    del server.answers[("get", f"{{{PING}}}ping")]
    set_address(b"lo:19", None)
    case.note("a new address, and the links are dead", "new connections")


@case("N13", "500 questions unanswered, then answered late", "their owners are told after 30 s; the late answers are nothing; memory flat")
def n13(case):
    server, client, link = case.signed_in()
    server.answers[("get", f"{{{PING}}}ping")] = lambda link, iq: server.reply(link, iq) if iq.get("to") is None else None
    begun = client._memory("VmRSS")
    with client.asking:
        numbers = [client.tell("ping", to=f"{BOB}/r{i}") for i in range(500)]
    def asked():
        return [e for e in link.heard if len(e) and e[0].tag == f"{{{PING}}}ping" and e.get("to")]
    link.until(lambda: len(asked()) == 500, "500 questions")
    wanted = set(numbers)
    def told():
        return [line for line in client.find(lambda line: line.get("id") in wanted and "ok" in line)]
    until(lambda: len(told()) == 500, "an error for each owner", 90)
    equal({(line["ok"], line["error"]["kind"], line["error"]["condition"]) for line in told()}, {(False, "timeout", "remote-server-timeout")},
          "what the owners are told")
    for iq in asked():
        link.send(f"<iq type='result' id='{iq.get('id')}' from='{iq.get('to')}'/>")
    case.probe(server, link, reconnects=False)
    equal(len(told()), 500, "late answers are nothing")
    grown = client._memory("VmRSS") - begun
    check(SANITIZED or grown < 16 << 20, "memory", grown)
    case.note("500 pings, answered after they had ended", f"500 times remote-server-timeout; memory grew by {grown >> 10} KiB")


class Socks:
    """A SOCKS5 proxy that leads everybody to `server`. `asked` is what it was asked for, `ways` the ports it came from."""

    def __init__(self, server):
        self.server, self.asked, self.ways, self.refuses = server, [], set(), False
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        methods = client.recv(2, socket.MSG_WAITALL)[1]
        client.recv(methods, socket.MSG_WAITALL)
        client.sendall(b"\x05\x00")
        kind = client.recv(4, socket.MSG_WAITALL)[3]
        size = client.recv(1, socket.MSG_WAITALL)[0] if kind == 3 else {1: 4, 4: 16}[kind]
        name, port = client.recv(size, socket.MSG_WAITALL), client.recv(2, socket.MSG_WAITALL)
        self.asked.append((kind, name.decode("latin-1"), int.from_bytes(port, "big")))
        if self.refuses:
            client.sendall(b"\x05\x02\x00\x01" + bytes(6))  # not allowed by the rules
            client.close()
            return
        onward = socket.create_connection(("127.0.0.1", self.server.port))
        self.ways.add(onward.getsockname()[1])
        client.sendall(b"\x05\x00\x00\x01" + bytes(6))
        threading.Thread(target=self._pump, args=(onward, client), daemon=True).start()
        self._pump(client, onward)

    @staticmethod
    def _pump(here, there):
        try:
            while data := here.recv(1 << 16):
                there.sendall(data)
            there.shutdown(socket.SHUT_WR)
        except OSError:  # reset at one end: it is over at the other, too
            for each in (here, there):
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


@case("N16", "an account through SOCKS5, which then refuses, and is gone", "the proxy resolves the name; no direct packet, whatever fails")
def n16(case):
    client, server = case.start(), case.server()
    proxy, mark = Socks(server), len(DNS.asked) if case.has_dns else 0
    case.listening.add(proxy.port)
    case.add(server, host=None, port=None, proxy=f"socks5://127.0.0.1:{proxy.port}")
    link = case.present(server)
    case.probe(server, link, reconnects=False)
    equal({(kind, name) for kind, name, _ in proxy.asked}, {(3, "a.test")}, "the proxy is given the name")
    check(all(each.sock.getpeername()[1] in proxy.ways for each in server.links), "every connection came through the proxy")
    asked = [name for name, _ in DNS.asked[mark:] if name.endswith("a.test")] if case.has_dns else []
    equal(asked, [], "names that DNS was asked for")
    equal(client.ask("account.list")["accounts"][0]["account"], ROMEO, "the account")
    case.note("socks5 with a domain and no host", f"the proxy was asked for {proxy.asked}; DNS for nothing")
    def falls(mark, what):
        event = case.refused(mark, "network", state="waiting")
        for _ in range(2):  # neither the first nor the next try goes around it
            mark = client.mark()
            client.ask("connect")
            event = case.refused(mark, "network", state="waiting")
        equal(len(server.links), number, f"{what}: connections past the proxy")
        check(not case.has_dns or not [name for name, _ in DNS.asked[start:] if name.endswith("a.test")], f"{what}: DNS was asked")
        case.note(what, f"{event['reason']['condition']}, tried again through it alone")
    start, number = len(DNS.asked) if case.has_dns else 0, len(server.links)
    proxy.refuses = True
    mark = client.mark()
    link.reset()
    falls(mark, "the proxy refuses the server")
    proxy.refuses = False
    case.probe(server)
    start, number, mark = len(DNS.asked) if case.has_dns else 0, len(server.links), client.mark()
    proxy.socket.shutdown(socket.SHUT_RDWR)  # close() alone would let the thread accept one more
    proxy.socket.close()
    server.links[-1].reset()
    falls(mark, "the proxy is gone")
    # Only the account's own end can reach the server again: by a person who takes the proxy away.
    mark = client.mark()
    client.ask("account.set", proxy="none", host="127.0.0.1", port=server.port)
    client.wait_online(mark)
    case.note("calls, and files that are fetched by themselves", "do not exist yet: there is nothing that could go around the proxy")


@case("N20", "ten accounts on one dead server", "their tries spread out; no socket and no thread is left behind")
def n20(case):
    server, client = case.server(), case.start()
    server.plan = lambda server, link: link.reset()
    def figures():
        return len(os.listdir(f"/proc/{client.process.pid}/fd")), len(os.listdir(f"/proc/{client.process.pid}/task"))
    for number in range(10):
        case.add(server, f"user{number}@a.test")
    server.wait_links(20)
    early = figures()
    server.wait_links(50)
    late = figures()
    check(late[0] <= early[0] + 10 and late[1] <= early[1] + 2, "descriptors and threads", early, late)
    pauses = [line["nextTry"] for line in client.find(lambda line: line.get("event") == "state" and line.get("state") == "waiting")]
    check(len(set(pauses)) > len(pauses) * 3 // 4, "the pauses differ", pauses)
    case.note("10 accounts, each connection reset", f"{len(server.links)} tries, {len(set(pauses))} different pauses of {len(pauses)}; "
              f"descriptors and threads {early}, then {late}")
    server.plan = Server.honest
    for number in range(10):
        client.ask("connect", account=f"user{number}@a.test")
    until(lambda: sum(link.present and not link.left for link in server.links) == 10, "ten sessions")
