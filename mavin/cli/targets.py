"""``mavin targets``: the video models that a film's script can be exported for, and what each of them takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mavin.cli import options
from mavin.cli.console import emit, out

if TYPE_CHECKING:
    from mavin.formats import Format

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("targets", epilog="Example: mavin targets ovi-1.1")(targets)


def _names() -> list[str]:
    return [each.name for each in _targets()]


def _targets() -> list[Format]:
    from mavin.formats import Kind, formats

    return [each for each in formats().values() if each.kind is Kind.MODEL]


def targets(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[TARGET]", help="Only this one, with all it takes.", autocompletion=_names),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List the video models that a script can be exported for.

    Each has its own limits; what a script has beyond them is listed when it is exported: mavin export FILM --to TARGET.
    """
    chosen = [_find(name)] if name is not None else _targets()
    if as_json:
        emit([_record(each) for each in chosen] if name is None else _record(chosen[0]))
        return
    if name is None:
        _print_all(chosen)
    else:
        _print_one(chosen[0])


def _find(name: str) -> Format:
    from mavin.errors import UsageError
    from mavin.formats import find

    form = find(name)
    if form not in _targets():
        raise UsageError(f"{form.title} is no video model. The targets are: {', '.join(_names())}.")
    return form


def _record(form: Format) -> dict[str, Any]:
    return {
        "name": form.name,
        "title": form.title,
        "suffix": form.suffix,
        "about": form.about,
        "takes": dict(form.facts),
        "carries": sorted(feature.value for feature in form.carries),
        "known_from": form.source,
        "official": form.official,
    }


def _print_all(chosen: list[Format]) -> None:
    from rich.table import Table
    from rich.text import Text

    console = out()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("target", no_wrap=True)
    for column in ("length", "shots", "text"):
        table.add_column(column)
    table.add_column("from", no_wrap=True)
    for form in chosen:
        facts = dict(form.facts)
        told = (Text(facts.get(column, "").split(";")[0]) for column in ("length", "shots", "text"))
        table.add_row(Text(form.name, style="bold"), *told, "makers" if form.official else "others")
    console.print(table)
    console.print()
    console.print("from: whether the syntax is known from the model's makers, or from others.")
    console.print("All of one target: mavin targets NAME. The prompt: mavin export FILM --to NAME")


def _print_one(form: Format) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = out()
    console.print(Text(f"{form.title}  ({form.name}, {form.suffix} file)", style="bold"))
    console.print(Text(form.about))
    rows = [
        *form.facts,
        ("carries", ", ".join(sorted(feature.value for feature in form.carries))),
        ("known from", form.source + ("" if form.official else " (not checked with the makers)")),
    ]
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for label, text in rows:
        table.add_row(label, Text(text))
    console.print(Padding(table, (1, 0, 0, 0)))
