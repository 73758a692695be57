#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the .ts files up to date with the sources: new strings in, strings that are gone out, translations kept."""

import argparse
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def find_lupdate():
    for name in ("lupdate", "/usr/lib/qt6/bin/lupdate", "lupdate6", "lupdate-qt6"):
        found = shutil.which(name)
        # A Qt 5 lupdate of the same name writes another format.
        if found and " 6." in subprocess.run([found, "-version"], capture_output=True, text=True).stdout:
            return found
    return None


def update(lupdate, root, files):
    """Runs lupdate over `root`/ui for `files`; English has plural forms only. Raises CalledProcessError."""
    common = ["-locations", "none", "-no-obsolete", "-no-recursive", "-silent", "-extensions", "cpp,h"]
    folders = sorted(folder for folder, _, names in os.walk(os.path.join(root, "ui"))
                     if any(name.endswith((".cpp", ".h")) for name in names))
    for file in files:
        special = ["-pluralonly"] if os.path.basename(file) == "balcony_en.ts" else []
        subprocess.run([lupdate, *common, *special, "-source-language", "en", "-I", root, *folders, "-ts", file],
                       check=True, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lupdate", default=None, help="the program; found by itself where not given")
    parser.add_argument("files", nargs="*", help="the .ts files; all where none is given")
    options = parser.parse_args()
    lupdate = options.lupdate or find_lupdate()
    if not lupdate:
        sys.exit("lupdate of Qt 6 is not here; Debian has it in qt6-l10n-tools")
    update(lupdate, os.path.dirname(HERE), options.files or sorted(glob.glob(os.path.join(HERE, "balcony_*.ts"))))


if __name__ == "__main__":
    main()
