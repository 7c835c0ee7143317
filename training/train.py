"""`make train`: fine-tunes the encoder on the corpus and says how it does on the parts kept apart.

    python training/train.py CORPUS_FOLDER BASE_ENCODER_FOLDER --out FOLDER [--epochs 12] [--seed 1]

Events (CORPUS_FOLDER/sentences) and statements (CORPUS_FOLDER/statements) are learned together, a batch of each in
turn, on one encoder. A sentence of events stands alone or among others, as it does in reports. Seeded; a GPU is used
where there is one, and bfloat16 where the processor has it. Writes model.pt with the labels of each head, and
figures.json.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from feeding import Lessons
from figures import figures, judged
from losses import event_loss, speech_loss
from network import PairNetwork, load_encoder
from reports import MarkedReport, read_reports
from sentences import NONE, read_corpus
from speech_figures import speech_figures
from spoken import Window, pieces, windows
from torch import nn

from examples import Encoded, Labels, encode

# Parts kept apart: development to choose by, test to judge by.
APART = ("development.jsonl", "development_plain.jsonl", "test.jsonl", "test_plain.jsonl")
ONTOLOGY = Path(__file__).parent.parent / "detente" / "data" / "ontology"
_RATE, _HEADS_RATE, _WARMING = 1.2e-4, 8e-4, 0.08
# The average of the weights over so many steps is kept.
_AVERAGED = 0.998
# The hands of statements that are learned, and those to choose by.
_LEARNED, _CHOOSING = "training", "development"


def main() -> None:
    """Train, judge on the parts kept apart now and then, and keep the average of the last weights."""
    options = _options()
    torch.manual_seed(0)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder, tokenizer = load_encoder(options.encoder)
    # The vectors of words stay as they are: most words of news are not in the corpus.
    encoder.embeddings.requires_grad_(False)
    files = sorted((options.corpus / "sentences").glob("*.jsonl"))
    parts = {file.name: encode(read_corpus([file]), tokenizer) for file in files if file.stem not in options.without}
    learned = [item for name, items in parts.items() if name not in APART for item in items]
    labels = Labels.of_codebook(ONTOLOGY)
    counts = Counter(pair.type for item in learned for pair in item.sentence.pairs)
    print(f"{len(learned)} sentences, {sum(counts.values())} pairs, {counts[NONE]} without event", flush=True)
    network = PairNetwork(encoder, encoder.config.hidden_size, labels.sizes()).to(device)
    torch.manual_seed(options.seed)  # the heads begin alike whatever the seed, so that trained weights can be averaged
    if options.start:
        network.load_state_dict(torch.load(options.start, map_location=device, weights_only=True)["network"])
    apart = {name: parts[name] for name in APART if name in parts}
    told = options.corpus / "statements"
    reports = [(report, pieces(report.text, tokenizer)) for report in _reports(told / _LEARNED)]
    print(f"{len(reports)} reports with statements", flush=True)
    heard = [w for r in _reports(told / _CHOOSING) for w in windows(r, pieces(r.text, tokenizer), tokenizer)]
    _train(network, Lessons(learned, reports, tokenizer, labels), Judges(apart, heard, labels), options)


def _reports(folder: Path) -> list[MarkedReport]:
    return read_reports(sorted(folder.glob("*.txt")))


@dataclass(frozen=True)
class Judges:
    """What training is judged by: parts of the sentences, and windows of reports, kept apart."""

    apart: dict[str, list[Encoded]]
    heard: list[Window]
    labels: Labels

    def figures(self, network: PairNetwork, device: str) -> dict[str, dict[str, Any]]:
        """Figures of each part."""
        told = {n: figures(judged(network, items, self.labels, device), self.labels) for n, items in self.apart.items()}
        return told | {"statements": speech_figures(network, self.heard, device)}


def _train(network: PairNetwork, lessons: Lessons, judges: Judges, options: argparse.Namespace) -> None:
    device = next(network.parameters()).device.type
    average = copy.deepcopy(network)
    optimizer, schedule = _optimizer(network, options.epochs * lessons.steps, options.rate)
    start, step = time.perf_counter(), 0
    options.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(1, options.epochs + 1):
        for batch, goals, spoken in lessons.epoch(options.seed * 1000 + epoch, options.workers):
            optimizer.zero_grad()
            with torch.autocast(device, dtype=torch.bfloat16):
                scores, tokens = network(batch.to(device))
            loss = event_loss({name: told.float() for name, told in scores.items()}, tokens.float(), goals.to(device))
            loss.backward()  # type: ignore[no-untyped-call]
            with torch.autocast(device, dtype=torch.bfloat16):
                spoken_loss = speech_loss(network, spoken.to(device))
            spoken_loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            _follow(average, network, min(_AVERAGED, (step + 1) / (step + 10)))
        told = {}
        if epoch % options.judge_each == 0 or epoch == options.epochs:
            told = judges.figures(average, device)
            (options.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
            torch.save({"network": average.state_dict(), "labels": lessons.labels.__dict__}, options.out / "model.pt")
        line = {name: {k: round(v, 3) for k, v in f.items() if isinstance(v, float)} for name, f in told.items()}
        losses = f"loss {loss.item():.3f} {spoken_loss.item():.3f}"
        print(f"epoch {epoch} {time.perf_counter() - start:.0f}s {losses} {json.dumps(line)}", flush=True)


def _optimizer(
    network: PairNetwork, steps: int, factor: float
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    told = [(name, part) for name, part in network.named_parameters() if part.requires_grad]
    encoder = [part for name, part in told if name.startswith("encoder.")]
    heads = [part for name, part in told if not name.startswith("encoder.")]
    rates = [_RATE * factor, _HEADS_RATE * factor]
    groups = [{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=torch.cuda.is_available())
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, steps, pct_start=_WARMING)


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), 1 - keep)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="go on from the weights of this model.pt")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual learning rates")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches beside the training")
    parser.add_argument("--judge-each", type=int, default=2)
    parser.add_argument("--without", nargs="*", default=[], help="files to leave out, by their stem")
    return parser.parse_args()


if __name__ == "__main__":
    main()
