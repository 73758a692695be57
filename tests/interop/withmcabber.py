# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Balcony as Romeo, and Juliet at mcabber in a terminal: what she types comes to him, and what he says is on her screen."""

import os

from harness import Server, Test, equal, need
from terminal import Terminal

SETTINGS = """
set jid = {jid}
set password = {password}
set server = 127.0.0.1
set port = {port}
set tls = 1
set ssl_ca = {ca}
set resource = mcabber
set disable_random_resource = 1
set logging = 0
set escdelay = 50
set lang = en
"""

# What a terminal shows letter by letter; joined emoji are for clients with fonts.
SAID = ("Soft, what light through yonder window breaks?", "你好，罗密欧与朱丽叶。", "<balcony> & \"moon\"")


class Talk:
    def __init__(self, test):
        need("mcabber", "mcabber")
        self.test = test
        self.server = test.started(Server("prosody"))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.romeo = test.headless("romeo", self.server.ca)
        self.romeo.add(self.server, "romeo")
        self.romeo.wait_online()

    def begin(self):
        self.test.step("mcabber signs in")
        folder = self.test.files.path("mcabber")
        os.mkdir(folder, 0o700)
        path = os.path.join(folder, "mcabberrc")
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(SETTINGS.format(jid=self.juliet_jid, password=self.server.password("juliet"),
                                       port=self.server.port("starttls"), ca=self.server.ca))
        environment = {**os.environ, "HOME": folder, "SSL_CERT_FILE": self.server.ca}
        self.juliet = self.test.started(Terminal("mcabber", ["mcabber", "-f", path], environment))
        self.juliet.shows("Connection established")

    def subscribe(self):
        self.test.step("subscriptions both ways")
        self.juliet.type(f"/add {self.romeo_jid}")
        self.romeo.wait("subscription", jid=self.juliet_jid, type="subscribe")
        self.romeo.ask("subscription.accept", jid=self.juliet_jid)
        # Accepting asks back.
        self.juliet.shows("wants to subscribe to your presence")
        self.juliet.type(f"/authorization allow {self.romeo_jid}")
        self.romeo.wait("roster", jid=self.juliet_jid, contact=lambda c: c and c["subscription"] == "both")
        self.juliet.shows("romeo")

    def see(self):
        self.test.step("presence both ways")
        self.romeo.wait("presence", jid=self.juliet_jid, resource="mcabber", available=True)
        mark = self.romeo.mark()
        self.juliet.type("/status dnd in the orchard")
        event = self.romeo.wait("presence", since=mark, jid=self.juliet_jid, show="dnd")
        equal(event["status"], "in the orchard", "Juliet's status")
        self.romeo.ask("presence", show="away", status="over the wall")
        self.juliet.shows("[a] romeo")

    def talk(self):
        self.test.step("messages both ways")
        self.juliet.type("/roster search romeo")
        self.juliet.type("")  # opens the chat with whom is chosen
        for body in SAID:
            answer = self.romeo.ask("send", to=self.juliet_jid, body=body)
            self.juliet.shows(body)
            self.romeo.wait("message.state", key=answer["key"], state="delivered")
            mark = self.romeo.mark()
            self.juliet.type(body)
            event = self.romeo.wait("message", since=mark, direction="in")
            equal((event["body"], event["author"]), (body, self.juliet_jid), "what Juliet typed")

    def leave(self):
        self.test.step("mcabber leaves")
        mark = self.romeo.mark()
        self.juliet.type("/quit")
        self.juliet.wait_end()
        self.romeo.wait("presence", since=mark, jid=self.juliet_jid, resource="mcabber", available=False)
        self.romeo.quit()

    def run(self):
        for step in (self.begin, self.subscribe, self.see, self.talk, self.leave):
            step()


if __name__ == "__main__":
    with Test() as test:
        Talk(test).run()
