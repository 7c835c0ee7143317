"""Who is told to be a child: what stands right beside the name decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.files import DataError
from detente.codebook.minors import load_minors


@pytest.mark.parametrize(
    ("text", "young"),
    [
        ("Ana Petri, 14, was shot", True),
        ("Ana Petri, 34, was shot", False),
        ("Ana Petri (9) was shot", True),
        ("14-year-old Ana Petri", True),
        ("the 9-year-old schoolboy Ana Petri", True),
        ("Ana Petri, 12 soldiers and a dog", False),
        ("a girl named Ana Petri said", True),
        ("Ana Petri, a deaf girl, said", True),
        ("Ana Petri, aged 17, said", True),
        ("Ana Petri, aged 18, said", False),
        ("Ana Petri, an 11-year-old", True),
        ("Ana Petri, a 61-year-old", False),
        ("Ana Petri was 6 years old", True),
        ("the boy told Ana Petri", False),
        ("Ana Petri, his girlfriend", False),
        ("Ana Petri, 7 and a half, ran", True),
    ],
)
def test_a_child_is_told_by_the_words_beside_the_name(text: str, young: bool) -> None:
    start = text.index("Ana Petri")
    assert load_minors().tell(text, start, start + len("Ana Petri")) is young


def test_a_file_that_does_not_fit_is_named(tmp_path: Path) -> None:
    (tmp_path / "minors.yaml").write_text("of_age: 18\nnouns: [girl]\nbefore: ['(']\nafter: []\n")
    with pytest.raises(DataError, match=r"minors\.yaml: needs"):
        load_minors("xx", tmp_path)
