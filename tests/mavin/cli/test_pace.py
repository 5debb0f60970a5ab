"""How long lines last: the natural rate, another pace, and the speech engine's own measure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mavin import api
from mavin.errors import UsageError
from mavin.speech import ONSET_MS, natural_ms

WORDS = "I have never in my life seen such a wonderful evening by the sea."
PROMPT = f'Ana says "{WORDS}"'


def length(folder: Path, name: str, **options: float | bool | str) -> int:
    film = api.write(PROMPT, folder / name, llm="rules", **options)  # type: ignore[arg-type]
    (line,) = film.caption.dialogue
    return line.end_ms - line.start_ms


def test_pace_stretches_lines(tmp_path: Path) -> None:
    natural = length(tmp_path, "natural")
    assert natural == natural_ms(WORDS, "en")
    assert length(tmp_path, "slow", pace=0.5) == 2 * natural
    assert length(tmp_path, "fast", pace="1.5") < natural


def test_measured_speech_is_the_engines(tmp_path: Path) -> None:
    espeak = pytest.importorskip("generator.stage.espeak")
    measured = espeak.natural_ms(WORDS, "en") + ONSET_MS
    assert 0 <= length(tmp_path, "measured", measure_speech=True) - measured < 100


@pytest.mark.parametrize("pace", ["0", "3", "fast", "nan", "-1"])
def test_a_pace_out_of_range(pace: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--pace must be a number"):
        api.write(PROMPT, tmp_path / "x", llm="rules", pace=pace)


def test_batch_lines_take_it(tmp_path: Path) -> None:
    file = tmp_path / "prompts.jsonl"
    file.write_text(json.dumps({"prompt": PROMPT, "id": "a", "pace": 0.5}) + "\n")
    api.write_batch(file, tmp_path / "out", llm="rules")
    (line,) = api.load(tmp_path / "out" / "a.mavin").captions[0].dialogue
    assert line.end_ms - line.start_ms == 2 * natural_ms(WORDS, "en")


def test_check_knows_the_pace_that_was_asked_for(tmp_path: Path) -> None:
    film = api.write(PROMPT, tmp_path / "fast", llm="rules", pace=2)
    assert api.check(film) == ()
