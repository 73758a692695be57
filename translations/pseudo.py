#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a translation that nobody speaks out of the sources' strings, to see what a window does with it.

en_XA: accents on every letter, some 40 % longer, in brackets: shows what is cut off, glued together, or not translated.
ar_XB: turned around by bidi controls: shows what a layout from right to left does, readable for those who read English.
"""

import re
import sys
import xml.etree.ElementTree as ET

ACCENTS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                        "ÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽàƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýž")
# What must stay as it is: placeholders, mnemonics, tags, entities, bidi isolates.
FIXED = re.compile(r"(%L?\d+|%L?n|%%|&[^\s&]|<[^>]+>|[\u2066-\u2069])")
FILLER = " one two three four five six seven eight nine ten eleven twelve"
FORMS = {"en_XA": 2, "ar_XB": 6}
LANGUAGES = {"en_XA": "en", "ar_XB": "ar"}


def accented(text):
    body = "".join(part if FIXED.fullmatch(part) else part.translate(ACCENTS) for part in FIXED.split(text))
    longer = (FILLER * (1 + len(text) // len(FILLER)))[:round(len(text) * 0.4)].rstrip()
    return f"[{body}{longer.translate(ACCENTS)}]"


def turned(text):
    # Each line on its own: an override does not reach over a line's end. Placeholders keep their own order inside.
    def line(words):
        return "\u200f\u202e" + FIXED.sub(lambda match: f"\u202c{match.group()}\u202e", words) + "\u202c" if words else words
    return "\n".join(map(line, text.split("\n")))


def pseudo(locale, tree):
    root = tree.getroot()
    root.set("language", LANGUAGES[locale])
    change = accented if locale == "en_XA" else turned
    for message in root.iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        translation.attrib.pop("type", None)
        for child in list(translation):
            translation.remove(child)
        if message.get("numerus") == "yes":
            translation.text = None
            for _ in range(FORMS[locale]):
                ET.SubElement(translation, "numerusform").text = change(source)
        else:
            translation.text = change(source)
    return tree


def main():
    locale, source, target = sys.argv[1:]
    tree = pseudo(locale, ET.parse(source))
    with open(target, "wb") as file:
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n')
        tree.write(file, encoding="utf-8")


if __name__ == "__main__":
    main()
