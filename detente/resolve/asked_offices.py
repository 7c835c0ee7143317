"""Who held the office that somebody asks for, by its words: "deputy chairman of Russia's Security Council".

The office's words, its country or body and the day in; holders with how well the words agree. Former holders where the
question says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente.codebook.folding import fold_name
from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import Tenure, WhosWho
from detente.resolve.asked_words import Asked

# Offices whose words agree less than this are others.
_AGREES = 0.6
# An office of the class that the words name, though in other words ("the premier", "the chancellor").
_SAME_CLASS = 0.75
# The first office of a body, asked for as its leader.
_FIRST = 0.9
# Holders whose offices agree this nearly are equally good.
_CLEARLY = 0.12
_LEADERS = ("armed_group_leader", "io_head", "party", "de_facto_authority", "opposition", "head_of_state")
_NATIONAL_LEADERS = ("head_of_state", "head_of_government")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds or held an office, with how well its words agree with those asked for (0 to 1)."""

    tenure: Tenure
    score: float


def holders_asked(asked: Asked, day: date, whoswho: WhosWho, language: LanguagePack) -> list[Holder]:
    """The holders whose office agrees best, all of those that agree equally; nobody where no office agrees."""
    if not asked.office:
        return []
    tenures = [t for body in asked.bodies for t in whoswho.tenures_in(body)]
    # Other countries are what the office is about: "the American envoy for Syria".
    tenures += [t for country in asked.countries[:1] for t in whoswho.tenures_of_country(country)]
    # Another country's office in the same body is another's.
    tenures = [t for t in tenures if asked.country in (None, t.country)]
    if asked.bodies:
        # The Kremlin's spokesman is not the ministry's; but the UN's high commissioners have offices of their own.
        ids = {*asked.bodies, *_forces(asked.bodies, whoswho)}
        tenures = [t for t in tenures if t.organisation in ids or _tells_of(t.role, asked)]
    held = [t for t in dict.fromkeys(tenures) if _counts(t, asked.former, day)]
    scored = [Holder(t, score) for t in held if (score := agreement(t, asked, language)) >= _AGREES]
    best = max((holder.score for holder in scored), default=0.0)
    kept = [holder for holder in scored if best - holder.score < _CLEARLY]
    in_body = [h for h in kept if h.tenure.organisation in asked.bodies]
    kept = in_body or kept
    # The home minister, not the home secretary under him.
    same_class = [h for h in kept if asked.noun is not None and h.tenure.role_class == asked.noun.role_class]
    kept = same_class or kept
    return _latest(kept, day) if asked.former else _certain(kept, day)


def _forces(bodies: Iterable[str], whoswho: WhosWho) -> set[str]:
    """The armed forces of a country by the name that every country's have, where they are asked for by their own."""
    entities = [whoswho.entity(body) for body in bodies]
    soldiers = [entity.country for entity in entities if entity.sectors[:1] == ("MIL",) and entity.country]
    return {id for country in soldiers if (id := whoswho.body("armed forces", country))}


def _tells_of(role: str, asked: Asked) -> bool:
    """Whether an office tells of the body: "UN high commissioner", "chairman of the Security Council"."""
    words = set(fold_name(role).split())
    return not words.isdisjoint(asked.short_names) or len(words & asked.body_words) > 1


def _counts(tenure: Tenure, former: bool, day: date) -> bool:
    if former:
        return tenure.end is not None and tenure.end < day
    return tenure.held_on(day)


def agreement(tenure: Tenure, asked: Asked, language: LanguagePack) -> float:
    """How well an office agrees with the words asked for: all of them answered, nothing else in it."""
    office = office_words(tenure.role, language)
    if _speaks_or_stands_in(office, office_words(asked.all_words, language), language):
        return 0.0
    wanted, everything = office_words(asked.office, language), office_words(asked.all_words, language)
    by_words = 0.0
    if wanted & office:
        by_words = (len(wanted & office) / len(wanted) + len(everything & office) / len(office)) / 2
    return max(by_words, _by_class(tenure, asked, language))


def _speaks_or_stands_in(office: frozenset[str], asked: frozenset[str], language: LanguagePack) -> bool:
    """Whether the office is a spokesman's, deputy's or adviser's, and none such is asked for."""
    return bool((office & language.subordinates) - asked)


def _by_class(tenure: Tenure, asked: Asked, language: LanguagePack) -> float:
    """An office told by its class: "the Hezbollah leader" is its secretary-general, "the British premier" its PM."""
    told = asked.noun.role_class if asked.noun else None
    if told is None:
        return 0.0
    in_body = tenure.organisation is not None and tenure.organisation in asked.bodies
    if told == "leader":
        # "The human rights chief" of a body is not its head.
        if not office_words(asked.office, language) <= office_words(asked.noun.words if asked.noun else "", language):
            return 0.0
        if in_body and tenure.role_class in _LEADERS:
            return _FIRST if _is_first(tenure, asked, language) else 0.0
        if in_body:
            return 0.0
        return _SAME_CLASS if not asked.bodies and tenure.role_class in _NATIONAL_LEADERS else 0.0
    single = told.endswith("_minister") or told in ("head_of_state", "head_of_government")
    if told == tenure.role_class and (single and tenure.organisation is None and told != "deputy_minister"):
        return _SAME_CLASS
    return _SAME_CLASS if told == tenure.role_class == "spokesperson" and in_body else 0.0


def _is_first(tenure: Tenure, asked: Asked, language: LanguagePack) -> bool:
    """Whether the office is the first of the body: nothing stands in it but the word for the first and the body."""
    beside = office_words(asked.all_words, language) | language.top_offices | asked.body_words
    return office_words(tenure.role, language) <= beside


def office_words(text: str, language: LanguagePack) -> frozenset[str]:
    """The words that make an office, in one spelling: "Minister of Foreign Affairs" is the foreign minister."""
    plain = " ".join(re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", text.lower())))
    for variant, usual in language.office_names.items():
        plain = re.sub(rf"\b{variant}\b", usual, plain)
    return frozenset(plain.split()) - language.office_fillers


def _certain(holders: list[Holder], day: date) -> list[Holder]:
    """Of several, those not merely presumed; of those who are presumed, the one who came last."""
    sure = [holder for holder in holders if not holder.tenure.presumed_on(day)]
    return sure or _latest(holders, day)


def _latest(holders: list[Holder], day: date) -> list[Holder]:
    last = max((holder.tenure.start or date.min for holder in holders), default=date.min)
    return [holder for holder in holders if (holder.tenure.start or date.min) == last]
