"""What is seen and heard in a shot, a line each, with the words of a line in every shot in which it is heard."""

from __future__ import annotations

from mavin.caption import HierarchicalCaption, LineInShot, Shot
from mavin.interval import Interval, format_interval

__all__ = ["shot_lines"]


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
