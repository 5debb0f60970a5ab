"""Shots that no event fills speak the language of the story."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from scripting.fillers import quiet_after, quiet_before, view_of


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("A man sings.", "The place lies quiet before the man comes into play"),
        ("Der Mann singt.", "Der Ort liegt still da, bevor der Mann ins Spiel kommt"),
        ("Zwei Hunde, Karl und die Kinder singen.", "Der Ort liegt still da, bevor die Kinder ins Spiel kommen"),
        ("李雷唱歌。", "李雷出场之前，四周一片安静"),
        ("猫が寝る。", "猫が登場する前、あたりは静かだ"),
    ],
)
def test_the_quiet_before_somebody_comes(prompt: str, expected: str) -> None:
    facts = read_facts(prompt)

    assert quiet_before(facts, facts.roles[-1].key) == expected


@pytest.mark.parametrize(
    "prompt",
    [
        "Un hombre canta.",
        "Um homem canta.",
        "Un uomo canta.",
        "Un homme chante.",
        "Ein Mann singt.",
        "男人唱歌。",
        "男が歌う。",
    ],
)
def test_no_filler_is_english_in_another_language(prompt: str) -> None:
    facts = read_facts(prompt)
    key = facts.roles[0].key
    texts = [make(facts, who) for make in (quiet_before, quiet_after) for who in (key, None)]
    texts += [view_of(facts, who, number) for who in (key, None) for number in range(5)]

    assert len(set(texts)) == len(texts)
    assert all(facts.roles[0].phrase.casefold() in text.casefold() for text in (texts[0], texts[2], *texts[4:9]))
    assert not any(word in f" {text} " for text in texts for word in (" the ", "The ", " of "))
