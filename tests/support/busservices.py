# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services on a bus as a program of their own, which tells of what happens and is told what to do by lines of JSON."""

import json
import os
import subprocess
import threading
import time


class BusServices:
    """Starts `script` with the system's Python, which has gi, and waits until it is `ready`."""

    def __init__(self, script, *arguments):
        self.services = subprocess.Popen(["/usr/bin/python3", os.path.abspath(script), *arguments], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        self.events, self.moved = [], threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        self.wait("ready")

    def _read(self):
        for line in self.services.stdout:
            with self.moved:
                self.events.append(json.loads(line))
                self.moved.notify_all()

    def mark(self):
        with self.moved:
            return len(self.events)

    def find(self, name, since=0, **fields):
        return [event for event in self.events[since:]
                if event["event"] == name and all(event.get(key) == value for key, value in fields.items())]

    def wait(self, name, since=0, deadline=60, **fields):
        """The first such event with these fields."""
        end = time.monotonic() + deadline
        with self.moved:
            while not self.find(name, since, **fields):
                if not self.moved.wait(end - time.monotonic()) and time.monotonic() > end:
                    raise TimeoutError(f"waited in vain for {name} {fields} on the bus: {self.events}")
            return self.find(name, since, **fields)[0]

    def tell(self, **command):
        self.services.stdin.write(json.dumps(command) + "\n")
        self.services.stdin.flush()

    def close(self):
        self.services.terminate()
        self.services.wait()
