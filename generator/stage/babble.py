"""A voice without words, where no speech engine is: glottal pulses through moving formants, a vowel a syllable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from generator.stage.signal import RATE, Samples, band, fade, noise

if TYPE_CHECKING:
    from generator.stage.casting import Voice

__all__ = ["syllables", "synthesise"]

# First three formants in Hz of a grown man's vowels (Peterson and Barney 1952, rounded).
_VOWELS = {
    "a": (730, 1090, 2440), "e": (530, 1840, 2480), "i": (270, 2290, 3010), "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}  # fmt: skip
_BANDWIDTHS = (80.0, 110.0, 160.0)
_GROUPS = re.compile(
    "[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüœ]+|[аеёиоуыэюяіїє]|[αεηιουωάέήίόύώ]+|[\u064e-\u0650اويى]", re.IGNORECASE
)
_SHORTEST, _LONGEST, _USUAL = 0.045, 0.3, 0.19
_PAUSE = 0.2


def syllables(text: str) -> list[str]:
    """One vowel letter per syllable of a text in any script; at least one."""
    return [vowel for word in _words(text) for vowel in word][:400] or ["a"]


def _words(text: str) -> list[list[str]]:
    words = []
    for word in re.findall(r"[^\W_]+", text.casefold()):
        vowels = _GROUPS.findall(word)
        if vowels:
            words.append([_plain(group) for group in vowels[: _heard(word, len(vowels))]])
        else:
            # Scripts without vowel letters: one syllable for two characters, or one for an ideograph.
            step = 1 if any(ord(char) > 0x2E7F for char in word) else 2
            words.append(["aeiou"[ord(word[at]) % 5] for at in range(0, len(word), step)])
    return words


def _heard(word: str, count: int) -> int:
    # The silent e of "light on the table", "home", "moved" is no syllable, but "the" and "table" have theirs.
    silent = re.search(r"[^aeiouyl\W]e[ds]?$", word) and not re.search(r"(?:[td]ed|[sxzcg]es|[csz]hes)$", word)
    return max(1, count - 1) if silent and word.isascii() else count


def _plain(group: str) -> str:
    vowel = group[0]
    for letter, others in (
        ("a", "aàáâãäåæаяάαا\u064e"), ("e", "eèéêëеёэεέηєى"), ("i", "iyìíîïиыіїιίήي\u0650"), ("o", "oòóôõöøœоοόωώ"),
        ("u", "uùúûüуюυύو\u064f"),
    ):  # fmt: skip
        if vowel in others:
            return letter
    return "a"


def synthesise(text: str, voice: Voice, seconds: float, chance: np.random.Generator) -> Samples:
    """Babble of a text's syllables, each one once, in so many seconds or less.

    A syllable lasts at most 0.3 s; where that does not fill the time, words are set apart, and then it ends early.

    Args:
        text: what would be said; only its syllables count.
        voice: pitch, throat and breath.
        seconds: the longest that it may last.
        chance: source of the small irregularities.
    """
    words = _words(text) or [["a"]]
    names = [vowel for word in words for vowel in word]
    pace = seconds / len(names)
    each = min(_LONGEST / max(0.5, voice.pace), max(_SHORTEST, pace))
    spare = max(0.0, seconds - each * len(names))
    pause = min(_PAUSE, spare / max(1, len(words) - 1))
    lengths = chance.uniform(0.85, 1.15, len(names))
    lengths *= each * len(names) / lengths.sum()
    parts, at = [], 0
    for number, word in enumerate(words):
        if number and pause > 0.02:
            parts.append(np.zeros(int(pause * RATE), np.float32))
        parts.append(_said(word, lengths[at : at + len(word)], voice, at / len(names), chance))
        at += len(word)
    out = np.concatenate(parts)
    return fade(np.asarray(out * (0.7 / max(float(np.abs(out).max()), 1e-6)), np.float32), 0.008, 0.02)


def _said(names: list[str], lengths: np.ndarray, voice: Voice, passed: float, chance: np.random.Generator) -> Samples:
    # One word: its pitch falls through the sentence and moves with each syllable.
    edges = np.concatenate([[0], np.cumsum(lengths)]) * RATE
    total = max(RATE // 50, int(edges[-1]))
    time, centres = np.arange(total), (edges[:-1] + edges[1:]) / 2
    move = voice.spread / 50
    steps = 1 + move * chance.uniform(-0.09, 0.12, len(names))
    contour = voice.pitch_hz * np.interp(time, centres, steps) * (1 + move * 0.07 * (1 - 2 * passed))
    source = _pulses(contour, voice.breath, chance)
    formants = np.array([_VOWELS[name] for name in names], float) / voice.throat
    spoken = _through(source, centres, formants)
    loud = np.ones(total)
    for edge in edges[:-1]:
        # A dip for the consonant; short enough that the word does not break.
        loud *= 1 - 0.75 * np.exp(-(((time - edge) / (0.014 * RATE)) ** 2))
        size = min(int(0.03 * RATE), total - int(edge))
        if size > 64:
            puff = band(noise(size, chance), 1800, 7000) * np.hanning(size).astype(np.float32)
            spoken[int(edge) : int(edge) + size] += puff * 0.12 * float(np.abs(spoken).max())
    return fade((spoken * loud).astype(np.float32), 0.004, 0.012)


def _through(source: np.ndarray, centres: np.ndarray, formants: np.ndarray) -> Samples:
    # Formants are resonators in the frequency domain, over pieces of 40 ms that overlap by half.
    total, frame = len(source), int(0.04 * RATE)
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
        result[start : start + frame] += np.fft.irfft(np.fft.rfft(piece) * gain, frame)[: len(result) - start]
    return np.asarray(result[frame : frame + total], np.float32)


def _pulses(contour: np.ndarray, breath: float, chance: np.random.Generator) -> np.ndarray:
    phase = np.cumsum(contour / RATE) % 1.0
    # Rosenberg's glottal flow, differentiated: a slow opening, a quick closing.
    rise, fall = 0.4, 0.16
    flow = np.where(
        phase < rise,
        0.5 * (1 - np.cos(np.pi * phase / rise)),
        np.where(phase < rise + fall, np.cos(np.pi / 2 * (phase - rise) / fall), 0.0),
    )
    source = np.diff(flow, prepend=flow[0])
    air = chance.standard_normal(len(source)) * breath * np.abs(source).max()
    return np.asarray(air if breath > 0.9 else source + air)  # a whisper has no pulses
