#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be used where: SQL in the store, threads in base/worker, colours in ui/theme; no waiting, no singletons."""

import re

import gate

# pattern, paths where it is allowed, what to do. Waiting is allowed where there is no window and no connection: in the
# command-line tool, and where a second start hands its arguments over and leaves.
RULES = [
    (r"#\s*include\s*<sqlite3\.h>|\bsqlite3_\w+\s*\(", r"app/store/", "SQL lives in app/store only; give the store a method"),
    (r"\b(QThread|QThreadPool|std::j?thread|QtConcurrent)\b|\bstd::async\b", r"app/base/worker\.|app/call/gstmedia",
     "threads live in base/worker only; use Worker::run"),
    (r"\b(waitForReadyRead|waitForConnected|waitForBytesWritten|waitForEncrypted|waitForFinished|waitForStarted)\s*\(",
     r"app/programs/|ui/handover\.cpp", "nothing blocks the main thread; wait for the signal, or use a Worker"),
    (r"\bprocessEvents\s*\(", r"$^", "a nested loop lets anything happen in between; return, and go on when the signal comes"),
    # QNetworkInformation gives itself out in no other way.
    (r"(?<!Application::)\binstance\s*\(\s*\)", r"app/net/systemreachability\.", "no singletons: take what you need by reference"),
    (r"\bQColor\s*\(\s*\d|\bQColorConstants::|\bQt::(?:black|white|red|green|blue|cyan|magenta|yellow|gr[ae]y)\b", r"ui/theme/",
     "colours live in the theme's table; ask Theme for a role"),
    (r"#\s*include\s*[<\"][^>\"]*(/private/|_p\.h)", r"$^", "Qt's private headers bind the program to one Qt version"),
    (r"\bQSettings\b", r"$^", "settings live in the profile's database"),
    (r"\b(throw|catch)\b(?!\s*;?\s*//)", r"$^", "errors are values: return a Result"),
    (r"\bQ_FOREACH\b|\bqsrand\b|\b(?:std::)?rand\s*\(\s*\)", r"$^", "use a range-for, or base/random"),
    (r"\.innerHtml\b|\bsetHtml\s*\(", r"$^", "text from outside is plain text: never let a widget read it as HTML"),
]


# The same for text in literals; app and ui.
LITERALS = [
    (r'"\s*(?:SELECT\s[^"]*\bFROM\b|INSERT\s+(?:OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|CREATE\s+TABLE\b|PRAGMA\s)',
     r"app/store/", "SQL lives in app/store only; give the store a method"),
    (r'"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"', r"ui/theme/", "colours live in the theme's table; ask Theme for a role"),
]
# The same for the tests.
TESTS = [
    (r"\bQSKIP\s*\(", r"$^", "a test that is passed over proves nothing: ./check installs what it needs"),
    (r"\b(?:QTest::qSleep|QThread::(?:m|u)?sleep|std::this_thread::sleep_\w+|usleep)\s*\(", r"tests/bench/",
     "a sleep is no synchronisation: wait for the condition"),
]


def check(root):
    findings = []

    def find(path, text, rules):
        for pattern, allowed, advice in rules:
            if re.match(allowed, path):
                continue
            for match in re.finditer(pattern, text):
                findings.append(gate.Finding(path, gate.line_of(text, match.start()), f"{match.group().strip()}: {advice}"))

    for path in gate.sources(root, "app", "ui"):
        # Literals are blanked, but an include of "..." must stay to be read.
        raw = gate.read(root, path)
        text = gate.code(raw)
        kept = gate.code(raw, keep_strings=True)
        find(path, "\n".join(line if line.lstrip().startswith("#") else blanked
                             for line, blanked in zip(kept.split("\n"), text.split("\n"))), RULES)
        find(path, kept, LITERALS)
    for path in gate.sources(root, "tests"):
        # What only one platform has, another cannot test: the first statement after #else.
        find(path, re.sub(r"(#\s*else\s*\n\s*)QSKIP", r"\1_____", gate.code(gate.read(root, path))), TESTS)
    return findings


CLEAN = {
    "app/store/sqlite.cpp": "#include <sqlite3.h>\nint f() { return sqlite3_step(s); }\n",
    "app/base/worker.cpp": "#include <QThread>\nQThread *t;\n",
    "ui/theme/theme.cpp": 'auto a = "#102030"; QColor(1, 2, 3); Qt::black;\n',
    "ui/b.cpp": "QCoreApplication::instance();\nauto a = QColor(role); QColor();\n",
    "tests/ui/tst_a.cpp": "QCoreApplication::processEvents();\n// QSKIP(\n#else\n    QSKIP(\"Linux\");\n",
    "ui/a.cpp": '// QThread\nauto a = QStringLiteral("throw a QThread");\n#include "ui/private.h"\n',
}
BROKEN = [
    ("app/chat/a.cpp:1", {"app/chat/a.cpp": "#include <sqlite3.h>\n"}),
    ("ui/a.cpp:2", {"ui/a.cpp": "\nQThread thread;\n"}),
    ("app/net/a.cpp:1", {"app/net/a.cpp": "socket.waitForConnected(100);\n"}),
    ("ui/a.cpp:1", {"ui/a.cpp": "#include <QtGui/private/qfont_p.h>\n"}),
    ("app/xml/a.cpp:1", {"app/xml/a.cpp": "throw 1;\n"}),
    ("ui/a.cpp:1", {"ui/a.cpp": "QCoreApplication::processEvents();\n"}),
    ("ui/a.cpp:1", {"ui/a.cpp": "Settings::instance().a();\n"}),
    ("app/chat/a.cpp:1", {"app/chat/a.cpp": 'auto a = "SELECT a FROM b";\n'}),
    ("ui/a.cpp:1", {"ui/a.cpp": 'auto a = "#aabbcc";\n'}),
    ("ui/a.cpp:1", {"ui/a.cpp": "p.setPen(Qt::red);\n"}),
    ("tests/ui/tst_a.cpp:1", {"tests/ui/tst_a.cpp": 'QSKIP("no");\n'}),
    ("tests/ui/tst_a.cpp:1", {"tests/ui/tst_a.cpp": "QTest::qSleep(10);\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
