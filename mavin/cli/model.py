"""``mavin model list|pull|remove``: the store of models."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, out

__all__ = ["register"]

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name that `mavin model list` shows.")]


def register(app: typer.Typer) -> None:
    """Adds the command group to the application."""
    models = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="List, pull and remove the models that mavin uses.",
        epilog="Example: mavin model pull qwen2.5-coder-1.5b",
    )
    models.command("list", epilog="Example: mavin model list")(list_models)
    models.command("pull", epilog="Example: mavin model pull qwen2.5-coder-1.5b")(pull)
    models.command("remove", epilog="Example: mavin model remove qwen2.5-coder-0.5b")(remove)
    app.add_typer(models, name="model")


def list_models(as_json: options.Json = False) -> None:
    """List the models and which are here.

    With what they are for, their size and their licence.
    """
    from mavin import store

    here = {model.name: model for model in store.installed()}
    rows: list[dict[str, Any]] = [
        {
            "name": entry.name,
            "installed": entry.name in here,
            "size": here[entry.name].size if entry.name in here else entry.size,
            "licence": entry.licence,
            "purpose": entry.purpose,
            "path": str(here[entry.name].path) if entry.name in here else None,
        }
        for entry in (*store.CATALOGUE.values(), *store.MEASURING.values())
    ]
    known = {row["name"] for row in rows}
    rows += [
        {
            "name": model.name,
            "installed": True,
            "size": model.size,
            "licence": "",
            "purpose": "",
            "path": str(model.path),
        }
        for model in here.values()
        if model.name not in known and model.name not in store.WEIGHTS  # mavin weights list shows those
    ]
    if as_json:
        emit({"store": str(store.store_root()), "models": rows})
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "name", "size", "licence", "for"):
        table.add_column(heading, justify="right" if heading == "size" else "left")
    for row in rows:
        size = f"{row['size'] / 1e6:,.0f} MB" if row["size"] else "?"
        table.add_row("✓" if row["installed"] else "", row["name"], size, row["licence"], row["purpose"])
    console = out()
    console.print(table)
    console.print(f"\n✓ is here, in {store.store_root()}. Get one: mavin model pull NAME")


def pull(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The model; the default language model if left out.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Fetch a model and verify it.

    An interrupted pull goes on where it stopped.
    """
    from mavin import store

    name = name or store.DEFAULT_LLM
    with Progress() as progress:
        path = store.pull(name, lambda state: progress.bytes(state.done, state.total, state.note))
    if as_json:
        emit({"name": name, "path": str(path)})
        return
    out().print(f"{name} is ready: {path}")


def remove(name: Name, as_json: options.Json = False) -> None:
    """Remove a model and free its space."""
    from mavin import store

    freed = store.remove(name)
    if as_json:
        emit({"name": name, "freed": freed})
        return
    out().print(f"Removed {name}, {freed / 1e6:,.0f} MB freed.")
