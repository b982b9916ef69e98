# SPDX-License-Identifier: GPL-3.0-or-later
"""rejection: how the evidence for a phrase is best weighed (src/listen/confidence.c): a logistic
regression on words of the speakers left out of a training (develop.tsv in the folder of
scripts/train-net), by the program itself (`pasapas listen --evidence`), each speaker judged by what
was learnt from the others. Beside it the weights that the program has. Nothing is changed: what is
printed is for whoever sets voice.yaml or the weights anew.

Vocabularies of 43 and 13 phrases by chance; as many words that are in them as words that are not.
Half of the recordings as they are, half in noise if a folder of spoilt ones is given (1.wav, 2.wav... in
the order of develop.tsv)."""
import argparse
import os
import random
import subprocess
import tempfile
from pathlib import Path

import numpy as np

SIZES = (43, 13)
MOST = 45  # recordings that are in a vocabulary, and as many that are not
SHARES = (0.10, 0.05, 0.01)
HAND = np.array([1, 6, 2, -1.3])  # margin, fit, worst phone, phrases: confidence.c
EVIDENCE = ("margin", "fit", "worst phone", "phrases", "length", "phones", "loop a frame")
SETS = {"margin, fit, worst phone, phrases": 4, "and length": 5, "and phones": 6, "and loop a frame": 7}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="the folder of scripts/train-net")
    parser.add_argument("program", help="pasapas")
    parser.add_argument("pack", help="folder of a voice pack; with strictness 1 no evidence is left out")
    parser.add_argument("--noisy", type=Path, help="folder of the same recordings in noise")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def recordings(work: Path, noisy: Path | None, chance: random.Random) -> list[tuple[str, str, str]]:
    """File, speaker, text."""
    found = []
    with open(work / "develop.tsv", encoding="utf-8") as table:
        for number, line in enumerate(table, 1):
            file, speaker, text = line.rstrip("\n").split("\t")[:3]
            if noisy and chance.random() < 0.5:
                file = str(noisy / f"{number}.wav")
            found.append((file, speaker, text))
    return found


def listen(program: str, pack: str, phrases: list[str], files: list[str]) -> dict[str, list[str]]:
    """Of each file its surest line."""
    surest: dict[str, list[str]] = {}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as vocabulary:
        vocabulary.write("\n".join(phrases) + "\n")
        vocabulary.flush()
        said = subprocess.run(
            [program, "listen", "--evidence", "--no-reject", "--vocabulary", vocabulary.name,
             "--voice", os.path.join(pack, ""), *files], stdout=subprocess.PIPE, text=True, check=True)
    for line in said.stdout.splitlines():
        cells = line.split("\t")
        if cells[0] not in surest or float(cells[5]) > float(surest[cells[0]][5]):
            surest[cells[0]] = cells
    return surest


def weigh(cells: list[str], phrases: int) -> list[float]:
    """In the order of EVIDENCE."""
    phrase, rival, loop, seconds, worst, _, whole, phones = map(float, cells[7:15])
    frames = 100 * seconds
    return [(phrase - rival) / frames**0.5, (phrase - loop) / frames, worst, np.log(phrases / 13),
            np.log(frames), phones, loop / (100 * whole)]


def gather(given: argparse.Namespace) -> tuple[np.ndarray, ...]:
    """Evidence; whether the phrase is right; whether it was said at all; the speakers."""
    chance = random.Random(given.seed)
    clips = recordings(given.work, given.noisy, chance)
    texts = sorted({text for _, _, text in clips})
    rows, right, inside, speakers = [], [], [], []
    for number in range(given.rounds):
        phrases = sorted(chance.sample(texts, SIZES[number % len(SIZES)]))
        there = [clip for clip in clips if clip[2] in phrases]
        absent = [clip for clip in clips if clip[2] not in phrases]
        trials = chance.sample(there, min(MOST, len(there))) + chance.sample(absent, MOST)
        heard = listen(given.program, given.pack, phrases, [file for file, _, _ in trials])
        for file, speaker, text in trials:
            if file in heard and float(heard[file][10]) > 0:
                rows.append(weigh(heard[file], len(phrases)))
                right.append(heard[file][4] == text)
                inside.append(text in phrases)
                speakers.append(speaker)
    return np.array(rows), np.array(right), np.array(inside), np.array(speakers)


def learn(rows: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and a constant, by Newton's method, held back a little."""
    mean, deviation = rows.mean(0), rows.std(0) + 1e-9
    inputs = np.c_[(rows - mean) / deviation, np.ones(len(rows))]
    back = np.r_[np.full(rows.shape[1], 0.01 * len(rows)), 1e-9]
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (chance - wanted) + back * weights
        bend = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + np.diag(back)
        weights -= np.linalg.solve(bend, slope)
    return weights[:-1] / deviation, weights[-1] - (weights[:-1] / deviation) @ mean


def by_others(rows: np.ndarray, wanted: np.ndarray, speakers: np.ndarray) -> np.ndarray:
    """Logarithmic odds of each row, learnt from four fifths of the other speakers."""
    odds = np.zeros(len(rows))
    names = sorted(set(speakers))
    fold = np.array([names.index(speaker) % 5 for speaker in speakers])
    for left_out in range(5):
        weights, constant = learn(rows[fold != left_out], wanted[fold != left_out])
        odds[fold == left_out] = rows[fold == left_out] @ weights + constant
    return odds


def obeyed(sums: np.ndarray, right: np.ndarray, inside: np.ndarray, share: float) -> float:
    """Per cent right and obeyed where this share of the other words is."""
    others = np.sort(sums[~inside])[::-1]
    edge = others[int(share * len(others))]
    return 100 * np.mean(right[inside] & (sums[inside] > edge))


def show(name: str, sums: np.ndarray, right: np.ndarray, inside: np.ndarray, speakers: np.ndarray) -> None:
    """The figures, and for 5 % an interval by drawing speakers (bootstrap)."""
    chance = np.random.default_rng(1)
    names, drawn = np.array(sorted(set(speakers))), []
    of_speaker = {who: np.flatnonzero(speakers == who) for who in names}
    for _ in range(300):
        at = np.concatenate([of_speaker[who] for who in chance.choice(names, len(names))])
        drawn.append(obeyed(sums[at], right[at], inside[at], 0.05))
    figures = " / ".join(f"{obeyed(sums, right, inside, share):.1f}" for share in SHARES)
    print(f"{name}: {figures}, at 5 % {np.percentile(drawn, 2.5):.0f}-{np.percentile(drawn, 97.5):.0f}")


def reliability(odds: np.ndarray, wanted: np.ndarray) -> None:
    chance = 1 / (1 + np.exp(-odds))
    for low in np.arange(0, 1, 0.2):
        here = (chance >= low) & (chance < low + 0.2)
        if here.any():
            print(f"  told {100 * chance[here].mean():.0f} %, was {100 * wanted[here].mean():.0f} % of {here.sum()}")


def main() -> None:
    rows, right, inside, speakers = gather(options())
    wanted = (right & inside).astype(float)
    print(f"{inside.sum()} phrases, {(~inside).sum()} other words, {len(set(speakers))} speakers; "
          f"right {100 * right[inside].mean():.1f} %; right and obeyed where 10 / 5 / 1 % of the others are:")
    hand = rows[:, : len(HAND)] @ HAND
    show("the program's weights", hand, right, inside, speakers)
    for name, count in SETS.items():
        odds = by_others(rows[:, :count], wanted, speakers)
        weights, constant = learn(rows[:, :count], wanted)
        told = ", ".join(f"{what} {weight:.3f}" for what, weight in zip(EVIDENCE, weights))
        show(f"{name} ({told}, constant {constant:.2f})", odds, right, inside, speakers)
    print("reliability of the last:")
    reliability(odds, wanted)


if __name__ == "__main__":
    main()
