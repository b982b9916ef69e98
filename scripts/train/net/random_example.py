# SPDX-License-Identifier: GPL-3.0-or-later
"""random_example: what tests/test_acoustic_net.c compares the program's own reader with: a small net of random
numbers, as stored.py writes it, and an utterance of random cepstra with the scores that stored.py gives it, in the
form of export.py's --example. Always the same."""
import struct
import sys
from pathlib import Path

import numpy as np

from stored import Layer, StoredNet, quantised, read, write

INPUTS, OUTPUTS, WIDTH, FRAMES = 13, 108, 16, 58
LAYERS = ((5, 1), (3, 2), (3, 3), (3, 3), (1, 1), (1, 1))  # frames, and how far apart


def random_net(chance: np.random.Generator) -> StoredNet:
    layers, inputs = [], INPUTS
    for i, (width, dilation) in enumerate(LAYERS):
        last = i + 1 == len(LAYERS)
        outputs = OUTPUTS if last else WIDTH
        weight = chance.normal(0, (3 if last else 1.5) / np.sqrt(width * inputs), (outputs, width, inputs))
        bias = chance.normal(0, 0.3, outputs).astype(np.float32)
        layers.append(Layer(weight.astype(np.float32), np.ones_like(bias), bias, dilation, not last))
        inputs = outputs
    mean = chance.normal(0, 0.1, INPUTS).astype(np.float32)
    scale = chance.uniform(0.05, 0.2, INPUTS).astype(np.float32)
    return StoredNet(mean, scale, layers)


def main() -> None:
    folder = Path(sys.argv[1])
    chance = np.random.default_rng(1)
    write(quantised(random_net(chance)), folder / "net")
    walk = np.cumsum(chance.normal(0, 2.5, (FRAMES, INPUTS)), axis=0)
    cepstra = (walk + chance.normal(0, 4, INPUTS)).astype(np.float32)
    scores = read(folder / "net").scores(cepstra)
    data = struct.pack("<3I", FRAMES, INPUTS, OUTPUTS)
    (folder / "example").write_bytes(data + cepstra.astype("<f4").tobytes() + scores.astype("<f4").tobytes())


if __name__ == "__main__":
    main()
