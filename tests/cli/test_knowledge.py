"""`detente knowledge`: rows added and taken back, and Wikidata asked at a service of our own that fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from detente.cli import app
from detente.cli.app import main

Run = Callable[..., Result]
ROWS = (
    "kind,name,aliases,country,role,role_class,sector,start,as_of,latitude,longitude,source\n"
    "person,Ottilie Brandvik,,NOR,minister of foreign affairs,foreign_minister,GOV,2025-11-20,2026-02-01,,,our desk\n"
    "group,Blue Lantern Front,BLF,COD,,,REB,2024-01-01,,,,our desk\n"
    "group,Hamas,,PSE,,,GOV,,,,,our desk\n"
    "place,Kisangara Falls,,COD,,,,,,-1.5,28.5,our desk\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with a knowledge folder of its own."""
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(tmp_path / "own"))
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner(env={"COLUMNS": "80", "TERM": "dumb"}).invoke(app, list(words))

    return run


def asked(run: Run, *words: str) -> dict[str, object] | None:
    answer = json.loads(run(*words, "--format", "json").stdout)["answer"]
    assert answer is None or isinstance(answer, dict)
    return answer


@pytest.mark.slow
def test_added_rows_are_in_force_until_they_are_taken_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "desk.csv").write_text(ROWS + "person,Bad Row,NO,,,,,,,,,our desk\n", encoding="utf-8")
    added = run("knowledge", "add", "desk.csv")
    assert added.exit_code == 1
    assert "desk.csv:6" in added.stderr and "4 rows are in force" in added.stdout
    minister = asked(run, "who", "foreign minister of Norway", "--on", "2026-03-01")
    assert minister is not None
    assert (minister["name"], minister["presumed"]) == ("Ottilie Brandvik", True)
    front = asked(run, "who", "BLF", "--on", "2024-05-01")
    assert front is not None and front["code"] == "COD REB"
    hamas = asked(run, "who", "Hamas")
    assert hamas is not None and hamas["code"] == "PSE GOV"
    falls = asked(run, "where", "Kisangara Falls")
    assert falls is not None and falls["latitude"] == -1.5
    assert run("knowledge", "remove", "desk").exit_code == 0
    others = asked(run, "who", "BLF", "--on", "2024-05-01")
    assert others is not None and others["code"] == "PAK REB"


def test_files_that_cannot_be_used_leave_everything_as_it_was(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("name,country\n", encoding="utf-8")
    result = run("knowledge", "add", "bad.csv", "missing.csv")
    assert result.exit_code == 1
    assert "bad.csv:1" in result.stderr and "missing.csv" in result.stderr
    assert not (tmp_path / "own").exists()
    assert run("knowledge", "remove", "bad").exit_code == 2


def test_rows_of_unknown_countries_are_refused_and_a_spoilt_file_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gone.csv").write_text(
        ROWS.splitlines()[0] + "\ngroup,Old Band,,ZZZ,,,REB,,,,,desk\n", encoding="utf-8"
    )
    result = run("knowledge", "add", "gone.csv")
    assert result.exit_code == 1 and "country is 'ZZZ'" in result.stderr
    assert not (tmp_path / "own").exists()
    (tmp_path / "own" / "rows").mkdir(parents=True)
    (tmp_path / "own" / "rows" / "spoilt.csv").write_text("name\n", encoding="utf-8")
    shown = run("knowledge", "show")
    assert shown.exit_code == 0 and "spoilt.csv:1" in shown.stderr


class Service:
    """A query service on this machine that gives the answers it was told to give, the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes, dict[str, str]]] = []
        self.asked: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                status, body, headers = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.answers.append((status, body, headers))


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    yield service
    service.server.shutdown()
    service.server.server_close()


def holder(name: str, number: int) -> dict[str, dict[str, str]]:
    told = {"person": f"http://www.wikidata.org/entity/Q{number}", "personLabel": name, "iso3": "NOR"}
    told |= {"position": "head_of_government", "start": "2026-02-01T00:00:00Z"}
    return {key: {"value": value} for key, value in told.items()}


def answer(*holders: object) -> bytes:
    return json.dumps({"results": {"bindings": holders}}).encode()


@pytest.mark.slow
def test_a_snapshot_is_written_compared_and_in_force(run: Run, service: Service, tmp_path: Path) -> None:
    # The service asks for patience once; then it answers.
    service.answer(429, b"slow down", **{"Retry-After": "0"})
    gone = holder("Bo Gone", 900003) | {"iso3": {"value": "SUN"}}
    service.answer(200, answer(holder("Ottilie Brandvik", 900001), gone, {"person": {"value": "broken"}}))
    service.answer(200, answer())
    result = run("knowledge", "refresh", "--endpoint", service.url, "--day", "2026-03-01")
    assert result.exit_code == 1, result.output
    assert "'SUN' is no country of ours" in result.stderr
    assert "2 new, 0 gone, 0 changed" in result.stdout and "+ Ottilie Brandvik" in result.stdout
    assert "of our own rows verified" in result.stdout and "1 rows of the answers set aside" in result.stderr
    assert "wdt%3AP298" in service.asked[0] or "wdt:P298" in service.asked[0]
    minister = asked(run, "who", "prime minister of Norway", "--on", "2026-02-15")
    assert minister is not None
    assert (minister["name"], minister["wikidata"], minister["presumed"]) == ("Ottilie Brandvik", "Q900001", False)
    # An older answer does not take the place of a newer one, and a worse answer the next day changes nothing.
    (tmp_path / "older.json").write_bytes(answer(holder("Bo Ray", 900002)))
    older = run("knowledge", "refresh", "--from", "older.json", "--day", "2025-01-01", "--accept-fewer")
    assert older.exit_code == 0 and "wikidata-2026-03-01.csv is newer" in " ".join(older.stderr.split())
    (tmp_path / "own" / "snapshots" / "wikidata-2025-01-01.csv").unlink()
    before = (tmp_path / "own" / "knowledge.sqlite").read_bytes()
    service.answers = [(200, answer(holder("Bo Ray", 900002))[:-9], {})]
    failed = run("knowledge", "refresh", "--endpoint", service.url, "--day", "2026-03-02")
    assert failed.exit_code == 1 and "old knowledge stays in force" in failed.stderr
    assert (tmp_path / "own" / "knowledge.sqlite").read_bytes() == before
    assert [path.name for path in (tmp_path / "own" / "snapshots").iterdir()] == ["wikidata-2026-03-01.csv"]


@pytest.mark.parametrize(
    ("status", "body", "headers", "words"),
    [
        (404, b"", {}, "status 404"),
        (200, b"<html>maintenance</html>", {}, "no whole JSON"),
        (200, b"\xff\xfe", {}, "not UTF-8"),
        (200, answer(holder("A B", 1)), {"Content-Length": "100000"}, "no answer"),
        (200, answer(), {}, "no office holder"),
    ],
)
def test_what_is_no_whole_answer_is_refused(
    run: Run, service: Service, tmp_path: Path, status: int, body: bytes, headers: dict[str, str], words: str
) -> None:
    service.answer(status, body, **headers)
    result = run("knowledge", "refresh", "--endpoint", service.url, "--timeout", "0.5", "--tries", "1")
    assert result.exit_code == 1
    assert words in result.stderr and "stays in force" in result.stderr
    assert not (tmp_path / "own" / "knowledge.sqlite").exists()


def test_saved_answers_are_read_offline_and_need_their_day(run: Run, tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_bytes(answer()[:-3])
    assert run("knowledge", "refresh", "--from", "answer.json").exit_code == 2
    half = run("knowledge", "refresh", "--from", "answer.json", "--day", "2026-03-01")
    assert half.exit_code == 1 and "no whole JSON" in half.stderr


def test_an_empty_answer_is_refused_even_where_fewer_rows_are_accepted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_bytes(answer())
    result = run("knowledge", "refresh", "--from", "empty.json", "--day", "2026-03-01", "--accept-fewer")
    assert result.exit_code == 1 and "no office holder" in result.stderr
    assert not (tmp_path / "own").exists()


def test_a_missing_knowledge_file_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("detente.codebook.own_knowledge.PACKAGED", tmp_path / "none.sqlite")
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(tmp_path / "own"))
    monkeypatch.setattr("sys.argv", ["detente", "who", "Putin"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(tmp_path / "file"))
    (tmp_path / "desk.csv").write_text(ROWS, encoding="utf-8")
    result = run("knowledge", "add", "desk.csv")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr and "stays in force" in result.stderr
