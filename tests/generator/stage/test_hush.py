"""Sound events beside and under a line: a speech detector hears the line and nothing after it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.stage import sounds
from generator.stage.signal import RATE, rms
from generator.stage.soundtrack import build_soundtrack


def _track(caption_of: Any, line: tuple[int, int], text: str, events: list[tuple[int, int, str]]) -> Any:
    dialogue = [{"role": "C1", "start_ms": line[0], "end_ms": line[1], "text": text}]
    shot = {"ms": 3000, "setting": "a street in the wind", "action": "Mara waits.", "roles": ("C1",), "sounds": events}
    return build_soundtrack(caption_of([shot], [{"name": "Mara"}], dialogue))


@pytest.mark.parametrize("kind", sorted(sounds.EVENTS))
def test_no_event_lengthens_a_line(kind: Any, caption_of: Any, speech: Any) -> None:
    word = sorted(sounds.EVENTS[kind][0])[0]
    for (start, end), text in (((1000, 1200), "Yes."), ((700, 1500), "Did you hear that?")):
        for event in ((end, 2600, word), (end, end + 350, word), (300, 2800, word), (start, end + 130, word)):
            for run in speech(_track(caption_of, (start, end), text, [event]).samples, RATE):
                assert start - 50 <= run.start_ms and run.end_ms <= end + 50, (event, run)


def test_an_event_is_heard_again_after_the_line(caption_of: Any) -> None:
    loud, quiet = (
        _track(caption_of, (1000, 1400), "Listen.", events).samples for events in ([(1400, 2900, "a bell tolls")], [])
    )
    after = slice(int(1.85 * RATE), int(2.4 * RATE))
    assert rms(loud[after]) > 2 * rms(quiet[after])
