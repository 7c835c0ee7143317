"""`detente review`: what to look at first, what reviewers said of it, how far they agree, how often we are right.

Times are taken here; nothing below asks the clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import islice
from typing import Annotated, cast, get_args

import typer

from detente.analyse.reviews import agreement, precision_by_type
from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import refusing
from detente.cli.messages import say
from detente.cli.review_forms import ReviewFormat, print_items, print_rows, print_verdicts
from detente.codebook.ontology import load_ontology
from detente.model.event import Status
from detente.model.marking import marked, undoing
from detente.model.span import Span
from detente.model.verdict import Correction, Fate, Traced, Verdict
from detente.store.checked import all_traced, find_item, verdicts_on, waiting

review = typer.Typer(name="review", help="Check what was coded: the weightiest first.", no_args_is_help=True)
ItemArgument = Annotated[
    str, typer.Argument(metavar="ITEM", help="An event or statement: REPORT-e1, REPORT-s2; first letters of REPORT do.")
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")]
FormOption = Annotated[ReviewFormat, typer.Option("--format", help="A table, JSON Lines, or CSV.")]
StatusAsked = StrEnum("StatusAsked", {name: name for name in get_args(Status)})  # type: ignore[misc]


class OrderAsked(StrEnum):
    """By what the queue is ordered."""

    consequence = "consequence"
    doubt = "doubt"


class JudgementAsked(StrEnum):
    """What can be said of an item."""

    right = "right"
    wrong = "wrong"
    corrected = "corrected"


def now() -> str:
    """The time at this edge of the program; nothing below asks the clock."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@review.command("next")
def show_next(
    archive: ArchiveOption = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="What this reviewer did not judge.")] = None,
    order: Annotated[
        OrderAsked, typer.Option("--order", help="What hangs on it, or how unsure the machine is.")
    ] = OrderAsked.consequence,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="How many.")] = 1,
    form: FormOption = ReviewFormat.table,
) -> None:
    """Show what is most worth a look and was not judged."""
    with opened(archive, create=False) as store, answering():
        found = list(islice(waiting(store, order.value, by), limit))
    print_items([(item, ()) for item in found], form)
    if not found:
        say("nothing waits")


@review.command("show")
def show_item(id: ItemArgument, archive: ArchiveOption = None, form: FormOption = ReviewFormat.table) -> None:
    """Show one item with its words and what was said of it."""
    with opened(archive, create=False) as store, answering():
        item = find_item(store, id)
        print_items([(item, verdicts_on(store, item))], form)


@review.command("mark")
def mark_item(
    id: ItemArgument,
    judgement: Annotated[JudgementAsked, typer.Argument(help="What is true of the coding.")],
    by: ByOption,
    archive: ArchiveOption = None,
    note: Annotated[str, typer.Option("--note", metavar="WORDS", help="Why.")] = "",
    type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="The PLOVER type that is right.")] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="PARTY", help='Who did it: a code ("RUS MIL") or a name; "" for nobody.'),
    ] = None,
    targets: Annotated[list[str] | None, typer.Option("--target", metavar="PARTY", help="To whom, likewise.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY[/DAY]", help="When: YYYY-MM-DD, or two days.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="Where.")] = None,
    status: Annotated[StatusAsked | None, typer.Option("--status", help="Whether it happened.")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="PARTY", help="Who said it.")] = None,
    channel: Annotated[str | None, typer.Option("--channel", metavar="NAME", help="What carried the words.")] = None,
    content: Annotated[
        list[str] | None, typer.Option("--content", metavar="START-END", help="Where the words stand in the text.")
    ] = None,
) -> None:
    """Say whether an event or statement is coded right."""
    with refusing("--on"):
        first, last = _days(on)
    with refusing("--content"):
        spans = _spans(content)
    correction = Correction(
        type.upper() if type else None, _parties(sources), _parties(targets), first, last, place,
        cast(Status, status.value) if status else None, speaker, channel, spans,
    )  # fmt: skip
    with opened(archive, create=False) as store, answering():
        item = find_item(store, id)
        with refusing(item.mark.id):
            given = Verdict(item.mark, judgement.value, by, now(), correction, note)
            verdict = marked(given, item.coded, load_ontology().types)
        with store.reviewing() as rows:
            kept = rows.add(verdict)
    say(
        f"{item.mark.id} is {kept.judgement}, says {kept.by} (verdict {kept.number}); detente review undo takes it back"
    )


def _parties(given: list[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(party for party in given if party.strip())


def _days(given: str | None) -> tuple[date | None, date | None]:
    if given is None:
        return None, None
    first, _, last = given.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def _spans(given: list[str] | None) -> tuple[Span, ...] | None:
    if given is None:
        return None
    found = []
    for words in given:
        start, _, end = words.partition("-")
        if not (start.isdigit() and end.isdigit()):
            raise ValueError(f"{words!r} is no stretch of the text; write 12-40")
        found.append(Span(int(start), int(end)))
    return tuple(found)


@review.command("undo")
def undo(
    id: ItemArgument,
    by: ByOption,
    archive: ArchiveOption = None,
    note: Annotated[str, typer.Option("--note", metavar="WORDS", help="Why.")] = "",
) -> None:
    """Take back your last verdict on an item, or verdict number N; what you said before it stands again."""
    with opened(archive, create=False) as store, answering():
        if id.isdigit():
            with store.verdicts() as rows:
                verdict = rows.one(int(id))
                gone = rows.is_undone(int(id))
        else:
            gone = False
            found = verdicts_on(store, find_item(store, id))
            verdict = next((t.verdict for t in found if t.verdict.by == " ".join(by.split())), None)
        with refusing(id):
            if verdict is None or gone:
                raise ValueError(f"no verdict of {by} to take back" if not gone else "it was taken back already")
            taken = undoing(verdict, by, now(), note)
        with store.reviewing() as rows:
            rows.add(taken)
    say(f"verdict {verdict.number} on {verdict.mark.id} is taken back")


@review.command("list")
def list_verdicts(
    archive: ArchiveOption = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Those of one reviewer.")] = None,
    lost: Annotated[bool, typer.Option("--lost", help="Those whose item is coded otherwise, or gone.")] = False,
    history: Annotated[bool, typer.Option("--history", help="Every row as it came, undone ones and undoings too.")] = (
        False
    ),
    form: FormOption = ReviewFormat.table,
) -> None:
    """List the verdicts that stand, with what became of their items."""
    with opened(archive, create=False) as store, answering():
        if history:
            with store.verdicts() as rows:
                given = [Traced(v, v.mark.id, "holds") for v in rows.each()]
            fates: dict[int | None, Fate] = {t.verdict.number: t.fate for t in all_traced(store)}
            found = [Traced(t.verdict, t.item, fates.get(t.verdict.number, "holds")) for t in given]
        else:
            found = sorted(all_traced(store), key=lambda t: t.verdict.number or 0)
    asked = " ".join(by.split()) if by else None
    found = [t for t in found if asked in (None, t.verdict.by) and not (lost and t.fate == "holds")]
    print_verdicts(found, form)
    if not found:
        say("no such verdict")


@review.command("agreement")
def show_agreement(archive: ArchiveOption = None, form: FormOption = ReviewFormat.table) -> None:
    """How far reviewers agree: Krippendorff's alpha with its interval."""
    with opened(archive, create=False) as store, answering():
        found = list(all_traced(store))
    print_rows([row.to_dict() for row in agreement(found)], form)
    _tell_left_out(found)


@review.command("precision")
def show_precision(archive: ArchiveOption = None, form: FormOption = ReviewFormat.table) -> None:
    """How often the machine is right, by type, with Wilson's interval."""
    with opened(archive, create=False) as store, answering():
        found = list(all_traced(store))
    rows = precision_by_type(found)
    print_rows([row.to_dict() for row in rows], form)
    if not rows:
        say("no verdicts yet: detente review next shows what to look at")
    _tell_left_out(found)


def _tell_left_out(found: list[Traced]) -> None:
    out = [t for t in found if t.fate != "holds"]
    if out:
        say(f"{len(out)} left out whose items are coded otherwise now, or gone: detente review list --lost")
