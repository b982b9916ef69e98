# SPDX-License-Identifier: GPL-3.0-or-later
"""braille.py SCRIPT PROGRAM ARGUMENT...: a session read by a real BRLTTY, row by row.

The script is that of terminal.c: keys behind "! ", all other lines are what must come. The program
runs in a pseudo-terminal of 20 columns. What it writes goes into the image that BRLTTY's screen
driver "Screen" reads, as `screen` with BRLTTY's patch keeps it. We are the braille display of
BRLTTY's driver "Virtual", 20 cells wide: after every key, all rows that were written since are
read from the bottom up with the key "line up". Nothing is known of time but that what has not come
after WAIT seconds will not come. Exit code 77: BRLTTY cannot run here.
"""
import ctypes
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time

WAIT = 20
COLUMNS, ROWS = 20, 60
# The key of the image, and its size, that BRLTTY and the patch of screen agree on.
KEY, SIZE = ctypes.c_int(0xBACD072F).value, 4 + 66 * 132 * 2
IPC_CREAT, IPC_EXCL, IPC_RMID = 0o1000, 0o2000, 0
KEYS = {"space": " ", "enter": "\r", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C",
        "left": "\x1b[D", "escape": "\x1b"}

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
libc.shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]


class Image:
    """What the terminal shows: 20 columns, lines wrapped by the terminal alone."""

    def __init__(self):
        self.id = libc.shmget(KEY, SIZE, IPC_CREAT | IPC_EXCL | 0o600)
        if self.id < 0:
            print("skipped: the screen image is in use, or cannot be made")
            sys.exit(77)
        self.address = libc.shmat(self.id, None, 0)
        self.rows = [""]
        self.show()

    def close(self):
        libc.shmctl(self.id, IPC_RMID, None)

    def write(self, line):
        """A whole line; returns its rows."""
        rows = [line[i:i + COLUMNS] for i in range(0, len(line), COLUMNS)] or [""]
        self.rows = (self.rows[:-1] + rows + [""])[-ROWS:]
        self.show()
        return rows

    def show(self):
        text = "".join(row.ljust(COLUMNS) for row in self.rows).ljust(COLUMNS * ROWS)
        head = bytes([COLUMNS, ROWS, 0, len(self.rows) - 1])
        body = text.encode("latin-1", "replace") + bytes([7]) * (COLUMNS * ROWS) + bytes(2)
        ctypes.memmove(self.address, head + body, len(head + body))


class Display:
    """The braille display: a client of BRLTTY's driver "Virtual"."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "display")
        self.log = os.path.join(folder, "log")
        self.text, self.waiting = None, b""
        with open(self.log, "w") as log:
            self.brltty = subprocess.Popen(
                ["brltty", "-n", "-e", "-f", "/dev/null", "-b", "vr", "-d", "server:" + self.path,
                 "-x", "sc", "-N", "-Z", "-s", "no", "-P", os.path.join(folder, "pid")],
                env=dict(os.environ, LC_ALL="C"), stderr=log, stdout=log)
        end = time.time() + WAIT
        while not os.path.exists(self.path):
            if time.time() > end or self.brltty.poll() is not None:
                print("skipped: BRLTTY does not start here:", open(self.log).read())
                sys.exit(77)
            time.sleep(0.05)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(self.path)
        self.press("Cells %d 1" % COLUMNS)

    def close(self):
        self.brltty.terminate()
        self.brltty.wait()

    def press(self, command):
        """At a person's pace: of keys that come faster some are lost."""
        time.sleep(0.2)
        self.socket.sendall(command.encode() + b"\n")

    def receive(self, seconds):
        """What comes within this time, as far as it is text."""
        if not select.select([self.socket], [], [], seconds)[0]:
            return
        self.waiting += self.socket.recv(4096)
        *lines, self.waiting = self.waiting.split(b"\n")
        for line in lines:
            found = re.match(rb'Visual "(.*)"\r?$', line)
            if found:
                text = re.sub(r"\\(.)", r"\1", found[1].decode())
                self.text = text.rstrip()

    def read(self, wanted, seconds=WAIT):
        """True once the row that was wanted is under the fingers."""
        end = time.time() + seconds
        while self.text != wanted and time.time() < end:
            self.receive(0.1)
        return self.text == wanted


class Session:
    def __init__(self, program):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ["TERM"] = "dumb"
            os.execv(program[0], program)
        self.waiting = b""

    def line(self):
        while b"\n" not in self.waiting:
            if not select.select([self.terminal], [], [], WAIT)[0]:
                return None
            try:
                self.waiting += os.read(self.terminal, 4096)
            except OSError:
                return None
        line, self.waiting = self.waiting.split(b"\n", 1)
        return line.rstrip(b"\r").decode()

    def press(self, key):
        os.write(self.terminal, KEYS.get(key, key).encode())

    def close(self):
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)

    def end(self):
        code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        self.process = 0
        return code


def cells(row):
    """A row as 8 bits can have it: all that the image holds."""
    return row.encode("latin-1", "replace").decode("latin-1").rstrip()


def read_back(display, rows):
    """All rows, from the last one up. The window follows the cursor, which is under them."""
    last, end = cells(rows[-1]), time.time() + WAIT
    found = False
    while not found and time.time() < end:
        # BRLTTY looks at the screen now and then: what was just written may not be there yet.
        display.press("Home")
        display.read("", 1)
        display.press("LnUp")
        found = display.read(last, 3)
    if not found:
        return rows[-1]
    for row in reversed(rows[:-1]):
        display.press("LnUp")
        if not display.read(cells(row)):
            return row
    return None


def follow(script, session, image, display):
    """None, or what went wrong."""
    rows, count = [], 0
    for wanted in script + ["! "]:
        if not wanted.startswith("! "):
            line = session.line()
            if line != wanted:
                return "written: %r, expected: %r" % (line, wanted)
            rows += image.write(line)
            continue
        missing = read_back(display, rows[1 - ROWS:])
        if missing is not None:
            return "under the fingers: %r, expected: %r" % (display.text, cells(missing))
        count += len(rows)
        rows = []
        if wanted != "! ":
            session.press(wanted[2:])
    print("%d rows read" % count)
    return "exit code" if session.end() else None


def main():
    # The image outlives its maker: it is removed on every way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with open(sys.argv[1]) as file:
        script = file.read().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        image = Image()
        display = session = None
        try:
            display = Display(folder)
            if not display.read(""):
                print("skipped: BRLTTY shows no screen here:", open(display.log).read())
                sys.exit(77)
            session = Session(sys.argv[2:])
            wrong = follow(script, session, image, display)
        finally:
            if session:
                session.close()
            if display:
                display.close()
            image.close()
    if wrong:
        print("FAILED:", wrong)
        sys.exit(1)


main()
