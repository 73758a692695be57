# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private display with a window manager, a session bus and the accessibility bus, and programs read on it as a screen
reader does. Needs the system's python3 with python3-gi."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time

POLL = 0.1


def role_of(node):
    """The role's name, as AT-SPI called it before version 2.54 where that made a new one."""
    name = node.get_role_name()
    return "push button" if name == "button" else name


class Failure(Exception):
    """What was expected did not come; the text says what, and what was there instead."""


class Screen:
    """Xvfb, openbox, a session bus with at-spi, all private and ended together."""

    def __init__(self, size="1280x900x24"):
        self.folder = tempfile.mkdtemp(prefix="balcony-screen-")
        self.processes = []
        self.size = size

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start(self):
        os.environ["DISPLAY"] = ":" + self._start_display()
        for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "DESKTOP_SESSION", "XDG_CURRENT_DESKTOP"):
            os.environ.pop(name, None)
        os.environ["XDG_RUNTIME_DIR"] = os.path.join(self.folder, "run")
        os.environ["HOME"] = os.path.join(self.folder, "home")
        for path in (os.environ["XDG_RUNTIME_DIR"], os.environ["HOME"]):
            os.makedirs(path, mode=0o700)
        os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        os.environ["NO_AT_BRIDGE"] = "0"
        bus = self._run(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE)
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self._run(["openbox", "--sm-disable"])

    def _start_display(self):
        """Gives the number of a display. Not the first that is free: a display that ends takes the socket of its number
        away, be it the next one's by then."""
        for _ in range(5):
            number = random.randrange(100, 30000)
            read, write = os.pipe()
            self._run(["Xvfb", f":{number}", "-displayfd", str(write), "-screen", "0", self.size, "-nolisten", "tcp",
                       "-dpi", "96"], pass_fds=(write,))
            os.close(write)
            with os.fdopen(read) as source:
                if source.readline().strip():
                    return str(number)
        raise Failure("Xvfb does not start")

    def _run(self, command, **options):
        options.setdefault("stdout", subprocess.DEVNULL)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True, **options)
        self.processes.append(process)
        return process

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                # Its whole group: the accessibility bus has daemons of its own.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def shoot(path):
        """The whole screen as a PNG."""
        subprocess.run(["import", "-window", "root", path], check=True, timeout=60)


def wait_until(what, check, seconds=60):
    """The first true value of check(); Failure with `what` where none comes in time."""
    end = time.monotonic() + seconds
    last = None
    while True:
        try:
            value = check()
            last = None
        except Exception as error:  # an object that went while it was read
            value, last = None, error
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f"not within {seconds} s: {what}" + (f" ({last})" if last else ""))
        time.sleep(POLL)


class Program:
    """One running program, read through the accessibility tree and driven by the keyboard."""

    def __init__(self, command, environment=None, log=None):
        self.log = log
        output = open(log, "ab") if log else subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                        env={**os.environ, **(environment or {})})
        self.pid = self.process.pid

    @classmethod
    def running(cls, pid):
        """A program that somebody else started and ends."""
        program = cls.__new__(cls)
        program.log, program.process, program.pid = None, None, pid
        return program

    # ---- reading ----

    def _application(self):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        desktop = Atspi.get_desktop(0)
        # Nothing is remembered from one look to the next: no loop runs here that could hear of changes.
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.pid:
                child.set_cache_mask(Atspi.Cache.NONE)
                child.clear_cache()
                return child
        return None

    def nodes(self):
        """All that is shown, in the order of the tree, each with its states. What is in a hidden part is not asked for."""
        application = self._application()
        if application is None:
            return
        stack = [application]
        seen = 0
        while stack and seen < 20000:
            node = stack.pop()
            seen += 1
            try:
                states = self.states(node)
                if node is not application and "VISIBLE" not in states:
                    continue
                yield node, states
                count = node.get_child_count()
            except Exception:
                continue
            children = [node.get_child_at_index(i) for i in range(min(count, 400))]
            stack.extend(child for child in reversed(children) if child is not None)

    @staticmethod
    def states(node):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        states = node.get_state_set()
        return {name for name in ("SHOWING", "VISIBLE", "FOCUSED", "ENABLED", "CHECKED", "SELECTED", "EDITABLE",
                                  "FOCUSABLE", "EXPANDED") if states.contains(getattr(Atspi.StateType, name))}

    def find_all(self, role=None, name=None, contains=None, showing=True):
        result = []
        for node, states in self.nodes():
            try:
                if showing and "SHOWING" not in states:
                    continue
                if role and role_of(node) != role:
                    continue
                if name is not None and (node.get_name() or "") != name:
                    continue
                if contains is not None and contains not in (node.get_name() or ""):
                    continue
            except Exception:
                continue
            result.append(node)
        return result

    def find(self, role=None, name=None, contains=None, seconds=60):
        """The first such node; waits for it."""
        words = " ".join(str(word) for word in (role, name and f"named '{name}'", contains and f"with '{contains}'") if word)
        try:
            return wait_until(words, lambda: (self.find_all(role, name, contains) or [None])[0], seconds)
        except Failure as failure:
            raise Failure(f"{failure}; the window shows:\n{self.outline()}") from None

    def gone(self, role=None, name=None, contains=None, seconds=60):
        wait_until(f"{role or ''} {name or contains} is gone", lambda: not self.find_all(role, name, contains), seconds)

    def focused(self):
        """Role and name of what has the keyboard; nothing where nobody has. Its frames say that they have it, too."""
        found = None
        for node, states in self.nodes():
            try:
                if {"FOCUSED", "SHOWING"} <= states and not self.is_closed_choice(node):
                    found = role_of(node), node.get_name() or ""
            except Exception:
                continue
        return found

    def is_closed_choice(self, node):
        """Whether it is a line of a combo box that is not open: Qt 6.8 says that its current one has the keyboard."""
        if role_of(node) != "list item":
            return False
        while (node := node.get_parent()) is not None:
            if role_of(node) == "combo box":
                return "EXPANDED" not in self.states(node)
        return False

    def children_of(self, role, name):
        """What is in the controls with this role and name."""
        return [node.get_child_at_index(index) for node in self.find_all(role, name)
                for index in range(node.get_child_count())]

    def has_focus(self, role, contains):
        """Whether such a control has the keyboard; the current row of a list beside it may say so, too."""
        return any("FOCUSED" in self.states(node) for node in self.find_all(role, contains=contains))

    def text_of(self, node):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        interface = node.get_text_iface()
        # By the interface: since AT-SPI 2.54 the object has a get_text() of its own, which is another one.
        return Atspi.Text.get_text(interface, 0, Atspi.Text.get_character_count(interface)) if interface else ""

    def outline(self, limit=250):
        """The tree as text, for failure messages."""
        lines = []
        for node, states in self.nodes():
            try:
                if "SHOWING" not in states and role_of(node) != "application":
                    continue
                mark = "*" if "FOCUSED" in states else " "
                lines.append(f"  {mark} {role_of(node)}: {(node.get_name() or '')[:120]!r}")
            except Exception:
                continue
            if len(lines) >= limit:
                lines.append("  ...")
                break
        return "\n".join(lines) or "  nothing"

    # ---- the keyboard ----

    def windows(self):
        """The numbers of the program's windows that show, menus too, the newest last."""
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.pid)],
                              capture_output=True, text=True, timeout=30).stdout.split()

    def activate(self):
        """Brings the program's newest window to the front, as Alt+Tab would."""
        def window():
            found = self.windows()
            return found[-1] if found else None
        number = wait_until("a window", window)
        subprocess.run(["xdotool", "windowactivate", "--sync", number], check=False, timeout=30,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until("the window has the keyboard", lambda: self.focused() is not None, 20)

    @staticmethod
    def key(*keys):
        """Keys as xdotool names them: `ctrl+n`, `Tab`, `Return`."""
        for name in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True, timeout=30)

    @staticmethod
    def type(text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "20", text], check=True, timeout=120)

    def tab_to(self, role=None, name=None, most=60, key="Tab"):
        """Walks with Tab until the control with this role and name has the focus; Failure where it cannot be reached."""
        passed = []
        for _ in range(most):
            here = wait_until("something has the focus", self.focused, 20)
            if (role is None or here[0] == role) and (name is None or here[1] == name):
                return
            passed.append(here)
            before = here
            self.key(key)
            try:
                wait_until("the focus moves", lambda: self.focused() != before, 3)
            except Failure:
                raise Failure(f"the focus is trapped on {before}; passed {passed}") from None
        raise Failure(f"{role} '{name}' is not reached by {key}; passed {passed}")

    # ---- the end ----

    def wait(self, seconds=20):
        return self.process.wait(seconds)

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
