"""Which of the script's cuts and lines a film kept, one by one, and which shots to render again.

script   |──── S1 ────|──── S2 ────|──── S3 ────|      cuts: S2 kept, S3 two frames late
             [─ L1 ─]      [─ L2 ─]                    lines: L1 kept, L2 missing, speech nobody asked for
film     |──── S1 ────|───── S2 ─────|─── S3 ───|
             [─ L1 ─]                    [──]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from evaluators.plan import ScriptPlan
from mavin.frames import frame_of
from mavin.interval import Interval, merge

__all__ = [
    "CUT_REACH",
    "CUT_TOLERANCE",
    "LINE_REACH_MS",
    "LINE_TOLERANCE_MS",
    "CutVerdict",
    "LineVerdict",
    "RoutedView",
    "Verdict",
    "routed_view",
    "spans_of_lines",
    "verdicts_of_cuts",
    "verdicts_of_lines",
]

Verdict = Literal["kept", "early", "late", "missing", "extra"]

CUT_TOLERANCE = 1
"""Frames by which a cut may be off and still counts as kept."""

CUT_REACH = 24
"""Frames beyond which a cut of the film is not the script's cut come late, but another one."""

LINE_TOLERANCE_MS = 250
"""By how much speech may begin or end off and still counts as kept; the detector itself is off by some 50 ms, and
pauses between two lines under 300 ms are speech to it."""

LINE_REACH_MS = 1000
"""How far from its time a line is looked for by those who want its sound and not its timing."""

_HEARD_SHARE = 0.2
"""A line of which less than this share of its time is speech is missing."""

_EXTRA_MS = 300
"""Speech where none should be counts from this length on."""


@dataclass(frozen=True, slots=True)
class CutVerdict:
    """One cut.

    Attributes:
        verdict: what became of it.
        shot: the shot that begins with it; of an extra cut the shot that it splits.
        wanted: its frame in the script, ``None`` for an extra one.
        found: its frame in the film, ``None`` for a missing one.
    """

    verdict: Verdict
    shot: str
    wanted: int | None
    found: int | None

    @property
    def off(self) -> int | None:
        """Frames late (positive) or early (negative); ``None`` where there is nothing to compare."""
        return None if self.wanted is None or self.found is None else self.found - self.wanted


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """One line, or speech that is none.

    Attributes:
        verdict: what became of it.
        line: its id, empty for extra speech.
        speaker: the role's name, empty for extra speech.
        shots: the shots in which it is heard or should be.
        wanted: its interval in the script, ``None`` for extra speech.
        heard: when speech was heard instead, ``None`` where none was.
        onset_ms: how much later it begins than wanted.
        offset_ms: how much later it ends.
    """

    verdict: Verdict
    line: str
    speaker: str
    shots: tuple[str, ...]
    wanted: Interval | None
    heard: Interval | None
    onset_ms: int | None = None
    offset_ms: int | None = None


@dataclass(frozen=True, slots=True)
class RoutedView:
    """All cuts and lines of one film; ``None`` where the film could not be looked at or listened to."""

    cuts: tuple[CutVerdict, ...] | None
    lines: tuple[LineVerdict, ...] | None

    @property
    def to_render(self) -> dict[str, tuple[str, ...]]:
        """The shots that broke a constraint, in order of first mention, and in which way."""
        found: dict[str, list[str]] = {}
        for cut in self.cuts or ():
            if cut.verdict == "extra":
                found.setdefault(cut.shot, []).append("a cut that the script does not have")
            elif cut.verdict != "kept":
                off = "" if cut.off is None else f" by {abs(cut.off)} frame{'s' if abs(cut.off) > 1 else ''}"
                found.setdefault(cut.shot, []).append(f"its first cut is {cut.verdict}{off}")
        for line in self.lines or ():
            if line.verdict == "kept":
                continue
            what = f"{line.line} is {line.verdict}" if line.line else "speech that the script does not have"
            for shot in line.shots:
                found.setdefault(shot, []).append(what)
        return {shot: tuple(dict.fromkeys(reasons)) for shot, reasons in found.items()}


def routed_view(
    plan: ScriptPlan, found: Sequence[int] | None, heard: Sequence[Sequence[Interval]] | None
) -> RoutedView:
    """Compares a film with its script, constraint by constraint.

    Args:
        plan: the script.
        found: first frames of the film's shots but the first; ``None`` where nobody could look.
        heard: when speech is heard, by each detector that listened; ``None`` where nobody could listen.
    """
    return RoutedView(
        None if found is None else verdicts_of_cuts(plan, found),
        None if not heard else _agreed([verdicts_of_lines(plan, each) for each in heard]),
    )


def _agreed(told: Sequence[tuple[LineVerdict, ...]]) -> tuple[LineVerdict, ...]:
    """What several detectors have in common: a clatter that one of them takes for speech breaks no line.

    Of each line the verdict that speaks best of the film; extra speech only where all of them hear it.
    """
    lines = [[each for each in verdicts if each.line] for verdicts in told]
    agreed = [min(same, key=_badness) for same in zip(*lines, strict=True)]
    first, *others = ([each for each in verdicts if not each.line] for verdicts in told)
    for extra in others:
        runs = [other.heard for other in extra if other.heard]
        first = [
            replace(each, heard=part)
            for each in first
            for run in runs
            if each.heard and (part := each.heard.intersection(run)) is not None and part.duration_ms >= _EXTRA_MS
        ]
    return tuple(sorted([*agreed, *first], key=_time))


def _badness(line: LineVerdict) -> tuple[bool, int]:
    return line.verdict == "missing", max(abs(line.onset_ms or 0), abs(line.offset_ms or 0))


def _time(line: LineVerdict) -> Interval:
    return line.wanted or line.heard or Interval(0, 1)


def verdicts_of_cuts(plan: ScriptPlan, found: Sequence[int]) -> tuple[CutVerdict, ...]:
    """What became of every cut, in order of time.

    A pair further apart than :data:`CUT_REACH` is a missing cut and an extra one, so that its distance counts for
    nothing: by STA's matching two of those could part a cut from the one that kept it.
    """
    from scipy.optimize import linear_sum_assignment

    truth, film = plan.cuts, sorted(set(found))
    distances = np.abs(np.subtract.outer(np.array(truth, int), np.array(film, int)))
    rows, columns = linear_sum_assignment(np.minimum(distances, CUT_REACH + 1))
    pairs = [(truth[row], film[column]) for row, column in zip(rows, columns, strict=True)]
    pairs = [(wanted, at) for wanted, at in pairs if abs(at - wanted) <= CUT_REACH]
    names = {shot.frames.start: shot.name for shot in plan.shots}
    verdicts = []
    for wanted, at in pairs:
        verdict: Verdict = "kept" if abs(at - wanted) <= CUT_TOLERANCE else "late" if at > wanted else "early"
        verdicts.append(CutVerdict(verdict, names[wanted], wanted, at))
    missing = sorted({*truth} - {wanted for wanted, _ in pairs})
    extra = sorted({*film} - {at for _, at in pairs})
    verdicts += [CutVerdict("missing", names[at], at, None) for at in missing]
    verdicts += [CutVerdict("extra", _shot_at(plan, at), None, at) for at in extra]
    return tuple(sorted(verdicts, key=lambda cut: cut.wanted if cut.wanted is not None else cut.found or 0))


def verdicts_of_lines(plan: ScriptPlan, heard: Sequence[Interval]) -> tuple[LineVerdict, ...]:
    """What became of every line, in order of time, and speech that belongs to none.

    Speech between two lines belongs to the nearer one.  Lines that overlap are heard as one, so the beginning of
    the second and the end of the first cannot be judged and count as kept.
    """
    speech = merge(heard)
    verdicts = []
    zones = _zones(plan)
    for line, zone in zip(plan.lines, zones, strict=True):
        parts = [part for run in speech if (part := run.intersection(zone)) is not None]
        # Speech far from the line is no part of it: see below.
        near = _near(parts, line.interval)
        shared = sum(part.duration_ms for run in near if (part := run.intersection(line.interval)) is not None)
        shots = _shots_in(plan, line.interval)
        if not near or shared < _HEARD_SHARE * line.interval.duration_ms:
            verdicts.append(LineVerdict("missing", line.name, line.speaker, shots, line.interval, None))
            continue
        span = Interval(near[0].start_ms, near[-1].end_ms)
        onset, offset = span.start_ms - line.interval.start_ms, span.end_ms - line.interval.end_ms
        # Where the zone cuts into the line, another line goes on there: nobody can tell.
        onset = 0 if zone.start_ms >= line.interval.start_ms and onset <= 0 else onset
        offset = 0 if zone.end_ms <= line.interval.end_ms and offset >= 0 else offset
        verdicts.append(
            LineVerdict(_verdict(onset, offset), line.name, line.speaker, shots, line.interval, span, onset, offset)
        )
    claimed = merge(
        [*(each.wanted for each in verdicts if each.wanted), *(each.heard for each in verdicts if each.heard)]
    )
    extra = [run for run in _without(speech, claimed) if run.duration_ms >= _EXTRA_MS]
    verdicts += [LineVerdict("extra", "", "", _shots_in(plan, run), None, run) for run in extra]
    return tuple(sorted(verdicts, key=_time))


def spans_of_lines(plan: ScriptPlan, heard: Sequence[Interval], reach_ms: int = LINE_REACH_MS) -> tuple[Interval, ...]:
    """Where each line of the plan is heard, near its time; where nothing is, its own time.

    Args:
        plan: the script.
        heard: when speech is heard.
        reach_ms: how far from its time speech is still taken for a line; never nearer to another line.
    """
    speech = merge(heard)
    spans = []
    for line, zone in zip(plan.lines, _zones(plan), strict=True):
        reach = Interval(max(0, line.interval.start_ms - reach_ms), line.interval.end_ms + reach_ms).intersection(zone)
        parts = [part for run in speech if reach is not None and (part := run.intersection(reach)) is not None]
        spans.append(Interval(parts[0].start_ms, parts[-1].end_ms) if parts else line.interval)
    return tuple(spans)


def _verdict(onset: int, offset: int) -> Verdict:
    off = onset if abs(onset) >= abs(offset) else offset
    if abs(off) <= LINE_TOLERANCE_MS:
        return "kept"
    return "late" if off > 0 else "early"


def _zones(plan: ScriptPlan) -> list[Interval]:
    """For each line the time in which speech can be its own: to the middle of the pauses around it.

    Where another line is being said when it begins or ends, there is no pause, and its own time is all there is.
    """
    times = [line.interval for line in plan.lines]
    last = max(plan.duration_ms, *(one.end_ms for one in times)) if times else 0
    zones = []
    for own in times:
        low, high = own.start_ms, own.end_ms
        if not any(one.start_ms < low < one.end_ms for one in times):
            before = max((one.end_ms for one in times if one.end_ms <= low), default=None)
            low = 0 if before is None else (before + low) // 2
        if not any(one.start_ms < high < one.end_ms for one in times):
            after = min((one.start_ms for one in times if one.start_ms >= high), default=None)
            high = last if after is None else (high + after) // 2
        zones.append(Interval(low, max(high, low + 1)))
    return zones


def _near(parts: Sequence[Interval], line: Interval) -> list[Interval]:
    """Runs that touch the line, and those within 300 ms before the first or behind the last of them."""
    kept = [part for part in parts if part.overlaps(line)]
    if not kept:
        return []
    first, last = kept[0], kept[-1]
    return [part for part in parts if part.end_ms > first.start_ms - 300 and part.start_ms < last.end_ms + 300]


def _without(runs: Sequence[Interval], taken: Sequence[Interval]) -> list[Interval]:
    left = list(runs)
    for hole in taken:
        pieces = []
        for run in left:
            if not run.overlaps(hole):
                pieces.append(run)
                continue
            if run.start_ms < hole.start_ms:
                pieces.append(Interval(run.start_ms, hole.start_ms))
            if run.end_ms > hole.end_ms:
                pieces.append(Interval(hole.end_ms, run.end_ms))
        left = pieces
    return left


def _shot_at(plan: ScriptPlan, frame: int) -> str:
    return next((shot.name for shot in plan.shots if frame in shot.frames), plan.shots[-1].name)


def _shots_in(plan: ScriptPlan, interval: Interval) -> tuple[str, ...]:
    """Shots that hold a frame of the interval."""
    first, last = frame_of(interval.start_ms), max(frame_of(interval.end_ms) - 1, frame_of(interval.start_ms))
    names = [shot.name for shot in plan.shots if shot.frames.start <= last and shot.frames.stop > first]
    return tuple(names or [plan.shots[-1].name])
