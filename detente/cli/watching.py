"""`detente watch SOURCES`: follows feeds, sitemaps and pages day and night, or once. What it does stands in `watch`."""

from __future__ import annotations

import importlib.metadata
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, opened
from detente.cli.logs import LogFormat, start_logging
from detente.cli.messages import say, working
from detente.codebook.outlets import OutletsError, outlets_in_force
from detente.fusing import open_kit
from detente.model.outlet import Outlets
from detente.store import Archive, ArchiveError
from detente.store.watching import WatchLog
from detente.watch.alone import NotAlone, alone_on
from detente.watch.clock import RealClock
from detente.watch.giving import SecretError, givers_of
from detente.watch.intake import ReadReport
from detente.watch.metrics import HERE, Metrics, snapshot_of
from detente.watch.rounds import Watch
from detente.watch.sources import Plan
from detente.watch.sources_file import read_sources
from detente.watch.table import SourcesError

log = logging.getLogger(__name__)


def watch(
    sources: Annotated[Path, typer.Argument(metavar="SOURCES", help="What to follow: sources.toml.")],
    archive: ArchiveOption = None,
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and end.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file will do; ask nobody.")] = False,
    log_format: Annotated[LogFormat, typer.Option("--log-format", help="Log lines for people or programs.")] = (
        LogFormat.text
    ),
    metrics_port: Annotated[
        int | None,
        typer.Option("--metrics-port", min=0, max=65535, metavar="N", help="Metrics for Prometheus, on this machine."),
    ] = None,
    metrics_file: Annotated[
        Path | None, typer.Option("--metrics-file", metavar="FILE", help="Metrics as a file, after each round.")
    ] = None,
) -> None:
    """Follow feeds, sitemaps and pages: read what is new, join it, raise alerts and deliver them."""
    plan = _plan(sources)
    if check:
        say(f"{sources}: it will do; sources: {len(plan.sources)}, channels for alerts: {len(plan.channels)}")
        return
    clock = RealClock()
    with ExitStack() as stack:
        store = stack.enter_context(opened(archive, create=True))
        stack.enter_context(_alone(store))
        agent = _agent(plan)
        with _refused():
            givers = givers_of(plan, WatchLog(store), clock, agent)
            outlets = Outlets.of([*outlets_in_force(), *plan.publishers])
        read = _open_reader()
        stack.enter_context(_ending(clock.stop))
        handler = start_logging(log_format)
        stack.callback(logging.getLogger("detente").removeHandler, handler)
        done = Watch(plan, store, read, lambda: open_kit(outlets), clock, agent, givers)
        after = _measured(done, clock, metrics_port, metrics_file)
        well = done.run(once, after)
    if once and not well:
        raise typer.Exit(1)


def _plan(path: Path) -> Plan:
    with _refused():
        return read_sources(path)


@contextmanager
def _refused() -> Iterator[None]:
    """What the watch cannot begin with is wrong usage, told in one line."""
    try:
        yield
    except (SourcesError, SecretError, OutletsError) as problem:
        say(str(problem))
        raise typer.Exit(2) from problem


@contextmanager
def _alone(store: Archive) -> Iterator[None]:
    try:
        with alone_on(store):
            yield
    except NotAlone as problem:
        say(str(problem))
        raise typer.Exit(2) from problem


def _agent(plan: Plan) -> str:
    """How the watch calls itself to those it asks."""
    try:
        number = importlib.metadata.version("detente")
    except importlib.metadata.PackageNotFoundError:
        number = "0"
    return f"detente/{number} ({plan.contact})" if plan.contact else f"detente/{number}"


def _open_reader() -> ReadReport:
    # Late, because it loads the parser.
    from detente.pipeline import open_reader

    try:
        with working("loading what detente knows"):
            return open_reader().read
    except (OSError, ValueError, LookupError, RuntimeError) as problem:
        say(f"detente cannot start reading: {problem}")
        raise typer.Exit(2) from problem


@contextmanager
def _ending(stop: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and Ctrl-C end the watch when the report in hand is kept."""
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(one, lambda _number, _frame: stop()) for one in signals]
    try:
        yield
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)


def _measured(watch: Watch, clock: RealClock, port: int | None, file: Path | None) -> Callable[[], None]:
    """What is done after each round."""
    if port is None and file is None:
        return lambda: None
    metrics = Metrics()
    if port is not None:
        try:
            say(f"metrics are at http://{HERE}:{metrics.serve(port)}/metrics")
        except OSError as problem:
            say(f"--metrics-port {port}: {problem.strerror}; give another one")
            raise typer.Exit(2) from problem

    def after() -> None:
        try:
            metrics.snapshot = snapshot_of(watch, clock.now())
            if file is not None:
                metrics.write(file)
        except (ArchiveError, OSError) as problem:
            log.warning("no metrics: %s", problem)

    return after
