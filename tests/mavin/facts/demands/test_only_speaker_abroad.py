"""Only one speaks, named with an article, in other languages than English."""

from __future__ import annotations

import pytest

from mavin.facts import RuleKind, read_facts


@pytest.mark.parametrize(
    "prompt",
    [
        "Nur die Mutter spricht. Der Sohn hört zu. „Schlaf“, sagt sie.",
        "Seule la mère parle. Le fils écoute. « Dors », dit-elle.",
        "Parla solo la madre. Il figlio ascolta. «Dormi», dice lei.",
        "Solo habla la madre. El hijo escucha. «Duerme», dice ella.",
    ],
)
def test_only_the_mother_speaks(prompt: str) -> None:
    assert [rule.kind for rule in read_facts(prompt).rules] == [RuleKind.ONLY_SPEAKER]


def test_whose_voice_is_not_alone() -> None:
    assert not read_facts("Nur die Mutter lacht. Der Sohn hört zu.").rules
