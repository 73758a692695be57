#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each source file says its licence in its first lines; of the rest, each file says it or is covered by REUSE.toml."""

import fnmatch
import os
import re

import gate

# Composed here, so that these lines do not declare anything about this file.
COPYRIGHT = "SPDX-" + "FileCopyrightText: "
LICENCE = "SPDX-" + "License-Identifier: "
SOURCE = re.compile(r"\.(cpp|h|py|sh|cmake|in)$|(^|/)CMakeLists\.txt$")
BINARY = (".png", ".ico", ".icns", ".qm", ".db", ".gz")


def covered(root):
    """The path patterns of REUSE.toml."""
    if not gate.exists(root, "REUSE.toml"):
        return []
    text = re.sub(r"^\s*#.*$", "", gate.read(root, "REUSE.toml"), flags=re.M)
    return [pattern for block in re.findall(r"path\s*=\s*\[(.*?)\]", text, re.S) for pattern in re.findall(r'"([^"]+)"', block)]


def matches(path, pattern):
    return fnmatch.fnmatchcase(path, pattern.replace("**", "*")) if "**" in pattern else path == pattern


def is_source(root, path):
    if SOURCE.search(path):
        return True
    return not path.endswith(BINARY) and "." not in os.path.basename(path) and gate.read(root, path).startswith("#!")


def check(root):
    findings, patterns = [], covered(root)
    for path in gate.files(root):
        source = is_source(root, path)
        head = "" if path.endswith(BINARY) else "\n".join(gate.read(root, path).split("\n")[:6])
        said = COPYRIGHT in head, LICENCE + "GPL-3.0-or-later" in head
        if all(said) or not source and any(matches(path, pattern) for pattern in patterns):
            continue
        what = "REUSE.toml does not cover it, either" if not source else "both belong to the first lines of a source file"
        findings.append(gate.Finding(path, 1, f'"{COPYRIGHT}..." or "{LICENCE}GPL-3.0-or-later" is missing; {what}'))
    for number, pattern in enumerate(patterns):
        if not any(matches(path, pattern) for path in gate.files(root)) and pattern not in OPTIONAL:
            findings.append(gate.Finding("REUSE.toml", 1, f'"{pattern}" matches no file'))
    return findings


# Folders that only come to be with what they hold.
OPTIONAL = {"tests/dialogues/**", "tests/fixtures/**", "tests/fuzz/corpus/**", "translations/**"}

HEAD = f"// {COPYRIGHT}2026 The Balcony authors\n// {LICENCE}GPL-3.0-or-later\n"
CLEAN = {
    "REUSE.toml": HEAD.replace("//", "#") + 'path = [\n    "resources/**",\n    ".gitignore",\n]\n',
    ".gitignore": "x\n",
    "app/a.cpp": HEAD,
    "run": "#!/bin/sh\n" + HEAD.replace("//", "#"),
    "resources/a.svg": "<svg/>\n",
    "ui/main.ts": "<!--\n" + HEAD.replace("// ", "") + "-->\n",
}
BROKEN = [
    ("app/a.cpp:1", {"app/a.cpp": "int a;\n"}),
    ("app/a.cpp:1", {"app/a.cpp": HEAD.split("\n")[0] + "\n"}),
    ("app/a.cpp:1", {"app/a.cpp": HEAD.replace("GPL-3.0-or-later", "MIT")}),
    ("app/a.cpp:1", {"app/a.cpp": "\n" * 6 + HEAD}),
    ("resources/a.py:1", {"resources/a.py": "pass\n"}),
    ("run:1", {"run": "#!/bin/sh\n"}),
    ("notes.txt:1", {"notes.txt": "a\n"}),
    ("REUSE.toml:1", {"REUSE.toml": CLEAN["REUSE.toml"].replace("]", '    "gone/**",\n]')}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
