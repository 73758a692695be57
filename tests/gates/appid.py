#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktops know the program by one name: the one in cmake/Options.cmake, and the window says it."""

import re

import gate

SET = re.compile(r"^set\(BALCONY_APP_ID\s+([\w.]+)\)", re.M)
NAMED = re.compile(r"\b(?:im|org|net|com|io|chat)\.balcony\.\w+\b", re.I)
SAID = re.compile(r"setDesktopFileName\s*\(([^;]*)\)\s*;")


def check(root):
    match = SET.search(gate.read(root, "cmake/Options.cmake"))
    if not match:
        return [gate.Finding("cmake/Options.cmake", 1, "BALCONY_APP_ID is not set")]
    findings, said = [], False
    for path in gate.files(root):
        if not path.endswith((".cpp", ".h", ".py", ".txt", ".cmake", ".in", ".md", ".nsi", ".json", ".xml", ".desktop")) \
                or path.startswith(("tests/gates/", "LICENSES/")):
            continue
        text = gate.read(root, path)
        for found in NAMED.finditer(text):
            if found.group() != match.group(1):
                findings.append(gate.Finding(path, gate.line_of(text, found.start()), f"{found.group()} is another name than "
                                             f"{match.group(1)} in cmake/Options.cmake"))
        if path.startswith("ui/") and path.endswith(".cpp"):
            for found in SAID.finditer(text):
                said = said or match.group(1) in found.group(1) or "BALCONY_APP_ID" in found.group(1)
    if gate.exists(root, "ui/main.cpp") and not said:
        findings.append(gate.Finding("ui/main.cpp", 1, "the window's class stays unset: QGuiApplication::setDesktopFileName("
                                     f'"{match.group(1)}")'))
    return findings


CLEAN = {
    "cmake/Options.cmake": "set(BALCONY_APP_ID im.balcony.Balcony)\n",
    "ui/main.cpp": 'QGuiApplication::setDesktopFileName(QStringLiteral("im.balcony.Balcony"));\n',
}
BROKEN = [
    ("cmake/Options.cmake:1", {"cmake/Options.cmake": ""}),
    ("ui/a.cpp:2", {"ui/a.cpp": '\nauto a = "org.balcony.Balcony";\n'}),
    ("ui/main.cpp:1", {"ui/main.cpp": "int main() { }\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
