"""Which sides a command on pairs is asked about: codes (`ARM`, "RUS MIL"), countries or groups by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process

from detente.analyse.dyads import Side
from detente.analyse.quotes import Party
from detente.cli.asked import party_meant, refusing
from detente.model.incident import Incident

_NEAR, _ALIKE = 3, 60


def sides_meant(option: str, asked: tuple[str, str], incidents: Iterable[Incident]) -> tuple[Side, Side]:
    """The two sides; wrong usage where one is nobody the incidents name, or both are one."""
    names = Counter(party.name for i in incidents for party in (*i.sources, *i.targets, *i.victims))
    one, other = (_side(option, words, names) for words in asked)
    with refusing(option):
        if one == other:
            raise ValueError(f"{one.label} and {other.label} are one side; give two")
    return one, other


def _side(option: str, asked: str, names: Counter[str]) -> Side:
    party = party_meant(option, asked)
    assert party is not None
    if party.countries or party.sectors:
        return Side(_label(asked, party), party.countries, party.sectors)
    side = Side(asked, name=next((name for name in names if name.casefold() == asked.casefold()), asked))
    with refusing(option):
        if side.name not in names:
            near = [name for name, score, _ in process.extract(asked, list(names), limit=_NEAR) if score >= _ALIKE]
            told = f"; incidents name {', '.join(near)}" if near else ""
            raise ValueError(f"no incident names {asked!r}{told}; a country or its code is known always: ARM")
    return side


def _label(asked: str, party: Party) -> str:
    country = next(iter(party.countries)) if len(party.countries) == 1 else asked
    return " ".join([country, *sorted(party.sectors)]) if len(party.countries) == 1 else asked
