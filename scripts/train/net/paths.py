# SPDX-License-Identifier: GPL-3.0-or-later
"""paths: how well words fit: the best path through [silence] phones [silence], many at a time."""
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from corpus import STATES, Phones

NEVER = -1e30


@dataclass
class Transitions:
    """Log of the chance to stay in a state and to go on, by state."""

    stay: torch.Tensor
    move: torch.Tensor

    @classmethod
    def read(cls, folder: Path) -> "Transitions":
        """From transition_matrices of a model with one matrix for each phone (version 1.0, s3)."""
        data = (folder / "transition_matrices").read_bytes()
        at = data.index(b"endhdr\n") + len("endhdr\n") + 4
        phones, states, columns, _ = struct.unpack_from("<4I", data, at)
        rows = np.frombuffer(data, "<f4", phones * states * columns, at + 16)
        rows = rows.reshape(phones, states, columns)
        own = np.stack([rows[:, s, s] for s in range(STATES)], 1).reshape(-1)
        onward = np.stack([rows[:, s, s + 1] for s in range(STATES)], 1).reshape(-1)
        total = own + onward
        return cls(torch.from_numpy(np.log(own / total)), torch.from_numpy(np.log(onward / total)))


class Chains:
    """Pronunciations as rows of states, silences around them."""

    def __init__(self, ways: list[list[int]], silence: int, transitions: Transitions):
        self.length = torch.tensor([(len(way) + 2) * STATES for way in ways])
        longest = int(self.length.max())
        rows = np.zeros((len(ways), longest), dtype=np.int64)
        for row, way in zip(rows, ways):
            states = [p * STATES + s for p in [silence, *way, silence] for s in range(STATES)]
            row[: len(states)] = states
        self.states = torch.from_numpy(rows)
        self.stay = transitions.stay[self.states]
        self.move = transitions.move[self.states]


@torch.no_grad()
def best(scores: torch.Tensor, frames: torch.Tensor, owner: torch.Tensor, chains: Chains):
    """Score of each chain for its owner's utterance, and what is needed to follow its path back.

    scores: [utterance, frame, state]; frames: of each utterance; owner: the utterance of each chain.
    """
    longest = int(frames.max())
    last = (frames[owner] - 1)[:, None]
    place = owner[:, None] * scores.shape[2] + chains.states  # in one frame of all utterances
    column = torch.full(chains.states.shape, NEVER)
    first = torch.take(scores[:, 0].contiguous(), place)
    column[:, 0], column[:, STATES] = first[:, 0], first[:, STATES]
    moved = torch.zeros((longest, *chains.states.shape), dtype=torch.bool)
    left = torch.full_like(column, NEVER)
    shortest = int(frames.min())
    for t in range(1, longest):
        torch.add(column[:, :-1], chains.move[:, :-1], out=left[:, 1:])
        after = column + chains.stay
        torch.gt(left, after, out=moved[t])
        torch.maximum(after, left, out=after)
        after += torch.take(scores[:, t].contiguous(), place)
        column = after if t < shortest else torch.where(t <= last, after, column)
    with_silence = chains.length - 1
    without = with_silence - STATES
    at = torch.stack([with_silence, without], 1)
    ends = column.gather(1, at) + chains.move.gather(1, at)
    value, which = ends.max(1)
    return value, at.gather(1, which[:, None])[:, 0], moved


@torch.no_grad()
def follow(chosen: torch.Tensor, ends: torch.Tensor, moved: torch.Tensor, frames: torch.Tensor,
           chains: Chains) -> torch.Tensor:
    """The state of each frame on the best paths of some chains: [chain, frame]; after the end 0."""
    at = ends[chosen].clone()
    last = frames - 1  # of the owner of each chosen chain
    path = torch.zeros((len(chosen), len(moved)), dtype=torch.long)
    rows = torch.arange(len(chosen))
    for t in range(len(moved) - 1, -1, -1):
        inside = t <= last
        path[:, t] = torch.where(inside, chains.states[chosen, at], 0)
        if t > 0:
            at -= (moved[t, chosen, at] & inside).long()
    return path


def word_scores(scores: np.ndarray, words: list[list[list[int]]], phones: Phones,
                transitions: Transitions) -> np.ndarray:
    """The best way of each word, for one utterance."""
    ways = [way for word in words for way in word]
    chains = Chains(ways, phones.index["SIL"], transitions)
    value, _, _ = best(torch.from_numpy(scores)[None], torch.tensor([len(scores)]),
                       torch.zeros(len(ways), dtype=torch.long), chains)
    first = np.cumsum([0] + [len(word) for word in words])[:-1]
    return np.maximum.reduceat(value.numpy(), first)
