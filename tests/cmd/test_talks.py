"""`iopguide test`: it passes what holds, fails what does not, and says where;
then the conversations in tests/talks."""
import glob
import os
import talker

PASS = """
holds:
  tests:
    - input: what is iop
      match: ["OUTPATIENT", "article"]
      absent: bicycle
    - input: x
      reply: ["no", ""]
"""
FAIL = [
    ("input: what is iop\n      match: bicycle", "nothing matches 'bicycle'"),
    ("input: what is iop\n      match: [outpatient, bicycle]",
     "nothing matches 'bicycle'"),
    ("input: what is iop\n      absent: outpatient", "there is 'outpatient'"),
    ("input: what is iop\n      reply: no", "expected 'no'"),
    ("input: what is iop\n      reply: [yes, no]", "expected"),
    ("input: what is iop\n      mach: outpatient", "nothing is known of"),
    ("input: [a]\n      match: a", "input is one text"),
    ("input: hi\n      match: '('", "8:"),
]


class Talks(talker.Case):
    def run_text(self, text):
        p = talker.run("test", self.write("a.yml", text))
        self.assertEqual(p.stderr, b"")
        return p.returncode, p.stdout.decode()

    def test_what_holds_passes(self):
        self.assertEqual(self.run_text(PASS), (0, "2 passed, 0 failed\n"))

    def test_what_does_not_hold_fails_and_says_where(self):
        for step, says in FAIL:
            text = f"bad:\n  tests:\n    - input: thanks\n      match: '.'\n" \
                f"\n\n    - {step}\n"
            status, out = self.run_text(text)
            self.assertEqual(status, 1, out)
            self.assertIn(says, out)
            self.assertRegex(out, r"a\.yml:[78]: bad: ")
            self.assertTrue(out.endswith("\n1 passed, 1 failed\n"), out)

    def test_no_file_and_no_yaml_fail(self):
        for text in ("", "a: [", "a: b\n", "a:\n  tests: []\n", "- a\n"):
            status, out = self.run_text(text)
            self.assertEqual(status, 1, text)
            self.assertTrue(out.endswith("0 passed, 1 failed\n"), out)
        p = talker.run("test", self.path("none.yml"))
        self.assertEqual(p.returncode, 1)
        self.assertIn(b"No such file", p.stdout)

    def test_the_kept_conversations(self):
        files = sorted(glob.glob(os.path.join(talker.SRCDIR, "tests", "talks",
                                              "*.yml")))
        self.assertTrue(files)
        p = talker.run("test", *files)
        self.assertEqual(p.returncode, 0, p.stdout.decode())


if __name__ == "__main__":
    talker.main()
