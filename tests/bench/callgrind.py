# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instructions that bench_xml needs for one run, counted by callgrind: the same on a busy and on a quiet machine."""

import json
import os
import re
import shutil
import subprocess
import tempfile


def available():
    return shutil.which("valgrind") is not None


def count(program, capture, mode, chunk, amount, keep=None):
    """The facts that bench_xml --one prints, with "instructions" added. Counts only what is measured, not the warm-up.
    `keep`: where to leave callgrind's file, for callgrind_annotate."""
    with tempfile.TemporaryDirectory(prefix="balcony-bench-") as folder:
        out = keep or os.path.join(folder, "out")
        done = subprocess.run(["valgrind", "--tool=callgrind", "--toggle-collect=bench::measured*", f"--callgrind-out-file={out}",
                               program, "--one", capture, mode, str(chunk), str(amount)], capture_output=True, text=True)
    match = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not match:
        raise RuntimeError(f"callgrind failed: {done.stderr.strip()[-500:]}")
    facts = json.loads(done.stdout.strip().splitlines()[-1])
    facts["instructions"] = int(match.group(1))
    if facts["instructions"] == 0:
        raise RuntimeError("callgrind counted nothing: bench::measured was not found")
    return facts


def per_byte(facts):
    return facts["instructions"] / facts["bytes"]
