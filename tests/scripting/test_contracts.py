"""Contracts: each code with words that break it and words that do not; the docs list them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mavin.facts import Gender
from scripting.asian_names import asian_names
from scripting.contract_list import CONTRACTS, EDITOR_CONTRACTS, STORY, Contract, page
from scripting.contracts import (
    check_animal,
    check_descriptor,
    check_gender,
    check_setting,
    check_sound,
    check_style,
    content_stems,
    similarity,
)
from scripting.evidence import check_quotation
from scripting.languages import in_other_language, new_names
from scripting.sentences import check_beat, check_detail, check_look

ROOT = Path(__file__).resolve().parents[2]
EVENT = "A gardener waters the roses"


def codes(detail: str, **changes: object) -> set[str]:
    options: dict[str, object] = {
        "path": "shots.S1.action",
        "prompt": STORY,
        "event": EVENT,
        "later": ["Mara opens a rusty gate"],
        "others": ["Light falls through wet leaves onto the path."],
        "cast": ["Gardener", "Mara"],
        "genders": [Gender.UNKNOWN],
    }
    return {item.code for item in check_detail(detail, **{**options, **changes})}  # type: ignore[arg-type]


@pytest.mark.parametrize("contract", CONTRACTS + EDITOR_CONTRACTS, ids=lambda contract: contract.code)
def test_the_example_of_each_contract_breaks_it(contract: Contract) -> None:
    found = contract.check(contract.example)
    assert contract.code in {item.code for item in found}
    assert all(item.message and item.path for item in found)


def test_every_code_is_listed_once_and_the_page_is_what_the_list_says() -> None:
    files = ("contracts.py", "clothes.py", "sentences.py", "things.py", "evidence.py", "references/wording.py")
    source = "\n".join((ROOT / "scripting" / name).read_text(encoding="utf-8") for name in files)
    used = set(re.findall(r'problem\(\s*"(\w+)"', source))
    listed = [contract.code for contract in CONTRACTS]
    edits = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "scripting" / "editor").glob("*.py"))
    own = set(re.findall(r'problem\(\s*"(\w+)"', edits)) - set(listed) - {"locked"}  # a lock stops an edit, not words
    assert sorted(contract.code for contract in EDITOR_CONTRACTS) == sorted(own)
    assert sorted(listed) == sorted(set(listed)) == sorted(used)
    assert (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    "detail",
    [
        "Drops run down a worn copper can and glitter in low sun.",
        "Wet petals, dark soil, and a thin rainbow where the sun hits the spray.",
        "Muddy boots beside a coiled hose on mossy stone.",
    ],
)
def test_good_words_pass(detail: str) -> None:
    assert codes(detail) == set()


def test_pronouns_need_somebody() -> None:
    assert codes("Drops run down her sleeve.", genders=[Gender.NEUTER]) == {"wrong_pronoun"}
    assert codes("Drops run down her sleeve.", genders=[Gender.FEMALE]) == set()


def test_any_later_shot_counts_as_too_early() -> None:
    later = ["Mara opens a rusty gate", "A goat eats the tulips"]
    assert "anticipates" in codes("A goat noses at tulips behind wet leaves.", later=later, cast=["Gardener", "Goat"])


def test_a_turn_of_phrase_is_a_repeat() -> None:
    others = ["The bear's head tilts back under dark trees."]
    assert "repeats_shot" in codes("Its head tilts back beside a wet rock.", others=others, genders=[Gender.NEUTER])


@pytest.mark.parametrize(
    ("detail", "event", "told"),
    [
        ("The dancer touches the floor and leaps.", "The dancer spins", True),
        ("Rain runs down both faces.", "Two men wait", False),
        ("A shelf stands behind the open oven.", "A baker waits", False),
        ("The monkey grips the rope as it swings higher.", "The monkey climbs the rope", True),
        ("The monkey swings, tail stretched out.", "The monkey swings on a rope", False),
    ],
)
def test_only_the_users_action_is_told(detail: str, event: str, told: bool) -> None:
    found = codes(detail, event=event, prompt=event, later=[], others=[], genders=[Gender.UNKNOWN])
    assert ("other_action" in found) is told


def test_general_words_may_be_shown_by_one_action() -> None:
    event = "Three players navigate a final decisive move"
    one, two = "The first player pushes a pawn forward.", "The first player lifts a pawn, and then claps."
    assert "other_action" in codes(one, event=event, cast=["First player"], later=[])
    assert codes(one, event=event, cast=["First player"], later=[], acts=True) == set()
    assert "other_action" in codes(two, event=event, cast=["First player"], later=[], acts=True)


def test_other_languages_are_not_judged_by_english_tables() -> None:
    found = codes(
        "Licht liegt auf nassen Rosen, und sie steht.",
        prompt="Eine Gärtnerin gießt Rosen.",
        event="Rosen",
        language="de",
    )
    assert "other_action" not in found


def test__descriptors_stay_in_the_language_of_the_story() -> None:
    assert [item.code for item in check_descriptor("wet stone", path="p", prompt="一个女孩走进厨房", words=9)] == [
        "other_language"
    ]
    assert check_descriptor("湿石头", path="p", prompt="一个女孩走进厨房", words=9) == []


def test__genders() -> None:
    assert check_gender("A tall woman in grey", Gender.MALE, path="p")[0].code == "wrong_gender"
    assert check_gender("A tall woman in grey", Gender.FEMALE, path="p") == []
    assert check_gender("A tall woman in grey", Gender.UNKNOWN, path="p") == []


@pytest.mark.parametrize("sound", ["girl's voice", "pancakes are being flipped", "he says hello"])
def test_what_is_no_sound(sound: str) -> None:
    assert "no_sound" in {item.code for item in check_sound(sound, path="p", prompt=STORY)}


SOUNDS = [
    ("footsteps", "A diver looks around", "Underwater, blue light from above", False),
    ("footsteps on gravel", "A man walks home", "A country road at dusk", True),
    ("birdsong", "An astronaut waves", "Open space, stars all around", False),
    ("birds calling", "A woman reads", "A small office with a desk", False),
    ("birds calling", "A woman reads", "A garden with a bench", True),
    ("rain dripping", "A man sits down", "A small kitchen, in soft daylight", False),
    ("rain on stone", "A man waits", "A rainy alley", True),
    ("crackling sound", "The bear falls off a cliff", "A rocky cliff above a forest", False),
    ("a dull thud", "The bear falls off a cliff", "A rocky cliff above a forest", True),
    ("paper clinking", "The person files it into a cabinet", "A small office", False),
    ("glass clinking", "Two men raise a glass", "A small bar", True),
    ("cherry blossoms", "A dancer spins", "A park", False),
    ("bubbles rising", "A whale turns", "Underwater, blue light", True),
]


@pytest.mark.parametrize(
    ("sound", "action", "setting", "fits"), SOUNDS, ids=[f"{item[0]}-{item[3]}" for item in SOUNDS]
)
def test_sounds_fit_their_action_and_place(sound: str, action: str, setting: str, fits: bool) -> None:
    found = check_sound(sound, path="p", prompt=f"{action} in {setting}.", action=action, setting=setting)
    assert (found == []) is fits


def test_a_look_is_colours_and_light() -> None:
    assert check_style("Warm colours, shallow focus", path="p", prompt=STORY) == []
    assert [item.code for item in check_style("Misty and eerie", path="p", prompt=STORY)] == ["no_look"]


def test_a_setting_keeps_the_users_place_and_adds_nobody() -> None:
    def found(text: str) -> list[str]:
        return [
            item.code for item in check_setting(text, path="p", prompt=STORY, given="A walled garden", cast=["Mara"])
        ]

    assert found("A walled garden with mossy paths in low sun") == []
    assert found("A walled garden with a crowd of people") == ["new_person"]
    assert found("A sunny beach") == ["other_place"]
    assert found("Mara's walled garden with mossy paths") == []
    assert found("A walled garden, Mara asleep on the grass") == ["about_role"]
    assert found("A walled garden where she waits") == ["about_role"]
    assert "user_speech" in found("A walled garden, and someone answers yes") + found(
        "A walled garden, somebody replies"
    )
    assert found("A walled garden as the camera pans") == ["camera_talk"]


@pytest.mark.parametrize(
    ("detail", "found"),
    [
        ("The penguin has a fur coat and a mask.", ["other_look"]),
        ("Red eyes above the black beak.", ["other_look"]),
        ("Its black beak over broken ice.", []),
        ("Snow sticks to its wings.", []),
    ],
)
def test_looks_are_the_cast_lists(detail: str, found: list[str]) -> None:
    looks = ["A sleek penguin with black wings and a white belly"]
    assert [item.code for item in check_look(detail, path="p", looks=looks, prompt="A penguin dives.")] == found


def test_a_beat_stays_on_its_clause() -> None:
    def found(text: str) -> list[str]:
        event = "The action intensifies through coordinated movement"
        return [
            item.code
            for item in check_beat(
                text, path="p", prompt=f"Two chefs race. {event}.", event=event, later=[], others=[], cast=["Chefs"]
            )
        ]

    assert found("The chefs move side by side between the counters") == []
    assert found("The chefs smile at the plates") == ["off_event"]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("in a walled garden", []),
        ("In A WALLED garden", []),
        ("a walled orchard", ["not_in_prompt"]),
        ("walled gard", ["not_in_prompt"]),
        ("…", ["not_in_prompt"]),
        ("come in", ["in_speech"]),
    ],
)
def test_a_fact_quotes_the_prompt(quote: str, found: list[str]) -> None:
    assert [item.code for item in check_quotation(quote, STORY, path="p")] == found


def test__similarity_by_hand() -> None:
    # {water, rose} of {garden, water, rose}: the smaller set is wholly inside, 2/2 = 1.
    assert similarity("waters roses", EVENT) == 1.0
    # {gate, open} against {water, rose}: 0/2.
    assert similarity("opens gates", "waters roses") == 0.0
    assert content_stems("the of and") == frozenset()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("孙悟空站在月亮上看着他们", ["孙悟空"]),
        ("李明和王芳在公园里", ["李明", "王芳"]),
        ("隣にハリー・ポッターが立っている", ["ハリー・ポッター"]),
        ("隣に田中が立っている", ["田中"]),
        ("灯塔外海浪拍岸，阳光洒在石阶上", []),
        ("古い灯台と青い海、朝の光", []),
        ("A lamp on a table", []),
    ],
)
def test_names_without_capitals_are_noticed(text: str, names: list[str]) -> None:
    assert asian_names(text, "") == names
    assert asian_names(text, text) == []


STORIES = {
    "en": "A woman opens the door.",
    "de": "Eine alte Frau öffnet die Tür.",
    "es": "Una mujer abre la puerta.",
    "fr": "Une femme ouvre la porte.",
    "it": "Una donna apre la porta.",
}
DETAILS = {
    "en": ["Soft light falls across the worn floor.", "Rose leaves tremble in a glass.", "Grey stone steps"],
    "de": ["Weiches Licht fällt auf den alten Boden.", "Staub hängt in der Luft", "Kaltes Neonlicht auf nassem Stein"],
    "es": ["Luz suave entra por la ventana", "Gotas de agua caen al suelo"],
    "fr": ["Lumière douce sur le bois", "Des gouttes tombent sur la pierre"],
    "it": ["Luce morbida sul pavimento"],
}


@pytest.mark.parametrize("language", STORIES)
def test_words_in_another_language_are_noticed_and_in_the_storys_own_they_pass(language: str) -> None:
    story = STORIES[language]
    for other, details in DETAILS.items():
        for detail in details if other == language else details[:1]:
            foreign = in_other_language(detail, story)
            assert foreign is (other != language and {language, other} != {"es", "it"}), (language, detail)
    assert all(new_names(detail, story) == [] for detail in DETAILS[language])


@pytest.mark.parametrize(
    ("language", "text", "foreign"),
    [
        ("de", "dog barking", True),
        ("es", "rain dripping", True),
        ("de", "Hund bellt", False),
        ("de", "Regen", False),
        ("es", "final total", False),
        ("fr", "table ronde", False),
        ("en", "dog barking", False),
    ],
)
def test_two_words_tell_english_from_the_storys_language(language: str, text: str, foreign: bool) -> None:
    assert in_other_language(text, STORIES[language]) is foreign


def test_animals_are_not_dressed_in_other_languages_either() -> None:
    found = check_animal("Ein nasser Hund mit einem weißen Mantel", path="p", prompt="Ein Hund läuft.", name="Hund")
    assert [item.code for item in found] == ["dressed_animal"]


def test_a_chosen_language_of_captions_is_the_one_that_is_asked_for() -> None:
    detail = DETAILS["de"][0]
    assert in_other_language(detail, STORIES["en"])
    assert not in_other_language(detail, STORIES["en"], "de")
    assert in_other_language(DETAILS["en"][0], STORIES["en"], "de")
    assert in_other_language("The stairs are dark; il fait noir dans la maison", STORIES["en"])


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Bob", ["Bob"]),
        ("en", "Bob waits by the wall.", ["Bob"]),
        ("en", "The stairs wind up. Bob follows.", ["Bob"]),
        ("en", "Gandalf, old and grey", ["Gandalf"]),
        ("en", "Olive leaves in low sun", []),
        ("de", "Gandalf wartet an der Mauer", ["Gandalf"]),
        ("de", "Ein Hauch von Zimt, und Frodo steht daneben", ["Frodo"]),
        ("es", "Gandalf espera junto al muro", ["Gandalf"]),
        ("fr", "Frodo, vieux et las", ["Frodo"]),
        ("it", "Zarkov aspetta", ["Zarkov"]),
    ],
)
def test_names_are_told_from_other_words(language: str, text: str, names: list[str]) -> None:
    assert new_names(text, STORIES[language]) == names
    assert new_names(text, f"{text} {STORIES[language]}", language) == []


@pytest.mark.parametrize("text", ["Come in", "come in.", "Come in!"])
def test_a_line_of_two_words_is_not_repeated_either(text: str) -> None:
    assert "user_speech" in codes(text)
    assert "user_speech" not in codes("Leaves come in on the wind.")


@pytest.mark.parametrize("text", ["Fade to black", "The end.", "A title card over wet stone", "In slow motion"])
def test_the_making_of_the_film_is_not_in_it(text: str) -> None:
    assert "camera_talk" in codes(text)
    assert "camera_talk" not in codes("Wet leaves at the end of the path.")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Drops fall beside Sir bob on the path.", "new_name"),
        ("A dark figure stands among the wet leaves.", "new_person"),
        ("Two figures waiting behind wet leaves.", "new_person"),
    ],
)
def test_nobody_comes_in_under_a_title_or_as_a_figure(words: str, code: str) -> None:
    assert code in codes(words)


@pytest.mark.parametrize(
    "words", ["A porcelain figure beside wet leaves.", "Her figure stands out against wet leaves."]
)
def test_figures_that_are_things_or_known_pass(words: str) -> None:
    assert not codes(words) & {"new_name", "new_person"}
