# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hostile case: a balcony-headless of its own, a server of its own, and RELIABILITY G1 to G8 over all of it."""

import json
import os
import re
import threading
import time
import uuid

from harness import Failure, Headless, MEMORY_LIMIT, check, check_error, equal, export
from server import DOMAIN, PASSWORD, Server
from systembus import SystemBus

# G6: how long the main thread may work before it answers. Its own time is counted, not that of a busy machine.
BLOCKED_LIMIT = 0.5 * (10 if "BALCONY_TEST_SLOW" in os.environ else 1)
SILENT_LIMIT = 30.0
ROMEO, BOB = "romeo@" + DOMAIN, "bob@b.test"
CASES = {}


class NotYet(Exception):
    """What the case is about does not exist yet; the text names it."""


def case(number, title, required):
    """Makes a function a case. `required` is what docs/reliability.md asks for."""
    def register(function):
        check(number not in CASES, f"two cases {number}")
        CASES[number] = (function, title, required)
        return function
    return register


def message(inside, sender=BOB + "/x", more=""):
    """A message from Bob, as text."""
    return f"<message from='{sender}'{more}>{inside}</message>"


def shown(data, most=160):
    """Bytes for the report."""
    text = repr(data.encode() if isinstance(data, str) else data)[2:-1]
    return text if len(text) <= most else f"{text[:most]}... ({len(data)} in all)"


class Victim(Headless):
    """A balcony-headless that is watched all the time."""

    def __init__(self, files, profile, ca, ports, *options, environment=None):
        self.asking = threading.Lock()
        self.watching = threading.Event()
        self.log = profile + ".log"
        super().__init__(files, profile, ca, "--log", self.log, *options, environment=environment)
        self.ports = ports
        self.broken = None
        self.first_memory = self.most_memory = 0
        self.longest_block = 0.0
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.ask("stats")
        self.first_memory = self._memory("VmRSS")
        self.watcher.start()

    def try_ask(self, cmd, **fields):
        with self.asking:  # the watcher asks, too
            number = self.tell(cmd, **fields)
        return self.wait_line(lambda line: line.get("id") == number and "ok" in line, f"the answer to {cmd}")

    def check_connections(self, ports):
        """RELIABILITY G4: nothing but the case's servers, and DNS, on loopback."""
        mine = set()
        for entry in os.listdir(f"/proc/{self.process.pid}/fd"):
            try:
                mine.add(os.readlink(f"/proc/{self.process.pid}/fd/{entry}"))
            except OSError:
                continue
        for table in ("tcp", "tcp6", "udp", "udp6"):
            with open(f"/proc/{self.process.pid}/net/{table}", encoding="ascii") as file:
                rows = [row.split() for row in file.readlines()[1:]]
            for row in rows:
                if f"socket:[{row[9]}]" in mine and int(row[2].split(":")[1], 16):
                    address, port = row[2].split(":")
                    check((address[-2:] == "7F" or address == "0" * 24 + "01000000" or address[-8:-2] == "010000")
                          and int(port, 16) in ports | {53}, "G4: a connection to somewhere else", row[2])

    def tell(self, cmd, **fields):
        """Sends a command whose answer may come late; gives its number."""
        number, self.next_id = self.next_id, self.next_id + 1
        if "password" in fields:
            self.secrets.add(fields["password"])
        with self.moved:
            self.lines.append({"told": {"id": number, "cmd": cmd, **{**fields, **({"password": "***"} if "password" in fields else {})}}})
        try:
            self.process.stdin.write((json.dumps({"id": number, "cmd": cmd, **fields}, ensure_ascii=False) + "\n").encode())
            self.process.stdin.flush()
        except OSError as error:
            raise Failure(f"{self.name} does not take commands any more: {error}") from error
        return number

    def _memory(self, field):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii", errors="replace") as file:
            return int(re.search(rf"{field}:\s+(\d+) kB", file.read()).group(1)) * 1024

    def _busy(self):
        """Seconds that the main thread has worked."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/schedstat", encoding="ascii") as file:
            return int(file.read().split()[0]) / 1e9

    def _watch(self):
        """G3, G4 and G6, until the process ends."""
        while not self.watching.wait(0.2):
            try:
                busy, begun = self._busy(), time.monotonic()
                since = self.mark()
                with self.asking:
                    number = self.tell("state")
                self.wait_line(lambda line: line.get("id") == number and "ok" in line, "the answer to state", since, SILENT_LIMIT)
                took, silent = self._busy() - busy, time.monotonic() - begun
                self.longest_block = max(self.longest_block, took)
                check(took <= BLOCKED_LIMIT, f"G6: the main thread worked {took:.2f} s before it answered", silent)
                self.most_memory = self._memory("VmHWM")
                check(self.most_memory <= self.first_memory + MEMORY_LIMIT, "G3: memory", self.first_memory, self.most_memory)
                self.check_connections(self.ports())
            except (OSError, AttributeError):
                return  # the process has ended; how is asked at the end
            except Failure as why:
                if not self.watching.is_set():
                    self.broken = why
                return

    def end(self, secrets):
        """Quits, and holds the last of G3 to G7 against it."""
        self.most_memory = self._memory("VmHWM")
        self.watching.set()
        self.watcher.join(SILENT_LIMIT)
        self.quit()
        self.hold(secrets)

    def hold(self, secrets):
        if self.broken:
            raise self.broken
        with open(self.log, encoding="utf-8", errors="replace") as file:
            said = file.read() + "\n".join(self.errors)
        for secret in self.secrets | secrets:
            check(len(secret) < 4 or secret not in said, "G7: a secret is in the log", secret)


class Case:
    """What a case works with. `tries` goes into the report: what was sent, what came of it."""

    def __init__(self, number, files, papers, has_dns):
        self.number, self.files, self.papers, self.has_dns = number, files, papers, has_dns
        self.servers, self.client = [], None
        self.listening = set()  # other ports that the client may talk to
        self.truth = []
        self.tries = []
        self.system_bus = None

    # ---- beginning

    def server(self, **options):
        server = Server(self.papers, **options)
        self.servers.append(server)
        return server

    def ports(self):
        return {server.port for server in self.servers} | self.listening

    def start(self, *options):
        environment = {"DBUS_SYSTEM_BUS_ADDRESS": self.system_bus.address} if self.system_bus else {}
        self.client = Victim(self.files, self.files.path(self.number), self.papers.ca, self.ports, *options, environment=environment)
        return self.client

    def bus(self):
        """A system bus with a logind and a NetworkManager, for the client that starts next."""
        self.system_bus = SystemBus(self.files.path(self.number + "-bus"))
        return self.system_bus

    def add(self, server, jid=ROMEO, **fields):
        """Adds the account, which begins to sign in; gives the mark before."""
        mark = self.client.mark()
        fields = {"jid": jid, "password": PASSWORD, "passwordStore": "file", "host": "127.0.0.1", "port": server.port,
                  "tls": "direct" if server.direct else "starttls", **fields}
        self.client.ask("account.add", **{key: value for key, value in fields.items() if value is not None})
        return mark

    def signed_in(self, **options):
        """A server, and the client with its account in a session; gives both and the link."""
        server = self.server(**options)
        client = self.start()
        self.add(server)
        return server, client, self.present(server)

    def present(self, server, number=1):
        """The newest link, once the client sent its presence on it."""
        link = server.wait_links(number)
        link.until(lambda: link.present or link.left, "its presence")
        check(not link.left, "the client left while signing in", link.left)
        return link

    # ---- trying

    def note(self, sent, came):
        self.tries.append((shown(sent), came))

    def hears(self, body, since=0, author=BOB, chat=None, **fields):
        """Waits for a received message, which belongs to the truth from then on; gives its event."""
        event = self.client.wait("message", since=since, body=body, direction="in", **fields)
        equal(event["author"].split("/")[0], author, "the author")
        self.truth.append(((event["account"], event["chat"]), author, body))
        equal(event["chat"], chat or author, "the chat")
        return event

    def probe(self, server, link=None, reconnects=True):
        """After each attack the client still works, on this stream or the next one. Gives the link."""
        if link is None or link.left:
            check(reconnects, "the stream was to be kept", link and link.left)
            number = len(server.links)
            mark = self.client.mark()
            self.client.ask("connect")
            link = self.present(server, number + 1)
            self.client.wait_online(mark)
        body, mark = f"probe-{uuid.uuid4()}", self.client.mark()
        link.send(message(f"<body>{body}</body>"))
        self.hears(body, mark)
        return link

    def refused(self, mark, kind, *conditions, state=None):
        """The client tells one error, with one of these conditions; gives the event."""
        event = self.client.wait("state", since=mark, reason=lambda reason: bool(reason), state=lambda state: state != "connecting")
        check_error(event["reason"], kind)
        check(not conditions or event["reason"]["condition"] in conditions, "the condition", event["reason"])
        check(event["state"] != "needs-decision" or state == "needs-decision", "nobody is asked about it", event)
        if state:
            equal(event["state"], state, f"the state after {event['reason']['condition']}")
        return event

    # ---- ending

    def finish(self):
        """G1 and G2 of every connection, G3 to G7 of the process, G8 of its export."""
        self.client.end({secret for server in self.servers for secret in server.secrets} | {body for _, _, body in self.truth})
        for server in self.servers:
            server.close()
            if server.broken:
                raise server.broken[0]
        self.files.check_home_untouched()
        found = {}
        for line in export(self.files, self.client.profile):
            found.setdefault((line["account"], line["chat"]), []).append((line["author"].split("/")[0], line["body"]))
        wanted = {}
        for chat, author, body in self.truth:
            wanted.setdefault(chat, []).append((author, body))
        equal(found, wanted, "G8: the export")

    def close(self):
        if self.client:
            self.client.watching.set()
            self.client.kill()
        if self.system_bus:
            self.system_bus.close()
        for server in self.servers:
            server.close()
