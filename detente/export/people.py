"""What parties are called in what leaves the program: public figures by name, private persons by what they are.

A private person is one whom the tables do not know and who holds no office; victims are private unless the tables know
them. Their names are taken out of quoted words too.
"""

from __future__ import annotations

from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.span import Span

# Sectors in which people act in public: for a state, a party, an armed group, a body.
_PUBLIC = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "REB", "OPP", "ELI", "IGO"})
_PERSON, _VICTIM = "private person", "victim"


class People:
    """The parties of one report, called by name or by what they are."""

    def __init__(self, coded: CodedReport, names: bool) -> None:
        self._coded = coded
        self._by_id = {p.id: p for p in coded.participants}
        victims = {id for event in coded.events for id in event.victims}
        self._private = {} if names else {p.id: p for p in coded.participants if _is_private(p, p.id in victims)}
        self._victims = victims

    def get(self, id: str | None) -> Participant | None:
        """The participant with this id."""
        return self._by_id.get(id or "")

    def called(self, participant: Participant | None) -> str:
        """The name, or what a private person is."""
        if participant is None:
            return ""
        if participant.id not in self._private:
            return participant.name
        return self._role(participant)

    def _role(self, participant: Participant) -> str:
        what = _VICTIM if participant.id in self._victims else _PERSON
        return f"{what} ({participant.code})" if participant.code else what

    def words(self, span: Span) -> str:
        """The words of the report, with what private persons are in the place of their names."""
        text, parts, at = self._coded.report.text, [], span.start
        for mention, participant in self._named_within(span):
            if mention.start >= at:
                parts += [text[at : mention.start], f"[{self._role(participant)}]"]
                at = mention.end
        return "".join([*parts, text[at : span.end]])

    def _named_within(self, span: Span) -> list[tuple[Span, Participant]]:
        text = self._coded.report.text
        found = [
            (mention, participant)
            for participant in self._private.values()
            for mention in participant.mentions
            if mention.overlaps(span) and any(word[:1].isupper() for word in mention.words(text).split())
        ]
        return sorted(found, key=lambda item: (item[0].start, -item[0].end))


def _is_private(participant: Participant, victim: bool) -> bool:
    if participant.kind != "person" or participant.entity is not None:
        return False
    return victim or (participant.office is None and not _PUBLIC & set(participant.sectors))
