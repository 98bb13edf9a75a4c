"""The replies of the dialogs, one by one, as a person would read them.

Used by test_readability.py and test_facts.py.  It reads just enough RiveScript for
that: triggers, replies, conditions and continuations.
"""
import os
import re

BOT = {
    "crisis_line": "988 (US, call or text)",
    "elsewhere": "findahelpline.com",
    "veterans_line": "call 988 and press 1, or text 838255",
}


class Reply:
    def __init__(self, path, line, trigger, text):
        self.path, self.line, self.trigger, self.text = path, line, trigger, text

    def where(self):
        return f"{self.path}:{self.line}"

    def intent(self):
        m = re.search(r"<set intent=([a-z_]+)>", self.text)
        return m.group(1) if m else None

    def shown(self):
        """The text as it is read, a line a list item."""
        t = re.sub(r"<bot (\w+)>", lambda m: BOT[m.group(1)], self.text)
        t = re.sub(r"<call>.*?</call>", "", t)
        t = re.sub(r"<set [^>]*>|\{weight=\d+\}", "", t)
        t = t.replace("\\s", " ")
        return [s.strip() for s in t.split("\\n") if s.strip()]


def files(folder):
    for at, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".rive"):
                yield os.path.join(at, name)


def joined(path):
    """Command lines with their continuations: (line number, command, text)."""
    out, in_object = [], False
    with open(path, encoding="utf-8") as f:
        for n, raw in enumerate(f, 1):
            line = raw.strip()
            if line.startswith("> object"):
                in_object = True
            elif line.startswith("< object"):
                in_object = False
            elif in_object or not line or line.startswith("//"):
                continue
            elif line[0] == "^" and out:
                out[-1][2] += line[1:].strip()
            else:
                out.append([n, line[0], line[1:].strip()])
    return out


def replies(folder):
    for path in files(folder):
        short, trigger = os.path.relpath(path, os.path.dirname(folder)), ""
        for n, command, text in joined(path):
            if command == "+":
                trigger = re.sub(r"\s*\{weight=\d+\}", "", text)
            elif command == "*":
                text = text.split("=>", 1)[1].strip()
            if command in "-*" and "{ok}" not in text and not re.fullmatch(r"\{@.*\}", text):
                yield Reply(short, n, trigger, text)
