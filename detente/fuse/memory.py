"""A shelf in memory: for one run over given reports, and for tests. The archive has its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from detente.model.account import Account, EventKey
from detente.model.incident import Incident
from detente.model.report import Report
from detente.model.shelf import Decision
from detente.model.story import Story


class MemoryShelf:
    """Everything that fusing keeps, in dictionaries."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._reports: dict[str, Report] = {}
        self._stories: dict[str, Story] = {}
        self._accounts: dict[EventKey, Account] = {}
        self._keys: dict[EventKey, tuple[str, ...]] = {}
        self._groups: dict[EventKey, frozenset[EventKey]] = {}
        self._incidents: dict[EventKey, Incident] = {}
        self._told: dict[str, set[EventKey]] = defaultdict(set)
        self._reports_at: dict[str, set[str]] = defaultdict(set)
        self._accounts_at: dict[str, set[EventKey]] = defaultdict(set)
        self._decisions = set(decisions)

    def reports_at(self, keys: Collection[str]) -> set[str]:
        return {id for key in keys for id in self._reports_at.get(key, ())}

    def put_report(self, report: Report, keys: Collection[str]) -> None:
        self._reports[report.id] = report
        for key in keys:
            self._reports_at[key].add(report.id)

    def reports(self, ids: Collection[str]) -> Mapping[str, Report]:
        return {id: self._reports[id] for id in ids if id in self._reports}

    def story_of(self, report: str) -> Story | None:
        return self._stories.get(report)

    def put_story(self, story: Story) -> None:
        for report in story.reports:
            self._stories[report] = story

    def accounts_at(self, keys: Collection[str]) -> set[EventKey]:
        return {account for key in keys for account in self._accounts_at.get(key, ())}

    def put_account(self, account: Account, keys: Collection[str]) -> None:
        self._unfile(account.key)
        self._accounts[account.key] = account
        self._keys[account.key] = tuple(keys)
        self._told[account.key.report].add(account.key)
        for key in keys:
            self._accounts_at[key].add(account.key)

    def drop_account(self, key: EventKey) -> None:
        self._unfile(key)
        self._accounts.pop(key, None)
        self._told[key.report].discard(key)
        self._groups.pop(key, None)
        self._incidents.pop(key, None)

    def _unfile(self, key: EventKey) -> None:
        for name in self._keys.pop(key, ()):
            self._accounts_at[name].discard(key)

    def accounts(self, keys: Collection[EventKey]) -> Mapping[EventKey, Account]:
        return {key: self._accounts[key] for key in keys if key in self._accounts}

    def told_by(self, report: str) -> set[EventKey]:
        return set(self._told.get(report, ()))

    def groups_of(self, keys: Collection[EventKey]) -> set[EventKey]:
        found: set[EventKey] = set()
        for key in keys:
            if key not in found:
                found |= self._groups.get(key, {key})
        return found

    def put_group(self, group: Collection[EventKey], incidents: Iterable[Incident]) -> None:
        whole = frozenset(group)
        for key in whole:
            self._groups[key] = whole
            self._incidents.pop(key, None)
        for incident in incidents:
            for key in incident.events:
                self._incidents[key] = incident

    def decisions(self, keys: Collection[EventKey]) -> set[Decision]:
        asked = set(keys)
        return {d for d in self._decisions if d.one in asked or d.other in asked}

    def undecide(self, decisions: Iterable[Decision]) -> None:
        """Forget what was decided."""
        self._decisions -= set(decisions)

    @property
    def incidents(self) -> list[Incident]:
        """All incidents, by their first day."""
        found = {incident.id: incident for incident in self._incidents.values()}
        return sorted(found.values(), key=lambda i: (str(i.first or "9999"), i.id))

    @property
    def stories(self) -> list[Story]:
        """All stories, by their first day."""
        found = {story.id: story for story in self._stories.values()}
        return sorted(found.values(), key=lambda s: (str(s.first or "9999"), s.id))
