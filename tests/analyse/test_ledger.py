"""The ledger over invented reports: what is one entry, between whom, and what shows that it was kept or not."""

from __future__ import annotations

from datetime import date, timedelta

from detente.analyse.ledger import Asked, Entry, ledger
from detente.analyse.outcomes import OutcomeWords
from detente.analyse.quotes import Party
from detente.model.coded import CodedReport
from detente.model.commitment import Commitment
from detente.model.event import Coding, Event
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Statement
from detente.model.when import When

DAY = date(2024, 5, 6)
WORDS = OutcomeWords(
    frozenset({"violated"}), frozenset({"honoured"}), frozenset({"ceasefire"}), frozenset({"demand", "offer"})
)
NAMES = {"r": ("Ruritania", "RUR"), "g": ("Graustark", "GRA"), "s": ("Sylvania", "SYL")}
ASK = "Ruritania demanded that Graustark withdraw from Aldova valley"


def on(day: int) -> When:
    when = DAY + timedelta(days=day)
    return When(when, when, "publication", "day")


def report(text: str, day: int, *, events: tuple[Event, ...] = (), made: tuple[Commitment, ...] = ()) -> CodedReport:
    people = tuple(
        Participant(id, name, "country", (), f"country:{code}", code, ("GOV",)) for id, (name, code) in NAMES.items()
    )
    return CodedReport(Report(text, published=DAY + timedelta(days=day)), people, events=events, commitments=made)


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def event(text: str, sources: str, targets: str, code: str, words: str, day: int = 0, **more: object) -> Event:
    status = more.pop("status", "happened")
    return Event(
        f"{code}-{words}", tuple(sources), tuple(targets), (Coding("PLOVER", code),), status,  # type: ignore[arg-type]
        at(text, words), (at(text, words),), when=on(day), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def commitment(text: str, kind: str, who: str, to: str, words: str, day: int = 0, cue: str | None = None) -> Commitment:
    span = at(text, cue) if cue else None
    return Commitment("c1", kind, tuple(who), tuple(to), (at(text, words),), span, when=on(day))  # type: ignore[arg-type]


def demand(day: int = 0, text: str = ASK) -> CodedReport:
    wanted = event(text, "g", "", "RETREAT", "withdraw", day, status="demanded")
    made = commitment(text, "demand", "r", "g", "withdraw from Aldova valley", day)
    return report(text, day, events=(wanted,), made=(made,))


def entries(*reports: CodedReport, asked: Asked | None = None) -> list[Entry]:
    return ledger(reports, asked or Asked(), WORDS)


def state(*reports: CodedReport) -> str:
    (entry,) = [e for e in entries(*reports) if e.kind != "refusal"]
    assert bool(entry.outcome.evidence) == (entry.outcome.state != "open"), "each state but open names its evidence"
    return entry.outcome.state


def deed(text: str, sources: str, targets: str, code: str, words: str, day: int, **more: object) -> CodedReport:
    return report(text, day, events=(event(text, sources, targets, code, words, day, **more),))


# -- one entry for one commitment


def test_the_same_demand_in_two_reports_is_one_entry() -> None:
    later = demand(2, "Graustark must withdraw from Aldova valley, Ruritania demanded")
    (entry,) = entries(later, demand())
    assert [t.coded.report.id for t in entry.tellings] == [demand().report.id, later.report.id]
    assert entry.day == DAY


def test_other_words_other_sides_and_another_time_are_other_entries() -> None:
    text = "Ruritania demanded that Graustark release thirty miners"
    other = report(text, 0, made=(commitment(text, "demand", "r", "g", "release thirty miners"),))
    side = "Ruritania demanded that Sylvania withdraw from Aldova valley"
    third = report(side, 0, made=(commitment(side, "demand", "r", "s", "withdraw from Aldova valley"),))
    assert len(entries(demand(), other, third, demand(90))) == 4


# -- what is asked for


def test_between_two_sides_whichever_made_it() -> None:
    one, other = Party(countries=frozenset({"RUR"})), Party(countries=frozenset({"GRA"}))
    third = Party(countries=frozenset({"SYL"}))
    assert len(entries(demand(), asked=Asked((one, other)))) == 1
    assert len(entries(demand(), asked=Asked((other, one)))) == 1
    assert entries(demand(), asked=Asked((one, third))) == []
    assert entries(demand(), asked=Asked((one, one))) == []


def test_kinds_and_days() -> None:
    assert entries(demand(), asked=Asked(kinds=("promise",))) == []
    assert entries(demand(), asked=Asked(since=DAY + timedelta(days=1))) == []
    assert len(entries(demand(), demand(90), asked=Asked(until=DAY))) == 1


def test_what_is_told_after_until_shows_nothing() -> None:
    answer = deed("Graustark withdrew from there", "g", "", "RETREAT", "withdrew", 3)
    (entry,) = entries(demand(), answer, asked=Asked(until=DAY + timedelta(days=1)))
    assert entry.outcome.state == "open"


# -- demands


def test_a_demand_is_met_by_the_deed_that_it_asks_for() -> None:
    assert state(demand(), deed("Graustark withdrew from there", "g", "", "RETREAT", "withdrew", 3)) == "met"


def test_a_demand_stays_open_without_evidence() -> None:
    assert state(demand()) == "open"
    assert state(demand(), deed("Sylvania withdrew from there", "s", "", "RETREAT", "withdrew", 3)) == "open"
    assert state(demand(), deed("Graustark gave bread", "g", "r", "AID", "gave bread", 3)) == "open"
    assert state(demand(), deed("Graustark had withdrawn", "g", "", "RETREAT", "withdrawn", -3)) == "open"
    planned = deed("Graustark plans to withdraw", "g", "", "RETREAT", "withdraw", 3, status="planned")
    assert state(demand(), planned) == "open"
    claimed = deed("Graustark says it withdrew", "g", "", "RETREAT", "withdrew", 3, told_in="s1")
    assert state(demand(), claimed) == "open"
    assert state(demand(), deed("Graustark withdrew at last", "g", "", "RETREAT", "withdrew", 300)) == "open"


def test_a_demand_of_two_is_met_by_both_only() -> None:
    text = "Ruritania demanded that Graustark and Sylvania withdraw from Aldova valley"
    wanted = event(text, "gs", "", "RETREAT", "withdraw", status="demanded")
    made = commitment(text, "demand", "r", "gs", "withdraw from Aldova valley")
    both = report(text, 0, events=(wanted,), made=(made,))
    assert state(both, deed("Graustark withdrew from there", "g", "", "RETREAT", "withdrew", 3)) == "open"
    assert state(both, deed("Both withdrew from there", "gs", "", "RETREAT", "withdrew", 3)) == "met"


def test_a_demand_is_refused_by_a_rejection_that_names_it() -> None:
    text = "Graustark rejected the demand"
    assert state(demand(), deed(text, "g", "r", "REJECT", text, 2)) == "refused"
    assert state(demand(), deed(text, "s", "r", "REJECT", text, 2)) == "open", "somebody else rejects it"
    text = "Graustark rejected the new tariff"
    assert state(demand(), deed(text, "g", "r", "REJECT", text, 2)) == "open", "something else is rejected"


def test_a_rejection_in_the_words_of_whoever_rejects_is_evidence() -> None:
    text = "Graustark rejected the demand"
    told = Statement("s1", "g", (at(text, text),), "indirect")
    own = deed(text, "g", "r", "REJECT", text, 2, told_in="s1").with_(statements=(told,))
    assert state(demand(), own) == "refused"
    other = deed(text, "g", "r", "REJECT", text, 2, told_in="s1").with_(
        statements=(Statement("s1", "s", (at(text, text),), "indirect"),)
    )
    assert state(demand(), other) == "open"


# -- promises, offers, agreements


def test_a_promise_is_met_or_broken_by_the_promised_deed() -> None:
    text = "Ruritania promised to send bread to Graustark"
    wanted = event(text, "r", "g", "AID", "send bread", status="planned")
    made = report(
        text, 0, events=(wanted,), made=(commitment(text, "promise", "r", "g", "to send bread to Graustark"),)
    )
    assert state(made, deed("Ruritania sent bread", "r", "g", "AID", "sent bread", 9)) == "met"
    assert state(made, deed("Ruritania sent bread", "r", "s", "AID", "sent bread", 9)) == "open"
    not_sent = deed("Ruritania sent no bread", "r", "g", "AID", "sent no bread", 9, status="not_happened")
    assert state(made, not_sent) == "broken"


def test_an_offer_is_met_among_the_same_or_refused() -> None:
    text = "Ruritania offered talks with Graustark"
    wanted = event(text, "rg", "rg", "CONSULT", "talks", status="hypothetical", reciprocal=True)
    made = report(text, 0, events=(wanted,), made=(commitment(text, "offer", "r", "g", "talks with Graustark"),))
    assert state(made, deed("They met on Monday", "rg", "rg", "CONSULT", "met", 4, reciprocal=True)) == "met"
    assert state(made, deed("They met on Monday", "rs", "rs", "CONSULT", "met", 4, reciprocal=True)) == "open"
    assert state(made, deed("Graustark rejected the offer", "g", "r", "REJECT", "rejected the offer", 4)) == "refused"


def test_fighting_between_its_parties_breaks_a_truce_and_no_other_agreement() -> None:
    for words, expected in (("the ceasefire", "broken"), ("the fishing treaty", "open")):
        text = f"Ruritania recalls {words}"
        made = report(text, 0, made=(commitment(text, "agreement", "rg", "rg", words),))
        assert state(made, deed("Graustark shelled a town", "g", "r", "ASSAULT", "shelled", 9)) == expected
        assert state(made, deed("Graustark shelled a town", "g", "s", "ASSAULT", "shelled", 9)) == "open"


def test_an_agreement_is_broken_where_the_report_says_so() -> None:
    text = "Graustark violated the fishing treaty"
    made = commitment(text, "agreement", "rg", "rg", "the fishing treaty", cue="violated")
    assert state(report(text, 0, made=(made,))) == "broken"
    claimed = Commitment("c1", "agreement", made.who, made.to, made.what, made.cue, statement="s1", when=made.when)
    assert state(report(text, 0, made=(claimed,))) == "open", "somebody's charge shows nothing"


def test_a_deadline_gone_by_shows_nothing() -> None:
    (made,) = demand().commitments
    short = Commitment(made.id, made.kind, made.who, made.to, made.what, when=made.when, deadline=on(1))
    late = report("The valley is quiet", 40)
    (entry,) = entries(demand().with_(commitments=(short,)), late)
    assert (entry.outcome.state, entry.deadline) == ("open", on(1))


def test_the_order_of_the_reports_does_not_change_the_ledger() -> None:
    answer = deed("Graustark withdrew from there", "g", "", "RETREAT", "withdrew", 3)
    reports = [demand(), answer, demand(2)]
    one = [e.to_dict() for e in entries(*reports)]
    assert one == [e.to_dict() for e in entries(*reversed(reports))]
