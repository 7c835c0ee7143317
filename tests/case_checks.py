"""What the keys of a case file mean, and whether a reading meets them.

In come the expectations of one case and a coded report, out comes one line for every expectation that is not met. A
text value may allow several ("CONSULT | AGREE"), and "19*" is any code that begins so. Keys left out are not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from case_words import alternatives, find_words, overlap, plain

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.span import Span
from detente.model.statement import Statement

T = TypeVar("T")
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expectations:
    """All that a case expects; None where it says nothing."""

    events: tuple[Item, ...] = ()
    no_such_events: tuple[Item, ...] = ()
    no_events_on: tuple[str, ...] = ()
    event_count: int | None = None
    statements: tuple[Item, ...] = ()
    statement_count: int | None = None
    people: tuple[Item, ...] = ()
    not_people: tuple[str, ...] = ()
    places: tuple[Item, ...] = ()
    not_places: tuple[str, ...] = ()
    quotations: tuple[str, ...] | None = None
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A participant as a case sees one: by code or by any name that the report gives."""

    name: str
    code: str | None
    names: frozenset[str]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def called(self, wanted: str) -> bool:
        """Whether that is the code, the name, or how a mention ends ("Sudan's army chief Abdel Fattah al-Burhan")."""
        name = plain(wanted)
        return wanted == self.code or any(own == name or own.endswith(" " + name) for own in self.names)


@dataclass(frozen=True, slots=True)
class Words:
    """Spans with their text."""

    text: str
    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return " ... ".join(repr(span.words(self.text)) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Key(Generic[T]):
    """A key of a case file: what may stand behind it, what was read, and whether the two fit."""

    shape: Callable[[object], str | None]
    read: Callable[[CodedReport, T], Any]
    fits: Callable[[Any, Any], bool]


# What may stand behind a key: None if the value will do, else what it must be.


def text(value: object) -> str | None:
    return None if isinstance(value, str) and value else 'words (in "..." if they are digits)'


def text_or_null(value: object) -> str | None:
    return None if value is None else text(value)


def texts(value: object) -> str | None:
    some = [value] if isinstance(value, str) else value
    return None if isinstance(some, list) and some and not any(map(text, some)) else "words or a list of words"


def names(value: object) -> str | None:
    return None if isinstance(value, list) and not any(map(text, value)) else "a list of codes or names"


def flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def days(value: object) -> str | None:
    some = value if isinstance(value, list) and len(value) == 2 else [value, value]
    good = value is None or all(type(day) is date for day in some)
    return None if good else "a day, [first day, last day] or null"


# Whether what was read fits what is wanted.


def same(got: object, wanted: object) -> bool:
    return got == wanted


def one_of(got: str | None, wanted: str | None) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    return any(got.startswith(one[:-1]) if one.endswith("*") else got == one for one in alternatives(wanted))


def is_party(got: Party | None, wanted: str | None) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    return any(got.called(one) for one in alternatives(wanted))


def are_parties(got: Sequence[Party], wanted: Sequence[str]) -> bool:
    return include_parties(got, wanted) and all(any(is_party(party, one) for one in wanted) for party in got)


def include_parties(got: Sequence[Party], wanted: Sequence[str]) -> bool:
    """An empty list wants nobody; a longer one wants at least these."""
    return all(any(is_party(party, one) for party in got) for one in wanted) and (bool(wanted) or not got)


def include(got: Sequence[str], wanted: Sequence[str]) -> bool:
    return set(wanted) <= set(got) and (bool(wanted) or not got)


def within_days(got: Sequence[date | None] | None, wanted: object) -> bool:
    if wanted is None or got is None:
        return got is None and wanted is None
    return list(got) == (wanted if isinstance(wanted, list) else [wanted, wanted])


def touch(got: Words, wanted: str | Sequence[str]) -> bool:
    return any(span.overlaps(mine) for mine in got.spans for span in _occurrences(got.text, wanted))


def hold(got: Words, wanted: str | Sequence[str]) -> bool:
    """Every one of the words lies within a span."""
    each = [wanted] if isinstance(wanted, str) else wanted
    return all(any(mine.contains(span) for mine in got.spans for span in find_words(got.text, one)) for one in each)


def are_without(got: Words, wanted: str | Sequence[str]) -> bool:
    return not touch(got, wanted)


def contains(got: str | None, wanted: str | None) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    return any(plain(one) in plain(got) for one in alternatives(wanted))


def named(got: Sequence[str] | None, wanted: str | None) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    return bool({plain(one) for one in alternatives(wanted)} & {plain(own) for own in got})


def _occurrences(words_of: str, wanted: str | Sequence[str]) -> list[Span]:
    each = [wanted] if isinstance(wanted, str) else wanted
    return [span for one in each for span in find_words(words_of, one)]


# What was read of an event, a statement, a participant, a place.


def party(reading: CodedReport, id: str | None) -> Party | None:
    person = next((p for p in reading.participants if p.id == id), None)
    if person is None:
        return None
    told = {plain(span.words(reading.report.text)) for span in person.mentions}
    return Party(person.name, person.code, frozenset({plain(person.name)} | told))


def _parties(reading: CodedReport, ids: Sequence[str]) -> tuple[Party, ...]:
    return tuple(found for id in ids if (found := party(reading, id)) is not None)


def _speaker_of(reading: CodedReport, statement: str | None) -> Party | None:
    return next((party(reading, s.speaker) for s in reading.statements if s.id == statement), None)


def _code(event: Event, ontology: str) -> str | None:
    coding = event.coding(ontology)
    return coding.code if coding else None


def _mode(event: Event) -> str | None:
    coding = event.coding("PLOVER")
    return coding.mode if coding else None


def _days(event: Event) -> list[date | None] | None:
    return [event.when.first, event.when.last] if event.when else None


def _place_names(reading: CodedReport, place: Place | None) -> list[str] | None:
    return [place.name, place.span.words(reading.report.text)] if place else None


EVENT_KEYS: Mapping[str, Key[Event]] = {
    "words": Key(texts, lambda r, e: Words(r.report.text, (e.trigger,)), touch),
    "type": Key(text, lambda r, e: _code(e, "PLOVER"), one_of),
    "mode": Key(text_or_null, lambda r, e: _mode(e), one_of),
    "cameo": Key(text, lambda r, e: _code(e, "CAMEO"), one_of),
    "status": Key(text, lambda r, e: e.status, one_of),
    "background": Key(flag, lambda r, e: e.background, same),
    "reciprocal": Key(flag, lambda r, e: e.reciprocal, same),
    "sources": Key(names, lambda r, e: _parties(r, e.sources), are_parties),
    "targets": Key(names, lambda r, e: _parties(r, e.targets), are_parties),
    "when": Key(days, lambda r, e: _days(e), within_days),
    "place": Key(text_or_null, lambda r, e: _place_names(r, e.place), named),
    "told_by": Key(text_or_null, lambda r, e: _speaker_of(r, e.told_in), is_party),
}
STATEMENT_KEYS: Mapping[str, Key[Statement]] = {
    "says": Key(texts, lambda r, s: Words(r.report.text, s.content), hold),
    "without": Key(texts, lambda r, s: Words(r.report.text, s.content), are_without),
    "speaker": Key(text_or_null, lambda r, s: party(r, s.speaker), is_party),
    "channel": Key(text_or_null, lambda r, s: s.channel.name if s.channel else None, contains),
    "manner": Key(text, lambda r, s: s.manner, one_of),
    "inside": Key(text_or_null, lambda r, s: _speaker_of(r, s.inside), is_party),
    "about": Key(names, lambda r, s: _parties(r, s.about), include_parties),
    "addressees": Key(names, lambda r, s: _parties(r, s.addressees), include_parties),
}
PEOPLE_KEYS: Mapping[str, Key[Participant]] = {
    "words": Key(text, lambda r, p: Words(r.report.text, p.mentions), touch),
    "is": Key(text, lambda r, p: party(r, p.id), is_party),
    "code": Key(text_or_null, lambda r, p: p.code, one_of),
    "office": Key(text_or_null, lambda r, p: p.office, contains),
    "kind": Key(text, lambda r, p: p.kind, one_of),
}
PLACE_KEYS: Mapping[str, Key[Place]] = {
    "words": Key(text, lambda r, p: Words(r.report.text, (p.span,)), touch),
    "name": Key(text, lambda r, p: [p.name], named),
    "country": Key(text_or_null, lambda r, p: p.country, one_of),
    "claimed_by": Key(names, lambda r, p: p.claimed_by, include),
}


def unmet(expect: Expectations, reading: CodedReport, quotations: Sequence[str] = ()) -> list[str]:
    """One line for every expectation that the reading does not meet; empty if it meets them all."""
    return [
        *_listed("event", expect.events, reading.events, EVENT_KEYS, reading),
        *_absent(expect, reading),
        *_counted("events", expect.event_count, len(reading.events)),
        *_listed("statement", expect.statements, reading.statements, STATEMENT_KEYS, reading),
        *_counted("statements", expect.statement_count, len(reading.statements)),
        *_pointed_at("people", expect.people, [(p, p.mentions) for p in reading.participants], PEOPLE_KEYS, reading),
        *_pointed_at("places", expect.places, [(p, (p.span,)) for p in reading.places], PLACE_KEYS, reading),
        *_bare_words(expect, reading),
        *_quoted(expect, quotations),
    ]


def failing(item: Item, found: T, keys: Mapping[str, Key[T]], reading: CodedReport) -> list[str]:
    """What of one expectation something that was read does not meet."""
    got = {key: keys[key].read(reading, found) for key in item}
    return [
        f"{key}: expected {item[key]}, read {_show(got[key])}"
        for key in item
        if not keys[key].fits(got[key], item[key])
    ]


def _show(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(str(one) for one in value) + "]"
    return str(value)


def _listed(
    what: str, wanted: Sequence[Item], found: Sequence[T], keys: Mapping[str, Key[T]], reading: CodedReport
) -> Iterator[str]:
    """Every item must be met by something of its own: two expectations never share one event."""
    faults = [[failing(item, one, keys, reading) for one in found] for item in wanted]
    taken = _pair([[n for n, fault in enumerate(row) if not fault] for row in faults])
    for item, row, partner in zip(wanted, faults, taken, strict=True):
        if partner is None:
            yield f"{what} {_name(item)}: {_nearest(row, item)}"


def _name(item: Item) -> str:
    return repr(item.get("words") or item.get("says") or dict(item))


def _nearest(row: Sequence[list[str]], item: Item) -> str:
    """What the thing lacks that comes nearest; one on other words is not near at all."""
    anchor = ("words:", "says:")
    on_words = [fault for fault in row if not any(line.startswith(anchor) for line in fault)]
    if not on_words:
        return f"nothing was read on these words ({len(row)} read in all)"
    best = min(on_words, key=len)
    return "; ".join(best) if best else "only met by what another expectation has already taken"


def _pair(meets: Sequence[Sequence[int]]) -> list[int | None]:
    """One partner for each, none twice; as many as possible (augmenting paths)."""
    owner: dict[int, int] = {}

    def seek(item: int, seen: set[int]) -> bool:
        for one in meets[item]:
            if one not in seen:
                seen.add(one)
                if one not in owner or seek(owner[one], seen):
                    owner[one] = item
                    return True
        return False

    for item in range(len(meets)):
        seek(item, set())
    partner = {item: one for one, item in owner.items()}
    return [partner.get(item) for item in range(len(meets))]


def _absent(expect: Expectations, reading: CodedReport) -> Iterator[str]:
    for item in expect.no_such_events:
        if any(not failing(item, event, EVENT_KEYS, reading) for event in reading.events):
            yield f"there must be no event like {dict(item)}"
    for words in expect.no_events_on:
        for event in reading.events:
            if touch(Words(reading.report.text, (event.trigger,)), words):
                yield f"no event may stand on {words!r}, read {_code(event, 'PLOVER')}"


def _counted(what: str, wanted: int | None, got: int) -> Iterator[str]:
    if wanted is not None and wanted != got:
        yield f"number of {what}: expected {wanted}, read {got}"


def _pointed_at(
    what: str,
    wanted: Sequence[Item],
    found: Sequence[tuple[T, Sequence[Span]]],
    keys: Mapping[str, Key[T]],
    reading: CodedReport,
) -> Iterator[str]:
    """The first place where the words stand decides; who is named there by the best fitting mention is meant."""
    for item in wanted:
        at = find_words(reading.report.text, item["words"])[0]
        best = max(found, key=lambda one: max((overlap(at, span) for span in one[1]), default=0.0), default=None)
        if best is None or not any(at.overlaps(span) for span in best[1]):
            yield f"{what} {item['words']!r}: nothing was read on these words"
        elif fault := failing(item, best[0], keys, reading):
            yield f"{what} {item['words']!r}: {'; '.join(fault)}"


def _bare_words(expect: Expectations, reading: CodedReport) -> Iterator[str]:
    words_of = reading.report.text
    mentions = Words(words_of, tuple(span for p in reading.participants for span in p.mentions))
    places = Words(words_of, tuple(place.span for place in reading.places))
    open_ = Words(words_of, tuple(item.span for item in reading.unresolved if item.span))
    yield from (f"{words!r} must be no participant" for words in expect.not_people if touch(mentions, words))
    yield from (f"{words!r} must be no place" for words in expect.not_places if touch(places, words))
    yield from (f"{words!r} must be listed as not understood" for words in expect.unresolved if not touch(open_, words))


def _quoted(expect: Expectations, quotations: Sequence[str]) -> Iterator[str]:
    if expect.quotations is not None and list(expect.quotations) != list(quotations):
        yield f"quotations: expected {list(expect.quotations)}, read {list(quotations)}"
