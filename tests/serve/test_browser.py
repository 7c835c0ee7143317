"""The desk in a real Chromium: no request leaves the machine, no script fails, axe finds nothing, keys are enough.

Skipped with a message where there is no Chromium: on Debian, apt install chromium.
"""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
import pytest
import uvicorn
from case_files import Reader
from playwright.sync_api import Browser, Page, Route, sync_playwright

from detente.fusing import fuse_archive
from detente.model.report import Report
from detente.serve.server import make_app
from detente.store import Archive

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; on Debian: apt install chromium"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
SAMPLES = Path(__file__).parent.parent.parent / "examples"
AXE = Path(__file__).parent / "assets" / "axe.min.js"
PAGES = ("/", "/incidents", "/pairs", "/actors", "/statements", "/map", "/network", "/search?q=ceasefire", "/review")


@dataclass
class Desk:
    """A server over the sample archive, and a page that keeps what went wrong."""

    address: str
    page: Page
    reports: list[str]
    left: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path, wait_until="load")
        return self.page

    def complaints(self) -> list[str]:
        """What axe finds at the page that is open."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
        return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[tuple[str, list[str]]]:
    path = tmp_path_factory.mktemp("desk") / "a.db"
    ids = []
    with Archive.open(path) as store:
        for line in (SAMPLES / "reports.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            day = date.fromisoformat(told["published"])
            coded = reader.read(Report(told["text"], told["title"], told["outlet"], told.get("url"), day, "en"))
            ids.append(coded.report.id)
            store.add(coded)
        fuse_archive(store)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(make_app(store), port=port, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address, ids
        server.should_exit = True
        thread.join(10)


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            httpx.get(f"{address}/healthz")
            return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise AssertionError("the server did not come up")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture(params=["light", "dark"])
def desk(served: tuple[str, list[str]], browser: Browser, request: pytest.FixtureRequest) -> Iterator[Desk]:
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    made = Desk(served[0], page, served[1])

    def guard(route: Route) -> None:
        if route.request.url.startswith((served[0], "data:", "blob:")):
            route.continue_()
        else:
            made.left.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page.on("console", lambda said: made.failed.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: made.failed.append(str(error)))
    yield made
    assert made.left == [] and made.failed == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound_and_asks_nobody(desk: Desk, path: str) -> None:
    page = desk.open(path)
    assert page.locator("h1").count() == 1
    assert desk.complaints() == []


def test_a_report_lights_up_and_is_sound(desk: Desk) -> None:
    desk.open(f"/reports/{desk.reports[0]}")
    assert desk.complaints() == []


def test_the_number_of_a_chart_opens_to_its_words(desk: Desk) -> None:
    page = desk.open("/pairs")
    page.locator("main table a").first.click()
    page.wait_for_selector("#tension canvas")
    page.locator("figure svg a").first.focus()
    page.keyboard.press("Enter")
    assert "#s" in page.url
    page.locator("main table a[href^='/incidents/']").first.click()
    page.locator(".accounts h3 a").first.click()
    assert "/reports/" in page.url


def test_keys_are_enough_to_reach_the_content(desk: Desk) -> None:
    page = desk.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_map_draws_its_points(desk: Desk) -> None:
    page = desk.open("/map?since=1900-01-01")
    page.wait_for_selector("html[data-ready=yes]")
    assert page.locator("#map path.land").count() > 200
    assert page.locator("#map circle").count() > 0


def test_the_network_draws_its_ties(desk: Desk) -> None:
    page = desk.open("/network?since=1900-01-01")
    page.wait_for_selector("#network .canvas[data-ready=yes]")
    assert page.locator("#network canvas").count() > 0


def test_search_narrows_without_a_new_page(desk: Desk) -> None:
    page = desk.open("/search?q=ceasefire")
    page.fill("input[name=type]", "ASSAULT")
    page.keyboard.press("Tab")
    page.wait_for_url("**type=ASSAULT**")
    assert page.locator("#results").count() == 1


def test_the_switch_of_light_and_dark_is_kept(desk: Desk) -> None:
    page = desk.open("/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    with page.expect_navigation():
        page.click("#theme")
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    desk.open("/incidents")
    assert before != after == page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert desk.complaints() == []


def test_a_narrow_page_does_not_run_over(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 380, "height": 800})
    page = desk.open("/incidents")
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
