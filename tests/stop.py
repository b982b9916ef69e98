# SPDX-License-Identifier: GPL-3.0-or-later
"""stop.py PROGRAM HOME: signals while the program waits for somebody else, and what is left of a terminal.

The main thread waits in a write into a pipe that is full and whose reader sleeps: each of three signals
ends it within a second, and the place is kept. In a shell of a pseudo-terminal, `stty -g` is the same
before, while the program is stopped, and after each way to end.
"""
import os
import signal
import subprocess
import sys
import time

from support.pseudo_terminal import PseudoTerminal

PROGRAM, HOME = sys.argv[1:]
SESSION = [PROGRAM, "--no-speech", "--no-listen", "--today", "2026-11-20", "--path", "ordinateur"]
SOON = 2.5  # a second, and what a busy machine adds
WAIT = 30
failed = 0


def fail(what, got=b""):
    global failed
    failed += 1
    print("FAILED: %s\n    %r" % (what, got[-800:]))


# --- a reader who sleeps ---


def full_pipe():
    """Both ends of a pipe that takes nothing more."""
    ours, its = os.pipe()
    os.set_blocking(its, False)
    try:
        while True:
            os.write(its, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(its, True)
    return ours, its


def waits_in_a_write(pid):
    with open("/proc/%d/wchan" % pid) as file:
        return "pipe" in file.read()


def test_sleeping_reader(number, where):
    ours, its = full_pipe()
    arguments = list(SESSION)
    out = its if where == "screen" else subprocess.DEVNULL
    if where == "transcript":
        arguments += ["--transcript", "/proc/self/fd/%d" % its]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL,
                               pass_fds=[its])
    end = time.time() + WAIT
    while not waits_in_a_write(process.pid) and process.poll() is None and time.time() < end:
        time.sleep(0.05)
    if not waits_in_a_write(process.pid):
        fail("it waits for the reader of the %s" % where)
    begun = time.time()
    process.send_signal(number)
    try:
        process.wait(WAIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    took = time.time() - begun
    if took > SOON:
        fail("signal %d, %s: it ends after %.1f s" % (number, where, took))
    os.close(ours)
    os.close(its)


# --- a terminal ---


class Shell(PseudoTerminal):
    """An interactive shell."""

    def __init__(self, name):
        self.name = name
        self.count = 0
        arguments = ["bash", "--norc", "--noprofile", "-i"] if name == "bash" else ["dash", "-i"]
        super().__init__(arguments, environment={"PS1": "$ ", "ENV": ""})

    def until(self, ready, what):
        end = time.time() + WAIT
        while not ready() and time.time() < end:
            self.read(0.05)
        if not ready():
            fail("%s: %s did not come" % (self.name, what), self.seen)
        self.seen = b""

    def said(self, text):
        self.until(lambda: text.encode() in self.seen, text)

    def terminal(self):
        """What the terminal is set to, seen by a command."""
        self.count += 1
        name = "%s/stty-%s-%d" % (HOME, self.name, self.count)
        time.sleep(0.1)
        self.send("stty -g >%s.part; mv %s.part %s\r" % (name, name, name))
        self.until(lambda: os.path.exists(name), "stty")
        with open(name) as file:
            return file.read()

    def run(self):
        pid = HOME + "/pid"
        if os.path.exists(pid):
            os.unlink(pid)
        self.send("sh -c 'echo $$ >%s; exec %s'\r" % (pid, " ".join(SESSION)))
        self.said("Dites ")
        with open(pid) as file:
            return int(file.read())

    def gone(self, pid):
        def is_gone():
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return True
            return False
        self.until(is_gone, "its end")


def state(pid):
    with open("/proc/%d/stat" % pid) as file:
        return file.read().rsplit(")", 1)[1].split()[0]


def test_shell(name):
    shell = Shell(name)
    before = shell.terminal()
    for how, do in {
        "quitter": lambda pid: shell.send("quitter\r"),
        "Ctrl-C": lambda pid: shell.send("\x03"),
        "Ctrl-\\": lambda pid: shell.send("\x1c"),
        "SIGHUP": lambda pid: os.kill(pid, signal.SIGHUP),
        "SIGSEGV": lambda pid: os.kill(pid, signal.SIGSEGV),
        "SIGABRT": lambda pid: os.kill(pid, signal.SIGABRT),
    }.items():
        pid = shell.run()
        do(pid)
        shell.gone(pid)
        if shell.terminal() != before:
            fail("%s: after %s the terminal is not as it was" % (name, how))
            shell.send("stty sane\r")
            before = shell.terminal()
    # Ctrl-Z and fg, twice.
    pid = shell.run()
    for _ in range(2):
        shell.send("\x1a")
        shell.until(lambda: state(pid) == "T", "a stop")
        if shell.terminal() != before:
            fail("%s: while it is stopped the terminal is not as it was" % name)
        shell.send("fg\r")
        shell.until(lambda: state(pid) != "T", "fg")
        time.sleep(0.2)
        shell.send("aide\r")
        shell.said("> aide")
        time.sleep(0.1)
    shell.send("quitter\r")
    shell.gone(pid)
    if shell.terminal() != before:
        fail("%s: after fg the terminal is not as it was" % name)
    shell.send("exit\r")
    shell.process.wait(WAIT)
    shell.close()


for which in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
    test_sleeping_reader(which, "screen")
test_sleeping_reader(signal.SIGTERM, "transcript")
test_shell("dash")
test_shell("bash")
sys.exit(failed > 0)
