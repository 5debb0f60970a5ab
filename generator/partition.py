"""The latent boundary partition of §4.2: which latents lie in a shot, in a role's lines, in a segment's time.

Everything that may change along a clip changes at boundaries; between two of them latents are alike, and
are kept as one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from generator.conditioning import TextSegment
from generator.runs import Span, joined
from generator.shapes import latents_within
from mavin.errors import InvalidInputError
from mavin.interval import Interval, format_seconds

__all__ = ["Run", "Stretch", "between", "holds", "open_end", "open_ends", "runs", "scaled", "spans_of", "stretches"]


@dataclass(frozen=True, slots=True)
class Run:
    """Latents between two boundaries, and the segments that all of them see."""

    latents: Span
    segments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Latents that are alike in everything that self-attention asks."""

    latents: Span
    shot: int
    roles: frozenset[int]


def runs(segments: Sequence[TextSegment], times: Sequence[Fraction]) -> tuple[Run, ...]:
    """Eq. 4 for one tower, latent by latent, as runs.

    Args:
        segments: the tower's text segments.
        times: τ of the tower's latents in milliseconds, in order.

    Raises:
        InvalidInputError: if a segment covers no latent, or a latent would see no text at all.
    """
    spans: list[tuple[Span, ...]] = []
    for segment in segments:
        if segment.intervals is None:
            spans.append((Span(0, len(times)),))
            continue
        covered = spans_of(times, segment.intervals)
        if not covered:
            # An empty segment must not quietly become one that is always seen.
            when = ", ".join(f"{format_seconds(i.start_ms)}–{format_seconds(i.end_ms)} s" for i in segment.intervals)
            raise InvalidInputError(
                f"{segment.label} must last long enough to cover the middle of a latent, got {when or 'no time'}. "
                "Lengthen it, or leave it out."
            )
        spans.append(covered)
    found: list[Run] = []
    for latents in between(len(times), spans):
        seen = tuple(n for n, own in enumerate(spans) if any(holds(span, latents) for span in own))
        if not seen:
            raise InvalidInputError(
                f"Every latent must see some text, and latents {latents.start} to {latents.stop - 1} see none. "
                "Give the clip a global caption."
            )
        if found and found[-1].segments == seen:
            found[-1] = Run(Span(found[-1].latents.start, latents.stop), seen)
        else:
            found.append(Run(latents, seen))
    return tuple(found)


def stretches(
    times: Sequence[Fraction], shots: Sequence[Interval], roles: Sequence[Sequence[Interval]]
) -> tuple[Stretch, ...]:
    """The latent boundary partition: by shot, and within it by who is there.

    Args:
        times: τ of the tower's latents.
        shots: 𝒯ˢ, a partition of the clip; the last one also holds what lies behind it.
        roles: for each customised role the intervals in which its anchors may be seen.
    """
    shot_spans = [spans_of(times, (shot,)) for shot in shots]
    role_spans = [spans_of(times, intervals) for intervals in roles]
    found = []
    for latents in between(len(times), [*shot_spans, *role_spans]):
        shot = next((n for n, own in enumerate(shot_spans) if any(holds(s, latents) for s in own)), len(shots) - 1)
        there = frozenset(n for n, own in enumerate(role_spans) if any(holds(span, latents) for span in own))
        found.append(Stretch(latents, shot, there))
    return tuple(found)


def open_end(interval: Interval) -> Interval:
    """The last shot's interval with what lies behind the delivered frames: less than a second of latents."""
    return Interval(interval.start_ms, interval.end_ms + 1000)


def open_ends(intervals: Iterable[Interval], duration_ms: int) -> tuple[Interval, ...]:
    """The intervals, of which those that reach the clip's end also hold what lies behind it."""
    return tuple(open_end(interval) if interval.end_ms == duration_ms else interval for interval in intervals)


def spans_of(times: Sequence[Fraction], intervals: Iterable[Interval]) -> tuple[Span, ...]:
    """The latents whose τ lies in the intervals."""
    ranges = (latents_within(times, interval) for interval in intervals)
    return joined(Span(own.start, own.stop) for own in ranges if own)


def between(length: int, spans: Iterable[Sequence[Span]]) -> Iterable[Span]:
    """The stretches between all boundaries."""
    edges = sorted({0, length, *(edge for own in spans for span in own for edge in span)})
    return (Span(start, stop) for start, stop in pairwise(edges))


def holds(outer: Span, inner: Span) -> bool:
    """Whether one span lies wholly inside another."""
    return outer.start <= inner.start and inner.stop <= outer.stop


def scaled(latents: Span, per_latent: int) -> Span:
    """A span of latents as a span of tokens."""
    return Span(latents.start * per_latent, latents.stop * per_latent)
