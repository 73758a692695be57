#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be used where: SQL in the store, threads in base/worker, no waiting on the main thread, no private Qt."""

import re

import gate

# pattern, paths where it is allowed, what to do
RULES = [
    (r"#\s*include\s*<sqlite3\.h>|\bsqlite3_\w+\s*\(", r"app/store/", "SQL lives in app/store only; give the store a method"),
    (r"\b(QThread|QThreadPool|std::j?thread|QtConcurrent)\b|\bstd::async\b", r"app/base/worker\.|app/call/gstmedia",
     "threads live in base/worker only; use Worker::run"),
    (r"\b(waitForReadyRead|waitForConnected|waitForBytesWritten|waitForEncrypted|waitForFinished|waitForStarted)\s*\(",
     r"app/programs/", "nothing blocks the main thread; wait for the signal, or use a Worker"),
    (r"#\s*include\s*[<\"][^>\"]*(/private/|_p\.h)", r"$^", "Qt's private headers bind the program to one Qt version"),
    (r"\bQSettings\b", r"$^", "settings live in the profile's database"),
    (r"\b(throw|catch)\b(?!\s*;?\s*//)", r"$^", "errors are values: return a Result"),
    (r"\bQ_FOREACH\b|\bqsrand\b|\b(?:std::)?rand\s*\(\s*\)", r"$^", "use a range-for, or base/random"),
    (r"\.innerHtml\b|\bsetHtml\s*\(", r"$^", "text from outside is plain text: never let a widget read it as HTML"),
]


def check(root):
    findings = []
    for path in gate.sources(root, "app", "ui"):
        # Literals are blanked, but an include of "..." must stay to be read.
        raw = gate.read(root, path)
        text = gate.code(raw)
        lines = gate.code(raw, keep_strings=True).split("\n")
        text = "\n".join(kept if kept.lstrip().startswith("#") else blanked
                         for kept, blanked in zip(lines, text.split("\n")))
        for pattern, allowed, advice in RULES:
            if re.match(allowed, path):
                continue
            for match in re.finditer(pattern, text):
                findings.append(gate.Finding(path, gate.line_of(text, match.start()), f"{match.group().strip()}: {advice}"))
    return findings


CLEAN = {
    "app/store/sqlite.cpp": "#include <sqlite3.h>\nint f() { return sqlite3_step(s); }\n",
    "app/base/worker.cpp": "#include <QThread>\nQThread *t;\n",
    "ui/a.cpp": '// QThread\nauto a = QStringLiteral("throw a QThread");\n#include "ui/private.h"\n',
}
BROKEN = [
    ("app/chat/a.cpp:1", {"app/chat/a.cpp": "#include <sqlite3.h>\n"}),
    ("ui/a.cpp:2", {"ui/a.cpp": "\nQThread thread;\n"}),
    ("app/net/a.cpp:1", {"app/net/a.cpp": "socket.waitForConnected(100);\n"}),
    ("ui/a.cpp:1", {"ui/a.cpp": "#include <QtGui/private/qfont_p.h>\n"}),
    ("app/xml/a.cpp:1", {"app/xml/a.cpp": "throw 1;\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
