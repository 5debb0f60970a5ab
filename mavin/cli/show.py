"""``mavin show``: a film as a timeline, as text, as JSON, as the fate of its prompt, or as what it cost."""

from __future__ import annotations

from typing import Annotated

import typer

from mavin.cli import options
from mavin.cli.console import emit, out
from mavin.errors import UsageError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("show", epilog="Example: mavin show fox.mavin --ledger")(show)


def show(
    film: options.FilmArgument,
    text: Annotated[bool, typer.Option("--text", help="The whole script as text, which edit reads back.")] = False,
    as_json: options.Json = False,
    ledger: Annotated[bool, typer.Option("--ledger", help="What became of each of your words.")] = False,
    usage: Annotated[bool, typer.Option("--usage", help="What the language model cost, by agent.")] = False,
) -> None:
    """Draw a film's timeline, or print its script.

    --ledger shows what became of each of your words.
    """
    if text + as_json + ledger + usage > 1:
        raise UsageError("Only one of --text, --json, --ledger and --usage can be given.")
    source = options.open_source(film)
    if as_json:
        from mavin import api

        emit(api.film_report(source))
        return
    console = out()
    if text:
        from mavin import api

        console.out(api.text_of(source), end="", highlight=False)
    elif ledger:
        from mavin.cli.ledger_view import print_ledger

        print_ledger(console, source)
    elif usage:
        from mavin.cli.usage_view import print_usage

        print_usage(console, source)
    else:
        from mavin.cli.summary import print_film

        print_film(console, source)
