"""The pace that a model proposes: it moves the cuts that nobody fixed, and nothing else."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mavin.ledger import Fate, LedgerEntry, ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import Answer, LlmSession, Question

FREE = "A cat wakes on a roof. It stretches slowly. It jumps onto a wall. 9 seconds."


class Model:
    """A model of some size that proposes a pace and else says little."""

    uri = model = "test"
    parallel = 1
    call_timeout = failure_budget = 10.0

    def __init__(self, pace: Any, *, small: bool = False) -> None:
        self.pace, self.small = pace, small
        self.asked: list[Question] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        self.asked.append(question)
        fields = question.schema["properties"]
        if question.key == "validate":
            return Answer({"possible": True})
        if question.key == "facts":
            return Answer({"facts": []})
        if question.key == "cast":
            return Answer({name: {"appearance": f"striped, number {name}", "voice": "low"} for name in fields})
        said: dict[str, Any] = dict.fromkeys(fields, "wet tiles")
        if "pace" in fields:
            said["pace"] = self.pace(fields["pace"]) if callable(self.pace) else self.pace
        return Answer(said)

    def close(self) -> None:
        pass


def write(prompt: str, model: Model | None, **options: Any) -> ScriptReport:
    return write_script(WriteRequest(prompt=prompt, **options), LlmSession(model))


def lengths(report: ScriptReport) -> list[int]:
    assert report.caption is not None
    return [shot.interval.duration_ms for shot in report.caption.shots]


def paces(report: ScriptReport) -> list[LedgerEntry]:
    return [entry for entry in report.ledger if entry.kind == "pace"]


def test_shots_last_as_long_as_the_model_proposes() -> None:
    model = Model({"S1": "short", "S2": "long", "S3": "middle"})
    report = write(FREE, model)
    assert lengths(report) == [1800, 4400, 2800]  # 9 s in parts of 1.6 to 3.9 to 2.5, cuts on tenths
    assert [(entry.text, entry.where, entry.by, entry.outcome) for entry in paces(report)] == [
        ("short", "shots.S1", "structure_parser", Fate.ADDED),
        ("long", "shots.S2", "structure_parser", Fate.ADDED),
        ("middle", "shots.S3", "structure_parser", Fate.ADDED),
    ]
    scenes = [question for question in model.asked if question.key == "scene"]
    assert all("pace" in question.schema["properties"] for question in scenes)
    assert "S2: The cat stretches slowly" in scenes[0].messages[-1].content


def test_it_costs_no_call_of_its_own() -> None:
    free, fixed = Model({}), Model({})
    write("A cat naps on a roof. It stretches. 9 seconds.", free)
    write("From 0 to 4 s a cat naps on a roof. From 4 to 9 s it stretches.", fixed)
    assert sorted(question.key for question in free.asked) == sorted(question.key for question in fixed.asked)


@pytest.mark.parametrize(
    "nonsense",
    [
        "long",
        None,
        {},
        {"S1": "long"},
        {"S1": "long", "S2": "endless", "S3": "long"},
        {"S1": 5, "S2": 1, "S3": 1},
        {"S1": "long", "S2": "short", "S3": "short", "S4": "short"},
        {"S1": ["long"], "S2": "short", "S3": "short"},
        dict.fromkeys(("S1", "S2", "S3"), "long"),
    ],
)
def test_an_answer_that_says_nothing_changes_nothing(nonsense: Any) -> None:
    report = write(FREE, Model(nonsense))
    assert lengths(report) == lengths(write(FREE, None)) == [3000] * 3
    assert paces(report) == []


def test_a_free_total_stays_what_code_found() -> None:
    prompt = "A cat wakes on a roof. It stretches slowly. It jumps onto a wall."
    plain = write(prompt, None)
    report = write(prompt, Model({"S1": "long", "S2": "short", "S3": "short"}))
    assert plain.caption is not None
    assert report.caption is not None
    assert report.caption.duration_ms == plain.caption.duration_ms
    assert lengths(report)[0] > 3000 > lengths(report)[1]


@pytest.mark.parametrize(
    "prompt",
    [
        "A cat wakes.",
        "A cat wakes. At 4 s it jumps. 8 seconds.",
        "From 0 to 2 s a cat naps. From 2 to 5 s it runs.",
        "Shot 1 (0-3s): a cat naps. Shot 2 (3-5s): a dog barks. Shot 3 (5-9s): the cat runs.",
        "A cat wakes on a roof. It stretches. It jumps. Thunder at 4 s. 9 seconds.",
        "A cat wakes. It jumps. It sits. Nobody speaks in the first four seconds. 9 seconds.",
    ],
)
def test_where_the_user_fixed_the_times_nothing_is_asked(prompt: str) -> None:
    model = Model(lambda schema: dict.fromkeys(schema["properties"], "long"))
    report = write(prompt, model)
    assert lengths(report) == lengths(write(prompt, None))
    assert not any("pace" in question.schema["properties"] for question in model.asked)


def test_every_clip_of_a_longer_film_is_asked_for_its_own_pace() -> None:
    prompt = (
        "A fox finds a lantern in the snow. It carries the lantern to a cave. It sets the lantern down. "
        "A bear wakes up. It sniffs the lantern. The bear follows the fox outside. 30 seconds."
    )
    told = ("short", "long", "middle", "short", "long", "middle")
    model = Model(lambda schema: dict(zip(schema["properties"], told, strict=False)))
    report, plain = write(prompt, model, clips=2), write(prompt, None, clips=2)
    asked = [question for question in model.asked if "pace" in question.schema["properties"]]
    assert list(dict.fromkeys(question.key for question in asked)) == ["scene", "pace"]
    assert "S1: A bear wakes up" in asked[-1].messages[-1].content
    assert "sets the lantern down." not in asked[-1].messages[-1].content.partition("filmed now")[2]
    for own, code in zip(report.captions, plain.captions, strict=True):
        assert own.duration_ms == code.duration_ms
        first, second, *_ = (shot.interval.duration_ms for shot in own.shots)
        assert first < 5000 < second
    assert {entry.clip for entry in report.ledger if entry.kind == "pace"} == {"K1", "K2"}
    one_look = {(caption.global_caption.style, caption.global_caption.ambience) for caption in report.captions}
    assert len(one_look) == 1


def test_only_the_shots_between_fixed_cuts_are_asked_about() -> None:
    prompt = "A cat wakes. It stretches. It yawns. At 6 s it jumps. 8 seconds."
    model = Model({"S1": "long", "S2": "short", "S3": "short"})
    report = write(prompt, model)
    assert report.caption is not None
    assert report.caption.shots[3].start_ms == 6000
    assert lengths(report) == [3300, 1300, 1400, 2000]  # 6 s in parts of 3.9 to 1.6 to 1.6: cuts at 3.296 and 4.648


def test_a_small_model_is_not_asked() -> None:
    model = Model({"S1": "short", "S2": "long", "S3": "long"}, small=True)
    assert lengths(write(FREE, model)) == [3000] * 3
    assert not any("pace" in question.schema["properties"] for question in model.asked)


TIMED = (
    'Mara climbs. Jon opens the door and says at 4 s: "Come in." Mara sits down. A cat sleeps. 11 seconds.',
    'Ana says "One two three four five six seven eight." Ben nods. Ben says 6-7.5s: "Yes." Ana leaves. 10 seconds.',
    "A whale dives for three seconds. A gull lands. A boat passes. A child waves. 12 seconds.",
    "A cat naps. Halfway through, a dog barks. The cat runs. A bird sings.",
    'A girl runs. She stops. "Help!" she shouts before 3 s. A dog comes. 9 seconds.',
    "一个女孩走进厨房，然后她说：“你好。”然后她坐下。总长9秒。",
    "Ein Hund schläft. Bei 5 s bellt er. Eine Katze rennt weg. Der Hund frisst. 10 Sekunden.",
)


@pytest.mark.parametrize("prompt", TIMED)
def test_any_pace_keeps_every_fact_of_the_user(prompt: str) -> None:
    draw = random.Random(prompt)
    plain = write(prompt, None)
    assert plain.caption is not None
    told = [(entry.kind, entry.text, entry.outcome) for entry in plain.ledger if entry.start is not None]
    for _ in range(3):
        model = Model(lambda schema: {name: draw.choice(("short", "middle", "long")) for name in schema["properties"]})
        report = write(prompt, model)
        assert report.caption is not None
        assert [(entry.kind, entry.text, entry.outcome) for entry in report.ledger if entry.start is not None] == told
        assert report.caption.duration_ms == plain.caption.duration_ms
