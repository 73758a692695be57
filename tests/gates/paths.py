#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree means the same on each machine: it names no folder of one machine, and no host but public, known ones."""

import re

import gate

# Written in pieces, so that this file passes its own check.
FOLDERS = "|".join(("ho" + "me", "ro" + "ot", "wo" + "rk", "work" + "space", "Us" + "ers", "mn" + "t", "sr" + "v"))
PATH = re.compile(rf"(?<![\w.$}})>*/~-])/(?:{FOLDERS})/[\w.-]+|\b[A-Z]:\\Users\\")
URL = re.compile(r"\b(?:https?|ftp|wss?|git|ssh)://(?:[^\s/@\"'<>`]*@)?([^\s/:#?\"'<>()\[\]{}`\\,;|]+)")
# Specifications, namespaces and the sites of what Balcony is made of or tested with.
KNOWN = {
    "xmpp.org", "jabber.org", "w3.org", "rfc-editor.org", "ietf.org", "spdx.org", "schema.org", "usefulinc.com",
    "linkmauve.fr", "unicode.org", "iana.org", "gnu.org", "freedesktop.org", "keepachangelog.com", "semver.org",
    "qt.io", "sqlite.org", "openssl.org", "debian.org", "prosody.im", "ejabberd.im", "weblate.org", "reuse.software",
    # Namespaces and examples that specifications use.
    "psi-im.org", "code.google.com", "exodus.jabberstudio.org", "univr.it", "comune.verona.it", "ogp.me", "ns.adobe.com",
    "localhost", "127.0.0.1", "[::1]", "example.org", "example.com", "example.net", "example.cn",
    # A place to fill in.
    "HOST", "host",
}
RESERVED = (".example", ".test", ".invalid", ".localhost", ".lit")
REGISTRY = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:pkg\.dev|azurecr\.io|jfrog\.io|gcr\.io)\b"
                      r"|\b(?:artifactory|nexus|registry|proxy)\.[\w-]+\.(?:com|net|org|io|dev|cn|internal|intranet|local|lan|corp)\b",
                      re.I)
BINARY = (".png", ".ico", ".icns", ".qm", ".db", ".gz", ".svg")


def known(host):
    host = host.lower().rstrip(".")
    return host in KNOWN or host.endswith(RESERVED) or host.startswith(("%", "$")) or any(host.endswith("." + name) for name in KNOWN)


def check(root):
    findings = []
    for path in gate.files(root):
        if path.endswith(BINARY) or path.startswith(("LICENSES/", "tests/fixtures/", "resources/unicode/")):
            continue
        for number, line in enumerate(gate.read(root, path).split("\n"), 1):
            for match in PATH.finditer(line):
                findings.append(gate.Finding(path, number, f"{match.group()} is a folder of one machine; write a relative path"))
            for match in URL.finditer(line):
                if not known(match.group(1)):
                    findings.append(gate.Finding(path, number, f"the host {match.group(1)} is not known; where it belongs here, "
                                                 "add it to KNOWN in tests/gates/paths.py"))
            for match in REGISTRY.finditer(line):
                findings.append(gate.Finding(path, number, f"{match.group()} is a registry of one network; packages come from "
                                             "the sources that each machine is set up with"))
    return findings


CLEAN = {
    "README.md": "See https://xmpp.org/rfcs/ and http://www.w3.org/x, ~/chat, tests/wo" + "rk/a and $HOME/ho" + "me/x.\n",
    "app/a.cpp": 'auto a = "https://upload.verona.example/x"; // build/ro' + "ot/a\n",
}
BROKEN = [
    ("a.md:2", {"a.md": "\nIn /ho" + "me/romeo/src\n"}),
    ("a.sh:1", {"a.sh": "cp '/ro" + "ot/x' .\n"}),
    ("a.cmake:1", {"a.cmake": "set(A https" + "://mirror.mycompany.net/x)\n"}),
    ("a.txt:1", {"a.txt": "FROM europe-docker." + "pkg.dev/x/y\n"}),
    ("a.txt:1", {"a.txt": "registry." + "corp.net\n"}),
]

if __name__ == "__main__":
    gate.run(check, CLEAN, BROKEN)
