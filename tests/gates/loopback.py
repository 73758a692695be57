#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/support/loopback.py, under which ./check runs all tests, leaves loopback and takes every other network away."""

import os
import subprocess
import sys

import gate

INSIDE = """
import os, socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname(), 5).close()
assert os.getuid() == %d, "another user"
for address in ("192.0.2.1", "198.51.100.1"):
    try:
        socket.create_connection((address, 80), 5)
    except socket.timeout:
        raise
    except OSError:
        continue
    raise AssertionError("reached " + address)
"""

if __name__ == "__main__":
    script = os.path.join(gate.ROOT, "tests", "support", "loopback.py")
    done = subprocess.run([sys.executable, script, sys.executable, "-c", INSIDE % os.getuid()], capture_output=True, text=True)
    if "loopback:" in done.stderr:
        print(done.stderr)
        sys.exit(gate.SKIPPED)
    failing = subprocess.run([sys.executable, script, "sh", "-c", "exit 7"], capture_output=True)
    if done.returncode or failing.returncode != 7:
        sys.exit(f"{done.stderr}\nstatus {done.returncode}, and {failing.returncode} instead of 7")
    print("loopback alone")
