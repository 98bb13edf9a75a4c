"""What the program says beside the dialogs: the lines of crisis replies, the
checklist's texts, and the texts that stand in C.

Used by test_readability.py.  Each is (where, text), with the slots filled as
for a reader in the US.
"""
import os
import re

SLOTS = {
    "place": "the US", "land": "US", "emergency": "911",
    "suicide": "call or text 988", "line": "988",
    "abuse": "call 1-800-799-7233 or text START to 88788",
    "abuseline": "1-800-799-7233 or text START to 88788",
    "child": "call or text 1-800-422-4453", "assault": "call 1-800-656-4673",
    "poison": "call 1-800-222-1222",
    "veterans": "call 988 and press 1, or text 838255",
    "reach": "Chat at 988lifeline.org, text 988.", "guide": "guide",
    "elsewhere": "Elsewhere: findahelpline.com, or type your country.",
}
# Files whose texts reach people; others hold what operators read.
SPOKEN = ["src/guide/talk.c", "src/guide/pending.c", "src/guide/crisis.c",
          "src/guide/questions.c", "src/guide/selfcheck.c", "src/guide/result.c",
          "src/net/conn.c", "src/net/line.c", "src/net/ircnet.c",
          "src/net/ircfront.c", "src/net/ircqueue.c"]


def fill(text):
    text = re.sub(r"\{[a-z]{2}_(\w+)\}", r"{\1}", text)
    return re.sub(r"\{(\w+)\}", lambda m: SLOTS.get(m.group(1), m.group()), text)


def read(text):
    """As it is read: a number and an address are copied, a mark each."""
    text = re.sub(r"[\w.]+\.(com|org)\b|/msg \w+ \w+", "there", text)
    return re.sub(r"\b\d[\d-]{2,}", "one", text)


def wordings(root):
    """Lines of crisis.rive, without those in other languages."""
    path = "src/guide/shipped/crisis.rive"
    head = ""
    with open(os.path.join(root, path), encoding="utf-8") as f:
        for n, raw in enumerate(f, 1):
            line = raw.strip()
            if line.startswith("["):
                head = line
            elif line and not re.match(r"//|[<>] ?object|-$", line) and not head.startswith("[lang"):
                yield f"{path}:{n}", fill(line)


def literals(root):
    """Sentences in C: neighbouring literals are one text."""
    with open(os.path.join(root, "src/guide/resource.h"), encoding="utf-8") as f:
        static = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', re.search(
            r"#define RESOURCE_STATIC_LINE((?:.*\\\n)*.*)", f.read()).group(1)))
    for path in SPOKEN:
        with open(os.path.join(root, path), encoding="utf-8") as f:
            source = f.read()
        source = source.replace("RESOURCE_STATIC_LINE", f'"{static}"')
        for m in re.finditer(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*', source):
            text = "".join(re.findall(r'"((?:[^"\\\n]|\\.)*)"', m.group()))
            where = f"{path}:{source.count(chr(10), 0, m.start()) + 1}"
            for line in text.split("\\n"):
                if line.count(" ") >= 3 and line[-1] in ".!?:":
                    yield where, re.sub(r"%[-.*a-z0-9]+", "", line)


def all_said(root):
    yield from wordings(root)
    yield from literals(root)
