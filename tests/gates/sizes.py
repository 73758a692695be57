#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report, never a failure: files, functions and parameter lists over the guide values, and tests against code.

A file of 400 lines, a function of 40 and five parameters are where a second look is due; what stays longer has a reason.
"""

import re
import sys

import gate

FILE, FUNCTION, PARAMETERS = 400, 40, 5
TESTED = ("base", "xml", "net", "store", "xmpp", "xep", "crypto", "chat")
# In the tree's layout a function's body is between a line "{" and a line "}" of the same indentation.
BODIES = [re.compile(rf"^{indentation}\{{\n(.*?)^{indentation}\}}", re.M | re.S) for indentation in ("", "    ")]
# What stands before "(" of a declaration or definition, with a return type or at the start of a line.
LIST = re.compile(r"(?:^|[\s*&>])(~?\w+(?:::~?\w+)*)\s*\(", re.M)


def functions(text):
    """Name, first line and number of lines of each function's body; and name, line and number of its parameters."""
    for match in (match for body in BODIES for match in body.finditer(text)):
        head = re.split(r"[;{}]|^\w+:$|\n\s*\n", text[:match.start()], flags=re.M)[-1]
        named = LIST.search(head)
        if not named or re.match(r"\s*(namespace|class|struct|enum|union)\b", head):
            continue
        opening = match.start() - len(head) + named.end() - 1
        inside = text[opening + 1:gate.closing(text, opening)]
        yield (named.group(1), gate.line_of(text, match.start()), match.group(1).count("\n") + 2, parameters(inside))


def parameters(inside):
    depth, count = 0, 1 if inside.strip() not in ("", "void") else 0
    for position, letter in enumerate(inside):
        if letter in "([{<":
            depth += 1
        elif letter in ")]}" or letter == ">" and inside[position - 1] != "-":
            depth -= 1
        elif letter == "," and depth == 0:
            count += 1
    return count


def check(root):
    findings = []
    for path in gate.sources(root, "app", "ui", "tests"):
        text = gate.code(gate.read(root, path))
        lines = text.count("\n")
        if lines > FILE:
            findings.append(gate.Finding(path, 1, f"{lines} lines"))
        for name, line, length, count in functions(text):
            if length > FUNCTION:
                findings.append(gate.Finding(path, line, f"{name}() has {length} lines"))
            if count > PARAMETERS:
                findings.append(gate.Finding(path, line, f"{name}() has {count} parameters"))
    return findings


def tested(root):
    """Layer, lines of code, lines of its tests."""
    for layer in TESTED:
        counts = [sum(gate.read(root, path).count("\n") for path in gate.sources(root, folder) if path.startswith(f"{folder}/{layer}/"))
                  for folder in ("app", "tests")]
        yield (layer, *counts)


CLEAN = {"app/base/a.cpp": "namespace a {\n\nvoid f(int a, QMap<int, int> b, int c, int d, int e)\n{\n" + "    g();\n" * 38 + "}\n\n}\n"
         + "// line\n" * 350}
BROKEN = [
    ("app/base/a.cpp:1", {"app/base/a.cpp": "int a;\n" * 401}),
    ("app/base/b.cpp:2", {"app/base/b.cpp": "void B::f()\n{\n" + "    g();\n" * 39 + "}\n"}),
    ("app/base/b.cpp:3", {"app/base/b.cpp": "class B {\n    void f()\n    {\n" + "        g();\n" * 39 + "    }\n};\n"}),
    ("ui/b.cpp:2", {"ui/b.cpp": "void f(int a, int b, int c, int d, int e, int f)\n{\n}\n"}),
]

if __name__ == "__main__":
    problems = gate.self_test(check, CLEAN, BROKEN)
    if problems:
        sys.exit("The gate itself is broken:\n" + "\n".join(problems))
    for found in sorted(check(gate.ROOT)):
        print(found)
    print(f"\n{'layer':8} {'code':>7} {'tests':>7}  tests per line of code (guide: at least 0.5)")
    for name, source, test in tested(gate.ROOT):
        print(f"{name:8} {source:7} {test:7}  {test / source if source else 0:.2f}")
