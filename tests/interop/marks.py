# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read, on a real server: the other side is told (XEP-0333), our own devices agree (XEP-0490), and nothing goes
back, whoever reads where, online or not.

    marks.py --server prosody|ejabberd
"""

import argparse

from harness import Server, Test, check, equal, until


class Marks:
    def __init__(self, test, kind):
        self.test = test
        self.server = test.started(Server(kind, "--friends"))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.juliet = self.client("juliet", "juliet")
        self.desk, self.phone = self.client("romeo", "desk"), self.client("romeo", "phone")

    def client(self, account, name, **fields):
        client = self.test.headless(name, self.server.ca)
        client.add(self.server, account, **fields)
        client.wait_online()
        until(lambda: client.ask("archive.state")["archive"] == "available", f"an archive for {name}")
        return client

    def unread(self, client):
        return [chat["unread"] for chat in client.ask("chats")["chats"]]

    def says(self, *words, to=None):
        keys = []
        for word in words:
            keys.append(self.juliet.ask("send", to=self.romeo_jid, body=word)["key"])
            for client in to if to is not None else (self.desk, self.phone):
                client.wait("message", body=word, direction="in")
        return keys

    def state(self, key):
        return next(m["state"] for m in self.juliet.history(self.romeo_jid) if m["key"] == key)

    def live(self):
        self.test.step("what one device reads is read on the other, and the other side knows")
        keys = self.says("one", "two", "three")
        equal((self.unread(self.desk), self.unread(self.phone)), ([3], [3]), "unread")
        self.desk.ask("chat.read", chat=self.juliet_jid)
        until(lambda: self.unread(self.phone) == [0], "nothing unread on the phone")
        for key in keys:
            until(lambda key=key: self.state(key) == "displayed", "all of them seen, as Juliet knows it")

    def away(self):
        self.test.step("what was read while the other device was away, and offline")
        self.phone.ask("disconnect")
        self.phone.wait("state", state="offline")
        keys = self.says("four", "five", to=(self.desk,))
        self.desk.ask("disconnect")
        until(lambda: self.desk.state()["state"] == "offline", "the desk offline")
        self.desk.ask("chat.read", chat=self.juliet_jid)
        check(self.state(keys[-1]) != "displayed", "nobody can know yet")
        mark = self.desk.mark()
        self.desk.ask("connect")
        self.desk.wait_online(mark)
        until(lambda: self.state(keys[-1]) == "displayed", "seen, as Juliet knows it")
        mark = self.phone.mark()
        self.phone.ask("connect")
        self.phone.wait_online(mark)
        until(lambda: len(self.phone.history(self.juliet_jid)) == 5 and self.unread(self.phone) == [0], "read on the phone")

    def private(self):
        self.test.step("a device that does not tell the other side tells our own")
        self.phone.ask("account.set", displayedMarkers=False)
        keys = self.says("six")
        self.phone.ask("chat.read", chat=self.juliet_jid)
        until(lambda: self.unread(self.desk) == [0], "nothing unread on the desk")
        check(self.state(keys[0]) != "displayed", "what Juliet does not know")

    def fresh(self):
        self.test.step("a new device has nothing unread")
        keys = self.says("seven")
        tablet = self.client("romeo", "tablet")
        until(lambda: [m["body"] for m in tablet.history(self.juliet_jid)][-1:] == ["seven"], "the newest message")
        self.desk.ask("chat.read", chat=self.juliet_jid)
        for client in (tablet, self.phone):
            until(lambda client=client: self.unread(client) == [0], f"nothing unread at {client.name}'s")
        until(lambda: self.state(keys[0]) == "displayed", "seen, as Juliet knows it")

    def run(self):
        for step in (self.live, self.away, self.private, self.fresh):
            step()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    options = parser.parse_args()
    with Test() as test:
        Marks(test, options.server).run()


if __name__ == "__main__":
    main()
