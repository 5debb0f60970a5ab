"""An OpenTimelineIO timeline as a draft: our own with its ids, and what others cut with their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mavin.formats.drafts import Data, Draft
from mavin.formats.losses import Loss, LossKind
from mavin.formats.script import FormatError
from mavin.formats.timeline import KEY
from mavin.frames import FPS, frame_of

if TYPE_CHECKING:
    import opentimelineio as otio

__all__ = ["draft_of"]

_MOST_PARTS = 20_000


def draft_of(timeline: otio.schema.Timeline, name: str) -> Draft:
    """What a timeline holds.

    Args:
        timeline: the timeline.
        name: what messages call the file.

    Raises:
        FormatError: if it has no shots.
    """
    own = _metadata(timeline)
    draft = Draft(name, title=timeline.name or None, shots=[], lines=[])
    assert draft.shots is not None
    assert draft.lines is not None
    if own.get("kind") == "film":
        draft.heads = {str(clip): dict(head) for clip, head in _plain(own.get("clips", {})).items()}
        if timeline.name == "Untitled" or timeline.name == own.get("title"):
            draft.title = own.get("title", "")
        for head in draft.heads.values():
            known = {role["id"] for role in draft.roles}
            draft.roles += [dict(role) for role in head["roles"] if role["id"] not in known]
    tracks = [track for track in timeline.tracks if track.enabled]
    renamed = _renamed_markers(tracks)
    pictures = [track for track in tracks if track.kind == "Video" and any(_parts(track))]
    if not pictures:
        raise FormatError(f"{name} must have a video track with at least one clip, got none.")
    if pictures[1:]:
        draft.losses.append(
            Loss(LossKind.LOST, "", f"{len(pictures) - 1} further video tracks", "a shot is one picture")
        )
    _tell_forgotten(draft, timeline, tracks)
    for part in _parts(pictures[0]):
        draft.shots.append(_shot(draft, part))
        if len(draft.shots) > _MOST_PARTS:
            raise FormatError(f"{name} must have at most {_MOST_PARTS} shots, got more. Import a part of it.")
    sounds = []
    for track in tracks:
        if track.kind != "Audio":
            continue
        for part in _parts(track):
            clip, data = part.clip, _metadata(part.clip)
            if data.get("kind") == "line":
                draft.lines.append(_line(draft, part, data, renamed))
            elif data.get("kind") == "sound":
                text = clip.name if clip.name != data.get("name") else data["rest"]["text"]
                sounds.append((data, _times(data, part) | {"id": data["id"], "text": text}))
            else:
                draft.losses.append(
                    Loss(LossKind.LOST, "", f"audio clips on {track.name or 'a track'}", "MAVIN makes its own sound")
                )
    if not draft.lines and not draft.heads:
        draft.lines = None
    if draft.heads:
        _home_sounds(draft, sounds)
    draft.losses[:] = dict.fromkeys(draft.losses)
    return draft


def _metadata(item: Any) -> Data:
    found = item.metadata.get(KEY)
    return dict(_plain(found)) if found is not None and hasattr(found, "keys") else {}


def _plain(value: Any) -> Any:
    """OpenTimelineIO's containers as Python's own."""
    if hasattr(value, "keys"):
        return {str(key): _plain(value[key]) for key in value}
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return [_plain(item) for item in value]


@dataclass(frozen=True, slots=True)
class _Part:
    """A clip at its place on the timeline.

    Attributes:
        clip: the clip.
        start_ms: where it begins.
        end_ms: where it ends.
        rate: frames a second of the program that placed it.
    """

    clip: Any
    start_ms: int
    end_ms: int
    rate: float


def _parts(track: Any) -> Iterator[_Part]:
    """The clips of a track that are not switched off, those of nested sequences among them."""
    import opentimelineio as otio

    for number, child in enumerate(track):
        if isinstance(child, otio.schema.Transition | otio.schema.Gap) or not getattr(child, "enabled", True):
            continue
        whole = track.range_of_child_at_index(number)
        inner = list(_nested(child, track.kind)) if isinstance(child, otio.core.Composition) else []
        for clip in inner or [child]:
            span = whole if clip is child else clip.transformed_time_range(clip.trimmed_range(), track).clamped(whole)
            start, end = _ms(span.start_time), _ms(span.end_time_exclusive())
            if end > start:
                yield _Part(clip, start, end, span.start_time.rate)


def _nested(composition: Any, kind: str) -> Iterator[Any]:
    """The clips in a nested sequence: of its first track that is seen, or of all that are heard."""
    import opentimelineio as otio

    tracks = [each for each in composition if isinstance(each, otio.schema.Track) and each.kind == kind]
    for track in (tracks[:1] if kind == "Video" else tracks) or [composition]:
        yield from (clip for clip in track.find_clips() if clip.enabled)


def _ms(time: otio.opentime.RationalTime) -> int:
    return max(round(time.value * 1000 / time.rate), 0) if time.rate > 0 else 0


def _times(data: Data, part: _Part) -> Data:
    """Exact milliseconds where a part is still on its frames, else those where it is now."""
    start, end = part.start_ms, part.end_ms
    was_start, was_end = data.get("start_ms"), data.get("end_ms")
    if not isinstance(was_start, int) or not isinstance(was_end, int):
        return {"start_ms": start, "end_ms": end}

    def frame(time_ms: float) -> int:  # as the other program counts them
        return round(time_ms * part.rate / 1000)

    first, last = frame_of(was_start), max(frame_of(was_end), frame_of(was_start) + 1)
    stays = frame(start) == frame(first * 1000 / FPS)
    same_end = frame(end) == frame(last * 1000 / FPS)
    if stays:
        start = was_start
    elif frame(end) - frame(start) == frame((last - first) * 1000 / FPS):
        return {"start_ms": start, "end_ms": start + was_end - was_start}  # moved as a whole
    return {"start_ms": start, "end_ms": was_end if same_end else end}


def _tell_forgotten(draft: Draft, timeline: otio.schema.Timeline, tracks: list[Any]) -> None:
    """What was added in an editing program that a script cannot hold."""
    import opentimelineio as otio

    def lost(what: str, why: str) -> None:
        draft.losses.append(Loss(LossKind.LOST, "", what, why))

    items = [item for track in tracks for item in (track, *track.find_children(descended_from_type=otio.core.Item))]
    if any(True for track in tracks for _ in track.find_children(descended_from_type=otio.schema.Transition)):
        lost("transitions", "a film of MAVIN's cuts hard")
    if any(not item.enabled for item in (*timeline.tracks, *items)):
        lost("what is switched off", "only what is seen or heard comes in")
    if any(item.effects for item in items):
        lost("effects and speed changes", "a script has no place for them")
    said = {
        (data["clip"], data["id"]): data
        for item in items
        if isinstance(item, otio.schema.Clip) and (data := _metadata(item)).get("kind") == "line"
    }
    for marker in [each for item in (timeline.tracks, *items) for each in item.markers]:
        data = _metadata(marker)
        line = said.get((data.get("clip"), data.get("id")))
        if data.get("kind") != "line":
            lost("markers", "only those of lines are read")
        elif line is not None and _is_moved(marker, line):
            draft.changed("", "markers that were moved stand where their lines do", "lines are timed by their clips")


def _is_moved(marker: Any, line: Data) -> bool:
    start = marker.marked_range.start_time
    was = frame_of(line["start_ms"]) * start.rate / FPS
    return bool(start.rate > 0 and round(start.value) != round(was))


def _renamed_markers(tracks: list[Any]) -> dict[tuple[str, str], str]:
    """(clip, line) → another name that somebody gave its marker."""
    found = {}
    for track in tracks:
        for item in (track, *track):
            for marker in getattr(item, "markers", ()):
                data = _metadata(marker)
                if data.get("kind") == "line" and marker.name and marker.name != data.get("name"):
                    found[(data["clip"], data["id"])] = marker.name
    return found


def _shot(draft: Draft, part: _Part) -> Data:
    clip, data = part.clip, _metadata(part.clip)
    if data.get("kind") != "shot":
        return _strange_shot(draft, part)
    rest = {key: value for key, value in data["rest"].items() if key != "number"}
    shot = {**rest, **_times(data, part), "id": data["id"], "clip": data["clip"]}
    if clip.name != data["name"]:
        shot["title"] = clip.name.removeprefix(data["id"]).strip()
    if not draft.heads:
        shot.pop("clip")
    return shot


def _strange_shot(draft: Draft, part: _Part) -> Data:
    clip = part.clip
    shot: Data = {"start_ms": part.start_ms, "end_ms": part.end_ms}
    if clip.name and any(char.isalnum() for char in clip.name):
        shot.update(title=clip.name, action=clip.name)
        draft.guessed("", "action: the clip's name")
    return shot


def _line(draft: Draft, part: _Part, data: Data, renamed: dict[tuple[str, str], str]) -> Data:
    clip = part.clip
    line = {**data["rest"], **_times(data, part), "id": data["id"]}
    if draft.heads:
        line["clip"] = data["clip"]
    name = clip.name if clip.name != data["name"] else renamed.get((data["clip"], data["id"]))
    if name:
        speaker, colon, words = name.partition(": ")
        before = data["name"].partition(": ")[0]
        line["text"] = words.strip() if colon and words.strip() else name
        if colon and speaker != before:
            line.pop("role")
            line["speaker"] = speaker
        elif not colon:
            line["text"] = name
    return line


def _home_sounds(draft: Draft, sounds: list[tuple[Data, Data]]) -> None:
    """Gives every sound to the shot that it is heard in: its own, else the one where it is heard most."""
    assert draft.shots is not None
    for shot in draft.shots:
        shot["sounds"] = []
    for data, sound in sounds:
        own = [
            shot for shot in draft.shots if shot.get("clip") == data["clip"] and shot.get("id") == data["rest"]["shot"]
        ]
        best = max(draft.shots, key=lambda shot: _shared(shot, sound))
        home = own[0] if own and _shared(own[0], sound) >= 100 else best
        if _shared(home, sound) < 100:
            draft.losses.append(
                Loss(LossKind.LOST, "", f"the sound “{sound['text'][:40]}”", "no shot is there when it is heard")
            )
            continue
        start, end = max(sound["start_ms"], home["start_ms"]), min(sound["end_ms"], home["end_ms"])
        home["sounds"].append(sound | {"start_ms": start, "end_ms": end})


def _shared(first: Data, second: Data) -> int:
    return int(min(first["end_ms"], second["end_ms"]) - max(first["start_ms"], second["start_ms"]))
