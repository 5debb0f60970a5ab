"""Edit decision lists and XML for editing programs that do not read OpenTimelineIO, written by its adapters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript, FormatError
from mavin.formats.timeline import KEY, rounded, timeline_of
from mavin.frames import FPS, frame_of

if TYPE_CHECKING:
    import opentimelineio as otio

__all__ = ["FORMATS"]

_MOST_EVENTS = 999
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FACTS = (("positions", f"whole frames, {FPS} a second"),)
_CUTS = frozenset({Feature.TITLE, Feature.SHOTS, Feature.SHOT_TIMES, Feature.SHOT_TITLES})
_LINES = frozenset({Feature.LINES, Feature.LINE_TIMES})
_REASONS = {
    Feature.IDS: "shots keep theirs in their names",
    Feature.ROLES: "only those who speak are named",
}


def _timeline(script: FilmScript) -> otio.schema.Timeline:
    """The timeline without our metadata, its media named after the film where there is none yet."""
    import opentimelineio as otio

    timeline = timeline_of(script)
    del timeline.metadata[KEY]
    length = otio.opentime.RationalTime(frame_of(script.duration_ms), FPS)
    available = otio.opentime.TimeRange(otio.opentime.RationalTime(0, FPS), length)
    timeline.name = _plain(timeline.name)
    name = _plain(script.title or "film").replace("/", " ")
    for clip in timeline.find_clips():
        del clip.metadata[KEY]
        clip.name = _plain(clip.name)
        for marker in clip.markers:
            marker.name = _plain(marker.name)
            marker.comment = _plain(marker.comment)
            del marker.metadata[KEY]
        if script.media is None:
            clip.media_reference = otio.schema.ExternalReference(f"file://localhost/{quote(name)}.mp4", available)
        clip.media_reference.name = name
    return timeline


def _plain(text: str) -> str:
    """A name that the adapters can write: on one line, without what XML forbids or a search by name stumbles over."""
    return " ".join(_NOT_IN_XML.sub("", text).replace("'", "’").split())


def _edl(script: FilmScript) -> Written:
    import opentimelineio as otio

    count = sum(len(clip.caption.shots) for clip in script.clips)
    if count > _MOST_EVENTS:
        raise FormatError(f"An EDL must have at most {_MOST_EVENTS} events, got {count} shots. Export single clips.")
    whole = _timeline(script)
    cuts = otio.schema.Timeline(name=whole.name)
    cuts.global_start_time = whole.global_start_time
    cuts.tracks.append(whole.tracks[0].clone())
    for clip in cuts.find_clips():
        clip.metadata["cmx_3600"] = {"reel": "MAVIN"}
    text = otio.adapters.write_to_string(cuts, "cmx_3600", rate=FPS)
    paths = _line_paths(script)
    capitals = [Loss(LossKind.CHANGED, path, "words are in capitals", "so are all locators") for path in paths]
    ends = [Loss(LossKind.LOST, f"{path}.end_ms", "ends of lines", "a locator is an instant") for path in paths]
    return Written(text.encode(), (*_changed(script), *capitals, *ends))


def _changed(script: FilmScript) -> Iterator[Loss]:
    yield from rounded(script)
    for clip in script.clips:
        prefix = f"{clip.id}." if len(script.clips) > 1 else ""
        texts = [(f"dialogue.{line.id}.text", line.text) for line in clip.caption.dialogue]
        texts += [(f"shots.{shot.id}.title", shot.title) for shot in clip.caption.shots]
        texts += [(f"shots.{s.id}.sounds.{x.id}", x.text) for s in clip.caption.shots for x in s.sounds]
        for path, text in texts:
            if _plain(text) != text:
                yield Loss(
                    LossKind.CHANGED, prefix + path, "names are on one line, apostrophes are ’", "XML and adapters"
                )
        if clip.caption.title and clip.caption.title != script.title:
            path = f"{clip.id}.title" if len(script.clips) > 1 else "title"
            yield Loss(LossKind.LOST, path, "title of a clip", "a timeline has one name, that of the film")


def _line_paths(script: FilmScript) -> list[str]:
    several = len(script.clips) > 1
    return [
        f"{clip.id}.dialogue.{line.id}" if several else f"dialogue.{line.id}"
        for clip in script.clips
        for line in clip.caption.dialogue
    ]


def _fcp7(script: FilmScript) -> Written:
    import opentimelineio as otio
    from defusedxml import ElementTree

    text = otio.adapters.write_to_string(_timeline(script), "fcp_xml")
    root = ElementTree.fromstring(text.encode())
    width, height = script.caption.pixels
    for form in root.iterfind(".//sequence/media/video/format"):
        traits = form.makeelement("samplecharacteristics", {})
        for tag, value in (("width", width), ("height", height)):
            item = traits.makeelement(tag, {})
            item.text = str(value)
            traits.append(item)
        form.append(traits)  # without it Resolve refuses the sequence
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    head, _, rest = content.partition(b"\n")
    return Written(head + b"\n<!DOCTYPE xmeml>\n" + rest, tuple(_changed(script)))


def _fcpx(script: FilmScript) -> Written:
    import opentimelineio as otio

    text = otio.adapters.write_to_string(_timeline(script), "fcpx_xml")
    return Written(text.encode(), tuple(_changed(script)))


def _form(
    name: str,
    title: str,
    suffix: str,
    about: str,
    carries: frozenset[Feature],
    write: Callable[[FilmScript], Written],
    source: str,
) -> Format:
    return Format(
        name=name,
        title=title,
        kind=Kind.EDITING,
        suffix=suffix,
        media_type="text/plain" if suffix == ".edl" else "application/xml",
        about=about,
        carries=carries,
        write=write,
        reasons=_REASONS,
        facts=_FACTS,
        source=source,
    )


FORMATS = (
    _form(
        "edl",
        "EDL (CMX 3600)",
        ".edl",
        "The cuts for any editing program, the lines as locators. To bring edits back, use otio.",
        _CUTS | _LINES,
        _edl,
        "github.com/OpenTimelineIO/otio-cmx3600-adapter",
    ),
    _form(
        "fcp7",
        "Final Cut Pro 7 XML",
        ".xml",
        "The timeline for Premiere Pro and others that read xmeml: shots, lines and sounds as clips and markers.",
        _CUTS | _LINES | {Feature.SOUNDS, Feature.ASPECT},
        _fcp7,
        "github.com/OpenTimelineIO/otio-fcp-adapter",
    ),
    _form(
        "fcpxml",
        "Final Cut Pro X XML",
        ".fcpxml",
        "The timeline for Final Cut Pro: shots in the spine, lines and sounds connected to them.",
        _CUTS | _LINES | {Feature.SOUNDS},
        _fcpx,
        "github.com/OpenTimelineIO/otio-fcpx-xml-adapter",
    ),
)
