"""Memory over connecting, talking, reconnecting and leaving, TLS included."""
import ssl
import sys

import irc

irc.need("valgrind", "openssl")
with open(irc.BINARY, "rb") as f:
    if b"__asan_init" in f.read():
        print("skipped: valgrind and the sanitizers do not mix")
        sys.exit(77)
irc.WAIT = max(irc.WAIT, 120)


class Valgrind(irc.Case):
    def test_no_errors_and_no_leaks(self):
        fake = irc.Fake()
        self.open.append(fake)
        fake.tls_port = fake.port
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.certs.path("good.pem"),
                            self.certs.path("good.key"))
        g = self.guide(
            self.tls(fake, 'channels = {"#x"}\nconnect_s = 60'), up=False,
            wrap=["valgrind", "-q", "--leak-check=full",
                  "--errors-for-leak-kinds=definite,indirect,possible",
                  "--error-exitcode=9"],
            env={"IOPGUIDE_NO_JIT": "1"})
        try:
            self.talk(fake, tls)
        except (EOFError, OSError) as e:
            self.fail(f"{e!r}: {g.log}")
        self.assertEqual(g.stop(), 0, "\n".join(g.log))
        self.assertNotIn("==", "\n".join(g.log))

    def talk(self, fake, tls):
        for _ in range(2):
            peer = fake.accept(tls=tls)
            peer.wait("^JOIN #x")
            peer.raw(":guide!g@h JOIN #x\r\n")
            peer.raw(":kim!k@h PRIVMSG #x :i want to kill myself\r\n")
            peer.wait("^PRIVMSG kim :")
            peer.raw(":kim!k@h PRIVMSG guide :start the self-check\r\n")
            peer.raw(":kim!k@h NICK kimmy\r\n:kimmy!k@h QUIT :bye\r\n")
            peer.is_alive()
            peer.close()
        peer = fake.accept(tls=tls)
        peer.wait("^JOIN")


if __name__ == "__main__":
    irc.main()
