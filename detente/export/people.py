"""What parties are called in what leaves the program: public figures by name, private persons by what they are.

Victims and children are private too. Their names are taken out of quoted words and titles, and the ids by which other
tables know them are left out. What stands in an address of a page is not looked at.
"""

from __future__ import annotations

import re
from functools import cached_property

from detente.codebook.minors import load_minors
from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.span import Span

# Sectors in which people act in public: for a state, a party, an armed group.
_PUBLIC = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PRM", "PTY", "REB", "OPP", "ELI", "PRE"})
# Sectors in which an occupation ("lawyer", "teacher", "shopkeeper") makes nobody a public figure.
_CIVIL = frozenset({"CVL", "AGR", "BUS", "EDU", "LAB", "MED", "REF", "UNK"})
_BODIES = frozenset({"IGO", "NGO", "IMG"})
# Whoever is the target of this type was hit; `victims` holds only those who were hit beside the addressed party.
_HITTING = "ASSAULT"
_PERSON, _VICTIM, _MINOR = "private person", "victim", "minor"
# Shorter parts of a name ("al", "de", "Bo") are words of other names as well.
_SHORTEST = 3
_PART = re.compile(r"[\w’'-]+")


class People:
    """The parties of one report, called by name or by what they are."""

    def __init__(self, coded: CodedReport, names: bool) -> None:
        self._text = coded.report.text
        self._places = tuple(place.name for place in coded.places)
        self._by_id = {p.id: p for p in coded.participants}
        self._hit = {id for event in coded.events for id in event.victims} | {
            id
            for event in coded.events
            if not event.reciprocal and (plover := event.coding("PLOVER")) and plover.code == _HITTING
            for id in event.targets
        }
        self._private = {} if names else {p.id: role for p in coded.participants if (role := self._private_role(p))}

    def _private_role(self, participant: Participant) -> str | None:
        """What a private person is called; None for those who are called by their names."""
        if participant.kind != "person":
            return None
        acts = bool(_PUBLIC & set(participant.sectors))
        minor = not acts and self._is_minor(participant)
        hit = participant.id in self._hit
        official = participant.office is not None and (
            bool(set(participant.sectors) - _CIVIL) or participant.country in _BODIES
        )
        if not minor and (participant.entity is not None or (not hit and (acts or official))):
            return None
        what = _MINOR if minor else _VICTIM if hit else _PERSON
        return f"{what} ({participant.code})" if participant.code else what

    def _is_minor(self, participant: Participant) -> bool:
        words = load_minors()
        return any(words.tell(self._text, mention.start, mention.end) for mention in participant.mentions)

    def get(self, id: str | None) -> Participant | None:
        """The participant with this id."""
        return self._by_id.get(id or "")

    def called(self, participant: Participant | None) -> str:
        """The name, or what a private person is."""
        if participant is None:
            return ""
        if participant.id in self._private:
            return self._private[participant.id]
        # "The Weill family", "a lawyer of Ana Petri": descriptions hold names of others.
        return participant.name if _is_known(participant) else self.free(participant.name)

    def office(self, participant: Participant | None) -> str | None:
        """The office or occupation, without names of private persons."""
        if participant is None or participant.office is None:
            return None
        return self.free(participant.office)

    def entity(self, participant: Participant | None) -> str | None:
        """The id by which our tables know the party; none for private persons."""
        return participant.entity if participant is not None and participant.id not in self._private else None

    def wikidata(self, participant: Participant) -> str | None:
        """The party's number in Wikidata; none for private persons."""
        return participant.wikidata if participant.id not in self._private else None

    def words(self, span: Span) -> str:
        """The words of the report, with what private persons are in the place of their names."""
        parts, at = [], span.start
        for mention, role in self._mentions:
            if mention.overlaps(span) and mention.start >= at:
                parts += [self.free(self._text[at : mention.start]), f"[{role}]"]
                at = mention.end
        return "".join([*parts, self.free(self._text[at : span.end])])

    def free(self, words: str) -> str:
        """Words that are not the report's text, such as its title, without names of private persons."""
        if self._names is None:
            return words
        return self._names.sub(lambda found: f"[{self._bearers[found[0]]}]", words)

    @property
    def _open_names(self) -> list[str]:
        """The names that may be said: of places, and of parties that are not private."""
        told = [p.name for p in self._by_id.values() if p.id not in self._private and _is_known(p)]
        return [*self._places, *told]

    @cached_property
    def _mentions(self) -> list[tuple[Span, str]]:
        """Where private persons are named, in the order of the text."""
        found = [
            (mention, role)
            for id, role in self._private.items()
            for mention in self._by_id[id].mentions
            if any(word[:1].isupper() for word in mention.words(self._text).split())
        ]
        return sorted(found, key=lambda item: (item[0].start, -item[0].end))

    @cached_property
    def _bearers(self) -> dict[str, str]:
        """The private names, whole and in parts, as texts write them, with what their bearers are.

        Parts that other parties or places bear as well are no names of theirs alone, and stay.
        """
        shared = {part.casefold() for name in self._open_names for part in _PART.findall(name)}
        found: dict[str, str] = {}
        for id, role in self._private.items():
            name = self._by_id[id].name
            parts = [part for part in _PART.findall(name) if len(part) >= _SHORTEST and part[0].isupper()]
            for part in (name, *parts):
                if part.casefold() not in shared:
                    found.setdefault(part, role)
                    found.setdefault(part.upper(), role)
        return found

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Finds the private names, the longer ones first."""
        ways = sorted(filter(str.strip, self._bearers), key=lambda way: (-len(way), way))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ways))})(?!\w)") if ways else None


def _is_known(participant: Participant) -> bool:
    """Whether the name is a name of the party's own, and no description of somebody unknown."""
    return participant.entity is not None or participant.kind in ("person", "country")
