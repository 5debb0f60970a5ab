"""A voice without words, where no speech engine is: glottal pulses through moving formants, a vowel a syllable."""

from __future__ import annotations

import re

import numpy as np

from generator.stage.signal import RATE, Samples, fade

__all__ = ["syllables", "synthesise"]

# First three formants in Hz of a grown man's vowels (Peterson and Barney 1952, rounded).
_VOWELS = {
    "a": (730, 1090, 2440), "e": (530, 1840, 2480), "i": (270, 2290, 3010), "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}  # fmt: skip
_BANDWIDTHS = (80.0, 110.0, 160.0)


def syllables(text: str) -> list[str]:
    """One vowel letter per syllable of a text in any script; at least one."""
    found: list[str] = []
    for word in re.findall(r"[^\W_]+", text.casefold()):
        vowels = re.findall(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüœ]+", word)
        if vowels:
            found += [_plain(group[0]) for group in vowels]
        else:
            # Scripts without vowel letters: one syllable for two characters, or one for an ideograph.
            step = 1 if any(ord(char) > 0x2E7F for char in word) else 2
            found += ["aeiou"[ord(word[at]) % 5] for at in range(0, len(word), step)]
    return found[:200] or ["a"]


def _plain(vowel: str) -> str:
    for letter, others in (("a", "aàáâãäåæ"), ("e", "eèéêë"), ("i", "iyìíîï"), ("o", "oòóôõöøœ"), ("u", "uùúûü")):
        if vowel in others:
            return letter
    return "a"


def synthesise(text: str, pitch: int, size: float, seconds: float, chance: np.random.Generator) -> Samples:
    """Babble of a text's syllables spread over so many seconds.

    Args:
        text: what would be said; only its syllables count.
        pitch: 0 (75 Hz) to 100 (320 Hz).
        size: throat length; 1 is a grown man's, less is smaller.
        seconds: length of the sound.
        chance: source of the small irregularities.
    """
    names = syllables(text)
    # Neither a drawl of seconds nor a rattle: 90 ms to 320 ms a syllable, some left out or said again.
    count = int(min(max(len(names), np.ceil(seconds / 0.32)), max(1, seconds / 0.09)))
    names = [names[at * len(names) // count] for at in range(count)]
    total = max(RATE // 20, int(seconds * RATE))
    edges = np.linspace(0, total, count + 1)
    edges[1:-1] += chance.uniform(-0.15, 0.15, count - 1) * total / count
    time = np.arange(total)
    centres = (edges[:-1] + edges[1:]) / 2
    base = 75.0 + 245.0 * (pitch / 100) ** 1.3
    contour = base * np.interp(time, centres, 1 + chance.uniform(-0.12, 0.16, count)) * np.linspace(1.08, 0.9, total)
    source = _pulses(contour, chance)
    formants = np.array([_VOWELS[name] for name in names], float) / size
    out = np.zeros(total, np.float32)
    # Formants are resonators in the frequency domain, over pieces of 20 ms that overlap by half.
    frame = int(0.04 * RATE)
    window = np.hanning(frame + 1)[:frame]
    hertz = np.fft.rfftfreq(frame, 1 / RATE)
    padded = np.pad(source, frame)
    result = np.zeros(total + 2 * frame)
    for start in range(0, total + frame, frame // 2):
        middle = min(max(start - frame / 2, 0), total - 1)
        peaks = [np.interp(middle, centres, formants[:, number]) for number in range(3)]
        gain = np.zeros(len(hertz), complex)
        for number, (peak, width) in enumerate(zip(peaks, _BANDWIDTHS, strict=True)):
            gain += (1.0, 0.55, 0.3)[number] * width * 1j * hertz / (peak**2 - hertz**2 + 1j * width * hertz + 1e-6)
        piece = padded[start : start + frame] * window
        result[start : start + frame] += np.fft.irfft(np.fft.rfft(piece) * gain, frame)
    out[:] = result[frame : frame + total]
    loud = np.ones(total)
    for edge in edges[1:-1]:
        # A dip for the consonant; short enough that the word does not break.
        loud *= 1 - 0.75 * np.exp(-(((time - edge) / (0.014 * RATE)) ** 2))
    out *= loud.astype(np.float32)
    top = max(float(np.abs(out).max()), 1e-6)
    return fade(np.asarray(out * (0.7 / top), np.float32), 0.008, 0.02)


def _pulses(contour: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    phase = np.cumsum(contour / RATE) % 1.0
    # Rosenberg's glottal flow, differentiated: a slow opening, a quick closing.
    rise, fall = 0.4, 0.16
    flow = np.where(
        phase < rise,
        0.5 * (1 - np.cos(np.pi * phase / rise)),
        np.where(phase < rise + fall, np.cos(np.pi / 2 * (phase - rise) / fall), 0.0),
    )
    source = np.diff(flow, prepend=flow[0])
    breath = chance.standard_normal(len(source)) * 0.01 * np.abs(source).max()
    return np.asarray(source + breath)
