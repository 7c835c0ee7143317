"""Codes and names of actors that hold from a day to a day, and names that several bear: codes.psv, dated_names.psv,
usual_bearers.psv.

Takes the actors made from the other tables; gives rows of the knowledge file. Rows that name nobody, bear no date or
contradict another row are set aside with file and line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from detente.codebook.actors import ADDED, Code
from detente.codebook.build_names import Draft
from detente.codebook.dates import day_told
from detente.codebook.folding import fold_name
from detente.codebook.sources import Sources, several

_CODES, _NAMES, _USUAL = "codes.psv", "dated_names.psv", "usual_bearers.psv"
# The columns of countries.csv that are a scheme's code of the country.
_SCHEMES = {"iso2": "ISO2", "iso_numeric": "ISON", "gec": "GEC", "cow": "COW", "cameo": "CAMEO"}
_HOW = frozenset({"official", "alias", "former", "transliteration"})


class ByName:
    """The actors that are no persons, by their usual name first, then by any name that one alone bears."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._main: dict[str, list[Draft]] = defaultdict(list)
        self._any: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self._main[fold_name(draft.name)].append(draft)
            for folded in {fold_name(name) for name in draft.names}:
                self._any[folded].append(draft)

    def one(self, name: str) -> Draft:
        """The one actor of that name; ValueError where there is none, or more than one."""
        folded = fold_name(name)
        found = self._main.get(folded) or self._any.get(folded, [])
        if len(found) != 1:
            raise ValueError(f"{len(found) or 'no'} actors are called {name!r}; write the usual name of one")
        return found[0]


def build_codes(sources: Sources, drafts: Sequence[Draft]) -> list[Code]:
    """The codes of the table, and those of the countries by other schemes than PLOVER's."""
    actors = ByName(drafts)
    codes: dict[tuple[str, str], list[Code]] = defaultdict(list)
    told = [(_CODES, line, fields) for line, fields in sources.psv_rows(_CODES, 7)]
    for file, line, fields in [*_added(sources), *told]:
        try:
            code = _code(fields, actors)
            _check(code, codes[(code.entity, code.scheme)])
        except ValueError as error:
            sources.set_aside(file, line, str(error))
            continue
        codes[(code.entity, code.scheme)].append(code)
    return [*(code for group in codes.values() for code in group), *_of_countries(sources)]


def _added(sources: Sources) -> Iterable[tuple[str, int, list[str]]]:
    """The sides of bodies that the user has added with days."""
    for row in sources.own_rows():
        if row.kind in ("group", "organisation") and (row.start or row.end):
            fields = [row.name, "PLOVER", row.country, ";".join(row.sectors), row.start, row.end, row.source]
            yield row.file, row.line, fields


def _code(fields: Sequence[str], actors: ByName) -> Code:
    name, scheme, country, sectors, start, end, _note = fields
    first, last = day_told(start, last=False), day_told(end, last=True)
    if first and last and last < first:
        raise ValueError(f"{name} ends before it starts")
    return Code(actors.one(name).id, scheme, country or None, tuple(several(sectors)), first, last)


def _check(code: Code, others: Iterable[Code]) -> None:
    for other in others:
        apart = (code.end or date.max) < (other.start or date.min) or (other.end or date.max) < (code.start or date.min)
        if not apart:
            raise ValueError(f"{code.entity} has two {code.scheme} codes at one time")


def _of_countries(sources: Sources) -> Iterable[Code]:
    for _, row in sources.csv_rows("countries.csv"):
        for column, scheme in _SCHEMES.items():
            if row[column]:
                yield Code(f"country:{row['iso3']}", scheme, row[column], (), None, None)


def add_dated_names(sources: Sources, drafts: Sequence[Draft]) -> None:
    """Gives the actors their names of a time, with the days."""
    actors = ByName(drafts)
    for line, (name, other, how, start, end) in sources.psv_rows(_NAMES, 5):
        try:
            if how not in _HOW:
                raise ValueError(f"{how!r} is none of {', '.join(sorted(_HOW))}")
            actors.one(name).add_dated(other, how, day_told(start, last=False), day_told(end, last=True))
        except ValueError as error:
            sources.set_aside(_NAMES, line, str(error))


def mark_usual_bearers(sources: Sources, drafts: Sequence[Draft]) -> None:
    """Where several bear one name, marks it as shared for all but the one who is usually meant."""
    actors = ByName(drafts)
    for line, (name, bearer) in sources.psv_rows(_USUAL, 2):
        folded = fold_name(name)
        try:
            usual = actors.one(bearer)
        except ValueError as error:
            sources.set_aside(_USUAL, line, str(error))
            continue
        bearers = [draft for draft in drafts if folded in map(fold_name, draft.names)]
        if usual not in bearers or len(bearers) < 2:
            sources.set_aside(_USUAL, line, f"{name!r} is not a name that {bearer} shares with another")
        for draft in bearers if usual in bearers else ():
            if draft is not usual:
                _share(draft, folded)
    _prefer_added(drafts)


def _prefer_added(drafts: Sequence[Draft]) -> None:
    """A name that the user has given to an actor means that one first."""
    added = [draft for draft in drafts if draft.source == ADDED]
    names = {fold_name(name) for draft in added for name in draft.names}
    for draft in drafts if names else ():
        for folded in names & set(map(fold_name, draft.names)) if draft not in added else ():
            _share(draft, folded)


def _share(draft: Draft, folded: str) -> None:
    draft.names.update({surface: "shared" for surface in draft.names if fold_name(surface) == folded})
