"""A release: the rows of an archive, what made them and where they come from, frozen in one folder with checksums.

With the texts inside, the reports can be read again and must give the same rows. The same archive gives the same
bytes: nothing here asks the clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from detente.codebook.files import DATA
from detente.codebook.fusing import load_weights
from detente.export.folders import TableFile, table_paths, write_tables
from detente.export.lines import Row, json_line
from detente.export.release_bare import bare_row
from detente.export.tables import BETWEEN, TABLES
from detente.export.tidy_csv import open_csv
from detente.model.coded import CodedReport, Versions
from detente.model.exported import Wishes
from detente.model.incident import Incident
from detente.model.shelf import Decision
from detente.model.span import Span

SUMS, ABOUT, TEXTS, DECISIONS = "SHA256SUMS", "release.json", "reports.jsonl", "decisions.jsonl"
SOURCE_COLUMNS = (
    *("id", "outlet", "site", "url", "published", "language", "length", "text_sha256", "title_sha256", "url_sha256"),
)
EVIDENCE_COLUMNS = ("report", "item", "part", "start", "end", "sha256")
INCIDENT_COLUMNS = ("id", "type", "first", "last", "country", "standing", "status", "origins", "reports", "events")
# Built from the other files, and known by its own version.
_LEFT_OUT = ("knowledge.sqlite",)
_README = """# {name}

A release of a detente archive. `release.json`: what was asked for, rows of each table, versions of program, models and
knowledge, thresholds, and hashes of the data files that decided. `tables/`: the rows. `sources.csv`: every report by
outlet and hash. `evidence.csv`: where in a report's text each event and statement stands (Unicode code points from its
beginning) with a hash of those words. `incidents.csv`: what several reports together say, with the events of each.
`tables/tombstones.csv`: what was deleted before. {texts}

Check it: `sha256sum -c SHA256SUMS`, or `detente release check FOLDER`{again}. How to cite it: `CITATION.cff`.
Events in which `told_in` is filled stand on somebody's word.
"""
_WITH_TEXT = "`reports.jsonl`: the texts, `decisions.jsonl`: what people decided about incidents."
_WITHOUT_TEXT = "Texts, titles, addresses and quoted words are not in here: only where they stand, and their hashes."


@dataclass(frozen=True, slots=True)
class Release:
    """What is wished of a release."""

    name: str
    wishes: Wishes
    text: bool = True
    authors: tuple[str, ...] = ()


def write_release(
    readings: Iterable[CodedReport],
    incidents: Iterable[Incident],
    decisions: Iterable[Decision],
    target: Path,
    release: Release,
) -> dict[str, int]:
    """Write the folder, which must not be there yet; gives the number of rows of each table."""
    target.mkdir()
    versions: dict[Versions, int] = {}
    rows = write_rows(_counting(readings, versions), target, release)
    rows["incidents"] = write_incidents(incidents, target / "incidents.csv")
    if release.text:
        (target / DECISIONS).write_text("".join(json_line(d.to_dict()) for d in decisions), encoding="utf-8")
    content = hashlib.sha256("".join(sums_of(target)).encode()).hexdigest()
    about = {
        "name": release.name,
        "software": release.wishes.software,
        "text": release.text,
        "names": release.wishes.names,
        "content_sha256": content,
        "rows": rows,
        "versions": _versions(versions),
        "thresholds": _thresholds(),
        "data": data_hashes(),
    }
    (target / ABOUT).write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (target / "CITATION.cff").write_text(_citation(release, content), encoding="utf-8")
    again = ", with `--replicate` to read the texts again" if release.text else ""
    texts = _WITH_TEXT if release.text else _WITHOUT_TEXT
    readme = _README.format(name=release.name, texts=texts, again=again)
    (target / "README.md").write_text(readme, encoding="utf-8")
    (target / SUMS).write_text("".join(sums_of(target)), encoding="utf-8")
    return rows


def write_rows(readings: Iterable[CodedReport], target: Path, release: Release) -> dict[str, int]:
    """Everything that is made of the readings while they go by once."""
    tables = target / "tables"
    tables.mkdir()

    @contextmanager
    def open_table(path: Path, columns: tuple[str, ...]) -> Iterator[TableFile]:
        with open_csv(path, columns) as file:
            yield file if release.text else _Bare(file, path.stem)

    with ExitStack() as stack:
        sources = stack.enter_context(open_csv(target / "sources.csv", SOURCE_COLUMNS))
        evidence = stack.enter_context(open_csv(target / "evidence.csv", EVIDENCE_COLUMNS))
        texts = stack.enter_context((target / TEXTS).open("w", encoding="utf-8")) if release.text else None

        def noting() -> Iterator[CodedReport]:
            for coded in readings:
                sources.add(_source(coded, release.text))
                for row in evidence_rows(coded, release.wishes):
                    evidence.add(row)
                if texts is not None:
                    texts.write(json_line(coded.report.to_dict()))
                yield coded

        return write_tables(noting(), table_paths(tables, TABLES, ".csv"), release.wishes, open_table)


class _Bare:
    """A table whose rows lose their words."""

    def __init__(self, file: TableFile, table: str) -> None:
        self._file = file
        self._bare = bare_row(table)

    def add(self, row: Row) -> None:
        self._file.add(self._bare(row))


def _source(coded: CodedReport, text: bool) -> Row:
    report = coded.report
    return {
        "id": report.id,
        "outlet": report.outlet,
        "site": _site(report.url),
        "url": report.url if text else None,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "length": len(report.text),
        "text_sha256": _sha256(report.text),
        "title_sha256": _sha256(report.title) if report.title else None,
        "url_sha256": _sha256(report.url) if report.url else None,
    }


def _site(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


def evidence_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """Where the words of each event and statement stand, with a hash of them."""
    text = coded.report.text
    for event in coded.events:
        if wishes.all_statuses or event.counts:
            yield _stretch(coded, event.id, "trigger", event.trigger, text)
            for span in event.evidence:
                yield _stretch(coded, event.id, "evidence", span, text)
    for said in coded.statements:
        for span in said.content:
            yield _stretch(coded, said.id, "content", span, text)


def _stretch(coded: CodedReport, item: str, part: str, span: Span, text: str) -> Row:
    where = {"report": coded.report.id, "item": item, "part": part}
    return {**where, "start": span.start, "end": span.end, "sha256": _sha256(span.words(text))}


def write_incidents(incidents: Iterable[Incident], path: Path) -> int:
    """What several reports together say, without any words."""
    count = 0
    with open_csv(path, INCIDENT_COLUMNS) as file:
        for incident in incidents:
            file.add(
                {
                    "id": incident.id,
                    "type": incident.type,
                    "first": incident.first.isoformat() if incident.first else None,
                    "last": incident.last.isoformat() if incident.last else None,
                    "country": incident.where.country if incident.where else None,
                    "standing": incident.standing,
                    "status": incident.status,
                    "origins": incident.origins,
                    "reports": BETWEEN.join(incident.reports),
                    "events": BETWEEN.join(str(key) for key in incident.events),
                }
            )
            count += 1
    return count


def sums_of(folder: Path) -> list[str]:
    """A line a file, as `sha256sum` writes it, SHA256SUMS itself left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]


def data_hashes() -> dict[str, str]:
    """The data files by which this program decides, each with its hash."""
    paths = (p for p in sorted(DATA.rglob("*")) if p.is_file() and p.name not in _LEFT_OUT)
    return {p.relative_to(DATA).as_posix(): _digest(p) for p in paths if "__pycache__" not in p.parts}


def _thresholds() -> Mapping[str, object]:
    weights = load_weights()
    fusing = {"join": weights.join, "strangers": weights.strangers, "retold": weights.retold, "floor": weights.floor}
    calibration = json.loads((DATA / "encoder" / "calibration.json").read_text(encoding="utf-8"))
    return {"fusing_thousandths": fusing, "encoder": calibration}


def _counting(readings: Iterable[CodedReport], versions: dict[Versions, int]) -> Iterator[CodedReport]:
    for coded in readings:
        if coded.versions is not None:
            versions[coded.versions] = versions.get(coded.versions, 0) + 1
        yield coded


def _versions(versions: Mapping[Versions, int]) -> list[dict[str, object]]:
    told = (version.to_dict() | {"reports": count} for version, count in versions.items())
    return sorted(told, key=lambda row: [str(value) for value in row.values()])


def _citation(release: Release, content: str) -> str:
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them so.",
        "type": "dataset",
        "title": release.name,
        "version": content[:12],
        "authors": [{"name": name} for name in release.authors or (f"The makers of {release.name}",)],
        "identifiers": [{"type": "other", "value": f"sha256:{content}", "description": "hash of all data files"}],
        "references": [{"type": "software", "title": release.wishes.software, "authors": [{"name": "detente"}]}],
    }
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True)


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
