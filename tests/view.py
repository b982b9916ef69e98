# SPDX-License-Identifier: GPL-3.0-or-later
"""view.py PROGRAM HOME: the page of a session, asked for by a small client of its own.

Only who knows the address is answered, and only under a name of this machine; nothing else is served and
nothing is taken. States come as they change, at most to sixteen, the newest at once after a reload; what is
typed at a private step comes to nobody. The session ends in time whoever is connected.
"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

PROGRAM, HOME = sys.argv[1:]
MARK = "Xk7wZ"
ANSWER = "Tapez-le sur le site ou dans l'application, pas ici."
CLIENTS = 16
WAIT = 20
failed = 0


def fail(what):
    global failed
    failed += 1
    print("FAILED: %s" % what)


def check(right, what):
    if not right:
        fail(what)


class Session:
    def __init__(self, *options):
        self.process = subprocess.Popen(
            [PROGRAM, "--no-listen", "--today", "2026-12-03", "--path", "ordinateur", *options],
            stdin=subprocess.PIPE, stdout=open(HOME + "/answer", "w"), stderr=open(HOME + "/errors", "w"))
        self.port, self.token = self.find_address()

    def find_address(self):
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/([0-9a-f]{32})/\n", open(HOME + "/answer").read())
            if found:
                return int(found.group(1)), found.group(2)
            time.sleep(0.02)
        sys.exit("FAILED: no address: " + open(HOME + "/errors").read())

    def type(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.settimeout(WAIT)
        return connection

    def ask(self, name="", method="GET", host=None, token=None, more="", body=b""):
        """The status, the headers and the body of an answer."""
        connection = self.connect()
        request = "%s /%s/%s HTTP/1.1\r\n" % (method, self.token if token is None else token, name)
        if host != "":
            request += "Host: %s\r\n" % (host or "127.0.0.1:%d" % self.port)
        connection.sendall((request + more + "Connection: close\r\n\r\n").encode() + body)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
        except ConnectionResetError:
            pass
        connection.close()
        head, _, rest = answer.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:])
        return int(lines[0].split()[1]), headers, rest

    def end(self, how=signal.SIGTERM):
        """How long the end took, in seconds."""
        begin = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(WAIT)
        return time.monotonic() - begin


class Stream:
    def __init__(self, session):
        self.connection = session.connect()
        self.connection.sendall(("GET /%s/events HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" %
                                 (session.token, session.port)).encode())
        self.bytes = b""
        self.at = 0
        while b"\r\n\r\n" not in self.bytes:
            self.read()
        head, _, self.bytes = self.bytes.partition(b"\r\n\r\n")
        self.status = int(head.split()[1])
        self.head = head.decode().lower()

    def read(self):
        """False at the end."""
        piece = self.connection.recv(65536)
        self.bytes += piece
        return bool(piece)

    def take(self):
        """Chunks of HTTP become events."""
        text = self.text()
        *whole, self.rest = text.split("\n\n")
        return whole

    def text(self):
        text, at = b"", 0
        while (line := self.bytes.find(b"\r\n", at)) >= 0:
            size = int(self.bytes[at:line], 16)
            if len(self.bytes) < line + 2 + size + 2:
                break
            text += self.bytes[line + 2:line + 2 + size]
            at = line + 2 + size + 2
        return text.decode()

    def wait_for(self, right, what):
        """The first state for which it is true, after the one that was found last."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            states = [json.loads(event[6:]) for event in self.take() if event.startswith("data: ")]
            for i, state in enumerate(states[self.at:], self.at):
                if right(state):
                    self.at = i + 1
                    return state
            try:
                if not self.read():
                    break
            except TimeoutError:
                break
        fail("%s did not come" % what)
        return {}

    def wait_for_end(self):
        try:
            while self.read():
                pass
        except ConnectionResetError:
            pass
        return self.text()

    def close(self):
        self.connection.close()


def who_is_answered(session):
    status, headers, page = session.ask()
    check(status == 200 and b"<html lang=\"fr" in page and b"{{" not in page, "the page")
    policy = headers.get("content-security-policy", "")
    check("default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy,
          "the policy is %r" % policy)
    for name, value in (("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
                        ("cache-control", "no-store"), ("cross-origin-resource-policy", "same-origin")):
        check(headers.get(name) == value, name)
    check(not re.search(rb"(?:src|href)=\"(?!view\.|icon\.)", page), "the page asks elsewhere")
    for name, kind in (("view.css", "text/css"), ("view.js", "text/javascript"), ("icon.svg", "image/svg+xml"),
                       ("state", "application/json")):
        status, headers, body = session.ask(name)
        check(status == 200 and headers["content-type"].startswith(kind) and body, name)
    check(session.ask(host="localhost:%d" % session.port)[0] == 200, "localhost")
    for host in ("evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:%d" % session.port, "",
                 "127.0.0.1:%d.evil.example" % session.port):
        check(session.ask(host=host)[0] in (400, 403), "the host %r is answered" % host)
    other = session.token[:-1] + ("0" if session.token[-1] != "0" else "1")
    for token in (other, "", session.token[:-1], session.token + "0", session.token.upper() + "x", "../" + session.token):
        check(session.ask(token=token)[0] == 404, "the token %r is answered" % token)
        check(session.ask("events", token=token)[0] == 404, "a stream for the token %r" % token)
    for name in ("../messages.yaml", "%2e%2e/README.md", "view.js/", "index.html", "view.css%00"):
        check(session.ask(name)[0] == 404, "%s is served" % name)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        status = session.ask("state", method=method, more="Content-Length: 5\r\n", body=b"aide\n")[0]
        check(status in (400, 405), "%s is answered with %d" % (method, status))
    connection = session.connect()
    connection.sendall(b"\x00\xff" * 100000)
    connection.close()
    listening = subprocess.run(["ss", "-ltn"], capture_output=True, text=True).stdout
    if listening:
        check(not re.search(r"(?:0\.0\.0\.0|\*|\[::\]):%d\b" % session.port, listening), "others can connect")


def states_come(session):
    stream = Stream(session)
    check(stream.status == 200 and "text/event-stream" in stream.head, "the stream")
    state = stream.wait_for(lambda s: s["step"] == "valider", "the present step")
    check(state["image"] == "images/valider.svg" and "Valider" in state["alt"], "the picture of the step")
    status, headers, picture = session.ask("picture?images%2Fvalider.svg")
    check(status == 200 and headers["content-type"] == "image/svg+xml" and b">Valider</text>" in picture, "the picture")
    check("default-src 'none'" in headers["content-security-policy"], "the policy of the picture")
    session.type("où suis-je")
    state = stream.wait_for(lambda s: s["heard"] == "où suis-je", "what was heard")
    check(state["months"][0]["days_left"] == 12, "the month")
    again = Stream(session)
    again.wait_for(lambda s: s["heard"] == "où suis-je", "the newest state after a reload")
    again.close()
    session.type("suivant")
    state = stream.wait_for(lambda s: s["number"] == 4, "the next step")
    check(state["image"] is None and session.ask("picture")[0] == 404, "a picture stays though the step has none")
    # One who reads nothing holds nobody up, and gets the newest state later.
    slow = Stream(session)
    for i in range(200):
        session.type("où suis-je" if i % 2 else "répéter")
    session.type("précédent")
    stream.wait_for(lambda s: s["heard"] == "précédent", "a state beside a slow reader")
    slow.wait_for(lambda s: s["heard"] == "précédent", "the newest state for a slow reader")
    slow.close()
    stream.close()


def sixteen_follow(session):
    streams = [Stream(session) for _ in range(CLIENTS)]
    check(all(stream.status == 200 for stream in streams), "sixteen streams")
    check(Stream(session).status == 503, "a seventeenth stream")
    check(session.ask()[0] == 200, "the page beside sixteen streams")
    # Who has gone makes room at once, though nothing was sent that would have shown it.
    streams.pop().close()
    time.sleep(0.1)
    check(Stream(session).status == 200, "a stream in the place of one that has gone")
    session.type("suivant")
    for stream in streams:
        stream.wait_for(lambda s: s["heard"] == "suivant", "a state for each of sixteen")
    return streams


def a_secret_comes_to_nobody():
    session = Session("--no-speech", "--view-address", "--section", "connexion", "--step", "mot-de-passe")
    stream = Stream(session)
    stream.wait_for(lambda s: s["private"], "the private step")
    # One after the other, so that a state is made behind each.
    for secret, word in ((MARK, "où suis-je"), ("a " + MARK, "aide"), (MARK + " suivant", "répéter")):
        session.type(secret)
        stream.wait_for(lambda s: s["line"] == ANSWER, "the answer to a secret")
        session.type(word)
        stream.wait_for(lambda s: s["heard"] == word and s["line"] != ANSWER, "a command beside secrets")
    state = session.ask("state")[2]
    session.end()
    text = stream.wait_for_end()
    check("où suis-je" in text and MARK not in text and MARK.encode() not in state, "a secret came to the page")


def it_is_opened():
    """The address is in no command line."""
    folder = HOME + "/bin"
    os.makedirs(folder, exist_ok=True)
    with open(folder + "/xdg-open", "w") as program:
        program.write("#!/bin/sh\necho \"$*\" >%s/opened.tmp\ncat \"$1\" >%s/page\nmv %s/opened.tmp %s/opened\nsleep 100\n"
                      % (HOME, HOME, HOME, HOME))
    os.chmod(folder + "/xdg-open", 0o755)
    os.environ["PATH"] = folder + ":" + os.environ["PATH"]
    session = Session("--no-speech", "--view")
    end = time.monotonic() + WAIT
    while not os.path.exists(HOME + "/opened") and time.monotonic() < end:
        time.sleep(0.02)
    opened = open(HOME + "/opened").read().strip()
    check(session.token not in opened, "the token is in a command line")
    check(session.token in open(HOME + "/page").read(), "the file does not lead to the page")
    check(os.stat(opened).st_mode & 0o777 == 0o600, "others may read the file")
    took = session.end()
    check(took < 1, "the end waits for the browser: %.1f s" % took)
    check(not os.path.exists(opened), "the file is left")


session = Session("--no-speech", "--view-address", "--section", "actualisation", "--step", "valider")
who_is_answered(session)
states_come(session)
streams = sixteen_follow(session)
took = session.end()
check(took < 1, "the end waits for who looks on: %.1f s" % took)
check("event: over" in streams[0].wait_for_end(), "the end is not told")
a_secret_comes_to_nobody()
it_is_opened()
print("%d failed" % failed)
sys.exit(1 if failed else 0)
