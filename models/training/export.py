"""Checkpoint -> a model folder in the transformers.js layout.

    python3 models/training/export.py --work WORK --id sheaf-context-1 --date 2026-11-25 --out models

Writes config.json, tokenizer.json, tokenizer_config.json, sheaf.json (the
contract: files with sha256, golden vectors), background.bin, onnx/model_quantized.onnx and, of a
contextual encoder, onnx/model_folded.graph (graphs.py). Golden vectors and background are those of
the weights as they are stored, not as they were trained.
"""

import argparse
import copy
import hashlib
import json
import os

import numpy as np
import sentencepiece as spm
import torch
import torch.nn.functional as F

from context import Context
from graphs import FOLDED, LOOKUP, MAXIMUM_TOKENS, check, folded, graph_of_context, graph_of_tokens, quantize
from pairs import Papers
from prepare import SEED
from text import normalize, plain
from train import DIMENSIONS, NESTED, Encoder, surroundings

GRAPH, FOLDED_GRAPH = "onnx/model_quantized.onnx", "onnx/model_folded.graph"
BACKGROUND_PAPERS = 512
# Bytes; PART_BYTES of src/engine/parts.ts.
PART = 1 << 20
TEXTS_AT_ONCE = 1024
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


@torch.no_grad()
def encode(model, texts):
    """Sums [texts, dimensions] of texts as lists of ids; zero for an empty one."""
    rows = []
    for at in range(0, len(texts), TEXTS_AT_ONCE):
        some = [np.array(ids[:MAXIMUM_TOKENS], dtype=np.int64) for ids in texts[at : at + TEXTS_AT_ONCE]]
        ids = np.concatenate(some)
        offsets = np.cumsum([0] + [len(text) for text in some])[:-1]
        rows.append(model(*map(torch.from_numpy, (ids, offsets, *surroundings(ids, offsets)))).numpy())
    return np.concatenate(rows)


def embed(processor, model, texts):
    """Unit rows, float32 [texts, dimensions]."""
    rows = encode(model, [processor.encode(normalize(plain(text))) for text in texts])
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def background(papers, model):
    """Papers drawn at random from the field, int8, each row scaled to its own largest value."""
    texts = []
    for paper in np.random.default_rng(SEED).choice(papers.count, BACKGROUND_PAPERS, replace=False):
        begin, _, end = papers.whole(paper)
        texts.append(papers.ids[begin:end])
    rows = encode(model, texts)
    return np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)


def load(work, name):
    """A checkpoint of train.py or of context.py."""
    saved = torch.load(f"{work}/{name}.pt", map_location="cpu")
    model = Context(saved["asked"]["window"]) if "question" in saved["model"] else Encoder()
    model.load_state_dict(saved["model"])
    return model.eval()


def rounded(matrix):
    """By columns, as graphs.Graph.eight_bit stores it."""
    quantized, scales = quantize(matrix.numpy().T)
    return torch.from_numpy((quantized * scales).T.copy())


def stored(model):
    """The model as its file has it, and that file's graph."""
    model = copy.deepcopy(model)
    if isinstance(model, Encoder):
        weights = F.softplus(model.weights.data)
        quantized, scales = quantize((model.vectors.data * weights[:, None]).numpy())
        model.vectors.data = torch.from_numpy(quantized * scales) / weights[:, None]
        places = model.place_weights().detach().numpy()
        return model, graph_of_tokens(quantized, scales, places, model.damping.item())
    quantized, scales = quantize(model.vectors.data.numpy())
    of_piece = torch.stack([model.weights, model.lengths, model.dampings], dim=1).detach().half()
    graph = graph_of_context(model, quantized, scales, of_piece.numpy())
    model.vectors.data = torch.from_numpy(quantized * scales)
    model.weights.data, model.lengths.data, model.dampings.data = of_piece.float().T.contiguous()
    model.question.data = rounded(model.question.data)
    if model.window:
        model.about.data, model.find.data = rounded(model.about.data), rounded(model.find.data)
        model.look.data = torch.stack([rounded(view) for view in model.look.data])
    return model, graph


def write(folder, path, data):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    data = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with open(full, "wb") as file:
        file.write(data)
    file = {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    if len(data) > PART:
        # Of each part too, so that a browser fetches again only the one that came wrong.
        file["parts"] = [hashlib.sha256(data[at : at + PART]).hexdigest() for at in range(0, len(data), PART)]
    return file


def write_graph(folder, graph, window):
    """The graph, and of one with a window what is left of it where its products are made by the site."""
    data = check(graph)
    files = [write(folder, GRAPH, data)]
    if window:
        files.append(write(folder, FOLDED_GRAPH, folded(data, os.path.basename(GRAPH))))
    return files


def describe_folded(window):
    return {"folded": {"path": FOLDED_GRAPH, **FOLDED, "width": window}} if window else {}


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
    model, graph = stored(load(a.work, a.name))
    files = [
        write(folder, "config.json", {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_size": DIMENSIONS,
            "vocab_size": len(processor), "pad_token_id": 1, "max_position_embeddings": MAXIMUM_TOKENS}),
        write(folder, "tokenizer.json", tokenizer(processor)),
        write(folder, "tokenizer_config.json", {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAXIMUM_TOKENS,
            "pad_token": "<pad>", "unk_token": "<unk>", "clean_up_tokenization_spaces": False}),
        *write_graph(folder, graph, getattr(model, "window", 0)),
        write(folder, "background.bin", background(Papers(f"{a.work}/papers.npz"), model).tobytes()),
    ]
    contract = {
        "id": a.id, "name": a.id.replace("-", " ").capitalize(), "files": files, "dimensions": DIMENSIONS,
        "nested": sorted(NESTED), "pooling": "mean", "queryPrefix": "", "documentPrefix": "",
        "maximumTokens": MAXIMUM_TOKENS,
        "compute": "lookup",
        **({"lookup": LOOKUP} if isinstance(model, Encoder) else describe_folded(model.window)),
        "date": a.date, "licence": "MIT",
        "background": "background.bin",
        "golden": {"texts": GOLDEN,
                   "vectors": [[round(float(x), 6) for x in row] for row in embed(processor, model, GOLDEN)]},
    }
    write(folder, "sheaf.json", contract)
    total = sum(f["bytes"] for f in files)
    print(f"{folder}: {total} bytes in {len(files)} files")


if __name__ == "__main__":
    main()
