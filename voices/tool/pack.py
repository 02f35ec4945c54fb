"""The clips of a call in one file, and the list of those files: as `src/call/speech/pack.rs` reads them."""
import json
import os
import struct

from blake3 import blake3


def write(file, clips):
    """`clips`: key, stream, milliseconds, when each word begins in hundredths of a second. The same clips give the same
    bytes."""
    index, offset, streams = [], 0, []
    for key, stream, millis, begins in sorted(clips):
        index.append([key, offset, len(stream), millis, begins])
        streams.append(stream)
        offset += len(stream)
    head = json.dumps({"clips": index}, separators=(",", ":")).encode()
    data = b"RCV2" + struct.pack("<I", len(head)) + head + b"".join(streams)
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
    return {key: (data[begin + at : begin + at + length], millis) for key, at, length, millis, _ in clips}


def remove_orphans(assets, calls):
    """Packs of calls and variants that are no longer there."""
    known = {f"{surface['pack']}.voices" for call in calls for surface in call["surfaces"]}
    for file in assets.glob("*.voices"):
        if file.name not in known:
            print(f"{file.name}: nobody speaks from it any more, removed")
            file.unlink()


def write_manifest(assets):
    packs = {}
    for file in sorted(assets.glob("*.voices")):
        data = file.read_bytes()
        packs[file.stem] = {"bytes": len(data), "blake3": blake3(data).hexdigest()}
    text = json.dumps({"packs": packs}, indent=1) + "\n"
    (assets / "manifest.json").write_text(text, "utf-8", newline="\n")
