#!/usr/bin/env python3
"""Every reply of the dialogs reads easily and fits an IRC line, and so does
every line of a crisis reply and every text that stands in C.

A reply is at most 4 lines of 200 characters, has no empty line, and
reads at Flesch-Kincaid grade 8 or less; the table for terminals is measured
by its width instead.
"""
import os
import re
import sys

from replies import replies
from said import literals, read, wordings

GRADE, LINE, LINES, WIDE = 8.0, 200, 4, 79
CRISIS_GRADE = 6.0  # of the crisis lines all together
# How crisis replies speak of people, and what they must never promise.
BANNED = ("commit suicide", "committed", "successful", "failed", "confidential", "you must",
          "calm down", "stay positive", "I understand exactly", "don't worry",
          "promise", "cry for help", "attention", "selfish", "!")
# What the rule of thumb for syllables gets wrong, of the words we use.
SYLLABLES = {
    "iop": 3, "php": 3, "cbt": 3, "dbt": 3, "emdr": 4, "irc": 3, "hipaa": 2,
    "fmla": 4, "ptsd": 4, "mat": 1, "aa": 2, "asam": 2, "samhsa": 2,
    "nami": 2, "nhs": 3, "gp": 2, "uk": 2, "us": 2, "hr": 2, "ids": 2,
    "people": 2, "being": 2, "something": 2, "someone": 2, "sometimes": 2,
    "everyone": 3, "everything": 3, "medicine": 3, "medicines": 3,
    "evening": 2, "evenings": 2, "somewhere": 2, "safety": 2, "home": 1,
    "helpline": 2, "residential": 4, "psychiatric": 4, "psychiatrist": 4,
    "diagnosis": 4, "diagnose": 3, "area": 3, "areas": 3, "idea": 3,
    "ideas": 3, "prescriber": 3, "lonely": 2, "article": 3, "table": 2,
    "able": 2, "simple": 2, "trouble": 2, "article's": 3, "weekly": 2,
}


def syllables(word):
    word = word.lower().strip("'")
    if word in SYLLABLES:
        return SYLLABLES[word]
    if word.isdigit():  # read aloud: "12" is a word of one or two
        return 1 if len(word) == 1 else len(word)
    if re.search(r"\.(com|gov)$", word):
        return 4
    stem = re.sub(r"(?<![aeiouy])e$|(?<=[^tdaeiou])ed$|(?<=[^szxc])es$", "", word)
    if re.search(r"[^aeiouy]le$", word):
        stem = word
    return max(1, len(re.findall(r"[aeiouy]+", stem)))


def grade(lines):
    text = "\n".join(lines)
    sentences = [s for s in re.split(r"[.!?](?=\s|$|[\"')])|\n", text) if re.search(r"\w", s)]
    words = re.findall(r"[A-Za-z0-9]+(?:[.'][A-Za-z0-9]+)*", text)
    if not words:
        return 0.0
    return (0.39 * len(words) / len(sentences)
            + 11.8 * sum(map(syllables, words)) / len(words) - 15.59)


def line_faults(text, crisis):
    if grade([read(text)]) > GRADE:
        yield f"reads at grade {grade([read(text)]):.1f}"
    if len(text) > LINE:
        yield f"a line of {len(text)} characters"
    for word in BANNED if crisis else ():
        if word in text:
            yield f"holds '{word}'"


def lines_are_good(root):
    """Lines that are said alone or make up a crisis reply."""
    crisis, other, bad = list(wordings(root)), list(literals(root)), 0
    for where, text in crisis + other:
        for fault in line_faults(text, (where, text) in crisis):
            print(f"{where}: {fault}: {text}")
            bad += 1
    mean = grade([read(text) for _, text in crisis])
    print(f"{len(crisis)} crisis lines at grade {mean:.1f}, {len(other)} texts in C, {bad} faults")
    return bad == 0 and mean <= CRISIS_GRADE and len(crisis) > 250 and len(other) >= 10


def main():
    here = os.environ.get("srcdir", os.path.join(os.path.dirname(__file__), "../.."))
    worst, bad, n = 0.0, 0, 0
    for r in replies(os.path.join(here, "dialogs")):
        lines = r.shown()
        if not lines:
            continue
        n += 1
        table = "as a table" in r.trigger
        g = 0.0 if table else grade(lines)
        worst = max(worst, g)
        faults = []
        if g > GRADE:
            faults.append(f"reads at grade {g:.1f}")
        for s in lines:
            if len(s) > (WIDE if table else LINE):
                faults.append(f"a line of {len(s)} characters")
        if len(lines) > LINES and not table:
            faults.append(f"{len(lines)} lines")
        if "\\n\\n" in r.text or r.text.endswith("\\n"):
            faults.append("an empty line")
        for fault in faults:
            print(f"{r.where()}: {fault}: {lines[0][:60]}")
        bad += bool(faults)
    print(f"{n} replies, hardest at grade {worst:.1f}, {bad} with faults")
    return 1 if bad or n < 100 or not lines_are_good(here) else 0


if __name__ == "__main__":
    sys.exit(main())
