"""The script as a page for wikis, issues and mails; it is read by people only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mavin.caption import DialogueLine, HierarchicalCaption, Override, Role, Shot
from mavin.formats.losses import EVERYTHING, Feature
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.interval import format_interval, format_seconds

__all__ = ["FORMAT"]


def _write(script: FilmScript) -> Written:
    lines = []
    if len(script.clips) > 1:
        lines += [f"# {_plain(script.title or 'Untitled')}", ""]
    for clip in script.clips:
        several = len(script.clips) > 1
        name = (
            f"{clip.id} {_plain(clip.caption.title)}".strip() if several else _plain(clip.caption.title or "Untitled")
        )
        lines += [f"{'##' if several else '#'} {name}", "", *_clip(clip.caption, "###" if several else "##")]
    return Written(("\n".join(lines).rstrip() + "\n").encode())


def _clip(caption: HierarchicalCaption, mark: str) -> Iterator[str]:
    head = caption.global_caption
    yield f"{format_seconds(caption.duration_ms)} s, {caption.aspect.value}, {_plain(caption.language)}"
    yield ""
    for label, text in (("Storyline", head.storyline), ("Style", head.style), ("Ambience", head.ambience)):
        yield f"- **{label}:** {_plain(text)}"
    yield ""
    if caption.roles:
        yield f"{mark} Cast"
        yield ""
        yield from (f"- {_role(role)}" for role in caption.roles)
        yield ""
    for shot in caption.shots:
        yield from _shot(caption, shot, mark)


def _role(role: Role) -> str:
    told = [f"**{role.id} {_plain(role.name)}**"]
    told += [_plain(role.appearance)] if role.appearance else []
    told += [f"Voice: {_plain(role.voice)}"] if role.voice else []
    told += [_files(role.reference.image, role.reference.audio)] if role.reference.is_bound else []
    return " — ".join(told)


def _files(image: str | None, audio: str | None) -> str:
    found = [f"{label} {_code(name)}" for label, name in (("picture", image), ("voice", audio)) if name]
    return ", ".join(found) or "no references"


def _shot(caption: HierarchicalCaption, shot: Shot, mark: str) -> Iterator[str]:
    camera = shot.camera
    title = f" {_plain(shot.title)}" if shot.title else ""
    words = ", ".join(value.replace("_", " ") for value in (camera.size, camera.angle, camera.movement))
    yield f"{mark} {shot.id} · {format_interval(shot.interval)}{title}"
    yield ""
    yield _plain(shot.action)
    yield ""
    yield f"- **Setting:** {_plain(shot.setting)}"
    yield f"- **Camera:** {words}" + (f"; {_plain(camera.note)}" if camera.note else "")
    if shot.roles:
        names = {role.id: role.name for role in caption.roles}
        yield f"- **Seen:** {', '.join(_plain(names[role]) for role in shot.roles)}"
    yield from (f"- **{over.role} here:** {_override(over)}" for over in shot.overrides)
    yield from (f"- **{sound.id}** {format_interval(sound.interval)} ♪ {_plain(sound.text)}" for sound in shot.sounds)
    yield ""
    for part in caption.lines_in(shot):
        yield f"> {_line(caption, part.line)}" if part.starts else f"> — {part.line.id} goes on"
        yield ""


def _override(over: Override) -> str:
    told = [f"looks: {_plain(over.appearance)}"] if over.appearance is not None else []
    told += [f"sounds: {_plain(over.voice)}"] if over.voice is not None else []
    told += [_files(over.reference.image, over.reference.audio)] if over.reference is not None else []
    return "; ".join(told) or "as ever"


def _line(caption: HierarchicalCaption, line: DialogueLine) -> str:
    notes = [_plain(line.delivery)] if line.delivery else []
    notes += [] if line.on_screen else ["off screen"]
    notes += [_plain(line.language)] if line.language != caption.language else []
    notes += [f"from {_code(line.recording)}"] if line.recording else []
    manner = f" *({', '.join(notes)})*" if notes else ""
    return (
        f"**{_plain(caption.role(line.role).name)}** {line.id} {format_interval(line.interval)}{manner}: "
        f"“{_plain(line.text)}”"
    )


def _plain(text: str) -> str:
    """Text that no reader of Markdown takes for anything else, on one line."""
    text = re.sub(r"([\\`*_\[\]|<>~&])", r"\\\1", re.sub(r"\s+", " ", text).strip())
    return re.sub(r"^(\d+(?=[.)] )|(?=[#+=-]))", r"\1\\", text)  # a list, a heading or a rule


def _code(name: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", name)), default=0) + 1)
    pad = " " if len(fence) > 1 else ""
    plain = re.sub(r"\s+", " ", name)
    return f"{fence}{pad}{plain}{pad}{fence}"


FORMAT = Format(
    name="markdown",
    title="Markdown",
    kind=Kind.SCRIPT,
    suffix=".md",
    media_type="text/markdown",
    about="The script as a page for wikis, issues and mails.",
    carries=EVERYTHING,
    write=_write,
    reasons={Feature.LOCKS: "they stay with the film"},
)
