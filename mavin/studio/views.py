"""From the film's objects to what the page is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mavin.api.editing import ClipDifference
from mavin.diagnostics import Diagnostic
from mavin.edits import Script, lock_name, step_words
from mavin.film import Film, HistoryTree, fixes, script_diagnostics
from mavin.frames import FPS, frame_of
from mavin.speech import fastest_ms, natural_ms, zone
from mavin.studio.shapes import (
    Branch,
    Clip,
    DiagnosticView,
    DifferenceView,
    Fix,
    LineView,
    LockView,
    StepLabel,
)

__all__ = ["branches_view", "clip_view", "difference_views", "lock_views", "redo_label", "undo_label"]


def clip_view(name: str, script: Script, folder: Path, *, with_fixes: bool) -> Clip:
    """One clip; looking for fixes tries each of them, which a drag does not wait for."""
    caption = script.caption
    width, height = caption.pixels
    return Clip(
        id=name,
        caption=caption,
        frames=frame_of(caption.duration_ms),
        fps=FPS,
        width=width,
        height=height,
        locks=lock_views(script.locks),
        lines=tuple(
            LineView(
                id=line.id,
                zone="recorded" if line.recording else zone(line.text, line.interval.duration_ms, line.language).value,
                length_ms=line.interval.duration_ms,
                natural_ms=natural_ms(line.text, line.language),
                fastest_ms=fastest_ms(line.text, line.language),
            )
            for line in caption.dialogue
        ),
        diagnostics=tuple(
            _diagnostic_view(item, script, folder, with_fixes) for item in script_diagnostics(caption, folder)
        ),
    )


def _diagnostic_view(item: Diagnostic, script: Script, folder: Path, with_fixes: bool) -> DiagnosticView:
    found = fixes(script, item, folder) if with_fixes else ()
    return DiagnosticView(
        code=item.code,
        severity=item.severity.value,
        message=item.message,
        path=item.path,
        span=item.span,
        fixes=tuple(Fix.model_validate({"words": fix.words, "operations": fix.operations}) for fix in found),
    )


def lock_views(locks: Iterable[str]) -> tuple[LockView, ...]:
    """Locks with their names."""
    return tuple(LockView(path=lock, name=lock_name(lock)) for lock in locks)


def difference_views(found: Iterable[ClipDifference]) -> tuple[DifferenceView, ...]:
    """Differences as the page lists them."""
    return tuple(
        DifferenceView(
            clip=item.clip,
            subject=item.difference.subject,
            what=item.difference.what,
            before=item.difference.before,
            after=item.difference.after,
            paths=item.difference.paths,
        )
        for item in found
    )


def branches_view(tree: HistoryTree, current: str) -> tuple[Branch, ...]:
    """All branches."""
    return tuple(
        Branch(name=each.name, step=each.head, current=each.name == current) for each in tree.branches.values()
    )


def undo_label(tree: HistoryTree, film: Film) -> StepLabel | None:
    """What undo would take back, ``None`` at the first step."""
    if film.is_changed_by_hand:
        return StepLabel(step=film.rev + 1, words=step_words({"op": "by_hand"}))
    if tree.parent(film.head) is None:
        return None
    return StepLabel(step=film.head, words=step_words(tree.steps[film.head].op))


def redo_label(tree: HistoryTree, branch: str) -> StepLabel | None:
    """What redo would bring again, ``None`` where nothing was undone."""
    step = tree.redo(branch)
    return None if step is None else StepLabel(step=step, words=step_words(tree.steps[step].op))
