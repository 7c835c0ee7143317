"""The journey of one report, written down once: parse, statements, events, when, who, where, one event a happening.

Builds the kit (language pack, lexicon, ontology, who's who, gazetteer) once and passes it down. Stores nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from types import TracebackType

import detente
from detente.codebook.commitments import CommitmentWords, load_commitments
from detente.codebook.encoder import Encoder
from detente.codebook.files import DataError
from detente.codebook.gazetteer import Gazetteer
from detente.codebook.language import LanguagePack, load_language
from detente.codebook.languages import Languages
from detente.codebook.likeness import Word
from detente.codebook.ontology import Ontology, load_ontology
from detente.codebook.own_categories import OwnCategories
from detente.codebook.own_ontology import OwnOntology, load_own_ontology
from detente.codebook.predicates import Lexicon, load_lexicon
from detente.codebook.times import TimeWords, load_times
from detente.codebook.tone import Tone, load_tone
from detente.codebook.whoswho import WhosWho
from detente.coding.blame import add_blame
from detente.coding.commitments import code_commitments
from detente.coding.confidence import rate_events
from detente.coding.counterparts import drop_own_side, infer_targets
from detente.coding.events import EventKit
from detente.coding.happenings import unite_events
from detente.coding.own_codings import OwnKit, code_own, word_of
from detente.coding.reading_coder import code_reading
from detente.ingest.language import find_language
from detente.model.coded import CodedReport, Versions
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.reading import OTHER_LANGUAGE, Paragraph, Unresolved
from detente.model.report import UNDATED, Report
from detente.model.span import Span
from detente.parse.grammar import Grammar
from detente.parse.reader import ParseKit, parse_report, unread_part
from detente.resolve.deadlines import told_times
from detente.resolve.event_places import infer_event_places
from detente.resolve.nationality import infer_countries
from detente.resolve.when import dateline, resolve_times
from detente.resolve.where import resolve_places
from detente.resolve.who import resolve_actors

_MONTH = 31
# A participant whose country and side the words themselves tell has at least this confidence.
_TOLD = 0.6
# What ended longer ago than this before publication is not the report's news.
_NEWS_DAYS = 10


@dataclass(frozen=True)
class Kit:
    """Everything that reading a report needs to know, loaded once."""

    grammar: Grammar
    language: LanguagePack
    lexicon: Lexicon
    ontology: Ontology
    tone: Tone
    whoswho: WhosWho
    gazetteer: Gazetteer
    times: TimeWords
    encoder: Encoder
    commitments: CommitmentWords
    languages: Languages
    own: OwnKit | None = None


class Reader:
    """Reads reports; holds the loaded models and knowledge. Use as a context manager, or call `close`."""

    def __init__(
        self, parser: str | None = None, knowledge: Path | None = None, ontologies: Sequence[Path] = ()
    ) -> None:
        known = load_ontology()
        own = _own_ontologies(ontologies, known)  # first: a file with a fault is told before the models are loaded
        kit = Kit(
            grammar=Grammar(parser),
            language=load_language(),
            lexicon=load_lexicon(),
            ontology=known,
            tone=load_tone(),
            whoswho=WhosWho.open(knowledge),
            gazetteer=Gazetteer.open(knowledge),
            times=load_times(),
            encoder=Encoder(),
            commitments=load_commitments(),
            languages=Languages(),
        )
        self._kit = replace(kit, own=_own_kit(own, kit)) if own else kit
        knowledge_version = "; ".join([kit.whoswho.version, *(ontology.label for ontology in own)])
        models = f"{kit.grammar.version}, encoder {kit.encoder.version}"
        self.versions = Versions(detente.__version__, models, knowledge_version)

    def read(self, report: Report) -> CodedReport:
        """The full reading of one report: who did what to whom, who said what, where and when, with the words."""
        return read_report(report, self._kit, self.versions)

    def close(self) -> None:
        self._kit.whoswho.close()
        self._kit.gazetteer.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_reader(parser: str | None = None, ontology: Path | Sequence[Path] = ()) -> Reader:
    """A reader with the pinned parser, or with another installed spaCy model by name.

    Events are coded by the user's own ontologies too where their files are given.
    """
    return Reader(parser, ontologies=(ontology,) if isinstance(ontology, Path) else ontology)


def _own_ontologies(paths: Sequence[Path], known: Ontology) -> list[OwnOntology]:
    """The user's ontologies; DataError where a file has a fault or two have one name."""
    found: dict[str, OwnOntology] = {}
    for path in paths:
        own = load_own_ontology(path, known)
        if own.name in found:
            raise DataError(f"{path}: another ontology is called {own.name} too; give each its own name")
        found[own.name] = own
    return list(found.values())


def _own_kit(ontologies: Sequence[OwnOntology], kit: Kit) -> OwnKit:
    """The ontologies learnt from their examples, whose words the parser tells."""

    def words_of(sentences: Sequence[str]) -> list[list[Word]]:
        starts = list(accumulate((len(s) + 1 for s in sentences), initial=0))
        paragraphs = [Paragraph(Span(start, start + len(s))) for start, s in zip(starts, sentences, strict=False)]
        tokens, _ = kit.grammar.parse("\n".join(sentences), paragraphs, kit.language.lemmas)
        found: list[list[Word]] = [[] for _ in sentences]
        for token in tokens:
            place = bisect_right(starts, token.span.start) - 1
            found[place].append(word_of(token, starts[place]))
        return found

    return OwnKit(kit.encoder, [OwnCategories(own, kit.encoder, words_of) for own in ontologies])


def read_report(report: Report, kit: Kit, versions: Versions) -> CodedReport:
    """The journey; each step takes what the one before gave and makes a new value.

    A report in a language without a pack is kept as it is, with the reason.
    """
    found = find_language(report, kit.languages)
    report = found.report
    if found.unread is not None:
        return _unread(report, found.unread, found.warnings, versions)
    day = report.published or _day_of_dateline(report, kit.times)
    reading = parse_report(report, ParseKit(kit.grammar, kit.whoswho, kit.gazetteer, kit.language))
    coded = code_reading(reading, kit.language, kit.whoswho, EventKit(kit.lexicon, kit.ontology, kit.tone, kit.encoder))
    coded = resolve_times(coded, reading, kit.times)
    coded = resolve_actors(coded, day, kit.whoswho)
    coded = resolve_places(coded, reading, kit.gazetteer, day)
    coded = infer_countries(coded, reading, kit.whoswho)
    coded = infer_targets(add_blame(mark_background(drop_own_side(coded), day), kit.ontology))
    coded = unite_events(coded)
    if kit.own is not None:
        coded = code_own(coded, reading, kit.own)
    coded = rate_events(infer_event_places(coded, reading, kit.whoswho))
    told = told_times(reading, day, kit.times, kit.commitments)
    coded = code_commitments(coded, reading, kit.language, kit.commitments, told)
    return _finished(coded.with_(warnings=coded.warnings + found.warnings), report, day, versions)


def _unread(report: Report, why: str, warnings: tuple[str, ...], versions: Versions) -> CodedReport:
    """An empty reading that says why it is empty."""
    whole = Unresolved(Span(0, len(report.text)), OTHER_LANGUAGE, why)
    return CodedReport(report, unresolved=(whole,), warnings=(*warnings, why), versions=versions)


def _day_of_dateline(report: Report, times: TimeWords) -> date | None:
    """The day that an undated report's own dateline gives, if it gives the year; no date comes from today's clock."""
    found = dateline(report.text, times)
    return found.when.first if found is not None and found.when is not None else None


def mark_background(coded: CodedReport, day: date | None) -> CodedReport:
    """What ended well before the report's day is recalled, not reported."""
    if day is None:
        return coded
    limit = max(day, date.min + timedelta(days=_NEWS_DAYS)) - timedelta(days=_NEWS_DAYS)
    return coded.with_(events=tuple(_recalled(e, limit) for e in coded.events))


def _recalled(event: Event, limit: date) -> Event:
    when = event.when
    if when is None or when.basis == "publication" or when.first is None:
        return event
    # "In May" is judged by its end; what has gone on since a day long past by its beginning.
    last = when.last or when.first
    told = when.first if (last - when.first).days > _MONTH else last
    return replace(event, background=True) if told < limit else event


def _finished(coded: CodedReport, report: Report, day: date | None, versions: Versions) -> CodedReport:
    """Leave out participants that nothing refers to but adjectives and places; say what was not read."""
    used = {p for e in coded.events for p in (*e.sources, *e.targets, *e.victims)}
    used |= {p for s in coded.statements for p in (s.speaker, *s.about, *s.addressees, *s.candidates) if p is not None}
    used |= {p for c in coded.commitments for p in (*c.who, *c.to)}
    principals = {p.principal for p in coded.participants if p.id in used and p.principal}
    # A network only carries words: it is listed where it takes part.
    kept = tuple(_as_coded(p) for p in coded.participants if p.id in used | principals or _is_named(p))
    unread = unread_part(report)
    warnings = coded.warnings
    unresolved = coded.unresolved
    if unread is not None:
        warnings += (f"only the first {unread.start:,} of {len(report.text):,} characters were read",)
        unresolved += (Unresolved(unread, "unread", "the report is longer than is read of one report"),)
    if day is None:
        warnings += (UNDATED,)
    return coded.with_(participants=kept, warnings=warnings, unresolved=unresolved, versions=versions)


def _as_coded(participant: Participant) -> Participant:
    """International organisations and their people carry no sector (codebook, section 3.3)."""
    return replace(participant, sectors=()) if participant.country == "IGO" else participant


def _is_named(participant: Participant) -> bool:
    """Whether a participant has a name of its own or is known; "soldiers" whom nothing is said of are left out."""
    body = participant.kind == "organisation" and participant.name[:1].isupper() and bool(participant.sectors)
    known = participant.entity is not None and not participant.entity.startswith("platform:")
    told = participant.country is not None and participant.sector is not None and participant.confidence >= _TOLD
    return participant.kind == "person" or known or body or (told and participant.entity is None)
