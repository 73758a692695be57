#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asserts how the reader's cost grows, in allocations and instructions: these do not depend on the clock. No path may be
quadratic: a long roster, a long text, many of whatever a peer may send many of, and bytes that come one by one."""

import json
import subprocess
import sys

import callgrind

SKIPPED = 77
failures = []


def check(what, value, low, high):
    good = low <= value <= high
    print(f"{'ok  ' if good else 'FAIL'} {what}: {value:.3f}, must be in [{low}, {high}]")
    if not good:
        failures.append(what)


def allocations(program, capture, mode, chunk, amount):
    done = subprocess.run([program, "--one", capture, mode, str(chunk), str(amount)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def check_allocations(program):
    # What is handed out is kept by whoever has it: one copy, in one block. Reading itself allocates nothing once it is
    # warm, but where a read ends inside a tag, which waits for its rest.
    for capture in ("presence", "muc", "mam"):
        facts = allocations(program, capture, "tree", 0, 1000)
        check(f"allocations a stanza, {capture} to a tree, one block", facts["allocations"] / facts["stanzas"], 0, 1.1)
        facts = allocations(program, capture, "tree", 1400, 1000)
        beyond = facts["allocations"] - facts["stanzas"]
        check(f"allocations a read beyond those, {capture}", beyond / (facts["bytes"] / 1400), 0, 1.05)
    small = allocations(program, "roster", "typed", 1400, 1000)["allocations"]
    large = allocations(program, "roster", "typed", 1400, 10000)["allocations"]
    check("allocations, roster of 10,000 to one of 1,000", large / small, 9, 11)
    tree = allocations(program, "roster", "tree", 1400, 10000)["allocations"]
    check("allocations, roster of 10,000 to a tree", tree, 0, 250)


def check_instructions(program):
    block = callgrind.count(program, "muc", "tree", 0, 100)
    chunks = callgrind.count(program, "muc", "tree", 1400, 100)
    single = callgrind.count(program, "muc", "tree", 1, 100)
    twice = callgrind.count(program, "muc", "tree", 1, 200)
    check("instructions, reads of 1,400 bytes to one block", callgrind.per_byte(chunks) / callgrind.per_byte(block), 0.8, 1.2)
    # Each byte alone passes through feed() and next(), each tag alone through the guard and the parser.
    check("instructions, reads of 1 byte to one block", callgrind.per_byte(single) / callgrind.per_byte(block), 1, 2)
    check("instructions a byte, 200 stanzas byte by byte to 100", callgrind.per_byte(twice) / callgrind.per_byte(single), 0.9, 1.1)
    for capture, mode, chunk, amount in (("text", "tree", 1400, 128), ("text", "tree", 1, 16), ("roster", "typed", 1400, 200)):
        one = callgrind.count(program, capture, mode, chunk, amount)
        four = callgrind.count(program, capture, mode, chunk, amount * 4)
        check(f"instructions a byte, {capture} of {amount * 4} to {amount}, reads of {chunk}",
              callgrind.per_byte(four) / callgrind.per_byte(one), 0.9, 1.1)
    # At a quarter of the limit and near it, in the same number of bytes.
    for capture, amount in (("children", 250), ("deep", 31), ("attributes", 31), ("prefixed", 31), ("namespaces", 15)):
        one = callgrind.count(program, capture, "tree", 1400, amount)
        four = callgrind.count(program, capture, "tree", 1400, amount * 4)
        check(f"instructions a byte, {amount * 4} {capture} in an element to {amount}",
              callgrind.per_byte(four) / callgrind.per_byte(one), 0.8, 1.15)


def main():
    program, what = sys.argv[1:3]
    if what == "allocations":
        if not allocations(program, "muc", "tree", 1400, 10)["counted"]:
            print("allocations cannot be counted here")
            return SKIPPED
        check_allocations(program)
    else:
        if not callgrind.available():
            print("valgrind is not installed")
            return SKIPPED
        check_instructions(program)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
