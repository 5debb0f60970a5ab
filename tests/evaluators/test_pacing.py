"""Pacing (paper, Appendix A): a shorter interval makes the preview speak faster, inside the new interval exactly.

Edited as a person would, previewed as mp4, and listened to by a speech detector that knows nothing of the script.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import mavin
from evaluators.speech_timing import SAMPLE_RATE, detect_speech
from mavin import api
from mavin.film import Film
from mavin.instructions import InstructionError
from mavin.interval import Interval
from mavin.media import read_sound

WORDS = "We must reach the harbour before the last ferry leaves tonight."
TOLERANCE_MS = 80
"""What the detector hangs on behind a voice, and the codec smears."""


@pytest.fixture
def film(tmp_path: Path) -> Film:
    prompt = f'Mara stands on a quiet road and says 1.0-5.0s: "{WORDS}" 6 seconds, 1 shot.'
    film = mavin.write(prompt, tmp_path / "ferry.mavin", llm="rules")
    assert (film.caption.dialogue[0].start_ms, film.caption.dialogue[0].end_ms) == (1000, 5000)
    return film


def heard(film: Film, folder: Path) -> Interval:
    """From the first to the last speech in the preview."""
    path = folder / f"r{film.rev}.mp4"
    api.preview(film, path, subtitles=False)
    samples = read_sound(path, SAMPLE_RATE)
    assert samples is not None
    runs = detect_speech(samples)
    assert runs
    return Interval(runs[0].start_ms, runs[-1].end_ms)


def test_a_shorter_interval_is_spoken_faster_inside_it(film: Film, tmp_path: Path) -> None:
    slow = heard(film, tmp_path)
    api.propose(film, "L1 faster by 60%", llm="rules").save()
    line = film.caption.dialogue[0]
    assert (line.text, line.start_ms, line.end_ms) == (WORDS, 1000, 3500)  # 4 s / 1.6
    fast = heard(film, tmp_path)
    assert abs(fast.start_ms - 1000) <= TOLERANCE_MS
    assert 3500 - 2 * TOLERANCE_MS <= fast.end_ms <= 3500 + TOLERANCE_MS  # it fills the interval and goes no further
    # The same words in less time: the rate rises as the time heard falls.
    assert fast.duration_ms < slow.duration_ms - 500


def test_too_short_says_so_and_what_the_words_need(film: Film) -> None:
    proposal = api.propose(film, "L1 at 1.0-2.2 s", llm="rules")
    assert proposal.notes == ("L1 cannot be understood in 1.2 s: its words take 2.364 s.",)
    with pytest.raises(InstructionError, match="must end after it starts"):
        api.propose(film, "L1 at 2.0-1.0 s", llm="rules")
