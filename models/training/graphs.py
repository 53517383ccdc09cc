"""The ONNX graphs of both encoders, for export.py.

Input: input_ids and attention_mask, int64 [batch, length]. Output: last_hidden_state, float32 [batch, length,
dimensions], made so that plain mean pooling and unit length give the text's vector; of the contextual encoder also
sentence_embedding, float32 [batch, dimensions], that vector but for its length.
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

    def model(self, dimensions, *of_texts):
        """`of_texts`: names of outputs with a row a text, besides the one with a row a piece."""
        def shape(name, dims, kind):
            return helper.make_tensor_value_info(name, kind, dims)

        text = ["batch", "length"]
        return helper.make_model(
            helper.make_graph(
                self.nodes, "sheaf",
                [shape("input_ids", text, TensorProto.INT64), shape("attention_mask", text, TensorProto.INT64)],
                [shape("last_hidden_state", [*text, dimensions], TensorProto.FLOAT),
                 *(shape(name, ["batch", dimensions], TensorProto.FLOAT) for name in of_texts)],
                [numpy_helper.from_array(value, name) for name, value in self.constants.items()],
            ),
            opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="sheaf",
        )


def common(g, places):
    """The mask as a column, and the weight of each place."""
    mask = g("Unsqueeze", g.float("attention_mask"), g.axes(2), name="mask")
    length = g("Gather", g("Shape", "input_ids"), g.index(1))
    every = g("Range", g.index(0), length, g.index(1))
    place = g("Min", every, g.index(len(places) - 1))
    weights = g.constant("places", places[:, None].astype(np.float32))
    return mask, g("Gather", weights, place, name="place_weights")


def compared_uses(g, mask):
    """How often the text has each piece, by comparing all pieces of a text with each other: for a text of 512 that is
    262,144 numbers, twice what its vectors are. The graph of tokens that ships has it in this form."""
    same = g("Equal", g("Unsqueeze", "input_ids", g.axes(2)), g("Unsqueeze", "input_ids", g.axes(1)))
    # Padding counts none, and a power of 0 below 0 is infinite.
    return g("Max", g("MatMul", g.float(same), mask), g.number(1), name="uses")


def counted_uses(g, vocabulary):
    """The same by counters, 4 bytes a piece of the vocabulary for each text: for abstracts that takes a seventh of the
    graph's time less than comparing does, for texts of a few pieces more."""
    texts = g("Gather", g("Shape", "input_ids"), g.axes(0))
    counters = g("Concat", texts, g.axes(vocabulary), axis=0)
    counters = g("ConstantOfShape", counters, value=numpy_helper.from_array(np.zeros(1, dtype=np.float32)))
    counters = g("ScatterElements", counters, "input_ids", g.float("attention_mask"), axis=1, reduction="add")
    uses = g("Unsqueeze", g("GatherElements", counters, "input_ids", axis=1), g.axes(2))
    return g("Max", uses, g.number(1), name="uses")


def pieces(g, quantized, scales):
    """Each piece's row of the table, float32 [batch, length, dimensions]."""
    rows = g.float(g("Gather", g.constant("table", quantized), "input_ids"))
    return g("Mul", rows, g("Gather", g.constant("scales", scales), "input_ids"), name="pieces")


# The constants by which the site reads this graph's table without a runtime.
LOOKUP = {"table": "table", "scales": "scales", "places": "places", "power": "minus_damping"}


def graph_of_tokens(quantized, scales, places, damping):
    """Each piece's vector, which holds its weight, times the weights of its place and of its uses."""
    g = Graph()
    mask, place_weights = common(g, places)
    damped = g("Pow", compared_uses(g, mask), g.constant("minus_damping", np.array(-damping, dtype=np.float32)))
    factors = g("Mul", mask, g("Mul", damped, place_weights))
    g("Mul", pieces(g, quantized, scales), factors, name="last_hidden_state")
    return g.model(quantized.shape[1])


def graph_of_context(model, quantized, scales, of_piece):
    """context.Context with its table as int8; `of_piece` is float16 [vocabulary, 3]: weight, length, damping.

    A place costs look-ups and sums alone. What a piece gives to the window is one product for the vocabulary, which the
    runtime folds when it starts: 37 MB of floats, made in some tenths of a second and in 160 MB (see `folded`). And since
    sums are linear, the hidden units are summed before their product, so each place's row of the output is the text's vector.
    """
    # The last row is nothing's: what stands beyond a text.
    nothing = len(quantized)
    quantized, scales, of_piece = (np.pad(rows, ((0, 1), (0, 0))) for rows in (quantized, scales, of_piece))
    g = Graph()
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    mask, place_weights = common(g, np.append(np.exp(state["places"]), 1))
    uses = counted_uses(g, len(quantized))
    tiny = g.constant("tiny", np.array(1e-12, dtype=np.float32))
    table = g.float(g.constant("table", quantized))
    # Rows without their scales, which go into the weights of their pieces.
    rows = g.float(g("Gather", "table", "input_ids"))
    g("Reciprocal", g("Max", g("ReduceL2", table, axes=[1], keepdims=1), tiny), name="inverse")
    # Floats before the lookup: graphics cards without 16-bit arithmetic refuse to read them otherwise.
    own = g("Concat", g.float(g.constant("of_piece", of_piece)), g.constant("scales", scales), "inverse", axis=1)
    own = g("Gather", own, "input_ids")
    weight, by_length, damping, scale, inverse = (g("Gather", own, g.axes(i), axis=2) for i in range(5))
    count = g("Max", g("ReduceSum", mask, g.axes(1)), g.number(1))
    log_length = g("Log", g("Div", count, g.number(USUAL_LENGTH)))
    logits = g("Add", weight, g("Mul", by_length, log_length))
    given = g("Mul", g("Mul", place_weights, mask), g("Pow", uses, g("Neg", damping)), name="given")

    def weigh(value):
        return g("Mul", g("Softplus", value), given)

    def pool(weights, values):
        return g("MatMul", laid(g, weights), values)

    first = pool(g("Mul", weigh(logits), scale), rows)
    first = g("Div", first, g("Max", g("ReduceL2", first, axes=[2], keepdims=1), tiny))
    asked = g("MatMul", first, g.eight_bit("question", SHARPNESS * state["question"]))
    # Places are the columns of this product: WebAssembly computes sixteen at a time, also where one is wanted. ONNX Runtime
    # takes the transposition into the product (MatmulTransposeFusion).
    answers = g("MatMul", asked, g("Transpose", rows, perm=[0, 2, 1]))
    answers = g("Mul", answers, laid(g, g("Mul", inverse, mask)))
    lending = g.constant("lending", state["lending"][None, None, :].astype(np.float32))
    lent = stood(g, g("Conv", answers, lending, pads=[SPREAD, SPREAD]))
    logits = g("Add", logits, lent)
    if model.window:
        hidden = look_around(g, state, table, first, mask, nothing)
        # The same here; all texts as one matrix, since the factor is the same for all.
        every = g("Reshape", hidden, g.axes(-1, model.window))
        seen = g("Gemm", g.constant("answer", state["answer"][None, :]), every, transB=1)
        logits = g("Add", logits, g("Reshape", seen, g("Shape", logits)))
    weights = weigh(logits)
    total = pool(g("Mul", weights, scale), rows)
    if model.window:
        total = g("Add", total, g("MatMul", pool(weights, hidden), g.eight_bit("find", state["find"])))
    g("Squeeze", total, g.axes(1), name="sentence_embedding")
    g("Mul", total, mask, name="last_hidden_state")
    return g.model(quantized.shape[1], "sentence_embedding")


def look_around(g, state, table, first, mask, nothing):
    """Hidden units, float32 [batch, length, window]: what each place sees in its order, and the text's vector."""
    dimensions, window = state["about"].shape
    # LayerNormalization wants weights of its own.
    one = g.constant("ones", np.ones(dimensions, dtype=np.float32))
    normal = g("LayerNormalization", g("Mul", table, "scales"), one, axis=-1, epsilon=1e-5)
    look = g.eight_bit("look", np.concatenate(list(state["look"]), axis=1))
    hidden = g("Add", g("MatMul", first, g.eight_bit("about", 16 * state["about"])), g.constant("bias", state["bias"]))
    outside = g.constant("outside", np.array(nothing, dtype=np.float32))
    # Whatever piece stands for padding. Floats, which every device adds and moves; whole numbers to 2^24 are exact.
    inside = g("Squeeze", mask, g.axes(2))
    here = g("Add", g("Mul", g.float("input_ids"), inside), g("Mul", g("Sub", g.number(1), inside), outside))
    for view in range(2 * REACH + 1):
        part = g("Slice", look, g.axes(view * window), g.axes((view + 1) * window), g.axes(1))
        at = g("Cast", shifted(g, here, view - REACH, outside), to=TensorProto.INT32)
        hidden = g("Add", hidden, g("Gather", g("MatMul", normal, part, name=f"product_{view}"), at))
    return gelu(g, hidden)


def laid(g, value):
    """[batch, n, 1] as [batch, 1, n]: a transposition would copy it number by number."""
    return g("Unsqueeze", g("Squeeze", value, g.axes(2)), g.axes(1))


def stood(g, value):
    """[batch, 1, n] as [batch, n, 1]."""
    return g("Unsqueeze", g("Squeeze", value, g.axes(1)), g.axes(2))


def shifted(g, value, step, outside):
    """Of [batch, length] what stands `step` places further, `outside` beyond the ends."""
    if step == 0:
        return value
    before, after = max(0, -step), max(0, step)
    wide = g("Pad", value, g.constant(f"pad_{before}_{after}", np.array([0, before, 0, after], dtype=np.int64)), outside)
    # As many places as there were: from `after` on, all but `before` at the end.
    return g("Slice", wide, g.axes(after), g.axes(-before if before else 2**31), g.axes(1))


def gelu(g, x):
    """By tanh; with the one by erf no number of a vector differs by more than 2e-5. In the very form that ONNX Runtime
    takes for one node (FastGeluFusion): else each of these would go through all hidden units."""
    cube = g("Mul", g("Pow", x, g.number(3)), g.number(0.044715))
    bent = g("Tanh", g("Mul", g("Add", x, cube), g.number(0.7978845608)))
    return g("Mul", g("Mul", x, g.number(0.5)), g("Add", bent, g.number(1)))


# The constants by which the site makes what the graph of the contextual encoder folds, as `folded` leaves it out.
FOLDED = {"table": "table", "scales": "scales", "matrix": "look", "matrixScales": "look_scales"}
PRODUCTS = "products"
SMALL = 1024  # bytes; larger constants are referred to


def folded(data, name):
    """The same graph, serialized, without the nodes that make `product_0` ... and `inverse`: those are constants in a file
    PRODUCTS, one behind the other, and the larger ones are those of the serialized graph `data`, a file of that name."""
    model = onnx.load_model_from_string(data)
    graph = model.graph
    table = next(c for c in graph.initializer if c.name == FOLDED["table"])
    bias = next(c for c in graph.initializer if c.name == "bias")
    pieces, width = table.dims[0], bias.dims[0]
    made = [[f"product_{view}", [pieces, width]] for view in range(2 * REACH + 1)] + [["inverse", [pieces, 1]]]
    nodes = [node for node in graph.node if node.output[0] not in {name for name, _ in made}]
    # A row a text is all that the site reads.
    graph.output.pop(0)
    wanted = {output.name for output in graph.output}
    kept = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            kept.insert(0, node)
            wanted.update(node.input)
    constants = [constant for constant in graph.initializer if constant.name in wanted]
    for constant in constants:
        raw = constant.raw_data
        if len(raw) >= SMALL:
            assert data.count(raw) == 1, constant.name
            refer(constant, name, data.index(raw), len(raw))
    at = 0
    for made_name, dims in made:
        size = 4 * int(np.prod(dims))
        constants.append(refer(TensorProto(name=made_name, data_type=TensorProto.FLOAT, dims=dims), PRODUCTS, at, size))
        at += size
    del graph.node[:], graph.initializer[:]
    graph.node.extend(kept)
    graph.initializer.extend(constants)
    return model.SerializeToString()


def refer(constant, file, offset, length):
    """A constant whose bytes lie in a file beside the graph's."""
    constant.ClearField("raw_data")
    constant.data_location = TensorProto.EXTERNAL
    for key, value in (("location", file), ("offset", offset), ("length", length)):
        constant.external_data.add(key=key, value=str(value))
    return constant


def check(model):
    onnx.checker.check_model(model)
    return model.SerializeToString()
