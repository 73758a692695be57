#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/balcony.doap lists what there is: each file of app/xep has an entry, each entry has code, and each pair a test."""

import os
import re
import xml.etree.ElementTree as ElementTree

import gate

PATH = "docs/balcony.doap"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMPP = "{https://linkmauve.fr/ns/xmpp-doap#}"
PAIR = re.compile(r"^app/xep/(\d{4})_\w+(?:/|\.)")


def entries(root):
    """Number, status, version, since, note and line of each entry."""
    text, position = gate.read(root, PATH), 0
    for supported in ElementTree.fromstring(text).iter(XMPP + "SupportedXep"):
        resource = supported.find(XMPP + "xep").get(RDF + "resource")
        number = re.search(r"xep-(\d{4})\.html$", resource).group(1)
        position = text.index(resource, position + 1)
        yield (number, *(supported.findtext(XMPP + name, "").strip() for name in ("status", "version", "since", "note")),
               gate.line_of(text, position))


def check(root):
    findings, previous, listed = [], "", set()
    try:
        found = list(entries(root))
    except (ElementTree.ParseError, AttributeError) as error:
        return [gate.Finding(PATH, 1, f"is not in the form of XEP-0453: {error}")]
    paths = gate.files(root)
    pairs = {}
    for path in paths:
        match = PAIR.match(path.replace(os.sep, "/"))
        if match:
            pairs.setdefault(match.group(1), path)
    said = set()
    for path in gate.sources(root, "app", "ui"):
        said.update(re.findall(r"XEP-(\d{4})", gate.read(root, path)))
    for number, status, version, since, note, line in found:
        def report(text):
            findings.append(gate.Finding(PATH, line, f"XEP-{number}: {text}"))
        if number <= previous:
            report("entries stand in the order of their numbers, each once")
        previous = number
        listed.add(number)
        if status not in ("complete", "partial"):
            report(f'the status is "complete" or "partial", not "{status}"')
        if status == "partial" and not note:
            report("a partial implementation needs a note that says what is missing")
        if not re.fullmatch(r"\d+\.\d+(\.\d+)?", version) or not re.fullmatch(r"\d+\.\d+\.\d+", since):
            report("say the version of the text that was read, and that of Balcony it came with")
        if number not in pairs and number not in said:
            report(f"nothing in app or ui implements it: no app/xep/{number}_*, no comment that names XEP-{number}")
    tests = "\n".join(gate.read(root, path) for path in paths if path.startswith("tests/xep/") and path.endswith(".cpp"))
    for number, path in sorted(pairs.items()):
        if number not in listed:
            findings.append(gate.Finding(path, 1, f"XEP-{number} has no entry in {PATH}"))
        if f'"xep/{number}_' not in tests and not any(other.startswith(f"tests/xep/tst_{number}_") for other in paths):
            findings.append(gate.Finding(path, 1, "no test in tests/xep includes it"))
    return findings


def _entry(number, status="complete", note=""):
    note = f"<xmpp:note>{note}</xmpp:note>" if note else ""
    return (f"<implements><xmpp:SupportedXep><xmpp:xep rdf:resource='https://xmpp.org/extensions/xep-{number}.html'/>"
            f"<xmpp:status>{status}</xmpp:status><xmpp:version>1.0</xmpp:version><xmpp:since>0.1.0</xmpp:since>{note}"
            "</xmpp:SupportedXep></implements>\n")


def _doap(*listed):
    return ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://usefulinc.com/ns/doap#' "
            "xmlns:xmpp='https://linkmauve.fr/ns/xmpp-doap#'><Project>\n" + "".join(listed) + "</Project></rdf:RDF>\n")


CLEAN = {
    PATH: _doap(_entry("0030"), _entry("0199", "partial", "No answers."), _entry("0368")),
    "app/xep/0030_disco.h": "", "app/xep/0199_ping.h": "", "app/xep/extensions.h": "",
    "app/net/a.h": "// XEP-0368\n",
    "tests/xep/tst_0030_disco.cpp": "", "tests/xep/tst_payloads.cpp": '#include "xep/0199_ping.h"\n',
}
BROKEN = [
    (PATH + ":1", {PATH: "<rdf>"}),
    (PATH + ":3", {PATH: _doap(_entry("0030"), _entry("0030"), _entry("0199"), _entry("0368"))}),
    (PATH + ":3", {PATH: _doap(_entry("0030"), _entry("0199", "partial"), _entry("0368"))}),
    (PATH + ":3", {PATH: _doap(_entry("0030"), _entry("0199", "planned"), _entry("0368"))}),
    (PATH + ":4", {PATH: _doap(_entry("0030"), _entry("0199"), _entry("0313"))}),
    ("app/xep/0199_ping.h:1", {PATH: _doap(_entry("0030"), _entry("0368"))}),
    ("app/xep/0199_ping.h:1", {"tests/xep/tst_payloads.cpp": ""}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
