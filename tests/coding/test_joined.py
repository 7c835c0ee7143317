"""Lexicon and encoder as two pieces of evidence: who wins when, and how far a code goes."""

from __future__ import annotations

import numpy as np
import pytest

from detente.codebook.encoder import NONE, Judgement
from detente.coding.joined import VERB_ENTRY, cameo_of, contexts_of, join_types, mode_of


def judgement(**heads: dict[str, float]) -> Judgement:
    labels = {head: tuple(chances) for head, chances in heads.items()}
    return Judgement(labels, {head: np.array(list(chances.values()), np.float32) for head, chances in heads.items()})


def test_the_lexicon_wins_over_a_doubtful_encoder() -> None:
    told = judgement(type={NONE: 0.5, "ACCUSE": 0.3, "REJECT": 0.2})
    assert join_types("REJECT", 2.5, told).type == "REJECT"


def test_a_sure_encoder_wins_over_a_weak_entry_but_not_over_the_usual_one() -> None:
    told = judgement(type={NONE: 0.0005, "ACCUSE": 0.999, "REJECT": 0.0005})
    joined = join_types("REJECT", 2.5, told)
    assert join_types("REJECT", VERB_ENTRY, told).type == "REJECT"
    assert joined.type == "ACCUSE"
    assert 0.5 < joined.chance < 1


def test_what_both_doubt_is_no_event() -> None:
    assert join_types("ASSAULT", 2.5, judgement(type={NONE: 0.999, "ASSAULT": 0.001})).type == NONE


def test_a_type_the_encoder_does_not_know_still_counts_by_the_lexicon() -> None:
    assert join_types("OTHER", 20.0, judgement(type={NONE: 0.5, "ASSAULT": 0.5})).type == "OTHER"


def test_chances_of_the_join_sum_to_one_at_most() -> None:
    told = judgement(type={NONE: 0.2, "ACCUSE": 0.4, "REJECT": 0.4})
    assert join_types("REJECT", 0.0, told).chance == pytest.approx(0.4, abs=1e-6)


def test_a_mode_is_taken_only_among_those_of_the_type() -> None:
    told = judgement(mode={"ASSAULT aerial": 0.7, "COERCE arrest": 0.2, "COERCE -": 0.1})
    assert mode_of("COERCE", told) == "arrest"
    assert mode_of("ASSAULT", told) == "aerial"
    assert mode_of("AGREE", told) is None


def test_no_mode_where_none_is_likelier_than_not() -> None:
    told = judgement(mode={"COERCE arrest": 0.3, "COERCE seize": 0.3, "COERCE -": 0.4})
    assert mode_of("COERCE", told) is None


def test_a_code_goes_as_far_as_it_is_likelier_than_not() -> None:
    told = judgement(cameo={"173": 0.6, "172": 0.1, "190": 0.3})
    assert cameo_of(told) == "173"
    assert cameo_of(judgement(cameo={"1711": 0.3, "1712": 0.3, "172": 0.1, "190": 0.3})) == "171"
    assert cameo_of(judgement(cameo={"171": 0.25, "172": 0.25, "173": 0.25, "190": 0.25})) == "170"


def test_contexts_stand_each_by_itself() -> None:
    assert contexts_of(judgement(contexts={"military": 0.9, "election": 0.5, "health": 0.49})) == (
        "military",
        "election",
    )
