"""PDF documents and letters: what they tell of themselves, what lies in them, locked and broken ones."""

from __future__ import annotations

from datetime import date

import pytest
from input_reading import asides, how, notes, outcomes, reports
from input_samples import AUTHOR, FIRST, MAIL, OUTLET, SECOND, TEXT, TITLE, locked_pdf, mailbox, pdf

from detente.ingest import Taken
from detente.ingest.pdf import tidy


def test_the_pages_of_a_pdf_are_one_report() -> None:
    (report,) = reports(pdf())
    assert (report.text, report.title) == (TEXT, TITLE)
    assert how(report, "author") == [(AUTHOR, "the document's Author")]


def test_the_day_a_pdf_was_made_is_no_publication_date() -> None:
    (item,) = outcomes(pdf())
    assert isinstance(item, Taken) and item.report.published is None
    assert item.warnings[0] == "the file was made on 2024-05-06, which need not be the day of publication"
    (dated,) = outcomes(pdf(), published=date(2024, 5, 3))
    assert isinstance(dated, Taken) and dated.warnings == ()


def test_a_title_that_a_program_wrote_is_none() -> None:
    assert reports(pdf(title="Microsoft Word - note.doc"))[0].title is None


def test_words_parted_at_line_ends_are_joined() -> None:
    assert (
        tidy("the negotia-\ntions in mid-\nMay failed \nlong\xa0ago")
        == "the negotiations in mid-\nMay failed\nlong ago"
    )


def test_locked_and_empty_pdf_documents_are_set_aside() -> None:
    assert "a PDF document locked with a password" in asides(locked_pdf())[0]
    assert "a PDF document of 1 page without text (a scan?)" in asides(pdf(("",)))[0]


def test_a_pdf_that_breaks_off_gives_the_pages_before() -> None:
    whole = pdf()
    cut = whole[: whole.index(SECOND.encode()) - 20]
    assert [report.text for report in reports(cut)] == [FIRST]
    assert "a PDF document that is broken or not whole" in asides(cut)[-1]
    assert "a PDF document that is broken" in asides(whole[:300])[0]


def test_a_pdf_that_draws_too_much_is_read_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.ingest.pdf.LARGEST_DRAWN", len(FIRST) + 60)
    assert [report.text for report in reports(pdf())] == [FIRST]
    assert "f, page 2: set aside: the page cannot be read (and those behind it: too much" in asides(pdf())[0]


def test_a_letter_is_a_report_by_its_sender() -> None:
    report = reports(MAIL)[0]
    assert (report.text, report.title, report.outlet) == (TEXT, TITLE, OUTLET)
    # As the sender wrote it: in Greenwich it was the fourth already.
    assert report.published == date(2024, 5, 3)
    assert how(report, "published") == [("Fri, 03 May 2024 23:30:00 -0500", "the Date header")]


def test_what_is_attached_is_read_and_told_of_its_letter() -> None:
    attached = reports(MAIL)[1]
    assert "village of Aldova" in attached.text
    assert (attached.outlet, attached.published) == (OUTLET, date(2024, 5, 3))
    assert how(attached, "outlet") == [(OUTLET, "the From header of its letter")]
    assert notes(MAIL) == ["f: attachments that are no reports were passed over: logo.png (image/png)"]


def test_a_letter_in_html_has_its_words_only() -> None:
    head = "Message-ID: <1@x.example>\nFrom: desk@x.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
    assert reports(f"{head}<style>p {{}}</style><p>{FIRST}</p><p>{SECOND}</p>")[0].text == TEXT


def test_notes_that_open_like_a_letter_stay_plain_text() -> None:
    words = f"From: the desk\nSubject: talks\n\n{TEXT}"
    assert reports(words)[0].text == words


def test_each_letter_of_a_mailbox_is_a_report() -> None:
    found = [report for report in reports(mailbox()) if report.title == TITLE]
    assert [report.text for report in found] == [f"From here: {TEXT}"] * 2
