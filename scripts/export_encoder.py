"""Writes what ships of the encoder: its layers as an ONNX file of 8-bit weights, and its words.

    python scripts/export_encoder.py WEIGHTS.safetensors DATA.jsonl --model FOLDER

The table of words is kept with those pieces that DATA.jsonl has, those that words are cut down to,
and the most frequent others. A piece of a sentence gives its own logits: their mean is the
sentence's. `training.json` has the hashes of all. Needed are onnx, onnxruntime, tokenizers and
safetensors.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from textmine.pipeline.learned.weights import as_text, dumped

TARGET: Final = Path(__file__).parents[1] / "textmine" / "pipeline" / "encoder"
FREQUENT: Final = 16_000
"""BERT numbers its pieces from the most frequent down: those before this one are kept."""
OPSET: Final = 20

Array = NDArray[Any]


class Graph:
    """The layers, node by node."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def add(self, kind: str, *inputs: str, **options: Any) -> str:
        """A node; gives the name of its output."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **options))
        return name

    def given(self, name: str, values: Array) -> str:
        """Weights under a name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def linear(self, x: str, weights: dict[str, Array], name: str) -> str:
        """A linear layer."""
        product = self.add("MatMul", x, self.given(f"{name}.weight", weights[f"{name}.weight"].T))
        return self.add("Add", product, self.given(f"{name}.bias", weights[f"{name}.bias"]))

    def norm(self, x: str, weights: dict[str, Array], name: str, epsilon: float) -> str:
        """A layer's norm."""
        parts = [
            self.given(f"{name}.{kind}", weights[f"{name}.{kind}"]) for kind in ("weight", "bias")
        ]
        return self.add("LayerNormalization", x, *parts, axis=-1, epsilon=epsilon)

    def layer(self, x: str, weights: dict[str, Array], name: str, settings: dict[str, Any]) -> str:
        """One layer of BERT."""
        width, spread = settings["hidden_size"], settings["num_attention_heads"]
        epsilon = settings["layer_norm_eps"]
        every = self.linear(x, weights, f"{name}.attend")
        parts = []
        for n, part in enumerate(("query", "key", "value")):
            ends = [
                self.given(f"{name}.{part}{i}", np.array([v]))
                for i, v in enumerate((n * width, (n + 1) * width))
            ]
            own = self.add("Slice", every, *ends, self.given(f"{name}.{part}axis", np.array([2])))
            shape = self.given(f"{name}.{part}shape", np.array([0, 0, spread, width // spread]))
            split = self.add("Reshape", own, shape)
            parts.append(
                self.add("Transpose", split, perm=[0, 2, 3, 1] if part == "key" else [0, 2, 1, 3])
            )
        query, key, value = parts
        scale = self.given(f"{name}.scale", np.array((width // spread) ** -0.5, np.float32))
        scores = self.add("Mul", self.add("MatMul", query, key), scale)
        seen = self.add("MatMul", self.add("Softmax", scores, axis=-1), value)
        flat = self.given(f"{name}.flat", np.array([0, 0, width]))
        joined = self.add("Reshape", self.add("Transpose", seen, perm=[0, 2, 1, 3]), flat)
        x = self.norm(
            self.add("Add", x, self.linear(joined, weights, f"{name}.output")),
            weights,
            f"{name}.norm",
            epsilon,
        )
        inner = self.add("Gelu", self.linear(x, weights, f"{name}.widen"))
        whole = self.add("Add", x, self.linear(inner, weights, f"{name}.narrow"))
        return self.norm(whole, weights, f"{name}.last_norm", epsilon)


def graph_of(weights: dict[str, Array], settings: dict[str, Any]) -> onnx.ModelProto:
    """The whole: from rows of words with their positions to the logits of each piece."""
    graph = Graph()
    x = graph.norm("words", weights, "norm", settings["layer_norm_eps"])
    for number in range(settings["num_hidden_layers"]):
        x = graph.layer(x, weights, f"layers.{number}", settings)
    last = graph.linear(x, weights, "heads")
    width = settings["hidden_size"]
    inputs = [
        helper.make_tensor_value_info("words", TensorProto.FLOAT, ["rows", "pieces", width]),
    ]
    count = len(weights["heads.bias"])
    output = helper.make_tensor_value_info(last, TensorProto.FLOAT, ["rows", "pieces", count])
    made = helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    return model


def quantized(model: onnx.ModelProto) -> bytes:
    """The model with 8-bit weights, a scale for each column; 7 bits, as older processors need."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "float.onnx"), Path(folder, "int8.onnx")
        onnx.save(model, source)
        quantize_dynamic(
            source,
            target,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[model.graph.node[-2].name],  # the heads
            extra_options={"MatMulConstBOnly": True},
        )
        return target.read_bytes()


def pieces_of(data: Path, tokenizer: Tokenizer) -> list[str]:
    """The pieces that are kept, the padding first, so that 0 stands for it."""
    rows = map(json.loads, data.read_text(encoding="utf-8").splitlines())
    texts = [text for row in rows for text in (row["section"], row["text"])]
    used = {n for one in tokenizer.encode_batch(texts) for n in one.ids}
    kept = []
    for piece, number in sorted(tokenizer.get_vocab().items(), key=lambda each: each[1]):
        plain = piece.removeprefix("##")
        frequent = number < FREQUENT and plain.isascii() and plain.isalnum()
        special = piece in {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
        if number in used or special or frequent or (len(plain) == 1 and plain.isascii()):
            kept.append(piece)
    return kept


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=Path, help="what train_encoder.py saved")
    parser.add_argument("data", type=Path, help="what teacher_data.py wrote")
    parser.add_argument("--model", type=Path, required=True, help="the folder of the base model")
    parser.add_argument("--output", type=Path, default=TARGET)
    given = parser.parse_args()
    weights = load_file(given.weights)
    settings = json.loads((given.model / "config.json").read_text())
    tokenizer = Tokenizer.from_file(str(given.model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = pieces_of(given.data, tokenizer)
    base = load_file(given.model / "model.safetensors")["embeddings.word_embeddings.weight"]
    rows = base[[tokenizer.token_to_id(piece) for piece in pieces]]
    scales = np.abs(rows).max(axis=1) / 127
    labels = [label for row in _rows(given.data) for label in row["labels"] or ()]
    arrays = {
        "themes": as_text(sorted({theme for label in labels for theme in label["themes"]})),
        "pieces": as_text(pieces),
        "rows": np.rint(rows / scales[:, None]).astype(np.int8),
        "scales": scales.astype(np.float32),
        "positions": weights["positions.weight"].astype(np.float16),
    }
    files = {"encoder.npz": dumped(arrays), "encoder.onnx": quantized(graph_of(weights, settings))}
    for name, content in files.items():
        (given.output / name).write_bytes(content)
        print(name, f"{len(content):,} bytes")
    sources = {
        "weights": given.weights,
        "data": given.data,
        "base model": given.model / "model.safetensors",
    }
    record = {
        "by": "scripts/export_encoder.py",
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        "made from": {
            name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sources.items()
        },
    }
    (given.output / "training.json").write_text(json.dumps(record, indent=1) + "\n")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
