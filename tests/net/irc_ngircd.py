"""The guide on a real ngircd: a strict server without IRCv3."""
import os
import re
import resource
import signal
import socket

import irc

irc.need("ngircd", "openssl")

HELP = re.compile(r"\b988\b")
RISK = "i want to kill myself"


class Ngircd(irc.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = irc.Ngircd(cls.folder, cls.certs)
        cls.shared.append(cls.server)

    def in_channel(self, channel, more="", nick="kim"):
        """The guide and a person, both in a channel of the test's own."""
        g = self.guide(self.plain(self.server,
                                  f'channels = {{"{channel}"}}\n' + more))
        p = self.person(self.server, nick, channel)
        p.meet(channel)
        return g, p

    def test_answers_in_private_and_where_it_is_addressed(self):
        _, kim = self.in_channel("#a")
        kim.say("guide", "what is iop?")
        kim.wait(r":guide!\S+ PRIVMSG kim :.*[Ii]ntensive")
        kim.heard()
        # Three questions: the same answer a third time is passed over.
        for line in ("guide: hello", "GUIDE, what does it cost?",
                     "guide thanks"):
            kim.say("#a", line)
            kim.told("#a")
        kim.say("#a", "does anybody know what iop is?")
        kim.say("#a", "guidelines are nice")
        kim.send("NOTICE #a :guide: what is iop")
        kim.send("NOTICE guide :what is iop")
        self.assertEqual(kim.heard(), [])

    def test_says_three_lines_in_a_channel_and_more_in_private(self):
        _, kim = self.in_channel("#b")
        kim.say("#b", "guide: compare therapy, iop and inpatient")
        lines = kim.told("#b")
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines[0].startswith("kim: "))
        self.assertIn("/msg guide more", lines[-1])
        kim.say("guide", "more")
        self.assertGreater(len(kim.told("kim")), 0)

    def test_speaks_of_risk_in_public_for_everybody(self):
        _, kim = self.in_channel("#c")
        sam = self.person(self.server, "sam", "#c")
        kim.say("#c", RISK)
        self.assertRegex(kim.told("kim")[0], HELP)
        public = sam.told()
        self.assertEqual(len(public), 1)
        self.assertRegex(public[0], HELP)
        self.assertIn("/msg guide hi", public[0])
        self.assertNotIn("kim", public[0])
        # Once in ten minutes, but in private each time.
        sam.say("#c", "i am going to kill myself tonight")
        self.assertRegex(sam.told("sam")[0], HELP)
        self.assertEqual(kim.heard("#c"), [])

    def test_speaks_of_abuse_in_private_alone(self):
        _, kim = self.in_channel("#d")
        sam = self.person(self.server, "sam", "#d")
        kim.say("#d", "guide: my husband hits me")
        self.assertRegex("\n".join(kim.told("kim")), "799-7233")
        self.assertEqual(sam.heard(), [])
        # A concern that was not for the guide gets no message.
        sam.say("#d", "whats the point anymore")
        self.assertEqual(sam.heard(), [])

    def test_holds_a_self_check_in_private(self):
        _, kim = self.in_channel("#e")
        sam = self.person(self.server, "sam", "#e")
        kim.say("#e", "guide: start the self-check")
        kim.told("kim")
        public = sam.heard()
        self.assertEqual(len(public), 1)
        self.assertIn("private", public[0])
        kim.say("guide", "often")
        self.assertGreater(len(kim.told("kim")), 0)
        # An answer given in the channel is answered in private, too.
        kim.say("#e", "guide: sometimes")
        self.assertGreater(len(kim.told("kim")), 0)
        self.assertEqual(sam.heard(), [])
        # It goes on under a new nick, and ends with the person.
        kim.send("NICK kimmy")
        kim.say("guide", "why")
        lines = kim.told("kimmy")
        kim.say("guide", "never")
        kim.told("kimmy")
        kim.close()
        self.open.remove(kim)
        again = self.person(self.server, "kimmy", "#e")
        again.say("guide", "never")
        fresh = again.told("kimmy")
        again.say("guide", "why")
        self.assertNotEqual(again.told("kimmy"), lines)
        self.assertNotEqual(fresh, lines)

    def test_ends_at_once_without_a_word(self):
        _, kim = self.in_channel("#f")
        kim.say("guide", "start the self-check")
        kim.told()
        kim.say("guide", "x")
        self.assertEqual(kim.heard(), [])

    def test_joins_with_a_key_from_a_file(self):
        op = self.person(self.server, "op1", "#key")
        op.send("MODE #key +k opensesame")
        op.wait(r" MODE #key \+k")
        key = self.file("key", "opensesame\n")
        g = self.guide(self.plain(self.server,
                                  f'channels = {{"#key file:{key}"}}'))
        op.meet("#key")
        self.assertNotIn("opensesame", "\n".join(g.log))

    def test_regains_its_nick_when_it_sees_it_go(self):
        holder = self.person(self.server, "guide", "#g")
        g = self.guide(self.plain(
            self.server, 'channels = {"#g"}\nalternatives = {"guide2"}'))
        g.wait("up as guide2")
        holder.meet("#g", "guide2")
        holder.send("NICK somebody")
        holder.wait(r":guide2!\S+ NICK :?guide")
        holder.say("#g", "guide: what is iop?")
        holder.wait(r":guide!\S+ PRIVMSG #g :somebody: ")

    def test_stays_out_after_a_kick_until_invited(self):
        op = self.person(self.server, "op2", "#h")
        self.guide(self.plain(self.server, 'channels = {"#h"}'))
        op.meet("#h")
        op.send("KICK #h guide :out")
        op.wait(r" KICK #h guide")
        self.assertFalse([s for s in op.hear(2.5) if " JOIN " in s])
        op.send("INVITE guide #elsewhere")
        op.send("INVITE guide #h")
        op.wait(r":guide!\S+ JOIN :?#h")

    def test_comes_back_after_a_kill(self):
        op = self.person(self.server, "op3", "#i")
        g = self.guide(self.plain(self.server, 'channels = {"#i"}'))
        op.meet("#i")
        op.send("OPER op op")
        op.wait(r" 381 ")
        mark = g.mark()
        op.send("KILL guide :bye")
        g.wait("down: .*(?i:kill)", since=mark)
        g.wait("up as guide", since=mark)
        op.meet("#i")

    def test_answers_ctcp_twice_in_half_a_minute(self):
        _, kim = self.in_channel("#j")
        for verb in ("VERSION", "PING 123", "SOURCE", "CLIENTINFO"):
            kim.say("guide", f"\001{verb}\001")
        self.assertIn("VERSION iopguide", kim.wait(" NOTICE kim :\001"))
        self.assertIn("PING 123", kim.wait(" NOTICE kim :\001"))
        kim.settle()
        self.assertNotIn(" NOTICE kim :\001", "\n".join(kim.lines))
        kim.say("#j", "\001ACTION wants to kill herself, i will end my "
                "life\001")
        kim.send("WHOIS guide")
        self.assertIn("automated guide, not a person; run by tests",
                      kim.wait(r" 311 kim guide "))

    def test_screens_bridged_lines_in_public_alone(self):
        _, kim = self.in_channel("#k", 'relays = {"bridge"}')
        bridge = self.person(self.server, "bridge", "#k")
        bridge.say("#k", "<bo> guide: what is iop?")
        bridge.say("#k", "<ann> " + RISK)
        self.assertEqual(len(kim.told("#k")), 1)
        self.assertEqual(bridge.heard("bridge"), [])

    def test_tells_staff_only_where_it_is_asked_to(self):
        staff = self.person(self.server, "staff", "#staff")
        staff.send("MODE #staff +s")
        _, kim = self.in_channel("#l", 'alert = "#staff"')
        staff.meet("#staff")
        staff.heard()
        kim.say("#l", "i am going to kill myself tonight, i have the pills")
        told = staff.told("#staff")
        self.assertEqual(len(told), 1)
        self.assertIn("kim in #l may want support", told[0])
        self.assertNotIn("pills", told[0])
        self.assertIn("staff", "\n".join(kim.told("kim")))
        kim.say("guide", "i am going to kill myself tonight")
        self.assertEqual(staff.heard("#staff"), [])


class Restarts(irc.Case):
    def test_survives_a_server_that_dies_and_one_that_freezes(self):
        server = irc.Ngircd(self.folder, self.certs)
        self.open.append(server)
        g = self.guide(self.plain(server, 'channels = {"#support"}\n'
                                  'ping_s = 1\nping_grace_s = 1'))
        mark = g.mark()
        server.kill()
        g.wait("down: ", since=mark)
        server.start()
        irc.ready(server.port, server)
        g.wait("up as guide", since=mark)
        mark = g.mark()
        server.p.send_signal(signal.SIGSTOP)
        g.wait("down: the server fell silent", since=mark)
        server.p.send_signal(signal.SIGCONT)
        g.wait("up as guide", since=mark)
        kim = self.person(server, "kim", "#support")
        kim.meet("#support")
        kim.say("guide", RISK)
        self.assertRegex(kim.told("kim")[0], HELP)

    def test_leaves_with_a_word(self):
        server = irc.Ngircd(self.folder, self.certs)
        self.open.append(server)
        g = self.guide(self.plain(server, 'channels = {"#support"}'))
        kim = self.person(server, "kim", "#support")
        kim.meet("#support")
        self.assertEqual(g.stop(), 0)
        kim.wait(r":guide!\S+ QUIT")

    def test_tries_the_next_server(self):
        server = irc.Ngircd(self.folder, self.certs)
        self.open.append(server)
        self.guide(self.plain(server).replace(
            "servers = {", f'servers = {{"127.0.0.1:{irc.free_port()}", '))

    def test_joins_with_three_thousand_descriptors_open(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if 0 <= hard < 3200:  # below 0: no limit
            self.skipTest(f"only {hard} descriptors are allowed here")
        server = irc.Ngircd(self.folder, self.certs)
        self.open.append(server)
        g = self.guide(self.plain(server, 'channels = {"#support"}'),
                       more="max_connections = 5000")
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        people, port = [], g.port()
        try:
            for _ in range(3000):
                people.append(socket.create_connection(
                    ("127.0.0.1", port), irc.WAIT))
                people[-1].sendall(b"\n")  # or it is let go in a minute
            irc.until(lambda: len(os.listdir(f"/proc/{g.p.pid}/fd")) > 3000)
            for _ in range(2):
                mark = g.mark()
                server.kill()
                g.wait("down: ", since=mark)
                server.start()
                irc.ready(server.port, server)
                g.wait("up as guide", since=mark)
            kim = self.person(server, "kim")
            kim.say("guide", "what is iop?")
            kim.wait(r":guide!\S+ PRIVMSG kim :")
            self.assertGreater(len(os.listdir(f"/proc/{g.p.pid}/fd")), 3000)
        finally:
            for s in people:
                s.close()
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


if __name__ == "__main__":
    irc.main()
