"""The picture shape that a prompt asks for is read, left out of the story, kept, or refused where it clashes."""

from __future__ import annotations

from pathlib import Path

import pytest

import mavin
from mavin.errors import InvalidInputError
from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "said", "events"),
    [
        ("A cat naps. Vertical video, 6 seconds.", [("Vertical", "9:16")], ["A cat naps"]),
        ("A cat naps. 6 seconds, 9:16.", [("9:16", "9:16")], ["A cat naps"]),
        ("Square format: a fox runs.", [("Square", "1:1")], ["A fox runs"]),
        ("A 10-second vertical ad: a bottle opens.", [("vertical", "9:16")], ["A bottle opens"]),
        ("Make a vertical video of a dog that barks.", [("vertical", "9:16")], ["A dog that barks"]),
        ("In portrait mode, a dancer spins.", [("portrait", "9:16")], ["A dancer spins"]),
        ("A train passes (16:9, 5 seconds).", [("16:9", "16:9")], ["A train passes"]),
        ("A train passes. Aspect ratio 21:9.", [("21:9", "21:9")], ["A train passes"]),
        ("Shot in 4:3. Two men argue.", [("4:3", "4:3")], ["Two men argue"]),
        ("A cat naps. It must be in portrait format.", [("portrait", "9:16")], ["A cat naps"]),
        ("Ein Hund bellt. Im Hochformat, 6 Sekunden.", [("Hochformat", "9:16")], ["Ein Hund bellt"]),
        ("Un perro ladra. Vídeo vertical de 8 segundos.", [("vertical", "9:16")], ["Un perro ladra"]),
        ("Un chien aboie. Format carré, 5 secondes.", [("carré", "1:1")], ["Un chien aboie"]),
        ("竖屏视频，一只猫醒来。6秒。", [("竖屏", "9:16")], ["一只猫醒来"]),
        ("縦型動画。猫が目を覚ます。6秒。", [("縦型", "9:16")], ["猫が目を覚ます"]),
    ],
)
def test_it_is_read_and_no_event(prompt: str, said: list[tuple[str, str]], events: list[str]) -> None:
    facts = read_facts(prompt)
    assert [(fact.span.text, fact.aspect.value) for fact in facts.shapes] == said
    assert [event.text for event in facts.events] == events
    for fact in facts.shapes:
        assert prompt[fact.span.start : fact.span.end] == fact.span.text


@pytest.mark.parametrize(
    "prompt",
    [
        "A painter finishes a portrait. She shows the portrait video to Tom.",
        "A man stands in a square. He waves.",
        "At 9:16 the clock strikes. A man wakes.",
        "The score is 1:1. The striker shoots.",
        "A wide landscape. A rider appears.",
        "A climber hangs on a vertical wall. She slips.",
        "It is vertical, he thinks.",
        'A boy holds a sign. "Vertical video!" he shouts.',
    ],
)
def test_what_is_told_is_no_shape(prompt: str) -> None:
    assert read_facts(prompt).shapes == ()


def test_it_is_the_film_s_and_in_the_ledger(tmp_path: Path) -> None:
    film = mavin.write("A cat naps. Vertical video, 6 seconds.", tmp_path / "cat.mavin", llm="rules")
    assert (film.caption.aspect, film.caption.duration_ms) == ("9:16", 6000)
    assert [role.name for role in film.caption.roles] == ["Cat"]


def test_two_shapes_clash_and_an_option_wins(tmp_path: Path) -> None:
    prompt = "A cat naps, 9:16. Then it wakes. Widescreen."
    with pytest.raises(InvalidInputError, match="two picture shapes: 9:16 and 16:9"):
        mavin.write(prompt, tmp_path / "cat.mavin", llm="rules")
    film = mavin.write(prompt, tmp_path / "cat.mavin", llm="rules", aspect="1:1")
    assert film.caption.aspect == "1:1"
