"""Checkpoint -> a model folder in the transformers.js layout.

    python3 models/training/export.py --work WORK --id sheaf-tokens-1 --out models

Writes config.json, tokenizer.json, tokenizer_config.json, sheaf.json (the
contract: files with sha256, golden vectors), background.bin and
onnx/model_quantized.onnx. The table is int8 with one scale a row and already
holds each piece's weight, so that plain mean pooling gives the weighted mean.
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
from train import DIMENSIONS, NESTED, Encoder

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


def graph(quantized, scales):
    def shape(name, dims, kind):
        return helper.make_tensor_value_info(name, kind, dims)

    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["rows"], ["pieces"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", "input_ids"], ["row_scales"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["mask_column"]),
        helper.make_node("Mul", ["row_scales", "mask_column"], ["factors"]),
        helper.make_node("Mul", ["pieces", "factors"], ["last_hidden_state"]),
    ]
    return helper.make_model(
        helper.make_graph(
            nodes, "sheaf",
            [shape("input_ids", ["batch", "length"], TensorProto.INT64),
             shape("attention_mask", ["batch", "length"], TensorProto.INT64)],
            [shape("last_hidden_state", ["batch", "length", DIMENSIONS], TensorProto.FLOAT)],
            [numpy_helper.from_array(quantized, "table"), numpy_helper.from_array(scales, "scales"),
             numpy_helper.from_array(np.array([2], dtype=np.int64), "last")],
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


def embed(processor, table, texts):
    rows = []
    for text in texts:
        row = table[processor.encode(normalize(plain(text)))[:MAXIMUM_TOKENS]].sum(axis=0)
        rows.append(row / max(np.linalg.norm(row), 1e-9))
    return np.array(rows, dtype=np.float32)


def background(papers, table):
    """Papers drawn at random from the field, int8, each row scaled to its own largest value."""
    rows = []
    for paper in np.random.default_rng(SEED).choice(papers.count, BACKGROUND_PAPERS, replace=False):
        begin, end = papers.starts[papers.firsts[paper]], papers.starts[papers.firsts[paper + 1]]
        rows.append(table[papers.ids[begin:end][:MAXIMUM_TOKENS]].sum(axis=0))
    rows = np.array(rows)
    return np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)


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
    model = Encoder()
    model.load_state_dict(torch.load(f"{a.work}/{a.name}.pt")["model"])
    quantized, scales = quantize(model.table())
    table = quantized.astype(np.float32) * scales
    onnx_model = graph(quantized, scales)
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
        write(folder, "background.bin", background(Papers(f"{a.work}/papers.npz"), table).tobytes()),
    ]
    contract = {
        "id": a.id, "name": "Sheaf tokens 1", "files": files, "dimensions": DIMENSIONS,
        "nested": sorted(NESTED), "pooling": "mean", "queryPrefix": "", "documentPrefix": "",
        "maximumTokens": MAXIMUM_TOKENS, "compute": "lookup", "date": a.date, "licence": "MIT",
        "background": "background.bin",
        "golden": {"texts": GOLDEN,
                   "vectors": [[round(float(x), 6) for x in row] for row in embed(processor, table, GOLDEN)]},
    }
    write(folder, "sheaf.json", contract)
    total = sum(f["bytes"] for f in files)
    print(f"{folder}: {total} bytes in {len(files)} files")


if __name__ == "__main__":
    main()
