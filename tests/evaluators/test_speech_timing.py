"""Time Alignment Metric for Speech: worked sums, a count by the millisecond, real films."""

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

from evaluators.film import Sample
from evaluators.speech_timing import (
    SAMPLE_RATE,
    SpeechDetection,
    SpeechTimingMetric,
    detect_speech,
    time_alignment,
)
from evaluators.suite import measure_film, pool_scores
from mavin.interval import Interval

_INTERVALS = st.lists(
    st.tuples(st.integers(0, 800), st.integers(1, 300)).map(lambda pair: Interval(pair[0], sum(pair))), max_size=5
)


def voice(seconds: float) -> np.ndarray:
    """Vowel-like speech, synthesised: a buzz at 130 Hz through two resonances, in syllables."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = sum(
        math.exp(-(((130 * n - 600) / 350) ** 2)) * np.sin(2 * np.pi * 130 * n * time)
        + 0.5 * math.exp(-(((130 * n - 1500) / 400) ** 2)) * np.sin(2 * np.pi * 130 * n * time)
        for n in range(1, 28)
    )
    return (0.2 * tone * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time))).astype(np.float32)


def test_a_worked_example() -> None:
    # G = 1.0–2.0, P = 1.5–2.5: shared 0.5 s, together 1.5 s
    assert time_alignment([Interval(1000, 2000)], [Interval(1500, 2500)]) == pytest.approx(1 / 3)
    # Overlapping voices are one stretch of speech: 1.0–2.5 against 1.0–2.5
    assert time_alignment([Interval(1000, 2000), Interval(1800, 2500)], [Interval(1000, 2500)]) == 1.0
    assert time_alignment([Interval(1000, 2000)], []) == 0.0
    assert math.isnan(time_alignment([], []))


@given(_INTERVALS, _INTERVALS)
def test_the_metric_is_a_count_of_milliseconds(wanted: Any, heard: Any) -> None:
    truth, film = (np.zeros(1200, bool) for _ in range(2))
    for mask, intervals in ((truth, wanted), (film, heard)):
        for part in intervals:
            mask[part.start_ms : part.end_ms] = True
    value = time_alignment(wanted, heard)
    if not (truth | film).any():
        assert math.isnan(value)
    else:
        assert value == pytest.approx((truth & film).sum() / (truth | film).sum())
        assert value == time_alignment(heard, wanted)


def test_the_detector_counts_frame_by_frame() -> None:
    import webrtcvad

    sound = np.concatenate([np.zeros(8000), voice(1.0), np.zeros(2400), voice(0.5), np.zeros(16_000)]).astype(
        np.float32
    )
    pcm = np.round(sound * 32767).astype("<i2").tobytes()
    detector = webrtcvad.Vad(3)
    raw = [detector.is_speech(pcm[at : at + 320], SAMPLE_RATE) for at in range(0, len(pcm) - 319, 320)]
    filled = list(raw)
    marks = [at for at, value in enumerate(raw) if value]
    for one, two in itertools.pairwise(marks):
        if two - one - 1 <= 30:  # gaps up to 300 ms
            filled[one:two] = [True] * (two - one)
    runs = detect_speech(sound)
    heard = [any(run.contains(at * 10) for run in runs) for at in range(len(raw))]
    assert heard == filled
    # 0.5 to 2.15 s: the pause of 0.15 s belongs to the speech; a detector lets go late.
    assert len(runs) == 1
    assert abs(runs[0].start_ms - 500) <= 60
    assert abs(runs[0].end_ms - 2150) <= 200


def test_short_noises_are_dropped_and_settings_are_checked() -> None:
    sound = np.zeros(SAMPLE_RATE, np.float32)
    assert detect_speech(sound) == ()
    assert detect_speech(sound[:0]) == ()
    sound[4000:4800] = voice(0.05)
    kept, dropped = (detect_speech(sound, SpeechDetection(drop_ms=ms)) for ms in (0, 400))
    assert dropped == ()
    assert all(run.duration_ms < 400 for run in kept)
    with pytest.raises(ValueError, match="mode of 0 to 3"):
        SpeechDetection(mode=4)
    with pytest.raises(ValueError, match=r"shape \(N,\)"):
        detect_speech(np.zeros((2, 100), np.float32))


def test_films_are_listened_to(planned: Any, cut_film: Any, tmp_path: Any) -> None:
    caption = planned((2000,), ((1000, 2500),))
    spoken = np.zeros(4 * SAMPLE_RATE, np.float32)
    spoken[SAMPLE_RATE : round(2.5 * SAMPLE_RATE)] = voice(1.5)
    loud = np.repeat(spoken, 3)  # 48 kHz
    for name, sound in (("on", loud), ("late", np.roll(loud, 24_000)), ("silent", loud * 0), ("quiet", loud * 0.002)):
        cut_film(tmp_path / f"{name}.mp4", (48, 48), sound)
    cut_film(tmp_path / "mute.mp4", (48, 48), None)
    metric = SpeechTimingMetric()
    results = {
        name: measure_film(Sample(name, (caption,), tmp_path / f"{name}.mp4", voices=lambda _: spoken), [metric])
        for name in ("on", "late", "silent", "quiet", "mute")
    }
    tams = {name: result.measurements[0].value for name, result in results.items()}
    assert tams["on"] > 0.9
    # Half a second late: 1.0 of 2.0 s are shared.
    assert tams["late"] == pytest.approx(0.5, abs=0.06)
    assert tams["silent"] == 0.0
    assert results["mute"].measurements[0].reason == "no sound track"
    assert {name: [note.code for note in result.media] for name, result in results.items()} == {
        "on": [],
        "late": [],
        "silent": ["silent"],
        "quiet": ["quiet"],
        "mute": [],
    }
    rows = [row for result in results.values() for row in result.measurements]
    scores = {score.metric: score for score in pool_scores([metric], rows)}
    assert (scores["tams"].n, scores["tams"].unscored) == (4, 1)
    assert scores["tams_ceiling"].value > 0.9
    assert scores["tams_floor"].value == pytest.approx(1.5 / 4)
    assert scores["tams"].provenance.settings == {"mode": 3, "merge_ms": 300, "drop_ms": 100}


def test_a_silent_film_of_a_silent_script_is_unscored(planned: Any, cut_film: Any, tmp_path: Any) -> None:
    cut_film(tmp_path / "film.mp4", (96,), np.zeros(100, np.float32))
    metric = SpeechTimingMetric()
    rows = measure_film(Sample("film", (planned(()),), tmp_path / "film.mp4"), [metric]).measurements
    tams, _, floor, _ = pool_scores([metric], rows)
    assert (tams.n, tams.unscored, floor.n) == (0, 1, 0)
    assert tams.reasons == {"nobody should speak, and nobody does": 1}
    assert all(math.isnan(score.value) for score in pool_scores([metric], []))


def test_asking_the_second_detector_leaves_pytorch_its_threads() -> None:
    program = (
        "import torch; torch.set_num_threads(3); from evaluators.silero import Silero; Silero().provenance; "
        "import sys; assert 'silero_vad' in sys.modules; print(torch.get_num_threads())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=100)
    assert done.stdout.strip() == "3"
