#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A person who reads with difficulty, through every step of our guide in simple text: every explanation
# stops behind two sentences, and asks whether more is wanted; where the full one is long there is a
# simple one (its sentences are measured by tests/readability.sh).
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need python3
python3 - "$PASAPAS" "$srcdir/guides/espace-france-travail.yaml" <<'END' || fail "simple text"
import json, re, subprocess, sys

program, guide = sys.argv[1:]
SENTENCES, WORDS, PIECES = 2, 12, 9


def sentences(text):
    text = re.sub(r"«[^»]*»", lambda quoted: re.sub(r"[.!?]", "", quoted[0]), text)
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if re.search(r"\w", part)]


def words(sentence):
    return sum(bool(re.search(r"\w", word)) for word in sentence.split())


# A long explanation has its simple one behind it.
lines = open(guide, encoding="utf-8").read().split("\n")
long = 0
for line, after in zip(lines, lines[1:]):
    text = re.match(r' *more: "(.*)"$', line)
    if text and (len(sentences(text[1])) > SENTENCES or max(map(words, sentences(text[1]))) > WORDS):
        assert after.lstrip().startswith("simple_more:"), line
        long += 1
assert long > 50, long

seen = pieces = 0
guides = json.loads(subprocess.run([program, "guides", "--steps", "--json"], check=True, text=True,
                                     stdout=subprocess.PIPE).stdout)
found = [g for g in guides if g["id"] == "espace-france-travail"][0]
for path in found["paths"]:
    for section in path["sections"]:
        visits = len(section["steps"]) + 3  # things to have at hand come before the steps
        typed = (["expliquer"] + ["encore"] * PIECES + ["suivant"]) * visits
        said = subprocess.run(
            [program, "--no-speech", "--no-listen", "--simple", "--today", "2026-12-20", "--guest", "--path",
             path["id"], "--section", section["id"]], input="\n".join(typed), text=True, check=True,
            stdout=subprocess.PIPE).stdout
        asked = False  # "encore" goes on only where more was offered
        for block in re.split(r"(?m)^> ", said)[1:]:
            command, *told = block.strip("\n").split("\n")
            more = bool(told) and told[-1] == "Encore ?"
            if command == "expliquer" and told and "n'est pas possible" not in told[0] or command == "encore" and asked:
                # Behind it a question comes again; where a secret may be typed, "encore" is no word.
                text = " ".join(line for line in told if line != "Encore ?" and
                                not line.startswith(("Avez-vous", "Tapez-le sur le site")))
                seen += command == "expliquer"
                pieces += 1
                assert len(sentences(text)) <= SENTENCES, (section["id"], text)
            asked = more
        assert not asked, "more than %d pieces in %s" % (PIECES, section["id"])
print(seen, "explanations in", pieces, "pieces")
assert seen > 60 and pieces > seen
END
