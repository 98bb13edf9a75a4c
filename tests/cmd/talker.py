"""What the tests of the commands share: run iopguide, talk to it, end it."""
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

BINARY = os.path.abspath(os.environ.get("IOPGUIDE", "./iopguide"))
SRCDIR = os.path.abspath(os.environ.get("srcdir", "."))
PREFIX = []  # a command that runs the binary, such as valgrind
WAIT = float(os.environ.get("IOPGUIDE_TEST_WAIT", "60"))
HELP = re.compile(r"988|911|findahelpline")


def run(*args, stdin=b"", env=None):
    """The finished process; stdin and output are bytes."""
    return subprocess.run([*PREFIX, BINARY, *args], input=stdin, capture_output=True,
                          timeout=WAIT * 4, env=env)


def sanitized():
    with open(BINARY, "rb") as f:
        return b"__asan_init" in f.read()


class Stream:
    """Reads replies off a descriptor: whole ones, with a limit of time."""

    def __init__(self, fd):
        self.fd = fd
        self.buf = b""
        self.ended = False

    def more(self, wait=WAIT):
        if not select.select([self.fd], [], [], wait)[0]:
            raise AssertionError(f"nothing for {wait} s; so far {self.buf!r}")
        try:
            piece = os.read(self.fd, 65536)
        except ConnectionResetError:
            piece = b""
        self.ended = not piece
        self.buf += piece

    def reply(self):
        """The next reply without its empty line; None at the end."""
        while b"\n\n" not in self.buf:
            if self.ended:
                assert self.buf == b"", f"a reply without end: {self.buf!r}"
                return None
            self.more()
        text, _, self.buf = self.buf.partition(b"\n\n")
        return text.decode()

    def rest(self):
        while not self.ended:
            self.more()
        return self.buf


class Chat:
    def __init__(self, *args):
        self.p = subprocess.Popen([*PREFIX, BINARY, "chat", *args],
                                  stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE)
        self.out = Stream(self.p.stdout.fileno())
        self.greeting = self.out.reply()

    def say(self, line):
        raw = line if isinstance(line, bytes) else line.encode()
        self.p.stdin.write(raw + b"\n")
        self.p.stdin.flush()
        return self.out.reply()

    def close(self):
        self.p.stdin.close()
        rest = self.out.rest()
        self.p.stdout.close()
        return rest, self.p.wait(WAIT)


class Talker:
    """One connection to a server."""

    def __init__(self, address):
        family = socket.AF_UNIX if isinstance(address, str) else (
            socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
        self.s = socket.socket(family)
        self.s.settimeout(WAIT)
        self.s.connect(address)
        self.out = Stream(self.s.fileno())

    def send(self, raw):
        self.s.sendall(raw)

    def say(self, line):
        self.send(line.encode() + b"\n")
        return self.out.reply()

    def reply(self):
        return self.out.reply()

    def end(self):
        """Half-closes and reads what is left."""
        self.s.shutdown(socket.SHUT_WR)
        rest = self.out.rest()
        self.s.close()
        return rest

    def close(self):
        self.s.close()


class Server:
    """iopguide serve on free ports; addresses are read off its log."""

    def __init__(self, *args, listen=("127.0.0.1:0",), env=None):
        command = [*PREFIX, BINARY, "serve", *args]
        for a in listen:
            command += ["--listen", a]
        self.p = subprocess.Popen(command, stderr=subprocess.PIPE,
                                  stdin=subprocess.DEVNULL, env=env)
        self.log = ""
        self.addresses = []
        self.wait_log("ready")
        for a in re.findall(r"listening on (\S+)", self.log):
            if a.startswith("unix:"):
                self.addresses.append(a[5:])
            else:
                host, _, port = a.rpartition(":")
                self.addresses.append((host.strip("[]"), int(port)))

    def wait_log(self, text, times=1):
        """Reads the log until it holds text so many times."""
        until = time.monotonic() + WAIT
        while self.log.count(text) < times:
            left = until - time.monotonic()
            fd = self.p.stderr.fileno()
            if left <= 0 or not select.select([fd], [], [], left)[0]:
                raise AssertionError(f"no '{text}' in the log: {self.log}")
            piece = os.read(fd, 65536)
            if not piece:
                raise AssertionError(f"ended before '{text}': {self.log}")
            self.log += piece.decode()

    def talker(self, i=0):
        return Talker(self.addresses[i])

    def hangup(self):
        self.p.send_signal(signal.SIGHUP)

    def stop(self):
        """SIGTERM; the exit status."""
        if self.p.poll() is None:
            self.p.send_signal(signal.SIGTERM)
        self.log += self.p.stderr.read().decode()
        self.p.stderr.close()
        return self.p.wait(WAIT)


class Case(unittest.TestCase):
    """With a temporary folder, and servers that end with the test."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="iopguide-test-")
        self.addCleanup(shutil.rmtree, self.dir)
        self.servers = []

    def tearDown(self):
        for s in self.servers:
            if s.p.poll() is None:
                self.assertEqual(s.stop(), 0, s.log)

    def serve(self, *args, **kw):
        s = Server(*args, **kw)
        self.servers.append(s)
        return s

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def copy_dialogs(self):
        """A folder of the dialogs as they are, to be edited."""
        return shutil.copytree(os.path.join(SRCDIR, "dialogs"),
                               self.path("dialogs"))

    def framed(self, raw, n):
        """n replies, to the letter; gives them as text."""
        self.assertNotIn(b"\r", raw)
        self.assertNotIn(b"\n\n\n", raw)
        if n == 0:
            self.assertEqual(raw, b"")
            return []
        self.assertTrue(raw.endswith(b"\n\n"), raw[-40:])
        replies = raw[:-2].decode().split("\n\n")
        self.assertEqual(len(replies), n, replies)
        for r in replies:
            self.assertTrue(r and not r.startswith("\n"), replies)
        return replies


def main():
    unittest.main(argv=[sys.argv[0], "-v", *sys.argv[1:]], warnings="ignore")
