#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people in two windows: a message comes while nobody looks. The desktop shows it, the answer that is written into the
notification arrives, reading withdraws it; what is not to be shown is not; and the tray keeps the program without its window.

    told.py --balcony PROGRAM --shots FOLDER
"""

import argparse
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support")]

from desktopbus import Desktop  # noqa: E402
from screen import Failure, Screen, wait_until  # noqa: E402
from walk import Person, Server  # noqa: E402


def step(text):
    print("told: " + text, file=sys.stderr, flush=True)


def same(found, wanted, what):
    if found != wanted:
        raise Failure(f"{what}: {found!r} instead of {wanted!r}")


def bare(text):
    """Without the marks that keep a name's direction to itself."""
    return text.strip("\u2068\u2069")


def meet(romeo, juliet):
    for person in (romeo, juliet):
        step(f"{person.name} signs in")
        person.start()
        person.sign_in()
    romeo.add_contact(juliet.jid)
    juliet.accept(romeo.jid)
    romeo.open_chat(juliet.jid)
    romeo.say("Good morrow")


def front(person):
    person.window.activate()
    wait_until("the composer has the focus", lambda: person.window.has_focus("text", "Message"))


def hide(person, desktop, item):
    desktop.click(item)
    wait_until(f"{person.name}'s window is hidden", lambda: not person.window.find_all("frame", contains="Balcony"))


def walk(romeo, juliet, desktop, shot):
    mark = desktop.mark()
    meet(romeo, juliet)
    step("juliet is told, for her window is behind")
    shown = desktop.wait("shown", mark, body="Good morrow")
    same(bare(shown["title"]), romeo.jid, "the title")
    same(shown["actions"][::2], ["default", "mark-read", "inline-reply"], "the actions")
    same(shown["hints"]["desktop-entry"], "im.balcony.Balcony", "the desktop entry")
    same(shown["icon"], "im.balcony.Balcony", "the icon")
    desktop.wait("badge", mark, count=1, visible=True, entry="application://im.balcony.Balcony.desktop")
    step("she answers there, and he reads it")
    mark = desktop.mark()
    desktop.reply(shown["number"], "Sweet, so would I")
    romeo.hears("Sweet, so would I")
    desktop.wait("closed", mark, number=shown["number"])
    desktop.wait("badge", mark, count=0, visible=False)
    step("markup is no markup")
    mark = desktop.mark()
    romeo.say("<b>Good</b> & <i>night</i>")
    shown = desktop.wait("shown", mark)
    same(shown["body"], "&lt;b&gt;Good&lt;/b&gt; &amp; &lt;i&gt;night&lt;/i&gt;", "the body")
    step("a click opens the chat, which reads it")
    mark = desktop.mark()
    desktop.action(shown["number"], "default")
    desktop.wait("closed", mark, number=shown["number"])
    juliet.hears("<b>Good</b>")
    step("she closes the window, and is asked once")
    w = juliet.window
    w.activate()
    w.key("alt+F4")
    w.find("dialog", contains="Keep Balcony running")
    shot("keep")
    w.tab_to(name="Keep running")
    w.key("Return")
    wait_until("her window is gone", lambda: not w.find_all("frame", contains="Balcony"))
    same(w.process.poll(), None, "she is still signed in")
    step("she is told all the same, and the tray brings the window back")
    mark = desktop.mark()
    front(romeo)
    romeo.say("Parting is such sweet sorrow")
    shown = desktop.wait("shown", mark, body="Parting is such sweet sorrow")
    juliet_item = wait_until("her icon", lambda: [event["name"] for event in desktop.find("item", pid=w.pid)])[0]
    desktop.click(juliet_item)
    w.find("frame", contains="Balcony")
    desktop.wait("closed", mark, number=shown["number"])
    step("she wants nothing of it shown")
    w.activate()
    w.key("ctrl+comma")
    w.find("dialog", "Settings")
    wait_until("the list of pages has the keyboard", lambda: w.has_focus("list item", "Accounts"))
    for _ in range(5):
        if w.has_focus("list item", "Notifications"):
            break
        w.key("Down")
    # The current line of the list beside it says that it has the keyboard all the time.
    # On this platform a combo box is called what is chosen in it; its label is beside it.
    w.find("combo box", "Name and text")
    for _ in range(30):
        if w.has_focus("combo box", "Name and text"):
            break
        w.key("Tab")
    else:
        raise Failure("the choice of what notifications show cannot be reached by Tab")
    for _ in range(2):
        w.key("Down")
    w.find("combo box", "Neither name nor text")
    shot("notifications")
    w.key("Escape")
    w.gone("dialog", "Settings")
    hide(juliet, desktop, juliet_item)
    mark = desktop.mark()
    front(romeo)
    romeo.say("Nobody may know")
    shown = desktop.wait("shown", mark)
    if not bare(shown["title"]).startswith("1 new message") or shown["body"]:
        raise Failure(f"too much is shown: {shown}")
    step("they leave")
    mark = desktop.mark()
    desktop.click(juliet_item)
    w.find("frame", contains="Balcony")
    desktop.wait("closed", mark, number=shown["number"])
    juliet.quit()
    romeo.quit()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--balcony", required=True)
    parser.add_argument("--shots", required=True)
    arguments = parser.parse_args()
    os.makedirs(arguments.shots, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="balcony-told-")
    server = desktop = None
    people = []
    try:
        with Screen() as screen:
            desktop = Desktop("body", "body-markup", "actions", "inline-reply", "sound")
            server = Server("prosody", folder)
            program = os.path.abspath(arguments.balcony)
            people = [Person("romeo", "montague", folder, program, server), Person("juliet", "capulet", folder, program, server)]
            shot = lambda name: screen.shoot(os.path.join(arguments.shots, f"told-{name}.png"))  # noqa: E731
            try:
                walk(*people, desktop, shot)
            except Exception:
                shot("failed")
                print(f"the desktop's events: {desktop.events}", file=sys.stderr)
                for person in people:
                    if person.window:
                        print(f"{person.name} sees:\n{person.window.outline()}\nfocus: {person.window.focused()}", file=sys.stderr)
                raise
            finally:
                for person in people:
                    if person.window:
                        person.window.end()
                desktop.close()
    finally:
        if server:
            server.end()
        shutil.rmtree(folder, ignore_errors=True)
    print("She was told, answered, and was told no more than she wanted.")


if __name__ == "__main__":
    main()
