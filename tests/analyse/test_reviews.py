"""Figures of verdicts: alpha as another library's, Wilson's interval as its book has it, precision by majority."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analyse.reviews import agreement, precision_by_type, wilson
from detente.model.span import Span
from detente.model.verdict import Correction, Fate, Judgement, Mark, Traced, Verdict


def said(
    item: int, by: str, judgement: Judgement = "right", type: str | None = None, fate: Fate = "holds", of: str = "AID"
) -> Traced:
    mark = Mark("event", "r", f"e{item}", (Span(item, item + 1),), of, "")
    return Traced(Verdict(mark, judgement, by, "", Correction(type=type)), mark.id, fate)


def test_precision_counts_items_and_not_verdicts() -> None:
    found = [said(1, "Ana"), said(1, "Bo"), said(2, "Ana", "wrong"), said(3, "Ana", "corrected")]
    (row,) = precision_by_type(found)
    assert (row.type, row.judged, row.right, row.type_right) == ("AID", 3, 1, 2)
    assert row.to_dict()["precision"] == 0.333


def test_where_as_many_say_right_as_not_it_is_not_right() -> None:
    (row,) = precision_by_type([said(1, "Ana"), said(1, "Bo", "wrong")])
    assert (row.judged, row.right) == (1, 0)


def test_verdicts_on_another_coding_are_not_counted() -> None:
    assert precision_by_type([said(1, "Ana", fate="changed"), said(2, "Ana", fate="lost")]) == []
    assert agreement([said(1, "Ana", fate="lost"), said(1, "Bo", fate="lost")])[0].items == 0


def test_wilsons_interval_is_that_of_the_book() -> None:
    # Newcombe 1998, table I: 81 of 263 and 15 of 148, without continuity correction.
    assert wilson(81, 263) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))
    assert wilson(15, 148) == (pytest.approx(0.0624, abs=5e-5), pytest.approx(0.1605, abs=5e-5))


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12 and counts[0] / counts[1] - 1e-12 <= high <= 1


def test_full_agreement_is_one_and_chance_is_about_nothing() -> None:
    alike = [said(n, by, "right" if n % 2 else "wrong") for n in range(20) for by in ("Ana", "Bo")]
    whole = agreement(alike)[0]
    assert (whole.alpha, whole.low, whole.high, whole.items, whole.reviewers) == (1, 1, 1, 20, 2)
    crossed = [
        said(n, by, "right" if (n // k) % 2 else "wrong") for n in range(40) for by, k in (("Ana", 1), ("Bo", 2))
    ]
    found = agreement(crossed)[0]
    assert (
        found.alpha == pytest.approx(0.0125, abs=0.02) and found.low is not None and found.low < 0 < (found.high or 0)
    )


def test_alpha_of_the_type_is_that_of_hand() -> None:
    # Four items, two reviewers: AID AID, AID PROTEST, PROTEST PROTEST, AID AID.
    # Observed: 2 of 8 values differ; expected: 2 * 5 * 3 / (8 * 7). 1 - 0.25 / (30 / 56) = 0.5333.
    pairs = [(None, None), (None, "PROTEST"), ("PROTEST", "PROTEST"), (None, None)]
    found = [
        said(n, by, "corrected" if type else "right", type)
        for n, types in enumerate(pairs)
        for by, type in zip(("Ana", "Bo"), types, strict=True)
    ]
    assert agreement(found)[1].alpha == pytest.approx(1 - 0.25 / (30 / 56))


def test_alpha_is_unknown_where_there_is_one_answer_only() -> None:
    same = [said(n, by) for n in range(9) for by in ("Ana", "Bo")]
    assert agreement(same)[0].to_dict() == {
        "question": "events: right or not", "items": 9, "reviewers": 2, "alpha": None, "low": None, "high": None,
    }  # fmt: skip


def test_the_order_of_verdicts_changes_nothing() -> None:
    found = [said(n, by, "wrong" if n % k else "right") for n in range(12) for by, k in (("Ana", 2), ("Bo", 3))]
    assert agreement(found) == agreement(found[::-1]) and precision_by_type(found) == precision_by_type(found[::-1])
