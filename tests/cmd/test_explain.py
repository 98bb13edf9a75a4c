"""`iopguide explain`: one JSON object a line, to the letter."""
import json
import talker

KEYS = ["text", "risk", "intent", "trigger", "source", "corrected", "reply"]
CATEGORIES = {"suicide", "self_harm", "overdose", "medical", "abuse",
              "violence", "eating", "crisis_request"}
ODD = [b"", b"   ", b"\t", b"a\x00b", b"\xff\xfe\xc3", b"\xc3\xa9t\xc3\xa9",
       b"\"quotes\" and \\ backslash", b"\x1b[31mred\x07", b"%s%n%d",
       b"<star> {topic=random} <call>selfcheck</call>", b"a" * 5000,
       b"(" * 500, b"\xf0\x9f\x98\x80" * 50, b"null", b"{}", b"- x"]


def explain(lines, *args):
    raw = b"".join(l + b"\n" for l in lines)
    p = talker.run("explain", *args, stdin=raw)
    assert p.returncode == 0 and p.stderr == b"", p.stderr
    out = p.stdout.decode().split("\n")
    assert out.pop() == "" and len(out) == len(lines), len(out)
    return [json.loads(l, object_pairs_hook=list) for l in out]


class Explain(talker.Case):
    def check(self, pairs):
        self.assertEqual([k for k, _ in pairs], KEYS)
        o = dict(pairs)
        self.assertIsInstance(o["text"], str)
        self.assertIsInstance(o["reply"], str)
        for k in ("intent", "trigger", "source", "corrected"):
            if o[k] is not None:
                self.assertIsInstance(o[k], str)
                self.assertNotEqual(o[k], "")
        if o["source"] is not None:
            self.assertRegex(o["source"], r"^.+:[0-9]+$")
        if o["risk"] is not None:
            self.assertEqual([k for k, _ in o["risk"]],
                             ["category", "level", "who", "rule"])
            r = dict(o["risk"])
            self.assertIn(r["category"], CATEGORIES)
            self.assertIn(r["level"], {"imminent", "risk", "concern"})
            self.assertIn(r["who"], {"own", "third"})
            self.assertRegex(r["rule"], r"^(.+:[0-9]+|model)$")
            self.assertRegex(o["reply"].split("\n")[0], talker.HELP)
            o["risk"] = r
        self.assertNotIn("\n\n", o["reply"])
        self.assertFalse(o["reply"].endswith("\n"))
        return o

    def test_every_line_gets_one_object_with_all_keys(self):
        lines = [b"what is iop", b"how long does it take",
                 b"i want to die", b"my husband hits me",
                 b"my friend said she wants to kill herself"] + ODD
        for raw, pairs in zip(lines, explain(lines)):
            o = self.check(pairs)
            self.assertEqual(o["text"], raw.decode(errors="replace"))

    def test_names_risk(self):
        own, third, none = [self.check(p) for p in explain(
            [b"i want to kill myself", b"my son wants to kill himself",
             b"what is iop"])]
        self.assertEqual((own["risk"]["category"], own["risk"]["who"]),
                         ("suicide", "own"))
        self.assertEqual(third["risk"]["who"], "third")
        self.assertIsNone(none["risk"])
        self.assertIn("outpatient", none["reply"].lower())

    def test_only_the_fallback_is_other_topic(self):
        known, unknown = [self.check(p) for p in explain(
            [b"what is iop", b"purple bicycle seventeen"])]
        self.assertEqual(known["intent"], "what_is_iop")
        self.assertEqual(unknown["intent"], "other_topic")

    def test_each_line_has_a_session_of_its_own(self):
        a, _, b = explain([b"what is iop", b"i want to die", b"what is iop"],
                          "--seed", "5")
        self.assertIsNone(dict(b)["risk"])
        self.assertNotRegex(dict(b)["reply"], r"\b988\b")
        self.assertEqual(dict(a)["intent"], dict(b)["intent"])

    def test_talk_is_one_conversation(self):
        alone = dict(explain([b"i want to die", b"what is iop"])[1])
        after = dict(explain([b"i want to die", b"what is iop"], "--talk")[1])
        self.assertNotEqual(alone["reply"], after["reply"])
        self.assertRegex(after["reply"], talker.HELP)

    def test_a_word_that_ends_the_talk_ends_no_run(self):
        got = explain([b"x", b"what is iop"], "--talk")
        self.assertEqual(dict(got[0])["reply"], "")
        self.assertEqual(dict(got[1])["intent"], "what_is_iop")

    def test_a_line_beyond_the_cap_gets_a_crisis_line(self):
        for n in (65537, 200000):
            long, after = explain([b"a" * n, b"what is iop"])
            self.assertRegex(dict(long)["reply"], talker.HELP)
            self.assertEqual(dict(after)["intent"], "what_is_iop")

    def test_a_line_of_64_kib_is_read_to_its_end(self):
        o = self.check(explain([b"bla " * 16000 + b"i want to kill myself"])[0])
        self.assertEqual(o["risk"]["category"], "suicide")

    def test_lf_crlf_and_a_last_line_without_either(self):
        p = talker.run("explain", stdin=b"hi\r\nhi\nhi")
        texts = [json.loads(l)["text"] for l in p.stdout.splitlines()]
        self.assertEqual(texts, ["hi"] * 3)

    def test_nothing_in_nothing_out(self):
        p = talker.run("explain")
        self.assertEqual((p.returncode, p.stdout), (0, b""))

    def test_a_seed_repeats_a_run(self):
        lines = b"hello\nthanks\nwhat is iop\ni feel sad\n" * 5
        runs = {talker.run("explain", "--talk", "--seed", "9",
                           stdin=lines).stdout for _ in range(3)}
        self.assertEqual(len(runs), 1)


if __name__ == "__main__":
    talker.main()
