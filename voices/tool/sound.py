"""From what the model speaks to what comes out of a telephone: band, pitch, pauses, loudness, and one Ogg Opus stream."""
import struct

import numpy as np

RATE = 8_000  # a telephone's, in samples a second
LOW, HIGH = 300.0, 3_400.0  # its band, in Hz
LOUDNESS = -20.0  # LUFS by ITU-R BS.1770, gated
PEAK = 10 ** (-2.0 / 20)  # no sample of a clip is above this
LEAD = 0.020  # silence before the first sound, in seconds
TAIL = 0.080
FRAME_MS = 60


def _ramp(frequency, centre, width):
    """0 below the centre, 1 above, with a soft edge."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip((frequency - centre + width / 2) / width, 0, 1))


def telephone(samples, rate, pitch=1.0):
    """Through the line: 8 kHz, 300 to 3,400 Hz. A pitch above 1 is a smaller person: the tape runs faster."""
    rate *= pitch
    pad = int(rate * 0.25)
    long = len(samples) + 2 * pad
    spectrum = np.fft.rfft(np.pad(samples, pad))
    frequency = np.fft.rfftfreq(long, 1 / rate)
    spectrum *= _ramp(frequency, LOW, 80) * (1 - _ramp(frequency, HIGH, 200))
    out = int(round(long * RATE / rate))
    bins = out // 2 + 1
    spectrum = spectrum[:bins] if len(spectrum) >= bins else np.pad(spectrum, (0, bins - len(spectrum)))
    return np.fft.irfft(spectrum, out) * (out / long)


def _levels(samples, ms=10):
    frame = RATE * ms // 1000
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return frame, np.sqrt((frames**2).mean(axis=1) + 1e-12)


def trimmed(samples):
    """Without the silence around it, and with short fades; and how much was taken away before it, in seconds."""
    frame, level = _levels(samples)
    heard = np.flatnonzero(level > level.max() * 10 ** (-40 / 20))
    first, last = (int(heard[0]), int(heard[-1]) + 1) if len(heard) else (0, len(level))
    start = max(0, first * frame - int(LEAD * RATE))
    end = min(len(samples), last * frame + int(TAIL * RATE))
    samples = samples[start:end].copy()
    for length, part in ((0.008, slice(None)), (0.040, slice(None, None, -1))):
        edge = min(int(length * RATE), len(samples) // 4)
        samples[part][:edge] *= np.linspace(0, 1, edge)
    return samples, start / RATE


def _biquad(samples, b, a):
    """A filter of the second order, by its response: the clip is short."""
    size = len(samples) + RATE // 2
    z = np.exp(-1j * 2 * np.pi * np.fft.rfftfreq(size))
    response = (b[0] + b[1] * z + b[2] * z * z) / (a[0] + a[1] * z + a[2] * z * z)
    return np.fft.irfft(np.fft.rfft(samples, size) * response, size)[: len(samples)]


def _weighted(samples):
    """The K weighting of BS.1770, its two filters worked out for this rate."""
    k, q, gain = np.tan(np.pi * 1681.974450955533 / RATE), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    half, over = gain**0.4996667741545416, 1 + k / q + k * k
    b = [(gain + half * k / q + k * k) / over, 2 * (k * k - gain) / over, (gain - half * k / q + k * k) / over]
    samples = _biquad(samples, b, [1, 2 * (k * k - 1) / over, (1 - k / q + k * k) / over])
    k, q = np.tan(np.pi * 38.13547087602444 / RATE), 0.5003270373238773
    over = 1 + k / q + k * k
    return _biquad(samples, [1, -2, 1], [1, 2 * (k * k - 1) / over, (1 - k / q + k * k) / over])


def loudness(samples):
    """Integrated loudness in LUFS: blocks of 400 ms, three quarters of overlap, both gates. A shorter clip is one block."""
    weighted = _weighted(samples) ** 2
    block = min(len(samples), int(0.4 * RATE))
    step = max(1, int(0.1 * RATE))
    sums = np.concatenate([[0.0], np.cumsum(weighted)])
    starts = np.arange(0, len(samples) - block + 1, step)
    power = (sums[starts + block] - sums[starts]) / block + 1e-12
    level = lambda p: -0.691 + 10 * np.log10(p)
    power = power[level(power) > -70] if (level(power) > -70).any() else power
    gate = level(power.mean()) - 10
    return float(level(power[level(power) > gate].mean()))


def limited(samples, ceiling=PEAK):
    """Peaks taken back softly: the gain follows 5 ms ahead and lets go again as slowly."""
    over = np.maximum(1.0, np.abs(samples) / ceiling)
    if over.max() <= 1.0:
        return samples
    reach = RATE * 5 // 1000
    padded = np.pad(over, reach, mode="edge")
    worst = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    smooth = np.convolve(np.pad(worst, reach, mode="edge"), np.hanning(2 * reach + 3)[1:-1], "valid")
    smooth /= np.hanning(2 * reach + 3)[1:-1].sum()
    return samples / np.maximum(smooth, over)


def even(samples):
    """At the loudness that all clips have, and without a clipped sample."""
    for _ in range(6):
        samples = samples * 10 ** ((LOUDNESS - loudness(samples)) / 20)
        samples = limited(samples)
        if abs(loudness(samples) - LOUDNESS) < 0.1:
            break
    return samples


def opus_packets(samples, bits):
    """Packets of Opus, and the samples (at 48 kHz) to leave out at the beginning."""
    import av

    codec = av.CodecContext.create("libopus", "w")
    codec.sample_rate, codec.layout, codec.format, codec.bit_rate = RATE, "mono", "flt", bits
    codec.options = {"application": "voip", "frame_duration": str(FRAME_MS), "vbr": "on", "compression_level": "10"}
    codec.open()
    skip = struct.unpack_from("<H", codec.extradata, 10)[0]
    frame = RATE * FRAME_MS // 1000
    # What is left out at the beginning is missing at the end.
    whole = -(-(len(samples) + skip * RATE // 48_000) // frame) * frame
    samples = np.pad(samples, (0, whole - len(samples))).astype(np.float32)
    packets = []
    for at in range(0, whole, frame):
        sound = av.AudioFrame.from_ndarray(samples[None, at : at + frame], format="flt", layout="mono")
        sound.sample_rate, sound.pts = RATE, at
        packets += [bytes(packet) for packet in codec.encode(sound)]
    packets += [bytes(packet) for packet in codec.encode(None)]
    return packets[: whole // frame], skip


def _crc_table():
    table = []
    for n in range(256):
        value = n << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        table.append(value)
    return table


_CRC = _crc_table()


def _page(kind, granule, serial, number, packets):
    lacing = b"".join(b"\xff" * (len(p) // 255) + bytes([len(p) % 255]) for p in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, kind, granule, serial, number, 0, len(lacing))
    page = bytearray(head + lacing + b"".join(packets))
    crc = 0
    for byte in page:
        crc = (crc << 8 & 0xFFFFFFFF) ^ _CRC[crc >> 24 ^ byte]
    struct.pack_into("<I", page, 22, crc)
    return bytes(page)


def ogg(packets, skip, samples, serial):
    """The smallest Ogg Opus stream (RFC 7845) around the packets: a page with the head, one with no comments, the sound."""
    head = struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, skip, RATE, 0, 0)
    tags = struct.pack("<8sII", b"OpusTags", 0, 0)
    pages = [_page(2, 0, serial, 0, [head]), _page(0, 0, serial, 1, [tags])]
    step, done = FRAME_MS * 48, 0
    for first in range(0, len(packets), 250):
        part = packets[first : first + 250]
        done += len(part) * step
        last = first + len(part) == len(packets)
        granule = skip + samples * 48_000 // RATE if last else done
        pages.append(_page(4 if last else 0, granule, serial, len(pages), part))
    return b"".join(pages)


def encoded(samples, bits, serial):
    packets, skip = opus_packets(samples, bits)
    return ogg(packets, skip, len(samples), serial)


def encoded_evenly(samples, bits, serial):
    """Encoded so that what is heard, not what was put in, is at the loudness of all clips and nowhere clipped."""
    gain, ceiling, best = 1.0, PEAK, None
    for attempt in range(16):
        stream = encoded(limited(even(samples) * gain, ceiling), bits, serial)
        heard = decoded(stream)
        off = LOUDNESS - loudness(heard)
        peak = np.abs(heard).max()
        # A little too soft is better than clipped.
        worse = (max(0.0, peak - 0.98), abs(off))
        if best is None or worse < best[0]:
            best = (worse, stream)
        if abs(off) <= 0.3 and peak < 0.98:
            break
        # Opus may put peaks on top. And what is just on the gate of the loudness is in at one gain and out at the next:
        # whoever always takes the whole step goes to and fro for ever.
        step = 10 ** (off / 20) if peak < 0.98 else 0.97
        if attempt < 4:
            gain *= step
        elif peak < 0.98:
            gain *= step**0.5
        else:
            # Too soft and too high: its peaks are taken back further.
            ceiling *= 0.95
    return best[1]


def millis(stream):
    """How long a stream sounds: from its last page, less what is left out at the beginning."""
    skip = struct.unpack_from("<H", stream, stream.index(b"OpusHead") + 10)[0]
    (granule,) = struct.unpack_from("<q", stream, stream.rindex(b"OggS") + 6)
    return (granule - skip) // 48


def decoded(stream):
    """The samples of an Ogg Opus stream, at 8 kHz, as a player has them."""
    import io

    import soundfile

    samples, rate = soundfile.read(io.BytesIO(stream), dtype="float64")
    if samples.ndim > 1:
        samples = samples.mean(axis=1)
    if rate == RATE:
        return samples
    out = int(round(len(samples) * RATE / rate))
    spectrum = np.fft.rfft(samples)[: out // 2 + 1]
    return np.fft.irfft(spectrum, out) * (out / len(samples))
