#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comments cite is in the documentation: RELIABILITY 2.6, its invariants (I5) and cases (S02), ARCHITECTURE rule 5,
and docs/NAME.md with the heading behind it."""

import re

import gate

RELIABILITY, ARCHITECTURE = "docs/reliability.md", "docs/architecture.md"
LETTERS = "STPNACDGIO"
# A line of a comment may end between the word and its numbers.
GAP = r"(?:[ ]|[ ]?\n[ ]*(?://+|#)?[ ]*)"
ITEM = rf"(?:\d\.\d+|[{LETTERS}]\d+)"
CITED = re.compile(rf"\bRELIABILITY(?:{GAP}({ITEM}(?:(?:,|{GAP}(?:and|to)|-){GAP}?{ITEM})*)(?!\d))?")
RULE = re.compile(rf"\bARCHITECTURE(?:{GAP}rule{GAP}(\d+))?")
# Cases stand by themselves too: `// S08: ...`, `(I5)`, and as names of test rows, "S02 comment in a body".
CASE = re.compile(rf"(?<![\w.+&-])([STPNACD]\d\d|G[1-8]|I1?\d|O[1-8])(?![\w.-])")
ROW = re.compile(rf'"([STPNACD]\d\d)(?= )')
PAGE = re.compile(r"\b(docs/[\w-]+\.md)(?:, ([A-Z]\w+))?")
# The names of pages have one form only, so that they can be checked.
OTHER = re.compile(r"\b(?:LIMITS|DEPENDENCIES|AUTOMATION|BENCHMARKS|TESTING|FEATURES|UI)(?:\.md\b| \d+(?:\.\d+)*\b)")
# Looks like a case and is none.
FOREIGN = {"D65"}  # the white of the CIE
READ = (".cpp", ".h", ".py", ".sh", ".cmake", ".txt", ".sql", ".md")


def comments(text):
    """C++ with everything but its comments blanked out."""
    code = gate.code(text, keep_strings=True)
    return "".join(letter if letter == "\n" or blank != letter else " " for letter, blank in zip(text, code))


def known(root):
    """The numbers of sections and table rows of the page, and the rules of the house."""
    page = gate.read(root, RELIABILITY) if gate.exists(root, RELIABILITY) else ""
    house = gate.read(root, ARCHITECTURE) if gate.exists(root, ARCHITECTURE) else ""
    numbers = set(re.findall(r"^#+ (\d\.\d+)\b", page, re.M)) | set(re.findall(rf"^\| ({ITEM}) \|", page, re.M))
    rules = re.search(r"^## \d+\. Rules$(.*?)(?=^## |\Z)", house, re.M | re.S)
    return numbers, set(re.findall(r"^(\d+)\. ", rules.group(1), re.M)) if rules else set()


def check(root):
    numbers, rules = known(root)
    findings = []

    def read(path, text, only=None):
        """`only`: the same text with nothing but what cases may stand in."""
        def report(position, what):
            findings.append(gate.Finding(path, gate.line_of(text, position), what))

        def look(name, position):
            if name not in numbers and name not in FOREIGN:
                report(position, f"{RELIABILITY} has no {name}")

        for match in CITED.finditer(text):
            if match.group(1) is None:
                report(match.start(), "RELIABILITY of which number?")
                continue
            for item in re.finditer(ITEM, match.group(1)):
                look(item.group(), match.start(1) + item.start())
        for match in RULE.finditer(text):
            if match.group(1) is None:
                report(match.start(), "ARCHITECTURE is cited by its rules: ARCHITECTURE rule 5")
            elif match.group(1) not in rules:
                report(match.start(1), f"{ARCHITECTURE} has no rule {match.group(1)}")
        for match in OTHER.finditer(text):
            report(match.start(), f"{match.group()} is no page; name the file, docs/NAME.md, and its heading")
        for match in PAGE.finditer(text):
            if not gate.exists(root, match.group(1)):
                report(match.start(), f"there is no {match.group(1)}")
            elif match.group(2) and not re.search(rf"^#+ {match.group(2)}\b", gate.read(root, match.group(1)), re.M):
                report(match.start(), f"{match.group(1)} has no heading {match.group(2)}")
        if only is not None:
            for match in CASE.finditer(comments(text)):
                look(match.group(1), match.start(1))
            for match in ROW.finditer(text):
                look(match.group(1), match.start(1))

    for path in gate.files(root):
        if not path.endswith(READ) or path.startswith("tests/gates/") or path in (RELIABILITY, ARCHITECTURE):
            continue
        if path.startswith(("app/", "ui/", "tests/", "cmake/", "docs/")):
            text = gate.read(root, path)
            read(path, text, text if path.endswith((".cpp", ".h")) else None)
    return findings


CLEAN = {
    RELIABILITY: "## 1. A\n\n| 1.25 | a |\n| I5 | b |\n| S02 | c |\n\n### 2.6 D\n",
    ARCHITECTURE: "## 5. Rules\n\n1. A\n5. B\n\n## 6. C\n\n7. D\n",
    "docs/b.md": "## Layouts\n",
    "app/a.cpp": "// RELIABILITY 1.25 and I5, S02. Rule of ARCHITECTURE rule 5; RELIABILITY\n// 2.6 (docs/b.md, Layouts), D65, 1.99.\n"
                 "int S03 = 0; // S02: (I5)\nf(\"S02 comment\", \"I9\");\n",
    "tests/a.py": "# RELIABILITY S02\nI9 = 1\n",
}
BROKEN = [
    ("app/b.cpp:2", {"app/b.cpp": "\n// RELIABILITY 2.7\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "// RELIABILITY 1.25, I5 and S03\n"}),
    ("app/b.cpp:2", {"app/b.cpp": "/// RELIABILITY 1.25,\n/// 1.26\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "// as RELIABILITY says\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "// ARCHITECTURE rule 7\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "// see ARCHITECTURE 5\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "int a; // (I6)\n"}),
    ("tests/b.cpp:1", {"tests/b.cpp": 'f("S03 two bodies");\n'}),
    ("tests/b.py:1", {"tests/b.py": "# RELIABILITY G5\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "// smaller (LIMITS 3)\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "// see docs/c.md\n"}),
    ("app/b.cpp:1", {"app/b.cpp": "// see docs/b.md, Figures\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
