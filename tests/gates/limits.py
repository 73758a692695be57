#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/limits.md holds the same numbers as app/xml/limits.h."""

import ast
import re

import gate

CODE, DOCS = "app/xml/limits.h", "docs/limits.md"
FIELD = re.compile(r"^\s*(?:qint64|qsizetype|int|uint)\s+(\w+)\s*=\s*([-\d\s*+()]+);", re.M)
BEFORE = re.compile(r"beforeLogin\(\)\s*\{(.*?)\}", re.S)
ROW = re.compile(r"^\|\s*`(\w+)`\s*\|([^|]*)\|([^|]*)\|", re.M)


def number(text):
    """The value of a sum or product of whole numbers."""
    def value(node):
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.UnaryOp):
            return -value(node.operand)
        left, right = value(node.left), value(node.right)
        return left * right if isinstance(node.op, ast.Mult) else left + right
    return value(ast.parse(text.strip(), mode="eval").body)


def shown(text):
    """The number in a cell: "10,485,760 (10 MiB)", "none" for no limit."""
    text = text.strip()
    match = re.match(r"-?[\d,]+", text)
    return -1 if text.startswith("none") else int(match.group().replace(",", "")) if match else text


def check(root):
    header, docs = gate.code(gate.read(root, CODE)), gate.read(root, DOCS)
    body = BEFORE.search(header)
    after = {name: number(value) for name, value in FIELD.findall(header)}
    before = dict(after)
    for name, value in re.findall(r"limits\.(\w+)\s*=\s*([-\d\s*+()]+);", body.group(1) if body else ""):
        before[name] = number(value)
    findings, told = [], set()
    for match in ROW.finditer(docs):
        name, line = match.group(1), gate.line_of(docs, match.start())
        told.add(name)
        if name not in after:
            findings.append(gate.Finding(DOCS, line, f"{CODE} has no {name}"))
            continue
        for cell, wanted, when in ((2, after[name], "after sign-in"), (3, before[name], "before it")):
            if shown(match.group(cell)) != wanted:
                findings.append(gate.Finding(DOCS, line, f"{name} {when} is {wanted} in {CODE}, and here "
                                             f"{shown(match.group(cell))}"))
    for name in after:
        if name not in told:
            position = re.search(rf"\b{name}\b", header).start()
            findings.append(gate.Finding(CODE, gate.line_of(header, position), f"{DOCS} has no row for {name}"))
    return findings


CLEAN = {
    CODE: "struct Limits {\n    qint64 bytes = 10 * 1024;\n    int depth = 128; ///< Deep.\n    int all = -1;\n"
          "    static Limits beforeLogin()\n    {\n        Limits limits;\n        limits.bytes = 1024;\n        return limits;\n    }\n};\n",
    DOCS: "| limit | after | before |\n| --- | --- | --- |\n| `bytes` | 10,240 (10 KiB) | 1,024 |\n| `depth` | 128 | 128 |\n"
          "| `all` | none | none |\n",
}
BROKEN = [
    (DOCS + ":3", {DOCS: CLEAN[DOCS].replace("10,240", "10,241")}),
    (DOCS + ":3", {DOCS: CLEAN[DOCS].replace("1,024", "1,025")}),
    (DOCS + ":5", {DOCS: CLEAN[DOCS].replace("| none | none", "| none | 5")}),
    (DOCS + ":6", {DOCS: CLEAN[DOCS] + "| `width` | 1 | 1 |\n"}),
    (CODE + ":3", {DOCS: CLEAN[DOCS].replace("| `depth` | 128 | 128 |\n", "")}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
