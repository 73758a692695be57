#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Strings for people: translated in ui only, and whole, so that every language can put the words in its own order."""

import re

import gate

CALL = r"\b(?:tr|QT_TR_NOOP|QT_TRANSLATE_NOOP|QT_TR_N_NOOP|translate|Q_DECLARE_TR_FUNCTIONS)\s*\("
LITERAL = r'"(?:\\.|[^"\\\n])*"'


def calls(text):
    """(start, end) of each call of tr() in code whose strings are kept."""
    for match in re.finditer(r"(?<![\w.>])(?:\w+::)*tr\s*\(\s*(?=\")", text):
        opening = text.index("(", match.start())
        yield match.start(), gate.closing(text, opening)


def first_literal(call):
    """The string given to a call, its parts put together."""
    match = re.search(rf"{LITERAL}(?:\s*{LITERAL})*", call)
    return "".join(part[1:-1] for part in re.findall(LITERAL, match.group())) if match else ""


def in_app(path, text):
    for match in re.finditer(CALL, gate.code(text)):
        yield gate.line_of(text, match.start()), "text for people belongs into ui; below it an Error carries a condition and a detail"


def in_ui(path, text):
    code = gate.code(text, keep_strings=True)
    for start, end in calls(code):
        line = gate.line_of(code, start)
        words = first_literal(code[start:end + 1])
        if not words:
            yield line, "an empty string must not be translated"
        elif words != words.strip() and words != ", ":
            yield line, "a space at the border of a string gets lost in translation; use a placeholder"
        after = code[end + 1:end + 80].lstrip()
        before = code[:start].rstrip()
        if re.match(r"\+\s*(?:\w+::)*tr\s*\(", after) or (after.startswith("+") and before.endswith("+")):
            yield line, "sentences are not glued together; make it one string with %1"
        if re.search(r"(?<!%)%[1-9].*", words) and not after.startswith((".arg", ")", ",")) and "%n" not in words \
                and not re.match(r"[;}:?]|QStringLiteral", after):
            yield line, f'"{words}" has a placeholder and no .arg()'


def check(root):
    findings = []
    for path in gate.sources(root, "app"):
        findings += [gate.Finding(path, line, text) for line, text in in_app(path, gate.read(root, path))]
    for path in gate.sources(root, "ui"):
        findings += [gate.Finding(path, line, text) for line, text in in_ui(path, gate.read(root, path))]
    return findings


CLEAN = {
    "app/chat/a.cpp": '// tr("not code")\nauto a = QStringLiteral("tr(");\n',
    "ui/a.cpp": 'label->setText(tr("Send to %1").arg(name));\nauto b = tr("%n unread", nullptr, 3);\nauto c = tr("Two "\n "parts");\n',
}
BROKEN = [
    ("app/chat/a.cpp:2", {"app/chat/a.cpp": '\nauto a = tr("Hello");\n'}),
    ("app/xmpp/a.cpp:1", {"app/xmpp/a.cpp": 'auto a = QCoreApplication::translate("x", "Hello");\n'}),
    ("ui/a.cpp:1", {"ui/a.cpp": 'auto a = tr("Send to ");\n'}),
    ("ui/a.cpp:1", {"ui/a.cpp": 'auto a = tr("");\n'}),
    ("ui/a.cpp:2", {"ui/a.cpp": '\nauto a = tr("Send") + tr("now");\n'}),
    ("ui/a.cpp:1", {"ui/a.cpp": 'auto a = tr("Send to %1") + name;\n'}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
