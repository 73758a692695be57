# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""RELIABILITY 3.6: who may speak for whom, and about what."""

import datetime

from case import BOB, ROMEO, NotYet, case, message
from harness import check, equal
from server import DOMAIN, INFO, ROSTER

CAPS, SUBSCRIBE = "http://jabber.org/protocol/caps", "<presence type='subscribe' from='{}'><status>{}</status></presence>"


def settled(case, link, text):
    """Sends `text` and waits until all of it was worked on: the probe behind it is stored."""
    link.send(text)
    case.probe(case.servers[0], link, reconnects=False)


@case("P10", "delay stamps of 1970 and 9999, without zone, by the sender, by a stranger",
      "the time of receipt counts; the order is as it came")
def p10(case):
    server, client, link = case.signed_in()
    stamps = {"by the sender": ("2002-09-10T23:08:25Z", BOB), "1970 by the server": ("1970-01-01T00:00:00Z", DOMAIN),
              "9999 by the server": ("9999-12-31T23:59:59Z", DOMAIN), "without zone": ("2002-09-10T23:08:25", BOB),
              "no date": ("yesterday", DOMAIN), "by a stranger": ("2010-01-01T00:00:00Z", "evil.test"),
              "without sender": ("2010-01-01T00:00:00Z", "")}
    for name, (stamp, by) in stamps.items():
        mark, begun = client.mark(), datetime.datetime.now(datetime.timezone.utc)
        data = message(f"<body>{name}</body><delay xmlns='urn:xmpp:delay' stamp='{stamp}' from='{by}'/>")
        link.send(data)
        event = case.hears(name, mark)
        told = datetime.datetime.fromisoformat(event["time"].replace("Z", "+00:00"))
        check(begun - datetime.timedelta(seconds=1) <= told <= datetime.datetime.now(datetime.timezone.utc), f"{name}: the time", event["time"])
        case.note(data, f"{name}: the time of receipt")
    mark = client.mark()
    link.send(message(f"<body>kept</body><delay xmlns='urn:xmpp:delay' stamp='2020-01-02T03:04:05Z' from='{DOMAIN}'/>"))
    check(case.hears("kept", mark)["time"].startswith("2020-01-02T03:04:05"), "our own server's word counts")
    equal([m["body"] for m in client.history(BOB)], [*stamps, "kept"], "the order is as it came")


@case("P12", "chat from room/nick with and without muc#user, groupchat from a room that was never joined",
      "never filed under a contact of that name; groupchat is dropped")
def p12(case):
    _, client, link = case.signed_in()
    mark = client.mark()
    settled(case, link, "<message type='groupchat' from='room@muc.a.test/bob'><body>never joined</body></message>")
    check(not client.find(lambda line: line.get("body") == "never joined", mark), "a room that was never joined speaks")
    case.note("groupchat from room@muc.a.test/bob", "dropped")
    mark = client.mark()
    data = message("<body>from a room</body><x xmlns='http://jabber.org/protocol/muc#user'/>", "room@muc.a.test/bob", " type='chat'")
    link.send(data)
    event = client.wait("message", since=mark, body="from a room")
    check(event["chat"].startswith("room@muc.a.test"), "filed under the room, not under a contact", event)
    case.truth.append(((event["account"], event["chat"]), "room@muc.a.test", "from a room"))
    equal([m["body"] for m in client.history(BOB)], [body for _, author, body in case.truth if author == BOB], "Bob's chat")
    case.note(data, f"filed under {event['chat']}")
    raise NotYet("group chats do not exist yet: there is no view for a room's private messages, and no question to an unknown room")


@case("P13", "addresses that differ by case, width, normalisation; confusable, long, with empty parts",
      "equal ones are one; illegal ones are dropped with their stanza, the stream stays")
def p13(case):
    _, client, link = case.signed_in()
    equal_ones = ["BOB@b.test/x", "bob@B.TEST/x", "ｂｏｂ@b.test/x", "bob@b.test./x", "bob@b.test"]
    for number, sender in enumerate(equal_ones):
        mark = client.mark()
        link.send(message(f"<body>the same {number}</body>", sender))
        case.hears(f"the same {number}", mark)
        case.note(sender, "filed under bob@b.test")
    # Normalisation, and the two ways to write an international domain (RFC 7622 3.2, 3.3).
    for number, (sender, same) in enumerate((("jose\u0301@b.test/x", "jos\u00e9@b.test"), ("jos\u00e9@b.test/x", "jos\u00e9@b.test"),
                                             ("bob@xn--bcher-kva.test/x", "bob@b\u00fccher.test"),
                                             ("bob@bu\u0308cher.test/x", "bob@b\u00fccher.test"),
                                             ("bob@B\u00dcCHER.test/x", "bob@b\u00fccher.test"))):
        mark = client.mark()
        link.send(message(f"<body>the same name {number}</body>", sender))
        case.hears(f"the same name {number}", mark, author=same)
        case.note(sender, f"filed under {same}")
    longest = "b" * 1023 + "@b.test"  # RFC 7622 3.3: 1,023 bytes are allowed
    mark = client.mark()
    link.send(message("<body>as long as may be</body>", longest + "/" + "x" * 1023))
    case.hears("as long as may be", mark, author=longest)
    case.note(longest, "a chat of its own")
    illegal = ["@b.test", "bob@", "bob@b.test/", "bo b@b.test", "bob@@b.test", "b&amp;b@b.test", "bob@b..test", "b" * 1024 + "@b.test", "bob@" + "b" * 1024,
               "bob@b.test/" + "x" * 1024, "", "\u2488@b.test", "bob\u200e@b.test"]
    for sender in illegal:
        mark = client.mark()
        settled(case, link, message("<body>illegal</body>", sender))
        check(not client.find(lambda line: line.get("body") == "illegal", mark), "an illegal address speaks", sender)
        case.note(sender, "dropped, the stream stays")
    mark = client.mark()
    link.send(message("<body>looks like Bob</body>", "b\u043eb@b.test/x"))  # a Cyrillic letter
    case.hears("looks like Bob", mark, author="b\u043eb@b.test")
    case.note("b\u043eb@b.test", "another chat")
    raise NotYet("look-alikes are kept apart, but nobody is warned of them: that comes with the requests of strangers")


@case("P14", "encryption named without a payload, in a chat that is not encrypted", "never shows a lock")
def p14(case):
    _, client, link = case.signed_in()
    for number, inside in enumerate(("<encryption xmlns='urn:xmpp:eme:0' namespace='eu.siacs.conversations.axolotl'/>",
                                     "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:omemo:2' name='OMEMO'/>",
                                     "<encrypted xmlns='urn:xmpp:omemo:2'/>", "<x xmlns='jabber:x:encrypted'>AAAA</x>")):
        mark, body = client.mark(), f"not encrypted {number}"
        link.send(message(f"<body>{body}</body>{inside}"))
        equal(case.hears(body, mark)["encrypted"], "none", "what is said about encryption")
        case.note(inside, "shown as not encrypted")
    raise NotYet("end-to-end encryption does not exist yet: nothing is decrypted that could have another sender inside")


@case("P18", "remote control, commands, redirected media, captchas and registration, from server and contact",
      "service-unavailable or forbidden; no settings change")
def p18(case):
    server, client, link = case.signed_in()
    def settings():
        accounts = client.ask("state")["accounts"]
        return [{key: account.get(key) for key in ("account", "state", "jid")} for account in accounts], client.ask("roster")["contacts"]
    before = settings()
    payloads = ["<command xmlns='http://jabber.org/protocol/commands' action='execute' node='http://jabber.org/protocol/rc#set-status'/>",
                "<command xmlns='http://jabber.org/protocol/commands' action='execute' node='http://jabber.org/protocol/rc#forward'/>",
                "<query xmlns='google:jingleinfo'><relay><token>x</token></relay><stun><server host='evil.test' udp='1'/></stun></query>",
                "<captcha xmlns='urn:xmpp:captcha'><x xmlns='jabber:x:data' type='submit'/></captcha>",
                "<query xmlns='jabber:iq:register'><remove/></query>",
                "<query xmlns='jabber:iq:register'><username>eve</username><password>x</password></query>",
                "<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>",
                "<vCard xmlns='vcard-temp'/>", "<pubsub xmlns='http://jabber.org/protocol/pubsub'/>"]
    for sender in (DOMAIN, BOB + "/x", "mallory@evil.test/x", ROMEO):
        for number, payload in enumerate(payloads):
            for kind in ("set", "get"):
                name = f"{sender}-{number}-{kind}"
                link.send(f"<iq type='{kind}' id='{name}' from='{sender}'>{payload}</iq>")
                answer = link.hears(lambda e: e.get("id") == name, f"an answer to {payload}")
                condition = answer.find("{jabber:client}error")[0].tag.split("}")[1]
                check(answer.get("type") == "error" and condition in ("service-unavailable", "forbidden", "not-allowed"), "the answer", condition)
        case.note(f"{len(payloads)} payloads, get and set, from {sender}", "service-unavailable or forbidden, each")
    # RELIABILITY 1.1: a roster push counts from our own account alone.
    push = f"<query xmlns='{ROSTER}'><item jid='eve@evil.test' subscription='both'/></query>"
    for sender in (BOB + "/x", "mallory@evil.test", "evil.test"):
        link.send(f"<iq type='set' id='push-{sender}' from='{sender}'>{push}</iq>")
        equal(link.hears(lambda e: e.get("id") == f"push-{sender}", "an answer to a roster push").get("type"), "error", "a push of others")
    case.note(push, "from three others: refused")
    equal(settings(), before, "state and roster are as they were")
    case.probe(server, link, reconnects=False)


def questions(link, since=0):
    """What the client asked of contacts about their features."""
    return [e for e in link.heard[since:] if e.tag.endswith("}iq") and len(e) and e[0].tag == f"{{{INFO}}}query" and "/" in (e.get("to") or "")]


@case("P19", "a capabilities hash that does not fit its answer, an answer of 5 MiB, 1,000 hashes from one contact",
      "not believed; limited")
def p19(case):
    server, client, link = case.signed_in()
    answers = {}
    def answer(link, iq):
        if "/" in (iq.get("to") or ""):
            link.send(f"<iq type='result' id='{iq.get('id')}' from='{iq.get('to')}' to='{link.bound}'>{answers['now']}</iq>")
        else:
            server.answer(link, iq, f"{{{INFO}}}query")
    server.answers[("get", f"{{{INFO}}}query")] = answer
    def arrives(resource, ver, sender=BOB):
        return (f"<presence from='{sender}/{resource}'><c xmlns='{CAPS}' hash='sha-1' node='urn:evil' ver='{ver}'/></presence>")
    lie = f"<query xmlns='{INFO}'><identity category='client' type='pc' name='x'/><feature var='urn:lie'/></query>"
    big = f"<query xmlns='{INFO}'><identity category='client' type='pc'/><feature var='{'x' * (5 << 20)}'/></query>"
    for name, data in (("another answer", lie), ("an answer of 5 MiB", big)):
        answers["now"] = data
        for resource in ("one", "two"):
            since = len(link.heard)
            settled(case, link, arrives(resource + name[:2], "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" if data is lie else "BBBBBBBBBBBBBBBBBBBBBBBBBBA="))
            link.until(lambda: questions(link, since), f"{name}: {resource} is asked for itself, for nothing was believed")
            case.probe(server, link, reconnects=False)
        case.note(data, f"{name}: not believed, the next resource with that hash is asked again")
    answers["now"] = lie
    since = len(link.heard)
    settled(case, link, "".join(arrives(f"r{i}", f"{i:026d}A=") for i in range(1000)))
    case.probe(server, link, reconnects=False)
    asked = len(questions(link, since))
    check(asked <= 128, "questions for 1,000 hashes of one contact", asked)
    case.note("1,000 presences with 1,000 hashes", f"{asked} questions")
    since = len(link.heard)
    stranger = "mallory@evil.test"
    settled(case, link, arrives("x", "CCCCCCCCCCCCCCCCCCCCCCCCCCA=", stranger))
    case.probe(server, link, reconnects=False)
    # What was still to be asked of the contact may come now, too.
    equal([e.get("to") for e in questions(link, since) if e.get("to").startswith(stranger)], [],
          "a stranger is asked nothing: that would tell that somebody is here")


@case("P20", "a server without publish-options; precondition-not-met", "private data is not published; the node is configured first")
def p20(case):
    server, client, link = case.signed_in()
    case.probe(server, link, reconnects=False)
    client.ask("presence", show="away", status="out")
    link.hears(lambda e: e.tag.endswith("}presence") and e.findtext("{jabber:client}status") == "out", "its presence")
    published = [e for e in link.heard if len(e) and "pubsub" in e[0].tag or len(e) and e[0].tag == "{jabber:iq:private}query"]
    equal(published, [], "nothing is published where publish-options are not offered")
    case.note("features without publish-options", "nothing was published")
    p20_node(case)


def p20_node(case):
    """A server with publish-options, whose node is open to all: what was read is not told before that is mended."""
    server = case.server()
    pubsub, owner = "{http://jabber.org/protocol/pubsub}", "{http://jabber.org/protocol/pubsub#owner}"
    info = "http://jabber.org/protocol/disco#info"
    server.answers[f"{{{info}}}query"] = lambda link, iq: server.reply(
        link, iq, f"<query xmlns='{info}'><identity category='account' type='registered'/><feature var='urn:xmpp:mam:2'/>"
        "<feature var='urn:xmpp:sid:0'/><feature var='http://jabber.org/protocol/pubsub#publish-options'/></query>")
    errors = "urn:ietf:params:xml:ns:xmpp-stanzas"
    server.answers["set", f"{pubsub}pubsub"] = lambda link, iq: server.reply(
        link, iq, f"<error type='cancel'><conflict xmlns='{errors}'/><precondition-not-met "
        "xmlns='http://jabber.org/protocol/pubsub#errors'/></error>", "error")
    server.answers["set", f"{owner}pubsub"] = lambda link, iq: server.reply(
        link, iq, f"<error type='auth'><forbidden xmlns='{errors}'/></error>", "error")
    case.client.ask("account.remove", account=ROMEO)
    case.truth.clear()
    case.add(server)
    link = case.present(server)
    link.hears(lambda e: len(e) and e[0].tag == f"{{{info}}}query", "the question for the account")
    link.send(message("<body>P20</body><stanza-id xmlns='urn:xmpp:sid:0' by='%s' id='p20'/>" % ROMEO))
    case.hears("P20")
    case.client.ask("chat.read", chat=BOB)
    link.hears(lambda e: len(e) and e[0].tag == f"{owner}pubsub", "the node made private first")
    case.probe(server, link, reconnects=False)
    tries = [e for e in link.heard if len(e) and e[0].tag == f"{pubsub}pubsub" and e.get("type") == "set"]
    equal(len(tries), 1, "what was read is told once, with the demand that the node be private, and not again")
    options = "".join(tries[0].itertext())
    check("whitelist" in options, "the demand", options)
    case.note("precondition-not-met, and the node cannot be made private", "nothing more was published")


@case("P21", "`subscribed` that nobody asked for, markup in requests, 10,000 requests", "passed over; plain text; limited")
def p21(case):
    server, client, link = case.signed_in()
    before = client.ask("roster")["contacts"]
    settled(case, link, "".join(f"<presence type='{kind}' from='mallory@evil.test'/>" for kind in ("subscribed", "unsubscribed", "unsubscribe")))
    equal(client.ask("roster")["contacts"], before, "the roster")
    case.note("subscribed, unsubscribed, unsubscribe of a stranger", "passed over")
    html = "&lt;b&gt;bold&lt;/b&gt; &lt;img src='http://evil.test/x'&gt;"
    mark = client.mark()
    link.send(SUBSCRIBE.format("html@evil.test", html))
    client.wait("subscription", since=mark, jid="html@evil.test", text="<b>bold</b> <img src='http://evil.test/x'>")
    case.note(html, "as it is, as text")
    mark = client.mark()
    for begin in range(0, 10_000, 1000):
        link.send("".join(SUBSCRIBE.format(f"s{i}@evil.test", "let me in " * 20) for i in range(begin, begin + 1000)))
    case.probe(server, link, reconnects=False)
    requests = client.ask("roster")["requests"]
    check(len(requests) <= 1000, "requests that are kept", len(requests))
    told = client.find(lambda line: line.get("event") == "notification", mark)
    check(len(told) <= 5, "notifications for requests", len(told))
    check(not [e for e in link.heard if e.tag.endswith("}presence") and e.get("to", "").endswith("@evil.test")], "a stranger was answered")
    case.note("10,000 requests", f"{len(requests)} kept, no stranger answered")
