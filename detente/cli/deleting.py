"""`detente delete`: takes a report or a person out of the archive for good, and leaves a tombstone.

The file is written anew, so that no word is left in it; backups and exports made before are not touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import refusing
from detente.cli.fusing import fused
from detente.cli.messages import say, working
from detente.cli.review import FormOption, now
from detente.cli.review_forms import ReviewFormat, print_rows
from detente.fusing import take_out_reports
from detente.model.tombstone import Deleted, Tombstone, tombstone_hash
from detente.store import Archive, ArchiveError
from detente.store.tombstones import hashes_of

delete = typer.Typer(name="delete", help="Take a report or a person out of the archive for good.", no_args_is_help=True)
ReasonOption = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why; it stays on the tombstone.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who deletes; it stays on the tombstone.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do it; else it is only said what would go.")]


@dataclass(frozen=True, slots=True)
class Deletion:
    """What is to go, what it is known by, and the names that go with it."""

    kind: Deleted
    reports: tuple[str, ...]
    hashes: tuple[str, ...]
    names: tuple[str, ...] = ()


@delete.command("report")
def delete_report(
    id: Annotated[str, typer.Argument(metavar="ID", help="The report's id, or its first letters.")],
    reason: ReasonOption,
    by: ByOption,
    archive: ArchiveOption = None,
    yes: YesOption = False,
) -> None:
    """Delete a report: its text, its readings, and all that was made of them."""
    with opened(archive, create=False) as store, answering():
        whole = store.get(id).report.id
        _delete(store, Deletion("report", (whole,), (tombstone_hash("report", whole),)), reason, by, yes)


@delete.command("person")
def delete_person(
    person: Annotated[str, typer.Argument(metavar="ID_OR_NAME", help="person:Q1, Q1, or the whole name.")],
    reason: ReasonOption,
    by: ByOption,
    archive: ArchiveOption = None,
    yes: YesOption = False,
) -> None:
    """Delete a person: every report that names them, for a text cannot be altered."""
    with opened(archive, create=False) as store, answering():
        with store.deleting() as rows:
            ids, names = rows.people(person)
            written = names or ({person} if len(person.split()) > 1 else set())
            reports = rows.reports_of(ids, written)
        if not reports:
            raise ArchiveError(f"archive {store.path}: nobody is called {person!r}; give an id or the whole name")
        hashes = tuple(dict.fromkeys(hashes_of(ids, written | ({person} if not ids else set()))))
        _delete(store, Deletion("person", tuple(reports), hashes, tuple(sorted(written))), reason, by, yes)


def _delete(store: Archive, what: Deletion, reason: str, by: str, yes: bool) -> None:
    with refusing("--reason and --by"):
        if not reason.strip() or not by.strip():
            raise ValueError("a tombstone says why, and who")
    told = f"{len(what.reports)} report{'' if len(what.reports) == 1 else 's'}"
    if not yes:
        shown = ", ".join(id[:8] for id in what.reports[:5]) + (" ..." if len(what.reports) > 5 else "")
        with refusing("--yes"):
            raise ValueError(f"nothing is deleted yet; {told} would go for good ({shown})")
    kit = fused(store)
    when = now()
    with store.deleting() as rows, working("deleting"):
        take_out_reports(rows, what.reports, kit)
        for place, hash in enumerate(what.hashes):
            counted = len(what.reports) if place == 0 else 0
            rows.put(Tombstone(what.kind, hash, reason.strip(), by.strip(), when, counted))
        if what.kind == "person":
            for id in what.reports:
                rows.put(Tombstone("report", tombstone_hash("report", id), reason.strip(), by.strip(), when))
            rows.blot_out(what.names)
    _scrub(store)
    say(f"{told} deleted; it is remembered why. Backups and exports made before still hold the words")


def _scrub(store: Archive) -> None:
    try:
        with working("writing the archive anew"):
            store.scrub()
    except ArchiveError as problem:
        left = f"deleted, but the words may still be in the file: {problem}; then detente delete clean"
        raise ArchiveError(left) from problem


@delete.command("clean")
def clean_file(archive: ArchiveOption = None) -> None:
    """Write the file anew, where a deletion could not because somebody else had it open."""
    with opened(archive, create=False) as store, answering():
        _scrub(store)
    say("no word of what was deleted is left in the file")


@delete.command("list")
def list_tombstones(
    archive: ArchiveOption = None,
    form: FormOption = ReviewFormat.table,
) -> None:
    """List what was deleted: why, who and when."""
    with opened(archive, create=False) as store, answering():
        stones = store.tombstones()
    print_rows([stone.to_dict() for stone in stones], form)
    if not stones:
        say("nothing was deleted")
