# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts behind SOCKS5 and HTTP proxies (RELIABILITY N16): a name that only the proxy knows, no connection but to it."""

import os
import sys

sys.dont_write_bytecode = True

from harness import HERE, Server, Test, check, check_error, equal

sys.path.insert(0, os.path.join(HERE, os.pardir, "support"))

import proxies  # noqa: E402


def through(test, server, kind, login):
    test.step(f"{kind}, {'with' if login else 'without'} a password")
    proxy = proxies.Proxy(kind, {server.domain: ("127.0.0.1", server.port("starttls"))}, login)
    profile = f"{kind}-{'login' if login else 'open'}"
    client = test.headless(profile, server.ca)
    fields = {"proxyPassword": login[1]} if login else {}
    client.ask("account.add", jid=server.jid("romeo"), password=server.password("romeo"), passwordStore="file",
               port=5222, tls="starttls", proxy=proxy.url, **fields)
    client.wait_online()
    client.check_connections({proxy.port})
    equal(set(proxy.asked), {f"{server.domain}:5222"}, "the proxy is given the name, not an address")
    equal(client.ask("account.list")["accounts"][0]["proxy"], proxy.url, "the account's proxy, without its password")
    client.quit()
    client = test.headless(profile, server.ca)
    client.wait_online()  # its password was kept
    client.check_connections({proxy.port})
    if login:
        mark = client.mark()
        client.ask("account.set", proxyPassword="capulet")
        event = client.wait("state", since=mark, state="needs-password")  # asked once, as for the account's own
        check_error(event["reason"], "network", "proxy-auth")
        check(login[1] not in str(event), "no password in an error")
        mark = client.mark()
        client.ask("account.set", proxyPassword=login[1])
        client.wait_online(mark)
    proxy.hosts.clear()
    mark = client.mark()
    client.ask("disconnect")
    client.wait("state", since=mark, state="offline")
    mark = client.mark()
    client.ask("connect")
    event = client.wait("state", since=mark, state="waiting")
    check_error(event["reason"], "network", "network-unreachable" if kind == "socks5" else "proxy-failed")
    client.quit()
    proxy.close()


def gone(test, server):
    test.step("a proxy that is not there: nothing goes around it")
    client = test.headless("gone", server.ca)
    client.ask("account.add", jid=server.jid("romeo"), password=server.password("romeo"), passwordStore="file",
               host="127.0.0.1", port=server.port("starttls"), tls="starttls", proxy="socks5://127.0.0.1:1")
    event = client.wait("state", state="waiting")
    check_error(event["reason"], "network", "proxy-unreachable")
    client.check_connections(set())
    mark = client.mark()
    client.ask("account.set", proxy="none")
    client.wait_online(mark)
    client.quit()


if __name__ == "__main__":
    with Test() as run:
        prosody = run.started(Server("prosody"))
        for word in ("socks5", "http"):
            for credentials in (None, ("tybalt", "cat and mouse")):
                through(run, prosody, word, credentials)
        gone(run, prosody)
