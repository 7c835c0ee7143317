"""What a user of the package sees: `import detente as dt; dt.read(...)`."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest
from case_files import Reader

import detente as dt

NEWS = "Peru attacked Chile on Monday."


@pytest.fixture(autouse=True)
def loaded(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's reader in the place of the package's own, so that nothing is loaded twice."""
    monkeypatch.setattr(dt, "_reader", reader)


def test_a_text_is_read() -> None:
    reading = dt.read(NEWS, published="2024-05-14")
    (event,) = reading.events
    assert [reading.participant(id).name for id in (*event.sources, *event.targets)] == ["Peru", "Chile"]
    assert event.when is not None
    assert event.when.first == date(2024, 5, 13)


def test_the_day_may_be_a_date() -> None:
    assert dt.read(NEWS, published=date(2024, 5, 14)).to_dict() == dt.read(NEWS, published="2024-05-14").to_dict()


def test_the_day_may_be_left_out() -> None:
    assert dt.read(NEWS).report.published is None


@pytest.mark.parametrize("day", ["14 May 2024", "2024-02-30", "", "yesterday"])
def test_a_day_of_another_form_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        dt.read(NEWS, published=day)


def test_what_is_known_of_the_publication_is_kept() -> None:
    report = dt.read(NEWS, title="A title", outlet="The Courier", url="https://courier.example/1", language="en").report
    assert (report.title, report.outlet, report.url, report.language) == (
        "A title",
        "The Courier",
        "https://courier.example/1",
        "en",
    )


def test_what_a_report_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="author"):
        dt.read(NEWS, author="Jane Roe")


def test_a_reading_is_json() -> None:
    told = json.loads(json.dumps(dt.read(NEWS, published="2024-05-14").to_dict()))
    assert set(told) == {
        *("report", "participants", "places", "statements", "events", "commitments", "unresolved", "warnings"),
        "versions",
    }
    assert told["report"]["text"] == NEWS
    assert told["versions"]["detente"] == dt.__version__


def test_what_the_package_shows() -> None:
    assert {"read", "__version__"} <= set(dt.__all__)


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, detente; print(any(m in sys.modules for m in ('spacy', 'yaml', 'detente.pipeline')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_reader_is_opened_once(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def open_reader() -> Reader:
        opened.append(1)
        return reader

    monkeypatch.setattr(dt, "_reader", None)
    monkeypatch.setattr("detente.pipeline.open_reader", open_reader)
    dt.read("One.")
    dt.read("Two.")
    assert opened == [1]
