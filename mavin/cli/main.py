"""``mavin``: the commands and what they have in common; nothing heavy is imported before one of them runs."""

from __future__ import annotations

from typing import Annotated

import typer

from mavin.cli import (
    bench,
    check,
    diff,
    doctor,
    edit,
    evaluate,
    export,
    history,
    import_file,
    make,
    model,
    new,
    regenerate,
    render,
    report,
    route,
    serve,
    show,
    studio,
    targets,
    train,
    weights,
    write,
)
from mavin.cli.group import MavinGroup

__all__ = ["app", "main"]

app = typer.Typer(
    name="mavin",
    cls=MavinGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes three times as long to draw the help
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From one sentence to a timed, multi-shot scene with sound.",
    epilog='Example: mavin make "A fox finds a lantern in the snow." -o fox.mp4',
)


def _version(wanted: bool) -> None:
    if wanted:
        import mavin

        typer.echo(f"mavin {mavin.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """From one sentence to a timed, multi-shot scene with sound."""


for _module in (
    write,
    make,
    new,
    show,
    check,
    edit,
    regenerate,
    history,
    diff,
    export,
    import_file,
    targets,
    render,
    evaluate,
    bench,
    report,
    route,
    model,
    weights,
    train,
    serve,
    studio,
    doctor,
):
    _module.register(app)


def main() -> None:
    """Entry point of the ``mavin`` command."""
    typer.main.get_command(app).main(prog_name="mavin")
