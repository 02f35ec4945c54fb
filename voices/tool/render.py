"""Speaks every line that has not been spoken yet, and packs the clips of each call. Run by `voices/render`."""
import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path

import numpy as np

import pack
import sound
import speak
import times
from cast import Cast

# Raised when the same input would speak otherwise than before: every clip is then made again.
SPEAKS = 1
# Raised when the same speech would be treated or packed otherwise.
TREATS = 1
# Raised when words would be found elsewhere in the same speech.
TIMES = 1
BITS = 6_000  # a second; the least at which the words are kept: docs/voices.md


def made_by(way):
    """All that decides how a line of somebody sounds, besides the line."""
    return name(SPEAKS, TREATS, TIMES, BITS, way.as_key(), way.pitch, way.accent)[:12]


def name(*parts):
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]


class Renderer:
    """Two caches, by content: what the model spoke, which is dear, and the clip made of it, which is cheap."""

    def __init__(self, home):
        self.spoken, self.clips = home / "spoken", home / "clips"
        self.spoken.mkdir(parents=True, exist_ok=True)
        self.clips.mkdir(parents=True, exist_ok=True)
        self.espeak, self.kokoro = speak.Espeak(), home / "kokoro"
        self.model = None

    def _speech_file(self, way, text):
        said = speak.phonemes(self.espeak, text, way.accent)
        return said, self.spoken / (name(SPEAKS, way.as_key(), said) + ".flac")

    def is_spoken(self, way, text):
        return self._speech_file(way, text)[1].exists()

    def speech(self, way, text):
        """What the model says: 24 kHz."""
        import soundfile

        said, file = self._speech_file(way, text)
        if not file.exists():
            if self.model is None:
                self.model = speak.Model(self.kokoro)
            samples, frames = self.model.speak(said, dict(way.mix), way.speed, dict(way.pauses))
            samples = samples / max(1.0, float(np.abs(samples).max()))
            # When each phoneme is spoken, for captions that follow by the word.
            lasts = json.dumps(frames, ensure_ascii=False)
            _written(file.with_suffix(".json"), lambda out: Path(out).write_text(lasts, "utf-8"))
            _written(file, lambda out: soundfile.write(out, samples, speak.RATE, format="FLAC", subtype="PCM_16"))
        return soundfile.read(file, dtype="float64")[0]

    def clip(self, way, text, key):
        """The line as it comes out of the telephone: an Ogg Opus stream, how long it sounds in milliseconds, and when its
        words begin, in hundredths of a second."""
        file = self.clips / (name(SPEAKS, TREATS, BITS, way.as_key(), way.pitch, way.accent, text, key) + ".ogg")
        if not file.exists():
            samples, _ = self._down_the_line(way, text)
            stream = sound.encoded_evenly(samples, BITS, int(key[:8], 16))
            _written(file, lambda out: Path(out).write_bytes(stream))
        stream = file.read_bytes()
        return stream, sound.millis(stream), self._begins(file, way, text, sound.millis(stream))

    def _down_the_line(self, way, text):
        return sound.trimmed(sound.telephone(self.speech(way, text), speak.RATE, way.pitch))

    def _begins(self, clip, way, text, millis):
        kept = clip.with_name(f"{clip.stem}.{TIMES}.json")
        if not kept.exists():
            frames = json.loads(self._speech_file(way, text)[1].with_suffix(".json").read_text("utf-8"))
            at = times.begins(text, frames)
            # Through the line it is faster by its pitch, and begins where the silence before it ends.
            before = self._down_the_line(way, text)[1] if at else 0
            hundredths = [min(max(round((second / way.pitch - before) * 100), 0), millis // 10) for second in at]
            _written(kept, lambda out: Path(out).write_text(json.dumps(hundredths), "utf-8"))
        return json.loads(kept.read_text("utf-8"))


def _written(file, write):
    """Whole or not at all: the machine may be stopped while we write, and two of us may write the same."""
    part = file.with_suffix(f".{os.getpid()}.part")
    write(str(part))
    os.replace(part, file)


def surfaces_of(call):
    """The packs of a call: for each surface the lines that it can speak."""
    for place, surface in enumerate(call["surfaces"]):
        lines = [line for line in call["lines"] if place in line["surfaces"]]
        yield place, f"{surface['pack']}.voices", lines


def main():
    options = argparse.ArgumentParser(prog="voices/render", description=__doc__)
    options.add_argument("calls", nargs="*", type=int, metavar="NUMBER", help="numbers of calls; none for all")
    options.add_argument("--lines", type=Path, required=True, help=argparse.SUPPRESS)
    options.add_argument("--home", type=Path, required=True, help=argparse.SUPPRESS)
    options.add_argument("--root", type=Path, required=True, help=argparse.SUPPRESS)
    options.add_argument("--base", action="store_true", help="only calls as written, no variants")
    options.add_argument("--until", metavar="HH:MM", help="stop speaking then (UTC), and pack what is whole")
    options.add_argument("--partial", action="store_true", help="pack calls of which more than half is spoken")
    options.add_argument("--missing", action="store_true", help="say what is missing, and render nothing")
    options.add_argument("--verify", action="store_true", help="read clips back by a recogniser, and measure them")
    options.add_argument("--retake", action="store_true", help="with --verify: speak the worst tenth again, slower")
    args = options.parse_args()

    calls = json.loads(args.lines.read_text("utf-8"))["calls"]
    cast, renderer = Cast(args.root / "voices/cast.json"), Renderer(args.home)
    assets = args.root / "assets/voices"
    if args.verify:
        import verify

        return verify.run(args, calls, cast, renderer, assets)
    wanted = [
        (place, call["number"], file, lines)
        for call in calls
        for place, file, lines in surfaces_of(call)
        if (not args.calls or call["number"] in args.calls) and not (args.base and place)
    ]
    # Calls as written first, then their variants.
    wanted.sort(key=lambda one: (one[0] > 0, one[1], one[0]))
    made, late = pack.Made(args.root), False
    for place, number, file, lines in wanted:
        way_of = lambda line: cast.way(number, line["who"], line["delivery"], line["text"])
        plain_way = lambda line: made_by(cast.way(number, line["who"], line["delivery"], line["text"], take=1))
        take_of = lambda line: cast.take(number, line["who"], line["delivery"], line["text"])
        packed = {line["key"]: made.clip(line, plain_way(line), take_of(line)) for line in lines}
        silent = lambda line: packed[line["key"]] is None and not renderer.is_spoken(way_of(line), line["text"])
        missing = [line for line in lines if silent(line)]
        if args.missing:
            print(f"{file}: {len(lines)} lines, {len(missing)} not spoken yet")
            continue
        # What is heard most for the time it takes comes first: a call that is not whole yet has a voice where it matters.
        missing.sort(key=lambda line: (-line["heard"] / (2 + len(line["text"].split())), line["key"]))
        started = time.monotonic()
        for n, line in enumerate(missing, 1):
            late = late or (args.until is not None and time.strftime("%H:%M", time.gmtime()) >= args.until)
            if late:
                break
            renderer.speech(way_of(line), line["text"])
            if n % 20 == 0 or n == len(missing):
                print(f"{file}: {n} of {len(missing)} spoken, {time.monotonic() - started:.0f} s", flush=True)
        if late and not args.partial:
            print(f"{file}: not whole yet", flush=True)
            continue
        there = [line for line in lines if not (late and silent(line))]
        weigh = lambda some: sum(1 + line["heard"] for line in some)
        if 2 * weigh(there) < weigh(lines):
            # Whoever is heard for a sentence now and then is better read.
            print(f"{file}: less than half is spoken yet", flush=True)
            continue
        clips = [
            (line["key"], *(packed[line["key"]] or renderer.clip(way_of(line), line["text"], line["key"])))
            for line in there
        ]
        size = pack.write(assets / file, clips)
        made.packed(Path(file).stem, [(line, plain_way(line), take_of(line)) for line in there])
        seconds = sum(millis for _, _, millis, _ in clips) / 1000
        print(f"{file}: {len(clips)} clips, {seconds:.0f} s, {size} bytes", flush=True)
        pack.write_manifest(assets)
    if not args.missing:
        pack.remove_orphans(assets, calls)
        made.forget_orphans(assets)
        pack.write_manifest(assets)
    return 0


if __name__ == "__main__":
    sys.exit(main())
