"""What is wished of an export and what came of it."""

from __future__ import annotations

from dataclasses import dataclass


class ExportError(Exception):
    """Something that cannot be exported; the message says what, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What goes out beside what happened.

    `all_statuses` takes in what is only planned, demanded, denied and the like; `names` the names of private persons
    and victims, who are otherwise called by what they are. `software` names what made the file.
    """

    all_statuses: bool = False
    names: bool = False
    software: str = "detente"


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, what had to stay out with the reason, and what the format could not say."""

    rows: int
    left_out: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
