"""How alike two accounts are in what their words mean: "beekeepers burned in their pickup", "honey farmers died".

Accounts in, the same with the meaning of their words; two meanings in, a likeness between 0 and 1 out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from detente.codebook.meaning import DEEDS, Meaning, MeaningReader, Rows
from detente.model.account import Account

# So likely is the type that an event was coded with.
_CODED = 0.8


def with_meaning(accounts: Sequence[Account], reader: MeaningReader) -> list[Account]:
    """The accounts of one report, each with the meaning of its words."""
    # All of a report in one order, so that the same report gives the same bytes.
    sentences = sorted({account.context for account in accounts})
    number = {sentence: at for at, sentence in enumerate(sentences)}
    asked = [(number[account.context], " ".join(account.words)) for account in accounts]
    kept = reader.read(sentences, asked)
    return [replace(account, meaning=meaning) for account, meaning in zip(accounts, kept, strict=True)]


def alike(one: Meaning | None, other: Meaning | None, clauses: bool = False) -> float:
    """How much of what either tells the other tells too: each word by the one of the other that is nearest to it.

    Words count as they are telling. `clauses`: only the words of the clauses are compared.
    """
    if one is None or other is None:
        return 0.0
    near = one.vectors @ other.vectors.T
    mine, theirs = one.weights, other.weights
    if clauses:
        near, mine, theirs = near[one.inside][:, other.inside], mine[one.inside], theirs[other.inside]
    if not near.size:
        return 0.0
    there = float(near.max(axis=1) @ mine) / float(mine.sum())
    back = float(near.max(axis=0) @ theirs) / float(theirs.sum())
    return round((there + back) / 2, 3)


def deeds_of(type: str, meaning: Meaning | None) -> Rows | None:
    """How likely an account tells a deed of each type: as the encoder finds it in the clause, and as it was coded."""
    if meaning is None:
        return None
    coded = np.array([_CODED if name == type else 0.0 for name in DEEDS], dtype=np.float32)
    return np.maximum(meaning.deeds, coded)
