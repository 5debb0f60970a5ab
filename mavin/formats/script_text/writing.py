"""A script as text; see the package for the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mavin.caption import DialogueLine, HierarchicalCaption, Shot
from mavin.formats.script_text.values import Notes, quoted, write_notes, write_value
from mavin.interval import format_interval, format_seconds

__all__ = ["clip_text", "film_text"]


def film_text(clips: Sequence[tuple[str, HierarchicalCaption]], rev: int | None = None) -> str:
    """All clips of a film as one text; a film of one clip is that clip's text.

    Args:
        clips: ids and captions in order.
        rev: the revision that they are of, so that changes made meanwhile can be told when the text comes back.
    """
    if len(clips) == 1:
        return clip_text(clips[0][1], rev)
    return "\n".join(
        f"=== {name} ===\n\n{clip_text(caption, rev if number == 0 else None)}"
        for number, (name, caption) in enumerate(clips)
    )


def clip_text(caption: HierarchicalCaption, rev: int | None = None) -> str:
    """One clip's script as text that :func:`~mavin.formats.script_text.read_text` reads back exactly."""
    head = caption.global_caption
    lines = [
        f"# {write_value(caption.title)}" if caption.title else "#",
        f"{format_seconds(caption.duration_ms)}s, {caption.aspect.value}, {caption.language}",
        *([f"Revision: {rev}"] if rev is not None else []),
        "",
        f"Storyline: {write_value(head.storyline)}",
        f"Style: {write_value(head.style)}",
        f"Ambience: {write_value(head.ambience)}",
    ]
    homes = {line.id: caption.shot_at(line.start_ms).id for line in caption.dialogue}
    listed = [line for shot in caption.shots for line in _begun(caption, shot, homes)]
    if [line.id for line in listed] != [line.id for line in caption.dialogue]:
        lines.append(f"Order of lines: {', '.join(line.id for line in caption.dialogue)}")
    for role in caption.roles:
        lines += ["", f"{role.id} {write_value(role.name)}"]
        fields = (
            ("Looks", role.appearance), ("Voice", role.voice),
            ("Picture", role.reference.image), ("Voice file", role.reference.audio),
        )  # fmt: skip
        lines += [f"  {label}: {write_value(text)}" for label, text in fields if text]
    for shot in caption.shots:
        title = f" {write_value(shot.title)}" if shot.title else ""
        lines += ["", f"{shot.id} {format_interval(shot.interval)}{title}"]
        lines += [f"  {line}" for line in _shot(caption, shot, _begun(caption, shot, homes))]
    return "\n".join(lines) + "\n"


def _begun(caption: HierarchicalCaption, shot: Shot, homes: dict[str, str]) -> list[DialogueLine]:
    """The lines that begin in a shot, in order of time."""
    return sorted((line for line in caption.dialogue if homes[line.id] == shot.id), key=lambda line: line.start_ms)


def _shot(caption: HierarchicalCaption, shot: Shot, begun: Sequence[DialogueLine]) -> Iterator[str]:
    camera = shot.camera
    words = ", ".join(value.replace("_", " ") for value in (camera.size, camera.angle, camera.movement))
    yield f"Setting: {write_value(shot.setting)}"
    yield f"Action: {write_value(shot.action)}"
    yield f"Camera: {words}" + (f"; {write_value(camera.note)}" if camera.note else "")
    if shot.roles:
        yield f"Roles: {', '.join(shot.roles)}"
    yield from _looks(shot)
    yield from (
        f"— {part.line.role} goes on [{part.line.id}]" for part in caption.lines_in(shot) if part.line not in begun
    )
    said = [(line.start_ms, _said(caption, line)) for line in begun]
    heard = [
        (sound.start_ms, f"{sound.id} {format_interval(sound.interval)}: {write_value(sound.text)}")
        for sound in shot.sounds
    ]
    if heard == sorted(heard, key=lambda event: event[0]):
        said = sorted([*said, *heard], key=lambda event: event[0])
    else:
        said += heard  # their own order is kept
    yield from (text for _, text in said)


def _looks(shot: Shot) -> Iterator[str]:
    for over in shot.overrides:
        fields = [("looks", over.appearance), ("sounds", over.voice)]
        found = [f"{over.role} here {label}: {write_value(text)}" for label, text in fields if text is not None]
        if over.reference is not None:
            for label, file in (("picture", over.reference.image), ("voice file", over.reference.audio)):
                value = "none" if file is None else quoted(file) if file == "none" else write_value(file)
                found.append(f"{over.role} here {label}: {value}")
        yield from found or [f"{over.role} here: as ever"]


def _said(caption: HierarchicalCaption, line: DialogueLine) -> str:
    notes = Notes(
        line.delivery, line.on_screen, line.language if line.language != caption.language else None, line.recording
    )
    end = caption.shot_at(line.start_ms).end_ms
    mark = " —" if line.end_ms > end else ""
    return (
        f"{line.role} says {format_interval(line.interval)}{write_notes(notes)}: {quoted(line.text)}{mark} [{line.id}]"
    )
