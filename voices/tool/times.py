"""When each word of a line begins, from how long the model spoke each of its phonemes."""
import re

import speak

FRAME = 0.025  # seconds
LETTER = re.compile(r"\w")


def begins(text, frames):
    """Seconds from the beginning of the speech, one for each word of `text` as spaces part it; nothing where words and
    phonemes cannot be laid side by side (figures are spoken as several words).

    `frames`: each phoneme with the frames that it lasts, as the model gives them.
    """
    said = speak.spoken(text)
    if len(said.split(" ")) != len(text.split(" ")):
        return []
    parts = _letters(said)
    runs = _runs(frames)
    if len(parts) != len(runs):
        return []
    found = {}
    for words, (groups, end) in zip(parts, runs):
        for (place, _), at in zip(words, _side_by_side(words, groups, end)):
            # A word with a mark in it goes on in the next part.
            found.setdefault(place, at)
    count = len(text.split(" "))
    if not found:
        return []
    # What has no letters ("–") is where the next word is; at the end, where the last one was.
    following, all_of = found[max(found)], []
    for place in reversed(range(count)):
        following = found.get(place, following)
        all_of.append(following)
    all_of.reverse()
    return all_of if all(a <= b for a, b in zip(all_of, all_of[1:])) else []


def _letters(said):
    """What stands between marks, as `speak.phonemes` parts it: for each part the words in it, with their place."""
    marks, parts = re.escape(speak.STOPS), []
    starts = [0] + [m.end() for m in re.finditer(" ", said)]
    for part in re.finditer(rf"[{marks}]+|[^{marks}]+", said):
        if part[0][0] in speak.STOPS or not part[0].strip():
            continue
        words = [
            (sum(start <= part.start() + word.start() for start in starts) - 1, word[0])
            for word in re.finditer(r"\S+", part[0])
        ]
        parts.append(words)
    return parts


def _runs(frames):
    """What the model spoke between marks: where each group of phonemes begins, and where the run ends, in seconds."""
    runs, groups, at, new = [], [], 0, True
    for letter, lasts in frames:
        if letter in speak.STOPS and letter != "":
            if groups:
                runs.append((groups, at * FRAME))
            groups, new = [], True
        elif letter == " ":
            new = True
        elif letter != "":
            if new:
                groups.append(at * FRAME)
            new = False
        at += lasts
    if groups:
        runs.append((groups, at * FRAME))
    return runs


def _side_by_side(words, groups, end):
    """espeak-ng joins some words ("of the"): then the time of the part is shared out by how long words are written."""
    if len(words) == len(groups):
        return groups
    weights = [2 + len(LETTER.findall(word)) for _, word in words]
    whole, passed, at = sum(weights), 0, []
    for weight in weights:
        at.append(groups[0] + (end - groups[0]) * passed / whole)
        passed += weight
    return at
