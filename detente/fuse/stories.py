"""Reports that carry the same text or wire copy become one story: edited, shortened, retitled, or translated twice.

New reports and a shelf of earlier ones in, the stories that changed out. Candidates share a key (signatures.py), and
are then compared closely (copies.py); whoever is like one report of a story belongs to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from detente.codebook.rarity import Rarity
from detente.fuse.copies import Text, likeness, text_of
from detente.fuse.signatures import keys_of
from detente.model.report import Report
from detente.model.shelf import StoryShelf
from detente.model.story import Copy, Story

_ID_LENGTH = 16
# Pairs of reports whose likeness is kept.
_PAIRS = 200_000


@dataclass
class StoryKit:
    """What finding stories needs; prepared texts are kept while one run goes on."""

    rarity: Rarity
    _texts: dict[str, Text] = field(default_factory=dict)
    _likeness: dict[tuple[str, str], tuple[float, str] | None] = field(default_factory=dict)

    def text(self, report: Report) -> Text:
        if report.id not in self._texts:
            if len(self._texts) > 5000:
                self._texts.clear()
            self._texts[report.id] = text_of(report.text)
        return self._texts[report.id]

    def likeness(self, one: Report, other: Report) -> tuple[float, str] | None:
        """How much of one is in the other; kept, for a story that grows asks for its pairs again and again."""
        pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        if pair not in self._likeness:
            if len(self._likeness) > _PAIRS:
                self._likeness.clear()
            self._likeness[pair] = likeness(self.text(one), self.text(other))
        return self._likeness[pair]


def tell_stories(reports: Iterable[Report], shelf: StoryShelf, kit: StoryKit) -> dict[str, Story]:
    """Files the reports and gives all stories that are new or changed, by the ids of their reports."""
    changed: dict[str, Story] = {}
    for report in sorted(reports, key=lambda r: r.id):
        if shelf.story_of(report.id) is not None:
            continue
        keys = keys_of(report, kit.text(report), kit.rarity)
        near = shelf.reports(shelf.reports_at(keys) - {report.id})
        shelf.put_report(report, keys)
        like = {other.id for other in near.values() if kit.likeness(report, other)}
        joined = {report.id} | {id for other in like if (story := shelf.story_of(other)) for id in story.reports}
        story = story_made({**shelf.reports(joined), report.id: report}, kit)
        shelf.put_story(story)
        changed |= dict.fromkeys(story.reports, story)
    return changed


def story_made(reports: Mapping[str, Report], kit: StoryKit) -> Story:
    """The story of these reports: the earliest first, each of the others with the earlier one it is most like."""
    ordered = sorted(reports.values(), key=_place)
    days = [report.published for report in ordered if report.published]
    copies = tuple(_copy(report, ordered[:at], ordered[at + 1 :], kit) for at, report in enumerate(ordered) if at)
    return Story(
        id=content_id(report.id for report in ordered),
        reports=tuple(report.id for report in ordered),
        first=min(days, default=None),
        last=max(days, default=None),
        origin=ordered[0].outlet,
        copies=copies,
    )


def _place(report: Report) -> tuple[date, int, str]:
    # Of one day's reports the longest is likeliest the whole of which the others are parts.
    return report.published or date.max, -len(report.text), report.id


def _copy(report: Report, before: Collection[Report], after: Collection[Report], kit: StoryKit) -> Copy:
    """The report that this one is most like, an earlier one if any."""
    for others in (before, after):
        found = [(result, other.id) for other in others if (result := kit.likeness(report, other))]
        if found:
            (share, why), id = max(found, key=lambda item: (item[0][0], item[1]))
            return Copy(report.id, id, round(share, 3), why)
    return Copy(report.id, report.id, 1.0, "like a report that is like the others")


def content_id(parts: Iterable[str]) -> str:
    """An id that hangs on the content alone."""
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:_ID_LENGTH]
