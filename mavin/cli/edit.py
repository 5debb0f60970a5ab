"""``mavin edit``: change a film by an instruction, by its text, or by operations; every change is one step."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, note, out
from mavin.errors import MavinError, UsageError

if TYPE_CHECKING:
    from mavin.api import Proposal
    from mavin.api.editing import Prefer
    from mavin.film import Film

__all__ = ["finish", "register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("edit", epilog='Example: mavin edit fox.mavin -m "move cut 2 to 3.2 s"')(edit)


def edit(
    film: Annotated[str, typer.Argument(metavar="FILM", help="A film's folder (NAME.mavin).")],
    message: Annotated[
        str | None, typer.Option("-m", "--message", metavar="TEXT", help="An instruction, such as: L1 0.3 s later.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Open the script in $EDITOR.")] = False,
    ops: Annotated[
        str | None,
        typer.Option(
            "--ops", metavar="JSON", help="One operation or a list of them; @FILE reads a file, - standard input."
        ),
    ] = None,
    session: Annotated[
        bool, typer.Option("--session", help="A session whose commands come from standard input, line by line.")
    ] = False,
    replay: Annotated[
        Path | None,
        typer.Option("--replay", metavar="FILE", help="Play what such a session printed on a copy, and compare."),
    ] = None,
    clip: Annotated[str | None, typer.Option("--clip", metavar="K", help="The clip to change; K1 if left out.")] = None,
    accept: Annotated[
        str | None, typer.Option("--accept", metavar="1,3", help="Make only these of the proposed operations.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    llm: options.Llm = None,
    model: options.Model = None,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Do not ask.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Where somebody else changed the same: take this.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Where somebody else changed the same: keep that.")] = False,
    as_json: options.Json = False,
) -> None:
    """Change a film by an instruction, by its text, by operations, or in a session.

    At a terminal, with nothing else given, a session begins. From a pipe or a file the script's text is read, as mavin
    show FILM --text prints it.
    """
    ways = (("-m", message), ("--text", text), ("--ops", ops), ("--session", session), ("--replay", replay))
    given = [name for name, value in ways if value not in (None, False)]
    if len(given) > 1:
        raise UsageError(
            f"Only one of -m, --text, --ops, --session and --replay can be given, got {' and '.join(given)}."
        )
    if mine and theirs:
        raise UsageError("Only one of --mine and --theirs can be given.")
    prefer: Prefer | None = "mine" if mine else "theirs" if theirs else None
    from mavin import api

    opened = api.open(film)
    for sentence in opened.notices:
        note(sentence)
    if text:
        _by_editor(opened, prefer, dry_run=dry_run, as_json=as_json)
        return
    if replay is not None:
        _replay(opened, replay, clip or "K1", llm, model)
        return
    if session or (not (given or as_json or dry_run) and _is_live()):
        from mavin.cli.session import Live, Scripted, Session

        scripted = not _is_live()
        lines = _decoded(options.stdin_bytes("session's commands")).splitlines() if scripted else []
        Session(opened, Scripted(lines) if scripted else Live(), clip or "K1", llm, model).run()
        return
    if message is not None:
        if accept is None and not (yes or dry_run or as_json) and _is_terminal():
            _talk(opened, message, clip or "K1", prefer, llm, model)
            return
        with Progress() as progress:
            proposal = api.propose(opened, message, clip=clip or "K1", llm=llm, model=model, progress=progress.stage)
    elif ops is not None:
        proposal = _of_operations(opened, ops, clip or "K1")
    else:
        if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
            raise UsageError(
                'Say what to change: -m "L1 0.3 s later", --text to open the script in your editor, --ops with '
                f"operations, --session for a session, or the changed text on standard input: mavin edit "
                f"{shlex.quote(film)} < script.txt"
            )
        _by_text(opened, _decoded(options.stdin_bytes("script's text")), "standard input", prefer, dry_run, as_json)
        return
    if accept is not None:
        proposal = proposal.only(_numbers(accept))
    finish(proposal, prefer, dry_run=dry_run, as_json=as_json)


def _replay(film: Film, path: Path, clip: str, llm: str | None, model: str | None) -> None:
    from mavin.api.sources import read_text
    from mavin.cli.session import Scripted, Session, replay

    def run(copy: Film, terminal: Scripted) -> None:
        Session(copy, terminal, clip, llm, model).run()

    difference = replay(film, read_text(path, "transcript"), run)
    if difference:
        out().print(difference)
        raise MavinError(f"The session of {path} does not come out as it did. The film was not touched.")
    out().print(f"The session of {path} comes out as it did. The film was not touched.")


def _is_live() -> bool:
    """Whether a person types here and sees what is printed."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty() and sys.stdout.isatty()


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise UsageError(f"--accept needs numbers such as 1,3, got {text!r}.")
    return [int(part) for part in parts]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"The script's text must be UTF-8, got a byte at position {error.start} that is not."
        ) from None


def _of_operations(film: Film, ops: str, clip: str) -> Proposal:
    from mavin.api.editing import Proposal, check_clip
    from mavin.api.sources import read_text
    from mavin.edits import parse_edit

    check_clip(film, clip)
    raw = ops
    if ops == "-":
        raw = _decoded(options.stdin_bytes("operations"))
    elif ops.startswith("@"):
        raw = read_text(Path(ops[1:]), "operations")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UsageError(f'--ops needs JSON such as \'{{"op": "set_text", …}}\' or a list of such ({error}).') from None
    items = data if isinstance(data, list) else [data]
    wrong = next((item for item in items if not isinstance(item, dict)), None)
    if wrong is not None or not items:
        raise UsageError("--ops needs one operation or a list of them, each a JSON object with its op.")
    return Proposal(film, film.state, film.head, {clip: tuple(parse_edit(item) for item in items)})


def _talk(film: Film, message: str, clip: str, prefer: Prefer | None, llm: str | None, model: str | None) -> None:
    """Shows what is proposed to a person at the terminal until it is accepted, in part or not at all."""
    from mavin import api

    with Progress() as progress, api.Editor(film, llm=llm, model=model, progress=progress.stage) as editor:
        proposal: Proposal | None = editor.propose(message, clip)
        while proposal is not None:
            if not _shown(proposal):
                return
            with progress.paused():
                answer = _chosen(proposal)
            if not isinstance(answer, str):
                proposal = answer
                break
            try:
                proposal = editor.refine(proposal, answer)
            except MavinError as error:
                sys.stderr.write(f"{error}\n")
    if proposal is None:
        out().print("Nothing was changed.")
        return
    film = _saved(proposal, prefer, ask=_is_terminal())
    _print_saved(film)


def _shown(proposal: Proposal) -> bool:
    """Shows what would change; false where nothing would."""
    from mavin.cli.diff import print_differences

    changes = proposal.differences
    for sentence in proposal.notes:
        note(sentence)
    if changes:
        print_differences(out(), changes, several=len(proposal.film.clips) > 1)
    else:
        out().print("Nothing changes.")
    return bool(changes)


def finish(proposal: Proposal, prefer: Prefer | None, *, dry_run: bool, as_json: bool) -> None:
    """Shows what is proposed, and makes it."""
    if as_json:
        for sentence in proposal.notes:
            note(sentence)
    elif not _shown(proposal):
        return
    changes = proposal.differences
    before = proposal.film.rev
    film = proposal.film if dry_run else _saved(proposal, prefer, ask=not as_json and _is_terminal())
    if as_json:
        emit(_report(film, proposal, changes, saved=film.rev > before))
    elif dry_run:
        out().print("Nothing was changed: this was a dry run.")
    else:
        _print_saved(film)


def _print_saved(film: Film) -> None:
    name = shlex.quote(str(film.path))
    out().print(f"Saved {name} as revision {film.rev}. Take it back: mavin undo {name}")


def _saved(proposal: Proposal, prefer: Prefer | None, *, ask: bool) -> Film:
    """Saves it; where somebody else has changed the same, a person at the terminal chooses whose holds."""
    from mavin.edits import MergeConflictError

    try:
        return proposal.save(prefer)
    except MergeConflictError as error:
        if not ask:
            error.args = (f"{error}. Add --mine to make yours on top, or --theirs to keep theirs.",)
            raise
        sys.stderr.write(f"{error}\n")
    from rich.console import Console
    from rich.prompt import Prompt
    from rich.text import Text

    words = Text("[m]ine on top, [t]heirs where they clash, or [s]top")
    answer = Prompt.ask(words, choices=["m", "t", "s"], default="s", console=Console(stderr=True))
    if answer == "s":
        raise UsageError("Nothing was changed: somebody else has changed the same.")
    return proposal.save("mine" if answer == "m" else "theirs")


def _chosen(proposal: Proposal) -> Proposal | str | None:
    """What a person at the terminal says to it: all, some by their numbers, nothing, or another word."""
    from rich.console import Console
    from rich.prompt import Prompt
    from rich.text import Text

    from mavin.edits import operation_words

    console = Console(stderr=True)
    made = proposal.operations
    for number, (_, op) in enumerate(made, 1):
        console.print(f"  {number}. {operation_words(op.model_dump(mode='json'))}", markup=False, highlight=False)
    while True:
        words = Text("[a]ccept, [r]efuse, the numbers to accept, or another word about it")
        answer = Prompt.ask(words, default="a", console=console).strip()
        if answer.lower() in ("a", "y", "yes", "accept"):
            return proposal
        if answer.lower() in ("r", "n", "no", "refuse"):
            return None
        if not re.fullmatch(r"[\d\s,]+", answer):
            return answer
        try:
            return proposal.only(_numbers(answer))
        except UsageError as error:
            console.print(str(error), markup=False)


def _report(film: Film, proposal: Proposal, changes: Any, *, saved: bool) -> dict[str, Any]:
    from mavin.cli.diff import difference_objects

    return {
        "film": str(film.path),
        "rev": film.rev,
        "branch": film.branch,
        "saved": saved,
        "operations": [{"clip": clip, **op.model_dump(mode="json")} for clip, op in proposal.operations],
        "differences": difference_objects(changes),
        "authors": list(proposal.authors),
        "notes": list(proposal.notes),
        "captions": [caption.model_dump(mode="json") for caption in film.captions],
    }


def _by_text(film: Film, text: str, name: str, prefer: Prefer | None, dry_run: bool, as_json: bool) -> None:
    """Takes a changed text; where it cannot be taken it is kept beside the film."""
    from mavin import api

    try:
        finish(api.propose_text(film, text, name), prefer, dry_run=dry_run, as_json=as_json)
    except MavinError as error:
        _keep(film, text, error)
        raise


def _keep(film: Film, text: str, error: MavinError) -> None:
    from mavin.film import free_name

    if not text.strip():
        return
    path = free_name(film.path.parent, f"{film.path.stem}.rej.txt")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        note(f"Your text could not be kept in {path} ({problem.strerror}); here it is:\n{text}")
        return
    again = f"mavin edit {shlex.quote(str(film.path))} < {shlex.quote(str(path))}"
    error.args = (f"{error}\nYour text is kept in {path}. Mend it there and give it back: {again}",)


def _by_editor(film: Film, prefer: Prefer | None, *, dry_run: bool, as_json: bool) -> None:
    """Opens the script in the person's editor, again and again until it can be taken or they give up."""
    from mavin import api

    before = _HELP + api.text_of(film)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{film.path.stem}.script.txt"
        path.write_text(before, encoding="utf-8")
        while True:
            _run_editor(path)
            try:
                text = _decoded(path.read_bytes())
            except OSError:
                raise UsageError("The editor has left no file, so nothing was changed.") from None
            if text == before:
                out().print("Nothing changes.")
                return
            try:
                finish(api.propose_text(film, text, path.name), prefer, dry_run=dry_run, as_json=as_json)
                return
            except MavinError as error:
                if not _is_terminal() or not _again(error):
                    _keep(film, text, error)
                    raise


_HELP = """// Change what you like; lines that begin with // are remarks. Times are seconds, with up to three decimals.
// New things need no id: S 7.5–9s, C Tom, X 0–1s: a bang, C1 says 1–2s: "…".

"""


def _run_editor(path: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        code = subprocess.run([*shlex.split(command), str(path)], check=False).returncode  # noqa: S603 - their own editor
    except (OSError, ValueError) as error:
        raise UsageError(f"The editor {command!r} cannot be started ({error}). Set EDITOR to another one.") from None
    if code:
        raise UsageError(f"The editor {command!r} ended with {code}, so nothing was changed.")


def _again(error: MavinError) -> bool:
    from rich.prompt import Confirm

    sys.stderr.write(f"{error}\n")
    return Confirm.ask("Open it again", default=True)
