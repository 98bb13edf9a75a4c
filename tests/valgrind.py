"""make check-valgrind: scripted sessions under valgrind, without JIT.

Every read of what was not written, every leak, is an exit status of 9.
"""
import os
import talker

VALGRIND = ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full",
            "--errors-for-leak-kinds=definite,indirect,possible"]
LINES = [b"what is iop", b"", b"\xff\x01\x00 b\xc3", b"how long tho",
         b"therapy vs iop vs inpatient", b"i want to kill myself", b"no",
         b"my husband hits me", b"w\xd0\xb0nt t0 d1e", b"waht is iop",
         b"purple bicycle seventeen", b"self check", b"yes", b"no", b"why",
         b"back", b"skip", b"idk", b"what is iop", b"not really", b"yes",
         b"no", b"no", b"no", b"no", b"no", b"yes", b"summary", b"crisis",
         b"forget me", b"a" * 9000, b"bla " * 9000, b"thanks", b"x"]


class Valgrind(talker.Case):
    def setUp(self):
        super().setUp()
        os.environ["IOPGUIDE_NO_JIT"] = "1"
        talker.PREFIX[:] = VALGRIND
        talker.WAIT = 120

    def test_chat(self):
        p = talker.run("chat", stdin=b"\n".join(LINES) + b"\n")
        self.assertEqual((p.returncode, p.stderr), (0, b""))
        self.framed(p.stdout, len(LINES))

    def test_explain(self):
        for args in ((), ("--talk",)):
            p = talker.run("explain", *args, stdin=b"\n".join(LINES))
            self.assertEqual((p.returncode, p.stderr), (0, b""))

    def test_serve_and_reload(self):
        folder = self.copy_dialogs()
        conf = self.write("a.conf", "rate_per_s = 0\nmax_connections = 3\n")
        s = self.serve("--dialogs", folder, "-c", conf)
        talkers = [s.talker() for _ in range(3)]
        full = s.talker()
        self.assertRegex(full.reply(), talker.HELP)
        for t in talkers:
            t.reply()
            t.send(b"self check\nyes\n")
            t.reply(), t.reply()
        s.hangup()
        s.wait_log("reloaded")
        self.write("dialogs/broken.rive", "+ (oh\n- n\n")
        s.hangup()
        s.wait_log("reload failed")
        talkers[0].send(b"\n".join(LINES))
        self.framed(talkers[0].end(), len(LINES) - 1)
        talkers[1].send(b"b" * 70000)
        talkers[1].out.rest()
        self.assertEqual(s.stop(), 0, s.log)
        for line in s.log.splitlines():
            self.assertTrue(line.startswith("iopguide: "), line)


if __name__ == "__main__":
    talker.main()
