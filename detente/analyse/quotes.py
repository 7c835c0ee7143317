"""Who said what: the statements of many readings, by speaker, channel, subject and period.

Readings and what is wanted come in, quotes go out, the earliest day first. Somebody is found by what a reading takes
them for; where the words leave the speaker open, nobody is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.codebook.folding import fold_name
from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.span import Span, joined
from detente.model.statement import Manner, Statement

# What may stand around a word of a name and is no part of it.
_AROUND = "()[]{}<>:;!?&«»‹›"
# Country and sector are three capitals: "rus" in small letters is a word of a name.
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody asked for: by words of the name, by an acronym written so, or by countries and sectors."""

    words: tuple[str, ...] = ()
    acronym: str | None = None
    countries: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()

    def fits(self, participant: Participant) -> bool:
        """Whether the participant is of that country and all those sectors, or bears that name."""
        of_country = not self.countries or participant.country in self.countries
        if (self.countries or self.sectors) and of_country and self.sectors.issubset(participant.sectors):
            return True
        if self.acronym is not None:
            return self.acronym in _bare_words(participant.name)
        return bears(participant.name, self.words)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements are asked for; what is None or empty asks for nothing. Days are those of publication."""

    by: Party | None = None
    about: Party | None = None
    to: Party | None = None
    channel: tuple[str, ...] = ()
    manner: Manner | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement with the words and names that its spans and ids stand for.

    `outer_name` is the name of whoever's words this one is told in.
    """

    report: str
    published: date | None
    outlet: str | None
    statement: Statement
    speaker: Participant | None
    about_names: tuple[str, ...]
    words: tuple[str, ...]
    cue_words: str | None
    outer_name: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The contract's statement with its report, names and words."""
        return self.statement.to_dict() | {
            "report": self.report,
            "published": self.published.isoformat() if self.published else None,
            "outlet": self.outlet,
            "speaker_name": self.speaker.name if self.speaker else None,
            "speaker_code": self.speaker.code if self.speaker else None,
            "about_names": list(self.about_names),
            "words": list(self.words),
            "cue_words": self.cue_words,
        }


def party_asked(asked: str, sectors: Collection[str], countries_named: Callable[[str], Iterable[str]]) -> Party:
    """Who is meant by "Zakharova", "RUS", "RUS GOV", "Russia" or "Russia GOV"; ValueError where nobody can be.

    `countries_named` gives the codes of the countries that bear a name. The name of a country asks for all who belong
    to it, and for all in whose name it stands.
    """
    given = asked.split()
    unknown = next((word for word in given[1:] if word not in sectors), None)
    if unknown and all(_CODE.fullmatch(word) for word in given):
        known = ", ".join(sorted(sectors))
        raise ValueError(f"{unknown!r} is no sector; there are {known}; a name is written in small letters")
    ending = next((at for at in range(len(given)) if all(word in sectors for word in given[at:])), len(given))
    head, wanted = " ".join(given[:ending]), frozenset(given[ending:])
    code = {head} if _CODE.fullmatch(head) else set()
    countries = frozenset(code | set(countries_named(head))) if head else frozenset()
    if wanted and (countries or not head):
        return Party(countries=countries, sectors=wanted)
    if code:
        return Party(acronym=head, countries=countries)
    return Party(words=name_words(asked), countries=countries)


def name_words(name: str) -> tuple[str, ...]:
    """The words by which a name is compared: no case, no accents; ValueError where there are none."""
    words = tuple(_bare_words(fold_name(name)))
    if not words:
        raise ValueError(f"{name!r} holds no name")
    return words


def bears(name: str, words: Sequence[str]) -> bool:
    """Whether all these words are words of the name, in this order."""
    parts = iter(_bare_words(fold_name(name)))
    return bool(words) and all(word in parts for word in words)


def _bare_words(name: str) -> list[str]:
    return [word for part in name.split() if (word := part.strip(_AROUND))]


def select_quotes(readings: Iterable[CodedReport], wanted: Wanted) -> list[Quote]:
    """The statements that are wanted: by day, then by report as given, then by place in it; undated ones last."""
    found = [quote for coded in readings if _published_then(coded, wanted) for quote in quotes_in(coded, wanted)]
    return sorted(found, key=lambda quote: quote.published or date.max)


def _published_then(coded: CodedReport, wanted: Wanted) -> bool:
    """Whether the report is of the period; an undated one is of none."""
    if wanted.since is None and wanted.until is None:
        return True
    day = coded.report.published
    return day is not None and (wanted.since or date.min) <= day <= (wanted.until or date.max)


def quotes_in(coded: CodedReport, wanted: Wanted) -> Iterator[Quote]:
    """The wanted statements of one report by their place in it, whatever its day."""
    people = {participant.id: participant for participant in coded.participants}
    speakers = {statement.id: statement.speaker for statement in coded.statements}
    report = coded.report.id
    for statement in sorted(coded.statements, key=_place):
        if _is_wanted(statement, wanted, people):
            yield Quote(
                report,
                coded.report.published,
                coded.report.outlet,
                statement,
                people.get(statement.speaker or ""),
                tuple(_name(id, people) for id in statement.about),
                tuple(span.words(coded.report.text) for span in statement.content),
                statement.cue.words(coded.report.text) if statement.cue else None,
                _name(outer, people) if (outer := speakers.get(statement.inside or "")) else None,
            )


def _place(statement: Statement) -> tuple[int, int]:
    """Where a statement stands: what is told inside another comes behind it."""
    named = [span for span in (statement.speaker_span, statement.cue) if span]
    stretch = joined(statement.content) or joined(named) or Span(0, 0)
    return stretch.start, -stretch.end


def _is_wanted(statement: Statement, wanted: Wanted, people: Mapping[str, Participant]) -> bool:
    if wanted.manner is not None and statement.manner != wanted.manner:
        return False
    if wanted.channel and not (statement.channel and bears(statement.channel.name, wanted.channel)):
        return False
    speaker = (statement.speaker,) if statement.speaker else ()
    asked = ((wanted.by, speaker), (wanted.about, statement.about), (wanted.to, statement.addressees))
    return all(party is None or _any_fits(party, ids, people) for party, ids in asked)


def _any_fits(party: Party, ids: Iterable[str], people: Mapping[str, Participant]) -> bool:
    return any(id in people and party.fits(people[id]) for id in ids)


def _name(id: str, people: Mapping[str, Participant]) -> str:
    """The participant's name; the id itself where there is no such participant."""
    return people[id].name if id in people else id
