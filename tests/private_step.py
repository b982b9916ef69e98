# SPDX-License-Identifier: GPL-3.0-or-later
"""private_step.py PROGRAM HOME: secrets, typed into a terminal while a private step is told.

Every secret holds MARK. It is typed in each way of typing that there is, as a whole, key by key and
as a paste with and without marks; and from the states around a private step. All that came back is
written into HOME/terminal, where private-step.sh looks for MARK; here it is seen that the answer is
the same sentence each time, that nothing else comes, and that the session goes on. At last: the
terminal is as it was, however the program stops.
"""
import array
import fcntl
import os
import re
import signal
import string
import subprocess
import sys
import termios
import time

from support.pseudo_terminal import PseudoTerminal

PROGRAM, HOME = sys.argv[1:]
MARK = "Xk7wZ"
ANSWER = "Tapez-le sur le site ou dans l'application, pas ici."
STEP = ["--path", "ordinateur", "--section", "connexion", "--step", "mot-de-passe"]
BEFORE = STEP[:-1] + ["mot-de-passe-oublie"]
WAIT = 30

signs = ":!$&_@#%+-*=?<>,.;/\\|'\"()[]{}^~`0123456789éàçÉœ€"
first = list(string.ascii_letters + signs)
SECRETS = [c + MARK + str(i) for i, c in enumerate(first)]
# And those that begin as a command, a key, a number or a name that means something nearby.
SECRETS += [word + MARK for word in (
    "suivant", "précédent", "retour", "oui", "non", "ok", "aide", "stop", "quitter", "sommaire", "menu", "fini",
    "c'est fait", "répéter", "expliquer", "où suis-je", "pause", "reprendre", "épeler", "annuler", "connexion",
    "ordinateur", "téléphone", "sécurité", "invité", "journal", "étape 3", "aide suivant", "touches seules",
    "mots entiers", "texte simple", "plus vite", "moins fort", "mot de passe", "identifiant", "navigateur",
    "France Travail", "changer de personne", "mes rappels", "vérifier le son")]
SECRETS += [MARK + c for c in string.digits + "aeiouqsfn!?$#%&*+-="]
SECRETS += ["%s%s%s" % (a, b, MARK) for a, b in zip("sqfhnopxlu12abcdegijk", " !9\t?.,;:'\"é0123456789")]
SECRETS += [MARK, "suivant" + MARK, "oui " + MARK, MARK + " aide", "s\x1b[D" + MARK, MARK + "\x1b[C\x1b[Aq",
            "\x1bOA" + MARK, "q" + MARK + "\t", MARK + "\x7fx", "s\x1b[15~" + MARK, "1" + MARK + "\x04"]
assert len(SECRETS) >= 200
failed = 0


def fail(what, got=b""):
    global failed
    failed += 1
    print("FAILED: %s\n    %r" % (what, got[-600:]))


def become_job(terminal):
    """The child goes on as a job in front, the parent ends with what the job ends with."""
    child = os.fork()
    if child:
        os.closerange(3, 1024)  # by one of these subprocess learns that the job was started
        with open(HOME + "/job", "w") as out:
            out.write(str(child))
        status = os.waitpid(child, 0)[1]
        os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 99)
    os.setpgid(0, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.tcsetpgrp(terminal, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)


class Terminal(PseudoTerminal):
    """A session; all that came is in HOME/terminal.

    `job`: as a shell starts it, so that somebody could continue it; its number is in HOME/job."""

    def __init__(self, options, term="dumb", job=False):
        super().__init__([PROGRAM, "--no-speech", "--no-listen", "--today", "2026-11-20", "--transcript",
                          HOME + "/transcript"] + options, term,
                         begin=lambda: become_job(self.its) if job else None)

    def keys(self, text, pause=0.0):
        for key in re.findall("\x1b[O\\[][0-9]*[A-Z~]|.", text, re.S):
            self.send(key)
            time.sleep(pause)

    def read(self, seconds):
        before = len(self.seen)
        something = super().read(seconds)
        with open(HOME + "/terminal", "ab") as out:
            out.write(self.seen[before:])
        return something

    def wait(self, text, count=1):
        """Until it was said so often since wait() was called last; what came, which is then gone."""
        end = time.time() + WAIT
        while self.seen.count(text.encode()) < count and time.time() < end:
            self.read(0.2)
        while self.read(0.02):
            pass
        got, self.seen = self.seen, b""
        if got.count(text.encode()) < count:
            fail("%s did not come %d times: line %d" % (text, count, sys._getframe(1).f_lineno), got)
        return got

    def rest(self):
        """No burst goes on."""
        time.sleep(0.08)

    def mode(self):
        return termios.tcgetattr(self.its)[3]

    def end(self, text="quitter\r"):
        self.rest()
        self.send(text)
        try:
            code = self.process.wait(WAIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = "none"
        while self.read(0.02):
            pass
        if code != 0:
            fail("it ends well, but %s" % code, self.seen)
        if termios.tcgetattr(self.its) != self.before:
            fail("the terminal is as it was")
        self.close()


def only_answers(got, what):
    lines = [line for line in got.decode(errors="replace").replace("\r", "").split("\n") if line]
    if set(lines) - {ANSWER}:
        fail(what + ": other lines", got)


WAYS = {"words": ["--keys", "line"], "single": ["--keys", "single"],
        "tap": ["--listen", "tap", "--audio", "null"]}
for name, options in WAYS.items():
    for term in "dumb", "xterm":
        terminal = Terminal(STEP + options, term)
        terminal.wait("pas ici. Ici")
        for secret in SECRETS:
            terminal.send(secret + "\r")
        only_answers(terminal.wait(ANSWER, len(SECRETS)), "%s, at once" % name)
        for secret in SECRETS:
            terminal.send("\x1b[200~" + secret + "\n" + secret + "\x1b[201~\r")
        only_answers(terminal.wait(ANSWER, len(SECRETS)), "%s, a paste" % name)
        for secret in SECRETS[::20] if term == "dumb" else SECRETS[-11:]:
            terminal.keys(secret, 0.06)
            terminal.send("\r")
            only_answers(terminal.wait(ANSWER), "%s, key by key" % name)
        # Words of the short list still act, and are told and written.
        terminal.rest()
        terminal.send("où suis-je\r")
        got = terminal.wait("Étape 4 sur 5")
        if b"> o\xc3\xb9 suis-je\r\n" not in got:
            fail("a word that acts is written", got)
        terminal.end()

# Switches: Space and Enter go through the short list; nothing else is a key.
for options in ["--scan", "two"], ["--scan", "one", "--scan-pause", "60"]:
    for keys in "line", "single":
        terminal = Terminal(STEP + options + ["--keys", keys])
        terminal.wait("pas ici. Ici")
        for secret in SECRETS:
            terminal.send(secret + "\r")
        only_answers(terminal.wait(ANSWER, len(SECRETS)), "a switch, at once")
        terminal.rest()
        terminal.keys(" ", 0.1)
        terminal.wait("suivant ?")
        terminal.keys("s" + MARK + "  ", 0.06)
        terminal.wait("?" if options[1] == "two" else "Choix")
        terminal.end()

# From the states around: led to, led away from, in one go; half a line, and led away by others.
for keys in "line", "single":
    for secret in SECRETS[::36]:
        terminal = Terminal(BEFORE + ["--keys", keys])
        terminal.wait("Sinon, passez")
        terminal.send("suivant\r" + secret + "\r")
        terminal.wait(ANSWER, 2)  # the step tells it, too
        terminal.rest()
        terminal.send("suivant\r" + secret + "\r" + secret)
        terminal.wait(ANSWER)
        terminal.rest()
        terminal.send("\r")
        terminal.wait(ANSWER)
        terminal.end()
    # From the steps on both sides, and away to both.
    terminal = Terminal(STEP + ["--keys", keys])
    terminal.wait("pas ici. Ici")
    for secret in SECRETS[5::50]:
        for away, back in ("suivant", "précédent"), ("précédent", "suivant"):
            terminal.rest()
            terminal.send(away + "\r" + secret + "\r")
            terminal.wait(ANSWER)
            terminal.rest()
            terminal.send(back + "\r" + secret + "\r")
            terminal.wait(ANSWER, 2)
    terminal.end()
    terminal = Terminal(STEP + ["--keys", keys])
    terminal.wait("pas ici. Ici")
    terminal.keys("q" + MARK, 0.06)
    for command in "suivant", "précédent", "sommaire", "aide", "quitter " + MARK:
        subprocess.run([PROGRAM, "tell", command], stdout=subprocess.DEVNULL)
    terminal.wait(ANSWER)
    terminal.send("\x1b[C" + MARK + "\r")
    terminal.wait(ANSWER)
    terminal.end()

# However it stops, the terminal is as it was; and nothing typed is left for the shell.
for stop in "\x03", "\x1c":
    terminal = Terminal(STEP)
    terminal.wait("pas ici. Ici")
    terminal.send("q" + MARK)
    terminal.end(stop)
terminal = Terminal(STEP, job=True)
terminal.wait("pas ici. Ici")
with open(HOME + "/job") as text:
    job = int(text.read())
if terminal.mode() & (termios.ECHO | termios.ICANON):
    fail("what is typed is not echoed")
terminal.send("q" + MARK)
terminal.rest()
terminal.send("\x1a")
end = time.time() + WAIT
while open("/proc/%d/stat" % job).read().rsplit(")", 1)[1].split()[0] != "T" and time.time() < end:
    time.sleep(0.02)
if termios.tcgetattr(terminal.its) != terminal.before:
    fail("the terminal is as it was while the program is stopped")
os.kill(job, signal.SIGCONT)
end = time.time() + WAIT
while terminal.mode() & termios.ECHO and time.time() < end:
    time.sleep(0.02)
if terminal.mode() & termios.ECHO:
    fail("the terminal is taken again")
terminal.send("\r")
terminal.wait(ANSWER)
terminal.rest()
terminal.send("quitter\ruitter\rls\r")
terminal.process.wait(WAIT)
left = array.array("i", [0])
fcntl.ioctl(terminal.its, termios.FIONREAD, left)
if left[0]:
    fail("nothing is left for the shell")
sys.exit(failed > 0)
