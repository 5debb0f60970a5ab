"""Captions, decoding and speech detection for the tests of the stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mavin.caption import Aspect, Camera, DialogueLine, GlobalCaption, HierarchicalCaption, Role, Shot, Sound
from mavin.interval import Interval


def make_caption(
    shots: list[dict[str, Any]],
    roles: list[dict[str, Any]] | None = None,
    dialogue: list[dict[str, Any]] | None = None,
    *,
    aspect: Aspect = Aspect.WIDE,
    language: str = "en",
    style: str = "warm animation",
    ambience: str = "quiet",
) -> HierarchicalCaption:
    """A caption from the few fields that matter; shots give ``ms`` instead of times."""
    made, now = [], 0
    for number, fields in enumerate(shots, 1):
        rest = dict(fields)
        length = rest.pop("ms", 1500)
        camera = Camera(**rest.pop("camera", {}))
        sounds = tuple(
            Sound(id=f"X{number}{at}", start_ms=now + sound[0], end_ms=now + sound[1], text=sound[2])
            for at, sound in enumerate(rest.pop("sounds", []), 1)
        )
        rest.setdefault("setting", "a meadow")
        made.append(Shot(id=f"S{number}", start_ms=now, end_ms=now + length, camera=camera, sounds=sounds, **rest))
        now += length
    return HierarchicalCaption(
        title="A test",
        duration_ms=now,
        aspect=aspect,
        language=language,
        global_caption=GlobalCaption(storyline="Somebody does something.", style=style, ambience=ambience),
        shots=tuple(made),
        roles=tuple(Role(id=f"C{number}", **fields) for number, fields in enumerate(roles or [], 1)),
        dialogue=tuple(DialogueLine(id=f"L{number}", **fields) for number, fields in enumerate(dialogue or [], 1)),
    )


@dataclass(frozen=True)
class Decoded:
    """A film as a player sees it: grey frames (F, H, W), their times, and mono samples."""

    frames: np.ndarray
    pts_seconds: list[float]
    samples: np.ndarray | None
    rate: int

    def changes(self) -> np.ndarray:
        """Mean difference of each frame from the one before; the first is 0."""
        values = [0.0]
        values += [
            float(np.abs(self.frames[at].astype(np.int16) - self.frames[at - 1]).mean())
            for at in range(1, len(self.frames))
        ]
        return np.array(values)


def decode_film(path: Path) -> Decoded:
    """Decode picture and sound of an mp4 with PyAV."""
    import av

    with av.open(str(path)) as container:
        pictures = [(frame.to_ndarray(format="gray"), float(frame.time or 0)) for frame in container.decode(video=0)]
    samples, rate = None, 0
    with av.open(str(path)) as container:
        if container.streams.audio:
            rate = container.streams.audio[0].rate
            parts = [frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)]
            samples = np.concatenate(parts)
    return Decoded(np.stack([picture for picture, _ in pictures]), [time for _, time in pictures], samples, rate)


def speech_runs(samples: np.ndarray, rate: int) -> list[Interval]:
    """Where webrtcvad hears speech: mode 3, 10 ms at 16 kHz, gaps up to 300 ms merged, runs under 100 ms dropped."""
    import av
    import webrtcvad

    frame = av.AudioFrame.from_ndarray(samples.astype(np.float32).reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    pcm = np.concatenate(
        [part.to_ndarray().reshape(-1) for source in (frame, None) for part in resampler.resample(source)]
    )
    detector = webrtcvad.Vad(3)
    runs: list[list[int]] = []
    for at in range(0, len(pcm) - 159, 160):
        if detector.is_speech(pcm[at : at + 160].tobytes(), 16_000):
            start = at // 16
            if runs and start - runs[-1][1] <= 300:
                runs[-1][1] = start + 10
            else:
                runs.append([start, start + 10])
    return [Interval(start, end) for start, end in runs if end - start >= 100]


@pytest.fixture(scope="session")
def caption_of() -> Callable[..., HierarchicalCaption]:
    """:func:`make_caption`."""
    return make_caption


@pytest.fixture(scope="session")
def decoded() -> Callable[[Path], Decoded]:
    """:func:`decode_film`."""
    return decode_film


@pytest.fixture(scope="session")
def speech() -> Callable[[np.ndarray, int], list[Interval]]:
    """:func:`speech_runs`."""
    return speech_runs
