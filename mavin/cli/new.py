"""``mavin new``: a film by hand, or of a caption's JSON, without a language model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.console import emit, note, out
from mavin.errors import UsageError

if TYPE_CHECKING:
    from mavin.interval import Interval

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command(
        "new",
        epilog='Example: mavin new --title "The door" --role Mara --action "Mara opens the door." '
        '--line "Mara 0.5-1.8: Who is there?"',
    )(new)


def new(
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="NAME.mavin", help="The film to make; the title's slug if left out."),
    ] = None,
    force: options.Force = False,
    source: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="A caption's JSON; - reads standard input.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Title of the film.")] = None,
    duration: options.Duration = None,
    shots: options.Shots = None,
    aspect: Annotated[str | None, typer.Option("--aspect", metavar="A", help="16:9, 9:16, 1:1, 4:3 or 21:9.")] = None,
    language: options.Language = None,
    storyline: Annotated[str | None, typer.Option("--storyline", metavar="TEXT", help="The story.")] = None,
    style: Annotated[str | None, typer.Option("--style", metavar="TEXT", help="How the film looks.")] = None,
    ambience: Annotated[
        str | None, typer.Option("--ambience", metavar="TEXT", help="What is heard all the time.")
    ] = None,
    setting: Annotated[str | None, typer.Option("--setting", metavar="TEXT", help="Where it happens.")] = None,
    role: Annotated[
        list[str] | None, typer.Option("--role", metavar="NAME", help="A character; may be repeated.")
    ] = None,
    action: Annotated[
        list[str] | None,
        typer.Option("--action", metavar="TEXT", help="What happens in the next shot; may be repeated."),
    ] = None,
    line: Annotated[
        list[str] | None,
        typer.Option("--line", metavar='"WHO 0.5-1.8: TEXT"', help="A line of dialogue; may be repeated."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Make a film by hand, or of a caption's JSON.

    No language model is asked.
    """
    from mavin import api
    from mavin.api.scripts import blank_caption
    from mavin.api.targets import check_film_target, renaming

    if output is not None:
        check_film_target(output, force=force)
        if sentence := renaming(output):
            note(sentence)
    by_hand = {
        "title": title,
        "duration": duration,
        "shots": shots,
        "aspect": aspect,
        "language": language,
        "storyline": storyline,
        "style": style,
        "ambience": ambience,
        "setting": setting,
    }
    if source is None:
        given = {name: value for name, value in by_hand.items() if value is not None}
        lines = [_line(text) for text in line or ()]
        caption = blank_caption(roles=role or (), actions=action or (), lines=lines, **given)  # type: ignore[arg-type]
        film = api.new(output, caption=caption, force=force)
    else:
        also = [
            f"--{name}" for name, value in (by_hand | {"role": role, "action": action, "line": line}).items() if value
        ]
        if also:
            raise UsageError(f"--from takes everything from the file, so {', '.join(also)} cannot be given with it.")
        from mavin.caption import load_caption

        text, folder = options.read_json(source)
        film = api.new(output, caption=load_caption(text), references=folder, force=force)
    found = api.load(film)
    if as_json:
        emit(api.film_report(found))
        return
    from mavin.cli.summary import print_made

    print_made(out(), found)


def _line(text: str) -> tuple[str, Interval, str]:
    from mavin.interval import Interval, parse_seconds

    match = re.fullmatch(r"\s*(.+?)\s+([\d.,]+)\s*s?\s*[-–—]\s*([\d.,]+)\s*s?\s*:\s*(.+?)\s*", text, re.DOTALL)
    if match is None:
        raise UsageError(f'--line needs WHO START-END: TEXT such as "Mara 0.5-1.8: Who is there?", got {text!r}.')
    who, start, end, words = match.groups()
    try:
        return who, Interval(parse_seconds(start), parse_seconds(end)), words
    except ValueError as error:
        raise UsageError(f"--line {text!r}: {error}.") from None
