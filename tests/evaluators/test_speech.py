"""Word error rate: worked sums, NIST's sclite, Whisper's spelling, and a real film that Whisper listens to."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evaluators.film import Sample
from evaluators.metric import metrics_of
from evaluators.provenance import Provenance
from evaluators.speech import WordErrors, WordMetric, normalise, word_errors
from evaluators.suite import measure_film, pool_scores
from mavin.errors import UsageError

SCLITE = json.loads((Path(__file__).parent / "golden" / "sclite.json").read_text(encoding="utf-8"))


def test_a_worked_example() -> None:
    # we|we must|- reach|teach the|the harbour|harbour -|now: one of each, 3 errors in 5 words
    found = word_errors("we must reach the harbour", "we teach the harbour now")
    assert (found.words, found.errors, found.rate) == (5, 3, 0.6)
    assert word_errors("one two", "one two") == WordErrors(2, 0, 0, 0)
    assert word_errors("one two", "") == WordErrors(2, 0, 2, 0)
    # More is said than written: above 1.
    assert word_errors("one", "two three four").rate == 3.0
    assert math.isnan(word_errors("", "two words").rate)


def test_totals_agree_with_sclite_on_fifty_pairs() -> None:
    assert len(SCLITE["pairs"]) == 50
    assert sum(pair["errors"] for pair in SCLITE["pairs"]) == SCLITE["errors"] > 100
    for pair in SCLITE["pairs"]:
        found = word_errors(pair["script"], pair["heard"])
        assert (found.words, found.errors) == (pair["words"], pair["errors"]), pair


def test_spelling_is_evened_out_as_whisper_does_it() -> None:
    assert normalise("Mr. Brown, it's half past two — I'd colour it!") == normalise(
        "mister brown it is half past two i would color it"
    )
    assert normalise("Twenty-one dollars.") == "$21"
    # Other languages: case and punctuation; without spaces every character stands for itself.
    assert normalise("Guten Morgen, Herr Müller!", "de-AT") == "guten morgen herr müller"
    assert normalise("你好，世界。", "zh") == "你 好 世 界"


class Listener:
    """Writes down what it was told beforehand; stands where Whisper would."""

    def __init__(self, *said: str) -> None:
        self.said, self.languages = list(said), []  # type: ignore[var-annotated]

    @property
    def provenance(self) -> Provenance:
        return Provenance("a listener")

    def transcribe(self, samples: Any, language: str) -> str:
        self.languages.append(language)
        return self.said.pop(0)


def test_a_set_is_scored_by_its_words_and_not_by_its_films(planned: Any, cut_film: Any, tmp_path: Any) -> None:
    cut_film(tmp_path / "film.mp4", (96,), np.zeros(96 * 2000, np.float32))
    cut_film(tmp_path / "mute.mp4", (96,), None)
    listener = Listener("Well. Well.", "Nothing of the sort.")
    metric = WordMetric("large-v3", listener)
    assert [(column.name, column.title, column.better) for column in metric.columns] == [("wer", "WER", "lower")]
    one, two = planned((), ((0, 500), (1000, 1500), (2000, 2500), (3000, 3500))), planned((), ((0, 500),))
    samples = [
        Sample("four words", (one,), tmp_path / "film.mp4"),  # well ×4 against well ×2: 2 errors in 4 words
        Sample("one word", (two,), tmp_path / "film.mp4"),  # well against nothing of the sort: 4 errors in 1 word
        Sample("mute", (two,), tmp_path / "mute.mp4"),
        Sample("no line", (planned(()),), tmp_path / "film.mp4"),
    ]
    rows = [row for sample in samples for row in measure_film(sample, [metric]).measurements]
    assert [row.value for row in rows[:2]] == [0.5, 4.0]
    assert [row.reason for row in rows] == ["", "", "no sound track", "the script has no line"]
    (score,) = pool_scores([metric], rows)
    assert (score.value, score.n, score.unscored) == (6 / 5, 2, 2)  # not (0.5 + 4) / 2
    assert score.provenance.model == "a listener"
    assert listener.languages == ["en", "en"]


def test_another_model_never_takes_the_papers_column() -> None:
    (metric,) = metrics_of(["wer"])
    assert metric.columns[0].name == "wer_base"
    assert metrics_of(["wer:large-v3"])[0].columns[0].name == "wer"
    assert metrics_of(["wer:tiny.en"])[0].columns[0].name == "wer_tiny_en"


def test_what_is_missing_is_named(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path))
    with pytest.raises(UsageError, match="mavin model pull faster-whisper-base"):
        WordMetric().load()
    with pytest.raises(UsageError, match="must be base, large-v3 or a folder"):
        WordMetric("huge").load()


def test_whisper_understands_a_film_of_the_stage(tmp_path: Path) -> None:
    from mavin.store import path_of

    if path_of("faster-whisper-base") is None:
        pytest.skip("faster-whisper-base is not in the store (mavin model pull faster-whisper-base)")
    import mavin

    prompt = 'Mara stands on a quiet road and says "We must reach the harbour before the last ferry leaves." 1 shot.'
    script = mavin.write(prompt, tmp_path / "road.mavin", llm="rules")
    mavin.preview(script, tmp_path / "road.mp4", music=False)
    found = mavin.evaluate(tmp_path / "road.mp4", metrics=["wer"])
    (row,) = found.result.measurements
    assert row.column == "wer_base"
    assert row.n == 10
    assert row.value <= 0.2, row.data
    assert len(row.provenance.weights) == 64
