#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""g++ 12 destroys temporaries of a co_await expression twice, and a coroutine outlives what it was called with.

So: no lambda in a statement with co_await, no lambda that is a coroutine, and no parameter of a coroutine that a
temporary could bind to (`const T &`, `T &&`). A plain `T &` names something that the caller promises to keep.
No `?:` in a statement with co_await either: g++ 12 destroys a branch that was not taken, or twice what was. And no
co_await in the condition of `if`, `while` or `for`: g++ 12 loses its place there, and the coroutine goes on at
an address of chance.
"""

import re

import gate

KEYWORD = re.compile(r"\bco_(?:await|return|yield)\b")
# An introducer is no index and no attribute: nothing that can be subscripted stands before it.
LAMBDA = re.compile(r"(?<![\w)\]\[])\s*(\[(?!\[)[^\[\]]*\])\s*(?=[({]|mutable\b|<)")
DEFINITION = re.compile(r"\bTask\s*<")
CONDITION = re.compile(r"\b(?:if|while|for|switch)\s*(?:constexpr\s*)?\(")


def lambdas(text):
    """(start, body start, body end) of each lambda."""
    for match in LAMBDA.finditer(text):
        if re.search(r"\b(operator|delete|new|auto)\s*&*$", text[:match.start(1)].rstrip()):
            continue  # operator[], delete[], structured bindings
        position = match.end(1)
        while position < len(text) and text[position].isspace():
            position += 1
        while position < len(text) and text[position] in "(<":
            position = gate.closing(text, position) + 1
        rest = re.compile(r"[\s\w:<>&*,]*(?:->[\s\w:<>&*,]*)?\{").match(text, position)
        if rest:
            body = rest.end() - 1
            yield match.start(1), body, gate.closing(text, body)


def statement_end(text, start):
    depth = 0
    for position in range(start, len(text)):
        if text[position] in "([{":
            depth += 1
        elif text[position] in ")]}":
            depth -= 1
            if depth < 0:
                return position
        elif text[position] == ";" and depth == 0:
            return position
    return len(text)


def coroutine_definitions(text):
    """(parameters start, parameters end) of each function that returns a Task and is a coroutine."""
    for match in DEFINITION.finditer(text):
        end = gate.closing(text, match.end() - 1) + 1
        name = re.compile(r"\s*[\w:~]+\s*\(").match(text, end)
        if not name:
            continue
        start = name.end() - 1
        stop = gate.closing(text, start)
        body = re.compile(r"[\s\w]*\{").match(text, stop + 1)
        if body and KEYWORD.search(text, body.end(), gate.closing(text, body.end() - 1)):
            yield start, stop


def check(root):
    findings = []
    for path in gate.sources(root, "app", "ui", "tests"):
        text = gate.code(gate.read(root, path))
        if not KEYWORD.search(text):
            continue
        known = list(lambdas(text))
        for start, body, end in known:
            if KEYWORD.search(text, body, end):
                findings.append(gate.Finding(path, gate.line_of(text, start), "a lambda is a coroutine, and its captures die "
                                             "with it: make it a member function that takes what it needs by value"))
        for match in re.finditer(r"\bco_await\b", text):
            begin = max(text.rfind(";", 0, match.start()), text.rfind("{", 0, match.start()), text.rfind("}", 0, match.start()))
            end = statement_end(text, match.end())
            inside = [start for start, body, stop in known if begin < start < end and not body < match.start() < stop]
            if inside:
                findings.append(gate.Finding(path, gate.line_of(text, match.start()), "a lambda stands in a statement with "
                                             "co_await (g++ 12 destroys it twice): give it a name on a line before"))
            if "?" in text[begin + 1:end]:
                findings.append(gate.Finding(path, gate.line_of(text, match.start()), "?: stands in a statement with co_await "
                                             "(g++ 12 destroys its temporaries twice): choose on a line before"))
        for match in CONDITION.finditer(text):
            if re.search(r"\bco_await\b", text[match.end():gate.closing(text, match.end() - 1)]):
                findings.append(gate.Finding(path, gate.line_of(text, match.start()), "a condition waits with co_await "
                                             "(g++ 12 loses its place there): put the answer into a variable before"))
        for start, stop in coroutine_definitions(text):
            for reference in re.finditer(r"\bconst\s+[\w:<>, *]+&|[\w>]\s*const\s*&|&&", text[start:stop]):
                findings.append(gate.Finding(path, gate.line_of(text, start + reference.start()), "a coroutine's parameter may "
                                             "bind to a temporary that is gone when it goes on: take it by value"))
    return findings


CLEAN = {
    "app/base/a.cpp": "Task<Result<int>> f(QString a, Clock &clock)\n{\n    auto g = [a] { return a; };\n"
                      "    auto x = co_await h(b[1], g);\n    m_map[name](3);\n    for (const auto &[k, v] : x) { }\n"
                      "    co_return x;\n}\nTask<void> plain(const QString &a) { return f(a); }\nTask<int> d(const QString &a);\n"
                      "[[nodiscard]] int e() { return 1; }\n// co_await [] { }\n",
}
BROKEN = [
    ("app/base/b.cpp:2", {"app/base/b.cpp": "Task<void> f() {\n    co_await g([] { return 1; });\n}\n"}),
    ("app/base/b.cpp:2", {"app/base/b.cpp": "Task<void> f() {\n    co_await g(\n        [this](int a) -> int { return a; });\n}\n"}),
    ("app/base/b.cpp:2", {"app/base/b.cpp": "Task<void> f() {\n    co_await g(a ? b() : m_c);\n}\n"}),
    ("app/base/b.cpp:2", {"app/base/b.cpp": "Task<void> f() {\n    while (co_await g()) { }\n}\n"}),
    ("app/base/b.cpp:2", {"app/base/b.cpp": "Task<void> f() {\n    if (a && co_await g())\n        b();\n}\n"}),
    ("app/base/b.cpp:1", {"app/base/b.cpp": "auto f = [this]() -> Task<void> { co_return; };\n"}),
    ("app/base/b.cpp:1", {"app/base/b.cpp": "Task<void> X::f(const QString &a)\n{\n    co_return;\n}\n"}),
    ("app/base/b.cpp:1", {"app/base/b.cpp": "Task<Result<QList<int>>> f(int b, QString &&a) {\n    co_await a;\n}\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
