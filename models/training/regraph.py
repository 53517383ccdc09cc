"""Writes a contextual model's graph anew out of the weights in its own file: for a change of graphs.py alone.

    python3 models/training/regraph.py models/sheaf-context-1

Weights stay the same numbers; the contract gets the sums of the new file and keeps all else.
"""

import json
import os
import sys
from types import SimpleNamespace

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from context import SHARPNESS
from export import GRAPH, describe_folded, write, write_graph
from graphs import graph_of_context


def read(path, vocabulary):
    """The model's parameters by their names in context.Context, in 64 bits, so that they are rounded to what they were; the
    table, its scales and its numbers a piece as stored."""
    stored = {c.name: numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}

    def floats(name):
        return stored[name].astype(np.float64) * stored[f"{name}_scales"]

    window = stored["bias"].shape[0]
    state = {
        "places": np.log(stored["places"][:-1, 0].astype(np.float64)),
        "question": floats("question") / SHARPNESS,
        "lending": stored["lending"].ravel(),
        "look": np.stack(np.split(floats("look"), len(stored["look_scales"].ravel()) // window, axis=1)),
        "about": floats("about") / 16,
        "bias": stored["bias"],
        "answer": stored["answer"].ravel(),
        "find": floats("find"),
    }
    parameters = {name: torch.from_numpy(np.array(value)) for name, value in state.items()}
    model = SimpleNamespace(window=window, state_dict=lambda: parameters)
    # A graph of graphs.py may have one row more, which is nothing's.
    return model, *(stored[name][:vocabulary] for name in ("table", "scales", "of_piece"))


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "sheaf.json"), encoding="utf-8") as file:
        contract = json.load(file)
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        vocabulary = json.load(file)["vocab_size"]
    model, *tables = read(os.path.join(folder, GRAPH), vocabulary)
    new = write_graph(folder, graph_of_context(model, *tables), model.window)
    others = [file for file in contract["files"] if file["path"] not in {file["path"] for file in new}]
    at = [file["path"] for file in contract["files"]].index(GRAPH)
    contract["files"] = [*others[:at], *new, *others[at:]]
    write(folder, "sheaf.json", {**contract, "compute": "lookup", **describe_folded(model.window)})


if __name__ == "__main__":
    main()
