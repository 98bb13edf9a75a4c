#!/usr/bin/env python3
"""No fact in the dialogs without a row in facts.tsv, and no row unreached.

Every number and every name (a word of capitals, or a capital inside a
sentence) that a reply shows has to lie inside a match of a row's pattern.  A
row of the article has to be told as the article's, one of another source as
that.  And the built program, asked each row's question, has to state it.
"""
import json
import os
import re
import subprocess
import sys

from replies import BOT, replies

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("srcdir", os.path.join(HERE, "../.."))
BINARY = os.path.abspath(os.environ.get("IOPGUIDE", "./iopguide"))
WORDINGS = 12  # times a question is asked, to meet its wordings

# Words with capitals that state nothing: ourselves, the subject, and the
# numbers of our own self-check.
PLAIN = re.compile(
    r"\b(IOPs?|I('m|'ve|'ll)?|US|IRC|Type: \w+|Ask:|CBT|DBT|PHP|HR|Is|Apr|iopguide"
    r"|11 short questions|11 questions|5 minutes|Friday|English)\b")
NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
NAME = re.compile(r"\b(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z]{2,})\b")
INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")


def load():
    rows = []
    with open(os.path.join(HERE, "facts.tsv"), encoding="utf-8") as f:
        for n, line in enumerate(f, 1):
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 5 or cells[3] not in ("always", "some"):
                sys.exit(f"facts.tsv:{n}: five columns are needed")
            cells[2] = re.compile(cells[2])
            rows.append(cells)
    return rows


def covered(at, spans):
    return any(a <= at[0] and at[1] <= b for a, b in spans)


def claims(line):
    for pattern in (NUMBER, NAME, INSIDE):
        for m in pattern.finditer(line):
            yield m.span(), m.group()


def unproved(rows):
    """Claims of the dialogs that no row covers, or that are told as another's."""
    bad = []
    for r in replies(os.path.join(TOP, "dialogs")):
        shown = r.shown()
        text = "\n".join(shown)
        for line in shown:
            spans = [m.span() for row in rows for m in row[2].finditer(line)]
            spans += [m.span() for m in PLAIN.finditer(line)]
            spans += [m.span() for v in BOT.values() for m in re.finditer(re.escape(v), line)]
            bad += [f"{r.where()}: not in facts.tsv: {word!r} in: {line}"
                    for at, word in claims(line) if not covered(at, spans)]
        for row in rows:
            if row[1] == "other" and row[2].search(text) and not re.search(
                    r"other sources|Medicare|US term|SAMHSA, a US|AA, other|NAMI|general use", text):
                bad.append(f"{r.where()}: {row[0]} is not of the article, and the reply does not say so")
    return bad


def numbers_tagged():
    """A line with a figure of the programs says, in its reply, whose it is."""
    bad = []
    for r in replies(os.path.join(TOP, "dialogs")):
        text = " ".join(r.shown())
        if re.search(r"\d+ (to \d+ )?(hours|days|weeks)|\d+ to \d+", text) and not re.search(
                r"article|other sources", text):
            bad.append(f"{r.where()}: figures without a source: {text[:80]}")
    return bad


def asked(rows):
    """Facts that the program does not state when it is asked for them."""
    questions = [row[4] for row in rows for _ in range(WORDINGS)]
    out = subprocess.run(
        [BINARY, "explain", "--dialogs", os.path.join(TOP, "dialogs")],
        input="\n".join(questions) + "\n", capture_output=True, text=True, check=True)
    got = [json.loads(s)["reply"] for s in out.stdout.splitlines()]
    bad = []
    for i, row in enumerate(rows):
        held = [bool(row[2].search(t)) for t in got[i * WORDINGS:(i + 1) * WORDINGS]]
        if not any(held) or (row[3] == "always" and not all(held)):
            miss = got[i * WORDINGS + held.index(False)].split("\n")
            bad.append(f"facts.tsv: {row[0]}: {row[4]!r} is answered without it: {miss}")
    return bad


def main():
    rows = load()
    bad = unproved(rows) + numbers_tagged() + asked(rows)
    print("\n".join(bad + [f"{len(rows)} facts, {len(bad)} faults"]))
    return 1 if bad or len(rows) < 80 else 0


if __name__ == "__main__":
    sys.exit(main())
