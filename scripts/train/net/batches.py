# SPDX-License-Identifier: GPL-3.0-or-later
"""batches: utterances, changed by chance, laid one after the other for net.py."""
from collections.abc import Iterator, Sequence

import numpy as np
import torch

from corpus import CEPSTRA, Corpus
from net import GAP

IGNORED = -1  # the state of a frame between utterances
MOST_MAP = 0.06
SCALES = (0.8, 1.25)
MASKS, LONGEST_MASK = 2, 12
MOST_NOISE = 0.15
FIRST_HIGH, WITHOUT_HIGH = 8, 0.2  # cepstra that other sources lack; how often they are taken out


def disturb(x: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Normalised cepstra as another throat and another microphone might give them."""
    deviation = chance.uniform(0, MOST_MAP)
    mixed = np.eye(CEPSTRA) + chance.normal(0, deviation, (CEPSTRA, CEPSTRA))
    without_high = not x[:, FIRST_HIGH:].any() or chance.random() < WITHOUT_HIGH
    x = x @ mixed.astype(np.float32) * np.float32(chance.uniform(*SCALES))
    x += chance.normal(0, 1, x.shape).astype(np.float32) * np.float32(chance.uniform(0, MOST_NOISE))
    for _ in range(chance.integers(0, MASKS + 1)):
        length = int(chance.integers(1, LONGEST_MASK + 1))
        at = int(chance.integers(0, max(1, len(x) - length)))
        x[at : at + length] = 0
    if without_high:
        x[:, FIRST_HIGH:] = 0
    return x


def lay(tables: Sequence[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor, list[int]]:
    """One table with gaps, its mask, and the row that each begins at."""
    starts, at = [], GAP
    for table in tables:
        starts.append(at)
        at += len(table) + GAP
    x = np.zeros((at, tables[0].shape[1]), dtype=np.float32)
    mask = np.zeros((at, 1), dtype=np.float32)
    for start, table in zip(starts, tables):
        x[start : start + len(table)] = table
        mask[start : start + len(table)] = 1
    return torch.from_numpy(x), torch.from_numpy(mask), starts


class Batches:
    """Utterances of some corpora, in another order each time; about `frames` in each batch. Of each
    corpus a share, another one each time."""

    def __init__(self, corpora: Sequence[tuple[Corpus, float]], scale: np.ndarray, frames: int):
        self.corpora = [corpus for corpus, _ in corpora]
        self.shares = [share for _, share in corpora]
        self.scale, self.frames = scale, frames
        self.places = [(c, i) for c, corpus in enumerate(self.corpora) for i in range(len(corpus))]

    def count(self) -> int:
        """Of the batches in an epoch, about."""
        total = sum(share * sum(u.frames for u in corpus.utterances)
                    for corpus, share in zip(self.corpora, self.shares))
        return max(1, int(total) // self.frames)

    def epoch(self, seed: list[int], rank: int,
              ranks: int) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
        """The batches of one of `ranks` processes, as many for each of them."""
        order, chance = np.random.default_rng(seed), np.random.default_rng([*seed, rank])
        waiting: list[tuple[Corpus, int]] = []
        group: list[list[tuple[Corpus, int]]] = []
        frames = 0
        for k in order.permutation(len(self.places)):
            c, i = self.places[k]
            corpus = self.corpora[c]
            if self.shares[c] < 1 and order.random() >= self.shares[c]:
                continue
            waiting.append((corpus, i))
            frames += corpus.utterances[i].frames
            if frames >= self.frames:
                group.append(waiting)
                waiting, frames = [], 0
            if len(group) == ranks:
                yield self._batch(group[rank], chance)
                group = []

    def _batch(self, places: list[tuple[Corpus, int]], chance: np.random.Generator):
        x, mask, starts = lay([disturb(c.cepstra(i) * self.scale, chance) for c, i in places])
        states = torch.full((len(x),), IGNORED, dtype=torch.long)
        for start, (corpus, i) in zip(starts, places):
            said = corpus.states(i)
            states[start : start + len(said)] = torch.from_numpy(said)
        return x, mask, states
