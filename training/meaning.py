"""Finds the main directions in which words of news differ, into detente/data/fusing/meaning.npz.

    python training/meaning.py corpus/sentences

The encoder's vectors of the words of our own sentences, their mean taken away, and the directions of greatest spread
(principal components), the widest ones narrowed a little. To be made again when the encoder is; then
`training/fusing.py` too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from detente.codebook.encoder import Encoder
from detente.codebook.meaning import FILE, WIDTH

# Every fourth sentence is enough to find the directions.
EVERY, TOGETHER = 4, 512
# Directions count by their spread to this power less: a quarter told most pairs apart (tried 0, a quarter and a half).
NARROWED = 0.25


def main(folder: Path) -> None:
    """Read, find the directions, and write."""
    files = sorted([*folder.glob("w*.jsonl"), *folder.glob("development*.jsonl")])
    told = {json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()}
    sentences = sorted(told)[::EVERY]
    encoder = Encoder(threads=2)
    groups = [sentences[at : at + TOGETHER] for at in range(0, len(sentences), TOGETHER)]
    vectors = np.concatenate([passage.vectors for group in groups for passage in encoder.read(group)])
    mean = vectors.mean(axis=0)
    spread, directions = np.linalg.eigh(np.cov((vectors - mean).T))
    basis = directions[:, ::-1][:, :WIDTH] * spread[::-1][:WIDTH] ** -NARROWED
    np.savez_compressed(FILE, mean=mean.astype(np.float16), basis=basis.astype(np.float16))
    share = spread[::-1][:WIDTH].sum() / spread.sum()
    print(f"{len(vectors)} pieces of {len(sentences)} sentences; {WIDTH} directions hold {share:.0%} of the spread")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
