"""`iopguide chat` on a pipe and on a terminal."""
import os
import pty
import re
import select
import subprocess
import time
import talker


class Chat(talker.Case):
    def test_frames_each_reply_to_the_letter(self):
        lines = [b"what is iop", b"", b"  ", b"a\x00b", b"\xff\xfe", b"hi\r",
                 b"i want to die", b"compare", b"a" * 3000, b"help"]
        p = talker.run("chat", stdin=b"\n".join(lines))
        self.assertEqual((p.returncode, p.stderr), (0, b""))
        replies = self.framed(p.stdout, len(lines) + 1)
        self.assertIn("program", replies[0])
        self.assertIn("utpatient", replies[1])
        self.assertRegex(replies[7].split("\n")[0], talker.HELP)

    def test_answers_before_the_next_line_is_read(self):
        c = talker.Chat()
        self.assertTrue(c.greeting)
        self.assertIn("utpatient", c.say("what is iop"))
        self.assertRegex(c.say("i want to die").split("\n")[0], talker.HELP)
        self.assertEqual(c.close(), (b"", 0))

    def test_neither_prompt_nor_echo(self):
        p = talker.run("chat", stdin=b"zebra crossing\n")
        self.assertNotIn(b"> ", p.stdout)
        self.assertNotIn(b"zebra crossing\n", p.stdout)

    def test_x_ends_at_once_without_a_word(self):
        p = talker.run("chat", stdin=b"x\nwhat is iop\n")
        self.assertEqual(p.returncode, 0)
        self.framed(p.stdout, 1)

    def test_a_line_beyond_the_cap_gets_a_crisis_line_and_the_end(self):
        p = talker.run("chat", stdin=b"a" * 70000 + b"\nwhat is iop\n")
        replies = self.framed(p.stdout, 2)
        self.assertRegex(replies[1], talker.HELP)

    def test_a_reader_that_went_away_is_no_crash(self):
        p = subprocess.Popen([talker.BINARY, "chat"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE)
        p.stdout.close()
        try:
            p.stdin.write(b"hi\n" * 1000)
            p.stdin.close()
        except BrokenPipeError:
            pass
        self.assertIn(p.wait(talker.WAIT), (0, 1, -13))

    def test_on_a_terminal_it_prompts_and_edits(self):
        pid, fd = pty.fork()
        if pid == 0:
            os.environ.update(TERM="xterm", LC_ALL="C.UTF-8")
            os.execv(talker.BINARY, [talker.BINARY, "chat"])
        out = talker.Stream(fd)

        def until(text):
            end = time.monotonic() + talker.WAIT
            while text not in out.buf and time.monotonic() < end:
                out.more()
            seen, out.buf = out.buf, b""
            return seen

        until(b"you> ")
        os.write(fd, "what is iopé\x7f\r".encode())
        until(b"utpatient")
        os.write(fd, b"x\r")
        end = time.monotonic() + talker.WAIT
        status = None
        while status is None and time.monotonic() < end:
            if select.select([fd], [], [], 0.1)[0]:
                try:
                    os.read(fd, 4096)
                except OSError:
                    pass
            got, st = os.waitpid(pid, os.WNOHANG)
            status = st if got else None
        self.assertEqual(status, 0)
        os.close(fd)


if __name__ == "__main__":
    talker.main()
