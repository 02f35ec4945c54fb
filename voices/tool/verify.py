"""Reads every packed clip back by a recogniser, measures it, and speaks the worst again. Run by `voices/render --verify`."""
import hashlib
import json
from dataclasses import dataclass

import numpy as np

import pack
import sound
from hear import Recogniser, to_16_khz

# Another take is spoken more slowly, so many times the speed.
TAKES = (0.92, 0.85)
WORST = 10  # per cent of the clips of a call


@dataclass
class Heard:
    number: int
    line: dict
    loudness: float
    peak: float
    seconds: float
    errors: int = 0
    words: int = 0
    window: str = ""

    @property
    def rate(self):
        return self.errors / max(1, self.words)


class Ear:
    """What was heard is kept by the clip's bytes: a second run listens only to what is new."""

    def __init__(self, home):
        self.file, self.folder, self.recogniser = home / "heard.json", home / "whisper", None
        self.kept = json.loads(self.file.read_text("utf-8")) if self.file.exists() else {}

    def read_back(self, clips):
        """`clips`: text and stream. Gives errors, words, and what was heard around them."""
        names = [hashlib.sha256(stream).hexdigest()[:24] for _, stream in clips]
        new = [(name, text, stream) for name, (text, stream) in zip(names, clips) if name not in self.kept]
        if new and self.recogniser is None:
            self.recogniser = Recogniser(self.folder)
        sounds = [(text, to_16_khz(sound.decoded(stream), sound.RATE)) for _, text, stream in new]
        for n, ((name, _, _), heard) in enumerate(zip(new, self.recogniser.read_back(sounds) if new else []), 1):
            self.kept[name] = list(heard)
            if n % 50 == 0 or n == len(new):
                print(f"{n} of {len(new)} clips read back", flush=True)
                self.file.write_text(json.dumps(self.kept), "utf-8")
        return [self.kept[name] for name in names]


def run(args, calls, cast, renderer, assets):
    ear, found = Ear(args.home), []
    for call in calls:
        number = call["number"]
        if args.calls and number not in args.calls:
            continue
        streams = {}
        for file in sorted(assets.glob(f"{number:04}*.voices")):
            streams.update(pack.read(file))
        lines = [line for line in call["lines"] if line["key"] in streams]
        for line in lines:
            samples = sound.decoded(streams[line["key"]][0])
            peak = float(np.abs(samples).max())
            found.append(Heard(number, line, sound.loudness(samples), peak, len(samples) / sound.RATE))
        if lines:
            read = ear.read_back([(line["text"], streams[line["key"]][0]) for line in lines])
            for one, (errors, words, window) in zip(found[-len(lines) :], read):
                one.errors, one.words, one.window = errors, words, window
    if not found:
        raise SystemExit("voices: there are no packs to verify")
    if args.retake:
        retake(args, cast, renderer, ear, found)
    print(report(found))
    return 0


def worst(found):
    """The worst tenth of the clips of each call in which anything was misheard."""
    for number in sorted({one.number for one in found}):
        of_call = [one for one in found if one.number == number]
        count = -(-len(of_call) * WORST // 100)
        wrong = sorted((one for one in of_call if one.errors), key=lambda one: (-one.rate, -one.errors, one.line["key"]))
        yield from wrong[:count]


def retake(args, cast, renderer, ear, found):
    """Speaks the worst tenth again, slower, and keeps the take that was understood best."""
    kept = 0
    for one in list(worst(found)):
        line = one.line
        takes = []
        for take in TAKES:
            way = cast.way(one.number, line["who"], line["delivery"], line["text"], take)
            stream, _, _ = renderer.clip(way, line["text"], line["key"])
            ((errors, words, window),) = ear.read_back([(line["text"], stream)])
            takes.append((errors, -take, take, window))
        errors, _, take, window = min(takes)
        if errors < one.errors:
            cast.retakes[cast.retake_name(one.number, line["who"], line["delivery"], line["text"])] = take
            one.errors, one.window = errors, window
            kept += 1
    cast.write_retakes(args.root)
    print(f"{kept} clips are better in another take: run voices/render again to pack them\n")


def report(found):
    """Tables for docs/voices.md."""

    def row(name, clips):
        errors, words = sum(c.errors for c in clips), sum(c.words for c in clips)
        off = max(abs(c.loudness - sound.LOUDNESS) for c in clips)
        clean = sum(c.errors == 0 for c in clips)
        seconds = sum(c.seconds for c in clips)
        return (
            f"| {name} | {len(clips)} | {seconds:.0f} | {words} | {100 * errors / max(1, words):.1f} % "
            f"| {100 * clean / len(clips):.0f} % | {off:.2f} LU | {max(c.peak for c in clips):.2f} |"
        )

    head = "| | clips | seconds | words | word errors | clips without one | loudness off by at most | highest sample |\n"
    out = [head + "|---|---|---|---|---|---|---|---|"]
    people = sorted({(one.number, one.line["who"], one.line["delivery"]) for one in found})
    for number, who, delivery in people:
        mine = [o for o in found if (o.number, o.line["who"], o.line["delivery"]) == (number, who, delivery)]
        out.append(row(f"{number:04} {who}, {delivery}", mine))
    out.append(row("all", found))
    out.append("\nThe worst tenth of each call, for rewording:\n")
    for one in worst(found):
        out.append(f"- {one.number:04} {one.line['who']}: “{one.line['text']}” ({one.errors} of {one.words} words)")
    return "\n".join(out)
