"""What there was to be read, and when others wrote it than before."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from detente.analyse.coverage import Published, PublishedDays, stretches_between
from detente.model.dyad import Unit

JAN = date(2024, 1, 1)


def test_copies_of_one_text_are_one_origin() -> None:
    held = [Published("r1", JAN, "A", "s1"), Published("r2", JAN, "B", "s1"), Published("r3", JAN, None)]
    (day,) = PublishedDays(held).coverage(JAN, JAN, Unit.day)
    assert (day.reports, day.outlets, day.origins, day.changed) == (3, 2, 2, False)


def test_other_outlets_than_before_are_told() -> None:
    def month(number: int, outlet: str) -> list[Published]:
        return [Published(f"{number}-{n}", date(2024, number, 1 + n), outlet) for n in range(12)]

    def changed(held: list[Published]) -> list[bool]:
        return [c.changed for c in PublishedDays(held).coverage(JAN, date(2024, 3, 31), Unit.month)]

    assert changed(month(1, "A") + month(2, "A") + month(3, "B")) == [False, False, True]
    few = [Published("x", JAN, "A"), Published("y", date(2024, 2, 1), "B")]
    assert not any(changed(few))


def test_reports_that_come_later_are_counted() -> None:
    days = PublishedDays([Published("r1", JAN, "A"), Published("r2", None, "A")])
    assert days.period() == (JAN, JAN) and days.coverage(JAN, JAN, Unit.day)[0].reports == 1
    days.add([Published("r3", JAN, "B"), Published("r4", JAN + timedelta(days=1), "B")])
    (first, second) = days.coverage(JAN, JAN + timedelta(days=1), Unit.day)
    assert (first.reports, first.outlets, second.reports) == (2, 2, 1)
    assert [c.reports for c in days.coverage(JAN, JAN, Unit.month)] == [2]
    assert PublishedDays().period() is None


def test_stretches_have_no_gaps() -> None:
    for unit in Unit:
        found = list(stretches_between(date(2023, 12, 30), date(2024, 3, 1), unit))
        assert all(b.first == a.last + timedelta(days=1) for a, b in pairwise(found))
        assert found[0].first <= date(2023, 12, 30) and found[-1].last >= date(2024, 3, 1)
