"""The synthetic world: captions from the stage's sampler, drawn by the stage, small enough to train on.

Everything follows from a seed: caption, picture, sound and labels are the same on every machine.

Legend: F = frames, H × W = pixels, T = samples.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from generator.renderers import RenderOptions
from generator.stage.composer import ShotStage
from generator.stage.renderer import framing_variants, soundtrack_of
from generator.stage.sampling import Difficulty, sample
from generator.stage.sampling.dice import Dice
from generator.stage.signal import RATE
from generator.train.phrasing import as_written
from mavin.caption import Aspect, Camera, DialogueLine, HierarchicalCaption, Shot, Size
from mavin.frames import frame_of, frame_range

__all__ = [
    "HELD_OUT",
    "SAMPLE_RATE",
    "SMALL",
    "Clip",
    "ClipSound",
    "DrawnReference",
    "draw_clip",
    "draw_frames",
    "draw_reference",
    "draw_sound",
    "has_references",
    "sample_caption",
    "without_words",
    "world_clip",
    "world_still",
]

SAMPLE_RATE: Final = 16_000
"""Of the sound that the network hears, Hz."""

SMALL: Final[Mapping[str, tuple[int, int]]] = {"16:9": (224, 128), "9:16": (128, 224), "1:1": (128, 128)}
"""Width and height of the pictures, by aspect."""

HELD_OUT: Final = 900_000
"""Seeds from here on are never trained on."""

_FRAMINGS: Final = (Size.WIDE, Size.FULL, *(Size.MEDIUM,) * 4, *(Size.CLOSE_UP,) * 2)
_TOLD: Final = Difficulty(
    duration_ms=(3000, 6000), shots=(1, 6), roles=(1, 3), min_shot_ms=600, setting_change=0.7, overlap=0.05,
    off_screen=0.08, sounds=(0, 1), moving=0.25, angles=0.0, animals=0.05, overrides=0.04, plain=True,
    aspects=(Aspect.WIDE,) * 8 + (Aspect.TALL, Aspect.SQUARE), sizes=_FRAMINGS,
)  # fmt: skip
"""The sampler's own wording: short clips of many shots, lines that go on over cuts."""
_WRITTEN: Final = replace(
    _TOLD, duration_ms=(3000, 9000), shots=(1, 4), min_shot_ms=1000, setting_change=0.5, speech=(0.2, 0.6),
    cross_cuts=False, overlap=0.0, off_screen=0.04, sounds=(1, 1), overrides=0.02,
)  # fmt: skip
"""The pace of written scripts (:func:`~generator.train.phrasing.as_written`): every line in its shot."""
_SHARE_WRITTEN: Final = 0.5
_SHARE_OF_THREE: Final = 0.35
"""Of captions that may have three roles; most scripts have one or two."""
_CUSTOMISED: Final = 0.5
"""Probability that roles of a caption have references."""
_UNSAID: Final = 0.6
"""Probability that a role with a reference is not described in words as well."""
_POSES: Final = ("waves", "stands with folded arms", "points to the left", "looks around", "sits on a chair", "nods")
_STUDIOS: Final = ("an empty white studio", "a bare grey room", "a plain wall in daylight")
_SENTENCES: Final = (
    "The weather was kinder to us than we had hoped.", "Every morning the same bus waits at the corner.",
    "I counted the steps twice and lost the number.", "Somebody painted the old gate blue last summer.",
    "There is more bread on the table than we need.", "We walked along the river until it was dark.",
)  # fmt: skip
_VOICE_MS: Final = 2400
_STILL_MS: Final = 3000
"""Of the script of a single picture: the shortest that there is."""
_PEOPLE: Final = {"woman": re.compile(r"\b(?:woman|female)\b"), "man": re.compile(r"\b(?:man|male)\b")}


@dataclass(frozen=True, slots=True)
class Clip:
    """One drawn caption.

    Attributes:
        caption: the script.
        frames: ``[F, H, W, 3]``, 8 bits.
        waveform: ``[T]`` at :data:`SAMPLE_RATE`.
        references: of the roles that are customised.
    """

    caption: HierarchicalCaption
    frames: NDArray[np.uint8]
    waveform: NDArray[np.float32]
    references: tuple[DrawnReference, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnReference:
    """How a role looks and sounds, in another pose, another place and with another sentence (§3).

    Attributes:
        role: its id.
        picture: ``[H, W, 3]``, 8 bits.
        voice: ``[T]`` at :data:`SAMPLE_RATE`.
    """

    role: str
    picture: NDArray[np.uint8]
    voice: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ClipSound:
    """The sound of a clip.

    Attributes:
        waveform: ``[T]`` at :data:`SAMPLE_RATE`.
        mouths: for every frame, how far each role's mouth is open.
    """

    waveform: NDArray[np.float32]
    mouths: Sequence[Mapping[str, int]]


def sample_caption(seed: int) -> HierarchicalCaption:
    """A caption of the world the network is trained on."""
    dice = Dice("phrasing", seed)
    roles = (1, 3) if dice.chance(_SHARE_OF_THREE) else (1, 2)
    if not dice.chance(_SHARE_WRITTEN):
        return sample(seed, replace(_TOLD, roles=roles))
    # Long clips cost the most and teach the least that is new.
    knobs = _WRITTEN if dice.chance(0.15) else replace(_WRITTEN, duration_ms=_TOLD.duration_ms)
    return as_written(sample(seed, replace(knobs, roles=roles)), dice)


def world_clip(seed: int) -> Clip:
    """A clip of the world with its references; of some roles that have one the caption does not say how they are."""
    caption = sample_caption(seed)
    clip = draw_clip(caption)
    dice = Dice("references", seed)
    customised = _customised(dice, caption)
    return Clip(
        without_words(caption, [role for role in customised if dice.chance(_UNSAID)]),
        clip.frames,
        clip.waveform,
        tuple(draw_reference(caption, role, seed) for role in customised),
    )


def world_still(seed: int) -> Clip:
    """The middle picture of a shot of the world, with what the script says of that shot, and no sound."""
    caption = sample_caption(seed)
    shot = Dice("still", seed).pick(caption.shots)
    # At one time alone: where somebody who walks is just now, no text tells.
    span = frame_range(shot.interval)
    middle = (span.start + span.stop) // 2
    closed: list[Mapping[str, int]] = [{}] * (middle + 1)
    frames = draw_frames(caption, range(middle, middle + 1), closed)
    return Clip(_shot_alone(caption, shot), frames, np.zeros(SAMPLE_RATE, np.float32))


def _shot_alone(caption: HierarchicalCaption, shot: Shot) -> HierarchicalCaption:
    """A shot as a script of its own; a line of each who speaks stays, for the camera looks at them."""
    spoken = {part.line.role: part.line for part in reversed(caption.lines_in(shot))}
    lines = tuple(line.model_copy(update={"start_ms": 0, "end_ms": _STILL_MS}) for line in reversed(spoken.values()))
    alone = shot.model_copy(update={"start_ms": 0, "end_ms": _STILL_MS, "sounds": ()})
    return caption.model_copy(update={"duration_ms": _STILL_MS, "shots": (alone,), "dialogue": lines})


def has_references(seed: int) -> bool:
    """Whether roles of :func:`world_clip` have references; nothing is drawn."""
    return bool(_customised(Dice("references", seed), sample_caption(seed)))


def _customised(dice: Dice, caption: HierarchicalCaption) -> list[str]:
    """Roles that are seen and heard and always look the same."""
    if not dice.chance(_CUSTOMISED):
        return []
    changing = {override.role for shot in caption.shots for override in shot.overrides}
    return [
        role.id
        for role in caption.roles
        if role.voice and role.id not in changing and caption.presence(role.id) and caption.dialogue_intervals(role.id)
    ]


def without_words(caption: HierarchicalCaption, roles: Collection[str]) -> HierarchicalCaption:
    """The caption with no more said of some roles than whether they are a woman or a man."""
    told = []
    for role in caption.roles:
        if role.id in roles:
            person = next((word for word, told in _PEOPLE.items() if told.search(role.voice)), "person")
            role = role.model_copy(update={"appearance": f"a {person}", "voice": f"the voice of a {person}"})
        told.append(role)
    return caption.model_copy(update={"roles": tuple(told)})


def draw_reference(caption: HierarchicalCaption, role: str, seed: int) -> DrawnReference:
    """One role by itself: a portrait and a sentence that are not of the clip."""
    dice = Dice("reference", role, seed)
    one = caption.role(role)
    text = dice.pick(_SENTENCES)
    alone = HierarchicalCaption(
        title="Reference", duration_ms=3000, aspect=Aspect.SQUARE, global_caption=caption.global_caption,
        shots=(
            Shot(
                id="S1", start_ms=0, end_ms=3000, title="Alone", setting=dice.pick(_STUDIOS),
                action=f"{one.name} {dice.pick(_POSES)}.", roles=(role,), camera=Camera(size=Size.MEDIUM),
            ),
        ),
        roles=caption.roles,  # a voice is told apart from those of the others
        dialogue=(DialogueLine(id="L1", role=role, start_ms=100, end_ms=100 + _VOICE_MS, text=text),),
    )  # fmt: skip
    frame = dice.whole(6, 60)
    sound = draw_sound(alone, seed=seed)
    (picture,) = draw_frames(alone, range(frame, frame + 1), sound.mouths, seed=seed)
    spoken = slice(SAMPLE_RATE // 10, SAMPLE_RATE * (100 + _VOICE_MS) // 1000)
    return DrawnReference(role, picture, sound.waveform[spoken])


def draw_clip(caption: HierarchicalCaption, *, seed: int = 0) -> Clip:
    """A caption with all its frames and its sound."""
    sound = draw_sound(caption, seed=seed)
    frames = draw_frames(caption, range(frame_of(caption.duration_ms)), sound.mouths, seed=seed)
    return Clip(caption, frames, sound.waveform)


def draw_sound(caption: HierarchicalCaption, *, seed: int = 0) -> ClipSound:
    """The sound of a caption without music, and the mouths that move with it."""
    track = soundtrack_of(caption, RenderOptions(seed=seed, music=False))
    waveform = resample_poly(track.samples, SAMPLE_RATE, RATE).astype(np.float32)
    return ClipSound(waveform, track.mouths)


def draw_frames(
    caption: HierarchicalCaption, wanted: range, mouths: Sequence[Mapping[str, int]], *, seed: int = 0
) -> NDArray[np.uint8]:
    """Some frames of a caption, ``[F, H, W, 3]``; ``mouths`` has an entry for every frame of the film."""
    width, height = SMALL[caption.aspect]
    frames = np.empty((len(wanted), height, width, 3), np.uint8)
    for shot, variant in zip(caption.shots, framing_variants(caption), strict=True):
        inside = range(
            max(wanted.start, frame_of(shot.start_ms)),
            min(wanted.stop, frame_of(shot.end_ms)),
        )
        if not inside:
            continue
        # Where trees stand no text tells: a network can learn one forest, and would blur a thousand.
        stage = ShotStage(caption, shot, variant=variant, seed=seed, pixels=(width, height), canonical=True)
        for frame in inside:
            frames[frame - wanted.start] = np.asarray(stage.frame(frame, mouths[frame]))
    return frames
