# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the interoperability tests are made of: a throw-away server, a balcony-headless, steps and checks.

Nothing here sleeps for a fixed time where something can be waited for, and no wait is without an end.
"""

import collections
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True

HERE = os.path.dirname(os.path.abspath(__file__))
REALSERVER = os.path.join(HERE, os.pardir, "support", "realserver.py")
# Seconds. A sanitizer and a machine shared with compilers are slow; a wait that goes well never takes this long.
DEADLINE = float(os.environ.get("BALCONY_TEST_DEADLINE", "30"))
QUIT_LIMIT = 3.0
# A sanitizer keeps what was freed, so that what a program then has says nothing of it.
SANITIZED = "ASAN_OPTIONS" in os.environ
MEMORY_LIMIT = 300 * 1024 * 1024 if not SANITIZED else 1 << 40
DOMAIN = "verona.test"
REPORT_LINES = 60
# Fields that say nothing in a report.
NOISE = ("features", "files", "reactions", "occupantId", "archiveId", "edited", "encrypted", "replaces", "replyTo", "retracted")

# Chinese, emoji (beyond the BMP, with a joiner and a skin tone), right to left, and what XML has to escape.
TEXTS = ("你好，世界：罗密欧与朱丽叶。", "🎭👩‍🚀👍🏽 <balcony> & \"moon\"", "שלום עולם — مرحبا بالعالم (1)", "two lines\nof  text")


class Failure(Exception):
    """A check that did not hold."""


def check(holds, what, *facts):
    """Raises Failure with `what` and the facts where `holds` is false."""
    if not holds:
        raise Failure(what + "".join(f"\n    {fact!r}" for fact in facts))


def equal(found, wanted, what):
    check(found == wanted, what, {"found": found}, {"wanted": wanted})


def until(condition, what, deadline=None):
    """Returns the first true value of `condition`, asked ten times a second; for what nobody announces."""
    end = time.monotonic() + (deadline or DEADLINE)
    while True:
        value = condition()
        if value:
            return value
        check(time.monotonic() < end, f"waited in vain: {what}")
        time.sleep(0.1)


def program(name):
    """The path of one of Balcony's programs, from BALCONY_BIN_DIR."""
    folder = os.environ.get("BALCONY_BIN_DIR")
    check(folder, "BALCONY_BIN_DIR must name the folder of Balcony's programs")
    path = os.path.join(folder, name)
    check(os.access(path, os.X_OK), f"there is no program {path}")
    return path


def need(command, package):
    """Fails, instead of skipping, where the package of a tool is missing."""
    check(shutil.which(command), f"{command} is missing: install the package {package}")


def debian13():
    """The folder with Debian 13, for Server's --root. Ends the test as left out, with the reason, where there is none."""
    done = subprocess.run([os.path.join(HERE, os.pardir, "support", "debian13"), "folder"], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        print("left out: the servers of Debian 13; the reason stands above", flush=True)
        sys.exit(done.returncode)
    return done.stdout.strip()


class Files:
    """A temporary folder for one test, and a home in it that Balcony has no business in."""

    def __init__(self):
        self.root = tempfile.mkdtemp(prefix="balcony-interop-")
        self.home = self.path("home")
        for name in ("home", "no-certificates", "tmp"):
            os.mkdir(self.path(name), 0o700)

    def path(self, *names):
        return os.path.join(self.root, *names)

    def environment(self, ca):
        """Of a Balcony: its own home, trust in `ca` alone, no session bus and thus no keychain."""
        env = {key: value for key, value in os.environ.items()
               if not key.startswith(("XDG_", "DBUS_", "QT_", "BALCONY_", "DISPLAY", "WAYLAND"))}
        env.update(HOME=self.home, TMPDIR=self.path("tmp"), LC_ALL="C.UTF-8", SSL_CERT_DIR=self.path("no-certificates"),
                   SSL_CERT_FILE=ca or os.path.join(self.path("no-certificates"), "none.pem"))
        return env

    def check_home_untouched(self):
        """RELIABILITY G5: every file of Balcony is in its profile."""
        for folder in (self.home, self.path("tmp")):
            equal(os.listdir(folder), [], f"Balcony wrote outside of its profile, to {folder}")

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)


class Server:
    """A Prosody or ejabberd of its own, run by realserver.py until close()."""

    def __init__(self, kind="prosody", *options, accounts="romeo:montague,juliet:capulet", domain=DOMAIN):
        self.kind = kind
        self.process = subprocess.Popen(
            ["/usr/bin/python3", REALSERVER, "start", "--kind", kind, "--domain", domain, "--accounts", accounts, "--patience",
             str(2 * DEADLINE), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        check(line, f"the server {kind} did not start; what it said stands above. Is the package {kind} installed?")
        self.facts = json.loads(line)
        self.domain = self.facts["domain"]
        self.ca = self.facts["ca"]

    def port(self, tls):
        return self.facts["direct" if tls == "direct" else "starttls"]

    def jid(self, name):
        return f"{name}@{self.domain}"

    def password(self, name):
        return self.facts["accounts"][name]

    def command(self, text):
        """One of realserver.py's commands: pause, resume, kill, halt, start, log, `account NAME PASSWORD`; gives its answer."""
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or "{}")
        check(answer.get("ok"), f"the server's tool did not obey: {text}", answer)
        return answer

    def report(self):
        print(f"---- the server {self.kind}: the end of its log", file=sys.stderr)
        try:
            print(self.command("log")["log"], file=sys.stderr)
        except (OSError, ValueError, Failure) as error:
            print(f"    it cannot be asked: {error}", file=sys.stderr)

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Headless:
    """A balcony-headless on one profile. All that it says, and is told, is in `lines`, in
    order, for waits and for the report."""

    def __init__(self, files, profile, ca, *options, name=None, environment=None):
        self.name = name or os.path.basename(profile)
        self.profile = profile
        self.secrets = set()
        self.lines = []
        self.moved = threading.Condition()
        self.next_id = 1
        self.ended = False
        self.errors = collections.deque(maxlen=400)
        self.process = subprocess.Popen([program("balcony-headless"), "--profile", profile, *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env={**files.environment(ca), **(environment or {})})
        self.threads = [threading.Thread(target=read, daemon=True) for read in (self._read_output, self._read_errors)]
        for thread in self.threads:
            thread.start()

    # ---- reading

    def _read_output(self):
        for line in self.process.stdout:
            try:
                entry = json.loads(line.decode("utf-8", "strict"))
                if not isinstance(entry, dict) or not ("event" in entry or "ok" in entry):
                    entry = {"broken": line.decode("utf-8", "replace")}
            except ValueError:
                entry = {"broken": line.decode("utf-8", "replace")}
            with self.moved:
                self.lines.append(entry)
                self.moved.notify_all()
        with self.moved:
            self.ended = True
            self.moved.notify_all()

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors.append(line.decode("utf-8", "replace").rstrip("\n"))

    def mark(self):
        """A place in what was said; waits may begin from there."""
        with self.moved:
            return len(self.lines)

    def find(self, predicate, since=0):
        with self.moved:
            return [line for line in self.lines[since:] if predicate(line)]

    def wait_line(self, predicate, what, since=0, deadline=None):
        end = time.monotonic() + (deadline or DEADLINE)
        position = since
        with self.moved:
            while True:
                while position < len(self.lines):
                    line = self.lines[position]
                    position += 1
                    check("broken" not in line, f"{self.name}: standard output carries something else than the contract", line)
                    if predicate(line):
                        return line
                check(not self.ended, f"{self.name} ended while it was waited for: {what}", self.process.poll())
                rest = end - time.monotonic()
                check(rest > 0, f"{self.name}: waited in vain for: {what}")
                self.moved.wait(rest)

    def wait(self, event, since=0, deadline=None, **fields):
        """The first `event` since the mark whose fields are as given; a callable is asked about the field."""
        def fits(line):
            return line.get("event") == event and all(
                wanted(line.get(key)) if callable(wanted) else line.get(key) == wanted for key, wanted in fields.items())
        return self.wait_line(fits, f"{event} {({k: '?' if callable(v) else v for k, v in fields.items()})}", since, deadline)

    # ---- asking

    def try_ask(self, cmd, **fields):
        """The whole answer to a command, be it good or bad."""
        number = self.next_id
        self.next_id += 1
        for key in ("password", "certificatePassphrase", "proxyPassword"):
            if key in fields:
                self.secrets.add(fields[key])
        since = self.mark()
        with self.moved:
            hidden = {key: "***" if isinstance(value, str) and value in self.secrets else value for key, value in fields.items()}
            self.lines.append({"told": {"id": number, "cmd": cmd, **hidden}})
        try:
            self.process.stdin.write((json.dumps({"id": number, "cmd": cmd, **fields}, ensure_ascii=False) + "\n").encode())
            self.process.stdin.flush()
        except OSError as error:
            raise Failure(f"{self.name} does not take commands any more: {error}") from error
        return self.wait_line(lambda line: line.get("id") == number and "ok" in line, f"the answer to {cmd}", since)

    def ask(self, cmd, **fields):
        answer = self.try_ask(cmd, **fields)
        check(answer["ok"], f"{self.name}: {cmd} failed", answer.get("error"))
        return answer

    def refused(self, cmd, **fields):
        """The error of a command that has to fail."""
        answer = self.try_ask(cmd, **fields)
        check(answer["ok"] is False, f"{self.name}: {cmd} should have failed", answer)
        check_error(answer["error"])
        return answer["error"]

    # ---- what the tests do again and again

    def add(self, server, name, tls="starttls", password=None, **fields):
        """Adds the account of `name`, to sign in at once, with its password in the profile."""
        password = password or server.password(name)
        answer = self.ask("account.add", **{"jid": server.jid(name), "password": password, "passwordStore": "file",
                                            "host": "127.0.0.1", "port": server.port(tls), "tls": tls, **fields})
        equal(answer["account"], server.jid(name), "account.add answers with the account")

    def wait_online(self, since=0):
        return self.wait("state", since=since, state="online")

    def state(self):
        accounts = self.ask("state")["accounts"]
        equal(len(accounts), 1, "the number of accounts")
        return accounts[0]

    def contact(self, jid):
        """The contact's entry in the roster, or None."""
        return next((entry for entry in self.ask("roster")["contacts"] if entry["jid"] == jid), None)

    def history(self, chat, limit=1000):
        return self.ask("history", chat=chat, limit=limit)["messages"]

    def check_connections(self, ports):
        """RELIABILITY G4: no connection but to the loopback ports given."""
        mine = set()
        for entry in os.listdir(f"/proc/{self.process.pid}/fd"):
            try:
                found = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(f"/proc/{self.process.pid}/fd/{entry}"))
            except OSError:
                continue
            if found:
                mine.add(found.group(1))
        for table in ("tcp", "tcp6"):
            try:
                with open(f"/proc/{self.process.pid}/net/{table}", encoding="ascii") as file:
                    rows = [row.split() for row in file.readlines()[1:]]
            except FileNotFoundError:  # a kernel without IPv6
                continue
            for row in rows:
                if row[9] in mine:
                    address, port = row[2].split(":")
                    check(address == "0100007F" and int(port, 16) in ports, "a connection to somewhere else", row[2])

    # ---- ending

    def quit(self):
        """Leaves by command and checks how: status 0, within the time, nothing unseemly written."""
        memory = self.ask("stats")["memory"]
        check(memory < MEMORY_LIMIT, f"{self.name} uses too much memory", memory)
        begin = time.monotonic()
        self.ask("quit")
        self.wait_end(0)
        took = time.monotonic() - begin
        check(took <= QUIT_LIMIT * (10 if "BALCONY_TEST_SLOW" in os.environ else 1), f"{self.name} took too long to quit", took)

    def wait_end(self, status):
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            raise Failure(f"{self.name} does not end") from None
        for thread in self.threads:
            thread.join(DEADLINE)
        equal(self.process.returncode, status, f"{self.name}: exit status")
        check(not self.find(lambda line: "broken" in line), f"{self.name}: broken lines", self.lines)
        self.check_secrets()

    def check_secrets(self):
        """RELIABILITY G7: no password in the log."""
        log = "\n".join(self.errors)
        for secret in self.secrets:
            check(secret not in log, f"{self.name}: a password is in the log")

    def kill(self):
        """For the way out of a failed test."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def report(self):
        print(f"---- {self.name}: what it was told (>) and said (<), the end", file=sys.stderr)
        with self.moved:
            for line in self.lines[-REPORT_LINES:]:
                said = line.get("told") is None
                shown = {key: value for key, value in line.items() if key not in NOISE} if said else line["told"]
                print(("    < " if said else "    > ") + json.dumps(shown, ensure_ascii=False)[:600], file=sys.stderr)
        print(f"---- {self.name}: its log, the end; exit status {self.process.poll()}", file=sys.stderr)
        for line in list(self.errors)[-REPORT_LINES:]:
            print("    " + line[:600], file=sys.stderr)


def check_error(error, kind=None, condition=None):
    """A structured error: a kind, a condition that is a stable word, and one English sentence."""
    check(isinstance(error, dict), "the error is no object", error)
    for key in ("kind", "condition", "text"):
        check(isinstance(error.get(key), str) and error[key], f"the error has no {key}", error)
    check(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", error["condition"]), "the condition is no stable word", error)
    check_sentence(error["text"])
    if kind:
        equal(error["kind"], kind, f"the kind of {error}")
    if condition:
        equal(error["condition"], condition, f"the condition of {error}")


def check_sentence(text):
    """Begins like a sentence, ends like one, and is one line."""
    check(text == text.strip() and "\n" not in text and len(text) > 10, "not a sentence", text)
    check(text[0].isupper() or text[0].isdigit() or text[0] in "\"/" or "@" in text.split()[0] or "." in text.split()[0],
          "a sentence begins with a capital", text)
    check(text[-1] in ".?!)", "a sentence ends with a full stop", text)


def start(command, status, environment):
    """Runs a program to its end; checks the status; gives its standard output and error."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=DEADLINE)
    equal(done.returncode, status, f"exit status of {' '.join(command[1:])}: {done.stderr.decode()} {done.stdout.decode()}")
    return done.stdout.decode(), done.stderr.decode()


def export(files, profile):
    """All messages of a profile as --export writes them."""
    target = tempfile.mkdtemp(dir=files.root, prefix="export-")
    start([program("balcony-headless"), "--profile", profile, "--export", target], 0, files.environment(None))
    with open(os.path.join(target, "messages.jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def on_stop(number, _frame):
    raise Failure(f"stopped by signal {number}")


class Test:
    """One run: named steps, and everything that was started ended again, whatever happens.

        with Test() as test:
            server = test.started(Server("prosody"))
            test.step("sign in")
    """

    def __init__(self):
        self.files = None
        self.things = []
        self.name = "start"

    def __enter__(self):
        signal.signal(signal.SIGTERM, on_stop)
        self.files = Files()
        return self

    def started(self, thing):
        self.things.append(thing)
        return thing

    def headless(self, name, ca, *options):
        """A balcony-headless on the profile `name` of this test."""
        return self.started(Headless(self.files, self.files.path(name), ca, *options, name=name))

    def step(self, name):
        self.name = name
        print(f"step: {name}", flush=True)

    def __exit__(self, kind, error, trace):
        if error is not None:
            print(f"FAILED in the step: {self.name}\n{error}", file=sys.stderr)
            for thing in self.things:
                if hasattr(thing, "report"):
                    thing.report()
        for thing in reversed(self.things):
            (thing.kill if isinstance(thing, Headless) else thing.close)()
        self.files.close()
        if error is None:
            print("passed", flush=True)
        elif isinstance(error, Failure):
            sys.exit(1)
        return False
