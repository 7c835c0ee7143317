"""Verdicts: kept as given, undone by a row of their own, found again in a later reading, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from factory import sample, span
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.coded import CodedReport
from detente.model.span import Span
from detente.model.verdict import Correction, Judgement, Verdict, event_mark, marks_of, statement_mark, traced
from detente.store import Archive
from detente.store.verdicts import correction_from_dict

NOON = "2024-05-20T12:00:00+00:00"


@pytest.fixture
def archive(archive: Archive) -> Archive:
    archive.add(sample())
    return archive


def verdict(judgement: Judgement = "right", by: str = "Ana", place: int = 0, **more: object) -> Verdict:
    return replace(Verdict(marks_of(sample())[place], judgement, by, NOON), **more)  # type: ignore[arg-type]


def read_again(coded: CodedReport) -> CodedReport:
    """The same report read by another version: all ids are other ones, and the events stand in another order."""
    new = {e.id: f"x{n}" for n, e in enumerate(coded.events)} | {s.id: f"y{n}" for n, s in enumerate(coded.statements)}
    events = tuple(replace(e, id=new[e.id], told_in=new.get(e.told_in or "")) for e in reversed(coded.events))
    told = tuple(
        replace(s, id=new[s.id], inside=new.get(s.inside or ""), events=(), acts=()) for s in reversed(coded.statements)
    )
    return coded.with_(events=events, statements=told)


def test_a_verdict_is_given_back_as_it_was_given(archive: Archive) -> None:
    whole = Correction(
        "PROTEST", ("RUS MIL", "Marta Velik"), (), date(2024, 5, 1), date(2024, 5, 2), "Aldova", "denied", "RUS GOV",
        "CNN", (Span(1, 4), Span(6, 9)),
    )  # fmt: skip
    given = verdict("corrected", correction=whole, note="see the second paragraph")
    with archive.reviewing() as rows:
        kept = rows.add(given)
    with archive.verdicts() as rows:
        assert list(rows.each()) == [kept] == [replace(given, number=kept.number)]
        assert rows.of_report(sample().report.id) == (kept,) and rows.of_report("other") == ()


@given(
    st.builds(
        Correction,
        type=st.none() | st.sampled_from(["PROTEST", "AID"]),
        sources=st.none() | st.lists(st.text(max_size=5), max_size=2).map(tuple),
        first=st.none() | st.dates(),
        place=st.none() | st.text(max_size=8),
        status=st.none() | st.sampled_from(["happened", "denied"]),
        content=st.none() | st.just((Span(0, 3),)),
    )
)
def test_corrections_come_back_from_their_json(correction: Correction) -> None:
    assert correction_from_dict(correction.to_dict()) == correction


def test_verdicts_of_a_transaction_that_fails_are_not_kept(archive: Archive) -> None:
    with pytest.raises(RuntimeError), archive.reviewing() as rows:
        rows.add(verdict())
        raise RuntimeError
    with archive.verdicts() as rows:
        assert rows.count() == 0


MARKS = st.tuples(st.sampled_from(["right", "wrong"]), st.sampled_from(["Ana", "Bo"]), st.integers(0, 6))


@settings(max_examples=60)
@given(st.lists(MARKS, max_size=8), MARKS)
def test_marking_and_undoing_leaves_what_stood_before(
    before: list[tuple[Judgement, str, int]], last: tuple[Judgement, str, int]
) -> None:
    rows = [verdict(j, by, place, number=n) for n, (j, by, place) in enumerate(before, 1)]
    stood = traced(rows, sample())
    judgement, by, place = last
    marked = verdict(judgement, by, place, number=len(rows) + 1)
    after = traced([*rows, marked], sample())
    assert [t.verdict for t in after if (t.verdict.by, t.verdict.mark) == (by, marked.mark)] == [marked]
    undo = replace(marked, judgement="undone", number=len(rows) + 2, undoes=marked.number)
    assert set(traced([*rows, marked, undo], sample())) == set(stood)


@settings(max_examples=40)
@given(st.lists(MARKS, max_size=10))
def test_each_reviewer_has_one_standing_verdict_an_item(given: list[tuple[Judgement, str, int]]) -> None:
    rows = [verdict(j, by, place, number=n) for n, (j, by, place) in enumerate(given, 1)]
    standing = traced(rows, sample())
    assert {(t.item, t.verdict.by) for t in standing} == {(v.mark.id, v.by) for v in rows}
    assert len(standing) == len({(v.mark, v.by) for v in rows})


def test_every_item_is_found_again_when_all_ids_and_the_order_change() -> None:
    again = read_again(sample())
    texts = {item.id: item for item in (*again.events, *again.statements)}
    for place, mark in enumerate(marks_of(sample())):
        (found,) = traced([verdict(place=place, number=1)], again)
        assert found.item is not None and found.item != mark.id
        item = texts[found.item]
        spans = item.content if mark.kind == "statement" else (item.trigger,)  # type: ignore[union-attr]
        assert spans[0] == mark.spans[0]


@settings(max_examples=60)
@given(order=st.permutations(range(5)), kept=st.sets(st.integers(0, 4)), said=st.sets(st.integers(0, 1)))
def test_a_verdict_holds_for_its_own_item_or_is_lost(order: list[int], kept: set[int], said: set[int]) -> None:
    coded = sample()
    events = tuple(coded.events[n] for n in order if n in kept)
    statements = tuple(coded.statements[n] for n in said)
    again = read_again(coded.with_(events=events, statements=statements))
    own = {item: mark.spans for item, mark in ((mark.id, mark) for mark in marks_of(again))}
    for place, mark in enumerate(marks_of(coded)):
        (found,) = traced([verdict(place=place, number=1)], again)
        there = place in kept if place < 5 else place - 5 in said
        assert found.fate == ("holds" if there else "lost")
        assert found.item is None or own[found.item] == mark.spans


def test_another_event_of_the_same_clause_and_type_is_not_taken_for_it() -> None:
    coded = sample()
    clause = (span("Ruritania shelled the village of Aldova on Tuesday, killing three people"),)
    one = replace(coded.events[0], evidence=clause)
    other = replace(one, id="e9", trigger=span("killing"), targets=("a3",))
    mark = event_mark(coded, one)
    given = replace(verdict(number=1), mark=mark)
    both, alone = (coded.with_(events=events) for events in ((other, one), (other,)))
    assert traced([given], both)[0].item == "e1" and traced([given], alone)[0].fate == "lost"
    moved = coded.with_(events=(replace(one, id="e9", trigger=span("killing")),))
    assert (traced([given], moved)[0].item, traced([given], moved)[0].fate) == ("e9", "holds"), "the same coding"


def test_an_item_whose_coding_changed_is_found_and_said_to_have_changed() -> None:
    coded = sample()
    first = coded.events[0]
    other = coded.with_(events=(replace(first, status="denied", sources=("a2",)), *coded.events[1:]))
    assert [t.fate for t in traced([verdict(number=1)], coded)] == ["holds"]
    assert [(t.item, t.fate) for t in traced([verdict(number=1)], other)] == [("e1", "changed")]


def test_a_verdict_whose_item_is_gone_is_kept_and_called_lost() -> None:
    coded = sample()
    without = coded.with_(events=coded.events[1:])
    (found,) = traced([verdict(number=1)], without)
    assert found.item is None and found.fate == "lost"
    assert traced([verdict(number=1)], None)[0].fate == "lost"


def test_words_of_another_type_are_another_item() -> None:
    coded = sample()
    first = coded.events[0]
    coding = replace(first.codings[0], code="PROTEST")
    other = coded.with_(events=(replace(first, codings=(coding,)), *coded.events[1:]))
    assert traced([verdict(number=1)], other)[0].fate == "lost"


def test_a_trigger_that_moved_a_word_is_still_the_item() -> None:
    coded = sample()
    first = coded.events[0]
    wider = replace(first, trigger=span("Ruritania shelled"), evidence=(span("Ruritania shelled the village"),))
    (found,) = traced([verdict(number=1)], coded.with_(events=(wider, *coded.events[1:])))
    assert found.item == "e1"


def test_marks_say_what_the_contract_calls_the_items() -> None:
    coded = sample()
    assert event_mark(coded, coded.events[0]).type == "ASSAULT"
    assert statement_mark(coded, coded.statements[0]).spans == coded.statements[0].content


def test_the_queue_holds_current_readings_only_the_weightiest_first(archive: Archive) -> None:
    coded = sample()
    with archive.verdicts() as rows:
        first = rows.worth_a_look("consequence", 0, 1)
        assert first == [(coded.report.id, "event", 0)], "three dead"
        everything = rows.worth_a_look("doubt", 0, 100)
        assert len(everything) == len(coded.events) + len(coded.statements)
        assert [row for n in range(7) for row in rows.worth_a_look("doubt", n, 1)] == everything
    archive.add(coded.with_(events=coded.events[1:]))
    with archive.verdicts() as rows:
        assert len(rows.worth_a_look("doubt", 0, 100)) == len(everything) - 1


def test_no_row_is_ever_changed_or_taken_away(archive: Archive) -> None:
    with archive.reviewing() as rows:
        kept = rows.add(verdict())
        rows.add(replace(verdict("undone"), undoes=kept.number))
        assert rows.is_undone(kept.number or 0) and rows.one(kept.number or 0) == kept
    archive.add(read_again(sample()))
    with archive._reading() as connection:
        found = connection.exec_driver_sql("SELECT judgement FROM verdict ORDER BY number").all()
    assert [row[0] for row in found] == ["right", "undone"]
