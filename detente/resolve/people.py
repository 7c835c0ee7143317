"""Which person a name or a description means: full names first, then surname with country or office, on a day.

Takes a participant and the countries of the report; gives a person with the reason, or candidates. Never guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detente.codebook.whoswho import Tenure, WhosWho
from detente.model.participant import Candidate, Description, Participant
from detente.resolve.offices import fits, holders_described, office_words

# How sure each way of finding somebody is; to be replaced by measured values when the gold allows it.
NAME_AND_OFFICE, FULL_NAME, SURNAME_AND_OFFICE = 0.97, 0.95, 0.92
OFFICE_ALONE, SURNAME_AND_COUNTRY, NAME_ONLY = 0.85, 0.7, 0.6
# A surname without an office must be spelt all but alike.
_CLOSE = 0.95
_PROMINENT = frozenset({"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "io_head"})
_MOST_CANDIDATES = 5


@dataclass(frozen=True)
class Found:
    """The person a participant is taken for, with how sure and why; or None with candidates."""

    entity: str | None
    confidence: float = 0.0
    why: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What a report gives to tell people by: its day and the countries it names."""

    day: date | None
    countries: frozenset[str]
    whoswho: WhosWho


def find_person(participant: Participant, setting: Setting) -> Found:
    """Who a named person is."""
    # Names known only in part ("Zelensky") come with candidates that the parser found under the same words.
    bearers = [c.id for c in participant.candidates] or list(setting.whoswho.lookup(participant.name))
    bearers = [id for id in bearers if id.startswith("person:")]
    if bearers and (len(participant.name.split()) > 1 or participant.candidates):
        return _of_bearers(participant, bearers, setting)
    return _by_surname(participant, setting)


def _of_bearers(participant: Participant, bearers: Sequence[str], setting: Setting) -> Found:
    """One of those who bear the full name: whom the described office and country fit best."""
    described = [id for id in bearers if _described(participant, id, setting)]
    if len(described) == 1:
        return Found(described[0], NAME_AND_OFFICE, "bears this name and holds the office that the report describes")
    nations = {d.country for d in participant.descriptions if d.country} | ({participant.country} - {None})
    here = [id for id in described or bearers if nations & _countries(id, setting)]
    if nations and not here:
        # A known name in a land it does not belong to: a namesake.
        return Found(
            None, why="the known bearers of this name belong to other countries", candidates=_list(bearers, setting)
        )
    near = here or [id for id in described or bearers if setting.countries & _countries(id, setting)]
    if len(near) == 1:
        return Found(near[0], FULL_NAME, "bears this name, and the report is about that country")
    in_office = [id for id in near or bearers if _in_office(id, setting)]
    if len(in_office) == 1:
        return Found(in_office[0], NAME_ONLY if not near else 0.8, "bears this name and held office that day")
    if len(bearers) == 1:
        return Found(bearers[0], NAME_ONLY, "the only one known by this name")
    return Found(
        None, why="several people known by this name fit equally well", candidates=_list(near or bearers, setting)
    )


def _by_surname(participant: Participant, setting: Setting) -> Found:
    """Surname with office and country, then with office, then with a country that the report names."""
    parts = participant.name.split()
    if not parts:
        return Found(None, why="no name")
    for description in participant.descriptions:
        found = _with_office(participant.name, description, participant.country, setting)
        if found is not None:
            return found
    if len(parts) > 1:
        return Found(None, why="nobody of this name is known")
    return _prominent(participant, setting)


def _with_office(name: str, description: Description, country: str | None, setting: Setting) -> Found | None:
    country = description.country or country
    if description.role_class is None or setting.day is None:
        return None
    told = replace(description, country=country)
    near = [
        (id, score)
        for id, score in setting.whoswho.similar_people(name, country)
        if fits(told, setting.whoswho.tenures(id), setting.day)
        and (_same_given_name(name, id, setting) or (score >= _CLOSE and _leads_alone(told, id, setting)))
    ]
    if not near:
        return None
    best = [id for id, score in near if score == near[0][1]]
    if country is None:
        # "President Putin": the office alone tells the country, if one such holder has that surname.
        best = [id for id in best if near[0][1] >= _CLOSE]
    if len(best) == 1:
        when = "held before that day" if description.former else "held that day"
        return Found(
            best[0],
            SURNAME_AND_OFFICE * min(1.0, 0.5 + near[0][1] / 2),
            f"surname and office ({description.role}), {when}",
        )
    if best:
        return Found(None, why="several holders of that office bear such a surname", candidates=_list(best, setting))
    return None


def _leads_alone(told: Description, id: str, setting: Setting) -> bool:
    """Whether the office is the country's highest: many a head of state goes by another given name than the tables'."""
    here = setting.whoswho.entity(id).country in setting.countries
    return here and not told.former and told.role_class in ("head_of_state", "head_of_government")


def _same_given_name(name: str, id: str, setting: Setting) -> bool:
    """Whether a given name, where the report has one, begins like the known one: Nikol and Ararat are two people."""
    parts = name.split()
    if len(parts) < 2:
        return True
    return any(part[:1].lower() == parts[0][:1].lower() for part in setting.whoswho.entity(id).name.split()[:-1])


def _prominent(participant: Participant, setting: Setting) -> Found:
    """A surname alone: the one leading figure of the report's countries that bears it."""
    if setting.day is None:
        return Found(None, why="a surname alone, and the report's day is not known")
    wanted = {participant.country} if participant.country else setting.countries
    close = {
        id: score
        for country in sorted(c for c in wanted if c)
        for id, score in setting.whoswho.similar_people(participant.name, country)
        if score >= _CLOSE
    }
    day = setting.day
    leading = [id for id in close if _leads(setting.whoswho.tenures(id), day)]
    if len(leading) == 1:
        return Found(leading[0], SURNAME_AND_COUNTRY, "surname of a leading figure of a country that the report names")
    if close:
        return Found(
            None, why="a surname alone, without an office or a full name", candidates=_list(sorted(close), setting)
        )
    far = [] if wanted else setting.whoswho.similar_people(participant.name, None)
    candidates = _list([id for id, score in far if score >= _CLOSE], setting)
    return Found(None, why="nobody known by this name fits the report", candidates=candidates)


def _leads(tenures: Iterable[Tenure], day: date) -> bool:
    return any(t.role_class in _PROMINENT and t.held_on(day) for t in tenures)


def find_holder(participant: Participant, setting: Setting) -> Found:
    """Who holds the office that a participant without a name is described by."""
    if setting.day is None:
        return Found(None, why="an office without a name, and the report's day is not known")
    reasons: list[Found] = []
    for description in participant.descriptions:
        country = description.country or participant.country
        held = holders_described(description, country, setting.day, setting.whoswho)
        people = list(dict.fromkeys(entity.id for entity, _ in held))
        if len(people) == 1:
            tenure = held[0][1]
            return Found(people[0], OFFICE_ALONE, f"{office_words(tenure, setting.whoswho)} on that day")
        if people:
            reasons.append(
                Found(None, why=f"several held such an office ({description.role})", candidates=_list(people, setting))
            )
    return reasons[0] if reasons else Found(None, why="the words tell no office of one known person")


def _described(participant: Participant, id: str, setting: Setting) -> bool:
    return any(
        d.role_class is not None and fits(d, setting.whoswho.tenures(id), setting.day) for d in participant.descriptions
    )


def _countries(id: str, setting: Setting) -> set[str | None]:
    return {setting.whoswho.entity(id).country} | {tenure.country for tenure in setting.whoswho.tenures(id)}


def _in_office(id: str, setting: Setting) -> bool:
    return setting.day is not None and any(t.held_on(setting.day) for t in setting.whoswho.tenures(id))


def _list(ids: Iterable[str], setting: Setting) -> tuple[Candidate, ...]:
    ids = list(ids)[:_MOST_CANDIDATES]
    if not ids:
        return ()
    return tuple(
        Candidate(id, setting.whoswho.entity(id).name, round(1 / len(ids), 2), _latest(setting.whoswho.tenures(id)))
        for id in ids
    )


def _latest(tenures: Sequence[Tenure]) -> str:
    return tenures[-1].role if tenures else "known by this name"
