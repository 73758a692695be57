# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files between two Balconies by a real server's upload service (XEP-0363, XEP-0447, XEP-0066): what goes, comes, is too
large, is cut in the middle, and goes on after the program was killed.

    files.py --server prosody|ejabberd
"""

import argparse
import hashlib
import os
import stat
import sys

sys.dont_write_bytecode = True

from cuttablelink import Link
from harness import HERE, Server, Test, check, check_error, equal, until

sys.path.insert(0, os.path.join(HERE, os.pardir, "support"))

import proxies  # noqa: E402

MOST = 10485760  # bytes that the servers take
SLOW = 200_000  # bytes a second


class Exchange:
    def __init__(self, test, kind):
        self.test = test
        self.server = test.started(Server(kind, "--friends", accounts="romeo:montague,juliet:capulet,tybalt:cats"))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.romeo = self.client("romeo", "romeo")
        self.juliet = self.client("juliet", "juliet")

    def client(self, account, name, **fields):
        client = self.test.headless(name, self.server.ca)
        client.add(self.server, account, **fields)
        client.wait_online()
        return client

    def file(self, name, size):
        path = self.test.files.path(name)
        with open(path, "wb") as file:
            file.write(os.urandom(size))
        return path

    def arrived(self, client, peer, name, count=1):
        """The message with the file of that name; there once."""
        def look():
            found = [m for m in client.history(peer) if any(f["name"] == name for f in m["files"])]
            return found if len(found) >= count else None
        found = until(look, f"{name} at {client.name}'s")
        equal(len(found), count, f"messages with {name} at {client.name}'s")
        return found[-1]

    def here(self, client, peer, name, path):
        """The file on the disk of `client`, which must be the one at `path`."""
        def look():
            file = self.arrived(client, peer, name)["files"][0]
            check(file["state"] != "failed", "the file failed", file)
            return file if file["state"] == "here" else None
        file = until(look, f"{name} on {client.name}'s disk")
        with open(path, "rb") as mine, open(file["path"], "rb") as theirs:
            check(mine.read() == theirs.read(), "another file came")
        check(file["path"].startswith(client.profile + "/files/"), "the file is not in the profile", file["path"])
        equal(stat.S_IMODE(os.stat(file["path"]).st_mode), 0o600, "who may read the file")
        return file

    def order(self):
        """Both see the same messages in the same order."""
        def bodies(client, peer):
            return [m["id"] for m in client.history(peer)]
        until(lambda: bodies(self.romeo, self.juliet_jid) == bodies(self.juliet, self.romeo_jid), "the same order on both sides")

    def picture(self):
        self.test.step("a picture goes, is fetched by itself, and is the same")
        path = self.file("très 小.png", 1_500_000)
        answer = self.romeo.ask("send.file", to=self.juliet_jid, path=path)
        equal(answer["state"], "queued", "it is on disk")
        self.romeo.ask("send", to=self.juliet_jid, body="behind the picture")
        self.romeo.wait("file", file=answer["file"], state="uploading", done=1_500_000)
        self.romeo.wait("message.state", key=answer["key"], state="delivered")
        message = self.arrived(self.juliet, self.romeo_jid, "très 小.png")
        file = message["files"][0]
        with open(path, "rb") as content:
            wanted = hashlib.sha256(content.read()).hexdigest()
        equal(file["hash"], {"algorithm": "sha-256", "value": wanted}, "the hash")
        equal((file["type"], file["size"]), ("image/png", 1_500_000), "type and size")
        check(file["url"].startswith("https://localhost:"), "where it is", file)
        equal(message["body"], file["url"], "what older clients read")
        self.here(self.juliet, self.romeo_jid, "très 小.png", path)
        own = self.arrived(self.romeo, self.juliet_jid, "très 小.png")
        equal((own["body"], own["files"][0]["state"], own["files"][0]["path"]), (file["url"], "here", path), "at the sender's")
        until(lambda: len(self.juliet.history(self.romeo_jid)) == 2, "the text behind it")
        self.order()
        self.romeo.check_connections({self.server.port("starttls"), self.server.facts["http"]})

    def attachment(self):
        self.test.step("what is no picture is fetched when it is asked for; a caption stands beside it")
        path = self.file("poison.zip", 300_000)
        self.romeo.ask("send.file", to=self.juliet_jid, path=path, caption="Drink & 😘\nall of it")
        message = self.arrived(self.juliet, self.romeo_jid, "poison.zip")
        file = message["files"][0]
        equal((file["state"], file["path"]), ("remote", None), "it is not fetched by itself")
        equal(message["body"], "Drink & 😘\nall of it\n" + file["url"], "caption and address")
        self.juliet.ask("file.accept", file=file["file"])
        self.here(self.juliet, self.romeo_jid, "poison.zip", path)
        equal(self.juliet.refused("file.accept", file=file["file"])["condition"], "file-here", "asked again")
        equal(self.juliet.refused("file.accept", file=4711)["condition"], "file-unknown", "asked for nothing")

    def stranger(self):
        self.test.step("nothing is fetched by itself where it is switched off, or from who is no contact any more")
        self.juliet.ask("account.set", automaticFiles=0)
        path = self.file("off.png", 1000)
        self.romeo.ask("send.file", to=self.juliet_jid, path=path)
        file = self.arrived(self.juliet, self.romeo_jid, "off.png")["files"][0]
        equal(file["state"], "remote", "switched off")
        self.juliet.ask("account.set", automaticFiles=MOST)
        self.juliet.ask("roster.remove", jid=self.server.jid("tybalt"))
        until(lambda: not self.juliet.contact(self.server.jid("tybalt")), "Tybalt out of the list")
        tybalt = self.client("tybalt", "tybalt")
        tybalt.ask("send.file", to=self.juliet_jid, path=self.file("duel.png", 1000))
        file = self.arrived(self.juliet, self.server.jid("tybalt"), "duel.png")["files"][0]
        self.romeo.ask("send.file", to=self.juliet_jid, path=self.file("marker.png", 1000))
        until(lambda: self.arrived(self.juliet, self.romeo_jid, "marker.png")["files"][0]["state"] == "here", "the one behind it")
        file = self.arrived(self.juliet, self.server.jid("tybalt"), "duel.png")["files"][0]
        equal(file["state"], "remote", "a stranger's")
        tybalt.quit()

    def refusals(self):
        self.test.step("a file that the server does not take fails with its reason, and holds nothing up")
        path = self.file("large.bin", MOST + 1)
        answer = self.romeo.ask("send.file", to=self.juliet_jid, path=path)
        self.romeo.ask("send", to=self.juliet_jid, body="behind what is too large")
        failed = self.romeo.wait("message.state", key=answer["key"], state="failed")
        check_error(failed["error"], condition="file-too-large")
        check(str(MOST) in failed["error"]["text"], "how much would do", failed["error"])
        until(lambda: any(m["body"] == "behind what is too large" for m in self.juliet.history(self.romeo_jid)), "the text behind it")
        # Smaller, it goes, and has its old place in our chat.
        with open(path, "r+b") as file:
            file.truncate(1000)
        self.romeo.ask("file.accept", file=answer["file"])
        self.romeo.wait("message.state", key=answer["key"], state="delivered")
        self.arrived(self.juliet, self.romeo_jid, "large.bin")
        for wrong, condition in ((self.test.files.path("nothing"), "not-a-file"), (self.test.files.root, "not-a-file"),
                                 (self.file("empty", 0), "file-empty")):
            equal(self.romeo.refused("send.file", to=self.juliet_jid, path=wrong)["condition"], condition, wrong)
        self.romeo.ask("send.file", to=self.juliet_jid, path=self.file("full.bin", MOST))
        self.arrived(self.juliet, self.romeo_jid, "full.bin")

    def gone(self):
        self.test.step("a file goes with its message, and leaves nothing on the disk")
        file = self.arrived(self.juliet, self.romeo_jid, "très 小.png")["files"][0]
        own = self.arrived(self.romeo, self.juliet_jid, "très 小.png")
        self.romeo.ask("send", to=self.juliet_jid, retract=own["key"])
        until(lambda: not os.path.exists(os.path.dirname(file["path"])), "the retracted picture off the disk")
        check(os.path.exists(own["files"][0]["path"]), "the sender's own file stays")

    def middle(self):
        """Uploads through a slow way that a test can cut; the sender is killed, too."""
        self.test.step("cut in the middle: it begins anew, by the account's proxy alone, and arrives once")
        link = self.test.started(Link(self.server.facts["http"]))
        proxy = proxies.Proxy("socks5", {self.server.domain: ("127.0.0.1", self.server.port("starttls")),
                                         "localhost": ("127.0.0.1", link.port)})
        phone = self.test.headless("phone", self.server.ca)
        phone.ask("account.add", jid=self.romeo_jid, password=self.server.password("romeo"), passwordStore="file", port=5222,
                  tls="starttls", proxy=proxy.url)
        phone.wait_online()
        link.rate = SLOW
        path = self.file("slow.bin", 9_000_000)
        answer = phone.ask("send.file", to=self.juliet_jid, path=path)
        phone.ask("send", to=self.juliet_jid, body="behind the slow one")
        phone.wait("file", file=answer["file"], state="uploading", done=lambda done: done > 0)
        phone.check_connections({proxy.port})
        link.cut()
        link.mend()
        until(lambda: link.accepted >= 2, "another try")
        equal(phone.state()["outbox"], 2, "both wait")
        self.test.step("killed in the middle: it goes on by itself, with a new slot")
        phone.kill()
        link.cut()
        link.mend()
        link.rate = None
        phone = self.test.headless("phone", self.server.ca)
        phone.wait_online()
        until(lambda: phone.state()["outbox"] == 0, "an empty outbox")
        message = self.arrived(self.juliet, self.romeo_jid, "slow.bin")
        self.juliet.ask("file.accept", file=message["files"][0]["file"])
        self.here(self.juliet, self.romeo_jid, "slow.bin", path)
        bodies = [m["body"] for m in self.juliet.history(self.romeo_jid)]
        equal(bodies.count("behind the slow one"), 1, "the text behind it")
        check(bodies.index(message["body"]) < bodies.index("behind the slow one"), "the order", bodies)
        self.test.step("taken back while it goes: it never arrives, and what is behind it does")
        link.rate = SLOW
        answer = phone.ask("send.file", to=self.juliet_jid, path=self.file("never.bin", 9_000_000))
        phone.wait("file", file=answer["file"], state="uploading", done=lambda done: done > 0)
        phone.ask("send", to=self.juliet_jid, body="behind what never came")
        phone.ask("file.cancel", file=answer["file"])
        phone.wait("message.removed", key=answer["key"])
        until(lambda: any(m["body"] == "behind what never came" for m in self.juliet.history(self.romeo_jid)), "the text behind it")
        check(not any(f["name"] == "never.bin" for m in self.juliet.history(self.romeo_jid) for f in m["files"]), "it came all the same")
        equal({name for name in proxy.asked}, {f"{self.server.domain}:5222", f"localhost:{self.server.facts['http']}"}, "what the proxy was asked")
        phone.quit()
        proxy.close()

    def archive(self):
        self.test.step("a new device knows the files from the archive, and fetches what is asked for")
        laptop = self.client("juliet", "laptop")
        until(lambda: laptop.ask("archive.state")["archive"] == "available", "an archive")
        laptop.ask("archive.fetch", account=self.juliet_jid)
        message = self.arrived(laptop, self.romeo_jid, "poison.zip")
        file = message["files"][0]
        equal((file["state"], file["size"], file["type"]), ("remote", 300_000, "application/zip"), "what is known of it")
        laptop.ask("file.accept", file=file["file"])
        self.here(laptop, self.romeo_jid, "poison.zip", self.test.files.path("poison.zip"))
        laptop.quit()

    def run(self):
        for step in (self.picture, self.attachment, self.stranger, self.refusals, self.middle, self.archive, self.gone):
            step()
        for client in (self.romeo, self.juliet):
            client.quit()
        self.test.files.check_home_untouched()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    options = parser.parse_args()
    with Test() as run:
        Exchange(run, options.server).run()
