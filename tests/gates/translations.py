#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The .ts files: up to date with the sources, complete where we promise it, and faithful in all that is not words."""

import collections
import glob
import os
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET

import gate

sys.path.insert(0, os.path.join(gate.ROOT, "translations"))
import update  # noqa: E402

COMPLETE = ("en", "zh_CN")  # released only when nothing is missing
PLACEHOLDER = re.compile(r"%(?:L?\d+|L?n)")
TAG = re.compile(r"<[^<>]+>")
ACCELERATOR = re.compile(r"&([^\s&])")
HAN = r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]"


def accelerator(text):
    found = ACCELERATOR.search(text.replace("&&", ""))
    return found.group(1).upper() if found else None


def faults(locale, source, text):
    """What is wrong with one finished translation."""
    if sorted(set(PLACEHOLDER.findall(source))) != sorted(set(PLACEHOLDER.findall(text))):
        yield "the placeholders differ"
    if sorted(TAG.findall(source)) != sorted(TAG.findall(text)):
        yield "the tags differ"
    if bool(accelerator(source)) != bool(accelerator(text)):
        yield "only one of the two has an accelerator (&)"
    if not text.strip():
        yield "it is empty"
    elif text != text.strip() and source == source.strip():
        yield "there is a space at its border"
    if source.endswith("…") != text.endswith("…") and accelerator(text) is None:
        yield "only one of the two ends in …"
    if locale.startswith("zh"):
        if re.search(rf"{HAN}\s*[,;?!:]|{HAN}\.(?:\s|$)|[,;?!:]\s*{HAN}", PLACEHOLDER.sub("", text)):
            yield "half-width punctuation beside Chinese; use ，。；：？！"
        if "  " in text or re.search(r"[，。；：？！、（）“”] | [，。；：？！、）]", text):
            yield "a space beside full-width punctuation"


def are_apart(one, other):
    """Two controls; "Options" and "Hide options" are names of one, and never there together."""
    words = [set(re.findall(r"\w{4,}", text.lower().replace("&", ""))) for text in (one, other)]
    return one != other and not words[0] & words[1]


def texts(message):
    translation = message.find("translation")
    forms = translation.findall("numerusform")
    return [form.text or "" for form in forms] if message.get("numerus") == "yes" else [translation.text or ""]


def line_of_source(raw, source, start):
    """Where a source stands in the file: for the finding's line."""
    escaped = source.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&apos;")
    position = raw.find(f"<source>{escaped}</source>", start)
    return gate.line_of(raw, max(position, 0)) if position >= 0 else 1


def check_file(root, path):
    raw = gate.read(root, path)
    locale = os.path.basename(path)[len("balcony_"):-len(".ts")]
    try:
        tree = ET.fromstring(raw)
    except ET.ParseError as error:
        yield error.position[0], f"no XML: {error}"
        return
    for context in tree.iter("context"):
        name = context.findtext("name")
        start = raw.find(f"<name>{name}</name>")
        taken = collections.defaultdict(list)
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            line = line_of_source(raw, source, start)
            if message.find("translation").get("type") == "unfinished":
                if locale in COMPLETE:
                    yield line, f'"{source}" is not translated'
                continue
            for text in texts(message):
                for fault in faults(locale, source, text):
                    yield line, f'"{source}" → "{text}": {fault}'
            # A translator's comment tells menus of one window apart.
            key = (message.findtext("comment") or "", accelerator(texts(message)[0]))
            rival = next((other for other in taken[key] if key[1] and are_apart(other, source)), None)
            taken[key].append(source)
            if rival:
                yield line, f'{name}: the accelerator {key[1]} is that of "{rival}" already'


def check_sources(root, path):
    """The sources' own accelerators, by way of the complete .ts file."""
    for context in ET.fromstring(gate.read(root, path)).iter("context"):
        taken = {}
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            key = (message.findtext("comment") or "", accelerator(source))
            other = taken.setdefault(key, source)
            if key[1] and are_apart(other, source):
                raw = gate.read(root, path)
                yield line_of_source(raw, source, 0), f'{context.findtext("name")}: "{source}" and "{other}" have the same accelerator'


def check_drift(root, lupdate):
    """lupdate on copies must change nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for path in glob.glob(os.path.join(root, "translations", "balcony_*.ts")):
            copy = os.path.join(folder, os.path.basename(path))
            shutil.copy(path, copy)
            update.update(lupdate, root, [copy])
            with open(path, encoding="utf-8") as old, open(copy, encoding="utf-8") as new:
                before, after = old.read().split("\n"), new.read().split("\n")
            if before != after:
                line = next((i for i, (a, b) in enumerate(zip(before, after)) if a != b), min(len(before), len(after)))
                yield gate.Finding(os.path.relpath(path, root), line + 1,
                                   "not up to date with the sources: build the target update_translations, then translate")


def check(root):
    findings = []
    for full in sorted(glob.glob(os.path.join(root, "translations", "balcony_*.ts"))):
        path = os.path.relpath(full, root)
        findings += [gate.Finding(path, line, text) for line, text in check_file(root, path)]
        if path.endswith("_zh_CN.ts"):
            findings += [gate.Finding(path, line, text) for line, text in check_sources(root, path)]
    lupdate = update.find_lupdate()
    if lupdate and os.path.isdir(os.path.join(root, "ui")):
        findings += check_drift(root, lupdate)
    return findings


def ts(locale, *messages):
    body = "".join(f"<message>\n<source>{source}</source>\n<translation>{text}</translation>\n</message>\n" for source, text in messages)
    return f'<TS version="2.1" language="{locale}">\n<context>\n<name>A</name>\n{body}</context>\n</TS>\n'


def broken(source, text, line=5, locale="zh_CN"):
    return f"translations/balcony_{locale}.ts:{line}", {f"translations/balcony_{locale}.ts": ts(locale, ("One", "一"), (source, text)).replace(
        "<message>\n<source>One</source>\n<translation>一</translation>\n</message>\n", "")}


CLEAN = {
    "translations/balcony_zh_CN.ts": ts("zh_CN", ("&amp;Send to %1…", "发送给 %1(&amp;S)…"), ("Stop", "停止")),
    "translations/balcony_de.ts": ts("de", ("Stop", "Halt")).replace("<translation>", '<translation type="unfinished">'),
}
BROKEN = [
    broken("To %1", "给 %2"),
    broken("A &lt;b&gt;word&lt;/b&gt;", "一个词"),
    broken("&amp;Stop", "停止"),
    broken("Stop, now", "停止,现在"),
    broken("Stop.", "停止."),
    broken("Stop", " 停止"),
    broken("Stop…", "停止"),
    ("translations/balcony_zh_CN.ts:5", {"translations/balcony_zh_CN.ts": ts("zh_CN", ("Stop", "停止")).replace(
        "<translation>", '<translation type="unfinished">')}),
    ("translations/balcony_zh_CN.ts:9", {"translations/balcony_zh_CN.ts": ts("zh_CN", ("&amp;Send", "发送(&amp;S)"), ("&amp;Rest", "休息(&amp;S)"))}),
]

if __name__ == "__main__":
    if not update.find_lupdate() and "--root" not in sys.argv:
        print("lupdate is not here: whether the files are up to date was not looked at")
    gate.run(check, CLEAN, BROKEN)
