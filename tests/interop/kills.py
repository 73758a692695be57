# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random times under traffic, with the server restarted among them: each message is in the stores of both
sides once, in the order of its author, and what was confirmed to a writer is never gone (RELIABILITY I1 to I13).

    kills.py --server prosody|ejabberd [--kills 200] [--seed NUMBER]

The seed is printed; it makes the same choices again, though not the same moments.

ejabberd has a fault of its own here: what it is given while it ends may be in the writer's archive and nowhere else, so it is
at rest before it ends. Both servers may swap what they deliver while they hand a session over from one stream to the next;
their archives tell the order then, once it is quiet.
"""

import argparse
import json
import random
import signal
import time

from harness import Failure, Server, Test, check, equal, until
from cuttablelink import Link
from peer import Peer

# How often everything has to be at rest and is counted.
SETTLE_EVERY = 5
RESTART_EVERY = 7


def difference(found, wanted):
    """What is missing, what is there more than once, and what is the first that stands elsewhere."""
    missing = [body for body in wanted if body not in found]
    twice = sorted({body for body in found if found.count(body) > 1})
    moved = next(((place, one, other) for place, (one, other) in enumerate(zip(found, wanted)) if one != other), None)
    return f"missing {missing}, twice {twice}, first difference {moved}, {len(found)} of {len(wanted)}"


def around(messages, author, found, wanted):
    """What stands around the first difference, with what the store knows of it."""
    theirs = [message for message in messages if message["author"].split("/")[0] == author]
    place = next((place for place, (one, other) in enumerate(zip(found, wanted)) if one != other), len(theirs) - 1)
    return "\n".join(f"    {message['body']} key {message['key']} time {message['time']} archive {message['archiveId']}"
                     for message in theirs[max(0, place - 6):place + 20])


def archive(server, name):
    """(author, body, id of the archive) of all that the server keeps for an account, in its order."""
    peer = Peer(server, name)

    async def fetch(client):
        client.register_plugin("xep_0313")
        found = []
        async for page in client["xep_0313"].retrieve(rsm={"max": 50}, iterator=True):
            for result in page["mam"]["results"]:
                message = result["mam_result"]["forwarded"]["stanza"]
                if message["body"]:
                    found.append((message["from"].bare, message["body"], result["mam_result"]["id"]))
        return found
    try:
        return peer.do(fetch)
    except Failure as error:
        return str(error)
    finally:
        peer.close()


class Side:
    """One account: its program, which comes and goes, and all that its person ever wrote."""

    def __init__(self, test, server, name, other, port=None):
        self.test, self.server, self.name = test, server, name
        self.jid, self.peer = server.jid(name), server.jid(other)
        self.said = []  # bodies, in the order of writing; the message's id is the body
        self.asked = {}  # the number of the command -> body
        self.sure = 0  # so many of them were confirmed to be on disk
        self.client = test.headless(name, server.ca)
        self.client.add(server, name, **({"port": port} if port else {}))
        self.client.wait_online()

    def write(self, bodies):
        """Commands without waiting for the answers."""
        for body in bodies:
            number = self.client.next_id
            self.client.next_id += 1
            self.asked[number] = body
            line = {"id": number, "cmd": "send", "to": self.peer, "body": body, "messageId": body.replace(" ", "-")}
            try:
                self.client.process.stdin.write((json.dumps(line) + "\n").encode())
                self.client.process.stdin.flush()
            except OSError:
                return  # it was killed

    def say(self, count):
        bodies = [f"{self.name} {len(self.said) + number}" for number in range(count)]
        self.said.extend(bodies)
        self.write(bodies)

    def answered(self):
        """Takes the answers that are there."""
        for line in self.client.find(lambda line: "ok" in line and line.get("id") in self.asked):
            body = self.asked.pop(line["id"])
            check(line["ok"], f"{self.name}: a message was refused", body, line.get("error"))
            self.sure = max(self.sure, self.said.index(body) + 1)

    def all_answered(self):
        def none_waits():
            self.answered()
            return not self.asked
        until(none_waits, f"the answers to what {self.name} wrote", deadline=60)

    def kill(self):
        self.client.process.send_signal(signal.SIGKILL)
        self.client.wait_end(-signal.SIGKILL)
        self.answered()
        self.asked.clear()

    def history(self):
        messages, before = [], {}
        while True:
            answer = self.client.ask("history", chat=self.peer, limit=1000, **before)
            messages = answer["messages"] + messages
            if answer["complete"]:
                return messages
            before = {"before": messages[0]["key"]}

    def by(self, author, messages=None):
        messages = self.history() if messages is None else messages
        return [message["body"] for message in messages if message["author"].split("/")[0] == author]

    def start(self):
        """Starts it again; all that was confirmed is there, whole and in order, and the rest is written again."""
        self.test.things.remove(self.client)
        self.asked.clear()  # what was written to a dead one is written again below
        self.client = self.test.headless(self.name, self.server.ca)
        stored = self.by(self.jid)
        equal(stored, self.said[:len(stored)], f"what {self.name} wrote, after the kill")
        check(len(stored) >= self.sure, f"{self.name}: a confirmed message is gone", len(stored), self.sure)
        self.write(self.said[len(stored):])


class Kills:
    def __init__(self, test, kind, kills, seed):
        self.test, self.kills = test, kills
        self.random = random.Random(seed)
        self.server = test.started(Server(kind, "--friends"))
        self.link = test.started(Link(self.server.port("starttls")))
        self.sides = [Side(test, self.server, "romeo", "juliet", self.link.port), Side(test, self.server, "juliet", "romeo")]
        self.rest_times = 0

    def talk(self, most):
        for side in self.sides:
            side.say(self.random.randint(0, most))

    def restart_server(self, victims):
        if self.server.kind == "ejabberd":
            for side in victims:
                side.start()
            self.settle()
            for side in victims:
                side.kill()
        self.server.command("halt")
        self.talk(3)  # to those who live
        self.server.command("start")

    def settle(self):
        """Nothing waits, and both have everything, once and in order."""
        for side in self.sides:
            side.all_answered()
            if side.client.state()["state"] != "online":
                mark = side.client.mark()
                side.client.ask("connect")
                if side.client.state()["state"] != "online":
                    side.client.wait_online(mark)
        for side in self.sides:
            until(lambda: side.client.state()["outbox"] == 0, f"an empty outbox of {side.name}", deadline=60)
        for side in self.sides:
            try:
                until(lambda: self.has_the_last(side) and not self.differences(side), f"all messages at {side.name}'s", deadline=60)
            except Failure as failure:
                for what in self.differences(side):
                    print(what, flush=True)
                raise Failure(f"{failure}\n    {side.client.ask('archive.state')}\n    {archive(self.server, side.name)}") from None
            # A receipt that was on its way when its writer was killed does not come again.
            states = {message["state"] for message in side.history() if message["direction"] == "out"}
            check(states <= {"accepted", "delivered"}, f"the states of {side.name}'s messages", states)

    def has_the_last(self, side):
        recent = {message["body"] for message in side.client.history(side.peer, limit=50)}
        return all(author.said[-1] in recent for author in self.sides if author.said)

    def differences(self, side):
        """What is not at that side as it was written."""
        messages = side.history()
        result = []
        for author in self.sides:
            found, wanted = side.by(author.jid, messages), author.said
            if found != wanted:
                result.append(f"what {author.name} wrote, at {side.name}'s: {difference(found, wanted)}\n"
                              + around(messages, author.jid, found, wanted))
        return result

    def kill(self, number):
        victims = self.random.choice(([self.sides[0]], [self.sides[1]], self.sides))
        self.talk(8)
        time.sleep(self.random.uniform(0, 0.3))  # no wait for anything: the moment of the kill
        for side in victims:
            side.kill()
        for side in self.sides:
            if side not in victims:
                side.say(self.random.randint(0, 4))
        if number % RESTART_EVERY == RESTART_EVERY - 1:
            self.restart_server(victims)
        elif self.random.random() < 0.2:
            self.link.cut()
            self.link.mend()
        for side in victims:
            side.start()
            if self.random.random() < 0.7:
                side.client.wait_online()
        for side in self.sides:
            side.answered()

    def run(self):
        begin = time.monotonic()
        self.settle()
        for number in range(self.kills):
            self.test.step(f"kill {number + 1}")
            self.kill(number)
            if number % SETTLE_EVERY == SETTLE_EVERY - 1:
                self.settle()
        self.test.step("all at rest")
        self.settle()
        for side in self.sides:
            side.client.quit()
        print(f"{self.server.kind}: {self.kills} kills, {sum(len(side.said) for side in self.sides)} messages, "
              f"{time.monotonic() - begin:.0f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed: {options.seed}", flush=True)
    with Test() as test:
        Kills(test, options.server, options.kills, options.seed).run()


if __name__ == "__main__":
    main()
