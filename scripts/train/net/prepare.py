# SPDX-License-Identifier: GPL-3.0-or-later
"""prepare: sentences that are there as features only (a folder like shared/speech/fr-features, see
its README) as a folder of corpus.py: prepare.py FEATURES TO."""
import sys
from pathlib import Path

import numpy as np

from corpus import CEPSTRA


def main() -> None:
    source, to = Path(sys.argv[1]), Path(sys.argv[2])
    scale_lines = (source / "scales.tsv").read_text().splitlines()[1:]
    scales = np.array([float(line.split("\t")[1]) for line in scale_lines], dtype=np.float32)
    known = len(scales)
    stored = np.memmap(source / "cepstra.i8", "i1", "r").reshape(-1, known)
    to.mkdir(parents=True, exist_ok=True)
    with open(to / "cepstra.f32", "wb") as file:
        for first in range(0, len(stored), 100000):
            block = stored[first : first + 100000]
            cepstra = np.zeros((len(block), CEPSTRA), dtype="<f4")
            cepstra[:, :known] = block * scales
            file.write(cepstra.tobytes())
    (to / "states.u8").write_bytes((source / "states.u8").read_bytes())
    (to / "phones.tsv").write_bytes((source / "phones.tsv").read_bytes())
    with open(to / "utterances.tsv", "w") as file:
        file.write("first\tframes\tspeaker\ttext\n")
        for line in (source / "utterances.tsv").read_text().splitlines()[1:]:
            first, frames, speaker, _, text = line.split("\t")[:5]
            file.write(f"{first}\t{frames}\t{speaker}\t{text.strip()}\n")


if __name__ == "__main__":
    main()
