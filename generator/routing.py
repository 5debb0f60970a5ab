"""Boundary-aware attention (§4.2) and the identity-aware mask (§4.3), from a script to runs of tokens.

Latent boundary partition: a latent belongs to the one shot that holds its τ; a shot's latents, and apart
from them a role's dialogue latents, are spans.  Token routing (Eq. 4): between two boundaries every
token sees the same text, so M is kept as one run per stretch, exact and a few dozen long.

                     𝐠   𝐬₁  𝐬₂  𝐝₁ᵛ 𝐝₂ᵛ  pad          𝐠   𝐬₁  𝐬₂  𝐝₁ᵃ 𝐝₂ᵃ  pad
    video   shot 1 │ █ │ █ │ · │ █ │ · │ █ │    audio │ █ │ █ │ · │ · │ · │ █ │  C1 silent
    tokens  shot 2 │ █ │ · │ █ │ █ │ █ │ █ │   tokens │ █ │ █ │ · │ █ │ · │ █ │  C1 speaks in shot 1
                                                      │ █ │ · │ █ │ · │ █ │ █ │  C2 speaks in shot 2

Padding.  Ovi was trained with prompts padded to ``text_len`` tokens, padding visible.  Each token here
sees as much padding as if what it sees were its whole prompt: ``text_len`` minus its visible tokens.  A
count shared by all would depend on the length of every shot's text, and so leak it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.conditioning import Condition, SegmentKind, TextSegment
from generator.partition import Stretch, open_end, open_ends, runs, scaled, spans_of, stretches
from generator.plan import Plan
from generator.runs import Group, Span, TowerPlan, joined
from generator.shapes import FRAMES_PER_LATENT, TokenGrid
from mavin.caption import MAX_REFERENCED_ROLES, HierarchicalCaption
from mavin.errors import InvalidInputError, UsageError
from mavin.frames import frame_of
from mavin.interval import Interval, format_seconds

__all__ = ["ReferenceTokens", "make_plan"]


@dataclass(frozen=True, slots=True)
class ReferenceTokens:
    """One role's identity anchors, as far as routing needs them.

    Attributes:
        role: id of the role j.
        video_tokens: of its reference image, 0 without.
        audio_tokens: of its reference voice, 0 without.
        seen: shots with j ∈ ℛᵢ in which this image is the role's; ``None`` for all of them.
        heard: the same for the voice; ``None`` for all of the role's dialogue intervals.
    """

    role: str
    video_tokens: int
    audio_tokens: int
    seen: tuple[Interval, ...] | None = None
    heard: tuple[Interval, ...] | None = None


def make_plan(
    caption: HierarchicalCaption,
    condition: Condition,
    grid: TokenGrid,
    video_counts: Sequence[int],
    audio_counts: Sequence[int],
    *,
    text_len: int = 512,
    references: Sequence[ReferenceTokens] = (),
    isolate_shots: bool = False,
    coupled: bool = True,
    softness_ms: float | None = None,
) -> Plan:
    """Everything that attention may ask about a clip, built once for all layers, steps and passes.

    §4.3 (i) lets tokens of a shot "only interact with themselves" or their roles' anchors.  Read with the
    section's purpose, that references must not disturb generation, targets go on seeing all targets and
    only the anchors are kept apart: the default, and what a clip without references does.  Read by the
    letter, ``isolate_shots``, a shot sees itself alone, and by (ii) an audio token only those with the
    same speakers in the same shot: three to four times cheaper, and no picture crosses a cut.

    Args:
        caption: the script.
        condition: its text segments.
        grid: the clip's tokens.
        video_counts: tokens of each video segment.
        audio_counts: tokens of each audio segment.
        text_len: length to which a prompt is padded.
        references: customised roles, in the order of their anchors; at most three.
        isolate_shots: the literal reading.
        coupled: ``False`` cuts the towers apart, for measuring what passes between them.
        softness_ms: instead of Eq. 4's hard boundary, a penalty that grows with the time t outside a
            segment, ``−(t / softness)²``: for weights that were never trained with boundaries.

    Raises:
        InvalidInputError: if a segment is empty or a token would see nothing.
        UsageError: if references or counts do not fit the script.
    """
    _check_references(caption, references)
    for name, counts, segments in (("video", video_counts, condition.video), ("audio", audio_counts, condition.audio)):
        _check_counts(name, counts, segments)
    shots = [*(shot.interval for shot in caption.shots[:-1]), open_end(caption.shots[-1].interval)]
    end = caption.duration_ms
    seen = [open_ends(_meet(caption.presence(one.role), one.seen), end) for one in references]
    heard = [_meet(caption.dialogue_intervals(one.role), one.heard) for one in references]
    video_anchors = tuple(one.video_tokens if when else 0 for one, when in zip(references, seen, strict=True))
    audio_anchors = tuple(one.audio_tokens if when else 0 for one, when in zip(references, heard, strict=True))
    video_times, audio_times = grid.video_times(), grid.audio_times()
    shared = _Shared(text_len, isolate_shots, coupled, softness_ms, tuple(one.role for one in references))
    video = _tower(
        shared, condition.video, video_counts, video_times, grid.tokens_per_frame, video_anchors, audio_anchors,
        grid.audio_latents, stretches(video_times, shots, _present(seen, video_anchors)), SegmentKind.APPEARANCE,
    )  # fmt: skip
    audio = _tower(
        shared, condition.audio, audio_counts, audio_times, 1, audio_anchors, video_anchors,
        grid.video_tokens, stretches(audio_times, shots, _speakers(caption, heard, audio_anchors, isolate_shots)),
        SegmentKind.VOICE,
    )  # fmt: skip
    notes = [*_cut_notes(caption, video_times), *_absent_notes(references, video_anchors, audio_anchors)]
    return Plan(video, audio, notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class _Shared:
    text_len: int
    isolate_shots: bool
    coupled: bool
    softness_ms: float | None
    roles: tuple[str, ...]


def _tower(
    shared: _Shared,
    segments: Sequence[TextSegment],
    counts: Sequence[int],
    times: Sequence[Fraction],
    per_latent: int,
    anchors: tuple[int, ...],
    other_anchors: tuple[int, ...],
    other_targets: int,
    partition: Sequence[Stretch],
    own_kind: SegmentKind,
) -> TowerPlan:
    targets = len(times) * per_latent
    plan = TowerPlan(targets, anchors, sum(counts), None)
    text_spans = _consecutive(counts)
    if shared.softness_ms is None:
        groups = [
            _text_group(scaled(run.latents, per_latent), [text_spans[n] for n in run.segments], shared.text_len)
            for run in runs(segments, times)
        ]
    else:
        groups = _soft_groups(segments, text_spans, times, per_latent, shared.text_len, shared.softness_ms)
    for role, span in zip(shared.roles, plan.anchor_spans, strict=True):
        if span.length:  # §4.3 (iii): a role's anchors see that role's own words
            own = [t for t, s in zip(text_spans, segments, strict=True) if (s.kind, s.name) == (own_kind, role)]
            groups.append(_text_group(span, own, shared.text_len))
    return TowerPlan(
        targets,
        anchors,
        sum(counts),
        tuple(groups),
        _self_groups(plan, partition, per_latent, isolate=shared.isolate_shots),
        _cross_groups(plan, other_targets, other_anchors, shared),
    )


def _text_group(queries: Span, keys: Sequence[Span], text_len: int) -> Group:
    visible = sum(span.length for span in keys)
    return Group((queries,), joined(keys), max(text_len - visible, 0))


def _self_groups(
    plan: TowerPlan, partition: Sequence[Stretch], per_latent: int, *, isolate: bool
) -> tuple[Group, ...] | None:
    """§4.3 (i) and (ii), one group for every set of roles; an anchor sees the anchors of its role.

                  targets      anchors
                 S1  S2  S3    C1  C2
    S1 (C1)    │ █ │ █ │ █ │ │ █ │ · │     isolated: only the diagonal
    S2 (C1 C2) │ █ │ █ │ █ │ │ █ │ █ │     blocks of the targets
    S3 ()      │ █ │ █ │ █ │ │ · │ · │
    C1 anchor  │ · │ · │ · │ │ █ │ · │
    C2 anchor  │ · │ · │ · │ │ · │ █ │
    """
    if not isolate and not any(plan.anchors):
        return None
    anchors = plan.anchor_spans
    together: dict[tuple[int, frozenset[int]], list[Span]] = {}
    for stretch in partition:
        key = (stretch.shot if isolate else 0, stretch.roles)
        together.setdefault(key, []).append(scaled(stretch.latents, per_latent))
    groups = []
    for (_, roles), spans in together.items():
        queries = joined(spans)
        own = queries if isolate else (Span(0, plan.targets),)
        seen = [anchors[role] for role in sorted(roles) if role < len(anchors) and anchors[role].length]
        groups.append(Group(queries, joined((*own, *seen))))
    groups += [Group((span,), (span,)) for span in anchors if span.length]
    return tuple(groups)


def _cross_groups(
    plan: TowerPlan, other_targets: int, other_anchors: tuple[int, ...], shared: _Shared
) -> tuple[Group, ...] | None:
    """§4.3 (iv): targets read targets, and a role's anchors the anchors of the same role.

                 other tower
                 targets  C1  C2
    targets    │   █    │ · │ · │
    C1 anchor  │   ·    │ █ │ · │
    C2 anchor  │   ·    │ · │ █ │
    """
    if not shared.coupled:
        return ()
    if not any(plan.anchors) and not any(other_anchors):
        return None
    groups = [Group((Span(0, plan.targets),), (Span(0, other_targets),))]
    others = TowerPlan(other_targets, other_anchors, 0, None).anchor_spans
    for role, own in zip(shared.roles, plan.anchor_spans, strict=True):
        keys = joined(span for name, span in zip(shared.roles, others, strict=True) if name == role and span.length)
        if own.length and keys:
            groups.append(Group((own,), keys))
    return tuple(groups)


def _soft_groups(
    segments: Sequence[TextSegment],
    text_spans: Sequence[Span],
    times: Sequence[Fraction],
    per_latent: int,
    text_len: int,
    softness_ms: float,
) -> list[Group]:
    if not softness_ms > 0:
        raise UsageError(f"The softness of a boundary must be above 0 ms, got {softness_ms:g} ms.")
    middles = np.array([float(time) for time in times])
    distances = (_outside(segment.intervals, middles) for segment in segments)
    weights = np.stack([-((each / softness_ms) ** 2) for each in distances], axis=1).tolist()
    groups = []
    for run in runs(segments, times):
        visible = sum(text_spans[n].length for n in run.segments)
        for latent in range(*run.latents):
            queries = (scaled(Span(latent, latent + 1), per_latent),)
            groups.append(Group(queries, tuple(text_spans), max(text_len - visible, 0), tuple(weights[latent])))
    return groups


def _outside(intervals: tuple[Interval, ...] | None, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each instant lies outside the nearest interval, in milliseconds."""
    if intervals is None:
        return np.zeros_like(times)
    distances = [np.maximum(interval.start_ms - times, times - interval.end_ms) for interval in intervals]
    nearest: NDArray[np.float64] = np.maximum(np.min(distances, axis=0), 0.0)
    return nearest


def _consecutive(counts: Sequence[int]) -> list[Span]:
    spans, at = [], 0
    for count in counts:
        spans.append(Span(at, at + count))
        at += count
    return spans


def _meet(intervals: Iterable[Interval], only: tuple[Interval, ...] | None) -> tuple[Interval, ...]:
    if only is None:
        return tuple(intervals)
    pairs = (interval.intersection(other) for interval in intervals for other in only)
    return tuple(pair for pair in pairs if pair is not None)


def _present(intervals: Sequence[tuple[Interval, ...]], anchors: Sequence[int]) -> list[tuple[Interval, ...]]:
    return [own if count else () for own, count in zip(intervals, anchors, strict=True)]


def _speakers(
    caption: HierarchicalCaption, heard: Sequence[tuple[Interval, ...]], anchors: Sequence[int], isolate: bool
) -> list[tuple[Interval, ...]]:
    """Whose intervals part the audio: roles with vocal anchors; isolated, every role that speaks."""
    found = _present(heard, anchors)
    return [*found, *(caption.dialogue_intervals(role.id) for role in caption.roles)] if isolate else found


def _check_references(caption: HierarchicalCaption, references: Sequence[ReferenceTokens]) -> None:
    customised = list(dict.fromkeys(one.role for one in references))
    if len(customised) > MAX_REFERENCED_ROLES:
        raise UsageError(
            f"At most {MAX_REFERENCED_ROLES} roles can be customised, got {len(customised)}: {', '.join(customised)}. "
            "Leave one reference out."
        )
    have = [role.id for role in caption.roles]
    for one in references:
        if one.role not in have:
            raise UsageError(f"A reference's role must be one of {', '.join(have) or '(none)'}, got {one.role!r}.")
        if one.video_tokens < 0 or one.audio_tokens < 0 or not one.video_tokens + one.audio_tokens:
            raise UsageError(f"The reference of {one.role} must have an image or a voice, got neither.")


def _check_counts(name: str, counts: Sequence[int], segments: Sequence[TextSegment]) -> None:
    if len(counts) != len(segments):
        raise UsageError(
            f"There must be one token count for each of {len(segments)} {name} segments, got {len(counts)}."
        )
    for segment, count in zip(segments, counts, strict=True):
        if count < 1:
            raise InvalidInputError(f"The text of {segment.label} must have at least one token, got {count}.")


def _cut_notes(caption: HierarchicalCaption, times: Sequence[Fraction]) -> Iterable[str]:
    for before, after in pairwise(caption.shots):
        frame = frame_of(after.start_ms)
        if (frame - 1) % FRAMES_PER_LATENT == 0:
            continue
        latent = (frame + 2) // FRAMES_PER_LATENT
        shown = FRAMES_PER_LATENT * spans_of(times, (open_end(after.interval),))[0].start - 3
        moved = abs(shown - frame)
        yield (
            f"The cut from {before.id} to {after.id} at {format_seconds(after.start_ms)} s (frame {frame}) falls "
            f"inside latent {latent} (frames {4 * latent - 3} to {4 * latent}): attention changes at frame {shown}, "
            f"{moved} {'frame' if moved == 1 else 'frames'} {'later' if shown > frame else 'earlier'}."
        )


def _absent_notes(references: Sequence[ReferenceTokens], video: Sequence[int], audio: Sequence[int]) -> Iterable[str]:
    checks: tuple[tuple[str, Callable[[ReferenceTokens], int], Sequence[int]], ...] = (
        ("image", lambda one: one.video_tokens, video),
        ("voice", lambda one: one.audio_tokens, audio),
    )
    for name, given, used in checks:
        for one, count in zip(references, used, strict=True):
            if given(one) and not count:
                why = "is in no shot" if name == "image" else "never speaks"
                yield f"The reference {name} of {one.role} is not used: the role {why}."
