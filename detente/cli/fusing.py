"""`detente fuse`, and what other commands do first: fuse what came into the archive since the last time."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.messages import say, working
from detente.codebook.outlets import OutletsError
from detente.fuse.gathering import FusingKit
from detente.fusing import fuse_archive, open_kit
from detente.store import Archive, ArchiveError


def fused(store: Archive, again: bool = False) -> FusingKit:
    """The kit, with everything in the archive fused; says so where reports were new."""
    try:
        kit = open_kit()
    except OutletsError as problem:
        raise ArchiveError(str(problem)) from problem
    with working("joining what the reports tell"):
        count = fuse_archive(store, lambda: kit, again)
    if count:
        say(f"{count} report{'' if count == 1 else 's'} fused")
    return kit


def fuse(
    archive: ArchiveOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="All reports anew, decisions kept: after `detente sources --import`.")
    ] = False,
) -> None:
    """Find stories and incidents in the reports that are new; the other commands do so themselves."""
    with opened(archive, create=False) as store, answering():
        fused(store, again)
        with store.looking() as rows:
            stories, incidents = sum(1 for _ in rows.stories()), sum(1 for _ in rows.incidents())
        reports = store.count()
    say(f"{reports} reports in {stories} stories tell of {incidents} incidents")
