"""The full-text index: which reports hold all the words, and which of them best. Each kind of database has its own.

A word is a run of letters and digits, whatever its accents and capitals; what stands between two spaces is a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, RowMapping, TextClause, and_, false, text

from detente.store import tables
from detente.store.snippets import folded

_WORD = re.compile(r"[^\W_]+")
# PostgreSQL keeps at most a megabyte of words in one row.
_PIECE = 100_000

# Of a word that more reports hold, the best of so many of the newest are given.
_WEIGHED = 10_000

_PUT = text("INSERT INTO report_words (rowid, title, text) VALUES (:number, :title, :text)")
_DROP = text("INSERT INTO report_words (report_words, rowid, title, text) VALUES ('delete', :number, :title, :text)")
_HOLDING = text("SELECT rowid FROM report_words WHERE report_words MATCH :words")
_BEST = text(
    "SELECT report.id, report.published, report.outlet, report.title, "
    "substr(report.text, 1, :length) AS words "
    "FROM (SELECT rowid AS number, rank FROM report_words WHERE report_words MATCH :words "
    "ORDER BY rowid DESC LIMIT :most) AS found JOIN report ON report.number = found.number "
    "ORDER BY found.rank, report.number LIMIT :limit"
)
_PUT_SERVER = text(
    "INSERT INTO report_words (report, part, words) VALUES (:number, :part, to_tsvector('simple', :text))"
)
_DROP_SERVER = text("DELETE FROM report_words WHERE report = :number")


def put_words(connection: Connection, number: int, title: str | None, words: str) -> None:
    """Enter a report into the index."""
    if connection.dialect.name == "sqlite":
        connection.execute(_PUT, {"number": number, "title": title or "", "text": words})
        return
    pieces = _pieces(f"{title or ''}\n{words}")
    rows = [{"number": number, "part": part, "text": piece} for part, piece in enumerate(pieces)]
    connection.execute(_PUT_SERVER, rows)


def drop_words(connection: Connection, number: int, title: str | None, words: str) -> None:
    """Take a report out of the index. The title and the text must be those it was entered with."""
    if connection.dialect.name == "sqlite":
        connection.execute(_DROP, {"number": number, "title": title or "", "text": words})
    else:
        connection.execute(_DROP_SERVER, {"number": number})


def holding(connection: Connection, words: str) -> ColumnElement[bool] | None:
    """The condition on `report` that it holds all the words; None where no word is given."""
    terms = _terms(words)
    if not terms:
        return None
    number = tables.report.c.number
    if connection.dialect.name == "sqlite":
        return number.in_(_HOLDING.bindparams(words=_quoted(terms)).columns(number))
    held = [number.in_(_of_term(n, term).columns(number)) for n, term in enumerate(filter(_folded, terms))]
    return and_(*held) if held else false()


def best(connection: Connection, words: str, limit: int, length: int) -> list[RowMapping]:
    """Reports that hold all the words, best first, with the first `length` characters of their texts as `words`."""
    terms = _terms(words)
    if not terms:
        return []
    if connection.dialect.name == "sqlite":
        given: dict[str, object] = {"words": _quoted(terms), "limit": limit, "length": length, "most": _WEIGHED}
        return list(connection.execute(_BEST, given).mappings())
    # A sign alone is no word; it is passed by, as in a file.
    terms = [term for term in terms if _folded(term)]
    if not terms:
        return []
    given = {f"w{n}": _folded(term) for n, term in enumerate(terms)} | {"limit": limit, "length": length}
    phrases = [f"phraseto_tsquery('simple', :w{n})" for n in range(len(terms))]
    found = "".join(f" AND number IN (SELECT report FROM report_words WHERE words @@ {one})" for one in phrases)
    query = (
        "SELECT report.id, published, outlet, title, substr(text, 1, :length) AS words FROM report JOIN "
        f"(SELECT report_words.report, sum(ts_rank(words, {' || '.join(phrases)})) AS rank FROM report_words "
        f"WHERE words @@ ({' || '.join(phrases)}) GROUP BY report_words.report) AS ranked ON ranked.report = number "
        f"WHERE true{found} ORDER BY rank DESC, number LIMIT :limit"
    )
    return list(connection.execute(text(query), given).mappings())


def _of_term(number: int, term: str) -> TextClause:
    name = f"term{number}"
    query = text(f"SELECT report FROM report_words WHERE words @@ phraseto_tsquery('simple', :{name})")
    return query.bindparams(**{name: _folded(term)})


def _terms(words: str) -> list[str]:
    """What is looked for. Words are only words: nothing in them is a command."""
    return words.replace("\x00", " ").split()


def _quoted(terms: list[str]) -> str:
    return " ".join('"' + term.replace('"', '""') + '"' for term in terms)


def _folded(words: str) -> str:
    return " ".join(_WORD.findall(folded(words)))


def _pieces(words: str) -> Iterator[str]:
    whole = _folded(words)
    start = 0
    while True:
        end = start + _PIECE
        # Not within a word.
        end = len(whole) if end >= len(whole) else whole.rfind(" ", start, end) + 1 or end
        yield whole[start:end]
        start = end
        if start >= len(whole):
            return
