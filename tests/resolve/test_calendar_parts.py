"""Parts of an interval of days."""

from __future__ import annotations

from datetime import date

from detente.resolve.calendar_days import Days, whole_month, whole_years
from detente.resolve.calendar_parts import easter, fraction_of, nth_stretch, nth_weekday, orthodox_easter, part_of


def test_easter_as_the_churches_kept_it() -> None:
    assert [easter(year) for year in (2019, 2024)] == [date(2019, 4, 21), date(2024, 3, 31)]
    assert [orthodox_easter(year) for year in (2022, 2025)] == [date(2022, 4, 24), date(2025, 4, 20)]


def test_thirds_of_a_month_and_of_a_year() -> None:
    assert part_of(whole_month(2024, 2), "late") == Days(date(2024, 2, 21), date(2024, 2, 29), "week")
    assert part_of(whole_years(2021, 2021), "mid") == Days(date(2021, 5, 1), date(2021, 8, 31), "month")
    assert part_of(whole_years(2021, 2021), "end") == whole_month(2021, 12)


def test_a_part_that_is_not_there_is_unknown() -> None:
    assert fraction_of(whole_month(2024, 2), 3, 4).first is None
    assert nth_stretch(whole_month(2024, 2), 7, 1, "week").first is None
    assert nth_weekday(whole_month(2024, 2), 5, 0).first is None
    assert nth_weekday(whole_month(2024, 2), 5, 3).first == date(2024, 2, 29)
