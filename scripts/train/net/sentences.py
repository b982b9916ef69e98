# SPDX-License-Identifier: GPL-3.0-or-later
"""sentences: words cut out of read sentences, to be found among others: real people, their own microphones,
but no pauses around the words, so that these figures are lower than those of words said alone.

The folder `read` of a work folder is laid out by scripts/train-net; its texts are words divided by "|". Where
the words are is found by the Gaussian model in the sound as it is, for both models alike."""
import numpy as np
import torch

from corpus import STATES, Corpus, Phones
from judge import Bench, arguments, interval, rows
from paths import Chains, Transitions, best, follow, word_scores
from stored import read

LEAST_PHONES = 4


def cut(corpus: Corpus, i: int, ways: list[list[list[int]]], phones: Phones,
        transitions: Transitions) -> list[tuple[int, int]]:
    """First frame and end of each word, as the first of its ways."""
    scores = torch.from_numpy(corpus.scores(i))[None]
    chains = Chains([[p for word in ways for p in word[0]]], phones.index["SIL"], transitions)
    frames = torch.tensor([scores.shape[1]])
    _, ends, moved = best(scores, frames, torch.tensor([0]), chains)
    # Which place of the chain, not which state: a phone may come several times.
    places = Chains.__new__(Chains)
    places.states = torch.arange(chains.states.shape[1])[None]
    path = follow(torch.tensor([0]), ends, moved, frames, places)[0].numpy()
    found = []
    at = STATES  # behind the first silence
    for word in ways:
        length = len(word[0]) * STATES
        inside = np.flatnonzero((path >= at) & (path < at + length))
        found.append((int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0))
        at += length
    return found


def main() -> None:
    given = arguments(__doc__).parse_args()
    bench = Bench(given.work, read(given.net), given)
    clean = Corpus(given.work / "read" / "clean", bench.phones)
    texts = sorted({t for u in clean.utterances for t in u.text.split("|")
                    if bench.words.get(t) and len(bench.words[t][0]) >= LEAST_PHONES})
    cuts = {(u.speaker, u.text): cut(clean, i, [bench.words[t] for t in u.text.split("|")], bench.phones,
                                     bench.transitions) for i, u in enumerate(clean.utterances)}
    print("| phrases | sound | model | right, rejection off | words | people |")
    print("|---|---|---|---|---|---|")
    for size, corpus, model, row in rows(given.work / "read", bench.phones):
        chance = np.random.default_rng(given.seed)
        right = count = 0
        for i, one in enumerate(corpus.utterances):
            scores = bench.scores(corpus, i, model)
            for text, (first, end) in zip(one.text.split("|"), cuts[one.speaker, one.text]):
                if text not in texts or end - first < 3 * len(bench.words[text][0]):
                    continue
                others = [t for t in texts if t != text]
                value = word_scores(np.ascontiguousarray(scores[first:end]), [bench.words[t] for t in [text, *others]],
                                    bench.phones, bench.transitions)
                for _ in range(given.rounds):
                    rivals = 1 + chance.choice(len(others), size - 1, replace=False)
                    right += int(value[rivals].max() < value[0])
                    count += 1
        words = count // given.rounds
        print(f"{row} {interval(right * words // max(1, count), words)} | {words} | "
              f"{len({u.speaker for u in corpus.utterances})} |", flush=True)


if __name__ == "__main__":
    main()
