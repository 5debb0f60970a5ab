"""Writes ``docs/formats.md`` from the registry (``--write PAGE.md``), or tells whether it is current (``--check``)."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from mavin.formats.losses import EVERYTHING, Feature
from mavin.formats.registry import Format, Kind, formats

__all__ = ["page"]

_HEAD = """\
# Formats

<!-- Written by `make formats` from the records in mavin/formats; change it there. -->

`mavin export FILM --to FORMAT` takes a film's script away, `mavin import FILE` brings one in. What a format cannot
hold, what was rounded and what was guessed is listed each time: on standard error, in `--json` and in the studio's
export menu.

    mavin export fox.mavin --to srt -o fox.srt         # or without --to: the name of -o tells the format
    mavin export fox.mavin --to markdown               # text is printed where no file is named
    mavin import fox.srt --into fox.mavin --dry-run    # what somebody changed there, as a difference
    mavin import story.fountain -o story.mavin         # a film of somebody else's file; the content tells the format

With `--into`, parts are found again by their ids, or by their words where a format has none; what the format does not
hold stays as it is in the film, and the change is one step of the history. Fountain, OpenTimelineIO, WebVTT and the
text name the revision that they were exported from, so that what was changed in the film since stays; the others are
compared with the film as it is. Without `--into`, a new film is made: clips of 3 to 15 s, several films of what is
longer than ten minutes, and a guess, which is told, wherever the file is silent.
Files have at most 16 MB (the video in a bundle does not count) and are UTF-8, or UTF-16 with a byte order mark.
The libraries come with `pip install 'mavin[formats]'`.
"""

_KINDS = {
    Kind.SCRIPT: "The script",
    Kind.SUBTITLES: "Subtitles",
    Kind.EDITING: "Editing programs",
    Kind.PAPER: "Tables and paper",
    Kind.MODEL: "Prompts for video models",
}


_INTRODUCTIONS = {
    Kind.MODEL: (
        "`mavin targets` lists these with their limits. A prompt is put together from the script's own words, without",
        "a language model: lines stand in it as they are, times are rounded to the model's grid and told, and what has",
        "no room goes whole, the least needed first, and is told too. What must stay and does not fit is refused.\n",
    )
}


def page() -> str:
    """The page on all formats."""
    parts = [_HEAD]
    for kind, title in _KINDS.items():
        found = [each for each in formats().values() if each.kind is kind]
        if found:
            parts += [
                f"\n## {title}\n",
                *_INTRODUCTIONS.get(kind, ()),
                *_table(found),
                *(line for each in found for line in _section(each)),
            ]
    return "\n".join(parts).rstrip() + "\n"


def _table(found: list[Format]) -> Iterator[str]:
    yield "| `--to` | format | file | out | in |"
    yield "| --- | --- | --- | --- | --- |"
    for each in found:
        out, back = ("yes" if way is not None else "" for way in (each.write, each.read))
        yield f"| `{each.name}` | {each.title} | `{each.suffix}` | {out} | {back} |"


def _section(each: Format) -> Iterator[str]:
    yield f"\n### {each.title}\n"
    yield _plain(each.about)
    if not each.is_general:
        yield ""
        yield _carried(each)
    if each.one_clip:
        yield "\nOne file a clip: a film of several becomes `NAME.K1`, `NAME.K2` and on."
    if each.facts or each.source:
        yield ""
    yield from (f"- {what}: {_plain(value)}" for what, value in each.facts)
    if each.source:
        yield f"- source: {_plain(each.source)}" + ("" if each.official else " (not checked with the makers)")


def _plain(text: str) -> str:
    """Text in which Markdown sees no tags and no emphasis."""
    return re.sub(r"[<*]|__|\b_|_\b", lambda match: "".join(f"\\{char}" for char in match[0]), text)


def _carried(each: Format) -> str:
    lost = [feature for feature in Feature if feature not in each.carries and feature is not Feature.LOCKS]
    if each.carries >= EVERYTHING:
        return "Holds the whole script."
    if len(lost) <= len(EVERYTHING) // 3:
        return f"Holds all but: {', '.join(lost)}."
    return f"Holds: {', '.join(feature for feature in Feature if feature in each.carries) or 'no part of the script'}."


def main() -> int:
    """Writes the page, or tells whether it is current."""
    parser = argparse.ArgumentParser(prog="python -m mavin.formats", description=__doc__)
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--write", type=Path, metavar="PAGE.md")
    way.add_argument("--check", type=Path, metavar="PAGE.md")
    chosen = parser.parse_args()
    if chosen.write is not None:
        chosen.write.write_text(page(), encoding="utf-8")
        return 0
    if chosen.check.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write(f"{chosen.check} must be what the records in mavin/formats say, and is not. Run: make formats\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
