# SPDX-License-Identifier: GPL-3.0-or-later
"""sittings.py PROGRAM: two sittings in a terminal, as the person sees them.

A letter is pasted into the window by mistake, with words in it that would quit, answer and mark: it
is a line of nothing, and the session is where it was. A session is killed in the middle: what it
called noted is there again, and the list goes on with the step that is left.
"""
import signal
import sys
import time

from support.pseudo_terminal import PseudoTerminal

PROGRAM = sys.argv[1]
WAIT = 30
LETTER = "\n".join(["Bonjour Madame,", "c'est fait", "quitter", "oui", "o", "q", "sommaire", "stop",
                    "Cordialement, Zoé"])


class Terminal(PseudoTerminal):
    def __init__(self, *options, term="xterm"):
        super().__init__([PROGRAM, "--no-speech", "--no-listen", "--today", "2026-12-03", *options], term)

    def send(self, text):
        time.sleep(0.1)  # behind any burst
        super().send(text)

    def wait(self, text):
        """Until it was said; what came since the last time, which is then gone."""
        end = time.time() + WAIT
        while text.encode() not in self.seen and time.time() < end:
            self.read(0.2)
        while self.read(0.05):
            pass
        got, self.seen = self.seen.decode(errors="replace"), b""
        assert text in got, "« %s » did not come, but: %r" % (text, got[-800:])
        return got

    def end(self):
        assert self.process.wait(WAIT) == 0, self.process.returncode
        self.close()


def go_to_step_2(terminal):
    terminal.wait("heures travaillées ?")
    for answer in "oui", "oui":
        terminal.send(answer + "\r")
        terminal.wait("Avez-vous")
    terminal.send("oui\r")
    terminal.wait("Étape 1 sur 5.")
    terminal.send("c'est fait\r")
    terminal.wait("C'est noté. Étape 2 sur 5.")


def paste(keys, term):
    terminal = Terminal("--learner", "Paste %s %s" % (keys, term), "--keys", keys, "--path", "ordinateur",
                        "--section", "actualisation", term=term)
    terminal.wait("heures travaillées ?")
    marks = ("\x1b[200~", "\x1b[201~") if term == "xterm" else ("", "")
    # Words are typed as lines; with single keys a word follows Enter.
    word = (lambda text: text + "\r") if keys == "line" else (lambda text: "\r" + text + "\r")
    for answer in "oui", "oui", "oui":
        terminal.send(word(answer))
        terminal.wait("> oui")
    terminal.send(word("étape 2"))
    terminal.wait("Étape 2 sur 5.")
    if term == "xterm":
        # Where the terminal tells it: one line, nothing of which acts.
        terminal.send(marks[0] + LETTER + marks[1] + "\r")
        got = terminal.wait("Je n'ai pas compris.")
        assert got.count("Je n'ai pas compris.") == 1, got
    else:
        # A word without an end, in the same burst, is no keys.
        terminal.send("quitter oui non suivant sommaire\r")
        got = terminal.wait("Je n'ai pas compris.")
    for said in "C'est noté", "Au revoir", "sommaire, sur ordinateur", "quitter quand même":
        assert said not in got, got
    terminal.send(word("où suis-je"))
    terminal.wait("Étape 2 sur 5. Rien n'est encore fait")
    terminal.send(word("quitter"))
    terminal.wait("quitter quand même")
    terminal.send(word("oui"))
    terminal.wait("Au revoir.")
    terminal.end()


def killed():
    terminal = Terminal("--learner", "Zoé", "--path", "ordinateur", "--section", "actualisation")
    go_to_step_2(terminal)
    terminal.send("c'est fait\r")
    terminal.wait("C'est noté. Étape 3 sur 5.")
    terminal.send("c'est f")  # in the middle of a word
    terminal.process.send_signal(signal.SIGKILL)
    assert terminal.process.wait(WAIT) == -signal.SIGKILL
    again = Terminal("--learner", "Zoé")
    again.wait("Actualisation de novembre : 2 étapes faites sur 5. Il reste 12 jours. On y va ?")
    again.send("oui\r")
    got = again.wait("Étape 3 sur 5.")
    assert "Avez-vous" not in got, got  # what is at hand was kept, too
    again.send("où suis-je\r")
    again.wait("2 étapes faites, 3 restent.")
    again.send("quitter\r")
    again.wait("quitter quand même")
    again.send("oui\r")
    again.wait("Au revoir. Votre place est gardée.")
    again.end()


for way in ("line", "xterm"), ("single", "xterm"), ("line", "dumb"), ("single", "dumb"):
    paste(*way)
killed()
