# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile servers, in raw bytes over real sockets, against balcony-headless: the cases of docs/reliability.md by their numbers.

    suite.py --report FILE [--jobs N] [CASE...]

Exits with 1 where a case failed. What was sent, what had to happen and what happened stands in the report.
"""

import argparse
import concurrent.futures
import os
import sys
import time
import traceback

sys.dont_write_bytecode = True
import world
from case import CASES, Case, NotYet
from harness import Failure, Files, check

import network, sign_in, spoofing, stream  # each registers its cases

# These wait for the client's own clock; they begin first, beside the others.
SLOW = ("N17", "N13", "S16", "N09", "T12", "N20", "N01")
# These change the network that all share; they come last, one by one.
ALONE = ("N19",)
NAMES = ["a.test", *network.NAMES]


class Outcome:
    def __init__(self, number, state, detail, case, seconds):
        self.number, self.state, self.detail, self.seconds = number, state, detail, seconds
        self.tries = case.tries
        client = case.client
        self.figures = (f"memory {client.most_memory >> 20} MiB (at the start {client.first_memory >> 20}), longest work before "
                        f"an answer {client.longest_block * 1000:.0f} ms") if client and client.most_memory else ""

    def text(self):
        _, title, required = CASES[self.number]
        lines = [f"{self.number}  {self.state.upper()}  {title}", f"    required: {required}"]
        for sent, came in self.tries:
            lines += [f"    sent:     {sent}", f"    happened: {came}"]
        if self.detail:
            lines += ["    " + line for line in f"{self.state}: {self.detail}".split("\n")]
        if self.figures:
            lines.append(f"    {self.figures}")
        return "\n".join(lines)


def run(number, papers, has_dns):
    begun = time.monotonic()
    files = Files()
    case = Case(number, files, papers, has_dns)
    state, detail = "passed", ""
    try:
        try:
            CASES[number][0](case)
        except NotYet as what:
            state, detail = "not yet", str(what)
        if case.client:
            case.finish()
    except Failure as why:
        broken = [error for server in case.servers for error in server.broken] + [case.client.broken if case.client else None]
        state, detail = "failed", "\n".join(map(str, [why] + [error for error in broken if error and error is not why]))
    except Exception:
        state, detail = "failed", traceback.format_exc()
    finally:
        if state == "failed" and case.client:
            case.client.report()
        case.close()
        files.close()
    outcome = Outcome(number, state, detail, case, time.monotonic() - begun)
    print(f"{number:4} {state:8} {outcome.seconds:5.1f} s  {CASES[number][1]}" + (f": {detail}" if detail else ""), flush=True)
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", required=True)
    parser.add_argument("--jobs", type=int, default=8)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    wanted = options.cases or sorted(CASES, key=lambda number: (number not in SLOW, number))
    files = Files()
    try:
        # Before any thread: only this one moves into the network.
        has_dns = world.isolate(files.root)
        papers = world.Papers(files.root, NAMES)
        if has_dns:
            network.start_dns()
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            outcomes = list(pool.map(lambda number: run(number, papers, has_dns), [n for n in wanted if n not in ALONE]))
        outcomes += [run(number, papers, has_dns) for number in wanted if number in ALONE]
        astray = world.unroutable() if has_dns else 0
    finally:
        files.close()
    outcomes.sort(key=lambda outcome: outcome.number)
    counts = {state: [o.number for o in outcomes if o.state == state] for state in ("passed", "not yet", "failed")}
    head = [f"{state}: {len(numbers)}  {' '.join(numbers)}" for state, numbers in counts.items()]
    head.append("G4: nothing in this network tried to reach another" if has_dns and not astray else
                f"G4: {astray} packets went astray" if has_dns else
                "this user may make no network: what needs DNS is left out, and G4 rests on the table of sockets")
    os.makedirs(os.path.dirname(os.path.abspath(options.report)), exist_ok=True)
    with open(options.report, "w", encoding="utf-8") as file:
        file.write("\n\n".join(["\n".join(head), *(outcome.text() for outcome in outcomes)]) + "\n")
    print("\n".join(head))
    print(f"the report: {options.report}")
    sys.exit(1 if counts["failed"] or astray else 0)


if __name__ == "__main__":
    main()
