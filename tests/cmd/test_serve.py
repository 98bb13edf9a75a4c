"""`iopguide serve` with the real guide, over real sockets."""
import os
import re
import shutil
import socket
import stat
import subprocess
import talker


class Serve(talker.Case):
    def test_greets_answers_and_frames(self):
        s = self.serve(listen=("127.0.0.1:0", "unix:" + self.path("socket")))
        for i in range(2):
            t = s.talker(i)
            self.assertIn("program", t.reply())
            self.assertIn("utpatient", t.say("what is iop"))
            t.send(b"hello\r\n\r\nhow long does it take\nthanks")
            self.framed(t.end(), 4)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("socket")).st_mode),
                         0o660)

    def test_nc_with_half_close(self):
        nc = shutil.which("nc.openbsd") or shutil.which("nc")
        if nc is None:
            self.skipTest("nc is not installed")
        s = self.serve()
        p = subprocess.run([nc, "-N", "127.0.0.1", str(s.addresses[0][1])],
                           input=b"what is iop\n", capture_output=True,
                           timeout=talker.WAIT)
        greeting, answer = self.framed(p.stdout, 2)
        self.assertIn("utpatient", answer)

    def test_a_flood_hides_no_one_in_danger(self):
        s = self.serve()
        t = s.talker()
        t.send(b"what is iop\n" * 30 + b"i want to kill myself\n" +
               b"what is iop\n" * 3)
        replies = self.framed(t.end(), 35)
        self.assertRegex(replies[31].split("\n")[0], talker.HELP)
        self.assertTrue(any(r != replies[1] for r in replies[6:30]))

    def test_people_do_not_share_a_session(self):
        s = self.serve()
        a, b = s.talker(), s.talker()
        a.reply(), b.reply()
        a.say("i want to die")
        self.assertNotRegex(b.say("what is iop").split("\n")[0], talker.HELP)

    def test_a_full_server_names_help(self):
        conf = self.write("a.conf", "max_connections = 1\n")
        s = self.serve("-c", conf)
        inside = s.talker()
        inside.reply()
        t = s.talker()
        t.send(b"i want to die\n")
        full = self.framed(t.end(), 1)[0]
        self.assertRegex(full.split("\n")[0], talker.HELP)
        self.assertIn("utpatient", inside.say("what is iop"))

    def test_a_line_beyond_the_cap_gets_a_crisis_line_and_the_end(self):
        s = self.serve()
        t = s.talker()
        t.reply()
        t.send(b"a" * 65537)
        self.assertRegex(self.framed(t.out.rest(), 1)[0], talker.HELP)

    def test_stopping_says_goodbye(self):
        s = self.serve()
        t = s.talker()
        t.reply()
        self.assertEqual(s.stop(), 0)
        self.assertRegex(self.framed(t.out.rest(), 1)[0], talker.HELP)

    def test_the_log_holds_nothing_that_was_said(self):
        s = self.serve()
        t = s.talker()
        t.reply()
        for line in ("zanzibar wants to know", "i want to kill myself zanzibar",
                     "zanzibar\x07" * 20000):
            t.send(line.encode() + b"\n")
        t.out.rest()
        self.assertEqual(s.stop(), 0)
        self.assertNotIn("zanzibar", s.log)
        self.assertNotIn("127.0.0.1:%d" % 0, s.log)
        for line in s.log.splitlines():
            self.assertRegex(line, "^iopguide: (listening|ready|stop)")

    def test_leaves_no_core(self):
        if talker.sanitized():
            self.skipTest("a build with sanitizers keeps its cores")
        s = self.serve()
        with open(f"/proc/{s.p.pid}/limits", encoding="ascii") as f:
            self.assertRegex(f.read(), r"Max core file size +0 +0 ")
        # What is not dumpable belongs to root, whoever runs it.
        if os.getuid() != 0:
            self.assertEqual(os.stat(f"/proc/{s.p.pid}/mem").st_uid, 0)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Start(talker.Case):
    """What stops the start: one clear line, and the right status."""

    def fails(self, status, pattern, *args):
        p = talker.run(*args)
        text = p.stderr.decode()
        self.assertEqual(p.returncode, status, text)
        self.assertRegex(text, pattern)
        self.assertNotIn("Assertion", text)
        return text

    def test_a_port_in_use(self):
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            port = busy.getsockname()[1]
            text = self.fails(1, f"127.0.0.1:{port}: Address already in use",
                              "serve", "--listen", f"127.0.0.1:{port}")
            self.assertEqual(text.count("\n"), 1)
            # The default that is in use is an error as well.
        conf = self.write("a.conf", f'listen = {{"127.0.0.1:{port}", '
                          f'"127.0.0.1:{port}"}}\n')
        self.fails(1, "in use", "serve", "-c", conf)

    def test_what_is_no_address(self):
        self.fails(1, "no address to listen on: write", "serve", "--listen",
                   "elsewhere")

    def test_no_such_folder_or_a_broken_file(self):
        for command in ("serve", "chat", "explain"):
            self.fails(1, "nowhere.*No such file", command, "--dialogs",
                       self.path("nowhere"))
        folder = self.copy_dialogs()
        self.write("dialogs/broken.rive", "+ hi\n- hello\n\n+ (oh\n- no\n")
        self.fails(1, r"broken\.rive:4:[0-9]+: ", "serve", "--dialogs", folder)

    def test_configuration(self):
        for text, pattern in (
                ("idle_minutes = 15\nrate_burst = 0\n",
                 r"a\.conf:2:.*rate_burst: write a whole number, 1 to 1000"),
                ("lisen = {}\n", r"a\.conf:1:.*lisen.*there are: listen, "),
                ("country = \"USA\"\n", r"a\.conf:1:.*two letters"),
                ("listen = {\"7070\"}\n", r"a\.conf:1:.*write addresses"),
                ("dialogs = \"/nowhere\"\n", r"/nowhere.*No such file")):
            self.fails(1, pattern, "serve", "-c", self.write("a.conf", text))
        self.fails(1, "No such file", "serve", "-c", self.path("none"))

    def test_usage(self):
        for args in (("serve", "--nonsense"), ("explain", "--listen", "a"),
                     ("dance",), (), ("serve", "extra"), ("test",),
                     ("chat", "--seed", "x"), ("chat", "--seed", "-1"),
                     ("serve", "--listen")):
            self.fails(2, "iopguide", *args)

    def test_help_and_version(self):
        for c in ("serve", "chat", "explain", "test"):
            p = talker.run(c, "--help")
            self.assertEqual((p.returncode, p.stderr), (0, b""))
            for option in (b"--help", b"--dialogs DIR", b"--seed N"):
                self.assertIn(option, p.stdout)
        self.assertEqual(talker.run("--help").returncode, 0)
        self.assertRegex(talker.run("--version").stdout,
                         rb"^iopguide [0-9.]+\n$")


if __name__ == "__main__":
    talker.main()
