"""How telling a word is: words that most news hold tell nothing of which happening is meant, names and numbers much.

The table is fixed (data/fusing/rarity.tsv), so that the weight of a word does not hang on what else lies in an archive.
"""

from __future__ import annotations

import math
import re
from functools import cached_property
from pathlib import Path

from detente.codebook.files import DATA, DataError
from detente.codebook.folding import fold_name

FILE = DATA / "fusing" / "rarity.tsv"
STEM = 6
"""Letters of a word by which it is compared: "withdraw", "withdrawal"."""
_TOTAL = re.compile(r"of (\d+) sentences")


class Rarity:
    """The weight of a word between 0 (in every sentence) and 1 (in none of those counted)."""

    def __init__(self, path: Path = FILE) -> None:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise DataError(f"{path}: no such data file; install detente again") from error
        total = _TOTAL.search(lines[0]) if lines else None
        if total is None:
            raise DataError(f"{path}: its first line does not say how many sentences were counted")
        self._total = int(total.group(1))
        self._seen = dict(_row(path, line) for line in lines if line and not line.startswith("#"))

    @cached_property
    def _most(self) -> float:
        return math.log(self._total / 6)

    def weight(self, stem: str) -> float:
        """The weight of a word's beginning, as `stem_of` gives it."""
        seen = self._seen.get(stem)
        return 1.0 if seen is None else min(1.0, math.log(self._total / seen) / self._most)


def stem_of(word: str) -> str:
    """The beginning of a word, folded."""
    return fold_name(word)[:STEM]


def _row(path: Path, line: str) -> tuple[str, int]:
    stem, _, count = line.partition("\t")
    if not count.isdigit():
        raise DataError(f"{path}: {line!r} is no word with a count; install detente again")
    return stem, int(count)
