# SPDX-License-Identifier: GPL-3.0-or-later
"""export: a trained net as the file `net` (stored.py): batch norms folded in, the log prior taken off,
the states of the model's mdef only, in a byte a weight. Says how well the bytes agree with the floats,
and refuses below 99 %. With --example, writes an utterance and its scores too."""
import argparse
import struct
from pathlib import Path

import numpy as np
import torch

from corpus import CEPSTRA, STATES, Corpus, Phones
from net import Net
from stored import Layer, StoredNet, quantised, read, write

LEAST_AGREEMENT = 0.99
MOST_EXAMPLE_FRAMES = 80


def mdef_names(file: Path) -> list[str]:
    """Phones of a text mdef in their order."""
    names = []
    for line in file.read_text().splitlines():
        field = line.split()
        if len(field) >= 9 and field[1:4] == ["-", "-", "-"]:
            if int(field[6]) != len(names) * STATES:
                raise SystemExit(f"unexpected order of states in {file}")
            names.append(field[0])
    return names


def folded(kept: dict, names: list[str]) -> StoredNet:
    """The floats of a checkpoint as a net for the states of these phones."""
    phones = Phones(kept["phones"])
    net = Net(CEPSTRA, phones.states, kept["width"])
    net.load_state_dict(kept["net"])
    net.eval()
    layers = [layer.folded() for layer in net.layers]
    with torch.no_grad():
        wanted = phones.states_from(Phones(names))
        weight = net.last.weight.numpy()[wanted]
        bias = (net.last.bias - kept["log_prior"]).numpy()[wanted]
        layers.append(Layer(weight[:, None], np.ones_like(bias), bias, 1, False))
    return StoredNet(np.zeros(CEPSTRA, dtype=np.float32), kept["scale"], layers)


def agreement(exact: StoredNet, rounded: StoredNet, corpora: list[Corpus]) -> tuple[float, float]:
    """Share of frames whose best state is the same, and the mean difference of scores."""
    same = frames = 0
    difference = 0.0
    for corpus in corpora:
        for i in range(0, len(corpus), max(1, len(corpus) // 100)):
            a, b = exact.scores(corpus.raw_cepstra(i)), rounded.scores(corpus.raw_cepstra(i))
            same += int((a.argmax(1) == b.argmax(1)).sum())
            difference += float(np.abs(a - b).mean()) * len(a)
            frames += len(a)
    return same / frames, difference / frames


def write_example(net: StoredNet, corpus: Corpus, file: Path) -> None:
    """u32 frames, inputs, outputs; f32 cepstra[frame][input], their mean still in them; f32
    scores[frame][output]."""
    i = min(range(len(corpus)), key=lambda k: abs(corpus.utterances[k].frames - MOST_EXAMPLE_FRAMES * 3 // 4))
    cepstra = corpus.raw_cepstra(i)[:MOST_EXAMPLE_FRAMES]
    scores = net.scores(cepstra)
    data = struct.pack("<3I", len(cepstra), cepstra.shape[1], scores.shape[1])
    file.write_bytes(data + cepstra.astype("<f4").tobytes() + scores.astype("<f4").tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("mdef", type=Path, help="text mdef of the model that the net belongs to")
    parser.add_argument("corpora", type=Path, help="folder of folders to compare floats and bytes on")
    parser.add_argument("output", type=Path)
    parser.add_argument("--example", type=Path)
    given = parser.parse_args()
    kept = torch.load(given.checkpoint, weights_only=False)
    exact = folded(kept, mdef_names(given.mdef))
    write(quantised(exact), given.output)
    rounded = read(given.output)
    corpora = [Corpus(f, Phones(kept["phones"])) for f in sorted(given.corpora.iterdir())]
    share, difference = agreement(exact, rounded, corpora)
    print(f"{given.output}: {given.output.stat().st_size} bytes, from {kept.get('label')}; bytes and floats "
          f"agree in {100 * share:.2f} % of the frames, scores differ by {difference:.3f}")
    if share < LEAST_AGREEMENT:
        given.output.unlink()
        raise SystemExit("the bytes are too coarse for this net")
    if given.example:
        write_example(rounded, corpora[0], given.example)


if __name__ == "__main__":
    main()
