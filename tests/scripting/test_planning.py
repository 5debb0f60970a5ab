"""Plans: as many shots as asked for, story order, roles and voices where they belong."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from mavin.caption import HierarchicalCaption
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession


def caption(prompt: str, **options: Any) -> HierarchicalCaption:
    report = write_script(WriteRequest(prompt=prompt, **options), LlmSession(None))
    assert report.caption is not None, report.conflicts
    return report.caption


STORY = "A bear bathes in a pond, shakes off water, and then rolls in grass."


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_as_many_shots_as_asked_for(count: int) -> None:
    shots = caption(STORY, shots=count).shots
    assert len(shots) == count
    told = " ".join(shot.action for shot in shots)
    assert told.index("bathes") < told.index("shakes") < told.index("rolls")
    assert len({shot.action for shot in shots}) == count


def test_three_events_three_shots_of_about_two_and_a_half_seconds() -> None:
    script = caption(STORY)
    assert [shot.interval.duration_ms for shot in script.shots] == [2500, 2500, 2500]
    assert [shot.roles for shot in script.shots] == [("C1",)] * 3


def test_many_events_share_six_shots_in_order() -> None:
    verbs = ["enters", "sits", "sleeps", "wakes", "eats", "leaves", "returns", "sings"]
    script = caption(" ".join(f"A man {verb}." for verb in verbs))
    assert len(script.shots) == 6
    told = " ".join(shot.action for shot in script.shots)
    positions = [told.index(verb) for verb in verbs]
    assert positions == sorted(positions)


def test_neighbouring_shots_differ_in_framing() -> None:
    script = caption(STORY, shots=6)
    sizes = [shot.camera.size for shot in script.shots]
    assert all(one != two for one, two in pairwise(sizes))


def test_times_and_words_to_the_millisecond() -> None:
    script = caption('A: "Where were you?" B answers 2.1-2.8s: "Out." 4 seconds')
    assert script.duration_ms == 4000
    second = script.dialogue[1]
    assert (script.role(second.role).name, second.start_ms, second.end_ms, second.text) == ("B", 2100, 2800, "Out.")


def test_labels_of_the_user_keep_their_ids() -> None:
    script = caption('C2 asks: "Who?" C1 replies 1.9–2.5s: "You knew—"')
    assert {line.role: line.text for line in script.dialogue} == {"C2": "Who?", "C1": "You knew—"}


def test_shot_intervals_of_labels_are_exact() -> None:
    script = caption("Shot 1 (0-1.25s): a cat sleeps. Shot 2 (1.25-4.7s): it wakes and yawns.")
    assert [(shot.start_ms, shot.end_ms) for shot in script.shots] == [(0, 1250), (1250, 4700)]


def test_an_instant_becomes_a_cut() -> None:
    script = caption("At 0:02 a bell rings. At 0:04 the door opens.")
    assert script.cuts_ms == (2000, 4000)
    assert [shot.action for shot in script.shots[1:]] == ["A bell rings", "The door opens"]


def test_voices_out_of_the_picture() -> None:
    script = caption('Narrator: "Long ago..." A dragon sleeps.')
    assert not script.dialogue[0].on_screen
    assert script.shots[0].roles == ()


def test_no_dialogue_that_nobody_wrote() -> None:
    assert caption("Two friends talk in a bar and laugh about old times.").dialogue == ()


def test_camera_words_of_the_user_are_obeyed() -> None:
    script = caption("Close-up of a hand on a door. Then a wide shot of the street, low angle, panning left.")
    assert script.shots[0].camera.size == "close_up"
    assert (script.shots[1].camera.size, script.shots[1].camera.angle) == ("wide", "low")
    assert script.shots[1].camera.movement == "pan_left"


def test_every_shot_has_a_setting_a_camera_and_a_sound() -> None:
    for prompt in (STORY, "dog", "Un chat dort sur le canapé.", "一个老人坐在公园里。", "🐱 sleeps 🐱"):
        for shot in caption(prompt).shots:
            assert shot.setting
            assert shot.sounds
            assert shot.interval.covers(shot.sounds[0].interval)
