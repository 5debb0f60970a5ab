"""Overviews: several places become several shots, each beat shows what hands do, the climax comes last."""

from __future__ import annotations

import pytest

from mavin.caption import HierarchicalCaption, Size
from mavin.ledger import Fate
from mavin.request import WriteRequest
from scripting import write_script
from scripting.business import business_of
from scripting.journeys import is_journey, place_on_the_way
from scripting.llm import LlmSession, connect

BOTANIST = (
    "A single adult botanist tests a soil sensor across strikingly different natural landscapes, collecting data and "
    "refining the setup until a final night test proves that the device works."
)
POET = (
    "An adult poet struggles with an unfinished manuscript, then deliberately seeks inspiration in radically different "
    "settings—noisy, natural, and futuristic—until a final breakthrough arrives."
)
POTTERS = (
    "In a small pottery studio, two adult potters prepare clay, shape a tall bowl together at the wheel, and culminate in "
    "a careful reveal of the finished piece as they move behind shelves, around pillars, and between tables and stools."
)


def script(prompt: str) -> HierarchicalCaption:
    caption = write_script(WriteRequest(prompt=prompt), LlmSession(connect("rules"))).caption
    assert caption is not None
    return caption


def test_each_place_of_a_journey_has_a_shot_and_a_setting_of_its_own() -> None:
    shots = script(BOTANIST).shots
    tests = [shot for shot in shots if "soil sensor" in shot.action]
    assert [shot.action.split(".")[0].rsplit(" in ", 1)[-1] for shot in tests[1:]] == [
        "another natural landscape",
        "a third natural landscape",
    ]
    assert len({shot.setting for shot in tests}) == 3
    assert all(shot.camera.size is not Size.CLOSE_UP for shot in tests)
    assert "night" in shots[-1].setting and "sun" not in shots[-1].setting


def test_adjectives_of_places_become_places() -> None:
    settings = [shot.setting for shot in script(POET).shots]
    assert [any(word in setting for setting in settings) for word in ("market", "forest", "glass hall")] == [True] * 3


def test_no_beat_is_a_place_alone_and_the_climax_comes_last() -> None:
    shots = script(POTTERS).shots
    assert shots[-1].action.startswith("It all culminates in a careful reveal")
    assert any(
        "move behind shelves, around pillars, and between tables and stools" in shot.action for shot in shots[:-1]
    )


@pytest.mark.parametrize("prompt", [BOTANIST, POET, POTTERS])
def test_what_code_adds_is_in_the_ledger_and_never_twice(prompt: str) -> None:
    report = write_script(WriteRequest(prompt=prompt), LlmSession(connect("rules")))
    assert report.caption is not None
    beats = [entry for entry in report.ledger if entry.kind == "beat" and entry.outcome is Fate.ADDED]
    assert beats and len({entry.text for entry in beats}) == len(beats)
    assert all(entry.by == "code" for entry in beats)
    actions = " ".join(shot.action for shot in report.caption.shots)
    assert all(entry.text in actions for entry in beats)


def test_business_is_of_the_storys_trade() -> None:
    story = "Two adult chefs overcome a mistake in a kitchen."
    line = business_of("They overcome a mistake", story, "the two chefs", several=True)
    assert line is not None and "pan" in line
    assert business_of("They overcome a mistake", story, "the two chefs", several=True, taken={line}) != line
    assert business_of("They wait", story, "the two chefs", several=True) is None


def test_one_place_is_no_journey() -> None:
    assert not is_journey("Two friends walk through a park with many different flowers")
    assert place_on_the_way("They walk through a park", "They walk through a park.", ()) is None
    assert is_journey("A chef explores radically different food cultures")
