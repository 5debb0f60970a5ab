"""Speakers in turned words: verbs of sound behind a line, the passive, the camera turned to somebody; what is typed."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        ('"Mayday" crackles a voice over the radio. The pilot grips the stick.', ["voice"]),
        ('"Ten minutes to curtain," booms the announcer. The dancers stretch.', ["announcer"]),
        ('"Howdy," drawls Tex.', ["tex"]),
        ('"I can\'t," sobs Mia. "You can," rumbles the giant.', ["mia", "giant"]),
        ('"Come," beckons Ana. "Never," he snarls.', ["ana", "ana"]),
        ('The line "We are the champions" must be spoken by Ada. Ben only nods.', ["ada"]),
        ('The words "I forgive you" are said by Ada. Ben cries.', ["ada"]),
        ('"We did it" is shouted by the coach. The team cheers.', ["coach"]),
        ('The last line, "Goodnight", should be whispered by the boy. A lamp goes out.', ["boy"]),
        ('The line "Never again" is Ben\'s. Ada leaves.', ["ben"]),
        ('Lucy says "You lied." Reverse on Max: "I had to."', ["lucy", "max"]),
        ('INT. DINER - NIGHT\nLucy: "You lied."\nReverse angle on Max: "I had to."', ["lucy", "max"]),
        ('CLOSE ON LUCY: "You lied." REVERSE - MAX: "I had to."', ["lucy", "max"]),
        ('Camera on Ana: "Hello." Pan to Ben: "Hi." Back to Ana: "Bye."', ["ana", "ben", "ana"]),
        ('Pan to the old man: "Never." Back to Eve. She cries.', ["old man"]),
        ('Single on Maria: "I love you." Angle on José, who says "I know."', ["maria", "josé"]),
    ],
)
def test_who_speaks(prompt: str, speakers: list[str]) -> None:
    facts = read_facts(prompt)
    assert [quote.speaker for quote in facts.quotes] == speakers
    wrong = {"must be", "should be", "is", "line", "reverse", "pan", "back", "camera", "angle"}
    assert not wrong & {role.key for role in facts.roles}


@pytest.mark.parametrize(
    "prompt",
    [
        'Mia looks at her phone. She texts: "On my way". Then she runs.',
        'Ben texts Ana: "Where are you?" Ana smiles.',
        'Ana gets a text from Ben: "Where are you?" She sighs.',
        'A text message pops up: "Come home." Ben sighs.',
        'His phone lights up: "Mom calling". He ignores it.',
        'She emails her boss: "I quit." She smiles.',
        'Mia (texting): "On my way." She runs.',
        '"On my way," she texts. She runs.',
    ],
)
def test_what_is_typed_is_not_said(prompt: str) -> None:
    facts = read_facts(prompt)
    assert not facts.quotes
    assert not {"phone", "text message"} & {role.key for role in facts.roles}


@pytest.mark.parametrize(
    ("prompt", "speaker"),
    [
        ('Ana plays a message from Ben: "Call me back." She cries.', "ana"),
        ('Ben leaves a voicemail: "Call me back."', "ben"),
        ('She types "hello" and says "Done."', "she"),
        ('A bee buzzes. "Shoo!" says Ben.', "ben"),
    ],
)
def test_what_is_said_beside_stays_said(prompt: str, speaker: str) -> None:
    assert [quote.speaker for quote in read_facts(prompt).quotes] == [speaker]


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ("The house is Ben's. Ada leaves.", ["The house is Ben's", "Ada leaves"]),
        ("J. Smith waits.", ["J. Smith waits"]),
        ("Hard cut from a busy office to a quiet beach. A man sleeps.", ["A busy office", "A quiet beach", "A man sleeps"]),
        ("A fox runs. Hard cut from a snowy field to a desert.", ["A fox runs", "A snowy field", "A desert"]),
        ("Corte seco de una oficina a una playa. Un hombre duerme.", ["Una oficina", "Una playa", "Un hombre duerme"]),
        ("Back to school. Ana packs a bag.", ["Back to school", "Ana packs a bag"]),
    ],
)  # fmt: skip
def test_events_keep_their_parts(prompt: str, texts: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == texts
