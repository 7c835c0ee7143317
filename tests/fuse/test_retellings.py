"""Sentences without an event: which of them retell an incident, and that none makes one."""

from __future__ import annotations

from fused import ARM, AZE, DAY, GORIS, account, coded, elsewhere, kit

from detente.fuse.gathering import gather
from detente.fuse.memory import MemoryShelf
from detente.fuse.retellings import retellings_of
from detente.fusing import open_words
from detente.model.account import Account, AccountSize, EventKey
from detente.model.incident import Incident
from detente.model.shelf import Decision
from detente.model.span import Span

SENTENCE = EventKey.of_sentence("r9", Span(120, 205))


def bare(**more: object) -> Account:
    told = "Shells struck the bus station of Goris on Monday and three people were killed, all of them Armenian."
    base = {"type": "", "sources": (), "targets": (), "sizes": (), "named": (ARM, AZE), "place": GORIS, "bare": True}
    found = account("r9", "120-205", words=(told,), context=told, **(base | more))
    assert found.key == SENTENCE
    return found


def fused(*accounts: Account, decisions: tuple[Decision, ...] = ()) -> list[Incident]:
    shelf = MemoryShelf(decisions)
    gather(accounts, (), shelf, kit())
    return shelf.incidents


def test_a_sentence_retells_the_incident_it_agrees_with_and_its_report_counts() -> None:
    found = fused(account("r1"), account("r2"), elsewhere("r3"), bare())
    first = next(incident for incident in found if "r1" in incident.reports)
    assert first.retold == (SENTENCE,) and set(first.reports) == {"r1", "r2", "r9"} and first.origins == 3
    assert SENTENCE not in first.events and all(not i.retold for i in found if i is not first)
    assert first.to_dict()["retold"] == [{"report": "r9", "span": [120, 205]}]


def test_a_sentence_adds_numbers_and_nothing_else() -> None:
    (found,) = fused(account("r1"), bare(sizes=(AccountSize("dead", 5, 5),)))
    assert [item.field for item in found.disagreements] == ["dead"]
    assert found.sources[0].code == "AZE MIL" and found.events == (EventKey("r1", "e1"),)


def test_sentences_alone_make_no_incident_and_join_none() -> None:
    assert fused(bare()) == []
    assert len(fused(account("r1"), elsewhere("r2"), bare())) == 2


def test_a_report_with_an_event_of_the_incident_does_not_retell_it() -> None:
    (found,) = fused(account("r9"), account("r1"), bare())
    assert found.retold == ()


def test_decisions_hold_for_sentences_too() -> None:
    apart = Decision("apart", *sorted((SENTENCE, EventKey("r1", "e1"))))
    assert [incident.retold for incident in fused(account("r1"), bare(), decisions=(apart,))] == [()]
    together = Decision("together", *sorted((SENTENCE, EventKey("r2", "e1"))))
    found = fused(account("r1"), elsewhere("r2"), bare(), decisions=(together,))
    assert {incident.events[0].report: incident.retold for incident in found}["r2"] == (SENTENCE,)


def test_only_sentences_without_an_event_that_name_somebody_are_taken() -> None:
    text = "Ruritania has been at odds with its neighbour. At noon its army shelled Aldova. It rained all day."
    (found,) = retellings_of(coded(text, "Courier", DAY), open_words())
    assert found.words == (text[: text.index(" At noon")],) and found.key.sentence == Span(0, len(found.context))
    assert [party.country for party in found.named] == ["RUR"] and not found.counts
