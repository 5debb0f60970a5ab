"""The loop of a session: lines in, changes of the film and pictures of it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mavin.cli.session.choices import Choice, choices_for
from mavin.cli.session.view import (
    print_choices,
    print_help,
    print_part,
    print_proposal,
    print_timeline,
    say,
)
from mavin.edits import LockedError
from mavin.errors import MavinError, UsageError
from mavin.film import Film
from mavin.instructions import InstructionError, read_parts

if TYPE_CHECKING:
    from mavin.api import Proposal
    from mavin.caption import HierarchicalCaption
    from mavin.cli.session.terminal import Terminal

__all__ = ["Session"]

_PART = re.compile(r"(?:select\s+)?([SLCX]\d+)", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:[SLCX]\d+|shots?|lines?|scenes?|film|ending|opening|everything)\b", re.IGNORECASE)
_LEAVE = frozenset({"q", "quit", "exit", "bye"})


class Session:
    """One person, one film, one clip at a time.

    Args:
        film: the film; every change is saved at once.
        terminal: where lines come from and go to.
        clip: the clip that is edited first.
        llm: the model for what code does not read, as in :func:`mavin.write`.
        model: its name there.
    """

    def __init__(
        self, film: Film, terminal: Terminal, clip: str = "K1", llm: str | None = None, model: str | None = None
    ) -> None:
        from mavin.api import Editor
        from mavin.api.editing import check_clip

        check_clip(film, clip)
        self._film, self._terminal, self._clip = film, terminal, clip
        self._llm, self._model = llm, model
        self._console = terminal.console
        self._selected: str | None = None
        self._choices: list[Choice] = []
        self._editor = Editor(film, llm=llm, model=model)
        self._commands: dict[str, Callable[[str], None]] = {
            "help": self._help,
            "?": self._help,
            "all": self._all,
            "show": self._all,
            "undo": lambda rest: self._move("undo", rest),
            "redo": lambda rest: self._move("redo", rest),
            "history": self._history,
            "diff": self._diff,
            "anew": self._anew,
            "regenerate": self._anew,
            "preview": self._preview,
            "check": self._check,
            "clip": self._to_clip,
        }

    def run(self) -> None:
        """Reads and does until the person leaves; mistakes are told and cost nothing."""
        with self._editor:
            print_timeline(self._console, self._film, self._clip)
            say(self._console, "Type what to change, a part such as S2, or help.")
            while True:
                try:
                    line = self._terminal.ask("> ").strip()
                except EOFError:
                    break
                except KeyboardInterrupt:
                    say(self._console, "\nNothing was changed. Leave with quit or Ctrl-D.")
                    continue
                if line.lower() in _LEAVE:
                    break
                try:
                    self._refresh()
                    self._do(line)
                except EOFError:
                    break
                except KeyboardInterrupt:
                    say(self._console, "\nStopped. Nothing was changed.")
                except MavinError as error:
                    say(self._console, str(error))
            say(self._console, f"{self._film.path.name} is at revision {self._film.rev}; everything is saved.")

    # What a line means.

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if not line:
            print_timeline(self._console, self._film, self._clip)
        elif line.isdigit():
            self._take(int(line))
        elif (part := _PART.fullmatch(line)) is not None:
            self._select(part[1].upper())
        elif word.lower() in self._commands and self._is_command(word.lower(), rest):
            self._commands[word.lower()](rest.strip())
        else:
            self._instruct(line)

    def _is_command(self, word: str, rest: str) -> bool:
        """Whether a line is the command that it begins with: "show Tom in shot 2" is an instruction."""
        if word in ("anew", "regenerate", "preview", "undo", "redo", "clip", "?"):
            return True
        return not rest.strip()

    def _take(self, number: int) -> None:
        if not self._choices:
            raise UsageError("Select a part first, such as S1 or L1, then choose by number.")
        if not 1 <= number <= len(self._choices):
            raise UsageError(f"Choose a number from 1 to {len(self._choices)}, got {number}.")
        choice = self._choices[number - 1]
        line = choice.line
        if choice.asks:
            told = self._terminal.ask(f"{choice.asks}> ").strip()
            if not told:
                say(self._console, "Nothing was changed.")
                return
            line = line.format(told)
        self._do(line)
        # A second click on the same choice shall be one key.
        if self._selected is not None and self._exists(self._selected):
            self._choices = choices_for(self._caption, self._selected, self._locks)

    def _select(self, part: str) -> None:
        if not self._exists(part):
            raise UsageError(f"There is no {part} in {self._clip}; it has {', '.join(self._ids())}.")
        self._selected = part
        self._choices = choices_for(self._caption, part, self._locks)
        print_part(self._console, self._caption, part)
        print_choices(self._console, [choice.name for choice in self._choices])

    def _instruct(self, words: str) -> None:
        proposal = self._proposed(words)
        # What code has read exactly is done; what was understood is asked about.
        if proposal.run is None and len(proposal.operations) == 1 and not proposal.notes:
            self._save(proposal)
            return
        self._talk(proposal)

    def _proposed(self, words: str) -> Proposal:
        """What is proposed; where a line names nothing, the selected part is meant."""
        if self._selected is not None and self._exists(self._selected):
            exact = self._exact(words, self._selected)
            if exact is not None:
                return exact
            if self._editor.connect() and not _NAMED.search(words):
                words = f"in {self._selected}: {words}" if self._selected[0] == "S" else f"{self._selected}: {words}"
        with self._progress():
            return self._editor.propose(words, self._clip)

    def _exact(self, words: str, part: str) -> Proposal | None:
        """What code reads of a line about the selected part, in whatever way the line can be about it."""
        pointed = re.sub(r"\b(?:it|this|that)\b", part, words, count=1, flags=re.IGNORECASE)
        script = self._film.state.script(self._clip)
        for line in dict.fromkeys((words, pointed, f"{part} {words}", f"{words} {part}")):
            try:
                parts = read_parts(line, script)
            except LockedError:
                raise
            except InstructionError as error:
                if line == words and error.diagnostics[0].code == "impossible":
                    raise
                continue
            if all(each.problem is None for each in parts):
                return self._editor.propose(line, self._clip)
        return None

    @contextmanager
    def _progress(self) -> Iterator[None]:
        from mavin.cli.console import Progress

        with Progress() as progress:
            self._editor.progress = progress.stage
            yield

    def _talk(self, proposal: Proposal) -> None:
        """Shows a proposal until it is accepted, in part or not at all."""
        while True:
            if not proposal.differences:
                say(self._console, "Nothing changes.")
                return
            print_proposal(self._console, proposal)
            try:
                answer = self._terminal.ask("[a]ccept, [r]efuse, numbers, or another word> ").strip()
            except EOFError:
                say(self._console, "\nThe proposal was given up. Nothing was changed.")
                raise
            if answer.lower() in ("a", "accept", "y", "yes", ""):
                self._save(proposal, shown=True)
                return
            if answer.lower() in ("r", "refuse", "n", "no"):
                say(self._console, "Nothing was changed.")
                return
            try:
                if re.fullmatch(r"[\d\s,]+", answer):
                    self._save(proposal.only([int(each) for each in re.findall(r"\d+", answer)]))
                    return
                with self._progress():
                    proposal = self._editor.refine(proposal, answer)
            except MavinError as error:
                say(self._console, str(error))

    def _save(self, proposal: Proposal, *, shown: bool = False) -> None:
        from mavin.cli.diff import print_differences

        changes = proposal.differences
        if not changes:
            say(self._console, "Nothing changes.")
            return
        self._film = proposal.save()
        self._editor.film = self._film
        if not shown:
            print_differences(self._console, changes, several=len(self._film.clips) > 1)
            for note in proposal.notes:
                say(self._console, f"Note: {note}")
        say(self._console, f"Saved r{self._film.rev}.")

    # Commands.

    def _help(self, rest: str) -> None:
        del rest
        print_help(self._console)

    def _all(self, rest: str) -> None:
        del rest
        for shot in self._caption.shots:
            print_part(self._console, self._caption, shot.id)
        for role in self._caption.roles:
            print_part(self._console, self._caption, role.id)

    def _move(self, what: str, rest: str) -> None:
        from mavin import api
        from mavin.cli.diff import print_differences

        count = int(rest) if rest.isascii() and rest.isdigit() and int(rest) else 1
        before = self._film.state
        for _ in range(count):
            try:
                step = self._film.undo() if what == "undo" else self._film.redo()
            except UsageError as error:
                say(self._console, str(error))
                break
            say(self._console, f"{'Undid' if what == 'undo' else 'Did again'} r{step}.")
        changes = api.compare(before, self._film.state)
        if changes:
            print_differences(self._console, changes, several=len(self._film.clips) > 1)

    def _history(self, rest: str) -> None:
        from mavin.edits import step_words

        del rest
        tree = self._film.tree()
        for step in tree.steps.values():
            mark = " ← here" if step.rev == self._film.head else ""
            say(self._console, f"r{step.rev} {step_words(step.op)}{mark}", "  ")

    def _diff(self, rest: str) -> None:
        from mavin import api
        from mavin.cli.diff import print_differences

        del rest
        tree = self._film.tree()
        parent = tree.parent(self._film.head)
        if parent is None:
            raise UsageError("The film has one step only, so there is nothing to compare it with.")
        changes = api.compare(tree.state(parent), self._film.state)
        print_differences(self._console, changes, several=len(self._film.clips) > 1, heads=(f"r{parent}", "now"))

    def _anew(self, rest: str) -> None:
        from mavin import api
        from mavin.cli.console import Progress

        told, _, hint = rest.partition(":")
        words = told.replace(",", " ").split()
        part = words[0].upper() if words else self._selected
        if part is None:
            raise UsageError("Say what is to be written anew, such as: anew S2 keep camera: more snow")
        keep = [word for word in words[1:] if word.lower() not in ("keep", "and", "the")]
        with Progress() as progress:
            proposal = api.regenerate(
                self._film,
                part,
                clip=self._clip,
                keep=keep,
                hint=hint,
                llm=self._llm,
                model=self._model,
                progress=progress.stage,
            )
        self._save(proposal)

    def _preview(self, rest: str) -> None:
        from mavin import api
        from mavin.cli.console import Progress

        part = rest.strip().upper() or None
        if part is not None and part not in [shot.id for shot in self._caption.shots]:
            raise UsageError(
                f"A preview is of a shot ({', '.join(shot.id for shot in self._caption.shots)}), got {rest}."
            )
        name = "-".join([self._clip, *([part] if part else [])])
        target = self._film.renders / f"{name}.mp4"
        with Progress() as progress:
            api.preview(self._film, target, shot=part, clip=self._clip, progress=progress.part)
        say(self._console, f"Drew {target.relative_to(self._film.path.parent)}.")

    def _check(self, rest: str) -> None:
        from mavin import api

        del rest
        found = api.check(self._film)
        for item in found:
            say(self._console, f"{item.severity.value}: {item.message}", "  ")
        if not found:
            say(self._console, "Nothing is wrong.")

    def _to_clip(self, rest: str) -> None:
        from mavin.api.editing import check_clip

        check_clip(self._film, rest.strip().upper())
        self._clip, self._selected, self._choices = rest.strip().upper(), None, []
        print_timeline(self._console, self._film, self._clip)

    # What the commands share.

    @property
    def _caption(self) -> HierarchicalCaption:
        return self._film.state.script(self._clip).caption

    @property
    def _locks(self) -> tuple[str, ...]:
        return self._film.state.script(self._clip).locks

    def _ids(self) -> list[str]:
        caption = self._caption
        sounds = [sound.id for shot in caption.shots for sound in shot.sounds]
        shots, lines, roles = (
            [each.id for each in parts] for parts in (caption.shots, caption.dialogue, caption.roles)
        )
        return [*shots, *lines, *roles, *sounds]

    def _exists(self, part: str) -> bool:
        return part in self._ids()

    def _refresh(self) -> None:
        """Takes in what somebody else has saved meanwhile."""
        from mavin.film.reading import read_index

        index = read_index(self._film.path)
        if index is not None and index.rev != self._film.rev:
            self._film = Film.open(self._film.path)
            self._editor.film = self._film
            say(self._console, f"Somebody else has saved r{self._film.rev}; this goes on from there.")
