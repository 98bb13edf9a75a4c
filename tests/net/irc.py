"""What the tests of the IRC front share: servers, certificates, people."""
import os
import random
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

BINARY = os.path.abspath(os.environ.get("IOPGUIDE", "./iopguide"))
SRCDIR = os.path.abspath(os.environ.get("srcdir") or os.path.join(
    os.path.dirname(__file__), "..", ".."))
WAIT = float(os.environ.get("IOPGUIDE_TEST_WAIT", "60"))
WRAP = os.environ.get("IOPGUIDE_TEST_WRAP", "").split()


def find(program):
    """The path of a server's program, or None."""
    return shutil.which(program, path=os.environ.get("PATH", "") +
                        ":/usr/sbin:/sbin:/usr/local/sbin")


def need(*programs, real=True):
    """Ends a test program with 77 (skipped) where a program is missing."""
    if real and os.environ.get("QUICK"):
        print("skipped: QUICK leaves the real servers out")
        sys.exit(77)
    for p in programs:
        if find(p) is None:
            print(f"skipped: {p} is not installed")
            sys.exit(77)


def free_port():
    """Below those that connections are given, so that it stays free."""
    while True:
        with socket.socket() as s:
            port = random.randrange(10240, 32768)
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


def until(what, wait=None, step=0.05):
    """Waits until what() is true; its value."""
    end = time.monotonic() + (wait or WAIT)
    while True:
        value = what()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(step)


class Certificates:
    """An issuer, and server and client certificates of all kinds."""

    def __init__(self, folder):
        self.folder = folder
        self.issuer("ca")
        self.issuer("other-ca")
        self.server("good", "ca")
        self.server("wrong-name", "ca", host="elsewhere.test")
        self.server("unknown", "other-ca")
        self.server("expired", "ca", days=None)
        self.server("client", "ca", host="client.test")

    def path(self, name):
        return os.path.join(self.folder, name)

    def openssl(self, *args):
        subprocess.run(["openssl", *args], check=True, cwd=self.folder,
                       capture_output=True)

    def issuer(self, name):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
                     "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                     "-subj", f"/CN={name}", "-keyout", f"{name}.key",
                     "-out", f"{name}.pem")

    def server(self, name, issuer, days="30", host="irc.test"):
        self.openssl("req", "-newkey", "ec", "-pkeyopt",
                     "ec_paramgen_curve:P-256", "-nodes", "-subj",
                     f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}",
                     "-keyout", f"{name}.key", "-out", f"{name}.csr")
        when = (["-days", days] if days else ["-days", "-1"])
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA",
                     f"{issuer}.pem", "-CAkey", f"{issuer}.key",
                     "-CAcreateserial", "-copy_extensions", "copy", *when,
                     "-out", f"{name}.pem")
        for f in (f"{name}.key", f"{name}.pem"):
            os.chmod(self.path(f), 0o644)


class Process:
    """A server in a folder of its own."""

    def __init__(self, argv, log):
        self.argv, self.log = argv, log
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.p = subprocess.Popen(self.argv, stdout=log, stderr=log,
                                      stdin=subprocess.DEVNULL)

    def kill(self):
        if self.p.poll() is None:
            self.p.send_signal(signal.SIGCONT)
            self.p.kill()
        self.p.wait()


def ready(port, server):
    """Waits until somebody can log in."""
    def try_it():
        if server.p.poll() is not None:
            raise AssertionError(f"the server ended, see {server.log}")
        try:
            Person(port, "probe%d" % (time.monotonic_ns() % 10000)).close()
            return True
        except (OSError, AssertionError):
            return False
    until(try_it)


class Ngircd(Process):
    def __init__(self, folder, certs, penalty=0, cert="good", port=None,
                 channels=""):
        self.port, self.tls_port = port or free_port(), free_port()
        conf = os.path.join(folder, f"ngircd-{self.port}.conf")
        with open(conf, "w") as f:
            f.write(f"""[Global]
Name = irc.test
Info = test
Listen = 127.0.0.1
Ports = {self.port}
MotdPhrase = hi
ServerUID = {os.getuid()}
ServerGID = {os.getgid()}
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 20
MaxNickLength = 20
MaxPenaltyTime = {penalty}
[Options]
DNS = no
Ident = no
PAM = no
[SSL]
CertFile = {certs.path(cert + ".pem")}
KeyFile = {certs.path(cert + ".key")}
Ports = {self.tls_port}
[Operator]
Name = op
Password = op
{channels}
""")
        super().__init__([find("ngircd"), "-n", "-f", conf],
                         conf + ".log")
        ready(self.port, self)


class Inspircd(Process):
    def __init__(self, folder, certs, flood=False, cert="good"):
        self.port, self.tls_port = free_port(), free_port()
        self.link_port = free_port()
        conf = os.path.join(folder, f"inspircd-{self.port}.conf")
        knobs = ('threshold="10" commandrate="1000" fakelag="on" recvq="8K"'
                 if flood else 'threshold="1000" commandrate="100000" '
                 'fakelag="no" recvq="64K"')
        modules = " ".join(f'<module name="{m}">' for m in """ssl_gnutls
            sslinfo sha256 md5 cap sasl ircv3 ircv3_servertime
            ircv3_accounttag ircv3_batch ircv3_echomessage ircv3_ctctags
            ircv3_capnotify ircv3_invitenotify ircv3_chghost botmode
            services_account spanningtree globalload deaf servprotect
            chghost svshold topiclock hidechans alias monitor namesx uhnames
            chanhistory sajoin samode cloaking""".split()
            if m != "cloaking")
        with open(conf, "w") as f:
            f.write(f"""
<server name="irc.test" description="test" network="TestNet" id="00A">
<admin name="t" nick="t" email="t@irc.test">
<bind address="127.0.0.1" port="{self.port}" type="clients">
<bind address="127.0.0.1" port="{self.tls_port}" type="clients" sslprofile="Clients">
<bind address="127.0.0.1" port="{self.link_port}" type="servers">
<sslprofile name="Clients" provider="gnutls" certfile="{certs.path(cert + ".pem")}" keyfile="{certs.path(cert + ".key")}" cafile="{certs.path("ca.pem")}" requestclientcert="yes" hash="sha256">
<power diepass="x" restartpass="x">
<connect name="main" allow="*" timeout="60" {knobs} pingfreq="120" hardsendq="1M" softsendq="10240" localmax="1000" globalmax="1000" resolvehostnames="no" useident="no">
<class name="All" commands="*" privs="*" usermodes="*" chanmodes="*" snomasks="*">
<type name="Op" classes="All">
<oper name="op" password="op" host="*@*" type="Op">
<dns server="127.0.0.1" timeout="1">
<pid file="{folder}/inspircd-{self.port}.pid">
<path datadir="{folder}" logdir="{folder}" runtimedir="{folder}" moduledir="/usr/lib/inspircd/modules">
<files motd="{folder}/motd.txt">
<limits maxnick="30">
<performance nouserdns="yes">
{modules}
<sasl target="services.test" requiressl="no">
<chanhistory bots="yes" prefixmsg="no">
<link name="services.test" ipaddr="127.0.0.1" port="{self.link_port}" allowmask="127.0.0.1" sendpass="x" recvpass="x">
<uline server="services.test" silent="yes">
""")
        with open(os.path.join(folder, "motd.txt"), "w") as f:
            f.write("hi\n")
        argv = [find("inspircd"), "--nofork", "--config=" + conf]
        if os.getuid() == 0:
            argv.append("--runasroot")
        super().__init__(argv, conf + ".log")
        ready(self.port, self)


class Atheme(Process):
    """NickServ and SASL, linked to an Inspircd."""

    def __init__(self, folder, ircd):
        self.folder = os.path.join(folder, "atheme")
        os.mkdir(self.folder)
        conf = os.path.join(self.folder, "atheme.conf")
        nick = "nickserv/main nickserv/register nickserv/identify " \
            "nickserv/cert nickserv/info nickserv/group saslserv/main " \
            "saslserv/plain saslserv/external".split()
        load = "\n".join(f'loadmodule "modules/{m}";' for m in [
            "protocol/inspircd", "backend/opensex", "crypto/pbkdf2v2",
            "operserv/main", *nick])
        serv = "\n".join(
            f'{n.lower()} {{ nick = "{n}"; user = "{n}"; host = '
            f'"services.test"; real = "{n}"; }};'
            for n in ("NickServ", "OperServ", "SaslServ"))
        with open(conf, "w") as f:
            f.write(load + """
crypto { pbkdf2v2_digest = "SHA2-256"; pbkdf2v2_rounds = 10000; };
serverinfo { name = "services.test"; desc = "services"; numeric = "00S";
  recontime = 2; netname = "TestNet"; hidehostsuffix = "users.test";
  adminname = "t"; adminemail = "t@irc.test"; registeremail = "t@irc.test";
  auth = none; loglevel = { all; }; maxlogins = 10; maxusers = 10;
  maxnicks = 5; maxchans = 5; mdlimit = 30; emaillimit = 10;
  emailtime = 300; casemapping = rfc1459; };
uplink "irc.test" { host = "127.0.0.1"; password = "x"; port = %d; };
%s
database { };
logfile "%s/atheme.log" { register; commands; info; error; network; };
general { helpchan = "#help"; helpurl = "http://x/"; commit_interval = 5;
  silent = no; secure = no; raw = no; flood_msgs = 0; };
""" % (ircd.link_port, serv, self.folder))
        argv = [find("atheme-services"), "-n", "-c", conf, "-D", self.folder,
                "-l", os.path.join(self.folder, "log"), "-p",
                os.path.join(self.folder, "pid")]
        if os.getuid() == 0:
            # It refuses to run as root.
            for base, dirs, files in os.walk(folder):
                os.chmod(base, 0o777)
            os.chown(self.folder, 65534, 65534)
            argv = ["setpriv", "--reuid=65534", "--regid=65534",
                    "--clear-groups", *argv]
        super().__init__(argv, conf + ".out")


def said(line, target=None, nick="guide"):
    """The text of a PRIVMSG, where it is from nick and to target."""
    m = re.match(r"(?:@\S+ )?:%s!\S+ PRIVMSG (\S+) :(.*)" % nick, line)
    return m.group(2) if m and target in (None, m.group(1)) else None


class Person:
    """Somebody with an IRC client."""
    probe = None  # gives another one, see settle()

    def __init__(self, port, nick, caps=()):
        self.nick, self.buf, self.lines = nick, b"", []
        self.s = socket.create_connection(("127.0.0.1", port), WAIT)
        if caps:
            self.send("CAP REQ :" + " ".join(caps))
            self.send("CAP END")
        self.send(f"NICK {nick}")
        self.send(f"USER {nick} 0 * :{nick}")
        self.wait(r" 001 ")
        self.wait(r" (376|422) ")

    def send(self, line):
        self.s.sendall(line.encode() + b"\r\n")

    def say(self, target, text):
        self.send(f"PRIVMSG {target} :{text}")

    def join(self, channel, key=""):
        self.send(f"JOIN {channel} {key}".strip())
        self.wait(r" 366 ")

    def meet(self, channel, nick="guide"):
        """Waits until the other one is in the channel, too."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            self.send(f"NAMES {channel}")
            line = self.wait(r" (353|366) ")
            if re.search(r" 353 .*[ :@+]%s\b" % nick, line):
                return
            time.sleep(0.1)
        raise AssertionError(f"{nick} is not in {channel}")

    def read(self, wait):
        """Takes in what arrived within a moment."""
        # Not select(): the tests have thousands of descriptors, too.
        poll = select.poll()
        poll.register(self.s, select.POLLIN)
        if not poll.poll(wait * 1000):
            return False
        piece = self.s.recv(65536)
        if not piece:
            raise AssertionError(f"{self.nick} lost the connection")
        self.buf += piece
        *whole, self.buf = self.buf.split(b"\n")
        for raw in whole:
            line = raw.decode(errors="replace").rstrip("\r")
            if line.startswith("PING"):
                self.send("PONG" + line[4:])
            else:
                self.lines.append(line)
        return True

    def wait(self, pattern, wait=None):
        """The next line that matches; what came before it is dropped."""
        end = time.monotonic() + (wait or WAIT)
        while True:
            for i, line in enumerate(self.lines):
                if re.search(pattern, line):
                    del self.lines[:i + 1]
                    return line
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(
                    f"{self.nick} waited for {pattern!r}, saw "
                    f"{self.lines[-8:]}")
            self.read(min(left, 0.5))

    def hear(self, seconds):
        """All lines of a stretch of time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(max(0, min(0.1, end - time.monotonic())))
        lines, self.lines = self.lines, []
        return lines

    def sync(self):
        """Reads all that the server passed on until now."""
        token = f"sync{time.monotonic_ns()}"
        self.send("PING :" + token)
        end = time.monotonic() + WAIT
        while not any(token in line for line in self.lines[-1:]):
            if time.monotonic() > end:
                raise AssertionError(f"{self.nick} hears nothing more")
            self.read(0.5)
        self.lines.pop()

    def settle(self):
        """Waits until the guide has answered one more person.  Those to whom
        it talks take turns, so each that waits has had a line by then."""
        self.sync()
        self.probe().ask()
        self.sync()

    def taken(self, target=None, nick="guide"):
        """What the guide said in the lines that are there."""
        lines, self.lines = self.lines, []
        return [text for line in lines
                if (text := said(line, target, nick)) is not None]

    def heard(self, target=None, nick="guide"):
        """All that the guide has said, and still has to say."""
        texts = self.taken(target, nick)
        while True:
            self.settle()
            more = self.taken(target, nick)
            if not more:
                return texts
            texts += more

    def told(self, target=None, nick="guide"):
        """The same, where it does say something."""
        texts, end = [], time.monotonic() + WAIT
        while not (texts := self.taken(target, nick)):
            if time.monotonic() > end:
                raise AssertionError(f"the guide told {self.nick} nothing")
            self.read(0.5)
        return texts + self.heard(target, nick)

    def close(self):
        try:
            self.send("QUIT")
        except OSError:
            pass
        self.s.close()


class Probe(Person):
    """Asks what is answered in one line, another one each time."""
    n = 0

    def ask(self, nick="guide"):
        self.n += 1
        self.say(nick, f"probe {self.n}")
        self.wait(f"PRIVMSG {self.nick} :probe {self.n}$")


WELCOME = (":irc.test 001 guide :hello\r\n"
           ":irc.test 005 guide CHANTYPES=# NICKLEN=30 :are supported\r\n"
           ":irc.test 376 guide :end\r\n")


class Fake:
    """Accepts one connection after another; each test plays the server."""

    def __init__(self):
        self.s = socket.create_server(("127.0.0.1", 0))
        self.s.settimeout(WAIT)
        self.port = self.s.getsockname()[1]

    def accept(self, register=True, tls=None):
        c, _ = self.s.accept()
        c.settimeout(WAIT)
        peer = Peer(tls.wrap_socket(c, server_side=True) if tls else c)
        if register:
            peer.register()
        return peer

    def kill(self):
        self.s.close()


class Peer:
    def __init__(self, s):
        self.s, self.buf = s, b""

    def raw(self, data):
        self.s.sendall(data if isinstance(data, bytes) else data.encode())

    def line(self):
        while b"\n" not in self.buf:
            piece = self.s.recv(4096)
            if not piece:
                raise EOFError
            self.buf += piece
        line, _, self.buf = self.buf.partition(b"\n")
        return line.decode().rstrip("\r")

    def wait(self, pattern):
        while not re.search(pattern, line := self.line()):
            pass
        return line

    def register(self):
        self.wait("^CAP LS")
        self.raw(":irc.test CAP * LS :multi-prefix\r\n")
        self.wait("^CAP END")
        self.raw(WELCOME)

    def is_alive(self):
        """Pings, and asks something: all of the path works."""
        who = f"k{time.monotonic_ns()}"
        self.raw("PING :still-there\r\n")
        self.wait("^PONG :still-there")
        self.raw(f":{who}!k@h PRIVMSG guide :what is iop?\r\n")
        self.wait(f"^PRIVMSG {who} :")

    def is_closed(self):
        """The guide leaves."""
        try:
            while self.line():
                pass
        except (EOFError, OSError):
            return True

    def close(self):
        self.s.close()


class Guide:
    """`iopguide serve` with a configuration; its log as a list of lines."""

    def __init__(self, folder, networks, more="", env=None, wrap=None):
        self.conf = os.path.join(folder, "guide-%d.conf" %
                                 time.monotonic_ns())
        with open(self.conf, "w") as f:
            f.write('listen = {"127.0.0.1:0"}\n' + more + "\n")
            for name, options in networks.items():
                f.write(f"network {name} {{\n{options}\n}}\n")
        self.log = []
        self.p = subprocess.Popen(
            [*(WRAP if wrap is None else wrap), BINARY, "serve", "-c",
             self.conf], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
            env=dict(os.environ, **(env or {})))
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for raw in self.p.stderr:
            self.log.append(raw.decode(errors="replace").rstrip("\n"))

    def wait(self, pattern, wait=None, since=0):
        def look():
            for line in self.log[since:]:
                if re.search(pattern, line):
                    return line
            return None
        try:
            return until(look, wait)
        except AssertionError:
            raise AssertionError(f"the log lacks {pattern!r}: {self.log[-15:]}")

    def mark(self):
        return len(self.log)

    def port(self):
        line = self.wait(r"listening on 127\.0\.0\.1:\d+")
        return int(line.rsplit(":", 1)[1])

    def stop(self):
        if self.p.poll() is None:
            self.p.send_signal(signal.SIGTERM)
            try:
                self.p.wait(WAIT)
            except subprocess.TimeoutExpired:
                self.p.kill()
        self.p.wait()
        self.reader.join(WAIT)
        return self.p.returncode


class Case(unittest.TestCase):
    """Each test class has a folder with certificates; all it started ends."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="iopguide-irc-")
        os.chmod(cls.folder, 0o755)
        cls.certs = Certificates(cls.folder)
        cls.shared = []
        cls.probes = 0
        cls.dialogs = os.path.join(cls.folder, "dialogs")
        shutil.copytree(os.path.join(SRCDIR, "dialogs"), cls.dialogs)
        with open(os.path.join(cls.dialogs, "probe.rive"), "w") as f:
            f.write("+ probe #\n- probe <star>\n")

    @classmethod
    def tearDownClass(cls):
        for x in reversed(cls.shared):
            x.kill()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        self.open = []
        self.asking = {}

    def tearDown(self):
        for x in reversed(self.open):
            x.close() if isinstance(x, Person) else \
                x.stop() if isinstance(x, Guide) else x.kill()
        for x in self.open:
            if isinstance(x, Guide):
                self.assertNotRegex("\n".join(x.log),
                                    "Sanitizer|runtime error|Assertion")

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def plain(self, server, more=""):
        return (f'servers = {{"127.0.0.1:{server.port}"}}\ntls = false\n'
                f'nick = "guide"\nowner = "tests"\nreconnect_s = 1\n'
                f'reconnect_max_s = 1\nline_ms = 20\n'
                f'profile = "steady"\n{more}')

    def tls(self, server, more=""):
        return (f'servers = {{"127.0.0.1:{server.tls_port}"}}\n'
                f'tls_ca = "{self.certs.path("ca.pem")}"\n'
                f'tls_name = "irc.test"\n'
                f'nick = "guide"\nowner = "tests"\nreconnect_s = 1\n'
                f'reconnect_max_s = 1\nline_ms = 20\n'
                f'profile = "steady"\n{more}')

    def guide(self, *networks, up=True, more="", **kw):
        more += f'\ndialogs = "{self.dialogs}"\nrate_per_s = 0'
        g = Guide(self.folder, {f"net{i}": n for i, n in enumerate(networks)},
                  more, **kw)
        self.open.append(g)
        if up:
            for i in range(len(networks)):
                g.wait(f"irc net{i}: up as")
        return g

    def person(self, server, nick, channel=None, key="", **kw):
        p = Person(server.port, nick, **kw)
        p.probe = lambda: self.probe(server)
        self.open.append(p)
        if channel:
            p.join(channel, key)
        return p


    def probe(self, server):
        """One for each server and test."""
        if server not in self.asking:
            type(self).probes += 1
            self.asking[server] = Probe(server.port, f"probe{self.probes}")
            self.open.append(self.asking[server])
        return self.asking[server]


def main():
    unittest.main(verbosity=2, warnings="ignore")
