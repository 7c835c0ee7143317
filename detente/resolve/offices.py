"""Which office somebody held on a day, and who held an office: the who's who asked with what a report says.

Takes descriptions and days; gives tenures and possible holders. It does not look at other participants.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente.codebook.whoswho import Entity, Tenure, WhosWho
from detente.model.participant import Description

# Who holds several offices acts in the first of these; the rest follow by their start.
_RANK = (
    "head_of_state",
    "head_of_government",
    "de_facto_authority",
    "armed_group_leader",
    "foreign_minister",
    "defence_minister",
    "interior_minister",
    "io_head",
    "deputy_head",
    "security_council",
    "minister",
    "spokesperson",
    "adviser",
)
# "the Turkish leader" may be either; leaders of groups are told with their group.
_LEADERS = ("head_of_state", "head_of_government")
_GROUP_LEADERS = ("armed_group_leader", "de_facto_authority", "io_head", "party")
# Classes of the language pack that say too little to look for a holder.
_VAGUE = frozenset({"official", "expert", "relation", "civilian", "officer", "minister", "party", "journalist"})
_FILLERS = frozenset({"the", "of", "for", "and", "a", "an", "in", "to", "s"})


@dataclass(frozen=True)
class Office:
    """An office that somebody held on the report's day, in the words of the who's who."""

    tenure: Tenure
    words: str
    presumed: bool


def office_on(person: Entity, day: date, descriptions: Sequence[Description], whoswho: WhosWho) -> Office | None:
    """The office held that day; where there are several, the one that the report names, else the highest at home."""
    held = [tenure for tenure in whoswho.tenures(person.id) if tenure.held_on(day)]
    if not held:
        return None
    told = {d.role_class for d in descriptions if not d.former}

    def order(tenure: Tenure) -> tuple[bool, bool, bool, tuple[int, int]]:
        # The president of France is a prince of Andorra too.
        abroad = tenure.country not in (person.country, "IGO")
        return tenure.role_class not in told or abroad, abroad, tenure.presumed_on(day), _rank(tenure)

    best = min(held, key=order)
    return Office(best, office_words(best, whoswho), best.presumed_on(day))


def _rank(tenure: Tenure) -> tuple[int, int]:
    place = _RANK.index(tenure.role_class) if tenure.role_class in _RANK else len(_RANK)
    return place, -(tenure.start or date.min).toordinal()


def office_words(tenure: Tenure, whoswho: WhosWho) -> str:
    """The office with its country: "Prime Minister of Armenia"."""
    if tenure.country in (None, "IGO", "NGO", "IMG") or _names_its_body(tenure, whoswho):
        return tenure.role
    country = whoswho.entity(f"country:{tenure.country}").name
    if re.search(rf"\b{re.escape(country)}\b", tenure.role, re.IGNORECASE):
        return tenure.role
    article = "the " if re.search(r"\b(Republic|United|Islands|Netherlands|Philippines)\b", country) else ""
    return f"{tenure.role} of {article}{country}"


def _names_its_body(tenure: Tenure, whoswho: WhosWho) -> bool:
    """Whether the office says of which body it is one ("leader of Hamas in Gaza"), so that no country need follow."""
    if tenure.organisation is None:
        return False
    return whoswho.entity(tenure.organisation).kind == "group" or tenure.role_class in ("party", "armed_group_leader")


def holders_described(
    description: Description, country: str | None, day: date, whoswho: WhosWho
) -> list[tuple[Entity, Tenure]]:
    """Who held the office that a report describes, on that day; a former holder cannot be told by the office alone."""
    if country is None or description.role_class is None:
        return []
    if description.role_class in _VAGUE or description.former:
        return []
    leader = description.role_class == "leader"
    if leader and description.organisation is not None:
        return []
    classes = _LEADERS if leader else (description.role_class,)
    held = [pair for name in classes for pair in whoswho.holders(country, name, day)]
    return _fitting(description, held, whoswho)


# Classes of many offices: a holder is meant only where the words of the office agree.
_BY_WORDS_ONLY = frozenset(
    {"io_head", "adviser", "deputy_minister", "diplomat", "military_chief", "judiciary", "legislator"}
)


def _fitting(
    description: Description, held: list[tuple[Entity, Tenure]], whoswho: WhosWho
) -> list[tuple[Entity, Tenure]]:
    """Those whose office goes by the described words: a president is not a supreme leader, a spokesman has a master."""
    if description.role_class == "spokesperson":
        return _spokespeople(description, held, whoswho)
    wanted = _words(description.role)
    best = max((len(wanted & _words(tenure.role)) for _, tenure in held), default=0)
    if best:
        held = [pair for pair in held if len(wanted & _words(pair[1].role)) == best]
        # The head of an office is not its deputy head: of those who share as many words, whoever has fewest others.
        fewest = min(len(_words(tenure.role) - wanted) for _, tenure in held)
        held = [pair for pair in held if len(_words(pair[1].role) - wanted) == fewest]
    elif description.role_class == "head_of_government":
        # "the chancellor", "the taoiseach" may be a Prime Minister in the tables, never a President.
        held = [(e, t) for e, t in held if not any(h == e for h, _ in _heads_of_state(t, whoswho))]
    elif description.role_class in _BY_WORDS_ONLY:
        held = []
    return held


def _heads_of_state(tenure: Tenure, whoswho: WhosWho) -> list[tuple[Entity, Tenure]]:
    day = tenure.start or date.min
    return whoswho.holders(tenure.country or "", "head_of_state", day)


def _spokespeople(
    description: Description, held: list[tuple[Entity, Tenure]], whoswho: WhosWho
) -> list[tuple[Entity, Tenure]]:
    """The spokesmen of the body that the report names; all of the country's, if it names none."""
    if description.organisation is None:
        return held
    nouns = whoswho.body_nouns(description.organisation)
    # "presiden" is in "presidency" and in "press secretary of the President".
    stems = {noun[:8] for noun in nouns}
    return [(e, t) for e, t in held if any(stem in t.role.lower() for stem in stems)]


def _words(role: str) -> set[str]:
    return {word[:7] for word in re.findall(r"[a-z]+", role.lower())} - _FILLERS


def held_before(tenures: Iterable[Tenure], day: date, role_class: str | None = None) -> list[Tenure]:
    """The offices (of that class) that were over on the day."""
    over = [t for t in tenures if t.end is not None and t.end < day and t.role_class not in ("spouse", "opposition")]
    return [t for t in over if role_class is None or t.role_class == role_class]


def fits(description: Description, tenures: Sequence[Tenure], day: date | None) -> bool:
    """Whether somebody's offices are those of a description: held that day, or before it for "former"."""
    for tenure in tenures:
        if description.country not in (None, tenure.country) and tenure.country != "IGO":
            continue
        same = description.role_class in (None, tenure.role_class) or _like_leader(description, tenure)
        if not same:
            continue
        if day is None or (not description.former and tenure.held_on(day)):
            return True
        if description.former and tenure.end is not None and tenure.end < day:
            return True
    return False


def _like_leader(description: Description, tenure: Tenure) -> bool:
    """Words that tell an office loosely: "the Turkish leader", "a minister", "an official"."""
    if description.role_class == "leader":
        return tenure.role_class in _LEADERS + _GROUP_LEADERS
    if description.role_class in ("minister", "official", "deputy_head", "diplomat", "adviser"):
        return tenure.role_class.endswith("minister") or tenure.role_class in ("deputy_head", "adviser", "other")
    return bool(_words(description.role) & _words(tenure.role))
