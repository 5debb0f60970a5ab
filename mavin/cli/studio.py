"""``mavin studio``: the film's editor in the browser."""

from __future__ import annotations

import os
import shlex
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.console import emit, note, out
from mavin.errors import MavinError

if TYPE_CHECKING:
    from mavin.studio.server import Address

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("studio", epilog="Example: mavin studio fox.mavin")(studio)


def studio(
    film: Annotated[str, typer.Argument(metavar="FILM", help="A film's folder (NAME.mavin).")],
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on; by default this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", help="Port; the first free one from 8765 on if left out.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    llm: options.Llm = None,
    model: options.Model = None,
    weights: Annotated[
        str | None,
        typer.Option("--weights", metavar="DIR", help="A network to render with, besides those that are installed."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Edit a film in the browser.

    A timeline to drag, with preview, history and references; runs until Ctrl-C. Everything is saved as it is done,
    and a terminal may edit the same film meanwhile.
    """
    from mavin import api

    opened = api.open(film)
    for sentence in opened.notices:
        note(sentence)
    try:
        from mavin.studio.security import is_loopback
        from mavin.studio.server import serve
    except ModuleNotFoundError as error:
        raise MavinError(
            f"The studio needs further packages ({error.name} is missing). Install them: pip install 'mavin[studio]'"
        ) from None
    if not is_loopback(host):
        note(
            f"The studio listens on {host}: whoever can reach this machine and knows the address below can change "
            "the film. What is sent is not encrypted."
        )

    if weights is not None:
        from generator.layout import locate, read_index

        read_index(locate(weights))  # a wrong name is told now and not by the first rendering

    def tell(address: Address) -> None:
        if as_json:
            emit({"film": str(opened.path), "url": address.url, "origin": address.origin, "token": address.token})
        else:
            out().print(f"The studio of {shlex.quote(str(opened.path))}: {address.url}\nCtrl-C ends it.")
        sys.stdout.flush()

    serve(
        opened.path,
        host=host,
        port=port,
        opened=tell,
        browser=not no_open,
        llm=llm,
        model=model,
        weights=weights,
    )
    note("The studio is closed; everything is saved.")
    if any(not each.daemon for each in threading.enumerate() if each is not threading.main_thread()):
        # A model that is in the middle of an answer holds its thread, and Python would wait for it.  What is on the
        # disk survives a kill at any moment, so a hard exit loses nothing.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
