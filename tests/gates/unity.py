#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources of a layer may be compiled as one, in groups that CMake chooses: no two of them have the same name to themselves.

Looked at are the anonymous namespaces of each layer: functions with the same parameters, types, constants and variables.
"""

import collections
import os
import re

import gate

NAMESPACE = re.compile(r"\bnamespace\s*\{")
TYPE = re.compile(r"(?:struct|class|enum(?:\s+class)?)\s+(\w+)")
FUNCTION = re.compile(r"(\w+)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
OBJECT = re.compile(r"(\w+)\s*(?:\[[^\]]*\]\s*)*$")


def flat(text, start, end):
    """(position, text) of each declaration between two places, without the insides of its braces."""
    parts, begin, depth = [], start, 0
    for position in range(start, end):
        character = text[position]
        if character == "{":
            if depth == 0:
                parts.append(text[begin:position])
            depth += 1
        elif character == "}":
            depth -= 1
            begin = position + 1
            if depth == 0 and not re.match(r"\s*[;,)]", text[position + 1:position + 20]):
                yield position, " ".join(parts)
                parts = []
        elif character == ";" and depth == 0:
            parts.append(text[begin:position])
            yield position, " ".join(parts)
            parts, begin = [], position + 1


def name_of(declaration):
    declaration = re.sub(r"^\s*#[^\n]*$", "", declaration, flags=re.M)
    declaration = re.sub(r"^\s*template\s*<[^{}]*?>\s*(?=\w)", "", declaration).strip()
    if not declaration or declaration.startswith(("using ", "static_assert", "Q_")):
        return None  # the same alias twice is no harm
    if match := TYPE.match(declaration):
        return match.group(1)
    head = declaration.split("=")[0]
    if match := FUNCTION.search(head):
        parameters = re.sub(r"\s*=[^,]*", "", match.group(2))
        kinds = [re.sub(r"\s*\b\w+$", "", each.strip()) if re.search(r"[\s&*]\w+$", each.strip()) else each.strip()
                 for each in parameters.split(",")]
        return f"{match.group(1)}({', '.join(kinds)})"
    match = OBJECT.search(head.strip())
    return match.group(1) if match else None


def names(text):
    code = gate.code(text)
    for match in NAMESPACE.finditer(code):
        end = gate.closing(code, match.end() - 1)
        for position, declaration in flat(code, match.end(), end):
            if name := name_of(declaration):
                yield gate.line_of(code, position), name


def layer_of(path):
    parts = path.split(os.sep)
    return os.sep.join(parts[:2]) if parts[0] == "app" else parts[0]


def check(root):
    known = collections.defaultdict(dict)
    findings = []
    for path in gate.sources(root, "app", "ui"):
        if not path.endswith(".cpp"):
            continue
        for line, name in names(gate.read(root, path)):
            first = known[layer_of(path)].setdefault(name, path)
            if first != path:
                findings.append(gate.Finding(path, line, f"{name} is in {first}, too: share it, or give it a name of its own"))
    return findings


CLEAN = {
    "app/chat/a.cpp": "namespace {\nconstexpr int most = 3;\nint of(int a) { return a; }\nusing A = int;\nstruct S {\n    int x;\n};\n}\n",
    "app/chat/b.cpp": "namespace {\nint of(const char *a) { int most = 1; return most; }\nusing A = int;\n}\nstruct T { int x; };\n",
    "app/net/a.cpp": "namespace {\nconstexpr int most = 3;\nstruct S { };\n}\n",
}
BROKEN = [
    ("app/chat/b.cpp:2", {"app/chat/a.cpp": "namespace {\nconstexpr int most = 3;\n}\n",
                          "app/chat/b.cpp": "namespace {\nconstexpr std::array<int, 2> most{1, 2};\n}\n"}),
    ("app/chat/b.cpp:3", {"app/chat/a.cpp": "namespace {\nint of(const QString &a)\n{\n    return 1;\n}\n}\n",
                          "app/chat/b.cpp": "namespace {\n\nint of(const QString &b) { return 2; }\n}\n"}),
    ("ui/b/b.cpp:1", {"ui/a.cpp": "namespace { struct S { int a; }; }\n", "ui/b/b.cpp": "namespace { class S { }; }\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
