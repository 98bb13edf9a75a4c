#!/usr/bin/env python3
"""What people may type is understood: the lines of asked.tsv get an answer of
the right label, and what is none of our subjects gets none of our answers."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("srcdir", os.path.join(HERE, "../.."))
BINARY = os.path.abspath(os.environ.get("IOPGUIDE", "./iopguide"))
LEAST = {"ours": 96.0, "other": 96.0}  # percent


def load():
    with open(os.path.join(HERE, "asked.tsv"), encoding="utf-8") as f:
        return [s.rstrip("\n").split("\t") for s in f if s.strip() and s[0] != "#"]


def main():
    rows = load()
    out = subprocess.run(
        [BINARY, "explain", "--dialogs", os.path.join(TOP, "dialogs")],
        input="\n".join(text for _, text in rows) + "\n",
        capture_output=True, text=True, check=True)
    got = [json.loads(s) for s in out.stdout.splitlines()]
    seen, right = {"ours": 0, "other": 0}, {"ours": 0, "other": 0}
    for (labels, text), g in zip(rows, got, strict=True):
        side = "other" if labels == "other_topic" else "ours"
        ok = g["intent"] in labels.split("|")
        seen[side] += 1
        right[side] += ok
        if not ok:
            print(f"{text!r}: wanted {labels}, got {g['intent']} ({g['source']})")
    share = {s: 100 * right[s] / seen[s] for s in seen}
    print(", ".join(f"{s} {share[s]:.1f} % of {seen[s]}" for s in seen))
    return any(share[s] < LEAST[s] for s in seen) or seen["ours"] < 300


if __name__ == "__main__":
    sys.exit(main())
