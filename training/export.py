"""The trained network as what `detente` loads: the encoder as ONNX int8, the heads as half floats, labels, tokenizer.

    python training/export.py build/model BASE_ENCODER_FOLDER --out detente/data/encoder

Says how far the int8 encoder's types differ from the network's own on the development part.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import LINKS, PairNetwork, load_encoder
from torch import Tensor, nn

from examples import LONGEST, WEIGHTS

# onnx.TensorProto.FLOAT: what the quantizer takes a tensor for whose type it cannot infer.
_FLOAT = 1


class _Hidden(nn.Module):
    """The encoder with its vectors as its only output."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Any:
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def load_trained(folder: Path, base: str) -> tuple[PairNetwork, dict[str, list[str]]]:
    """The network of model.pt with the labels of its heads."""
    stored = torch.load(folder / "model.pt", map_location="cpu", weights_only=True)
    labels = {name: list(classes) for name, classes in stored["labels"].items()}
    encoder, _ = load_encoder(base)
    network = PairNetwork(encoder, encoder.config.hidden_size, {name: len(labels[name]) for name in WEIGHTS})
    network.load_state_dict(stored["network"])
    return network.eval(), labels


def export(network: PairNetwork, labels: dict[str, list[str]], base: str, out: Path) -> None:
    """Write encoder.onnx, heads.npz, labels.json and tokenizer.json; whole files replace the old ones."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    network.encoder.config._attn_implementation = "eager"
    embeddings = network.encoder.embeddings
    embeddings.position_embeddings.weight = nn.Parameter(embeddings.position_embeddings.weight[:LONGEST].clone())
    example = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "texts", 1: "tokens"} for name in ("input_ids", "attention_mask", "hidden")}
    with tempfile.TemporaryDirectory() as work:
        whole = f"{work}/encoder.onnx"
        torch.onnx.export(
            _Hidden(network.encoder).eval(),
            (example, example),
            whole,
            input_names=["input_ids", "attention_mask"],
            output_names=["hidden"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        options = {"DefaultTensorType": _FLOAT}
        quantize_dynamic(
            whole, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, extra_options=options
        )
    heads = {"missing": network.missing, **_linear("asking", network.asking), **_linear("finding", network.finding)}
    heads |= _linear("answering", network.answering)
    heads |= _linear("mixing", network.mixing[1])
    for name in WEIGHTS:
        heads |= _linear(name, network.heads[f"of_{name}"])
    speech = network.speech
    heads |= _linear("tagging", speech.tagging)
    for part in LINKS:
        heads |= _linear(f"asking.{part}", speech.asking[part]) | _linear(f"answering.{part}", speech.answering[part])
        heads |= {f"nothing.{part}": speech.nothing[part], f"distance.{part}": speech.distance[part]}
    np.savez_compressed(
        out / "heads.npz", **{name: part.detach().numpy().astype(np.float16) for name, part in heads.items()}
    )
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    shutil.copy(f"{base}/tokenizer.json", out / "tokenizer.json")


def _linear(name: str, layer: nn.Module) -> dict[str, Tensor]:
    return {f"{name}.weight": layer.weight, f"{name}.bias": layer.bias}


def main() -> None:
    """Export the trained network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("encoder")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network, labels = load_trained(options.model, options.encoder)
    export(network, labels, options.encoder, options.out)
    print(f"{options.out}: {sum(f.stat().st_size for f in options.out.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
