"""Writing a model folder that `rasd.annotating.neural` loads: the ONNX graph, vectors, words, names, configuration."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from rasd.annotating.model import LABELS
from rasd.training.net import Tagger

_OPSET = 17


def write_model(
    folder: Path,
    net: Tagger,
    *,
    model: str,
    version: str,
    words: Sequence[str],
    vectors: NDArray[np.int8],
    scales: NDArray[np.float32],
    names: Sequence[tuple[str, int]],
    lists: Sequence[str],
    letters: str,
    calibration: tuple[float, float],
) -> None:
    """Write the files of a model folder; those of an older model are replaced.

    Args:
        folder: made if missing.
        net: the fitted net.
        model: the model's name.
        version: changes whenever the weights do.
        words: the words that have a vector.
        vectors: (words + 1, D); the unknown word's last.
        scales: (words + 1,).
        names: name and mask of the lists that hold it.
        lists: what the bits of the mask mean.
        letters: those the net tells apart.
        calibration: slope and offset of the log odds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
    (folder / "names.txt").write_text("".join(f"{name}\t{mask:x}\n" for name, mask in names), encoding="utf-8")
    np.savez(folder / "vectors.npz", vectors=vectors, scales=scales)
    transitions = net.crf.scores().detach().double().numpy().round(6)
    config = {
        "model": model,
        "version": version,
        "labels": list(LABELS),
        "lists": list(lists),
        "letters": letters,
        "calibration": [round(value, 6) for value in calibration],
        "transitions": transitions.tolist(),
    }
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "net.onnx").write_bytes(onnx_graph(net))


def onnx_graph(net: Tagger) -> bytes:
    """Return the net as an ONNX graph with half-precision weights, computing in single precision.

    Inputs are the fields of `rasd.annotating.features.Batch` with the vectors of `word` and `stem` in place of their
    rows; the output `emissions` is (N, T, 9). Activations are not quantised: their scale would depend on
    whatever else is in the batch, and so would the tags.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes: list[Any] = []
    constants: list[Any] = []

    def weight(name: str, value: Tensor | NDArray[np.float32]) -> str:
        array = np.asarray(value.detach().numpy() if isinstance(value, Tensor) else value, dtype=np.float16)
        constants.append(numpy_helper.from_array(array, name + ".half"))
        return node("Cast", [name + ".half"], name, to=TensorProto.FLOAT)

    def number(name: str, value: Sequence[int]) -> str:
        constants.append(numpy_helper.from_array(np.array(value, dtype=np.int64), name))
        return name

    def node(kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    shape = net.shape
    encoder = net.encoder
    spread = node("Gather", [weight("letter", encoder.letter.weight), "chars"], "letters")
    spread = node("Transpose", [spread], "letters.across", perm=[0, 2, 1])
    filters = [weight("filters", encoder.filters.weight), weight("filters.bias", _bias(encoder.filters))]
    spread = node("Conv", [spread, *filters], "filtered", kernel_shape=[3], pads=[1, 1])
    spread = node("Relu", [node("ReduceMax", [spread], "strongest", axes=[2], keepdims=0)], "spelling")
    clitics = node("Gather", [weight("clitic.table", encoder.clitic.weight), "clitic"], "clitics")
    word = node("Concat", ["word", "stem", spread, clitics, "lists"], "described", axis=1)
    word = _linear(node, weight, word, encoder.mix, "mix")
    rows = node("Gather", [word, node("Transpose", ["index"], "index.across", perm=[1, 0])], "rows")  # (T, N, …)
    phrases = node("Transpose", ["phrases"], "phrases.across", perm=[1, 0, 2])
    x = node("Concat", [rows, phrases], "x", axis=2)
    ways = (net.onward, net.homeward)
    stacked = {
        "W": np.stack([_gates(way.weight_ih_l0) for way in ways]),
        "R": np.stack([_gates(way.weight_hh_l0) for way in ways]),
        "B": np.stack([np.concatenate([_gates(way.bias_ih_l0), _gates(way.bias_hh_l0)]) for way in ways]),
    }
    x = node(
        "LSTM",
        [x, *(weight(f"lstm.{name}", value) for name, value in stacked.items()), "lengths"],
        "states",
        direction="bidirectional",
        hidden_size=shape.hidden,
    )  # (T, 2, N, H)
    x = node("Transpose", [x], "states.across", perm=[2, 0, 1, 3])
    x = node("Reshape", [x, number("joined", [0, 0, 2 * shape.hidden])], "states.joined")
    x = node("Tanh", [_linear(node, weight, x, net.hidden, "hidden")], "hidden.tanh")
    x = _linear(node, weight, x, net.out, "out")
    nodes.append(helper.make_node("Identity", [x], ["emissions"]))

    kinds = {
        "clitic": TensorProto.INT32,
        "chars": TensorProto.INT32,
        "index": TensorProto.INT32,
        "lengths": TensorProto.INT32,
    }
    sizes: dict[str, list[str | int]] = {
        "word": ["U", shape.vector],
        "stem": ["U", shape.vector],
        "clitic": ["U"],
        "chars": ["U", "C"],
        "lists": ["U", 2 * shape.lists],
        "index": ["N", "T"],
        "phrases": ["N", "T", 2 * shape.lists],
        "lengths": ["N"],
    }
    graph = helper.make_graph(
        nodes,
        "rasd",
        [helper.make_tensor_value_info(name, kinds.get(name, TensorProto.FLOAT), size) for name, size in sizes.items()],
        [helper.make_tensor_value_info("emissions", TensorProto.FLOAT, ["N", "T", len(LABELS)])],
        constants,
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="rasd", ir_version=8)
    onnx.checker.check_model(made)
    return bytes(made.SerializeToString(deterministic=True))


def _bias(layer: Any) -> Tensor:
    assert layer.bias is not None
    bias: Tensor = layer.bias
    return bias


def _linear(node: Any, weight: Any, x: str, layer: Any, name: str) -> str:
    product = node("MatMul", [x, weight(f"{name}.weight", layer.weight.T)], f"{name}.product")
    added: str = node("Add", [product, weight(f"{name}.bias", _bias(layer))], f"{name}.sum")
    return added


def _gates(value: Any) -> NDArray[np.float32]:
    """Reorder torch's gates (input, forget, cell, output) to ONNX's (input, output, forget, cell)."""
    i, f, c, o = value.detach().numpy().reshape(4, -1, *value.shape[1:])
    return np.concatenate([i, o, f, c])
