#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arrows only run down: each #include stays within what app/CMakeLists.txt allows, and headers make no circles."""

import os
import re

import gate

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
LAYER = re.compile(r"^\s*layer\(\s*(\w+)((?:[^()])*)\)", re.M)


def allowed(root):
    """Layer to the set of folders that it may include."""
    uses = {}
    text = re.sub(r"#.*", "", gate.read(root, "app/CMakeLists.txt"))
    for name, rest in LAYER.findall(text):
        uses[name] = rest.replace("USES", " ").split()
    closure = {}
    for name in uses:  # each stands on layers above it in the file, so that one pass is enough
        closure[name] = {name}.union(*(closure.get(used, set()) for used in uses[name]))
    return closure


def resolve(root, path, target):
    """The project's file that `target` in `path` means, or None for a generated one."""
    for base in ("app", "", "ui", "tests", os.path.dirname(path)):
        candidate = os.path.normpath(os.path.join(base, target))
        if os.path.isfile(os.path.join(root, candidate)):
            return candidate
    return None


def circles(graph):
    """Each circle once, as a list of paths."""
    found, state, trail = [], {}, []

    def visit(path):
        state[path] = "open"
        trail.append(path)
        for target, _line in graph.get(path, []):
            if state.get(target) == "open":
                found.append(trail[trail.index(target):] + [target])
            elif target not in state:
                visit(target)
        trail.pop()
        state[path] = "done"

    for path in sorted(graph):
        if path not in state:
            visit(path)
    return found


def check(root):
    closure = allowed(root)
    findings, graph = [], {}
    for path in gate.sources(root, "app", "ui"):
        parts = path.split(os.sep)
        text = gate.code(gate.read(root, path), keep_strings=True)
        for match in INCLUDE.finditer(text):
            target, line = match.group(1), gate.line_of(text, match.start(1))
            folder = target.split("/")[0]
            resolved = resolve(root, path, target)
            if resolved and resolved.endswith(".h") and path.endswith(".h"):
                graph.setdefault(path, []).append((resolved, line))
            if ".." in target.split("/"):
                findings.append(gate.Finding(path, line, f'"{target}": write the layer and the file, "layer/file.h"'))
            elif parts[0] == "ui":
                # The uppermost layer may use all of app, and says "ui/..." for its own.
                if folder not in closure and folder != "ui" and not target.endswith(".moc"):
                    findings.append(gate.Finding(path, line, f'"{target}": ui may include its own files, as "ui/folder/file.h", '
                                                 "and the layers of app"))
            elif parts[0] == "app" and parts[1] in closure:
                if "/" not in target:
                    if not target.endswith(".moc"):
                        findings.append(gate.Finding(path, line, f'"{target}": write the layer too, "{parts[1]}/{target}"'))
                elif folder not in closure[parts[1]]:
                    may = " ".join(sorted(closure[parts[1]]))
                    findings.append(gate.Finding(path, line, f'the layer {parts[1]} may not include "{target}"; it may use: '
                                                 f"{may}. Turn the arrow round: let the upper layer listen to a signal"))
    for circle in circles(graph):
        line = next(line for target, line in graph[circle[0]] if target == circle[1])
        findings.append(gate.Finding(circle[0], line, "headers include each other in a circle: " + " -> ".join(circle)
                                     + ". Declare forward, or move what both need into a third file"))
    return findings


CLEAN = {
    "app/CMakeLists.txt": "layer(base USES Qt6::Core)\nlayer(xml USES base)\nlayer(net USES base)\nlayer(chat USES xml)\n",
    "app/base/a.h": "#pragma once\n",
    "app/xml/b.h": '#include "base/a.h"\n// #include "chat/c.h"\n',
    "app/chat/c.h": '#include "xml/b.h"\n#include "base/a.h"\n',
    "app/chat/c.cpp": '#include "chat/c.h"\n#include "c.moc"\n',
    "ui/w.cpp": '#include "chat/c.h"\n#include "ui/w.h"\n#include "w.moc"\n',
    "ui/w.h": '#include <QWidget>\n',
}
BROKEN = [
    ("app/xml/b.h:1", {"app/xml/b.h": '#include "net/x.h"\n'}),
    ("app/base/d.cpp:2", {"app/base/d.cpp": '\n#include "chat/e.h"\n'}),
    ("app/chat/d.cpp:1", {"app/chat/d.cpp": '#include "ui/w.h"\n'}),
    ("ui/x.cpp:1", {"ui/x.cpp": '#include "programs/ctl.h"\n'}),
    ("ui/x.cpp:1", {"ui/x.cpp": '#include "tests/fake.h"\n'}),
    ("ui/v.h:1", {"ui/w.h": '#include "ui/v.h"\n', "ui/v.h": '#include "ui/w.h"\n'}),
    ("app/chat/c.cpp:1", {"app/chat/c.cpp": '#include "../xml/b.h"\n'}),
    ("app/chat/c.cpp:1", {"app/chat/c.cpp": '#include "c.h"\n'}),
    ("app/base/a.h:1", {"app/base/a.h": '#include "base/f.h"\n', "app/base/f.h": '\n#include "base/a.h"\n'}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
