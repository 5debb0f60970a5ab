"""Shots that the user set apart, and how many shots a prompt asks for."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts

TWO = ["A dog runs", "A cat sleeps"]
LABELLED = [
    ("1) A dog runs. 2) A cat sleeps.", TWO),
    ("(1) A dog runs (2) a cat sleeps", TWO),
    ("① A dog runs. ② A cat sleeps.", TWO),
    ("Shot A: a dog runs. Shot B: a cat sleeps.", TWO),
    ("Shot I: a dog runs. Shot II: a cat sleeps.", TWO),
    ("SHOT 1 - A dog runs. SHOT 2 - A cat sleeps.", TWO),
    ("Scene One: a dog runs. Scene Two: a cat sleeps.", TWO),
    ("Shot 1/2: a dog runs. Shot 2/2: a cat sleeps.", TWO),
    ("[Shot 1] a dog runs. [Shot 2] a cat sleeps.", TWO),
    ("1st shot: a dog runs. 2nd shot: a cat sleeps.", TWO),
    ("**Shot 1**: a dog runs.\n**Shot 2**: a cat sleeps.", TWO),
    ("### Shot 1\nA dog runs.\n### Shot 2\nA cat sleeps.", TWO),
    ("In shot 1, a dog runs. In shot 2, a cat sleeps.", TWO),
    ("Shot 1 shows a dog. Shot 2 shows a cat.", ["A dog", "A cat"]),
    ("Shot 2: a cat sleeps. Shot 1: a dog runs.", TWO),
    ("| Shot | Time | Action |\n|---|---|---|\n| 1 | 0-2s | A dog runs |\n| 2 | 2-5s | A cat sleeps |", TWO),
    ("[00:00-00:02] A dog runs. [00:02-00:05] A cat sleeps.", TWO),
    ("Plano 1: un perro corre. Plano 2: un gato duerme.", ["Un perro corre", "Un gato duerme"]),
    ("Primera toma: un perro corre. Segunda toma: un gato duerme.", ["Un perro corre", "Un gato duerme"]),
    ("Einstellung 1: ein Hund läuft. Einstellung 2: eine Katze schläft.", ["Ein Hund läuft", "Eine Katze schläft"]),
    ("Erste Einstellung: ein Hund läuft. Zweite Einstellung: eine Katze schläft.", ["Ein Hund läuft", "Eine Katze schläft"]),
    ("Plan 1 : un chien court. Plan 2 : un chat dort.", ["Un chien court", "Un chat dort"]),
    ("镜头一：一只狗跑。镜头二：一只猫睡觉。", ["一只狗跑", "一只猫睡觉"]),
    ("第一镜：一只狗跑。第二镜：一只猫睡觉。", ["一只狗跑", "一只猫睡觉"]),
    ("カット1：犬が走る。カット2：猫が眠る。", ["犬が走る", "猫が眠る"]),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "texts"), LABELLED)
def test_labels(prompt: str, texts: list[str]) -> None:
    facts = read_facts(prompt)
    assert sorted(label.number for label in facts.labels) == [1, 2]
    assert [event.text for event in facts.events] == texts
    assert [event.shot for event in facts.events] == [1, 2]


@pytest.mark.parametrize(
    "prompt",
    [
        "He fires shot 1 and shot 2.",
        "A dog runs 1) fast and 2) far.",
        "Cut two slices of bread.",
        "Plan B: run away.",
        "First, a dog runs. Then a cat sleeps.",
        "He has two plans: to run and to hide.",
    ],
)
def test_what_is_no_label(prompt: str) -> None:
    facts = read_facts(prompt)
    assert facts.labels == ()
    assert facts.counts == ()


def test_times_in_tables_and_stamps_fix_their_shots() -> None:
    for prompt in (LABELLED[15][0], LABELLED[16][0]):
        intervals = [label.interval for label in read_facts(prompt).labels]
        assert [(item.start_ms, item.end_ms) for item in intervals if item] == [(0, 2000), (2000, 5000)]


def test_a_name_behind_a_label_speaks() -> None:
    facts = read_facts('Shot 1 Anna says: "Hi." Shot 2 Ben says: "Bye."')
    assert [facts.role(quote.speaker or "").name for quote in facts.quotes] == ["Anna", "Ben"]
    assert [event.shot for event in facts.events] == [1, 2]


@pytest.mark.parametrize(
    ("prompt", "counts"),
    [
        ("A trio of shots of a dog.", [3]),
        ("A pair of shots of a dog.", [2]),
        ("A dog runs, with two cuts.", [3]),
        ("With hard cuts at 2s, 4s and 6s, a dog runs.", [4]),
        ("In three shots with two cuts, a dog runs.", [3, 3]),
        ("Dos planos: un perro corre.", [2]),
        ("Zwei Einstellungen: ein Hund läuft.", [2]),
        ("Deux plans : un chien court.", [2]),
        ("三个镜头：一只狗跑。", [3]),
        ("3カット：犬が走る。", [3]),
        ("In one shot, a dog runs.", [1]),
        ("The barber makes two cuts.", []),
        ("A man takes a shot. He smiles.", []),
        ("A shot rings out and a man falls.", []),
        ("A long shot of a harbor. A close-up of Mara.", []),
    ],
)
def test_counts_of_shots(prompt: str, counts: list[int]) -> None:
    assert [count.count for count in read_facts(prompt).counts] == counts


def test_camera_words_frame_and_take_no_story_away() -> None:
    facts = read_facts("A long shot of a harbor. Close-up shows Mara. Wide. She runs.")
    assert [(event.text, event.camera) for event in facts.events] == [
        ("A harbor", "long shot"),
        ("Mara", "Close-up"),
        ("Mara runs", "Wide"),
    ]


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("A man feeds birds. A boy waves. The last shot shows a cat.", ["A man feeds birds", "A boy waves", "A cat"]),
        ("Opening shot: a street. A man runs. Final shot: a cat.", ["A street", "A man runs", "A cat"]),
        ("A man waves, and in the last shot a cat sleeps.", ["A man waves", "A cat sleeps"]),
    ],
)
def test_a_sentence_about_one_shot_leaves_the_others_alone(prompt: str, events: list[str]) -> None:
    facts = read_facts(prompt)
    assert ([event.text for event in facts.events], facts.labels) == (events, ())


@pytest.mark.parametrize(
    "prompt",
    [
        '#1 A fisherman casts. #2 The float dips. #3 He says "Supper!"',
        '#1: A fisherman casts. #2: The float dips. #3: He says "Supper!"',
        '#1. A fisherman casts.\n#2. The float dips.\n#3. He says "Supper!"',
    ],
)
def test_a_list_numbered_by_hashes(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [label.number for label in facts.labels] == [1, 2, 3]
    assert [role.name for role in facts.roles] == ["Fisherman"]


@pytest.mark.parametrize("prompt", ["A man wears a #1 shirt.", "The #2 runner passes the #1 runner."])
def test_a_number_on_a_shirt_is_no_label(prompt: str) -> None:
    assert read_facts(prompt).labels == ()
