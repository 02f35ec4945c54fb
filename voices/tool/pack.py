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
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        os.replace(part, file)
    return len(data)


def read(file):
    """What `write` was given, by key."""
    data = file.read_bytes()
    (size,) = struct.unpack_from("<I", data, 4)
    clips = json.loads(data[8 : 8 + size])["clips"]
    begin = 8 + size
    return {key: (data[begin + at : begin + at + length], *rest) for key, at, length, *rest in clips}


class Made:
    """How the clips in the packs were made: `voices/made.json`. A clip that would be made the same way again is taken out
    of its pack, also on a machine that never spoke it.

    `ways`: for each pack and each of its people, with their delivery, all that decides how a line of theirs sounds.
    `takes`: for the keys of lines that were spoken again, which take is in the pack.
    """

    def __init__(self, root):
        self.file = root / "voices/made.json"
        self.clips = {}
        for name, made in self._read().items():
            file = root / f"assets/voices/{name}.voices"
            for key, clip in read(file).items() if file.exists() else ():
                self.clips.setdefault(key, []).append((made, clip))

    def clip(self, line, way, take):
        """Stream, milliseconds and words of a line that is in some pack as it would be made now; or None."""
        for made, clip in self.clips.get(line["key"], ()):
            if made["ways"].get(_person(line)) == way and made["takes"].get(line["key"], 1) == take:
                return clip
        return None

    def packed(self, name, lines):
        """Remembers what went into a pack: lines with their way and take."""
        ways = {_person(line): way for line, way, _ in lines}
        takes = {line["key"]: take for line, _, take in lines if take != 1}
        self._write({**self._read(), name: {"takes": takes, "ways": ways}})

    def forget_orphans(self, assets):
        self._write({name: made for name, made in self._read().items() if (assets / f"{name}.voices").exists()})

    def _read(self):
        # Each time anew: other calls may be rendered beside us.
        return json.loads(self.file.read_text("utf-8")) if self.file.exists() else {}

    def _write(self, packs):
        text = json.dumps(packs, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        part = self.file.with_suffix(f".{os.getpid()}")
        part.write_text(text, "utf-8", newline="\n")
        os.replace(part, self.file)


def _person(line):
    return f"{line['who']}, {line['delivery']}"


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
