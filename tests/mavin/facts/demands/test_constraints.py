"""What a prompt demands besides its events: silence, solitude, one take, cuts, counts, cameras, sounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mavin.facts import Facts, RuleKind, read_facts

RULES = [
    ('Only Mara speaks. Tom waves. Mara says "Go."', RuleKind.ONLY_SPEAKER, ("mara",), True),
    ('No one but the judge speaks. The judge says "Guilty."', RuleKind.ONLY_SPEAKER, ("judge",), True),
    ("Nobody speaks. A man walks.", RuleKind.SILENT, (), True),
    ("A man walks. There is no dialogue.", RuleKind.SILENT, (), True),
    ("Nadie habla. Un hombre camina.", RuleKind.SILENT, (), True),
    ("Niemand spricht. Ein Mann geht.", RuleKind.SILENT, (), True),
    ("Personne ne parle. Un homme marche.", RuleKind.SILENT, (), True),
    ("全程没有对白。一个男人走路。", RuleKind.SILENT, (), True),
    ("Tom says nothing and leaves.", RuleKind.SILENT, ("tom",), False),
    ("Tom never speaks. He walks home.", RuleKind.SILENT, ("tom",), True),
    ("A nurse sits alone on a bench.", RuleKind.ALONE, ("nurse",), False),
    ("A nurse sits on a bench. No one else appears.", RuleKind.ALONE, ("nurse",), True),
    ("In one continuous take a boy runs through a market.", RuleKind.ONE_TAKE, (), True),
    ("A boy runs. No cuts.", RuleKind.ONE_TAKE, (), True),
    ("Un niño corre. Sin cortes.", RuleKind.ONE_TAKE, (), True),
    ("Ein Junge rennt, ohne Schnitt.", RuleKind.ONE_TAKE, (), True),
    ("一镜到底，一个男孩跑过市场。", RuleKind.ONE_TAKE, (), True),
    ("A man walks. Smash cut to a woman who runs.", RuleKind.HARD_CUT, (), True),
]

NO_RULES = [
    "A barber cuts hair, no cuts on his hands.",
    "A silent film star waves.",
    "Nobody knows the way.",
    "She works alone with Tom.",
    "He takes a long shot at the basket.",
    'A girl says "Nobody speaks like that."',
    "They cut a cake.",
    "The only child speaks to a bird.",
]


@pytest.mark.parametrize(("prompt", "kind", "roles", "whole"), RULES)
def test_rules(prompt: str, kind: RuleKind, roles: tuple[str, ...], whole: bool) -> None:
    facts = read_facts(prompt)
    rule = next(rule for rule in facts.rules if rule.kind is kind)
    assert (rule.roles, rule.whole) == (roles, whole)
    assert prompt[rule.span.start : rule.span.end] == rule.span.text
    assert facts.events, "a demand must not swallow the story"


@pytest.mark.parametrize("prompt", NO_RULES)
def test_what_only_looks_like_a_rule(prompt: str) -> None:
    assert [rule for rule in read_facts(prompt).rules if rule.whole] == []


def test_demands_tell_no_event() -> None:
    facts = read_facts("Only Mara speaks. Mara opens a door. No cuts. No one else appears.")
    assert [event.text for event in facts.events] == ["Mara opens a door"]


@pytest.mark.parametrize(
    ("prompt", "count", "words"),
    [
        ("Mara knocks three times.", 3, "three times"),
        ("Mara knocks twice and leaves.", 2, "twice"),
        ("El perro ladra tres veces.", 3, "tres veces"),
        ("Der Mann klopft dreimal.", 3, "dreimal"),
        ("L'homme frappe deux fois.", 2, "deux fois"),
        ("他敲了三次门。", 3, "三次"),
        ("彼は3回ノックする。", 3, "3回"),
    ],
)
def test_repetitions(prompt: str, count: int, words: str) -> None:
    (repetition,) = read_facts(prompt).repetitions
    assert (repetition.count, repetition.span.text, repetition.event) == (count, words, 0)


@pytest.mark.parametrize(
    ("prompt", "text", "start_ms", "end_ms"),
    [
        ("Mara waits. Thunder at 3.0 s.", "Thunder", 3000, None),
        ("We hear a distant siren. A detective sits down.", "distant siren", None, None),
        ("SFX: glass breaking. A thief freezes.", "glass breaking", None, None),
        ("A dog barks from 1.5s to 3s and a child wakes.", "dog barks", 1500, 3000),
        ("In the first two seconds we only hear rain. Then Bea opens the shutters.", "rain", 0, 2000),
        ("Mara waits. The sound of breaking glass.", "breaking glass", None, None),
    ],
)
def test_sounds(prompt: str, text: str, start_ms: int | None, end_ms: int | None) -> None:
    (sound,) = read_facts(prompt).sounds
    assert (sound.text.casefold(), sound.start_ms, sound.end_ms) == (text.casefold(), start_ms, end_ms)


def test_sounds_alone_are_a_story() -> None:
    assert [event.text for event in read_facts("Thunder. Rain.").events] == ["Thunder", "Rain"]


def test_cameras_know_their_event() -> None:
    facts = read_facts("A man walks. Close-up of a hand that shakes. Slow zoom in on the ring.")
    told = [(camera.span.text, camera.event) for camera in facts.cameras]
    assert told == [("Close-up", 1), ("Slow zoom", 1)]
    assert len(facts.events) == 2


def spans(facts: Facts) -> list[tuple[int, int, str]]:
    found = [item.span for group in (facts.rules, facts.repetitions, facts.cameras, facts.sounds) for item in group]
    return [(span.start, span.end, span.text) for span in found]


WORDS = st.lists(
    st.sampled_from(
        'Only Mara speaks . , : " Tom says nothing no cuts in one take three times twice thunder at 3 s SFX hard cut to alone '
        "nobody else 独自 三次 没有对白 sin cortes we hear zoom in".split(" ")
    ),
    max_size=30,
)


@given(WORDS)
def test_spans_are_the_users_words(words: list[str]) -> None:
    prompt = " ".join(words) + " A cat naps."
    for start, end, text in spans(read_facts(prompt)):
        assert prompt[start:end] == text
