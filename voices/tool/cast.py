"""Who speaks how: `voices/cast.json`, read and checked.

JSON, not RON, because Python reads it without help. Twins have the same entry word for word.
"""
import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """How one person speaks in one manner."""

    mix: tuple  # of (voice, weight)
    speed: float  # the model's; 1 is brisk
    pitch: float  # above 1 is higher and smaller
    accent: str  # one of espeak-ng's: speak.py
    pauses: tuple  # of (mark, frames of 25 ms more)

    def as_key(self):
        return [list(self.mix), self.speed, list(self.pauses)]


class Cast:
    def __init__(self, path):
        cast = json.loads(path.read_text("utf-8"))
        self.deliveries, self.everywhere, self.calls = cast["deliveries"], cast["everywhere"], cast["calls"]
        # Lines that were understood better when spoken more slowly: written by --retake.
        retakes = path.with_name("retakes.json")
        self.retakes = json.loads(retakes.read_text("utf-8")) if retakes.exists() else {}

    def write_retakes(self, root):
        text = json.dumps(self.retakes, indent=1, sort_keys=True) + "\n"
        (root / "voices/retakes.json").write_text(text, "utf-8", newline="\n")

    def retake_name(self, number, who, delivery, text):
        """By what a line is spoken again: the same for twins, who must not be told apart by their speed."""
        parts = [self._person(number, who), delivery, text]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]

    def take(self, number, who, delivery, text):
        """How many times the speed a line is spoken at: 1, or what `--retake` found better."""
        return self.retakes.get(self.retake_name(number, who, delivery, text), 1)

    def _person(self, number, who):
        return self.calls.get(f"{number:04}", {}).get(who) or self.everywhere.get(who)

    def way(self, number, who, delivery, text, take=None):
        """How a line is spoken; a `take` is so many times the speed."""
        person = self._person(number, who)
        if person is None:
            raise SystemExit(f"voices: nobody is cast for {who} in call {number:04}: see voices/cast.json")
        manner = self.deliveries.get(delivery)
        if manner is None:
            raise SystemExit(f"voices: the delivery `{delivery}` is not in voices/cast.json")
        pauses = {**manner["pauses"], **person.get("pauses", {})}
        return Way(
            mix=tuple(sorted(person["mix"].items())),
            speed=round(person["speed"] * manner["speed"] * (take or self.take(number, who, delivery, text)), 3),
            pitch=person["pitch"],
            accent=person.get("accent", "standard"),
            pauses=tuple(sorted(pauses.items())),
        )
