# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server for tests/get-french-model.sh: model_server.py FOLDER PORT-FILE LOG

The files of FOLDER on 127.0.0.1, at a port that it writes to PORT-FILE; each request is a line in
LOG, with the byte that it began at. The first part of the path says how it behaves:
  good     as a good server does, ranges too
  cut      closes the connection in the middle of a long file, the first time it is asked for it
  wrong    one byte of "means" is another
  whole    knows no ranges
  silent   takes the connection and never answers
Ends with its standard input.
"""

import http.server
import os
import sys
import threading
import time

folder, port_file, log = sys.argv[1:4]
cut = set()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        how, name = self.path.strip("/").split("/", 1)
        if how == "silent":
            time.sleep(60)
            return
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            self.send_error(404)
            return
        with open(path, "rb") as file:
            body = file.read()
        if how == "wrong" and name == "means":
            body = bytes([body[0] ^ 1]) + body[1:]
        asked = self.headers.get("Range") if how != "whole" else None
        start = int(asked.split("=")[1].split("-")[0]) if asked else 0
        with open(log, "a") as file:
            file.write(f"{how} {name} {start}\n")
        if start and start >= len(body):
            self.send_error(416)
            return
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        end = len(body)
        if how == "cut" and name not in cut and len(body) > 10000:
            cut.add(name)
            end = len(body) // 2
        self.wfile.write(body[start:end])

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
with open(port_file + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(port_file + ".new", port_file)
sys.stdin.read()
