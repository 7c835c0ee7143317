"""How well the knowledge answers: lists of people, organisations, places and dates, asked as an analyst would.

Lists (bench/gold/lists/SET) in, shares of right, wrong and unknown answers out. `python bench/lists.py development`
also prints what was not right; the unseen set is only ever counted.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz

from detente.codebook.folding import fold_name
from detente.codebook.language import load_language
from detente.codebook.times import load_times
from detente.codebook.whoswho import WhosWho
from detente.model.answers import Answer, KnownActor
from detente.model.place import Place
from detente.model.report import Report
from detente.pipeline import Reader
from detente.resolve.asked_when import ask_when
from detente.resolve.asked_who import ask_who

LISTS = Path(__file__).resolve().parent / "gold" / "lists"
# The share of right answers that each list is to reach, and the share of wrong ones that none may pass.
BARS = {"people": 0.90, "organisations": 0.90, "places: country": 0.95, "places: within 161 km": 0.88, "dates": 0.90}
WRONG_BAR = 0.05
# The distance within which geoparsing counts a point as right (100 miles).
NEAR_KM = 161.0
_EARTH_KM = 6371.0
# A country's own associations are civil society to PLOVER.
_SECTORS = {"NGO": "SOC"}
_SAME_NAME, _SAME_OFFICE = 75.0, 85.0
_FILLERS = frozenset({"the", "of", "for", "and", "a", "affairs", "to", "in"})
# Wordings that any office of a class may go by.
_CLASSES = {"opposition leader": "opposition", "spokesm": "spokesperson", "spokesp": "spokesperson"}
_CLASSES |= {"spokesw": "spokesperson", "rebel leader": "armed_group_leader", "commander": "armed_group_leader"}
_SPELLINGS = {"defense": "defence", "advisor": "adviser", "spokeswoman": "spokesman", "spokesperson": "spokesman"}
_SPELLINGS |= {"chairperson": "chairman", "chairwoman": "chairman", "premier": "prime minister", "chair": "chairman"}
_SPELLINGS |= {"directorgeneral": "director general", "secretarygeneral": "secretary general"}


@dataclass
class Tally:
    """How many answers of a list were right, wrong, or not given, and the words of those that were not right."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0
    notes: tuple[str, ...] = ()

    @property
    def of(self) -> int:
        return self.right + self.wrong + self.unknown

    def count(self, outcome: str, note: str) -> None:
        """Adds one answer: right, wrong or unknown."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome != "right":
            self.notes += (f"{outcome}: {note}",)


@dataclass(frozen=True)
class ListSet:
    """The lists that floors are set on."""

    name: str
    folder: str

    def digest(self) -> str:
        """A hash of all its lists: other lists, other figures."""
        total = hashlib.sha256()
        for file in sorted((LISTS / self.folder).iterdir()):
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return total.hexdigest()

    def figures(self) -> dict[str, float]:
        """The share of right answers of each list."""
        return {title: tally.right / tally.of for title, tally in measure(self.folder).items()}


KNOWLEDGE_LISTS = ListSet("lists", "development")


def measure(name: str) -> dict[str, Tally]:
    """All lists of a set, each with its tally."""
    folder = LISTS / name
    tallies: dict[str, Tally] = {}
    with WhosWho.open() as whoswho:
        language = load_language()

        def ask(row: dict[str, str]) -> Answer[KnownActor]:
            return ask_who(row["query"], date.fromisoformat(row["on"]), whoswho, language)

        tallies["people"] = _actors(_rows(folder / "people.csv"), ask, _person, whoswho)
        tallies["organisations"] = _actors(_rows(folder / "organisations.csv"), ask, _organisation, whoswho)
    tallies["dates"] = _dates(_rows(folder / "dates.csv"))
    return tallies | _places(folder)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


_Judge = Callable[[dict[str, str], KnownActor, WhosWho], str]


def _actors(
    rows: list[dict[str, str]], ask: Callable[[dict[str, str]], Answer[KnownActor]], judge: _Judge, whoswho: WhosWho
) -> Tally:
    tally = Tally()
    for row in rows:
        answer = ask(row)
        known = answer.answer
        outcome = "unknown" if known is None else judge(row, known, whoswho)
        told = f"{known.name}, {known.code}, {known.office}" if known else answer.why
        wanted = ", ".join(row[key] for key in ("name", "country", "sector", "office") if row.get(key))
        tally.count(outcome, f"{row['query']} on {row['on']}: wanted {wanted}; told {told}")
    return tally


def _person(row: dict[str, str], known: KnownActor, whoswho: WhosWho) -> str:
    """Right when person, country and office are; an office not given is not known, another is wrong."""
    if not _same_name(row["name"], known, whoswho) or known.country != row["country"]:
        return "wrong"
    if row["office"] and known.office is None:
        return "unknown"
    wanted = [office for office in row["office"].split("|") if office]
    if not wanted:
        return "right" if known.office is None else "wrong"
    classes = {t.role_class for t in whoswho.tenures(known.id) if t.start == known.since}
    same = any(_same_office(office, known.office or "") or _class_told(office) & classes for office in wanted)
    return "right" if same else "wrong"


def _class_told(office: str) -> set[str]:
    """The class of office that an accepted wording names: "military spokesman" and "spokesman of the army" are one."""
    words = " ".join(re.findall(r"[^\W_]+", office.lower()))
    return {role_class for word, role_class in _CLASSES.items() if word in words}


def _organisation(row: dict[str, str], known: KnownActor, whoswho: WhosWho) -> str:
    """Right when country and sector are; an acronym that stands in the tables need not be written out there."""
    same = known.id in whoswho.lookup(row["query"]) or _same_name(row["name"], known, whoswho)
    sector = _SECTORS.get(row["sector"], row["sector"])
    right = same and known.country == row["country"] and (not sector or sector in known.sectors)
    return "right" if right else "wrong"


def _same_name(wanted: str, known: KnownActor, whoswho: WhosWho) -> bool:
    if known.id in whoswho.lookup(wanted):
        return True
    return fuzz.token_set_ratio(fold_name(wanted), fold_name(known.name)) >= _SAME_NAME


def _same_office(wanted: str, told: str) -> bool:
    one, two = _words(wanted), _words(told)
    return one <= two or fuzz.token_set_ratio(" ".join(sorted(one)), " ".join(sorted(two))) >= _SAME_OFFICE


def _words(office: str) -> set[str]:
    words = re.findall(r"[^\W_]+", office.lower().replace("secretary-general", "secretary general"))
    return {part for word in words for part in _SPELLINGS.get(word, word).split()} - _FILLERS


def _dates(rows: list[dict[str, str]]) -> Tally:
    tally, words = Tally(), load_times()
    for row in rows:
        answer = ask_when(row["expression"], date.fromisoformat(row["published"]), words).answer
        told = (_day(answer.when.first), _day(answer.when.last)) if answer else ("", "")
        right = told == (row["first"], row["last"])
        outcome = "right" if right else "wrong" if any(told) else "unknown"
        note = (
            f"{row['expression']} on {row['published']}: wanted {row['first']}..{row['last']}; told {'..'.join(told)}"
        )
        tally.count(outcome, note)
    return tally


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _places(folder: Path) -> dict[str, Tally]:
    """Places read out of their sentences: country and point of the place found at the name; and what is no place."""
    country, near, none = Tally(), Tally(), Tally()
    with ExitStack() as stack:
        reader = stack.enter_context(Reader())
        for line in _lines(folder / "places.jsonl"):
            place = _place_at(reader, line, line["name"])
            note = f"{line['name']}: {line['sentence']} wanted {line['country']} told {place}"
            country.count(_country(line, place), note)
            near.count(_near(line, place), note)
        for line in _lines(folder / "not_places.jsonl"):
            place = _place_at(reader, line, line["words"])
            none.count("right" if place is None else "wrong", f"{line['words']}: {line['sentence']}")
    return {"places: country": country, "places: within 161 km": near, "no places": none}


def _lines(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _place_at(reader: Reader, line: dict[str, str], name: str) -> Place | None:
    coded = reader.read(Report(line["sentence"], published=date.fromisoformat(line["published"])))
    at = line["sentence"].index(name)
    over = [p for p in coded.places if p.span.start < at + len(name) and at < p.span.end]
    return min(over, key=lambda p: (abs(p.span.start - at), -len(p.span)), default=None)


def _country(line: dict[str, str], place: Place | None) -> str:
    if place is None or (place.country is None and place.resolution is None):
        return "unknown"
    return "right" if place.country == line["country"] else "wrong"


def _near(line: dict[str, str], place: Place | None) -> str:
    if place is None or place.latitude is None or place.longitude is None:
        return "unknown"
    there = (float(line["latitude"]), float(line["longitude"]))
    return "right" if _kilometres((place.latitude, place.longitude), there) <= NEAR_KM else "wrong"


def _kilometres(one: tuple[float, float], two: tuple[float, float]) -> float:
    """The great circle distance between two points in degrees."""
    (a, b), (c, d) = (tuple(map(math.radians, point)) for point in (one, two))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def main(name: str) -> None:
    """Print the shares of a set; for the development set also what was not right."""
    for title, tally in measure(name).items():
        print(f"{title}: {tally.right}/{tally.of} right, {tally.wrong} wrong, {tally.unknown} unknown")
        for note in tally.notes if name == "development" else ():
            print("   ", note)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "development")
