"""How well two accounts agree: named signs, each 0 or 1 or a share, whose weights lie in data/fusing/weights.yaml.

Two prepared accounts in, signs out. Nothing is decided here, and nothing but the two is looked at: what else lies in
an archive cannot change how well two accounts agree.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from rapidfuzz.fuzz import ratio

from detente.fuse.views import View
from detente.fuse.wording import likeness, shared, sound_of
from detente.model.account import AccountPlace

Signs = dict[str, float]

_EARTH_KM = 6371.0
_NEAR_KM, _FAR_KM = 30.0, 60.0
# Spellings of one name: "Bardhere", "Bardheere".
_SPELT_ALIKE = 84.0
_LOCAL = frozenset({"city", "below_city"})
_MANY_DAYS = 30


def signs_of(one: View, other: View) -> Signs:
    """What speaks for and against the two accounts telling one happening."""
    return {**_time_signs(one, other), **_place_signs(one, other), **_party_signs(one, other), **_type_signs(one, other), **_word_signs(one, other)}


def _time_signs(one: View, other: View) -> Signs:
    if one.days is None or other.days is None:
        return {"day unknown": 1.0}
    gap = one.days.gap(other.days)
    if one.days.told and other.days.told:
        if gap == 0:
            return {"same day told": 1.0}
        return {"next day told": 1.0} if gap == 1 else {"other days told": 1.0, "days apart": min(gap, _MANY_DAYS) / _MANY_DAYS}
    if gap == 0:
        return {"news of the same days": 1.0}
    return {"news of other days": 1.0, "days apart": min(gap, _MANY_DAYS) / _MANY_DAYS}


def _place_signs(one: View, other: View) -> Signs:
    signs: Signs = {}
    if one.place is None or other.place is None:
        told = (one.place_name and _names(other, one.place_name)) or (other.place_name and _names(one, other.place_name))
        return {"place named by the other": 1.0} if told else {}
    if _same_place(one, other):
        signs["same place"] = 1.0
        if {one.place.resolution, other.place.resolution} & _LOCAL:
            signs["same town"] = 1.0
        return signs
    if _names(other, one.place_name or "") or _names(one, other.place_name or ""):
        signs["place named by the other"] = 1.0
        return signs
    apart = distance_km(one.place, other.place)
    if _contains(one.place, other.place) or _contains(other.place, one.place) or (apart is not None and apart <= _NEAR_KM):
        return {"place near or within": 1.0}
    both_local = one.place.resolution in _LOCAL and other.place.resolution in _LOCAL
    if both_local and (apart is None or apart > _FAR_KM):
        return {"other town": 1.0}
    return {"other place": 1.0}


def _names(view: View, name: str) -> bool:
    """Whether the account's sentences name that place."""
    word = max(name.split(), key=len, default="")
    return len(word) > 3 and sound_of(word) in view.context.names


def _same_place(one: View, other: View) -> bool:
    assert one.place is not None and other.place is not None
    if one.place.geonames_id is not None and one.place.geonames_id == other.place.geonames_id:
        return True
    return ratio(one.place_name or "", other.place_name or "") >= _SPELT_ALIKE


def _contains(outer: AccountPlace, inner: AccountPlace) -> bool:
    """Whether one place is the region in which the other lies."""
    if outer.resolution not in ("admin1", "admin2", "region") or outer.country != inner.country:
        return False
    return outer.admin1 is not None and outer.admin1 == inner.admin1


def distance_km(one: AccountPlace, other: AccountPlace) -> float | None:
    """Kilometres between two places as the crow flies; None where either has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    a, b = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _party_signs(one: View, other: View) -> Signs:
    signs: Signs = {}
    if one.countries and other.countries:
        common = one.countries & other.countries
        if not common:
            signs["no country in common"] = 1.0
        elif len(common) >= 2:
            signs["same countries"] = 1.0
        else:
            signs["one country in common"] = 1.0
        if common and (one.countries - common) and (other.countries - common):
            signs["other countries too"] = 1.0
    if one.entities & other.entities:
        signs["same party by name"] = 1.0
    direct = bool(one.sources & other.sources) + bool(one.targets & other.targets)
    swapped = bool(one.sources & other.targets) + bool(one.targets & other.sources)
    if direct == 2:
        signs["same direction"] = 1.0
    elif swapped > direct:
        signs["swapped direction"] = 1.0
    return signs


def _type_signs(one: View, other: View) -> Signs:
    a, b = one.account, other.account
    if a.type == b.type:
        signs = {"same type": 1.0}
        if a.mode is not None and a.mode == b.mode:
            signs["same mode"] = 1.0
        return signs
    return {"kin types" if frozenset((a.type, b.type)) in KIN else "other type": 1.0}


def _word_signs(one: View, other: View) -> Signs:
    a, b = one.account, other.account
    signs = {
        "likeness of the clauses": likeness(one.clause.stems, other.clause.stems),
        "likeness of the sentences": likeness(one.context.stems, other.context.stems),
        "names in the clauses": min(shared(one.clause.names, other.clause.names), 3.0),
        "names in the sentences": min(shared(one.context.names, other.context.names), 3.0),
        "numbers in common": min(len(one.clause.numbers & other.clause.numbers), 2.0),
    }
    if one.clause.numbers and other.clause.numbers and not one.clause.numbers & other.clause.numbers:
        signs["other numbers"] = 1.0
    if _has_rare(one.context.names) and _has_rare(other.context.names) and not _rare(one.context.names) & _rare(other.context.names):
        signs["other names"] = 1.0
    if a.key.report == b.key.report:
        signs["same report"] = 1.0
    elif a.story is not None and a.story == b.story:
        signs["same story"] = 1.0
        signs["same story and words"] = likeness({**one.clause.stems, **one.clause.names}, {**other.clause.stems, **other.clause.names})
    if a.background != b.background:
        signs["recalled by one"] = 1.0
    return signs


KIN = {frozenset(p.split()) for p in ["ASSAULT COERCE", "ASSAULT MOBILIZE","ASSAULT PROTEST", "AGREE SUPPORT","AGREE CONSULT","AGREE COOPERATE","CONSULT COOPERATE","CONSULT SUPPORT","SUPPORT COOPERATE","SANCTION REJECT","SANCTION COERCE","SANCTION REQUEST","SANCTION RETREAT","AID COOPERATE","AID SUPPORT","COERCE MOBILIZE","COERCE REJECT","ASSAULT CONCEDE"]}


def _rare(names):
    return {n for n, w in names.items() if w > 0.6}

def _has_rare(names):
    return bool(_rare(names))
