"""What the watch counts, for Prometheus: on a port of this machine alone, or as a file. Only importer of its client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server, write_to_textfile
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from detente.watch.rounds import Watch

_COUNTED = {
    "polls": "Times that a source was asked",
    "fetched": "Articles that were fetched",
    "unchanged": "Articles that were as they had been",
    "duplicates": "Articles whose words the outlet had published before",
    "stored": "Reports that were read and came into the archive",
    "known": "Reports that the archive held already",
    "delivered": "Alerts that were given to a channel",
}
HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How the watch stood after its last round."""

    at: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    articles: dict[tuple[str, str], int] = field(default_factory=dict)
    deliveries: dict[tuple[str, str], int] = field(default_factory=dict)
    succeeded: dict[str, float] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)


def snapshot_of(watch: Watch, now: float) -> Snapshot:
    """How a watch stands."""
    states = watch.log.states()
    tallies = (watch.polling.tally, watch.articles.tally, watch.delivering.tally)
    kinds = {kind for tally in tallies for kind in tally.failures}
    return Snapshot(
        now,
        {name: sum(tally.of(name) for tally in tallies) for name in _COUNTED},
        {kind: sum(tally.failures.get(kind, 0) for tally in tallies) for kind in sorted(kinds)},
        watch.log.item_counts(),
        watch.log.delivery_counts(),
        {name: state.succeeded for name, state in states.items() if state.succeeded is not None},
        {name: state.failures for name, state in states.items()},
    )


class Metrics(Collector):
    """Gives the last snapshot to whoever asks."""

    def __init__(self) -> None:
        self.snapshot = Snapshot()
        self.registry = CollectorRegistry()
        self.registry.register(self)

    def serve(self, port: int) -> int:
        """Answers on this machine; gives the port."""
        server, _ = start_http_server(port, HERE, self.registry)
        return int(server.server_port)

    def write(self, path: Path) -> None:
        """Replaces a file, for the text collector of the node exporter."""
        write_to_textfile(str(path), self.registry)

    def collect(self) -> Iterator[Metric]:
        found = self.snapshot
        for name, words in _COUNTED.items():
            yield CounterMetricFamily(f"detente_{name}", words, value=found.counts.get(name, 0))
        failures = CounterMetricFamily("detente_failures", "What failed, by kind", labels=["kind"])
        for kind, number in found.failures.items():
            failures.add_metric([kind], number)
        yield failures
        yield _labelled("detente_articles", "Articles that are known of", ("source", "state"), found.articles)
        yield _labelled("detente_deliveries", "Alerts to be given to channels", ("channel", "state"), found.deliveries)
        one = {(name,): number for name, number in found.succeeded.items()}
        yield _labelled("detente_source_succeeded_seconds", "When a source last answered", ("source",), one)
        failing = {(name,): float(number) for name, number in found.failing.items()}
        yield _labelled("detente_source_failing", "Polls that failed one after the other", ("source",), failing)
        yield GaugeMetricFamily("detente_round_seconds", "When the last round ended", value=found.at)


def _labelled(
    name: str, words: str, labels: tuple[str, ...], values: dict[tuple[str, str], int] | dict[tuple[str], float]
) -> Metric:
    family = GaugeMetricFamily(name, words, labels=list(labels))
    for key, value in sorted(values.items()):
        family.add_metric(list(key), value)
    return family
