"""Makes a verdict of what a reviewer says, or says in plain words why it cannot be one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from detente.model.coded import CodedReport
from detente.model.verdict import Correction, Judgement, Mark, Verdict

OF_EVENTS = ("type", "sources", "targets", "first", "last", "place", "status")
OF_STATEMENTS = ("speaker", "channel", "content")
# Longer ones are no names, and no notes.
_LONGEST_NAME, _LONGEST_NOTE = 100, 4000


def marked(given: Verdict, coded: CodedReport, types: Collection[str]) -> Verdict:
    """The verdict, tidied; ValueError that says what to give instead where it makes no sense.

    `types` are the types that an event can be corrected to.
    """
    by, note = " ".join(given.by.split()), given.note.strip()
    if not by or len(by) > _LONGEST_NAME:
        raise ValueError(f"a verdict needs the reviewer's name, {_LONGEST_NAME} letters at most")
    if len(note) > _LONGEST_NOTE:
        raise ValueError(f"the note has {len(note)} letters; {_LONGEST_NOTE} at most")
    _check_fields(given.mark, given.judgement, given.correction)
    _check_values(given.correction, coded, types)
    return replace(given, by=by, note=note)


def _check_fields(mark: Mark, judgement: Judgement, correction: Correction) -> None:
    if judgement == "corrected" and not correction.told:
        raise ValueError("corrected needs what is right: a type, a party, a day, a place, a status, a speaker ...")
    if judgement != "corrected" and correction.told:
        raise ValueError(f"{judgement} takes no corrections ({', '.join(correction.told)}); say corrected")
    allowed = OF_EVENTS if mark.kind == "event" else OF_STATEMENTS
    for name in correction.told:
        if name not in allowed:
            raise ValueError(f"{name}: no field of {mark.kind}s; theirs are {', '.join(allowed)}")


def _check_values(correction: Correction, coded: CodedReport, types: Collection[str]) -> None:
    if correction.type is not None and correction.type not in types:
        raise ValueError(f"PLOVER has no type {correction.type!r}; its types are {', '.join(sorted(types))}")
    if correction.last is not None and (correction.first is None or correction.first > correction.last):
        raise ValueError("the last day needs a first day that is not later")
    length = len(coded.report.text)
    for span in correction.content or ():
        if span.end > length or not len(span):
            raise ValueError(f"content {span.start}-{span.end}: the report's text goes from 0 to {length}")


def undoing(verdict: Verdict, by: str, when: str, note: str = "") -> Verdict:
    """The row that takes a verdict back; ValueError where somebody else gave it."""
    if verdict.judgement == "undone":
        raise ValueError("an undoing cannot be undone; mark the item again")
    if " ".join(by.split()) != verdict.by:
        raise ValueError(f"verdict {verdict.number} is {verdict.by}'s; everybody takes back their own")
    taken = replace(verdict, judgement="undone", when=when, note=note, undoes=verdict.number)
    return replace(taken, number=None, correction=Correction())
