"""Says which language a report is in, by its words and by what the input says, and whether it can be read.

The words win over the input's word where they are plain: pages are often built from another language's template.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.codebook.languages import Languages
from detente.model.origin import Found
from detente.model.report import Report

HOW = "the words"


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A report with its language, why it is left unread if it is, and what to say where the input said otherwise."""

    report: Report
    unread: str | None = None
    warnings: tuple[str, ...] = ()


def find_language(report: Report, languages: Languages) -> InLanguage:
    """The report's language; without a certain one it is what the input says, else unknown and read all the same."""
    told, said = languages.tell(report.text), report.language
    code = told.code if told.sure else said
    warnings: tuple[str, ...] = ()
    if told.sure and said and code != said:
        warnings = (f"the input says that its language is {said}, but its words are in {code or 'another one'}",)
    if code and code != said:
        report = _with_language(report, code)
    # Where the words are too few to be certain, English is given the benefit of the doubt.
    readable = (code is None and not told.sure) or code in languages.readable or (not told.sure and told.code == "en")
    why = None if readable else f"in another language ({code or 'unknown'}): kept unread for want of a language pack"
    return InLanguage(report, why, warnings)


def _with_language(report: Report, code: str) -> Report:
    origin = report.origin
    found = origin and replace(origin, found=(Found("language", code, HOW), *origin.found))
    return replace(report, language=code, origin=found)
