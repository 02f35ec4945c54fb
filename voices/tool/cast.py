"""Who speaks how: `voices/cast.json`, read and checked.

JSON, not RON, because Python reads it without help. Twins have the same entry word for word.
"""
import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Way:
    """How one person speaks in one manner."""

    mix: tuple  # of (voice, weight)
    speed: float  # the model's; 1 is brisk
    pitch: float  # above 1 is higher and smaller
    pauses: tuple  # of (mark, frames of 25 ms more)

    def as_key(self):
        return [list(self.mix), self.speed, list(self.pauses)]


class Cast:
    def __init__(self, path):
        cast = json.loads(path.read_text("utf-8"))
        self.deliveries, self.everywhere, self.calls = cast["deliveries"], cast["everywhere"], cast["calls"]

    def way(self, number, who, delivery):
        person = self.calls.get(f"{number:04}", {}).get(who) or self.everywhere.get(who)
        if person is None:
            raise SystemExit(f"voices: nobody is cast for {who} in call {number:04}: see voices/cast.json")
        manner = self.deliveries.get(delivery)
        if manner is None:
            raise SystemExit(f"voices: the delivery `{delivery}` is not in voices/cast.json")
        pauses = {**manner["pauses"], **person.get("pauses", {})}
        return Way(
            mix=tuple(sorted(person["mix"].items())),
            speed=round(person["speed"] * manner["speed"], 3),
            pitch=person["pitch"],
            pauses=tuple(sorted(pauses.items())),
        )
