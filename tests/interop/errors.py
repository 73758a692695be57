# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong for people, each as one structured error, told once, and nothing written is lost.

    errors.py --server prosody|ejabberd
"""

import argparse
import os
import resource
import socket
import subprocess

from harness import Headless, Server, Test, check, check_error, equal, until

WORDS = "written while it did not work 写下的话"


def with_reason(client, since=0):
    """The state events that tell an error."""
    return client.find(lambda line: line.get("event") == "state" and line.get("reason"), since)


def add(test, name, server, **fields):
    """A client with one account that is about to fail; a message waits in it."""
    client = test.headless(name, server.ca)
    mark = client.mark()
    client.add(server, "romeo", **fields)
    return client, mark


def fails(client, mark, state, kind, conditions):
    """Ends in `state` with one error, told once; gives the event."""
    event = client.wait("state", since=mark, state=state)
    check_error(event["reason"], kind)
    check(event["reason"]["condition"] in conditions, "the condition", event["reason"])
    equal(client.state()["state"] in (state, "connecting"), True, "the state as it is asked for")
    attempts = client.find(lambda line: line.get("event") == "state" and line["state"] == state, mark)
    told = with_reason(client, mark)
    equal(len(told), len(attempts), "each failed attempt is told once")
    return event


def keeps(client, server):
    """A message can be written all the same, and waits."""
    answer = client.ask("send", to=server.jid("juliet"), body=WORDS)
    equal((answer["state"], client.state()["outbox"]), ("queued", 1), "a message that waits")
    equal([m["body"] for m in client.history(server.jid("juliet"))], [WORDS], "the message in the history")


def quiet(client, mark, seconds=3):
    """No further state within the time: the proof that nothing is tried again."""
    found = []
    try:
        found.append(client.wait("state", since=mark, deadline=seconds))
    except Exception:  # waited in vain, as it should be
        pass
    equal(found, [], "nothing is tried again")


def wrong_password(test, server):
    test.step("a wrong password")
    client, mark = add(test, "wrong-password", server, password="not-the-password")
    fails(client, mark, "needs-password", "auth", ("not-authorized",))
    keeps(client, server)
    quiet(client, client.mark())
    equal(len(with_reason(client)), 1, "the error is told once")
    mark = client.mark()
    client.ask("account.password", account=server.jid("romeo"), password=server.password("romeo"))
    client.ask("connect", account=server.jid("romeo"), password=server.password("romeo"))
    client.wait_online(mark)
    client.wait("message.state", since=mark, body=WORDS, state="accepted")
    until(lambda: client.state()["outbox"] == 0, "an empty outbox")
    client.quit()


def unknown_host(test, server):
    test.step("an unknown host")
    client, mark = add(test, "unknown-host", server, host="nowhere.invalid")
    event = fails(client, mark, "waiting", "network", ("host-unknown", "dns-failed"))
    check(event["nextTry"] > 0, "when the next try comes", event)
    keeps(client, server)
    client.quit()


def refused(test, server):
    test.step("a refused connection")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        client, mark = add(test, "refused", server, port=nobody.getsockname()[1])
        fails(client, mark, "waiting", "network", ("connection-refused",))
        keeps(client, server)
        client.quit()


def bad_certificate(test, kind, bad, conditions):
    test.step(f"a certificate that is bad: {bad}")
    server = test.started(Server(kind, "--bad-cert", bad))
    for tls in ("starttls", "direct"):
        client, mark = add(test, f"{bad}-{tls}", server, tls=tls)
        event = client.wait("state", since=mark, reason=lambda reason: reason)
        check_error(event["reason"], "tls")
        check(event["reason"]["condition"] in conditions, "the condition", event["reason"])
        check(event["state"] in ("waiting", "offline", "needs-decision"), "the state", event)
        certificate = event["reason"].get("certificate", {})
        check(all(certificate.get(key) for key in ("name", "issuer", "validFrom", "validTo")), "whose and since when", event)
        equal("since" in certificate, bad == "expired", "since when it is wrong")
        keeps(client, server)
        check(not client.find(lambda line: line.get("state") == "online" and line.get("event") == "state"), "never signed in")
        client.quit()
    server.close()


class SmallDisk:
    """A file system of 2 MiB where root may mount one. Else a limit of the size of files, set when it is to be full."""

    def __init__(self, test):
        self.folder = test.files.path("small-disk")
        os.mkdir(self.folder, 0o700)
        self.mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=0700", "tmpfs", self.folder],
                                      capture_output=True).returncode == 0
        self.ballast = os.path.join(self.folder, "ballast")

    def fill(self, client):
        if not self.mounted:
            resource.prlimit(client.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
            return
        with open(self.ballast, "wb", buffering=0) as file:
            piece = bytes(4096)
            try:
                while True:
                    file.write(piece)
            except OSError:
                pass

    def empty(self, client):
        if self.mounted:
            os.unlink(self.ballast)
        else:
            resource.prlimit(client.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self):
        if self.mounted:
            subprocess.run(["umount", "-l", self.folder], check=False)


def full_disk(test, server):
    test.step("a full disk")
    disk = test.started(SmallDisk(test))
    client = test.started(Headless(test.files, os.path.join(disk.folder, "profile"), server.ca, name="full-disk"))
    client.add(server, "romeo")
    client.wait_online()
    friend = test.headless("friend", server.ca)
    friend.add(server, "juliet")
    friend.wait_online()
    friend.wait("message", body=WORDS)  # the server had kept it from an earlier step
    friend.ask("send", to=server.jid("romeo"), body="before")
    client.wait("message", body="before")
    disk.fill(client)
    mark = client.mark()
    error = None
    for number in range(200):  # the log may have some room left
        answer = client.try_ask("send", to=server.jid("juliet"), body=f"{number}: " + "x" * 4000)
        if not answer["ok"]:
            error = answer["error"]
            break
    check(error, "a full disk must be told")
    check_error(error, "storage", "disk-full" if disk.mounted else None)
    sent = friend.ask("send", to=server.jid("romeo"), body="in between " + "y" * 8000)
    event = client.wait("error", since=mark)
    check_error(event["error"], "storage", "disk-full" if disk.mounted else None)
    disk.empty(client)
    client.wait("message", since=mark, id=sent["messageId"], deadline=60)
    friend.wait("message.state", key=sent["key"], state="delivered", deadline=60)
    again = client.ask("send", to=server.jid("juliet"), body="room again 又有地方了")
    friend.wait("message", id=again["messageId"], deadline=60)
    until(lambda: client.state()["outbox"] == 0, "an empty outbox", 60)
    stored = [m["body"] for m in client.history(server.jid("juliet"))]
    theirs = [m["body"] for m in friend.history(server.jid("romeo"))]
    equal(theirs, stored, "both have the same, in the same order")
    client.quit()
    friend.quit()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=["prosody", "ejabberd"], required=True)
    options = parser.parse_args()
    with Test() as test:
        server = test.started(Server(options.server, "--friends"))
        wrong_password(test, server)
        unknown_host(test, server)
        refused(test, server)
        bad_certificate(test, options.server, "name", ("certificate-name-mismatch",))
        bad_certificate(test, options.server, "self-signed", ("certificate-self-signed",))
        bad_certificate(test, options.server, "expired", ("certificate-expired",))
        full_disk(test, server)


if __name__ == "__main__":
    main()
