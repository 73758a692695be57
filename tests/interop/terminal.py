# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program in a terminal of its own: keys go in, and what the screen shows can be waited for."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading

from harness import DEADLINE, check, until

try:
    import pyte
except ImportError:
    sys.exit("python3-pyte is missing: install the package, and run this with the system's Python")


class Terminal:
    """Ends with close(); a program that still runs then is ended by its process id."""

    def __init__(self, name, command, environment, columns=160, lines=48):
        self.name = name
        self.lock = threading.Lock()
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                        env={**environment, "TERM": "linux", "LC_ALL": "C.UTF-8"})
        os.close(slave)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        while True:
            try:
                piece = os.read(self.master, 4096)
            except OSError:  # the program is gone
                return
            if not piece:
                return
            with self.lock:
                self.stream.feed(piece)

    def text(self):
        with self.lock:
            return "\n".join(line.rstrip() for line in self.screen.display)

    def shows(self, text, deadline=None):
        """Waits until the screen shows `text`."""
        def seen():
            check(self.process.poll() is None or text in self.text(), f"{self.name} ended", self.process.poll())
            return text in self.text()
        until(seen, f"{self.name} shows {text!r}", deadline)

    def type(self, text):
        """Types a line and Return."""
        os.write(self.master, text.encode() + b"\r")

    def wait_end(self):
        self.process.wait(DEADLINE)

    def report(self):
        print(f"---- {self.name}: its screen; exit status {self.process.poll()}", file=sys.stderr)
        print("\n".join("    " + line for line in self.text().splitlines() if line), file=sys.stderr)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        self.thread.join(5)
