"""The guide on a real inspircd with services: TLS, SASL, tags, flood limits."""
import os
import time

import irc

irc.need("inspircd", "atheme-services", "openssl")
if os.getuid() == 0:
    irc.need("setpriv")

RISK = "i want to kill myself"
SECRET = "correct-horse-battery"


class Tls(irc.Case):
    """Who the server is, is proved before a byte of IRC is sent."""

    CASES = [("wrong-name", "mismatch"), ("unknown", "issuer|self.signed"),
             ("expired", "expired")]

    def test_refuses_wrong_certificates(self):
        for cert, why in self.CASES:
            with self.subTest(cert):
                server = irc.Inspircd(self.folder, self.certs, cert=cert)
                self.open.append(server)
                g = self.guide(self.tls(server), up=False)
                self.assertRegex(g.wait("down: "), "(?i)" + why)
                g.wait("connecting", since=g.mark())
                self.assertNotIn("up as", "\n".join(g.log))
                g.stop()

    def test_never_speaks_plainly_where_tls_is_asked(self):
        server = irc.Inspircd(self.folder, self.certs)
        self.open.append(server)
        # The server waits for a line of IRC, the guide for a handshake.
        g = self.guide(self.tls(server, "connect_s = 2").replace(
            str(server.tls_port), str(server.port)), up=False)
        g.wait("down: ")
        g.wait("down: ", since=g.mark())
        self.assertNotIn("up as", "\n".join(g.log))


class Inspircd(irc.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = irc.Inspircd(cls.folder, cls.certs)
        cls.shared.append(cls.server)
        cls.services = irc.Atheme(cls.folder, cls.server)
        cls.shared.append(cls.services)
        cls.register()
        cls.secret = os.path.join(cls.folder, "secret")
        with open(cls.secret, "w") as f:
            f.write(SECRET + "\n")

    @classmethod
    def register(cls):
        """The guide's account, with a certificate."""
        p = irc.Person(cls.server.port, "guide")

        def there():
            p.lines.clear()
            p.send("NICK guide")
            p.say("NickServ", f"REGISTER {SECRET} g@irc.test")
            return any("NickServ!" in s for s in p.hear(0.5))
        irc.until(there)
        fingerprint = irc.subprocess.run(
            ["openssl", "x509", "-in", cls.certs.path("client.pem"),
             "-noout", "-fingerprint", "-sha256"], check=True,
            capture_output=True, text=True).stdout
        fingerprint = fingerprint.split("=")[1].strip().replace(":", "")
        p.say("NickServ", "CERT ADD " + fingerprint.lower())
        p.wait("NickServ!.*NOTICE.*(?i:fingerprint|added)")
        p.close()

    def sasl(self, how, more=""):
        return self.tls(self.server, f'sasl = "{how}"\naccount = "guide"\n'
                        + more)

    def is_logged_in(self, who="guide"):
        p = self.person(self.server, "asker%d" % (time.monotonic_ns() % 999))
        p.send("WHOIS " + who)
        line = p.wait(r" (330|318) ")
        return " 330 " in line

    def test_tls_and_sasl_plain(self):
        g = self.guide(self.sasl("plain", f'secret_file = "{self.secret}"'))
        self.assertTrue(self.is_logged_in())
        self.assertNotIn(SECRET, "\n".join(g.log))

    def test_sasl_external(self):
        self.guide(self.sasl("external",
                             f'tls_cert = "{self.certs.path("client.pem")}"\n'
                             f'tls_key = "{self.certs.path("client.key")}"'))
        self.assertTrue(self.is_logged_in())

    def test_a_wrong_secret_waits_for_half_an_hour(self):
        wrong = self.file("wrong", "not-this\n")
        g = self.guide(self.sasl("plain", f'secret_file = "{wrong}"'),
                       up=False)
        line = g.wait("down: SASL PLAIN")
        self.assertIn("next try in 1800 s", line)
        self.assertNotIn("not-this", "\n".join(g.log))

    def test_marks_itself_and_passes_over_bots(self):
        self.guide(self.tls(self.server, 'channels = {"#bots"}'))
        kim = self.person(self.server, "kim", "#bots")
        kim.meet("#bots")
        kim.send("WHOIS guide")
        kim.wait(r" 335 ")  # is a bot
        robot = self.person(self.server, "robot", "#bots",
                            caps=("message-tags",))
        robot.send("MODE robot +B")
        robot.wait(" MODE robot ")
        robot.say("#bots", "guide: what is iop?")
        robot.say("guide", "what is iop?")
        self.assertEqual(robot.heard(), [])
        kim.say("guide", "what is iop?")
        kim.told("kim")

    def test_does_not_answer_history(self):
        kim = self.person(self.server, "kim", "#past")
        kim.send("MODE #past +H 20:1h")
        kim.wait(" MODE #past ")
        kim.say("#past", "guide: what is iop?")
        kim.say("#past", RISK)
        self.guide(self.tls(self.server, 'channels = {"#past"}'))
        kim.meet("#past")
        self.assertEqual(kim.heard(), [])
        kim.say("#past", "guide: what is iop?")
        kim.told("#past")

    def test_follows_an_account_and_a_nick(self):
        self.guide(self.tls(self.server, 'channels = {"#move"}'))
        kim = self.person(self.server, "kim", "#move")
        kim.meet("#move")
        kim.say("guide", "start the self-check")
        kim.told("kim")
        kim.say("guide", "often")
        kim.told("kim")
        kim.send("NICK kimmy")
        kim.wait(" NICK ")
        kim.say("guide", "back")
        self.assertRegex("\n".join(kim.told("kimmy")), r"\?")

    DANGER = "i am going to kill myself tonight, i have the pills"

    def test_tells_staff_who_are_logged_in(self):
        anna = self.person(self.server, "anna")
        anna.say("NickServ", f"REGISTER {SECRET} a@irc.test")
        anna.wait("NickServ!.*NOTICE.*(?i:registered)")
        other = self.person(self.server, "bo", "#open")
        self.guide(self.tls(self.server, 'channels = {"#talk"}\n'
                            'alert = {"bo", "anna", "#open"}'))
        kim = self.person(self.server, "kim", "#talk")
        kim.meet("#talk")
        other.meet("#open")
        kim.say("#talk", self.DANGER)
        told = anna.told("anna")
        self.assertEqual(len(told), 1)
        self.assertIn("kim in #talk may want support", told[0])
        self.assertNotIn("pills", told[0])
        self.assertIn("staff", "\n".join(kim.told("kim")))
        # Once for a person; never to a nick that proved nothing, never to a
        # channel that everybody may read.
        kim.say("#talk", self.DANGER)
        kim.told("kim")
        self.assertEqual(anna.heard(), [])
        self.assertEqual(other.heard(), [])

    def test_tells_a_staff_channel_while_it_is_hidden(self):
        staff = self.person(self.server, "staff", "#staff")
        self.guide(self.tls(self.server, 'channels = {"#talk"}\n'
                            'alert = "#staff"'))
        staff.meet("#staff")
        for mode, names in (("+i", ["kim"]), ("-i", []), ("+s", ["sam"])):
            staff.send("MODE #staff " + mode)
            staff.wait(" MODE #staff ")
            who = self.person(self.server, {"+i": "kim", "-i": "eve",
                                            "+s": "sam"}[mode], "#talk")
            who.meet("#talk")
            who.say("#talk", self.DANGER)
            said = "\n".join(who.told(who.nick))
            self.assertEqual("staff" in said, names != [], said)
            told = staff.heard("#staff")
            self.assertEqual([s.split()[0] for s in told], names)


class Flood(irc.Case):
    """With the limits that servers have where nobody changes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = irc.Inspircd(cls.folder, cls.certs, flood=True)
        cls.shared.append(cls.server)

    def usual(self, more=""):
        return self.tls(self.server, more).replace(
            "line_ms = 20\n", "")

    def test_25_long_answers_do_not_kill_it(self):
        g = self.guide(self.usual())
        people = [self.person(self.server, f"p{i}") for i in range(5)]
        heard = {p: 0 for p in people}
        for _ in range(5):
            for p in people:
                p.say("guide", "compare therapy, iop and inpatient")
                heard[p] += len(p.hear(0.2))
        # Each hears something, and what was taken leaves to its end.
        end = time.monotonic() + 240
        while time.monotonic() < end and not all(heard.values()):
            for p in people:
                heard[p] += len(p.hear(0.5))
        self.assertTrue(all(heard.values()), heard)
        self.assertNotIn("down:", "\n".join(g.log))


if __name__ == "__main__":
    irc.main()
