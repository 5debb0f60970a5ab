"""Shot Transition Accuracy: worked sums, brute force, real films through TransNetV2."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluators.cuts import CutDetector, CutMetric, FilmCuts, match_cuts, shot_transition_accuracy
from evaluators.film import Sample
from evaluators.plan import ScriptPlan
from evaluators.result import Measurement, Score
from evaluators.suite import measure_film, pool_scores
from mavin.media import read_frames, write_video


def by_name(scores: tuple[Score, ...]) -> dict[str, Score]:
    return {score.metric: score for score in scores}


_CUTS = st.lists(st.integers(1, 359), max_size=5, unique=True)


def test_a_worked_example() -> None:
    # pairs (50, 51) and (100, 97): 1 + 3; 200 has no partner: 60; exp(-(4 + 60) / 240) = exp(-4/15)
    assert shot_transition_accuracy([50, 100, 200], [51, 97], 240) == pytest.approx(math.exp(-64 / 240))
    # An extra cut costs the same as a missing one.
    assert shot_transition_accuracy([51, 97], [50, 100, 200], 240) == pytest.approx(math.exp(-64 / 240))
    assert shot_transition_accuracy([50, 100, 200], [51, 97], 240, penalty=24) == pytest.approx(math.exp(-28 / 240))


def test_no_cuts_anywhere_is_perfect_and_no_film_is_nothing() -> None:
    assert shot_transition_accuracy([], [], 72) == 1.0
    assert math.isnan(shot_transition_accuracy([], [], 0))
    for score in pool_scores([CutMetric()], []):
        assert math.isnan(score.value)
        assert score.n == score.unscored == 0
    with pytest.raises(ValueError, match="must not be negative, got -1"):
        shot_transition_accuracy([], [], -1)


@given(_CUTS, _CUTS)
def test_the_matching_is_the_best_of_all(wanted: Any, found: Any) -> None:
    few, many = sorted((wanted, found), key=len)
    best = min(
        sum(abs(a - b) for a, b in zip(few, order, strict=True)) for order in itertools.permutations(many, len(few))
    )
    match = match_cuts(wanted, found)
    assert (match.error, len(match.pairs)) == (best, len(few))
    assert match.unmatched == len(many) - len(few)
    assert sorted([w for w, _ in match.pairs] + list(match.missing)) == sorted(wanted)
    assert sorted([f for _, f in match.pairs] + list(match.extra)) == sorted(found)
    assert shot_transition_accuracy(wanted, found, 360) == pytest.approx(shot_transition_accuracy(found, wanted, 360))
    if len(wanted) == len(found):
        # On a line the sorted pairing is a best one.
        assert match.error == sum(abs(a - b) for a, b in zip(sorted(wanted), sorted(found), strict=True))


def test_a_set_of_films() -> None:
    films = [
        FilmCuts("a", (48,), (48,), 96),  # 1
        FilmCuts("b", (48,), (50,), 96),  # exp(-2/96)
        FilmCuts("c", (48,), (), 96),  # exp(-60/96); 24: exp(-24/96); quarter: exp(-24/96)
    ]
    metric = CutMetric()
    rows = [row for film in films for row in metric.measured(film)]
    rows += [Measurement.unscored("d", column.name, "no picture") for column in metric.columns]
    scores = by_name(pool_scores([metric], rows))
    assert (scores["sta"].n, scores["sta"].unscored, scores["sta"].reasons) == (3, 1, {"no picture": 1})
    assert scores["sta"].value == pytest.approx((1 + math.exp(-2 / 96) + math.exp(-60 / 96)) / 3)
    for name in ("sta_24", "sta_quarter"):
        assert scores[name].value == pytest.approx((1 + math.exp(-2 / 96) + math.exp(-0.25)) / 3)
    assert scores["cut_count_accuracy"].value == pytest.approx(2 / 3)
    # |48 - 48| and |50 - 48| over two pairs, in two films
    assert (scores["cut_frame_error"].value, scores["cut_frame_error"].n) == (1.0, 2)
    assert scores["cut_frame_error"].reasons == {"no cut of the script has one in the film": 1, "no picture": 1}
    assert "δ = 60" in str(scores["sta"].provenance)


def test_cuts_are_first_frames_of_shots(planned: Any) -> None:
    assert ScriptPlan.of(planned((1000, 2021))).cuts == (24, 49)  # 2021 ms × 24 / 1000 = 48.504 → 49


def test_the_detector_finds_cuts_on_their_frames(planned: Any, cut_film: Any, tmp_path: Any) -> None:
    path = tmp_path / "film.mp4"
    cut_film(path, (30, 40, 26))
    before = np.random.get_state()[1][0]  # type: ignore[index]
    detector = CutDetector()
    assert detector.provenance.model == "TransNetV2"
    assert len(detector.provenance.weights) == 64
    metric = CutMetric()
    rows = measure_film(Sample("film", (planned((1250, 2917)),), path), [metric]).measurements
    assert rows[0].data == {"wanted": [30, 70], "found": [30, 70], "frames": 96}
    assert rows[0].value == 1.0
    assert np.random.get_state()[1][0] == before  # type: ignore[index]
    # Two frames late everywhere: exp(-(2 + 2) / 96), and nothing else changes.
    cut_film(path, (32, 40, 24))
    rows = measure_film(Sample("film", (planned((1250, 2917)),), path), [metric]).measurements
    late = by_name(pool_scores([metric], rows))
    assert late["sta"].value == pytest.approx(math.exp(-4 / 96))
    assert late["cut_frame_error"].value == 2.0
    assert late["cut_count_accuracy"].value == 1.0


def test_marked_frames_become_first_frames() -> None:
    detector = CutDetector()
    marks = np.zeros(20, np.float32)
    marks[[0, 1, 7, 8, 12, 19]] = 0.9
    detector.probabilities = lambda _: marks  # type: ignore[method-assign,assignment]
    # 0–1 and 19 touch the ends; 7–8 is one transition whose new shot begins on 9; behind 12 comes 13
    assert detector.cuts(np.zeros((20, 27, 48, 3), np.uint8)) == (9, 13)
    marks[:] = 0.9
    assert detector.cuts(np.zeros((20, 27, 48, 3), np.uint8)) == ()


@pytest.mark.parametrize("frames", [0, 1])
def test_hardly_any_film_has_no_cut(frames: int) -> None:
    assert CutDetector().cuts(np.zeros((frames, 27, 48, 3), np.uint8)) == ()
    with pytest.raises(ValueError, match=r"\(F, 27, 48, 3\)"):
        CutDetector().cuts(np.zeros((frames, 48, 27, 3), np.uint8))


def test_sound_without_picture_is_unscored_and_garbage_is_named(planned: Any, tmp_path: Any) -> None:
    import av

    path = tmp_path / "sound.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16_000), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 16_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    (tmp_path / "bad.mp4").write_bytes(b"no film" * 99)
    reasons = {
        "sound.mp4": "no picture, sound alone",
        "bad.mp4": "cannot be read as a film (Invalid data found when processing input)",
        "none.mp4": "the film's file is missing",
    }
    for name, reason in reasons.items():
        rows = measure_film(Sample(name, (planned((1000,)),), tmp_path / name), [CutMetric()]).measurements
        assert [row.column for row in rows] == [column.name for column in CutMetric.columns]
        assert {row.reason for row in rows} == {reason}
        assert all(math.isnan(row.value) and row.n == 0 for row in rows)


def test_other_frame_rates_are_put_on_the_clock(tmp_path: Any) -> None:
    path = tmp_path / "slow.mp4"
    frames = [np.full((64, 64, 3), value, np.uint8) for value in (0, 100, 200)]
    write_video(path, frames, None, size=(64, 64), fps=12)
    greys = read_frames(path, (8, 8))[:, 4, 4, 0]
    # 3 frames of 1/12 s are 6 frames of 1/24 s.
    assert [round(int(grey) / 100) for grey in greys] == [0, 0, 1, 1, 2, 2]
    assert len(read_frames(path, (8, 8), fps=6)) == 2  # at 0 and 1/6 s


def test_a_film_that_breaks_off_counts_up_to_there(cut_film: Any, tmp_path: Any) -> None:
    path = tmp_path / "film.webm"
    cut_film(path, (40, 40))
    path.write_bytes(path.read_bytes()[:-200])
    frames = read_frames(path, CutDetector.SIZE)
    assert 40 <= len(frames) <= 80


def test_importing_loads_neither_torch_nor_scipy() -> None:
    script = "import sys, evaluators.cuts, evaluators.speech_timing; print([m for m in ('torch', 'scipy', 'av', 'webrtcvad') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
