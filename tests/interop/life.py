# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client lives through: being killed, servers that restart, passwords kept and not kept, accounts switched off."""

import os
import signal
import stat

from harness import Server, Test, check, check_error, equal, export, until


def bodies(client, chat):
    return [message["body"] for message in client.history(chat)]


class Life:
    def __init__(self, test):
        self.test = test
        self.server = test.started(Server("prosody", "--friends"))
        self.romeo_jid, self.juliet_jid = self.server.jid("romeo"), self.server.jid("juliet")
        self.juliet = test.headless("juliet", self.server.ca)
        self.juliet.add(self.server, "juliet")
        self.juliet.wait_online()
        self.expected = []  # bodies from Romeo to Juliet, in order
        self.lost = []  # those that a dying server lost itself
        self.round = 0

    def say(self, romeo, body):
        answer = romeo.ask("send", to=self.juliet_jid, body=body)
        self.expected.append(body)
        return answer

    def settle(self, romeo):
        """All that Romeo wrote is at Juliet's, once and in order."""
        until(lambda: bodies(self.juliet, self.romeo_jid) == self.expected, f"the messages at Juliet's: {self.expected}")
        until(lambda: romeo.state()["outbox"] == 0, "an empty outbox")
        equal([body for body in bodies(romeo, self.juliet_jid) if body not in self.lost], self.expected,
              "the messages at Romeo's")

    def kill(self):
        self.test.step("kill -9 right after the answer, offline: all is there at the next start")
        romeo = self.test.headless("romeo", self.server.ca, "--offline")
        romeo.add(self.server, "romeo")
        for number in range(5):
            self.say(romeo, f"offline {number} 离线")
        romeo.process.send_signal(signal.SIGKILL)  # not a moment after the last answer
        romeo.wait_end(-signal.SIGKILL)
        equal([m["body"] for m in export(self.test.files, romeo.profile)], self.expected, "the export of a killed profile")
        romeo = self.test.headless("romeo", self.server.ca)
        romeo.wait_online()
        self.settle(romeo)

        self.test.step("kill -9 online, in the middle of sending")
        for number in range(5):
            self.say(romeo, f"online {number} 在线")
        romeo.process.send_signal(signal.SIGKILL)
        romeo.wait_end(-signal.SIGKILL)
        romeo = self.test.headless("romeo", self.server.ca)
        romeo.wait_online()
        self.settle(romeo)
        self.romeo = romeo

    def restart_server(self):
        self.test.step("the server dies with messages that it never read, and starts again")
        self.server.command("pause")
        self.die_and_start(3)
        self.settle(self.romeo)

        self.test.step("the server dies in the middle of passing messages on, and starts again")
        for _ in range(3):
            self.die_and_start(5)
            until(lambda: self.romeo.state()["outbox"] == 0, "an empty outbox")
            until(lambda: bodies(self.juliet, self.romeo_jid)[-1:] == self.expected[-1:], "the last message at Juliet's")
            self.forgive()
            self.settle(self.romeo)

    def die_and_start(self, count):
        """Messages, the server's sudden end, more messages, and a new start of it."""
        romeo, mark = self.romeo, self.romeo.mark()
        juliet, juliet_mark = self.juliet, self.juliet.mark()
        self.round += 1
        for number in range(count):
            self.say(romeo, f"before end {self.round}: {number}")
        self.server.command("kill")
        romeo.wait("state", since=mark, state="waiting")
        juliet.wait("state", since=juliet_mark, state="waiting")
        for number in range(3):
            self.say(romeo, f"without a server {self.round}: {number}")
        check(romeo.state()["outbox"] >= 3, "what waits", romeo.state())
        self.server.command("start")
        marks = {client: client.mark() for client in (romeo, juliet)}
        for client in marks:
            client.ask("connect")
            client.wait_online(marks[client])

    def forgive(self):
        """What the server lost itself is no longer expected: it stands in its archive for Romeo, its author, and it died
        before it wrote the same for Juliet. Of each such message Romeo must say no more than that the server has it."""
        has = bodies(self.juliet, self.romeo_jid)
        for message in self.romeo.history(self.juliet_jid):
            if message["body"] in has or message["body"] in self.lost:
                continue
            check(message["archiveId"] and message["state"] == "accepted",
                  "Juliet lacks a message that the server did not lose", message)
            self.expected.remove(message["body"])
            self.lost.append(message["body"])
        check(len(self.lost) <= self.round, "a server that dies loses the one message that it is at", self.lost)

    def pause_server(self):
        self.test.step("a server that says nothing for a while")
        romeo = self.romeo
        self.server.command("pause")
        answer = self.say(romeo, "into the silence")
        equal(answer["state"], "queued", "stored at once, whatever the server does")
        self.server.command("resume")
        self.settle(romeo)

    def switch_off(self):
        self.test.step("account.disable, account.enable")
        romeo, mark = self.romeo, self.romeo.mark()
        romeo.ask("account.disable", account=self.romeo_jid)
        romeo.wait("state", since=mark, state="offline")
        equal([a["enabled"] for a in romeo.ask("account.list")["accounts"]], [False], "the account is off")
        self.say(romeo, "written while it is off")
        romeo.quit()
        romeo = self.test.headless("romeo", self.server.ca)
        equal(romeo.ask("account.list")["accounts"], [{"account": self.romeo_jid, "enabled": False, "signIn": "password", "proxy": "none", "state": "offline"}],
              "an account that is off stays so")
        mark = romeo.mark()
        romeo.ask("account.enable", account=self.romeo_jid)
        romeo.wait_online(mark)
        self.settle(romeo)
        romeo.ask("account.remove", account=self.romeo_jid)
        until(lambda: romeo.ask("account.list")["accounts"] == [], "an account that is removed")
        equal(os.listdir(os.path.join(romeo.profile, "secrets")), [], "its password is removed with it")
        romeo.quit()

    def passwords(self):
        self.test.step("passwordStore file and none, passwordFile")
        secrets = os.path.join(self.juliet.profile, "secrets")
        equal(stat.S_IMODE(os.stat(secrets).st_mode), 0o700, "the folder of passwords")
        for name in os.listdir(secrets):
            equal(stat.S_IMODE(os.stat(os.path.join(secrets, name)).st_mode), 0o600, "a password's file")
        asked = self.test.headless("asked", self.server.ca)
        asked.add(self.server, "romeo", passwordStore="none")
        asked.wait_online()
        asked.quit()
        for folder, _, files in os.walk(asked.profile):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    check(self.server.password("romeo").encode() not in file.read(), "the password is in a file", name)
        asked = self.test.headless("asked", self.server.ca)
        event = asked.wait("state", state="needs-password")
        check_error(event["reason"], "auth", "needs-password")
        asked.ask("connect", account=self.romeo_jid, password=self.server.password("romeo"))
        asked.wait_online()
        asked.quit()
        path = self.test.files.path("password")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.server.password("romeo") + "\n")
        read = self.test.headless("read", self.server.ca)
        read.ask("account.add", jid=self.romeo_jid, passwordFile=path, host="127.0.0.1", port=self.server.port("starttls"),
                 tls="starttls")
        read.wait_online()
        read.quit()
        os.unlink(path)
        read = self.test.headless("read", self.server.ca)
        event = read.wait("state", reason=lambda reason: reason)
        check_error(event["reason"], "secret", "password-file")
        read.quit()

    def run(self):
        for step in (self.kill, self.restart_server, self.pause_server, self.switch_off, self.passwords):
            step()
        self.juliet.quit()


if __name__ == "__main__":
    with Test() as life:
        Life(life).run()
