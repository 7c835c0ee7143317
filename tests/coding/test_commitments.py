"""Demands, promises, offers, ultimatums, refusals and agreements in a text: what is one, and what only seems one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from detente.model.coded import CodedReport

Code = Callable[[str], CodedReport]


@dataclass(frozen=True)
class Line:
    """A commitment as words."""

    kind: str
    who: tuple[str, ...]
    to: tuple[str, ...]
    what: tuple[str, ...]
    deadline: date | None


@pytest.fixture(scope="session")
def lines(coded: Code) -> Callable[[str], list[Line]]:
    def read(text: str) -> list[Line]:
        report = coded(text)
        names = {p.id: p.name for p in report.participants}
        return [
            Line(
                c.kind,
                tuple(names[id] for id in c.who),
                tuple(names[id] for id in c.to),
                tuple(span.words(text) for span in c.what),
                c.deadline.last if c.deadline else None,
            )
            for c in report.commitments
        ]

    return read


Lines = Callable[[str], list[Line]]


def test_a_demand_has_its_sides_its_words_and_its_term(lines: Lines) -> None:
    (line,) = lines("Portugal demanded that Chile release the sailors by Monday.")
    assert (line.kind, line.who, line.to) == ("demand", ("Portugal",), ("Chile",))
    assert line.what == ("that Chile release the sailors by Monday",)
    assert line.deadline == date(2024, 3, 11)


def test_a_demand_is_told_once_however_it_is_found(coded: Code) -> None:
    report = coded("Portugal demanded that Chile release the sailors.")
    (found,) = report.commitments
    assert found.event in {e.id for e in report.events}
    assert found.statement in {s.id for s in report.statements}
    assert found.cue is not None and found.cue.words(report.report.text) == "demanded"


def test_a_threat_with_a_term_is_an_ultimatum(lines: Lines) -> None:
    (line,) = lines("Bolivia threatened to cut off gas to Peru unless it pays its debts by Friday.")
    assert (line.kind, line.who, line.to) == ("ultimatum", ("Bolivia",), ("Peru",))
    assert "unless it pays its debts by Friday" in line.what[0]
    assert line.deadline == date(2024, 3, 8)


def test_a_threat_without_a_term_is_none(lines: Lines) -> None:
    assert lines("Bolivia threatened Peru with war.") == []


def test_a_term_set_is_an_ultimatum(lines: Lines) -> None:
    (line,) = lines("Bolivia gave Peru 48 hours to withdraw its troops.")
    assert (line.kind, line.who, line.to) == ("ultimatum", ("Bolivia",), ("Peru",))
    assert line.deadline == date(2024, 3, 8)


def test_a_gift_is_no_ultimatum(lines: Lines) -> None:
    assert lines("Bolivia gave Peru five ambulances on Monday.") == []


def test_a_promise_by_its_verb(lines: Lines) -> None:
    (line,) = lines("Norway promised to send Ghana 20 trucks by the end of the year.")
    assert (line.kind, line.who, line.to, line.deadline) == ("promise", ("Norway",), ("Ghana",), date(2024, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "Norway vowed to avenge the killing.",
        "Norway did not promise to send trucks.",
        "Would Norway promise to send trucks?",
        "Norway could promise to send trucks to Ghana.",
    ],
    ids=["a threat", "negated", "asked", "possible"],
)
def test_no_promise(text: str, lines: Lines) -> None:
    assert [line for line in lines(text) if line.kind == "promise"] == []


def test_a_deed_announced_in_ones_own_words_is_a_promise(lines: Lines) -> None:
    (line,) = lines("“As soon as the road is open, we will send the convoy,” Ghanaian President Kofi Amoa said.")
    assert (line.kind, line.who) == ("promise", ("Kofi Amoa",))
    assert line.what == ("As soon as the road is open, we will send the convoy",)


@pytest.mark.parametrize(
    "words",
    [
        "If the road is open, we will send the convoy",
        "We will see what happens",
        "We will retaliate",
        "They will send the convoy",
        "We sent the convoy",
    ],
    ids=["conditional", "no deed", "a threat", "of others", "past"],
)
def test_other_futures_are_no_promises(words: str, lines: Lines) -> None:
    found = lines(f"“{words},” Ghanaian President Kofi Amoa said.")
    assert [line for line in found if line.kind == "promise"] == []


def test_we_will_is_a_promise_only_in_the_speakers_own_words(lines: Lines) -> None:
    assert lines("We will send the convoy to Ghana.") == []


def test_what_a_first_person_will_not_accept_is_refused(lines: Lines) -> None:
    (line,) = lines("“We will never accept this border,” Ghanaian President Kofi Amoa said.")
    assert (line.kind, line.who) == ("refusal", ("Kofi Amoa",))


@pytest.mark.parametrize(
    "text",
    [
        "Norway stands ready to mediate between Chile and Peru.",
        "Norway offered to mediate between Chile and Peru.",
        "Norway is not ruling out talks with Chile.",
    ],
)
def test_an_offer(text: str, lines: Lines) -> None:
    (line,) = lines(text)
    assert (line.kind, line.who) == ("offer", ("Norway",))
    assert "Chile" in line.to


@pytest.mark.parametrize(
    "text",
    [
        "Norway offered condolences to Chile.",
        "Norway offered no comment.",
        "Norway ruled out talks with Chile.",
        "Norway does not rule out strikes on Chile.",
        "Norway is ready to attack Chile.",
    ],
)
def test_no_offer(text: str, lines: Lines) -> None:
    assert [line for line in lines(text) if line.kind == "offer"] == []


def test_an_agreement_with_the_parties_that_it_names(coded: Code) -> None:
    report = coded("Chile violated the 2019 fishing agreement with Peru on Tuesday.")
    (found,) = report.commitments
    names = {p.id: p.name for p in report.participants}
    assert found.kind == "agreement"
    assert [names[id] for id in found.who] == [names[id] for id in found.to] == ["Chile", "Peru"]
    assert found.when is not None and found.when.first == date(2019, 1, 1)
    assert found.cue is not None and found.cue.words(report.report.text) == "violated"


def test_an_agreement_without_parties_is_that_of_whoever_relies_on_it(lines: Lines) -> None:
    (line,) = lines("“The 2019 accords are our law,” Chilean President Ana Ruz said.")
    assert (line.kind, line.who, line.to) == ("agreement", ("Ana Ruz",), ())


def test_as_many_sides_as_the_word_says(lines: Lines) -> None:
    (line,) = lines("Chile sees a chance for Peru and Bolivia in the existing trilateral agreements.")
    assert line.who == ("Chile", "Peru", "Bolivia")
    (line,) = lines("Chile sees a chance for Peru in the existing trilateral agreements.")
    assert line.who == ("Chile",), "two sides are not three"


def test_one_agreement_however_often_it_is_named(lines: Lines) -> None:
    (line,) = lines("Chile praised the 2019 fishing treaty with Peru. Chile keeps the treaty.")
    assert line.what[1:] == ("the treaty",)


@pytest.mark.parametrize(
    "text",
    [
        "Chile hopes for a peace agreement with Peru.",
        "Chile and Peru held talks on the possible fishing treaty.",
        "Chile urged the new nuclear deal with Peru.",
        "The health protocol of the ministry was long.",
        "The deal was worth 30 million dollars.",
    ],
)
def test_no_agreement(text: str, lines: Lines) -> None:
    assert [line for line in lines(text) if line.kind == "agreement"] == []


def test_a_capital_in_a_name_is_no_party(lines: Lines) -> None:
    (line,) = [x for x in lines("Chile broke the Paris accords.") if x.kind == "agreement"]
    assert line.who == ("Chile",)


def test_ids_are_the_reports_and_in_text_order(coded: Code) -> None:
    report = coded("Norway promised to send Ghana trucks. Portugal demanded that Chile release the sailors.")
    assert [c.id for c in report.commitments] == [f"{report.report.id}-c1", f"{report.report.id}-c2"]
    assert [c.kind for c in report.commitments] == ["promise", "demand"]
