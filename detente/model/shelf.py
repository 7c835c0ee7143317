"""Where fusing keeps what it knows of reports and accounts between two runs: in memory, or in an archive.

Only what is asked for is looked up, so that a new report costs no more in a large archive than in a small one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from detente.model.account import Account, EventKey
from detente.model.incident import Incident
from detente.model.report import Report
from detente.model.story import Story


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """What a person decided about two events: that they tell one happening, or that they do not."""

    verdict: Literal["together", "apart"]
    one: EventKey
    other: EventKey

    def to_dict(self) -> dict[str, object]:
        return {"verdict": self.verdict, "one": self.one.to_dict(), "other": self.other.to_dict()}


class StoryShelf(Protocol):
    """Reports and the stories they belong to."""

    def reports_at(self, keys: Collection[str]) -> set[str]:
        """The reports that are filed under any of these keys."""

    def put_report(self, report: Report, keys: Collection[str]) -> None:
        """File a report under its keys."""

    def reports(self, ids: Collection[str]) -> Mapping[str, Report]:
        """The reports themselves."""

    def story_of(self, report: str) -> Story | None:
        """The story that a report belongs to."""

    def put_story(self, story: Story) -> None:
        """Keep a story; stories that its reports belonged to before are gone."""


class AccountShelf(Protocol):
    """Accounts with the keys they are found by, the groups that hang together, and the incidents made of them."""

    def accounts_at(self, keys: Collection[str]) -> set[EventKey]:
        """The accounts that are filed under any of these keys."""

    def put_account(self, account: Account, keys: Collection[str]) -> None:
        """File an account under its keys, in place of what was filed for that event."""

    def drop_account(self, key: EventKey) -> None:
        """Forget an account: its report was read again and no longer tells it."""

    def accounts(self, keys: Collection[EventKey]) -> Mapping[EventKey, Account]:
        """The accounts themselves."""

    def told_by(self, report: str) -> set[EventKey]:
        """The accounts of a report."""

    def groups_of(self, keys: Collection[EventKey]) -> set[EventKey]:
        """All accounts that hang together with any of these, themselves included."""

    def put_group(self, group: Collection[EventKey], incidents: Iterable[Incident]) -> None:
        """Keep what a group makes; groups and incidents that its accounts belonged to before are gone."""

    def decisions(self, keys: Collection[EventKey]) -> set[Decision]:
        """What was decided about any of these events."""
