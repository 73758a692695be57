# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Balcony as Romeo and Slixmpp as Juliet: subscriptions, presence, messages, receipts, typing, versions, both ways.

    withslixmpp.py --server prosody|ejabberd
"""

import argparse

from harness import TEXTS, Server, Test, check, equal, until
from peer import Peer


class Talk:
    def __init__(self, test, kind):
        self.test = test
        self.server = test.started(Server(kind))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.romeo = test.headless("romeo", self.server.ca)
        self.romeo.add(self.server, "romeo")
        self.romeo.wait_online()
        self.juliet = test.started(Peer(self.server, "juliet"))

    def subscribe(self):
        self.test.step("subscriptions, asked for by Slixmpp")
        self.juliet.do(lambda client: client.send_presence(pto=self.romeo_jid, ptype="subscribe"))
        self.romeo.wait("subscription", jid=self.juliet_jid, type="subscribe")
        self.romeo.ask("subscription.accept", jid=self.juliet_jid)
        self.juliet.wait("subscribed", sender=self.romeo_jid)
        self.juliet.wait("subscribe", sender=self.romeo_jid)
        self.juliet.do(lambda client: client.send_presence(pto=self.romeo_jid, ptype="subscribed"))
        self.romeo.wait("subscription", jid=self.juliet_jid, type="subscribed")
        self.romeo.wait("roster", jid=self.juliet_jid, contact=lambda c: c and c["subscription"] == "both")

    def see(self):
        self.test.step("presence")
        self.romeo.wait("presence", jid=self.juliet_jid, resource="slixmpp", available=True)
        mark = self.romeo.mark()
        self.juliet.presence(pshow="away", pstatus="在阳台上 🌙", ppriority=3)
        event = self.romeo.wait("presence", since=mark, jid=self.juliet_jid, show="away")
        equal((event["status"], event["priority"]), ("在阳台上 🌙", 3), "Juliet's presence")
        mark = self.juliet.mark()
        self.romeo.ask("presence", show="dnd", status="מתחת לחלון")
        entry = self.juliet.wait("presence", since=mark, sender=self.romeo_jid, show="dnd")
        equal(entry["status"], "מתחת לחלון", "Romeo's presence")
        check(entry["node"] and entry["ver"] and entry["hash"] == "sha-1", "Romeo's presence says what his client can", entry)

    def talk(self):
        self.test.step("messages both ways, receipts, typing")
        for text in TEXTS:
            answer = self.romeo.ask("send", to=self.juliet_jid, body=text)
            entry = self.juliet.wait("message", sender=self.romeo_jid, id=answer["messageId"])
            equal((entry["body"], entry["wants_receipt"]), (text, True), "what came to Juliet")
            self.romeo.wait("message.state", key=answer["key"], state="delivered")
            mark = self.romeo.mark()
            number = self.juliet.send(self.romeo_jid, text)
            event = self.romeo.wait("message", since=mark, direction="in", id=number)
            equal((event["body"], event["author"], event["chat"]), (text, self.juliet_jid, self.juliet_jid), "what came to Romeo")
            self.juliet.wait("receipt", sender=self.romeo_jid, id=number)
        mark = self.romeo.mark()
        self.juliet.type(self.romeo_jid, "composing")
        self.romeo.wait("typing", since=mark, chat=self.juliet_jid, state="composing")

    def say_of(self):
        self.test.step("corrections, reactions and replies both ways")
        number = self.juliet.send(self.romeo_jid, "Wherfore")
        key = self.romeo.wait("message", direction="in", id=number)["key"]
        def corrects(message, _client):
            message["replace"]["id"] = number
        self.juliet.say_of(self.romeo_jid, corrects, "Wherefore")
        self.romeo.wait("message.changed", key=key, body="Wherefore", edited=True)
        self.juliet.say_of(self.romeo_jid, lambda message, client: client["xep_0444"].set_reactions(message, number, ["👍", "🎈"]))
        event = self.romeo.wait("message.changed", key=key, reactions=lambda all: len(all) == 1)
        equal((event["reactions"][0]["author"], sorted(event["reactions"][0]["signs"])), (self.juliet_jid, sorted(["👍", "🎈"])),
              "Juliet's reactions")
        answer = self.romeo.ask("send", to=self.juliet_jid, body="For the", replyTo=number)
        entry = self.juliet.wait("message", sender=self.romeo_jid, id=answer["messageId"])
        equal((entry["answers"], entry["body"]), (number, "> Wherefore\nFor the"), "the reply that came to Juliet")
        self.romeo.wait("message.state", key=answer["key"], state="delivered")
        self.romeo.ask("send", to=self.juliet_jid, replaces=answer["messageId"], body="For thee")
        entry = self.juliet.wait("message", sender=self.romeo_jid, replaces=answer["messageId"])
        equal(entry["body"], "> Wherefore\nFor thee", "the correction that came to Juliet")
        self.romeo.ask("send", to=self.juliet_jid, react=["❤️"], replyTo=number)
        entry = self.juliet.wait("reactions", sender=self.romeo_jid, target=number)
        equal(entry["signs"], ["❤️"], "the reaction that came to Juliet")
        self.juliet.do(lambda client: client["xep_0424"].send_retraction(self.romeo_jid, number))  # as version 0.3 had it
        self.romeo.wait("message.changed", key=key, retracted=True, body="")
        def answers(message, _client):
            message["reply"]["id"] = answer["messageId"]
            message["reply"]["to"] = self.romeo_jid
        self.juliet.say_of(self.romeo_jid, answers, "Then have my lips")
        self.romeo.wait("message", direction="in", body="Then have my lips", replyTo=answer["messageId"])

    def ask(self):
        self.test.step("questions both ways")
        full = self.romeo.state()["jid"]
        version = self.juliet.do(lambda client: client["xep_0092"].get_version(full))
        equal(version["software_version"]["name"], "Balcony", "the client's name, asked for by Slixmpp")
        info = self.juliet.do(lambda client: client["xep_0030"].get_info(jid=full))
        features = set(info["disco_info"]["features"])
        for feature in ("urn:xmpp:receipts", "http://jabber.org/protocol/chatstates", "jabber:iq:version", "urn:xmpp:ping",
                        "http://jabber.org/protocol/disco#info", "http://jabber.org/protocol/caps"):
            check(feature in features, f"a feature that Balcony has: {feature}", features)
        check(self.juliet.do(lambda client: client["xep_0199"].ping(full)) is not None, "the answer to a ping")
        equal(self.romeo.ask("version", to=self.juliet.full)["name"], "Verona peer", "Slixmpp's name, asked for by Balcony")
        check(self.romeo.ask("ping", to=self.juliet.full)["seconds"] >= 0, "Slixmpp's answer to a ping")

    def part(self):
        self.test.step("subscriptions end, Slixmpp leaves")
        mark = self.romeo.mark()
        self.juliet.do(lambda client: client.send_presence(pto=self.romeo_jid, ptype="unsubscribed"))
        self.romeo.wait("roster", since=mark, jid=self.juliet_jid, contact=lambda c: c and c["subscription"] == "from")
        mark = self.romeo.mark()
        self.juliet.do(lambda client: client.send_presence(pto=self.romeo_jid, ptype="unsubscribe"))
        self.romeo.wait("roster", since=mark, jid=self.juliet_jid, contact=lambda c: c and c["subscription"] == "none")
        self.juliet.close()
        until(lambda: self.romeo.contact(self.juliet_jid)["presences"] == [], "Juliet is gone")
        self.romeo.quit()

    def run(self):
        for step in (self.subscribe, self.see, self.talk, self.say_of, self.ask, self.part):
            step()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=["prosody", "ejabberd"], required=True)
    options = parser.parse_args()
    with Test() as test:
        Talk(test, options.server).run()


if __name__ == "__main__":
    main()
