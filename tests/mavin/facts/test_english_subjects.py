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
