"""A film as an OpenTimelineIO timeline: shots, a track for each speaker, a track of sounds, and markers for the lines.

    Shots       [── S1 ──][──── S2 ────][── S3 ──]      each with markers for the lines that begin in it
    Mara             [─ L1 ─]        [── L3 ──]
    Tom                       [─ L2 ─]
    Sounds      [X1]

Editing programs count frames, so positions are whole frames; the milliseconds stand in the metadata beside them, and
count as long as nobody has moved the part away from its frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mavin.formats.losses import Loss, LossKind
from mavin.formats.script import FilmScript
from mavin.frames import FPS, frame_of
from mavin.interval import format_seconds

if TYPE_CHECKING:
    import opentimelineio as otio

__all__ = ["KEY", "SOUNDS", "label_of", "out_of_order", "rounded", "timeline_of"]

KEY = "mavin"
"""Where our ids and milliseconds stand in the metadata."""
SOUNDS = "Sounds"
_COLORS = ("CYAN", "YELLOW", "GREEN", "PINK", "ORANGE", "PURPLE")


def label_of(speaker: str, words: str) -> str:
    """What a line's clip and marker are called."""
    return f"{' '.join(speaker.split())}: {' '.join(words.split())}"


def timeline_of(script: FilmScript) -> otio.schema.Timeline:
    """The timeline of a film, at 24 frames a second."""
    import opentimelineio as otio

    timeline = otio.schema.Timeline(name=script.title or "Untitled")
    timeline.global_start_time = otio.opentime.RationalTime(0, FPS)
    timeline.metadata[KEY] = {"kind": "film", "title": script.title, "rev": script.rev, "clips": _heads(script)}
    events = list(_events(script))
    media = _media(script)
    shots = otio.schema.Track(name="Shots", kind=otio.schema.TrackKind.Video)
    for event in (each for each in events if each["kind"] == "shot"):
        clip = _clip(event, media)
        for line in events:
            if line["kind"] == "line" and event["start_ms"] <= line["start_ms"] < event["end_ms"]:
                clip.markers.append(_marker(line))
        shots.append(clip)
    timeline.tracks.append(shots)
    for name in dict.fromkeys(event["track"] for event in events if event["kind"] == "line"):
        timeline.tracks.extend(_tracks(name, [event for event in events if event.get("track") == name], media))
    timeline.tracks.extend(_tracks(SOUNDS, [event for event in events if event["kind"] == "sound"], media))
    return timeline


def _heads(script: FilmScript) -> dict[str, Any]:
    found = {}
    for clip in script.clips:
        data = clip.caption.model_dump(mode="json")
        found[clip.id] = {
            "title": data["title"],
            "language": data["language"],
            "aspect": data["aspect"],
            **data["global_caption"],
            "roles": data["roles"],
        }
    return found


def _events(script: FilmScript) -> Iterator[dict[str, Any]]:
    """Shots, lines and sounds with times of the whole film, and all that the timeline itself does not tell of them."""
    for clip, offset in zip(script.clips, script.offsets_ms, strict=True):
        data = clip.caption.model_dump(mode="json")
        for number, shot in enumerate(data["shots"]):
            rest = {key: shot[key] for key in ("title", "setting", "action", "camera", "roles", "overrides")}
            name = f"{shot['id']} {shot['title']}".strip()
            yield _event("shot", clip.id, shot, offset, {"number": number, **rest}, name)
            for sound in shot["sounds"]:
                yield _event(
                    "sound", clip.id, sound, offset, {"shot": shot["id"], "text": sound["text"]}, sound["text"]
                )
        for line in data["dialogue"]:
            speaker = clip.caption.role(line["role"]).name
            rest = {key: value for key, value in line.items() if key not in {"id", "start_ms", "end_ms"}}
            name = label_of(speaker, line["text"])
            yield _event("line", clip.id, line, offset, rest, name) | {"track": " ".join(speaker.split())}


def _event(kind: str, clip: str, part: Any, offset: int, rest: dict[str, Any], name: str) -> dict[str, Any]:
    start, end = part["start_ms"] + offset, part["end_ms"] + offset
    return {"kind": kind, "clip": clip, "id": part["id"], "start_ms": start, "end_ms": end, "rest": rest, "name": name}


def _range(event: dict[str, Any]) -> otio.opentime.TimeRange:
    import opentimelineio as otio

    start, end = frame_of(event["start_ms"]), frame_of(event["end_ms"])
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(start, FPS), otio.opentime.RationalTime(max(end - start, 1), FPS)
    )


def _media(script: FilmScript) -> otio.core.MediaReference | None:
    """The rendered film, which is as long as all clips."""
    import opentimelineio as otio

    if script.media is None:
        return None
    length = otio.opentime.RationalTime(frame_of(script.duration_ms), FPS)
    return otio.schema.ExternalReference(
        target_url=script.media.absolute().as_uri(),
        available_range=otio.opentime.TimeRange(otio.opentime.RationalTime(0, FPS), length),
    )


def _clip(event: dict[str, Any], media: otio.core.MediaReference | None) -> otio.schema.Clip:
    import opentimelineio as otio

    reference = media.clone() if media is not None else otio.schema.MissingReference()
    clip = otio.schema.Clip(name=event["name"], media_reference=reference, source_range=_range(event))
    clip.metadata[KEY] = {key: value for key, value in event.items() if key != "track"}
    return clip


def _marker(line: dict[str, Any]) -> otio.schema.Marker:
    import opentimelineio as otio

    marker = otio.schema.Marker(name=line["name"], marked_range=_range(line))
    marker.color = _COLORS[(int(line["rest"]["role"][1:]) - 1) % len(_COLORS)]
    marker.comment = line["rest"]["delivery"]
    marker.metadata[KEY] = {"kind": "line", "clip": line["clip"], "id": line["id"], "name": line["name"]}
    return marker


def _tracks(name: str, events: list[dict[str, Any]], media: otio.core.MediaReference | None) -> list[otio.schema.Track]:
    """Audio tracks with gaps between the parts; parts that overlap go into further tracks."""
    import opentimelineio as otio

    tracks: list[tuple[otio.schema.Track, int]] = []
    for event in sorted(events, key=lambda event: (event["start_ms"], event["end_ms"])):
        span = _range(event)
        start, end = round(span.start_time.value), round(span.end_time_exclusive().value)
        number = next((number for number, (_, busy) in enumerate(tracks) if busy <= start), len(tracks))
        if number == len(tracks):
            title = name if not tracks else f"{name} {number + 1}"
            tracks.append((otio.schema.Track(name=title, kind=otio.schema.TrackKind.Audio), 0))
        track, busy = tracks[number]
        if start > busy:
            track.append(otio.schema.Gap(duration=otio.opentime.RationalTime(start - busy, FPS)))
        track.append(_clip(event, media))
        tracks[number] = (track, end)
    return [track for track, _ in tracks]


def rounded(script: FilmScript) -> Iterator[Loss]:
    """The times that are on no frame, for forms that keep nothing else."""
    for clip, offset in zip(script.clips, script.offsets_ms, strict=True):
        prefix = f"{clip.id}." if len(script.clips) > 1 else ""
        parts = [(f"{prefix}shots.{shot.id}.start_ms", shot.id, "begins", shot.start_ms) for shot in clip.caption.shots]
        for line in clip.caption.dialogue:
            path = f"{prefix}dialogue.{line.id}"
            parts += [(f"{path}.start_ms", line.id, "begins", line.start_ms)]
            parts += [(f"{path}.end_ms", line.id, "ends", line.end_ms)]
        for path, name, verb, time in parts:
            frame = frame_of(offset + time)
            if frame * 1000 != (offset + time) * FPS:
                near = format_seconds(round(frame * 1000 / FPS))
                what = f"{name} {verb} at {near} s, not at {format_seconds(offset + time)} s"
                yield Loss(LossKind.ROUNDED, path, what, f"editing programs count {FPS} frames a second")


def out_of_order(script: FilmScript) -> Iterator[Loss]:
    """What a form that lays parts on a time axis cannot keep: another order of lines than that of their times."""
    for clip in script.clips:
        prefix = f"{clip.id}." if len(script.clips) > 1 else ""
        lines = clip.caption.dialogue
        if list(lines) != sorted(lines, key=lambda line: line.start_ms):
            yield Loss(LossKind.CHANGED, f"{prefix}dialogue", "lines stand in the order of their times")
