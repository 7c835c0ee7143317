"""JSON Lines of sentences with two parties each become pairs to be coded; a line that will not do is set aside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from detente.ingest.described import HALVES
from detente.ingest.outcome import SetAside
from detente.model.pair import AskedPair

_FIELDS = ("sentence", "source", "target")
_REMEDY = 'write one JSON object a line: {"uid": ..., "sentence": ..., "source": ..., "target": ...}'


def read_pairs(source: str, lines: Iterable[str]) -> Iterator[AskedPair | SetAside]:
    """Each line's pair, or the reason why it has none; empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip("\ufeff \t\r\n"):
            yield _pair(f"{source}, line {number}", line.lstrip("\ufeff"))


def _pair(source: str, line: str) -> AskedPair | SetAside:
    try:
        item: object = json.loads(line)
    except json.JSONDecodeError as problem:
        return SetAside(source, f"not valid JSON ({problem.msg} at character {problem.pos + 1})", _REMEDY)
    except (ValueError, RecursionError):
        return SetAside(source, "JSON that cannot be read", _REMEDY)
    if not isinstance(item, dict):
        return SetAside(source, "not a JSON object", _REMEDY)
    uid = item.get("uid")
    if not isinstance(uid, str | int) or isinstance(uid, bool):
        return SetAside(source, 'no "uid" that is a string or a whole number', _REMEDY)
    for name in _FIELDS:
        if not isinstance(item.get(name), str) or not item[name].strip():
            return SetAside(source, f'no "{name}" field that is a string with words', _REMEDY)
    sentence, first, second = (HALVES.sub("\ufffd", item[name]) for name in _FIELDS)
    return AskedPair(HALVES.sub("\ufffd", uid) if isinstance(uid, str) else uid, sentence, first, second)
