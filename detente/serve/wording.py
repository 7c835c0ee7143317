"""How a reading is worded for people: dates, parties, statuses, speakers, as short plain strings.

The terminal and the page say the same words. What comes from a report is freed of control characters (a text may carry
terminal escapes) and of direction marks that would turn the line around; nothing is escaped for HTML here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.model.coded import CodedReport
from detente.model.event import Event, Size
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.span import Span
from detente.model.statement import Statement
from detente.model.when import When

STATUS = {
    "happened": "happened",
    "under_way": "under way",
    "planned": "planned",
    "threatened": "threatened",
    "demanded": "demanded",
    "denied": "denied by a party",
    "not_happened": "did not happen",
    "hypothetical": "only possible",
}
MANNER = {"direct": "in quotation", "indirect": "in the reporter's words", "mixed": "partly in quotation"}
BASIS = {"stated": "", "publication": "day of publication", "inferred": "inferred"}
# Control and format characters, lone surrogates and private use: nothing of these is print.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Format characters that belong to words: joiners of Persian and Indic scripts and of emoji.
JOINERS = {"\u200c", "\u200d"}


def clean(text: str) -> str:
    """The text on one line without control characters."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if c in JOINERS or unicodedata.category(c) not in HIDDEN)


def cut(text: str, length: int) -> str:
    """The text, shortened at a word's end where it is too long."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    space = head.rfind(" ")
    return (head[:space] if space > length // 2 else head).rstrip(" ,;:") + "\u2026"


def words_of(coded: CodedReport, spans: Iterable[Span]) -> str:
    """The report's words in these spans, an ellipsis between them."""
    return " \u2026 ".join(clean(span.words(coded.report.text)) for span in spans)


def name_of(coded: CodedReport, id: str) -> str:
    """A participant's name; the id itself where there is no such participant."""
    try:
        return clean(coded.participant(id).name)
    except KeyError:
        return clean(id)


def names_of(coded: CodedReport, ids: Iterable[str]) -> str:
    return ", ".join(name_of(coded, id) for id in ids)


def parties(coded: CodedReport, event: Event) -> str:
    """Who did it to whom: "A → B"; of a reciprocal event, all parties: "A ↔ B"."""
    if event.reciprocal:
        everyone = dict.fromkeys((*event.sources, *event.targets))
        return " \u2194 ".join(name_of(coded, id) for id in everyone) or "nobody named"
    source = names_of(coded, event.sources) or "somebody not named"
    target = names_of(coded, event.targets)
    return f"{source} \u2192 {target}" if target else source


def date_words(when: When | None) -> str:
    """The days as the precision allows: 2023-09-19, 2023-09, 2020; "no date" where nothing can be said."""
    if when is None or (when.first is None and when.last is None):
        return "no date"
    length = {"year": 4, "month": 7}.get(when.precision, 10)
    first, last = (day.isoformat()[:length] if day else "" for day in (when.first, when.last))
    if first == last:
        return first
    return f"since {first}" if not last else f"until {last}" if not first else f"{first} to {last}"


def basis_words(when: When | None) -> str:
    """Where the date comes from, where the words do not say it."""
    return BASIS[when.basis] if when else ""


def type_words(event: Event) -> str:
    """The PLOVER type with its mode, and the CAMEO code: "ASSAULT, aerial (CAMEO 195)"."""
    plover, cameo = event.coding("PLOVER"), event.coding("CAMEO")
    words = clean(plover.code) if plover else "no type"
    if plover and plover.mode:
        words += f", {clean(plover.mode)}"
    return f"{words} (CAMEO {clean(cameo.code)})" if cameo else words


def own_words(event: Event) -> str:
    """The codings by ontologies of the user's own: "WATCH WATER-ATTACKED"; empty where there are none."""
    return ", ".join(clean(f"{coding.ontology} {coding.code}") for coding in event.own_codings)


def place_words(place: Place | None) -> str:
    """The place with its country, or with all who claim it."""
    if place is None:
        return ""
    if place.claimed_by:
        return f"{clean(place.name)} (claimed by {clean(', '.join(place.claimed_by))})"
    return f"{clean(place.name)} ({clean(place.country)})" if place.country else clean(place.name)


def size_words(size: Size | None) -> str:
    """How many people, as the report gives it: "3 dead, 10 to 12 injured"."""
    if size is None:
        return ""
    kinds = {"dead": size.dead, "injured": size.injured, "arrested": size.arrested}
    kinds |= {"displaced": size.displaced, "taking part": size.taking_part}
    ranges = {kind: count for kind, count in kinds.items() if count}
    return ", ".join(
        f"{count.low if count.low == count.high else f'{count.low} to {count.high}'} {kind}"
        for kind, count in ranges.items()
    )


def told_by(coded: CodedReport, event: Event) -> str:
    """On whose word the event stands: "told by X, not confirmed"; empty where the report itself tells it."""
    if event.told_in is None:
        return ""
    statement = next((s for s in coded.statements if s.id == event.told_in), None)
    speaker = speaker_words(coded, statement) if statement else "somebody"
    return f"told by {speaker}, not confirmed"


def speaker_words(coded: CodedReport, statement: Statement) -> str:
    """The speaker, or who it may be."""
    if statement.speaker:
        return name_of(coded, statement.speaker)
    if statement.candidates:
        return "an unknown speaker, perhaps " + " or ".join(name_of(coded, id) for id in statement.candidates)
    return "an unknown speaker"


def description_words(participant: Participant) -> str:
    """The office held, else what kind of party it is."""
    return clean(participant.office) if participant.office else participant.kind


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the number of statements it is told inside of, and those told inside it."""

    depth: int
    statement: Statement
    inside: tuple[Told, ...] = ()

    def walk(self) -> Iterator[Told]:
        """This one, then all that is told inside it, in reading order."""
        yield self
        for told in self.inside:
            yield from told.walk()


def nested(statements: tuple[Statement, ...]) -> tuple[Told, ...]:
    """The statements in text order, each with those told inside it."""
    known = {s.id for s in statements}
    tops = [s for s in statements if s.inside is None or s.inside not in known]
    trees = tuple(_told(top, statements, frozenset()) for top in tops)
    seen = {told.statement.id for tree in trees for told in tree.walk()}
    # Statements that are inside each other have no top; they are shown rather than lost.
    return trees + tuple(Told(0, s) for s in statements if s.id not in seen)


def _told(top: Statement, statements: tuple[Statement, ...], above: frozenset[str]) -> Told:
    below = above | {top.id}
    inside = [s for s in statements if s.inside == top.id and s.id not in below]
    return Told(len(above), top, tuple(_told(s, statements, below) for s in inside))
