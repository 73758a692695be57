# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managed streams on a real server (XEP-0198): links that break under traffic, a client that is killed, a server that
restarts. Each message comes once and in order, at both sides.

    sessions.py --server prosody|ejabberd
"""

import argparse
import signal

from harness import Server, Test, check, equal, until
from cuttablelink import Link


def bodies(client, chat):
    return [message["body"] for message in client.history(chat)]


class Sessions:
    def __init__(self, test, kind):
        self.test = test
        self.server = test.started(Server(kind, "--friends"))
        self.link = test.started(Link(self.server.port("starttls")))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.juliet = test.headless("juliet", self.server.ca)
        self.juliet.add(self.server, "juliet")
        self.juliet.wait_online()
        self.romeo = test.headless("romeo", self.server.ca)
        self.romeo.add(self.server, "romeo", port=self.link.port)
        self.romeo.wait_online()
        self.romeo.wait("presence", jid=self.juliet_jid, available=True)
        self.said = {self.romeo_jid: [], self.juliet_jid: []}
        self.number = 0
        self.ordered = True

    # What the other side says is with the server before a session is asked back: ejabberd may swap what it gets while it
    # hands a session over from the one stream to the other.

    def managed(self, client, resumed):
        state = client.state()["streamManagement"]
        equal(state, {"enabled": True, "resumable": True, "resumed": resumed}, "how the stream is managed")

    def say(self, name, count=1):
        """Some messages from `name` to the other; gives the answers."""
        client, other = ((self.romeo, self.juliet_jid), (self.juliet, self.romeo_jid))[name == "juliet"]
        answers = []
        for _ in range(count):
            self.number += 1
            body = f"{name} {self.number} 说"
            answers.append(client.ask("send", to=other, body=body))
            self.said[self.server.jid(name)].append(body)
        return answers

    def has_taken(self, client, answers):
        """Waits until the server has what `client` sent."""
        for answer in answers:
            client.wait("message.state", key=answer["key"], state=lambda s: s in ("accepted", "delivered"))

    def settle(self):
        """Everything is at both sides, once, in the order of each author, and nothing waits."""
        for client, chat in ((self.romeo, self.juliet_jid), (self.juliet, self.romeo_jid)):
            total = sum(map(len, self.said.values()))
            until(lambda: len(bodies(client, chat)) >= total, f"{total} messages at {client.name}'s")
            for author, wanted in self.said.items():
                found = [m["body"] for m in client.history(chat) if m["author"] == author]
                if not self.ordered:
                    found, wanted = sorted(found), sorted(wanted)
                equal(found, wanted, f"what {author} said, at {client.name}'s")
            until(lambda: client.state()["outbox"] == 0, "an empty outbox")

    def begin(self):
        self.test.step("a managed stream, acknowledged")
        self.managed(self.romeo, False)
        for name in ("romeo", "juliet"):
            self.has_taken(self.romeo if name == "romeo" else self.juliet, self.say(name, 20))
        self.settle()

    def cut(self):
        self.test.step("the link is cut under traffic, both write meanwhile, the session goes on")
        for _ in range(3):
            mark, seen = self.romeo.mark(), self.juliet.mark()
            before = self.say("romeo", 5)
            self.link.cut()
            theirs = self.say("juliet", 5)
            self.romeo.wait("state", since=mark, state="waiting")
            self.has_taken(self.juliet, theirs)
            during = self.say("romeo", 5)
            self.link.mend()
            self.romeo.ask("connect")
            self.romeo.wait_online(mark)
            self.managed(self.romeo, True)
            for answer in before + during:
                self.romeo.wait("message.state", key=answer["key"], state="delivered")
            self.settle()
            gone = self.juliet.find(lambda line: line.get("event") == "presence" and line["jid"] == self.romeo_jid)
            check(all(line["available"] for line in gone[-1:]), "nobody saw Romeo go", gone, seen)

    def freeze(self):
        self.test.step("a half-open link is noticed under traffic")
        mark = self.romeo.mark()
        self.link.freeze()
        self.say("romeo", 3)
        self.say("juliet", 3)
        self.romeo.wait("state", since=mark, state="waiting", deadline=45)
        self.link.cut()
        self.link.mend()
        self.romeo.ask("connect")
        self.romeo.wait_online(mark)
        self.managed(self.romeo, True)
        self.settle()

    def slow(self):
        self.test.step("a link so slow that the question stands behind a long message for longer than its answer may take")
        mark = self.romeo.mark()
        self.link.rate = 2000
        body = " ".join(["slow"] * 8000)
        answer = self.romeo.ask("send", to=self.juliet_jid, body=body)
        self.said[self.romeo_jid].append(body)
        self.romeo.wait("message.state", key=answer["key"], state=lambda s: s in ("accepted", "delivered"), deadline=90)
        self.link.rate = None
        equal(self.romeo.find(lambda line: line.get("event") == "state", mark), [], "the stream stays")
        self.settle()

    def kill(self):
        self.test.step("kill -9 in the middle, and the next start goes on with the session")
        for _ in range(3):
            self.say("romeo", 5)
            self.say("juliet", 5)
            self.romeo.process.send_signal(signal.SIGKILL)
            self.romeo.wait_end(-signal.SIGKILL)
            self.has_taken(self.juliet, self.say("juliet", 5))
            self.romeo = self.test.headless("romeo", self.server.ca)
            self.romeo.wait_online()
            self.managed(self.romeo, True)
            self.settle()
            self.romeo.wait("presence", jid=self.juliet_jid, available=True)

    def restart(self):
        self.test.step("the server restarts: the session is gone, what it did not have goes again once")
        marks = {client: client.mark() for client in (self.romeo, self.juliet)}
        # Three that the server has without Romeo's knowing, and three that it has not. It must have passed on the first
        # before it is halted: what it has in the author's archive and not yet at the addressee's ejabberd may lose.
        self.link.deafen()
        self.say("romeo", 3)
        until(lambda: self.said[self.romeo_jid][-1] in bodies(self.juliet, self.romeo_jid), "what the server had at Juliet's")
        self.link.cut()
        self.romeo.wait("state", since=marks[self.romeo], state="waiting")
        self.say("romeo", 3)
        self.server.command("halt")
        for client, mark in marks.items():
            client.wait("state", since=mark, state="waiting")
        self.server.command("start")
        # What comes before Juliet's presence is kept for her and may come after what follows it: the server's own order.
        self.ordered = False
        for client in (self.juliet, self.romeo):
            client.ask("connect")
            client.wait_online(marks[client])
            self.managed(client, False)
            self.link.mend()
        self.juliet.wait("presence", since=marks[self.juliet], jid=self.romeo_jid, available=True)
        self.say("juliet", 3)
        self.settle()

    def leave(self):
        self.test.step("an orderly end leaves no session behind")
        self.romeo.quit()
        self.romeo = self.test.headless("romeo", self.server.ca)
        self.romeo.wait_online()
        self.managed(self.romeo, False)
        self.settle()

    def run(self):
        slow = [self.slow] if self.server.kind == "prosody" else []  # it is about the client alone, and takes its time
        for step in (self.begin, self.cut, self.freeze, *slow, self.kill, self.restart, self.leave):
            step()
        for client in (self.romeo, self.juliet):
            client.quit()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    options = parser.parse_args()
    with Test() as run:
        Sessions(run, options.server).run()
