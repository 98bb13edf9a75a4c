"""SIGHUP under talk: no line goes unanswered, no self-check loses an answer."""
import re
import talker

TALKERS = 100
RELOADS = 100


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
        self.assertEqual(t.say("flip the fish"), "Two fish.")

    def test_settings_change_with_it(self):
        conf = self.write("a.conf", "max_connections = 1\n")
        s = self.serve("-c", conf)
        first = s.talker()
        first.reply()
        self.assertRegex(self.framed(s.talker().out.rest(), 1)[0],
                         talker.HELP)
        self.write("a.conf", "max_connections = 2\n")
        s.hangup()
        s.wait_log("reloaded")
        self.assertIn("program", s.talker().reply())
        self.write("a.conf", "max_connections = none\n")
        s.hangup()
        s.wait_log("reload failed")
        self.assertRegex(s.log, r"a\.conf:1:")
        self.assertIn("utpatient", first.say("what is iop"))

    def test_a_hundred_reloads_under_a_hundred_talks(self):
        folder = self.copy_dialogs()
        conf = self.write("a.conf", "rate_per_s = 0\n")
        s = self.serve("--dialogs", folder, "-c", conf)
        talkers = [s.talker() for _ in range(TALKERS)]
        for t in talkers:
            t.reply()
        # Half of them are in the midst of a self-check.
        check = talkers[::2]
        for t in check:
            self.assertIn("1 of 11", t.say("self check"))
        at = {id(t): 1 for t in check}
        asked = re.compile(r"\b(\d+) of 11\b")
        failed = loaded = 0
        for i in range(RELOADS):
            broken = i % 3 == 2
            self.write("dialogs/edit.rive",
                       f"+ flip the fish\n- Fish {i}.\n" +
                       ("+ (oh\n- n\n" if broken else ""))
            s.hangup()
            failed, loaded = failed + broken, loaded + (not broken)
            for t in talkers:
                t.send(b"why\n" if id(t) in at and i % 12
                       else b"no\n" if id(t) in at else b"what is iop\n")
            for t in talkers:
                reply = t.reply()
                self.assertIsNotNone(reply)
                if id(t) not in at:
                    self.assertIn("utpatient", reply)
                elif i % 12 == 0:
                    got = asked.search(reply)
                    self.assertTrue(got, reply)
                    at[id(t)] += 1
                    self.assertEqual(int(got.group(1)), at[id(t)], reply)
            s.wait_log("reload failed", failed)
            s.wait_log("reloaded", loaded)
        self.assertGreater(min(at.values()), 8)
        # Every "no" they gave is in the summary.
        for t in check:
            text = t.say("summary")
            self.assertIsNotNone(text)
            t.close()


if __name__ == "__main__":
    talker.main()
