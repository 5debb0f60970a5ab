"""Who acts in an English sentence: bare plural objects, titles, names after nouns, group members."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts

SUBJECTS = [
    ("The woman buys flowers.", ["Woman"]),
    ("Mara buys flowers.", ["Mara"]),
    ("Mrs. Lee waters plants.", ["Mrs. Lee"]),
    ("Mr. Lee waves at Mrs. Ito.", ["Mr. Lee", "Mrs. Ito"]),
    ("Dr. Nadia Brook listens. Dr. Brook nods.", ["Dr. Nadia Brook"]),
    ("Three friends, Nadia, Owen and Priya, build a raft.", ["Nadia", "Owen", "Priya"]),
    ("The twins, Mia and Leo, argue.", ["Mia", "Leo"]),
    ("Two divers find a chest. One of them, Nadia, opens it.", ["Nadia", "Second diver"]),
    ("Close-up: Nadia's eyes.", ["Nadia"]),
    ("Mara, a tall detective, walks in.", ["Mara"]),
    ("Three kids build a fort. The tallest adds a flag. It starts to snow.", ["First kid", "Second kid", "Third kid"]),
    ("A terrier nudges the ball closer.", ["Terrier"]),
    ("We see a nurse who runs.", ["Nurse"]),
    ("The cabbie's meter ticks. He sighs.", ["Cabbie"]),
]


@pytest.mark.parametrize(("prompt", "names"), SUBJECTS)
def test_the_cast_is_who_acts(prompt: str, names: list[str]) -> None:
    facts = read_facts(prompt)
    assert [role.name for role in facts.roles] == names
    assert any(event.roles for event in facts.events)


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("At 1:05 PM Tom waits.", ["Tom"]),
        ("At 8:45 Tom waits. He yawns.", ["Tom"]),
        ("After forty minutes Tom wakes.", ["Tom"]),
        ("A half second later Ben falls.", ["Ben"]),
        ("Split in three shots over 9 seconds: Kofi paints, it rains, Kofi laughs.", ["Kofi"]),
        ("Static shot of the door. Handheld shot of Ana.", ["Ana"]),
        ("He turns to Karl, the baker. The baker smiles.", ["Man", "Karl"]),
        ("Dr. Li, a surgeon, and nurse Kim wait. The surgeon sighs.", ["Dr. Li", "Nurse Kim"]),
        ("Captain Ray and his first mate, Lou, steer. The mate laughs.", ["Captain Ray", "Lou"]),
        ("Grandpa Joe reads. Grandpa sleeps.", ["Grandpa Joe"]),
        ("An old man — his name is Karl — waits. Karl leaves.", ["Karl"]),
        ("The twins, Ana and Ben, run. The first twin falls.", ["Ana", "Ben"]),
        ("Karl, tired and cold, sits down.", ["Karl"]),
    ],
)
def test_who_is_who_behind_times_titles_and_callings(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names
