#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes app/base/unicodetables.h: the properties of characters that PRECIS asks for and QChar does not know.

    resources/unicode/tables.py [FOLDER WITH THE UNICODE CHARACTER DATABASE]

Only needed to make the table anew. Debian's package unicode-data has the database, in /usr/share/unicode.
"""

import os
import re
import sys

TABLES = (
    ("defaultIgnorable", "DerivedCoreProperties.txt", {"Default_Ignorable_Code_Point"},
     "Default_Ignorable_Code_Point: seen by nobody (RFC 8264 9.13)."),
    ("oldHangulJamo", "HangulSyllableType.txt", {"L", "V", "T"},
     "Hangul_Syllable_Type L, V or T: conjoining jamo (RFC 8264 9.9)."),
)

HEAD = """\
// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Made by resources/unicode/tables.py from the Unicode character database {version}. Change that, not this.
#pragma once

namespace base::unicode {{

/// Code points from `first` to `last`, both of them in. Tables are sorted.
struct Range {{
    char32_t first;
    char32_t last;
}};
"""


def ranges(path, properties):
    """The code points of a database file that have one of the properties, as sorted, merged pairs."""
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = [field.strip() for field in line.split("#")[0].split(";")]
            if len(fields) >= 2 and fields[1] in properties:
                first, _, last = fields[0].partition("..")
                found.append((int(first, 16), int(last or first, 16)))
    merged = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(last, merged[-1][1])
        else:
            merged.append([first, last])
    return merged


def version(path):
    with open(path, encoding="utf-8") as file:
        return re.search(r"-(\d+\.\d+\.\d+)\.txt", file.readline()).group(1)


def table(name, pairs, comment):
    lines = [f"\n/// {comment}", f"constexpr Range {name}[] = {{"]
    row = "   "
    for first, last in pairs:
        cell = f" {{0x{first:04X}, 0x{last:04X}}},"
        if len(row) + len(cell) > 120:
            lines.append(row)
            row = "   "
        row += cell
    return "\n".join([*lines, row, "};\n"])


def main():
    source = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    text = HEAD.format(version=version(os.path.join(source, TABLES[0][1])))
    for name, file, properties, comment in TABLES:
        text += table(name, ranges(os.path.join(source, file), properties), comment)
    text += "\n} // namespace base::unicode\n"
    with open(os.path.join(root, "app", "base", "unicodetables.h"), "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
