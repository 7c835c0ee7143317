"""Whose people, bodies and groups are: the country of participants that their own words leave without one.

Taken from their owner, their own phrase, who speaks of them, the clause, the paragraph, the dateline, the whole report;
always marked as inferred, with the reason. What nothing speaks for stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from detente.codebook.whoswho import WhosWho
from detente.model.coded import CodedReport
from detente.model.participant import Description, Participant
from detente.model.reading import Mention, Reading
from detente.resolve.clauses import CLAUSES
from detente.resolve.joining import join_same
from detente.resolve.scene import NO_COUNTRY, Scene
from detente.resolve.who import of_one_side

_SURE, _LIKELY, _GUESSED = 0.7, 0.55, 0.4
# Points for a country by where it is named. The nearer in grammar, the more; where a report was filed, and what it is
# mostly about, decide between those that are named far off.
_IN_CLAUSE, _BEFORE, _AFTER, _ELSEWHERE = 2.5, 2.0, 1.0, 1.0
_SUBJECT, _FILED, _MAIN = 2.5, 1.0, 2.0
_PARAGRAPH = 0.8
_OPPOSED, _HELD_BY_ANOTHER = -2.5, -3.0
_GROUND = 1.5
_LESS_THAN_PLACE = 0.5
# Below this nothing is inferred.
_ENOUGH = 0.6
_MENTIONS = 3
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})
# Whoever is met in other countries too; policemen stay at home, exiles do not.
_ABROAD = (_OFFICIAL - {"COP"}) | {"OPP", "ELI", "PTY"}
# Offices of which a country has one holder: if the tables know another, it is another country's.
_SINGLE_OFFICES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister"}
)
_SERVING = frozenset({"compound", "poss", "nmod", "amod"})
_PRIVATE = frozenset({"expert", "civilian", "relation"})


_Add = Callable[[str | None, float, str], None]


@dataclass(frozen=True, slots=True)
class Clue:
    """A country that something speaks for, with how sure and why; perhaps with a sector."""

    country: str
    confidence: float
    why: str
    sector: str | None = None


def infer_countries(coded: CodedReport, reading: Reading, whoswho: WhosWho) -> CodedReport:
    """Give participants without a country the one that the report sets them in, and bodies so found their actor."""
    for _ in range(2):  # the second time with what the first found: "his ministry" of a minister
        scene = Scene(coded, reading)
        coded = coded.with_(participants=tuple(_settled(p, scene, whoswho) for p in coded.participants))
    return join_same(coded)


def _settled(participant: Participant, scene: Scene, whoswho: WhosWho) -> Participant:
    if participant.entity is not None or not _concerned(participant):
        return participant
    participant = replace(participant, sectors=participant.sectors or _sector(participant, scene, whoswho))
    if participant.country is None or _serves_states(participant, scene, whoswho) is not None:
        clue = _clue(participant, scene, whoswho)
        participant = _with_clue(participant, clue) if clue else participant
    if participant.kind == "person" and not participant.sectors and participant.country not in NO_COUNTRY:
        participant = _private(participant)
    return _as_body(participant, whoswho)


def _concerned(participant: Participant) -> bool:
    """Named people and bodies, and whoever has a sector: "militants", not "the group"."""
    named = not participant.name.islower() and participant.kind in ("person", "organisation")
    return participant.kind != "country" and (named or bool(participant.sectors))


def _with_clue(participant: Participant, clue: Clue) -> Participant:
    sectors = participant.sectors or ((clue.sector,) if clue.sector else ())
    return replace(
        participant,
        country=clue.country,
        sectors=() if clue.country == "IGO" else sectors,
        confidence=min(participant.confidence or clue.confidence, clue.confidence),
        why="; ".join(words for words in (participant.why, f"country inferred: {clue.why}") if words),
    )


def _private(participant: Participant) -> Participant:
    """Somebody who is named without any office is a private person."""
    if any(d.role_class is not None and d.role_class not in _PRIVATE for d in participant.descriptions):
        return participant
    why = f"{participant.why}; no office is told: taken for a private person"
    return replace(participant, sectors=("CVL",), why=why)


def _sector(participant: Participant, scene: Scene, whoswho: WhosWho) -> tuple[str, ...]:
    """What the words of a name tell ("Skai TV"), or the noun in front of it ("the frigate Karatepe")."""
    if participant.kind not in ("organisation", "person") or participant.descriptions:
        return ()
    told = whoswho.name_sector(participant.name) if participant.kind == "organisation" else None
    if told:
        return (told,)
    tokens = scene.reading.tokens
    for mention in scene.mentions_of(participant):
        first = scene.reading.tokens_in(mention.span).start
        before = tokens[first - 1] if first else None
        noun = whoswho.title_sector(before.text) if before is not None and before.pos == "NOUN" else None
        if noun:
            return (noun,)
    return ()


def _clue(participant: Participant, scene: Scene, whoswho: WhosWho) -> Clue | None:
    return (
        _serves_states(participant, scene, whoswho)
        or _by_states_named(participant, scene)
        or _by_office_beside(participant, scene)
        or _by_owner(participant, scene)
        or _by_own_phrase(participant, scene)
        or _by_speaker(participant, scene)
        or _by_surroundings(participant, scene, whoswho)
    )


def _serves_states(participant: Participant, scene: Scene, whoswho: WhosWho) -> Clue | None:
    """ "the UN coordinator in Sudan" is the UN's; "the Russian envoy to NATO" is not NATO's."""
    for description in participant.descriptions:
        if description.organisation is None or whoswho.entity(description.organisation).country != "IGO":
            continue
        if participant.country == "IGO":
            return None
        if _belongs(description, scene, whoswho):
            name = whoswho.entity(description.organisation).name
            return Clue("IGO", _SURE, f"serves {name}")
    return None


def _by_states_named(participant: Participant, scene: Scene) -> Clue | None:
    """ "The UN moves, too. The envoy met ...": an envoy of nobody is that of the body of states named last."""
    if not any(d.role_class in ("diplomat", "io_head") for d in participant.descriptions):
        return None
    for mention in scene.mentions_of(participant)[:1]:
        sentences = [scene.reading.sentence_of(mention.head), *list(scene.sentences_before(mention.head))[:1]]
        before = [m for s in sentences for m in reversed(scene.reading.mentions_in(s.span)) if m.head < mention.head]
        party = next((m for m in before if m.country and not m.as_place and m.kind != "pronoun"), None)
        if party is not None and party.country == "IGO":
            return Clue("IGO", _LIKELY, f"{party.name} is named before")
    return None


def _belongs(description: Description, scene: Scene, whoswho: WhosWho) -> bool:
    """Whether the body stands before the office or behind its "of", and no nationality before it."""
    inside = scene.reading.mentions_in(description.span)
    tokens = scene.reading.tokens
    if any(m.kind == "demonym" and m.country not in NO_COUNTRY and tokens[m.head].dep in _SERVING for m in inside):
        return False
    for mention in inside:
        token = tokens[mention.head]
        of = token.dep == "pobj" and tokens[token.head].text.lower() in ("of", "for")
        if description.organisation in mention.entities and (token.dep in _SERVING or of):
            return True
    return False


def _by_office_beside(participant: Participant, scene: Scene) -> Clue | None:
    """ "Kenya's consul in Juba, X": an office and a name side by side are one, whatever the parser hangs on what."""
    if participant.kind != "person" or participant.descriptions:
        return None
    text = scene.reading.report.text
    for other in scene.coded.participants:
        if other.kind != "role" or other.plural or not (other.country or other.sectors):
            continue
        if any(text[a.end : b.start] == ", " for a in other.mentions for b in participant.mentions if a.end < b.start):
            owner = scene.people.get(other.principal or "")
            country = other.country or (owner.country if owner else None)
            return Clue(country, _LIKELY, f"named beside {other.name!r}", other.sector) if country else None
    return None


def _by_owner(participant: Participant, scene: Scene) -> Clue | None:
    """ "His ministry", "her lawyer", "the spokesman of Haftar": the country of whose it is."""
    owners = [scene.people[participant.principal]] if participant.principal in scene.people else []
    for mention in scene.mentions_of(participant):
        owners += [
            owner
            for child in scene.reading.children[mention.head]
            if scene.reading.tokens[child].dep == "poss" and (owner := scene.at(child)) is not None
        ]
    for owner in owners:
        if owner.country and owner.id != participant.id:
            speaks_for = any(d.role_class in ("spokesperson", "adviser") for d in participant.descriptions)
            return Clue(owner.country, _SURE, f"belongs to {owner.name}", owner.sector if speaks_for else None)
    return None


def _by_own_phrase(participant: Participant, scene: Scene) -> Clue | None:
    """A nationality or place within the participant's own phrase: "a trader in Kismayo", "Italian-flagged"."""
    for mention in scene.mentions_of(participant):
        if scene.reading.tokens[mention.head].dep == "ROOT":
            continue
        below = set(scene.reading.subtree(mention.head)) - set(scene.reading.tokens_in(mention.span))
        own = below - _in_clauses(mention.head, scene.reading)
        for other in scene.reading.mentions:
            if other.head not in below:
                continue
            token = scene.reading.tokens[other.head]
            if other.kind == "organisation" and token.dep in _SERVING and other.country == "IGO":
                return Clue("IGO", _LIKELY, f"tells of {other.name} as its own")
            country = scene.country_of(other) if other.kind in ("demonym", "country", "metonym") else None
            if country and other.head in own and (other.kind == "demonym" or not other.as_place):
                return Clue(country, _SURE, "its own words name the country")
        for place in scene.coded.places:
            inside = [i for i in scene.reading.tokens_in(place.span) if i in below]
            if inside and place.country and participant.kind in ("person", "group", "role"):
                return Clue(place.country, _LIKELY, f"is told of at {place.name}")
    return None


def _in_clauses(head: int, reading: Reading) -> set[int]:
    """The tokens of the clauses below a phrase: who "announced that Nicaragua ..." need not be Nicaraguan."""
    tops = [i for i in reading.subtree(head) if i != head and reading.tokens[i].dep in CLAUSES]
    return {i for top in tops for i in reading.subtree(top)}


def _by_speaker(participant: Participant, scene: Scene) -> Clue | None:
    """ "The judiciary will decide", says an Iranian spokesman: bodies in somebody's words are the speaker's own."""
    if participant.kind not in ("organisation", "role") or participant.sector not in _OFFICIAL:
        return None
    speakers = [scene.speaker_over(span) for span in participant.mentions]
    if not speakers or any(s is None or not s.country or s.country in NO_COUNTRY for s in speakers):
        return None
    countries = {s.country for s in speakers if s is not None and s.id != participant.id}
    only = countries.pop() if len(countries) == 1 else None
    return Clue(only, _LIKELY, "told of by a speaker of that country") if only else None


def _by_surroundings(participant: Participant, scene: Scene, whoswho: WhosWho) -> Clue | None:
    """The country for which most speaks around the participant's mentions, and nothing against it."""
    points: defaultdict[str, float] = defaultdict(float)
    reasons: dict[str, str] = {}

    def add(country: str | None, number: float, why: str) -> None:
        if country and country not in NO_COUNTRY:
            points[country] += number
            reasons.setdefault(country, why)

    for mention in scene.mentions_of(participant)[:_MENTIONS]:
        _near(mention, participant, scene, add)
    add(scene.dateline, _FILED, "the report was filed there")
    for land, share in scene.shares.items():
        add(land, _MAIN * share, "the country that the report is mostly about")
    for other in scene.opponents(participant):
        points[other] += _OPPOSED
    for country in list(points):
        if _held_by_another(participant, country, scene, whoswho):
            points[country] += _HELD_BY_ANOTHER
    ranked = sorted(points, key=lambda country: (-points[country], country))
    if not ranked or points[ranked[0]] < _ENOUGH:
        return None
    return Clue(ranked[0], _GUESSED, reasons[ranked[0]])


def _acts_abroad(participant: Participant) -> bool:
    """Whether somebody's country need not be the ground: officials, soldiers, and bodies with a name."""
    named = participant.kind == "organisation" and not participant.name.islower()
    return participant.sector in _ABROAD or named


def _near(mention: Mention, participant: Participant, scene: Scene, add: _Add) -> None:
    official = _acts_abroad(participant)
    place = scene.place_in_clause(mention.head) or (None if official else scene.place_of_sentence(mention.head))
    # Villagers, gunmen and policemen belong to where they are, whoever else the sentence speaks of.
    told = 1.0 if official or place is None else _LESS_THAN_PLACE
    subject = scene.subject_over(mention.head)
    if subject is not None and subject.id != participant.id:
        add(subject.country, _SUBJECT * told, f"{subject.name} acts in the same clause")
    if place is not None:
        add(place.country, _ELSEWHERE if official else _IN_CLAUSE, f"{place.name} in the same clause")
    sentence = scene.reading.sentence_of(mention.head)
    named = [m for m in scene.reading.mentions_in(sentence.span) if m.span not in participant.mentions]
    # Each country once: the nearest before the mention, then those after it.
    before = [c for m in reversed(named) if m.head < mention.head and not m.as_place and (c := scene.country_of(m))]
    after = [c for m in named if m.head > mention.head and not m.as_place and (c := scene.country_of(m))]
    for rank, country in enumerate(dict.fromkeys(before)):
        add(country, told * _BEFORE / (1 + rank), "named before it in the same sentence")
    for country in dict.fromkeys(c for c in after if c not in before):
        add(country, _AFTER, "named in the same sentence")
    for land in {p.country for p in scene.places_in(sentence.span)}:
        add(land, _ELSEWHERE / 2 if official else _GROUND, "a place in the same sentence")
    _paragraph(mention, scene, add)


def _paragraph(mention: Mention, scene: Scene, add: _Add) -> None:
    weight = _PARAGRAPH
    for sentence in scene.sentences_before(mention.head):
        parties = [c for m in scene.reading.mentions_in(sentence.span) if (c := scene.country_of(m))]
        places = [p.country for p in scene.places_in(sentence.span)]
        for country in dict.fromkeys([*parties, *places]):
            add(country, weight, "named in the same paragraph")
        weight /= 2


def _held_by_another(participant: Participant, country: str, scene: Scene, whoswho: WhosWho) -> bool:
    """Whether the tables know somebody else in the office that the report gives the participant."""
    day = scene.reading.report.published
    if participant.kind != "person" or day is None:
        return False
    classes = {d.role_class for d in participant.descriptions if d.role_class in _SINGLE_OFFICES and not d.former}
    for role_class in classes:
        held = whoswho.holders(country, role_class or "", day)
        if held and not any(tenure.presumed_on(day) for _, tenure in held):
            return True
    return False


def _as_body(participant: Participant, whoswho: WhosWho) -> Participant:
    """The known body of a country: "the foreign ministry", once it is known whose."""
    if participant.kind != "organisation" or participant.entity or participant.country in (None, *NO_COUNTRY):
        return participant
    words = participant.name.split()
    for start in range(len(words)):
        id = whoswho.body(" ".join(words[start:]), participant.country or "")
        if id is not None and of_one_side(participant, whoswho.entity(id)):
            entity = whoswho.entity(id)
            return replace(
                participant, entity=id, name=entity.name, sectors=entity.sectors, confidence=participant.confidence
            )
    return participant
