#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-tidy 14 with .clang-tidy finds nothing in app and ui.

Most of its time goes into headers, so the files of a layer are looked at together, some at a time, as one translation
unit behind one precompiled header; where names in them meet, one by one. What was found clean is not looked at again
until it, a header of the project that it includes, its flags or the tool changes: the build folder remembers it.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import gate

TIDY, CLANG = shutil.which("clang-tidy-14"), shutil.which("clang++-14")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
WARNING = re.compile(r"^(/.+?):(\d+):\d+: (?:warning|error): (.+?)$", re.M)
TOGETHER = 8


class Source:
    """A file with what its compilation needs: flags that clang knows, and the header to precompile."""

    def __init__(self, root, entry):
        self.path = os.path.relpath(os.path.realpath(entry["file"]), root)
        self.flags, self.header = [], None
        words = iter(shlex.split(entry["command"])[1:])
        for word in words:
            if word in ("-o", "-c"):
                next(words)
            elif word == "-include":
                self.header = next(words)
            elif word.startswith(("-D", "-I", "-std", "-f")) and not word.startswith(("-fsanitize", "-fno-sanitize")):
                self.flags.append(word)
            elif word == "-isystem":
                self.flags += [word, next(words)]
        # Of two kinds of compilers, one does not know the other's warnings; the compiler itself gives these.
        self.flags.append("-w")

    def group(self):
        return tuple(self.flags), self.header, os.path.dirname(self.path)


def closure(root, path, known):
    """The project's files that `path` includes, itself among them."""
    if path in known:
        return known[path]
    known[path] = {path}
    if not os.path.isfile(os.path.join(root, path)):
        return known[path]
    for target in INCLUDE.findall(gate.read(root, path)):
        for base in ("app", "", os.path.dirname(path)):
            candidate = os.path.normpath(os.path.join(base, target))
            if os.path.isfile(os.path.join(root, candidate)):
                known[path] = known[path] | closure(root, candidate, known)
                break
    return known[path]


def key(root, source, known, tool):
    digest = hashlib.sha256(tool)
    digest.update("\0".join(source.flags).encode())
    for path in sorted(closure(root, source.path, known)):
        with open(os.path.join(root, path), "rb") as file:
            digest.update(path.encode() + b"\0" + file.read())
    return digest.hexdigest()


class Tidy:
    def __init__(self, root, folder, jobs):
        self.root, self.folder = root, folder
        self.pool = concurrent.futures.ThreadPoolExecutor(jobs)
        os.makedirs(folder, exist_ok=True)

    def precompiled(self, header, flags):
        """The header as clang reads it fastest, or None where clang cannot."""
        name = hashlib.sha256("\0".join([header, *flags]).encode()).hexdigest()[:16]
        target = os.path.join(self.folder, name + ".pch")
        done = subprocess.run([CLANG, *flags, "-x", "c++-header", header, "-o", target], capture_output=True, text=True)
        return target if done.returncode == 0 else None

    def look(self, sources, pch):
        """What the tool says about the sources, compiled as one; None where they do not compile as one."""
        options = [*sources[0].flags, *(["-include-pch", pch] if pch else [])]
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            unit = os.path.join(folder, "unit.cpp")
            with open(unit, "w", encoding="utf-8") as file:
                file.writelines(f'#include "{os.path.join(self.root, source.path)}"\n' for source in sources)
            if len(sources) > 1:
                parsed = subprocess.run([CLANG, *options, "-fsyntax-only", unit], capture_output=True, text=True)
                if parsed.returncode:
                    return None
            # As a header of the unit, a source is looked at where HeaderFilterRegex says so, and as itself not at all.
            done = subprocess.run([TIDY, "--quiet", f"--config-file={self.root}/.clang-tidy", unit, "--", *options],
                                  capture_output=True, text=True, cwd=self.root)
            said = done.stdout + done.stderr
            if "[clang-diagnostic-error]" in said or done.returncode and not WARNING.search(said):
                # Nothing is known of any of them.
                return [gate.Finding(source.path, 1, "clang-tidy failed: " + said.strip()[-2000:]) for source in sources]
            found = []
            for path, line, text in WARNING.findall(said):
                path = os.path.relpath(os.path.realpath(path), self.root)
                if not path.startswith(".."):
                    found.append(gate.Finding(path, int(line), text))
            return found

    def check(self, sources, known, tool):
        """Findings; files without any are remembered."""
        groups = {}
        for source in sources:
            source.stamp = os.path.join(self.folder, key(self.root, source, known, tool) + ".clean")
            if not os.path.exists(source.stamp):
                groups.setdefault(source.group(), []).append(source)
        headers = {(header, flags) for flags, header, _ in groups if header and os.path.exists(header)}
        pchs = dict(zip(headers, self.pool.map(lambda pair: self.precompiled(*pair), headers)))
        units = [(members[start:start + TOGETHER], pchs.get((header, flags)))
                 for (flags, header, _), members in groups.items() for start in range(0, len(members), TOGETHER)]

        def unit(members, pch):
            found = self.look(members, pch)
            if found is None:
                return None
            blamed = {finding.path for finding in found}
            for member in members:
                if not blamed & closure(self.root, member.path, known):
                    open(member.stamp, "w").close()
            return found

        results = list(self.pool.map(lambda pair: unit(*pair), units))
        alone = [([member], pch) for (members, pch), found in zip(units, results) if found is None for member in members]
        results = [found for found in results if found is not None] + list(self.pool.map(lambda pair: unit(*pair), alone))
        looked = sum(len(members) for members, _ in units)
        findings = [finding for found in results for finding in found]
        self.summary = f"{looked} of {len(sources)} files looked at, {len(alone)} of them alone; the others are as they were"
        return findings


def members(entry):
    """The entry, or one for each source that a unity build compiles by it."""
    path = os.path.join(entry.get("directory", ""), entry["file"])
    if os.path.basename(os.path.dirname(path)) != "Unity":
        return [entry]
    with open(path, encoding="utf-8") as file:
        return [{**entry, "file": source} for source in re.findall(r'#include "([^"]+)"', file.read())]


def version():
    return subprocess.run([TIDY, "--version"], capture_output=True).stdout


def self_test():
    """Finds a use after a move, in a file and in a header, alone and together; remembers what is clean."""
    problems = []
    with tempfile.TemporaryDirectory() as root:
        config = "Checks: '-*,bugprone-use-after-move'\nHeaderFilterRegex: '/(app|ui)/'\n"
        moved = "#include <utility>\nstruct S { S(S &&); int i(); };\ninline int %s(S s)\n{\n    S t = std::move(s);\n    return s.i();\n}\n"
        gate._make_tree(root, {".clang-tidy": config, "app/a/ok.cpp": "int ok;\n", "app/a/bad.cpp": moved % "f",
                               "app/a/user.cpp": '#include "a/bad.h"\n', "app/a/bad.h": "#pragma once\n" + (moved % "g").replace("S", "R"),
                               "app/a/meets.cpp": "int f;\n"})

        def sources(*names):
            return [Source(root, {"file": f"{root}/app/a/{name}", "command": f"c++ -I{root}/app -std=c++20 -Wall -o x -c {name}"})
                    for name in names]
        root = os.path.realpath(root)
        tidy = Tidy(root, os.path.join(root, "cache"), 2)
        for names, wanted in ((("ok.cpp",), set()), (("bad.cpp",), {"app/a/bad.cpp:6"}), (("ok.cpp", "user.cpp"), {"app/a/bad.h:7"}),
                              (("meets.cpp", "bad.cpp"), {"app/a/bad.cpp:6"})):
            places = {f"{found.path}:{found.line}" for found in tidy.check(sources(*names), {}, b"")}
            if places != wanted:
                problems.append(f"{names}: expected {wanted or 'nothing'}, got {places or 'nothing'}")
        with open(os.path.join(root, "app/a/ok.cpp"), "a", encoding="utf-8") as file:
            file.write("#include <utility>\n" + moved % "h")
        if not tidy.check(sources("ok.cpp"), {}, b""):
            problems.append("a file that changed was not looked at again")
        with open(os.path.join(root, "app/a/ok.cpp"), "w", encoding="utf-8") as file:
            file.write("int ok\n")
        if not tidy.check(sources("ok.cpp"), {}, b"") or not tidy.check(sources("ok.cpp"), {}, b""):
            problems.append("a file that does not compile passed")
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.path.join(gate.ROOT, "build"), help="a configured build folder")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    if not TIDY or not CLANG:
        print("clang-tidy-14 is not installed here")
        sys.exit(gate.SKIPPED)
    problems = self_test()
    if problems:
        print("The gate itself is broken:\n" + "\n".join(problems))
        sys.exit(1)
    root, options.build = os.path.realpath(gate.ROOT), os.path.realpath(options.build)
    with open(os.path.join(options.build, "compile_commands.json"), encoding="utf-8") as file:
        sources = [Source(root, each) for entry in json.load(file) for each in members(entry)]
    sources = sorted((source for source in sources if source.path.startswith(("app/", "ui/"))), key=lambda source: source.path)
    if not sources:
        sys.exit(f"{options.build} compiles nothing of app or ui")
    with open(os.path.join(root, ".clang-tidy"), "rb") as file:
        tool = version() + file.read()
    tidy = Tidy(root, os.path.join(options.build, "tidy"), options.jobs)
    findings = sorted(set(tidy.check(sources, {}, tool)))
    print(tidy.summary)
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings" if findings else "nothing found")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
