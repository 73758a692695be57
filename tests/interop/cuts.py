# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at each write, sync, rename and deletion of a script of 20 messages (RELIABILITY C04), with the program that people
get: support/diskcut.cpp is loaded into it and ends it there. After each end the next start has every message that was
confirmed, each once, in order, and in a true state; with a server the other side has them, too.

    cuts.py --shim FILE [--server prosody|ejabberd] [--points N]

Without --server the script runs offline. N points are taken evenly out of all, by turns with the write whole undone and
half done; 0: all.
"""

import argparse
import os
import signal
import sqlite3
import struct
import subprocess
import time

from harness import Failure, Headless, Server, Test, check, equal, until

SCRIPT = 20


class Cutting:
    """Files as the harness knows them, with an environment that ends what is started at a change of the disk."""

    def __init__(self, files, shim, profile, at=0, torn=False):
        self.files, self.root = files, files.root
        self.counter = files.path("counter")
        with open(self.counter, "wb") as file:
            file.write(bytes(8))
        self.more = {"LD_PRELOAD": shim, "BALCONY_CUT_FOLDER": profile, "BALCONY_CUT_COUNTER": self.counter, "BALCONY_CUT_AT": str(at)}
        if torn:
            self.more["BALCONY_CUT_TORN"] = "1"

    def environment(self, ca):
        return {**self.files.environment(ca), **self.more}

    def changes(self):
        with open(self.counter, "rb") as file:
            return struct.unpack("=Q", file.read(8))[0]


class Killed(Exception):
    """The program was ended at the change that was chosen."""


class Cuts:
    def __init__(self, test, shim, kind, points):
        self.test, self.shim, self.points = test, shim, points
        self.server = test.started(Server(kind, "--friends")) if kind else None
        self.ca = self.server.ca if kind else None
        self.jid, self.peer = ((self.server.jid(name) for name in ("romeo", "juliet")) if kind
                               else ("romeo@verona.test", "juliet@verona.test"))
        self.options = () if kind else ("--offline",)
        self.rounds = 0
        self.killed = 0
        self.mine = []  # bodies that are stored
        self.theirs = []
        self.juliet = None

    # ---- one round

    def begin_round(self):
        """Offline a profile of its own for each; with a server the same goes on and on."""
        self.rounds += 1
        if self.server and self.juliet:
            return
        self.profile = self.test.files.path(f"profile-{self.rounds}")
        self.mine = []

    def start(self, at, torn):
        """The program, counting or not, ended by `at` or not."""
        files = Cutting(self.test.files, self.shim, self.profile, at, torn) if at is not None else self.test.files
        client = self.test.started(Headless(files, self.profile, self.ca, *self.options, name="romeo"))
        return client, files

    def end(self, client):
        client.kill()
        self.test.things.remove(client)

    def ask(self, client, cmd, **fields):
        """Killed where the program was ended meanwhile."""
        try:
            return client.ask(cmd, **fields)
        except Failure:
            if not self.was_killed(client):
                raise
            raise Killed from None

    def wait(self, client, *arguments, **fields):
        try:
            return client.wait(*arguments, **fields)
        except Failure:
            if not self.was_killed(client):
                raise
            raise Killed from None

    @staticmethod
    def was_killed(client):
        """Its output ends a moment before it does."""
        try:
            return client.process.wait(10) == -signal.SIGKILL
        except subprocess.TimeoutExpired:
            return False

    def add_account(self, client):
        if not self.ask(client, "account.list")["accounts"]:
            if self.server:
                client.add(self.server, "romeo")
            else:
                self.ask(client, "account.add", jid=self.jid, passwordStore="none")

    def write(self, client, number):
        body = f"round {self.rounds} message {number}"
        self.doubtful = body
        self.ask(client, "send", to=self.peer, body=body, messageId=body.replace(" ", "-"))
        self.mine.append(body)
        self.doubtful = None

    def script(self, client):
        """Twenty messages: all ours offline, else the half of them theirs."""
        self.doubtful = None
        self.add_account(client)
        if not self.server:
            for number in range(SCRIPT):
                self.write(client, number)
        else:
            self.wait(client, "state", state="online")
            for number in range(SCRIPT // 2):
                self.write(client, number)
                body = f"Juliet {self.rounds} {number}"
                self.juliet.ask("send", to=self.jid, body=body)
                self.theirs.append(body)
            self.wait(client, "message", body=self.theirs[-1])
            self.wait(client, "message.state", body=self.mine[-1], state=lambda state: state in ("accepted", "delivered"))
        self.ask(client, "quit")
        client.process.wait(30)
        if client.process.returncode == -signal.SIGKILL:
            raise Killed
        equal(client.process.returncode, 0, "the exit status")

    # ---- what must hold

    def bodies(self, client, chat, author):
        messages, before = [], {}
        while True:
            answer = client.ask("history", chat=chat, limit=1000, **before)
            messages = answer["messages"] + messages
            if answer["complete"]:
                return [m for m in messages if m["author"].split("/")[0] == author]
            before = {"before": messages[0]["key"]}

    def check_after(self):
        client, _ = self.start(None, False)
        damaged = [line for line in client.find(lambda line: line.get("event") == "error")]
        check(not damaged, "a kill must not look like damage", damaged)
        self.add_account(client)
        found = self.bodies(client, self.peer, self.jid)
        texts = [message["body"] for message in found]
        wanted = self.mine + ([self.doubtful] if self.doubtful else [])
        check(texts in (self.mine, wanted), "what is stored after the end", {"found": texts[-SCRIPT:]}, {"wanted": wanted[-SCRIPT:]})
        if self.server:
            self.check_both_sides(client, texts)
        else:
            equal({message["state"] for message in found} - {"queued"}, set(), "the states")
            equal(client.ask("stats")["outbox"], len(texts), "what waits")
            self.mine = list(texts)
            for number in range(len(texts), SCRIPT):
                self.write(client, number)
            equal([m["body"] for m in self.bodies(client, self.peer, self.jid)], self.mine, "all")
        client.ask("quit")
        client.wait_end(0)
        self.test.things.remove(client)
        with sqlite3.connect(os.path.join(self.profile, "balcony.db")) as database:
            equal(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], "the file")
        database.close()

    def check_both_sides(self, client, texts):
        self.mine = texts
        client.wait_online()
        until(lambda: client.state()["outbox"] == 0, "an empty outbox")
        for side, chat in ((client, self.peer), (self.juliet, self.jid)):
            for author, wanted in ((self.jid, self.mine), (self.peer, self.theirs)):
                def found():
                    return [message["body"] for message in self.bodies(side, chat, author)][-SCRIPT:]
                until(lambda: found()[-1:] == wanted[-1:], f"what {author} wrote last, at {side.name}'s")
                equal(found(), wanted[-SCRIPT:], f"what {author} wrote, at {side.name}'s")
        states = {message["state"] for message in self.bodies(client, self.peer, self.jid)}
        check(states <= {"accepted", "delivered"}, "the states", states)

    # ---- all rounds

    def measure(self):
        """An undisturbed round; gives the number of changes."""
        self.begin_round()
        if self.server:
            self.juliet = self.test.headless("juliet", self.ca)
            self.juliet.add(self.server, "juliet")
            self.juliet.wait_online()
            client, _ = self.start(None, False)
            self.script(client)
            self.test.things.remove(client)
            self.begin_round()
        client, files = self.start(0, False)
        self.script(client)
        self.test.things.remove(client)
        return files.changes()

    def cut_at(self, point, changes, torn):
        """Ends the program there. What comes together is stored together, so with a server a run may have fewer changes than
        the one that was counted: then a little earlier."""
        for _ in range(3 if self.server else 1):
            self.test.step(f"the end at change {point} of {changes}")
            self.begin_round()
            client, _ = self.start(point, torn=torn)
            ended = False
            try:
                self.script(client)
            except Killed:
                ended = True
            self.end(client)
            self.check_after()
            if ended:
                self.killed += 1
                break
            point = max(1, point * 3 // 4)

    def run(self):
        begin = time.monotonic()
        self.test.step("an undisturbed run")
        changes = self.measure()
        check(changes > 5 * SCRIPT, "the changes of the disk are counted", changes)
        step = max(1.0, changes / self.points) if self.points else 1.0
        # Offline the same all the time; with a server neither the first points nor the last are.
        points = sorted({1 + int(index * step) for index in range(int(changes / step))})
        for index, point in enumerate(points):
            self.cut_at(point, changes, torn=index % 2 == 1)
        check(self.killed >= len(points) * (0.8 if self.server else 1.0), "the program was ended", self.killed, len(points))
        print(f"{changes} changes, {self.killed} ends, {time.monotonic() - begin:.0f} s")
        if self.juliet:
            self.juliet.quit()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shim", required=True)
    parser.add_argument("--server", choices=("prosody", "ejabberd"))
    parser.add_argument("--points", type=int, default=0)
    options = parser.parse_args()
    with Test() as test:
        Cuts(test, options.shim, options.server, options.points).run()


if __name__ == "__main__":
    main()
