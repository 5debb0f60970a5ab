"""Whether a generated figure wears what it should and speaks as high as it should: measures on the synthetic world.

colour   the stage draws the same frame twice, once with the role in another colour: what differs is its clothing.
         There the generated frame's median colour is compared with the ten colours of the world, each in the
         light of the shot, which the stage's own frame tells.
pitch    median over a line's interval, by librosa's pYIN, against the same of the role's reference voice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.stage.sampling.people import PLAIN_COLOURS
from generator.stage.wardrobe import clothes_colour
from generator.train.world import SAMPLE_RATE, draw_frames
from mavin.caption import HierarchicalCaption, Shot
from mavin.frames import frame_of, frame_range

__all__ = ["Dressed", "Voiced", "clothing", "pitches"]

Frames = NDArray[np.uint8]

_LEAST_PIXELS: Final = 30
"""Of clothing in a frame, below which its colour says nothing."""
_WEARING = re.compile(r"\b(?:wearing|in) an? (\w+) ")


@dataclass(frozen=True, slots=True)
class Dressed:
    """One role in one shot: the colour it should wear, and the one it wears as the nearest of the ten."""

    shot: str
    role: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Voiced:
    """One line: pitch of the role's reference and of the line in Hz; ``None`` where nothing was voiced."""

    line: str
    role: str
    wanted: float
    found: float | None

    @property
    def kept(self) -> bool:
        """Whether it is within 15%."""
        return self.found is not None and abs(self.found / self.wanted - 1) <= 0.15


def clothing(truth: HierarchicalCaption, frames: Frames) -> list[Dressed]:
    """What the roles of a film wear, wherever enough of it can be seen.

    Args:
        truth: the script with every role's words, as the stage draws it.
        frames: of the film, ``(F, H, W, 3)`` at the world's size.
    """
    found = []
    for shot in truth.shots:
        span = frame_range(shot.interval)
        middle = range((span.start + span.stop) // 2, (span.start + span.stop) // 2 + 1)
        for role in shot.roles:
            wanted = _worn(truth, role, shot)
            if wanted is None:
                continue
            drawn = _drawn(truth, middle)
            other = _drawn(_dressed_otherwise(truth, role, wanted), middle)
            where = (np.abs(drawn.astype(int) - other.astype(int)).sum(axis=2) > 60) & _inner(drawn, other)
            if where.sum() >= _LEAST_PIXELS:
                light = _light(drawn, where, wanted)
                found.append(Dressed(shot.id, role, wanted, _nearest(_median(frames[middle.start], where), light)))
    return found


def _worn(truth: HierarchicalCaption, role: str, shot: Shot) -> str | None:
    match = _WEARING.search(truth.role_in_shot(role, shot).appearance)
    return match[1] if match and match[1] in PLAIN_COLOURS else None


def _dressed_otherwise(truth: HierarchicalCaption, role: str, colour: str) -> HierarchicalCaption:
    other = "green" if colour != "green" else "orange"
    changed = [
        one.model_copy(update={"appearance": one.appearance.replace(f" {colour} ", f" {other} ")})
        if one.id == role
        else one
        for one in truth.roles
    ]
    return truth.model_copy(update={"roles": tuple(changed)})


def _drawn(caption: HierarchicalCaption, frame: range) -> Frames:
    closed: list[Mapping[str, int]] = [{}] * frame_of(caption.duration_ms)
    drawn: Frames = draw_frames(caption, frame, closed)[0]
    return drawn


def _inner(drawn: Frames, other: Frames) -> NDArray[np.bool_]:
    """Without outlines and shadows, which are dark in both."""
    bright: NDArray[np.bool_] = np.maximum(drawn, other).max(axis=2) > 40
    return bright


def _median(frame: Frames, where: NDArray[np.bool_]) -> NDArray[np.float64]:
    colour: NDArray[np.float64] = np.median(frame[where].astype(np.float64), axis=0)
    return colour


def _light(drawn: Frames, where: NDArray[np.bool_], colour: str) -> dict[str, NDArray[np.float64]]:
    """The ten colours as they are in this shot."""
    plain = {name: _rgb(name) for name in PLAIN_COLOURS}
    factor = np.clip(_median(drawn, where) / np.maximum(plain[colour], 1), 0.2, 1.3)
    # One channel of a strong colour says little about the light: all three share most of it.
    factor = 0.5 * factor + 0.5 * float(np.median(factor))
    return {name: rgb * factor for name, rgb in plain.items()} | {colour: _median(drawn, where)}


def _rgb(name: str) -> NDArray[np.float64]:
    code = clothes_colour(f"wearing a {name} coat")
    assert code is not None
    return np.array([int(code[at : at + 2], 16) for at in (1, 3, 5)], np.float64)


def _nearest(colour: NDArray[np.float64], palette: Mapping[str, NDArray[np.float64]]) -> str:
    return min(palette, key=lambda name: float(np.linalg.norm(palette[name] - colour)))


def pitches(
    truth: HierarchicalCaption, samples: NDArray[np.float32], voices: Mapping[str, NDArray[np.float32]]
) -> list[Voiced]:
    """How high the lines are spoken.

    Args:
        truth: the script.
        samples: the film's sound at 16 kHz.
        voices: each role's reference voice at 16 kHz.
    """
    found = []
    for line in truth.dialogue:
        wanted = _pitch(voices[line.role]) if line.role in voices else None
        if wanted is not None:
            start, stop = (time * SAMPLE_RATE // 1000 for time in (line.start_ms, line.end_ms))
            found.append(Voiced(line.id, line.role, round(wanted, 1), _pitch(samples[start:stop])))
    return found


def _pitch(samples: Sequence[float] | NDArray[np.float32]) -> float | None:
    import librosa

    if len(samples) < 4096:
        return None
    hertz, voiced, _ = librosa.pyin(
        np.asarray(samples, np.float32), fmin=60, fmax=500, sr=SAMPLE_RATE, frame_length=1024, hop_length=256
    )
    return float(np.median(hertz[voiced])) if voiced.sum() >= 5 else None
