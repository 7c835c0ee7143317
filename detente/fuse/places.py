"""Whether two places of accounts are one, lie in each other, or are named by the other account."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from rapidfuzz.fuzz import ratio

from detente.codebook.folding import fold_name
from detente.fuse.views import View
from detente.fuse.wording import sound_of
from detente.model.account import AccountPlace

_EARTH_KM = 6371.0
# Spellings of one name: "Bardhere", "Bardheere".
_SPELT_ALIKE = 84.0
_SHORT = 3
_REGIONS = frozenset({"admin1", "admin2", "region"})


def same_place(one: AccountPlace, other: AccountPlace) -> bool:
    """Whether both are the same entry of the gazetteer, or names spelt nearly alike."""
    if one.geonames_id is not None and one.geonames_id == other.geonames_id:
        return True
    return ratio(fold_name(one.name), fold_name(other.name)) >= _SPELT_ALIKE


def names_place(view: View, name: str | None) -> bool:
    """Whether the account's sentences name that place."""
    word = max((name or "").split(), key=len, default="")
    return len(word) > _SHORT and sound_of(word) in view.context.names


def names_in_clause(view: View) -> bool:
    """Whether the account's own clause names its place: one taken from elsewhere in a report may be wrong."""
    word = max((view.place_name or "").split(), key=len, default="")
    return len(word) > _SHORT and sound_of(word) in view.clause.names


def contains(outer: AccountPlace, inner: AccountPlace) -> bool:
    """Whether one place is the region in which the other lies."""
    if outer.resolution not in _REGIONS or outer.country != inner.country:
        return False
    return outer.admin1 is not None and outer.admin1 == inner.admin1


def distance_km(one: AccountPlace, other: AccountPlace) -> float | None:
    """Kilometres between two places as the crow flies; None where either has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    a, b = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
