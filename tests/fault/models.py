#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damages an acoustic model that has no seal, in one way after another, and listens with it.

  models.py [--count N] [--seed S] [--jobs J] PASAPAS RECORDING
    --count N  so many damaged models (12), evenly over the files and the ways
    --seed S   which bytes: the same seed damages the same (1)

A model that is damaged may be told, or may hear what nobody said; whatever it is, the program ends by itself with
0 or 1, says nothing but its one line about the model, and what passed its trial once listens to its end: the
library that reads the model is only let into this process after it (listen/model_trial.h). RECORDING has speech in
it. Ends with a line that counts how they ended.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent.parent
LEFT_ALONE = {"sums", "LICENSE", "speakers.tsv"}
TOLD = re.compile(r"(Attention|Erreur) : [^\n]*mod\u00e8le[^\n]*\n")


def at_random(chance, data, length):
    """Where so many bytes begin."""
    return chance.randrange(max(1, len(data) - length + 1))


def bit(chance, data):
    at = at_random(chance, data, 1)
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]


def block(chance, data, what):
    length = min(len(data), chance.choice((4, 16, 256, 4096)))
    at = at_random(chance, data, length)
    return data[:at] + what(length) + data[at + length:]


def in_head(chance, data):
    """A number of the head or of its lines becomes another one."""
    figures = list(re.finditer(rb"\d+", data[:4096]))
    if not figures:
        return bit(chance, data)
    figure = chance.choice(figures)
    other = chance.choice((b"0", b"-1", b"1", b"65536", b"2147483647", b"99999999999", b"x"))
    return data[:figure.start()] + other + data[figure.end():]


def count(chance, data):
    """A binary number of the first ones becomes another one."""
    at = chance.randrange(0, min(len(data), 400) // 4 + 1) * 4
    other = chance.choice((0, 1, 255, 65535, 0x7fffffff, 0x80000000, 0xffffffff))
    return data[:at] + other.to_bytes(4, chance.choice(("little", "big"))) + data[at + 4:]


WAYS = {
    "a bit": bit,
    "zeros": lambda chance, data: block(chance, data, bytes),
    "ones": lambda chance, data: block(chance, data, lambda length: b"\xff" * length),
    "noise": lambda chance, data: block(chance, data, chance.randbytes),
    "cut": lambda chance, data: data[:at_random(chance, data, 1)],
    "a piece left out": lambda chance, data: data[:(at := at_random(chance, data, 64))] + data[at + 64:],
    "a piece twice": lambda chance, data: data[:(at := at_random(chance, data, 64))] + data[max(0, at - 64):],
    "longer": lambda chance, data: data + chance.randbytes(1000),
    "a number": in_head,
    "a count": count,
    "all noise": lambda chance, data: chance.randbytes(len(data)),
    "empty": lambda chance, data: b"",
}


def make_pack(folder):
    shutil.copytree(TREE / "voices/fr", folder)
    voice = (folder / "voice.yaml").read_text()
    # Only this model: no other one takes its place.
    (folder / "voice.yaml").write_text(voice[:voice.index("  # What scripts")])
    (folder / "model/sums").unlink()


def listen(options, pack):
    home = pack.parent
    try:
        ended = subprocess.run(
            [options.pasapas, "listen", "--voice", pack, options.recording], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=180, check=False,
            env={**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "LC_ALL": "C.UTF-8"})
    except subprocess.TimeoutExpired:
        return None, "it did not end"
    return ended.returncode, ended.stderr.decode(errors="replace")


def try_one(options, template, number):
    names = sorted(path.name for path in (template / "model").iterdir() if path.name not in LEFT_ALONE)
    chance = random.Random(options.seed * 1000003 + number)
    name = names[number % len(names)]
    way = list(WAYS)[number // len(names) % len(WAYS)] if options.count > len(WAYS) else list(WAYS)[number % len(WAYS)]
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        shutil.copytree(template, pack)
        path = pack / "model" / name
        path.write_bytes(WAYS[way](chance, path.read_bytes()))
        code, errors = listen(options, pack)
    told = bool(TOLD.fullmatch(errors))
    is_wrong = code not in (0, 1) or (errors and not told) or (code == 1 and not told)
    ending = "told" if told else "listened"
    return ending, f"{name}, {way} (number {number}): {code}\n{errors}" if is_wrong else ""


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("pasapas", type=os.path.abspath)
    parser.add_argument("recording", type=os.path.abspath)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "pack"
        make_pack(template)
        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda number: try_one(options, template, number), range(options.count)))
    wrongs = [wrong for _, wrong in results if wrong]
    endings = Counter(ending for ending, _ in results)
    for wrong in wrongs[:10]:
        print(wrong)
    print(f"seed {options.seed}: {len(results)} damaged models: {endings['told']} told, {endings['listened']} listened "
          f"with, {len(wrongs)} wrong")
    sys.exit(bool(wrongs))


main()
