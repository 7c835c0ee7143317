"""CSV, Parquet and JSON of news services: usual names of columns, the person's own, and rows that will not do."""

from __future__ import annotations

import json
from datetime import date

from input_reading import asides, how, outcomes, reports
from input_samples import (
    AUTHOR,
    CSV,
    GDELT_EVENT,
    GDELT_GKG,
    GDELT_MENTION,
    MEDIA_CLOUD,
    NEWSCATCHER,
    OUTLET,
    SITEMAP,
    TEXT,
    TITLE,
    URL,
    table,
)

from detente.ingest import SetAside, Taken

ODD = f'who;what;when\n{OUTLET};"{TEXT}";2024-05-03\n'
COLUMNS = {"text": "what", "published": "when", "outlet": "who"}


def test_a_row_of_csv_is_a_report_by_the_usual_names() -> None:
    (report,) = reports(CSV)
    assert (report.text, report.title, report.outlet, report.published) == (TEXT, TITLE, OUTLET, date(2024, 5, 3))
    assert how(report, "published") == [("2024-05-03", 'the column "pubdate"')]


def test_rows_that_will_not_do_are_named_and_the_others_done() -> None:
    first, second = asides(CSV)
    assert first.startswith("f, row 3: set aside: 3 cells and not 5")
    assert second.startswith("f, row 4: set aside: the text is empty")


def test_a_person_says_which_column_is_which() -> None:
    (report,) = reports(ODD, COLUMNS)
    assert (report.text, report.outlet, report.published) == (TEXT, OUTLET, date(2024, 5, 3))
    # Without that it is what it always was: a text.
    assert reports(ODD)[0].text == ODD


def test_tabs_and_bars_part_columns_too() -> None:
    for mark in "\t|;":
        rows = f"date{mark}title{mark}text\n2024-05-03{mark}{TITLE}{mark}{TEXT.splitlines()[0]}\n"
        assert reports(rows)[0].title == TITLE


def test_a_sentence_with_commas_is_no_table() -> None:
    for words in ("Text, title, url: these three words open a report.\nMore.", "Talks, text by text, failed.\n", TEXT):
        assert reports(words)[0].text == words


def test_a_table_without_texts_is_metadata() -> None:
    (line,) = asides(f"id,title,url,publish_date,media_name\n1,{TITLE},{URL},2024-05-03,{OUTLET}\n")
    assert "a table of 1 row without a column of texts: metadata only" in line


def test_a_date_that_cannot_be_read_is_left_out_with_a_warning() -> None:
    (item,) = outcomes(f"text,date\n{TEXT.splitlines()[0]},sometime\n")
    assert isinstance(item, Taken) and item.report.published is None
    assert item.warnings[0].startswith("the date 'sometime' (the column \"date\") cannot be read")


def test_one_bad_byte_costs_one_character() -> None:
    data = CSV.replace(OUTLET, "L\u2019\u00c9cho").encode().replace(b"Ruritania recalled", b"Rurit\xffnia recalled")
    (report,) = reports(data)
    assert report.outlet == "L\u2019\u00c9cho"
    assert report.text == TEXT.replace("Ruritania recalled", "Rurit\ufffdnia recalled")


def test_parquet_is_read_like_csv() -> None:
    (report,) = reports(table())
    assert (report.text, report.title, report.published) == (TEXT, TITLE, date(2024, 5, 3))
    assert asides(table())[0].startswith("f, row 2: set aside: the text is empty")
    assert [report.text for report in reports(table(), {"text": "headline"})] == [TITLE, "Empty"]
    assert "without a column of texts" in asides(table(), {"text": "nothing"})[0]


def test_a_parquet_table_that_breaks_off_is_set_aside() -> None:
    assert "a Parquet table that is broken or not whole" in asides(table()[:-20])[0]


def test_answers_of_news_services_are_read() -> None:
    (report,) = reports(NEWSCATCHER)
    assert (report.text, report.title, report.url, report.language) == (TEXT, TITLE, URL, "en")
    assert (report.outlet, report.published) == ("courier.example", date(2024, 5, 3))
    assert how(report, "author") == [(AUTHOR, 'the field "author"')]
    assert "1 article without text: metadata only" in asides(NEWSCATCHER)[0]
    (story,) = reports(MEDIA_CLOUD)
    assert (story.text, story.outlet, story.published) == (TEXT, OUTLET, date(2024, 5, 3))


def test_lines_of_json_take_the_persons_names_and_the_usual_ones() -> None:
    usual, own = json.dumps({"content": TEXT, "headline": TITLE}), json.dumps({"q": TEXT, "t": TITLE, "text": "Other."})
    assert (reports(usual)[0].text, reports(usual)[0].title) == (TEXT, TITLE)
    assert (reports(own, {"text": "q", "title": "t"})[0].text, reports(own)[0].text) == (TEXT, "Other.")


def test_a_line_that_tells_no_more_than_a_report_has_no_origin() -> None:
    plain, more = {"text": TEXT, "title": TITLE}, {"text": TEXT, "author": AUTHOR}
    assert reports(json.dumps(plain))[0].origin is None
    assert how(reports(json.dumps(more))[0], "author") == [(AUTHOR, 'the field "author"')]


def test_gdelt_is_told_as_metadata_with_its_counts() -> None:
    for name, row in (("Events", GDELT_EVENT), ("Mentions", GDELT_MENTION), ("GKG", GDELT_GKG)):
        (line,) = asides(f"{row}\n{row}\n")
        assert f"GDELT 2.0 {name}, 2 rows on 1 page: metadata only, no texts; fetch the pages" in line
    assert "1 rows broken" in asides(f"{GDELT_GKG}\nhalf a row\n")[0]


def test_a_sitemap_is_told_as_metadata_with_its_counts() -> None:
    (line,) = asides(SITEMAP)
    assert "a news sitemap of 2 addresses, 1 with title, published 2024-05-03 to 2024-05-03: metadata only" in line
    (cut,) = outcomes(SITEMAP[:-30])
    assert isinstance(cut, SetAside) and "broken behind them" in cut.reason
    index = SITEMAP.replace("urlset", "sitemapindex").replace("url>", "sitemap>").replace("news:news", "lastmod")
    assert "an index of sitemaps of 2 sitemaps" in asides(index)[0]
