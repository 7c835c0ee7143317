"""`detente watch` and `detente status` as commands, with a server of our own and a stand-in for the reader."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.conftest import Run
from watch.feeds import page, rss
from watch.web import Site, answer, serving

from detente.cli.logs import LogFormat, start_logging
from detente.store import Archive

SECRET_URL = "/feed?key=hunter2"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages |= {"/feed": answer(rss([("/1", "One")])), "/1": answer(page(1)), SECRET_URL: answer(rss([]))}
        yield found


def sources(folder: Path, site: Site, path: str = "/feed", more: str = "") -> Path:
    file = folder / "sources.toml"
    words = (
        f'[watch]\nallow = ["127.0.0.1"]\n[limits]\npace = "0s"\n[[feed]]\nname = "Courier"\nurl = "{site.url(path)}"\n'
    )
    file.write_text(words + more)
    return file


def events(stderr: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in stderr.splitlines() if line.startswith("{")]


def test_once_reads_what_is_new_and_tells_it_in_json(run: Run, folder: Path, site: Site) -> None:
    result = run("watch", str(sources(folder, site)), "--once", "--archive", "a.db", "--log-format", "json")
    assert result.exit_code == 0, result.stderr
    told = events(result.stderr)
    assert [line["event"] for line in told] == ["begun", "polled", "read", "fused", "ended"]
    assert told[2]["url"] == site.url("/1") and told[1]["new"] == 1 and result.stdout == ""
    with Archive.open("a.db") as archive:
        assert archive.count() == 1


def test_logs_show_no_keys(run: Run, folder: Path, site: Site) -> None:
    site.pages[SECRET_URL] = answer(b"", status=500)
    result = run("watch", str(sources(folder, site, SECRET_URL)), "--once", "--log-format", "json")
    assert result.exit_code == 1 and "poll failed" in result.stderr and "hunter2" not in result.stderr
    status = run("status", "--format", "json")
    assert "hunter2" not in status.stdout and json.loads(status.stdout)["failures"][0]["kind"] == "server"


def test_the_status_tells_how_it_stands(run: Run, folder: Path, site: Site) -> None:
    run("watch", str(sources(folder, site)), "--once")
    result = run("status", "--format", "json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0 and told["watch"]["state"] == "ended" and told["backlog"] == 0
    (source,) = told["sources"]
    assert (source["name"], source["done"], source["polls"], source["why"]) == ("Courier", 1, 1, None)
    table = run("status").stdout
    assert "watch ended" in table and "Courier" in table and "0 articles wait" in table


def test_an_archive_that_nobody_watched_says_so(run: Run, folder: Path) -> None:
    Archive.open("detente.db").close()
    assert "nobody watches into this archive" in run("status").stdout
    assert run("status", "--archive", "none.db").exit_code == 2


def test_alerts_go_to_standard_output_and_logs_do_not(run: Run, folder: Path, site: Site) -> None:
    result = run("watch", str(sources(folder, site, more="[deliver]\nstdout = true\n")), "--once")
    assert result.exit_code == 0 and result.stdout == "" and "polled: source Courier; new 1" in result.stderr


def test_what_will_not_do_is_wrong_usage(run: Run, folder: Path, site: Site) -> None:
    assert run("watch", "none.toml").exit_code == 2
    hook = '[[deliver.webhook]]\nname = "a"\nurl = "https://a.example/"\nsecret_file = "none.txt"\n'
    result = run("watch", str(sources(folder, site, more=hook)), "--once")
    assert result.exit_code == 2 and "none.txt: cannot be read" in result.stderr.replace("\n", "")


def test_a_check_asks_nobody(run: Run, folder: Path, site: Site) -> None:
    result = run("watch", str(sources(folder, site)), "--check")
    assert result.exit_code == 0 and "sources: 1" in result.stderr and site.asked == []
    assert not Path("detente.db").exists()


def test_a_second_watch_on_an_archive_is_refused(run: Run, folder: Path, site: Site) -> None:
    from detente.watch.alone import alone_on

    with Archive.open("a.db") as store, alone_on(store):
        result = run("watch", str(sources(folder, site)), "--once", "--archive", "a.db")
    assert result.exit_code == 2 and "another watch works on it" in result.stderr and site.asked == []


def test_metrics_are_written_to_a_file(run: Run, folder: Path, site: Site) -> None:
    site.pages["/1"] = answer(b"", status=503)
    run("watch", str(sources(folder, site)), "--once", "--metrics-file", "m.prom")
    lines = Path("m.prom").read_text().splitlines()
    assert "detente_polls_total 1.0" in lines and 'detente_failures_total{kind="busy"} 1.0' in lines
    assert 'detente_articles{source="Courier",state="waiting"} 1.0' in lines


def test_it_watches_until_it_is_told_to_end(run: Run, folder: Path, site: Site) -> None:
    """SIGTERM while it waits: it ends at once, and well; meanwhile it answers for its metrics on this machine."""
    found: list[str] = []

    def look() -> None:
        deadline = time.monotonic() + 20
        while "/1" not in site.paths() and time.monotonic() < deadline:
            time.sleep(0.05)
        while time.monotonic() < deadline:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
                found[:] = [response.read().decode()]
            if "detente_stored_total 1.0" in found[0]:
                break
            time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGTERM)

    with serving() as free:
        port = free.port
    thread = threading.Thread(target=look)
    thread.start()
    started = time.monotonic()
    result = run("watch", str(sources(folder, site)), "--metrics-port", str(port))
    thread.join()
    assert result.exit_code == 0 and time.monotonic() - started < 25
    assert "detente_stored_total 1.0" in found[0]
    assert json.loads(run("status", "--format", "json").stdout)["watch"]["state"] == "ended"


def test_a_log_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    handler = start_logging(LogFormat.text)
    logging.getLogger("detente.watch").warning("odd", extra={"told": {"why": "a\nb\x1b[31m"}})
    logging.getLogger("detente").removeHandler(handler)
    assert capsys.readouterr().err.splitlines()[0].endswith("warning odd: why a\\nb\\x1b[31m")
