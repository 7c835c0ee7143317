"""Short texts read as far as a test needs them: parsed only, or parsed and coded; and how to ask what was found."""

from __future__ import annotations

from collections.abc import Iterable

from detente.coding.clauses import Clauses
from detente.coding.deeds import Deed, find_deeds
from detente.coding.events import EventKit
from detente.coding.reading_coder import code_reading
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.reading import Mention, Reading
from detente.model.report import Report
from detente.model.span import Span
from detente.parse.reader import ParseKit, parse_report
from detente.pipeline import Kit


class ShortKit(Kit):
    """A kit that shows itself in one word: in full, its lexicon would fill the report of a failing test."""

    def __repr__(self) -> str:
        return "kit"


def parsed(text: str, kit: Kit) -> Reading:
    """The text's grammar, quotations, mentions and participants."""
    return parse_report(Report(text), ParseKit(kit.grammar, kit.whoswho, kit.gazetteer, kit.language))


def coded(text: str, kit: Kit) -> CodedReport:
    """The text's statements and events, before dates, places and actors are known."""
    return code_reading(parsed(text, kit), kit.language, kit.whoswho, EventKit(kit.lexicon, kit.ontology, kit.tone))


def clauses_of(text: str, kit: Kit) -> Clauses:
    return Clauses(parsed(text, kit), kit.language)


def deeds_of(text: str, kit: Kit) -> list[Deed]:
    return find_deeds(clauses_of(text, kit), kit.lexicon)


def token_of(reading: Reading, word: str, nth: int = 1) -> int:
    """The index of the nth token that reads so."""
    return [t.index for t in reading.tokens if t.text == word][nth - 1]


def span_of(text: str, words: str, nth: int = 1) -> Span:
    """Where the words stand in the text for the nth time."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def mention_of(reading: Reading, words: str, nth: int = 1) -> Mention:
    """The nth mention that reads so."""
    return [m for m in reading.mentions if reading.words(m.span) == words][nth - 1]


def one_of(reading: Reading, words: str, nth: int = 1) -> str:
    """The id of the one participant that the nth mention of these words refers to."""
    (id,) = mention_of(reading, words, nth).refers_to
    return id


def named(reading: Reading | CodedReport, ids: Iterable[str]) -> list[str]:
    """The names of participants, in the order of their ids."""
    people: dict[str, Participant] = {p.id: p for p in reading.participants}
    return [people[id].name for id in ids]


def event_of(coded: CodedReport, trigger: str) -> Event:
    """The one event whose trigger reads so."""
    found = [e for e in coded.events if e.trigger.words(coded.report.text) == trigger]
    assert len(found) == 1, [(e.trigger.words(coded.report.text), e.codings[0].code) for e in coded.events]
    return found[0]


def type_of(event: Event) -> str:
    """The PLOVER type with its mode: "ASSAULT.aerial"."""
    coding = event.coding("PLOVER")
    assert coding is not None
    return f"{coding.code}.{coding.mode}" if coding.mode else coding.code
