"""A recogniser that reads clips back: Whisper base, through ctranslate2. It has to know telephones; most do not.

Clips are put into its window of 30 s one after another, with a pause between: one clip a window would cost ten times as
much. Which words belong to which clip comes out of the alignment with all their texts.
"""
import re

import numpy as np
from speak import DIGITS, ORDINALS, spoken, year

RATE, WINDOW, HOP, MELS = 16_000, 30, 160, 80
GAP = 0.9  # seconds between two clips
PROMPT = [50258, 50259, 50359, 50363]  # begin, English, transcribe, without times


def _mel_filters():
    """Slaney's, as the recogniser was taught with."""
    to_mel = lambda hz: np.where(hz < 1000, hz * 3 / 200, 15 + np.log(np.maximum(hz, 1) / 1000) / (np.log(6.4) / 27))
    to_hz = lambda mel: np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))
    edges = to_hz(np.linspace(0, to_mel(np.array(RATE / 2.0)), MELS + 2))
    bins = np.fft.rfftfreq(400, 1 / RATE)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]


def _mel(samples):
    samples = np.pad(samples, (0, WINDOW * RATE - len(samples)))
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(samples, 200, mode="reflect"), 400)[::HOP][:-1]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)
    power = np.abs(np.fft.rfft(frames * window)) ** 2
    level = np.log10(np.maximum(_mel_filters() @ power.T, 1e-10))
    return ((np.maximum(level, level.max() - 8) + 4) / 4).astype(np.float32)


def to_16_khz(samples, rate):
    out = int(round(len(samples) * RATE / rate))
    spectrum, bins = np.fft.rfft(samples), out // 2 + 1
    spectrum = spectrum[:bins] if len(spectrum) >= bins else np.pad(spectrum, (0, bins - len(spectrum)))
    return np.fft.irfft(spectrum, out) * (out / len(samples))


TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()


def _number(text):
    if len(text) > 2:
        return " ".join(DIGITS[int(d)] for d in text)
    value = int(text)
    if value < 10:
        return " ".join(DIGITS[int(d)] for d in text)
    return TEENS[value - 10] if value < 20 else TENS[value // 10] + (f" {DIGITS[value % 10]}" if value % 10 else "")


def words(text):
    """What counts as the same word: not how it is written."""
    text = spoken(text).lower().replace("’", "'").replace("-", " ")
    text = re.sub(r"\b(\d\d?)(st|nd|rd|th)\b", lambda m: ORDINALS[int(m[1]) - 1] if 0 < int(m[1]) < 32 else m[0], text)
    text = re.sub(r"\b(?:19|20)\d\d\b", lambda m: year(m[0]), text)
    text = re.sub(r"\d+", lambda m: f" {_number(m[0])} ", text)
    text = re.sub(r"\bdouble (\w+)", r"\1 \1", text).replace("zero", "oh")
    for written, said in (("okay", "ok"), ("alright", "all right"), ("yeah", "yes"), ("dont", "don't"), ("'cause", "cos")):
        text = re.sub(rf"\b{written}\b", said, text)
    # Hesitations are written in a hundred ways.
    found = re.findall(r"[a-z]+(?:'[a-z]+)*", text.replace("-", " "))
    return [w for w in found if not re.fullmatch(r"(u+m+|e+r+m*|a+h+|o+h+|h+m+|o+o+h+|ha+|mm+|uh+)", w) or w == "oh"]


def _aligned(wanted, heard):
    """For each wanted word whether it was heard; and where words were put in that nobody said."""
    cost = np.zeros((len(wanted) + 1, len(heard) + 1), int)
    cost[:, 0], cost[0] = np.arange(len(wanted) + 1), np.arange(len(heard) + 1)
    for i, want in enumerate(wanted, 1):
        for j, word in enumerate(heard, 1):
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, cost[i - 1, j - 1] + (want != word))
    i, j, right, extra = len(wanted), len(heard), [False] * len(wanted), [0] * (len(wanted) + 1)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (wanted[i - 1] != heard[j - 1]):
            right[i - 1] = wanted[i - 1] == heard[j - 1]
            i, j = i - 1, j - 1
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        else:
            extra[i] += 1
            j -= 1
    return right, extra


class Recogniser:
    def __init__(self, folder):
        import ctranslate2

        self.view = ctranslate2.StorageView.from_array
        self.model = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=1)

    def text(self, samples):
        """The words in up to 30 s at 16 kHz."""
        features = self.view(_mel(samples)[None])
        found = self.model.generate(features, [PROMPT], beam_size=2, suppress_blank=True)[0].sequences[0]
        return "".join(found).replace("Ġ", " ")

    def read_back(self, clips):
        """`clips`: texts with their samples at 16 kHz. For each the errors, the words, and what was heard in its window."""
        batch, length = [], 0
        for clip in [*clips, None]:
            size = 0 if clip is None else len(clip[1]) + int(GAP * RATE)
            if batch and (clip is None or length + size > (WINDOW - 1) * RATE):
                yield from self._window(batch)
                batch, length = [], 0
            if clip is not None:
                batch.append(clip)
                length += size

    def _window(self, batch):
        gap = np.zeros(int(GAP * RATE))
        samples = np.concatenate([part for _, sound in batch for part in (sound / np.abs(sound).max() * 0.5, gap)])
        text = self.text(samples[: WINDOW * RATE])
        wanted = [words(written) for written, _ in batch]
        right, extra = _aligned([w for clip in wanted for w in clip], words(text))
        at = 0
        for n, clip in enumerate(wanted):
            end = at + len(clip)
            put_in = sum(extra[at:end]) + (extra[end] if n + 1 == len(wanted) else 0)
            yield right[at:end].count(False) + put_in, len(clip), text.strip()
            at = end
