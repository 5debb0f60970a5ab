"""The judge's checklist: ratings by rule, agreement by hand, and judges that lie, contradict themselves or are silent."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from evaluators.judge import CHECKLIST, Judge, Rating, Verdict, Weight, judge_script, script_for_judge
from mavin.caption import DialogueLine, GlobalCaption, HierarchicalCaption, Role, Shot, Sound


@dataclass
class Scripted:
    """Answers by rule and keeps what it was asked."""

    rule: Callable[[str], bool | None]
    name: str = "scripted"
    asked: list[tuple[str, str, str, str]] = field(default_factory=list)

    def answer(self, key: str, prompt: str, script: str, question: str) -> bool | None:
        self.asked.append((key, prompt, script, question))
        return self.rule(key)


@pytest.fixture
def caption() -> HierarchicalCaption:
    return HierarchicalCaption(
        duration_ms=4000,
        global_caption=GlobalCaption(storyline="Ana waits.", style="plain", ambience="wind"),
        shots=(
            Shot(id="S1", start_ms=0, end_ms=2000, setting="A room", action="Ana waits.", roles=("C1",),
                 sounds=(Sound(id="X1", start_ms=500, end_ms=900, text="a clock"),)),
            Shot(id="S2", start_ms=2000, end_ms=4000, setting="A street", action="Rain falls."),
        ),
        roles=(Role(id="C1", name="Ana", appearance="in red"),),
        dialogue=(DialogueLine(id="L1", role="C1", start_ms=2100, end_ms=3000, text="Well.", on_screen=False),),
    )  # fmt: skip


def verdict(judge: Judge, caption: HierarchicalCaption) -> Verdict:
    return judge_script(judge, [caption], "Ana waits, then it rains.")


def test_a_perfect_script(caption: HierarchicalCaption) -> None:
    # the first form wants a yes, the counter-question a no
    judge = Scripted(lambda key: key.endswith(".first"))
    found = verdict(judge, caption)
    assert found.rating is Rating.PERFECT
    assert found.agreement == 1
    assert found.faults == ()
    assert len(judge.asked) == 2 * len(CHECKLIST)
    firsts, seconds = judge.asked[: len(CHECKLIST)], judge.asked[len(CHECKLIST) :]
    assert [one[3] for one in firsts] == [one.text for one in CHECKLIST]
    assert [one[3] for one in seconds] == [one.counter for one in reversed(CHECKLIST)]


@pytest.mark.parametrize(
    ("weight", "rating"),
    [(Weight.ESSENTIAL, Rating.FAILED), (Weight.IMPORTANT, Rating.BORDERLINE), (Weight.MINOR, Rating.ACCEPTABLE)],
)
def test_what_one_fault_costs(caption: HierarchicalCaption, weight: Weight, rating: Rating) -> None:
    bad = next(one.key for one in CHECKLIST if one.weight is weight)
    found = verdict(Scripted(lambda key: key.endswith(".first") != key.startswith(f"{bad}.")), caption)
    assert found.rating is rating
    assert found.faults == (bad,)
    assert found.agreement == 1


def test_who_always_says_yes_settles_nothing(caption: HierarchicalCaption) -> None:
    found = verdict(Scripted(lambda _: True), caption)
    assert found.agreement == 0
    assert found.rating is None
    assert found.faults == ()


def test_who_settles_too_little_has_no_say(caption: HierarchicalCaption) -> None:
    # of eleven questions 7 are too few (7/11 < 2/3), 8 are enough
    keys = [one.key for one in CHECKLIST]
    for unsure, rating in ((4, None), (3, Rating.ACCEPTABLE)):
        doubtful = {f"{key}.second" for key in keys[:unsure]}
        rule = Scripted(lambda key, doubtful=doubtful: key.endswith(".first") or key in doubtful)  # type: ignore[misc]
        assert verdict(rule, caption).rating is rating


def test_doubt_is_not_perfect(caption: HierarchicalCaption) -> None:
    # sure of all but one question of eleven: 10/11 agree
    found = verdict(Scripted(lambda key: key.endswith(".first") or key == "story.second"), caption)
    assert found.rating is Rating.ACCEPTABLE
    assert found.agreement == pytest.approx(10 / 11)


def test_silence_is_no_answer(caption: HierarchicalCaption) -> None:
    none = verdict(Scripted(lambda _: None), caption)
    assert none.rating is None
    assert math.isnan(none.agreement)
    half = verdict(Scripted(lambda key: None if key.startswith("story") else key.endswith(".first")), caption)
    assert half.rating is Rating.ACCEPTABLE
    assert half.agreement == 1


def test_what_the_judge_reads(caption: HierarchicalCaption) -> None:
    text = script_for_judge([caption])
    assert 'Ana (not seen): "Well."' in text
    assert "0.5–0.9s: a clock" in text
    assert "Shot 2, 2.0–4.0s, medium static. A street. Seen: nobody." in text
    assert "CLIP" not in text
    assert "CLIP 2" in script_for_judge([caption, caption])
