"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mavin.errors import UsageError

if TYPE_CHECKING:
    from mavin.api.sources import Source

__all__ = [
    "Aspect",
    "Batch",
    "Clips",
    "Duration",
    "FilmArgument",
    "Force",
    "Jobs",
    "Json",
    "Language",
    "Llm",
    "Model",
    "Prompt",
    "Ref",
    "Renderer",
    "Resume",
    "Seed",
    "Shots",
    "Strict",
    "open_source",
    "read_json",
    "read_prompt",
    "read_references",
    "stdin_bytes",
]

FilmArgument = Annotated[
    str, typer.Argument(metavar="FILM", help="A film's folder (NAME.mavin) or a caption's JSON file.")
]
Prompt = Annotated[
    str | None,
    typer.Argument(metavar="PROMPT", help="The story in your words; - reads standard input, @FILE a text file."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
Duration = Annotated[str | None, typer.Option("--duration", metavar="S", help="Length in seconds, 3 to 15 a clip.")]
Shots = Annotated[str | None, typer.Option("--shots", metavar="N", help="Number of shots, 1 to 6 a clip.")]
Clips = Annotated[
    str | None,
    typer.Option(
        "--clips",
        metavar="[N]",
        help="Tell a longer story in N clips of 3 to 15 s with one cast; without N, in as many as it needs.",
    ),
]
Aspect = Annotated[
    str | None,
    typer.Option("--aspect", metavar="A", help="16:9, 9:16, 1:1, 4:3 or 21:9; if left out the prompt's, else 16:9."),
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="L", help="Language of the dialogue, such as en or de.")
]
Ref = Annotated[
    list[str] | None,
    typer.Option(
        "--ref",
        metavar="WHO=FILE",
        help="A picture or voice for somebody of the story, by name or id; may be repeated.",
    ),
]
Llm = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="URI",
        help="Language model: embedded, http://HOST/v1, replay:FILE, or rules for none. Default: MAVIN_LLM, "
        "else embedded.",
    ),
]
Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="Model on that server.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of every random choice.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse what only the model suspects to be a contradiction.")]
Pace = Annotated[
    str, typer.Option("--pace", metavar="FACTOR", help="How fast people speak: 0.5 slow, 1 natural, 2 fast.")
]
MeasureSpeech = Annotated[
    bool, typer.Option("--measure-speech", help="Measure quoted lines with the speech engine instead of estimating.")
]
Renderer = Annotated[
    str | None,
    typer.Option(
        "--renderer",
        metavar="NAME",
        help="stage draws the previz, mavin is the network. Default: mavin, where its weights are here.",
    ),
]
Batch = Annotated[
    str | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help="Write a film for every line of a .jsonl or .txt file (- is standard input) into the folder -o; goes on "
        "where it was stopped.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", help="Prompts of a batch at once; as many as the model takes if left out."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def read_prompt(prompt: str | None) -> str | None:
    """The prompt's text: as given, from standard input (``-``) or from a file (``@FILE``).

    A line end at the very end is not part of the story and is taken off; everything before it
    stays, because offsets point into it.

    Raises:
        UsageError: if the file or standard input cannot be read or is not UTF-8.
    """
    if prompt is None:
        return None
    if prompt == "-":
        return _stdin("prompt")
    if prompt.startswith("@"):
        from mavin.api.sources import read_text

        if prompt == "@":
            raise UsageError("@ needs a file name, such as @story.txt.")
        try:
            return _without_last_newline(read_text(Path(prompt[1:]).expanduser(), "prompt"))
        except UsageError as error:
            raise UsageError(f"{error} (A story that begins with @ can be given on standard input with -.)") from None
    return prompt


def stdin_bytes(what: str) -> bytes:
    """Everything on standard input.

    Raises:
        UsageError: if it is closed, cannot be read, or is too much.
    """
    from mavin.api.sources import MAX_BYTES

    if sys.stdin is None or sys.stdin.closed:
        raise UsageError(f"The {what} was to come from standard input, but that is closed. Pipe some text into it.")
    if sys.stdin.isatty():
        sys.stderr.write(f"Type the {what}, then press Ctrl-D.\n")
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"Standard input cannot be read ({error.strerror}). Pipe the {what} into it.") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"The {what} on standard input must have at most {MAX_BYTES // 1024**2} MB.")
    return data


def _stdin(what: str) -> str:
    data = stdin_bytes(what)
    try:
        return _without_last_newline(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(
            f"Standard input must be UTF-8 text, got a byte at position {error.start} that is not. "
            f"Convert the {what} to UTF-8 and try again."
        ) from None


def _without_last_newline(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def read_json(name: str) -> tuple[str, Path]:
    """JSON text from a file or standard input (``-``), and the folder that its references are relative to.

    Raises:
        UsageError: if it cannot be read.
    """
    from mavin.api.sources import read_text, reference_folder

    if name == "-":
        return _stdin("caption"), Path()
    return read_text(Path(name), "caption"), reference_folder(Path(name))


def read_references(values: list[str] | None) -> list[tuple[str, Path]]:
    """``--ref WHO=FILE`` options as pairs.

    Raises:
        UsageError: if one has no ``=``, or nothing before or behind it.
    """
    pairs = []
    for value in values or ():
        who, equals, file = value.partition("=")
        if not equals or not who.strip() or not file.strip():
            raise UsageError(f"--ref needs WHO=FILE such as --ref Mara=mara.png, got {value!r}.")
        pairs.append((who.strip(), Path(file).expanduser()))
    return pairs


def open_source(film: str) -> Source:
    """The film or caption that an argument names.

    Raises:
        MavinError: if there is none, or it is damaged or invalid.
    """
    from mavin.api import load

    return load(film)
