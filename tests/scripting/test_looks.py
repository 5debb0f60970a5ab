"""Looks of the cast: clothes that fit, things without parts of another kind, and a second question for what does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mavin.ledger import ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.clothes import check_clothes
from scripting.llm import Answer, LlmSession, Question

GYM = "Two adult athletes train together in a modern gym, warming up and then coaching each other."


@pytest.mark.parametrize(
    ("who", "prompt", "look", "unfit"),
    [
        ("An adult athlete", GYM, "a tall man in a black t-shirt and blue jeans", True),
        ("An adult athlete", GYM, "a tall man in a black tracksuit and white trainers", False),
        ("A runner", "A runner in jeans crosses a bridge.", "a lean man in blue jeans", False),
        ("A chef", "A chef stirs a pot.", "a stout man in a dark suit", True),
        ("A chef", "A chef stirs a pot.", "a stout man in a white jacket and a tall hat, hair tied back", False),
        ("A judge", "A judge tastes the soup.", "an old woman with a black veil", True),
        ("A bride", "A bride runs through the rain.", "a young woman with a white veil", False),
        ("A diver", "A diver sinks into the dark.", "a slim woman in a black wet suit", False),
        ("A diver", "A diver sinks into the dark.", "a slim woman in a grey suit", True),
        ("A knight", "A knight kneels.", "a broad man in a dented suit of armour", False),
        ("A knight", "A knight kneels.", "a broad man in a grey suit", True),
        ("A girl", "A girl builds a snowman in the snow.", "a small girl in shorts and sandals", True),
        ("A girl", "A girl builds a snowman in the snow.", "a small girl in a red coat and mittens", False),
        ("A lawyer", "A lawyer reads a letter.", "a thin man in a grey suit and a blue tie", False),
        ("A gardener", "A gardener prunes a rose.", "a stooped woman in a green apron and muddy boots", False),
    ],
)
def test_clothes_fit_the_work_and_the_place(who: str, prompt: str, look: str, unfit: bool) -> None:
    assert bool(check_clothes(look, path="roles.C1.appearance", prompt=prompt, who=who)) is unfit


class Tailor:
    """A model that gives looks in turn, one set for each time it is asked, and little else."""

    uri = model = "test"
    parallel = 1
    call_timeout = failure_budget = 10.0

    def __init__(self, *looks: str | dict[str, str], small: bool = False) -> None:
        self.looks, self.small = looks, small
        self.asked: list[Question] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        fields = question.schema["properties"]
        if question.key == "validate":
            return Answer({"possible": True})
        if question.key == "facts":
            return Answer({"facts": []})
        if question.key != "cast":
            return Answer(dict.fromkeys(fields, "wet tiles"))
        given = self.looks[len(self.asked)]
        self.asked.append(question)
        looks = given if isinstance(given, dict) else dict.fromkeys(fields, given)
        return Answer(
            {
                role: {name: looks[role] if name == "appearance" else "low and calm" for name in asked["properties"]}
                for role, asked in fields.items()
            }
        )

    def close(self) -> None:
        pass


def write(prompt: str, model: Tailor, **options: Any) -> ScriptReport:
    return write_script(WriteRequest(prompt=prompt, **options), LlmSession(model))


def looks_of(report: ScriptReport) -> dict[str, str]:
    assert report.caption is not None
    return {role.id: role.appearance for role in report.caption.roles}


def test_a_look_that_does_not_fit_is_asked_for_again_and_the_others_are_not() -> None:
    first = {"C1": "a tall man in a black t-shirt and blue jeans", "C2": "a small woman in a white tracksuit"}
    model = Tailor(first, {"C1": "a tall man in grey shorts and trainers"})
    report = write(GYM, model)
    assert [list(question.schema["properties"]) for question in model.asked] == [["C1", "C2"], ["C1"]]
    assert list(model.asked[1].schema["properties"]["C1"]["properties"]) == ["appearance"]
    assert "wears no jeans" in model.asked[1].messages[-1].content
    looks = looks_of(report)
    assert "grey shorts" in looks["C1"]
    assert "white tracksuit" in looks["C2"]
    (dropped,) = [entry for entry in report.ledger if entry.kind == "repair" and entry.by == "identity_aligner"]
    assert (dropped.text, dropped.why.split(":")[0]) == (first["C1"], "unfit_clothes")
    assert json.loads(report.model_dump_json())["agents"]["identity_aligner"]["repairs"] == 1


def test_what_fails_twice_is_left_out_and_the_users_words_stand() -> None:
    model = Tailor("a tall man in a gown", "a tall man in a tuxedo")
    report = write("An athlete runs on a track.", model)
    assert looks_of(report) == {"C1": "An athlete"}
    assert len(model.asked) == 2
    assert len([entry for entry in report.ledger if entry.by == "identity_aligner" and entry.kind == "repair"]) == 2


def test_of_a_look_that_rambles_the_first_phrases_stay() -> None:
    """As the default model answered, asked again for an athlete in jeans."""
    long = (
        "A tall, muscular man wearing a blue t-shirt and black shorts, a red cap and black gloves, and a black belt "
        "around his waist, and a black tie around a"
    )
    report = write("An athlete runs on a track.", Tailor(long))
    assert looks_of(report) == {"C1": "An athlete: a tall, muscular man wearing a blue t-shirt and black shorts"}
    suited = write("An athlete runs on a track.", Tailor(*[long.replace("t-shirt", "suit")] * 2))
    assert looks_of(suited) == {"C1": "An athlete"}


def test_a_small_model_gives_a_thing_no_parts_of_another_kind() -> None:
    prompt = "A domino is tipped over, knocks down a line of dominos, and then the last domino hits a bell."
    odd, plain = "A small black domino with a white rim and a red handle", "A small black domino with white spots"
    report = write(prompt, Tailor(odd, plain, small=True))
    assert looks_of(report) == {"C1": plain}
    animal = write("A cat naps on a roof.", Tailor("A grey cat with a white belly and a torn ear", small=True))
    assert "torn ear" in looks_of(animal)["C1"]
