"""What the prompt says beside somebody of looks and voices goes into the cast."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "who", "look"),
    [
        ('A man in a black hat says "Stop."', "Man", "in a black hat"),
        ('Mara, in a red coat, with a deep voice says "Hello."', "Mara", "in a red coat"),
        ("A girl with long dark hair and a yellow raincoat runs.", "Girl", "with long dark hair and a yellow raincoat"),
        ("Ben wears a green scarf. Ana laughs.", "Ben", "wearing a green scarf"),
        ("A man walks. The man in the grey suit stops.", "Man", "in the grey suit"),
        ("Anna in the kitchen sings.", "Anna", ""),
        ("A fox runs past a man with a hat.", "Fox", ""),
        ("Ein Mann mit schwarzem Hut geht.", "Mann", "mit schwarzem Hut"),
        ("Una mujer con abrigo rojo canta.", "Mujer", "con abrigo rojo"),
        ("Un homme au chapeau noir marche.", "Homme", "au chapeau noir"),
        ("Un uomo con un cappello nero cammina.", "Uomo", "con un cappello nero"),
    ],
)
def test_looks(prompt: str, who: str, look: str) -> None:
    assert {role.name: role.look for role in read_facts(prompt).roles}[who] == look


@pytest.mark.parametrize(
    ("prompt", "who", "voice"),
    [
        ('Mara, with a deep voice, says "Hi."', "Mara", "deep voice"),
        ('The man says in a low, hoarse voice, "Now."', "Man", "low, hoarse voice"),
        ('Ana waits and a man with a deep voice says "Hi."', "Ana", ""),
        ("Anna sagt mit leiser Stimme: „Halt.“", "Anna", "leiser Stimme"),
        ("Una mujer dice con voz grave: «Alto.»", "Mujer", "voz grave"),
        ("花子が低い声で「止まれ」と言う。", "花子", "低い声"),
    ],
)
def test_voices(prompt: str, who: str, voice: str) -> None:
    assert {role.name: role.voice for role in read_facts(prompt).roles}[who] == voice
