"""SIGHUP under talk: no line goes unanswered, no self-check loses an answer."""
import talker

TALKERS = 100
RELOADS = 100
ANSWERS = [b"yes", b"no", b"yes", b"not sure", b"no", b"yes", b"no", b"no",
           b"no", b"no", b"yes"]


class Reload(talker.Case):
    def test_an_edit_shows_and_a_mistake_keeps_the_old_one(self):
        folder = self.copy_dialogs()
        s = self.serve("--dialogs", folder)
        t = s.talker()
        t.reply()
        self.write("dialogs/edit.rive", "+ flip the fish\n- One fish.\n")
        s.hangup()
        s.wait_log("reloaded", 1)
        self.assertEqual(t.say("flip the fish"), "One fish.")
        self.write("dialogs/edit.rive", "+ flip the fish\n- Two.\n+ (oh\n- n\n")
        s.hangup()
        s.wait_log("reload failed", 1)
        self.assertRegex(s.log, r"edit\.rive:3:[0-9]+: ")
        self.assertEqual(t.say("flip the fish"), "One fish.")
        self.assertRegex(t.say("i want to die").split("\n")[0], talker.HELP)
        self.write("dialogs/edit.rive", "+ flip the fish\n- Two fish.\n")
        s.hangup()
        s.wait_log("reloaded", 2)
        # Care stays in view, so it is not the first line now.
        self.assertIn("Two fish.", t.say("flip the fish"))

    def test_settings_change_with_it(self):
        conf = self.write("a.conf", "max_connections = 1\n")
        s = self.serve("-c", conf)
        first = s.talker()
        first.reply()
        refused = s.talker()
        self.assertRegex(self.framed(refused.out.rest(), 1)[0], talker.HELP)
        self.write("a.conf", "max_connections = 2\n")
        s.hangup()
        s.wait_log("reloaded")
        second = s.talker()
        self.assertIn("program", second.reply())
        self.write("a.conf", "max_connections = none\n")
        s.hangup()
        s.wait_log("reload failed")
        self.assertRegex(s.log, r"a\.conf:1:")
        self.assertIn("utpatient", first.say("what is iop"))

    def said(self, result):
        """The lines of a result that repeat a person's answers."""
        lines = [l for l in result.split("\n") if l.startswith("You said")]
        self.assertTrue(lines, result)
        return lines

    def test_a_hundred_reloads_under_a_hundred_talks(self):
        folder = self.copy_dialogs()
        conf = self.write("a.conf", "rate_per_s = 0\n")
        s = self.serve("--dialogs", folder, "-c", conf)
        talkers = [s.talker() for _ in range(TALKERS)]
        for t in talkers:
            t.reply()
        # Half of them are in the midst of a self-check.
        check, others = talkers[::2], talkers[1::2]
        for t in check:
            self.assertIn("1 of 11", t.say("self check"))
        answered = failed = loaded = 0
        for i in range(RELOADS):
            broken = i % 3 == 2
            self.write("dialogs/edit.rive",
                       f"+ flip the fish\n- Fish {i}.\n" +
                       ("+ (oh\n- n\n" if broken else ""))
            s.hangup()
            failed, loaded = failed + broken, loaded + (not broken)
            answers = i % 12 == 0
            for t in others:
                t.send(b"what is iop\n")
            for t in check:
                t.send(ANSWERS[answered] + b"\n" if answers else b"why\n")
            answered += answers
            for t in others:
                self.assertIn("utpatient", t.reply())
            for t in check:
                reply = t.reply()
                self.assertTrue(reply)
                if answers:
                    self.assertIn(f"{answered + 1} of 11", reply)
            s.wait_log("reload failed", failed)
            s.wait_log("reloaded", loaded)
        alone = talker.Chat()
        alone.say("self check")
        for a in ANSWERS:
            result = alone.say(a)
        alone.close()
        for t in check:
            for a in ANSWERS[answered:]:
                t.send(a + b"\n")
            for a in ANSWERS[answered:]:
                reply = t.reply()
            self.assertEqual(self.said(reply), self.said(result))
        self.assertEqual(answered, 9)


if __name__ == "__main__":
    talker.main()
