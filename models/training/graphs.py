"""The ONNX graphs of both encoders, for export.py.

Input: input_ids and attention_mask, int64 [batch, length]. Output: last_hidden_state, float32 [batch, length,
dimensions], made so that plain mean pooling and unit length give the text's vector.
Weights travel as 8 bits with scales and are floats before the first text: the runtime folds the products of
constants when it starts.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from context import REACH, SHARPNESS, SPREAD, USUAL_LENGTH

MAXIMUM_TOKENS = 512


def quantize(table):
    """float32 [v, d] -> int8 [v, d] and float32 [v, 1]: row = int8 * scale."""
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    return np.clip(np.round(table / scales), -127, 127).astype(np.int8), scales.astype(np.float32)


class Graph:
    """Nodes and constants as they are named. A call adds one node and gives the name of its output."""

    def __init__(self):
        self.nodes, self.constants = [], {}

    def constant(self, name, value):
        self.constants.setdefault(name, np.asarray(value))
        return name

    def number(self, value):
        return self.constant(f"number_{value}", np.array(value, dtype=np.float32))

    def axes(self, *values):
        return self.constant("axes_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def index(self, value):
        return self.constant(f"index_{value}", np.array(value, dtype=np.int64))

    def __call__(self, kind, *inputs, name=None, **attributes):
        output = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def float(self, value):
        return self("Cast", value, to=TensorProto.FLOAT)

    def eight_bit(self, name, matrix):
        """A float matrix, stored as int8 with one scale a column."""
        quantized, scales = quantize(np.ascontiguousarray(matrix.T))
        return self("Mul", self.float(self.constant(name, np.ascontiguousarray(quantized.T))),
                    self.constant(f"{name}_scales", np.ascontiguousarray(scales.T)))

    def model(self, dimensions):
        def shape(name, dims, kind):
            return helper.make_tensor_value_info(name, kind, dims)

        text = ["batch", "length"]
        return helper.make_model(
            helper.make_graph(
                self.nodes, "sheaf",
                [shape("input_ids", text, TensorProto.INT64), shape("attention_mask", text, TensorProto.INT64)],
                [shape("last_hidden_state", [*text, dimensions], TensorProto.FLOAT)],
                [numpy_helper.from_array(value, name) for name, value in self.constants.items()],
            ),
            opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="sheaf",
        )


def common(g, places):
    """The mask as a column, how often the text has each piece, and the weight of each place.

    Uses are counted by comparing all pieces of a text with each other: for a text of 512 that is 262,144 numbers,
    twice what its vectors are.
    """
    mask = g("Unsqueeze", g.float("attention_mask"), g.axes(2), name="mask")
    same = g("Equal", g("Unsqueeze", "input_ids", g.axes(2)), g("Unsqueeze", "input_ids", g.axes(1)))
    # Padding counts none, and a power of 0 below 0 is infinite.
    uses = g("Max", g("MatMul", g.float(same), mask), g.number(1), name="uses")
    length = g("Gather", g("Shape", "input_ids"), g.index(1))
    every = g("Range", g.index(0), length, g.index(1))
    place = g("Min", every, g.index(len(places) - 1))
    weights = g.constant("places", places[:, None].astype(np.float32))
    return mask, uses, g("Gather", weights, place, name="place_weights")


def pieces(g, quantized, scales):
    """Each piece's row of the table, float32 [batch, length, dimensions]."""
    rows = g.float(g("Gather", g.constant("table", quantized), "input_ids"))
    return g("Mul", rows, g("Gather", g.constant("scales", scales), "input_ids"), name="pieces")


# The constants by which the site reads this graph's table without a runtime.
LOOKUP = {"table": "table", "scales": "scales", "places": "places", "power": "minus_damping"}


def graph_of_tokens(quantized, scales, places, damping):
    """Each piece's vector, which holds its weight, times the weights of its place and of its uses."""
    g = Graph()
    mask, uses, place_weights = common(g, places)
    damped = g("Pow", uses, g.constant("minus_damping", np.array(-damping, dtype=np.float32)))
    factors = g("Mul", mask, g("Mul", damped, place_weights))
    g("Mul", pieces(g, quantized, scales), factors, name="last_hidden_state")
    return g.model(quantized.shape[1])


def graph_of_context(model, quantized, scales, of_piece):
    """context.Context with its table as int8; `of_piece` is float16 [vocabulary, 3]: weight, length, damping."""
    g = Graph()
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    mask, uses, place_weights = common(g, np.append(np.exp(state["places"]), 1))
    vectors = pieces(g, quantized, scales)

    # Floats before the lookup: graphics cards without 16-bit arithmetic refuse to read them otherwise.
    own = g("Gather", g.float(g.constant("of_piece", of_piece)), "input_ids")
    weight, by_length, damping = (g("Gather", own, g.axes(i), axis=2) for i in range(3))
    count = g("Max", g("ReduceSum", mask, g.axes(1)), g.number(1))
    log_length = g("Log", g("Div", count, g.number(USUAL_LENGTH)))
    logits = g("Add", weight, g("Mul", by_length, log_length))
    given = g("Mul", g("Mul", place_weights, mask), g("Pow", uses, g("Neg", damping)), name="given")

    def column(value):
        return g("Transpose", value, perm=[0, 2, 1])

    def unit(value):
        length = g("ReduceL2", value, axes=[2], keepdims=1)
        return g("Div", value, g("Max", length, g.constant("tiny", np.array(1e-12, dtype=np.float32))))

    def weigh(value):
        return g("Mul", g("Softplus", value), given)

    def pool(weights, rows):
        return g("MatMul", column(weights), rows)

    first = unit(pool(weigh(logits), vectors))
    asked = g("MatMul", first, g.eight_bit("question", SHARPNESS * state["question"]))
    answers = g("Mul", g("MatMul", unit(vectors), column(asked)), mask)
    lending = g.constant("lending", state["lending"][None, None, :].astype(np.float32))
    lent = column(g("Conv", column(answers), lending, pads=[SPREAD, SPREAD]))
    logits = g("Add", logits, lent)
    if not model.window:
        g("Mul", vectors, weigh(logits), name="last_hidden_state")
        return g.model(quantized.shape[1])

    # LayerNormalization wants weights of its own.
    one = g.constant("ones", np.ones(quantized.shape[1], dtype=np.float32))
    normal = g("Mul", g("LayerNormalization", vectors, one, axis=-1, epsilon=1e-5), mask)
    views = np.concatenate(list(state["look"]), axis=1)
    seen = g("MatMul", normal, g.eight_bit("look", views))
    about = g("Add", g("MatMul", first, g.eight_bit("about", 16 * state["about"])),
              g.constant("bias", state["bias"]))
    hidden = about
    for view in range(2 * REACH + 1):
        part = g("Slice", seen, g.axes(view * model.window), g.axes((view + 1) * model.window), g.axes(2))
        hidden = g("Add", hidden, shifted(g, part, view - REACH))
    hidden = gelu(g, hidden)
    more = g("MatMul", hidden, g.constant("answer", state["answer"][:, None]))
    weights = weigh(g("Add", logits, more))
    found = g("MatMul", hidden, g.eight_bit("find", state["find"]))
    g("Mul", g("Add", vectors, found), weights, name="last_hidden_state")
    return g.model(quantized.shape[1])


def shifted(g, value, step):
    """What stands `step` places further, nothing beyond the ends."""
    if step == 0:
        return value
    before, after = max(0, -step), max(0, step)
    wide = g("Pad", value, g.constant(f"pad_{before}_{after}", np.array([0, before, 0, 0, after, 0], dtype=np.int64)))
    # As many places as there were: from `after` on, all but `before` at the end.
    return g("Slice", wide, g.axes(after), g.axes(-before if before else 2**31), g.axes(1))


def gelu(g, x):
    half = g("Mul", x, g.number(0.5))
    return g("Mul", half, g("Add", g("Erf", g("Mul", x, g.number(0.5**0.5))), g.number(1)))


def check(model):
    onnx.checker.check_model(model)
    return model.SerializeToString()
