"""The journey of many reports, written down once: stories, accounts, incidents, from where the last run stopped.

The archive gives the readings that are new and keeps what is made of them; all of one run is kept, or none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial

from detente.codebook.denials import load_denials
from detente.codebook.fusing import load_weights
from detente.codebook.language import load_language
from detente.codebook.meaning import MeaningReader
from detente.codebook.outlets import outlets_in_force
from detente.codebook.rarity import Rarity
from detente.codebook.times import load_times
from detente.codebook.tolls import load_tolls
from detente.fuse.accounts import AccountWords, accounts_of
from detente.fuse.gathering import FusingKit, gather, regroup
from detente.fuse.meaning import with_meaning
from detente.fuse.memory import MemoryShelf
from detente.fuse.retellings import retellings_of
from detente.fuse.stories import tell_stories
from detente.model.account import Account, EventKey
from detente.model.coded import CodedReport
from detente.model.incident import Incident
from detente.model.outlet import Outlets
from detente.model.shelf import Decision
from detente.model.story import Story
from detente.resolve.when import find_times
from detente.store import Archive
from detente.store.shelf import ArchiveShelf
from detente.store.tombstones import TombstoneRows


@dataclass(frozen=True, slots=True)
class Fused:
    """What several reports together say."""

    stories: tuple[Story, ...]
    incidents: tuple[Incident, ...]


def open_kit(outlets: Outlets | None = None) -> FusingKit:
    """What fusing needs to know, loaded once; outlets as the user filled them in unless others are given."""
    known = outlets_in_force() if outlets is None else outlets
    rarity = Rarity()
    return FusingKit(load_weights(), rarity, open_words(), MeaningReader(rarity), known)


def open_words() -> AccountWords:
    """The words by which accounts are read."""
    times = partial(find_times, words=load_times())
    return AccountWords(load_tolls(), load_denials(), load_language().numbers, times)


def fuse(readings: Iterable[CodedReport], kit: FusingKit | None = None, decisions: Iterable[Decision] = ()) -> Fused:
    """The stories and incidents of these readings, in memory."""
    shelf = MemoryShelf(decisions)
    add_readings(list(readings), shelf, kit or open_kit())
    return Fused(tuple(shelf.stories), tuple(shelf.incidents))


def add_readings(
    readings: Collection[CodedReport], shelf: MemoryShelf | ArchiveShelf, kit: FusingKit
) -> list[Incident]:
    """Adds readings to what a shelf holds; gives the incidents that are new or changed."""
    latest = {coded.report.id: coded for coded in readings}
    stories = tell_stories((coded.report for coded in latest.values()), shelf, kit.stories)
    fresh: list[Account] = []
    gone: set[EventKey] = set()
    for id, coded in latest.items():
        story = stories.get(id) or shelf.story_of(id)
        accounts = told_in(coded, kit, story.id if story else None)
        fresh += accounts
        gone |= shelf.told_by(id) - {account.key for account in accounts}
    for id in stories.keys() - latest.keys():
        # A copy of an older report came: its accounts now belong to a larger story.
        for account in shelf.accounts(shelf.told_by(id)).values():
            fresh.append(replace(account, story=stories[id].id))
    return gather(fresh, gone, shelf, kit)


def told_in(coded: CodedReport, kit: FusingKit, story: str | None) -> list[Account]:
    """All that a report tells: its events, and sentences without one that may retell what others have an event for."""
    return with_meaning([*accounts_of(coded, kit.words, story), *retellings_of(coded, kit.words, story)], kit.meaning)


def fuse_archive(archive: Archive, kit: Callable[[], FusingKit] = open_kit, again: bool = False) -> int:
    """Fuses what came into the archive since the last time, or all of it again; gives how many reports that were."""
    count = 0
    opened: FusingKit | None = None
    with archive.fusing() as shelf:
        if again:
            shelf.forget()
        for readings in shelf.unfused():
            opened = opened or kit()
            add_readings(readings, shelf, opened)
            count += len(readings)
    return count


def take_out_reports(rows: TombstoneRows, ids: Collection[str], kit: FusingKit) -> None:
    """Takes reports out and makes the stories and incidents that they were part of again."""
    gone = {key for id in ids for key in rows.shelf.told_by(id)}
    for id in ids:
        rows.take_out(id)
    gather([], gone, rows.shelf, kit)
    for readings in rows.shelf.unfused():
        add_readings(readings, rows.shelf, kit)


def decide(archive: Archive, decisions: Collection[Decision], kit: FusingKit, keep: bool = True) -> list[Incident]:
    """Keeps decisions (or forgets them) and makes the incidents they touch again."""
    with archive.fusing() as shelf:
        touched = {key for d in decisions for key in (d.one, d.other)}
        touched = shelf.groups_of(touched)
        if keep:
            shelf.decide(decisions)
        else:
            shelf.undecide(decisions)
        return regroup(touched, shelf, kit)
