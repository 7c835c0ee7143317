"""What Wikidata's query service is asked, and how its answer becomes rows of office holders.

Questions as SPARQL and the JSON of an answer in; rows and what is wrong with the others out. Nothing is fetched here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from detente.codebook.build_names import CountryWords
from detente.codebook.sources import Sources

# So many positions are asked for at once: the service ends questions that take it longer than a minute.
BATCH = 40
_QID = re.compile(r"https?://www\.wikidata\.org/entity/(Q\d+)")
_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)T")
_PREFIXES = "# Office holders, asked by detente knowledge refresh\n"
_ANSWER = """SELECT ?person ?personLabel ?position ?iso3 ?start ?end WHERE {
%s
  SERVICE wikibase:label { bd:serviceParam wikibase:language "en". }
}"""
_LEADERS = """  ?country wdt:P298 ?iso3 .
  ?country p:%s ?statement .
  ?statement ps:%s ?person .
  OPTIONAL { ?statement pq:P580 ?start . }
  OPTIONAL { ?statement pq:P582 ?end . }
  FILTER(!BOUND(?end) || ?end >= "2010-01-01T00:00:00Z"^^xsd:dateTime)
  BIND("%s" AS ?position)"""
_HOLDERS = """  VALUES ?position { %s }
  ?office rdfs:label ?position .
  ?person p:P39 ?statement .
  ?statement ps:P39 ?office .
  OPTIONAL { ?statement pq:P580 ?start . }
  OPTIONAL { ?statement pq:P582 ?end . }
  FILTER(!BOUND(?end) || ?end >= "2010-01-01T00:00:00Z"^^xsd:dateTime)"""
# Leaders whom Wikidata keeps at the country itself: the property, and the class of office that it tells.
LEADERS = {"P35": "head_of_state", "P6": "head_of_government"}


class HalfAnswer(ValueError):
    """An answer that is cut short, malformed or empty; the message says how."""


@dataclass(frozen=True, slots=True)
class Position:
    """An office of the fixed list, by its English label on Wikidata."""

    label: str
    country: str
    role: str
    role_class: str
    sector: str


@dataclass(frozen=True, slots=True, order=True)
class SnapshotRow:
    """One office holder of a snapshot; the columns of offices.csv."""

    person: str
    qid: str
    aliases: str
    country: str
    role: str
    role_class: str
    sector: str
    start: str
    end: str
    end_kind: str
    source: str


COLUMNS = tuple(field.name for field in fields(SnapshotRow))


def positions(sources: Sources, countries: Iterable[CountryWords]) -> list[Position]:
    """The fixed list of positions that are asked for; a pattern with {of} stands for one in each country."""
    countries = list(countries)
    listed: list[Position] = []
    for _, (label, country, role, role_class, sector) in sources.psv_rows("positions.psv", 5):
        for words in countries if country == "*" else ():
            filled = label.format(of=words.of.removeprefix("of "))
            listed.append(Position(filled, words.iso3, role, role_class, sector))
        if country != "*":
            listed.append(Position(label, country, role, role_class, sector))
    return listed


def questions(listed: Sequence[Position]) -> Iterator[str]:
    """All questions: the leaders of countries, then the holders of the listed positions, some at a time."""
    for number, role_class in LEADERS.items():
        yield _PREFIXES + _ANSWER % (_LEADERS % (number, number, role_class))
    for at in range(0, len(listed), BATCH):
        labels = " ".join(f'"{_escaped(position.label)}"@en' for position in listed[at : at + BATCH])
        yield _PREFIXES + _ANSWER % (_HOLDERS % labels)


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"')


def answer_rows(text: str, listed: Sequence[Position], day: date) -> tuple[list[SnapshotRow], list[str]]:
    """The rows of one answer, and a line for each that cannot be used; HalfAnswer where it is no whole answer."""
    by_label = {position.label: position for position in listed}
    rows: list[SnapshotRow] = []
    problems: list[str] = []
    for number, binding in enumerate(_bindings(text), start=1):
        try:
            rows.append(_row(binding, by_label, day))
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"row {number}: {error if isinstance(error, ValueError) else f'lacks {error}'}")
    return rows, problems


def _bindings(text: str) -> list[Mapping[str, Any]]:
    try:
        bindings = json.loads(text)["results"]["bindings"]
    except json.JSONDecodeError as error:
        raise HalfAnswer(f"the answer is no whole JSON (it breaks off at character {error.pos})") from error
    except (KeyError, TypeError) as error:
        raise HalfAnswer("the answer has no results.bindings") from error
    if not isinstance(bindings, list):
        raise HalfAnswer("results.bindings is no list")
    return bindings


def _row(binding: Mapping[str, Any], by_label: Mapping[str, Position], day: date) -> SnapshotRow:
    """One holder; ValueError or KeyError with what is wrong."""
    qid = _QID.fullmatch(str(binding["person"]["value"]))
    name = str(binding["personLabel"]["value"]).strip()
    if qid is None or not name or re.fullmatch(r"Q\d+", name):
        raise ValueError(f"{binding['person']['value']!r} is no person with an English name")
    office = _office(str(binding["position"]["value"]), binding, by_label)
    start, end = _day(binding, "start"), _day(binding, "end")
    if start and end and end < start:
        raise ValueError(f"{name} ends ({end}) before the start ({start})")
    return SnapshotRow(
        person=name,
        qid=qid.group(1),
        aliases="",
        country=office.country,
        role=office.role,
        role_class=office.role_class,
        sector=office.sector,
        start=start,
        end=end,
        end_kind="stated" if end else f"open at {day}",
        source=f"wikidata/{day}",
    )


def _office(label: str, binding: Mapping[str, Any], by_label: Mapping[str, Position]) -> Position:
    if label in LEADERS.values():
        country = str(binding["iso3"]["value"])
        if not re.fullmatch(r"[A-Z]{3}", country):
            raise ValueError(f"{country!r} is no country code")
        # A president may head state and government: the office's own words are those of other rows.
        return Position(label, country, label.replace("_", " "), label, "GOV")
    if label not in by_label:
        raise ValueError(f"{label!r} was not asked for")
    return by_label[label]


def _day(binding: Mapping[str, Any], name: str) -> str:
    """The day of a time value, empty where none is given; ValueError where it is no day of our era."""
    if name not in binding:
        return ""
    value = str(binding[name]["value"])
    found = _DAY.match(value)
    if found is None or value.startswith("-"):
        raise ValueError(f"{value!r} is no day")
    return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
