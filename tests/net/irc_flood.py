"""Fifty people at once on real servers, with the flood limits that those have
where nobody changes them."""
import json
import re
import select
import time

import irc

irc.need("ngircd", "inspircd", "openssl")

HELP = re.compile(r"\b(988|911)\b|799-7233")
BUSY = "ask again in a minute"
ASK = "what is iop?"
DANGER = {5: "i want to kill myself", 20: "my husband hits me",
          21: "i want to end my life", 22: "i took all my pills",
          45: "i cut myself again"}
PEOPLE = 50
SPREAD = 10     # seconds in which all have asked
FIRST_LINE = 5  # seconds in which whoever is in danger reads a number


class Crowd:
    """Many people; for each what the guide said, and when it arrived."""

    def __init__(self, people):
        self.people = people
        self.asked, self.first = {}, {}
        self.texts = {p: [] for p in people}
        self.by_fd = {p.s.fileno(): p for p in people}
        self.poll = select.poll()
        for fd in self.by_fd:
            self.poll.register(fd, select.POLLIN)

    def hear_until(self, end):
        """Reads what arrives, as it arrives."""
        while (left := end - time.monotonic()) > 0:
            for fd, _ in self.poll.poll(left * 1000):
                self.take(self.by_fd[fd])

    def take(self, p):
        p.read(0)
        for line in p.lines:
            m = re.match(r"(?:@\S+ )?:guide!\S+ (PRIVMSG|NOTICE) \S+ :(.*)",
                         line)
            if m:
                self.first.setdefault(p, time.monotonic())
                self.texts[p].append(m.group(2))
        p.lines.clear()

    def ask(self, p, text):
        self.asked[p] = time.monotonic()
        p.say("guide", text)

    def waited(self, p):
        return self.first[p] - self.asked[p]


def wholes():
    """What the guide may answer, each as one text."""
    replies = set()
    for seed in range(1, 9):
        out = irc.subprocess.run(
            [irc.BINARY, "explain", "--seed", str(seed)], input=ASK.encode(),
            capture_output=True, check=True).stdout
        replies.add(" ".join(json.loads(out)["reply"].split()))
    return replies


class Flood(irc.Case):
    def pace(self, options, line_ms):
        return options.replace("line_ms = 20", f"line_ms = {line_ms}")

    def test_fifty_people_in_ten_seconds_on_each_of_two_networks(self):
        servers = [irc.Ngircd(self.folder, self.certs, penalty=-1),
                   irc.Inspircd(self.folder, self.certs, flood=True)]
        self.open += servers
        # What nobody changed is 2000; ngircd takes three lines a second.
        g = self.guide(self.pace(self.plain(servers[0]), 1000),
                       self.pace(self.tls(servers[1]), 2000))
        nets = [[self.person(s, f"q{i}") for i in range(PEOPLE)]
                for s in servers]
        crowd = Crowd(nets[0] + nets[1])
        start = time.monotonic()
        for i in range(PEOPLE):
            for net in nets:
                crowd.ask(net[i], DANGER.get(i, ASK))
            crowd.hear_until(start + (i + 1) * SPREAD / PEOPLE)
        replies = wholes()
        end = time.monotonic() + 300
        while time.monotonic() < end and not all(
                self.is_served(crowd, net, i, replies)
                for net in nets for i in range(PEOPLE)):
            crowd.hear_until(time.monotonic() + 0.5)
        for name, net in zip(("ngircd", "inspircd"), nets):
            self.check(name, crowd, net, replies)
        self.assertNotIn("down:", "\n".join(g.log))

    def is_served(self, crowd, net, i, replies):
        texts = crowd.texts[net[i]]
        if i in DANGER:
            return len(texts) > 0 and "any answer is okay" in texts[-1]
        return " ".join(texts) in replies or BUSY in "".join(texts)

    def check(self, name, crowd, net, replies):
        danger = [net[i] for i in DANGER]
        print("\n%s: first crisis line after %s s" % (name, ", ".join(
            "%.2f" % crowd.waited(p) if p in crowd.first else "never"
            for p in danger)))
        for p in danger:
            self.assertRegex(crowd.texts[p][0], HELP)
            self.assertLess(crowd.waited(p), FIRST_LINE)
        whole = 0
        for p in net:
            if p in danger:
                continue
            texts = crowd.texts[p]
            if " ".join(texts) in replies:
                whole += 1
            else:
                self.assertEqual([BUSY in t for t in texts], [True], texts)
        print(f"{name}: {whole} whole answers, "
              f"{PEOPLE - len(danger) - whole} told busy")
        self.assertGreater(whole, 1)


if __name__ == "__main__":
    irc.main()
