"""Places, sounds and looks of code's own in a story that is not English: in its words, and no weather for a place."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from scripting.foreign_places import LANGUAGES, kind_of_place, place_abroad
from scripting.foreign_sounds import ambience_abroad, sound_abroad
from scripting.places import setting_of
from scripting.staging import appearance_of


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("pt", "Um homem caminha na praia ao amanhecer", "Praia"),
        ("pt", "Um barco sai do porto à noite", "Porto"),
        ("de", "Den Nebel sieht man über dem See", "See"),
        ("de", "Ein Mann steht in einem alten Wald", "Alter Wald"),
        ("de", "Eine Frau geht durch eine dunkle Straße", "Dunkle Straße"),
        ("de", "Der Mann in einem Anzug lacht", None),
        ("fr", "La pluie tombe sur Paris", "Paris"),
        ("fr", "Dans une vieille bibliothèque, un homme lit", "Une vieille bibliothèque"),
        ("fr", "Une table en bois brille", None),
        ("it", "Nella piazza di un villaggio, un vecchio suona", "Piazza di un villaggio"),
        ("it", "Marco parla a Luca", None),
        ("es", "El tren llega a la estación de Sevilla al amanecer", "La estación de Sevilla"),
        ("es", "Ana le escribe a Pedro en su cuaderno", None),
        ("zh", "清晨的公园里，一位老人打太极", "公园"),
        ("zh", "一位画家在画画", None),
        ("ja", "夕暮れの駅で、少女が電車を待っている", "駅"),
        ("ja", "少女は膝に猫をのせている", None),
        ("ja", "漫画家である中村に会う", None),
    ],
)
def test_a_place_is_named_by_its_own_word(language: str, text: str, place: str | None) -> None:
    assert place_abroad(text, language) == place


@pytest.mark.parametrize(
    ("story", "setting"),
    [
        ("清晨的公园里，一位老人打太极。", "公园，清晨"),
        ("夕暮れの駅で、少女が電車を待っている。", "駅、夕暮れ"),
        ("Um homem caminha na praia ao amanhecer.", "Praia, ao amanhecer"),
        ("La pluie tombe sur Paris.", "Paris, sous la pluie"),
        ('Un hombre dice: "Buenas noches."', "Un lugar sencillo y abierto, con luz suave de día"),
        ("Ein Mann lacht.", "Ein schlichter, offener Ort in sanftem Tageslicht"),
    ],
)
def test_hour_and_weather_stand_behind_the_place(story: str, setting: str) -> None:
    facts = read_facts(story)
    assert setting_of(facts, facts.events[0].text, None)[0] == setting


@pytest.mark.parametrize(
    ("language", "action", "setting", "sound"),
    [
        ("fr", "Un chien aboie", "Un parc", "un chien qui aboie"),
        ("fr", "La femme dit", "Un café", "tintement d'assiettes"),
        ("de", "Der Fischer wartet", "Strand", "Wellen am Ufer"),
        ("es", "La mujer espera", "La calle, bajo la lluvia", "lluvia que cae"),
        ("zh", "老人打太极", "公园，清晨", "鸟鸣声"),
        ("ja", "電話が鳴る", "部屋", "電話の着信音"),
    ],
)
def test_a_sound_is_told_in_the_storys_words(language: str, action: str, setting: str, sound: str) -> None:
    assert sound_abroad(action, setting, "", language, dressed=True) == sound


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_clothes_are_heard_only_of_somebody_who_is_there(language: str) -> None:
    somebody = sound_abroad("…", "…", "", language, dressed=True)
    assert sound_abroad("…", "…", "", language, dressed=False) != somebody


@pytest.mark.parametrize(
    ("setting", "language", "background"),
    [("La playa, al amanecer", "es", "Olas y viento del mar"), ("Alte Bibliothek", "de", "Die Stille eines Zimmers")],
)
def test_the_background_is_the_places(setting: str, language: str, background: str) -> None:
    assert kind_of_place(setting, language) is not None
    assert ambience_abroad(setting, "", language) == background


@pytest.mark.parametrize(
    ("story", "look"),
    [
        ("李奶奶在厨房里包饺子。", "李奶奶，一位老奶奶，穿着日常衣服"),
        ("Two small robots, R1 and R2, meet in a factory.", "R1, a small robot"),
        ('Sophie dit : "Bonjour."', "Sophie, une femme en vêtements de tous les jours"),
    ],
)
def test_a_name_looks_as_the_story_tells(story: str, look: str) -> None:
    facts = read_facts(story)
    assert appearance_of(facts.roles[0], facts) == look


def test_a_story_in_traditional_characters_is_staged_in_them() -> None:
    prompt = "清晨的車站裡，小紅在奔跑。"
    facts = read_facts(prompt)
    assert place_abroad(facts.events[0].text, "zh") == "車站"
    assert sound_abroad(facts.events[0].text, "車站", "", "zh", dressed=True) == "急促的腳步聲"
    assert appearance_of(facts.roles[0], facts) == "小紅，一位女性，穿着日常衣服"
