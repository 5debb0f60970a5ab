"""``mavin check``: what is wrong with a script, and what is worth knowing."""

from __future__ import annotations

import typer

from mavin.cli import options
from mavin.cli.console import emit, out

__all__ = ["register"]

_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("check", epilog="Example: mavin check fox.mavin")(check)


def check(film: options.FilmArgument, as_json: options.Json = False) -> None:
    """List what is wrong or worth knowing.

    Exits with 3 if there are errors.
    """
    from mavin import api
    from mavin.caption import InvalidCaptionError
    from mavin.diagnostics import Severity
    from mavin.ledger import ScriptReport

    try:
        source = options.open_source(film)
        found = api.check(source)
        report = api.film_report(source, diagnostics=found)
    except InvalidCaptionError as error:
        from mavin.api.reports import report_object

        found = error.diagnostics
        report = report_object(ScriptReport(caption=None, diagnostics=found))
    counts = {severity: sum(item.severity is severity for item in found) for severity in Severity}
    if as_json:
        emit(report)
    else:
        from rich.text import Text

        console = out()
        for item in found:
            severity = Text(f"{item.severity.value:<8}", style=_STYLES[item.severity.value])
            where = f" [{item.path}]" if item.path else ""
            console.print(Text.assemble(severity, item.message, (where, "dim")))
        console.print(", ".join(_count(number, severity.value) for severity, number in counts.items()) + ".")
    if counts[Severity.ERROR]:
        raise typer.Exit(3)


def _count(number: int, what: str) -> str:
    if what == "info":
        return f"{number} note{'' if number == 1 else 's'}"
    return f"{number} {what}{'' if number == 1 else 's'}"
