#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets memory run out at one allocation after another, in a session and in each subcommand.

  out_of_memory.py [--table] [--places N] [--only CASE] PASAPAS MEMORY.SO
    --table     lines of a Markdown table
    --places N  so many allocations of each command, evenly (20); all where it has no more
    --only CASE only what begins so

PASAPAS is built without sanitizers (they bring an allocator of their own); MEMORY.SO is made of
memory.c. Each place fails once, and another time all later ones too. After each, the program must have
ended as doc/reliability.md says: as if nothing had been, or with its one line and SIGABRT, or with
a documented exit status and a message. What a session had confirmed must be there, nothing may be set
aside as damaged, and the next session must be able to go on.

What is asked for by espeak-ng, pocketsphinx, PortAudio, PulseAudio and Speech Dispatcher inside is left
out: each of them ends the process or goes on as it likes.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

OURS = "libyaml libcjson libsndfile"
ENDING = "pasapas: out of memory\n"
TREE = Path(__file__).resolve().parent.parent.parent
SESSION = "ordinateur\n1\nc'est fait\nsuivant\nc'est fait\noù suis-je\nquitter\noui\n"
NOTED = "C'est noté."  # what the session says when a step is marked


@dataclass
class Case:
    name: str
    arguments: list
    typed: str = ""
    # Allocations that libc makes for us are counted too, where no engine is started that libc
    # serves as well.
    of: str = OURS + " libc.so"
    code: int = 0  # with all its memory
    lived: bool = False  # on the folders of a learner who has been there


SILENT = ["--no-speech", "--no-listen", "--today", "2026-12-03", "--learner", "zoe"]
CASES = [
    Case("a session", SILENT, SESSION),
    Case("a session that goes on", SILENT, "non\noui\nc'est fait\nquitter\noui\n", lived=True),
    Case("check", ["check", "{tree}/guides/espace-france-travail.yaml"]),
    Case("check of a pack", ["check", "{tree}/voices/fr"], of=OURS),
    Case("guides", ["guides", "--steps", "--json"]),
    Case("voices", ["voices"], of=OURS),
    Case("new", ["new", "essai"]),
    Case("say", ["say", "--show", "Le 28 novembre à 9 h 30, 1 015 × 9,43 €."]),
    Case("say to a file", ["say", "--output", "{folder}/said.wav", "Bonjour."], of=OURS),
    Case("pronounce", ["pronounce", "Zoé"], of=OURS),
    Case("listen", ["listen", "{folder}/silence.wav"], of=OURS),
    Case("progress", ["progress", "--learner", "zoe"], lived=True),
    Case("progress as a table", ["progress", "--learner", "zoe", "--csv"], lived=True),
    Case("progress of all", ["progress", "--all", "--json"], lived=True),
    Case("reminders", ["reminders", "--ics", "{folder}/dates.ics"], lived=True),
    Case("reset", ["reset", "--learner", "zoe", "--yes"], lived=True),
    Case("tell", ["tell", "suivant"], code=1),
    Case("help", ["--help"]),
]


@dataclass
class Outcome:
    code: int
    out: str
    err: str


class Trial:
    """One command in a home of its own."""

    def __init__(self, options, case, home):
        self.options, self.case, self.home = options, case, Path(home)

    def environment(self, extra):
        plain = {name: value for name, value in os.environ.items() if not name.startswith("MEMORY_")}
        return {**plain, "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run"), **extra}

    def run(self, arguments, typed, extra):
        arguments = [text.format(folder=self.home, tree=TREE) for text in arguments]
        try:
            ended = subprocess.run([self.options.pasapas, *arguments], input=typed.encode(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                                   env=self.environment(extra), cwd=self.home, check=False)
        except subprocess.TimeoutExpired:
            return Outcome(-signal.SIGALRM, "", "it did not end")
        out = ended.stdout.decode().replace(str(self.home), "{folder}")
        out = re.sub(r"\d{8}-\d{6}", "{now}", out)
        return Outcome(ended.returncode, out, ended.stderr.decode())

    def live(self):
        (self.home / "run").mkdir(mode=0o700)
        write_silence(self.home / "silence.wav")
        if self.case.lived:
            self.run(SILENT, SESSION, {})

    def at(self, place, is_sticky):
        extra = {"LD_PRELOAD": self.options.memory, "MEMORY_OF": self.case.of,
                 "MEMORY_AT": str(place), "MEMORY_COUNT": str(self.home / "count")}
        if is_sticky:
            extra["MEMORY_STICKY"] = "1"
        return self.run(self.case.arguments, self.case.typed, extra)


def write_silence(path):
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 16000, 0, "NONE", ""))
        sound.writeframes(bytes(16000))


def complaint(trial, outcome, whole):
    """What is wrong with how it ended, or ""."""
    if outcome.code == -signal.SIGABRT:
        return "" if outcome.err.endswith(ENDING) else "SIGABRT without its line"
    if outcome.code not in (0, 1, 2, 3):
        return f"ended with {outcome.code}"
    if outcome.code != whole.code and not outcome.err.strip():
        return f"exit status {outcome.code} without a word"
    if outcome.code == whole.code == 0 and outcome.out != whole.out and not outcome.err.strip():
        return "other words, and no message"
    return ""


def marks(trial):
    """How many steps are kept as done."""
    kept = trial.run(["progress", "--learner", "zoe", "--json"], "", {}).out
    return kept.count('"state":"done"')


def what_is_left(trial, before, outcome):
    """What is wrong with the learner's folders afterwards, or ""."""
    aside = [path.name for path in trial.home.rglob("*") if "damaged" in path.name]
    if aside:
        return f"set aside: {' '.join(aside)}"
    said = outcome.out.count(NOTED)
    kept = marks(trial) - before
    if not said <= kept <= said + 1:
        return f"{said} marks were confirmed, {kept} are kept"
    again = trial.run(SILENT, "quitter\noui\n", {})
    return "" if again.code == 0 else f"the next session ended with {again.code}: {again.err}"


def try_place(options, case, whole, template, place, is_sticky):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(template, home, symlinks=True)
        trial = Trial(options, case, home)
        before = marks(trial) if case.lived else 0
        outcome = trial.at(place, is_sticky)
        wrong = complaint(trial, outcome, whole)
        if not wrong and case.typed:
            wrong = what_is_left(trial, before, outcome)
        where = f"{case.name}, allocation {place}{' and later' if is_sticky else ''}"
        return outcome.code, wrong and f"{where}: {wrong}\n{outcome.err}"


def try_case(options, case):
    """The number of allocations, the places tried, how they ended, and what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "home"
        template.mkdir()
        Trial(options, case, template).live()
        counting = Path(folder) / "counting"
        shutil.copytree(template, counting)
        trial = Trial(options, case, counting)
        whole = trial.at(0, False)
        if whole.code != case.code:
            sys.exit(f"{case.name}: with all its memory it ended with {whole.code}\n{whole.err}")
        count = int((counting / "count").read_text())
        # The French messages are read first, always in the same way: a session is enough to try that.
        first = 1 if case.typed else min(count, 9000)
        step = max(1, (count - first) // options.places)
        places = [(place, sticky) for place in range(first, count + 1, step)
                  for sticky in (False, True)]
        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(
                lambda at: try_place(options, case, whole, template, *at), places))
        return count, whole, results


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--places", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="")
    parser.add_argument("pasapas")
    parser.add_argument("memory")
    options = parser.parse_args()
    options.pasapas, options.memory = os.path.abspath(options.pasapas), os.path.abspath(options.memory)
    is_wrong = False
    if options.table:
        print("| command | allocations | tried | as if nothing had been | its line and SIGABRT | a message | wrong |")
        print("|---|---|---|---|---|---|---|")
    for case in CASES:
        if not case.name.startswith(options.only):
            continue
        count, whole, results = try_case(options, case)
        codes = [code for code, wrong in results if not wrong]
        wrongs = [wrong for _, wrong in results if wrong]
        fine, ended = codes.count(whole.code), codes.count(-signal.SIGABRT)
        cells = (case.name, count, len(results), fine, ended, len(codes) - fine - ended, len(wrongs))
        if options.table:
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)
        else:
            print("%s: %d allocations, %d tried: %d went on, %d ended with the line, %d with a message, "
                  "%d wrong" % cells, flush=True)
        for wrong in wrongs[:5]:
            print(wrong, file=sys.stderr)
        is_wrong |= bool(wrongs) or not count
    sys.exit(is_wrong)


main()
