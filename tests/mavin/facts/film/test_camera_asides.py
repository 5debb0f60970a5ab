"""Camera words set apart, in labels, brackets and letters, and lengths at the end of what a shot shows."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.interval import Interval
from scripting.staging import camera_of

TWO = [Interval(0, 2000), Interval(2000, 5000)]


@pytest.mark.parametrize(
    "prompt",
    [
        "Shot 1 (2s, close-up): A hand turns a key. Shot 2 (3s, wide shot): Rosa walks in.",
        "Shot 1 (close-up, 2s): A hand turns a key. Shot 2 (wide, 3s): Rosa walks in.",
        "Shot 1 - CU - 2s: A hand turns a key. Shot 2 - WS - 3s: Rosa walks in.",
        "Shot 1: (2s, close-up) A hand turns a key. Shot 2: (3s, wide) Rosa walks in.",
        "Shot 1: A hand turns a key (2s, close-up). Shot 2: Rosa walks in (3s, wide).",
        "1. (close-up, 2s) A hand turns a key.\n2. (wide, 3s) Rosa walks in.",
        "1. A hand turns a key (2s, CU)\n2. Rosa walks in (3s, WS)",
        "1. CU - A hand turns a key. 2s\n2. WS - Rosa walks in. 3s",
        "0-2s (CU): a hand turns a key. 2-5s (WS): Rosa walks in.",
        "Plano 1 (2 s, primer plano): una llave gira. Plano 2 (3 s, plano general): Rosa entra.",
        "Einstellung 1 (2 s, Nahaufnahme): Ein Schlüssel dreht sich. Einstellung 2 (3 s, Totale): Rosa kommt herein.",
        "Plan 1 (2 s, gros plan) : une clé tourne. Plan 2 (3 s, plan large) : une femme entre.",
        "镜头1（2秒，特写）：钥匙转动。镜头2（3秒，全景）：小红走进来。",
        "カット1（2秒、クローズアップ）：鍵が回る。カット2（3秒、ロングショット）：花子が入る。",
    ],
)
def test_a_label_tells_length_and_camera(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [label.interval for label in facts.labels] == TWO
    assert not facts.durations
    sizes = [str(camera_of(event, n, 2, None).size) for n, event in enumerate(facts.events)]
    assert sizes == ["close_up", "wide"]
    assert not any(sign in event.text for event in facts.events for sign in "(),123")


@pytest.mark.parametrize(
    ("prompt", "sizes"),
    [
        ("CU on Anna's face. She cries.", ["close_up"]),
        ("WS - a beach at dawn. MS: Ben walks a dog. ECU: the dog barks.", ["wide", "medium", "extreme_close_up"]),
        ("Wide: Rosa walks in. Close: she smiles. Medium: Tom waves.", ["wide", "close_up", "medium"]),
        ('Anna (close-up): "I know." Ben (wide shot): "You do not."', ["close_up", "wide"]),
        ('(CU) Anna: "I know." (WS) Ben: "You do not."', ["close_up", "wide"]),
        ("- CU: a key turns (2s)\n- WS: Rosa walks in (3s)", ["close_up", "wide"]),
    ],
)
def test_camera_letters_frame_and_are_nobody(prompt: str, sizes: list[str]) -> None:
    facts = read_facts(prompt)
    told = [str(camera_of(event, n, 3, None).size) for n, event in enumerate(facts.events) if event.camera]
    assert told == sizes
    assert {role.name for role in facts.roles} <= {"Anna", "Ben", "Dog", "Rosa", "Tom"}


@pytest.mark.parametrize(
    "prompt", ["Shot 1: A key turns (2s). Shot 2: Rosa walks in (3s).", "1. A key turns, 2s.\n2. Rosa waits, 3s.",
               'Shot 1: Anna says "Go." 2s\nShot 2: Ben says "No." 3s'],
)  # fmt: skip
def test_a_length_at_the_end_of_a_shot_is_the_shots(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [label.interval for label in facts.labels] == TWO
    assert not facts.durations


def test_other_brackets_and_letters_stay() -> None:
    facts = read_facts("Shot 1 (a close friend arrives): Rosa opens. Shot 2: She smiles.")
    assert not any(event.camera for event in facts.events)
    assert read_facts("A glass (full) stands on a table.").events[0].text == "A glass (full) stands on a table"
    assert [quote.speaker for quote in read_facts("MS SMITH: Where is he?\nBEN: Gone.").quotes] == ["ms smith", "ben"]
    held = read_facts("Shot 1: a key turns for 2 seconds. Shot 2: Rosa waits for 3 seconds.")
    assert [event.length_ms for event in held.events] == [2000, 3000]
