"""Checkpoint -> a model folder in the transformers.js layout.

    python3 models/training/export.py --work WORK --id sheaf-tokens-2 --date 2026-11-25 --out models

Writes config.json, tokenizer.json, tokenizer_config.json, sheaf.json (the
contract: files with sha256, golden vectors), background.bin and
onnx/model_quantized.onnx. The table is int8 with one scale a row and already
holds each piece's weight; the graph adds the weights of places and of pieces that
come again, so that plain mean pooling gives the weighted mean.
"""

import argparse
import hashlib
import json
import os

import numpy as np
import onnx
import sentencepiece as spm
import torch
from onnx import TensorProto, helper, numpy_helper

from pairs import Papers
from prepare import SEED
from text import normalize, plain
from train import DIMENSIONS, NESTED, Encoder, surroundings

MAXIMUM_TOKENS = 512
BACKGROUND_PAPERS = 512
GOLDEN = [
    "3D Gaussian splatting compression with small neural networks",
    "pruning and distillation of large language models",
    "MLP-Mixer: an all-MLP architecture for vision",
    "Kolmogorov–Arnold networks",
    "time series forecasting in the frequency domain",
    "DεpS: delayed ε-shrinking for faster once-for-all training",
    "running a language model on a phone",
    "protein folding",
]


def quantize(table):
    """float32 [v, d] -> int8 [v, d] and float32 [v, 1]: row = int8 * scale."""
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    return np.clip(np.round(table / scales), -127, 127).astype(np.int8), scales.astype(np.float32)


def graph(quantized, scales, places, damping):
    """last_hidden_state: each piece's vector times its weights.

    How often a text has a piece is counted by comparing all its pieces with each other: for a text of 512 that
    is 262,144 numbers, twice what its vectors are.
    """
    def shape(name, dims, kind):
        return helper.make_tensor_value_info(name, kind, dims)

    def node(kind, inputs, output, **attributes):
        return helper.make_node(kind, inputs, [output], **attributes)

    constants = {
        "table": quantized, "scales": scales, "places": places[:, None].astype(np.float32),
        "minus_damping": np.array(-damping, dtype=np.float32), "one_use": np.array(1, dtype=np.float32),
        "zero": np.array(0, dtype=np.int64), "one": np.array(1, dtype=np.int64),
        "axis_1": np.array([1], dtype=np.int64), "axis_2": np.array([2], dtype=np.int64),
        "last_place": np.array(len(places) - 1, dtype=np.int64),
    }
    nodes = [
        node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT),
        node("Unsqueeze", ["mask", "axis_2"], "mask_column"),
        # How often the text has the piece.
        node("Unsqueeze", ["input_ids", "axis_2"], "id_column"),
        node("Unsqueeze", ["input_ids", "axis_1"], "id_row"),
        node("Equal", ["id_column", "id_row"], "same"),
        node("Cast", ["same"], "same_as_number", to=TensorProto.FLOAT),
        node("MatMul", ["same_as_number", "mask_column"], "counted"),
        # Padding counts none, and a power of 0 below 0 is infinite.
        node("Max", ["counted", "one_use"], "uses"),
        node("Pow", ["uses", "minus_damping"], "damped"),
        # Where it stands.
        node("Shape", ["input_ids"], "size"),
        node("Gather", ["size", "one"], "length"),
        node("Range", ["zero", "length", "one"], "every_place"),
        node("Min", ["every_place", "last_place"], "place"),
        node("Gather", ["places", "place"], "place_weights"),
        # What it is.
        node("Gather", ["table", "input_ids"], "rows"),
        node("Cast", ["rows"], "pieces", to=TensorProto.FLOAT),
        node("Gather", ["scales", "input_ids"], "row_scales"),
        node("Mul", ["row_scales", "mask_column"], "of_piece"),
        node("Mul", ["damped", "place_weights"], "of_text"),
        node("Mul", ["of_piece", "of_text"], "factors"),
        node("Mul", ["pieces", "factors"], "last_hidden_state"),
    ]
    return helper.make_model(
        helper.make_graph(
            nodes, "sheaf",
            [shape("input_ids", ["batch", "length"], TensorProto.INT64),
             shape("attention_mask", ["batch", "length"], TensorProto.INT64)],
            [shape("last_hidden_state", ["batch", "length", DIMENSIONS], TensorProto.FLOAT)],
            [numpy_helper.from_array(value, name) for name, value in constants.items()],
        ),
        opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="sheaf",
    )


def tokenizer(processor):
    pieces = [[processor.id_to_piece(i), round(processor.get_score(i), 4)] for i in range(len(processor))]
    # A zero score would make these two the likeliest pieces of all.
    pieces[0], pieces[1] = ["<unk>", 0], ["<pad>", 0]
    special = [{"id": i, "content": pieces[i][0], "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False, "special": True} for i in (0, 1)]
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"},
            {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "},
            {"type": "Strip", "strip_left": True, "strip_right": True}]},
        "pre_tokenizer": metaspace, "post_processor": None, "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": 0, "vocab": pieces, "byte_fallback": False},
    }


def pooled(table, places, damping, ids):
    """The sum of a text's weighted vectors, as the graph and mean pooling have it but for its length."""
    ids = np.array(ids[:MAXIMUM_TOKENS], dtype=np.int64)
    if len(ids) == 0:
        return np.zeros(table.shape[1], dtype=np.float32)
    place, uses = surroundings(ids, np.array([0]))
    return (places[place] * uses ** -damping).astype(np.float32) @ table[ids]


def embed(processor, weights, texts):
    rows = []
    for text in texts:
        row = pooled(*weights, processor.encode(normalize(plain(text))))
        rows.append(row / max(np.linalg.norm(row), 1e-9))
    return np.array(rows, dtype=np.float32)


def background(papers, weights):
    """Papers drawn at random from the field, int8, each row scaled to its own largest value."""
    rows = []
    for paper in np.random.default_rng(SEED).choice(papers.count, BACKGROUND_PAPERS, replace=False):
        begin, _, end = papers.whole(paper)
        rows.append(pooled(*weights, papers.ids[begin:end]))
    rows = np.array(rows)
    return np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)


def load(work, name):
    model = Encoder()
    model.load_state_dict(torch.load(f"{work}/{name}.pt")["model"])
    return model


def write(folder, path, data):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    data = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with open(full, "wb") as file:
        file.write(data)
    return {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--name", default="encoder")
    arguments.add_argument("--id", required=True)
    arguments.add_argument("--date", required=True)
    arguments.add_argument("--out", required=True)
    a = arguments.parse_args()
    folder = os.path.join(a.out, a.id)
    processor = spm.SentencePieceProcessor(model_file=f"{a.work}/vocabulary.model")
    model = load(a.work, a.name)
    quantized, scales = quantize(model.table())
    places, damping = model.place_weights().detach().numpy(), model.damping.item()
    weights = (quantized.astype(np.float32) * scales, places, damping)
    onnx_model = graph(quantized, scales, places, damping)
    onnx.checker.check_model(onnx_model)
    files = [
        write(folder, "config.json", {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_size": DIMENSIONS,
            "vocab_size": len(processor), "pad_token_id": 1, "max_position_embeddings": MAXIMUM_TOKENS}),
        write(folder, "tokenizer.json", tokenizer(processor)),
        write(folder, "tokenizer_config.json", {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAXIMUM_TOKENS,
            "pad_token": "<pad>", "unk_token": "<unk>", "clean_up_tokenization_spaces": False}),
        write(folder, "onnx/model_quantized.onnx", onnx_model.SerializeToString()),
        write(folder, "background.bin", background(Papers(f"{a.work}/papers.npz"), weights).tobytes()),
    ]
    contract = {
        "id": a.id, "name": a.id.replace("-", " ").capitalize(), "files": files, "dimensions": DIMENSIONS,
        "nested": sorted(NESTED), "pooling": "mean", "queryPrefix": "", "documentPrefix": "",
        "maximumTokens": MAXIMUM_TOKENS, "compute": "lookup", "date": a.date, "licence": "MIT",
        "background": "background.bin",
        "golden": {"texts": GOLDEN,
                   "vectors": [[round(float(x), 6) for x in row] for row in embed(processor, weights, GOLDEN)]},
    }
    write(folder, "sheaf.json", contract)
    total = sum(f["bytes"] for f in files)
    print(f"{folder}: {total} bytes in {len(files)} files")


if __name__ == "__main__":
    main()
