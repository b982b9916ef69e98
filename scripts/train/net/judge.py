# SPDX-License-Identifier: GPL-3.0-or-later
"""judge: right words among 13 and 43 phrases, rejection off, of the people whom neither was trained
on: the Gaussian model and a net, whole recordings, exact scores. The vocabularies are those that
tests/bench/recognition draws."""
import argparse
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

import numpy as np

from corpus import Corpus, Phones, read_words
from export import mdef_names
from paths import Transitions, word_scores
from stored import StoredNet, read


class Chance:
    """The linear congruence of tests/bench/recognition."""

    def __init__(self, seed: int):
        self.state = seed * 2654435761 % 2**32
        for _ in range(8):
            self.below(2)

    def below(self, n: int) -> int:
        self.state = (self.state * 69069 + 1) % 2**32
        return self.state * n // 2**32

    def pick(self, items: list[str], wanted: int) -> list[str]:
        for i in range(min(wanted, len(items))):
            j = i + self.below(len(items) - i)
            items[i], items[j] = items[j], items[i]
        return items[: max(0, min(wanted, len(items)))]


def draw(clips: list[tuple[str, str]], speaker: str, size: int, seed: int) -> list[str]:
    """A vocabulary: half of the speaker's words at most, filled up with other people's."""
    mine = {text for who, text in clips if who == speaker}
    said = {part for text in mine for part in text.split("|")}
    own: list[str] = []
    other: list[str] = []
    used: set[str] = set()
    for _, text in clips:
        if text in mine:
            if text not in used:
                own.append(text)
            used.add(text)
            continue
        first = text.split("|")[0]
        if first not in used and first not in said:
            other.append(first)
        used.add(first)
    chance = Chance(seed)
    drawn = chance.pick(own, min(len(own) // 2, size))
    drawn += chance.pick(other, size - len(drawn))
    return [part for text in drawn for part in text.split("|")]


def interval(k: int, n: int) -> str:
    """Per cent and Wilson's 95 % interval."""
    if n == 0:
        return "-"
    z, p = 1.96, k / n
    d = 1 + z * z / n
    m = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    middle = p + z * z / (2 * n)
    return f"{100 * p:.1f} ({max(0, 100 * (middle - m) / d):.0f}-{100 * (middle + m) / d:.0f})"


class Bench:
    def __init__(self, work: Path, net: StoredNet, given: argparse.Namespace):
        self.phones = Phones.read(work / "phones")
        self.transitions = Transitions.read(work / "model")
        self.net, self.given = net, given
        names = mdef_names(work / "shipped" / "mdef")
        self.order = self.phones.states_from(Phones(names))
        lines = (work / "all-clips").read_text().splitlines()
        self.clips = [(line.split("\t")[1], line.split("\t")[2]) for line in lines]
        self.words = read_words(work / "all-words", self.phones)

    def scores(self, corpus: Corpus, i: int, model: str) -> np.ndarray:
        if model == "Gaussians":
            return corpus.scores(i)
        scores = self.net.scores(corpus.raw_cepstra(i))
        result = np.full((len(scores), self.phones.states), -1e4, dtype=np.float32)
        result[:, self.order] = scores
        return result

    def right(self, corpus: Corpus, size: int, model: str) -> dict[str, list[bool]]:
        """By speaker: of each trial whether the right phrase was the best."""
        speakers = sorted({u.speaker for u in corpus.utterances})
        results: dict[str, list[bool]] = {s: [] for s in speakers}
        vocabularies = {s: [draw(self.clips, s, size, self.given.seed * 1000 + r)
                            for r in range(self.given.rounds)] for s in speakers}
        for i, one in enumerate(corpus.utterances):
            said = one.text.split("|")
            those = [v for v in vocabularies[one.speaker] if any(t in v for t in said)]
            texts = sorted({t for v in those for t in v if self.words.get(t)})
            if not texts:
                continue
            scores = self.scores(corpus, i, model)
            value = dict(zip(texts, word_scores(scores, [self.words[t] for t in texts], self.phones,
                                                self.transitions)))
            for vocabulary in those:
                best = max((t for t in vocabulary if t in value), key=lambda t: value[t])
                results[one.speaker].append(best in said)
        return results


def arguments(description: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("work", type=Path)
    parser.add_argument("net", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def rows(folder: Path, phones: Phones) -> Iterator[tuple[int, Corpus, str, str]]:
    """Number of phrases, sound, model, and how their row of a table begins."""
    for size in (13, 43):
        for sound in sorted(folder.iterdir()):
            corpus = Corpus(sound, phones)
            for model in ("Gaussians", "net"):
                yield size, corpus, model, f"| {size} | {sound.name} | {model} |"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--folder", default="judges")
    given = parser.parse_args()
    bench = Bench(given.work, read(given.net), given)
    print("| phrases | sound | model | right, rejection off | trials | by speaker |")
    print("|---|---|---|---|---|---|")
    for size, corpus, model, row in rows(given.work / given.folder, bench.phones):
        results = bench.right(corpus, size, model)
        every = [r for trials in results.values() for r in trials]
        told = ", ".join(f"{s} {100 * np.mean(trials):.1f} of {len(trials)}"
                         for s, trials in results.items() if trials)
        print(f"{row} {interval(sum(every), len(every))} | {len(every)} | {told} |", flush=True)


if __name__ == "__main__":
    main()
