"""`make train`: fine-tunes the encoder on the corpus and says how it does on the parts kept apart.

    python training/train.py CORPUS_FOLDER BASE_ENCODER_FOLDER --out FOLDER [--epochs 12] [--seed 1]

Seeded; a GPU is used where there is one, and bfloat16 where the processor has it. Writes model.pt with the labels of
each head, and figures.json.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from figures import figures, judged
from network import PairNetwork, load_encoder
from sentences import NONE, read_corpus
from torch import Tensor, nn

from examples import IGNORED, WEIGHTS, Encoded, Goals, Labels, collate, encode

# Parts kept apart: development to choose by, test to judge by.
APART = ("development.jsonl", "development_plain.jsonl", "test.jsonl", "test_plain.jsonl")
ONTOLOGY = Path(__file__).parent.parent / "detente" / "data" / "ontology"
_SENTENCES = 24
_RATE, _HEADS_RATE, _WARMING = 1.2e-4, 8e-4, 0.08
_SMOOTHING, _TOKENS_WEIGHT = 0.05, 0.5
# "No event" is the commonest class by far and counts less; the average of the weights over so many steps is kept.
_NONE_WEIGHT, _AVERAGED = 0.6, 0.998


def loss_of(scores: dict[str, Tensor], tokens: Tensor, goals: Goals, labels: Labels) -> Tensor:
    """The weighted sum over heads; only events have modes, statuses, contexts and CAMEO codes."""
    pairs, device = goals.pairs, tokens.device
    types = torch.tensor([labels.type.index(pair.type) for pair in pairs], device=device)
    weights = torch.tensor([_NONE_WEIGHT, *[1.0] * (len(labels.type) - 1)], device=device)
    total = nn.functional.cross_entropy(scores["type"], types, weight=weights, label_smoothing=_SMOOTHING)
    total = total + _TOKENS_WEIGHT * nn.functional.cross_entropy(
        tokens.flatten(0, 1), goals.tokens.to(device).flatten(), ignore_index=IGNORED
    )
    events = [i for i, pair in enumerate(pairs) if pair.type != NONE]
    if not events:
        return total
    told = {
        "mode": [labels.mode.index(f"{pairs[i].type} {pairs[i].mode or '-'}") for i in events],
        "status": [labels.status.index(pairs[i].status or "happened") for i in events],
        "cameo": [_index(labels.cameo, pairs[i].cameo or "") for i in events],
        "background": [int(pairs[i].background) for i in events],
        "reciprocal": [int(pairs[i].reciprocal) for i in events],
    }
    for name, wanted in told.items():
        goal = torch.tensor(wanted, device=device)
        if bool((goal != IGNORED).any()):
            loss = nn.functional.cross_entropy(scores[name][events], goal, ignore_index=IGNORED, label_smoothing=0.03)
            total = total + WEIGHTS[name] * loss
    goal = torch.tensor([[float(c in pairs[i].contexts) for c in labels.contexts] for i in events], device=device)
    spread = nn.functional.binary_cross_entropy_with_logits(scores["contexts"][events], goal) * len(labels.contexts) / 8
    return total + WEIGHTS["contexts"] * spread


def _index(classes: Sequence[str], name: str) -> int:
    return classes.index(name) if name in classes else IGNORED


def batches(items: list[Encoded], chance: random.Random) -> Iterator[list[Encoded]]:
    """Sentences of like length together, in a new order each time."""
    order = sorted(items, key=lambda item: len(item.ids) + chance.random() * 12)
    groups = [order[at : at + _SENTENCES] for at in range(0, len(order), _SENTENCES)]
    chance.shuffle(groups)
    yield from groups


def main() -> None:
    """Train, judge on the parts kept apart now and then, and keep the average of the last weights."""
    options = _options()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder, tokenizer = load_encoder(options.encoder)
    # The vectors of words stay as they are: most words of news are not in the corpus.
    encoder.embeddings.requires_grad_(False)
    files = sorted(options.corpus.glob("*.jsonl"))
    parts = {file.name: encode(read_corpus([file]), tokenizer) for file in files if file.stem not in options.without}
    learned = [item for name, items in parts.items() if name not in APART for item in items]
    labels = Labels.of_codebook(ONTOLOGY)
    counts = Counter(pair.type for item in learned for pair in item.sentence.pairs)
    print(f"{len(learned)} sentences, {sum(counts.values())} pairs, {counts[NONE]} without event", flush=True)
    network = PairNetwork(encoder, encoder.config.hidden_size, labels.sizes()).to(device)
    if options.start:
        network.load_state_dict(torch.load(options.start, map_location=device, weights_only=True)["network"])
    apart = {name: parts[name] for name in APART if name in parts}
    _train(network, learned, apart, labels, options)


def _train(
    network: PairNetwork,
    learned: list[Encoded],
    apart: dict[str, list[Encoded]],
    labels: Labels,
    options: argparse.Namespace,
) -> None:
    device = next(network.parameters()).device
    average = copy.deepcopy(network)
    optimizer, schedule = _optimizer(network, options.epochs * (-(-len(learned) // _SENTENCES)), options.rate)
    chance = random.Random(options.seed)
    start, step = time.perf_counter(), 0
    options.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(1, options.epochs + 1):
        for group in batches(learned, chance):
            batch, goals = collate(group, labels, chance)
            batch = type(batch)(**{name: part.to(device) for name, part in batch.__dict__.items()})
            with torch.autocast(device.type, dtype=torch.bfloat16):
                scores, tokens = network(batch)
            loss = loss_of({name: told.float() for name, told in scores.items()}, tokens.float(), goals, labels)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            _follow(average, network, min(_AVERAGED, (step + 1) / (step + 10)))
        told = {}
        if epoch % options.judge_each == 0 or epoch == options.epochs:
            told = {name: figures(judged(average, items, labels, device.type), labels) for name, items in apart.items()}
            (options.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
            torch.save({"network": average.state_dict(), "labels": labels.__dict__}, options.out / "model.pt")
        line = {name: {k: round(v, 3) for k, v in f.items() if isinstance(v, float)} for name, f in told.items()}
        print(f"epoch {epoch} {time.perf_counter() - start:.0f}s loss {loss.item():.3f} {json.dumps(line)}", flush=True)


def _optimizer(
    network: PairNetwork, steps: int, factor: float
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    told = [(name, part) for name, part in network.named_parameters() if part.requires_grad]
    encoder = [part for name, part in told if name.startswith("encoder.")]
    heads = [part for name, part in told if not name.startswith("encoder.")]
    rates = [_RATE * factor, _HEADS_RATE * factor]
    groups = [{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, steps, pct_start=_WARMING)


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    for old, new in zip(average.parameters(), network.parameters(), strict=True):
        old.lerp_(new, 1 - keep)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="go on from the weights of this model.pt")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual learning rates")
    parser.add_argument("--judge-each", type=int, default=2)
    parser.add_argument("--without", nargs="*", default=[], help="files to leave out, by their stem")
    return parser.parse_args()


if __name__ == "__main__":
    main()
