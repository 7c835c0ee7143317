"""Categories are learnt from the examples alone: same file, same verdicts, and a threshold that parts them best."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from detente.codebook.encoder import Encoder, Passage
from detente.codebook.likeness import Library, Telling, Word, tell
from detente.codebook.ontology import load_ontology
from detente.codebook.own_categories import OwnCategories, Verdict, _threshold, background_sentences
from detente.codebook.own_ontology import Example, OwnCategory, OwnOntology, load_own_ontology
from detente.model.span import Span

SAMPLE = Path(__file__).parents[2] / "examples" / "ontology-water.yaml"


def words_of(sentences: Sequence[str]) -> list[list[Word]]:
    return [words_in(sentence) for sentence in sentences]


def words_in(sentence: str) -> list[Word]:
    """Words at blanks, without grammar: enough to compare."""
    found, start = [], 0
    for text in sentence.rstrip(".").split(" "):
        found.append(Word(Span(start, start + len(text)), text, text.lower(), text.istitle() and start > 0))
        start += len(text) + 1
    return found


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def sample(encoder: Encoder) -> OwnCategories:
    return OwnCategories(load_own_ontology(SAMPLE, load_ontology()), encoder, words_of)


def telling(text: str, encoder: Encoder, clause: str | None = None) -> Telling:
    start = text.index(clause) if clause else 0
    (passage,) = encoder.read([text])
    made = tell(passage, Span(start, start + len(clause or text)), None, words_in(text))
    assert made is not None
    return made


def verdict(text: str, type_: str, own: OwnCategories, encoder: Encoder) -> Verdict:
    """What the first category, water infrastructure attacked, makes of a sentence."""
    return own.verdicts(telling(text, encoder), type_)[0]


def test_a_deed_is_of_the_category_whose_examples_it_is_like(sample: OwnCategories, encoder: Encoder) -> None:
    told = telling("The army bombed the dam above Homs.", encoder)
    assert [v.holds for v in sample.verdicts(told, "ASSAULT")] == [True, False, False]


def test_a_hint_alone_makes_no_category(sample: OwnCategories, encoder: Encoder) -> None:
    for text in ("Delegates drank water at the conference.", "The dam was opened by the queen."):
        assert not verdict(text, "CONSULT", sample, encoder).holds


def test_another_type_than_the_hints_name_makes_it_less_likely(sample: OwnCategories, encoder: Encoder) -> None:
    text = "Mortar fire wrecked the waterworks of Homs."
    assert verdict(text, "CONSULT", sample, encoder).confidence < verdict(text, "ASSAULT", sample, encoder).confidence


def test_the_verdict_names_an_example_of_the_category(sample: OwnCategories, encoder: Encoder) -> None:
    nearest = verdict("Rebels shelled the waterworks of Homs.", "ASSAULT", sample, encoder).nearest
    assert nearest in {e.text for e in sample.ontology.categories[0].examples}


def test_the_same_file_gives_the_same_verdicts(sample: OwnCategories, encoder: Encoder) -> None:
    again = OwnCategories(sample.ontology, encoder, words_of)
    told = [telling(text, encoder) for text in background_sentences()[:10]]
    assert [sample.verdicts(t, "ASSAULT") for t in told] == [again.verdicts(t, "ASSAULT") for t in told]


def test_three_examples_without_hints_or_near_misses_are_enough_to_go_on(encoder: Encoder) -> None:
    examples = tuple(Example(f"The army closed the bridge {where}.") for where in ("at Mostar", "today", "to trucks"))
    own = OwnCategories(OwnOntology("MINE", "1", (OwnCategory("B", "", "", examples),)), encoder, words_of)
    assert verdict("Soldiers closed the bridge.", "COERCE", own, encoder).holds
    assert not verdict("The film festival was opened by a singer.", "CONSULT", own, encoder).holds


def test_a_sentence_may_be_an_example_of_two_categories(encoder: Encoder) -> None:
    shared = tuple(Example(f"The army closed the bridge {where}.") for where in ("at Mostar", "today", "to trucks"))
    both = (OwnCategory("ONE", "", "", shared), OwnCategory("TWO", "", "", shared))
    own = OwnCategories(OwnOntology("MINE", "1", both), encoder, words_of)
    assert all(v.holds for v in own.verdicts(telling(shared[1].text, encoder), "COERCE"))


def test_the_near_miss_of_one_category_may_be_of_another(encoder: Encoder) -> None:
    closed = tuple(Example(f"The army closed the bridge {where}.") for where in ("at Mostar", "today", "to trucks"))
    opened = tuple(Example(f"The army opened the bridge {where}.") for where in ("at Mostar", "today", "to trucks"))
    categories = (OwnCategory("SHUT", "", "", closed, opened), OwnCategory("OPEN", "", "", opened, closed))
    own = OwnCategories(OwnOntology("MINE", "1", categories), encoder, words_of)
    assert [v.holds for v in own.verdicts(telling("The army opened the bridge.", encoder), "COERCE")] == [False, True]


def test_the_background_is_a_few_dozen_sentences_each_once() -> None:
    sentences = background_sentences()
    assert 50 <= len(sentences) == len(set(sentences))


# -- the parts


def test_words_in_a_row_are_found_as_they_stand_or_in_their_base_form() -> None:
    spans = [Span(n, n + 1) for n in range(3)]
    words = [
        Word(s, t, b)
        for s, t, b in zip(spans, ("Pumping", "stations", "burnt"), ("pump", "station", "burn"), strict=True)
    ]
    told = Telling(np.zeros(2), np.zeros((1, 2)), np.ones(1), tuple(words))
    assert all(told.has_any([phrase]) for phrase in (("pumping", "station"), ("station",), ("burn",), ("burnt",)))
    assert not told.has_any([("station", "pumping"), ("pumping", "station", "burn", "down"), ("pumping", "burn")])
    assert not told.has_any([])


def test_names_count_little_and_the_clause_alone_is_compared(encoder: Encoder) -> None:
    text = "Rebels shelled Homs and the minister resigned."
    whole, first = telling(text, encoder), telling(text, encoder, "Rebels shelled Homs")
    assert len(first.words) == 3 < len(whole.words)
    assert len(first.each) < len(whole.each)
    assert first.weights.sum() == pytest.approx(1)


def test_what_the_encoder_did_not_read_is_no_telling() -> None:
    passage = Passage("one two", np.zeros((3, 4), dtype=np.float32), [(0, 0), (0, 3), (0, 0)])
    assert tell(passage, Span(4, 7), None, words_in("one two")) is None


def test_a_telling_is_most_like_itself(encoder: Encoder) -> None:
    told = [telling(text, encoder) for text in background_sentences()[:8]]
    library = Library(told, told)
    for place, one in enumerate(told):
        assert library.likeness(one).sum(axis=1).argmax() == place
        assert library.likeness(one)[place] == pytest.approx([1, 1], abs=1e-6)


@pytest.mark.parametrize(
    ("scores", "wanted", "threshold"),
    [
        ([3.0, 2.0, 1.0, 0.0], [1, 1, 0, 0], 1.5),
        ([3.0, 0.5, 1.0, 0.0], [1, 1, 0, 0], 2.0),  # better one too few than one too many
        ([1.0, 1.0, 1.0], [1, 1, 0], 1.0),
    ],
)
def test_the_threshold_parts_examples_from_the_rest(scores: list[float], wanted: list[int], threshold: float) -> None:
    assert _threshold(np.array(scores), np.array(wanted, dtype=float)) == threshold
