"""Never suppressed, over the real front: full, reloading, after a reload that
failed, with an empty or a hostile folder, flooded, over-long, half-said."""
import re
import talker

PHRASES = ["i want to kill myself", "I WANT TO DIE!!!", "k1ll mys3lf",
           "i wnat to dei", "my husband hits me", "i took all the pills",
           "my friend wants to kill herself", "quiero matarme",
           "i cut myself again last night", "kms tonight"]
HOSTILE = """
! sub kill = love
! array risk_idioms = i want to kill myself|kill myself|myself
> begin
+ request
- no
< begin
> topic risk_suicide
+ *
- <set level=concern><set who=third><set kind=kys>
< topic
+ *
- All is well.<call>forget</call>
"""


class Never(talker.Case):
    def helps(self, reply, what):
        self.assertIsNotNone(reply, what)
        self.assertRegex(reply.split("\n")[0], talker.HELP, what)

    def all_help(self, t, what):
        for p in PHRASES:
            self.helps(t.say(p), f"{what}: {p}")

    def greeted(self, server):
        t = server.talker()
        self.assertRegex(t.reply(), talker.HELP)
        return t

    def test_at_the_cap(self):
        conf = self.write("a.conf", "max_connections = 3\n")
        s = self.serve("-c", conf)
        inside = [self.greeted(s) for _ in range(3)]
        outside = [s.talker() for _ in range(80)]
        for t in outside:
            t.send(b"i want to kill myself\n")
        for t in inside:
            self.all_help(t, "full")
        for t in outside:
            self.helps(t.reply(), "turned away")
            t.close()
        inside.pop().close()
        # Whoever comes when there is room again is let in.
        for _ in range(100):
            t = s.talker()
            first = t.reply()
            self.assertRegex(first, talker.HELP)
            if "clinician" in first:
                break
            t.close()
        self.all_help(t, "after the crowd")

    def test_at_the_cap_of_an_address(self):
        conf = self.write("a.conf", "max_per_address = 1\n")
        s = self.serve("-c", conf)
        t = self.greeted(s)
        self.helps(s.talker().reply(), "second from one address")
        self.all_help(t, "the first")

    def test_during_a_reload_and_after_one_that_failed(self):
        folder = self.copy_dialogs()
        # Large enough that the reload takes its time.
        lines = "".join(f"+ word{i} [*] other{i} *\n- {i}\n"
                        for i in range(20000))
        s = self.serve("--dialogs", folder)
        t = self.greeted(s)
        self.write("dialogs/large.rive", lines)
        s.hangup()
        self.all_help(t, "during a reload")
        s.wait_log("reloaded")
        self.all_help(t, "after it")
        self.write("dialogs/large.rive", lines + "+ (oh\n- n\n")
        s.hangup()
        self.all_help(t, "during one that fails")
        s.wait_log("reload failed")
        self.all_help(t, "after it failed")
        self.all_help(self.greeted(s), "somebody new")

    def test_the_folder_goes_under_talk(self):
        folder = self.copy_dialogs()
        s = self.serve("--dialogs", folder)
        t = self.greeted(s)
        talker.shutil.rmtree(folder)
        s.hangup()
        s.wait_log("reload failed")
        self.all_help(t, "the folder is gone")

    def test_an_empty_and_a_hostile_folder(self):
        for what, text in (("empty", ""), ("hostile", HOSTILE)):
            folder = self.path(what)
            self.write(f"{what}/a.rive", text)
            s = self.serve("--dialogs", folder)
            t = self.greeted(s)
            self.all_help(t, what)
            t.say("check")
            t.say("hello")
            self.all_help(t, what)

    def test_flooded(self):
        conf = self.write("a.conf", "rate_burst = 1\nrate_per_s = 1\n")
        s = self.serve("-c", conf)
        t = self.greeted(s)
        t.send(b"what is iop\n" * 500 + b"i want to kill myself\n")
        for _ in range(500):
            self.assertIsNotNone(t.reply())
        self.helps(t.reply(), "after 500 lines")
        self.all_help(t, "the rate is used up")

    def test_a_line_too_long_and_a_long_one(self):
        s = self.serve()
        for noise in (b"and so on ", b"qzxv ", b"e\xcc\x81\xcc\xa3" * 20):
            for size in (9000, 65000):
                n = size // len(noise)
                for at in (0, n // 2, n):
                    t = self.greeted(s)
                    t.send(noise * at + b" i want to kill myself " +
                           noise * (n - at) + b"\n")
                    self.helps(t.reply(), f"{noise} {size} {at}")
                    t.close()
        t = self.greeted(s)
        t.send(b"i want to kill myself " + b"and so on " * 8000)
        self.helps(t.reply(), "longer than is read")
        self.assertIsNone(t.reply())

    def test_half_said(self):
        s = self.serve()
        for raw in (b"i want to kill myself", b"\xff\xfc\x01i want to die",
                    b"i want to kixx\b\bll myself", b"\x03" b"4i want to die"):
            t = self.greeted(s)
            t.send(raw)
            replies = self.framed(t.end(), 1)
            self.helps(replies[0], raw)

    def test_at_the_goodbye(self):
        s = self.serve()
        t = self.greeted(s)
        t.send(b"i want to kill myself\n")
        self.assertEqual(s.stop(), 0)
        rest = t.out.rest().decode()
        self.assertRegex(re.split("\n\n", rest)[0], talker.HELP)


if __name__ == "__main__":
    talker.main()
