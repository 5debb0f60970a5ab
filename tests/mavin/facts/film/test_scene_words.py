"""Bare words of place and hour before a story tell where and when it is, and nothing that happens."""

from __future__ import annotations

from pathlib import Path

import pytest

import mavin
from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "settings", "roles"),
    [
        ("Night. A cat naps on a roof.", ["A roof, at night"], ["Cat"]),
        ("Interior. Kitchen. Midnight. A woman eats cake.", ["Kitchen, at night"], ["Woman"]),
        (
            'Rooftop, dawn. Leo waits. "You came," says Ada. Hospital. She sleeps.',
            ["Rooftop, in the early morning"] * 2 + ["Hospital, in the early morning"],
            ["Leo", "Ada"],
        ),
        ("Library. Two kids whisper.", ["Library, in soft daylight"], ["First kid", "Second kid"]),
    ],
)
def test_they_are_the_setting_and_no_shot(tmp_path: Path, prompt: str, settings: list[str], roles: list[str]) -> None:
    caption = mavin.write(prompt, tmp_path / "f.mavin", llm="rules").caption
    assert [shot.setting for shot in caption.shots] == settings
    assert [role.name for role in caption.roles] == roles


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("Night.", ["Night"]),
        ("A kitchen. A man enters.", ["A kitchen", "A man enters"]),
        ("Inside, a clown.", ["Inside, a clown"]),
        ("Confetti falls. Everyone cheers.", ["Confetti falls", "Everyone cheers"]),
    ],
)
def test_what_is_shown_stays(prompt: str, events: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == events
