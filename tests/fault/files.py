#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks one call after another on the files beside a learner's store, in a session and in subcommands.

  files.py [--table] [--places N] [--only CASE] PASAPAS INJECT.SO
    --table     lines of a Markdown table
    --places N  so many calls of each command and fault, evenly (1); all where it has no more
    --only CASE only what begins so

INJECT.SO is made of inject.c; run.c is the same for the store. After each fault:

- it ended by itself, with a documented exit status, and not without a word where that is another one;
- what it said is true: where it said what it says without the fault, what it kept is the same too;
- what can be kept as a whole only is as it was before, or as it is without the fault;
- where it said that nothing was changed, nothing is there or away that was not before;
- nothing is set aside, and reads and writes that were cut short or interrupted made no difference;
- the next run without a fault ends well.
"""

import argparse
import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent.parent
SILENT = ["--no-speech", "--no-listen", "--today", "2026-11-20", "--learner", "zoe"]
LIVED = "ordinateur\n1\nc'est fait\nplus vite\nquitter\noui\n"


@dataclass
class Case:
    name: str
    root: str  # below the home: all calls on it and on what is in it are broken
    arguments: list
    typed: str = ""
    is_whole: bool = True  # what is kept is kept as a whole or not at all
    is_read: bool = False  # nothing is written
    is_stream: bool = False  # a line at a time; what interrupts it is the signal that ends the program

UNCHANGED = "Je n'ai rien changé"
RENAMED = "changer de personne\nchanger de nom\nAlex\noui\nquitter\noui\n"

CASES = [
    Case("settings", "config", SILENT, "plus vite\nquitter\noui\n"),
    Case("settings behind a link", "dotfiles", SILENT, "plus vite\nquitter\noui\n"),
    Case("settings, read", "config", SILENT, "répéter\nquitter\noui\n", is_read=True),
    Case("a voice, forgotten", "config", ["calibrate", "--forget", "--learner", "zoe"]),
    Case("a voice, learnt", "config", ["calibrate", "--learner", "zoe", "--from", "{home}/table"]),
    Case("a voice, heard with", "config/pasapas/zoe/calibration.yaml",
         ["listen", "--calibration", "{home}/config/pasapas/zoe/calibration.yaml", "{home}/word.wav"], is_read=True),
    Case("a copy to take along", "taken", SILENT, "changer de personne\ncopier le suivi\noui\nquitter\noui\n"),
    Case("a learner, renamed", "state", SILENT, RENAMED, is_whole=False),
    Case("settings, renamed", "config", SILENT, RENAMED, is_whole=False),
    Case("a learner, deleted", "state", SILENT, "changer de personne\nsupprimer la personne\noui\nquitter\noui\n",
         is_whole=False),
    Case("a learner, set back", "state", ["reset", "--yes", "--learner", "zoe"], is_whole=False),
    Case("all learners", "state", ["progress", "--all"], is_read=True),
    Case("the journal", "state/pasapas/zoe/log-", SILENT + ["--path", "ordinateur"],
         "journal\noui\nrépéter\nquitter\noui\n", is_whole=False, is_stream=True),
    Case("the transcript", "transcript", SILENT + ["--transcript", "{home}/transcript"], "répéter\nquitter\noui\n",
         is_whole=False, is_stream=True),
    Case("dates", "dates", ["reminders", "--ics", "{home}/dates/new.ics", "--today", "2026-11-20"]),
    Case("dates over others", "dates", ["reminders", "--ics", "{home}/dates/old.ics", "--today", "2026-11-20"]),
    Case("a pack, checked", "pack", ["check", "{home}/pack"], is_read=True),
    Case("a pack, spoken", "pack", SILENT + ["--voice", "{home}/pack"], "répéter\nquitter\noui\n", is_read=True),
    Case("a guide, read", "guide.yaml", SILENT + ["--guide", "{home}/guide.yaml"], "répéter\nquitter\noui\n",
         is_read=True),
    Case("a guide, checked", "guide.yaml", ["check", "{home}/guide.yaml"], is_read=True),
    Case("pronunciations", "pack", ["pronounce", "--voice", "{home}/pack", "France Travail"], is_read=True),
    Case("a new guide", "essai.yaml", ["new", "{home}/essai"]),
    Case("a new guide's template", "pack", ["new", "--voice", "{home}/pack", "{home}/essai"], is_read=True),
    Case("a recording, made", "said.wav", ["say", "--output", "{home}/said.wav", "Oui."], is_whole=False),
    Case("a recording, heard", "word.wav", ["listen", "{home}/word.wav"], is_read=True),
    Case("words to listen for", "words", ["listen", "--vocabulary", "{home}/words", "{home}/word.wav"], is_read=True),
    Case("a model", "pack/model", ["listen", "--voice", "{home}/pack", "{home}/word.wav"], is_read=True),
]


@dataclass
class Fault:
    name: str
    kind: str
    is_sticky: bool = False
    calls: tuple = ()  # only these; all if empty
    is_harmless: bool = False


FAULTS = [
    Fault("cut short", "short", True, ("read", "write"), is_harmless=True),
    Fault("EINTR", str(errno.EINTR), False, ("read", "write", "fsync"), is_harmless=True),
    Fault("EIO once", str(errno.EIO)),
    Fault("EIO from then on", str(errno.EIO), True),
    Fault("ENOSPC once", str(errno.ENOSPC), False, ("open", "write", "fsync", "close", "mkdir", "rename")),
    Fault("ENOSPC from then on", str(errno.ENOSPC), True, ("write", "fsync", "close")),
    Fault("ENOSPC at close", str(errno.ENOSPC), False, ("close",)),
    Fault("EACCES from then on", str(errno.EACCES), True, ("open", "mkdir", "rename", "unlink")),
    Fault("EXDEV", str(errno.EXDEV), False, ("rename",)),
]


def write_word(path):
    """Half a second of something that is no word, between silences."""
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 16000, 0, "NONE", ""))
        sound.writeframes(bytes(16000) + bytes(i * i % 97 * 200 // 97 for i in range(16000)) + bytes(32000))


class Home:
    def __init__(self, options, folder):
        self.options, self.path = options, Path(folder)

    def run(self, arguments, typed="", faulty=None):
        places = {name: str(self.path / where) for name, where in (
            ("HOME", "taken"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"))}
        try:
            ended = subprocess.run(
                [self.options.pasapas, *(text.format(home=self.path) for text in arguments)],
                input=typed.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
                cwd=self.path, env={**os.environ, "ASAN_OPTIONS": "verify_asan_link_order=0", "LC_ALL": "C.UTF-8",
                                    **places, **(faulty or {})})
        except subprocess.TimeoutExpired:
            return None, "it did not end"
        said = ended.stdout.decode(errors="replace").replace(str(self.path), "{home}")
        return ended.returncode, re.sub(r"\d{8}-\d{6}|\d\d:\d\d|(?<=\t)\d+$", "{now}", said, flags=re.M)

    def files(self, root):
        """What is in and below it, each with its bytes; moments, which are never the same, left out."""
        found = {}
        for path in sorted(self.path.rglob("*")):
            name = str(path.relative_to(self.path))
            if name.startswith(root) and path.is_file() and not path.is_symlink():
                name = re.sub(r"\d{8}-\d{6}", "{now}", name)
                text = path.read_bytes()
                if name.endswith(".tsv"):
                    text = re.sub(rb"^[^\t]*\t\d+\t|\t\d+$", b"", text, flags=re.M)
                elif name.endswith(".ics"):
                    text = re.sub(rb"DTSTAMP:.*", b"", text)
                elif name.endswith(".yaml"):
                    text = re.sub(rb"\d{4}-\d\d-\d\dT.*|^sum:.*", b"", text, flags=re.M)
                found[name] = text
        return found

    def live(self):
        for name in "taken", "run", "dotfiles", "dates", "config/pasapas/zoe":
            (self.path / name).mkdir(mode=0o700, parents=True)
        write_word(self.path / "word.wav")
        (self.path / "words").write_text("suivant\nrépéter\n")
        (self.path / "table").write_text("suivant\t%s\n" % (self.path / "word.wav"))
        (self.path / "dates/old.ics").write_text("x" * 100000)
        (self.path / "transcript").write_text("Avant.\n")
        shutil.copy(TREE / "guides/espace-france-travail.yaml", self.path / "guide.yaml")
        shutil.copytree(TREE / "guides/images", self.path / "images", dirs_exist_ok=True)
        shutil.copytree(TREE / "voices/fr", self.path / "pack")
        shutil.copy(TREE / "tests/fuzz/calibration/all.yaml",
                    self.path / "config/pasapas/zoe/calibration.yaml")
        self.run(SILENT, LIVED)

    def prepare(self, case):
        if case.name == "settings behind a link":
            settings = self.path / "config/pasapas/zoe/settings.yaml"
            settings.rename(self.path / "dotfiles/settings.yaml")
            settings.symlink_to(self.path / "dotfiles/settings.yaml")
        if case.name == "a new guide's template":
            (self.path / "essai.yaml").unlink(missing_ok=True)


def set_up(options, template, folder, case):
    shutil.copytree(template, folder, symlinks=True)
    home = Home(options, folder)
    table = home.path / "table"
    table.write_text("suivant\t%s\n" % (home.path / "word.wav"))
    home.prepare(case)
    return home


def injected(options, home, case, fault=None, at=0):
    faulty = {"LD_PRELOAD": options.inject, "FAULT_ROOT": str(home.path / case.root), "FAULT_AT": str(at),
              "FAULT_LOG": str(home.path / "calls")}
    if fault:
        faulty["FAULT_KIND"] = fault.kind
        if fault.is_sticky:
            faulty["FAULT_STICKY"] = "1"
        if fault.calls:
            faulty["FAULT_CALLS"] = " ".join(fault.calls)
    return faulty


def complaint(case, fault, call, before, whole, now):
    """What is wrong, or "". `before`, `whole`, `now`: (exit status, words, files)."""
    code, said, files = now
    if code not in (0, 1, 2):
        return f"ended with {code}"
    is_same = (code, said) == whole[:2]
    if fault.is_harmless and call in fault.calls and not is_same:
        return "it made a difference"
    if code != whole[0] and said == whole[1]:
        return f"ended with {code} without a word"
    kept = {name: text for name, text in files.items() if not name.endswith(".tmp")}
    if is_same and kept != whole[2]:
        return "what it said is not what it kept: " + " ".join(
            name for name in {**kept, **whole[2]} if kept.get(name) != whole[2].get(name))
    # A disk that does nothing any more takes nothing back either.
    is_dead = fault.is_sticky and not fault.calls
    if UNCHANGED in said and UNCHANGED not in whole[1] and not is_dead and set(kept) ^ set(before):
        return "it says that nothing was changed: " + " ".join(set(kept) ^ set(before))
    aside = [name for name in kept if "damaged" in name and name not in whole[2]]
    if aside:
        return "set aside: " + " ".join(aside)
    # Half of a new file stays where it cannot be removed either.
    if not case.is_whole or is_dead:
        return ""
    for name in {**before, **kept}:
        if kept.get(name) not in (before.get(name), whole[2].get(name)):
            return f"{name} is neither old nor new"
    return ""


def try_call(options, template, case, fault, before, whole, at, call):
    with tempfile.TemporaryDirectory() as folder:
        home = set_up(options, template, Path(folder) / "home", case)
        code, said = home.run(case.arguments, case.typed, injected(options, home, case, fault, at))
        wrong = complaint(case, fault, call, before, whole, (code, said, home.files(case.root)))
        if not wrong and not case.is_read and case.typed:
            again = home.run(SILENT, "quitter\noui\n")
            if again[0] != 0:
                wrong = f"the next session ended with {again[0]}: {again[1]}"
        return (code, said) == whole[:2], wrong and f"{case.name}, {fault.name} at call {at} ({call}): {wrong}\n{said}"


def numbered(calls, fault):
    """The calls that this fault can break, each with the number it is broken by."""
    return list(enumerate((call for call in calls if not fault.calls or call in fault.calls), 1))


def try_case(options, template, case):
    with tempfile.TemporaryDirectory() as folder:
        home = set_up(options, template, Path(folder) / "home", case)
        before = home.files(case.root)
        code, said = home.run(case.arguments, case.typed, injected(options, home, case))
        whole = (code, said, home.files(case.root))
        log = home.path / "calls"
        calls = [line.split()[1] for line in log.read_text().splitlines()] if log.exists() else []
    if not calls or code != 0 or case.is_read == (whole[2] != before):
        sys.exit(f"{case.name}: without a fault it ended with {code}, {len(calls)} calls\n{said}")
    places = []
    for number, fault in enumerate(FAULTS):
        if case.is_stream and fault.name == "EINTR":
            continue
        possible = numbered(calls, fault)
        step = max(1, -(-len(possible) // options.places))
        places += [(fault, *at) for at in possible[number % min(step, len(possible) or 1)::step]]
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda at: (at[0], *try_call(options, template, case, at[0], before, whole, *at[1:])),
                                places))
    return len(calls), results


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--places", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("pasapas")
    parser.add_argument("inject")
    options = parser.parse_args()
    options.pasapas, options.inject = os.path.abspath(options.pasapas), os.path.abspath(options.inject)
    bad = 0
    if options.table:
        print("| what is read or written | calls | broken | as if nothing had been | told | wrong |")
        print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "home"
        template.mkdir()
        Home(options, template).live()
        for case in CASES:
            if not case.name.startswith(options.only):
                continue
            count, results = try_case(options, template, case)
            wrongs = [wrong for _, _, wrong in results if wrong]
            same = sum(same for _, same, _ in results)
            cells = (case.name, count, len(results), same, len(results) - same, len(wrongs))
            form = "| %s | %d | %d | %d | %d | %d |" if options.table else \
                "%s: %d calls, %d broken: %d made no difference, %d were told, %d wrong"
            print(form % cells, flush=True)
            for wrong in wrongs[:options.show]:
                print(wrong, file=sys.stderr)
            bad += len(wrongs) + (not results)
    sys.exit(bad > 0)


main()
