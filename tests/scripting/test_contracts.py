"""Contracts: each code with words that break it and words that do not."""

from __future__ import annotations

import pytest

from mavin.facts import Gender
from scripting.contracts import check_descriptor, check_detail, check_gender, check_sound, content_stems, similarity

STORY = "A gardener waters the roses, and then Mara opens a rusty gate."


def codes(detail: str, **changes: object) -> set[str]:
    options: dict[str, object] = {
        "path": "shots.S1.action",
        "prompt": STORY,
        "event": "A gardener waters the roses",
        "following": "Mara opens a rusty gate",
        "others": ["Light falls through wet leaves onto the path."],
        "cast": ["Gardener", "Mara"],
        "genders": [Gender.UNKNOWN],
        "examples": ["Soil-stained fingers brush dead leaves aside."],
    }
    return {item.code for item in check_detail(detail, **{**options, **changes})}  # type: ignore[arg-type]


DETAILS = [
    ("", "empty"),
    ("word " * 40, "too_long"),
    ("水滴在玫瑰上闪光。", "other_language"),
    ("Soil-stained fingers brush dead leaves aside.", "copied_example"),
    ("Drops fall beside Gandalf on the path.", "new_name"),
    ("Drops fall {{ 7*7 }} on the path.", "not_plain"),
    ('Drops fall as someone murmurs "hush" nearby.', "speech"),
    ("The camera glides over drops.", "camera_talk"),
    ("The gardener waters the roses.", "copies_event"),
    ("Light falls through wet leaves onto a path.", "repeats_shot"),
    ("A rusty gate opens behind wet leaves.", "anticipates"),
    ("A policeman waits behind wet leaves.", "new_person"),
    ("Drop drop drop drop drop drop drop.", "loops"),
]


@pytest.mark.parametrize(("detail", "code"), DETAILS, ids=[code for _, code in DETAILS])
def test_words_that_break_a_contract(detail: str, code: str) -> None:
    assert code in codes(detail)


def test_pronouns_need_somebody() -> None:
    assert codes("Drops run down her sleeve.", genders=[Gender.NEUTER]) == {"wrong_pronoun"}
    assert codes("Drops run down her sleeve.", genders=[Gender.FEMALE]) == set()


def test_good_words_pass() -> None:
    assert codes("Drops run down a worn copper can and glitter in low sun.") == set()


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


def test__similarity_by_hand() -> None:
    # {water, rose} of {garden, water, rose}: the smaller set is wholly inside, 2/2 = 1.
    assert similarity("waters roses", "A gardener waters the roses") == 1.0
    # {gate, open} against {water, rose}: 0/2.
    assert similarity("opens gates", "waters roses") == 0.0
    assert content_stems("the of and") == frozenset()
