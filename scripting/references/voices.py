"""What a recording tells of a voice, measured with librosa (extra ``references``): pitch, pace, loudness, timbre.

Every word has its number beside it, and nothing is said of age, gender, accent or identity.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mavin.media import probe_sound
from scripting.references.cues import VoiceCues
from scripting.references.files import VOICE_RATE, read_voice

__all__ = ["listener_available", "study_voice"]

Samples = NDArray[np.float32]

_LOWEST_HZ, _HIGHEST_HZ = 50.0, 600.0
_FRAME, _HOP = 1024, 256
_WINDOW = 960  # three periods of the lowest pitch
_VOICED = 0.5
_NEVER = ("age", "gender", "accent", "emotion", "what is said", "who it is")
_MISSING = "everything (the listening package is not installed; install it with: pip install 'mavin[references]')"

# Bounds from below: speech of low voices lies around 85–150 Hz, of high ones around 180–260 Hz.
_PITCH = ((0.0, "very low"), (95.0, "low"), (150.0, "medium"), (220.0, "high"), (300.0, "very high"))
_PACE = ((0.0, "slow"), (3.2, "measured"), (5.2, "fast"))
_LOUDNESS = ((-100.0, "quiet"), (-32.0, "moderate"), (-18.0, "loud"))
_BRIGHTNESS = ((0.0, "dark"), (900.0, ""), (1700.0, "bright"))
_TELEPHONE_RATE = 12_000


def listener_available() -> bool:
    """Whether voices can be analysed here."""
    return find_spec("librosa") is not None


def study_voice(path: Path) -> VoiceCues:
    """Measures a voice of 1 to 60 s.

    Raises:
        UsageError: as :func:`scripting.references.files.read_voice`.
    """
    samples = read_voice(path)
    seconds = round(len(samples) / VOICE_RATE, 2)
    if not listener_available():
        return VoiceCues(seconds=seconds, analysed=False, not_analysed=(_MISSING,))
    return _measured(samples, seconds, probe_sound(path).sample_rate)


def _measured(samples: Samples, seconds: float, recorded_rate: int) -> VoiceCues:
    import librosa

    rms = librosa.feature.rms(y=samples, frame_length=_FRAME, hop_length=_HOP)[0]
    speech = rms > max(10 ** (-55 / 20), 0.1 * float(np.percentile(rms, 95)))
    pitch = _pitch(samples)
    count = min(len(pitch), len(speech))
    pitch, speech = pitch[:count], speech[:count]
    voiced = speech & np.isfinite(pitch)
    missing: list[str] = []
    found: dict[str, Any] = {"voiced_share": round(float(voiced.sum() / max(1, speech.sum())), 2)}
    loudness = _loudness(samples)
    if loudness is not None:
        found |= {"loudness_lufs": round(loudness, 1), "loudness": _word(loudness, _LOUDNESS)}
    else:
        missing.append("loudness")
    if voiced.sum() < 12 or found["voiced_share"] < 0.1:
        missing.append("pitch, pace and timbre (hardly anything in it is voiced)")
        return VoiceCues(seconds=seconds, not_analysed=(*missing, *_NEVER), **found)
    heard = pitch[voiced]
    median, low, high = (float(np.percentile(heard, share)) for share in (50, 10, 90))
    found |= {
        "pitch_hz": round(median),
        "pitch_range_hz": (round(low), round(high)),
        "pitch": _word(median, _PITCH),
        "melody": "lively" if 12 * np.log2(high / low) >= 7 else "even",
    }
    rate = _syllables_per_second(samples, speech)
    if rate is None:
        missing.append("pace (too little speech)")
    else:
        found |= {"syllables_per_second": round(rate, 1), "pace": _word(rate, _PACE)}
    if recorded_rate < _TELEPHONE_RATE:
        missing.append("timbre (a recording of telephone quality does not hold it)")
    else:
        found |= _timbre(samples, voiced)
    return VoiceCues(seconds=seconds, not_analysed=(*missing, *_NEVER), **found)


def _pitch(samples: Samples) -> NDArray[np.float64]:
    """F0 of each frame in Hz, NaN where it is not voiced, shape (1 + N // hop,).

    Boersma's method (1993): the highest peak of the autocorrelation, divided by the window's own.  Not
    ``librosa.pyin``: it agrees within 2 % on speech, but compiles for up to a minute when first used.
    """
    import librosa

    window = np.hanning(_WINDOW)
    own = librosa.autocorrelate(window, max_size=_WINDOW)
    padded = np.pad(samples.astype(np.float64), _WINDOW // 2)
    frames = librosa.util.frame(padded, frame_length=_WINDOW, hop_length=_HOP).T
    centred = (frames - frames.mean(axis=1, keepdims=True)) * window
    shortest, longest = int(VOICE_RATE / _HIGHEST_HZ), int(VOICE_RATE / _LOWEST_HZ)
    likeness = librosa.autocorrelate(centred, max_size=longest + 2, axis=-1)
    likeness = likeness / np.maximum(likeness[:, :1], 1e-12) / (own / own[0])[: longest + 2]
    inner = likeness[:, 1:-1]
    peak = (inner > likeness[:, :-2]) & (inner >= likeness[:, 2:])
    lags = np.arange(1, longest + 1)
    # Each octave down must be better by a little, or every second period would win by chance.
    score = np.where(peak & (lags >= shortest), inner - 0.02 * np.log2(lags * _LOWEST_HZ / VOICE_RATE), -np.inf)
    best = np.argmax(score, axis=1)
    rows = np.arange(len(best))
    before, here, after = likeness[rows, best], inner[rows, best], likeness[rows, best + 2]
    bend = before - 2 * here + after
    shift = np.where(bend < 0, 0.5 * (before - after) / np.where(bend < 0, bend, 1.0), 0.0)
    heard: NDArray[np.float64] = np.where(
        np.isfinite(score[rows, best]) & (here > _VOICED), VOICE_RATE / (best + 1 + shift), np.nan
    )
    return heard


def _word(value: float, table: tuple[tuple[float, str], ...]) -> str:
    return next(word for bound, word in reversed(table) if value >= bound or bound == table[0][0])


def _loudness(samples: Samples) -> float | None:
    from pyloudnorm import Meter

    value = float(Meter(VOICE_RATE).integrated_loudness(samples.astype(np.float64)))
    return value if np.isfinite(value) else None


def _syllables_per_second(samples: Samples, speech: NDArray[np.bool_]) -> float | None:
    """Peaks of the loudness of the vowels' band, for each second that is spoken."""
    import librosa

    spoken = float(speech.sum() * _HOP / VOICE_RATE)
    if spoken < 0.6:
        return None
    power = np.abs(librosa.stft(samples, n_fft=512, hop_length=160)) ** 2
    bins = librosa.fft_frequencies(sr=VOICE_RATE, n_fft=512)
    band = power[(bins >= 300) & (bins <= 2500)].sum(axis=0)
    level = 10 * np.log10(band + 1e-10)
    smooth = np.convolve(level, np.hanning(9) / np.hanning(9).sum(), mode="same")
    floor = float(np.percentile(smooth, 95)) - 25
    peaks = 0
    valley, crest = smooth[0], -np.inf
    for value in smooth:
        # A syllable is a crest 2 dB above the valleys on both sides.
        if value > crest:
            crest = value
        if crest - value >= 2.0 and crest - valley >= 2.0:
            peaks += crest > floor
            valley, crest = value, -np.inf
        elif value < valley:
            valley, crest = value, -np.inf
    return peaks / spoken


def _timbre(samples: Samples, voiced: NDArray[np.bool_]) -> dict[str, Any]:
    import librosa

    options: dict[str, Any] = {"n_fft": _FRAME, "hop_length": _HOP}
    centroid = librosa.feature.spectral_centroid(y=samples, sr=VOICE_RATE, **options)[0][: len(voiced)]
    flatness = librosa.feature.spectral_flatness(y=samples, **options)[0][: len(voiced)]
    middle = float(np.median(centroid[voiced]))
    breath = float(np.median(flatness[voiced]))
    words = [_word(middle, _BRIGHTNESS), "breathy" if breath > 0.05 else ""]
    return {"centroid_hz": round(middle), "timbre": tuple(word for word in words if word)}
