"""Sentences that only say roughly how long the clip is."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    "prompt",
    [
        "Una niña salta a la comba. Unos 6 segundos.",
        "Una niña salta a la comba, más o menos 6 segundos.",
        "Una niña salta a la comba. Que dure 6 segundos.",
        "Ein Mädchen springt Seil. So 6 Sekunden.",
        "Ein Mädchen springt Seil. Soll 6 Sekunden dauern.",
        "Ein Mädchen springt Seil. Etwa 6 Sekunden bitte.",
        "Une fille saute à la corde. Environ 6 secondes.",
        "Une fille saute à la corde. Ça doit durer 6 secondes.",
        "Una bambina salta la corda. Circa 6 secondi.",
        "Uma menina pula corda. Uns 6 segundos.",
        "一个女孩在跳绳。大概6秒。",
        "一个女孩在跳绳，6秒左右。",
        "女の子が縄跳びをしている。6秒くらいで。",
        "女の子が縄跳びをしている。6秒でお願いします。",
        "【6秒】女の子が縄跳びをしている。",
        "6秒のCM。女の子が縄跳びをしている。",
    ],
)
def test_a_rough_length_alone_is_the_clip_s(prompt: str) -> None:
    facts = read_facts(prompt)
    assert facts.duration is not None and facts.duration.duration_ms == 6000
    assert len(facts.events) == 1 and len(facts.roles) == 1


@pytest.mark.parametrize(
    "prompt",
    [
        "Una niña salta durante unos 3 segundos y luego se ríe.",
        "Ein Mädchen springt etwa 3 Sekunden lang Seil und lacht dann.",
        "女孩跳了大概3秒绳，然后笑了。",
    ],
)
def test_how_long_somebody_does_it_is_not(prompt: str) -> None:
    assert read_facts(prompt).duration is None
