# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two headless clients on a real server: the whole of one-to-one chat, from sign-in to the exported archive.

    suite.py --server prosody|ejabberd --tls starttls|direct
"""

import argparse
import json

from harness import (TEXTS, Server, Test, check, check_error, equal, export, program, start, until)
from peer import Peer

NAMES = ("romeo", "juliet")


class Truth:
    """What was said, in order, by whom: what both archives must hold in the end, each message once."""

    def __init__(self):
        self.said = []

    def add(self, author, body):
        self.said.append((author, body))

    def check(self, messages, who):
        equal([(message["author"], message["body"]) for message in messages], self.said, f"what {who} has stored")
        keys = [int(message["key"]) for message in messages]
        equal(keys, sorted(set(keys)), f"{who}: keys are unique and in order")


class Suite:
    def __init__(self, test, kind, tls):
        self.test = test
        self.tls = tls
        self.server = test.started(Server(kind))
        self.truth = Truth()
        self.clients = {}
        self.jids = {name: self.server.jid(name) for name in NAMES}

    def other(self, name):
        return NAMES[1 - NAMES.index(name)]

    def begin(self, name, *options):
        self.clients[name] = self.test.headless(name, self.server.ca, *options)
        return self.clients[name]

    # ---- steps

    def sign_in(self):
        self.test.step("sign in")
        for name in NAMES:
            client = self.begin(name)
            client.add(self.server, name, self.tls)
        for name in NAMES:
            event = self.clients[name].wait_online()
            equal(event["account"], self.jids[name], "the event's account")
            state = self.clients[name].state()
            check(state["jid"].startswith(self.jids[name] + "/"), "the bound address", state)
            check(state["tls"]["verified"] is True and state["tls"]["version"] in ("TLSv1.2", "TLSv1.3"), "TLS", state)
            check(len(state["tls"]["certificate"]) >= 64 and state["tls"]["cipher"], "TLS", state)
            check(state["sasl"]["mechanism"].startswith("SCRAM-SHA-"), "a password is never sent as it is", state)
            check(state["features"], "the stream's features", state)
            equal(state["outbox"], 0, "the outbox at first")
            self.clients[name].check_connections({self.server.port(self.tls)})

    def subscribe(self):
        self.test.step("roster and subscription both ways")
        romeo, juliet = self.clients["romeo"], self.clients["juliet"]
        equal(romeo.ask("roster")["contacts"], [], "the roster at first")
        romeo.ask("roster.add", jid=self.jids["juliet"], name="Giulietta 朱丽叶", groups=["Capuleti", "Amici"])
        romeo.wait("roster", jid=self.jids["juliet"], contact=lambda c: c and c["ask"] and c["subscription"] == "none")
        juliet.wait("subscription", jid=self.jids["romeo"], type="subscribe")
        equal([r["jid"] for r in juliet.ask("roster")["requests"]], [self.jids["romeo"]], "who waits for an answer")
        juliet.ask("subscription.accept", jid=self.jids["romeo"])
        equal(juliet.ask("roster")["requests"], [], "who waits for an answer, after it was given")
        romeo.wait("subscription", jid=self.jids["juliet"], type="subscribed")
        # Accepting asks back; that is a question to Romeo.
        romeo.wait("subscription", jid=self.jids["juliet"], type="subscribe")
        romeo.ask("subscription.accept", jid=self.jids["juliet"])
        for name in NAMES:
            self.clients[name].wait("roster", jid=self.jids[self.other(name)],
                                    contact=lambda c: c and c["subscription"] == "both" and not c["ask"])
        entry = romeo.contact(self.jids["juliet"])
        equal((entry["name"], sorted(entry["groups"])), ("Giulietta 朱丽叶", ["Amici", "Capuleti"]), "the contact as it was added")

    def change_contact(self):
        self.test.step("rename, groups")
        romeo, juliet = self.clients["romeo"], self.jids["juliet"]
        romeo.ask("roster.rename", jid=juliet, name="Juliet")
        romeo.wait("roster", jid=juliet, contact=lambda c: c and c["name"] == "Juliet")
        romeo.ask("roster.groups", jid=juliet, groups=["الأصدقاء"])
        romeo.wait("roster", jid=juliet, contact=lambda c: c and c["groups"] == ["الأصدقاء"])
        equal(romeo.ask("roster.groups")["groups"], [{"name": "الأصدقاء", "contacts": 1}], "the groups")
        equal(romeo.contact(juliet)["subscription"], "both", "a change of name or group leaves the subscription alone")

    def see(self):
        self.test.step("presence")
        for name in NAMES:
            me, other = self.clients[name], self.clients[self.other(name)]
            other.wait("presence", jid=self.jids[name], available=True)
            mark = other.mark()
            me.ask("presence", show="dnd", status="彩排中 🎭", priority=7)
            event = other.wait("presence", since=mark, jid=self.jids[name], show="dnd")
            equal((event["status"], event["priority"], event["available"]), ("彩排中 🎭", 7, True), "the presence as it was set")
            until(lambda: [p["show"] for p in other.contact(self.jids[name])["presences"]] == ["dnd"], "presence in the roster")
            me.ask("presence", show="online")
            other.wait("presence", since=mark, jid=self.jids[name], show="online")

    def say(self, name, body, **fields):
        """Sends and checks the answer; gives it."""
        answer = self.clients[name].ask("send", to=self.jids[self.other(name)], body=body, **fields)
        equal(answer["state"], "queued", "the state in the answer to send")
        self.truth.add(self.jids[name], body)
        return answer

    def check_arrival(self, name, answer, body, mark=0):
        """At the other side once, at ours with all its states up to `delivered`, in this order."""
        receiver = self.clients[self.other(name)]
        arrived = receiver.wait("message", since=mark, id=answer["messageId"])
        equal((arrived["body"], arrived["direction"], arrived["state"], arrived["author"], arrived["chat"]),
              (body, "in", "received", self.jids[name], self.jids[name]), "the message as it came")
        # Of several that come at once the person may be told only of the last.
        until(lambda: receiver.find(lambda line: line.get("event") == "notification" and line["state"] != "withdrawn"
                                    and int(line.get("key", 0)) >= int(arrived["key"]), mark), "the person is told")
        sender = self.clients[name]
        sender.wait("message.state", key=answer["key"], state="delivered")
        order = ["queued", "encrypted", "written", "accepted", "delivered", "displayed"]
        events = sender.find(lambda line: line.get("event") in ("message", "message.state") and line["key"] == answer["key"])
        states = [order.index(event["state"]) for event in events]
        equal(states, sorted(states), "a message's state goes forward only")
        equal(events[0]["event"], "message", "our own message is announced too")
        times = events[-1]["times"]
        check({"written", "delivered"} <= set(times) <= set(order[1:]), "each state has its time", times)
        check(times["written"] <= times["delivered"], "the times are in order", times)

    def talk(self):
        self.test.step("messages both ways, receipts")
        for body in TEXTS:
            for name in NAMES:
                marked = f"{name}: {body}"
                mark = self.clients[self.other(name)].mark()
                self.check_arrival(name, self.say(name, marked), marked, mark)
        answer = self.say("romeo", "with an id of mine", messageId="id-of-mine-1")
        equal(answer["messageId"], "id-of-mine-1", "the id that was asked for")
        self.check_arrival("romeo", answer, "with an id of mine")
        error = self.clients["romeo"].refused("send", to=self.jids["juliet"], body="again", messageId="id-of-mine-1")
        check_error(error, "input", "id-in-use")
        check_error(self.clients["romeo"].refused("send", to=self.jids["juliet"], body=" \n "), "input", "empty-message")
        check_error(self.clients["romeo"].refused("send", to="@", body="to nobody"), "input")

    def type(self):
        self.test.step("typing")
        romeo = self.clients["romeo"]
        peer = self.test.started(Peer(self.server, "juliet", self.tls))
        romeo.wait("presence", jid=self.jids["juliet"], resource="slixmpp", available=True)
        mark = romeo.mark()
        peer.type(self.jids["romeo"], "composing")
        romeo.wait("typing", since=mark, chat=self.jids["juliet"], author=self.jids["juliet"], state="composing")
        peer.type(self.jids["romeo"], "active")
        romeo.wait("typing", since=mark, chat=self.jids["juliet"], state="active")
        peer.close()
        romeo.wait("presence", since=mark, jid=self.jids["juliet"], resource="slixmpp", available=False, show="offline")

    def queue(self):
        self.test.step("written while signed out, sent at the next sign-in")
        romeo, juliet = self.clients["romeo"], self.clients["juliet"]
        mark = juliet.mark()
        romeo.ask("disconnect")
        romeo.wait("state", state="offline")
        juliet.wait("presence", since=mark, jid=self.jids["romeo"], available=False)
        bodies = [f"queued {number} 排队" for number in range(3)]
        answers = [self.say("romeo", body) for body in bodies]
        equal(romeo.state()["outbox"], 3, "messages in the outbox")
        mine = romeo.mark()
        romeo.ask("connect")
        romeo.wait_online(mine)
        for answer, body in zip(answers, bodies):
            self.check_arrival("romeo", answer, body, mark)
        until(lambda: romeo.state()["outbox"] == 0, "an empty outbox")

    def store_for_later(self):
        self.test.step("written to somebody who is signed out")
        romeo, juliet = self.clients["romeo"], self.clients["juliet"]
        mark = romeo.mark()
        juliet.ask("disconnect")
        romeo.wait("presence", since=mark, jid=self.jids["juliet"], available=False)
        answer = self.say("romeo", "for when you are back 回来再看")
        romeo.wait("message.state", key=answer["key"], state="accepted")
        mark = juliet.mark()
        juliet.ask("connect")
        juliet.wait_online(mark)
        self.check_arrival("romeo", answer, "for when you are back 回来再看", mark)

    def lose_server(self):
        self.test.step("the server ends and comes back")
        marks = {name: client.mark() for name, client in self.clients.items()}
        # In order: ejabberd may forget contacts when it is killed. life.py kills Prosody.
        self.server.command("halt")
        for name in NAMES:
            event = self.clients[name].wait("state", since=marks[name], state="waiting")
            check_error(event["reason"])
            check(event["reason"]["kind"] in ("network", "stream"), "the reason", event)
            check(event["nextTry"] > 0, "when the next try comes", event)
        answer = self.say("juliet", "into the void 虚空")
        self.server.command("start")
        for name in NAMES:
            self.clients[name].ask("connect")  # rather than waiting for the next try
            self.clients[name].wait_online(marks[name])
        self.check_arrival("juliet", answer, "into the void 虚空", marks["romeo"])

    def manage(self):
        self.test.step("chats, unread, pages, ping, disco, version, statistics")
        romeo, juliet = self.clients["romeo"], self.jids["juliet"]
        chats = romeo.ask("chats")["chats"]
        equal([(c["chat"], c["account"], c["kind"]) for c in chats], [(juliet, self.jids["romeo"], "chat")], "the chats")
        incoming = sum(author == juliet for author, _ in self.truth.said)
        check(0 < chats[0]["unread"] <= incoming, "unread messages", chats, incoming)
        romeo.ask("chat.read", chat=juliet)
        equal(romeo.ask("chats")["chats"][0]["unread"], 0, "unread messages, after reading")
        until(lambda: all(m["state"] == "displayed" for m in self.clients["juliet"].history(self.jids["romeo"])
                          if m["direction"] == "out"), "juliet is told what romeo has read")
        paged, before = [], {}
        while True:
            answer = romeo.ask("history", chat=juliet, limit=4, **before)
            paged = answer["messages"] + paged
            if answer["complete"]:
                break
            before = {"before": paged[0]["key"]}
        equal([m["key"] for m in paged], [m["key"] for m in romeo.history(juliet)], "the history in pages")
        check(romeo.ask("ping")["seconds"] >= 0, "the server's answer to a ping")
        info = romeo.ask("disco")
        check({"category": "server", "type": "im"} in [{k: i[k] for k in ("category", "type")} for i in info["identities"]],
              "the server says what it is", info)
        check("http://jabber.org/protocol/disco#info" in info["features"], "the server's features", info)
        equal(romeo.ask("version")["name"], "Balcony", "our own name")
        check(romeo.ask("version", to=self.server.domain)["name"].lower() in ("prosody", "ejabberd"), "the server's name")
        full = self.clients["juliet"].state()["jid"]
        equal(romeo.ask("version", to=full)["name"], "Balcony", "a contact's client")
        check(romeo.ask("ping", to=full)["seconds"] >= 0, "a contact's answer to a ping")
        stats = romeo.ask("stats")
        check(stats["stanzasIn"] > 0 and stats["stanzasOut"] > 0 and stats["outbox"] == 0, "statistics", stats)
        check_error(romeo.refused("sing"), "input", "unknown-command")
        check_error(romeo.refused("room.join", jid="rooms.verona.test"), "unsupported", "not-implemented")

    def use_socket(self):
        self.test.step("balconyctl, a second start, an export beside")
        romeo = self.clients["romeo"]
        environment = self.test.files.environment(self.server.ca)
        output, _ = start([program("balconyctl"), "--profile", romeo.profile, "state", f"account={self.jids['romeo']}"], 0, environment)
        equal(json.loads(output)["state"], "online", "the state through the socket")
        body = "from the command line = 命令行"
        output, _ = start([program("balconyctl"), "--profile", romeo.profile, "send", f"to={self.jids['juliet']}",
                           f"body={body}"], 0, environment)
        self.truth.add(self.jids["romeo"], body)
        self.check_arrival("romeo", json.loads(output), body)
        output, _ = start([program("balconyctl"), "--profile", romeo.profile, "sing"], 1, environment)
        check_error(json.loads(output)["error"], "input", "unknown-command")
        output, said = start([program("balcony-headless"), "--profile", romeo.profile], 3, environment)
        check_error(json.loads(output)["error"], "storage", "profile-in-use")
        check(said.strip(), "a second start says on standard error why it ends")
        self.truth.check(export(self.test.files, romeo.profile), "the export of a profile in use")

    def restart(self):
        self.test.step("quit, start again, find everything")
        before = {name: client.history(self.jids[self.other(name)]) for name, client in self.clients.items()}
        rosters = {name: client.contact(self.jids[self.other(name)]) for name, client in self.clients.items()}
        for name in NAMES:
            self.truth.check(before[name], name)
            self.clients[name].quit()
        for name in NAMES:
            self.truth.check(export(self.test.files, self.clients[name].profile), f"the export of {name}")
        offline = self.begin("romeo", "--offline")
        equal(offline.history(self.jids["juliet"]), before["romeo"], "the history after a restart, field by field")
        equal({**offline.contact(self.jids["juliet"]), "presences": []}, {**rosters["romeo"], "presences": []},
              "the roster without a connection")
        equal(offline.state()["state"], "offline", "--offline connects nothing")
        equal(offline.ask("chats")["chats"][0]["unread"], 0, "what was read stays read")
        offline.quit()
        for name in NAMES:
            self.begin(name).wait_online()
        for name in NAMES:
            client = self.clients[name]
            client.wait("presence", jid=self.jids[self.other(name)], available=True)
            equal(client.history(self.jids[self.other(name)]), before[name], "the history after a restart, online")
        answer = self.say("juliet", "still here 还在")
        self.check_arrival("juliet", answer, "still here 还在")

    def end(self):
        self.test.step("remove the contact, sign out, quit")
        romeo, juliet = self.clients["romeo"], self.clients["juliet"]
        mark = juliet.mark()
        romeo.ask("roster.remove", jid=self.jids["juliet"])
        romeo.wait("roster", jid=self.jids["juliet"], removed=True)
        juliet.wait("roster", since=mark, jid=self.jids["romeo"], contact=lambda c: c and c["subscription"] == "none")
        for name in NAMES:
            client = self.clients[name]
            mark = client.mark()
            client.ask("disconnect")
            client.wait("state", since=mark, state="offline")
            until(lambda: client.state()["state"] == "offline", "signed out")
            self.truth.check(client.history(self.jids[self.other(name)]), name)
            client.quit()
            self.truth.check(export(self.test.files, client.profile), f"the export of {name}")
        self.test.files.check_home_untouched()

    def run(self):
        for step in (self.sign_in, self.subscribe, self.change_contact, self.see, self.talk, self.type, self.queue,
                     self.store_for_later, self.lose_server, self.manage, self.use_socket, self.restart, self.end):
            step()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=["prosody", "ejabberd"], required=True)
    parser.add_argument("--tls", choices=["starttls", "direct"], required=True)
    options = parser.parse_args()
    with Test() as test:
        Suite(test, options.server, options.tls).run()


if __name__ == "__main__":
    main()
