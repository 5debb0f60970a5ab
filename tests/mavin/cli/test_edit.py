"""Editing from the command line: by instruction, by text, by operations; every step can be taken back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mavin.film import Film


def text_of(run: Any) -> str:
    return str(run("show", "lamp.mavin", "--text").stdout)


def test_an_instruction_is_shown_made_and_taken_back(run: Any, film: Film) -> None:
    before = (film.path / "clips" / "K1.json").read_bytes()
    result = run("edit", "lamp", "-m", "L1 at 3.5–5 s and lock the cut to S3")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "3.9–5.6s" in result.stdout
    assert "3.5–5.0s" in result.stdout
    assert "revision 2. Take it back: mavin undo lamp.mavin" in result.stdout
    refused = run("edit", "lamp.mavin", "-m", "move cut 2 to 5 s")
    assert (refused.exit_code, "the cut to S3 is locked" in refused.stderr) == (3, True)
    assert run("undo", "lamp.mavin").exit_code == 0
    assert (film.path / "clips" / "K1.json").read_bytes() == before
    assert Film.open(film.path).locks == ()
    again = run("redo", "lamp.mavin", "3")
    assert (again.exit_code, "Only 1 of 3" in again.stderr) == (0, True)
    assert run("undo", "lamp.mavin", "9").exit_code == 0
    nothing = run("undo", "lamp.mavin")
    assert (nothing.exit_code, "nothing to undo" in nothing.stderr) == (2, True)


def test_an_instruction_in_part_dry_and_as_json(run: Any, film: Film) -> None:
    words = 'rename Mara to Jo, style "ink" and L1 0.1 s later'
    dry = run("edit", "lamp.mavin", "-m", words, "--dry-run")
    assert (dry.exit_code, Film.open(film.path).rev) == (0, 1)
    assert "dry run" in dry.stdout
    part = json.loads(run("edit", "lamp.mavin", "-m", words, "--accept", "2", "--json").stdout)
    assert [op["op"] for op in part["operations"]] == ["set_text"]
    assert [(item["what"], item["before"], item["after"]) for item in part["differences"]] == [
        ("style", film.caption.global_caption.style, "ink")
    ]
    assert (part["saved"], part["rev"], part["captions"][0]["global_caption"]["style"]) == (True, 2, "ink")
    for value in ("4", "x", ""):
        assert run("edit", "lamp.mavin", "-m", words, "--accept", value).exit_code == 2
    loose = run("edit", "lamp.mavin", "-m", "make it sad")
    assert (loose.exit_code, "not understood" in loose.stderr) == (3, True)
    error = json.loads(run("edit", "lamp.mavin", "-m", "make it sad", "--json").stdout)
    assert error["diagnostics"][0]["code"] == "not_understood"


def test_at_a_terminal_all_some_or_nothing_is_accepted(run: Any, film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mavin.cli.edit._is_terminal", lambda: True)
    words = 'L1 0.1 s later, style "ink", rename Mara to Jo'
    refused = run("edit", "lamp.mavin", "-m", words, stdin="r\n")
    assert (refused.exit_code, "Nothing was changed" in refused.stdout, Film.open(film.path).rev) == (0, True, 1)
    assert "  3. rename role C2 “Jo”" in refused.stderr
    part = run("edit", "lamp.mavin", "-m", words, stdin="7\nmake it sad\nonly 1 and 3\na\n")
    assert "An operation must be one of 1 to 3, got 7." in part.stderr
    assert "This is not understood: “make it sad”" in part.stderr
    now = Film.open(film.path)
    assert (now.rev, now.caption.role("C2").name, now.caption.dialogue[0].start_ms) == (2, "Jo", 4000)
    assert now.caption.global_caption == film.caption.global_caption
    assert run("edit", "lamp.mavin", "-m", 'style "ink"', stdin="\n").exit_code == 0
    assert Film.open(film.path).caption.global_caption.style == "ink"
    text = text_of(run)
    run("edit", "lamp.mavin", "-y", "-m", 'title "Theirs"')
    for answer, code, title in (("s", 2, "Theirs"), ("t", 0, "Theirs"), ("m", 0, "Mine")):
        monkeypatch.setattr("mavin.cli.edit._by_text", _answering(answer))
        result = run("edit", "lamp.mavin", stdin=text.replace("# The Lamp", "# Mine"))
        assert (result.exit_code, Film.open(film.path).title) == (code, title), result.output


def _answering(answer: str) -> Any:
    """Takes the text of standard input and answers the question that follows it, as a terminal would."""
    from mavin.cli import edit

    take = edit._by_text

    def taken(*args: Any) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("rich.prompt.Prompt.ask", lambda *_, **__: answer)
            getattr(take, "original", take)(*args)

    taken.original = getattr(take, "original", take)  # type: ignore[attr-defined]
    return taken


def test_text_goes_out_and_comes_back(run: Any, film: Film) -> None:
    text = text_of(run)
    assert text.startswith("# The Lamp\n7.5s, 21:9, en\nRevision: 1\n")
    same = run("edit", "lamp.mavin", stdin=text)
    assert (same.exit_code, same.stdout, Film.open(film.path).rev) == (0, "Nothing changes.\n", 1)
    changed = text.replace("3.9–5.6s (whispering)", "3.5–5.1s (loud)").replace("S2 2.5–", "S2 2.4–")
    changed = changed.replace("X1 0.0–2.4s", "X1 0.0–2.3s").replace("\nS1 0.0", "\nC Tom\n  Looks: tall\n\nS1 0.0")
    result = run("edit", "lamp.mavin", stdin=changed)
    assert result.exit_code == 0, result.stderr
    assert "The cut to S2 was moved to 2.4 s on both its sides." in result.stderr
    now = Film.open(film.path)
    line = now.caption.dialogue[0]
    assert (line.start_ms, line.end_ms, line.delivery, now.caption.role("C3").name) == (3500, 5100, "loud", "Tom")
    kinds = {op["op"] for op in now.history()[-1].op["edits"]}
    assert kinds == {"retime_line", "revoice_line", "retime_sound", "move_cut", "add_role"}


def test_a_text_of_an_older_revision_takes_nothing_back(run: Any, film: Film) -> None:
    text = text_of(run)
    assert run("edit", "lamp.mavin", "-m", 'L2 says "I see you!", style "ink"').exit_code == 0
    result = run("edit", "lamp.mavin", stdin=text.replace("Come home, Mara.", "Come back, Mara."))
    assert result.exit_code == 0, result.stderr
    now = Film.open(film.path).caption
    assert [line.text for line in now.dialogue] == ["Come back, Mara.", "I see you!"]
    assert now.global_caption.style == "ink"
    clash = text.replace("Ich sehe dich!", "Here I am!")
    refused = run("edit", "lamp.mavin", stdin=clash)
    assert refused.exit_code == 1
    assert "you make it “Here I am!” and they made it “I see you!”" in refused.stderr
    assert "Add --mine to make yours on top, or --theirs to keep theirs." in refused.stderr
    assert Path("lamp.rej.txt").read_text(encoding="utf-8") == clash
    assert run("edit", "lamp.mavin", "--theirs", stdin=clash).exit_code == 0
    assert Film.open(film.path).caption.dialogue[1].text == "I see you!"
    assert run("edit", "lamp.mavin", "--mine", stdin=clash).exit_code == 0
    assert Film.open(film.path).caption.dialogue[1].text == "Here I am!"


def test_a_text_with_mistakes_is_kept_and_they_are_named(run: Any, film: Film) -> None:
    wrong = text_of(run).replace("tilt up", "tild up").replace("C2 says", "C2 shouts")
    result = run("edit", "lamp.mavin", stdin=wrong)
    assert result.exit_code == 3
    assert "standard input:22:22: expected a size, an angle and a movement" in result.stderr
    assert "did you mean tilt up?" in result.stderr
    assert "standard input:44:6: expected says, replies" in result.stderr
    assert "Your text is kept in lamp.rej.txt. Mend it there and give it back: mavin edit lamp.mavin <" in result.stderr
    assert Path("lamp.rej.txt").read_text(encoding="utf-8") == wrong
    assert run("edit", "lamp.mavin", stdin=wrong).exit_code == 3
    assert Path("lamp.rej-2.txt").exists()  # the first one is not overwritten
    assert Film.open(film.path).rev == 1


def test_the_editor_is_the_persons_own(run: Any, film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "my editor.py"
    script.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[-1])\nt = p.read_text(encoding='utf-8')\n"
        "assert t.startswith('//'), t\n"
        "p.write_text(t.replace(sys.argv[1], sys.argv[2]), encoding='utf-8')\n"
    )
    start = f'"{sys.executable}" "{script}"'
    monkeypatch.setenv("EDITOR", f'{start} "Come home" "Stay away"')
    monkeypatch.delenv("VISUAL", raising=False)
    assert run("edit", "lamp.mavin", "--text").exit_code == 0
    assert Film.open(film.path).caption.dialogue[0].text == "Stay away, Mara."
    monkeypatch.setenv("VISUAL", f"{start} x x")
    assert run("edit", "lamp.mavin", "--text").stdout == "Nothing changes.\n"
    monkeypatch.setenv("VISUAL", f'{start} "[L1]" "[L1"')
    broken = run("edit", "lamp.mavin", "--text")
    assert (broken.exit_code, "lamp.rej.txt" in broken.stderr) == (3, True)
    for command, words in (
        ("no-such-editor", "cannot be started"),
        ("false", "ended with 1"),
        ('"', "cannot be started"),
    ):
        monkeypatch.setenv("VISUAL", command)
        result = run("edit", "lamp.mavin", "--text")
        assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    assert Film.open(film.path).rev == 2


def test_operations_as_json(run: Any, film: Film, tmp_path: Path) -> None:
    ops = [{"op": "retitle"}, {"op": "set_text", "path": "title", "text": "New"}]
    assert run("edit", "lamp.mavin", "--ops", json.dumps(ops)).exit_code == 3
    (tmp_path / "ops.json").write_text(json.dumps(ops[1:]))
    assert run("edit", "lamp.mavin", "--ops", "@ops.json").exit_code == 0
    assert run("edit", "lamp.mavin", "--ops", "-", stdin=json.dumps(ops[1] | {"text": "Newer"})).exit_code == 0
    assert Film.open(film.path).title == "Newer"
    for bad in ("", "[]", "[1]", "3", "{", '{"op": 1}'):
        assert run("edit", "lamp.mavin", "--ops", bad).exit_code in (2, 3), bad
    assert run("edit", "lamp.mavin", "--ops", "[]", "-m", "x").exit_code == 2
    assert run("edit", "lamp.mavin", "--ops", '{"op": "lock", "path": "S1"}', "--clip", "K2").exit_code == 2


def test_history_branches_and_restoring(run: Any, film: Film) -> None:
    run("edit", "lamp.mavin", "-m", 'title "One"')
    run("edit", "lamp.mavin", "-m", 'title "Two"')
    run("undo", "lamp.mavin")
    assert "Began branch night, at r1." in run("branch", "lamp.mavin", "night", "--at", "1").stdout
    run("edit", "lamp.mavin", "-m", "duration 9 s")
    rows = run("history", "lamp.mavin").stdout.splitlines()
    assert rows[0] == "The Lamp  on branch night, at r6"
    marks = [row.split("← ")[-1] if "←" in row else "" for row in rows[1:]]
    assert [row.split()[1] for row in rows[1:]] == ["r1", "r2", "r3", "r6"]
    assert marks == ["", "main", "undone", "night, here"]
    assert "“duration 9 s”: set duration to 9.0 s" in rows[4]
    data = json.loads(run("history", "lamp.mavin", "--json").stdout)
    assert data["branches"] == [{"name": "main", "step": 2}, {"name": "night", "step": 6}]
    assert [(step["step"], step["parent"]) for step in data["steps"]] == [(1, None), (2, 1), (3, 2), (6, 1)]
    assert "… 3 earlier steps" in run("history", "lamp.mavin", "-n", "1").stdout
    assert [line[0] for line in run("branch", "lamp.mavin").stdout.splitlines()] == [" ", "*"]
    restored = run("restore", "lamp.mavin", "r3")
    assert (restored.exit_code, "Two" in restored.stdout) == (0, True)
    assert run("restore", "lamp.mavin", "nowhere").exit_code == 2
    assert run("branch", "lamp.mavin", "main").exit_code == 0
    assert Film.open(film.path).title == "One"
    for args in (("restore", "lamp.mavin", "99"), ("branch", "lamp.mavin", "7"), ("undo", "lamp.mavin", "0")):
        assert run(*args).exit_code == 2


def test_a_diff_in_words_and_as_a_picture(run: Any, film: Film) -> None:
    assert run("diff", "lamp.mavin").exit_code == 2  # one step only
    run("edit", "lamp.mavin", "-m", 'move cut 1 to 2 s, L2 says "There!", lock L1')
    text = run("diff", "lamp.mavin", "--png", "d.png").stdout
    for words in ("S1 time", "0.0–2.5s", "0.0–2.0s", "L2 words", "Ich sehe dich!", "There!", "L1 lock", "r1", "r2 now"):
        assert words in text, words
    assert max(map(len, text.splitlines()[:-1])) <= 80
    with Image.open("d.png") as picture:
        assert picture.width == 1280
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
        assert (0xB0, 0x3A, 0x2E) in colours  # what changed is framed
    run("diff", "lamp.mavin", "1", "1", "--png", "same.png")
    with Image.open("same.png") as picture:
        assert (0xB0, 0x3A, 0x2E) not in {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    data = json.loads(run("diff", "lamp.mavin", "2", "1", "--json").stdout)
    assert {(item["subject"], item["what"], item["after"]) for item in data["differences"]} >= {
        ("S1", "time", "0.0–2.5s"), ("L1", "lock", None),
    }  # fmt: skip
    assert "are the same" in run("diff", "lamp.mavin", "head", "2").stdout
    assert run("diff", "lamp.mavin", "--png", "d.jpg").exit_code == 2


def test_a_role_of_several_clips_is_renamed_in_all_of_them(run: Any, film: Film) -> None:
    long = Film.create("long.mavin", [film.caption, film.caption], op={"op": "new"})
    assert run("edit", "long.mavin", "--clip", "K2", "-m", "rename Mara to Jo").exit_code == 0
    assert [caption.role("C2").name for caption in Film.open(long.path).captions] == ["Jo", "Jo"]
    text = run("show", "long.mavin", "--text").stdout
    assert text.count("=== K") == 2
    second = text.index("=== K2 ===")
    changed = text[:second] + text[second:].replace("Come home", "Come back")
    assert run("edit", "long.mavin", stdin=changed).exit_code == 0
    said = [caption.dialogue[0].text for caption in Film.open(long.path).captions]
    assert said == ["Come home, Mara.", "Come back, Mara."]
    assert run("edit", "long.mavin", stdin=text[second:]).exit_code == 2  # K1 is missing
    assert run("undo", "long.mavin", "2").exit_code == 0
    assert Film.open(long.path).captions == long.captions


def test_what_can_be_edited_is_said(run: Any, film: Film) -> None:
    assert run("edit", "none.mavin", "-m", "x").exit_code == 2
    assert run("edit", "lamp.mavin/clips/K1.json", "-m", "x").exit_code == 2
    empty = run("edit", "lamp.mavin", stdin="")
    assert (empty.exit_code, "expected a line with length" in empty.stderr) == (3, True)
    assert not Path("lamp.rej.txt").exists()  # there is nothing to keep
    assert run("edit", "lamp.mavin", "--mine", "--theirs", "-m", "x").exit_code == 2
    assert run("edit", "lamp.mavin", stdin=b"\xff").exit_code == 2
