#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speaks secrets to a private step, and looks for them in all that is written.

  spoken_secrets.py [--count N] [--seed S] [--jobs J] PROGRAM
    --count N  so many secrets (18), evenly over the rounds below
    --seed S   which secrets: the same seed speaks the same (1)

espeak-ng says figures one by one and in pairs, letters, words, signs and all of them mixed, in five voices. A
round is a session that hears some of them, by the ways of listening that a recording can be heard with: with a
headset (while the step is told, too), with the echo taken out, and in turns; at a private step, led to it from the
step before with a secret right behind the command, and at one that follows another. Transcript and session log
are kept. Then no file but the recording itself holds a secret: as it was spoken, as it is written, or a word of it;
and what was said in answer is that of a private step. At last "où suis-je" is asked: it is still the step where it
was.

That they can be heard at all is seen by "pasapas listen", for the first round.

A recogniser may take a secret for one of the few words that act at a private step. These are counted.
"""

import argparse
import itertools
import os
import random
import subprocess
import sys
import tempfile
import unicodedata
import wave
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

VOICES = ("fr", "fr+f3", "fr+m3", "fr-be", "fr-ch+f2")
FIGURES = "zéro un deux trois quatre cinq six sept huit neuf".split()
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}
# As espeak-ng says a letter that stands alone, and as somebody would write it.
LETTERS = "bcdfghjklmnpqrstvwxz"
SIGNS = {"point d'exclamation": "!", "arobase": "@", "dièse": "#", "étoile": "*", "dollar": "$", "tiret bas": "_"}
# No guide, pack or message has one of these.
WORDS = ("tournesol girafe trombone brouette hippocampe mirabelle kangourou parapluie crocodile marguerite tambourin "
         "pamplemousse coquelicot rhubarbe libellule cornemuse sauterelle topinambour vermicelle escargot bilboquet "
         "trottinette flamant groseille").split()
PREFIXES = ("", "", "", "mon mot de passe est ", "alors c'est ", "je tape ")
RATE = 16000
PLACES = ("at", "led", "two")
STEPS = {"at": ("mot-de-passe", "Étape 4 sur 5"), "led": ("mot-de-passe-oublie", "Étape 4 sur 5"),
         "two": ("nom-utilisateur", "Étape 2 sur 5")}
PUBLIC = ("connexion/mot-de-passe-oublie",)
# In turns nobody is heard while the voice speaks.
ASKED = 2
DUPLEX = ("headphones", "echo", "half")


class Secret:
    """What is spoken, and what must be found nowhere: folded texts."""

    def __init__(self, chance):
        self.spoken, self.needles = [], set()
        kind = chance.choice(("figures", "pairs", "letters", "words", "mixed"))
        parts = {"figures": ["figure"] * chance.randint(6, 9), "pairs": ["pair"] * 4, "letters": ["letter"] * 7,
                 "words": ["word"] * chance.randint(2, 3),
                 "mixed": ["word", "figure", "figure", "letter", "letter", "sign", "figure", "figure"]}[kind]
        if kind == "mixed":
            chance.shuffle(parts)
        written = ""
        for part in parts:
            spoken, sign = getattr(self, part)(chance)
            self.spoken.append(spoken)
            written += sign
        self.needles |= {fold(written), fold(" ".join(self.spoken)), fold("".join(self.spoken))}
        self.needles |= {fold(" ".join(self.spoken[at:at + 4])) for at in range(len(self.spoken) - 3)}
        # Shorter ones stand in any number.
        self.needles = {needle for needle in self.needles if len(needle) >= 6}
        self.text = chance.choice(PREFIXES) + ", ".join(self.spoken)

    @staticmethod
    def figure(chance):
        value = chance.randrange(10)
        return FIGURES[value], str(value)

    @staticmethod
    def pair(chance):
        ten = chance.choice(list(TENS))
        value = chance.randint(2, 9)
        return f"{TENS[ten]}-{FIGURES[value]}", str(ten + value)

    @staticmethod
    def letter(chance):
        letter = chance.choice(LETTERS)
        return letter.upper(), letter

    @staticmethod
    def sign(chance):
        return chance.choice(list(SIGNS.items()))

    def word(self, chance):
        word = chance.choice(WORDS)
        self.needles.add(fold(word))
        return word, word


def fold(text):
    """Letters and figures alone, without accents: no writing of a secret differs in anything else."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in bare if letter.isascii() and letter.isalnum())


def speak(folder, voice, rate, text):
    path = folder / "word.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", str(rate), "-w", path, text], check=True)
    sound = subprocess.run(["sox", "-R", path, "-t", "s16", "-r", str(RATE), "-c", "1", "-", "norm", "-6"], check=True,
                           stdout=subprocess.PIPE).stdout
    path.unlink()
    return array("h", sound)


def record(path, chance, sayings):
    """Each with so many seconds of quiet behind it, on a hiss as every microphone has."""
    samples = array("h")
    for text, voice, rate, gap in sayings:
        samples += speak(path.parent, voice, rate, text) if text else array("h")
        samples += array("h", [0]) * int(gap * RATE)
    hiss = [chance.randint(-20, 20) for _ in range(9973)]
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(array("h", map(int.__add__, samples, itertools.cycle(hiss))).tobytes())


def sayings_of(chance, place, secrets):
    """A command comes from a voice that is understood; a secret from any, sometimes right behind the last one."""
    command = lambda text, gap: (text, "fr", 120, gap)
    # While the welcome is told, or after it.
    sayings = [("", "", 0, chance.choice((2, 20, 30)))]
    if place == "led":
        sayings = [("", "", 0, 60), command("suivant", chance.choice((0.8, 1.5, 9)))]
    for secret in secrets:
        sayings.append((secret.text, chance.choice(VOICES), chance.choice((110, 130, 150)),
                        chance.choice((0.3, 0.9, 2, 4, 9))))
    return sayings + [("", "", 0, 9)] + [command("où suis-je", 12)] * ASKED


def listen(options, home, recording, step, duplex):
    (home / "config/pasapas/default").mkdir(parents=True)
    (home / "config/pasapas/default/settings.yaml").write_text("log: true\n")
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
                   "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache"),
                   "XDG_RUNTIME_DIR": str(home), "LC_ALL": "C.UTF-8"}
    with open(home / "terminal", "wb") as terminal:
        return subprocess.run(
            [options.program, "--audio", f"wav:{recording},{home / 'spoken.wav'}", "--fast", "--duplex", duplex,
             "--today", "2026-11-20", "--transcript", home / "transcript", "--path", "ordinateur", "--section",
             "connexion", "--step", step],
            env=environment, stdin=subprocess.DEVNULL, stdout=terminal, stderr=subprocess.STDOUT, timeout=600,
            check=False).returncode


def leaks(home, secrets):
    """Files in which one of them is."""
    found = []
    for path in sorted(home.rglob("*")):
        # What is spoken is sound.
        if not path.is_file() or path.suffix == ".wav":
            continue
        text = fold(path.name) + fold(path.read_bytes().decode(errors="replace"))
        found += [f"{path.relative_to(home)}: {needle}" for secret in secrets for needle in secret.needles
                  if needle in text]
    return found


def is_heard_in(home, recording):
    """True if a piece of the recording is in a file, as it was."""
    with wave.open(str(recording)) as sound:
        samples = sound.readframes(sound.getnframes())
    pieces = {samples[at:at + 64] for at in range(0, len(samples) - 64, 8000)}
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    return any(piece in written for piece in pieces)


def log_of(home):
    """Rows: time, ms, kind, place, text."""
    rows = [row.split("\t") for log in home.rglob("log-*.tsv") for row in log.read_text().splitlines()]
    return [row for row in rows[1:] if len(row) == 5]


class Round:
    """A session that some secrets are spoken to."""

    def __init__(self, options, number, count):
        self.options, self.number = options, number
        self.chance = random.Random(options.seed * 1000003 + number)
        self.place, self.duplex = PLACES[number % 3], DUPLEX[(number + number // 3) % 3]
        self.secrets = [Secret(self.chance) for _ in range(count)]
        self.wrong, self.taken = [], 0

    def run(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            recording = folder / "in.wav"
            record(recording, self.chance, sayings_of(self.chance, self.place, self.secrets))
            step, told = STEPS[self.place]
            code = listen(self.options, folder / "private", recording, step, self.duplex)
            self.judge(folder / "private", code, told)
            if is_heard_in(folder / "private", recording):
                self.wrong.append("what was recorded is written")
            if not self.number:
                told = subprocess.run([self.options.program, "listen", recording], check=True, text=True,
                                      stdout=subprocess.PIPE).stdout
                if len(told.splitlines()) < len(self.secrets):
                    self.wrong.append("not all of them can be heard")
        return self

    def judge(self, home, code, told):
        transcript = (home / "transcript").read_text()
        commands = [line[2:] for line in transcript.splitlines() if line.startswith("> ")]
        asked = commands.count("où suis-je")
        if self.place == "led" and "suivant" in commands:
            commands.remove("suivant")
        self.taken = len(commands) - min(asked, ASKED)
        self.wrong += leaks(home, self.secrets)
        if code != 0:
            self.wrong.append(f"it ended with {code}: {(home / 'terminal').read_text()}")
        if not list(home.rglob("log-*.tsv")):
            self.wrong.append("no log is kept")
        if not self.taken and not (asked and told in transcript.rpartition("> où suis-je")[2]):
            self.wrong.append(f"where it is: not « {told} » {transcript[-600:]}")
        if not self.taken:
            # The welcome is told at once, wherever it is.
            self.wrong += [f"the log tells of a private step: {row}" for row in log_of(home)
                           if row[1] != "0" and row[3] not in (PUBLIC if self.place == "led" else ())]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--count", type=int, default=18)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("program", type=os.path.abspath)
    options = parser.parse_args()
    rounds = max(3, options.count // 8)
    counts = [options.count // rounds + (number < options.count % rounds) for number in range(rounds)]
    with ThreadPoolExecutor(options.jobs) as pool:
        done = list(pool.map(lambda number: Round(options, number, counts[number]).run(), range(rounds)))
    wrongs = [f"round {each.number} ({each.place}, {each.duplex}): {wrong}" for each in done for wrong in each.wrong]
    for wrong in wrongs[:20]:
        print("FAILED:", wrong)
    print(f"seed {options.seed}: {options.count} secrets spoken in {rounds} sessions: {len(wrongs)} wrong, "
          f"{sum(each.taken for each in done)} taken for a word that acts")
    sys.exit(bool(wrongs))


main()
