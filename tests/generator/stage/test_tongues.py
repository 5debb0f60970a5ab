"""Other languages on the stage: who does what to whom, what people are, where it is, and colours."""

from __future__ import annotations

from typing import Any

import pytest

from generator.stage.cast import cast_role, is_female_role, person_look
from generator.stage.composer import ShotStage
from generator.stage.deeds import deeds, mentions_of
from generator.stage.gloss import gloss
from generator.stage.layout import entered, set_out
from generator.stage.pictures import find_pictures
from generator.stage.scene import read_scene
from generator.stage.tint import colour_beside, colour_told, tinted
from generator.stage.tongues import in_english
from mavin.caption import Aspect, Role


@pytest.mark.parametrize(
    ("language", "action", "names", "bond"),
    [
        ("es", "El niño empuja el coche rojo.", "niño coche", "niño push coche"),
        ("es", "La abuela acaricia al perro.", "abuela perro", "abuela touch perro"),
        ("es", "El gato duerme sobre el coche", "gato coche", "gato on coche"),
        ("de", "Das Mädchen reitet auf dem Pferd", "Mädchen Pferd", "Mädchen ride Pferd"),
        ("de", "Der Junge trägt einen Korb", "Junge Korb", "Junge take Korb"),
        ("de", "Die Frau schließt die Tür", "Frau Tür", "Frau touch Tür"),
        ("fr", "Le garçon monte à cheval", "garçon cheval", "garçon ride cheval"),
        ("fr", "La femme pousse la voiture", "femme voiture", "femme push voiture"),
        ("it", "Il ragazzo spinge la macchina", "ragazzo macchina", "ragazzo push macchina"),
        ("pt", "A menina abraça o cachorro", "menina cachorro", "menina touch cachorro"),
        ("ru", "Девочка гладит собаку", "Девочка собаку", "Девочка touch собаку"),
        ("zh", "女孩骑着马", "女孩 马", "女孩 ride 马"),
        ("zh", "男人把花瓶放在桌子上", "男人 花瓶 桌子", "花瓶 on 桌子"),
        ("zh", "猫在桌子下面睡觉", "猫 桌子", "猫 under 桌子"),
        ("ja", "男の子が車を押す", "男の子 車", "男の子 push 車"),
        ("ja", "少女が犬をなで、ボールを投げる", "少女 犬 ボール", "少女 throw ボール"),
        ("ja", "猫がテーブルの上で眠っている", "猫 テーブル", "猫 on テーブル"),
        ("ko", "소녀가 고양이를 쓰다듬는다", "소녀 고양이", "소녀 touch 고양이"),
    ],
)
def test_who_does_what_to_whom(language: str, action: str, names: str, bond: str) -> None:
    told = gloss(action, [mention for name in names.split() for mention in mentions_of(name, name, action)], language)
    found = {f"{bond.subject} {bond.relation} {bond.object}" for bond in deeds(told.action, told.mentions).bonds}
    assert bond in found


def test_a_japanese_push_is_seen(caption_of: Any) -> None:
    shot = {"ms": 3000, "action": "男の子が赤い車を押す。", "roles": ("C1",)}
    caption = caption_of([shot], roles=[{"name": "男の子"}]).model_copy(update={"language": "ja"})
    layout = set_out(caption, caption.shots[0], mirrored=False)
    boy = layout.of_role("C1")
    car = next(actor for actor in layout.actors if actor.look.code == "1F697")
    assert boy is not None and boy.partner is car and boy.track is not None
    assert car.track is not None and car.track.pace == "slide"
    assert car.look.tint == "#d8402f"


@pytest.mark.parametrize(
    ("name", "appearance", "code"),
    [
        ("奶奶", "", "1F475"),
        ("爷爷", "", "1F474"),
        ("おばあさん", "", "1F475"),
        ("Abuela", "", "1F475"),
        ("Großmutter", "", "1F475"),
        ("Frau", "Eine alte Frau", "1F475"),
        ("Frau", "Eine junge Frau", "1F469"),
        ("Femme", "Une vieille femme", "1F475"),
        ("Junge", "Der Junge", "1F466"),
        ("Девочка", "", "1F467"),
        ("老师", "一位女老师", "1F469"),
    ],
)
def test_sex_and_age_are_read_in_other_languages(name: str, appearance: str, code: str) -> None:
    assert person_look(Role(id="C1", name=name, appearance=appearance), "", 0).code == code
    assert is_female_role(Role(id="C1", name=name, appearance=appearance)) == (code in ("1F475", "1F469", "1F467"))


def test_age_hair_and_beard_show_under_a_trades_hat(caption_of: Any) -> None:
    caption = caption_of(
        [{"action": "It is quiet.", "ms": 3000}],
        roles=[{"name": "Old chef", "appearance": "An old chef with a grey beard"}],
    )
    look = cast_role(caption, "C1")
    assert look.code.endswith("1F373") and look.hair == "#a5a5a8"
    assert {extra.kind for extra in look.extras} == {"wrinkles", "beard"}
    young = cast_role(
        caption_of([{"action": "It is quiet.", "ms": 3000}], roles=[{"name": "Chef", "appearance": "A chef"}]), "C1"
    )
    assert young.code.endswith("1F373") and young.extras == ()


@pytest.mark.parametrize(
    ("text", "word", "language", "colour"),
    [
        ("A black cat sleeps", "cat", "en", "#4b4b52"),
        ("A black and white cat", "cat", "en", ""),
        ("The black dog chases the cat", "cat", "en", ""),
        ("a dark blue truck", "truck", "en", "#356096"),
        ("un coche rojo", "coche", "es", "#d8402f"),
        ("un gato blanco y negro", "gato", "es", ""),
        ("einem weißen Pferd", "pferd", "de", "#f5f5f2"),
        ("une voiture rouge", "voiture", "fr", "#d8402f"),
        ("黑猫", "猫", "zh", "#4b4b52"),
        ("红色的汽车", "汽车", "zh", "#d8402f"),
        ("白い犬", "犬", "ja", "#f5f5f2"),
        ("чёрная кошка", "кошка", "ru", "#4b4b52"),
    ],
)
def test_the_colour_beside_a_noun(text: str, word: str, language: str, colour: str) -> None:
    assert colour_beside(text, text.lower().index(word), word, language) == colour


def test_a_tint_replaces_the_main_colour_and_its_shades_only() -> None:
    assert colour_told("a fluffy cat with a white coat") == "#f5f5f2"
    car = tinted("1F697", "#4a86d0").casefold()
    assert "#ea5a47" not in car and "#4a86d0" in car and "#92d3f5" in car  # the panes stay
    assert "#000" in tinted("1F408", "#4b4b52")
    assert tinted("1F408", "") == tinted("1F408", "")


def test_words_that_are_no_things_in_their_language() -> None:
    assert [picture.word for picture in find_pictures("El gato duerme sobre el coche", "es")] == ["gato", "coche"]
    assert [picture.word for picture in find_pictures("Elle porte un panier", "fr")] == ["panier"]
    assert [picture.word for picture in find_pictures("Elle ouvre la porte", "fr")] == ["porte"]
    assert find_pictures("他马上回来", "zh") == ()


@pytest.mark.parametrize(
    ("language", "setting", "place", "time"),
    [
        ("es", "Una cocina pequeña, de noche", "kitchen", "night"),
        ("de", "Im verschneiten Wald", "forest", "day"),
        ("zh", "夜晚的厨房", "kitchen", "night"),
        ("ja", "夕方の海辺", "beach", "dusk"),
    ],
)
def test_places_in_other_languages(language: str, setting: str, place: str, time: str) -> None:
    scene = read_scene(in_english(setting, language))
    assert (scene.place.name, scene.time) == (place, time)
    assert in_english("A kitchen", "en") == "A kitchen"


def test_who_goes_into_a_house_is_seen_before_its_door(caption_of: Any) -> None:
    shot = {"ms": 3000, "setting": "A house", "action": "Mara walks into the house.", "roles": ("C1",)}
    caption = caption_of([shot], roles=[{"name": "Mara"}])
    assert entered(caption, caption.shots[0]) is not None
    stage = ShotStage(caption, caption.shots[0])
    mara = stage.layout.of_role("C1")
    house = next(actor for actor in stage.layout.actors if actor.look.code == "1F3E0")
    assert mara is not None and mara.partner is house and house.layer == 1
    assert any(drawn.code == "1F3E0" for drawn in stage.drawn(stage.frames[-1]))
    still = caption_of([shot | {"action": "Mara sits in the house."}], roles=[{"name": "Mara"}])
    assert entered(still, still.shots[0]) is None


def test_the_kitchen_has_one_oven(caption_of: Any) -> None:
    shot = {"ms": 3000, "setting": "A kitchen", "action": "Mara opens the oven.", "roles": ("C1",)}
    caption = caption_of([shot], roles=[{"name": "Mara"}])
    stage = ShotStage(caption, caption.shots[0])
    assert sum(drawn.code == "oven" for drawn in stage.drawn(stage.frames[0])) == 1


@pytest.mark.parametrize(
    ("name", "appearance", "language", "kind"),
    [
        ("佐々木", "", "ja", "person"),
        ("花子", "", "ja", "person"),
        ("李华", "", "zh", "person"),
        ("白兔", "一只白兔", "zh", "picture"),
        ("猫", "", "ja", "picture"),
        ("红气球", "", "zh", "picture"),
        ("Lucía", "lleva un vestido rojo", "es", "person"),
    ],
)
def test_names_that_hold_the_sign_of_a_thing_are_people(
    caption_of: Any, name: str, appearance: str, language: str, kind: str
) -> None:
    shot = {"action": f"{name}.", "ms": 3000}
    caption = caption_of([shot], roles=[{"name": name, "appearance": appearance}], language=language)
    look = cast_role(caption, "C1")
    assert look.kind == kind
    assert name != "Lucía" or look.shirt == "#d8402f"


def test_who_reads_in_a_chair_sits_in_it(caption_of: Any) -> None:
    shot = {"ms": 3000, "action": "Mara reads a book on a sofa.", "roles": ("C1",), "camera": {"size": "wide"}}
    caption = caption_of([shot], roles=[{"name": "Mara"}])
    mara = set_out(caption, caption.shots[0], mirrored=False).of_role("C1")
    assert mara is not None and mara.carrier is not None and mara.carrier.look.code == "1F6CB"
    laid = caption_of([shot | {"action": "Mara puts a book on a sofa."}], roles=[{"name": "Mara"}])
    mara = set_out(laid, laid.shots[0], mirrored=False).of_role("C1")
    assert mara is not None and mara.carrier is None


def test_a_held_vase_is_whole_in_a_narrow_frame(caption_of: Any) -> None:
    shot = {"ms": 3000, "action": "Mara holds a vase.", "roles": ("C1",), "camera": {"size": "medium"}}
    caption = caption_of([shot], roles=[{"name": "Mara"}], aspect=Aspect.TALL)
    stage = ShotStage(caption, caption.shots[0])
    assert max(drawn.inside for drawn in stage.drawn(stage.frames[20]) if drawn.code == "1F3FA") > 0.95


def test_clothes_that_are_worn_are_no_things(caption_of: Any) -> None:
    shot = {"ms": 3000, "action": "Eine Frau in einem roten Mantel läuft.", "roles": ("C1",)}
    role = {"name": "Frau", "appearance": "Eine Frau in einem roten Mantel"}
    caption = caption_of([shot], roles=[role], language="de")
    layout = set_out(caption, caption.shots[0], mirrored=False)
    assert [actor.look.code for actor in layout.actors] == ["1F469"]
    assert layout.actors[0].look.shirt == "#d8402f"


def test_words_that_mean_parts_and_tools_are_no_pictures(caption_of: Any) -> None:
    assert (
        find_pictures("The other presses it flat with both palms. Its wall rises. A raised hand tells them so.") == ()
    )
    assert [picture.code for picture in find_pictures("A palm sways by the wall")] == ["1F334", "wall"]
    shot = {"ms": 3000, "action": "Mara guides a plane along a board, and holds a low stance and another low stance."}
    caption = caption_of([shot | {"roles": ("C1",)}], roles=[{"name": "Mara"}])
    actors = set_out(caption, caption.shots[0], mirrored=False).actors
    assert "2708" not in {actor.look.code for actor in actors}
    labels = [actor.look.label for actor in actors if actor.look.kind == "card"]
    assert len(labels) == len(set(labels))
