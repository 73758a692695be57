# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all gates share: which files there are, C++ without its comments, and how a finding is told.

A gate is a function check(root) that returns Findings. Its self-test gives it small trees, each with one violation that
it must find at the named place, and a clean one in which it must find nothing; so a gate that went blind is noticed.
"""

import argparse
import dataclasses
import functools
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

SKIPPED = 77
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    """`path` relative to the root; `line` from 1; `text` says what is wrong and what to do."""
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def exists(root, path):
    return os.path.exists(os.path.join(root, path))


def _walk(root):
    for folder, folders, names in os.walk(root):
        here = os.path.relpath(folder, root)
        folders[:] = sorted(name for name in folders if name not in (".git", "__pycache__", "out")
                            and not (here == "." and re.match(r"build($|-)|\.cache$", name)))
        for name in sorted(names):
            yield os.path.normpath(os.path.join(here, name))


@functools.lru_cache(maxsize=None)
def files(root):
    """All files that belong to the project: what git knows or would add, or, without git, all but build folders."""
    if exists(root, ".git"):
        listed = subprocess.run(["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"],
                                capture_output=True, text=True) if _has("git") else None
        if listed and listed.returncode == 0:
            return sorted(path for path in set(listed.stdout.split("\0")) if path and os.path.isfile(os.path.join(root, path)))
    return sorted(path for path in _walk(root) if not path.endswith(".pyc"))


def _has(program):
    return any(os.access(os.path.join(folder, program), os.X_OK) for folder in os.environ.get("PATH", "").split(os.pathsep))


def sources(root, *folders):
    """The C++ files under `folders`."""
    return [path for path in files(root) if path.endswith((".cpp", ".h")) and path.split(os.sep)[0] in folders]


_TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^()\s\\]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def code(text, keep_strings=False):
    """C++ with comments, and unless kept the insides of literals, blanked out. Lines and columns stay as they were."""
    def blank(match):
        token = match.group()
        if token.startswith("'") and match.start() and text[match.start() - 1].isalnum() and text[match.start() - 1] not in "uUL8":
            return token  # a digit separator
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        if keep_strings:
            return token
        return token[0] + re.sub(r"[^\n]", " ", token[1:-1]) + token[-1]
    return _TOKEN.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def closing(text, start):
    """The position of the bracket that closes the one at `start`; len(text) where none does."""
    pairs = {"(": ")", "{": "}", "[": "]", "<": ">"}
    opening, end = text[start], pairs[text[start]]
    depth = 0
    for position in range(start, len(text)):
        if text[position] == opening:
            depth += 1
        elif text[position] == end and not (end == ">" and text[position - 1] == "-"):
            depth -= 1
            if depth == 0:
                return position
    return len(text)


def _make_tree(folder, tree):
    for path, text in tree.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def self_test(check, clean, broken):
    """clean: {path: text} without a violation. broken: list of ("path:line", {path: text on top of clean})."""
    problems = []
    for place, changes in [(None, {}), *broken]:
        with tempfile.TemporaryDirectory() as folder:
            _make_tree(folder, {**clean, **changes})
            found = check(folder)
        places = {f"{finding.path}:{finding.line}" for finding in found}
        if place is None and found:
            problems.append("the clean tree: " + "; ".join(map(str, found)))
        elif place is not None and places != {place}:
            problems.append(f"expected a finding at {place} only, got {sorted(places)}")
    return problems


def run(check, clean=None, broken=()):
    """The main function of a gate: its self-test, then the tree. Exits with 1 where anything is found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", default=ROOT, help="the tree to look at")
    options = parser.parse_args()
    if clean is not None:
        problems = self_test(check, clean, broken)
        if problems:
            print("The gate itself is broken:\n" + "\n".join(problems))
            sys.exit(1)
    findings = sorted(set(check(os.path.abspath(options.root))))
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings" if findings else "nothing found")
    sys.exit(1 if findings else 0)
