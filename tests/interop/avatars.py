# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of persons on a real server (XEP-0084, and XEP-0153 by XEP-0398): one sets its own, the other gets it, keeps it
over a restart, and sees it go; strangers get nothing, and a picture that lies is refused.

    avatars.py --server prosody|ejabberd
"""

import argparse
import base64
import hashlib
import struct
import zlib

from harness import Server, Test, check, equal, until
from peer import Peer


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, color, note=b""):
    """A picture of one colour, with a text in it."""
    rows = (b"\0" + bytes(color) * width) * height
    text = chunk(b"tEXt", b"Comment\0" + note) if note else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + text
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Avatars:
    def __init__(self, test, kind):
        self.test = test
        self.server = test.started(Server(kind, "--friends", accounts="romeo:montague,juliet:capulet,tybalt:cats"))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.romeo, self.juliet = self.client("romeo"), self.client("juliet")

    def client(self, name):
        client = self.test.headless(name, self.server.ca)
        client.add(self.server, name)
        client.wait_online()
        return client

    def file(self, name, content):
        path = self.test.files.path(name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def sees(self, client, jid, digest):
        """The picture that `client` gets, which must be the one of that hash."""
        def look():
            answer = client.try_ask("avatar.get", jid=jid)
            return answer if answer["ok"] and answer["hash"] == digest else None
        answer = until(look, f"the picture at {client.name}'s")
        data = base64.b64decode(answer["data"])
        equal(hashlib.sha1(data).hexdigest(), digest, "the picture's hash")
        return answer, data

    def published(self):
        self.test.step("what one sets the other gets, small and with nothing else in it")
        since = self.juliet.mark()
        path = self.file("romeo.png", png(600, 300, (200, 0, 0), b"a secret place"))
        digest = self.romeo.ask("avatar.set", path=path)["hash"]
        self.juliet.wait("avatar", since=since, jid=self.romeo_jid, hash=digest)
        answer, data = self.sees(self.juliet, self.romeo_jid, digest)
        equal((answer["type"], answer["width"], answer["height"]), ("image/png", 256, 128), "what it is")
        check(b"secret" not in data, "the text went with it")
        equal(self.romeo.ask("avatar.get")["hash"], digest, "one's own")
        equal(self.juliet.refused("avatar.get", jid=self.server.jid("tybalt"))["condition"], "no-avatar", "one who has none")
        return digest

    def kept(self, digest):
        self.test.step("it is there after a restart, without a connection")
        self.juliet.quit()
        self.juliet = self.test.headless("juliet", self.server.ca, "--offline")
        self.sees(self.juliet, self.romeo_jid, digest)
        since = self.juliet.mark()
        self.juliet.ask("connect")
        self.juliet.wait_online(since)

    def changed(self):
        self.test.step("another one while the other side is away comes at its next sign-in")
        self.juliet.ask("disconnect")
        until(lambda: self.juliet.state()["state"] == "offline", "Juliet offline")
        path = self.file("other.png", png(100, 100, (0, 0, 200)))
        digest = self.romeo.ask("avatar.set", path=path)["hash"]
        since = self.juliet.mark()
        self.juliet.ask("connect")
        self.juliet.wait_online(since)
        self.juliet.wait("avatar", since=since, jid=self.romeo_jid, hash=digest)
        self.sees(self.juliet, self.romeo_jid, digest)

    def refused(self):
        self.test.step("what is no picture does not go, and changes nothing")
        before = self.romeo.ask("avatar.get")["hash"]
        for name, content in (("page.png", b"<html>"), ("cut.png", png(100, 100, (1, 2, 3))[:40])):
            self.romeo.refused("avatar.set", path=self.file(name, content))
        self.romeo.refused("avatar.set", path=self.test.files.path("nothing.png"))
        equal(self.romeo.ask("avatar.get")["hash"], before, "the picture that was there")

    def removed(self):
        self.test.step("it goes when it is taken away")
        since = self.juliet.mark()
        equal(self.romeo.ask("avatar.set", path="")["hash"], None, "none any more")
        self.juliet.wait("avatar", since=since, jid=self.romeo_jid, hash=None)
        equal(self.juliet.refused("avatar.get", jid=self.romeo_jid)["condition"], "no-avatar", "nothing to get")

    def lied(self):
        self.test.step("a hash that lies is refused, and nothing of it is kept")
        liar = self.test.started(Peer(self.server, "romeo"))
        promised, sent = png(50, 50, (9, 9, 9)), png(50, 50, (8, 8, 8))
        digest = hashlib.sha1(promised).hexdigest()
        since = self.juliet.mark()
        self.publish(liar, "data", digest, f"<data xmlns='urn:xmpp:avatar:data'>{base64.b64encode(sent).decode()}</data>")
        self.publish(liar, "metadata", digest, "<metadata xmlns='urn:xmpp:avatar:metadata'>"
                     f"<info bytes='{len(promised)}' id='{digest}' type='image/png' width='50' height='50'/></metadata>")
        self.juliet.wait("avatar", since=since, jid=self.romeo_jid, hash=digest)
        if self.server.kind == "ejabberd":
            # It looks at the data itself, and tells its right name.
            self.sees(self.juliet, self.romeo_jid, hashlib.sha1(sent).hexdigest())
            return
        equal(self.juliet.refused("avatar.get", jid=self.romeo_jid)["condition"], "avatar-wrong", "what lies")
        # Asked again, it is not fetched again.
        before = self.juliet.ask("stats")["stanzasOut"]
        equal(self.juliet.refused("avatar.get", jid=self.romeo_jid)["condition"], "avatar-wrong", "what lies, asked again")
        equal(self.juliet.ask("stats")["stanzasOut"], before, "stanzas sent meanwhile")

    @staticmethod
    def publish(peer, node, item, payload):
        peer.do(lambda client: client.send_raw(
            f"<iq type='set' id='{node}-1'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
            f"<publish node='urn:xmpp:avatar:{node}'><item id='{item}'>{payload}</item></publish></pubsub></iq>"))

    def run(self):
        digest = self.published()
        self.kept(digest)
        self.changed()
        self.refused()
        self.removed()
        self.lied()
        for client in (self.romeo, self.juliet):
            client.quit()
        self.test.files.check_home_untouched()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    options = parser.parse_args()
    with Test() as test:
        Avatars(test, options.server).run()


if __name__ == "__main__":
    main()
