"""Words that ask for the film in other languages than English tell no event and are nobody."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("Hazme un vídeo en el que un gato persigue una mariposa.", ["Un gato persigue una mariposa"]),
        ("Quiero un vídeo de 6 segundos donde un niño vuela una cometa.", ["Un niño vuela una cometa"]),
        ("¿Puedes hacer un video donde mi abuela baila?", ["Mi abuela baila"]),
        ("Genera un vídeo de un astronauta que camina por la playa.", ["Un astronauta camina por la playa"]),
        ("Mach mir bitte ein Video, in dem eine Katze Klavier spielt.", ["Eine Katze Klavier spielt"]),
        ("Ich brauche einen 10-sekündigen Werbespot: Ein Bäcker holt Brot.", ["Ein Bäcker holt Brot"]),
        ("Erstelle eine kurze Szene: Eine Oma tanzt.", ["Eine Oma tanzt"]),
        ("Fais-moi une vidéo où un chat chasse un papillon.", ["Un chat chasse un papillon"]),
        ("Peux-tu créer une vidéo où ma sœur saute la barrière ?", ["Ma sœur saute la barrière"]),
        ("Je voudrais un clip de 6 secondes dans lequel une fille danse.", ["Une fille danse"]),
        ("Fammi un video in cui un gatto dorme.", ["Un gatto dorme"]),
        ("Quero um vídeo de 6 segundos onde uma criança dorme.", ["Uma criança dorme"]),
        ("帮我做一个视频，一只猫追蝴蝶。", ["一只猫追蝴蝶"]),
        ("我想要一个6秒的视频，内容是一位老奶奶在雨中跳舞。", ["一位老奶奶在雨中跳舞"]),
        ("生成一个宇航员在沙滩上行走的视频。", ["一个宇航员在沙滩上行走"]),
        ("猫が蝶を追いかける動画を作ってください。", ["猫が蝶を追いかける"]),
        ("6秒の動画をお願いします。おばあさんが雨の中で踊る。", ["おばあさんが雨の中で踊る"]),
        ("短いシーンを書いて：犬が走る。", ["犬が走る"]),
    ],
)
def test_a_request_for_a_film_is_no_event(prompt: str, events: list[str]) -> None:
    facts = read_facts(prompt)
    assert [event.text for event in facts.events] == events
    assert not {role.name for role in facts.roles} & {"Hazme", "Quiero", "Fais-moi", "Peux-tu", "Narrator", "Video"}


@pytest.mark.parametrize(
    "prompt",
    [
        "Una mujer graba un vídeo en la playa.",
        "Ein Junge dreht ein Video im Garten.",
        "Une fille tourne une vidéo dans la rue.",
        "女孩在公园里拍一个视频。",
        "少年が公園で動画を撮っている。",
    ],
)
def test_somebody_in_the_story_may_make_a_film(prompt: str) -> None:
    assert [event.text for event in read_facts(prompt).events] == [prompt.rstrip(".。")]


def test_who_speaks_at_the_end_of_a_clause_whose_verb_stands_last() -> None:
    facts = read_facts("Könntest du einen Clip erstellen, in dem Lena die Tür öffnet und „Überraschung!“ ruft?")
    assert [role.name for role in facts.roles] == ["Lena"]
    assert facts.quotes[0].speaker == "lena"
