#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation points at is there: linked files and headings, files named in `...`, and options of commands."""

import os
import re

import gate

LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
SPAN = re.compile(r"`([^`\n]+)`")
# A file or folder of the tree, written out: no placeholder, no pattern.
TREE = re.compile(r"^(?:app|ui|tests|docs|cmake|resources|translations|installer|\.ci)/[\w./-]*$")
COMMAND = re.compile(r"(?:^|[\s`$(;&|])((?:\./run|\./check|(?:build[\w-]*/bin/)?(?:balcony|balcony-headless|balconyctl)))(?=\s)([^\n`|;]*)", re.M)
OPTION = re.compile(r"(?<!\S)--([a-z][\w-]*)")
TEST = re.compile(r"test_(\w+) --class (tst_\w+)")
OPTIONS_OF = {"./run": "run", "./check": "check"}
PROGRAMS = "app/automation/commandline.cpp"
# Made on purpose later than the text that shows it.
MADE_BY_TESTS = {"docs/screenshot.png"}


def headings(text):
    """The anchors of a page, as its readers make them."""
    found = set()
    for title in re.findall(r"^#{1,6}\s+(.+?)\s*$", FENCE.sub("", text), re.M):
        plain = re.sub(r"[`*]", "", title).lower()
        found.add(re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", plain)))
    return found


def check(root):
    findings, paths = [], set(gate.files(root))
    folders = {os.path.dirname(path) for path in paths}
    folders |= {"/".join(folder.split("/")[:depth]) for folder in folders for depth in range(1, folder.count("/") + 1)}
    for path in sorted(paths):
        if not path.endswith(".md"):
            continue
        text = gate.read(root, path)

        def report(position, what):
            findings.append(gate.Finding(path, gate.line_of(text, position), what))

        blank = FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
        for match in LINK.finditer(blank):
            target, _, anchor = match.group(1).partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            wanted = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            if wanted not in paths and wanted not in folders and wanted not in MADE_BY_TESTS:
                report(match.start(), f"the link leads to {wanted}, which is not there")
            elif anchor and wanted.endswith(".md") and anchor not in headings(gate.read(root, wanted)):
                report(match.start(), f"{wanted} has no heading for #{anchor}")
        for match in SPAN.finditer(blank):
            name = match.group(1)
            if TREE.match(name) and name.rstrip("/") not in paths | folders | MADE_BY_TESTS:
                report(match.start(), f"names {name}, which is not there")
        for match in COMMAND.finditer(text):
            program = OPTIONS_OF.get(match.group(1), PROGRAMS)
            source = gate.read(root, program) if gate.exists(root, program) else ""
            own = match.group(2).split(" -- ")[0]
            for option in OPTION.findall(own):
                known = f"--{option}" in source if program != PROGRAMS else f'"{option}"' in source
                if not known:
                    report(match.start(1), f"{match.group(1)} has no option --{option} ({program})")
        for match in TEST.finditer(text):
            if f"tests/{match.group(1)}/{match.group(2)}.cpp" not in paths:
                report(match.start(), f"there is no tests/{match.group(1)}/{match.group(2)}.cpp")
    return findings


CLEAN = {
    "run": "--build\n", "check": "--only\n", PROGRAMS: 'o("profile")\n', "tests/xep/tst_a.cpp": "", "docs/b.md": "# A b, `c`!\n",
    "README.md": "[a](docs/b.md#a-b-c) ![i](docs/screenshot.png) [w](https://xmpp.org) [h](#h-i) `app/automation/`\n\n## H I\n\n"
                 "```sh\n./run --build\n./check --only x -- --other\nbuild/bin/balcony --profile x\ntest_xep --class tst_a\n[x](y)\n```\n",
}
BROKEN = [
    ("a.md:1", {"a.md": "[a](docs/c.md)\n"}),
    ("docs/a.md:1", {"docs/a.md": "[a](docs/b.md)\n"}),
    ("a.md:2", {"a.md": "\n[a](docs/b.md#d)\n"}),
    ("a.md:1", {"a.md": "see `app/base/x.h`\n"}),
    ("a.md:1", {"a.md": "`./run --fast`\n"}),
    ("a.md:2", {"a.md": "```\nbalconyctl --fast x\n```\n"}),
    ("a.md:1", {"a.md": "`test_xep --class tst_b`\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
