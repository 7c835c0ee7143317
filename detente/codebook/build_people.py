"""Says which rows of offices.csv are one person, and makes the persons with their names and tenures.

A Wikidata number settles it; rows without one join the person of the same name and country. Namesakes stay apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from rapidfuzz import fuzz

from detente.codebook.build_checks import CONTRADICTED, VERIFIED, mark_checked
from detente.codebook.build_names import Draft
from detente.codebook.build_tenures import (
    SINGLE,
    OfficeRow,
    close_with_successors,
    merge_tenures,
    office_rows,
    plain_role,
)
from detente.codebook.folding import fold_name, slug
from detente.codebook.sources import Sources
from detente.codebook.spelling import Sounds

# Two sources that name the holder of one office from (nearly) the same day mean one person, if the surnames are alike.
_SAME_START = timedelta(days=45)
_ALIKE = 80.0
# And two who hold one office at one time, if their whole names are.
_SPELT_ALIKE = 86.0
# Codes of bodies that have no country: whoever serves them has one of their own.
_NOBODYS = frozenset({"IGO", "NGO", "IMG"})
_CROWNED = re.compile(r"\b(king|queen|emir|amir|sultan|emperor|prince|ruler|grand duke)\b", re.IGNORECASE)
_WOMEN = re.compile(r"\b(queen|princess|first lady|spokeswoman|chairwoman|minister's wife|empress)\b", re.IGNORECASE)
_MEN = re.compile(r"\b(king|spokesman|emir|sultan|prince|pope|first gentleman)\b", re.IGNORECASE)


@dataclass
class _Person:
    key: str
    qid: str | None
    rows: list[OfficeRow] = field(default_factory=list)

    @property
    def names(self) -> Iterable[str]:
        for row in self.rows:
            yield row.person
            yield from row.aliases


class _People:
    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self.by_role: dict[tuple[str, str], list[tuple[OfficeRow, _Person]]] = defaultdict(list)
        self.by_key: dict[str, _Person] = {}
        self.by_name: dict[str, list[_Person]] = defaultdict(list)
        self.by_office: dict[tuple[str, str], list[tuple[OfficeRow, _Person]]] = defaultdict(list)

    def add(self, row: OfficeRow) -> None:
        person = self._of(row)
        person.rows.append(row)
        for name in (row.person, *row.aliases):
            known = self.by_name[fold_name(name)]
            if person not in known:
                known.append(person)
        self.by_office[(row.country, row.role_class)].append((row, person))
        self.by_role[(row.country, plain_role(row.role))].append((row, person))

    def _of(self, row: OfficeRow) -> _Person:
        if row.qid:
            return self.by_key.setdefault(row.qid, _Person(row.qid, row.qid))
        found = self._same_name(row) or self._same_office(row) or self._same_role(row)
        if found is None:
            key = f"{slug(row.person)}-{row.country.lower()}"
            found = self.by_key.setdefault(key, _Person(key, None))
        return found

    def _same_name(self, row: OfficeRow) -> _Person | None:
        named: list[_Person] = []
        for name in (row.person, *row.aliases):
            named.extend(p for p in self.by_name.get(fold_name(name), ()) if p not in named)
        here = [p for p in named if any(r.country == row.country for r in p.rows)]
        office = [p for p in named if any(r.role_class == row.role_class and _overlap(r, row) for r in p.rows)]
        # Who led a country and then a body of states is one person (a full name, and one bearer alone).
        abroad = [p for p in named if row.country in _NOBODYS or all(r.country in _NOBODYS for r in p.rows)]
        for choice in ([p for p in here if p in office], here, office, abroad):
            if len(choice) == 1:
                return choice[0]
        return None

    def _same_role(self, row: OfficeRow) -> _Person | None:
        """Who holds the very same office at the same time under a name spelt nearly so: Maliha and Maleeha Lodhi."""
        own = self._spelled(row.person)
        for other, person in self.by_role[(row.country, plain_role(row.role))]:
            if _overlap(other, row) and fuzz.token_sort_ratio(own, self._spelled(other.person)) >= _SPELT_ALIKE:
                return person
        return None

    def _spelled(self, name: str) -> str:
        return " ".join(self._sounds.spelled(part) for part in fold_name(name).replace("-", " ").split())

    def _same_office(self, row: OfficeRow) -> _Person | None:
        if row.start is None or row.role_class not in {*SINGLE, "io_head"}:
            return None
        parts = fold_name(row.person).split(" ")
        for other, person in self.by_office[(row.country, row.role_class)]:
            others = fold_name(other.person).split(" ")
            near = other.start and abs(other.start - row.start) <= _SAME_START
            if near and fuzz.ratio(parts[-1], others[-1]) >= _ALIKE:
                return person
            # "Salman of Saudi Arabia", "Salman bin Abd al-Aziz Al Saud": kings have no surname to compare.
            crowned = row.role_class == "head_of_state" and _CROWNED.search(f"{row.role} {other.role}")
            if crowned and other.start == row.start and parts[0] == others[0]:
                return person
        return None


def _overlap(one: OfficeRow, two: OfficeRow) -> bool:
    return (one.start or date.min) <= two.seen and (two.start or date.min) <= one.seen


def build_people(sources: Sources) -> list[tuple[Draft, list[OfficeRow]]]:
    """Every person who holds or held an office, with the tenures in the order of their starts."""
    people = _People(Sounds([(old, new) for _, (old, new) in sources.psv_rows("sounds.psv", 2)]))
    # Wikidata first: its numbers tell namesakes apart; then added rows and our own; the Factbook, which abridges
    # names, is last.
    rows = mark_checked(office_rows(sources))
    for row in sorted(rows, key=lambda row: (row.qid is None, -row.trust, row.person, row.start or date.min)):
        people.add(row)
    gender = dict(_stated_genders(sources))
    tenures = {p.key: merge_tenures(p.rows) for p in people.by_key.values()}
    tenures = close_with_successors(tenures)
    return [(_draft(person, gender), tenures[person.key]) for person in people.by_key.values()]


def checks_of(sources: Sources) -> dict[str, list[OfficeRow]]:
    """Our own rows by what Wikidata says of them: verified, contradicted, not told there."""
    found: dict[str, list[OfficeRow]] = {VERIFIED: [], CONTRADICTED: [], "not told there": []}
    for row in mark_checked(office_rows(sources)):
        if row.source == "curated":
            found[row.checked or "not told there"].append(row)
    return found


def _stated_genders(sources: Sources) -> Iterable[tuple[str, str]]:
    for _, (name, gender) in sources.psv_rows("genders.psv", 2):
        yield fold_name(name), gender


def _draft(person: _Person, genders: dict[str, str]) -> Draft:
    countries = Counter(row.country for row in person.rows)
    first = next((row for row in person.rows if row.source == "curated"), person.rows[0])
    # Somebody who led a country and then a body of states is at home in the country.
    national = [country for country, _ in countries.most_common() if country not in _NOBODYS]
    draft = Draft(f"person:{person.key}", first.person, "person", (national or [first.country])[0], (), person.qid)
    draft.source = first.source.split("/")[0]
    draft.gender = next((g for name in person.names if (g := genders.get(fold_name(name)))), None) or _gender(person)
    for row in person.rows:
        draft.add(row.person, "name")
        for alias in row.aliases:
            draft.add(alias, "alias")
            for name in _second_names(row.person, alias):
                draft.add(name, "alias")
    return draft


def _second_names(name: str, full: str) -> Iterable[str]:
    """Many go by their second name: "Daniel Ortega" of "Jose Daniel Ortega Saavedra", "Jose Ortega" in the tables."""
    surname, words = fold_name(name).split(" ")[-1], full.split()
    folded = [fold_name(word) for word in words]
    if len(name.split()) != 2 or surname not in folded[2:]:
        return
    place = folded.index(surname)
    if fold_name(name).split(" ")[0] == folded[0] and place == 2 and len(words[1]) > 3:
        yield f"{words[1]} {words[place]}"


def _gender(person: _Person) -> str | None:
    roles = " ".join(row.role for row in person.rows)
    women, men = bool(_WOMEN.search(roles)), bool(_MEN.search(roles))
    return None if women == men else "f" if women else "m"
