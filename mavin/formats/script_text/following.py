"""What follows a cut that was moved in a text: the sounds beside it, as they follow a cut that is dragged."""

from __future__ import annotations

from typing import Any

from mavin.caption import HierarchicalCaption
from mavin.edits import EditError
from mavin.edits.base import home_sounds
from mavin.interval import Interval, format_interval

__all__ = ["sounds_follow"]


def sounds_follow(shots: list[dict[str, Any]], base: HierarchicalCaption) -> list[str]:
    """Puts sounds that nobody has touched, and that a moved cut has run over, into a shot again.

    Args:
        shots: the shots of the text, changed in place.
        base: the script that the text was made of.

    Returns:
        What was done, in sentences.  A sound that fits nowhere stays as it is, for the script's own rules to refuse.
    """
    old = {sound.id: (shot.id, sound) for shot in base.shots for sound in shot.sounds}

    def run_over(shot: dict[str, Any], sound: dict[str, Any]) -> bool:
        home, was = old.get(sound["id"], (None, None))
        untouched = was is not None and home == shot["id"] and _times(sound) == (was.start_ms, was.end_ms)
        return untouched and not shot["start_ms"] <= sound["start_ms"] <= sound["end_ms"] <= shot["end_ms"]

    notes = []
    for shot in shots:
        for sound in [each for each in shot["sounds"] if run_over(shot, each)]:
            views = [{**each, "sounds": [sound] if each is shot else []} for each in shots]
            try:
                home_sounds(views)
            except EditError:
                continue
            home = next(each for each, view in zip(shots, views, strict=True) if view["sounds"])
            if home is not shot:
                shot["sounds"].remove(sound)
                home["sounds"].append(sound)
            heard = format_interval(Interval(*_times(sound)))
            notes.append(f"{sound['id']} follows the cut: it is heard {heard} in {home['id']}.")
    return notes


def _times(part: dict[str, Any]) -> tuple[int, int]:
    return part["start_ms"], part["end_ms"]
