"""The Arrow schemas of bulk runs: what a report is read from, its reading as one row, and the tables made of such rows.

The fields are those of the JSON contract (docs/contract.md), with days as dates. Nothing here holds a report.
"""

from __future__ import annotations

import pyarrow as pa

FORM = 1
"""The number of this form of the output: another one where a column is renamed, dropped or of another type."""

_TEXT, _NUMBER, _FLAG, _PLACE = pa.string(), pa.float64(), pa.bool_(), pa.int32()
_TEXTS = pa.list_(_TEXT)
_SPAN = pa.list_(_PLACE)
_SPANS = pa.list_(_SPAN)


def _struct(**fields: pa.DataType) -> pa.DataType:
    return pa.struct(list(fields.items()))


_WHEN = _struct(first=pa.date32(), last=pa.date32(), basis=_TEXT, precision=_TEXT, span=_SPAN)
_COUNT = _struct(low=pa.int64(), high=pa.int64(), words=_SPAN, who=_TEXT)
_SIZE = _struct(dead=_COUNT, injured=_COUNT, arrested=_COUNT, displaced=_COUNT, taking_part=_COUNT)
_CODING = _struct(ontology=_TEXT, code=_TEXT, mode=_TEXT, contexts=_TEXTS, score=_NUMBER)
_WHERE = _struct(
    place=_TEXT,
    name=_TEXT,
    country=_TEXT,
    claimed_by=_TEXTS,
    resolution=_TEXT,
    latitude=_NUMBER,
    longitude=_NUMBER,
)
_CANDIDATE = _struct(id=_TEXT, name=_TEXT, score=_NUMBER, why=_TEXT)
_PARTICIPANT = _struct(
    id=_TEXT,
    name=_TEXT,
    kind=_TEXT,
    entity=_TEXT,
    country=_TEXT,
    sector=_TEXT,
    sectors=_TEXTS,
    code=_TEXT,
    office=_TEXT,
    wikidata=_TEXT,
    mentions=_SPANS,
    confidence=_NUMBER,
    candidates=pa.list_(_CANDIDATE),
    why=_TEXT,
)
_PLACE_NAMED = _struct(
    id=_TEXT,
    span=_SPAN,
    name=_TEXT,
    kind=_TEXT,
    country=_TEXT,
    admin1=_TEXT,
    claimed_by=_TEXTS,
    controlled_by=_TEXTS,
    resolution=_TEXT,
    geonames_id=pa.int64(),
    latitude=_NUMBER,
    longitude=_NUMBER,
    confidence=_NUMBER,
    candidates=_TEXTS,
    why=_TEXT,
)
_STATEMENT = _struct(
    id=_TEXT,
    speaker=_TEXT,
    speaker_span=_SPAN,
    candidates=_TEXTS,
    cue=_SPAN,
    content=_SPANS,
    manner=_TEXT,
    channel=_struct(name=_TEXT, kind=_TEXT, span=_SPAN),
    about=_TEXTS,
    addressees=_TEXTS,
    stance=pa.list_(_struct(toward=_TEXT, value=pa.int8(), span=_SPAN)),
    inside=_TEXT,
    when=_WHEN,
    events=_TEXTS,
    acts=_TEXTS,
    confidence=_NUMBER,
    why=_TEXT,
)
_EVENT = _struct(
    id=_TEXT,
    sources=_TEXTS,
    targets=_TEXTS,
    victims=_TEXTS,
    parties=pa.list_(_struct(id=_TEXT, name=_TEXT, code=_TEXT)),
    codings=pa.list_(_CODING),
    status=_TEXT,
    background=_FLAG,
    reciprocal=_FLAG,
    size=_SIZE,
    trigger=_SPAN,
    evidence=_SPANS,
    where=_WHERE,
    when=_WHEN,
    told_in=_TEXT,
    confidence=_NUMBER,
    coder=_TEXT,
    why=_TEXT,
)
_COMMITMENT = _struct(
    id=_TEXT,
    kind=_TEXT,
    who=_TEXTS,
    to=_TEXTS,
    what=_SPANS,
    cue=_SPAN,
    statement=_TEXT,
    event=_TEXT,
    when=_WHEN,
    deadline=_WHEN,
    confidence=_NUMBER,
    why=_TEXT,
)
_UNRESOLVED = _struct(span=_SPAN, kind=_TEXT, why=_TEXT, candidates=_TEXTS)

ASIDE = _struct(reason=_TEXT, remedy=_TEXT)
"""Why a report was set aside, and what to do about it."""

ITEMS = {
    "events": _EVENT,
    "statements": _STATEMENT,
    "participants": _PARTICIPANT,
    "places": _PLACE_NAMED,
    "commitments": _COMMITMENT,
}
"""What a reading lists, each with the fields of one item."""

REPORTS_IN = pa.schema(
    [
        ("id", _TEXT),
        ("text", _TEXT),
        ("published", _TEXT),
        ("title", _TEXT),
        ("outlet", _TEXT),
        ("url", _TEXT),
        ("language", _TEXT),
        ("page", pa.binary()),  # a saved web page, in place of the text
        ("warnings", _TEXTS),  # what is known already
        ("error", ASIDE),  # a row that holds no report keeps its place, with the reason
    ]
)
"""The reports that workers of a bulk run are given."""

_ABOUT = [
    ("input_id", _TEXT),
    ("report", _TEXT),
    ("published", pa.date32()),
    ("title", _TEXT),
    ("outlet", _TEXT),
    ("url", _TEXT),
    ("language", _TEXT),
    ("warnings", _TEXTS),
    ("unresolved", pa.list_(_UNRESOLVED)),
]
READINGS = pa.schema([*_ABOUT, *((name, pa.list_(item)) for name, item in ITEMS.items()), ("error", ASIDE)])
"""What `code_batch` gives back: one row a report, with its reading, or with its error and nothing else."""

_KEY = [("report", _TEXT), ("input_id", _TEXT)]
_ROW = [("shard", _TEXT), ("row", pa.int64())]
TABLES = {
    "reports": pa.schema([*_ROW, *_ABOUT, ("copy_of", pa.int64())]),
    **{name: pa.schema([*_KEY, *((field.name, field.type) for field in item)]) for name, item in ITEMS.items()},
    "errors": pa.schema([*_ROW, ("input_id", _TEXT), ("reason", _TEXT), ("remedy", _TEXT)]),
}
"""The tables of a bulk run's output folder."""
