"""Events without a time before the one that begins the clip, and lines that must be over by a time."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.request import WriteRequest
from scripting.planning import plan_shots
from scripting.scheduling import schedule


@pytest.mark.parametrize(
    "prompt",
    [
        "一只猫醒来。前三秒它一动不动。然后它跳下床。6秒。",
        "A cat wakes. For the first three seconds it does not move. Then it jumps off the bed. 6 seconds.",
    ],
)
def test_what_the_same_one_does_before_is_told_first_in_the_opening_shot(prompt: str) -> None:
    facts = read_facts(prompt)
    plan = plan_shots(facts, WriteRequest(prompt=prompt))
    assert [shot.events for shot in plan.shots] == [(0, 1), (2,)]
    assert plan.shots[0].end_ms == 3000


def test_several_told_behind_the_last_shot_keep_their_order() -> None:
    prompt = "The last shot lasts 2.5 seconds: the moon. A wolf howls. A deer flees."
    plan = plan_shots(read_facts(prompt), WriteRequest(prompt=prompt))
    assert [shot.action for shot in plan.shots] == ["A wolf howls", "A deer flees", "The moon"]


def test_a_line_before_a_time_is_over_by_then() -> None:
    prompt = 'A door opens. A cat sleeps. Mara walks in. Mara says "Yes" before 4 s. She sits down. 8 seconds.'
    facts = read_facts(prompt)
    request = WriteRequest(prompt=prompt)
    placed, lines = schedule(plan_shots(facts, request), facts, request)
    assert placed.lines[lines[0]].end_ms <= 4000
