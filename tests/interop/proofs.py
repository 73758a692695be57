# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in by a certificate and as a guest, and a server that changes its key.

    proofs.py --server prosody|ejabberd
"""

import argparse
import os
import sqlite3

from harness import Server, Test, check, check_error, equal, export

# Where the server of a stock Debian takes certificates of clients; Prosody 0.12 needs a module of others for that.
TAKES_CERTIFICATES = ("ejabberd",)


def add(client, server, name, tls, **fields):
    client.ask("account.add", jid=server.jid(name), passwordStore="file", host="127.0.0.1", port=server.port(tls), tls=tls,
               **fields)


def file_of(server, name):
    return os.path.join(server.facts["folder"], name)


def check_no_copy(client):
    """The certificate and its key stay in the person's own file."""
    for folder, _, names in os.walk(client.profile):
        for path in filter(os.path.isfile, (os.path.join(folder, name) for name in names)):
            with open(path, "rb") as file:
                check(b"PRIVATE KEY" not in file.read(), "a key was copied into the profile", path)


def sign_in_by_certificate(test, server, tls, name, passphrase):
    test.step(f"a certificate: {name}, {tls}")
    client = test.headless(f"by-{name}-{tls}", server.ca)
    fields = {"certificatePassphrase": passphrase} if passphrase else {}
    add(client, server, "romeo", tls, certificateFile=file_of(server, name), **fields)
    client.wait_online()
    state = client.state()
    print(f"    {server.kind}: {state['tls']['version']}, {state['sasl']}", flush=True)
    equal((state["sasl"]["mechanism"], state["sasl"]["channelBinding"]), ("EXTERNAL", ""), "how it signed in")
    equal(state["tls"]["version"], "TLSv1.3", "a certificate is shown under TLS 1.3 alone")
    equal(client.ask("account.list")["accounts"][0]["signIn"], "certificate", "what signs in")
    mark = client.mark()
    client.ask("disconnect")
    client.wait("state", since=mark, state="offline")
    mark = client.mark()
    client.ask("connect")
    client.wait_online(mark)
    check_no_copy(client)
    client.quit()
    again = test.headless(f"by-{name}-{tls}", server.ca)
    again.wait_online()
    again.quit()


def ask_for_passphrase(test, server):
    test.step("a wrong passphrase, a missing one, and the right one")
    client = test.headless("passphrase", server.ca)
    mark = client.mark()
    add(client, server, "romeo", "direct", certificateFile=file_of(server, "client-romeo.p12"), certificatePassphrase="wrong-one")
    check_error(client.wait("state", since=mark, state="needs-password")["reason"], "auth", "certificate-passphrase")
    mark = client.mark()
    client.ask("connect", account=server.jid("romeo"), password="romeo")
    client.wait_online(mark)
    client.quit()


def refuse_certificates(test, server):
    test.step("certificates that do not do")
    client = test.headless("bad-files", server.ca)
    mark = client.mark()
    add(client, server, "romeo", "direct", certificateFile=file_of(server, "nowhere.pem"))
    check_error(client.wait("state", since=mark, state="needs-decision")["reason"], "secret", "certificate-file")
    for name, state, kind, condition in (
            ("ca.pem", "needs-decision", "secret", "certificate-unreadable"),
            ("client-expired.pem", "needs-decision", "secret", "own-certificate-expired"),
            ("client-juliet.pem", "offline", "auth", "own-certificate-refused")):
        client.ask("account.set", certificateFile=file_of(server, name))
        mark = client.mark()
        client.ask("connect", account=server.jid("romeo"))
        reason = client.wait("state", since=mark, state=state, reason=lambda reason: reason)["reason"]
        check_error(reason, kind, condition)
        if condition == "own-certificate-expired":
            certificate = reason["certificate"]
            equal(certificate["name"], server.jid("romeo"), "whose it is")
            equal(certificate["since"], certificate["validTo"], "since when it is over")
            check(certificate["since"][:10] in reason["text"], "the sentence says since when", reason)
    client.ask("account.set", certificateFile=file_of(server, "client-romeo.pem"))
    mark = client.mark()
    client.ask("connect", account=server.jid("romeo"))
    client.wait_online(mark)
    client.quit()


def not_taken(test, server):
    test.step("a server that takes no certificates")
    client = test.headless("not-taken", server.ca)
    mark = client.mark()
    add(client, server, "romeo", "starttls", certificateFile=file_of(server, "client-romeo.pem"))
    event = client.wait("state", since=mark, state="offline", reason=lambda reason: reason)
    check_error(event["reason"], "auth", "certificate-not-taken")
    client.ask("account.set", certificateFile="")
    mark = client.mark()
    client.ask("connect", account=server.jid("romeo"), password=server.password("romeo"))
    client.wait_online(mark)
    check(client.state()["sasl"]["mechanism"].startswith("SCRAM-"), "the password signs in again", client.state())
    client.quit()


def accounts_in(profile):
    with sqlite3.connect(os.path.join(profile, "balcony.db")) as database:
        return [jid for (jid,) in database.execute("SELECT jid FROM accounts")]


def be_guests(test, server):
    test.step("guests")
    domain = server.facts["guests"]
    clients, addresses = [], []
    for number, tls in enumerate(("starttls", "direct")):
        client = test.headless(f"guest-{number}", server.ca)
        check_error(client.refused("account.add", jid=f"me@{domain}", guest=True), "input", "bad-field")
        check_error(client.refused("account.add", jid=domain), "input", "bad-field")
        answer = client.ask("account.add", jid=domain, guest=True, host="127.0.0.1", port=server.port(tls), tls=tls)
        equal(answer["account"], domain, "the name of the account")
        client.wait_online()
        state = client.state()
        print(f"    {server.kind}: {state['tls']['version']}, {state['sasl']}", flush=True)
        equal(state["sasl"]["mechanism"], "ANONYMOUS", "how it signed in")
        bare = state["jid"].partition("/")[0]
        check(bare.endswith("@" + domain) and bare[0] != "@", "the address that the server gave", state["jid"])
        clients.append(client)
        addresses.append(state["jid"])
    body = "Two guests in Verona 两位客人"
    answer = clients[0].ask("send", to=addresses[1], body=body)
    clients[0].wait("message.state", key=answer["key"], state="accepted")
    arrived = clients[1].wait("message", body=body)
    equal(arrived["direction"], "in", "the message of the other guest")
    check(arrived["author"].startswith(addresses[0].partition("/")[0]), "who wrote it", arrived)
    for client in clients:
        client.quit()
        equal(accounts_in(client.profile), [], "no account is left of a guest")
        equal(export(test.files, client.profile), [], "no message is left of a guest")
    test.step("a guest whose program was killed")
    client = test.headless("killed", server.ca)
    client.ask("account.add", jid=domain, guest=True, host="127.0.0.1", port=server.port("direct"), tls="direct")
    client.wait_online()
    client.kill()
    again = test.headless("killed", server.ca)
    equal(again.ask("account.list")["accounts"], [], "nobody is left")
    again.quit()


def no_guests(test, server):
    test.step("a server that takes no guests")
    client = test.headless("no-guests", server.ca)
    mark = client.mark()
    client.ask("account.add", jid=server.domain, guest=True, host="127.0.0.1", port=server.port("direct"), tls="direct")
    event = client.wait("state", since=mark, state="offline", reason=lambda reason: reason)
    check_error(event["reason"], "auth", "no-guests")
    client.quit()


def change_key(test, server):
    test.step("a server with another key")
    client = test.headless("keys", server.ca)
    client.add(server, "juliet")
    client.wait_online()
    first = client.state()["tls"]
    keys = client.ask("account.keys")["keys"]
    equal([key["key"] for key in keys], [first["key"]], "the keys")
    equal(keys[0]["firstSeen"], first["keyFirstSeen"], "since when it is known")
    check(server.domain in first["subject"], "whose certificate it is", first)
    mark = client.mark()
    server.command("renew")
    client.ask("connect")
    event = client.wait("server.key", since=mark)
    client.wait_online(mark)
    second = client.state()["tls"]
    check(second["key"] != first["key"] and second["verified"], "another key, as good as the first", second)
    equal((event["current"]["key"], event["previous"]["key"]), (second["key"], first["key"]), "what is told")
    mark = client.mark()
    server.command("halt")
    server.command("start")
    client.ask("connect")
    client.wait_online(mark)
    equal(client.find(lambda line: line.get("event") == "server.key", mark), [], "it is told once")
    client.quit()
    again = test.headless("keys", server.ca, "--offline")
    keys = again.ask("account.keys")["keys"]
    equal([key["key"] for key in keys], [second["key"], first["key"]], "the keys, by the last sight")
    check(keys[1]["lastSeen"] <= keys[0]["firstSeen"], "when they were seen", keys)
    again.quit()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=["prosody", "ejabberd"], required=True)
    options = parser.parse_args()
    with Test() as test:
        server = test.started(Server(options.server, "--guests", "--client-certificates"))
        if options.server in TAKES_CERTIFICATES:
            sign_in_by_certificate(test, server, "starttls", "client-romeo.pem", None)
            sign_in_by_certificate(test, server, "direct", "client-romeo.p12", "romeo")
            ask_for_passphrase(test, server)
            refuse_certificates(test, server)
        else:
            not_taken(test, server)
        be_guests(test, server)
        no_guests(test, server)
        change_key(test, server)
        test.files.check_home_untouched()


if __name__ == "__main__":
    main()
