"""Films by hand: made, drawn, listed and checked without any model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from mavin.caption import HierarchicalCaption
from mavin.cli.timeline import Palette, timeline
from mavin.film import Film


def test_a_film_by_hand(run: Any) -> None:
    result = run(
        "new", "--title", "The Door!", "--duration", "7", "--role", "Mara", "--action", "Mara knocks.",
        "--action", "The door opens.", "--line", "mara 0.5-1.8: Who is there?", "--setting", "a corridor",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    film = Film.open("the-door.mavin")
    caption = film.caption
    assert [(shot.start_ms, shot.end_ms, shot.action) for shot in caption.shots] == [
        (0, 3500, "Mara knocks."),
        (3500, 7000, "The door opens."),
    ]
    line = caption.dialogue[0]
    assert (line.role, line.start_ms, line.end_ms, line.text) == ("C1", 500, 1800, "Who is there?")
    assert "preview the-door.mavin -o the-door.mp4" in result.stdout


def test_new_needs_nothing_at_all(run: Any) -> None:
    assert run("new").exit_code == 0
    assert len(Film.open("untitled.mavin").caption.shots) == 2


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_a_film_of_a_captions_json(run: Any, caption: HierarchicalCaption, tmp_path: Path, source: str) -> None:
    data = caption.model_dump(mode="json")
    data["dialogue"][0]["recording"] = None
    names = [role["reference"] for role in data["roles"]] + [
        override["reference"] for shot in data["shots"] for override in shot["overrides"]
    ]
    for reference in names:
        for kind in ("image", "audio"):
            if reference and reference[kind]:
                (tmp_path / reference[kind]).parent.mkdir(exist_ok=True)
                (tmp_path / reference[kind]).write_bytes(b"x")
    for line in data["dialogue"]:
        line["recording"] = None
    (tmp_path / "c.json").write_text(json.dumps(data))
    if source == "file":
        result = run("new", "--from", "c.json", "-o", "made")
    else:
        result = run("new", "--from", "-", "-o", "made", stdin=json.dumps(data))
    assert result.exit_code == 0, result.stderr
    made = Film.open("made.mavin").caption
    assert made.shots[0] == caption.shots[0]
    assert made.duration_ms == caption.duration_ms


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--from", "none.json"], 2, "cannot be read"),
        (["--from", "broken.json"], 3, "must be JSON"),
        (["--from", "escape.json"], 3, "must stay inside"),
        (["--from", "broken.json", "--title", "x"], 2, "--title"),
        (["--shots", "9"], 2, "from 1 to 6"),
        (["--duration", "1e400"], 2, "from 3 to 15"),
        (["--shots", "1", "--action", "a", "--action", "b"], 2, "at most one action"),
        (["--line", "Mara: hello"], 2, "WHO START-END: TEXT"),
        (["--line", "Mara 0.5-1.5: hello"], 2, "Add --role"),
        (["--role", "Mara", "--line", "Mara 1.5-0.5: hello"], 2, "start < end"),
        (["--role", "Mara", "--line", "Mara 5-9: hello"], 3, "must end inside the clip"),
        (["--role", "Mara", "--role", "mara "], 3, "names of roles must differ"),
        (["--title", "a\x1b[2J"], 3, "control characters"),
        (["-o", "none/a"], 2, "does not exist"),
        (["-o", "file.mavin"], 2, "is a file"),
        (["-o", "foreign.mavin", "--force"], 2, "is not a film"),
        (["-o", "a.mp4"], 2, "is a folder such as"),
        (["-o", ""], 2, "needs a name"),
    ],
)
def test_mistakes_leave_nothing_behind(
    run: Any, tmp_path: Path, caption: HierarchicalCaption, args: list[str], code: int, words: str
) -> None:
    (tmp_path / "broken.json").write_text("{")
    escape = caption.model_dump(mode="json")
    escape["roles"][0]["reference"] = {"image": "../../etc/passwd", "audio": None}
    (tmp_path / "escape.json").write_text(json.dumps(escape))
    (tmp_path / "file.mavin").write_text("x")
    (tmp_path / "foreign.mavin").mkdir()
    (tmp_path / "foreign.mavin" / "diary.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    result = run("new", *args)
    assert result.exit_code == code, result.stderr
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_an_existing_film_is_refused_without_force(run: Any) -> None:
    assert run("new", "-o", "a").exit_code == 0
    again = run("new", "-o", "a", "--title", "Other")
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert Film.open("a.mavin").rev == 1
    assert run("new", "-o", "a", "--title", "Other", "--force").exit_code == 0
    assert (Film.open("a.mavin").rev, Film.open("a.mavin").title) == (2, "Other")


def test_show_draws_every_id_without_colour(run: Any, film: Film) -> None:
    result = run("show", "lamp.mavin")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    for name in ("S1", "S2", "S3", "L1", "L2", "X1", "X2", "Mara", "The Lamp"):
        assert name in result.stdout
    assert max(map(cell_len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize("width", [10, 31, 50, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_the_timeline_fits_and_its_bars_stand_where_they_should(
    caption: HierarchicalCaption, width: int, encoding: str
) -> None:
    rows = timeline(caption, width, Palette.of(encoding))
    assert {row.cell_len for row in rows} == {max(width, rows[0].cell_len)}
    assert len(rows) == 2 + len(caption.roles) + 1
    mark = Palette.of(encoding).cut
    lane = rows[1].plain
    margin = lane.index(mark)
    span = rows[1].cell_len - margin
    starts = [index - margin for index, char in enumerate(lane) if char == mark]
    assert starts == [round(shot.start_ms * span / caption.duration_ms) for shot in caption.shots]
    if encoding == "ascii":
        assert "".join(row.plain for row in rows[:2]).isascii()


def test_wide_letters_and_overlapping_sounds_keep_the_columns(caption: HierarchicalCaption) -> None:
    data = caption.model_dump(mode="json")
    data["roles"][0]["name"] = "灯台守の老人とその犬"
    data["dialogue"][0]["text"] = "誰かいるのか、こんな夜更けに"
    data["shots"][0]["sounds"].append({"id": "X8", "start_ms": 100, "end_ms": 2000, "text": "波の音"})
    wide = HierarchicalCaption.model_validate_json(json.dumps(data))
    for width in range(40, 90, 7):
        rows = timeline(wide, width, Palette())
        assert {row.cell_len for row in rows} == {width}
        assert len(rows) == 2 + 2 + 2  # two lanes of sounds


def test_show__text_uses_the_papers_form(run: Any, film: Film) -> None:
    text = run("show", "lamp.mavin", "--text").stdout
    line = film.caption.dialogue[0]
    assert f"{line.role} says" in text
    assert f'"{line.text}" — [L1]' in text  # L1 crosses a cut
    assert f"— {line.role} goes on [L1]" in text


def test_show_json_is_the_one_object(run: Any, film: Film) -> None:
    data = json.loads(run("show", "lamp.mavin", "--json").stdout)
    assert data["caption"] == film.caption.model_dump(mode="json") == data["captions"][0]
    assert Path(data["film"]).name == "lamp.mavin"
    assert (data["output"], data["ledger"]) == (None, [])


def test_show_takes_a_captions_file_too(run: Any, film: Film) -> None:
    result = run("show", "lamp.mavin/clips/K1.json", "--text")
    assert result.exit_code == 0
    assert result.stdout.startswith("# The Lamp\n")
    assert run("show", "lamp").exit_code == 0  # the suffix may be left out


def test_show_takes_one_form_at_a_time(run: Any, film: Film) -> None:
    assert run("show", "lamp.mavin", "--text", "--json").exit_code == 2
    by_hand = run("show", "lamp.mavin", "--ledger")
    assert (by_hand.exit_code, "not written from a prompt" in by_hand.stderr) == (2, True)


def test_check_lists_errors_of_an_edited_file_and_exits_with_3(run: Any, film: Film) -> None:
    path = film.path / "clips" / "K1.json"
    data = json.loads(path.read_text())
    data["shots"][0]["end_ms"] += 50
    data["dialogue"][0]["role"] = "C7"
    path.write_text(json.dumps(data))
    result = run("check", "lamp.mavin")
    assert result.exit_code == 3
    assert "S2 must start where the shot before it ends, at 2550 ms, got 2500 ms" in result.stdout
    assert "L1 must name a role of the cast" in result.stdout
    as_json = run("check", "lamp.mavin", "--json")
    assert as_json.exit_code == 3
    assert {item["code"] for item in json.loads(as_json.stdout)["diagnostics"]} == {"shot_partition", "unknown_role"}
    assert json.loads(as_json.stdout)["caption"] is None


def test_check_of_a_good_film_exits_with_0(run: Any) -> None:
    run("new", "--role", "Mara", "--line", "Mara 0.5-0.8: This is far too long to be said in that time.")
    result = run("check", "untitled.mavin")
    assert result.exit_code == 0
    assert "L1 of Mara cannot be understood" in result.stdout
    assert "0 errors, 1 warning" in result.stdout


def test_a_clips_file_finds_the_references_of_its_film(run: Any, film: Film) -> None:
    names = {"references/keeper-lamp.png", "references/mara-line.wav"}
    alone = run("check", "lamp.mavin/clips/K1.json")
    assert alone.exit_code == 3  # neither can be rendered without its files
    assert f"error   The file 'references/keeper-lamp.png' must be in {film.path}, but" in alone.stdout
    assert run("check", "lamp.mavin").exit_code == 3
    for name in names | {
        "references/mara.png",
        "references/mara.wav",
        "references/keeper.png",
        "references/keeper.wav",
    }:
        (film.path / name).write_bytes(b"x")
    assert "must be in" not in run("check", "lamp.mavin/clips/K1.json").stdout


def test_a_missing_recording_beside_a_bare_caption_is_an_error(run: Any, film: Film) -> None:
    data = film.caption.model_dump_json()
    Path("here.json").write_text(data, encoding="utf-8")
    result = run("check", "here.json")
    assert result.exit_code == 3
    assert "must be in the current folder, but there is none" in result.stdout
    refused = run("new", "--from", "here.json", "-o", "copy")
    assert refused.exit_code == 3
    assert "must be in the current folder, but there is none" in refused.stderr
