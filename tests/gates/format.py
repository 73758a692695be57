#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each C++ file is laid out as clang-format 14 lays it out with .clang-format. `format.py --fix` does it."""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys

import gate

# Other versions lay some things out differently.
PROGRAM = shutil.which("clang-format-14")
FOUND = re.compile(r"^(.+?):(\d+):\d+: (?:error|warning): code should be clang-formatted", re.M)


def run(root, paths, *options):
    chunks = [paths[start:start + 16] for start in range(0, len(paths), 16)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda chunk: subprocess.run([PROGRAM, "--style=file", *options, *chunk], cwd=root, text=True,
                                                          capture_output=True), chunks))


def check(root):
    # The tool names the place where the white space starts, so the end of the line before.
    findings, first = [], {}
    for done in run(root, gate.sources(root, "app", "ui", "tests"), "--dry-run"):
        places = FOUND.findall(done.stderr)
        for path, line in places:
            first.setdefault(path, []).append(int(line))
        if done.returncode or done.stderr and not places:
            findings.append(gate.Finding(".clang-format", 1, done.stderr.strip()))
    for path, lines in first.items():
        findings.append(gate.Finding(path, min(lines), f"laid out differently in {len(lines)} places; "
                                     "tests/gates/format.py --fix mends them"))
    return findings


STYLE = {".clang-format": "BasedOnStyle: WebKit\nPointerAlignment: Right\n"}
CLEAN = {**STYLE, "app/a.cpp": "int main()\n{\n    return 0;\n}\n"}
BROKEN = [
    ("app/a.cpp:2", {"app/a.cpp": "int main()\n{\n  return 0;\n}\n"}),
    ("ui/b.h:1", {"ui/b.h": "char*  a;\n"}),
]

if __name__ == "__main__":
    if not PROGRAM:
        print("clang-format-14 is not installed here")
        sys.exit(gate.SKIPPED)
    if "--fix" in sys.argv:
        done = run(gate.ROOT, gate.sources(gate.ROOT, "app", "ui", "tests"), "-i")
        sys.exit(max(one.returncode for one in done))
    gate.run(check, CLEAN, BROKEN)
