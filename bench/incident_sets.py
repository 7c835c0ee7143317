"""The tellings of a gold set as accounts: by the program's own events, and by the markings themselves.

Bundles and the program's readings in, accounts with the happening each tells out; tellings that the program has no
event for are counted as missed. Prints nothing of a text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from incident_gold import Bundle, GoldReport, Happening, Telling
from kept_readings import read_kept

from detente.codebook.rarity import Rarity
from detente.fuse.accounts import TAKEN, account_of, place_of
from detente.fuse.days import times_told
from detente.fuse.meaning import with_meaning
from detente.fuse.memory import MemoryShelf
from detente.fuse.stories import StoryKit, tell_stories
from detente.fusing import open_kit, open_words, told_in
from detente.model.account import Account, AccountParty
from detente.model.coded import CodedReport
from detente.model.contract import coded_from_dict
from detente.model.event import Coding, Event
from detente.model.outlet import Outlets
from detente.model.span import Span

# An event that is told elsewhere in the sentence is no telling of the marked clause: without its trigger in the clause
# half of the shorter one must be in the other.
_SHARE = 0.5


@dataclass(frozen=True)
class Told:
    """One telling of a happening, as an account."""

    telling: Telling
    happening: Happening
    account: Account

    @property
    def bundle(self) -> str:
        return self.telling.happening.partition("/")[0]


@dataclass(frozen=True)
class ToldSet:
    """The tellings that became accounts, those that did not, and all accounts of all reports."""

    found: list[Told]
    missed: list[Telling]
    accounts: list[Account]


def read_reports(bundles: Sequence[Bundle]) -> dict[str, CodedReport]:
    """The program's readings of all reports of a set by the reports' ids."""
    reports = [report.report for bundle in bundles for report in bundle.reports]
    return {
        report.id: coded_from_dict(json.loads(line)) for report, line in zip(reports, read_kept(reports), strict=True)
    }


def stories_of(bundles: Sequence[Bundle]) -> dict[str, str]:
    """The story of each report, as the program finds them among all reports of the set."""
    shelf = MemoryShelf()
    tell_stories([report.report for bundle in bundles for report in bundle.reports], shelf, StoryKit(Rarity()))
    return {report: story.id for story in shelf.stories for report in story.reports}


def told_by_program(
    bundles: Sequence[Bundle], readings: Mapping[str, CodedReport], stories: Mapping[str, str]
) -> ToldSet:
    """Each telling with the program's event that overlaps it best; `stories` are those that the program found."""
    result, kit = ToldSet([], [], []), open_kit(Outlets())
    for bundle, report, coded in _read(bundles, readings):
        story = stories.get(coded.report.id)
        told = told_in(coded, kit, story)
        accounts = {a.key.event: a for a in told if not a.bare}
        bare = [a for a in told if a.bare]
        result.accounts.extend(told)
        for telling in report.tellings:
            event = best_event(coded.events, telling.spans, bundle.happenings[telling.happening].type)
            found = accounts.get(event.id) if event else None
            if found is None:
                found = next((a for a in bare if _holds(a, telling)), None)
            if found is None:
                result.missed.append(telling)
            else:
                result.found.append(Told(telling, bundle.happenings[telling.happening], found))
    return result


def _holds(account: Account, telling: Telling) -> bool:
    sentence = account.key.sentence
    return sentence is not None and any(map(sentence.overlaps, telling.spans))


def told_by_markings(
    bundles: Sequence[Bundle], readings: Mapping[str, CodedReport], stories: Mapping[str, str]
) -> ToldSet:
    """Each telling with the marked clause, its happening's type and parties; day and place are the program's."""
    result, kit = ToldSet([], [], []), open_kit(Outlets())
    for bundle, report, coded in _read(bundles, readings):
        happenings = [bundle.happenings[telling.happening] for telling in report.tellings]
        marked = zip(report.tellings, happenings, strict=True)
        accounts = [_marked(coded, t, h, stories.get(coded.report.id)) for t, h in marked]
        told = with_meaning(accounts, kit.meaning)
        result.accounts.extend(told)
        result.found.extend(map(Told, report.tellings, happenings, told))
    return result


def _read(
    bundles: Sequence[Bundle], readings: Mapping[str, CodedReport]
) -> Iterator[tuple[Bundle, GoldReport, CodedReport]]:
    for bundle in bundles:
        for report in bundle.reports:
            yield bundle, report, readings.get(report.report.id) or CodedReport(report.report)


def best_event(events: Sequence[Event], spans: Sequence[Span], type: str) -> Event | None:
    """The event whose words overlap the marked clause best: one with its trigger in it before any other.

    Where a clause tells two deeds ("killed one and detained seven"), the one of the happening's type is meant.
    """
    rated = [(rate, -at, event) for at, event in enumerate(events) if (rate := _overlap(event, spans, type))]
    return max(rated, key=lambda item: item[:2])[2] if rated else None


def _overlap(event: Event, spans: Sequence[Span], type: str) -> tuple[bool, bool, bool, float] | None:
    words = {*event.evidence, event.trigger}
    inside = sum(max(0, min(s.end, w.end) - max(s.start, w.start)) for s in spans for w in words)
    triggered = any(span.overlaps(event.trigger) for span in spans)
    if not triggered and inside < _SHARE * min(sum(map(len, spans)), sum(map(len, words))):
        return None
    shares = inside / max(1, sum(map(len, words))) / 2 + inside / sum(map(len, spans))
    plover = event.coding("PLOVER")
    return event.status in TAKEN, triggered, plover is not None and plover.code == type, shares


def _marked(coded: CodedReport, telling: Telling, happening: Happening, story: str | None) -> Account:
    event = best_event(coded.events, telling.spans, happening.type)
    base = event or Event("", (), (), (Coding("PLOVER", happening.type),), "happened", telling.spans[0], telling.spans)
    base = replace(
        base, id=telling.happening, trigger=telling.spans[0], evidence=telling.spans, status="happened", victims=()
    )
    words = open_words()
    account = account_of(coded, base, words, times_told(coded, words.times), story)
    if event is None:
        places = [p for p in coded.places if any(span.overlaps(p.span) for span in telling.spans)]
        fine = [p for p in places if p.resolution != "country"] or places
        account = replace(account, place=place_of(fine[0]) if fine else None)
    # Where the reports differ on who did it, this one's telling names whom it blames.
    blamed = [value for value, reports in happening.fields.get("who", ()) if telling.report in reports]
    sources, targets = (tuple(map(_party, codes)) for codes in (blamed or happening.sources, happening.targets))
    return replace(account, type=happening.type, sources=sources, targets=targets)


def _party(code: str) -> AccountParty:
    return AccountParty(code, "organisation", None, code.split()[0], code)
