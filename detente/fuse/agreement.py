"""How well two accounts agree: named signs, each 0 or 1 or a share, whose weights lie in data/fusing/weights.yaml.

Two prepared accounts in, signs out. Nothing is decided here, and nothing but the two is looked at: what else lies in
an archive cannot change how well two accounts agree.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from detente.fuse.blocks import RARE
from detente.fuse.meaning import alike
from detente.fuse.places import contains, distance_km, names_in_clause, names_place, same_place
from detente.fuse.views import View
from detente.fuse.wording import likeness, shared

Signs = dict[str, float]
# Two sentences about one country on a day are so much alike in meaning as a rule (development set), and give or take
# about a tenth.
_ANY_TWO, _SPREAD = 0.4, 5.0

_TOWN_KM, _NEAR_KM, _FAR_KM = 10.0, 30.0, 60.0
# A deed is told for sure from the first on; two are of other types where no type is likelier than the second in both.
_SURE, _UNLIKE = 0.5, 0.2
_LOCAL = frozenset({"city", "below_city"})
# Beyond a month it does not matter how many days lie between; three names in common are enough.
_MANY_DAYS, _ENOUGH_NAMES, _ENOUGH_NUMBERS = 30, 3.0, 2.0


def signs_of(one: View, other: View, kin: Collection[frozenset[str]]) -> Signs:
    """What speaks for and against the two accounts telling one happening; `kin` are types told for one another."""
    return {
        **_time_signs(one, other),
        **_place_signs(one, other),
        **_party_signs(one, other),
        **_type_signs(one, other, kin),
        **_deed_signs(one, other),
        **_word_signs(one, other),
        **_report_signs(one, other),
    }


def _time_signs(one: View, other: View) -> Signs:
    if one.days is None or other.days is None:
        return {"day unknown": 1.0}
    gap = one.days.gap(other.days)
    told = one.days.told and other.days.told
    if gap == 0:
        return {"same day told": 1.0} if told else {"news of the same days": 1.0}
    if gap == 1 and told:
        return {"next day told": 1.0}
    return {"other days told" if told else "news of other days": 1.0, "days apart": min(gap, _MANY_DAYS) / _MANY_DAYS}


def _place_signs(one: View, other: View) -> Signs:
    a, b = one.place, other.place
    named = names_place(other, one.place_name) or names_place(one, other.place_name)
    if a is None or b is None:
        return {"place named by the other": 1.0} if named else {}
    if same_place(a, b):
        return {"same town" if {a.resolution, b.resolution} & _LOCAL else "same place": 1.0}
    if named:
        return {"place named by the other": 1.0}
    apart = distance_km(a, b)
    both_local = a.resolution in _LOCAL and b.resolution in _LOCAL
    far = apart is None or apart > _TOWN_KM
    if both_local and far and names_in_clause(one) and names_in_clause(other):
        return {"each names another town": 1.0}
    if contains(a, b) or contains(b, a) or (apart is not None and apart <= _NEAR_KM):
        return {"place near or within": 1.0}
    return {"other town" if both_local and (apart is None or apart > _FAR_KM) else "other place": 1.0}


def _party_signs(one: View, other: View) -> Signs:
    signs: Signs = {}
    if one.countries and other.countries:
        common = one.countries & other.countries
        name = ("no country in common", "one country in common", "same countries")[min(len(common), 2)]
        signs[name] = 1.0
        if common and one.countries - common and other.countries - common:
            signs["other countries too"] = 1.0
    if one.named and other.named:
        signs["countries named in common"] = min(len(one.named & other.named), 2)
        if not one.named & other.named:
            signs["no country named in common"] = 1.0
    about = len(set(one.account.about) & set(other.account.about))
    if one.account.about and other.account.about:
        signs[
            ("reports on other countries", "reports on one same country", "reports on the same countries")[
                min(about, 2)
            ]
        ] = 1.0
    if one.entities & other.entities:
        signs["same party by name"] = 1.0
    direct = bool(one.sources & other.sources) + bool(one.targets & other.targets)
    swapped = bool(one.sources & other.targets) + bool(one.targets & other.sources)
    if direct == 2:
        signs["same direction"] = 1.0
    elif swapped > direct:
        signs["swapped direction"] = 1.0
    return signs


def _type_signs(one: View, other: View, kin: Collection[frozenset[str]]) -> Signs:
    a, b = one.account, other.account
    if not a.type or not b.type:
        return {"type unknown": 1.0}
    if a.type == b.type:
        return {"same type": 1.0, "same mode": 1.0} if a.mode and a.mode == b.mode else {"same type": 1.0}
    return {"kin types" if frozenset((a.type, b.type)) in kin else "other type": 1.0}


def _deed_signs(one: View, other: View) -> Signs:
    """How likely both tell deeds of one type, whatever they were coded: sentences without an event have no type."""
    if one.deeds is None or other.deeds is None:
        return {}
    alike = float(np.minimum(one.deeds, other.deeds).max())
    sure = min(float(one.deeds.max()), float(other.deeds.max())) > _SURE
    signs = {"deeds of one type by the words": round(alike, 3)}
    return signs | {"deeds of other types by the words": 1.0} if sure and alike < _UNLIKE else signs


def _word_signs(one: View, other: View) -> Signs:
    signs = {
        "likeness of the clauses": likeness(one.clause.stems, other.clause.stems),
        "likeness of the sentences": likeness(one.context.stems, other.context.stems),
        "names in the clauses": min(shared(one.clause.names, other.clause.names), _ENOUGH_NAMES),
        "names in the sentences": min(shared(one.context.names, other.context.names), _ENOUGH_NAMES),
        "numbers in common": min(len(one.clause.numbers & other.clause.numbers), _ENOUGH_NUMBERS),
    }
    if one.meaning is not None and other.meaning is not None:
        signs["meaning of the sentences"] = _unusual(alike(one.meaning, other.meaning))
        signs["meaning of the clauses"] = _unusual(alike(one.meaning, other.meaning, clauses=True))
    if one.clause.numbers and other.clause.numbers and not one.clause.numbers & other.clause.numbers:
        signs["other numbers"] = 1.0
    mine, theirs = _rare(one), _rare(other)
    if mine and theirs and not mine & theirs:
        signs["other names"] = 1.0
    return signs


def _unusual(likeness: float) -> float:
    """How far a likeness of meaning is from that of any two sentences of news."""
    return round((likeness - _ANY_TWO) * _SPREAD, 3)


def _rare(view: View) -> set[str]:
    return {name for name, weight in view.context.names.items() if weight > RARE}


def _report_signs(one: View, other: View) -> Signs:
    a, b = one.account, other.account
    signs: Signs = {"recalled by one": 1.0} if a.background != b.background else {}
    if a.key.report != b.key.report and a.story is not None and a.story == b.story:
        told = {**one.clause.stems, **one.clause.names}, {**other.clause.stems, **other.clause.names}
        signs |= {"same story": 1.0, "same words of a story": likeness(*told)}
    return signs
