"""`iopguide lint` and `iopguide graph`, on folders made up here."""
import os
import shutil
import tempfile

import talker

MISTAKES = """\
! version = 2.0
! sub i'm = i am

+ i like @colours
- <star2> is nice.

+ i'm well
- Good.

+ hello there
- Hi. <call>nothing</call>

+ hello there
- Hi again.

+ hello *
- {topic=nowhere} Hello.

+ hello you
- <gett name> {random}a|b

+ one
@ two

+ two
@ one

+ three
@ this is nowhere

+ four
* <get x> is 1 => yes

+ five_six
- Wildcards.

> object o cobol
MOVE
< object

+ [a [b]] seven
- Seven.
"""

# The place of each finding, and its name.
FOUND = [
    (4, "unknown-array"), (5, "unknown-star"), (7, "never-matches"),
    (11, "unknown-macro"), (13, "duplicate-trigger"),
    (17, "unknown-topic"), (20, "unknown-tag"), (20, "unpaired-tag"),
    (23, "redirect-circle"), (29, "redirect-nowhere"), (31, "no-reply"),
    (34, "underscore"), (37, "object-language"), (41, "nested-optional"),
]

CLEAN = """\
! version = 2.0

+ hello [there]
- Hi.{topic=deep}

+ hey
@ hello

+ *
- I see.

> topic deep inherits random
+ how deep
- Very.{topic=random}
< topic
"""


class Lint(talker.Case):
    def setUp(self):
        super().setUp()
        self.dir = tempfile.mkdtemp()

    def tearDown(self):
        shutil.rmtree(self.dir)
        super().tearDown()

    def write(self, text, name="a.rive"):
        path = os.path.join(self.dir, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def run_on(self, command, *args):
        return talker.run(command, *args)

    def test_finds_every_kind_with_its_place_in_one_run(self):
        path = self.write(MISTAKES)
        p = self.run_on("lint", self.dir)
        out = p.stdout.decode()
        self.assertEqual(p.returncode, 1)
        for line, name in FOUND:
            self.assertRegex(out, r"%s:%d:\d+: .*\[%s\]" % (path, line, name))
        self.assertIn("    + i like @colours\n    ^\n", out)

    def test_tells_of_mistakes_in_all_files(self):
        a = self.write("+ a\n- x\n< nothing\n+ A\n- y\n", "a.rive")
        b = self.write("+ (b\n- x\n", "b.rive")
        out = self.run_on("lint", self.dir).stdout.decode()
        self.assertIn(a + ":3:", out)
        self.assertIn(b + ":1:", out)

    def test_is_silent_on_clean_dialogs(self):
        self.write(CLEAN)
        p = self.run_on("lint", self.dir)
        self.assertEqual((p.returncode, p.stdout), (0, b""))

    def test_finds_nothing_in_what_is_compiled_in(self):
        p = self.run_on("lint")
        self.assertEqual((p.returncode, p.stdout), (0, b""))

    def test_lists_numbers_nobody_checked_when_told_the_date(self):
        self.write(CLEAN)
        p = self.run_on("lint", "--today", "2026-01-31", self.dir)
        self.assertEqual(p.returncode, 1)
        self.assertIn(b"never checked", p.stdout)
        p = self.run_on("lint", "--today", "tomorrow", self.dir)
        self.assertEqual(p.returncode, 2)

    def test_draws_topics_redirects_and_changes_of_topic(self):
        self.write(CLEAN)
        p = self.run_on("graph", self.dir)
        out = p.stdout.decode()
        self.assertEqual(p.returncode, 0)
        self.assertTrue(out.startswith("digraph dialogs {"))
        self.assertIn('"topic deep" -> "topic random" [style=dotted]', out)
        self.assertRegex(out, r't0 -> "topic deep" \[style=bold\]')
        self.assertRegex(out, r"t1 -> t0;")
        self.assertEqual(out.count("{"), out.count("}"))


if __name__ == "__main__":
    talker.main()
