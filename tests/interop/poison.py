# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A message that ends the program wherever it is read (RELIABILITY C09, I14): after two ends it is kept as it came and passed
by, and all else arrives. The fault is that of support/endat.cpp, loaded into the program that people get.

    poison.py --shim FILE [--server prosody|ejabberd]
"""

import argparse
import signal

from harness import Failure, Headless, Server, Test, check, equal, until
from peer import Peer

MOST_ENDS = 2


def run(test, server, shim, peer, number, thread):
    """`thread`: the only one in which the fault is."""
    poison, before, after, more = f"what is in a name {number}", f"before {number}", f"after {number}", f"and more {number}"
    environment = {"LD_PRELOAD": shim, "BALCONY_END_AT": poison, **({"BALCONY_END_THREAD": thread} if thread else {})}
    me, them = server.jid("romeo"), server.jid("juliet")

    def start():
        return test.started(Headless(test.files, test.files.path("romeo"), server.ca, name="romeo", environment=environment))

    def shown():
        return [message["body"] for message in client.history(them, limit=50)]
    client = start()
    client.wait_online()
    test.step(f"a message that ends {thread or 'any thread'}")
    for body in (before, poison, after):
        peer.send(me, body)
    ends = 0
    while True:
        try:
            until(lambda: {before, after} <= set(shown()), "what came before and behind it")
            break
        except (Failure, OSError, ValueError):
            if client.process.wait(10) != -signal.SIGSEGV:
                raise
            ends += 1
            check(ends <= MOST_ENDS, "it ended again and again", ends)
            test.things.remove(client)
            client = start()
    equal(ends, MOST_ENDS, "how often it ended")
    test.step("and all goes on")
    peer.send(me, more)
    until(lambda: more in shown(), "what came later")
    # ejabberd may swap what it gives again; the archive's order is here once it is quiet.
    until(lambda: [body for body in shown() if body in (before, poison, after, more)] == [before, after, more],
          "all of it once, in order")
    equal(client.ask("stats")["parked"], 1, "what was kept as it came")
    client.quit()
    test.things.remove(client)
    # Nor does it come back from the archive.
    client = start()
    client.wait_online()
    until(lambda: not client.ask("archive.state")["running"], "the archive")
    equal([body for body in shown() if body in (before, poison, after, more)], [before, after, more], "what is shown")
    client.quit()
    test.things.remove(client)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    parser.add_argument("--shim", required=True)
    options = parser.parse_args()
    with Test() as test:
        server = test.started(Server(options.server, "--friends"))
        test.step("romeo is at the balcony")
        client = test.headless("romeo", server.ca)
        client.add(server, "romeo")
        client.wait_online()
        client.quit()
        test.things.remove(client)
        peer = Peer(server, "juliet")
        peer.wait("online")
        for number, thread in enumerate((None, "store-write")):
            run(test, server, options.shim, peer, number, thread)
        peer.close()


if __name__ == "__main__":
    main()
