"""The watch that `make soak` measures, as a process of its own that can be killed: the real one, with a faster plan."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from soak_web import Soak

from detente.cli.logs import LogFormat, start_logging
from detente.fusing import open_kit
from detente.pipeline import open_reader
from detente.store import Archive
from detente.watch.alone import alone_on
from detente.watch.clock import RealClock
from detente.watch.rounds import Watch
from detente.watch.sources import Alerting, Limits, Plan, Source

INTERVAL = 10.0
# Waits are shortened, so that what fails is tried again within the measurement.
LIMITS = {"seconds": 3.0, "silence": 1.0, "size": 4 << 20, "tries": 3, "longest_backoff": 2.0, "hosts": 8}


def main(config: Path, archive: Path) -> None:
    """Watch until told to end."""
    given = json.loads(config.read_text())
    soak = Soak(**(given | {"hosts": tuple(given["hosts"])}))
    limits = Limits(pace=soak.pace, allow=soak.hosts, **LIMITS)  # type: ignore[arg-type]
    sources = tuple(Source("feed", f"Outlet {n}", soak.feed_url(n), INTERVAL, f"Outlet {n}") for n in range(soak.feeds))
    plan = Plan(config, sources, limits=limits, alerting=Alerting(every=60.0))
    clock = RealClock()
    signal.signal(signal.SIGTERM, lambda *_: clock.stop())
    start_logging(LogFormat.json)
    with Archive.open(archive) as store, alone_on(store):
        Watch(plan, store, open_reader().read, open_kit, clock, "detente/soak").run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
