#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people in two windows against a private server, by keyboard only and read as a screen reader does: sign in, add a
contact, chat both ways, quit, start again, find everything where it was.

    walk.py --balcony PROGRAM --shots FOLDER --server prosody|ejabberd
"""

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from screen import Failure, Program, Screen, wait_until  # noqa: E402

DOMAIN = "verona.test"
SAID = "But soft, what light through yonder window breaks?"
ANSWER = "O Romeo, Romeo, wherefore art thou Romeo?"


class Server:
    """A private server with romeo and juliet, who do not know each other yet."""

    def __init__(self, kind, folder):
        tool = os.path.join(HERE, "..", "support", "realserver.py")
        self.process = subprocess.Popen(
            [sys.executable, tool, "start", "--kind", kind, "--dir", os.path.join(folder, "server"),
             "--domain", DOMAIN, "--accounts", "romeo:montague,juliet:capulet"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise Failure(f"{kind} did not start")
        self.facts = json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)


class Person:
    """Somebody at a window of their own."""

    def __init__(self, name, password, folder, program, server):
        self.name = name
        self.jid = f"{name}@{DOMAIN}"
        self.password = password
        self.profile = os.path.join(folder, name)
        self.log = os.path.join(folder, name + ".log")
        self.program = program
        self.server = server
        self.window = None

    def start(self):
        self.window = Program([self.program, "--profile", self.profile, "--lang", "en"],
                              {"SSL_CERT_FILE": self.server.facts["ca"]}, self.log)

    def sign_in(self):
        w = self.window
        w.find("frame", contains="Balcony")
        w.find("push button", "Sign in")
        w.activate()
        w.tab_to(name="Address")
        w.type(self.jid)
        w.tab_to(name="Password")
        w.type(self.password)
        w.tab_to(name="Connection options")
        w.key("space")
        w.tab_to(name="Server")
        w.type("127.0.0.1")
        w.tab_to(name="Port")
        w.type(str(self.server.facts["starttls"]))
        # A display without a keychain: the choice is put in words, and a file is what this test wants.
        w.tab_to(role="radio button")
        w.key("Down")
        wait_until("the file is chosen", lambda: any(
            "CHECKED" in w.states(node) for node in w.find_all("radio button", "Keep it in a file of this profile")))
        w.tab_to(name="Sign in")
        w.key("Return")
        w.find("push button", contains="Available. Presence and accounts")

    def add_contact(self, jid):
        w = self.window
        w.activate()
        w.key("ctrl+shift+n")
        w.find("push button", "Add contact")
        w.tab_to(name="Address")
        w.type(jid)
        w.key("Return")
        w.gone("push button", "Add contact")

    def accept(self, jid):
        w = self.window
        w.find("push button", "Accept " + jid)
        w.activate()
        w.tab_to(name="Accept " + jid)
        w.key("Return")
        w.gone("push button", "Accept " + jid)

    def open_chat(self, jid):
        w = self.window
        w.activate()
        w.key("ctrl+k")
        wait_until("the switcher has the focus", lambda: w.has_focus("text", "Name or address"))
        w.type(jid)
        wait_until("the switcher found somebody", lambda: w.find_all("list item", contains=jid.split("@")[0]))
        w.key("Return")
        wait_until("the composer has the focus", lambda: w.has_focus("text", "Message"))

    def say(self, text):
        w = self.window
        w.type(text)
        w.key("Return")
        self.hears(text)

    def hears(self, text):
        return self.window.find("list item", contains=text)

    def quit(self):
        w = self.window
        w.activate()
        w.key("ctrl+q")
        status = w.wait(20)
        if status != 0:
            raise Failure(f"{self.name}'s window ended with the status {status}")


def step(text):
    print("walk: " + text, file=sys.stderr, flush=True)


def write_picture(path, width=640, height=420):
    """A night sky with a moon, as a PNG."""
    def pixel(x, y):
        if (x - 460) ** 2 + (y - 130) ** 2 < 70 ** 2:
            return bytes((250, 240, 200))
        return bytes((20 + y // 12, 24 + y // 9, 70 + y // 5))
    lines = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def send_picture(romeo, juliet, shot):
    """By keyboard: chosen, with a caption; she looks at it in its own window."""
    path = os.path.join(os.path.dirname(romeo.profile), "moon.png")
    write_picture(path)
    w = romeo.window
    wait_until("the composer has the focus", lambda: w.has_focus("text", "Message"))
    w.key("ctrl+u")
    w.find("dialog", contains="Choose Files to Send")
    w.type(path)
    w.key("Return")
    wait_until("the caption has the focus", lambda: w.has_focus("text", "Caption"))
    w.type("Swear not by the moon")
    shot("send-files-romeo")
    w.key("Return")
    romeo.hears("Swear not by the moon")
    w = juliet.window
    def is_here(text):
        return "Picture: " in text and "moon.png" in text and "ownload" not in text
    wait_until("her computer has the picture", lambda: any(
        is_here(node.get_name() or "") for node in w.find_all("list item", contains="Swear not by the moon")))
    w.activate()
    wait_until("her composer has the focus", lambda: w.has_focus("text", "Message"))
    shot("picture-juliet")
    w.key("shift+Tab")
    for key in ("Down", "Down", "Down"):
        w.key(key)
    wait_until("the keyboard is on the picture", lambda: w.has_focus("list item", "moon.png"))
    before = len(w.windows())
    w.key("Return")
    wait_until("the menu is open", lambda: len(w.windows()) > before)
    w.key("Down")
    w.key("Return")
    w.find("dialog", contains="Picture from")
    w.find("label", contains="%")
    shot("viewer-juliet")
    w.key("Escape")
    wait_until("the picture is closed", lambda: not w.find_all("dialog", contains="Picture from"))
    w.key("Tab")
    romeo.window.activate()


def meet(romeo, juliet, shot):
    for person in (romeo, juliet):
        step(f"{person.name} signs in")
        person.start()
        person.sign_in()
    step("romeo adds juliet")
    romeo.add_contact(juliet.jid)
    step("juliet accepts")
    juliet.accept(romeo.jid)
    step("they talk")
    romeo.open_chat(juliet.jid)
    romeo.say(SAID)
    juliet.open_chat(romeo.jid)
    juliet.hears(SAID)
    # While she writes he sees it (XEP-0085), and no longer once she wiped it out.
    def romeo_sees_it():
        juliet.window.type("O")  # again and again: who pauses does not type
        return romeo.window.find_all(contains="Typing")
    wait_until("romeo sees that juliet types", romeo_sees_it)
    juliet.window.key("ctrl+a")
    juliet.window.key("BackSpace")
    wait_until("nobody types any more", lambda: not romeo.window.find_all(contains="Typing"))
    juliet.say(ANSWER)
    romeo.hears(ANSWER)
    # Juliet's window is in front: she has read it, and romeo is told.
    wait_until("romeo's message is shown as read", lambda: any(
        (node.get_name() or "").endswith(" read") for node in romeo.window.find_all("list item", contains=SAID)))
    shot("chat-juliet")
    romeo.window.activate()
    shot("chat-romeo")


def look(romeo, juliet, shot):
    step("romeo looks when it was read")
    w = romeo.window
    wait_until("the composer has the focus", lambda: w.has_focus("text", "Message"))
    w.key("shift+Tab")
    for key in ("Up", "alt+Return"):
        w.key(key)
    w.find("dialog", contains="Details of the message")
    for label in ("Sent: ", "Received by the server: ", "Delivered: ", "Read: ", "State: read"):
        w.find("label", contains=label)
    shot("details-romeo")
    w.key("Escape")
    wait_until("the details are closed", lambda: not w.find_all("dialog", contains="Details of the message"))
    w.key("Tab")


def change(romeo, juliet, shot):
    step("romeo answers, corrects himself, and she reacts")
    w = romeo.window
    wait_until("the composer has the focus", lambda: w.has_focus("text", "Message"))
    w.key("ctrl+r")  # the newest message, which is hers
    wait_until("the answer's bar is there", lambda: w.find_all(contains="Reply to"))
    w.type("Call me but luve")
    w.key("Return")
    juliet.hears("Call me but luve")
    wait_until("she sees what he answers", lambda: any(
        ANSWER in (node.get_name() or "") for node in juliet.window.find_all("list item", contains="Call me but luve")))
    w.key("Up")  # the last of his own, to be corrected
    wait_until("the text is in the composer", lambda: any("Call me but luve" in w.text_of(node) for node in w.find_all("text")))
    w.key("ctrl+a")
    w.type("Call me but love")
    w.key("Return")
    juliet.hears("Call me but love")
    wait_until("she sees that it was edited", lambda: any(
        "edited" in (node.get_name() or "") for node in juliet.window.find_all("list item", contains="Call me but love")))
    shot("kinds-romeo")
    step("romeo looks what he had said")
    w.key("shift+Tab")
    for key in ("Down", "Down", "Down", "alt+Return"):  # to the last one, from wherever the keyboard was
        w.key(key)
    w.find("dialog", contains="Details of the message")
    w.find("label", contains="What it said before")
    w.find("label", contains="Call me but luve")
    shot("history-romeo")
    w.key("Escape")
    wait_until("the details are closed", lambda: not w.find_all("dialog", contains="Details of the message"))
    w.key("Tab")
    step("romeo sends a picture, and juliet looks at it")
    send_picture(romeo, juliet, shot)


def search(romeo, juliet, shot):
    step("romeo searches for what she said, and goes there")
    w = romeo.window
    wait_until("the composer has the focus", lambda: w.has_focus("text", "Message"))
    w.key("ctrl+shift+f")
    wait_until("the search has the focus", lambda: w.has_focus("text", "Search in messages"))
    w.find("push button", contains="has:link")  # what can be typed
    w.type("wherefore from:juliet")
    wait_until("her words are found", lambda: any(
        ANSWER in (node.get_name() or "") for node in w.children_of("list", "Messages found")))
    w.find("label", "1 message found")
    shot("search-romeo")
    w.key("Return")
    wait_until("the keyboard is on her message", lambda: w.has_focus("list item", ANSWER))
    w.key("ctrl+shift+f")
    wait_until("the search has the focus", lambda: w.has_focus("text", "Search in messages"))
    w.key("Escape")
    wait_until("the lists are back", lambda: w.find_all("list", "Chats") and not w.find_all("list", "Messages found"))
    w.key("ctrl+f")
    wait_until("the search in the chat has the focus", lambda: w.has_focus("text", "Search in this chat"))
    w.type("soft")
    w.find("label", "1 of 1")
    shot("find-romeo")
    w.key("Escape")


def come_back(romeo, juliet, shot):
    step("they quit, and romeo comes back")
    # A word that is not sent yet is kept, too.
    wait_until("the composer has the focus", lambda: romeo.window.has_focus("text", "Message"))
    romeo.window.type("It is my lady")
    for person in (romeo, juliet):
        person.quit()
    romeo.start()
    w = romeo.window
    w.find("push button", contains="Available. Presence and accounts")
    romeo.hears(SAID)
    romeo.hears(ANSWER)
    wait_until("the unsent words are there", lambda: any(
        "It is my lady" in w.text_of(node) for node in w.find_all("text")))
    w.activate()
    shot("again-romeo")
    romeo.quit()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--balcony", required=True)
    parser.add_argument("--shots", required=True)
    parser.add_argument("--brief", action="store_true", help="only what two servers may do differently")
    parser.add_argument("--server", choices=("prosody", "ejabberd"), default="prosody")
    arguments = parser.parse_args()
    os.makedirs(arguments.shots, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="balcony-walk-")
    server = None
    people = []
    try:
        with Screen() as screen:
            server = Server(arguments.server, folder)
            program = os.path.abspath(arguments.balcony)
            people = [Person("romeo", "montague", folder, program, server), Person("juliet", "capulet", folder, program, server)]
            shot = lambda name: screen.shoot(os.path.join(arguments.shots, f"window-{name}.png"))  # noqa: E731
            try:
                for part in (meet, come_back) if arguments.brief else (meet, look, change, search, come_back):
                    part(*people, shot)
            except Exception:
                shot("failed")
                for person in people:
                    if person.window:
                        print(f"{person.name} sees:\n{person.window.outline()}\nfocus: {person.window.focused()}", file=sys.stderr)
                    if os.path.exists(person.log):
                        with open(person.log, encoding="utf-8", errors="replace") as log:
                            print(f"{person.name}'s log:\n{log.read()[-3000:]}", file=sys.stderr)
                raise
            finally:
                for person in people:
                    if person.window:
                        person.window.end()
    finally:
        if server:
            server.end()
        shutil.rmtree(folder, ignore_errors=True)
    print("Both signed in, found each other, talked, quit, and romeo came back to all of it.")


if __name__ == "__main__":
    main()
