"""A script as text, its dialogue close to the paper's form: ``C1 says 1.9–2.5s: "…"``."""

from __future__ import annotations

from mavin.caption import HierarchicalCaption, LineInShot, Shot
from mavin.interval import Interval, format_interval, format_seconds

__all__ = ["script_text", "shot_lines"]


def script_text(caption: HierarchicalCaption) -> str:
    """The whole script, ids included."""
    head = caption.global_caption
    lines = [
        f"# {caption.title}".rstrip(),
        f"{format_seconds(caption.duration_ms)}s, {caption.aspect}, {caption.language}",
        "",
        f"Storyline: {_flat(head.storyline)}",
        f"Style: {_flat(head.style)}",
        f"Ambience: {_flat(head.ambience)}",
    ]
    if caption.roles:
        lines.append("")
    for role in caption.roles:
        about = [_flat(text) for text in (role.appearance,) if text.strip()]
        about += [f"Voice: {_flat(role.voice)}"] if role.voice.strip() else []
        files = [name for name in (role.reference.image, role.reference.audio) if name]
        about += [f"Reference: {', '.join(files)}"] if files else []
        lines.append(
            f"{role.id} {_flat(role.name)}" + (f": {'. '.join(each.rstrip('.') for each in about)}." if about else "")
        )
    for shot in caption.shots:
        title = f" {_flat(shot.title)}" if shot.title.strip() else ""
        lines += ["", f"{shot.id} {format_interval(shot.interval)}{title}"]
        lines += [f"  {line}" for line in shot_lines(caption, shot)]
    return "\n".join(lines)


def shot_lines(caption: HierarchicalCaption, shot: Shot) -> list[str]:
    """What a shot shows and sounds like, one thing a line."""
    camera = shot.camera
    words = ", ".join(value.replace("_", " ") for value in (camera.size, camera.angle, camera.movement))
    lines = [f"Setting: {_flat(shot.setting)}", f"Action: {_flat(shot.action)}"]
    lines.append(f"Camera: {words}" + (f". {_flat(camera.note)}" if camera.note.strip() else ""))
    if shot.roles:
        lines.append(f"Roles: {', '.join(shot.roles)}")
    for override in shot.overrides:
        parts = [
            f"{name} {_flat(text)}"
            for name, text in (("looks", override.appearance), ("sounds", override.voice))
            if text
        ]
        if override.reference is not None and override.reference.is_bound:
            parts.append(f"reference {override.reference.image or override.reference.audio}")
        lines.append(f"Here {override.role}: {'; '.join(parts)}")
    events = [(part.interval, _said(part)) for part in caption.lines_in(shot)]
    events += [(sound.interval, f"{sound.id} {_times(sound.interval)}: {_flat(sound.text)}") for sound in shot.sounds]
    lines += [text for _, text in sorted(events, key=lambda event: event[0])]
    return lines


def _said(part: LineInShot) -> str:
    line = part.line
    manner = [_flat(line.delivery)] if line.delivery.strip() else []
    manner += [] if line.on_screen else ["off screen"]
    verb = "says" if part.starts else "goes on"
    opening, closing = "" if part.starts else "— ", "" if part.ends else " —"
    note = f" ({', '.join(manner)})" if manner else ""
    return f'{line.role} {verb}{note} {_times(part.interval)}: {opening}"{_flat(line.text)}"{closing} [{line.id}]'


def _times(interval: Interval) -> str:
    return format_interval(interval)


def _flat(text: str) -> str:
    return " ".join(text.split())
