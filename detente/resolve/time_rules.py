"""The rules of times.yaml by their names: which function reads the parts of which pattern."""

from __future__ import annotations

from collections.abc import Mapping

from detente.resolve import told_dates, told_feasts, told_units, told_weekdays
from detente.resolve.time_meaning import NOTHING, Anchor, Meaning, Parts, Rule

__all__ = ["NOTHING", "RULES", "STEPS", "Anchor", "Meaning", "Parts"]

STEPS = frozenset({"stepped_back", "stepped_on", "stepped_unit", "stepped_weekday", "step"})
"""Rules whose days count from a date told before."""

RULES: Mapping[str, Rule] = {
    "iso": told_dates.iso,
    "iso_month": told_dates.iso_month,
    "numeric": told_dates.numeric,
    "date": told_dates.date_told,
    "day_of_month": told_dates.day_of_month,
    "this_day_in": told_dates.this_day_in,
    "date_range": told_dates.date_range,
    "month": told_dates.month_told,
    "month_in_year": told_dates.month_in_year,
    "year": told_dates.year_told,
    "year_range": told_dates.year_range,
    "decade": told_dates.decade,
    "century": told_dates.century,
    "weekday": told_weekdays.weekday,
    "weekday_away": told_weekdays.weekday_away,
    "weekdays_ago": told_weekdays.weekdays_ago,
    "weekday_on": told_weekdays.weekday_on,
    "stepped_weekday": told_weekdays.stepped_weekday,
    "weekend": told_weekdays.weekend,
    "phrase": told_weekdays.phrase,
    "clock": told_weekdays.clock,
    "shifted": told_units.shifted,
    "this_unit": told_units.this_unit,
    "so_far": told_units.so_far,
    "end_of_unit": told_units.end_of_unit,
    "two_away": told_units.two_away,
    "past_span": told_units.past_span,
    "coming_span": told_units.coming_span,
    "row": told_units.row,
    "recent": told_units.recent,
    "unsaid": told_units.unsaid,
    "ago": told_units.ago,
    "ahead": told_units.ahead,
    "ago_same": told_units.ago_same,
    "ago_in": told_units.ago_in,
    "ago_half": told_units.ago_half,
    "stepped_back": told_units.stepped_back,
    "stepped_on": told_units.stepped_on,
    "stepped_unit": told_units.stepped_unit,
    "step": told_units.step,
    "fraction_alone": told_units.fraction_alone,
    "fraction_of_year": told_units.fraction_of_year,
    "season": told_feasts.season,
    "feast": told_feasts.feast,
    "feast_weekend": told_feasts.feast_weekend,
    "named_day": told_feasts.named_day,
}
