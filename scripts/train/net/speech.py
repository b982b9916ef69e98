# SPDX-License-Identifier: GPL-3.0-or-later
"""speech: the net that says whether an utterance is speech at all (src/listen/speech_detector.h): a number a
frame, its mean the logarithm of how much likelier speech is than another sound. Trained on the draws of
scripts/train-net and those of sounds (scripts/train-speech-net); a fifth of the speakers is left out to find
where next to no speech lies below, which becomes 0. With --leave-out, sources of sounds that are left out
too, and what is told is how many of their utterances lie below."""
import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from batches import disturb, lay
from corpus import CEPSTRA, Corpus, Phones
from net import TimeLayer
from stored import Layer, StoredNet, quantised, write

LAYERS = ((5, 1), (3, 2), (3, 3), (1, 1))  # frames, and how far apart: 0.15 s in all
EVEN = 0.7  # a source with n utterances is drawn in proportion to n to this power
SHORTENED = 0.4  # how often an utterance loses what is in its middle,
SHORT = (12, 60)  # down to so many frames between its
EDGE = 20  # first and last ones: a vowel alone is speech too
RATE = 4e-3
SMOOTHING = 0.02
LOST = 0.02  # of the speech left out, in all the places of its draws, what may lie below 0


class SpeechNet(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        sizes = [CEPSTRA] + [width] * len(LAYERS)
        self.layers = nn.ModuleList(TimeLayer(sizes[i], width, frames, apart, 0.2)
                                    for i, (frames, apart) in enumerate(LAYERS))
        self.last = nn.Linear(width, 1)

    def forward(self, tables: list[np.ndarray]) -> torch.Tensor:
        """The mean of each of these utterances."""
        x, mask, starts = lay(tables)
        for layer in self.layers:
            x = layer(x, mask)
        odds = self.last(x)[:, 0]
        return torch.stack([odds[start : start + len(table)].mean() for start, table in zip(starts, tables)])


def without_mean(table: np.ndarray) -> np.ndarray:
    return table - table.mean(0, dtype=np.float64).astype(np.float32)


def shortened(table: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    length = int(chance.integers(*SHORT))
    if chance.random() >= SHORTENED or len(table) < length + 2 * EDGE:
        return table
    at = int(chance.integers(EDGE, len(table) - EDGE - length + 1))
    return np.concatenate([table[:EDGE], table[at : at + length], table[-EDGE:]])


class Drawn:
    """Utterances by their speaker or source, their mean still in them."""

    def __init__(self, folders: list[Path]):
        self.by_source: dict[str, list[np.ndarray]] = defaultdict(list)
        for folder in folders:
            corpus = Corpus(folder, Phones.read(folder))
            for i, one in enumerate(corpus.utterances):
                self.by_source[one.speaker].append(corpus.raw_cepstra(i))

    def without(self, names: set[str]) -> "Drawn":
        return self._only(lambda name: name not in names)

    def only(self, names: set[str]) -> "Drawn":
        return self._only(lambda name: name in names)

    def _only(self, wanted) -> "Drawn":
        other = Drawn([])
        other.by_source.update((name, of) for name, of in self.by_source.items() if wanted(name))
        return other

    def all(self) -> list[np.ndarray]:
        return [table for of in self.by_source.values() for table in of]

    def pick(self, count: int, chance: np.random.Generator) -> list[np.ndarray]:
        names = list(self.by_source)
        share = np.array([len(self.by_source[name]) ** EVEN for name in names])
        picked = chance.choice(len(names), count, p=share / share.sum())
        return [of[chance.integers(len(of))] for of in (self.by_source[names[i]] for i in picked)]


def train(speech: Drawn, sounds: Drawn, scale: np.ndarray, given: argparse.Namespace) -> SpeechNet:
    chance = np.random.default_rng(given.seed)
    torch.manual_seed(given.seed)
    net = SpeechNet(given.width)
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=given.steps)
    half = 32
    wanted = torch.cat([torch.full((half,), 1 - SMOOTHING), torch.full((half,), SMOOTHING)])
    for step in range(given.steps):
        tables = speech.pick(half, chance) + sounds.pick(half, chance)
        odds = net([disturb(without_mean(shortened(table, chance)) * scale, chance) for table in tables])
        loss = F.binary_cross_entropy_with_logits(odds, wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        cycle.step()
        if step % 500 == 499:
            print(f"  step {step + 1}: {loss.item():.3f}", flush=True)
    return net.eval()


@torch.no_grad()
def odds_of(net: SpeechNet, drawn: Drawn, scale: np.ndarray) -> np.ndarray:
    tables = [without_mean(table) * scale for table in drawn.all()]
    return np.concatenate([net(tables[i : i + 64]).numpy() for i in range(0, len(tables), 64)])


@torch.no_grad()
def folded(net: SpeechNet, scale: np.ndarray, zero: float) -> StoredNet:
    layers = [layer.folded() for layer in net.layers]
    bias = net.last.bias.numpy() - np.float32(zero)
    layers.append(Layer(net.last.weight.numpy()[:, None], np.ones_like(bias), bias, 1, False))
    return StoredNet(np.zeros(CEPSTRA, dtype=np.float32), scale, layers)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="the folder of scripts/train-net, with draws/sounds-*")
    parser.add_argument("output", type=Path)
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--steps", type=int, default=3200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leave-out", default="", help="sources of sounds, with blanks between")
    return parser.parse_args()


def main() -> None:
    given = options()
    torch.set_num_threads(1)
    draws = given.work / "draws"
    speech = Drawn(sorted(draws.glob("recorded-*")) + sorted(draws.glob("voices-*")))
    sounds = Drawn(sorted(draws.glob("sounds-*")))
    people = sorted(speech.by_source)
    unheard = set(people[::5])
    left_out = set(given.leave_out.split())
    scale = (1 / np.concatenate([without_mean(table) for table in speech.all()]).std(0)).astype(np.float32)
    net = train(speech.without(unheard), sounds.without(left_out), scale, given)
    kept = odds_of(net, speech.only(unheard), scale)
    zero = float(np.quantile(kept, LOST))
    for what, drawn in (("trained on", sounds.without(left_out)), ("left out", sounds.only(left_out))):
        if drawn.by_source:
            odds = odds_of(net, drawn, scale)
            below = " / ".join(f"{100 * (odds < np.quantile(kept, q)).mean():.0f}" for q in (0.01, LOST, 0.1))
            print(f"sounds {what}: {below} % of {len(odds)} below 1 / {100 * LOST:.0f} / 10 % of {len(kept)} draws "
                  f"of {len(unheard)} speakers left out")
    write(quantised(folded(net, scale, zero)), given.output)


if __name__ == "__main__":
    main()
