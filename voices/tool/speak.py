"""Text to speech: what a line is spoken as, its phonemes, and the model that speaks them.

The words of a line are never changed for effect. What is written in figures (numbers to ring, dates) is spelled out as
somebody would say it, because phonemes cannot be had from figures otherwise.
"""
import ctypes
import re

import numpy as np

RATE = 24_000  # what the model speaks at, in samples a second
MOST_TOKENS = 508

DIGITS = "oh one two three four five six seven eight nine".split()
MONTHS = "January February March April May June July August September October November December".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()


SPELLED = [
    ("MOT", "em oh tee"), ("PE", "pee ee"), ("AM", "ay em"), ("ID", "eye dee"), ("GP", "gee pee"),
    # What espeak-ng says otherwise than people do.
    ("[Cc]odeine", "co-deen"), ("[Aa]aah", "ah"),
]  # fmt: skip
CRIES = {"ow": "ˈW"}
QUOTES = str.maketrans("", "", "\"“”")


def digits(text):
    """Figures one by one, in groups of three or five with a breath between them, doubles as doubles."""
    groups = []
    for group in text.split():
        words, at = [], 0
        while at < len(group):
            double = group[at : at + 2] == group[at] * 2
            words.append(("double " if double else "") + DIGITS[int(group[at])])
            at += 2 if double else 1
        groups.append(" ".join(words))
    return ", ".join(groups)


def year(text):
    """1981 is nineteen eighty-one, 2004 two thousand and four, 2019 twenty nineteen."""
    value = int(text)
    if 2000 <= value < 2010:
        return "two thousand" + (f" and {DIGITS[value - 2000]}" if value > 2000 else "")
    return f"{text[:2]} {text[2:]}" if text[2] != "0" else f"{text[:2]} oh {text[3]}"


def date(match):
    day, month, in_year = match.groups()
    return f"the {ORDINALS[int(day) - 1]} of {MONTHS[int(month) - 1]} {year(in_year)}"


def spoken(text):
    """A line as it is said: figures in words. Everything else stays."""
    text = re.sub(r"\b(\d\d)/(\d\d)/(\d{4})\b", date, text)
    text = re.sub(r"\b(0\d{4}) (\d{3})(\d{3})\b", lambda m: digits(" ".join(m.groups())), text)
    text = re.sub(r"\b0\d{4}\b", lambda m: digits(m[0]), text)
    text = re.sub(r"\b999('s)?\b", r"nine nine nine\1", text)
    text = re.sub(r"\b111\b", "one one one", text)
    text = re.sub(r"\b(?:19|20)\d\d\b", lambda m: year(m[0]), text)
    text = re.sub(r"(?<=\d)\.(?=\d)", " point ", text)
    # Letters that are said one by one, and the like.
    for letters, said in SPELLED:
        text = re.sub(rf"\b{letters}\b", said, text)
    return text.replace("’", "'").replace("...", "…").translate(QUOTES)


class Espeak:
    """espeak-ng as a library, in British English. A tool of this script: nothing of it is shipped.

    Its Lancashire stands for the north; its West Midlands drop every h, and were understood half as well.
    """

    ACCENTS = {"standard": "gmw/en", "north": "gmw/en-GB-x-gbclan"}

    IPA_WITH_TIES = 0x02 | 0x80 | ord("^") << 8

    def __init__(self):
        import espeakng_loader

        self.library = ctypes.cdll.LoadLibrary(espeakng_loader.get_library_path())
        self.library.espeak_Initialize(1, 0, espeakng_loader.get_data_path().encode(), 0)
        self.library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
        self.accent = None

    def ipa(self, words, accent):
        if accent != self.accent and self.library.espeak_SetVoiceByName(self.ACCENTS[accent].encode()) != 0:
            raise SystemExit(f"voices: espeak-ng does not know `{self.ACCENTS[accent]}`")
        self.accent = accent
        rest, said = ctypes.c_char_p(words.encode()), []
        while rest.value:
            said.append(self.library.espeak_TextToPhonemes(ctypes.byref(rest), 1, self.IPA_WITH_TIES).decode())
        return " ".join(part.strip() for part in said)


# From what espeak-ng writes to the letters that the model was taught with, as its own text front end has them.
LETTERS = [
    ("ʔˌn\u0329", "tn"), ("ʔn\u0329", "tn"), ("ʔn", "tn"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"),
    ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("e^ə", "ɛː"), ("ə^ʊ", "Q"), ("i^ə", "ɪə"),
    ("ʔ", "t"), ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""),
    ("^", ""),
]  # fmt: skip
STOPS = ";:,.!?—…\"()“”"


def phonemes(espeak, text, accent="standard"):
    """The line in the model's letters, with its punctuation, which is what it takes its melody from."""
    out = []
    for part in re.findall(rf"[{re.escape(STOPS)}]+|[^{re.escape(STOPS)}]+", spoken(text)):
        if part[0] in STOPS:
            # One mark is enough: the strongest.
            out.append(next((mark for mark in "?!…" if mark in part), part[0]))
        elif part.strip():
            word = part.strip()
            said = CRIES.get(word.lower()) or espeak.ipa(word, accent)
            for old, new in LETTERS:
                said = said.replace(old, new)
            if accent == "north":
                # A long o is understood as "nor", and "no" is what decides most calls.
                said = said.replace("oː", "Q")
            said = re.sub(r"(\S)\u0329", r"ᵊ\1", said).replace("\u0329", "")
            out.append((" " if part[0] == " " and out else "") + said + (" " if part[-1] == " " else ""))
    return re.sub(r" +", " ", "".join(out)).strip()


class Model:
    """Kokoro-82M through onnxruntime, on one thread: the same again from the same input."""

    def __init__(self, folder):
        import json

        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = ort.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
        vocabulary = json.loads((folder / "vocab.json").read_text("utf-8"))
        self.vocabulary = vocabulary.get("vocab", vocabulary)
        self.folder, self.styles = folder, {}

    def style(self, mix):
        """A person: the weighted mean of named voices, one vector for every number of phonemes."""
        key = tuple(sorted(mix.items()))
        if key not in self.styles:
            one = lambda name: np.fromfile(self.folder / f"{name}.bin", np.float32).reshape(-1, 1, 256)
            total = sum(mix.values())
            self.styles[key] = sum(one(name) * (weight / total) for name, weight in key).astype(np.float32)
        return self.styles[key]

    def speak(self, said, mix, speed, pauses):
        """The samples, and each letter with the frames of 25 ms that it lasts. `pauses`: for a mark of punctuation, the
        frames that its pause is made longer by."""
        letters = [letter for letter in said if letter in self.vocabulary]
        if len(letters) > MOST_TOKENS:
            raise SystemExit(f"voices: a line of {len(letters)} phonemes is too long for the model: {said[:60]}…")
        ids = [self.vocabulary[letter] for letter in letters]
        more = np.zeros((1, len(ids) + 2), np.int64)
        for n, letter in enumerate(letters[:-1], 1):
            more[0, n] = pauses.get(letter, 0)
        feed = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": self.style(mix)[len(ids)],
            "speed": np.array([speed], np.float32),
            "more": more,
        }
        samples, frames = self.session.run(["audio", "durations"], feed)
        return samples.reshape(-1), list(zip(["", *letters, ""], frames.reshape(-1).tolist()))
