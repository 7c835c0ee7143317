"""What reviewers said of an archive's items as they are now, and what waits to be looked at, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.model.coded import CodedReport
from detente.model.verdict import Mark, Traced, marks_of, traced
from detente.store.archive import Archive
from detente.store.errors import archive_error
from detente.store.verdicts import Order

# Items that are asked for at once while looking for those without a verdict.
_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Item:
    """An event or statement of a current reading, and what a verdict on it remembers."""

    coded: CodedReport
    mark: Mark


def all_traced(archive: Archive) -> Iterator[Traced]:
    """Every standing verdict with the item that it is about, report by report."""
    with archive.verdicts() as rows:
        by_report = rows.by_report()
    left = dict(by_report)
    for coded in archive.some(by_report.keys()):
        yield from traced(left.pop(coded.report.id), coded)
    # Whatever became of their reports, no verdict is dropped in silence.
    for verdicts in left.values():
        yield from traced(verdicts, None)


def verdicts_on(archive: Archive, item: Item) -> tuple[Traced, ...]:
    """The standing verdicts on one item."""
    with archive.verdicts() as rows:
        given = rows.of_report(item.mark.report)
    return tuple(found for found in traced(given, item.coded) if found.item == item.mark.id)


def find_item(archive: Archive, id: str) -> Item:
    """The item with this id, or REPORT-e1 with the first letters of the report's id; ArchiveError where none is."""
    report, between, own = id.rpartition("/") if "/" in id else id.rpartition("-")
    if not between:
        raise archive_error(archive.path, f"{id!r} names no event or statement", "write REPORT-e1 or REPORT-s1")
    coded = archive.get(report)
    for mark in marks_of(coded):
        if mark.id in (own, f"{coded.report.id}-{own}"):
            return Item(coded, mark)
    what = f"report {coded.report.id} has no event or statement {own!r}"
    raise archive_error(archive.path, what, f"detente show {report} lists them")


def waiting(archive: Archive, order: Order = "consequence", by: str | None = None) -> Iterator[Item]:
    """The items that nobody judged (or not this reviewer), the weightiest first; those coded anew since wait again."""
    last: CodedReport | None = None
    done: frozenset[str] = frozenset()
    skip = 0
    while True:
        with archive.verdicts() as rows:
            found = rows.worth_a_look(order, skip, _AT_A_TIME)
        for report, kind, position in found:
            if last is None or last.report.id != report:
                last = archive.get(report)
                done = _judged(archive, last, by)
            items = [mark for mark in marks_of(last) if mark.kind == kind]
            if position < len(items) and items[position].id not in done:
                yield Item(last, items[position])
        skip += _AT_A_TIME
        if len(found) < _AT_A_TIME:
            return


def _judged(archive: Archive, coded: CodedReport, by: str | None) -> frozenset[str]:
    """The items of a reading with a verdict that holds."""
    with archive.verdicts() as rows:
        given = rows.of_report(coded.report.id)
    held = (t for t in traced(given, coded) if t.fate == "holds" and by in (None, t.verdict.by))
    return frozenset(t.item for t in held if t.item is not None)
