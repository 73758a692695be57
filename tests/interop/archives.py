# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carbons and the archive on a real server (XEP-0280, XEP-0313): two devices of one account see the same, and one that was
away catches up with a thousand messages over a link that is cut in between: each once, and in order.

    archives.py --server prosody|ejabberd
"""

import argparse
import time

from harness import Server, Test, check, equal, until
from cuttablelink import Link

MISSED = 500


class Archives:
    def __init__(self, test, kind):
        self.test = test
        self.server = test.started(Server(kind, "--friends"))
        self.link = test.started(Link(self.server.port("starttls")))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.juliet = self.client("juliet", "juliet")
        self.desk = self.client("romeo", "desk")
        self.said = []  # (author, body), as the server has them

    def client(self, account, name, port=None):
        client = self.test.headless(name, self.server.ca)
        client.add(self.server, account, **({"port": port} if port else {}))
        client.wait_online()
        until(lambda: client.ask("archive.state")["archive"] == "available", f"an archive for {name}")
        return client

    def say(self, client, author, to, body):
        answer = client.ask("send", to=to, body=body)
        self.said.append((author, body))
        return answer

    def sees(self, client, chat, wanted=None):
        """Each message once, and in the server's order."""
        wanted = self.said if wanted is None else wanted
        until(lambda: len(client.history(chat)) >= len(wanted), f"{len(wanted)} messages at {client.name}'s")
        found = [(message["author"].split("/")[0], message["body"]) for message in client.history(chat)]
        equal(found, wanted, f"what {client.name} has")

    def quiet(self, client):
        until(lambda: not client.ask("archive.state")["running"], f"the end of {client.name}'s catch-up")

    def copy(self):
        self.test.step("two devices of one account see what the other sends and gets, once")
        self.phone = self.client("romeo", "phone", self.link.port)
        for number in range(10):
            one, other = ((self.desk, self.phone), (self.phone, self.desk))[number % 2]
            answer = self.say(one, self.romeo_jid, self.juliet_jid, f"from {one.name} {number}")
            other.wait("message", body=f"from {one.name} {number}", direction="out", state=lambda s: s in ("accepted", "delivered"))
            one.wait("message.state", key=answer["key"], state="delivered")
            answer = self.say(self.juliet, self.juliet_jid, self.romeo_jid, f"from Juliet {number}")
            for device in (self.desk, self.phone):
                device.wait("message", body=f"from Juliet {number}", direction="in")
        for device in (self.desk, self.phone):
            self.sees(device, self.juliet_jid)
        self.sees(self.juliet, self.romeo_jid)

    def miss(self):
        self.test.step(f"{MISSED} messages while one device is away, and a link that is cut in between")
        self.phone.ask("disconnect")
        self.phone.wait("state", state="offline")
        for block in range(MISSED // 100):
            for author, jid, to, other, count in ((self.juliet, self.juliet_jid, self.romeo_jid, self.desk, 80),
                                                  (self.desk, self.romeo_jid, self.juliet_jid, self.juliet, 20)):
                for number in range(count):
                    self.say(author, jid, to, f"missed {block} {number} by {author.name}")
                other.wait("message", deadline=120, body=self.said[-1][1], direction="in")
        for cut in range(4):
            mark = self.phone.mark()
            self.phone.ask("connect")
            self.phone.wait_online(mark)
            # Or all of it was there before the cut came.
            until(lambda: self.phone.find(lambda line: line.get("event") == "archive" and line["fetched"] >= 50, mark)
                  or not self.gaps(self.phone), "some of it")
            self.phone.ask("disconnect") if cut % 2 else self.link.cut()
            self.phone.wait("state", since=mark, state=lambda s: s in ("offline", "waiting"))
            self.link.mend()
        self.phone.ask("disconnect")
        mark = self.phone.mark()
        self.phone.ask("connect")
        self.phone.wait_online(mark)
        self.whole(self.phone)

    def gaps(self, client):
        return [gap for gap in client.ask("archive.state")["gaps"] if not gap["history"]]

    def whole(self, client):
        until(lambda: not self.gaps(client), "no gap", deadline=120)
        self.quiet(client)
        wanted = self.said[-1000:]  # as many as one answer holds
        until(lambda: len(client.history(self.juliet_jid)) >= len(wanted), "all messages")
        found = [(message["author"].split("/")[0], message["body"]) for message in client.history(self.juliet_jid)]
        equal(len(found), len(set(found)), "nothing is there twice")
        lacking = [each for each in wanted if each not in found]
        if lacking: # lost, or only out of its place?
            older, all_of_it = client.history(self.juliet_jid), False
            while not all_of_it:
                answer = client.ask("history", chat=self.juliet_jid, limit=1000, before=older[0]["key"])
                older, all_of_it = answer["messages"] + older, answer["complete"]
            places = {message["body"]: (place, message["key"], message.get("archiveId"), message["time"])
                      for place, message in enumerate(older)}
            check(False, "each is in its place", {"of": len(older)},
                  {"lacking": [(each, places.get(each[1])) for each in lacking]})
        equal(found, wanted, f"what {client.name} has")

    def fresh(self):
        self.test.step("a new device has the newest at once, and all of it when it is asked for")
        tablet = self.client("romeo", "tablet")
        until(lambda: tablet.history(self.juliet_jid)[-1:] and tablet.history(self.juliet_jid)[-1]["body"] == self.said[-1][1],
              "the newest message")
        self.quiet(tablet)
        equal([chat["unread"] for chat in tablet.ask("chats")["chats"]], [0], "what is not read there")
        tablet.ask("archive.fetch")
        until(lambda: not tablet.ask("archive.state")["gaps"], "the whole archive", deadline=120)
        self.whole(tablet)

    def prefer(self):
        self.test.step("what the server keeps can be read and set")
        prefs = self.desk.ask("archive.prefs")
        check(prefs["default"] in ("always", "never", "roster"), "a default", prefs)
        equal(self.desk.ask("archive.prefs", default="roster")["default"], "roster", "the new default")
        equal(self.desk.ask("archive.prefs")["default"], "roster", "the default read again")

    def run(self):
        start = time.monotonic()
        for step in (self.copy, self.miss, self.fresh, self.prefer):
            step()
        print(f"{self.server.kind}: {len(self.said)} messages, {time.monotonic() - start:.0f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    options = parser.parse_args()
    with Test() as test:
        Archives(test, options.server).run()


if __name__ == "__main__":
    main()
