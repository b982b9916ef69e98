#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for the program `mbrola`, as espeak-ng runs it: the head of a WAV file at 16,000 Hz at once, then a
tone as long as each phoneme that comes ("a 120 50 100"). Tests copy it under that name."""
import os
import struct
import sys

RATE = 16000


def write(data):
    while data:
        data = data[os.write(1, data):]


def tone(ms):
    half = RATE // 240
    return b"".join(struct.pack("<h", 6000 if i // half % 2 else -6000) for i in range(RATE * ms // 1000))


write(b"RIFF\xff\xff\xff\x7fWAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16) + b"data\xff\xff\xff\x7f")
rest = b""
while piece := os.read(0, 65536):
    *lines, rest = (rest + piece).split(b"\n")
    for line in lines:
        words = line.split()
        if len(words) >= 2 and not line.startswith((b"#", b";")):
            write(tone(int(words[1])))
sys.exit(0)
