# SPDX-License-Identifier: GPL-3.0-or-later
"""vocabulary: which words may be taken for each other, and which are near by their phones."""
import numpy as np

NEAREST = 30
LONGEST = 24


def alike(left: list[list[int]], right: list[list[int]]) -> bool:
    """Whether two words have a pronunciation in common."""
    return any(way in right for way in left)


def distances(one: list[int], others: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Edit distances between one string of phones and all rows of `others` (-1 after their end)."""
    count, longest = others.shape
    row = np.tile(np.arange(longest + 1), (count, 1))
    for i, phone in enumerate(one):
        before = row
        row = np.empty_like(before)
        row[:, 0] = i + 1
        change = before[:, :-1] + (others != phone)
        take_out = before[:, 1:] + 1
        nearest = np.minimum(change, take_out)
        for k in range(longest):
            row[:, k + 1] = np.minimum(nearest[:, k], row[:, k] + 1)
    return row[np.arange(count), lengths]


class Vocabulary:
    """Words to compete with, by the first pronunciation of each."""

    def __init__(self, words: dict[str, list[list[int]]]):
        self.texts = sorted(words)
        self.ways = [words[text] for text in self.texts]
        first = [ways[0][:LONGEST] for ways in self.ways]
        self.lengths = np.array([len(way) for way in first])
        self.rows = np.full((len(first), int(self.lengths.max())), -1, dtype=np.int64)
        for row, way in zip(self.rows, first):
            row[: len(way)] = way
        self._near: dict[tuple[int, ...], np.ndarray] = {}

    def near(self, way: list[int]) -> np.ndarray:
        """The NEAREST words to a pronunciation, itself perhaps among them."""
        key = tuple(way[:LONGEST])
        if key not in self._near:
            order = np.argsort(distances(list(key), self.rows, self.lengths), kind="stable")
            self._near[key] = order[: NEAREST + 1]
        return self._near[key]

    def rivals(self, said: list[list[int]], count: int, near: int,
               chance: np.random.Generator) -> list[list[list[int]]]:
        """`count` other words, `near` of them by nearness; a word drawn twice is one."""
        drawn = set(chance.choice(self.near(said[0]), near).tolist() if near else [])
        drawn |= set(chance.integers(0, len(self.texts), count - near).tolist())
        return [self.ways[i] for i in sorted(drawn) if not alike(said, self.ways[i])]
