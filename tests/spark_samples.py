"""Invented reports of a small war, and a coder that reads them without a parser.

A module of its own at the top, because Spark's workers import it by its name.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

from detente.bulk.batch import Coder
from detente.model.coded import CodedReport, Versions
from detente.model.event import Coding, Count, Event, Size
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.report import Report
from detente.model.span import Span
from detente.model.when import When

VERSIONS = Versions("0.1.0", "test parser", "2024-05-01")
_TYPES = {
    ("ASSAULT", "194", -9.0): ("shelled", "raided", "bombed", "struck"),
    ("COERCE", "191", -7.2): ("blocked", "sealed", "searched", "seized"),
    ("AID", "073", 6.4): ("supplied", "rebuilt", "lit", "fed"),
    ("CONSULT", "042", 1.9): ("visited", "toured", "inspected"),
    ("PROTEST", "141", -6.5): ("picketed", "encircled", "occupied"),
}
_DEEDS = {verb: type for type, verbs in _TYPES.items() for verb in verbs}
_COUNTRIES = {
    "Norway": "NOR",
    "Chile": "CHL",
    "Kenya": "KEN",
    "Peru": "PER",
    "Japan": "JPN",
    "Oman": "OMN",
    "Ghana": "GHA",
    "Nepal": "NPL",
    "Malta": "MLT",
    "Fiji": "FJI",
    "Latvia": "LVA",
    "Qatar": "QAT",
}
_TOWNS = (
    *("Aldova", "Brenn", "Corvin", "Dravik", "Estmark", "Fallen", "Gorlitsa", "Hentzau", "Istrow", "Javornik"),
    *("Kessel", "Lutha", "Marsovia", "Novina", "Ostrog", "Pontevedro", "Quarra", "Rassel", "Strelsau", "Tarvik"),
)
_THINGS = ("depot", "mill", "bridge", "school", "station", "market", "harbour", "chapel")
_SYLLABLES = tuple(one + vowel for one in "bcdfghjklmnprstvwz" for vowel in "aeiou")
# Of five tellers one prints what another wrote, cut short.
_COPIES = 0.2
_FIRST = re.compile(r"(\w+) (\w+) the (\w+) of (\w+) in (\w+) on (\d{4}-\d\d-\d\d)")


def made_reports(count: int, seed: int = 3) -> list[Report]:
    """Reports of happenings, each told by several outlets in their own words, some of them copies of one another."""
    chance = random.Random(seed)
    found: list[Report] = []
    while len(found) < count:
        found += _told(chance)
    return found[:count]


def _told(chance: random.Random) -> list[Report]:
    """One happening as one to five outlets tell it."""
    day = date(2024, 3, 1) + timedelta(days=chance.randrange(25))
    one, other = chance.sample(sorted(_COUNTRIES), 2)
    town, thing, verbs = chance.choice(_TOWNS), chance.choice(_THINGS), chance.choice(list(_TYPES.values()))
    names = ["".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(3)]
    texts: list[str] = []
    for _ in range(chance.randint(1, 5)):
        if texts and chance.random() < _COPIES:
            texts.append(texts[-1].rpartition(" In ")[0])
            continue
        what = f"{one} {chance.choice(verbs)} the {thing} of {town} in {other} on {day}"
        first = f"{what} {_words(3, chance)} {chance.choice((3, 3, 4))} people {names[0]}."
        texts.append(" ".join([first, *(_aside(town, names, chance) for _ in range(chance.randint(3, 4)))]))
    days = [day + timedelta(days=chance.choice((0, 1, 1, 2))) for _ in texts]
    outlets = [f"Outlet {n} {chance.randint(1, 4)}" for n, _ in enumerate(texts)]
    return [Report(t, None, o, None, d, "en") for t, o, d in zip(texts, outlets, days, strict=True)]


def _aside(town: str, names: list[str], chance: random.Random) -> str:
    """A sentence of invented words around a name or the town."""
    return f"In {chance.choice([*names, town])} {_words(9, chance)}."


def _words(count: int, chance: random.Random) -> str:
    return " ".join("".join(chance.choices(_SYLLABLES, k=chance.randint(3, 4))) for _ in range(count))


def read(report: Report) -> CodedReport:
    """The event of the first sentence; later sentences name the town and tell none."""
    found = _FIRST.match(report.text)
    if found is None:
        return CodedReport(report)
    one, deed, _, town, other, day = found.groups()
    code, cameo, score = _DEEDS[deed]
    sentence = Span(0, report.text.index(".") + 1)
    spans = [Span(m.start(), m.end()) for m in re.finditer(town, report.text)]
    places = tuple(
        Place(f"p{n}", span, town, "place", _COUNTRIES[other], resolution="city", geonames_id=1000 + _TOWNS.index(town))
        for n, span in enumerate(spans)
    )
    number = re.search(r"(\d) people", report.text)
    words = Span(number.start(), number.end()) if number else sentence
    count = Count(int(number[1]), int(number[1]), words) if number else None
    when = When(date.fromisoformat(day), date.fromisoformat(day), "stated", "day", Span(*found.span(6)))
    event = Event(
        "e1",
        ("a1",),
        ("a2",),
        (Coding("PLOVER", code, score=score), Coding("CAMEO", cameo, score=score)),
        "happened",
        Span(*found.span(2)),
        (sentence,),
        size=Size(injured=count) if count else None,
        place=places[0],
        when=when,
        confidence=0.8,
    )
    parties = (
        Participant("a1", one, "country", (Span(*found.span(1)),), f"country:{one}", _COUNTRIES[one], ("MIL",)),
        Participant("a2", other, "country", (Span(*found.span(5)),), f"country:{other}", _COUNTRIES[other], ("CVL",)),
    )
    return CodedReport(report, parties, places, (), (event,), versions=VERSIONS)


def open_made() -> Coder:
    return Coder(read, VERSIONS)
