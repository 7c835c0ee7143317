"""Says who each participant of a report is: the actor, the office held that day, country and sector, and why.

Takes a coded report and its day; gives it back with participants named, and those that are the same one joined.
What the words and the who's who do not tell stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from detente.codebook.whoswho import Entity, WhosWho
from detente.model.coded import CodedReport
from detente.model.participant import Candidate, Description, Kind, Participant
from detente.model.reading import Unresolved
from detente.resolve.joining import join_same
from detente.resolve.offices import Office, held_before, office_on
from detente.resolve.people import NAME_AND_OFFICE, Found, Setting, find_holder, find_person

# A known country, body or medium is found by its name: what is left is the risk of another meaning of the word.
_KNOWN = 0.95
# An office whose end nobody has recorded since: it may have ended.
_PRESUMED = 0.85
# A name that several bodies bear, chosen by what the report speaks of.
_SHARED = 0.85
_OF_NO_COUNTRY = frozenset({"IGO", "NGO", "IMG"})
_DESCRIBED = 0.75
_NATION_ONLY = 0.6
# Articles by which an office is said to be that of one of several.
_INDEFINITE = ("a ", "an ", "another ", "one ", "some ")
_FORMER_OFFICIALS = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})


def resolve_actors(coded: CodedReport, day: date | None, whoswho: WhosWho) -> CodedReport:
    """Say who each participant is, given the offices that were held on that day.

    A participant that fits nobody, or several equally well, is left unresolved with the reason; participants that
    turn out to be the same actor are joined under the first id.
    """
    setting = Setting(day, frozenset(_countries(coded, whoswho)), whoswho)
    resolved: dict[str, Participant] = {}
    # Those of somebody ("his wife", "the ministry's spokesman") after those whose they are.
    for participant in sorted(coded.participants, key=lambda p: p.principal is not None):
        resolved[participant.id] = _identify(participant, resolved, setting, coded.report.text)
    participants = tuple(resolved[p.id] for p in coded.participants)
    joined = join_same(coded.with_(participants=participants))
    return joined.with_(unresolved=(*joined.unresolved, *_open(joined.participants)))


def _countries(coded: CodedReport, whoswho: WhosWho) -> Iterable[str]:
    for participant in coded.participants:
        told = [participant.country, *(d.country for d in participant.descriptions)]
        if participant.entity and not participant.entity.startswith("person:"):
            told.append(whoswho.entity(participant.entity).country)
        yield from (country for country in told if country)
    for place in coded.places:
        if place.country:
            yield place.country


def _identify(participant: Participant, others: dict[str, Participant], setting: Setting, text: str) -> Participant:
    principal = others.get(participant.principal or "")
    participant = _with_principal(participant, principal)
    if participant.entity is None and participant.kind == "person":
        participant = _apply(participant, find_person(participant, setting), setting)
    elif participant.entity is None and participant.kind == "role" and _is_one_known(participant, text):
        participant = _apply(participant, _holder(participant, principal, setting), setting)
    elif participant.entity is None and participant.kind in ("organisation", "country"):
        participant = _known_body(participant, setting)
    if participant.entity is None:
        return _unknown(participant, principal, setting)
    entity = setting.whoswho.entity(participant.entity)
    if entity.kind == "person":
        return _known_person(participant, entity, principal, setting)
    return _known_actor(participant, entity, setting)


def _is_one_known(participant: Participant, text: str) -> bool:
    """Whether an office without a name may be that of its one holder: "the judge", not "a judge"."""
    words = participant.mentions[0].words(text).lower() if participant.mentions else ""
    return not participant.plural and not words.startswith(_INDEFINITE)


def _with_principal(participant: Participant, principal: Participant | None) -> Participant:
    """A spokesman or ministry without a country of its own has that of whose it is."""
    if participant.country is None and principal is not None and principal.country and participant.entity is None:
        return replace(participant, country=principal.country)
    return participant


def _holder(participant: Participant, principal: Participant | None, setting: Setting) -> Found:
    if principal is not None and principal.kind == "organisation" and principal.entity:
        told = tuple(replace(d, organisation=d.organisation or principal.entity) for d in participant.descriptions)
        participant = replace(participant, descriptions=told)
    return find_holder(participant, setting)


def _apply(participant: Participant, found: Found, setting: Setting) -> Participant:
    return replace(
        participant,
        entity=found.entity,
        kind="person" if found.entity else participant.kind,
        confidence=round(found.confidence, 3),
        candidates=() if found.entity else found.candidates,
        why=found.why,
    )


def _known_person(
    participant: Participant, entity: Entity, principal: Participant | None, setting: Setting
) -> Participant:
    office = office_on(entity, setting.day, participant.descriptions, setting.whoswho) if setting.day else None
    confidence = participant.confidence or NAME_AND_OFFICE
    why = participant.why or "named in full"
    if office is None:
        filled, reason = _without_office(participant, entity, principal, setting)
    else:
        filled, reason = _in_office(participant, entity, office)
        confidence *= _PRESUMED if office.presumed else 1.0
    return replace(
        filled,
        name=entity.name,
        wikidata=entity.wikidata,
        gender=participant.gender or entity.gender,
        confidence=round(confidence, 3),
        why=f"{why}; {reason}",
    )


def _in_office(participant: Participant, entity: Entity, office: Office) -> tuple[Participant, str]:
    tenure = office.tenure
    sectors = (tenure.sector,) if tenure.sector else ()
    filled = replace(participant, country=tenure.country or entity.country, sectors=sectors, office=office.words)
    since = f" since {tenure.start}" if tenure.start else ""
    if office.presumed:
        return filled, f"{office.words}{since}, presumed: not known to have ended, last seen {tenure.as_of}"
    return filled, f"{office.words}{since}"


def _without_office(
    participant: Participant, entity: Entity, principal: Participant | None, setting: Setting
) -> tuple[Participant, str]:
    """Nobody's office on that day: what the report says of them, else a former official is one of the elite."""
    country = entity.country or participant.country
    told = _office_told(participant)
    if told is not None and told.sector and not told.former:
        filled = replace(participant, country=country, sectors=(told.sector,), office=told.role)
        return filled, f"{told.role} by the report's own words"
    if setting.day is None:
        sectors = tuple({t.sector for t in setting.whoswho.tenures(entity.id) if t.sector})
        only = sectors if len(sectors) == 1 else participant.sectors
        return replace(
            participant, country=country, sectors=only
        ), "the report's day is not known, so no office is given"
    if held_before(setting.whoswho.tenures(entity.id), setting.day):
        return replace(
            participant, country=country, sectors=("ELI",), office=None
        ), "held office before, none known that day"
    sectors = participant.sectors or _family_sector(principal)
    return replace(participant, country=country, sectors=sectors), "no office known on that day"


def _known_actor(participant: Participant, entity: Entity, setting: Setting) -> Participant:
    """A country, body, group or medium; its usual name, and the side it stood on that day."""
    kinds: dict[str, Kind] = {"country": "country", "group": "group"}
    code = setting.whoswho.code_on(entity.id, setting.day)
    why = participant.why or "known by this name"
    if code is not None:
        why += f"; {' '.join((code.country or '', *code.sectors))}" + (f" since {code.start}" if code.start else "")
        why += f" until {code.end}" if code.end else ""
    return replace(
        participant,
        kind=kinds.get(entity.kind, "organisation"),
        name=entity.name,
        country=code.country if code is not None else entity.country,
        sectors=code.sectors if code is not None else entity.sectors,
        wikidata=entity.wikidata,
        confidence=participant.confidence or _KNOWN,
        why=why,
    )


def _known_body(participant: Participant, setting: Setting) -> Participant:
    """A body that every country has ("the Foreign Ministry"), or a country told only by its people."""
    if participant.kind == "country" and participant.country:
        return replace(participant, entity=f"country:{participant.country}", why="named by its people or adjective")
    named = [id for id in setting.whoswho.lookup(participant.name) if not id.startswith("person:")]
    if named:
        return _one_of_bearers(participant, named, setting)
    words = participant.name.split()
    if participant.country:
        for start in range(len(words)):
            id = setting.whoswho.body(" ".join(words[start:]), participant.country)
            if id is not None and of_one_side(participant, setting.whoswho.entity(id)):
                return replace(participant, entity=id, confidence=0.85, why="the country's body of that name")
    return participant


def of_one_side(participant: Participant, body: Entity) -> bool:
    """Whether nothing told of a participant speaks against its being that body: "the rebel army" is not the army."""
    return not participant.sectors or not body.sectors or participant.sectors[0] in body.sectors


def _one_of_bearers(participant: Participant, ids: list[str], setting: Setting) -> Participant:
    """Of several bearers the one whose country the report names, or who is usually meant; bodies of no country last."""
    if len(ids) == 1:
        return replace(participant, entity=ids[0])
    bearers = [setting.whoswho.entity(id) for id in ids]
    here = [entity for entity in bearers if entity.country in setting.countries - _OF_NO_COUNTRY]
    usual = [e for e in here or bearers if e.id == setting.whoswho.usual_bearer(participant.name)]
    of_many = [e for e in bearers if e.country in _OF_NO_COUNTRY] if not here else []
    choices = ((here, "the report names its country"), (usual, "usually meant by it"), (of_many, "no country's own"))
    for some, why in choices:
        if len(some) == 1:
            return replace(
                participant,
                entity=some[0].id,
                confidence=_SHARED,
                candidates=(),
                why=f"{why}, of {len(bearers)} who bear the name",
            )
    candidates = tuple(Candidate(e.id, e.name, 0.5, "bears this name") for e in here or bearers)
    return replace(participant, candidates=candidates, why=f"{len(bearers)} are known by this name")


def _unknown(participant: Participant, principal: Participant | None, setting: Setting) -> Participant:
    """What the words themselves tell: nationality gives the country, the noun of the role its sector."""
    told = _office_told(participant)
    country = participant.country or next((d.country for d in participant.descriptions if d.country), None)
    sectors = participant.sectors or _sectors_told(participant, told, principal, setting)
    if told is not None and told.former and sectors and sectors[0] in _FORMER_OFFICIALS:
        sectors = ("ELI",)
    confidence = _DESCRIBED if country and sectors else _NATION_ONLY if country or sectors else 0.3
    why = participant.why or "not known; country and sector are those that the words tell"
    office = told.role if told is not None and not told.former and told.role_class else None
    return replace(participant, country=country, sectors=sectors, office=office, confidence=confidence, why=why)


def _sectors_told(
    participant: Participant, told: Description | None, principal: Participant | None, setting: Setting
) -> tuple[str, ...]:
    if told is not None and told.sector:
        return (told.sector,)
    if participant.candidates and setting.day is not None:
        # Whoever of them it is, they all stand on one side.
        people = [setting.whoswho.entity(c.id) for c in participant.candidates]
        offices = [office_on(person, setting.day, participant.descriptions, setting.whoswho) for person in people]
        sides = {office.tenure.sector if office else None for office in offices}
        if len(sides) == 1 and None not in sides:
            return tuple(side for side in sides if side)
    # "A Kremlin spokesman" is one of many, so has no class to look him up by; he speaks for the Kremlin all the same.
    one_of_many = told is not None and told.role_class is None and told.organisation is not None
    if told is not None and (told.role_class == "spokesperson" or one_of_many):
        return _sectors_of_master(told, principal, setting)
    if told is not None and told.role_class == "relation" and told.country is not None:
        return ("GOV",)  # "our Kenyan ally", "his Qatari counterpart": those who deal for that country
    if told is not None:
        noun = setting.whoswho.role_noun(told.role)
        return (noun,) if noun else ()
    if principal is not None and principal.kind in ("person", "role") and participant.kind in ("person", "role"):
        return _family_sector(principal)
    if participant.kind == "group" and principal is not None and principal.entity and principal.kind != "country":
        return principal.sectors[:1]  # "members of the party", "the front's fighters"
    if participant.kind in ("role", "group"):
        words = participant.name.split()
        for start in range(len(words)):
            noun = setting.whoswho.role_noun(" ".join(words[start:]))
            if noun:
                return (noun,)
    return ()


def _sectors_of_master(told: Description, principal: Participant | None, setting: Setting) -> tuple[str, ...]:
    """A spokesperson speaks for a sector: that of the principal."""
    if told.organisation is not None:
        return setting.whoswho.entity(told.organisation).sectors[:1]
    if principal is not None and principal.sectors:
        return principal.sectors[:1]
    return ("GOV",) if principal is not None and principal.kind == "country" else ()


def _family_sector(principal: Participant | None) -> tuple[str, ...]:
    """The family of who governs is of the elite; others' are civilians."""
    if principal is None or principal.kind not in ("person", "role"):
        return ()
    return ("ELI",) if principal.sector in ("GOV", "ELI") else ("CVL",)


def _office_told(participant: Participant) -> Description | None:
    """The office that the report itself gives: a present one before a former one, a clear one before a vague one."""
    return min(participant.descriptions, key=lambda d: (d.former, d.role_class is None), default=None)


def _open(participants: Iterable[Participant]) -> Iterable[Unresolved]:
    for p in participants:
        if p.entity is None and (p.candidates or p.kind == "person"):
            span = p.mentions[0] if p.mentions else None
            yield Unresolved(span, "participant", f"{p.name}: {p.why}", tuple(c.name for c in p.candidates))
