"""Times on other models' grids: frames, latents and whole seconds, and what rounding changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from mavin.caption import Shot
from mavin.formats.losses import Loss, LossKind
from mavin.interval import format_seconds

__all__ = ["LTX", "WAN", "Grid", "apportion", "lengths_of", "next_of", "rounded", "starts_of"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Clips of ``step × n + 1`` frames: latent 0 holds one frame, each further latent ``step`` of them.

    Attributes:
        fps: frames a second.
        step: frames that one latent holds.
    """

    fps: int
    step: int

    def latents(self, time_ms: int) -> int:
        """The number of latents whose frames end nearest to an instant, half up, at least one."""
        span = 1000 * self.step
        return max(0, (2 * (time_ms * self.fps - 1000) + span) // (2 * span)) + 1

    def frames(self, time_ms: int) -> int:
        """The count ``step × n + 1`` nearest to an instant."""
        return self.frames_in(self.latents(time_ms))

    def frames_in(self, latents: int) -> int:
        """How many frames the first so many latents of a clip hold."""
        return self.step * (latents - 1) + 1

    def time_ms(self, frames: int) -> int:
        """When a frame is first shown, to the nearest millisecond."""
        return (2000 * frames + self.fps) // (2 * self.fps)

    def together(self, ends_ms: Iterable[int]) -> tuple[int, ...]:
        """Latents of shots that lie in one clip, from where each of them ends; each has one at least."""
        ends = [0]
        for end in ends_ms:
            ends.append(max(self.latents(end), ends[-1] + 1))
        return tuple(end - start for start, end in pairwise(ends))

    def apart(self, ends_ms: Iterable[int]) -> tuple[int, ...]:
        """Latents of shots that are each coded as a clip of its own; the sum of their frames follows the times."""
        found: list[int] = []
        frames = 0
        for end in ends_ms:
            wanted = end * self.fps - frames * 1000
            found.append(self.latents(max(0, wanted) // self.fps))
            frames += self.frames_in(found[-1])
        return tuple(found)


WAN = Grid(16, 4)
"""Wan 2.1 and 2.2 and the models made from them: 4n + 1 frames at 16 a second."""

LTX = Grid(24, 8)
"""LTX-2: 8n + 1 frames at 24 a second."""


def apportion(weights: Sequence[int], total: int, least: int = 1) -> tuple[int, ...]:
    """Whole shares of a total in proportion to weights, each at least so much, by the largest remainder.

    Raises:
        ValueError: if the total is too small for that.
    """
    if total < least * len(weights):
        raise ValueError(f"the total must be at least {least * len(weights)}, got {total}")
    whole = sum(weights)
    shares = [max(least, weight * total // whole) for weight in weights]
    while (over := sum(shares) - total) != 0:
        # What a share has beyond its due, in units of 1 / whole; ties go to the earlier one.
        beyond = [share * whole - weight * total for share, weight in zip(shares, weights, strict=True)]
        if over > 0:
            index = max((index for index, share in enumerate(shares) if share > least), key=lambda index: beyond[index])
            shares[index] -= 1
        else:
            index = min(range(len(shares)), key=lambda index: beyond[index])
            shares[index] += 1
    return tuple(shares)


def next_of(allowed: Sequence[int], duration_ms: int, least: int = 0) -> int:
    """The smallest allowed number of seconds that holds a duration and is not below the least.

    Raises:
        ValueError: if there is none.
    """
    for seconds in sorted(allowed):
        if seconds * 1000 >= duration_ms and seconds >= least:
            return seconds
    raise ValueError(f"{max(allowed)} s are too short for {duration_ms} ms")


def lengths_of(shots: Iterable[Shot]) -> tuple[int, ...]:
    """How long each shot lasts, in milliseconds."""
    return tuple(shot.interval.duration_ms for shot in shots)


def starts_of(lengths: Iterable[int]) -> tuple[int, ...]:
    """Where each of several lengths begins and, last, where all end."""
    return (0, *accumulate(lengths))


def rounded(shots: Sequence[Shot], starts_ms: Sequence[int], why: str) -> Iterator[Loss]:
    """Which cuts, and which end, are not where the script has them.

    Args:
        shots: the shots of one call.
        starts_ms: where they begin in the call and, last, where it ends.
        why: the grid, as a clause.
    """
    first = shots[0].start_ms
    for shot, start in zip(shots[1:], starts_ms[1:-1], strict=True):
        if start != shot.start_ms - first:
            what = f"{shot.id} begins at {format_seconds(start + first)} s, not {format_seconds(shot.start_ms)} s"
            yield Loss(LossKind.ROUNDED, f"shots.{shot.id}.start_ms", what, why)
    last = shots[-1]
    if starts_ms[-1] != last.end_ms - first:
        what = f"{last.id} ends at {format_seconds(starts_ms[-1] + first)} s, not {format_seconds(last.end_ms)} s"
        yield Loss(LossKind.ROUNDED, f"shots.{last.id}.end_ms", what, why)
