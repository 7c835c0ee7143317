"""A reading as a person wants it in the terminal: events, statements, actors, and what was left unresolved and why.

Everything goes through plain `Text`, so that nothing in a report can colour, move or rewrite the terminal. Events that
are recalled or did not happen stand dimmed and say so. Readable from 60 columns on.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.styled import Styled
from rich.table import Table
from rich.text import Text

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.origin import first_found
from detente.model.participant import Participant
from detente.model.quads import quad_of
from detente.model.reading import Unresolved
from detente.model.statement import Statement
from detente.serve.wording import (
    MANNER,
    STATUS,
    basis_words,
    clean,
    cut,
    date_words,
    description_words,
    names_of,
    nested,
    own_words,
    parties,
    place_words,
    size_words,
    speaker_words,
    told_by,
    type_words,
    words_of,
)

# Cooperation is cool, conflict warm; the quad class is said in words too.
QUAD_STYLES = {0: "default", 1: "cyan", 2: "green", 3: "yellow", 4: "red"}
WORDS_SHOWN = 240
DATE_WIDTH = 11


def reading_table(coded: CodedReport) -> RenderableType:
    """The whole reading, section by section."""
    parts: list[RenderableType] = [_head(coded)]
    if coded.unread:
        return Group(*parts, *_section("Not read", [Text(clean(coded.unread))], ""))
    parts += _section("Events", [_event(coded, event) for event in coded.events], "No event was found.")
    told = [item for tree in nested(coded.statements) for item in tree.walk()]
    said = [_statement(coded, item.statement, item.depth) for item in told]
    parts += _section("Statements", said, "Nobody is quoted.")
    parts += _section("Actors", [_actors(coded.participants)] if coded.participants else [], "Nobody is named.")
    if coded.unresolved:
        parts += _section("Left unresolved", [_unresolved(coded, item) for item in coded.unresolved], "")
    return Group(*parts)


def _head(coded: CodedReport) -> Text:
    report = coded.report
    title = clean(report.title or "") or cut(clean(report.text[:400]), 76)
    day = report.published.isoformat() if report.published else "undated"
    author = first_found(report.origin.found, "author") if report.origin else None
    facts = [clean(report.outlet or ""), clean(author.value) if author else "", day, f"id {report.id}"]
    return Text.assemble((title, "bold"), "\n", (" \u00b7 ".join(fact for fact in facts if fact), "dim"))


def _section(name: str, items: list[RenderableType], empty: str) -> list[RenderableType]:
    count = f" ({len(items)})" if len(items) > 1 else ""
    head = Rule(Text(name + count, "bold"), align="left", style="dim")
    return [Text(), head, *(items or [Text(empty, "dim")])]


def _beside(left: Text, lines: Iterable[Text]) -> Table:
    """A narrow column and the lines that belong to it."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=DATE_WIDTH)
    grid.add_column(ratio=1)
    grid.add_row(left, Text("\n").join(lines))
    return grid


def _joined(parts: Iterable[str | tuple[str, str]]) -> Text:
    """The parts that are not empty, with dots between."""
    texts = [Text(part) if isinstance(part, str) else Text(*part) for part in parts]
    return Text(" \u00b7 ").join(text for text in texts if text.plain)


def _event(coded: CodedReport, event: Event) -> RenderableType:
    quad = quad_of(event)
    faded = "dim" if event.background or not event.counts else ""
    place = place_words(event.place)
    facts = _joined(
        [
            (type_words(event), f"{QUAD_STYLES[quad.number]} {faded}".strip()),
            (own_words(event), "bold"),
            quad.words,
            STATUS[event.status] if event.status == "happened" else (STATUS[event.status], "bold"),
            ("background", "bold") if event.background else "",
            f"in {place}" if place else "",
            size_words(event.size),
            (told_by(coded, event), "italic"),
        ]
    )
    victims = [Text(f"hit: {names_of(coded, event.victims)}")] if event.victims else []
    words = Text(cut(words_of(coded, event.evidence[:2] or (event.trigger,)), WORDS_SHOWN), "italic")
    date = Text(date_words(event.when).replace(" to ", "\nto "), "" if event.when else "dim")
    basis = basis_words(event.when)
    if basis:
        date.append(f"\n{basis.removeprefix('day of ')}", "dim")
    grid = _beside(date, [Text(parties(coded, event), "bold"), facts, *victims, words])
    return Padding(Styled(grid, faded), (0, 0, 1, 0))


def _statement(coded: CodedReport, statement: Statement, depth: int) -> RenderableType:
    inside = "inside it: " if depth else ""
    head = Text.assemble((inside, "dim"), (speaker_words(coded, statement), "bold"))
    head.append(f", {MANNER[statement.manner]}", "dim")
    if statement.channel:
        head.append(f", through {clean(statement.channel.name)}", "cyan")
    about, addressees = names_of(coded, statement.about), names_of(coded, statement.addressees)
    about_text = _joined([f"about {about}" if about else "", f"to {addressees}" if addressees else ""])
    words = Text(cut(words_of(coded, statement.content), 2 * WORDS_SHOWN), "italic")
    lines = [head, words] + ([about_text] if about_text.plain else [])
    return Padding(Text("\n").join(lines), (0, 0, 1, 2 * depth))


def _actors(participants: tuple[Participant, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("Name", ratio=3)
    table.add_column("Office", ratio=4)
    table.add_column("Code", no_wrap=True, min_width=8)
    for participant in participants:
        code = Text(clean(participant.code)) if participant.code else Text("unknown", "dim")
        office = Text(description_words(participant), "" if participant.office else "dim")
        table.add_row(Text(clean(participant.name), "bold"), office, code)
    return table


def _unresolved(coded: CodedReport, item: Unresolved) -> Text:
    words = f"\u201c{cut(words_of(coded, [item.span]), 80)}\u201d" if item.span else "the report"
    line = Text.assemble((words, "italic"), f"  {clean(item.kind)}: {clean(item.why)}")
    if item.candidates:
        line.append(f" (perhaps {clean(' or '.join(names_of(coded, [c]) for c in item.candidates))})", "dim")
    return line
