"""Every sort of change that the editor agent knows."""

from __future__ import annotations

from scripting.editor.kinds import Kind
from scripting.editor.picture_kinds import Action, CameraKind, Looks, Place
from scripting.editor.shot_kinds import Length, NewShot
from scripting.editor.speech_kinds import Delivery, NewLine, Pace, Words
from scripting.editor.topics import Topic
from scripting.editor.whole_kinds import Ambience, NoSound, Sound, Style, Title, Voice

__all__ = ["KINDS"]

_ALL: tuple[type[Kind], ...] = (
    Pace,
    Delivery,
    Words,
    NewLine,
    CameraKind,
    Place,
    Action,
    Length,
    NewShot,
    Looks,
    Voice,
    Sound,
    NoSound,
    Style,
    Ambience,
    Title,
)
KINDS: dict[Topic, Kind] = {kind.topic: kind() for kind in _ALL}
