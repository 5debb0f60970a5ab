"""Films of which everything is known, known damage to them, and what arithmetic says that each metric will then give.

Films come from ``generator.stage.sampling`` (shots of a second and more, neighbours that differ, two roles that both
speak), drawn as H.264 and AAC.  Each is damaged in one known way, and measured against its own, unchanged script:

- cuts_late       every shot goes on for two frames into the next          STA = exp(−2·cuts / frames)
- speech_late     the sound begins half a second later                      TAMS of the undamaged speech, moved
- shot_missing    the shot before one in the middle goes on in its place    STA = exp(−60 / frames)
- shots_swapped   two shots change places, the sound stays                  STA = exp(−|change of length| / frames)
- voices_swapped  the two roles speak with each other's voice               voice_sim with the references exchanged
- figure_replaced one role looks like somebody else in one shot             pairs of shots with that role
- figure_changes  the same from the middle of that shot on                  frame consistency of that shot

and two sound tracks beside the film's own mix: the voices alone, and ambience 20 dB below them.

What no damage touches stays as it was.  What looks at pictures is predicted by its formula on the features of the
pictures before the codec; where frames only change places, on those of the undamaged film in their new order.  Voices
that change places are other recordings: when speech is heard is predicted by the detector on the sound before the
codec, and no arithmetic says which words a recogniser will then mistake.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluators.consistency import frame_consistency, pair_consistency, shots_between
from evaluators.cuts import shot_transition_accuracy
from evaluators.features.base import Features
from evaluators.features.pictures import middle
from evaluators.plan import ScriptPlan
from evaluators.speech_timing import SAMPLE_RATE, detect_speech, time_alignment
from generator.renderers import RenderOptions, renderer
from generator.stage.sampling import Difficulty, sample
from generator.stage.signal import RATE
from generator.stage.soundtrack import build_soundtrack
from mavin.caption import HierarchicalCaption
from mavin.caption.parts import Override
from mavin.frames import FPS
from mavin.interval import Interval
from mavin.media import FrameReader, read_sound
from mavin.speech import natural_ms

KNOBS = Difficulty(
    duration_ms=(6000, 8000), shots=(3, 4), roles=(2, 2), min_shot_ms=1000, clear_cuts=True, setting_change=1.0,
    overlap=0.0, animals=0.0, off_screen=0.0, overrides=0.0, speech=(0.4, 0.6), cross_cuts=False,
)  # fmt: skip
LATE_FRAMES = 2
LATE_MS = 500
SENTENCES = (
    "We must reach the harbour before the last ferry leaves.",
    "Nobody knows where she went, so we wait here until morning.",
    "The old clock in the kitchen has stopped again.",
    "Please bring the letter to my brother at the station.",
    "I have never seen so many birds above the lake.",
    "There is a light in the window of the empty house.",
    "He said that the bridge would not hold much longer.",
    "Close the door behind you and do not make a sound.",
)

Frames = NDArray[np.uint8]
Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A film of the stage as data: pictures at its own size, sound, and its script."""

    caption: HierarchicalCaption
    path: Path
    frames: Frames
    sound: Samples

    @property
    def plan(self) -> ScriptPlan:
        """Its script on the film's clock."""
        return ScriptPlan.of(self.caption)


def both_speak(seed: int) -> HierarchicalCaption:
    """The ``seed``-th sampled caption that each damage can show itself in, and nothing else.

    Two roles speak, neighbouring shots are not equally long, and after the last word there is time for late speech:
    what the end cuts off would be missed by metrics that late speech is nothing to.
    """
    found = -1
    for number in range(10_000):
        caption = sample(number, KNOBS)
        lengths = [len(shot.frames) for shot in ScriptPlan.of(caption).shots]
        apart = abs(lengths[0] - lengths[1]) >= 6
        spare = caption.duration_ms - max((line.end_ms for line in caption.dialogue), default=0)
        found += apart and spare > LATE_MS and len({line.role for line in caption.dialogue}) == 2
        if found == seed:
            return caption
    raise ValueError(f"there is no {seed}-th such caption")


def sentences(seed: int) -> HierarchicalCaption:
    """Two sentences at their natural pace, a shot each, spoken by two sampled roles."""
    base = both_speak(seed)
    texts = [SENTENCES[(2 * seed + at) % len(SENTENCES)] for at in (0, 1)]
    at, shots, lines = 0, [], []
    for number, text in enumerate(texts):
        long = natural_ms(text, "en")
        start = at + 300
        lines.append(
            base.dialogue[0].model_copy(
                update={"id": f"L{number + 1}", "role": f"C{number + 1}", "text": text, "start_ms": start,
                        "end_ms": start + long}
            )
        )  # fmt: skip
        end = start + long + 300
        shots.append(base.shots[number].model_copy(update={"start_ms": at, "end_ms": end, "sounds": ()}))
        at = end
    shots = [shot.model_copy(update={"roles": ("C1", "C2")}) for shot in shots]
    changes = {"duration_ms": at, "shots": tuple(shots), "dialogue": tuple(lines)}
    return HierarchicalCaption.model_validate((base.model_copy(update=changes)).model_dump())


def draw(caption: HierarchicalCaption, path: Path) -> Drawn:
    """Draws a film once and takes it apart."""
    renderer("stage").render(caption, path, RenderOptions(subtitles=False))
    frames = np.stack([picture for (picture,) in FrameReader(path, [None])])
    sound = read_sound(path, RATE)
    assert sound is not None
    return Drawn(caption, path, frames, sound[: round(len(frames) * RATE / FPS)])


# ------------------------------------------------------------------------------------------ damage


def order_after(film: Drawn, damage: str) -> NDArray[np.intp]:
    """Which frame of the film stands at each place after a damage to its cuts: (F,)."""
    plan, order = film.plan, np.arange(len(film.frames))
    if damage == "cuts_late":
        for cut in plan.cuts:
            order[cut : cut + LATE_FRAMES] = cut - 1
    elif damage == "shot_missing":
        second = plan.shots[1].frames
        order[second.start : second.stop] = second.start - 1
    elif damage == "shots_swapped":
        one, two = plan.shots[0].frames, plan.shots[1].frames
        order = np.concatenate([order[two.start : two.stop], order[one.start : one.stop], order[two.stop :]])
    return order


def cuts_after(film: Drawn, damage: str) -> tuple[int, ...]:
    """The film's cuts after a damage."""
    plan = film.plan
    if damage == "cuts_late":
        return tuple(cut + LATE_FRAMES for cut in plan.cuts)
    if damage == "shot_missing":
        return plan.cuts[1:]
    if damage == "shots_swapped":
        return (len(plan.shots[1].frames), *plan.cuts[1:])
    return plan.cuts


def undamaged(film: Drawn) -> tuple[Frames, Samples]:
    """The film itself, written again: what the codec alone does."""
    return film.frames, film.sound


def cuts_late(film: Drawn) -> tuple[Frames, Samples]:
    """The last picture of each shot stands for two more frames."""
    return film.frames[order_after(film, "cuts_late")], film.sound


def speech_late(film: Drawn) -> tuple[Frames, Samples]:
    """Half a second of silence before the sound."""
    late = np.concatenate([np.zeros(RATE * LATE_MS // 1000, np.float32), film.sound])
    return film.frames, late[: len(film.sound)]


def shot_missing(film: Drawn) -> tuple[Frames, Samples]:
    """The last picture of the first shot stands through the second."""
    return film.frames[order_after(film, "shot_missing")], film.sound


def shots_swapped(film: Drawn) -> tuple[Frames, Samples]:
    """The first two shots change places."""
    return film.frames[order_after(film, "shots_swapped")], film.sound


def _redrawn(film: Drawn, changes: dict[str, Any]) -> tuple[Frames, Samples]:
    caption = HierarchicalCaption.model_validate(film.caption.model_copy(update=changes).model_dump())
    with tempfile.TemporaryDirectory() as folder:
        other = draw(caption, Path(folder) / "other.mp4")
    return other.frames, other.sound


def voices_swapped(film: Drawn) -> tuple[Frames, Samples]:
    """Both roles with each other's voice."""
    one, two = film.caption.roles
    roles = (one.model_copy(update={"voice": two.voice}), two.model_copy(update={"voice": one.voice}))
    return film.frames, _redrawn(film, {"roles": roles})[1]


def figure_changes(film: Drawn) -> tuple[Frames, Samples]:
    """Somebody else's look from the middle of one shot on."""
    other, _ = figure_replaced(film)
    shot = next(shot for shot in reversed(film.plan.shots) if film.caption.roles[0].id in shot.shot.roles)
    middle = (shot.frames.start + shot.frames.stop) // 2
    other[shot.frames.start : middle] = film.frames[shot.frames.start : middle]
    return other, film.sound


def figure_replaced(film: Drawn) -> tuple[Frames, Samples]:
    """Somebody else's look in one shot."""
    one, two = film.caption.roles
    shots = list(film.caption.shots)
    at = next(at for at in reversed(range(len(shots))) if one.id in shots[at].roles)
    look = two.appearance if two.id not in shots[at].roles else "an old giant in a bright red coat, white beard"
    shots[at] = shots[at].model_copy(update={"overrides": (Override(role=one.id, appearance=look),)})
    return _redrawn(film, {"shots": tuple(shots)})[0], film.sound


def voices_alone(film: Drawn) -> tuple[Frames, Samples]:
    """No music, no ambience, no sounds."""
    return film.frames, _stems(film)[0]


def ambience_20(film: Drawn) -> tuple[Frames, Samples]:
    """The voices, and the film's ambience 20 dB below them (RMS, where somebody speaks)."""
    speech, ambience = _stems(film)
    spoken = np.zeros(len(speech), bool)
    for line in film.caption.dialogue:
        spoken[line.start_ms * RATE // 1000 : line.end_ms * RATE // 1000] = True
    level = float(np.sqrt(np.mean(speech[spoken] ** 2)) / max(float(np.sqrt(np.mean(ambience[spoken] ** 2))), 1e-9))
    return film.frames, speech + ambience * level * 0.1


def _stems(film: Drawn) -> tuple[Samples, Samples]:
    stems = build_soundtrack(film.caption, music=False, effects=False).stems
    return stems.speech[: len(film.sound)], stems.ambience[: len(film.sound)]


DAMAGES: dict[str, Callable[[Drawn], tuple[Frames, Samples]]] = {
    "none": undamaged,
    "cuts_late": cuts_late,
    "speech_late": speech_late,
    "shot_missing": shot_missing,
    "shots_swapped": shots_swapped,
    "voices_swapped": voices_swapped,
    "figure_replaced": figure_replaced,
    "figure_changes": figure_changes,
    "voices_alone": voices_alone,
    "ambience_20": ambience_20,
}
HEARD = ("none", "speech_late", "voices_swapped", "voices_alone", "ambience_20")
"""Where the sound is another: only there are words counted and voices compared anew."""
SEEN = ("none", "cuts_late", "shot_missing", "shots_swapped", "figure_replaced", "figure_changes")
"""Where the picture is another."""


# ------------------------------------------------------------------------------------------ arithmetic

REORDERED = ("none", "cuts_late", "shot_missing", "shots_swapped")
"""Where every frame is one of the undamaged film."""


def predicted_sound(film: Drawn, damage: str, before: Mapping[str, Any], sound: Samples) -> dict[str, float]:
    """What TAMS and the likeness of voices will be.

    Args:
        film: before the damage.
        damage: its name.
        before: of the undamaged film: ``heard``, intervals in ms; ``voice``, likeness; ``crossed``, the same with the
            references exchanged.
        sound: after the damage, before the codec.
    """
    plan, end = film.plan, round(len(film.frames) * 1000 / FPS)
    speech = [Interval(*part) for part in before["heard"]]
    if damage == "speech_late":
        moved = [(part.start_ms + LATE_MS, min(part.end_ms + LATE_MS, end)) for part in speech]
        speech = [Interval(start, stop) for start, stop in moved if stop > start]
    elif damage in {"voices_swapped", "voices_alone", "ambience_20"}:
        speech = list(detect_speech(_for_detector(sound)))
    found = {"tams": time_alignment(plan.speech, speech)}
    # Late words are still in their own voice; other sound beneath them is no matter of arithmetic.
    voice = {"none": "voice", "speech_late": "voice", "voices_swapped": "crossed"}.get(damage)
    if voice and before.get(voice) is not None:
        found["voice_sim_ge2e"] = before[voice]
    return found


def _for_detector(sound: Samples) -> Samples:
    from scipy.signal import resample_poly

    return np.asarray(resample_poly(sound, SAMPLE_RATE, RATE), np.float32)


def predicted_pictures(film: Drawn, damage: str, features: Features | None = None) -> dict[str, float]:
    """What STA, frame consistency and the likeness of shots of one role will be.

    Args:
        film: before the damage.
        damage: its name.
        features: a row for each picture after the damage, before the codec; (F, D).
    """
    plan, cuts = film.plan, cuts_after(film, damage)
    found = {"sta": shot_transition_accuracy(plan.cuts, cuts, len(film.frames))}
    if features is None:
        return found
    found["frame_consistency_efficientnet"] = frame_consistency(features, shots_between(cuts, len(features))).value
    shots = [
        features[[shot.frames.start + at for at in middle(len(shot.frames), 8)]].mean(axis=0) for shot in plan.shots
    ]
    pairs = pair_consistency(np.stack(shots), plan.pairs_with_shared_roles())
    if not math.isnan(pairs.value):
        found["role_shots_efficientnet"] = pairs.value
    return found
