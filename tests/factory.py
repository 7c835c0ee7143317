"""Coded reports of invented content for tests: a full sample with everything a reading can hold, and small ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from detente.model.coded import CodedReport, Versions
from detente.model.commitment import Commitment
from detente.model.event import Coding, Count, Event, Size
from detente.model.participant import Candidate, Participant
from detente.model.place import Place
from detente.model.reading import Unresolved
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Channel, Stance, Statement
from detente.model.when import When

TEXT = (
    "Ruritania shelled the village of Aldova on Tuesday, killing three people.\n\n"
    "\u201cGraustark attacked us first, and the Regent told me: \u2018We will never talk\u2019,\u201d "
    "Foreign Minister Marta Velik wrote on Telegram. Both armies clashed there in 2011.\n\n"
    "Talks between the two sides are not ruled out."
)
DAY = date(2024, 5, 14)


def span(words: str, text: str = TEXT) -> Span:
    """The first place of the words in the text; fails where they are not there."""
    start = text.index(words)
    return Span(start, start + len(words))


def sample_report() -> Report:
    return Report(TEXT, "Shells fall on Aldova", "The Strelsau Courier", "https://courier.example/1", DAY, "en")


def _participants() -> tuple[Participant, ...]:
    perhaps = (Candidate("person:konrad", "Konrad Ulm", 0.5, "regent until 2024"),)
    return (
        Participant("a1", "Ruritania", "country", (span("Ruritania"),), "country:RUR", "RUR", ("GOV",), confidence=0.9),
        Participant("a2", "Graustark", "country", (span("Graustark"),), "country:GRA", "GRA", ("GOV",), confidence=0.9),
        Participant(
            "a3",
            "Marta Velik",
            "person",
            (span("Marta Velik"),),
            "person:Q1",
            "RUR",
            ("GOV", "ELI"),
            "Minister of Foreign Affairs",
            "Q1",
            0.8,
            why="full name and office fit",
        ),
        Participant("a4", "the Regent", "role", (span("the Regent"),), candidates=perhaps, why="two people fit"),
    )


def _place() -> Place:
    return Place(
        "p1",
        span("Aldova"),
        "Aldova",
        "place",
        "GRA",
        "North",
        ("GRA", "RUR"),
        ("RUR",),
        "city",
        12345,
        47.5,
        19.25,
        0.7,
        ("Aldova, Graustark",),
        "the only one known",
    )


def _statements() -> tuple[Statement, ...]:
    outer = span("\u201cGraustark attacked us first, and the Regent told me: \u2018We will never talk\u2019,\u201d")
    telegram = Channel("Telegram", "social", span("Telegram"))
    stance = (Stance("a2", -1, span("attacked us first")),)
    return (
        Statement(
            "s1",
            "a3",
            (outer,),
            "direct",
            span("Marta Velik"),
            (),
            span("wrote"),
            telegram,
            ("a2", "a4"),
            ("a1",),
            stance,
            when=When(DAY, DAY, "publication", "day"),
            events=("e2",),
            acts=("e4",),
            confidence=0.75,
            why="cue and mark",
        ),
        Statement("s2", None, (span("\u2018We will never talk\u2019"),), "mixed", candidates=("a4",), inside="s1"),
    )


def _event(id: str, sources: str, targets: str, type: str, words: str, **more: object) -> Event:
    event = Event(
        id,
        tuple(sources.split()),
        tuple(targets.split()),
        (Coding("PLOVER", type, score=-10.0),),
        "happened",
        span(words),
        (span(words),),
    )
    return replace(event, **more)  # type: ignore[arg-type]


def _events() -> tuple[Event, ...]:
    codings = (
        Coding("PLOVER", "ASSAULT", "heavy-weapons", ("military",), -10.0),
        Coding("CAMEO", "194", None, (), -10.0),
    )
    tuesday = When(DAY, DAY, "stated", "day", span("on Tuesday"))
    dead = Size(dead=Count(3, 3, span("three people"), "a1"))
    in_2011 = When(date(2011, 1, 1), date(2011, 12, 31), "stated", "year", span("2011"))
    return (
        _event("e1", "a1", "a2", "ASSAULT", "shelled", codings=codings, when=tuesday, size=dead, place=_place()),
        _event("e2", "a2", "a1", "ASSAULT", "attacked us first", told_in="s1", victims=("a3",), status="denied"),
        _event("e3", "a1 a2", "a1 a2", "ASSAULT", "clashed", background=True, reciprocal=True, when=in_2011),
        _event("e4", "a3", "a2", "ACCUSE", "attacked", confidence=0.5, why="a charge"),
        _event("e5", "a1 a2", "a1 a2", "CONSULT", "Talks", status="hypothetical", reciprocal=True),
    )


def sample() -> CodedReport:
    """A reading that uses every part of the contract."""
    left = (
        Unresolved(span("the Regent"), "participant", "two people fit", ("Konrad Ulm", "a2")),
        Unresolved(None, "time", "the report gives no hour"),
    )
    return CodedReport(
        sample_report(),
        _participants(),
        (_place(),),
        _statements(),
        _events(),
        left,
        ("an opening mark is never closed",),
        Versions("0.1.0", "test parser", "2024-05-01"),
        (_commitment(),),
    )


def _commitment() -> Commitment:
    day = When(DAY, DAY, "publication", "day")
    never = span("\u2018We will never talk\u2019")
    return Commitment(
        "c1", "refusal", ("a4",), ("a3",), (never,), span("will never"), "s2", None, day, day, 0.6, "a refusal"
    )


def small(text: str, outlet: str | None = None, title: str | None = None) -> CodedReport:
    """A reading in which nothing was found."""
    return CodedReport(Report(text, title, outlet), versions=Versions("0.1.0", "test parser", "2024-05-01"))


def with_own_coding(coded: CodedReport) -> CodedReport:
    """The same reading, its first event coded by an ontology of the user's own too."""
    first, *others = coded.events
    codings = (*first.codings, Coding("MINE", "VILLAGE-SHELLED", score=-9.0))
    return coded.with_(events=(replace(first, codings=codings), *others))
