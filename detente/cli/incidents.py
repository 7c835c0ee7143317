"""`detente incidents`: what the reports of an archive together say happened; and decisions about what is one happening.

New reports are fused first, so that the answer is that of the archive as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import check_options, refusing
from detente.cli.days import day_of
from detente.cli.fusing import fused
from detente.cli.incident_forms import IncidentFormat, print_explained, print_incidents
from detente.cli.messages import say
from detente.codebook.folding import fold_name
from detente.codebook.ontology import load_ontology
from detente.fuse.explaining import reasons_of
from detente.fuse.gathering import FusingKit
from detente.fuse.tellers import side_of
from detente.fusing import decide
from detente.model.account import EventKey
from detente.model.incident import Incident
from detente.model.shelf import Decision
from detente.store import Archive, ArchiveError, ArchivePlace

incidents = typer.Typer(
    name="incidents",
    help="Show what several reports together say happened, with their disagreements.",
    invoke_without_command=True,
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The incident, or the beginning of its id.")]


@incidents.callback()
def show_incidents(
    context: typer.Context,
    archive: ArchiveOption = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="A B", help='Between two countries or sides: RUS ARM, "SYR GOV" "SYR REB".'),
    ] = None,
    type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Of a PLOVER type: ASSAULT.")] = None,
    since: Annotated[
        date | None, typer.Option("--since", parser=day_of, metavar="DAY", help="Happened on that day or later.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=day_of, metavar="DAY", help="Happened on that day or earlier.")
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="At a place of that name.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="The first N only.")] = None,
    form: Annotated[
        IncidentFormat, typer.Option("--format", help="A table, JSON Lines, or CSV.")
    ] = IncidentFormat.table,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="ID", help="Why the accounts of this incident are one.")
    ] = None,
) -> None:
    """Show what several reports together say happened, with their disagreements."""
    if context.invoked_subcommand is not None:
        return
    check_options(None, archive, None, since, until)
    wanted = _type(type)
    codes = _codes(between)
    with opened(archive, create=False) as store, answering():
        kit = fused(store)
        if explain is not None:
            _explain(store, explain, form, kit)
            return
        with store.looking() as rows:
            found = [i for i in rows.incidents(since, until, wanted) if _fits(i, codes, place)]
    _print(found, limit, form)


def _type(asked: str | None) -> str | None:
    if asked is None:
        return None
    code, known = asked.upper(), load_ontology().types
    with refusing("--type"):
        if code not in known:
            raise ValueError(f"PLOVER has no type {asked!r}; its types are {', '.join(sorted(known))}")
    return code


def _codes(between: tuple[str, str] | None) -> tuple[str, str] | None:
    if between is None:
        return None
    one, other = (" ".join(code.upper().split()) for code in between)
    with refusing("--between"):
        for code in (one, other):
            if side_of(code) is None and code != "IGO":
                raise ValueError(f"{code!r} is no country; write ISO 3166 codes: RUS ARM")
        if one == other:
            raise ValueError(f"{one} and {other} are one side; give two")
    return one, other


def _fits(incident: Incident, between: tuple[str, str] | None, place: str | None) -> bool:
    if place is not None and (incident.where is None or fold_name(place) not in fold_name(incident.where.name)):
        return False
    if between is None:
        return True
    one, other = between
    sources = [party.code or "" for party in incident.sources]
    targets = [party.code or "" for party in (*incident.targets, *incident.victims)]
    return (_has(sources, one) and _has(targets, other)) or (_has(sources, other) and _has(targets, one))


def _has(codes: Iterable[str], asked: str) -> bool:
    return any(code == asked or code.startswith(asked + " ") for code in codes)


def _explain(store: Archive, id: str, form: IncidentFormat, kit: FusingKit) -> None:
    with store.looking() as rows:
        incident = rows.incident(id)
        accounts = rows.accounts(incident)
        reasons = reasons_of(accounts, kit, rows.decisions())
    print_explained(incident, accounts, reasons, kit.weights.start / 1000, form)


def _print(found: list[Incident], limit: int | None, form: IncidentFormat) -> None:
    print_incidents(found[:limit], form)
    if not found:
        say("no such incident found")
    elif limit is not None and limit < len(found):
        say(f"{len(found)} incidents found, the first {limit} shown")


@incidents.command("apart")
def set_apart(
    id: IdArgument,
    events: Annotated[
        list[str],
        typer.Argument(metavar="EVENT...", help="Events that are another happening: REPORT/EVENT, or a report's id."),
    ],
    archive: ArchiveOption = None,
) -> None:
    """Decide that some events of an incident are another happening; it holds ever after."""
    with opened(archive, create=False) as store, answering():
        kit = fused(store)
        with store.looking() as rows:
            incident = rows.incident(id)
        out = _named(incident, events, store.path)
        rest = [key for key in incident.events if key not in out]
        if not rest:
            raise ArchiveError(f"all events of {incident.id} are named; leave some of them")
        _decide(store, [Decision("apart", *sorted((a, b))) for a in out for b in rest], kit, keep=True)


@incidents.command("together")
def put_together(
    ids: Annotated[list[str], typer.Argument(metavar="ID ID...", help="Incidents that are one happening.")],
    archive: ArchiveOption = None,
) -> None:
    """Decide that incidents are one happening; it holds ever after."""
    with opened(archive, create=False) as store, answering():
        kit = fused(store)
        with store.looking() as rows:
            found = [rows.incident(id) for id in ids]
        if len({incident.id for incident in found}) < 2:
            raise ArchiveError("give two incidents or more")
        keys = sorted(key for incident in found for key in incident.events)
        # Each with the first: one chain is enough to hold them, and later decisions can still part them.
        _decide(store, [Decision("together", keys[0], key) for key in keys[1:]], kit, keep=True)


@incidents.command("undo")
def undo(id: IdArgument, archive: ArchiveOption = None) -> None:
    """Forget what was decided about the events of an incident."""
    with opened(archive, create=False) as store, answering():
        kit = fused(store)
        with store.looking() as rows:
            incident = rows.incident(id)
            mine = [d for d in rows.decisions() if {d.one, d.other} & set(incident.events)]
        if not mine:
            raise ArchiveError(f"nothing was decided about {incident.id}")
        _decide(store, mine, kit, keep=False)


def _named(incident: Incident, asked: Iterable[str], place: ArchivePlace) -> list[EventKey]:
    """The events of the incident that are named; ArchiveError where a name fits none."""
    found: list[EventKey] = []
    for name in asked:
        report, _, event = name.partition("/")
        keys = [k for k in incident.events if k.report.startswith(report) and event in ("", k.event)]
        if not keys:
            shown = ", ".join(f"{key.report[:8]}/{key.event}" for key in incident.events)
            raise ArchiveError(f"archive {place}: incident {incident.id} has no event {name!r}; it has {shown}")
        found += keys
    return list(dict.fromkeys(found))


def _decide(store: Archive, decisions: list[Decision], kit: FusingKit, keep: bool) -> None:
    made = decide(store, decisions, kit, keep)
    keys = {key for d in decisions for key in (d.one, d.other)}
    print_incidents([i for i in made if keys & set(i.events)], IncidentFormat.table)
    say(f"{'decided' if keep else 'forgotten'}: {len(decisions)} pair{'' if len(decisions) == 1 else 's'} of events")
