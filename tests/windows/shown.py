#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a window as a screen reader does, on the display and the session bus that are there: whether all these texts
show in it. For ./run demo --check.

    shown.py PID TEXT...
"""

import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from screen import Failure, Program, wait_until  # noqa: E402


def missing(program, texts):
    """Those of the texts that are in no name of anything that shows."""
    names = [node.get_name() or "" for node in program.find_all()]
    return [text for text in texts if not any(text in name for name in names)]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__.strip())
    program = Program.running(int(sys.argv[1]))
    texts = sys.argv[2:]
    try:
        wait_until(f"{', '.join(texts)} in the window", lambda: not missing(program, texts))
    except Failure as failure:
        sys.exit(f"{failure}; the window shows:\n{program.outline()}")


if __name__ == "__main__":
    main()
