"""Visibility as runs: which spans of queries see which spans of keys, instead of a mask of their product.

A 15 s clip at 480p has 35,490 video tokens: a mask over its pairs would hold 1.26 billion entries,
its runs hold a few dozen.  Everything here is integers; no torch is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Group", "Span", "TowerPlan", "cropped", "dense_mask", "joined", "within"]


class Span(NamedTuple):
    """Tokens ``start`` up to, not including, ``stop``."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """How many tokens."""
        return self.stop - self.start


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, touching and overlapping ones as one: fewer pieces to gather."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].stop:
            found[-1] = Span(found[-1].start, max(found[-1].stop, span.stop))
        else:
            found.append(span)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Group:
    """Queries with equal rows in M (Eq. 4).

    Attributes:
        queries: which queries.
        keys: which keys they see.
        pads: how many copies of the padding key they see besides; the padding is the last key.
        log_weights: one number per span of ``keys`` that is added to its logits, or ``None``: the soft
            variant of log M, for weights that were never trained with hard boundaries.
    """

    queries: tuple[Span, ...]
    keys: tuple[Span, ...]
    pads: int = 0
    log_weights: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class TowerPlan:
    """What one tower's tokens see, in every attention layer.

    A tower's sequence is ``[targets | anchors of the first role | anchors of the second | …]``.

    Attributes:
        targets: tokens of the clip.
        anchors: tokens of each role's reference, in order of the plan's roles; 0 for none.
        text_tokens: tokens of the tower's text, all segments one after the other.
        text: text attention, Eq. 4 and §4.3 (iii); ``None`` when every token sees all text and padding.
        self_attention: §4.3 (i) and (ii); ``None`` when every token sees every token.
        cross: to the other tower, §4.3 (iv); ``None`` when every token sees every token.
    """

    targets: int
    anchors: tuple[int, ...]
    text_tokens: int
    text: tuple[Group, ...] | None
    self_attention: tuple[Group, ...] | None = None
    cross: tuple[Group, ...] | None = None

    @property
    def tokens(self) -> int:
        """Targets and anchors."""
        return self.targets + sum(self.anchors)

    @property
    def anchor_spans(self) -> tuple[Span, ...]:
        """Where each role's anchors lie in the sequence; empty spans for roles without."""
        spans, at = [], self.targets
        for count in self.anchors:
            spans.append(Span(at, at + count))
            at += count
        return tuple(spans)


def within(groups: Sequence[Group], targets: int, *, own_keys: bool) -> tuple[Group, ...]:
    """The groups of the first ``targets`` queries; with ``own_keys`` their keys are cut there too."""
    found = []
    for group in groups:
        queries = _cut(group.queries, targets)
        if queries:
            found.append(replace(group, queries=queries, keys=_cut(group.keys, targets) if own_keys else group.keys))
    return tuple(found)


def _cut(spans: Sequence[Span], stop: int) -> tuple[Span, ...]:
    return tuple(Span(span.start, min(span.stop, stop)) for span in spans if span.start < stop)


def cropped(tower: TowerPlan, own: Span, other: Span, other_targets: int) -> tuple[TowerPlan, tuple[Span, ...]]:
    """The plan of some targets alone, as if the clip began and ended there; text that nobody sees is left out.

    Args:
        tower: the plan of the whole clip.
        own: the targets that stay.
        other: those that stay of the other tower.
        other_targets: how many the other tower had.

    Returns:
        The plan, and which spans of the text stay, in order.
    """
    plan: dict[str, object] = {"targets": own.length}
    for name, keys in (("self_attention", (own, tower.targets)), ("cross", (other, other_targets))):
        groups = getattr(tower, name)
        if groups is not None:
            found = (
                replace(g, queries=_kept(g.queries, own, tower.targets), keys=_kept(g.keys, *keys)) for g in groups
            )
            plan[name] = tuple(group for group in found if group.queries)
    if tower.text is None:
        return replace(tower, **plan), (Span(0, tower.text_tokens),)  # type: ignore[arg-type]
    seen = [replace(group, queries=_kept(group.queries, own, tower.targets)) for group in tower.text]
    seen = [group for group in seen if group.queries]
    stays = joined(span for group in seen for span in group.keys)
    plan["text"] = tuple(replace(group, keys=_closed_up(group.keys, stays)) for group in seen)
    plan["text_tokens"] = sum(span.length for span in stays)
    return replace(tower, **plan), stays  # type: ignore[arg-type]


def _kept(spans: Sequence[Span], kept: Span, targets: int) -> tuple[Span, ...]:
    """Spans of a sequence ``[targets | anchors]`` of which only some targets are kept."""
    found = []
    for span in spans:
        start, stop = max(span.start, kept.start), min(span.stop, kept.stop)
        if start < stop:
            found.append(Span(start - kept.start, stop - kept.start))
        if span.stop > targets:
            less = targets - kept.length
            found.append(Span(max(span.start, targets) - less, span.stop - less))
    return joined(found)


def _closed_up(spans: Sequence[Span], stays: Sequence[Span]) -> tuple[Span, ...]:
    """Spans, each within one of those that stay, when nothing is left between these."""
    found = []
    for span in spans:
        at = 0
        for kept in stays:
            if kept.start <= span.start and span.stop <= kept.stop:
                found.append(Span(at + span.start - kept.start, at + span.stop - kept.start))
            at += kept.length
    return joined(found)


def dense_mask(groups: Sequence[Group] | None, queries: int, keys: int) -> NDArray[np.bool_]:
    """The routing matrix M as an array, for tests and pictures; the network never builds it.

    Padding comes as ``max(pads)`` further columns, of which each row sees its own number.

                 keys        padding
                ┌─────────┬─────────┐
        group 1 │ █ █ · · │ █ █ ·   │
        group 2 │ █ · █ · │ █ █ █   │
        no group│ · · · · │ · · ·   │
                └─────────┴─────────┘

    Args:
        groups: equal rows; ``None`` for all ones.
        queries: number of rows.
        keys: number of columns before the padding.

    Returns:
        Shape ``(queries, keys + max pads)``; ``True`` = may attend.
    """
    if groups is None:
        return np.ones((queries, keys), dtype=np.bool_)
    mask = np.zeros((queries, keys + max((group.pads for group in groups), default=0)), dtype=np.bool_)
    for group in groups:
        row = np.zeros(mask.shape[1], dtype=np.bool_)
        for span in group.keys:
            row[span.start : span.stop] = True
        row[keys : keys + group.pads] = True
        for span in group.queries:
            mask[span.start : span.stop] = row
    return mask
