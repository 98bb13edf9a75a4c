"""The guide on a real ngircd: a strict server without IRCv3."""
import os
import signal
import time

import irc

irc.need("ngircd", "openssl")


class Ngircd(irc.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = irc.Ngircd(cls.folder, cls.certs)
        cls.shared.append(cls.server)

    def test_answers_in_private_and_in_a_channel(self):
        self.guide(self.plain(self.server, 'channels = {"#support"}'))
        kim = self.person(self.server, "kim", "#support")
        kim.meet("#support")
        kim.say("guide", "what is iop?")
        kim.wait(r":guide!\S+ PRIVMSG kim :.*[Ii]ntensive")
        for lead in ("guide: ", "guide, ", "guide "):
            kim.say("#support", lead + "what is iop?")
        kim.wait(r":guide!\S+ PRIVMSG #support :kim: .*[Ii]ntensive")
        kim.say("#support", "does anybody know what iop is?")
        kim.say("#support", "guidelines are nice")
        self.assertEqual([s for s in kim.from_guide(1.5, "#support")
                          if s.startswith("kim: ") and "ntensive" not in s],
                         [])


if __name__ == "__main__":
    irc.main()
