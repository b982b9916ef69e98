# SPDX-License-Identifier: GPL-3.0-or-later
"""corpus: folders of cepstra and states (scripts/train/data.h), mapped into memory."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CEPSTRA = 13
STATES = 3  # of a phone


class Phones:
    """Names of phones in the order of a table `phones.tsv`; a phone's states are three in a row."""

    def __init__(self, names: list[str]):
        self.names = names
        self.index = {name: i for i, name in enumerate(names)}

    @classmethod
    def read(cls, folder: Path) -> "Phones":
        lines = (folder / "phones.tsv").read_text().splitlines()[1:]
        names = [line.split("\t")[0] for line in lines]
        for i, line in enumerate(lines):
            if int(line.split("\t")[1]) != i * STATES:
                raise SystemExit(f"unexpected order in {folder}/phones.tsv")
        return cls(names)

    @property
    def states(self) -> int:
        return len(self.names) * STATES

    def states_from(self, other: "Phones") -> np.ndarray:
        """For each state of `other`, ours."""
        first = [self.index[name] * STATES for name in other.names]
        return np.array([f + s for f in first for s in range(STATES)], dtype=np.int64)


@dataclass(frozen=True)
class Utterance:
    first: int
    frames: int
    speaker: str
    text: str


class Corpus:
    """Utterances of one folder. `states` and `scores` are there only where the folder has them."""

    def __init__(self, folder: Path, phones: Phones, without: frozenset[str] = frozenset()):
        self.folder = folder
        self.utterances: list[Utterance] = []
        for line in (folder / "utterances.tsv").read_text().split("\n")[1:]:
            field = line.split("\t")
            if len(field) >= 4 and field[2] not in without:
                self.utterances.append(Utterance(int(field[0]), int(field[1]), field[2], field[3]))
        own = Phones.read(folder)
        self._map = phones.states_from(own)
        self._cepstra = np.memmap(folder / "cepstra.f32", "<f4", "r").reshape(-1, CEPSTRA)
        self._states = self._open("states.u8", "u1")
        scores = self._open("scores.f32", "<f4")
        self._scores = None if scores is None else scores.reshape(-1, own.states)

    def _open(self, name: str, kind: str) -> np.ndarray | None:
        file = self.folder / name
        return np.memmap(file, kind, "r") if file.exists() else None

    def __len__(self) -> int:
        return len(self.utterances)

    def cepstra(self, i: int) -> np.ndarray:
        """Cepstra without the mean of the utterance."""
        rows = self.raw_cepstra(i)
        return rows - rows.mean(axis=0, dtype=np.float64).astype(np.float32)

    def raw_cepstra(self, i: int) -> np.ndarray:
        one = self.utterances[i]
        return np.array(self._cepstra[one.first : one.first + one.frames], dtype=np.float32)

    def states(self, i: int) -> np.ndarray:
        one = self.utterances[i]
        return self._map[self._states[one.first : one.first + one.frames]]

    def scores(self, i: int) -> np.ndarray:
        """The Gaussian model's, in the order of our phones."""
        one = self.utterances[i]
        result = np.full((one.frames, self._map.max() + 1), -1e4, dtype=np.float32)
        result[:, self._map] = self._scores[one.first : one.first + one.frames]
        return result


def read_ways(file: Path, phones: Phones) -> dict[tuple[str, str], list[list[int]]]:
    """Pronunciations by speaker and text, of lines "sound TAB speaker TAB text TAB ways"."""
    ways: dict[tuple[str, str], list[list[int]]] = {}
    for line in file.read_text().splitlines():
        _, speaker, text, said = line.split("\t")[:4]
        ways[speaker, text] = parse_ways(said, phones)
    return ways


def read_words(file: Path, phones: Phones) -> dict[str, list[list[int]]]:
    """Pronunciations by text, of lines "text TAB ways"."""
    words: dict[str, list[list[int]]] = {}
    for line in file.read_text().splitlines():
        text, said = line.split("\t")[:2]
        found = parse_ways(said, phones)
        if found:
            words[text] = found
    return words


def parse_ways(said: str, phones: Phones) -> list[list[int]]:
    result = []
    for way in said.split("|"):
        names = way.split()
        if names and all(name in phones.index for name in names):
            result.append([phones.index[name] for name in names])
    return result
