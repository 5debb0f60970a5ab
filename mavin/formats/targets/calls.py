"""Which shots one call of a model makes, and in which of them each line is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from mavin.caption import DialogueLine, HierarchicalCaption, Shot
from mavin.formats.losses import Loss, LossKind
from mavin.formats.script import FormatError
from mavin.interval import format_seconds

__all__ = ["Call", "calls_of", "parted", "whole"]


@dataclass(frozen=True, slots=True)
class Call:
    """Consecutive shots that are made together.

    Attributes:
        shots: the shots.
        lines: the lines that are said in this call, in order of time.
    """

    shots: tuple[Shot, ...]
    lines: tuple[DialogueLine, ...]

    @property
    def duration_ms(self) -> int:
        """How long its shots last."""
        return self.shots[-1].end_ms - self.shots[0].start_ms

    def begun(self, shot: Shot) -> tuple[DialogueLine, ...]:
        """The lines whose words stand in a shot: a line stands where it is first heard in this call."""
        return tuple(line for line in self.lines if self._home(line) is shot)

    def going_on(self, shot: Shot) -> tuple[DialogueLine, ...]:
        """The lines that began in an earlier shot of this call and are still heard."""
        return tuple(
            line for line in self.lines if line.interval.overlaps(shot.interval) and self._home(line) is not shot
        )

    def _home(self, line: DialogueLine) -> Shot:
        return next(shot for shot in self.shots if line.interval.overlaps(shot.interval))


def calls_of(
    caption: HierarchicalCaption, title: str, *, longest_ms: int | None = None, most_shots: int | None = None
) -> tuple[Call, ...]:
    """The fewest calls that make all shots, as even in length as can be.

    Args:
        caption: the clip.
        title: the model, for messages.
        longest_ms: the longest that a call makes; ``None`` if a clip is never too long.
        most_shots: the most shots of a call; ``None`` if there are never too many.

    Raises:
        FormatError: if one shot is longer than a call.
    """
    shots = caption.shots
    longest = longest_ms or caption.duration_ms
    for shot in shots:
        if shot.interval.duration_ms > longest:
            raise FormatError(
                f"{title} makes at most {format_seconds(longest)} s in one go, but {shot.id} lasts "
                f"{format_seconds(shot.interval.duration_ms)} s. Split it, for example with: "
                f'mavin edit FILM "split {shot.id}"'
            )

    def fits(group: Sequence[Shot]) -> bool:
        return group[-1].end_ms - group[0].start_ms <= longest and len(group) <= (most_shots or len(shots))

    for count in range(1, len(shots) + 1):
        ways = [way for way in _ways(shots, count) if all(map(fits, way))]
        if ways:
            best = min(ways, key=lambda way: max(group[-1].end_ms - group[0].start_ms for group in way))
            return tuple(Call(group, _said_in(caption, group, best)) for group in best)
    raise AssertionError("a shot alone always fits")


def whole(caption: HierarchicalCaption) -> Call:
    """The one call that makes a whole clip."""
    return Call(caption.shots, _said_in(caption, caption.shots, (caption.shots,)))


def parted(caption: HierarchicalCaption, calls: Sequence[Call], why: str) -> Iterator[Loss]:
    """What being made in several calls changes: where one ends, and lines that are said on one side alone.

    Args:
        caption: the clip.
        calls: its calls.
        why: why one is not enough, as a clause.
    """
    for call in calls[1:]:
        what = "another call begins, which knows nothing of the one before but the words"
        yield Loss(LossKind.CHANGED, f"shots.{call.shots[0].id}", what, why)
    for call in calls:
        for line in call.lines:
            if not call.shots[0].start_ms <= line.start_ms < line.end_ms <= call.shots[-1].end_ms:
                others = [shot.id for shot in caption.shots if line.interval.overlaps(shot.interval)]
                home = call.begun
                said = next(shot.id for shot in call.shots if line in home(shot))
                what = f"{line.id} is said whole in {said}, not over the cut of {' and '.join(others)}"
                yield Loss(LossKind.CHANGED, f"dialogue.{line.id}", what, why)


def _ways(shots: tuple[Shot, ...], count: int) -> Iterator[tuple[tuple[Shot, ...], ...]]:
    for cuts in combinations(range(1, len(shots)), count - 1):
        edges = (0, *cuts, len(shots))
        yield tuple(shots[edges[index] : edges[index + 1]] for index in range(count))


def _said_in(
    caption: HierarchicalCaption, group: Sequence[Shot], groups: Sequence[Sequence[Shot]]
) -> tuple[DialogueLine, ...]:
    """The lines that are heard longest in a group, the earlier one if it is a tie."""

    def heard(line: DialogueLine, shots: Sequence[Shot]) -> int:
        parts = (line.interval.intersection(shot.interval) for shot in shots)
        return sum(part.duration_ms for part in parts if part is not None)

    lines = sorted(caption.dialogue, key=lambda line: (line.start_ms, line.end_ms, line.id))
    return tuple(line for line in lines if max(groups, key=lambda other: heard(line, other)) is group)
