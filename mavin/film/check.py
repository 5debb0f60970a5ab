"""What is worth knowing about a valid script before time is spent on it: ``mavin check``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic, Severity
from mavin.errors import UsageError
from mavin.film.files import resolve_inside
from mavin.film.references import folder_name, named_files
from mavin.frames import FPS, frame_of, frame_time_ms
from mavin.interval import format_interval, format_seconds
from mavin.speech import Zone, fastest_ms, natural_ms, zone

__all__ = ["script_diagnostics"]


def script_diagnostics(
    caption: HierarchicalCaption, folder: Path | None = None, *, pace: float = 1.0
) -> tuple[Diagnostic, ...]:
    """Advice on a valid script, the gravest first; what is invalid never gets this far.

    Args:
        caption: the script.
        folder: where its reference files lie, every one of them, because nothing can be rendered without
            them; without a folder they are not looked for.
        pace: how fast people speak, as a factor of the natural rate.
    """
    found = [
        *_reference_files(caption, folder),
        *_speech_rates(caption, pace),
        *_speakers_in_picture(caption),
        *_unused_roles(caption),
        *_empty_shots(caption),
        *_lines_over_cuts(caption),
        *_frame_grid(caption),
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda item: order.index(item.severity)))


def _speech_rates(caption: HierarchicalCaption, pace: float) -> Iterator[Diagnostic]:
    for line in caption.dialogue:
        if line.recording:
            continue  # a recording has its own pace
        length = line.interval.duration_ms
        rate = zone(line.text, round(length * pace), line.language)
        if rate is Zone.IMPOSSIBLE:
            need = round(fastest_ms(line.text, line.language) / pace)
            problem, advice = "cannot be understood at this speed", f"at least {format_seconds(need)} s"
        elif rate is Zone.RUSHED:
            need = round(natural_ms(line.text, line.language) / pace)
            problem, advice = "is spoken in a hurry", f"about {format_seconds(need)} s"
        else:
            continue
        yield Diagnostic(
            code=f"speech_{rate}",
            severity=Severity.WARNING,
            message=(
                f"{line.id} of {caption.role(line.role).name} {problem}: {format_interval(line.interval)} is "
                f"{format_seconds(length)} s, and its words take {advice}."
            ),
            path=f"dialogue.{line.id}",
        )


def _speakers_in_picture(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    for line in caption.dialogue:
        if not line.on_screen:
            continue
        for shot in caption.shots:
            part = line.interval.intersection(shot.interval)
            if part is not None and line.role not in shot.roles:
                yield Diagnostic(
                    code="speaker_not_in_shot",
                    severity=Severity.WARNING,
                    message=(
                        f"{caption.role(line.role).name} speaks {line.id} on screen {format_interval(part)}, "
                        f"but is not among the roles of {shot.id}. Add {line.role} to the shot or mark the "
                        "line as off screen."
                    ),
                    path=f"shots.{shot.id}.roles",
                )


def _unused_roles(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    for role in caption.roles:
        if not caption.presence(role.id) and not caption.dialogue_intervals(role.id):
            yield Diagnostic(
                code="unused_role",
                severity=Severity.WARNING,
                message=f"{role.name} ({role.id}) is never seen and never heard.",
                path=f"roles.{role.id}",
            )


def _empty_shots(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    for shot in caption.shots:
        if not shot.roles and not shot.action.strip(" .…-—"):
            yield Diagnostic(
                code="empty_shot",
                severity=Severity.WARNING,
                message=f"{shot.id} names no role and no action.",
                path=f"shots.{shot.id}.action",
            )


def _lines_over_cuts(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    for line in caption.dialogue:
        crossed = [shot.id for shot in caption.shots[1:] if line.start_ms < shot.start_ms < line.end_ms]
        if crossed:
            yield Diagnostic(
                code="line_over_cut",
                severity=Severity.INFO,
                message=f"{line.id} goes on over the cut to {' and '.join(crossed)}.",
                path=f"dialogue.{line.id}",
            )


def _frame_grid(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    instants = [("The cut to " + shot.id, shot.start_ms, f"shots.{shot.id}.start_ms") for shot in caption.shots[1:]]
    instants.append(("The end of the film", caption.duration_ms, "duration_ms"))
    for name, time_ms, path in instants:
        frame = frame_of(time_ms)
        shown = frame_time_ms(frame)
        # On the grid means to the stored millisecond: 41 and 42 ms both stand for frame 1.
        if abs(shown - time_ms) < 1:
            continue
        yield Diagnostic(
            code="frame_rounding",
            severity=Severity.INFO,
            message=(
                f"{name} at {format_seconds(time_ms)} s falls between two frames and is shown at frame {frame} "
                f"({shown / 1000:.3f} s, {shown - time_ms:+.0f} ms at {FPS} fps)."
            ),
            path=path,
        )


def _reference_files(caption: HierarchicalCaption, folder: Path | None) -> Iterator[Diagnostic]:
    for path, _, name in named_files(caption):
        if folder is None:
            continue
        try:
            if resolve_inside(folder, name).is_file():
                continue
            message = f"The file {name!r} must be in {folder_name(folder)}, but there is none."
        except UsageError as error:
            message = str(error)
        yield Diagnostic(code="reference_file", severity=Severity.ERROR, message=message, path=path)
