# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each mechanism and channel binding that a real server offers, under TLS 1.2 and 1.3, by SASL and by SASL2; TLS sessions
that go on; and where the server has them, tokens (XEP-0484) by which a sign-in takes one round trip after TLS.

    mechanisms.py --server prosody|ejabberd [--debian13]

Every domain of the server offers less than the one before, so that the client, which takes the best, gets to use each. What
was really used is what the client tells on its port. Ends with 77 where Debian 13's servers are asked for and not there.
"""

import argparse

from harness import Server, Test, check, debian13, equal
from offers import read_offer
from roundtrips import Gate

NAMES = ("SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512")
ALL = {*NAMES, *(name + "-PLUS" for name in NAMES), "PLAIN"}
# What Balcony does not speak, and a server may offer.
OTHERS = {"DIGEST-MD5", "X-OAUTH2", "OAUTHBEARER"}
# Where a TLS session goes on in the next connection: Prosody, once it is told to give tickets, as it is here. ejabberd gives
# some under TLS 1.3 and does not know them again.
RESUMES = ("prosody",)
SASL2 = ("sasl2", "sasl2_bind2", "sasl2_fast", "sasl2_sm")


class Domain:
    """One domain of the server: which mechanisms it has, and what of Prosody's modules beside."""

    def __init__(self, name, mechanisms, modules=(), end_point=False):
        self.name = name + ".test"
        self.mechanisms, self.modules, self.end_point = set(mechanisms), modules, end_point

    def disabled(self):
        return sorted(ALL - self.mechanisms | OTHERS)


def domains_of(kind, is_new):
    """From each hash with binding down to PLAIN. Prosody has SASL2 as modules, ejabberd has it in each domain."""
    hashes = NAMES[:2] if kind == "prosody" else NAMES
    found = []
    for name in hashes:
        label = name.removeprefix("SCRAM-").lower()
        found += [Domain(label + "-plus", {name, name + "-PLUS"}), Domain(label, {name})]
    found.append(Domain("plain", {"PLAIN"}))
    if kind == "ejabberd" and is_new:
        found.append(Domain("token", ALL, ("mod_auth_fast",)))
    if kind == "prosody" and is_new:
        best = {"SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1", "PLAIN"}
        found += [Domain("end-point", best, end_point=True), Domain("end-point-sasl2", best, SASL2, True),
                  Domain("token", best, SASL2), Domain("sasl2-sha-1", {"SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"}, SASL2),
                  Domain("ssdp", best, (*SASL2, "sasl_ssdp")), Domain("ssdp-sasl", best, ("sasl_ssdp",))]
    return found


def configuration(kind, domains):
    if kind == "prosody":
        def quoted(words):
            return "{ " + ", ".join(f'"{word}"' for word in words) + " }"
        return "".join(f'VirtualHost "{domain.name}"\n    disable_sasl_mechanisms = {quoted(domain.disabled())}\n'
                       f"    modules_enabled = {quoted(domain.modules)}\n    ssl = {{ options = {{ no_ticket = false }} }}\n"
                       + ('    tls_server_end_point_hash = "@CERTIFICATE@"\n' if domain.end_point else "") for domain in domains)
    return "append_host_config:\n" + "".join(
        f'  "{domain.name}":\n    disable_sasl_mechanisms: {domain.disabled()}\n'
        + ("    modules: {" + ", ".join(f"{module}: {{}}" for module in domain.modules) + "}\n" if domain.modules else "")
        for domain in domains)


def wanted(kind, offer):
    """What the client has to take of an offer, as (mechanism, binding), or the condition by which it refuses it."""
    def best(end):
        return next((name + end for name in reversed(NAMES) if name + end in offer.mechanisms), None)
    # Without a list, RFC 5802's default under TLS 1.2; under 1.3 nothing is sure (XEP-0440).
    listed = offer.bindings or ([] if offer.tls == "TLSv1.3" else ["tls-unique"])
    bindings = [name for name in ("tls-exporter", "tls-server-end-point", "tls-unique") if name in listed]
    if best("-PLUS") and bindings:
        return best("-PLUS"), bindings[0]
    # Bindings without a mechanism for them: XEP-0440 forbids to go on. Prosody 0.12 lists none, and takes `y` for tampering.
    if best("") and not best("-PLUS") and (offer.bindings or (kind == "prosody" and offer.tls == "TLSv1.2")):
        return "offer-incomplete"
    return best("") or "PLAIN", ""


class Mechanisms:
    PORTS = {"TLSv1.3": "starttls", "TLSv1.2": "direct"}

    def __init__(self, test, kind, root):
        self.test, self.kind = test, kind
        self.release = "Debian 13" if root else "this system"
        self.domains = domains_of(kind, bool(root))
        self.server = test.started(Server(kind, "--old-direct", "--more-domains", ",".join(d.name for d in self.domains),
                                          "--extra", configuration(kind, self.domains), *(("--root", root) if root else ()),
                                          accounts="romeo:montague"))
        self.rows = []

    def add(self, client, domain, tls, offer, port=None):
        """Lets the client sign in; gives the mark before, and the account."""
        mark, account, where = client.mark(), f"romeo@{domain}", self.PORTS[tls]
        client.ask("account.add", jid=account, password="montague", passwordStore="file", host="127.0.0.1",
                   port=port or self.server.port(where), tls=where, allowPlain="PLAIN" in offer.mechanisms)
        return mark, account

    def used(self, client, mark, account, tls):
        """What the account came online by."""
        client.wait("state", since=mark, account=account, state="online")
        state = client.ask("state", account=account)
        equal(state["tls"]["version"], tls, f"{account}: the version of TLS")
        self.rows.append((tls, account, state["sasl"], "TLS resumed" if state["tls"]["resumed"] else ""))
        return state

    def offer(self, domain, tls):
        port = self.PORTS[tls]
        offer = read_offer(self.server.port(port), domain, port == "direct")
        equal(offer.tls, tls, "the version that the server speaks on this port")
        return offer

    def sign_in(self, tls):
        self.test.step(f"{tls}: each domain")
        client = self.test.headless(tls, self.server.ca)
        tried, everything, is_bound = set(), set(), False
        for domain in self.domains:
            offer = self.offer(domain.name, tls)
            everything |= offer.mechanisms
            mark, account = self.add(client, domain.name, tls, offer)
            expected = wanted(self.kind, offer)
            if isinstance(expected, str):
                event = client.wait("state", since=mark, account=account, state="offline")
                equal(event["reason"]["condition"], expected, f"{account}: {sorted(offer.mechanisms)} with {offer.bindings}")
                self.rows.append((tls, account, {"mechanism": " ".join(sorted(offer.mechanisms & ALL)),
                                                 "channelBinding": " ".join(offer.bindings)}, f"refused: {expected}"))
                tried |= offer.mechanisms
                continue
            sasl = self.used(client, mark, account, tls)["sasl"]
            equal((sasl["mechanism"], sasl["channelBinding"]), expected,
                  f"{account}: what was used of {sorted(offer.mechanisms)} with {offer.bindings}")
            equal((sasl["sasl2"], sasl["bind2"]), (offer.has_sasl2, offer.has_bind2), f"{account}: SASL2 and Bind 2")
            tried.add(sasl["mechanism"])
            is_bound = is_bound or bool(sasl["channelBinding"])
        if not is_bound:
            everything = {name for name in everything if not name.endswith("-PLUS")}
        equal(sorted(everything - tried - OTHERS), [], f"{tls}: offered, and never tried")
        self.go_on(client, tls)
        client.quit()

    def goes_on(self, state):
        """Whether the TLS session of before must go on: never where it was bound by tls-unique, on which ends differ then."""
        return self.kind in RESUMES and state["sasl"]["channelBinding"] != "tls-unique"

    def go_on(self, client, tls):
        """The TLS session goes on in the next connection, where the server lets it."""
        for domain in (self.domains[0].name, "plain.test"):
            account = f"romeo@{domain}"
            mark = client.mark()
            client.ask("disconnect", account=account)
            client.wait("state", since=mark, account=account, state="offline")
            mark = client.mark()
            client.ask("connect", account=account)
            state = self.used(client, mark, account, tls)
            equal(state["tls"]["resumed"], self.goes_on(state), f"{account}: whether the TLS session goes on")

    def token(self, tls):
        """A second sign-in by a token, in one round trip: the client is online, and the server has its first words alone."""
        self.test.step(f"{tls}: by a token")
        domain = "token.test"
        offer = self.offer(domain, tls)
        check(offer.has_sasl2 and offer.tokens, "the server has tokens", offer)
        gate = self.test.started(Gate(self.server.port(self.PORTS[tls])))
        profile = "token-" + tls
        client = self.test.headless(profile, self.server.ca)
        sasl = self.used(client, *self.add(client, domain, tls, offer, gate.port), tls)["sasl"]
        check(sasl["mechanism"].startswith("SCRAM-") and sasl["sasl2"], "the first time by the password", sasl)
        client.quit()
        account = f"romeo@{domain}"
        client = self.test.headless(profile, self.server.ca, "--offline")
        for number in (1, 2):
            gate.shut()
            mark = client.mark()
            client.ask("connect", account=account)
            state = self.used(client, mark, account, tls)
            check(state["sasl"]["mechanism"].startswith("HT-SHA-256-") and state["sasl"]["sasl2"] and state["sasl"]["bind2"],
                  "by the token, and bound at once", state["sasl"])
            check(state["sasl"]["channelBinding"], "the token is bound to the connection", state["sasl"])
            check(0 < gate.passed <= Gate.FIRST_WORDS, "one round trip after TLS", gate.passed)
            check(state["streamManagement"]["enabled"], "the stream is managed, too", state["streamManagement"])
            equal(state["tls"]["resumed"], number == 2 and self.goes_on(state), "whether the TLS session goes on")
            gate.open()
            mark = client.mark()
            client.ask("disconnect", account=account)
            client.wait("state", since=mark, account=account, state="offline")
        client.quit()

    def run(self):
        for tls in self.PORTS:
            self.sign_in(tls)
            if any(domain.name == "token.test" for domain in self.domains):
                self.token(tls)
        print(f"---- {self.kind} of {self.release}")
        for tls, account, sasl, note in self.rows:
            way = "SASL2" + (", Bind 2" if sasl.get("bind2") else "") if sasl.get("sasl2") else "SASL"
            print("    " + "  ".join((tls, f"{way:14}", f"{sasl['mechanism']:20}", f"{sasl['channelBinding'] or '-':20}",
                                      f"{account:30}", note)).rstrip())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    parser.add_argument("--debian13", action="store_true")
    options = parser.parse_args()
    root = debian13() if options.debian13 else None
    with Test() as run:
        Mechanisms(run, options.server, root).run()
