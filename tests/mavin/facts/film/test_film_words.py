"""What a prompt says of the film and not of the story: it fixes length and shots, and leaves nothing in the events."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.facts.model import RuleKind

TOTALS = {
    "10秒の映画。花子が公園を歩く。": (10_000, ["花子が公園を歩く"]),
    "1分の映画。花子が歩く。": (60_000, ["花子が歩く"]),
    "12秒間の映像で、太郎が走る。": (12_000, ["太郎が走る"]),
    "猫が寝る。長さは7秒。": (7_000, ["猫が寝る"]),
    "拍一部12秒的电影。小明跑步。小红唱歌。": (12_000, ["小明跑步", "小红唱歌"]),
    "一部10秒的短片。小明走进森林。": (10_000, ["小明走进森林"]),
    "小明走路。影片总长6秒。": (6_000, ["小明走路"]),
    "Un film d'une minute. Pierre chante.": (60_000, ["Pierre chante"]),
    "Ein einminütiger Film. Karl singt.": (60_000, ["Karl singt"]),
    "A minute and a half of Tom running.": (90_000, ["Tom running"]),
    "A kite rises. The whole thing takes six seconds.": (6_000, ["A kite rises"]),
}


@pytest.mark.parametrize("prompt", TOTALS)
def test_total_leaves_no_words_behind(prompt: str) -> None:
    facts = read_facts(prompt)
    total = facts.duration.duration_ms if facts.duration else None
    assert (total, [event.text for event in facts.events]) == TOTALS[prompt]


COUNTS = {
    "The film has exactly two shots: a man runs. A woman waits.": (2, ["A man runs", "A woman waits"]),
    "Two shots: a man runs. A woman waits.": (2, ["A man runs", "A woman waits"]),
    "Three shots of equal length, total 7 s: an egg.": (3, ["An egg"]),
    "3つのショットで：猫が寝る。": (3, ["猫が寝る"]),
    "A 3-shot scene, 9 seconds: a village wakes.": (3, ["A village wakes"]),
}


@pytest.mark.parametrize("prompt", COUNTS)
def test_count_leaves_no_words_behind(prompt: str) -> None:
    facts = read_facts(prompt)
    count = facts.shots.count if facts.shots else None
    assert (count, [event.text for event in facts.events]) == COUNTS[prompt]
    assert facts.cameras == ()


def test_lengths_in_brackets_belong_to_their_events() -> None:
    facts = read_facts("Start with a close-up of an eye (2s), then a wide shot of a desert (3s).")
    assert facts.durations == ()
    assert [event.length_ms for event in facts.events] == [2000, 3000]
    assert not any("(" in event.text for event in facts.events)


def test_length_of_each_shot_is_no_total() -> None:
    facts = read_facts("A 2-shot scene, 6 seconds, each shot 3 seconds: a cock crows. A village wakes.")
    assert [total.duration_ms for total in facts.durations] == [6000]
    assert [event.text for event in facts.events] == ["A cock crows", "A village wakes"]


@pytest.mark.parametrize(
    ("prompt", "silent"),
    [
        ('A silent film. "Run!" yells the boy.', True),
        ("A short silent film of a boy.", True),
        ("A silent film star waves.", False),
        ("A couple watches a silent film.", False),
    ],
)
def test_silent_film(prompt: str, silent: bool) -> None:
    assert any(rule.kind is RuleKind.SILENT for rule in read_facts(prompt).rules) is silent


def test_cut_alone_is_a_hard_cut() -> None:
    facts = read_facts("A man runs. Cut. A woman waits. Hard cuts only.")
    assert [event.text for event in facts.events] == ["A man runs", "A woman waits"]
    assert [rule.kind for rule in facts.rules] == [RuleKind.HARD_CUT, RuleKind.HARD_CUT]


@pytest.mark.parametrize(
    "prompt", ["It's 9:15 on the wall clock. Bea waits.", "LENA (30s): I'm tired.\nTOM: Then sleep."]
)
def test_clocks_and_ages_are_no_times(prompt: str) -> None:
    facts = read_facts(prompt)
    assert (facts.times, facts.durations) == ((), ())


def test_length_between_two_is_a_wish() -> None:
    facts = read_facts("The film should be between 5 and 7 seconds. A kite rises.")
    assert [event.text for event in facts.events] == ["A kite rises"]


STYLES = {
    "Un chien noir court dans la rue.": None,
    "Un chat dort sur un coussin noir.": None,
    "A black and white cow walks through a meadow.": None,
    "A black-and-white photograph lies on a table.": None,
    "A vintage car drives past.": None,
    "In black and white, a man walks home.": "black and white",
    "A man walks home. Shoot it in black and white.": "black and white",
    "A film noir about a spy who waits.": "film noir",
    "En noir et blanc, un homme marche.": "noir et blanc",
    "Vintage look: a car drives past.": "Vintage",
}


@pytest.mark.parametrize("prompt", STYLES)
def test_a_colour_is_a_style_only_of_the_film(prompt: str) -> None:
    style = read_facts(prompt).style
    assert (style[0].text if style else None) == STYLES[prompt]


@pytest.mark.parametrize(
    ("prompt", "events", "total"),
    [
        ("15s ad for oat milk. A dad pours milk.", ["A dad pours milk"], 15_000),
        ("anuncio de 10 segundos de una cafetería: una chica entra.", ["Una chica entra"], 10_000),
        ("A ten hour film of paint drying", ["Paint drying"], 36_000_000),
        ("A girl runs for two hours.", ["A girl runs for two hours"], None),
    ],
)
def test_what_a_film_is_for_and_its_hours(prompt: str, events: list[str], total: int | None) -> None:
    facts = read_facts(prompt)
    assert [event.text for event in facts.events] == events
    assert (facts.duration.duration_ms if facts.duration else None) == total


@pytest.mark.parametrize(
    "lead",
    [
        "Tell it in 3 shots.", "Please show it in three shots.", "Keep it to 3 shots.", "Tell this story in 3 shots.",
        "Cut the scene into 3 shots.", "Use 3 shots.", "I want three shots.", "Tell the story in 3 shots, nine seconds.",
    ],
)  # fmt: skip
def test_what_asks_for_shots_takes_nothing_of_the_story_with_it(lead: str) -> None:
    facts = read_facts(f"{lead} A chef burns the toast. She opens the window. She sighs.")
    told = ["A chef burns the toast", "The chef opens the window", "The chef sighs"]
    assert [event.text for event in facts.events] == told
    assert [count.count for count in facts.counts] == [3]
    assert [role.name for role in facts.roles] == ["Chef"]


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("Erzähl es in 2 Einstellungen. Ein Koch verbrennt das Brot. Er seufzt.", "Ein Koch verbrennt das Brot"),
        ("Cuéntalo en 2 planos. Un cocinero quema el pan. Suspira.", "Un cocinero quema el pan"),
        ("Raconte-le en 2 plans. Un cuisinier brûle le pain. Il soupire.", "Un cuisinier brûle le pain"),
        ("Raccontalo in 2 inquadrature. Un cuoco brucia il pane. Sospira.", "Un cuoco brucia il pane"),
        ("Conta isso em 2 planos. Um cozinheiro queima o pão. Suspira.", "Um cozinheiro queima o pão"),
        ("用两个镜头讲这个故事。厨师烤焦了面包。他打开窗户。", "厨师烤焦了面包"),
        ("2カットで見せて。料理人がパンを焦がす。彼は窓を開ける。", "料理人がパンを焦がす"),
    ],
)
def test_a_story_asked_for_in_shots_begins_with_its_own_words(prompt: str, first: str) -> None:
    facts = read_facts(prompt)
    assert (facts.events[0].text, len(facts.events), facts.counts[0].count) == (first, 2, 2)


def test_a_count_within_a_sentence_that_tells_something_leaves_it() -> None:
    told = read_facts("A gardener works in 3 shots. A chef burns the toast.").events
    assert [event.text for event in told] == ["A gardener works", "A chef burns the toast"]
