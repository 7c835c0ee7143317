"""How incidents and stories leave the program: a table for people, JSON Lines, or CSV for a spreadsheet.

Only the table cuts and cleans the words. In CSV nothing can be taken for a formula.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.formats import BREAKS
from detente.cli.listing import SHORT_ID
from detente.cli.quote_forms import BETWEEN, BETWEEN_WORDS, guarded
from detente.fuse.explaining import Reason
from detente.model.account import Account
from detente.model.incident import Disagreement, Incident, IncidentParty
from detente.model.story import Story
from detente.serve.wording import clean, cut


class IncidentFormat(StrEnum):
    """The forms incidents and stories can be asked in."""

    table = "table"
    json = "json"
    csv = "csv"


STANDING_STYLES = {"confirmed": "green", "reported": "default", "claimed": "yellow", "denied": "red"}
WORDS_SHOWN = 160
COLUMNS = (
    *("id", "type", "mode", "first", "last", "dated", "sources", "targets", "victims", "place", "country"),
    *("latitude", "longitude", "status", "background", "reciprocal", "score", "goldstein", "standing", "claimed_by"),
    *("confirmed_by", "denied_by", "reports", "outlets", "origins", "dead_low", "dead_high", "injured_low"),
    *("injured_high", "arrested_low", "arrested_high", "displaced_low", "displaced_high", "taking_part_low"),
    *("taking_part_high", "disagreements", "events"),
)
STORY_COLUMNS = ("id", "first", "last", "origin", "reports", "copies")


def print_json(items: Iterable[dict[str, object]]) -> None:
    """One object a line."""
    for item in items:
        sys.stdout.write(json.dumps(item, ensure_ascii=False).translate(BREAKS) + "\n")


def print_rows(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    """CSV with a header."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(row.get(column, "")) for column in columns] for row in rows)


def print_incidents(incidents: Sequence[Incident], form: IncidentFormat) -> None:
    """The incidents on standard output."""
    if form is IncidentFormat.json:
        print_json(incident.to_dict() for incident in incidents)
    elif form is IncidentFormat.csv:
        print_rows(COLUMNS, map(_cells, incidents))
    elif incidents:
        Console(highlight=False, emoji=False).print(incident_table(incidents))


def incident_table(incidents: Sequence[Incident]) -> Table:
    """A row an incident; standing and disagreements stand below, so that 80 columns are enough."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True, padding=(0, 2, 1, 0))
    table.add_column("Incident", no_wrap=True, min_width=SHORT_ID, style="cyan")
    table.add_column("Day", no_wrap=True, min_width=10)
    table.add_column("What", ratio=5)
    table.add_column("Told by", ratio=2)
    for incident in incidents:
        table.add_row(incident.id[:SHORT_ID], _day_cell(incident), _what_cell(incident), _told_cell(incident))
    return table


def _day_cell(incident: Incident) -> Text:
    if incident.first is None:
        return Text("undated", "dim")
    text = Text(incident.first.isoformat(), "dim" if incident.dated == "publication" else "")
    if incident.last and incident.last != incident.first:
        text.append(f"\nto {incident.last.isoformat()}")
    return text


def _what_cell(incident: Incident) -> Text:
    arrow = " with " if incident.reciprocal else " > "
    sides = [_names(incident.sources)] if incident.reciprocal else [_names(incident.sources), _names(incident.targets)]
    text = Text(arrow.join(side or "unknown" for side in sides), "bold")
    place = f" at {clean(incident.where.name)}" if incident.where else ""
    recalled = ", recalled" if incident.background else ""
    text.append(f"\n{incident.type}{place}{recalled} \u00b7 ")
    text.append(standing_words(incident), STANDING_STYLES[incident.standing])
    for size in incident.sizes:
        text.append(f"\n{size.low if size.low == size.high else f'{size.low} to {size.high}'} {_spaced(size.field)}")
    for item in incident.disagreements:
        text.append(f"\nreports differ on {_spaced(item.field)}: {_values(item)}" if item.field != "denied" else "")
    return text


def standing_words(incident: Incident) -> str:
    """The standing with the sides it rests on."""
    sides = incident.denied_by or incident.confirmed_by or incident.claimed_by
    return f"{incident.standing} by {', '.join(map(clean, sides))}" if sides else incident.standing


def _told_cell(incident: Incident) -> Text:
    reports, origins = len(incident.reports), incident.origins
    text = Text(f"{reports} report{'' if reports == 1 else 's'}, {origins} origin{'' if origins == 1 else 's'}")
    text.append("\n" + cut(", ".join(map(clean, incident.outlets)), 60), "dim")
    return text


def _names(parties: Sequence[IncidentParty]) -> str:
    return ", ".join(clean(f"{party.name} ({party.code})" if party.code else party.name) for party in parties)


def _values(item: Disagreement) -> str:
    return "; ".join(f"{clean(str(value.value))} ({len(value.events)})" for value in item.values)


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _cells(incident: Incident) -> dict[str, str]:
    """The fields of the JSON, each as one cell."""
    told = incident.to_dict()
    where = incident.where
    flat: dict[str, object] = {name: told[name] for name in COLUMNS if name in told}
    flat |= {
        part: BETWEEN.join(_code(p) for p in getattr(incident, part)) for part in ("sources", "targets", "victims")
    }
    flat |= {"place": where.name, "country": where.country} if where else {}
    flat |= {"latitude": where.latitude, "longitude": where.longitude} if where else {}
    for size in incident.sizes:
        flat |= {f"{size.field}_low": size.low, f"{size.field}_high": size.high}
    flat["disagreements"] = BETWEEN.join(f"{item.field}: {_values(item)}" for item in incident.disagreements)
    flat["events"] = BETWEEN.join(map(str, incident.events))
    return {name: _cell(value) for name, value in flat.items()}


def _code(party: IncidentParty) -> str:
    return party.code or f"? {party.name}"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return BETWEEN.join(map(str, value))
    return "" if value is None else str(value)


def print_explained(
    incident: Incident, accounts: Sequence[Account], reasons: Sequence[Reason], start: float, form: IncidentFormat
) -> None:
    """Why the accounts of an incident are one."""
    if form is IncidentFormat.json:
        print_json([{"id": incident.id, "start": start, "reasons": [reason.to_dict() for reason in reasons]}])
        return
    if form is IncidentFormat.csv:
        columns = ("one", "other", "score", "why")
        rows = ({"one": str(r.one), "other": str(r.other), "score": str(r.score), "why": r.words} for r in reasons)
        print_rows(columns, rows)
        return
    console = Console(highlight=False, emoji=False)
    console.print(incident_table([incident]))
    for account in accounts:
        name = f"{account.key.report[:SHORT_ID]}/{account.key.event}"
        outlet = clean(account.outlet or "an outlet without name")
        console.print(Text.assemble((name, "cyan"), f"  {outlet}: ", (_words(account), "italic")))
    for reason in reasons:
        one, other = (f"{key.report[:SHORT_ID]}/{key.event}" for key in (reason.one, reason.other))
        pair = f"{one} with {other}"
        console.print(Text.assemble(f"\n{pair}, score {reason.score:+.1f}: ", (clean(reason.words), "dim")))
    console.print(
        Text(f"\nEvery score begins at {start:+.1f}; accounts are joined where it is high enough on average.", "dim")
    )


def _words(account: Account) -> str:
    return cut(BETWEEN_WORDS.join(map(clean, account.words)), WORDS_SHOWN)


def print_stories(stories: Sequence[Story], form: IncidentFormat) -> None:
    """The stories on standard output."""
    if form is IncidentFormat.json:
        print_json(story.to_dict() for story in stories)
    elif form is IncidentFormat.csv:
        print_rows(STORY_COLUMNS, map(_story_cells, stories))
    elif stories:
        Console(highlight=False, emoji=False).print(story_table(stories))


def story_table(stories: Sequence[Story]) -> Table:
    """A row a story, its copies below each other."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True, padding=(0, 2, 1, 0))
    table.add_column("Story", no_wrap=True, min_width=SHORT_ID, style="cyan")
    table.add_column("First", no_wrap=True, min_width=10)
    table.add_column("Origin", ratio=2)
    table.add_column("Reports", ratio=5)
    for story in stories:
        copies = [f"{copy.report[:SHORT_ID]} like {copy.like[:SHORT_ID]}: {copy.why}" for copy in story.copies]
        lines = Text("\n".join([story.reports[0][:SHORT_ID], *copies]))
        first = story.first.isoformat() if story.first else "undated"
        table.add_row(story.id[:SHORT_ID], first, Text(clean(story.origin or "\u2013")), lines)
    return table


def _story_cells(story: Story) -> dict[str, str]:
    copies = BETWEEN.join(f"{copy.report} like {copy.like} ({copy.share:.2f})" for copy in story.copies)
    told = {"id": story.id, "origin": story.origin or "", "reports": BETWEEN.join(story.reports), "copies": copies}
    days = {"first": story.first, "last": story.last}
    return told | {name: day.isoformat() if day else "" for name, day in days.items()}
