# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""balcony-headless and balconyctl as processes, without any server: exit statuses, lines, locks, signals, and the
examples of docs/automation.md. BALCONY_BIN_DIR names the folder of the programs."""

import base64
import json
import os
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
DOCUMENT = os.path.join(HERE, os.pardir, os.pardir, "docs", "automation.md")
BIN = os.environ.get("BALCONY_BIN_DIR", "")
# Seconds; a sanitizer on a busy machine is slow, and a wait that goes well never takes this long.
DEADLINE = 120
ACCOUNT = {"cmd": "account.add", "jid": "romeo@montague.example", "passwordStore": "none"}


def contents(path, mode="r"):
    with open(path, mode, encoding=None if "b" in mode else "utf-8") as file:
        return file.read()

# One red pixel.
PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC")


class Headless:
    """A balcony-headless that never connects."""

    def __init__(self, profile, *options):
        self.process = subprocess.Popen([os.path.join(BIN, "balcony-headless"), "--profile", profile, "--offline", *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.events = []
        self.number = 0
        self.rest = b""

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def line(self):
        """The next line, as an object."""
        end = time.monotonic() + DEADLINE
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError("balcony-headless said nothing")
            data = os.read(self.process.stdout.fileno(), 1 << 20)
            if not data:
                raise AssertionError("balcony-headless ended: " + self.process.stderr.read().decode())
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def answer(self):
        while True:
            found = self.line()
            if "event" not in found:
                return found
            self.events.append(found)

    def ask(self, **command):
        self.number += 1
        command.setdefault("id", self.number)
        self.write(json.dumps(command).encode() + b"\n")
        found = self.answer()
        assert found.get("id") == command["id"], found
        return found

    def leave(self):
        """By the end of its input; gives the exit status."""
        self.process.stdin.close()
        return self.wait()

    def wait(self):
        try:
            return self.process.wait(DEADLINE)
        finally:
            self.process.stdout.close()
            self.process.stderr.close()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except OSError:
                pass


def like(found, wanted):
    """Whether `found` is as the document says: "…" is anything, and objects may have more fields."""
    if wanted == "…":
        return True
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(key in found and like(found[key], value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(like, found, wanted))
    return found == wanted


class Programs(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="balcony-")
        self.profile = os.path.join(self.root, "profile")
        self.running = []

    def tearDown(self):
        for headless in self.running:
            headless.kill()
        shutil.rmtree(self.root, ignore_errors=True)

    def headless(self, *options):
        started = Headless(self.profile, *options)
        self.running.append(started)
        return started

    def once(self, *arguments, stdin=b""):
        """Runs balcony-headless to its end."""
        return subprocess.run([os.path.join(BIN, "balcony-headless"), *arguments], input=stdin, capture_output=True, timeout=DEADLINE)

    def ctl(self, *arguments):
        return subprocess.run([os.path.join(BIN, "balconyctl"), "--profile", self.profile, *arguments], capture_output=True,
                              timeout=DEADLINE, text=True)

    def filled(self):
        """A profile with an account and a message that waits; gives the message's answer."""
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        sent = headless.ask(cmd="send", to="juliet@capulet.example", body="But soft!")
        self.assertTrue(sent["ok"], sent)
        self.assertEqual(headless.leave(), 0)
        return sent

    # The command line.

    def test_usage(self):
        for arguments in (["--nonsense"], ["word"], ["--profile"], ["--profile", ""]):
            done = self.once(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertEqual(done.stdout, b"")
            self.assertTrue(done.stderr)
        for option in ("--help", "--version"):
            self.assertEqual(self.once(option).returncode, 0)
        self.assertEqual(self.ctl().returncode, 2)
        self.assertEqual(self.ctl("state", "word").returncode, 2)
        self.assertEqual(self.ctl("state").returncode, 1)  # nobody is there

    def test_profile_in_use(self):
        first = self.headless()
        self.assertTrue(first.ask(cmd="stats")["ok"])
        second = self.once("--profile", self.profile)
        self.assertEqual(second.returncode, 3, second)
        self.assertEqual(json.loads(second.stdout)["error"]["condition"], "profile-in-use")
        self.assertTrue(first.ask(cmd="stats")["ok"])

    def test_newer_database(self):
        self.filled()
        database = os.path.join(self.profile, "balcony.db")
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA user_version = 999")
        connection.close()
        before = contents(database, "rb")
        self.assertEqual(self.once("--profile", self.profile).returncode, 5)
        self.assertEqual(contents(database, "rb"), before)

    def test_damaged_database(self):
        self.filled()
        database = os.path.join(self.profile, "balcony.db")
        with open(database, "r+b") as file:
            file.write(b"no database at all")
        headless = self.headless()
        self.assertTrue(headless.ask(cmd="stats")["ok"])  # told, moved aside, and usable
        self.assertTrue(any(".damaged-" in name for name in os.listdir(self.profile)), os.listdir(self.profile))
        self.assertTrue([e for e in headless.events if e["event"] == "error" and e["error"]["condition"] == "database-damaged"],
                        headless.events)

    def test_storage_unusable(self):
        blocked = os.path.join(self.root, "file")
        open(blocked, "w").close()
        self.assertEqual(self.once("--profile", os.path.join(blocked, "profile")).returncode, 4)

    def test_files_are_the_owners_alone(self):
        # RELIABILITY D07: whatever the umask and whoever made the folders before.
        for folder in (self.profile, os.path.join(self.profile, "secrets"), os.path.join(self.profile, "backups")):
            os.mkdir(folder)
            os.chmod(folder, 0o777)
        before = os.umask(0)
        try:
            headless = self.headless("--log", os.path.join(self.profile, "log"))
        finally:
            os.umask(before)
        self.assertTrue(headless.ask(**dict(ACCOUNT, passwordStore="file", password="secret"))["ok"])
        for folder, _, files in os.walk(self.profile):
            self.assertEqual(os.stat(folder).st_mode & 0o777, 0o700, folder)
            for name in files:
                self.assertEqual(os.lstat(os.path.join(folder, name)).st_mode & 0o777, 0o600, name)

    def test_locked_by_another_program(self):
        """RELIABILITY D11: longer than it is waited for. Reading goes on meanwhile, and nothing is lost after."""
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        self.assertTrue(headless.ask(cmd="send", to="juliet@capulet.example", body="before")["ok"])
        other = sqlite3.connect(os.path.join(self.profile, "balcony.db"), isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            headless.write(json.dumps({"id": "late", "cmd": "send", "to": "juliet@capulet.example", "body": "meanwhile"}).encode() + b"\n")
            read = json.loads(self.ctl("history", "chat=juliet@capulet.example").stdout)
            self.assertEqual([m["body"] for m in read["messages"]], ["before"])
            refused = headless.answer()
            self.assertEqual((refused["id"], refused["ok"], refused["error"]["condition"]), ("late", False, "database-locked"))
            other.execute("ROLLBACK")
        finally:
            other.close()
        self.assertTrue(headless.ask(cmd="send", to="juliet@capulet.example", body="after")["ok"])
        found = headless.ask(cmd="history", chat="juliet@capulet.example")
        self.assertEqual([m["body"] for m in found["messages"]], ["before", "after"])

    def test_settings_that_are_damaged(self):
        """RELIABILITY D14: what cannot be read is as if it was never set; accounts and messages are there."""
        self.filled()
        with sqlite3.connect(os.path.join(self.profile, "balcony.db")) as connection:
            connection.execute("UPDATE accounts SET config = '[not even'")
            connection.execute("INSERT OR REPLACE INTO settings (key, value) VALUES ('window', '\u0001{'), ('x', '')")
        connection.close()
        with open(os.path.join(self.profile, "interface.json"), "wb") as file:
            file.write(os.urandom(1 << 20))
        headless = self.headless()
        self.assertEqual([a["account"] for a in headless.ask(cmd="account.list")["accounts"]], [ACCOUNT["jid"]])
        self.assertEqual(len(headless.ask(cmd="history", chat="juliet@capulet.example")["messages"]), 1)
        self.assertEqual(headless.leave(), 0)

    # Export.

    def exported(self, *, status=0):
        target = os.path.join(self.root, "export")
        done = self.once("--profile", self.profile, "--export", target)
        self.assertEqual(done.returncode, status, done)
        with open(os.path.join(target, "messages.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_export_of_a_locked_profile(self):
        self.filled()
        headless = self.headless()
        headless.ask(cmd="send", to="juliet@capulet.example", body="What light?")
        self.assertEqual([m["body"] for m in self.exported()], ["But soft!", "What light?"])
        self.assertTrue(headless.ask(cmd="stats")["ok"])

    def test_export_of_a_read_only_profile(self):
        self.filled()
        for folder, _, files in os.walk(self.profile):
            for name in files:
                os.chmod(os.path.join(folder, name), 0o400)
        os.chmod(self.profile, 0o500)
        try:
            self.assertEqual([m["body"] for m in self.exported()], ["But soft!"])
        finally:
            os.chmod(self.profile, 0o700)

    def test_export_of_nothing(self):
        done = self.once("--profile", self.profile, "--export", os.path.join(self.root, "export"))
        self.assertEqual(done.returncode, 4)
        self.assertFalse(os.path.exists(self.profile))

    # The end.

    def test_end_of_input_quit_and_sigterm(self):
        for way in ("input", "quit", "signal"):
            headless = self.headless()
            self.assertTrue(headless.ask(cmd="stats")["ok"])
            if way == "input":
                status = headless.leave()
            elif way == "quit":
                self.assertTrue(headless.ask(cmd="quit")["ok"])
                status = headless.wait()
            else:
                headless.process.send_signal(signal.SIGTERM)
                status = headless.wait()
            self.assertEqual(status, 0, way)

    def test_sigterm_while_nobody_reads(self):
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        for number in range(200):  # far more than a pipe holds
            headless.write(json.dumps({"id": number, "cmd": "send", "to": "juliet@capulet.example", "body": "x" * 2000}).encode() + b"\n")
        # It goes on behind the full pipe: balconyctl gets its answer.
        self.assertEqual(self.ctl("stats").returncode, 0)
        headless.process.send_signal(signal.SIGTERM)
        self.assertEqual(headless.wait(), 0)

    def test_kill_keeps_the_queue(self):
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        keys = [headless.ask(cmd="send", to="juliet@capulet.example", body=str(number))["key"] for number in range(20)]
        headless.process.kill()  # right after the answer: what was answered is on disk
        headless.kill()
        again = self.headless()
        found = again.ask(cmd="history", chat="juliet@capulet.example")
        self.assertEqual([m["key"] for m in found["messages"]], keys)
        self.assertEqual({m["state"] for m in found["messages"]}, {"queued"})
        self.assertEqual(again.ask(cmd="stats")["outbox"], 20)

    def test_a_file_waits_over_a_kill(self):
        path = os.path.join(os.path.dirname(self.profile), "crow.png")
        with open(path, "wb") as file:
            file.write(PICTURE + b"GPS 45.4384 N")
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        sent = headless.ask(cmd="send.file", to="juliet@capulet.example", path=path, caption="Wherefore?")
        self.assertEqual((sent["ok"], sent["state"]), (True, "queued"))
        headless.process.kill()
        headless.kill()
        again = self.headless()
        message = again.ask(cmd="history", chat="juliet@capulet.example")["messages"][0]
        self.assertEqual((message["key"], message["body"], message["state"]), (sent["key"], "Wherefore?", "queued"))
        # A picture goes as a copy with nothing but the picture in it.
        copy = message["files"][0]["path"]
        self.assertTrue(copy.startswith(self.profile + "/files/") and copy.endswith("/crow.png"), copy)
        with open(copy, "rb") as clean:
            self.assertEqual(clean.read(), PICTURE)
        file = {"file": sent["file"], "name": "crow.png", "type": "image/png", "size": len(PICTURE), "url": None, "path": copy,
                "hash": None, "state": "waiting"}
        self.assertEqual(message["files"], [file])
        self.assertEqual(again.ask(cmd="stats")["outbox"], 1)
        self.assertEqual(again.ask(cmd="file.accept", file=sent["file"])["error"]["condition"], "file-here")
        self.assertTrue(again.ask(cmd="file.cancel", file=str(sent["file"]))["ok"])
        self.assertEqual(again.ask(cmd="history", chat="juliet@capulet.example")["messages"], [])
        self.assertEqual(again.ask(cmd="file.cancel", file=sent["file"])["error"]["condition"], "file-unknown")
        self.assertEqual(again.ask(cmd="file.cancel")["error"]["condition"], "bad-field")
        missing = again.ask(cmd="send.file", to="juliet@capulet.example", path=path + "x")
        self.assertEqual(missing["error"]["condition"], "not-a-file")
        self.assertTrue(os.path.exists(path))

    # Lines.

    def test_lines_that_are_wrong(self):
        headless = self.headless()
        for line in (b"nonsense", b"[1]", b"\xff\xfe", b'{"cmd":'):
            headless.write(line + b"\n")
            found = headless.answer()
            self.assertEqual((found["ok"], found["error"]["condition"]), (False, "bad-json"))
        self.assertEqual(headless.ask(cmd="sing")["error"]["condition"], "unknown-command")
        self.assertEqual(headless.ask(cmd="send", to="juliet@capulet.example")["error"]["condition"], "account-missing")
        headless.write(b'{"cmd":"' + b"x" * (17 * 1024 * 1024) + b'"}\n')
        self.assertEqual(headless.answer()["error"]["condition"], "line-too-long")
        self.assertEqual(headless.ask(cmd="stats", id="still there")["id"], "still there")

    def test_commands_not_there_answer_by_name(self):
        text = contents(DOCUMENT)
        part = re.search(r"Not implemented yet(.*?); of `send`", text, re.S).group(1)
        names = re.findall(r"`([a-z.]+)`", part)
        self.assertGreater(len(names), 23)
        headless = self.headless()
        for name in names:
            error = headless.ask(cmd=name)["error"]
            self.assertEqual((error["kind"], error["condition"]), ("unsupported", "not-implemented"), name)
            self.assertIn(f'"{name}"', error["text"])

    # The socket.

    def connect(self):
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(DEADLINE)
        client.connect(os.path.join(self.profile, "socket"))
        return client

    def test_many_clients(self):
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        self.assertEqual(os.stat(os.path.join(self.profile, "socket")).st_mode & 0o777, 0o600)
        clients = [self.connect() for _ in range(40)]
        try:
            for number, client in enumerate(clients):
                client.sendall(json.dumps({"id": number, "cmd": "stats"}).encode() + b"\n")
            for number, client in enumerate(clients):
                line = client.makefile().readline()
                self.assertEqual(json.loads(line)["id"], number)
            clients[0].sendall(b'{"half a line')
            clients[0].close()
            self.assertTrue(headless.ask(cmd="stats")["ok"])
        finally:
            for client in clients:
                client.close()

    def test_a_client_that_does_not_read_is_bounded(self):
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        client = self.connect()
        client.setblocking(False)
        line = b'{"cmd":"' + b"y" * 100000 + b'"}\n'
        before = headless.ask(cmd="stats")["memory"]
        end = time.monotonic() + 20
        sent = 0
        while sent < 400 and time.monotonic() < end:
            try:
                client.send(line)
                sent += 1
            except BlockingIOError:
                select.select([], [client], [], 0.2)
            except (BrokenPipeError, ConnectionResetError):
                break
        client.close()
        self.assertLess(headless.ask(cmd="stats")["memory"], before + 200 * 1024 * 1024)

    def test_ctl(self):
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        done = self.ctl("send", "to=juliet@capulet.example", "body=[1,2] 007")
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(json.loads(done.stdout)["state"], "queued")
        for body in ("5", "true", "[1]", "a=b"):
            self.assertEqual(self.ctl("send", "to=juliet@capulet.example", "body=" + body).returncode, 0)
        found = headless.ask(cmd="history", chat="juliet@capulet.example")["messages"]
        self.assertEqual([m["body"] for m in found], ["[1,2] 007", "5", "true", "[1]", "a=b"])
        for limit in ("limit=2", "limit:=2"):
            done = self.ctl("history", "chat=juliet@capulet.example", limit)
            self.assertEqual(len(json.loads(done.stdout)["messages"]), 2)
        found = headless.ask(cmd="search", text="00")["results"]
        self.assertEqual([m["body"] for m in found], ["[1,2] 007"])
        self.assertEqual(found[0]["chat"], "juliet@capulet.example")
        self.assertEqual(len(headless.ask(cmd="search", text="tru", **{"from": "romeo@montague.example"})["results"]), 1)
        self.assertEqual(headless.ask(cmd="search", text="tru", **{"from": "juliet@capulet.example"})["results"], [])
        self.assertEqual(headless.ask(cmd="search", text="true", until="2000-01-01")["results"], [])
        self.assertEqual(headless.ask(cmd="search", text="true", until="soon")["error"]["condition"], "bad-field")
        self.assertEqual(headless.ask(cmd="search", text=" ")["error"]["condition"], "bad-field")
        self.assertEqual(self.ctl("presence", "priority=5").returncode, 0)
        self.assertEqual(self.ctl("presence", "priority=500").returncode, 1)
        refused = self.ctl("sing")
        self.assertEqual(refused.returncode, 1)
        self.assertEqual(json.loads(refused.stdout)["error"]["condition"], "unknown-command")
        self.assertEqual(self.ctl("send", "body:=nonsense").returncode, 2)

    def test_ctl_events(self):
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        events = subprocess.Popen([os.path.join(BIN, "balconyctl"), "--profile", self.profile, "events"], stdout=subprocess.PIPE)
        try:
            seen = None
            end = time.monotonic() + DEADLINE
            while not seen and time.monotonic() < end:  # it connects when it connects
                headless.ask(cmd="send", to="juliet@capulet.example", body="x")
                if select.select([events.stdout], [], [], 0.5)[0]:
                    seen = json.loads(events.stdout.readline())
            self.assertEqual(seen["event"], "message")
            self.assertEqual(headless.leave(), 0)
            self.assertEqual(events.wait(DEADLINE), 0)
        finally:
            if events.poll() is None:
                events.kill()
            events.stdout.close()
            events.wait()

    # The document.

    def test_examples_of_the_document(self):
        picture = os.path.join(self.root, "crow.png")
        with open(picture, "wb") as file:
            file.write(PICTURE + b"GPS 45.4384 N")
        text = contents(DOCUMENT).replace('"path":"crow.png"', json.dumps({"path": picture}, separators=(",", ":"))[1:-1])
        blocks = re.findall(r"^```jsonl( online)?\n(.*?)^```", text, re.S | re.M)
        commands = set()
        headless = self.headless()
        for online, block in blocks:
            lines = [json.loads(line) for line in block.splitlines()]
            for command, wanted in zip(lines[::2], lines[1::2], strict=True):
                commands.add(command["cmd"])
                found = headless.ask(**command)
                if online:
                    self.assertEqual(found.get("error", {}).get("condition"), "offline", (command, found))
                    self.assertTrue(wanted["ok"])
                else:
                    self.assertTrue(like(found, wanted), (command, found, wanted))
        self.assertEqual(headless.wait(), 0)  # the last one was quit
        table = re.search(r"^## Commands\n(.*?)^Not implemented yet", text, re.S | re.M).group(1)
        documented = {name for row in re.findall(r"^\| (`[^|]*) \|", table, re.M) for name in re.findall(r"`([a-z.]+)`", row)}
        self.assertEqual(documented - commands, set(), "commands without an example")

    def test_presence_and_status_come_back(self):
        headless = self.headless()
        self.assertTrue(headless.ask(**ACCOUNT)["ok"])
        self.assertTrue(headless.ask(cmd="presence", show="dnd", status="Busy", priority=3)["ok"])
        self.assertTrue(headless.ask(cmd="send", to="juliet@capulet.example", body="x")["ok"])
        self.assertEqual(headless.leave(), 0)
        with sqlite3.connect(os.path.join(self.profile, "balcony.db")) as connection:
            config = json.loads(connection.execute("SELECT config FROM accounts").fetchone()[0])
            texts = json.loads(connection.execute("SELECT value FROM settings WHERE key = 'presence.texts'").fetchone()[0])
        connection.close()
        self.assertEqual((config["show"], config["status"], config["priority"]), ("dnd", "Busy", 3))
        self.assertEqual(texts, [["Busy"]])


if __name__ == "__main__":
    unittest.main(verbosity=2)
