"""The keys under which a report is filed so that reports carrying one text share one: MinHash in bands (LSH).

A report in, keys out (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3). Only importer of rensa.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rensa import RMinHash

from detente.codebook.rarity import Rarity, stem_of
from detente.fuse.copies import Text
from detente.model.report import Report

_SEED = 20
_PERMUTATIONS = 128
# Runs of words: texts that share four in ten land together nearly always, whenever they were published.
_RUN_ROWS = 4
# Within some days two in ten are enough (a text cut short, with paragraphs of its own), or three in ten of the telling
# words, which a text translated twice keeps.
_NEAR_ROWS = 2
_DAYS = 8
_TELLING = 0.6
_LEAST = 4
# Fewer telling words than these tell nothing.
_TOO_FEW = 6


def keys_of(report: Report, text: Text, rarity: Rarity) -> frozenset[str]:
    """The keys of a report."""
    keys = {f"r{band}" for band in _bands((str(run) for run in text.runs), _RUN_ROWS)}
    if report.published is None:
        return frozenset(keys)
    telling = {stem for word in text.words if len(word) >= _LEAST and rarity.weight(stem := stem_of(word)) > _TELLING}
    near = {f"s{band}" for band in _bands((str(run) for run in text.runs), _NEAR_ROWS)}
    if len(telling) >= _TOO_FEW:
        near |= {f"w{band}" for band in _bands(sorted(telling), _NEAR_ROWS)}
    # The bucket before too: two reports within eight days of each other always share one.
    bucket = report.published.toordinal() // _DAYS
    return frozenset(keys | {f"{key}@{day}" for key in near for day in (bucket, bucket - 1)})


def _bands(items: Iterable[str], rows: int) -> Iterator[str]:
    """The signature, cut into bands."""
    listed = list(items)
    if not listed:
        return
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update(listed)
    digest = minhash.digest()
    for at in range(0, _PERMUTATIONS, rows):
        yield f"{at}:" + "-".join(f"{value:x}" for value in digest[at : at + rows])
