"""Fountain: the film as a screenplay that every writing program opens; ids, times and the rest stand in notes.

    #### S2 The lamp

    [[mavin: K1 S2 2.5–5.125s {"camera": …} ]]

    .lamp room, rain on the panes

    !The keeper lights the great lamp.

    [[mavin: K1 L1 3.9–5.6s]]

    @keeper
    (whispering)
    Come home, Mara.

Everything is forced (``.``, ``!``, ``@``), so that no words are taken for something else.  Notes are not printed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from mavin.caption import DialogueLine, HierarchicalCaption, Shot
from mavin.formats.fountain_lines import GUARD, one_line
from mavin.formats.losses import EVERYTHING, Feature, Loss, LossKind
from mavin.formats.onto import incoming
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import Document, FilmScript, FormatError, ScriptClip
from mavin.formats.timeline import out_of_order
from mavin.interval import Interval, format_interval

__all__ = ["FORMAT"]

MAX_CHARACTERS, MAX_LINES = 1_000_000, 50_000
"""Longest screenplay that is read; a long one has 200,000 characters in 8,000 lines."""

_HEADING = re.compile(
    r"^[ \t]*(?:(?:INT|EXT|EST|INT\.?/EXT|I/E)[. ][ \t]*\S.*|\.[^\s.].*)$(?=\n\s*\n)", re.MULTILINE | re.IGNORECASE
)
_BREAKS = re.compile("[\\x85\\u2028\\u2029]")
Exact = Mapping[tuple[str, str, str], tuple[str, str]]
"""(clip, part, field) → the exact text, and how it is read from the page."""


def _write(script: FilmScript) -> Written:
    from mavin.formats.fountain_reading import draft_of

    # What the page cannot show exactly is found by reading it, and written into the notes.
    exact: dict[tuple[str, str, str], tuple[str, str]] = {}
    draft = draft_of(_page(script, exact), "page")
    shown = {(part["clip"], part["id"]): part for part in (*(draft.shots or ()), *(draft.lines or ()))}
    for clip in script.clips:
        for name, field, text in _texts(clip.caption):
            part = shown.get((clip.id, name), {})
            read = str(part.get(field, text if field == "speaker" and "role" in part else ""))
            if read != text:
                exact[(clip.id, name, field)] = (text, read)
    changed = [
        Loss(
            LossKind.CHANGED,
            f"{clip}." * (len(script.clips) > 1) + f"{'shots' if name[0] == 'S' else 'dialogue'}.{name}.{field}",
            "what a page cannot show exactly stands in a note",
        )
        for clip, name, field in exact
        if field != "speaker"
    ]
    return Written(_page(script, exact).encode(), (*out_of_order(script), *changed))


def _texts(caption: HierarchicalCaption) -> Iterator[tuple[str, str, str]]:
    for shot in caption.shots:
        yield from ((shot.id, field, getattr(shot, field)) for field in ("title", "setting", "action"))
    for line in caption.dialogue:
        yield from ((line.id, field, getattr(line, field)) for field in ("text", "delivery"))
        yield line.id, "speaker", caption.role(line.role).name


def _page(script: FilmScript, exact: Exact) -> str:
    lines = [f"Title: {one_line(script.title) or 'Untitled'}", "Source: MAVIN", ""]
    for clip in script.clips:
        lines += list(_clip(clip, exact, script.rev, several=len(script.clips) > 1))
    return "\n".join(lines).rstrip() + "\n"


def _clip(clip: ScriptClip, exact: Exact, rev: int | None, *, several: bool) -> Iterator[str]:
    data = clip.caption.model_dump(mode="json")
    head = (
        {key: data[key] for key in ("title", "language", "aspect")} | data["global_caption"] | {"roles": data["roles"]}
    )
    if rev is not None:
        head = {"rev": rev} | head
    yield f"# {clip.id} {one_line(clip.caption.title)}".rstrip() if several else f"# {clip.id}"
    yield ""
    yield _note(clip.id, head)
    yield ""
    yield f"= {one_line(clip.caption.global_caption.storyline)}"
    yield ""
    for shot in clip.caption.shots:
        yield from _shot(clip, shot, exact)


def _shot(clip: ScriptClip, shot: Shot, exact: Exact) -> Iterator[str]:
    data = shot.model_dump(mode="json")
    rest = {key: data[key] for key in ("camera", "roles", "overrides", "sounds") if data[key] or key == "roles"}
    yield f"#### {shot.id} {one_line(shot.title)}".rstrip()
    yield ""
    yield _note(f"{clip.id} {shot.id} {format_interval(shot.interval)}", rest | _exact(exact, clip.id, shot.id))
    yield ""
    yield f".{_guarded(one_line(shot.setting))}"
    yield ""
    yield f"!{_marked(shot.action)}"
    yield ""
    for line in sorted(clip.caption.dialogue, key=lambda line: line.start_ms):
        if shot.interval.contains(line.start_ms):
            yield from _line(clip, line, exact)


def _line(clip: ScriptClip, line: DialogueLine, exact: Exact) -> Iterator[str]:
    language = {"language": line.language} if line.language != clip.caption.language else {}
    recording = {"recording": line.recording} if line.recording else {}
    times = format_interval(Interval(line.start_ms, line.end_ms))
    rest = {"role": line.role, **language, **recording, **_exact(exact, clip.id, line.id)}
    yield _note(f"{clip.id} {line.id} {times}", rest)
    yield ""
    name = re.sub(r"[()^]", " ", one_line(clip.caption.role(line.role).name)).strip() or line.role
    yield f"@{_guarded(' '.join(name.split()))}{'' if line.on_screen else ' (O.S.)'}"
    if line.delivery:
        yield f"({_marked(line.delivery).replace('(', '[').replace(')', ']')})"
    yield _guarded(_marked(line.text))
    yield ""


def _exact(exact: Exact, clip: str, part: str) -> dict[str, Any]:
    found = {field: list(texts) for (one, name, field), texts in exact.items() if (one, name) == (clip, part)}
    return {"as": found} if found else {}


def _note(what: str, rest: Mapping[str, Any]) -> str:
    """A note of ours; nothing in its JSON ends it or begins another."""
    text = re.sub(
        r'"(?:[^"\\]|\\.)*"',
        lambda found: found[0].replace("[", "\\u005b").replace("]", "\\u005d").replace("*", "\\u002a"),
        json.dumps(rest, ensure_ascii=False),
    )
    text = re.sub(r"\[(?=\[)", "[ ", re.sub(r"\](?=\])", "] ", text))
    text = _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return f"[[mavin: {what} {text} ]]"


def _marked(text: str) -> str:
    """Words in which no sign is taken for emphasis."""
    return re.sub(r"([*_\\])", r"\\\1", one_line(text).replace("/ *", "/ *"))


def _guarded(text: str) -> str:
    """Words that no reader takes for another element: a sign that nobody sees stands before what looks like one."""
    opens = re.match(r"[.!@#=~><(\[]|(?:INT|EXT|EST|I/E)\b", text, re.IGNORECASE) is not None
    return GUARD * opens + text + GUARD * text.endswith((":", "<", "^", "#"))


def _recognises(document: Document) -> bool:
    text = document.head_text
    if document.suffix in {".fountain", ".spmd"} or "[[mavin: K" in text:
        return bool(text.strip())
    title = re.match(r"\s*Title:.*\n(?:[ \t]+\S.*\n|[A-Za-z ]+:.*\n)*\s*\n", text)
    return _HEADING.search(text) is not None or (
        title is not None and re.search(r"\n\n[A-Z@][^\n]*\n\S", text) is not None
    )


def _revision(document: Document) -> int | None:
    found = re.search(r'\[\[mavin: K[1-9]\d* \{"rev": (\d{1,9}),', document.text)
    return int(found[1]) if found is not None else None


def _read(document: Document, base: FilmScript | None) -> Incoming:
    from mavin.formats.fountain_reading import draft_of

    text = document.text
    if len(text) > MAX_CHARACTERS:
        raise FormatError(
            f"{document.name} must have at most {MAX_CHARACTERS} characters, got {len(text)}. Import a part of it."
        )
    if text.count("\n") > MAX_LINES:
        raise FormatError(
            f"{document.name} must have at most {MAX_LINES} lines, got {text.count(chr(10))}. Import a part of it."
        )
    return incoming(draft_of(text, document.name), base)


FORMAT = Format(
    name="fountain",
    title="Fountain",
    kind=Kind.SCRIPT,
    suffix=".fountain",
    also=(".spmd",),
    media_type="text/plain",
    about="A screenplay for every writing program: a section for each shot, forced headings, action and speakers. Ids, "
    "times, cameras and the cast stand in notes, which are not printed, so that what was rewritten there comes back. "
    "Screenplays of others come in with a shot for each paragraph of action and guessed times.",
    carries=EVERYTHING,
    write=_write,
    read=_read,
    revision=_revision,
    recognises=_recognises,
    reasons={Feature.LOCKS: "they stay with the film"},
    source="fountain.io/syntax",
)
