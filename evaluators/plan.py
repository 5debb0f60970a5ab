"""What a film should be, on its own clock: the shots, cuts and lines of all its clips, one after the other.

clip   K1: 3.5 s = 84 frames        K2: 4 s = 96 frames
film   [ S1 ..... | S2 ........... )[ K2 S1 ....... | K2 S2 .... )
cuts              ^                 ^               ^
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from mavin.caption import DialogueLine, HierarchicalCaption, Shot
from mavin.frames import FPS, frame_of
from mavin.interval import Interval, merge

__all__ = ["PlannedLine", "PlannedShot", "ScriptPlan"]


@dataclass(frozen=True, slots=True)
class PlannedShot:
    """A shot on the film's clock.

    Attributes:
        name: its id, behind the clip's where there are several clips.
        clip: index of its clip.
        shot: the script's own.
        frames: its frames in the film.
    """

    name: str
    clip: int
    shot: Shot
    frames: range


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line on the film's clock; ``name`` as for shots, ``speaker`` is the role's name."""

    name: str
    clip: int
    line: DialogueLine
    speaker: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class ScriptPlan:
    """The whole film as planned.

    Attributes:
        captions: the clips' scripts in order.
        shots, lines: of all clips, in order of time.
        frames: number of frames, at 24 a second.
    """

    captions: tuple[HierarchicalCaption, ...]
    shots: tuple[PlannedShot, ...]
    lines: tuple[PlannedLine, ...]
    frames: int

    @classmethod
    def of(cls, captions: Sequence[HierarchicalCaption] | HierarchicalCaption) -> ScriptPlan:
        """Puts clips one after the other, each with exactly its frames.

        Raises:
            ValueError: if there is no clip.
        """
        clips = (captions,) if isinstance(captions, HierarchicalCaption) else tuple(captions)
        if not clips:
            raise ValueError("a plan needs the script of one clip at least, got none")
        shots: list[PlannedShot] = []
        lines: list[PlannedLine] = []
        first = 0
        for at, caption in enumerate(clips):
            head = f"K{at + 1} " if len(clips) > 1 else ""
            for shot in caption.shots:
                span = range(first + frame_of(shot.start_ms), first + frame_of(shot.end_ms))
                shots.append(PlannedShot(head + shot.id, at, shot, span))
            shift = round(first * 1000 / FPS)
            for line in caption.dialogue:
                when = Interval(line.start_ms + shift, line.end_ms + shift)
                lines.append(PlannedLine(head + line.id, at, line, caption.role(line.role).name, when))
            first += frame_of(caption.duration_ms)
        lines.sort(key=lambda line: (line.interval, line.name))
        return cls(clips, tuple(shots), tuple(lines), first)

    @property
    def cuts(self) -> tuple[int, ...]:
        """First frames of all shots but the first."""
        return tuple(shot.frames.start for shot in self.shots[1:])

    @property
    def duration_ms(self) -> int:
        """Length of the film: of one clip its own, else that of the frames."""
        return self.captions[0].duration_ms if len(self.captions) == 1 else round(self.frames * 1000 / FPS)

    @property
    def speech(self) -> tuple[Interval, ...]:
        """When anybody speaks, merged."""
        return merge(line.interval for line in self.lines)

    def pairs_with_shared_roles(self) -> tuple[tuple[int, int], ...]:
        """Indices of shots (i < j) that are annotated to show the same role (𝒫_char of Eq. S8)."""
        return self._pairs(lambda shot: {role.casefold() for role in self._names(shot)})

    def pairs_with_shared_settings(self) -> tuple[tuple[int, int], ...]:
        """Indices of shots (i < j) that are annotated to have the same setting (𝒫_bg of Eq. S8)."""
        return self._pairs(lambda shot: {" ".join(shot.shot.setting.casefold().split())})

    def _names(self, shot: PlannedShot) -> set[str]:
        caption = self.captions[shot.clip]
        return {caption.role(role).name for role in shot.shot.roles}

    def _pairs(self, keys: Callable[[PlannedShot], set[str]]) -> tuple[tuple[int, int], ...]:
        found = [keys(shot) for shot in self.shots]
        return tuple((one, two) for one, two in combinations(range(len(found)), 2) if found[one] & found[two])
