"""What is wished of an export and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.model.tombstone import Tombstone
from detente.model.verdict import Traced, Verdict


class ExportError(Exception):
    """Something that cannot be exported; the message says what, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What goes out beside what happened.

    `all_statuses` takes in what is only planned, demanded, denied and the like; `names` the names of private persons
    and victims, who are otherwise called by what they are. `software` names what made the file. `verdicts` are what
    reviewers said, by the ids of reports, `standing` those that stand, by their numbers, `tombstones` what was deleted.
    """

    all_statuses: bool = False
    names: bool = False
    software: str = "detente"
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    standing: Mapping[int, Traced] = field(default_factory=dict)
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, what had to stay out with the reason, and what the format could not say."""

    rows: int
    left_out: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
