"""The whole journey of a report: what goes in and out at its ends, and what must not vanish on the way."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from case_files import Reader
from read_texts import event_of

from detente import pipeline
from detente.model.report import Report
from detente.model.span import Span
from detente.parse.grammar import ParserMissing

DAY = date(2024, 5, 14)
NEWS = (
    "LIMA, May 14 (Reuters) - Peru shelled a Chilean village on Monday, killing three people.\n\n"
    "“We condemn the attack,” Chilean President Ivan Horak wrote on Telegram. "
    "Peru had attacked Chile on 3 March 2011.\n"
)


def test_an_empty_report_gives_an_empty_reading(reader: Reader) -> None:
    coded = reader.read(Report("", published=DAY))
    assert (coded.participants, coded.places, coded.statements, coded.events) == ((), (), (), ())
    assert (coded.unresolved, coded.warnings) == ((), ())
    assert coded.versions is not None


def test_the_same_report_gives_the_same_bytes(reader: Reader) -> None:
    report = Report(NEWS, outlet="The Courier", published=DAY)
    first, second = (json.dumps(reader.read(report).to_dict()) for _ in range(2))
    assert first == second


def test_the_report_comes_out_as_it_went_in(reader: Reader) -> None:
    report = Report(NEWS, "A title", "The Courier", "https://courier.example/1", DAY, "en")
    assert reader.read(report).report == report


def test_the_reading_says_what_made_it(reader: Reader) -> None:
    versions = reader.read(Report(NEWS)).versions
    assert versions is not None
    assert all((versions.detente, versions.parser, versions.knowledge))
    assert "spaCy" in versions.parser


# -- dates


def test_without_a_day_of_publication_only_stated_days_are_given(reader: Reader) -> None:
    coded = reader.read(Report(NEWS))
    shelled = event_of(coded, "shelled")
    assert shelled.when is None or shelled.when.basis != "publication"
    assert coded.events
    assert "publication" not in {e.when.basis for e in coded.events if e.when is not None}


def test_a_day_of_publication_that_is_missing_is_a_warning(reader: Reader) -> None:
    assert any("no publication date" in warning for warning in reader.read(Report("Peru waited.")).warnings)
    assert reader.read(Report("Peru waited.", published=DAY)).warnings == ()


def test_a_weekday_is_counted_from_the_day_of_publication(reader: Reader) -> None:
    when = event_of(reader.read(Report(NEWS, published=DAY)), "shelled").when
    assert when is not None
    assert (when.first, when.last, when.basis) == (date(2024, 5, 13), date(2024, 5, 13), "stated")


def test_what_is_dated_long_before_publication_is_background(reader: Reader) -> None:
    coded = reader.read(Report(NEWS, published=DAY))
    assert event_of(coded, "attacked").background
    assert not event_of(coded, "shelled").background


@pytest.mark.parametrize(("day", "background"), [("4 May 2024", False), ("3 May 2024", True)])
def test_news_is_ten_days_old_at_most(day: str, background: bool, reader: Reader) -> None:
    coded = reader.read(Report(f"Peru attacked Chile on {day}.", published=DAY))
    assert event_of(coded, "attacked").background is background


def test_without_a_day_of_publication_nothing_is_too_old(reader: Reader) -> None:
    coded = reader.read(Report("Peru attacked Chile on 3 May 2004."))
    assert not event_of(coded, "attacked").background


def test_a_plan_for_a_far_day_is_no_background(reader: Reader) -> None:
    coded = reader.read(Report("Peru will attack Chile on 3 May 2030.", published=DAY))
    assert not event_of(coded, "attack").background


def test_a_month_that_still_runs_is_no_background(reader: Reader) -> None:
    coded = reader.read(Report("Peru attacked Chile in May 2024.", published=DAY))
    assert not event_of(coded, "attacked").background


# -- one event a happening, each with its place


def test_a_deed_told_twice_is_one_event(reader: Reader) -> None:
    text = "Peru attacked Chile on Monday. The attack lasted days."
    coded = reader.read(Report(text, published=DAY))
    (event,) = coded.events
    assert len(event.evidence) == 2


def test_places_and_people_are_known(reader: Reader) -> None:
    coded = reader.read(Report("In Lima, France's President Emmanuel Macron met Peru's president.", published=DAY))
    assert [place.country for place in coded.places if place.name == "Lima"] == ["PER"]
    (macron,) = [p for p in coded.participants if p.name == "Emmanuel Macron"]
    assert (macron.code, macron.wikidata) == ("FRA GOV", "Q3052772")


# -- pruning


def test_an_adjectives_country_alone_is_no_nameless_participant(reader: Reader) -> None:
    names = {p.name for p in reader.read(Report("A crowd of soldiers slept. Peru attacked Chile.")).participants}
    assert {"Peru", "Chile"} <= names
    assert not any("soldiers" in name for name in names), "they take part in nothing that is told"


def test_who_is_named_stays_even_without_a_part(reader: Reader) -> None:
    names = {p.name for p in reader.read(Report("Lena Sturm slept. NATO slept.")).participants}
    assert names == {"Lena Sturm", "NATO"}


def test_who_owns_a_participant_stays(reader: Reader) -> None:
    coded = reader.read(Report("Ivan Horak slept. Horak's wife was arrested by the police."))
    (wife,) = [p for p in coded.participants if "wife" in p.name]
    assert coded.participant(wife.principal or "").name == "Ivan Horak"


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="owners are kept for whoever takes part, not for those kept by name"
)
def test_who_owns_a_named_participant_stays(reader: Reader) -> None:
    coded = reader.read(Report("The envoy slept. The envoy's wife, Lena Sturm, slept."))
    (wife,) = [p for p in coded.participants if p.name == "Lena Sturm"]
    assert wife.principal is None or wife.principal in {p.id for p in coded.participants}


def test_all_references_are_to_participants_that_stay(reader: Reader) -> None:
    coded = reader.read(Report(NEWS, published=DAY))
    ids = {p.id for p in coded.participants}
    assert {p for e in coded.events for p in (*e.sources, *e.targets, *e.victims)} <= ids
    assert {s.speaker for s in coded.statements} - {None} <= ids


# -- too long


def test_a_very_long_report_is_cut_and_says_so(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.parse.reader.LONGEST_TEXT", 300)
    text = "Peru attacked Chile. " + "The rain fell on the hills. " * 20 + "Brazil attacked Kenya."
    coded = reader.read(Report(text, published=DAY))
    assert coded.report.text == text
    assert [e.trigger.start for e in coded.events] == [text.index("attacked")]
    assert coded.warnings == (f"only the first 300 of {len(text)} characters were read",)
    (unread,) = [u for u in coded.unresolved if u.kind == "unread"]
    assert unread.span == Span(300, len(text))


def test_a_report_of_the_longest_length_is_read_whole(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Peru attacked Chile."
    monkeypatch.setattr("detente.parse.reader.LONGEST_TEXT", len(text))
    coded = reader.read(Report(text, published=DAY))
    assert coded.warnings == ()
    assert not [u for u in coded.unresolved if u.kind == "unread"]


def test_a_mark_that_is_never_closed_is_a_warning(reader: Reader) -> None:
    coded = reader.read(Report("“We waited, Ivan Horak said."))
    assert any("unbalanced quotation marks" in warning for warning in coded.warnings)


# -- the reader itself


def test_an_unknown_parser_is_named() -> None:
    with pytest.raises(ParserMissing, match="xx_absent"):
        pipeline.open_reader("xx_absent")


def test_a_missing_knowledge_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"absent\.sqlite"):
        pipeline.Reader(knowledge=tmp_path / "absent.sqlite")


def test_a_report_in_another_language_is_kept_unread_with_the_reason(reader: Reader) -> None:
    words = "Die Außenminister der beiden Staaten trafen sich am Dienstag in Wien und vereinbarten neue Gespräche."
    coded = reader.read(Report(words, published=date(2024, 5, 14)))
    assert (coded.report.text, coded.report.language) == (words, "de")
    assert not (coded.events or coded.statements or coded.participants)
    assert coded.unread == "in another language (de): kept unread for want of a language pack"
    assert coded.unread in coded.warnings and coded.unresolved[0].span == Span(0, len(words))


def test_the_language_found_is_told_and_changes_no_id(reader: Reader) -> None:
    report = Report("The foreign minister of Norway arrived in Cairo on Monday for talks.", published=date(2024, 5, 14))
    coded = reader.read(report)
    assert (coded.report.language, coded.report.id) == ("en", report.id) and coded.unread is None
