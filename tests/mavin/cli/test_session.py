"""A session at the terminal: every command a line, every change a step, nothing lost; transcripts come out again."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

import mavin
from mavin.cli.session import Session
from mavin.film import Film


def session(run: Any, *lines: str, film: str = "lamp.mavin") -> str:
    result = run("edit", film, "--session", stdin="".join(f"{line}\n" for line in lines))
    assert result.exit_code == 0, result.stderr
    return str(result.stdout)


def flat(text: str) -> str:
    """The words, however they were wrapped."""
    return " ".join(text.split())


def test_a_part_is_selected_and_changed_by_number_or_by_words(run: Any, film: Film) -> None:
    shown = session(
        run, "L1", "2", "6", "Come back, Mara.", "0.1 s earlier", "lock it", "1", "undo 2", "S2", "closer", "q"
    )
    now = Film.open(film.path)
    assert "L1 3.9–5.6s  keeper (C1)" in shown
    assert "2 0.1 s later" in shown
    assert "words> Come back, Mara." in shown
    assert "L1 is locked, and this would change dialogue.L1" in flat(shown)  # choice 1 would move it
    assert "Undid r5." in shown
    assert "Undid r4." in shown
    assert "This is not understood: “closer”" in shown  # with rules only exact forms are
    line = now.caption.dialogue[0]
    assert (line.text, line.start_ms) == ("Come back, Mara.", 4000)
    assert now.locks == ()
    assert shown.endswith("lamp.mavin is at revision 7; everything is saved.\n")


def test_several_changes_are_proposed_and_accepted_in_part(run: Any, film: Film) -> None:
    shown = session(
        run,
        'style "ink", rename Mara to Jo, L1 0.1 s later',
        "only 1 and 3",
        "a",
        "nonsense",
        'title "X", style "y"',
        "r",
    )
    now = Film.open(film.path)
    assert "  3. retime line L1 to 4.0–5.7 s" in shown
    assert (now.rev, now.caption.global_caption.style, now.caption.role("C2").name) == (2, "ink", "Mara")
    assert now.caption.dialogue[0].start_ms == 4000
    assert now.history()[-1].op["instruction"].endswith("; only 1 and 3")
    assert "Nothing was changed." in shown


def test_what_is_shown(run: Any, film: Film) -> None:
    shown = session(
        run, "", "all", "help", "history", "check", "C2", "X1", "S9", "4000", "clip K2", "diff", "preview S9", "anew C1"
    )
    for words in (
        "S3 5.125", "Looks:", "an empty line", "r1 made by hand", "C2 Mara", "1 delete", "There is no S9 in K1", "Choose a number from 1 to 2, got 4000.",
        "The film must have the clip K2", "one step only", "A preview is of a shot (S1, S2, S3), got S9.", "C1 are a person's or kept",
    ):  # fmt: skip
        assert words in flat(shown), words
    assert max(map(len, shown.splitlines())) <= 80
    assert "\x1b" not in shown
    assert Film.open(film.path).rev == 1


def test_a_shot_is_previewed(run: Any, tmp_path: Path) -> None:
    made = mavin.write("A fox digs in the snow. The fox finds a lantern.", "fox.mavin", llm="rules")
    assert "Drew fox.mavin/renders/K1-S2.mp4." in session(run, "preview S2", film="fox.mavin")
    assert (made.path / "renders" / "K1-S2.mp4").stat().st_size > 10_000


def test_the_end_of_input_in_a_proposal_loses_nothing(run: Any, film: Film) -> None:
    shown = session(run, "L1 0.1 s later", 'style "ink", rename Mara to Jo')
    assert "The proposal was given up. Nothing was changed." in shown
    assert Film.open(film.path).rev == 2


class Interrupting:
    """A terminal at which a person presses Ctrl-C where a script says so."""

    def __init__(self, *lines: str) -> None:
        self.console = Console(width=40, color_system=None, highlight=False, markup=False, record=True, quiet=False)
        self._lines: Iterator[str] = iter(lines)

    def ask(self, prompt: str) -> str:
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        if line == "^C":
            raise KeyboardInterrupt
        return line


def test_ctrl_c_gives_a_line_or_a_proposal_up(film: Film) -> None:
    terminal = Interrupting(
        "L1 0.1 s later", "^C", 'style "ink", rename Mara to Jo', "^C", "L1", "6", "^C", "L1 0.1 s later"
    )
    Session(film, terminal, llm="rules").run()
    text = terminal.console.export_text()
    assert "Leave with quit or Ctrl-D" in flat(text)
    assert flat(text).count("Stopped. Nothing was changed.") == 2
    assert max(map(len, text.splitlines())) <= 40  # a narrow terminal
    now = Film.open(film.path)
    assert (now.rev, now.caption.dialogue[0].start_ms) == (3, 4100)


def test_what_somebody_else_saves_meanwhile_is_taken_in(film: Film) -> None:
    class Busy(Interrupting):
        def ask(self, prompt: str) -> str:
            line = super().ask(prompt)
            if line == "L1 0.1 s later":
                from mavin import api, edits

                api.edit(film.path, edits.SetText(path="title", text="Theirs"))
            return line

    terminal = Busy("L1 0.1 s later", "quit")
    Session(Film.open(film.path), terminal, llm="rules").run()
    now = Film.open(film.path)
    assert "Somebody else has saved r2" in terminal.console.export_text()
    assert (now.title, now.caption.dialogue[0].start_ms) == ("Theirs", 4000)


def test_a_transcript_comes_out_again_and_the_film_stays(run: Any, film: Film) -> None:
    lines = ("S1", "1", "", 'style "ink", L1 0.1 s later', "without 2", "a", "undo", "make it sad", "q")
    copy = Film.create("copy.mavin", [film.caption], op={"op": "new"})
    printed = session(run, *lines, film="copy.mavin")
    assert Film.open(copy.path).rev > 1
    Path("talk.txt").write_text(printed.replace("copy.mavin", "lamp.mavin"), encoding="utf-8")
    before = {path: path.read_bytes() for path in film.path.rglob("*.json*")}
    again = run("edit", "lamp.mavin", "--replay", "talk.txt")
    assert (again.exit_code, again.stdout) == (
        0,
        "The session of talk.txt comes out as it did. The film was not touched.\n",
    )
    # On the film that the session itself has changed the copy begins where the session did.
    Path("own.txt").write_text(printed, encoding="utf-8")
    own = run("edit", "copy.mavin", "--replay", "own.txt")
    assert own.exit_code == 0, own.output
    Path("talk.txt").write_text(
        printed.replace("copy.mavin", "lamp.mavin").replace("Saved r2.", "Saved r3."), encoding="utf-8"
    )
    other = run("edit", "lamp.mavin", "--replay", "talk.txt")
    assert (other.exit_code, "-Saved r3." in other.stdout, "+Saved r2." in other.stdout) == (1, True, True)
    assert {path: path.read_bytes() for path in film.path.rglob("*.json*")} == before


def test_the_timeline_is_what_is_seen_first(run: Any, film: Film) -> None:
    lanes = session(run, "q").splitlines()[:5]
    assert lanes[0] == "The Lamp  7.5 s · r1"
    assert [lane.split()[0] for lane in lanes[1:]] == ["seconds", "shots", "keeper", "Mara"]
    assert "┃S2 close up" in lanes[2]


def test_text_commands_and_operations_are_told_apart(run: Any, film: Film) -> None:
    text = run("show", "lamp.mavin", "--text").stdout
    assert run("edit", "lamp.mavin", stdin=text).stdout == "Nothing changes.\n"  # a pipe holds the script's text
    wrong = run("edit", "lamp.mavin", "--session", "-m", "x")
    assert (wrong.exit_code, "--session" in wrong.stderr) == (2, True)
    assert "This is not understood" in session(run, "# The Lamp")


def test_a_person_at_a_real_terminal(film: Film) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mavin", "edit", "lamp.mavin"], stdin=theirs, stdout=theirs, stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "60"}, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    seen = ""

    def until(words: str, key: bytes = b"") -> None:
        nonlocal seen
        end = time.monotonic() + 30
        while words not in seen and time.monotonic() < end:
            if key:  # a key that comes while the terminal changes its mode is lost
                os.write(ours, key)
            if select.select([ours], [], [], 0.5)[0]:
                try:
                    seen += os.read(ours, 4096).decode("utf-8", "replace")
                except OSError:
                    break
        assert words in seen, seen

    until("or help.")
    os.write(ours, b"L1 0.1 s later\n")
    until("Saved r2.")
    until("everything is saved.", b"\x04")
    os.close(ours)
    assert process.wait(timeout=10) == 0
    assert Film.open(film.path).caption.dialogue[0].start_ms == 4000
