"""The clips of a call in one file, and the list of those files: as `src/call/speech/pack.rs` reads them."""
import json
import os
import struct

from blake3 import blake3


def write(file, clips):
    """`clips`: key, stream, milliseconds. The same clips give the same bytes."""
    index, offset, streams = [], 0, []
    for key, stream, millis in sorted(clips):
        index.append([key, offset, len(stream), millis])
        streams.append(stream)
        offset += len(stream)
    head = json.dumps({"clips": index}, separators=(",", ":")).encode()
    data = b"RCV1" + struct.pack("<I", len(head)) + head + b"".join(streams)
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists() or file.read_bytes() != data:
        part = file.with_suffix(".part")
        part.write_bytes(data)
        os.replace(part, file)
    return len(data)


def read(file):
    """Streams and milliseconds by key."""
    data = file.read_bytes()
    (size,) = struct.unpack_from("<I", data, 4)
    clips = json.loads(data[8 : 8 + size])["clips"]
    begin = 8 + size
    return {key: (data[begin + at : begin + at + length], millis) for key, at, length, millis in clips}


def remove_orphans(assets, calls):
    """Packs of calls and variants that are no longer there."""
    known = {f"{c['number']:04}{'' if n == 0 else f'-{n}'}.voices" for c in calls for n in range(len(c["surfaces"]))}
    for file in assets.glob("*.voices"):
        if file.name not in known:
            print(f"{file.name}: nobody speaks from it any more, removed")
            file.unlink()


def write_manifest(assets):
    calls = {}
    for file in sorted(assets.glob("*.voices")):
        data = file.read_bytes()
        entry = {"file": file.name, "bytes": len(data), "blake3": blake3(data).hexdigest()}
        calls.setdefault(file.name[:4], []).append(entry)
    text = json.dumps({"calls": calls}, indent=1) + "\n"
    (assets / "manifest.json").write_text(text, "utf-8", newline="\n")
