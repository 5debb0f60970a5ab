"""The structure parser's questions: facts only with a quotation of the prompt, beats only on their clause's words."""

from __future__ import annotations

from typing import Any

import pytest

from mavin.ledger import Fate, ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import Answer, LlmSession, Question

PROMPT = (
    "Two adult rowers train together while the church bells ring, warming up, coaching each other through starts, and "
    "culminating in a timed race that ends with a respectful handshake between them."
)


class Model:
    """Answers the two questions as a test says, and all others with words that pass."""

    uri = model = "test"
    parallel = 1
    small = False
    call_timeout = failure_budget = 10.0

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[Question] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        self.asked.append(question)
        if question.key in self.answers:
            given = self.answers[question.key]
            return Answer(given(question) if callable(given) else given)
        if question.key == "validate":
            return Answer({"possible": True})
        if question.key == "facts":
            return Answer({"facts": []})
        if question.key == "cast":
            fields = question.schema["properties"]
            return Answer(
                {name: {"appearance": f"in a striped shirt, number {name}", "voice": "low"} for name in fields}
            )
        return Answer(dict.fromkeys(question.schema["properties"], "wet planks"))

    def close(self) -> None:
        pass


def write(model: Model, prompt: str = PROMPT) -> ScriptReport:
    report = write_script(WriteRequest(prompt=prompt), LlmSession(model))
    assert report.caption is not None
    return report


def facts(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"facts": [{"kind": kind, "quote": quote} for kind, quote in pairs]}


def test_a_quoted_fact_is_kept_with_its_span() -> None:
    report = write(Model(facts=facts(("sound", "the church bells ring"))))
    (entry,) = [item for item in report.ledger if item.kind == "fact"]
    assert (entry.outcome, entry.by, entry.where) == (Fate.KEPT, "structure_parser", "shots.S1.sounds")
    assert entry.start is not None
    assert PROMPT[entry.start : entry.end] == "the church bells ring" == entry.text


@pytest.mark.parametrize("quote", ["on a misty lake", "the church bell rings", "church bells rin", "…"])
def test_words_that_are_not_in_the_prompt_are_dropped_and_counted(quote: str) -> None:
    report = write(Model(facts=facts(("place", quote), ("weather", "in the rain"))))
    dropped = [item for item in report.ledger if item.kind == "fact"]
    assert [item.outcome for item in dropped] == [Fate.DROPPED] * 2
    assert all(item.why == "not_in_prompt: These words do not stand in the prompt." for item in dropped)
    assert "misty lake" not in str(report.caption)


def test_what_somebody_says_is_no_fact() -> None:
    prompt = f'{PROMPT} Then the older rower says "Tomorrow in the rain again." and they both walk home along the pier.'
    report = write(Model(facts=facts(("weather", "in the rain"))), prompt)
    (entry,) = [item for item in report.ledger if item.kind == "fact"]
    assert (entry.outcome, entry.why) == (Fate.DROPPED, "in_speech: These words are somebody's speech.")
    assert report.caption is not None
    assert report.caption.dialogue[0].text == "Tomorrow in the rain again."


def test_short_prompts_are_read_by_code_alone() -> None:
    model = Model()
    write(model, "A dog sleeps, and then runs.")
    assert not {"facts", "beats"} & {question.key for question in model.asked}


def beats(question: Question) -> dict[str, str]:
    told = {
        "S1": "Two oars dip into grey water as they train",
        "S2": "Gandalf warms up beside the boat",
        "S3": "Hands hold up one flag for the starts",
        "S4": "A cake stands on a table",
    }
    return {name: told[name] for name in question.schema["properties"]}


def test_beats_stand_behind_the_users_clause_and_are_labelled() -> None:
    model = Model(beats=beats)
    report = write(model)
    assert report.caption is not None
    actions = [shot.action for shot in report.caption.shots]
    assert actions[0].startswith(
        "Two adult rowers train together while the church bells ring. Two oars dip into grey water"
    )
    assert actions[1].startswith("The two adult rowers warm up")
    assert "Gandalf" not in str(report.caption.model_dump())
    added = {item.where: item.by for item in report.ledger if item.kind == "beat"}
    whose = ("structure_parser", "code", "structure_parser", "code")
    # Where the model's beat breaks its contract, code's own business stands.
    assert added == {f"shots.S{number}.action": by for number, by in enumerate(whose, 1)}
    why = [
        item.why
        for item in report.ledger
        if item.kind == "repair" and item.by == "structure_parser" and "cake" in item.text
    ]
    assert why
    assert all("off_event" in item for item in why)


def test_bad_beats_are_asked_for_again_with_their_diagnostics() -> None:
    model = Model(beats=beats)
    write(model)
    asked = [question for question in model.asked if question.key == "beats"]
    assert [question.attempt for question in asked] == [0, 1]
    assert list(asked[1].schema["properties"]) == ["S2", "S4"]
    assert "new names (Gandalf)" in asked[1].messages[-1].content


def test_one_light_for_all_places_of_a_clip() -> None:
    scene = {"setting": "A frozen lake with ice floes, low moonlight", "style": "Cold blue colours", "ambience": "Wind"}
    report = write(Model(scene=scene), "A penguin slides on ice, and then dives into the sea.")
    assert report.caption is not None
    assert [shot.setting for shot in report.caption.shots] == [
        "A frozen lake with ice floes, low moonlight",
        "The sea, low moonlight",
    ]


def test_a_place_that_comes_back_keeps_the_openings_wording() -> None:
    scene = {
        "setting": "A swimming pool with blue lanes, morning light",
        "style": "Bright colours",
        "ambience": "Water",
    }
    report = write(Model(scene=scene), "A swimmer dives into a swimming pool, and then turns at the pool wall.")
    assert report.caption is not None
    assert len({shot.setting for shot in report.caption.shots}) == 1


def test_the_background_is_that_of_the_place_that_stands() -> None:
    scene = {"setting": "A forest clearing, morning light", "style": "Green tones", "ambience": "Soft music"}
    report = write(Model(scene=scene), "A dancer spins on one foot, and then leaps into the air.")
    assert report.caption is not None
    assert report.caption.global_caption.ambience == "Birdsong and a light wind"
