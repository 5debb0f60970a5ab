"""``mavin weights list|pull|convert|info|remove``: weights of the network, from their makers into a pipeline."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, out
from mavin.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from generator.weights.convert import Converted
    from generator.weights.inspect import WeightsInfo
    from mavin.api.weights import PartStatus, PullPlan

__all__ = ["register"]


def _names() -> list[str]:
    """Sets and parts, for the shell's completion."""
    from mavin.store import WEIGHT_SETS, WEIGHTS

    return [*WEIGHT_SETS, *WEIGHTS]


def _dtypes() -> list[str]:
    return ["bfloat16", "float16", "float32"]


def _timbres() -> list[str]:
    return ["facodec", "ge2e"]


Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A set or a part that `mavin weights list` shows.", autocompletion=_names),
]
Dtype = Annotated[
    str | None,
    typer.Option(
        "--dtype",
        metavar="TYPE",
        help="Write the network and text encoder as bfloat16, float16 or float32.",
        autocompletion=_dtypes,
    ),
]
Timbre = Annotated[
    str | None,
    typer.Option(
        "--timbre",
        metavar="NAME",
        help="Also take in a voice encoder: facodec, or ge2e, its stand-in.",
        autocompletion=_timbres,
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the command group to the application."""
    weights = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Pull, convert and look into the network's weights.",
        epilog="Example: mavin weights pull ovi-1.1-5s",
    )
    weights.command("list", epilog="Example: mavin weights list")(list_)
    weights.command("pull", epilog="Example: mavin weights pull ovi-1.1-5s --yes")(pull)
    weights.command("convert", epilog="Example: mavin weights convert ~/Ovi/ckpts ovi.weights")(convert)
    weights.command("info", epilog="Example: mavin weights info ovi-1.1-5s --verify")(info)
    weights.command("remove", epilog="Example: mavin weights remove ovi-1.0-5s")(remove)
    app.add_typer(weights, name="weights")


def list_(as_json: options.Json = False) -> None:
    """List public weights and what of them is here.

    With sizes and licences. A set is what a pipeline is made of.
    """
    from mavin import api

    found = api.list_weights()
    if as_json:
        emit(api.list_report(found))
        return
    console = out()
    table = _table("", "set", "size", "for")
    own = found.shipped
    table.add_row(
        "✓" if own.path else "", own.name, _size(own.size) if own.path else "", own.purpose if own.path else "not here"
    )
    for one in found.sets:
        table.add_row("✓" if one.path else "", one.name, f"{one.size / 1e9:.1f} GB", one.purpose)
    console.print(table)
    console.print()
    _print_parts(console, found.parts)
    others = [name for name in found.pipelines if name not in {one.name for one in found.sets}]
    if others:
        console.print(f"\nOther pipelines here: {', '.join(others)}")
    console.print(f"\n✓ is here, in {found.store}. Get one: mavin weights pull NAME")


def pull(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Agree to the size and the licences.")] = False,
    no_convert: Annotated[bool, typer.Option("--no-convert", help="Only fetch the files; make no pipeline.")] = False,
    as_json: options.Json = False,
) -> None:
    """Fetch public weights, verify them and make a pipeline of them.

    Size and licences are shown first. An interrupted pull goes on where it stopped.
    """
    from mavin import api

    with _kept(), Progress() as progress:
        progress.bytes(0, None, "asking the model hub")
        plan = api.plan_pull(name, convert=not no_convert)
        with progress.paused():
            if plan.missing:
                _agree(plan, yes=yes)
        made = api.pull_weights(plan, lambda state: progress.bytes(state.done, state.total, state.note))
    if as_json:
        emit(api.plan_report(plan) | {"paths": [str(path) for path in made]})
        return
    console = out()
    console.print(f"{name} is ready: {', '.join(map(str, made))}")
    if plan.pipeline is not None:
        console.print(f"Use it: mavin render FILM -o OUT.mp4 --renderer mavin --weights {name}")


def convert(
    source: Annotated[
        str, typer.Argument(metavar="SRC", help="A folder with public weights under their own names, or a pulled set.")
    ],
    dest: Annotated[str, typer.Argument(metavar="DEST", help="The pipeline's folder to make.")],
    backbone: Annotated[
        str | None, typer.Option("--backbone", metavar="FILE", help="Which backbone, where SRC has several.")
    ] = None,
    timbre: Timbre = None,
    dtype: Dtype = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What the pipeline is called.")] = None,
    config: Annotated[
        str | None,
        typer.Option("--config", metavar="FILE.json", help="Configurations of parts that are not of the public size."),
    ] = None,
    force: options.Force = False,
    as_json: options.Json = False,
) -> None:
    """Make a pipeline of public files, .pth and .safetensors.

    Pickles are read as data: one that holds anything but tensors is refused. An interrupted conversion goes on.
    """
    from mavin import api

    with _kept(), Progress() as progress:
        made = api.convert_weights(
            source,
            dest,
            name=name,
            backbone=backbone,
            timbre=timbre,
            dtype=dtype,
            configs=_read_config(config),
            force=force,
            progress=lambda state: progress.bytes(state.done, state.total, state.note),
        )
    if as_json:
        emit(_converted(made))
        return
    console = out()
    console.print(f"Made {made.folder}: {made.size / 1e9:,.2f} GB in {made.seconds:,.0f} s.")
    if made.reused:
        console.print(f"Written before and kept: {', '.join(made.reused)}.")
    _print_licences(console, made.index.licences)


def info(
    target: Annotated[str, typer.Argument(metavar="DIR|NAME|FILE", help="A pipeline, a part, or a file of weights.")],
    verify: Annotated[bool, typer.Option("--verify", help="Read every byte and compare its SHA-256.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show what weights hold, without loading them.

    Parameters, types, hashes and licences, which network they fit, and what is missing, unknown or misshapen (exit 1).
    """
    from mavin import api

    with Progress() as progress:
        found = api.weights_info(
            target, verify=verify, progress=lambda state: progress.bytes(state.done, state.total, state.note)
        )
    if as_json:
        emit(api.info_report(found))
    else:
        _print_info(out(), found)
    if found.problems:
        raise typer.Exit(1)


def remove(name: Name, as_json: options.Json = False) -> None:
    """Remove a pipeline or a part and free its space.

    Parts that another pipeline here was made of stay.
    """
    from mavin import api

    freed = api.remove_weights(name)
    if as_json:
        emit({"name": name, "freed": freed})
        return
    out().print(f"Removed {name}, {freed / 1e6:,.0f} MB freed.")


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        error.add_note("The run so far is kept. Go on with the same command.")
        raise


def _agree(plan: PullPlan, *, yes: bool) -> None:
    """Shows what is fetched, how much it is and under which licences, and asks.

    Raises:
        UsageError: if nobody sits at the terminal, or the answer is no.
    """
    from rich.console import Console

    console = Console(stderr=True, highlight=False, emoji=False, markup=False, soft_wrap=True)
    _print_parts(console, plan.parts, origin=True)
    about = "" if plan.exact else "about "
    size = f"{about}{_size(plan.missing)} to fetch"
    if plan.convert:
        size += f", {_size(plan.convert)} more for the pipeline"
    console.print(f"\n{size}.")
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("Fetching weights needs a yes to their size and licences: run it again with --yes.")
    if not typer.confirm("Fetch them under these licences?", err=True):
        raise UsageError("Nothing was fetched.")


def _print_parts(console: Console, parts: tuple[PartStatus, ...], *, origin: bool = False) -> None:
    table = _table("", "part", "size", "licence", "from" if origin else "for")
    for part in parts:
        size = "?" if part.size is None else _size(part.size) if part.exact else f"~{_size(part.size)}"
        last = part.repo if origin else part.purpose
        table.add_row("✓" if part.path else "", part.name, size, part.licence, last)
    console.print(table)
    for part in parts:
        if part.terms:
            console.print(f"{part.name}: {part.terms}.")


def _print_info(console: Console, found: WeightsInfo) -> None:
    heading = f"{found.name}: {found.parameters:,} parameters, {_size(sum(file.bytes for file in found.files))}"
    console.print(f"{heading}, in {found.path}" if found.what == "pipeline" else heading)
    console.print()
    table = _table("part", "weights", "tensors", "parameters", "type", "fits")
    for part in found.parts:
        for module in part.modules:
            types = ", ".join(module.dtypes)
            fits = ", ".join(part.fits) or ("no" if module.problems else "yes" if part.part else "")
            label = part.part or "not known"
            table.add_row(label, module.name, f"{module.tensors:,}", f"{module.parameters:,}", types, fits)
    console.print(table)
    if any(file.sha256 for file in found.files):
        console.print()
        for file in found.files:
            state = {True: "verified", False: "CHANGED", None: ""}[file.verified]
            console.print(f"{file.sha256 or '':64}  {file.name}  {state}".rstrip())
    stated = [part for part in found.parts if part.licence or part.source]
    if stated:
        console.print()
    for part in stated:
        console.print(f"{part.part}: {part.kind}, {part.licence or 'licence not stated'}, from {part.source or '?'}")
    _print_licences(console, tuple(dict.fromkeys(part.licence for part in stated)))
    if found.problems:
        console.print()
    for problem in found.problems:
        console.print(f"Problem: {problem}")


def _print_licences(console: Console, licences: tuple[str, ...]) -> None:
    if any("NC" in licence.split("-") for licence in licences):
        console.print("Not for commercial use: a part of it is under a licence with NC.")


def _converted(made: Converted) -> dict[str, Any]:
    return {
        "folder": str(made.folder),
        "size": made.size,
        "reused": list(made.reused),
        "shared": list(made.shared),
        "seconds": round(made.seconds, 3),
        "index": made.index.model_dump(mode="json", by_alias=True),
    }


def _read_config(name: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    from mavin.api.sources import read_text

    try:
        found = json.loads(read_text(Path(name).expanduser(), "configuration"))
    except ValueError as error:
        raise UsageError(f"{name} must be JSON, got something else ({error}).") from None
    if not isinstance(found, dict) or not all(isinstance(value, dict) for value in found.values()):
        raise UsageError(f"{name} must be a JSON object with one object a part, such as backbone.")
    return found


def _table(*headings: str) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        right = heading in {"size", "tensors", "parameters"}
        table.add_column(heading, justify="right" if right else "left", no_wrap=heading != "for")
    return table


def _size(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:,.1f} MB"
