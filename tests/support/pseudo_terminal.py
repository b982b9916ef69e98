# SPDX-License-Identifier: GPL-3.0-or-later
"""pseudo_terminal: a program in a terminal of its own, and the person in front of it."""
import fcntl
import os
import select
import subprocess
import termios


class PseudoTerminal:
    """Our end (`ours`) and the program's end (`its`) of a terminal, how that was set `before`, the `process` in it,
    and what came of it and was not taken yet (`seen`, bytes)."""

    def __init__(self, arguments, term="xterm", environment=None, begin=lambda: None):
        """`begin` is called in the child, once the terminal is its own."""
        self.ours, self.its = os.openpty()
        self.before = termios.tcgetattr(self.its)
        self.seen = b""

        def take():
            os.setsid()
            fcntl.ioctl(self.its, termios.TIOCSCTTY, 0)
            begin()

        self.process = subprocess.Popen(arguments, stdin=self.its, stdout=self.its, stderr=self.its, preexec_fn=take,
                                        env={**os.environ, "TERM": term, **(environment or {})})

    def send(self, text):
        os.write(self.ours, text.encode() if isinstance(text, str) else text)

    def read(self, seconds):
        """What comes within so long; False if nothing does."""
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        self.seen += os.read(self.ours, 65536)
        return True

    def close(self):
        os.close(self.ours)
        os.close(self.its)
