"""What each moment of both towers sees, as lanes over time, from the script alone (Eq. 4, §4.3).

No weights, no text encoder and no torch: a segment counts as one token, and where it may be seen is the
same for any number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.conditioning import Condition, SegmentKind, condition
from generator.plan import Plan
from generator.references import bound_references
from generator.routing import ReferenceTokens, make_plan
from generator.runs import Group, Span, joined
from generator.shapes import ClipShape
from mavin.caption import HierarchicalCaption

__all__ = ["Lane", "RouteView", "TowerView", "route_view"]


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing that may be seen, and when.

    Attributes:
        kind: ``global``, ``shot``, ``appearance``, ``voice`` or ``reference``.
        label: ``S1``, ``C1 voice``, ``C1 image``.
        text: the words of a segment, empty for a reference.
        latents: the latents of the tower that see it.
        times_ms: the same in milliseconds, ``(start, end)``, clipped to the film.
    """

    kind: str
    label: str
    text: str
    latents: tuple[Span, ...]
    times_ms: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class TowerView:
    """One tower's lanes.

    Attributes:
        name: ``video`` or ``audio``.
        latents: how many moments it has.
        tokens: how many tokens.
        lanes: from the global caption to the references.
        edges_ms: when each latent begins, and the end of the last.
    """

    name: str
    latents: int
    tokens: int
    lanes: tuple[Lane, ...]
    edges_ms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RouteView:
    """Both towers of a clip, and what is worth knowing about its boundaries."""

    title: str
    duration_ms: int
    cuts_ms: tuple[int, ...]
    video: TowerView
    audio: TowerView
    notes: tuple[str, ...]

    @property
    def towers(self) -> tuple[TowerView, TowerView]:
        """Video, then audio."""
        return self.video, self.audio


def route_view(caption: HierarchicalCaption) -> RouteView:
    """The lanes of a caption, at the latents that its rendering would have.

    Raises:
        InvalidInputError: if a segment covers no latent.
    """
    parts = condition(caption)
    grid = ClipShape.of(caption).grid
    ones = ([1] * len(parts.video), [1] * len(parts.audio))
    references = [one.tokens(1, 1) for one in bound_references(caption)]
    plan = make_plan(caption, parts, grid, *ones, references=references)
    seconds = Fraction(1000, 24)
    frame_edges = [Fraction(0), *(seconds * (4 * f - 3) for f in range(1, grid.video_latents + 1))]
    audio_edges = [Fraction(32 * i) for i in range(grid.audio_latents + 1)]
    return RouteView(
        caption.title,
        caption.duration_ms,
        caption.cuts_ms,
        _tower("video", caption, plan, parts, frame_edges, grid.tokens_per_frame, references),
        _tower("audio", caption, plan, parts, audio_edges, 1, references),
        plan.notes,
    )


def _tower(
    name: str,
    caption: HierarchicalCaption,
    plan: Plan,
    parts: Condition,
    edges: Sequence[Fraction],
    per_latent: int,
    references: Sequence[ReferenceTokens],
) -> TowerView:
    own = plan.tower(name)
    lanes = []
    for number, segment in enumerate(parts.tower(name)):
        label = "global" if segment.kind is SegmentKind.GLOBAL else segment.label
        lanes.append((segment.kind.value, label, segment.text, _seen_by(own.text, number, own.targets, per_latent)))
    what = "image" if name == "video" else "voice"
    for one, span in zip(references, own.anchor_spans, strict=True):
        if span.length:
            seen = _seen_by(own.self_attention, span.start, own.targets, per_latent)
            lanes.append(("reference", f"{one.role} reference {what}", "", seen))
    drawn = tuple(Lane(kind, label, text, spans, _times(spans, edges, caption)) for kind, label, text, spans in lanes)
    return TowerView(name, len(edges) - 1, own.targets, drawn, tuple(float(edge) for edge in edges))


def _seen_by(groups: Sequence[Group] | None, key: int, targets: int, per_latent: int) -> tuple[Span, ...]:
    """The target latents that may attend to a key."""
    found = [
        Span(span.start // per_latent, span.stop // per_latent)
        for group in groups or ()
        if any(keys.start <= key < keys.stop for keys in group.keys)
        for span in group.queries
        if span.stop <= targets
    ]
    return joined(found)


def _times(
    spans: Sequence[Span], edges: Sequence[Fraction], caption: HierarchicalCaption
) -> tuple[tuple[float, float], ...]:
    end = caption.duration_ms
    return tuple(
        (float(edges[span.start]), min(float(edges[span.stop]), float(end)))
        for span in spans
        if edges[span.start] < end
    )
