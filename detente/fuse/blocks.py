"""The keys under which an account is filed, so that only accounts with a key in common are ever compared.

A prepared account in, keys out. A key joins something told (two countries, a country and a type, a name, a place) with
some days: how many accounts share one depends on how much is told of those days, not on how long an archive reaches.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from detente.fuse.views import View
from detente.fuse.wording import sound_of

# Days that share a key; a stretch of days has a key for each such bucket it touches.
_BUCKET = 4
# Longer stretches ("in March") are filed by months, those longer than a quarter by half years.
_LONG, _QUARTER = 14, 92
_JUNE, _HALVES = 6, 4
_NAMES = 8
# A name that is met so rarely tells which happening is meant.
RARE = 0.6


def keys_of(view: View) -> frozenset[str]:
    """The keys of an account; those of one happening share at least one as a rule.

    Countries and types are filed by days, names by months too, places even by half years: who tells of a place "in
    March" or "two years ago" is found by it, and nobody is found by a country and a year.
    """
    days, months, halves = list(_days(view)), list(_months(view)), list(_half_years(view))
    told = [f"c:{pair}" for pair in _pairs(view)]
    if not view.account.bare:
        told += [f"t:{country}:{view.account.type}" for country in sorted(view.countries)]
    names = [f"n:{name}" for name in rare_names(view)]
    places = [f"p:{sound_of(view.place_name)}"] if view.place_name else []
    filed = [(told, days), (names, days + months), (places, days + months + halves)]
    return frozenset(f"{what}@{time}" for whats, times in filed for what in whats for time in times)


def rare_names(view: View) -> list[str]:
    """The most telling names of an account's sentences."""
    names = view.context.names
    found = sorted((name for name, weight in names.items() if weight > RARE), key=lambda n: (-names[n], n))
    return found[:_NAMES]


def _pairs(view: View) -> Iterator[str]:
    countries = sorted(view.countries | view.named | set(view.account.about))
    for n, one in enumerate(countries):
        for other in countries[n + 1 :]:
            yield f"{one}-{other}"


def _length(view: View) -> int:
    return (view.days.last - view.days.first).days if view.days else 0


def _days(view: View) -> Iterator[str]:
    """The stretches of days that an account touches, if it knows its days well enough."""
    if view.days and _length(view) <= _LONG:
        # Of a day that is told, reports are a day apart now and then.
        slack = 1 if view.days.told else 0
        first, last = (view.days.first.toordinal() - slack) // _BUCKET, (view.days.last.toordinal() + slack) // _BUCKET
        yield from (f"d{bucket}" for bucket in range(first, last + 1))


def _months(view: View) -> Iterator[str]:
    """The months of an account; one that recalls without a date may mean this month or the last."""
    if view.days is not None:
        if _length(view) <= _QUARTER:
            yield from sorted({_month(view.days.first), _month(view.days.last)})
    elif view.account.published is not None:
        day = view.account.published
        yield from sorted({_month(day), _month(max(day, date(1, 2, 1)) - timedelta(days=31))})


def _half_years(view: View) -> Iterator[str]:
    """The half years of an account, no more than those of the first two years of a long stretch."""
    if view.days is not None:
        first, last = (2 * day.year + (day.month > _JUNE) for day in (view.days.first, view.days.last))
        yield from (f"h{half}" for half in range(first, min(last, first + _HALVES - 1) + 1))


def _month(day: date) -> str:
    return f"m{day.year}-{day.month:02}"
